package rulebook

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/source"
)

// WaiversDir is where supervisors keep waivers and releases of platforms that base
// may not have yet, each in a file named by the platform's code.
const WaiversDir = ChecksDir + "/waivers"

// Unread lists what lies in a repository's rulebook as if it were part of it and is
// never read: a policy under another ending, an overlay in a misnamed folder, a file
// that only a whole rulebook has. Its demands would be ignored without a word, and
// another rulebook would judge in its place. Pages for people, hidden files and the
// copies that editors leave behind are ignored.
func Unread(tree source.Tree) finding.Defects {
	u := &unread{tree: tree, whole: exists(tree, RegulationFile)}
	u.root()
	u.checks()
	for _, name := range u.folders() {
		u.folder(path.Join(ChecksDir, name))
	}
	u.schemas()
	u.tellLost()
	return u.defects.Sort()
}

type unread struct {
	tree source.Tree
	// whole is whether it is a rulebook of its own, not one that is laid over another.
	whole   bool
	defects finding.Defects
	// lost are the files of which nobody can say what was meant.
	lost []string
}

func (u *unread) fail(at string, message lang.Text) {
	u.defects = append(u.defects, finding.Defect{Path: at, Line: 1, Column: 1, Message: message})
}

// list returns what lies in a folder and is not hidden. That it cannot be listed is
// told, unless there is none.
func (u *unread) list(dir string) []source.Entry {
	entries, err := u.tree.List(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, source.ErrNotDir) {
		u.fail(dir, lang.Say("目录读不了：%v", "the folder cannot be read: %v", err))
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e source.Entry) bool { return strings.HasPrefix(e.Name, ".") })
}

// root looks for the folder itself under a name in other letters.
func (u *unread) root() {
	for _, e := range u.list(".") {
		switch {
		case e.Name == ChecksDir && e.Kind == source.Other:
			u.elsewhere(e)
		case e.Name == ChecksDir || !strings.EqualFold(e.Name, ChecksDir) || e.Kind == source.File:
		case e.Kind != source.Dir || u.holds(e.Path, func(name string) bool { return meant(name, starts()) != "" }):
			u.fail(e.Path, lang.Say("规则库目录只认 %s/，这里的内容不会被读取：改名为 %[1]s", "a rulebook lies in %s/: nothing here is read; rename it to %[1]s", ChecksDir))
		}
	}
}

// starts are the files by which a repository's own rulebook is recognised.
func starts() []string {
	return []string{path.Base(PolicyFile), path.Base(RegulationFile), path.Base(OverlaysDir), path.Base(WaiversDir)}
}

// holds reports whether a name in a folder, or below it, is one that is looked for.
func (u *unread) holds(dir string, wanted func(name string) bool) (found bool) {
	_ = source.Walk(u.tree, dir, func(e source.Entry, err error) error {
		if found = found || err == nil && wanted(e.Name); found {
			return fs.SkipAll
		}
		return nil // what cannot be listed holds nothing that could be read
	})
	return found
}

// checks looks at the folder of the rulebook. What is called as it should be is left
// to the loader.
func (u *unread) checks() {
	names := u.names()
	for _, e := range u.list(ChecksDir) {
		switch {
		case slices.Contains(names, e.Name) || u.whole && e.Kind == source.File && strings.HasSuffix(e.Name, ".yaml"):
		case slices.Contains(u.folders(), e.Name):
			if e.Kind != source.Dir {
				u.elsewhere(e)
			}
		case e.Kind == source.Dir && !written(e.Name):
			if u.holds(e.Path, written) {
				u.unknown(e, e.Name+"/", u.folders())
			}
		case written(e.Name) || bare(e.Name, names):
			u.unfit(e, names)
		}
	}
}

// folders are those of a rulebook.
func (u *unread) folders() []string {
	all := []string{path.Base(OverlaysDir), path.Base(WaiversDir)}
	if u.whole {
		all = append(all, path.Base(BaselineDir))
	}
	return all
}

// names are the files of a rulebook.
func (u *unread) names() []string {
	names := []string{path.Base(PolicyFile), path.Base(RegulationFile)}
	if !u.whole {
		return names
	}
	for _, at := range []string{SourcesFile, RetiredFile, DutiesFile, PictureFile, SurvivorsFile} {
		names = append(names, path.Base(at))
	}
	entries, _ := u.tree.List(SchemasDir) // loading the schemas reports it
	for _, e := range entries {
		if topic, ok := strings.CutSuffix(e.Name, ".schema.json"); ok && !slices.Contains(Formats(), e.Path) {
			names = append(names, topic+".yaml")
		}
	}
	return names
}

// folder looks at a folder of which every file of its form is read.
func (u *unread) folder(dir string) {
	if e, err := u.tree.Stat(dir); err == nil && e.Kind != source.Dir {
		return // which is told
	}
	for _, e := range u.list(dir) {
		if e.Kind == source.File && strings.HasSuffix(e.Name, ".yaml") || !written(e.Name) && (e.Kind != source.Dir || !u.holds(e.Path, written)) {
			continue
		}
		name, _, _ := strings.Cut(e.Name, ".")
		u.unfit(e, []string{name + ".yaml"})
	}
}

