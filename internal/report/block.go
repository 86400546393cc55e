package report

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// block is a finding with its equals: findings of the same check in the same file.
type block []*finding.Finding

func blockOf(equals []results.Listed) (b block) {
	for _, l := range equals {
		b = append(b, l.Finding)
	}
	return b
}

// held counts the findings of blocks.
func held(blocks []block) (n int) {
	for _, b := range blocks {
		n += len(b)
	}
	return n
}

// equality is what equal findings share. Findings of a check are equal whatever their
// items; others, and findings that got worse, only with the same message. Under a gate
// equals must also block, or pass, for the same reason.
type equality struct {
	check, path     string
	severity        finding.Severity
	waived          bool
	message, remedy lang.Text

	blocking, revealed, released, reported, stricter bool
}

func equal(l results.Listed) equality {
	f := l.Finding
	e := equality{check: f.Check, path: f.Location.Path, severity: f.Severity, waived: f.Waived, remedy: f.Remedy,
		blocking: l.Blocking, revealed: l.Revealed, released: l.Released, reported: l.Reported, stricter: l.Stricter}
	if f.Title.IsZero() || l.Worse {
		e.message = f.Message
	}
	return e
}

// together groups equal findings, each group in the place of its first.
func together(listed []results.Listed) (all [][]results.Listed) {
	at := make(map[equality]int, len(listed))
	for _, l := range listed {
		key := equal(l)
		if i, known := at[key]; known {
			all[i] = append(all[i], l)
			continue
		}
		at[key] = len(all)
		all = append(all, []results.Listed{l})
	}
	return all
}

// equals says where the other findings of a block are, nothing where there are none.
func (v voice) equals(b block) string {
	if len(b) == 1 {
		return ""
	}
	var others []string
	inOrder := func(a, b *finding.Finding) int { return cmp.Compare(a.Location.Line, b.Location.Line) }
	for _, f := range slices.SortedStableFunc(slices.Values(b[1:]), inOrder) {
		where := v.Say("第 %d 行", "line %d", f.Location.Line)
		if f.Location.Line == 0 {
			where = ""
		}
		if f.Item != "" && !f.Title.IsZero() {
			where = strings.TrimSpace(where + v.Say("（%s）", " (%s)", typeset.Inert(f.Item)))
		}
		others = append(others, cmp.Or(where, typeset.Inert(f.Location.Path)))
	}
	return v.Say("同样的共 %[1]d 处，另在：%[2]s", "%[1]d such, also at: %[2]s", len(b), v.List(others, maxNamed))
}
