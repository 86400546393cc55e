package results_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// secret stands in every sensitive value of the fixtures.
const secret = "geheim"

// tiny is the small rulebook that the rulebook's own tests use.
func tiny(t testing.TB) *rulebook.Rulebook {
	t.Helper()
	tree := fstest.MapFS{}
	read := func(from, at string) {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		tree[at] = &fstest.MapFile{Data: data}
	}
	for _, name := range []string{"check", "common", "overlay", "policy", "regulation", "sources", "survivors", "verdicts", "waivers"} {
		read(filepath.Join("..", "..", "schemas", name+".schema.json"), "schemas/"+name+".schema.json")
	}
	root := filepath.Join("..", "rulebook", "testdata", "tiny")
	for _, dir := range []string{"schemas", "checks"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(from string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				at, _ := filepath.Rel(root, from)
				read(from, filepath.ToSlash(at))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	book, err := rulebook.Load(source.FromFS(tree))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// good is a description without a finding.
const good = `sets:
  - name: files
    keep: 60
    copies:
      - { site: east, medium: disk, address: geheim-street }
      - { site: west, medium: tape }
    records: [{ id: run, date: 2026-11-01, evidence: evidence/run.md }]
faults: []
drills: [{ id: spring, ok: true }]
channels: [ssh]
safes:
  - { name: safe-geheim, place: room geheim, evidence: { ref: geheim-17, held_by: geheim-post } }
rota:
  post: keeper
  phone: "5550199"
`

func platform(code, sensitivity string) string {
	return fmt.Sprintf("name: { zh: 平台, en: Platform }\ncode: %s\nkind: office\nstage: operating\nmlps_level: 3\nsensitivity: %s\nsite: east\nhosted: true\n", code, sensitivity)
}

// described are descriptions that put what is sensitive where it could be
// quoted: into findings of checks, of schemas, of evidence and of broken files.
func described(t testing.TB) map[string]string {
	with := func(pairs ...string) string {
		out := good
		for i := 0; i < len(pairs); i += 2 {
			if strings.Count(out, pairs[i]) != 1 {
				t.Fatalf("%q does not stand once", pairs[i])
			}
			out = strings.Replace(out, pairs[i], pairs[i+1], 1)
		}
		return out
	}
	return map[string]string{
		"good": good,
		// Statements name items: a waiver that covers nothing, a verdict that has
		// lapsed, one that rejects.
		"stated": strings.Replace(good, "channels: [ssh]", "channels: [geheim-ssh]", 1),
		"checks": with("[ssh]", "[geheim-ftp, geheim-http]", "name: safe-geheim", "name: geheim-box", "      - { site: west, medium: tape }\n", "",
			"ok: true", "ok: false"),
		"schema": with("[ssh]", "[geheim, geheim, x]", "room geheim", "geheim room", "\"5550199\"", "geheim 5", "address: geheim-street", "address: [geheim-a]",
			"  - { name: safe-geheim", "  - { name: safe-geheim, place: 5, evidence: geheim.md, extra_key: 1 }\n  - { name: safe-geheim"),
		"kinds":    with("[ssh]", "geheim", "phone: \"5550199\"", "phone: { geheim: geheim }", "{ ref: geheim-17, held_by: geheim-post }", "[geheim]"),
		"evidence": with("{ ref: geheim-17, held_by: geheim-post }", "evidence/geheim.md"),
		"linked":   with("{ ref: geheim-17, held_by: geheim-post }", "'https://geheim.example/x'"),
		"hashed":   with("{ ref: geheim-17, held_by: geheim-post }", "{ path: evidence/geheim-2.md, sha256: "+strings.Repeat("0", 64)+" }"),
		"misspelt": with("phone: \"5550199\"", "phon: geheim-5550199", "address: geheim-street", "address_: geheim-street"),
		"unfilled": with("    keep: 60\n", ""),
		"open":     with("phone: \"5550199\"", "phone: \"geheim"),
		"tab":      with("  phone: \"5550199\"", "\tphone: geheim"),
		"tagged":   with("\"5550199\"", "!!int geheim"),
		"number":   with("\"5550199\"", "9347519347519347519347519 # geheim"),
		"alias":    with("\"5550199\"", "*geheim"),
		"tag":      with("\"5550199\"", "!geheim x"),
		"twice":    with("  phone: \"5550199\"", "  phone: geheim-1\n  phone: geheim-2"),
	}
}

const waivers = `waivers:
  - { id: one, check: stores.safes, item: geheim-box, reason: 保险柜正在更换之中, requested_by: 运维岗, approved_by: 主管岗, approved_on: 2026-11-01, expires: 2027-02-01, evidence: evidence/run.md }
`

// gone names items that do not exist, and one whose loss a gate is to let pass.
const gone = `  - { id: two, check: stores.safes, item: geheim-gone, reason: 保险柜正在更换之中, requested_by: 运维岗, approved_by: 主管岗, approved_on: 2026-11-01, expires: 2027-02-01, evidence: evidence/run.md }
  - { id: three, check: scope.item, item: "stores/safes[geheim]", reason: 保险柜已经全部拆除, requested_by: 运维岗, approved_by: 主管岗, approved_on: 2026-11-01, expires: 2027-02-01, evidence: evidence/run.md }
`

const verdicts = `verdicts:
  - { id: one, check: stores.safes, item: safe-geheim, verdict: met, fact: "sha256:0000000000000000000000000000000000000000000000000000000000000000", assessed_by: 监督岗, assessed_on: 2026-11-01 }
  - { id: two, check: stores.channels, item: geheim-ssh, verdict: not_met, note: 现场不符, assessed_by: 监督岗, assessed_on: 2026-11-01 }
`

func tree(t testing.TB, sensitivity string) source.Tree {
	files := fstest.MapFS{}
	for name, stores := range described(t) {
		dir := "platforms/" + name + "/"
		files[dir+"platform.yaml"] = &fstest.MapFile{Data: []byte(platform(name, sensitivity))}
		files[dir+"stores.yaml"] = &fstest.MapFile{Data: []byte(stores)}
		files[dir+"evidence/run.md"] = &fstest.MapFile{Data: []byte("done\n")}
		files[dir+"evidence/"+secret+"-2.md"] = &fstest.MapFile{Data: []byte("done\n")}
	}
	files["platforms/checks/waivers.yaml"] = &fstest.MapFile{Data: []byte(waivers)}
	files["platforms/stated/waivers.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(waivers, "geheim-box", "safe-geheim") + gone)}
	files["platforms/stated/verdicts.yaml"] = &fstest.MapFile{Data: []byte(verdicts)}
	return source.FromFS(files)
}

// judged are the results before anything is left out for anyone.
func judged(t testing.TB, book *rulebook.Rulebook, sensitivity string) *results.Results {
	t.Helper()
	asOf, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	files := tree(t, sensitivity)
	auditor := &audit.Auditor{Tree: files, Rulebook: book, AsOf: asOf, Jobs: 2, Pin: true}
	r := results.Collect(context.Background(), results.Run{Rulebook: book, AsOf: "2026-12-01", Version: "test"}, auditor, audit.Discover(files, nil))
	if len(r.Errors) > 0 || len(r.Platforms) != len(described(t)) {
		t.Fatalf("%d platforms, errors %v", len(r.Platforms), r.Errors)
	}
	return compare(r, r)
}

// written are all bytes that any report makes of the results.
func written(t testing.TB, r *results.Results) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, format := range report.Formats() {
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			var b bytes.Buffer
			if err := report.Write(&b, format, r, report.Options{Pretty: true, Language: language}); err != nil {
				t.Fatal(err)
			}
			out[format.Name()+" "+string(language)] = unpacked(t, b.Bytes())
		}
	}
	return out
}

// unpacked is what a report says, also where it is packed: a workbook's cells,
// one a line.
func unpacked(t testing.TB, data []byte) string {
	t.Helper()
	if !bytes.HasPrefix(data, []byte("PK")) {
		return string(data)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(strings.ReplaceAll(string(text), "<c ", "\n<c "))
	}
	return out.String()
}

// leaks are the lines that show what is sensitive.
func leaks(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if strings.Contains(strings.ToLower(line), secret) || strings.Contains(line, "934751") {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

// shown is how many lines with something sensitive a format writes at least
// for those who may see it. Some leave out excerpts, or all but ten findings.
func shown(name string) int {
	format, _, _ := strings.Cut(name, " ")
	if fewer, ok := map[string]int{"junit": 5, "gitlab": 5, "github": 2, "badge": 0, "dotenv": 0}[format]; ok {
		return fewer
	}
	return 10
}

// Nothing that a schema marks as sensitive is in any report for anyone but the
// assessor, whatever is wrong with the description.
func TestSensitiveFactsAreHidden(t *testing.T) {
	book := tiny(t)
	for _, sensitivity := range []string{"public", "internal", "work_secret"} {
		all := judged(t, book, sensitivity)
		for _, audience := range results.Audiences() {
			for name, text := range written(t, all.For(audience)) {
				found := leaks(text)
				if (audience != results.Assessor) && len(found) > 0 {
					t.Errorf("%s of a platform that is %s, for %s:\n%s", name, sensitivity, audience, strings.Join(found, "\n"))
				}
				if audience == results.Assessor && len(found) < shown(name) {
					t.Errorf("the assessor's %s shows only %d sensitive lines: the fixture proves nothing", name, len(found))
				}
			}
		}
	}
}

// The audience decides what is left out, never what is judged.
func TestAudienceChangesNoVerdict(t *testing.T) {
	book := tiny(t)
	for _, sensitivity := range []string{"public", "internal"} {
		all := judged(t, book, sensitivity)
		open := all.For(results.Assessor)
		if f := open.Summary.Findings; f.Blocker < 5 || f.Major < 3 || f.Minor < 1 || open.Summary.Compliant == 0 || open.Summary.Compliant == open.Summary.Platforms {
			t.Fatalf("the fixture proves little: %+v", open.Summary)
		}
		for _, audience := range []results.Audience{results.Internal, results.Public} {
			r := all.For(audience)
			if r.Summary != open.Summary || r.Audience != string(audience) {
				t.Errorf("%s: %+v, want %+v", audience, r.Summary, open.Summary)
			}
			for i := range r.Platforms {
				p, q := &r.Platforms[i], &open.Platforms[i]
				if p.Code != q.Code || p.Compliant != q.Compliant || p.Score != q.Score || p.Grade.ID != q.Grade.ID || !reflect.DeepEqual(p.Chapters, q.Chapters) {
					t.Errorf("%s for %s: %+v", p.Code, audience, p)
				}
				for j := range p.Clauses {
					if p.Clauses[j].Verdict != q.Clauses[j].Verdict || p.Clauses[j].Score != q.Clauses[j].Score {
						t.Errorf("%s for %s: clause %s is %s", p.Code, audience, p.Clauses[j].ID, p.Clauses[j].Verdict)
					}
				}
				if audience != results.Internal {
					continue
				}
				if got, want := prints(p), prints(q); !slices.Equal(got, want) {
					t.Errorf("%s: fingerprints %v, want %v", p.Code, got, want)
				}
				for j := range p.Checks {
					if p.Checks[j].Outcome != q.Checks[j].Outcome || len(p.Checks[j].Items) != len(q.Checks[j].Items) {
						t.Errorf("%s: %s is %s", p.Code, p.Checks[j].ID, p.Checks[j].Outcome)
					}
				}
				if len(p.Evidence) != len(q.Evidence) || len(p.Waivers) != len(q.Waivers) {
					t.Errorf("%s: %d evidence, %d waivers", p.Code, len(p.Evidence), len(p.Waivers))
				}
			}
		}
	}
}

// What a report is made of besides words, the fingerprints and the numbers, is
// the same in every format for all who see findings at all.
func TestAudienceChangesNoReport(t *testing.T) {
	all := judged(t, tiny(t), "internal")
	judgement := regexp.MustCompile(`\b[0-9a-f]{32}\b|\b[0-9]+\.[0-9]\b`)
	internal, assessor := written(t, all.For(results.Internal)), written(t, all.For(results.Assessor))
	speaking := 0
	for name, text := range assessor {
		want, got := judgement.FindAllString(text, -1), judgement.FindAllString(internal[name], -1)
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s judges by who reads it: %d figures for internal readers, %d for assessors", name, len(got), len(want))
		}
		if len(want) > 10 {
			speaking++
		}
	}
	if speaking < 16 {
		t.Errorf("only %d reports hold figures: the test proves little", speaking)
	}
}

func prints(p *results.Platform) []string {
	var out []string
	for _, f := range p.Findings {
		out = append(out, fmt.Sprintf("%s %s %v %d", f.Check, f.Fingerprint, f.Waived, f.Severity))
	}
	slices.Sort(out)
	return out
}

// Internal readers see the names of open items, and that a hidden one is one.
func TestInternalShowsWhatIsOpen(t *testing.T) {
	r := judged(t, tiny(t), "internal").For(results.Internal)
	i := slices.IndexFunc(r.Platforms, func(p results.Platform) bool { return p.Code == "checks" })
	items := map[string]string{}
	for _, f := range r.Platforms[i].Findings {
		items[f.Check+" "+f.Item] = f.Message.EN
	}
	want := map[string]string{
		"stores.drilled spring":         "drill spring failed",
		"stores.channels ***":           "channel [redacted] of [redacted] is not safe",
		"stores.safes ***":              "safe [redacted] at [redacted]",
		"stores.second-copy files/east": "copy east ([redacted]) of set files has no other elsewhere",
	}
	if !reflect.DeepEqual(items, want) {
		t.Errorf("%v, want %v", items, want)
	}
	for _, f := range r.Platforms[i].Findings {
		if f.Waived != (f.Check == "stores.safes") {
			t.Errorf("%s is waived: %v: the waiver names the item as it is", f.Check, f.Waived)
		}
	}
}

// The public sees which checks of a public platform fail, and of others no more
// than verdicts and scores.
func TestPublic(t *testing.T) {
	book := tiny(t)
	for _, sensitivity := range []string{"public", "internal", "work_secret"} {
		for _, p := range judged(t, book, sensitivity).For(results.Public).Platforms {
			if len(p.Evidence)+len(p.Waivers) > 0 {
				t.Errorf("%s platform %s shows %d evidence and %d waivers", sensitivity, p.Code, len(p.Evidence), len(p.Waivers))
			}
			named := 0
			for _, c := range p.Clauses {
				named += len(c.Checks)
				if c.Verdict == "" {
					t.Errorf("clause %s has no verdict", c.ID)
				}
			}
			if sensitivity != "public" {
				if len(p.Findings)+len(p.Checks)+len(p.Reasons)+len(p.Grade.Vetoes)+named > 0 {
					t.Errorf("%s platform %s: findings %v, checks %v, reasons %v, vetoes %v, %d named", sensitivity, p.Code, p.Findings, p.Checks, p.Reasons, p.Grade.Vetoes, named)
				}
				data, err := json.Marshal(p)
				if err != nil || strings.Contains(string(data), "stores.") {
					t.Errorf("%s: %s (%v)", p.Code, data, err)
				}
				continue
			}
			if len(p.Checks) != len(book.Checks) || named == 0 || p.Code == "checks" && len(p.Findings) < 4 {
				t.Errorf("public platform %s shows %d checks and %d findings", p.Code, len(p.Checks), len(p.Findings))
			}
			for _, f := range p.Findings {
				if f.Item != "" || f.Excerpt != "" || f.Location.Pointer != "" || f.Location.Line != 1 || f.Location.Column != 1 ||
					!strings.HasPrefix(f.Message.EN, "does not hold: ") && f.Message.EN != "the description is defective" {
					t.Errorf("%s: %+v", p.Code, f)
				}
			}
			for _, c := range p.Checks {
				for _, item := range c.Items {
					if item.Item != "" || len(item.Declared)+len(item.Evidence) > 0 {
						t.Errorf("%s shows the item %+v", c.ID, item)
					}
				}
			}
		}
	}
}

// A digest of a sensitive fact tells what the fact is to whoever tries out the
// few things that it can be.
func TestFactsOfSensitiveValuesAreHidden(t *testing.T) {
	book := tiny(t)
	asOf, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	files := tree(t, "internal")
	auditor := &audit.Auditor{Tree: files, Rulebook: book, AsOf: asOf, Pin: true}
	built := results.Collect(context.Background(), results.Run{Rulebook: book, AsOf: "2026-12-01"}, auditor, audit.Discover(files, []string{"platforms/good"}))
	for _, audience := range results.Audiences() {
		facts := map[string]bool{}
		for _, c := range built.For(audience).Platforms[0].Checks {
			for _, item := range c.Items {
				facts[c.ID] = item.Fact != ""
			}
		}
		all, some := audience == results.Assessor, audience == results.Internal
		if facts["stores.safes"] != all || facts["stores.second-copy"] != all || facts["stores.kept"] != (all || some) {
			t.Errorf("%s: facts of %v", audience, facts)
		}
	}
}

// What an outcome rests on is shown with its place and evidence, and what of it is
// sensitive only to the assessor.
func TestDeclaredIsRedacted(t *testing.T) {
	all := judged(t, tiny(t), "internal")
	at := slices.IndexFunc(all.Platforms, func(p results.Platform) bool { return p.Code == "good" })
	told := func(audience results.Audience, check string) string {
		var out []string
		for _, c := range all.For(audience).Platforms[at].Checks {
			for _, item := range c.Items {
				for _, d := range item.Declared {
					if c.ID == check {
						out = append(out, fmt.Sprintf("%s=%s:%d", d.Field, d.Value.EN, d.Location.Line))
					}
				}
				if c.ID == check {
					out = append(out, item.Evidence...)
				}
			}
		}
		return strings.Join(out, " ")
	}
	copies := func(address string) string {
		one := "platform.site=east:7 stores.sets.copies=2 entries: [{site: east, medium: disk, address: " + address + "}, {site: west, medium: tape}]:4 platform.mlps_level=3:5"
		return one + " " + one
	}
	for check, want := range map[string][2]string{
		"stores.kept":        {"stores.sets.keep=60 days:3", "stores.sets.keep=60 days:3"},
		"stores.fresh":       {"stores.sets.records=1 entry: [{id: run, date: 2026-11-01, evidence: evidence/run.md}]:7 platforms/good/evidence/run.md", "stores.sets.records=1 entry: [{id: run, date: 2026-11-01, evidence: evidence/run.md}]:7 platforms/good/evidence/run.md"},
		"stores.channels":    {"stores.channels=ssh:10", "stores.channels=[redacted]:10"},
		"stores.mended":      {"stores.faults=[]:8", "stores.faults=[]:8"},
		"stores.safes":       {"stores.safes.name=safe-geheim:12 geheim-17", "stores.safes.name=[redacted]:12"},
		"stores.second-copy": {copies("geheim-street"), copies("***")},
	} {
		if got := [2]string{told(results.Assessor, check), told(results.Internal, check)}; got != want {
			t.Errorf("%s: %q, want %q", check, got, want)
		}
	}
}

// A broken topic makes its checks wait, told once; who may not see which checks
// there are does not see what they wait for either.
func TestWaiting(t *testing.T) {
	all := judged(t, tiny(t), "internal")
	at := slices.IndexFunc(all.Platforms, func(p results.Platform) bool { return p.Code == "open" })
	w := all.Platforms[at].Waiting
	if len(w) != 1 || !slices.ContainsFunc(all.Platforms[at].Findings, func(f finding.Finding) bool { return f.Fingerprint == w[0].Cause && f.Check == "document.syntax" }) || len(w[0].Checks) < 5 || !slices.Contains(w[0].Checks, "stores.kept") {
		t.Errorf("%+v", w)
	}
	for _, p := range all.Platforms {
		if p.Code == "good" && len(p.Waiting) > 0 {
			t.Errorf("a sound platform waits: %+v", p.Waiting)
		}
	}
	if w := all.For(results.Public).Platforms[at].Waiting; len(w) > 0 {
		t.Errorf("the public sees %+v", w)
	}
}

// What a verdict was given on, and an item that it names, are for the assessor.
func TestVerdictsAreRedacted(t *testing.T) {
	all := judged(t, tiny(t), "internal")
	at := slices.IndexFunc(all.Platforms, func(p results.Platform) bool { return p.Code == "stated" })
	assessor, internal := all.For(results.Assessor).Platforms[at], all.For(results.Internal).Platforms[at]
	for _, v := range assessor.Verdicts {
		if !strings.Contains(v.Item, secret) || v.ID == "one" && v.Fact == "" {
			t.Errorf("the assessor's verdict: %+v", v)
		}
	}
	states := []examine.State{}
	for _, v := range internal.Verdicts {
		states = append(states, v.State)
		if v.Item != schema.RedactedKey || v.Fact != "" {
			t.Errorf("an internal reader's verdict: %+v", v)
		}
	}
	if !slices.Equal(states, []examine.State{examine.NeedsReview, examine.Rejected}) {
		t.Errorf("states %v", states)
	}
	want := map[string]string{"waiver.unused": "stores.safes/***", "verdict.lapsed": "stores.safes/***", "stores.channels": "***"}
	got := map[string]string{}
	for _, f := range internal.Findings {
		got[f.Check] = f.Item
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// No list is nil, whoever reads it: to a reader null would be a second way of
// saying "none".
func TestListsAreStated(t *testing.T) {
	all := judged(t, tiny(t), "internal")
	for _, audience := range results.Audiences() {
		lists(t, "results", reflect.ValueOf(all.For(audience)).Elem())
	}
}

func lists(t *testing.T, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && field.Tag.Get("json") != "-" && !strings.HasSuffix(field.Tag.Get("json"), ",omitempty") {
				lists(t, name+"."+field.Name, v.Field(i))
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			t.Errorf("%s is nil", name)
		}
		for i := range v.Len() {
			lists(t, name, v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			lists(t, name, v.Elem())
		}
	}
}

// The figures that a pipeline goes by are the same for every audience: what is
// left out is still counted.
func TestFiguresAreForEveryAudience(t *testing.T) {
	all := judged(t, tiny(t), "work_secret")
	want := written(t, all.For(results.Assessor))["dotenv en"]
	if !strings.Contains(want, "new_findings=") || strings.Contains(want, "new_findings=0\n") {
		t.Fatalf("the fixture proves nothing: %q", want)
	}
	for _, audience := range results.Audiences() {
		if got := written(t, all.For(audience))["dotenv en"]; got != want {
			t.Errorf("for %s: %q, want %q", audience, got, want)
		}
	}
}

// What is taken out of a platform where it lies is what is left out of a copy.
func TestOnlyIsFor(t *testing.T) {
	for _, a := range results.Audiences() {
		for _, sensitivity := range []string{"public", "internal"} {
			r := judged(t, tiny(t), sensitivity)
			for i := range r.Platforms {
				p := &r.Platforms[i]
				one := p.For(a)
				want := whole(t, &one)
				if one = p.Only(a); string(whole(t, &one)) != string(want) {
					t.Errorf("%s for %s is\n%s\nand a copy\n%s", p.ID, a, whole(t, &one), want)
				}
			}
		}
	}
}
