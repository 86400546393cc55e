package hegui_test

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"hegui"
	"hegui/internal/calendar"
	"hegui/internal/cli"
	"hegui/internal/compare"
	"hegui/internal/gittest"
	"hegui/internal/results"
	"hegui/internal/source"
)

// BenchmarkGate prints what judging a change of one platform costs among 10,000
// as against among 100, which should be the same, what it costs with a work
// tree as head as against git status, and how much of the heap is alive at most, after
// any platform, where a change touches 120.
func BenchmarkGate(b *testing.B) {
	small, large := manyPlatforms(b, 100), manyPlatforms(b, 10000)
	large.Git("checkout", "-q", "-f", "change")
	large.Git("update-index", "-q", "--refresh")
	var few, many, work, status time.Duration
	for b.Loop() {
		few += timed(func() { gateOf(b, small.Dir, "--head", "change") })
		many += timed(func() { gateOf(b, large.Dir, "--head", "change") })
		work += timed(func() { gateOf(b, large.Dir) })
		status += timed(func() { large.Git("status", "--porcelain") })
	}
	b.ReportMetric(peak(b), "MiB/120")
	b.ReportMetric(float64(many.Milliseconds())/float64(b.N), "ms/10000")
	b.ReportMetric(float64(many)/float64(few), "×100")
	b.ReportMetric(float64(work.Milliseconds())/float64(b.N), "ms/worktree")
	b.ReportMetric(float64(work)/float64(status), "×status")
}

// peak is the largest heap, in MiB, that a change of 120 platforms keeps alive.
func peak(b *testing.B) (most float64) {
	b.Helper()
	r := openRepo(b)
	day, err := calendar.ParseDate(asOf)
	if err != nil {
		b.Fatal(err)
	}
	trees := r.touched(b, 120)
	var kept []results.Platform
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	compare.Each(context.Background(), &compare.Judge{Rulebook: r.book, AsOf: day, Jobs: 2}, trees, func(p *compare.Platform) results.Platform {
		return results.Of(r.book, p.After.Platform, p.After.Score, day)
	}, func(p results.Platform) {
		kept = append(kept, p)
		metrics.Read(live)
		most = max(most, float64(live[0].Value.Uint64())/(1<<20))
	})
	if len(kept) != 120 {
		b.Fatalf("%d platforms", len(kept))
	}
	return most
}

func timed(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

func gateOf(b *testing.B, dir string, args ...string) {
	b.Helper()
	var stdout, stderr bytes.Buffer
	code := cli.Main(context.Background(), cli.Env{Args: append([]string{"gate", "--base", "main", "--as-of", asOf}, args...), Stdout: &stdout, Stderr: &stderr,
		Dir: dir, Version: "dev", Getenv: func(string) string { return "" }, Now: time.Now, Builtin: source.FromFS(hegui.Rulebook)})
	if code != cli.Compliant || !strings.Contains(stdout.String(), "1 minor") {
		b.Fatalf("exit code %d\n%s%s", code, &stdout, &stderr)
	}
}

// manyPlatforms is a packed repository of n copies of one of this repository's
// platforms, and a branch that changes the last of them, which alone has its
// evidence: a work tree of millions of files would measure the disk.
func manyPlatforms(b *testing.B, n int) *gittest.Repo {
	b.Helper()
	const model = "platforms/public-resource-trading"
	tree, err := source.OpenDir(".")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = tree.Close() }()
	var blobs, paths strings.Builder
	mark := 0
	add := func(i int, name string, data []byte, again bool) {
		if !again {
			mark++
			fmt.Fprintf(&blobs, "blob\nmark :%d\ndata %d\n%s\n", mark, len(data), data)
		}
		fmt.Fprintf(&paths, "M 100644 :%d platforms/bureau-%02d/p%05d/%s\n", mark, i%20, i, name)
	}
	change := ""
	err = source.Walk(tree, model, func(e source.Entry, err error) error {
		if err != nil || e.Kind != source.File {
			return err
		}
		data, err := tree.Read(e.Path, 1<<20)
		name := strings.TrimPrefix(e.Path, model+"/")
		for i := range n {
			switch {
			case name == "platform.yaml":
				add(i, name, bytes.Replace(data, []byte("\ncode: "), fmt.Appendf(nil, "\ncode: x%d-", i), 1), false)
			case path.Dir(name) == ".":
				add(i, name, data, i > 0)
			case i == n-1:
				add(i, name, data, false)
			}
		}
		if name == "backups.yaml" {
			changed := bytes.Replace(data, []byte("dc-east"), []byte("dx-east"), 1)
			change = fmt.Sprintf("M 100644 inline platforms/bureau-%02d/p%05d/%s\ndata %d\n%s\n", (n-1)%20, n-1, name, len(changed), changed)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	commit := fmt.Sprintf("committer c <c@example.com> %d +0800\ndata 1\nx\n", gittest.Start().Unix())
	g := gittest.Init(b)
	g.Pipe(blobs.String()+"commit refs/heads/main\n"+commit+paths.String()+"commit refs/heads/change\n"+commit+"from refs/heads/main\n"+change, "fast-import", "--quiet")
	g.Pack()
	return g
}
