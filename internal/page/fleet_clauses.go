package page

import (
	"strconv"
	"strings"

	"hegui/internal/results"
)

// ranked is a clause among the worst: its place in the rows' verdicts, and the shares
// that are drawn.
type ranked struct {
	results.ClauseTally
	Place         int
	Width, Beside string
}

// maxWorst is how many of the worst clauses are listed unfolded.
const maxWorst = 12

// Ranking are the clauses that are not met, the worst first.
func (f *fleet) Ranking() []ranked {
	places := map[string]int{}
	for i := range f.Clauses {
		places[f.Clauses[i].ID] = i
	}
	var out []ranked
	for _, c := range f.Worst() {
		all := float64(c.Applying())
		out = append(out, ranked{c, places[c.ID], decimal(100 * float64(c.NotMet) / all), decimal(100 * float64(c.NotMet+c.Partly) / all)})
	}
	return out
}

// WorstClauses are the first of the ranking, MoreClauses the others.
func (f *fleet) WorstClauses() []ranked {
	all := f.Ranking()
	return all[:min(len(all), maxWorst)]
}

// MoreClauses are those of the ranking that are folded away.
func (f *fleet) MoreClauses() []ranked {
	all := f.Ranking()
	return all[min(len(all), maxWorst):]
}

// Share is the percentage of the platforms that the clause applies to and that do not
// meet it.
func (r ranked) Share() string { return percentage(r.NotMet, r.Applying()) }

// strip draws the verdicts on the clauses of one platform side by side: the less is
// met, the higher the bar, so that nothing rests on colour. Each path holds the bars
// of one verdict.
type strip struct {
	Width               int
	Met, Partly, NotMet string
}

// Where bars stand: a step for each clause, and a gap before each chapter.
const (
	stripStep = 4
	stripGap  = 4
)

// columns are the places of the bars: those of clauses that apply to no platform have
// none.
func (f *fleet) columns() (places []int, width int, chapters map[string]int) {
	chapters = map[string]int{}
	chapter := ""
	for i := range f.Clauses {
		c := &f.Clauses[i]
		if c.Applying() == 0 {
			places = append(places, -1)
			continue
		}
		if c.Chapter != chapter {
			if chapter != "" {
				width += stripGap
			}
			chapter = c.Chapter
			chapters[chapter] = width
		}
		places = append(places, width+stripStep/2)
		width += stripStep
	}
	return places, width, chapters
}

// Strip lays out one row's verdicts.
func (f *fleet) Strip(verdicts string) strip {
	if f.places == nil {
		f.places, f.width, _ = f.columns()
	}
	paths := map[byte]*strings.Builder{'m': {}, 'p': {}, 'n': {}}
	bars := map[byte]string{'m': " 10v2", 'p': " 6v6", 'n': " 0v12"}
	for i := range min(len(verdicts), len(f.places)) {
		if path := paths[verdicts[i]]; path != nil && f.places[i] >= 0 {
			path.WriteString("M" + strconv.Itoa(f.places[i]) + bars[verdicts[i]])
		}
	}
	return strip{f.width, paths['m'].String(), paths['p'].String(), paths['n'].String()}
}

// mark is the number of a chapter above its bars.
type mark struct {
	X  int
	ID string
}

// StripHead are the chapters above the strips, and how wide these are.
func (f *fleet) StripHead() (marks []mark) {
	_, _, chapters := f.columns()
	for i := range f.Clauses {
		id := f.Clauses[i].Chapter
		if x, stands := chapters[id]; stands {
			delete(chapters, id)
			marks = append(marks, mark{x, id})
		}
	}
	return marks
}

// StripWidth is that of all strips.
func (f *fleet) StripWidth() int {
	_, width, _ := f.columns()
	return width
}
