package document

import "testing"

// What one file leaves in the room that it was parsed in reaches no other: neither
// the half of a map where the text leaves the subset, nor more than people write.
func TestRoomIsLeftEmpty(t *testing.T) {
	r := &room{}
	limits := DefaultLimits()
	s := newScanner("{a: [1, 2], b: {}, a: 2}\n", limits, r)
	if s.scan(&problems{}); (&Document{}).direct(s, limits, nil, r) {
		t.Fatal("a key that appears twice is taken")
	}
	if len(r.pairs) == 0 {
		t.Fatal("nothing was being read")
	}
	r.leave()
	if len(r.pairs) > 0 || len(r.children) > 0 {
		t.Error("the next file begins with what the last one left")
	}
	for _, pair := range r.pairs[:cap(r.pairs)] {
		if pair.Value != nil || pair.Key != "" {
			t.Error("the room holds on to a value")
		}
	}
}
