package compare

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
	"hegui/internal/schema"
	"hegui/internal/source"
)

// hold is how firmly evidence is held: the later, the firmer.
type hold uint8

const (
	nothing hold = iota
	referred
	addressed
	filed
	pinned
)

// text is what such evidence is.
func (h hold) text() lang.Text {
	return [...]lang.Text{
		nothing:   lang.Say("没有写", "nothing"),
		referred:  lang.Say("文号", "a reference"),
		addressed: lang.Say("地址", "an address"),
		filed:     lang.Say("没有校验值的文件", "a file without sha256"),
		pinned:    lang.Say("带校验值的文件", "a file with sha256"),
	}[h]
}

func (h hold) String() string {
	return [...]string{nothing: "nothing", referred: "reference", addressed: "address", filed: "filed", pinned: "pinned"}[h]
}

// holdOf is how firmly a value is held as evidence; a list as its firmest.
func holdOf(v *document.Value) hold {
	firmest := nothing
	switch {
	case v == nil:
	case v.Kind == document.List:
		for _, one := range v.Items() {
			firmest = max(firmest, holdOf(one))
		}
	case v.Get("ref") != nil:
		firmest = referred
	case strings.Contains(v.Text+v.TextAt("path"), "://"):
		firmest = addressed
	case v.TextAt("sha256") != "":
		firmest = pinned
	case v.Text+v.TextAt("path") != "":
		firmest = filed
	}
	return firmest
}

// other is evidence that the change has replaced or dropped: where it was cited, what
// it was and what it is now.
type other struct {
	at               finding.Location
	subject          string
	becomes          lang.Text
	places, redacted []string
	files            map[string]bool // what takes its place, where files do
}

// evidence reports evidence in the repository, pinned or not, that the change replaces
// by less or by another, or whose file it rewrites but for adding to it: one entry for all
// that goes the same way.
func (s *scoping) evidence() {
	var all []*other
	refiled := s.refilings()
	for _, topic := range s.Rulebook.Schemas.Topics() {
		if doc := s.stated(topic.Name); doc != nil && doc.Root != nil && (refiled != nil || s.register(topic) != nil) {
			all = s.swapped(topic, doc, refiled, all)
		}
	}
	for _, o := range all {
		message := func(places []string) lang.Text {
			return lang.Say("%d 处证据%s：%s", "evidence that %[2]s: %[1]d (%[3]s)", len(places), o.becomes, named(places))
		}
		said := lang.Marked{Full: message(o.places), Redacted: message(o.redacted)}
		if n := len(o.files); n > 0 && n < len(o.places) {
			fewer := func(t lang.Text) lang.Text {
				return lang.Say("%s，合用文件 %d 个", "%s, files that they share now: %d", t, n)
			}
			said = lang.Marked{Full: fewer(said.Full), Redacted: fewer(said.Redacted)}
		}
		s.add(ScopeChange{Kind: evidenceWeaker, Subject: o.subject, Redacted: o.subject, Location: o.at, Message: said,
			Remedy: lang.Say("把原来的材料留在平台目录里，并写 sha256；更正另附新材料", "keep the material in the platform's folder, and state its sha256; let a correction cite what is new besides")})
	}
}

