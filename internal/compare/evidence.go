package compare

import (
	"fmt"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
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
		for _, one := range v.Items {
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

// weaker is evidence that was held more firmly, and what holds it now.
type weaker struct {
	at               finding.Location
	was, is          hold
	places, redacted []string
}

// evidence reports evidence in the repository, pinned or not, that the change
// replaces by less: one entry for all that goes the same way.
func (s *scoping) evidence() {
	var all []*weaker
	for _, topic := range s.Rulebook.Schemas.Topics() {
		if r := s.register(topic); r != nil {
			all = s.weakened(r, all)
		}
	}
	for _, w := range all {
		message := func(places []string) lang.Text {
			return lang.Say("%d 处证据由%s换成%s：%s", "evidence that was %[2]s and is %[3]s: %[1]d (%[4]s)", len(places), w.was.text(), w.is.text(), named(places))
		}
		subject := fmt.Sprintf("%s=%s", w.was, w.is)
		s.add(ScopeChange{Kind: evidenceWeaker, Subject: subject, Redacted: subject, Location: w.at, Message: lang.Marked{Full: message(w.places), Redacted: message(w.redacted)},
			Remedy: lang.Say("把材料放回平台目录，并写 sha256", "put the material back into the platform's folder, and state its sha256")})
	}
}

// weakened adds the evidence of a topic that is held less firmly than it was. What
// goes with its item is reported with it.
func (s *scoping) weakened(r *register, all []*weaker) []*weaker {
	now := map[string]*document.Value{}
	parents := map[string]bool{}
	r.topic.Walk(r.is.Root, func(t *schema.Type, v *document.Value) {
		if path := r.topic.Root.KeyedPath(v); t.Kind == schema.Evidence {
			now[path] = v
		} else if v.Kind == document.Map {
			parents[path] = true
		}
	})
	r.topic.Walk(r.was.Root, func(t *schema.Type, v *document.Value) {
		path := r.topic.Root.KeyedPath(v)
		if t.Kind != schema.Evidence || !parents[r.topic.Root.KeyedPath(v.Parent)] {
			return
		}
		was, is := holdOf(v), holdOf(now[path])
		if was < filed || is >= was {
			return
		}
		w := group(&all, was, is)
		if len(w.places) == 0 {
			if w.at = nearest(r.is, v.Parent, r.is.Path); now[path] != nil {
				w.at = finding.At(now[path])
			}
		}
		w.places, w.redacted = append(w.places, r.topic.Name+path), append(w.redacted, r.topic.Name+r.topic.Root.RedactedPath(v))
	})
	return all
}

// group is the entry for what goes one way, a new one where there is none yet.
func group(all *[]*weaker, was, is hold) *weaker {
	for _, w := range *all {
		if w.was == was && w.is == is {
			return w
		}
	}
	w := &weaker{was: was, is: is}
	*all = append(*all, w)
	return w
}
