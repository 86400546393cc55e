package compare_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/compare"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// files are the files of one side of a change.
type files map[string]string

// with are these files and others; an empty text takes a file away, a folder's
// name everything below it.
func (f files) with(changes files) files {
	all := maps.Clone(f)
	for name, text := range changes {
		maps.DeleteFunc(all, func(at, _ string) bool { return at == name || strings.HasPrefix(at, name+"/") })
		if text != "" {
			all[name] = text
		}
	}
	return all
}

// edited is one file with one text in place of the one place where another
// stands.
func (f files) edited(t testing.TB, name, old, new string) files {
	t.Helper()
	if strings.Count(f[name], old) != 1 {
		t.Fatalf("%q stands %d times in %s", old, strings.Count(f[name], old), name)
	}
	return f.with(files{name: strings.Replace(f[name], old, new, 1)})
}

// moved are the files with one folder under another name.
func (f files) moved(from, to string) files {
	all := files{}
	for name, text := range f {
		if below, ok := strings.CutPrefix(name, from+"/"); ok {
			name = to + "/" + below
		}
		all[name] = text
	}
	return all
}

// tree is a side without hashes, so that all of it is compared.
type tree struct{ source.Tree }

func (t tree) Hash(at string) (string, error) {
	_, err := t.Stat(at)
	return "", err
}

func (f files) tree() tree {
	all := fstest.MapFS{}
	for name, text := range f {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return tree{source.FromFS(all)}
}

const (
	one      = "platforms/one"
	header   = one + "/platform.yaml"
	stores   = one + "/stores.yaml"
	faults   = one + "/faults.yaml"
	hosting  = one + "/hosting.yaml"
	waivers  = one + "/waivers.yaml"
	verdicts = one + "/verdicts.yaml"
)

// described are the files of a platform of the command line tests.
func described(t testing.TB, folder string) files {
	t.Helper()
	all := files{}
	from := filepath.Join("..", "cli", "testdata", folder)
	err := filepath.WalkDir(from, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		name, _ := filepath.Rel(from, file)
		all[path.Join(one, filepath.ToSlash(name))] = strings.Replace(string(data), "code: CODE", "code: one", 1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// base is a platform that complies, by the command line tests' tiny rulebook, and
// has something to lose.
func base(t testing.TB) files {
	t.Helper()
	all := described(t, "platform")
	all = all.edited(t, header, "hosted: false", "hosted: true")
	return all.with(files{
		stores:  all[stores] + "  - name: bids\n    keep: 90\n    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-11-02\n        evidence: evidence/run.md\n",
		faults:  "open:\n  - id: f1\n    found: 2026-11-20\ndrills:\n  - id: d1\n    ok: true\n",
		hosting: "host: 云州市政务云\nsigned: 2026-01-10\n",
	})
}

func judge(t testing.TB, policy ...string) *compare.Judge {
	t.Helper()
	return judgeBy(t, "rulebook", policy...)
}

// judgeBy judges by a rulebook of the command line tests, some of its text replaced.
func judgeBy(t testing.TB, folder string, changes ...string) *compare.Judge {
	t.Helper()
	all := fstest.MapFS{}
	for from, to := range map[string]string{filepath.Join("..", "..", "schemas"): "schemas", filepath.Join("..", "cli", "testdata", folder): "."} {
		if err := filepath.WalkDir(from, func(file string, entry os.DirEntry, err error) error {
			name, _ := filepath.Rel(from, file)
			if err != nil || entry.IsDir() || to == "schemas" && !slices.Contains([]string{"check", "common", "policy", "regulation", "retired", "sources", "verdicts", "waivers"}, strings.TrimSuffix(name, ".schema.json")) {
				return err
			}
			data, err := os.ReadFile(file)
			all[path.Join(to, filepath.ToSlash(name))] = &fstest.MapFile{Data: []byte(strings.NewReplacer(changes...).Replace(string(data)))}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	book, err := rulebook.Load(source.FromFS(all))
	if err != nil {
		t.Fatal(err)
	}
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	return &compare.Judge{Rulebook: book, AsOf: day, Jobs: 1}
}

// change judges a change of base, whose tip is still the baseline.
func change(t testing.TB, j *compare.Judge, before, after files) []compare.Platform {
	t.Helper()
	return run(t, j, before, before, after)
}

func run(t testing.TB, j *compare.Judge, baseline, tip, head files) []compare.Platform {
	t.Helper()
	return runAfter(t, j, nil, baseline, tip, head)
}

// runAfter judges a change of a baseline that grew from others, the nearest first.
func runAfter(t testing.TB, j *compare.Judge, past []files, baseline, tip, head files) []compare.Platform {
	t.Helper()
	older := func(yield func(source.Hashed) bool) {
		for _, f := range past {
			if !yield(f.tree()) {
				return
			}
		}
	}
	platforms, failures := judgedAll(j, compare.Trees{Baseline: baseline.tree(), Tip: tip.tree(), Head: head.tree(), Past: older})
	if len(failures) > 0 {
		t.Fatalf("failures: %v", failures)
	}
	return platforms
}

// judgedAll keeps all platforms that a change touches.
func judgedAll(j *compare.Judge, t compare.Trees) (all []compare.Platform, failures []audit.Failure) {
	failures = compare.Each(context.Background(), j, t, func(p *compare.Platform) *compare.Platform { return p }, func(p *compare.Platform) { all = append(all, *p) })
	return all, failures
}

// said is what a change comes to, a line each: "new CHECK ITEM", "fixed …",
// "withdrawn …", "worse …", "scope KIND SUBJECT", with how it counts, and "blocks REASON" in English, without
// the figures that it gives.
func said(platforms []compare.Platform) (lines []string) {
	for i := range platforms {
		p := &platforms[i]
		if p.Kind != compare.Changed {
			lines = append(lines, fmt.Sprintf("%s %s", p.Kind, p.ID()))
		}
		for _, f := range p.New {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("new %s %s", f.Check, f.Item))+mark(f.Reported, " reported")+mark(f.Stricter, " stricter")+mark(f.Revealed && !f.Stricter, " revealed")+mark(f.Released, " released")+mark(f.Blocking, " blocks"))
		}
		for _, f := range p.Fixed {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("fixed %s %s", f.Check, f.Item)))
		}
		for _, f := range p.Withdrawn {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("withdrawn %s %s", f.Check, f.Item)))
		}
		for _, f := range p.Worse {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("worse %s %s", f.Check, f.Item))+mark(f.Released, " released")+mark(f.Blocking, " blocks"))
		}
		for _, s := range p.Scope {
			lines = append(lines, fmt.Sprintf("scope %s %s", s.Kind, s.Subject)+mark(s.Released, " released")+mark(s.Blocking, " blocks"))
		}
		for _, reason := range p.Blocks {
			parts := strings.SplitN(reason.Full.EN, ": ", 4)
			why, _, _ := strings.Cut(strings.Join(parts[:min(3, len(parts))], ": "), " from ")
			lines = append(lines, "blocks "+why)
		}
	}
	return lines
}

func mark(yes bool, word string) string {
	if yes {
		return word
	}
	return ""
}

func want(t testing.TB, got []compare.Platform, lines ...string) {
	t.Helper()
	if said := said(got); !slices.Equal(said, lines) {
		t.Errorf("the change comes to\n\t%s\nwant\n\t%s", strings.Join(said, "\n\t"), strings.Join(lines, "\n\t"))
	}
}
