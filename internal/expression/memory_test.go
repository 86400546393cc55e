package expression_test

import (
	"strings"
	"testing"

	"hegui/internal/expression"
	"hegui/internal/trial"
)

// What is asked in a memory that was used before gives what it gives in a new one, and a
// frame sees nothing once its memory was taken back.
func TestMemoryIsUsedAgain(t *testing.T) {
	r, w := trial.Random(t), newWorld(t)
	var memory expression.Memory
	var last *expression.Frame
	for range trial.Tries(t, 300) {
		yaml := described(r)
		again, fresh := w.frameIn(t, &memory, yaml, "2026-12-01"), w.frame(t, yaml, "2026-12-01")
		for range 5 {
			text, want := draw(r, 'B', r.IntN(4), "t.o"), expression.Condition
			if r.IntN(3) == 0 {
				text, want = draw(r, 'M', 2, "t.o"), expression.Items
			}
			if _, problems := w.env.Scope().Compile(text, want); len(problems) > 0 {
				continue
			}
			if said, should := w.answer(t, text, want, again), w.answer(t, text, want, fresh); said != should {
				t.Fatalf("%s on %s:\n%s\nand in new memory\n%s", text, yaml, said, should)
			}
		}
		if r.IntN(2) == 0 {
			memory.Reuse()
			last = again
		} else {
			memory = expression.Memory{}
		}
	}
	seen := func() bool {
		defer func() { _ = recover() }() // it is no frame any more
		return last.Shows("t") || last.Fact("t").Value != nil
	}
	if last == nil || seen() {
		t.Error("what was read is still there")
	}
}

// Two frames never share a memory.
func TestMemoryHoldsOneFrame(t *testing.T) {
	w := newWorld(t)
	var memory expression.Memory
	first := w.frameIn(t, &memory, "{flag: true, must: [{id: a, ok: true}]}", "2026-12-01")
	second := w.frameIn(t, &memory, "{flag: false, must: [{id: b}]}", "2026-12-01")
	p := w.compile(t, "t.flag && t.must.all(m, m.ok)", expression.Condition)
	for range 2 {
		if got := write(p.True(first)); got != "true" {
			t.Errorf("the first says %s", got)
		}
		if got := write(p.True(second)); !strings.HasPrefix(got, "false") {
			t.Errorf("the second says %s", got)
		}
	}
}

// A name that is met after a frame was made, and stands for nothing there, is an error
// of the expression and no crash.
func TestNamesMetLater(t *testing.T) {
	w := newWorld(t)
	f := w.frame(t, "{flag: true}", "2026-12-01")
	p, problems := w.env.Scope().With("later", w.schema.Root).Compile("later.flag", expression.Condition)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if _, err := p.True(f); err == nil || !strings.Contains(err.Error(), "later") {
		t.Errorf("the error is %v", err)
	}
}
