package cli

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hegui/internal/atomicfile"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/draft"
	"hegui/internal/editor"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/term"
)

// wanted is what the flags of init ask for.
type wanted struct {
	name, kind, stage, level, profile, record string
	facts, topics                             []string
}

func (a *app) initCommand() *cobra.Command {
	var w wanted
	c := &cobra.Command{
		Use:   "init ID",
		Short: a.say("起草一个平台的描述：只问会被检查的事实", "begin a platform's description, asked for only what will be judged"),
		Long: a.say(`在 platforms/ID 写出描述的草稿：按平台的类别、阶段、级别和口径，只列会被检查的事实，逐项注明含义、单位、写法和条款，值都空着，
空着就是没有填写，填完之前不会合规。终端上缺什么就问什么；不在终端上时用参数给出。已有的文件从不覆盖。
--topic 给已有平台添一个专题；--record 在列表里添一条今天的记录，并起好证据文件。`,
			`Writes a draft of the description into platforms/ID: by the platform's kind, stage, level and profile only the facts that will be judged,
each with its meaning, unit, form and clause, and without a value: what is empty is not stated, and nothing complies before it is filled in.
On a terminal it asks for what the flags leave open. Files that exist are never overwritten.
--topic adds a topic to a platform, --record a record of today to a list, with its file of evidence begun.`),
		Example: "  hegui init medical --kind other --level 2 --stage operating\n  hegui init medical --topic backups\n  hegui init medical --record backups.sets.restore_tests",
		Args:    between(1, 1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.init(args[0], w) },
	}
	f := c.Flags()
	f.StringVar(&w.name, "name", "", a.say("平台的正式名称", "the platform's official name"))
	f.StringVar(&w.kind, "kind", "", a.say("平台类别", "the kind of platform"))
	f.StringVar(&w.level, "level", "", a.say("等保级别", "the protection level"))
	f.StringVar(&w.stage, "stage", "", a.say("所处阶段", "the stage of its life"))
	f.StringVar(&w.profile, "profile", "", a.say("口径须是这个：%s；与政策不同就不起草", "the profile that must judge it: %s; where the policy has another nothing is drafted", strings.Join(profileNames(), ", ")))
	f.StringArrayVar(&w.facts, "fact", nil, a.say("平台概况里已知的事实，键=值，可重复", "a known fact of the platform's own file, KEY=VALUE, repeatable"))
	f.StringArrayVar(&w.topics, "topic", nil, a.say("只写这个专题，可重复", "write only this topic, repeatable"))
	f.StringVar(&w.record, "record", "", a.say("在这个列表里添一条记录，如 backups.sets.restore_tests", "add a record to this list, such as backups.sets.restore_tests"))
	f.StringVar(&a.flags.asOf, "as-of", "", a.say("记录和起草按哪一天，YYYY-MM-DD（缺省：上海时间的今天）", "the day of drafting and of the record, YYYY-MM-DD (default: today in Shanghai)"))
	return c
}

// drafting is one run of init.
type drafting struct {
	*app
	wanted
	id, dir string // dir is the platform's folder on disk
	at      string // and its path in the tree
	tree    source.Tree
	book    *rulebook.Rulebook
	day     calendar.Date
	header  draft.Header
}

func (a *app) init(id string, w wanted) error {
	d, err := a.drafting(id, w)
	if err != nil {
		return err
	}
	standing, err := d.standing()
	switch {
	case err != nil:
		return err
	case w.record != "":
		return d.addRecord(standing)
	case standing != nil && len(w.topics) == 0:
		return fault("平台 %[1]s 已有描述，不覆盖：添专题用 hegui init %[1]s --topic 专题，添记录用 --record 列表，看还差什么用 hegui check %[1]s",
			"platform %[1]s is described already and not overwritten: hegui init %[1]s --topic TOPIC adds a topic, --record LIST a record, hegui check %[1]s says what is still to do", d.id)
	case standing != nil:
		return d.addTopics(standing)
	}
	return d.begin()
}

