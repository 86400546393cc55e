package audit_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/source"
)

// Evidence leads to a regular file of the platform's own folder that holds
// something, or says where else it is.
func TestEvidence(t *testing.T) {
	sum := func(text string) string {
		digest := sha256.Sum256([]byte(text))
		return hex.EncodeToString(digest[:])
	}
	oid := strings.Repeat("ab", 32)
	pointer := "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize 7\n"
	more := fstest.MapFS{
		"platforms/one/evidence/empty.md":    {},
		"platforms/one/evidence/blank.md":    {Data: []byte("\ufeff \r\n\u3000\n")},
		"platforms/one/evidence/later.md":    {Data: []byte("# 待补\n")},
		"platforms/one/evidence/small.png":   {Data: []byte{0x89, 'P', 0xff, 0}},
		"platforms/one/evidence/large.md":    {Data: []byte(strings.Repeat("x", 2000))},
		"platforms/one/evidence/pointer.bin": {Data: []byte(pointer)},
		"platforms/one/evidence/link.md":     {Data: []byte("run.md"), Mode: fs.ModeSymlink},
		"platforms/one/evidence/away/x.md":   {Data: []byte("x")},
		"platforms/one/elsewhere":            {Data: []byte("evidence"), Mode: fs.ModeSymlink},
		"platforms/one/a:b.md":               {Data: []byte("x")},
		"platforms/one/c\\d.md":              {Data: []byte("x")},
		"platforms/other.md":                 {Data: []byte("x")},
	}
	for evidence, want := range map[string]string{
		"evidence/run.md":    "resolved",
		"evidence/large.md":  "resolved",
		"evidence/none.md":   "evidence.missing",
		"evidence/empty.md":  "evidence.empty",
		"evidence/blank.md":  "evidence.empty",
		"evidence/later.md":  "evidence.empty",
		"evidence/small.png": "resolved",
		"{ path: evidence/later.md, sha256: " + sum("# 待补\n") + " }": "evidence.empty",
		"evidence/away":                 "evidence.not_regular",
		"evidence/link.md":              "evidence.symlink",
		"elsewhere/run.md":              "evidence.symlink",
		"evidence/pointer.bin":          "evidence.lfs_pointer",
		"../other.md":                   "evidence.outside",
		"/etc/passwd":                   "evidence.outside",
		"./evidence/run.md":             "evidence.outside",
		"evidence/..":                   "evidence.outside",
		"stores.yaml":                   "evidence.description",
		`'a:b.md'`:                      "evidence.outside",
		`'c\d.md'`:                      "evidence.outside",
		"https://example.gov.cn/notice": "elsewhere",
		`"https:example.gov.cn/notice"`: "evidence.address",
		"{ ref: 1号, held_by: 档案岗 }":     "elsewhere",
		"{ ref: 档案岗, held_by: 档案岗 }":    "evidence.unheld",
		"{ ref: 档案岗, held_by: 档案 岗位 }":  "evidence.unheld",
		"{ path: evidence/run.md, sha256: " + sum("done\n") + " }":            "resolved",
		"{ path: evidence/run.md, sha256: " + sum("done") + " }":              "evidence.changed",
		"{ path: evidence/large.md, sha256: " + sum("x") + " }":               "evidence.changed",
		"{ path: evidence/pointer.bin, sha256: " + oid + " }":                 "resolved",
		"{ path: evidence/pointer.bin, sha256: " + strings.ToUpper(oid) + "}": "",
	} {
		p := only(t, map[string]string{"stores.yaml": stores(evidence)}, more)
		if len(p.Evidence) == 0 && want == "" {
			continue // the schema refuses it
		}
		if len(p.Evidence) != 1 {
			t.Errorf("%s: %d references, findings %q", evidence, len(p.Evidence), told(p))
			continue
		}
		e, got := p.Evidence[0], "elsewhere"
		switch {
		case len(p.Findings) > 0:
			got = p.Findings[0].Check
			if f := p.Findings[0]; len(p.Findings) > 1 || f.Check != "evidence.changed" && f.Location != e.Location || f.Check == "evidence.changed" && f.Location.Column <= e.Location.Column || f.Item != "stores/sets[files]/records[2026-11-01]/evidence" {
				t.Errorf("%s: findings %q", evidence, told(p))
			}
		case e.Resolved:
			got = "resolved"
		}
		if got != want || e.Resolved != (want == "resolved") {
			t.Errorf("%s is %s and resolved %v, want %s", evidence, got, e.Resolved, want)
		}
		if away := slices.Contains([]string{"elsewhere", "evidence.address", "evidence.unheld"}, want); (e.Path == "") != away || (e.URL+e.Ref != "") != away {
			t.Errorf("%s: %+v", evidence, e)
		}
	}
}

// What is read of a large file is not read again for its digest, and what
// cannot be read is said to be so.
func TestEvidenceThatCannotBeRead(t *testing.T) {
	files := fstest.MapFS{}
	place(files, "platforms/one", "one", map[string]string{"stores.yaml": stores("evidence/run.md")})
	tree := &faulty{Tree: source.FromFS(files), read: map[string]error{"platforms/one/evidence/run.md": fs.ErrPermission}}
	platforms, _ := auditor(t, tree).Run(t.Context(), nil)
	if got := told(platforms[0]); len(got) != 2 || !strings.HasPrefix(got[1], "evidence.unreadable") {
		t.Errorf("findings %q", got)
	}
}

// Evidence that is not there is sought among what is: in other letters, in
// another folder, under nearly the same name.
func TestEvidenceThatWasMeant(t *testing.T) {
	for cited, want := range map[string]string{
		"evidence/Run.md": "evidence/run.md", "run.md": "evidence/run.md", "platforms/one/evidence/run.md": "evidence/run.md", "../one/evidence/run.md": "evidence/run.md",
		"evidence/rum.md": "evidence/run.md", "evidence/run.pdf": "evidence/run.md", "evidence/minutes-of-march.md": "",
	} {
		p := only(t, map[string]string{"stores.yaml": stores(cited)}, nil)
		var got string
		for _, f := range p.Findings {
			if strings.HasPrefix(f.Check, "evidence.") {
				got = f.Remedy.EN
			}
		}
		asked := strings.HasPrefix(got, "did you mean")
		if got == "" || asked != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", cited, got, want)
		}
	}
}
