package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui"
	"hegui/internal/calendar"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// Most checks have a translation, in the words that a policy is written in by hand.
func TestPolicy(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPolicy(book, day, len(book.Checks), len(book.Checks)+1)
	if err != nil {
		t.Fatal(err)
	}
	if p.checks < len(book.Checks)/2 || len(p.rules) != len(book.Checks)+1 {
		t.Errorf("%d of %d checks, in %d rules", p.checks, len(book.Checks), len(p.rules))
	}
	const want = `
deny contains found("backups.copies-encrypted", id, concat("/", [set_1.name, copy_2.name])) if {
	some id, topics in platforms
	topics.platform.stage in ["trial", "operating"]
	some set_1 in topics.backups.sets
	some copy_2 in set_1.copies
	copy_2.cipher == "none"
}
`
	if !strings.Contains(p.text.String(), want) {
		t.Errorf("the policy does not hold%s", want)
	}
	few, err := newPolicy(book, day, simple, simple)
	if err != nil || few.checks != simple || len(few.rules) != simple {
		t.Errorf("%d checks in %d rules, %v", few.checks, len(few.rules), err)
	}
}

// What one program alone finds is said, and so is a rule that finds less under its
// second name.
func TestSameFindings(t *testing.T) {
	one, other := found{"a", "p", "x"}, found{"a", "p", "y"}
	again := func(f found) found { f.Check += "#1"; return f }
	for want, theirs := range map[string]map[found]bool{
		"":                          {one: true, other: true, again(one): true, again(other): true},
		`hegui alone: a#1, p, "y"`:  {one: true, other: true, again(one): true},
		`hegui alone: a, p, "y"`:    {one: true, again(one): true, again(other): true},
		`conftest alone: a, p, "z"`: {one: true, other: true, {"a", "p", "z"}: true, again(one): true, again(other): true},
	} {
		p := &policy{rules: map[string]string{"a": "a", "a#1": "a"}}
		err := p.same(map[found]bool{one: true, other: true, {"b", "p", "x"}: true}, theirs)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) || err == nil && p.findings != 4 {
			t.Errorf("%q: %v, %d findings", want, err, p.findings)
		}
	}
	p := &policy{rules: map[string]string{"a": "a"}}
	if p.same(map[found]bool{{"b", "p", "x"}: true}, nil) == nil {
		t.Error("nothing found by either is called the same")
	}
}

// A goal is met or missed by its figure, and one without a figure is said and counted.
func TestTable(t *testing.T) {
	var out bytes.Buffer
	table := &table{w: &out}
	table.row("text, CPU", 1.5, 1.5, "F", 10.25, 1.5)
	table.row("peak", 129, 128, "MiB")
	table.row("wall", 1234.5, 0, "s")
	table.open("growth", "it wants two sizes")
	if err := table.end(); err != nil {
		t.Fatal(err)
	}
	const want = `| text, CPU | 1.5 F | 10.25 | 1.50 | ≤ 1.5 F | yes |
| peak | 129 MiB |  |  | ≤ 128 MiB | **no** |
| wall | 1234 s |  |  |  |  |
| growth | not measured: it wants two sizes |  |  |  | **no** |

1 goals met, 1 missed, 1 not measured; 1 figures without a goal
`
	if out.String() != want {
		t.Errorf("%s\nwant\n%s", &out, want)
	}
	page := filepath.Join(t.TempDir(), "page.md")
	for _, before := range []string{"# P\n\n## Measured\n\nold\n\n## More\n\nmore\n", "# P\n\n## Measured\n\nx\n\n## More\n\nmore\n"} {
		if err := os.WriteFile(page, []byte(before), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := replace(page, out.String()); err != nil {
			t.Fatal(err)
		}
		if after, err := os.ReadFile(page); err != nil || string(after) != "# P\n\n## Measured\n\n"+want+"\n## More\n\nmore\n" {
			t.Errorf("%q, %v", after, err)
		}
	}
	if err := os.WriteFile(page, []byte("# P\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if replace(page, "x") == nil {
		t.Error("a page without the section is written")
	}
}