// schemas looks at the schemas: of a repository that has no rulebook of its own they
// are only its editors', in their own form.
func (u *unread) schemas() {
	const suffix = ".schema.json"
	for _, e := range u.list(SchemasDir) {
		name, rest, _ := strings.Cut(strings.ToLower(e.Name), ".")
		switch {
		case e.Kind != source.File || !strings.HasPrefix(rest, "schema."):
		case u.whole && !strings.HasSuffix(e.Name, suffix):
			u.fail(e.Path, lang.Say("模式只认 *%s，这个文件不会被读取：改名为 %s", "schemas are called *%s: this file is not read; rename it to %s", suffix, name+suffix))
		case !u.whole && u.ruling(e.Path):
			u.lost = append(u.lost, e.Path)
		}
	}
}

// ruling reports whether a schema is in the form of a rulebook.
func (u *unread) ruling(at string) bool {
	data, err := u.tree.Read(at, maxBytes)
	return err == nil && strings.Contains(string(data), `"x-title-en"`)
}

// elsewhere reports a link, a submodule or a file that stands where the rulebook's
// folder should be.
func (u *unread) elsewhere(e source.Entry) {
	u.fail(e.Path, lang.Say("不是目录，而是符号链接、子模块或文件，hegui 从不跟随：把内容放进本库的 %s/", "is not a folder but a symbolic link, a submodule or a file, which hegui never follows: put what it holds into %s/ of this repository", e.Path))
}

// unfit reports an entry that is not a file, or whose name is never read.
func (u *unread) unfit(e source.Entry, names []string) {
	switch {
	case e.Kind == source.Dir:
		u.fail(e.Path, lang.Say("是目录，里面的内容不会被读取：写成文件", "is a folder, and nothing in it is read: write a file"))
	case e.Kind != source.File:
		u.fail(e.Path, lang.Say("是符号链接或特殊文件，hegui 从不跟随：把内容写进文件", "is a symbolic link or a special file, which hegui never follows: write the file itself"))
	default:
		u.unknown(e, e.Name, names)
	}
}

// unknown reports a name that is never read, with the one that was probably meant.
func (u *unread) unknown(e source.Entry, name string, known []string) {
	if found := meant(e.Name, known); found != "" {
		u.fail(e.Path, lang.Say("没有谁读取 %s，其中的要求不会生效；是否应命名为 %s？", "nothing reads %s, and what it asks for would have no effect; did you mean %s?", document.Quote(name), path.Join(path.Dir(e.Path), found)))
		return
	}
	u.lost = append(u.lost, e.Path)
}

// maxLost is how many files that nobody reads are named.
const maxLost = 10

// tellLost tells of the lost files at once: a rulebook without its regulation is one
// slip.
func (u *unread) tellLost() {
	if len(u.lost) == 0 {
		return
	}
	names := strings.Join(u.lost[:min(len(u.lost), maxLost)], ", ")
	if more := len(u.lost) - maxLost; more > 0 {
		names = fmt.Sprintf("%s, … (+%d)", names, more)
	}
	remedy := lang.Say("这里读取专题的 <专题>.yaml、%s/<名称>.yaml 和 %s/<平台代码>.yaml；改名或移走", "what is read here is TOPIC.yaml, %s/NAME.yaml and %s/CODE.yaml; rename or remove it", OverlaysDir, WaiversDir)
	if !u.whole {
		remedy = lang.Say("没有 %[4]s 时只读取 %[1]s、%[2]s/<名称>.yaml 和 %[3]s/<平台代码>.yaml；改用它们、移走，或用 hegui rules --export . 写出整本规则库", "without %[4]s only %[1]s, %[2]s/NAME.yaml and %[3]s/CODE.yaml are read; write one of these, remove it, or write a whole rulebook with hegui rules --export .", PolicyFile, OverlaysDir, WaiversDir, RegulationFile)
	}
	u.fail(u.lost[0], lang.Say("没有谁读取 %s，其中的要求不会生效；%s", "nothing reads %s, and what is asked for there would have no effect; %s", names, remedy))
}

// written reports whether a name is that of a file in which rules are written, in
// whatever spelling.
func written(name string) bool {
	name = strings.TrimSuffix(strings.TrimSpace(strings.ToLower(name)), ".txt")
	return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name))
}

// meant is the known name that is nearest to another, whatever it ends in.
func meant(name string, known []string) string {
	stem, _, _ := strings.Cut(strings.TrimSpace(name), ".")
	return near.File(stem, known)
}

// bare reports whether a name is a known one without its ending, as some programs
// save it.
func bare(name string, known []string) bool {
	stem := strings.TrimSuffix(strings.ToLower(strings.TrimSpace(name)), ".txt")
	return slices.Contains(known, stem+".yaml")
}
