package scorecard_test

import (
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
)

// A card says what the platform was before and how its records came, the page over all
// how far each has come; the public sees scores and verdicts, and who asks for nothing
// sees nothing.
func TestPackageLooksBack(t *testing.T) {
	for audience, sees := range map[results.Audience]bool{results.Assessor: true, results.Public: false} {
		r := tiny()
		r.Errors, r.Platforms[0].Sensitivity = nil, string(results.Public)
		dir := filepath.Join(t.TempDir(), "cards")
		lay(t, dir, r.For(audience), report.Options{Language: lang.English}, 1)
		have := files(t, dir)
		card := have["platforms/one/index.html"]
		for _, text := range []string{`<path d="M0.0 9.0H`, "2026-06-01", "2026-03-01", "0123456789ab", "rulebook changed"} {
			if !strings.Contains(card, text) {
				t.Errorf("%s: the card has no %q", audience, text)
			}
		}
		if !strings.Contains(have["index.html"], `data-v="-40.0"><svg class="spark"`) {
			t.Errorf("%s: the index has no trend", audience)
		}
		claims := unpacked(t, have["platforms/one/claims.html"])
		if got := strings.Contains(claims, "entered on 2026-01-01 by"); got != sees {
			t.Errorf("%s: sees how records came: %v", audience, got)
		}
	}
	r := tiny()
	r.Errors, r.Platforms[0].Past = nil, nil
	dir := filepath.Join(t.TempDir(), "cards")
	lay(t, dir, r, report.Options{}, 1)
	for name, content := range files(t, dir) {
		if strings.Contains(content, "0123456789ab") || strings.Contains(content, `class="spark"`) || strings.Contains(content, `svg class="trend"`) {
			t.Errorf("%s looks back though nobody asked", name)
		}
	}
}
