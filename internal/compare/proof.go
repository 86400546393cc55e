package compare

import (
	"errors"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

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

// piece names a piece of evidence: a file by its path, pinned or not, an address without
// the place in its page, and a document outside git by its number, whoever keeps it and
// however that is spaced.
func piece(v *document.Value) string {
	if ref := v.TextAt("ref"); ref != "" {
		return "ref " + schema.Spelt(ref)
	}
	name := v.Text + v.TextAt("path")
	switch {
	case name == "":
		return v.Canonical()
	case strings.Contains(name, "://"):
		return pageOf(name)
	}
	return name
}

// pageOf is what an address leads to, however it is written: the case of the host, the port
// that goes without saying, a slash at the end and the place in the page lead nowhere else.
// What begins with a slash behind the # is no place but the page, as of portals that are one script.
func pageOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host := strings.TrimSuffix(strings.ToLower(u.Host), ":443")
	page := strings.ToLower(u.Scheme) + "://" + host + strings.TrimSuffix(path.Clean("/"+u.Path), "/") + "?" + u.RawQuery
	if strings.HasPrefix(strings.TrimPrefix(u.Fragment, "!"), "/") {
		page += "#" + u.Fragment
	}
	return page
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
	return kind != nil && !s.stale(item{kind: kind, value: record})
}

// stale reports whether a record cites nothing that was not cited at the baseline, nor
// anything that holds something else since, as the collected minutes of a year do.
func (s *scoping) stale(i item) bool {
	return !slices.ContainsFunc(i.cites(), func(one *document.Value) bool {
		return s.unknown(one) || slices.ContainsFunc(files(one), s.refiled)
	})
}

// cites is the evidence of an item itself.
func (i item) cites() (all []*document.Value) {
	for _, f := range i.value.Fields() {
		if t := i.kind.Field(f.Key); t != nil && t.Type.Kind == schema.Evidence {
			all = append(all, pieces(f.Value)...)
		}
	}
	return all
}

// copied reports whether a piece of evidence holds what a file held that was cited at
// the baseline, as far as hashes tell.
func (s *scoping) copied(one *document.Value) bool {
	hash := contents(s.trees.Head, path.Join(s.p.After.Path, piece(one)))
	return hash != "" && s.citations().contents[hash]
}
