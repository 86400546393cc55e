package rulebook

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
)

// PolicyAt is where the policy states something, by its keys with dots between; where it
// states nothing of that, what is nearest above, and the whole file for a rulebook that
// was not read from one.
func (r *Rulebook) PolicyAt(key string) finding.Location {
	if r.policy == nil || r.policy.Root == nil {
		return finding.WholeFile(PolicyFile)
	}
	at := finding.WholeFile(PolicyFile)
	for v := r.policy.Root; key != ""; {
		if i := slices.IndexFunc(v.Items(), func(item *document.Value) bool { return item.TextAt("id") == key }); i >= 0 {
			return finding.At(v.Items()[i])
		}
		name, rest := key, ""
		if v.Field(name) == nil { // the numbers of clauses have dots too
			name, rest, _ = strings.Cut(key, ".")
		}
		field := v.Field(name)
		if field == nil {
			break
		}
		at = finding.Near(field.Value, field.KeyStart(), field.KeyEnd())
		v, key = field.Value, rest
	}
	return at
}
