package audit

import (
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// view shows the checks what can be read, and reports what is wrong with it.
func (r *reading) view() {
	topics := map[string]*document.Value{}
	for _, s := range r.Rulebook.Schemas.Topics() {
		if doc := r.docs[s.Name]; doc.Sound() {
			topics[s.Name] = doc.Root
		}
	}
	var defects []rulebook.Defect
	r.frame, defects = r.Rulebook.ViewIn(r.sight(), topics, r.unusable, r.AsOf)
	for _, d := range defects {
		r.defect(d)
	}
	r.scale(topics[rulebook.HeaderTopic])
}

// scale takes from the header at what level and by which profile is judged.
func (r *reading) scale(header *document.Value) {
	if r.level = r.Rulebook.Level(r.frame, header); r.level != rulebook.NoLevel {
		r.MLPSLevel = r.level
	}
	r.Profile = rulebook.Full
	if len(r.frame.Missing(rulebook.HeaderTopic+".code")) == 0 {
		r.Profile = r.Rulebook.Policy.Profiles.Of(r.Code, r.level)
	}
}

// defect reports a value against its schema, or a name that leads nowhere.
func (r *reading) defect(d rulebook.Defect) {
	f := r.Finding(d.ID(), finding.Near(d.At, d.Start, d.End), d.Message, d.Remedy, d.Topic+d.Path)
	f.Edit, f.Field = d.Edit, r.fieldOf(d)
	if remedy := r.askHash(d); !remedy.IsZero() {
		f.Remedy, d.HiddenRemedy = remedy, remedy
	}
	r.excerpts.Quote(&f, d.At.Document())
	if d.Hidden != f.Message {
		f.Hide().Message = d.Hidden
	}
	if d.HiddenRemedy != f.Remedy {
		f.Hide().Remedy = d.HiddenRemedy
	}
	if redacted := d.Topic + d.Redacted; redacted != f.Item {
		f.Hide().Item = redacted
	}
	r.report(f)
	if d.Lacks != nil {
		r.lack(d.Topic, d.Lacks)
	}
	r.causes[d.Name()] = f.Fingerprint
	if d.Hole != nil {
		r.holes[*d.Hole] = true
	}
}

// fieldOf is the path of what a defect is about, empty for what is no topic's.
func (r *reading) fieldOf(d rulebook.Defect) string {
	s := r.Rulebook.Schemas.Find(d.Topic)
	switch {
	case !s.Topic:
		return ""
	case d.Lacks != nil:
		return d.Lacks.Name
	}
	return s.Root.Place(d.At).Name
}

// askHash asks for the SHA-256 that a piece of evidence lacks, and says it; zero for
// any other defect.
func (r *reading) askHash(d rulebook.Defect) lang.Text {
	evidence := d.At
	switch {
	case !strings.HasSuffix(d.Path, "/sha256"):
		return lang.Text{}
	case d.Keyword == "pattern" && d.Edit == nil:
		evidence = d.At.Parent
	case d.Keyword != "required":
		return lang.Text{}
	}
	f := r.fileAt(path.Join(r.Path, evidence.TextAt("path")))
	if f == nil || f.Kind != source.File {
		return lang.Text{}
	}
	c := r.contentOf(f)
	if c.err != nil || c.tooCostly {
		return lang.Text{}
	}
	sum := c.text
	if c.pointer {
		sum = c.oid
	}
	if evidence != d.At {
		return lang.Say("写 %s", "write %s", sum)
	}
	return lang.Say("补上 sha256: %s", "add sha256: %s", sum)
}

// unread reports what makes a topic's file of no use.
func (r *reading) unread(topic string, f finding.Finding) {
	r.report(f)
	r.hide(topic, f)
}

// hide makes a topic absent because of a finding.
func (r *reading) hide(topic string, f finding.Finding) {
	name := f.Check + " " + f.Item
	r.causes[name] = f.Fingerprint
	if !slices.Contains(r.unusable[topic], name) {
		r.unusable[topic] = append(r.unusable[topic], name)
	}
}

// causedBy are the fingerprints of what an item could not be judged without,
// sorted. What is neither stated nor hidden by a defect is reported.
func (r *reading) causedBy(absences []*expression.Absent) []string {
	if len(absences) == 0 {
		return nil
	}
	all := r.awaits.Cut(waits(absences))
	broken := slices.ContainsFunc(absences, brokenHeader)
	for _, absent := range absences {
		for _, name := range absent.Defects {
			all = append(all, r.causes[name])
		}
		switch {
		case absent.Ahead != nil:
			all = append(all, r.awaited(absent.Ahead).Fingerprint)
		case len(absent.Defects) == 0 && !broken:
			all = append(all, r.missing(absent))
		}
	}
	slices.Sort(all)
	return slices.Clip(slices.Compact(all))
}

// brokenHeader reports a defect of the header. It says what applies at all, so that as
// long as it is broken nobody knows whether another fact is missing.
func brokenHeader(absent *expression.Absent) bool {
	return len(absent.Defects) > 0 && strings.HasPrefix(absent.Of.Name, rulebook.HeaderTopic+".")
}

// gap is where a fact is missing: a key of a value, or a topic of none.
type gap struct {
	in  *document.Value
	key string
}

// missing is the fingerprint of what is said of a fact that a check could not do
// without, which is reported once however many checks ask for it.
func (r *reading) missing(absent *expression.Absent) string {
	at := gap{absent.In, absent.Key}
	known, told := r.gaps[at]
	if !told {
		known = r.reportMissing(absent)
		r.gaps[at] = known
	}
	return known
}

// reportMissing reports what is missing in the words of its schema, where it belongs.
func (r *reading) reportMissing(absent *expression.Absent) string {
	topic, _, _ := strings.Cut(absent.Of.Name, ".")
	s := r.Rulebook.Schemas.Find(topic)
	item, redacted := topic, topic
	if absent.In != nil {
		in, hidden := s.Root.KeyedPath(absent.In), s.Root.RedactedPath(absent.In)
		item += in + "/" + absent.Key
		if redacted = item; hidden != in {
			redacted = topic + hidden + "/" + absent.Key
		}
	}
	if known := r.facts[item]; known != "" {
		return known
	}
	var ask lang.Text
	if absent.In != nil {
		ask = r.ask(absent.Of, absent.Key)
	} else {
		ask = r.anew(s, r.ask(absent.Of, topic+".yaml"))
	}
	f := r.Finding("fact.missing", r.placeOf(absent), r.frame.Said(absent), ask, item)
	f.Field = absent.Of.Name
	r.facts[item] = f.Fingerprint
	r.lack(topic, absent.Of)
	if place := absent.Place(); place.Document() != nil && place.Parent != nil { // the first line of a file says nothing
		r.excerpts.Quote(&f, place.Document())
	}
	if redacted != item {
		f.Hide().Item = redacted
	}
	r.report(f)
	return f.Fingerprint
}

// placeOf is where a reader looks for what is missing.
func (r *reading) placeOf(absent *expression.Absent) finding.Location {
	if place := absent.Place(); place.Document() != nil {
		return finding.At(place)
	}
	return finding.WholeFile(path.Join(r.Path, headerFile))
}
