package report

import (
	"html/template"
	"slices"
	"strconv"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// fleet is the page over all platforms.
type fleet struct {
	results.Fleet
	Run     *results.Results
	Command string
	// Files are the other files of the package, beside the page.
	Files       []string
	Chapters    []results.Chapter
	Rows        []fleetRow
	MoreFailing int
	Bins        []bin
}

// fleetRow is one platform in the table; Bureau, Kind and Grade are places in
// the lists of filters.
type fleetRow struct {
	*results.Platform
	Link                string
	Bureau, Kind, Grade int
	KindID              string
	GradeTitle          lang.Text
	Heat                []heat
	Blockers, Majors    string
}

// heat is one cell of the map: a chapter's score, shaded by grade.
type heat struct {
	Score results.Number
	Step  int
}

// bin is one bar of the distribution.
type bin struct {
	N, From, To              int
	X, Mid, Y, Label, Height int
}

// maxFailing is how many checks the page names.
const maxFailing = 20

func newFleet(r *results.Results, link func(i int) string, command string) *fleet {
	f := &fleet{Fleet: r.Fleet(), Run: r, Command: command}
	if len(r.Platforms) > 0 {
		f.Chapters = r.Platforms[0].Chapters
	}
	if more := len(f.Failing) - maxFailing; more > 0 {
		f.Failing, f.MoreFailing = f.Failing[:maxFailing], more
	}
	bureaus, kinds, grades := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range f.Bureaus {
		bureaus[f.Bureaus[i].ID] = i
		if f.Bureaus[i].ID == "" {
			f.Bureaus[i].Title = lang.Say("未分部门", "no bureau")
		}
	}
	for i := range f.Kinds {
		kinds[f.Kinds[i].ID] = i
		if f.Kinds[i].Title.IsZero() {
			f.Kinds[i].Title = lang.Say("未写明", "not stated")
		}
	}
	for i, g := range f.Grades {
		grades[g.ID] = i
	}
	f.Rows = make([]fleetRow, len(r.Platforms))
	for i := range r.Platforms {
		p := &r.Platforms[i]
		row := fleetRow{Platform: p, Link: link(i), Bureau: bureaus[p.Bureau()], Kind: kinds[p.Kind], KindID: p.Kind, Grade: grades[p.Grade.ID], GradeTitle: p.Grade.Title,
			Blockers: "–", Majors: "–"}
		if !p.Withheld(r) {
			open := p.Open()
			row.Blockers, row.Majors = strconv.Itoa(open.Blocker), strconv.Itoa(open.Major)
		}
		for _, c := range p.Chapters {
			row.Heat = append(row.Heat, heat{c.Score, step(c.Score, r.Rulebook.Grades)})
		}
		f.Rows[i] = row
	}
	f.draw()
	return f
}

// Title is the platform's name, both languages of it.
func (r fleetRow) Title() template.HTML {
	if r.Name.IsZero() {
		return isolated(r.ID)
	}
	return both(r.Name)
}

// NotCompliant counts the others.
func (f *fleet) NotCompliant() int { return f.Run.Summary.Platforms - f.Run.Summary.Compliant }

// step is a score's shade: that of its grade, 1 the best; 0 without a score.
func step(score results.Number, grades []results.GradeRange) int {
	if score == "" {
		return 0
	}
	at := slices.IndexFunc(grades, func(g results.GradeRange) bool { return percentOf(score) >= percentOf(g.Min) })
	if at < 0 {
		at = len(grades)
	}
	return min(at+1, 5)
}

// draw lays out the distribution.
func (f *fleet) draw() {
	most := max(1, slices.Max(f.Fleet.Bins[:]))
	for i, n := range f.Fleet.Bins {
		height := n * 110 / most
		if n > 0 {
			height = max(height, 2)
		}
		to := 10*i + 9
		if i == len(f.Fleet.Bins)-1 {
			to = 100
		}
		f.Bins = append(f.Bins, bin{N: n, From: 10 * i, To: to, X: 50*i + 4, Mid: 50*i + 25, Y: 130 - height, Label: 126 - height, Height: height})
	}
}

// group is a table of groups under its heading.
type group struct {
	Head   lang.Text
	Groups []results.Group
}

// BureauTable are the platforms by the folder that holds theirs.
func (f *fleet) BureauTable() group {
	return group{lang.Say("部门（目录）", "Bureau (folder)"), f.Bureaus}
}

// KindTable are the platforms by kind.
func (f *fleet) KindTable() group { return group{lang.Say("类别", "Kind"), f.Kinds} }
