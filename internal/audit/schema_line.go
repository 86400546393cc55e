package audit

import (
	"maps"
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/editor"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// maxSchema bounds a schema that an editor reads.
const maxSchema = 4 << 20

// schemaLines reports descriptions that lead the editor of their owner to a schema
// that is not theirs, is not there, or is not what this hegui reads: nothing that is
// judged depends on it.
func (r *reading) schemaLines() {
	missing, outdated := &ledAstray{}, &ledAstray{}
	for _, name := range slices.Sorted(maps.Keys(r.docs)) {
		doc := r.docs[name]
		ref, stated := editor.Stated(doc)
		if !stated {
			continue
		}
		place := finding.Between(doc.Path, ref.Start, ref.End)
		at, within := ref.In(doc.Path)
		switch {
		case !ref.Names(name):
			r.schemaLine("other_schema", doc, ref, r.schemaFor(name, doc, at), name, lang.Say("这一行让编辑器按 %[1]s 校验，而本文件是 %[2]s", "this line has editors check by %[1]s, and the file is %[2]s", document.Quote(path.Base(ref.Target)), name+".yaml"))
		case !within:
		case r.exists(at):
			if r.outdated(at, name) {
				outdated.add(name, place)
			}
		default:
			if target := r.schemaFor(name, doc, at); target != "" {
				r.schemaLine("missing_schema", doc, ref, target, name, lang.Say("编辑器在 %s 找不到模式", "there is no schema for editors at %s", document.Quote(ref.Target)))
				continue
			}
			missing.add(name, place)
		}
	}
	// One command writes them all, so they are one finding.
	if len(missing.names) > 0 {
		r.report(r.Finding("editor.missing_schema", missing.first, lang.Say("编辑器找不到 $schema 所指的模式：%s", "there is no schema for editors where $schema leads: %s", strings.Join(missing.names, ", ")), export()))
	}
	if len(outdated.names) > 0 {
		r.report(r.Finding("editor.outdated_schema", outdated.first, lang.Say("编辑器用的模式与本版 hegui 的不同：%s", "the schemas for editors are not those of this hegui: %s", strings.Join(outdated.names, ", ")), export()))
	}
}

// ledAstray are files by their names, and where the first of them says it.
type ledAstray struct {
	names []string
	first finding.Location
}

func (l *ledAstray) add(name string, place finding.Location) {
	if len(l.names) == 0 {
		l.first = place
	}
	l.names = append(l.names, name)
}

// schemaFor is how a file refers to its schema: to the one in the repository's own
// place, or beside the file that it leads to now; empty where there is neither.
func (r *reading) schemaFor(name string, doc *document.Document, led string) string {
	for _, at := range []string{editor.Path(name), path.Join(path.Dir(led), name+editor.Suffix)} {
		if r.exists(at) {
			return editor.To(doc.Path, at)
		}
	}
	return ""
}

// schemaLine reports one such line, with what to write where there is a schema.
func (r *reading) schemaLine(kind string, doc *document.Document, ref editor.Reference, target, name string, message lang.Text) {
	f := r.Finding("editor."+kind, finding.Between(doc.Path, ref.Start, ref.End), message, export(), name)
	if target != "" {
		f.Remedy = lang.Say("写 $schema=%s", "write $schema=%s", target)
		f.Edit = finding.Write(ref.Start, ref.End, target)
	}
	r.excerpts.Quote(&f, doc)
	r.report(f)
}

func export() lang.Text {
	return lang.Say("运行 hegui rules --schemas %s", "run hegui rules --schemas %s", editor.Dir)
}

// exists looks once for the schemas that every platform's descriptions lead to.
func (r *reading) exists(at string) bool {
	name, _ := strings.CutSuffix(path.Base(at), editor.Suffix)
	shared := r.Rulebook.Schemas.Find(name) != nil && at == editor.Path(name)
	if known, done := r.found.Load(at); shared && done {
		return known.(bool)
	}
	found := r.stands(path.Dir(at), at)
	if shared {
		r.found.Store(at, found)
	}
	return found
}

// stands looks into a folder of the repository, once where there is none: all lines of a
// platform lead into the same.
func (r *reading) stands(folder, at string) bool {
	if r.nowhere[folder] {
		return false
	}
	_, err := r.Tree.Stat(at)
	if err == nil {
		return true
	}
	if _, err := r.Tree.Stat(folder); err != nil {
		r.nowhere[folder] = true
	}
	return false
}

// outdated reports whether a schema that hegui has made is not what it would make
// now, in either language. What people wrote, and the schemas of a repository that
// has its own rulebook, are theirs.
func (r *reading) outdated(at, name string) bool {
	if known, done := r.schemas.Load(at); done {
		return known.(bool)
	}
	s := r.Rulebook.Schemas.Find(name)
	data, err := r.Tree.Read(at, maxSchema)
	old := err == nil && s != nil && editor.Generated(data) && !r.exists(rulebook.RegulationFile)
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		old = old && string(data) != string(editor.Bundle(r.Rulebook.Schemas, s, l))
	}
	r.schemas.Store(at, old)
	return old
}
