package audit

import (
	"hegui/internal/document"
)

// stated are the entries of a list in a platform's file that count. Without
// Trusted these are all; with it, only those that the trusted copy of the file
// has identically: what a change says in its own favour waits for its merge.
func (r *reading) stated(file string, entries []*document.Value) map[*document.Value]bool {
	counts := map[*document.Value]bool{}
	known := map[string]bool{}
	if r.Trusted != nil {
		for _, entry := range list(r.Trusted(r.Code, r.Path, file), file) {
			known[entry.Canonical()] = true
		}
	}
	for _, entry := range entries {
		counts[entry] = r.Trusted == nil || known[entry.Canonical()]
	}
	return counts
}

// list is the list that a file holds under a key. A trusted copy was read by
// other eyes, so that its shape is not taken for granted.
func list(root *document.Value, key string) []*document.Value {
	if v := root.Get(key); v != nil {
		return v.Items
	}
	return nil
}
