package audit

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// strayed is the problem of a file with another topic's content: none of its keys are
// its own topic's, and all are one other's. Reported key by key it would be many
// findings that miss the point.
func (r *reading) strayed(s *schema.Schema, doc *document.Document) *document.Problem {
	if !doc.Sound() || doc.Root.Kind != document.Map || len(doc.Root.Fields()) == 0 || holdsAny(s, doc.Root) || near.Slip(doc.Root.Fields()[0].Key, s.Root.Names()) != "" {
		return nil
	}
	var owner *schema.Schema
	for _, other := range r.Rulebook.Schemas.All() {
		if !holdsAll(other, doc.Root) {
			continue
		}
		if owner != nil {
			return nil
		}
		owner = other
	}
	if owner == nil {
		return nil
	}
	var keys []string
	for _, field := range doc.Root.Fields() {
		keys = append(keys, field.Key)
	}
	first := doc.Root.Fields()[0]
	return &document.Problem{Code: "other_topic", Start: first.KeyStart(), End: first.KeyEnd(),
		Message: lang.Say("这是 %s.yaml 的内容：%s", "this is what %s.yaml holds: %s", owner.Name, strings.Join(keys, ", ")),
		Remedy:  lang.Say("移到 %s.yaml；%s.yaml 里写 %s", "move it into %s.yaml; %s.yaml holds %s", owner.Name, s.Name, strings.Join(s.Root.Names(), ", "))}
}

func holdsAny(s *schema.Schema, root *document.Value) bool {
	return slices.ContainsFunc(root.Fields(), func(f document.Field) bool { return s.Root.Field(f.Key) != nil })
}

func holdsAll(s *schema.Schema, root *document.Value) bool {
	return !slices.ContainsFunc(root.Fields(), func(f document.Field) bool { return s.Root.Field(f.Key) == nil })
}

// misfiled is the file that one in a platform's folder was meant to be, by its own
// name or that of the folder that it lies in: under an ending that programs put in
// place of the right one, in other letters, or a folder deeper. Empty for none.
func misfiled(at string, read []string) string {
	folded := strings.ToLower(at)
	for _, name := range read {
		stem, _, _ := strings.Cut(name, ".")
		if !strings.Contains(folded, stem) {
			continue
		}
		for part := range strings.SplitSeq(folded, "/") {
			own, ending, _ := strings.Cut(part, ".")
			written := slices.Contains([]string{"yaml", "yml", "json"}, strings.TrimSuffix(ending, ".txt"))
			if strings.TrimSpace(own) == stem && (written || ending == "" && isYAML(at)) {
				return name
			}
		}
	}
	return ""
}

// anew asks for a topic's file that is missing: by the file that is in its place
// under another name, or as init begins it.
func (r *reading) anew(s *schema.Schema, ask lang.Text) lang.Text {
	if at := r.renamed(s); at != "" {
		return lang.Say("把 %s 改为 %s.yaml", "rename %s to %s.yaml", document.Quote(at), s.Name)
	}
	return lang.Say("运行 hegui init %s --topic %s 起草，或%s", "run hegui init %s --topic %s, or %s", r.ID, s.Name, ask)
}

// renamed is the file that was probably meant to be a topic's, relative to the
// platform's folder: of its name in other letters, with another extension or in a
// folder of its own.
func (r *reading) renamed(s *schema.Schema) string {
	for i := range r.files {
		f := &r.files[i]
		stem, _, _ := strings.Cut(f.Name, ".")
		if f.Kind != source.File || !f.beside() && !isYAML(f.Name) {
			continue
		}
		if strings.EqualFold(strings.TrimSpace(stem), s.Name) || isYAML(f.Name) && r.Rulebook.Schemas.Find(stem) == nil && near.Word(stem, []string{s.Name}) != "" {
			return f.inside
		}
	}
	return ""
}

// titled is the file of the one topic in whose title a file's name stands, empty
// for none.
func (r *reading) titled(name string) (meant string) {
	word := strings.TrimSuffix(name, path.Ext(name))
	for _, s := range r.Rulebook.Schemas.Topics() {
		switch {
		case utf8.RuneCountInString(word) < 2 || !strings.Contains(s.Root.Title.ZH, word):
		case meant != "":
			return ""
		default:
			meant = s.Name + ".yaml"
		}
	}
	return meant
}

// shelf is what lies in a platform's folder, by what a reference may have meant.
type shelf struct {
	folded, bases, stems map[string]string
	sorted               []string
}

// meantFile is the file that evidence which does not exist was probably meant
// to be: the same in other letters, the same in another folder, with another
// extension, or one with nearly its name. It is relative to the platform's folder, empty for none.
func (r *reading) meantFile(target string) string {
	if r.shelf == nil {
		r.shelf = r.newShelf()
	}
	target = strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(target, `\`, "/")), r.Path+"/"))
	if found := r.shelf.folded[target]; found != "" {
		return found
	}
	if found := r.shelf.bases[path.Base(target)]; found != "" {
		return found
	}
	if found := r.shelf.stems[stem(target)]; found != "" {
		return found
	}
	at, _ := slices.BinarySearch(r.shelf.sorted, target)
	return near.Word(target, r.shelf.sorted[max(0, at-maxBeside):min(len(r.shelf.sorted), at+maxBeside)])
}

// maxBeside is how many names before and after the place of a missing one it is
// compared with.
const maxBeside = 100

func (r *reading) newShelf() *shelf {
	s := &shelf{folded: map[string]string{}, bases: map[string]string{}, stems: map[string]string{}}
	for i := range r.files {
		if f := &r.files[i]; f.Kind == source.File && utf8.ValidString(f.inside) && (!f.beside() || !isYAML(f.Name)) {
			s.sorted = append(s.sorted, f.inside)
		}
	}
	for _, name := range s.sorted {
		folded := strings.ToLower(name)
		if s.folded[folded] == "" {
			s.folded[folded] = name
		}
		if base := path.Base(folded); s.bases[base] == "" {
			s.bases[base] = name
		}
		if s.stems[stem(folded)] == "" {
			s.stems[stem(folded)] = name
		}
	}
	return s
}

// stem is a path without its extension.
func stem(at string) string { return strings.TrimSuffix(at, path.Ext(at)) }
