package audit

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// factForm begins the digests of facts. Those of the form before have no such
// beginning: they did not cover what stands around the values that are read.
const factForm = "v2:"

// FormerFact reports whether a digest is of the form before this one.
func FormerFact(fact string) bool { return fact != "" && !strings.HasPrefix(fact, factForm) }

// fact is a digest of what an outcome rests on: the platform's code, the item's
// name, each value that decides whether, how strictly and with what outcome the
// item is judged, where it stands, the record around it, and the bytes of the
// evidence that is cited there. Layout, comments, and the order of keys and items
// have no part in it. It is empty where something cannot be read, and then equals
// nothing.
func (r *reading) fact(judged *rulebook.Judged) string {
	lines := make([]string, 0, 2+len(judged.Facts)+len(judged.Choice))
	lines = append(lines, "platform "+r.Code, "item "+strings.Join(judged.Keys, "\x00"))
	for _, facts := range [][]expression.Fact{judged.Facts, judged.Choice} {
		for i := range facts {
			f := &facts[i]
			digest, ok := r.digest(f.Value)
			around, sound := r.around(cmp.Or(f.Value, f.Above))
			if !ok || !sound {
				return ""
			}
			lines = append(lines, f.Path+" "+digest+" "+around)
		}
	}
	slices.Sort(lines)
	return factForm + "sha256:" + r.sumOf(slices.Compact(lines))
}

// formerFact is the digest of the form before, by which a verdict that was pinned
// then is known again.
func (r *reading) formerFact(facts []expression.Fact) string {
	lines := make([]string, 0, len(facts))
	for _, f := range facts {
		digest, ok := r.digest(f.Value)
		if !ok {
			return ""
		}
		lines = append(lines, f.Path+" "+digest)
	}
	slices.Sort(lines)
	return "sha256:" + r.sumOf(lines)
}

// around is a digest of where a value stands, by the keys that name it, of the
// nearest record with evidence that it lies in, and of who provides any of it.
func (r *reading) around(v *document.Value) (string, bool) {
	doc := v.Document()
	if doc == nil {
		return "", true
	}
	if digest, done := r.surroundings[v]; done {
		return digest, digest != ""
	}
	lines := []string{doc.Topic() + r.Rulebook.Schemas.Find(doc.Topic()).Root.KeyedPath(v)}
	ok := true
	note := func(name string, part *document.Value) {
		digest, sound := r.digest(part)
		lines, ok = append(lines, name+" "+digest), ok && sound
	}
	for _, record := range r.recordsAround(v) {
		shape := r.placeOfValue(record)
		for _, field := range record.Fields() {
			if known := shape.Field(field.Key); known == nil || known.Type.Kind == schema.Evidence || !mayCite(known.Type) {
				note(field.Key, field.Value)
			}
		}
	}
	for at := v; at != nil; at = at.Parent {
		if by := at.Get(providedBy); by != nil {
			note(providedBy, by)
		}
	}
	digest := ""
	if ok {
		slices.Sort(lines[1:])
		digest = r.sumOf(lines)
	}
	r.surroundings[v] = digest
	return digest, ok
}

// mayCite reports whether something in a place may cite evidence: it is a record of
// its own then, or holds some, and no part of the record that it lies in.
func mayCite(t *schema.Type) bool {
	if t == nil || t.Kind == schema.Evidence {
		return t != nil
	}
	return mayCite(t.Item) || slices.ContainsFunc(t.Fields, func(f schema.Field) bool { return mayCite(f.Type) })
}

// digest is that of one value; several checks read the same.
func (r *reading) digest(v *document.Value) (string, bool) {
	if v == nil {
		return "not stated", true
	}
	if digest, done := r.digests[v]; done {
		return digest, digest != ""
	}
	parts, ok := r.proofs(v)
	digest := ""
	if ok {
		slices.Sort(parts)
		if len(parts) == 0 {
			parts = []string{""}
		}
		digest = r.sumOf(slices.Insert(parts, 0, v.Canonical()))
	}
	r.digests[v] = digest
	return digest, ok
}

// proofs are the digests of the evidence that is cited inside a value.
func (r *reading) proofs(v *document.Value) (parts []string, ok bool) {
	if at := r.citedAt(v); at != "" {
		proof, ok := r.proof(at)
		return []string{at[len(r.Path):] + " " + proof}, ok
	}
	inner := slices.Clone(v.Items())
	for _, field := range v.Fields() {
		inner = append(inner, field.Value)
	}
	for _, child := range inner {
		more, ok := r.proofs(child)
		if !ok {
			return nil, false
		}
		parts = append(parts, more...)
	}
	return parts, true
}

// citedAt is the path inside the platform's folder that a value cites, empty for none.
func (r *reading) citedAt(v *document.Value) string {
	if i, cites := r.entries[v]; cites && fs.ValidPath(target(v)) {
		return r.Evidence[i].Path
	}
	return ""
}

// proof is the digest of a file of evidence. A missing file has a digest as
// well, so that its appearance changes the fact.
func (r *reading) proof(at string) (string, bool) {
	f := r.fileAt(at)
	if f == nil || f.Kind != source.File || r.linked(f.inside) {
		return "nothing", true
	}
	c := r.contentOf(f)
	return c.text, c.err == nil && !c.tooCostly
}

// isSensitiveFact reports whether a digest is made of anything sensitive.
func (r *reading) isSensitiveFact(f expression.Fact) bool {
	at := cmp.Or(f.Value, f.Above)
	return r.isSensitive(at) || slices.ContainsFunc(r.recordsAround(at), r.isSensitive)
}

// isSensitive reports whether a value is sensitive, or anything inside it is.
func (r *reading) isSensitive(v *document.Value) bool {
	if v == nil {
		return false
	}
	marks := r.marksAt(v)
	return isHidden(v, marks) || marks[v] == holdsSensitive
}

// mark says what a value has to do with what is sensitive.
type mark uint8

const (
	sensitive mark = iota + 1
	holdsSensitive
)

// marksOf looks at a file once, however many facts lie in it.
func (r *reading) marksOf(s *schema.Schema, doc *document.Document) map[*document.Value]mark {
	if marks, done := r.marks[doc]; done {
		return marks
	}
	marks := map[*document.Value]mark{}
	s.WalkSensitive(doc.Root, func(t *schema.Type, v *document.Value) {
		if !t.Sensitive {
			return
		}
		marks[v] = sensitive
		for at := v.Parent; at != nil && marks[at] == 0; at = at.Parent {
			marks[at] = holdsSensitive
		}
	})
	r.marks[doc] = marks
	return marks
}
