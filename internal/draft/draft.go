// Package draft writes descriptions to fill in: the facts that a platform will be
// judged by and no others, each with what it means, and none of them stated.
package draft

import (
	"path"

	"hegui/internal/audit"
	"hegui/internal/editor"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Draft is what is asked of one platform, for readers of one language.
type Draft struct {
	Asked    audit.Asked
	Schemas  *schema.Set
	Language lang.Language
}

// Topics are the topics in which something is asked, in their order.
func (d *Draft) Topics() []*schema.Schema {
	var out []*schema.Schema
	for _, s := range d.Schemas.Topics() {
		if s.Name == rulebook.HeaderTopic || len(d.Asked.Fields(s.Root)) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// Topic is the file of a topic of the platform with an id. known are the values
// that are known already, by their paths in the topic, as name.zh.
func (d *Draft) Topic(id string, s *schema.Schema, known map[string]string) []byte {
	w := &writer{Draft: d, topic: s.Name, known: known}
	w.line(0, "", editor.Line(path.Join(audit.PlatformsDir, id, s.Name+".yaml"), editor.Path(s.Name)))
	w.line(0, "", "# "+d.say("%s：%s", "%s: %s", s.Root.Title, s.Root.About))
	w.line(0, "", "# "+d.say("冒号后面填写；空着的算没有填写，hegui check %s 说还差什么", "state values after the colons; what is left empty is not stated, and hegui check %s says what is still to do", id))
	w.line(0, "", "# "+d.say("证据写 evidence/ 下的文件、https 地址，或 {ref: 文号, held_by: 保管岗位}", "evidence is a file below evidence/, an https address, or {ref: number, held_by: post}"))
	w.fields(s.Root, 0, "")
	return w.bytes()
}

func (d *Draft) say(zh, en string, args ...any) string {
	return lang.Say(zh, en, args...).In(d.Language)
}
