package audit

import (
	"bytes"
	"context"
	"path"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// others is what a platform has in common with others and nobody may share.
type others struct {
	// codes are the ids of the platforms with its code.
	codes []string
	// own are the ids of those that state a value which belongs to one platform alone,
	// by the place in the schemas and the value.
	own map[string]string
	// evidence is the id of one that has most of its files of evidence: alike of all.
	evidence   string
	alike, all int
}

// others is what identified platforms have in common, by their ids: with each other,
// or with those that a is to look at.
func (a *Auditor) others(ctx context.Context, folders []Folder) map[string]others {
	if a.Among != nil {
		folders = a.Identified(ctx, a.Among)
	}
	found := map[string]others{}
	first := map[string]Folder{}
	// meet calls with the first platform that has a key, for all but that one.
	meet := func(key string, f Folder, with func(first, f string)) {
		if earlier, taken := first[key]; !taken {
			first[key] = f
		} else if earlier.ID != f.ID {
			with(earlier.ID, f.ID)
		}
	}
	for _, f := range folders {
		if f.Code != "" {
			meet("code "+f.Code, f, func(x, y string) { sameCode(found, x, y); sameCode(found, y, x) })
		}
		for _, key := range f.own {
			meet(key, f, func(x, y string) { sameOwn(found, x, key, y); sameOwn(found, y, key, x) })
		}
	}
	a.sameEvidence(ctx, folders, found)
	return found
}

func sameCode(found map[string]others, id, other string) {
	o := found[id]
	o.codes = append(o.codes, other)
	found[id] = o
}

func sameOwn(found map[string]others, id, key, other string) {
	o := found[id]
	if o.own == nil {
		o.own = map[string]string{}
	}
	if o.own[key] == "" {
		o.own[key] = other
	}
	found[id] = o
}

// fewFiles are too few to say where evidence is from: several platforms of one
// operator keep the same plan or certificate.
const fewFiles = 3

// sameEvidence finds platforms most of whose files of evidence are another's, byte by
// byte. Names and sizes say where to look.
func (a *Auditor) sameEvidence(ctx context.Context, folders []Folder, found map[string]others) {
	type file struct {
		name string
		size int64
	}
	first := map[file]int{}
	for i, g := range folders {
		common := map[int]int{}
		best := -1
		for _, entry := range g.files {
			f := file{entry.Name, entry.Size}
			earlier, taken := first[f]
			if !taken {
				first[f] = i
				continue
			}
			if common[earlier]++; best < 0 || common[earlier] > common[best] {
				best = earlier
			}
		}
		if best < 0 || !most(common[best], len(g.files)) || ctx.Err() != nil {
			continue
		}
		alike := a.equal(g.files, folders[best].files)
		for _, pair := range [][2]int{{i, best}, {best, i}} {
			id := folders[pair[0]].ID
			if o := found[id]; o.evidence == "" && most(alike, len(folders[pair[0]].files)) {
				o.evidence, o.alike, o.all = folders[pair[1]].ID, alike, len(folders[pair[0]].files)
				found[id] = o
			}
		}
	}
}

func most(alike, all int) bool { return alike >= fewFiles && 2*alike > all }

// equal is how many files are the same in two folders.
func (a *Auditor) equal(x, y []source.Entry) (n int) {
	other := map[string]source.Entry{}
	for _, entry := range y {
		other[entry.Name] = entry
	}
	for _, entry := range x {
		twin, there := other[entry.Name]
		if !there || twin.Size != entry.Size {
			continue
		}
		one, err := a.Tree.Read(entry.Path, maxCompared)
		if err != nil {
			continue // what cannot be read is reported where it is cited
		}
		if two, err := a.Tree.Read(twin.Path, maxCompared); err == nil && bytes.Equal(one, two) {
			n++
		}
	}
	return n
}

// maxCompared bounds the files of evidence that are compared.
const maxCompared = 256 << 10

// evidenceFiles are the files that lie in the platform's folder of evidence.
func (a *Auditor) evidenceFiles(f *Folder) []source.Entry {
	entries, err := a.Tree.List(path.Join(f.Path, "evidence"))
	if err != nil {
		return nil
	}
	var files []source.Entry
	for _, entry := range entries[:min(len(entries), maxFiles)] {
		if entry.Kind == source.File && entry.Size > 0 && entry.Size <= maxCompared {
			files = append(files, entry)
		}
	}
	return files
}

// ownValues visits the values of a header that belong to one platform alone, with a
// key that those have in common which say the same. Files of evidence are compared
// by what they hold, and not here. A text within a name is called as the name is.
func ownValues(s *schema.Schema, root *document.Value, visit func(key string, title lang.Text, v *document.Value)) {
	titles := map[*document.Value]lang.Text{}
	s.Walk(root, func(t *schema.Type, v *document.Value) {
		said, title := v, t.Title
		if titles[v] = title; v.Parent != nil && v.Parent.Key != "" {
			title = titles[v.Parent]
		}
		if t.Kind == schema.Evidence {
			said = v.Get("ref")
		}
		if text := stringOf(said); t.Own && text != "" {
			visit(t.Name+" "+strings.Join(strings.Fields(text), " "), title, v)
		}
	})
}

// borrowed reports what the description has from another platform's.
func (r *reading) borrowed(s *schema.Schema, doc *document.Document, others others) {
	if len(others.own) > 0 {
		ownValues(s, doc.Root, func(key string, title lang.Text, v *document.Value) {
			if other := others.own[key]; other != "" {
				r.borrowedValue(s, title, v, other)
			}
		})
	}
	if others.evidence == "" {
		return
	}
	f := r.Finding("evidence.borrowed", finding.WholeFile(path.Join(r.Path, headerFile)),
		lang.Say("evidence/ 里 %[2]d 个文件有 %[1]d 个与平台 %[3]s 的一字不差", "%d of the %d files in evidence/ are those of platform %s, byte by byte", others.alike, others.all, others.evidence),
		lang.Say("放本平台自己的材料；几个平台共用的材料写 {ref: 文号, held_by: 保管岗位}，或写 https 地址", "keep this platform's own; for material that several platforms share state {ref: number, held_by: post} or an https address"))
	r.report(f)
}

// borrowedValue reports one value that another platform states as well.
func (r *reading) borrowedValue(s *schema.Schema, title lang.Text, v *document.Value, other string) {
	said := lang.Same(document.Quote(v.Text + v.TextAt("ref")))
	f := r.documentFinding("borrowed", finding.At(v), lang.Say("%s %s 与平台 %s 相同", "%s %s is also that of platform %s", title, said, other),
		lang.Say("写本平台自己的；确是同一个的，只在一个平台里描述", "state this platform's own; what is really one is described in one of the two platforms"), s.Name+s.Root.KeyedPath(v))
	r.excerpts.Quote(&f, v.Document())
	r.report(f)
}
