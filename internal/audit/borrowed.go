package audit

import (
	"bytes"
	"cmp"
	"context"
	"hash/maphash"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// others is what a platform shares with others although it may not.
type others struct {
	// codes are the ids of the platforms with its code.
	codes []string
	// own are the ids of other platforms that state the same value of those that belong
	// to one platform alone, by the hash of place and value.
	own map[uint64]string
	// evidence is the id of another platform that has most of its files of evidence,
	// alike how many are the same, of how many.
	evidence   string
	alike, all int
}

// hashing is seeded anew in each run, so that nobody can construct two values of one
// hash.
var hashing = maphash.MakeSeed()

// hashOf is all that is kept of a value to compare platforms by.
func hashOf(text string) uint64 { return maphash.String(hashing, text) }

// held is the hash of a value with the folder that has it.
type held struct {
	hash   uint64
	folder uint32
}

// meeting is what all folders hold.
type meeting struct {
	sync.Mutex
	folders []Folder
	codes   []held
	own     []held
	// files are those of evidence, one number each: some bits of the hash of name and
	// size, then the folder; counts are how many each folder has.
	files  []uint64
	counts []uint32
}

// named is what files that are the same have in common at least.
type named struct {
	name string
	size int64
}

// folderBits are those of a number that say the folder, of which there are at most
// maxFolders.
const folderBits = 17

// others is what platforms have in common, by their ids: with each other, or with those
// that a is to look at.
func (a *Auditor) others(ctx context.Context, folders []Folder) map[string]others {
	if a.Among != nil {
		folders = a.Among
	}
	folders = slices.DeleteFunc(slices.Clone(folders), func(f Folder) bool { return !f.broken.IsZero() })
	if len(folders) < 2 {
		return nil
	}
	m := &meeting{folders: folders, counts: make([]uint32, len(folders))}
	header := a.Rulebook.Schemas.Find(rulebook.HeaderTopic)
	a.headers(ctx, folders, func(i int, root *document.Value, _ error) {
		var own []held
		ownValues(header, root, func(key string, _ lang.Text, _ *document.Value) { own = append(own, held{hashOf(key), uint32(i)}) })
		m.Lock()
		defer m.Unlock()
		if code := stringOf(root.Get("code")); code != "" {
			m.codes = append(m.codes, held{hashOf(code), uint32(i)})
		}
		m.own = append(m.own, own...)
	})
	a.lists(ctx, m)
	found := map[string]others{}
	meet(m.codes, func(first, f uint32, _ uint64) { m.sameCode(found, first, f); m.sameCode(found, f, first) })
	meet(m.own, func(first, f uint32, key uint64) { m.sameOwn(found, first, f, key); m.sameOwn(found, f, first, key) })
	a.sameEvidence(ctx, m, found)
	return found
}

// lists lists the files of evidence of every folder.
func (a *Auditor) lists(ctx context.Context, m *meeting) {
	var group errgroup.Group
	group.SetLimit(max(a.Jobs, 1))
	for i := range m.folders {
		group.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			dir := evidenceIn(&m.folders[i])
			entries, _ := a.Tree.List(dir)
			if _, again := a.Tree.(source.Relister); again && a.Among == nil && len(entries) > 0 {
				a.sizes.Store(dir, source.SizesOf(entries))
			}
			files := compared(entries)
			m.Lock()
			defer m.Unlock()
			m.counts[i] = uint32(len(files))
			for _, entry := range files {
				m.files = append(m.files, maphash.Comparable(hashing, named{entry.Name, entry.Size})<<folderBits|uint64(i))
			}
			return nil
		})
	}
	_ = group.Wait() // none of them fails
}

// meet calls with, for each value that several folders hold, with the first of them and
// each other.
func meet(all []held, with func(first, f uint32, hash uint64)) {
	slices.SortFunc(all, func(x, y held) int { return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.folder, y.folder)) })
	for i, first := 0, 0; i < len(all); i++ {
		if all[i].hash != all[first].hash {
			first = i
		}
		if all[i].folder != all[first].folder {
			with(all[first].folder, all[i].folder, all[i].hash)
		}
	}
}

