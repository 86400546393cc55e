package main

import (
	"slices"
	"testing"
)

// What is asked for and not known is refused, and sizes are measured in their order.
func TestAsk(t *testing.T) {
	for _, c := range []struct{ sizes, only string }{{"1,x", ""}, {"0", ""}, {"", ""}, {"1", "gates"}, {"1", "gate,,start"}} {
		if err := (&bench{}).ask("hegui", c.sizes, "text", c.only); err == nil {
			t.Errorf("%q is taken", c)
		}
	}
	b := &bench{}
	if err := b.ask("hegui", "100,1", "text,json", "gate,start"); err != nil || !slices.Equal(b.sizes, []int{1, 100}) || !slices.Equal(b.only, []string{"gate", "start"}) {
		t.Errorf("%v: %v, %q", err, b.sizes, b.only)
	}
	if err := (&bench{}).ask("hegui", "1", "text", ""); err != nil {
		t.Error(err)
	}
}
