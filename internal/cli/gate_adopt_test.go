package cli_test

import (
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// An adopter's overlay, laid over the built-in rulebook, judges from base: one
// that head loosens, or leaves out, judges all the same.
func TestAdoptersOverlay(t *testing.T) {
	const platform = "platforms/public-resource-trading"
	g := gittest.Init(t)
	check(t, layAll(repository+"/"+platform, g.Path("platforms/a"), strings.NewReplacer()))
	overlay := "title: { zh: 云州, en: Yunzhou }\nnote: { zh: 季度抽样恢复, en: A sample restore every quarter }\nlimits:\n  - check: backups.restore-samples\n    limit: max_age\n    levels:\n" +
		"      default: { value: P5M, basis: { kind: local, source: { zh: 云州市备份细则, en: Yunzhou backup rules }, confidence: read } }\n"
	policy := read(t, repository, "checks/policy.yaml")
	g.Commit("base", gittest.Files{"checks/overlays/yunzhou.yaml": overlay})
	bare := g.Git("rev-parse", "HEAD")
	g.Commit("in force", gittest.Files{"checks/policy.yaml": policy + "overlays: [yunzhou]\n"})
	g.Branch("change")
	backups := read(t, g.Dir, "platforms/a/backups.yaml")
	stale := strings.NewReplacer("2026-07", "2026-06", "2026-08", "2026-06", "2026-09", "2026-06", "2026-10", "2026-06", "2026-11", "2026-06").Replace(backups)
	g.Commit("stale", gittest.Files{"platforms/a/backups.yaml": stale, "checks/overlays/yunzhou.yaml": strings.Replace(overlay, "P5M", "P179D", 1), "checks/policy.yaml": policy})
	has := func(j *judgedGate) bool {
		return strings.Contains(strings.Join(j.checks(), " "), "backups.restore-samples")
	}
	if j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD"); !has(j) || j.Impact == nil || len(j.Impact.Files) != 2 {
		t.Errorf("%q %+v", j.checks(), j.Impact)
	}
	// The overlay is there and not in force; --overlay switches it on.
	loose := run(t, g.Dir, "gate", "--as-of", asOf, "--base", bare, "--head", "HEAD")
	tight := run(t, g.Dir, "gate", "--as-of", asOf, "--base", bare, "--head", "HEAD", "--overlay", "yunzhou")
	if strings.Contains(loose.stdout, "[backups.restore-samples]") || !strings.Contains(tight.stdout, "[backups.restore-samples]") {
		t.Errorf("without:\n%s\nwith:\n%s%s", loose.stdout, tight.stdout, tight.stderr)
	}
}