func (m *meeting) sameCode(found map[string]others, i, other uint32) {
	o := found[m.folders[i].ID]
	o.codes = append(o.codes, m.folders[other].ID)
	found[m.folders[i].ID] = o
}

func (m *meeting) sameOwn(found map[string]others, i, other uint32, key uint64) {
	o := found[m.folders[i].ID]
	if o.own == nil {
		o.own = map[uint64]string{}
	}
	if o.own[key] == "" {
		o.own[key] = m.folders[other].ID
	}
	found[m.folders[i].ID] = o
}

// fewFiles are too few to say where evidence is from: several platforms of one
// operator keep the same plan or certificate.
const fewFiles = 3

// sameEvidence finds platforms most of whose files of evidence are another's, byte by
// byte. Names and sizes say where to look: in the first folder that has most of them.
func (a *Auditor) sameEvidence(ctx context.Context, m *meeting, found map[string]others) {
	const folder = 1<<folderBits - 1
	slices.Sort(m.files)
	var common []uint64 // a folder, and another that first has one of its files
	for i, first := 0, 0; i < len(m.files); i++ {
		if m.files[i]>>folderBits != m.files[first]>>folderBits {
			first = i
		}
		if f, g := m.files[first]&folder, m.files[i]&folder; f != g {
			common = append(common, g<<folderBits|f)
		}
	}
	m.files = nil
	slices.Sort(common)
	for len(common) > 0 && ctx.Err() == nil {
		n := 1
		for n < len(common) && common[n] == common[0] {
			n++
		}
		i, best := int(common[0]>>folderBits), int(common[0]&folder)
		if common = common[n:]; most(n, int(m.counts[i])) {
			a.compareEvidence(&m.folders[i], &m.folders[best], found)
		}
	}
}

// compareEvidence notes of both folders how much of their evidence is the other's.
func (a *Auditor) compareEvidence(f, g *Folder, found map[string]others) {
	files := [][]source.Entry{a.evidenceFiles(f), a.evidenceFiles(g)}
	alike := a.equal(files[0], files[1])
	for i, pair := range [][2]*Folder{{f, g}, {g, f}} {
		if o := found[pair[0].ID]; o.evidence == "" && most(alike, len(files[i])) {
			o.evidence, o.alike, o.all = pair[1].ID, alike, len(files[i])
			found[pair[0].ID] = o
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

// evidenceIn is the folder in which a platform's evidence lies.
func evidenceIn(f *Folder) string { return path.Join(f.Path, "evidence") }

// evidenceFiles are the files that lie in the platform's folder of evidence.
func (a *Auditor) evidenceFiles(f *Folder) []source.Entry {
	entries, _ := a.Tree.List(evidenceIn(f)) // what cannot be listed is reported by who surveys it
	return compared(entries)
}

// compared are the files that are compared with those of others.
func compared(entries []source.Entry) []source.Entry {
	return slices.DeleteFunc(entries[:min(len(entries), maxFiles)], func(entry source.Entry) bool {
		return entry.Kind != source.File || entry.Size == 0 || entry.Size > maxCompared
	})
}

// ownValues visits the values of a header that belong to one platform alone, with a
// key that those have in common which say the same. Files of evidence are compared
// by what they hold, and not here. A text within a name is called as the name is.
func ownValues(s *schema.Schema, root *document.Value, visit func(key string, title lang.Text, v *document.Value)) {
	s.Walk(root, func(t *schema.Type, v *document.Value) {
		if !t.Own {
			return
		}
		said, title := v, t.Title
		if v.Parent != nil && v.Parent.Key() != "" {
			title = s.Root.Place(v.Parent).Title
		}
		if t.Kind == schema.Evidence {
			said = v.Get("ref")
		}
		if text := stringOf(said); text != "" {
			visit(t.Name+" "+strings.Join(strings.Fields(text), " "), title, v)
		}
	})
}

// borrowed reports what the description has from another platform's.
func (r *reading) borrowed(s *schema.Schema, doc *document.Document, others others) {
	if len(others.own) > 0 {
		ownValues(s, doc.Root, func(key string, title lang.Text, v *document.Value) {
			if other := others.own[hashOf(key)]; other != "" {
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