// drafting reads what a draft needs: the place, the rulebook and the day.
func (a *app) drafting(id string, w wanted) (*drafting, error) {
	if a.flags.rev != "" {
		return nil, fault("init 写磁盘上的文件，不和 --rev 同时用", "init writes files on disk and does not go with --rev")
	}
	if w.profile != "" && !slices.Contains(profileNames(), w.profile) {
		return nil, fault("--profile %q 不认识：%s", "unknown --profile %q: %s", w.profile, wants(w.profile, profileNames(), term.Profiles().Text))
	}
	if w.record != "" && len(w.topics) > 0 {
		return nil, fault("--record 和 --topic 不能同时用", "--record and --topic do not go together")
	}
	day, err := a.asOf(calendar.On(a.Now()))
	if err != nil {
		return nil, err
	}
	p, err := a.open()
	if err != nil {
		return nil, err
	}
	book, err := a.loadRulebook(p)
	if err != nil {
		return nil, err
	}
	d := &drafting{app: a, wanted: w, tree: p.tree, book: book, day: day, header: draft.Header{}}
	return d, d.locate(p.dir, id)
}

// locate finds where the platform is or will be. A platform cannot lie in another one,
// nor around one.
func (d *drafting) locate(root, id string) error {
	id = strings.TrimPrefix(strings.Trim(filepath.ToSlash(id), "/"), audit.PlatformsDir+"/")
	if !fs.ValidPath(id) || id == "." || strings.ContainsAny(id, `\:`) || strings.HasPrefix(path.Base(id), ".") {
		return fault("%q 不能作平台编号：写 %s/ 下的目录名，如 medical 或 health/medical", "%q cannot be a platform's id: give a folder below %s/, such as medical or health/medical", id, audit.PlatformsDir)
	}
	d.id, d.at = id, path.Join(audit.PlatformsDir, id)
	d.dir = filepath.Join(root, filepath.FromSlash(d.at))
	for _, folder := range audit.Discover(d.tree, nil) {
		if folder.Path != d.at && (strings.HasPrefix(folder.Path, d.at+"/") || strings.HasPrefix(d.at, folder.Path+"/")) {
			return fault("平台不能套着放：已有平台 %s", "platforms do not lie in one another: %s is one already", folder.ID)
		}
	}
	return nil
}

// standing is the platform's own file as it stands, nil where there is none.
func (d *drafting) standing() (*document.Document, error) {
	doc, _, err := d.read(d.headerTopic())
	return doc, err
}

// read reads the file of a topic, nil where there is none. One with problems cannot
// be added to.
func (d *drafting) read(s *schema.Schema) (*document.Document, []byte, error) {
	at := d.fileOf(s)
	data, err := d.tree.Read(at, int64(document.DefaultLimits().Bytes))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fault("%s 读不了：%v", "%s cannot be read: %v", at, err)
	}
	doc := document.Parse(at, data, document.DefaultLimits())
	if !doc.Sound() {
		return nil, nil, fault("%s 有写法问题：先按 hegui check %s 改正", "%s is not written well: correct it first, as hegui check %s says", at, d.id)
	}
	return doc, data, nil
}

func (d *drafting) headerTopic() *schema.Schema { return d.book.Schemas.Find(rulebook.HeaderTopic) }

// fileOf is the file of a topic in the tree.
func (d *drafting) fileOf(s *schema.Schema) string { return path.Join(d.at, s.Name+".yaml") }

// asked is what the profile that judges a platform with this header asks of it.
func (d *drafting) asked(header *document.Value) (*draft.Draft, error) {
	code, level := header.TextAt("code"), 0
	if v := header.Get(d.book.LevelField()); v != nil {
		level = int(v.Int())
	}
	if ruling := d.book.Policy.Profiles.Of(code, level); d.profile != "" && string(ruling) != d.profile {
		return nil, fault("--profile %[3]s：政策让 %[1]s 按 %[2]s 评定，只起草会被检查的：去掉 --profile；要改用 %[3]s，先由监管岗在 checks/policy.yaml 的 profiles 里写 platforms: {%[1]s: %[3]s}（hegui rules --export 目录 写出内置的政策）",
			"--profile %[3]s: by the policy %[1]s is judged by the profile %[2]s, and a draft asks for what will be judged: leave --profile out; for %[3]s the supervisor first states platforms: {%[1]s: %[3]s} under profiles in checks/policy.yaml (hegui rules --export DIR writes the built-in policy)",
			code, string(ruling), d.profile)
	}
	rulings, err := (&audit.Auditor{Rulebook: d.book, AsOf: d.day}).Rulings(header)
	if err != nil {
		return nil, err
	}
	return &draft.Draft{Asked: audit.AskedBy(rulings), Schemas: d.book.Schemas, Language: d.lang}, nil
}

