package compare_test

import "testing"

// The truth can be put on record: what a change reports itself counts in the verdict
// and blocks nothing, and neither does what a stricter fact brings up.
func TestTruthPasses(t *testing.T) {
	j := judge(t)
	b := base(t)
	fault := "open:\n  - id: f1\n    found: 2026-11-20\n"
	late := fault + "  - id: f2\n    found: 2026-01-20\n"
	files1 := "  - name: files\n    keep: 90\n    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-11-01"
	files2 := "  - name: files\n    keep: 40\n    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-08-01"
	second := b.edited(t, header, "mlps_level: 3", "mlps_level: 2")
	lax := second.edited(t, stores, files1, files2)
	blocked := []string{"new faults.mended f1 blocks", "blocks one: new findings at or above the gate's severity (major): 1", "blocks one: the raw score falls"}
	for _, c := range []struct {
		name         string
		before, head files
		want         []string
	}{
		{"a fault that is told late", b, b.edited(t, faults, fault, late), []string{"new faults.mended f2 reported"}},
		{"beside something worse", b, b.edited(t, faults, fault, late).edited(t, stores, "  - name: files\n    keep: 90", "  - name: files\n    keep: 50"), []string{"new faults.mended f2 reported", "new stores.kept files", "blocks one: the raw score falls"}},
		{"a fault made older", b, b.edited(t, faults, "2026-11-20", "2026-01-20"), blocked},
		{"a level raised", lax, lax.edited(t, header, "mlps_level: 2", "mlps_level: 3"), []string{"new stores.kept files stricter", "new stores.fresh files stricter"}},
		{"a level raised, and something else", second, second.edited(t, header, "mlps_level: 2", "mlps_level: 3").edited(t, faults, "2026-11-20", "2026-01-20"), blocked},
	} {
		t.Run(c.name, func(t *testing.T) { want(t, change(t, j, c.before, c.head), c.want...) })
	}
}

// A waiver that is renewed keeps its effect until base's own expiry.
func TestRenewal(t *testing.T) {
	j := judge(t)
	b := base(t).edited(t, faults, "2026-11-20", "2026-01-20").with(files{waivers: entry("faults.mended")})
	blocked := []string{"new faults.mended f1 blocks", "blocks one: new findings at or above the gate's severity (major): 1"}
	for _, c := range []struct {
		name     string
		old, new string
		want     []string
	}{
		{"renewed", "expires: 2027-01-31", "expires: 2027-06-30", []string{}},
		{"for another reason", "暂时做不到", "还要一个月才能做到", []string{}},
		{"by who asks", "市数据局安全岗", "平台运维岗", blocked},
		{"ended", "expires: 2027-01-31", "expires: 2026-11-30", blocked},
		{"for one item", "check: faults.mended", "check: faults.mended\n    item: f1", blocked},
	} {
		t.Run(c.name, func(t *testing.T) { want(t, change(t, j, b, b.edited(t, waivers, c.old, c.new)), c.want...) })
	}
}
