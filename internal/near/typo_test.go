package near_test

import (
	"testing"

	"hegui/internal/near"
)

// A typo is a letter too many or too few, or two that changed places; another letter or
// digit may be another thing's name.
func TestTypo(t *testing.T) {
	known := []string{"gov-core", "gov-exchange", "hall-a", "hall-b", "dc-1", "dc-11", "portal", "portals"}
	for word, want := range map[string]string{
		"gov-cor": "gov-core", "gov-ocre": "gov-core", "gov-corre": "gov-core", "gov-exchnge": "gov-exchange",
		"hall-c": "", "dc-2": "", "dc-111": "", "gov-kore": "", "gov": "", "portl": "portal", "portalss": "portals", "gov--core": "", "": "",
	} {
		if got := near.Typo(word, known); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
	if got := near.Typo("hall-", []string{"hall-a", "hall-b"}); got != "" {
		t.Errorf("what is near two words is %q", got)
	}
}
