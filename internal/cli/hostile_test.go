package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/trial"
)

// makeHostile writes a file that is made to hurt.
func makeHostile(at, kind string) error {
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	if kind == "sparse" {
		file, err := os.Create(at)
		if err != nil {
			return err
		}
		defer file.Close()
		return file.Truncate(200 << 20)
	}
	content, ok := hostile(kind)
	if !ok {
		return fmt.Errorf("unknown kind %q", kind)
	}
	return os.WriteFile(at, content, 0o644)
}

func hostile(kind string) (content []byte, ok bool) {
	var b bytes.Buffer
	switch kind {
	case "empty":
	case "comments":
		b.WriteString("# nothing\n# to see\n")
	case "gbk":
		b.WriteString("sets:\n  - name: files\n    label: \xb1\xb8\xb7\xdd\n")
	case "keys":
		for i := range 3_000 {
			b.WriteString("k" + strconv.Itoa(i) + ": 1\n")
		}
	case "brackets":
		b.WriteString("sets: " + strings.Repeat("[", 100_000))
	case "bomb":
		b.WriteString("a: &a [x, x, x, x, x, x, x, x, x, x]\n")
		for c := 'b'; c < 'k'; c++ {
			b.WriteString(string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+", ", 9) + "*" + string(c-1) + "]\n")
		}
	case "nul":
		b.Write(make([]byte, 4096))
	default:
		return nil, false
	}
	return b.Bytes(), true
}

// judged is what the JSON report says of one platform.
type judged struct {
	ID        string
	Compliant bool
	Score     struct{ Raw, Adjusted json.Number }
	Grade     struct{ ID string }
	Findings  []struct {
		Check, Severity, Item, Fingerprint string
		Waived                             bool
		Message                            struct{ ZH, EN string }
		Location                           struct {
			Path         string
			Line, Column int
		}
	}
	Checks []struct {
		ID, Outcome string
		CausedBy    []string `json:"caused_by"`
		Limits      []struct{ Value string }
		Items       []struct{ Item, Outcome string }
	}
	Clauses []struct {
		ID, Verdict string
		Waived      bool
	}
	Waivers  []struct{ Check, Item, State string }
	Evidence []struct {
		Path, URL, Ref string
		Resolved       bool
	}
}

// places are a platform's findings, "path:line:column check" each.
func (j *judged) places() []string {
	out := []string{}
	for _, f := range j.Findings {
		out = append(out, fmt.Sprintf("%s:%d:%d %s", strings.TrimPrefix(f.Location.Path, "platforms/"), f.Location.Line, f.Location.Column, f.Check))
	}
	return out
}

// judge runs a check in dir and returns the platforms by id, and what is shown
// of them.
func judge(t testing.TB, dir string, want int) (byID map[string]*judged, shown string) {
	t.Helper()
	at := filepath.Join(t.TempDir(), "results.json")
	r := run(t, dir, "check", "--report", "json="+at, "--report", "text")
	if r.code != want {
		t.Fatalf("exit code %d, want %d\n%s\n%s", r.code, want, r.stderr, r.stdout)
	}
	var report struct{ Platforms []*judged }
	check(t, json.Unmarshal([]byte(read(t, filepath.Dir(at), filepath.Base(at))), &report))
	byID = map[string]*judged{}
	for _, p := range report.Platforms {
		byID[p.ID] = p
	}
	return byID, r.stdout + r.stderr
}

// withText changes one place of a file and nothing else.
func withText(t testing.TB, dir, file, from, to string) {
	t.Helper()
	content := read(t, dir, file)
	if strings.Count(content, from) != 1 {
		t.Fatalf("%q stands %d times in %s, want once", from, strings.Count(content, from), file)
	}
	write(t, dir, file, strings.Replace(content, from, to, 1))
}

// input is one way in which a platform's files can be wrong. Each is told once,
// in the right place, quickly and in little memory, and the platform beside it
// is judged as if nothing were wrong.
type input struct {
	name string
	// change makes the platform below at wrong.
	change func(t *testing.T, at string)
	want   []string // "file:line:column check"
}

// maxBytes is what one run may allocate in all.
const maxBytes = 32 << 20

func content(file, text string) func(*testing.T, string) {
	return func(t *testing.T, at string) { write(t, at, file, text) }
}