// topicsOf are the topics that --topic names, all in which something is asked where
// it names none.
func (d *drafting) topicsOf(plan *draft.Draft) ([]*schema.Schema, error) {
	all := plan.Topics()
	if len(d.topics) == 0 {
		return all, nil
	}
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
	}
	var out []*schema.Schema
	for _, name := range d.topics {
		i := slices.Index(names, name)
		if i < 0 {
			return nil, fault("--topic %q：这个平台没有这样的专题要填，可用 %s", "--topic %q: nothing of that name is asked of this platform, want one of %s", name, strings.Join(names, ", "))
		}
		if !slices.Contains(out, all[i]) {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// addTopics adds topics to a standing platform.
func (d *drafting) addTopics(standing *document.Document) error {
	plan, err := d.asked(standing.Root)
	if err != nil {
		return err
	}
	topics, err := d.topicsOf(plan)
	if err != nil {
		return err
	}
	return d.write(plan, topics)
}

// write writes the files of topics, all or none, and says what to do next.
func (d *drafting) write(plan *draft.Draft, topics []*schema.Schema) error {
	files := map[string][]byte{}
	for _, s := range topics {
		var known draft.Header
		if s.Name == rulebook.HeaderTopic {
			known = d.header
		}
		files[s.Name+".yaml"] = plan.Topic(d.id, s, known)
	}
	if err := d.lay(files, nil); err != nil {
		return err
	}
	for _, s := range topics {
		d.print(d.fileOf(s))
	}
	d.next()
	return nil
}

// next says how to go on.
func (d *drafting) next() {
	d.print(d.say("下一步：在冒号后面逐项填写，再运行 hegui check %s，它说还差什么", "next: state the values after the colons, then run hegui check %s, which says what is still to do", d.id))
	if _, err := d.tree.Stat(editor.Dir); errors.Is(err, fs.ErrNotExist) {
		d.print(d.say("编辑器要提示、补全和校验，还需运行 hegui rules --schemas schemas/editor", "for an editor to explain, complete and check, run hegui rules --schemas schemas/editor too"))
	}
}

// lay puts files into the platform's folder, all or none. Only those in replaced may
// stand there.
func (d *drafting) lay(files map[string][]byte, replaced []string) error {
	unwritable := func(name string, err error) error {
		return fault("%s 写不出：%s", "%s cannot be written: %s", path.Join(d.at, name), reason(err))
	}
	folder, err := atomicfile.OpenFolder(d.dir)
	if err != nil {
		return unwritable("", err)
	}
	defer func() { _ = folder.Close() }()
	for name, data := range files {
		if _, err := folder.Root.Lstat(name); !errors.Is(err, fs.ErrNotExist) && !slices.Contains(replaced, name) {
			return fault("%s 已有，不覆盖：直接填写它，或先把它移走", "%s exists and is not overwritten: fill it in, or move it away first", path.Join(d.at, name))
		}
		if err := folder.Put(name, data); err != nil {
			return unwritable(name, err)
		}
	}
	if err := folder.Commit(); err != nil {
		return unwritable("", err)
	}
	return nil
}

// begin drafts a new platform.
func (d *drafting) begin() error {
	if err := d.state(); err != nil {
		return err
	}
	plan, err := d.asked(d.header.Root())
	if err != nil {
		return err
	}
	topics, err := d.topicsOf(plan)
	if err != nil {
		return err
	}
	if !slices.Contains(topics, d.headerTopic()) {
		topics = slices.Insert(topics, 0, d.headerTopic())
	}
	return d.write(plan, topics)
}
