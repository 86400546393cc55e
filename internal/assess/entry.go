package assess

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/examine"
)

// pairs are a record as the file has it, without what is not stated.
func (p *planning) pairs(r examine.Record) []document.Pair {
	var out []document.Pair
	add := func(key, value string) {
		if value != "" {
			out = append(out, document.Pair{Key: key, Value: value})
		}
	}
	number := func(key string, value *int64) {
		if value != nil {
			out = append(out, document.Pair{Key: key, Value: *value})
		}
	}
	if len(r.Methods) > 1 {
		out = append(out, document.Pair{Key: "method", Value: r.Methods})
	} else {
		add("method", strings.Join(r.Methods, ""))
	}
	number("population", r.Population)
	number("sample", r.Sample)
	add("note", r.Note)
	add("evidence_number", r.EvidenceNumber)
	add("risk", r.Risk)
	add("responsible_post", r.ResponsiblePost)
	add("deadline", r.Deadline)
	add("recheck", r.Recheck)
	add("statement", r.Statement)
	add("assessed_by", p.book.By)
	add("assessed_on", p.book.On)
	return out
}

// newID names an entry by what it is about; an item's own name need not be fit
// for that.
func newID(check, item string) string {
	id := strings.NewReplacer(".", "-", "_", "-").Replace(check)
	if item == "" && len(id) <= 64 {
		return id
	}
	h := sha256.Sum256([]byte(check + "\x00" + item))
	return id[:min(len(id), 50)] + "-" + hex.EncodeToString(h[:6])
}

func entry(root *document.Value, key string, is func(*document.Value) bool) *document.Value {
	if list := root.Get(key); list != nil {
		if i := slices.IndexFunc(list.Items(), is); i >= 0 {
			return list.Items()[i]
		}
	}
	return nil
}

// signature reports whether a key says who gave a verdict, when and on what.
func signature(key string) bool { return key == "assessed_by" || key == "assessed_on" || key == "fact" }

// same reports whether an entry says what the pairs say, apart from who said it
// when and on which fact.
func same(v *document.Value, pairs []document.Pair) bool {
	stated := 0
	for _, field := range v.Fields() {
		if !signature(field.Key) {
			stated++
		}
	}
	for _, pair := range pairs {
		if signature(pair.Key) {
			continue
		}
		stated--
		switch value := pair.Value.(type) {
		case int64:
			if n := v.Get(pair.Key); n == nil || n.Kind != document.Int || n.Int() != value {
				return false
			}
		case string:
			if v.Get(pair.Key) == nil || v.TextAt(pair.Key) != value && !slices.Equal(words(v.Get(pair.Key)), []string{value}) {
				return false
			}
		case []string:
			if !slices.Equal(slices.Sorted(slices.Values(words(v.Get(pair.Key)))), slices.Sorted(slices.Values(value))) {
				return false
			}
		}
	}
	return stated == 0
}

// words are those of a list.
func words(v *document.Value) []string {
	var out []string
	if v != nil {
		for _, item := range v.Items() {
			out = append(out, item.Text)
		}
	}
	return out
}
