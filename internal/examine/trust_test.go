package examine_test

import (
	"strings"
	"testing"

	"hegui/internal/examine"
)

const stale = `sets:
  - name: files
    keep: 90
    copies: [{ site: east }, { site: west }]
    records: [{ date: 2026-01-01, evidence: evidence/run.md }]
`

const waiver = `waivers:
  - id: fresh
    check: stores.fresh
    reason: 机房搬迁，暂时无法备份
    requested_by: 平台运维岗
    approved_by: 市数据局安全岗
    approved_on: 2026-11-01
    expires: 2027-01-31
    evidence: evidence/run.md
`

// A waiver counts only where the trusted copy has it identically.
func TestWaiversAreTrusted(t *testing.T) {
	reworded := `# the same, said otherwise
waivers:
  - { evidence: evidence/run.md, expires: "2027-01-31", approved_on: 2026-11-01, approved_by: 市数据局安全岗, requested_by: 平台运维岗,
      reason: 机房搬迁，暂时无法备份, check: stores.fresh, id: fresh }
`
	with := func(old, text string) string { return strings.Replace(waiver, old, text, 1) }
	for _, c := range []struct {
		name, trusted string
		state         examine.WaiverState
	}{
		{"the same", waiver, "active"},
		{"the same in another layout", reworded, "active"},
		{"none", "", "pending"},
		{"an empty list", "waivers: []\n", "pending"},
		{"another shape", "waivers: { id: fresh }\n", "pending"},
		{"no map at all", "[waivers]\n", "pending"},
		{"another check", with("stores.fresh", "stores.second-copy"), "pending"},
		{"one item only", with("stores.fresh", "stores.fresh\n    item: files"), "pending"},
		{"another reason", with("暂时无法备份", "备份暂停一周"), "active"},
		{"other posts", with("平台运维岗", "平台值班岗"), "active"},
		{"an earlier end", with("2027-01-31", "2026-12-31"), "active"},
		{"other evidence", with("evidence/run.md", "{ ref: 1号, held_by: 档案岗 }"), "active"},
	} {
		p := examined(t, map[string]string{"stores.yaml": stale, "waivers.yaml": waiver}, copyOf(t, "waivers", c.trusted))
		if len(p.Waivers) == 0 || p.Waivers[0].State != c.state {
			t.Errorf("%s: waivers %+v, want one that is %s", c.name, p.Waivers, c.state)
		}
		if len(p.Findings) != 1 || p.Findings[0].Check != "stores.fresh" || p.Findings[0].Waived != (c.state == "active") {
			t.Errorf("%s: findings %+v", c.name, p.Findings)
		}
	}
	// What the change has deleted does not count either.
	p := examined(t, map[string]string{"stores.yaml": stale}, copyOf(t, "waivers", waiver))
	if len(p.Waivers) != 0 || len(p.Findings) != 1 || p.Findings[0].Waived {
		t.Errorf("a waiver that is gone: %+v, findings %+v", p.Waivers, p.Findings)
	}
	// Without a trusted copy to compare with, a waiver counts as it stands.
	if p := examined(t, map[string]string{"stores.yaml": stale, "waivers.yaml": waiver}, nil); p.Waivers[0].State != "active" {
		t.Errorf("untrusted: %+v", p.Waivers)
	}
}

// A waiver that does not count yet is not complained about: it has no effect.
func TestPendingWaiversAreQuiet(t *testing.T) {
	poor := strings.NewReplacer("市数据局安全岗", "平台运维岗").Replace(waiver)
	p := examined(t, map[string]string{"waivers.yaml": poor}, copyOf(t, "waivers", waiver))
	if len(p.Findings) != 0 || p.Waivers[0].State != "pending" {
		t.Errorf("findings %+v, waivers %+v", p.Findings, p.Waivers)
	}
}
