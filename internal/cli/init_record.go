package cli

import (
	"path"
	"strings"

	"hegui/internal/document"
)

// addRecord adds a record of today to a list of a standing file, and begins its file
// of evidence. That one is empty: it proves nothing until the material is in it.
func (d *drafting) addRecord(standing *document.Document) error {
	if standing == nil {
		return fault("没有平台 %q：先用 hegui init %[1]s 起草", "no platform %q: begin it with hegui init %[1]s first", d.id)
	}
	topic, list, _ := strings.Cut(d.record, ".")
	s := d.book.Schemas.Find(topic)
	if s == nil || !s.Topic || list == "" {
		return fault("--record %q：写成 专题.列表，专题可用 %s", "--record %q: write TOPIC.LIST, the topic one of %s", d.record, strings.Join(d.topicNames(), ", "))
	}
	doc, data, err := d.read(s)
	if err != nil {
		return err
	}
	if doc == nil {
		return fault("%s 还没有：先用 hegui init %s --topic %s 起草", "there is no %s yet: begin it with hegui init %s --topic %s first", d.fileOf(s), d.id, topic)
	}
	plan, err := d.asked(standing.Root)
	if err != nil {
		return err
	}
	record, err := plan.Record(s, doc, data, list, d.day.String(), d.stands)
	if err != nil {
		return flagged("--record", err)
	}
	files := map[string][]byte{s.Name + ".yaml": record.File}
	if record.Evidence != "" {
		files[record.Evidence] = nil
	}
	if err := d.lay(files, []string{s.Name + ".yaml"}); err != nil {
		return err
	}
	d.print(d.fileOf(s))
	if record.Evidence != "" {
		d.print(path.Join(d.at, record.Evidence))
		d.print(d.say("下一步：填写这条记录，把材料放进证据文件（现在是空的），再运行 hegui check %s", "next: fill in the record, put the material into the file of evidence, which is empty, then run hegui check %s", d.id))
		return nil
	}
	d.print(d.say("下一步：填写这条记录，再运行 hegui check %s", "next: fill in the record, then run hegui check %s", d.id))
	return nil
}

// stands reports whether a file exists in the platform's folder.
func (d *drafting) stands(name string) bool {
	_, err := d.tree.Stat(path.Join(d.at, name))
	return err == nil
}

func (d *drafting) topicNames() []string {
	var names []string
	for _, s := range d.book.Schemas.Topics() {
		names = append(names, s.Name)
	}
	return names
}
