package expression_test

import "testing"

// Texts are the same when a reader takes them for that, and others when one reads
// another thing.
func TestTextsAreComparedAsRead(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ kind, want string }{
		{"full", "true"}, {`"full "`, "true"}, {"\u3000full", "true"}, {"ｆｕｌｌ", "true"}, {"Full", "true"}, {"fuller", "false"}, {"ful-l", "false"},
	} {
		must := "must: [{id: a, kind: " + c.kind + "}]"
		if got := w.value(t, "t.must.exists(r, r.kind == 'full')", must, "2026-12-01"); got != c.want {
			t.Errorf("%q is full: %s, want %s", c.kind, got, c.want)
		}
		if got := w.value(t, "!t.must.exists(r, r.kind != 'full')", must, "2026-12-01"); got != c.want {
			t.Errorf("%q is nothing else than full: %s, want %s", c.kind, got, c.want)
		}
	}
}
