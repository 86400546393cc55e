package audit

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// fact is a digest of what an outcome rests on: what the check reads of the
// description, and the bytes of the evidence that is cited there. Layout,
// comments, and the order of keys and items have no part in it, nor has
// anything that the check does not read. It is empty where something cannot be
// read, and then equals nothing.
func (r *reading) fact(facts []expression.Fact) string {
	lines := make([]string, 0, len(facts))
	for _, f := range facts {
		digest, ok := r.digest(f.Value)
		if !ok {
			return ""
		}
		lines = append(lines, f.Path+" "+digest)
	}
	slices.Sort(lines)
	return "sha256:" + sum(strings.Join(lines, "\n"))
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
		digest = sum(v.Canonical() + "\n" + strings.Join(parts, "\n"))
	}
	r.digests[v] = digest
	return digest, ok
}

// proofs are the digests of the evidence that is cited inside a value.
func (r *reading) proofs(v *document.Value) (parts []string, ok bool) {
	if at, cites := r.cited[v]; cites {
		proof, ok := r.proof(at)
		return []string{at[len(r.Path):] + " " + proof}, ok
	}
	inner := slices.Clone(v.Items)
	for _, field := range v.Fields {
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

// proof is the digest of a file of evidence. A missing file has a digest as
// well, so that its appearance changes the fact.
func (r *reading) proof(at string) (string, bool) {
	if entry, found := r.files[at]; !found || entry.Kind != source.File || r.linked(at) {
		return "nothing", true
	}
	c := r.contentOf(r.files[at])
	return c.text, c.err == nil && !c.tooCostly
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
	s.Walk(doc.Root, func(t *schema.Type, v *document.Value) {
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
