package hegui_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/cli"
	"hegui/internal/corpus"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// asOf is the day on which the repository's platforms are compliant.
const asOf = "2026-12-01"

// BenchmarkCheck prints the ratio of a whole check to F: decoding the same
// bytes with yaml.v3 into nodes, with as many workers, and nothing else. Only
// the ratio is comparable between machines and runs.
func BenchmarkCheck(b *testing.B) {
	dir := multiplied(b, 300)
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		b.Fatal(err)
	}
	tree, err := source.OpenDir(dir)
	if err != nil {
		b.Fatal(err)
	}
	var check, floor time.Duration
	for b.Loop() {
		start := time.Now()
		decode(b, dir)
		floor += time.Since(start)
		start = time.Now()
		judge(b, book, tree)
		check += time.Since(start)
	}
	b.ReportMetric(float64(check)/float64(floor), "F")
	b.ReportMetric(float64(check.Milliseconds())/float64(b.N)/300, "ms/platform")
}

// BenchmarkReports runs whole checks of 100 platforms, a report each, as the program
// does. Its profile is what the program is built by (make profile).
func BenchmarkReports(b *testing.B) {
	dir := multiplied(b, 100)
	if err := corpus.Spoil(dir, 1); err != nil {
		b.Fatal(err)
	}
	for _, format := range []string{"text", "jsonl", "csv", "sarif", "markdown"} {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				var stderr strings.Builder
				code := cli.Main(b.Context(), cli.Env{Args: []string{"check", "--as-of", asOf, "--report", format}, Stdout: io.Discard, Stderr: &stderr,
					Dir: dir, Version: "dev", Getenv: func(string) string { return "" }, Now: time.Now, Builtin: source.FromFS(hegui.Rulebook)})
				if code != cli.NotCompliant || stderr.Len() > 0 {
					b.Fatalf("exit code %d\n%s", code, &stderr)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/100, "ms/platform")
		})
	}
}

// multiplied is a folder of n platforms, for which there is as much memory as the program
// has.
func multiplied(b *testing.B, n int) string {
	b.Helper()
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(92 << 20)
	dir := b.TempDir()
	repo, err := source.OpenDir(".")
	if err != nil {
		b.Fatal(err)
	}
	if err := corpus.Write(dir, repo, n); err != nil {
		b.Fatal(err)
	}
	return dir
}

func judge(b *testing.B, book *rulebook.Rulebook, tree source.Tree) {
	day, err := calendar.ParseDate(asOf)
	if err != nil {
		b.Fatal(err)
	}
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: day, Jobs: runtime.GOMAXPROCS(0)}
	r := results.Collect(context.Background(), results.Run{Rulebook: book, AsOf: asOf}, auditor, audit.Discover(tree, nil)).For(results.Internal)
	if len(r.Errors) > 0 || len(r.Platforms) != 300 {
		b.Fatalf("%d platforms, errors %v", len(r.Platforms), r.Errors)
	}
	format, err := report.Find("json")
	if err != nil {
		b.Fatal(err)
	}
	if err := report.Write(io.Discard, format, r, report.Options{}); err != nil {
		b.Fatal(err)
	}
}

// decode is F.
func decode(b *testing.B, dir string) {
	files := make(chan string)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for file := range files {
				data, err := os.ReadFile(file)
				var node yaml.Node
				if err == nil {
					err = yaml.Unmarshal(data, &node)
				}
				if err != nil {
					b.Error(err)
				}
			}
		}()
	}
	err := filepath.WalkDir(dir, func(file string, _ os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(file, ".yaml") {
			files <- file
		}
		return err
	})
	close(files)
	workers.Wait()
	if err != nil {
		b.Fatal(err)
	}
}
