package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
)

// A step that many platforms share is said once, with how often, so that others have
// room.
func TestSharedStepsAreOne(t *testing.T) {
	g := &results.Gate{Blocks: []lang.Text{lang.Same("blocked")}}
	for i := range 30 {
		for _, subject := range []string{"stores[a]/important=false", "stores[b]/important=false"} {
			g.ScopeChanges = append(g.ScopeChanges, results.ScopeChange{Kind: "sight", Platform: fmt.Sprint("p", i), Subject: subject, Blocking: true, Remedy: lang.Same("state it as before")})
		}
	}
	g.ScopeChanges = append(g.ScopeChanges, results.ScopeChange{Kind: "switch", Subject: "stage=retired", Blocking: true, Remedy: lang.Same("state it as before")})
	for _, name := range []string{"text", "markdown"} {
		format, err := report.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := report.Write(&out, format, &results.Results{Gate: g}, report.Options{Language: lang.English}); err != nil {
			t.Fatal(err)
		}
		plain := strings.NewReplacer(`\`, "", "&#58;", ":", "&#61;", "=").Replace(out.String())
		for said, times := range map[string]int{"scope.sight stores[a]/important=false: state it as before (30 times)": 1, "scope.sight stores[b]/important=false: state it as before (30 times)": 1, "scope.switch stage=retired: state it as before\n": 1} {
			if got := strings.Count(plain, said); got != times {
				t.Errorf("%s says %q %d times:\n%s", name, said, got, plain)
			}
		}
	}
}
