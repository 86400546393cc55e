package timeline_test

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/git"
	"hegui/internal/gittest"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/source"
	"hegui/internal/timeline"
	"hegui/internal/trial"
)

// fixture are the files of a folder of another package's tests.
func fixture(t testing.TB, from, to string) gittest.Files {
	t.Helper()
	files := gittest.Files{}
	dir := os.DirFS(filepath.Join("..", "cli", "testdata", from))
	err := fs.WalkDir(dir, ".", func(at string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, at)
		files[to+at] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// platformIn is the sound platform in a folder.
func platformIn(t testing.TB, folder, code string) gittest.Files {
	files := fixture(t, "platform", "platforms/"+folder+"/")
	for at, text := range files {
		files[at] = strings.ReplaceAll(text, "code: CODE", "code: "+code)
	}
	return files
}

// snapshots are the commits along first parents, the oldest first, each with its own
// rulebook.
func snapshots(t testing.TB, dir string) iter.Seq[timeline.Snapshot] {
	t.Helper()
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = repo.Close() })
	head, err := repo.Resolve("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	var all []timeline.Snapshot
	var series rulebook.Series
	for commit, err := range repo.Line(head) {
		if err != nil {
			t.Fatal(err)
		}
		tree := repo.Tree(commit)
		schemas, _ := tree.Hash("schemas")
		checks, _ := tree.Hash("checks")
		all = append(all, timeline.Snapshot{Commit: commit.Hash, On: calendar.On(commit.When), Tree: tree, Book: schemas + checks,
			Load: func() (*rulebook.Rulebook, error) {
				return series.Load(rulebook.Own(tree, source.FromFS(hegui.Rulebook)))
			}})
	}
	slices.Reverse(all)
	return slices.Values(all)
}

// checked is what judging one commit alone says of its platforms, by folder.
func checked(t testing.TB, s timeline.Snapshot) map[string]string {
	t.Helper()
	book, err := rulebook.Load(rulebook.Own(s.Tree, source.FromFS(hegui.Rulebook)))
	if err != nil {
		return nil
	}
	auditor := &audit.Auditor{Tree: s.Tree, Rulebook: book, AsOf: s.On, Jobs: 1}
	out := map[string]string{}
	failures := audit.Stream(t.Context(), auditor, audit.Discover(s.Tree, nil), func(p *audit.Platform) *audit.Platform { return p }, func(p *audit.Platform) {
		r := score.Compute(book.Regulation, book.Policy, examine.Apply(book, p, nil, s.On))
		out[p.ID] = fmt.Sprint(score.Format(r.Raw), r.Grade.ID, r.Compliant, r.Vetoes, r.Statutory.Unmet, p.Broken)
	})
	if len(failures) > 0 {
		t.Fatal(failures)
	}
	return out
}

// History says of every platform at every commit what judging that commit alone would,
// and of each change what it comes from.
func TestHistoryIsJudgingEachCommit(t *testing.T) {
	r := gittest.Init(t)
	day := gittest.Start().AddDate(0, 9, 0)
	commit := func(days int, files gittest.Files) string {
		day = day.AddDate(0, 0, days)
		r.SetTime(day)
		return r.Commit("change", files)
	}
	stores := platformIn(t, "one", "one")["platforms/one/stores.yaml"]
	policy := fixture(t, "rulebook", "")["checks/policy.yaml"]
	commit(0, fixture(t, "rulebook", ""))
	commit(1, platformIn(t, "one", "one"))
	commit(0, platformIn(t, "two", "two"))
	commit(0, gittest.Files{"checks/stores.yaml": strings.Replace(fixture(t, "rulebook", "")["checks/stores.yaml"], "keep a copy at another site", "copy it", 1)}) // which judges nothing
	commit(400, gittest.Files{"README": "nothing of a platform"})                                                                                                  // what is recent lapses
	commit(1, gittest.Files{"platforms/one/stores.yaml": strings.ReplaceAll(stores, "site: west", "site: east")})
	moved := platformIn(t, "bureau/one", "one")
	moved["platforms/one"] = gittest.Gone
	commit(1, moved)
	commit(1, gittest.Files{"checks/policy.yaml": strings.Replace(policy, "minor: 2", "minor: 4", 1)})
	commit(1, gittest.Files{"checks/policy.yaml": "points: ["})
	commit(1, gittest.Files{"platforms/two/stores.yaml": "sites: ["})
	commit(1, gittest.Files{"checks/policy.yaml": policy})
	commit(1, platformIn(t, "three", "two")) // another has the code of two
	commit(1, gittest.Files{"platforms/three": gittest.Gone})
	commit(1, gittest.Files{"platforms/two": gittest.Gone})
	day = day.AddDate(0, -2, 0)
	commit(0, platformIn(t, "two", "two")) // by a clock that is slow

	all := slices.Collect(snapshots(t, r.Dir))
	h, failures := timeline.Historian{Jobs: 2}.Read(context.Background(), slices.Values(all))
	if len(failures) > 0 || len(h.Moments) != len(all) {
		t.Fatal(len(h.Moments), failures)
	}
	compared := 0
	for at, s := range all {
		got := map[string]string{}
		for _, line := range h.Lines {
			var now *timeline.Point
			for i := range line.Points {
				if line.Points[i].At <= at {
					now = &line.Points[i]
				}
			}
			if now != nil && !now.Gone && now.Gap.IsZero() {
				got[now.ID] = fmt.Sprint(now.Raw, now.Grade.ID, now.Compliant, now.Vetoes, now.Unmet, now.Unreadable)
			}
		}
		want := checked(t, s)
		if (want == nil) != !h.Moments[at].Gap.IsZero() {
			t.Errorf("commit %d: gap %q, judged alone %v", at, h.Moments[at].Gap.EN, want)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) && want != nil {
			t.Errorf("commit %d on %s:\n%v, judged alone\n%v", at, s.On, got, want)
		}
		compared += len(want)
	}
	if compared < 15 {
		t.Errorf("%d compared", compared)
	}
	var said []string
	for _, line := range h.Lines {
		said = append(said, line.ID+" "+strings.Join(line.IDs, ","))
		for _, p := range line.Points {
			what := p.Raw
			for word, is := range map[string]bool{" gone": p.Gone, " gap": !p.Gap.IsZero(), " first": p.Changed.First, " description": p.Changed.Description, " rulebook": p.Changed.Rulebook, " others": p.Changed.Others} {
				if is {
					what += word
				}
			}
			said = append(said, fmt.Sprintf("%d %s", p.At, what))
		}
	}
	want := []string{
		"bureau/one one,bureau/one", "1 100.0 first", "4 83.7", "5 51.0 description", "6 83.7 description", "7 85.4 rulebook", "8  gap", "10 83.7 first",
		"three three", "11 83.7 first", "12  gone",
		"two two", "2 100.0 first", "4 83.7", "7 85.4 rulebook", "8  gap", "10 44.4 first", "11 44.4 others", "12 44.4 others", "13  gone", "14 83.7 first",
	}
	if !slices.Equal(said, want) {
		t.Errorf("said\n%s\nwant\n%s", strings.Join(said, "\n"), strings.Join(want, "\n"))
	}
	if h.Readings > 13 || h.Judgings > 17 {
		t.Errorf("%d read, %d judged", h.Readings, h.Judgings)
	}
}

// The work of a history is that of what changes, not of commits times platforms.
func TestHistoryWorksForWhatChanges(t *testing.T) {
	commits, platforms := 200, 60
	if trial.Long(t) {
		commits, platforms = 1000, 300
	}
	h := timeOf(t, commits, platforms)
	if changes := platforms + commits; h.Readings != changes {
		t.Errorf("%d commits of %d platforms: %d read, want %d", commits, platforms, h.Readings, changes)
	}
	t.Logf("%d commits of %d platforms: %d read, %d judged", commits, platforms, h.Readings, h.Judgings)
}

// BenchmarkHistory reads 1,000 commits of 300 platforms, each of which changes one.
func BenchmarkHistory(b *testing.B) {
	for b.Loop() {
		h := timeOf(b, 1000, 300)
		b.ReportMetric(float64(h.Readings), "readings")
		b.ReportMetric(float64(h.Judgings), "judgings")
	}
}

// timeOf reads the history of so many platforms, of which each further commit, a day
// later, changes one.
func timeOf(t testing.TB, commits, platforms int) *timeline.History {
	t.Helper()
	r := gittest.Init(t)
	var in strings.Builder
	when := gittest.Start()
	begin := func(files gittest.Files) {
		fmt.Fprintf(&in, "commit refs/heads/main\ncommitter a <a@example.org> %d +0000\ndata 1\nx\n", when.Unix())
		for _, at := range slices.Sorted(maps.Keys(files)) {
			fmt.Fprintf(&in, "M 100644 inline %s\ndata %d\n%s\n", at, len(files[at]), files[at])
		}
		when = when.Add(24 * time.Hour)
	}
	files := fixture(t, "rulebook", "")
	for i := range platforms {
		name := fmt.Sprintf("p%d", i)
		for at, text := range platformIn(t, name, name) {
			files[at] = text
		}
	}
	begin(files)
	for i := range commits {
		at := fmt.Sprintf("platforms/p%d/stores.yaml", i%platforms)
		begin(gittest.Files{at: files[at] + fmt.Sprintf("# %d\n", i)})
	}
	r.Pipe(in.String(), "fast-import", "--quiet")
	h, failures := timeline.Historian{Jobs: 2}.Read(context.Background(), snapshots(t, r.Dir))
	if len(failures) > 0 || len(h.Moments) != commits+1 || len(h.Lines) != platforms {
		t.Fatal(len(h.Moments), len(h.Lines), failures)
	}
	return h
}

// Of a rulebook that does not hold together the first defect is told, and how many more
// there are.
func TestHistoryCountsTheDefectsOfARulebook(t *testing.T) {
	r := gittest.Init(t)
	files := fixture(t, "rulebook", "")
	maps.Copy(files, platformIn(t, "one", "one"))
	policy := files["checks/policy.yaml"]
	for _, c := range []struct{ old, new, want string }{
		{"open_blocker_grade: fail", "open_blocker_grade: worst", ""},
		{"waived_blocker_grade: pass", "waived_blocker_grade: best", "; and 1 more"},
	} {
		policy = strings.Replace(policy, c.old, c.new, 1)
		files["checks/policy.yaml"] = policy
		r.Commit("change", files)
		h, _ := timeline.Historian{Jobs: 1}.Read(context.Background(), snapshots(t, r.Dir))
		gap := h.Moments[len(h.Moments)-1].Gap.EN
		if !strings.Contains(gap, `there is no grade "worst"`) || !strings.HasSuffix(gap, c.want) || strings.Contains(gap, "more") != (c.want != "") {
			t.Errorf("%q, want the first defect%s", gap, c.want)
		}
	}
}
