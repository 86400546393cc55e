package timeline

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Claim is a dated record of a description with how it came there.
type Claim struct {
	// List is the list that it is in, by keys that are shown to everybody.
	List string
	On   calendar.Date
	// Path and Line are where it is at the last moment, End its last line.
	Path      string
	Line, End int
	// Appeared is the moment at which it came, Changed that at which it last became
	// another, the same where it never did. At the first moment a record may be older.
	Appeared, Changed int
	Remarks           Remarks
}

// Remarks are what an assessor may want to look at. None of them is scored.
type Remarks struct {
	// Ahead: it came before the day that it is of. Late: long after that day, though its
	// list was there. Rewritten: it became another after an assessor had confirmed what
	// is checked in it.
	Ahead, Late, Rewritten bool
}

// origin follows the records of one platform through history.
type origin struct {
	topics map[string]*pages
	// confirmed are the assessor's confirmations, as they stood at the moment before.
	confirmed     []confirmation
	confirmations string // hash of their file
	path          string
}

// pages are the records of one topic.
type pages struct {
	hash    string
	records map[string]*Claim
	digests map[string]string
	lists   map[string]bool
}

type confirmation struct {
	topic string
	names []string // of the item
	on    calendar.Date
}

// trace reads what changed of a platform's files. A file is read once for each of its
// versions, from the first to the last; one that is no description says nothing.
func (r *reader) trace(line *Line, s Snapshot, folder string, at int) {
	if line.origin == nil {
		line.origin = &origin{topics: map[string]*pages{}}
	}
	o := line.origin
	o.path = folder
	for _, topic := range r.book.Schemas.Topics() {
		file := path.Join(folder, topic.Name+".yaml")
		hash, err := s.Tree.Hash(file)
		before := o.topics[topic.Name]
		switch r.reach(err); {
		case err != nil:
			delete(o.topics, topic.Name)
		case before == nil || hash == "" || hash != before.hash:
			if doc := r.document(s, file); doc != nil {
				o.topics[topic.Name] = r.turn(before, topic, doc, s.On, at, o.confirmed)
				o.topics[topic.Name].hash = hash
			}
		default:
			before.moved(file)
		}
	}
	file := path.Join(folder, audit.VerdictsFile+".yaml")
	if hash, err := s.Tree.Hash(file); err != nil {
		o.confirmed, o.confirmations = nil, ""
	} else if hash != o.confirmations {
		if doc := r.document(s, file); doc != nil {
			o.confirmed, o.confirmations = confirmations(r.book, doc.Root), hash
		}
	}
}

func (r *reader) document(s Snapshot, file string) *document.Document {
	limits := document.DefaultLimits()
	data, err := s.Tree.Read(file, int64(limits.Bytes))
	if r.reach(err); err != nil {
		return nil
	}
	if doc := document.Parse(file, data, limits); doc.Sound() {
		return doc
	}
	return nil
}

func (p *pages) moved(file string) {
	for _, c := range p.records {
		c.Path = file
	}
}

// turn is a topic after a change of its file.
func (r *reader) turn(before *pages, topic *schema.Schema, doc *document.Document, on calendar.Date, at int, confirmed []confirmation) *pages {
	now := &pages{records: map[string]*Claim{}, digests: map[string]string{}, lists: map[string]bool{}}
	records(doc.Root, func(list *document.Value) { now.lists[topic.Root.KeyedPath(list)] = true }, func(record *document.Value, date calendar.Date) {
		in := topic.Root.KeyedPath(record.Parent)
		id := in + " " + date.String() + " " + topic.Root.Place(record.Parent).ItemKey(record)
		for n := 2; now.records[id] != nil; n++ {
			id += " " + strconv.Itoa(n)
		}
		c := &Claim{List: topic.Name + topic.Root.RedactedPath(record.Parent), On: date, Path: doc.Path, Line: record.Start().Line, End: record.End().Line, Appeared: at, Changed: at}
		now.records[id], now.digests[id] = c, record.Canonical()
		known := before != nil && before.records[id] != nil
		switch {
		case known && before.digests[id] == now.digests[id]:
			c.Appeared, c.Changed, c.Remarks = before.records[id].Appeared, before.records[id].Changed, before.records[id].Remarks
		case known:
			c.Appeared, c.Remarks = before.records[id].Appeared, before.records[id].Remarks
			c.Remarks.Rewritten = c.Remarks.Rewritten || slices.ContainsFunc(confirmed, func(v confirmation) bool { return v.covers(topic.Name, in, on) })
		default:
			c.Remarks.Ahead = date.After(on)
			c.Remarks.Late = before != nil && before.lists[in] && r.book.Policy.Provenance.Late(date, on)
		}
	})
	return now
}

// records visits the lists of records in a description, and each record that has a
// date.
func records(v *document.Value, list func(*document.Value), visit func(*document.Value, calendar.Date)) {
	if v == nil {
		return
	}
	if v.Kind == document.List {
		list(v)
	}
	for _, item := range v.Items() {
		if date := item.Get(schema.DateKey); date != nil && item.Get("evidence") != nil {
			if on, err := calendar.ParseDate(date.Text); err == nil {
				visit(item, on.Day())
			}
		}
		records(item, list, visit)
	}
	for _, field := range v.Fields() {
		records(field.Value, list, visit)
	}
}

// covers reports whether a confirmation speaks of the records in a list, and was given
// by a day.
func (v confirmation) covers(topic, list string, on calendar.Date) bool {
	if v.topic != topic || v.on.After(on) {
		return false
	}
	return !slices.ContainsFunc(v.names, func(name string) bool { return !strings.Contains(list, "["+name+"]") })
}

// confirmations are the entries of an assessor that confirm something.
func confirmations(book *rulebook.Rulebook, root *document.Value) (out []confirmation) {
	for _, v := range root.ListAt(audit.VerdictsFile) {
		rule := book.Check(book.Current(v.TextAt("check")))
		on, err := calendar.ParseDate(v.TextAt("assessed_on"))
		if rule == nil || err != nil || v.TextAt("verdict") != "met" {
			continue
		}
		c := confirmation{topic: rule.Topic, on: on}
		if item := v.TextAt("item"); item != "" {
			c.names = strings.Split(item, "/")
		}
		out = append(out, c)
	}
	return out
}

// claims are the records that are there at the last moment, in the order of files and
// lines.
func (l *Line) claims() (out []*Claim) {
	if l.origin == nil {
		return nil
	}
	for _, topic := range sorted(l.origin.topics) {
		records := l.origin.topics[topic].records
		for _, id := range sorted(records) {
			out = append(out, records[id])
		}
	}
	slices.SortStableFunc(out, func(a, b *Claim) int {
		if a.Path != b.Path {
			return strings.Compare(a.Path, b.Path)
		}
		return a.Line - b.Line
	})
	return out
}
