package audit_test

import (
	"context"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/source"
)

// laid is a tree with some files replaced or added.
type laid struct {
	source.Tree
	files map[string]string
}

func (l *laid) List(dir string) ([]source.Entry, error) {
	entries, err := l.Tree.List(dir)
	for at, text := range l.files {
		name, inside := strings.CutPrefix(at, dir+"/")
		if !inside || strings.Contains(name, "/") {
			continue
		}
		known := false
		for i := range entries {
			if entries[i].Path == at {
				known, entries[i].Size = true, int64(len(text))
			}
		}
		if !known {
			entries = append(entries, source.Entry{Path: at, Name: name, Size: int64(len(text))})
		}
	}
	return entries, err
}

func (l *laid) Read(at string, max int64) ([]byte, error) {
	if text, ok := l.files[at]; ok {
		return []byte(text), nil
	}
	return l.Tree.Read(at, max)
}

// audited judges the platform "bad" with some of its files replaced, on
// 2026-12-01.
func audited(t *testing.T, files map[string]string, trusted func(code, path, file string) *document.Value) *audit.Platform {
	t.Helper()
	book, tree := fixture(t)
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	placed := map[string]string{}
	for name, text := range files {
		placed["platforms/bad/"+name] = text
	}
	auditor := &audit.Auditor{Tree: &laid{tree, placed}, Rulebook: book, AsOf: day, Trusted: trusted}
	platforms, failures := auditor.Run(context.Background(), []string{"platforms/bad"})
	if len(failures) > 0 || len(platforms) != 1 {
		t.Fatalf("%d platforms, failures %v", len(platforms), failures)
	}
	for _, f := range platforms[0].Findings {
		// Whoever compares two judgements goes by the keys.
		if f.Fingerprint != finding.Fingerprint(f.Check, platforms[0].Code, f.Keys...) {
			t.Errorf("%s %s: the keys %q are not those of the fingerprint", f.Check, f.Item, f.Keys)
		}
	}
	return platforms[0]
}

// copyOf is a trusted copy of one file.
func copyOf(t *testing.T, file, text string) func(code, path, file string) *document.Value {
	root := document.Parse(file+".yaml", []byte(text), document.DefaultLimits()).Root
	return func(code, path, asked string) *document.Value {
		if code != "bad" || path != "platforms/bad" {
			t.Errorf("asked for the copy of %s at %s", code, path)
		}
		if asked != file {
			return nil
		}
		return root
	}
}

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
		name, trusted, state string
	}{
		{"the same", waiver, "active"},
		{"the same in another layout", reworded, "active"},
		{"none", "", "pending"},
		{"an empty list", "waivers: []\n", "pending"},
		{"another shape", "waivers: { id: fresh }\n", "pending"},
		{"no map at all", "[waivers]\n", "pending"},
		{"another check", with("stores.fresh", "stores.second-copy"), "pending"},
		{"one item only", with("stores.fresh", "stores.fresh\n    item: files"), "pending"},
		{"another reason", with("暂时无法备份", "备份暂停一周"), "pending"},
		{"other posts", with("平台运维岗", "平台值班岗"), "pending"},
		{"an earlier end", with("2027-01-31", "2026-12-31"), "pending"},
		{"other evidence", with("evidence/run.md", "{ ref: 1号, held_by: 档案岗 }"), "pending"},
	} {
		p := audited(t, map[string]string{"stores.yaml": stale, "waivers.yaml": waiver}, copyOf(t, "waivers", c.trusted))
		if len(p.Waivers) != 1 || p.Waivers[0].State != c.state {
			t.Errorf("%s: waivers %+v, want one that is %s", c.name, p.Waivers, c.state)
		}
		if len(p.Findings) != 1 || p.Findings[0].Check != "stores.fresh" || p.Findings[0].Waived != (c.state == "active") {
			t.Errorf("%s: findings %+v", c.name, p.Findings)
		}
	}
	// What the change has deleted does not count either.
	p := audited(t, map[string]string{"stores.yaml": stale}, copyOf(t, "waivers", waiver))
	if len(p.Waivers) != 0 || len(p.Findings) != 1 || p.Findings[0].Waived {
		t.Errorf("a waiver that is gone: %+v, findings %+v", p.Waivers, p.Findings)
	}
	// Without a trusted copy to compare with, a waiver counts as it stands.
	if p := audited(t, map[string]string{"stores.yaml": stale, "waivers.yaml": waiver}, nil); p.Waivers[0].State != "active" {
		t.Errorf("untrusted: %+v", p.Waivers)
	}
}

// A waiver that does not count yet is not complained about: it has no effect.
func TestPendingWaiversAreQuiet(t *testing.T) {
	poor := strings.NewReplacer("市数据局安全岗", "平台运维岗").Replace(waiver)
	p := audited(t, map[string]string{"waivers.yaml": poor}, copyOf(t, "waivers", waiver))
	if len(p.Findings) != 0 || p.Waivers[0].State != "pending" {
		t.Errorf("findings %+v, waivers %+v", p.Findings, p.Waivers)
	}
}
