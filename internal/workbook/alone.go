package workbook

import (
	"math"

	"hegui/internal/lang"
)

// alone looks whether the verdicts stand as a sort of their column alone leaves them,
// which no hidden column shows: in the rows as they were written, without a gap from
// the first on, all that are alike together.
type alone struct {
	// rows are those of ours, ordered is false once one stands before an earlier one.
	rows, last int
	disordered bool
	// gap is set where a row before an answer has none, beside where anything but a
	// verdict is filled in: then a sort would have left that behind, which shows.
	gap, beside bool
	// runs counts the verdicts that differ from the one before, first is the cell.
	counts map[string]int
	runs   int
	said   string
	first  string
}

// row notes a row of ours, and the verdict in it, "" for none.
func (a *alone) row(r *rowReader, order int, verdict string) {
	a.rows++
	a.disordered, a.last = a.disordered || order < a.last, order
	for _, c := range r.table.columns {
		a.beside = a.beside || c.input && c.id != "verdict" && textAt(r.cells, r.columns[c.id]) != ""
	}
	if verdict == "" {
		return
	}
	if a.counts == nil {
		a.counts, a.first = map[string]int{}, r.cell("verdict").place
	}
	if verdict != a.said {
		a.runs++
	}
	a.counts[verdict]++
	a.said = verdict
	total := 0
	for _, n := range a.counts {
		total += n
	}
	a.gap = a.gap || total != a.rows
}

// chance is how improbable it has to be that verdicts stand in this order for another
// reason: once in a million.
const chance = 1e6

// refuse refuses the sheet where that is so.
func (a *alone) refuse(t *tableReader) {
	if a.disordered || a.gap || a.beside || len(a.counts) < 2 || a.runs != len(a.counts) {
		return
	}
	total := 0
	ways := -logFactorial(len(a.counts))
	for _, n := range a.counts {
		total += n
		ways -= logFactorial(n)
	}
	if ways+logFactorial(total) < math.Log(chance) {
		return
	}
	t.fail(a.first, lang.Say("评估结论从第一行起按种类排在一起，像是只排序了这一列：撤销排序；确是这样填的，就把整行按编号排序后再收回",
		"from the first row on the verdicts stand in groups, as a sort of this column alone leaves them: undo the sort; if you have filled them in so, sort whole rows by number and import again"))
}

func logFactorial(n int) float64 {
	value, _ := math.Lgamma(float64(n) + 1)
	return value
}
