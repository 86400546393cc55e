package document_test

import (
	"testing"

	"hegui/internal/document"
)

func TestEditorLeavesTheRest(t *testing.T) {
	const before = `# the file's own words
# second line

other: kept as is # why
verdicts:
  # about the first
  - id: one # its name
    zeta: last comes first
    note: 'single'
    gone: x
  - {id: two, note: flow}
  # about the third
  - id: three
    note: |
      block
      text
clauses: []
# the end
`
	const want = `# the file's own words
# second line

other: kept as is # why
verdicts:
  # about the first
  - id: one # its name
    zeta: last comes first
    note: new
    count: 3
  - {id: two, note: flow}
  # about the third
  - id: three
    note: |
      block
      text
  - id: four
    note: "true"
    on: 2026-12-01
    text: |-
      two
      lines
    count: "7"
clauses: []
# the end
`
	e, err := document.NewEditor([]byte(before))
	if err != nil {
		t.Fatal(err)
	}
	if same, err := e.Bytes(); err != nil || string(same) != before {
		t.Errorf("nothing was put, yet (%v):\n%s", err, same)
	}
	e.Put("verdicts", "id", "one", []document.Pair{{Key: "id", Value: "one"}, {Key: "note", Value: "new"}, {Key: "count", Value: int64(3)}, {Key: "zeta", Value: "last comes first"}})
	e.Put("verdicts", "id", "four", []document.Pair{{Key: "id", Value: "four"}, {Key: "note", Value: "true"}, {Key: "on", Value: "2026-12-01"},
		{Key: "text", Value: "two\nlines"}, {Key: "count", Value: "7"}})
	got, err := e.Bytes()
	if err != nil || string(got) != want {
		t.Errorf("%v:\n%s", err, got)
	}
	d := document.Parse("x.yaml", got, document.DefaultLimits())
	if four := d.Root.Find("/verdicts/3"); len(d.Problems) > 0 || four.Get("note").Kind != document.String || four.Get("count").Text != "7" || four.Get("text").Text != "two\nlines" {
		t.Errorf("it reads back as %v, %v", d.Root.Any(), d.Problems)
	}
}

func TestEditorBeginsFiles(t *testing.T) {
	for before, want := range map[string]string{
		"":           "list:\n  - id: a\n    text: 'b: c'\n",
		"# a head\n": "# a head\nlist:\n  - id: a\n    text: 'b: c'\n",
	} {
		e, err := document.NewEditor([]byte(before))
		if err != nil {
			t.Fatal(err)
		}
		e.Put("list", "id", "a", []document.Pair{{Key: "id", Value: "a"}, {Key: "text", Value: "b: c"}})
		if got, err := e.Bytes(); err != nil || string(got) != want {
			t.Errorf("%q becomes %q, %v", before, got, err)
		}
	}
	for _, text := range []string{"- a\n", "text\n", "a: [\n"} {
		if _, err := document.NewEditor([]byte(text)); err == nil {
			t.Errorf("%q can be edited", text)
		}
	}
}