// swapped adds the evidence of a topic that has changed. Evidence that goes with its
// item is reported with the item, and a record of a later day rests on evidence of its
// own.
func (s *scoping) swapped(topic *schema.Schema, doc *document.Document, refiled func(string) bool, all []*other) []*other {
	before := map[string]*document.Value{}
	if was := s.p.was(topic.Name); was != nil && was.Root != nil {
		topic.Walk(was.Root, func(t *schema.Type, v *document.Value) {
			if t.Kind == schema.Evidence || v.Kind == document.Map {
				before[topic.Root.KeyedPath(v)] = v
			}
		})
	}
	add := func(subject string, becomes lang.Text, v, is *document.Value) *other {
		o := group(&all, subject, becomes)
		if len(o.places) == 0 {
			if o.at = nearest(doc, v.Parent, doc.Path); is != nil {
				o.at = finding.At(is)
			}
		}
		o.places, o.redacted = append(o.places, topic.Name+topic.Root.KeyedPath(v)), append(o.redacted, topic.Name+topic.Root.RedactedPath(v))
		return o
	}
	topic.Walk(doc.Root, func(t *schema.Type, object *document.Value) {
		stood := before[topic.Root.KeyedPath(object)]
		if object.Kind != document.Map || t.Kind == schema.Evidence || stood == nil || stood.Kind != document.Map {
			return
		}
		for _, f := range t.Fields {
			v, is := stood.Get(f.Name), object.Get(f.Name)
			was, now := holdOf(v), holdOf(is)
			if f.Type.Kind != schema.Evidence || was < filed {
				continue
			}
			switch gone := s.dropped(v, is); {
			case now < was:
				add(fmt.Sprintf("%s=%s", was, now), lang.Say("由%s换成%s", "was %s and is %s", was.text(), now.text()), v, is)
			case len(gone) > 0 && !later(t, stood, object):
				o := add("replaced", lang.Say("换了文件", "is another file than it was"), v, is)
				for _, one := range pieces(is) {
					o.files[piece(one)] = true
				}
			case len(gone) == 0 && slices.ContainsFunc(pieces(is), func(one *document.Value) bool {
				return refiled != nil && refiled(piece(one)) && !s.addedTo(piece(one))
			}):
				add("rewritten", lang.Say("文件内容换了，名字没有换", "keeps its name and holds something else"), v, is)
			}
		}
	})
	return all
}

// dropped are the pieces of evidence that are no longer cited. A file that only has
// another name is.
func (s *scoping) dropped(was, is *document.Value) []*document.Value {
	return slices.DeleteFunc(slices.Clone(pieces(was)), func(one *document.Value) bool {
		return slices.ContainsFunc(pieces(is), func(o *document.Value) bool { return piece(o) == piece(one) || s.renamed(piece(one), piece(o)) })
	})
}

// renamed reports whether a file of head holds what another did at the baseline, which
// is gone.
func (s *scoping) renamed(from, to string) bool {
	was, is := contents(s.trees.Baseline, path.Join(s.p.Before.Path, from)), contents(s.trees.Head, path.Join(s.p.After.Path, to))
	_, left := s.trees.Head.Stat(path.Join(s.p.After.Path, from))
	return was != "" && was == is && errors.Is(left, fs.ErrNotExist)
}

// later reports whether an object names a later day than it did.
func later(t *schema.Type, was, is *document.Value) bool {
	return slices.ContainsFunc(t.Fields, func(f schema.Field) bool {
		return f.Type.Kind == schema.Date && was.TextAt(f.Name) < is.TextAt(f.Name)
	})
}

// refilings tells of each file of the platform whether the change has put something
// else into it, as far as hashes tell. Those of a platform that stays where it is are
// found in one walk; nil for none.
func (s *scoping) refilings() func(name string) bool {
	if s.p.Before.Path != s.p.After.Path {
		return s.refiled
	}
	changed := map[string]bool{}
	for _, at := range source.Differ(s.trees.Baseline, s.trees.Head, s.p.After.Path) {
		if !strings.HasSuffix(at, ".yaml") {
			changed[at] = true
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return func(name string) bool { return changed[path.Join(s.p.After.Path, name)] && s.refiled(name) }
}

// addedTo reports whether a file of the platform still holds every line that it held, in
// their order, and more besides, as the collected minutes of a year do.
func (s *scoping) addedTo(name string) bool {
	const limit = 1 << 20
	was, err := s.trees.Baseline.Read(path.Join(s.p.Before.Path, name), limit)
	if err != nil {
		return false
	}
	is, err := s.trees.Head.Read(path.Join(s.p.After.Path, name), limit)
	if err != nil {
		return false
	}
	left := strings.Split(strings.TrimSpace(string(was)), "\n")
	for line := range strings.Lines(string(is)) {
		if len(left) > 0 && strings.TrimSpace(line) == strings.TrimSpace(left[0]) {
			left = left[1:]
		}
	}
	return len(left) == 0
}

// group is the entry for all evidence that changes in the same way, made where there is
// none yet.
func group(all *[]*other, subject string, becomes lang.Text) *other {
	for _, o := range *all {
		if o.subject == subject {
			return o
		}
	}
	o := &other{subject: subject, becomes: becomes, files: map[string]bool{}}
	*all = append(*all, o)
	return o
}
