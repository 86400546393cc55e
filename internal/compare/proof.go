package compare

import (
	"errors"
	"io/fs"
	"path"
	"slices"

	"hegui/internal/document"
	"hegui/internal/schema"
)

// proof is what evidence of the platform has been cited on either side.
type proof struct {
	before, after map[string]int // how often each piece is cited
	contents      map[string]bool
}

// citations are read once, when somebody first asks.
func (s *scoping) citations() *proof {
	if s.cited != nil {
		return s.cited
	}
	s.cited = &proof{before: map[string]int{}, after: map[string]int{}, contents: map[string]bool{}}
	for _, topic := range s.Rulebook.Schemas.Topics() {
		count := func(doc *document.Document, in map[string]int) {
			if doc == nil || doc.Root == nil {
				return
			}
			topic.Walk(doc.Root, func(t *schema.Type, v *document.Value) {
				if t.Kind == schema.Evidence {
					for _, one := range pieces(v) {
						in[piece(one)]++
					}
				}
			})
		}
		count(s.p.was(topic.Name), s.cited.before)
		count(s.stated(topic.Name), s.cited.after)
	}
	for name := range s.cited.before {
		if hash := contents(s.trees.Baseline, path.Join(s.p.Before.Path, name)); hash != "" {
			s.cited.contents[hash] = true
		}
	}
	return s.cited
}

// pieces are what evidence consists of.
func pieces(v *document.Value) []*document.Value {
	switch {
	case v == nil:
		return nil
	case v.Kind == document.List:
		return v.Items()
	}
	return []*document.Value{v}
}

// piece names a piece of evidence: a file by its path, pinned or not, and a document
// outside git by its number, whoever keeps it and however that is spaced.
func piece(v *document.Value) string {
	if ref := v.TextAt("ref"); ref != "" {
		return "ref " + schema.Spelt(ref)
	}
	if name := v.Text + v.TextAt("path"); name != "" {
		return name
	}
	return v.Canonical()
}

// corrects reports whether head supports changed facts with evidence that can show the
// old ones to have been wrong: cited in the same record, as firm as before, not cited
// before or elsewhere, and no copy of the old evidence.
func (s *scoping) corrects(r *register, facts []*edit, was, is *document.Value) bool {
	firmest := nothing
	r.within(was, func(t *schema.Type, v *document.Value) {
		if t.Kind == schema.Evidence {
			firmest = max(firmest, min(holdOf(v), filed))
		}
	})
	records := []*document.Value{is}
	for _, e := range facts {
		if e.is != nil && is.Holds(e.is) {
			records = append(records, e.is.Parent)
		}
	}
	return slices.ContainsFunc(records, func(record *document.Value) bool {
		return slices.ContainsFunc(record.Fields(), func(f document.Field) bool {
			t := r.kinds[f.Value]
			return t != nil && t.Kind == schema.Evidence && slices.ContainsFunc(pieces(f.Value), func(one *document.Value) bool {
				return holdOf(one) >= firmest && s.fresh(one)
			})
		})
	})
}

// fresh reports whether a piece of evidence is first cited by the change, and only
// once.
func (s *scoping) fresh(one *document.Value) bool {
	return s.unknown(one) && s.citations().after[piece(one)] <= 1
}

// unknown reports whether a piece of evidence is there, is first cited by the change and
// holds nothing that was cited before.
func (s *scoping) unknown(one *document.Value) bool {
	return s.citations().before[piece(one)] == 0 && !s.copied(one) && !s.missing(one)
}

// missing reports whether a piece of evidence is a file that head has not.
func (s *scoping) missing(one *document.Value) bool {
	return slices.ContainsFunc(files(one), func(name string) bool {
		_, err := s.trees.Head.Stat(path.Join(s.p.After.Path, name))
		return errors.Is(err, fs.ErrNotExist)
	})
}

// backed reports whether head cites for a record what nobody cited before, or what has
// been added to since.
func (s *scoping) backed(r *register, record *document.Value) bool {
	kind := r.kinds[record]
	return kind != nil && (!s.stale(item{kind: kind, value: record}) || slices.ContainsFunc(record.Fields(), func(f document.Field) bool {
		t := kind.Field(f.Key)
		return t != nil && t.Type.Kind == schema.Evidence && slices.ContainsFunc(files(f.Value), s.refiled)
	}))
}

// copied reports whether a piece of evidence holds what a file held that was cited at
// the baseline, as far as hashes tell.
func (s *scoping) copied(one *document.Value) bool {
	hash := contents(s.trees.Head, path.Join(s.p.After.Path, piece(one)))
	return hash != "" && s.citations().contents[hash]
}