func kind(file, kind string) func(*testing.T, string) {
	return func(t *testing.T, at string) { check(t, makeHostile(filepath.Join(at, file), kind)) }
}

func swap(file, from, to string) func(*testing.T, string) {
	return func(t *testing.T, at string) { withText(t, at, file, from, to) }
}

func rename(from, to string) func(*testing.T, string) {
	return func(t *testing.T, at string) { check(t, os.Rename(filepath.Join(at, from), filepath.Join(at, to))) }
}

func linked(file, target string) func(*testing.T, string) {
	return func(t *testing.T, at string) {
		check(t, os.RemoveAll(filepath.Join(at, file)))
		check(t, os.Symlink(target, filepath.Join(at, file)))
	}
}

// evidence states the evidence of the fixture's one record.
func evidence(stated string, more ...func(*testing.T, string)) func(*testing.T, string) {
	return func(t *testing.T, at string) {
		withText(t, at, "stores.yaml", "evidence: evidence/run.md", "evidence: "+stated)
		for _, do := range more {
			do(t, at)
		}
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const (
	evidenceAt = "bad/stores.yaml:9:19 "
	// A map is pointed at by its key.
	mapAt   = "bad/stores.yaml:9:9 "
	sumAt   = "bad/stores.yaml:9:52 " // of the stated digest
	oid     = "1ba3b8eef0cd3a1b4cbd9a9dd5d9fa0d1b3fa25b9bd5a9f3a9c7b2bdcabb2c0e"
	pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize 12345\n"
)

func inputs() []input {
	return []input{
		{"empty file", kind("stores.yaml", "empty"), []string{"bad/stores.yaml:1:1 document.empty"}},
		{"only comments", kind("stores.yaml", "comments"), []string{"bad/stores.yaml:1:1 document.empty"}},
		{"list for a map", content("stores.yaml", "- name: files\n"), []string{"bad/stores.yaml:1:1 schema.type"}},
		{"text for a list", content("stores.yaml", "sets: none\n"), []string{"bad/stores.yaml:1:7 schema.type"}},
		{"tab", content("stores.yaml", "sets:\n\t- name: files\n"), []string{"bad/stores.yaml:2:1 document.tab"}},
		{"GBK", kind("stores.yaml", "gbk"), []string{"bad/stores.yaml:3:12 document.not_utf8"}},
		{"control character", content("stores.yaml", "sets: \x1b[31m\n"), []string{"bad/stores.yaml:1:7 document.control_character"}},
		{"text that turns", content("stores.yaml", "# 注：\u202egnp.exe\nsets: []\n"), []string{"bad/stores.yaml:1:5 document.bidi_character"}},
		{"200 MB", kind("stores.yaml", "sparse"), []string{"bad/stores.yaml:1:1 document.too_large"}},
		{"200 MB of header", kind("platform.yaml", "sparse"), []string{"bad/platform.yaml:1:1 document.too_large"}},
		{"3,000 keys", kind("stores.yaml", "keys"), []string{"bad/stores.yaml:2001:1 document.too_many_keys"}},
		{"100,000 brackets", kind("stores.yaml", "brackets"), []string{"bad/stores.yaml:1:70 document.too_deep"}},
		{"alias bomb", kind("stores.yaml", "bomb"), []string{"bad/stores.yaml:3:40 document.too_many_aliases"}},
		{"two documents", content("stores.yaml", "sets: []\n---\nsets: []\n"), []string{"bad/stores.yaml:2:1 document.multiple_documents"}},
		{"duplicate key", swap("stores.yaml", "    keep: 90\n", "    keep: 90\n    keep: 1\n"), []string{"bad/stores.yaml:4:5 document.duplicate_key"}},
		{"key:value", swap("stores.yaml", "keep: 90", "keep:90"), []string{"bad/stores.yaml:3:5 document.unspaced_colon"}},
		{"full-width colon", swap("stores.yaml", "keep: 90", "keep：90"), []string{"bad/stores.yaml:3:5 document.unspaced_colon"}},
		{"misspelt key", swap("stores.yaml", "keep: 90", "keep: 90\n    lable: x"), []string{"bad/stores.yaml:4:5 schema.additional_properties"}},
		{"missing key", swap("stores.yaml", "    keep: 90\n", ""), []string{"bad/stores.yaml:2:5 schema.required"}},
		{"item twice", swap("stores.yaml", "site: west", "site: east"), []string{"bad/stores.yaml:6:15 schema.x_key"}},
		{"wrong date", swap("stores.yaml", "2026-11-01", "2026-11-31"), []string{"bad/stores.yaml:8:15 schema.format"}},
		{"misnamed file", rename("stores.yaml", "store.yaml"), []string{"bad/store.yaml:1:1 document.unknown_file"}},
		{"other ending", rename("stores.yaml", "stores.yml"), []string{"bad/stores.yml:1:1 document.unknown_file"}},
		{"stray file at the top", func(t *testing.T, at string) {
			check(t, os.RemoveAll(at))
			write(t, filepath.Dir(at), "bad", "")
			check(t, os.Rename(at, at+".yaml"))
		}, []string{"bad.yaml:1:1 document.unreadable"}},
		{"stray file", content("notes.yaml", "a: 1\n"), []string{"bad/notes.yaml:1:1 document.unknown_file"}},
		{"file that is a link", linked("stores.yaml", "../good/stores.yaml"), []string{"bad/stores.yaml:1:1 document.unreadable"}},
		{"file that is a folder", func(t *testing.T, at string) {
			check(t, os.Remove(filepath.Join(at, "stores.yaml")))
			check(t, os.Mkdir(filepath.Join(at, "stores.yaml"), 0o755))
		}, []string{"bad/stores.yaml:1:1 document.unreadable"}},
		{"folder that is a link", func(t *testing.T, at string) { linked("../bad", "good")(t, at) }, []string{"bad:1:1 document.unreadable"}},
		{"platform in a platform", content("inner/platform.yaml", "a: 1\n"), []string{"bad/inner/platform.yaml:1:1 document.nested_platform"}},
		{"platform in its evidence", content("evidence/a/b/platform.yaml", "a: 1\n"), []string{"bad/evidence/a/b/platform.yaml:1:1 document.nested_platform"}},
		{"state secret", content("evidence/run.md", "甲\n  机密★10年\n"), []string{"bad/evidence/run.md:2:3 document.classified"}},
		// Without a header every check that depends on it applies, at its
		// strictest, and waits for it.
		{"no platform.yaml", func(t *testing.T, at string) { check(t, os.Remove(filepath.Join(at, "platform.yaml"))) },
			[]string{"bad/platform.yaml:1:1 document.missing"}},
		{"platform.yml", rename("platform.yaml", "platform.yml"),
			[]string{"bad/platform.yaml:1:1 document.missing", "bad/platform.yml:1:1 document.unknown_file"}},

		{"evidence missing", evidence("evidence/gone.md"), []string{evidenceAt + "evidence.missing"}},
		{"evidence below a file", evidence("stores.yaml/x"), []string{evidenceAt + "evidence.missing"}},
		{"evidence empty", evidence("evidence/none.md", content("evidence/none.md", "")), []string{evidenceAt + "evidence.empty"}},
		{"evidence a folder", evidence("evidence"), []string{evidenceAt + "evidence.not_regular"}},
		{"evidence itself", evidence("."), []string{evidenceAt + "schema.format"}},
		{"evidence a link", evidence("evidence/link.md", linked("evidence/link.md", "run.md")), []string{evidenceAt + "evidence.symlink"}},
		{"evidence through a link", evidence("linked/run.md", linked("linked", "evidence")), []string{evidenceAt + "evidence.symlink"}},
		{"evidence outside", evidence("../good/evidence/run.md"), []string{evidenceAt + "evidence.outside"}},
		{"evidence there and back", evidence("evidence/../evidence/run.md"), []string{evidenceAt + "evidence.outside"}},
		{"evidence absolute", evidence("/etc/passwd"), []string{evidenceAt + "evidence.outside"}},
		{"evidence on a drive", evidence(`'C:\run.md'`), []string{evidenceAt + "evidence.outside"}},
		{"evidence with backslashes", evidence(`'evidence\run.md'`), []string{evidenceAt + "evidence.outside"}},
		{"evidence by http", evidence("http://example.com/a.pdf"), []string{evidenceAt + "evidence.address"}},
		{"evidence of wrong sum", evidence("{ path: evidence/run.md, sha256: " + oid + " }"), []string{sumAt + "evidence.changed"}},
		{"evidence too large to sum", evidence("{ path: evidence/big, sha256: "+oid+" }", kind("evidence/big", "sparse")), []string{mapAt + "evidence.unreadable"}},
		{"evidence in LFS", evidence("evidence/lfs.pdf", content("evidence/lfs.pdf", pointer)), []string{evidenceAt + "evidence.lfs_pointer"}},
		{"evidence in LFS of other oid", evidence("{ path: evidence/lfs.pdf, sha256: "+strings.Repeat("0", 64)+" }", content("evidence/lfs.pdf", pointer)), []string{mapAt + "evidence.lfs_pointer"}},
		{"evidence of another form", evidence("5"), []string{evidenceAt + "schema.type"}},
	}
}

func TestBadInputIsTold(t *testing.T) {
	for _, in := range inputs() {
		t.Run(in.name, func(t *testing.T) {
			dir := fixture(t, "bad", "good")
			in.change(t, filepath.Join(dir, "platforms", "bad"))
			var platforms map[string]*judged
			var shown string
			cheap(t, func() { platforms, shown = judge(t, dir, in.code()) })
			bad := platforms["bad"]
			if bad == nil {
				bad = platforms["bad.yaml"]
			}
			if got := bad.places(); !slices.Equal(got, in.want) {
				t.Errorf("findings %q, want %q\n%s", got, in.want, shown)
			}
			good := platforms["good"]
			if good == nil || !good.Compliant || len(good.Findings) > 0 {
				t.Errorf("the platform beside it: %+v", good)
			}
			inert(t, shown)
		})
	}
}

// code is the exit code: evidence that does not hold costs no compliance.
func (in input) code() int {
	for _, want := range in.want {
		if strings.Contains(want, " document.") || strings.Contains(want, " schema.") {
			return cli.NotCompliant
		}
	}
	return cli.Compliant
}

// Refusing them all takes a bounded number of statements, the parser's own
// included: what is not linear in one of the large ones takes many times as many.
func TestBadInputIsCheap(t *testing.T) {
	meter := trial.NewMeter(t, "hegui/internal/...", "gopkg.in/yaml.v3", "github.com/santhosh-tekuri/jsonschema/v5")
	if steps := meter.Steps(t, "TestBadInputIsTold"); steps > 600_000_000 {
		t.Errorf("%d statements", steps)
	}
}

// cheap holds what runs to a bound of memory: that hostile input is refused is
// not enough.
func cheap(t *testing.T, do func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > maxBytes {
		t.Errorf("allocated %d MB, want at most %d", grown>>20, maxBytes>>20)
	}
}

// inert holds a text report to have no character that drives a terminal.
func inert(t *testing.T, text string) {
	t.Helper()
	for _, c := range text {
		if c < ' ' && c != '\n' || c == 0x7f || c >= 0x80 && c < 0xa0 || c == '\u202e' || c == '\ufffd' {
			t.Errorf("the report holds %U:\n%s", c, text)
			return
		}
	}
}

// Evidence that is as it should be makes no finding; what lies outside the
// tree is never resolved.
func TestGoodEvidence(t *testing.T) {
	for _, c := range []struct {
		name     string
		change   func(*testing.T, string)
		resolved bool
	}{
		{"a path", evidence("evidence/run.md"), true},
		{"a Chinese path", evidence("evidence/运行 月报.md", content("evidence/运行 月报.md", "甲")), true},
		{"a path with its sum", evidence("{ path: evidence/a, sha256: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb }", content("evidence/a", "a")), true},
		{"LFS", evidence("{ path: evidence/lfs.pdf, sha256: "+oid+" }", content("evidence/lfs.pdf", pointer)), true},
		{"a large file", evidence("evidence/big", kind("evidence/big", "sparse")), true},
		{"https", evidence("https://www.gov.cn/a.pdf"), false},
		{"a reference", evidence("{ ref: 云数〔2026〕1号, held_by: 档案岗 }"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := fixture(t, "bad")
			c.change(t, filepath.Join(dir, "platforms", "bad"))
			platforms, _ := judge(t, dir, cli.Compliant)
			p := platforms["bad"]
			if len(p.Findings) > 0 || len(p.Evidence) != 1 || p.Evidence[0].Resolved != c.resolved {
				t.Errorf("findings %q, evidence %+v, want it resolved: %v", p.places(), p.Evidence, c.resolved)
			}
		})
	}
}
