package page

import (
	"html/template"
	"io"
	"slices"
	"strconv"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// fleet is the page over all platforms.
type fleet struct {
	*results.Fleet
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
	ID, KindID, BureauID, GradeID string
	Name, KindTitle, GradeTitle   lang.Text
	MLPSLevel                     int
	Compliant                     bool
	Verdict                       lang.Text
	Unmet                         int
	Score                         results.Score
	Link                          string
	Bureau, Kind, Grade           int
	Heat                          []heat
	Blockers, Majors              string
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

// Index is the page over all platforms on its way. It keeps a row of each.
type Index struct {
	pages    *Pages
	counted  *results.Fleet
	chapters []results.Chapter
	rows     []fleetRow
}

// Index begins the page over all platforms.
func (p *Pages) Index() *Index {
	return &Index{pages: p, counted: results.NewFleet(p.run.Rulebook)}
}

// Add adds a platform; link leads to its own page, relative to this one.
func (x *Index) Add(p *results.Platform, link string) {
	run := x.pages.run
	withheld := p.Withheld(run)
	x.counted.Add(p, withheld)
	if x.chapters == nil {
		x.chapters = slices.Clone(p.Chapters)
	}
	row := fleetRow{ID: p.ID, Name: p.Name, KindTitle: p.KindTitle, KindID: p.Kind, BureauID: p.Bureau(), MLPSLevel: p.MLPSLevel, Compliant: p.Compliant, Verdict: p.Verdict(),
		Score: p.Score, Unmet: p.Unmet(), GradeID: p.Grade.ID, GradeTitle: p.Grade.Title, Link: link, Blockers: "–", Majors: "–"}
	if !withheld {
		open := p.Open()
		row.Blockers, row.Majors = strconv.Itoa(p.Grade.Open), strconv.Itoa(open.Major)
	}
	for _, c := range p.Chapters {
		row.Heat = append(row.Heat, heat{c.Score, step(c.Score, run.Rulebook.Grades)})
	}
	x.rows = append(x.rows, row)
}

// Write writes the page, now that the run's summary and errors are known; files
// are the other files beside it.
func (x *Index) Write(w io.Writer, run *results.Results, files []string) error {
	p := x.pages
	f := x.fleet(run, p.command(p.options.Only, "scorecard", "-o", "scorecards"))
	f.Files = files
	return p.write(w, sheet{dress: p.listed, Title: fleetTitle(), Fleet: f}, func() error { return nil })
}

func (x *Index) fleet(run *results.Results, command string) *fleet {
	x.counted.Sum()
	f := &fleet{Fleet: x.counted, Run: run, Command: command, Chapters: x.chapters, Rows: x.rows}
	if more := len(f.Failing) - maxFailing; more > 0 {
		f.Failing, f.MoreFailing = f.Failing[:maxFailing], more
	}
	bureaus, kinds, grades := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range f.Bureaus {
		bureaus[f.Bureaus[i].ID] = i
		if f.Bureaus[i].ID == "" {
			f.Bureaus[i].Title = lang.Say("未分部门", "no department")
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
	for i := range f.Rows {
		row := &f.Rows[i]
		row.Bureau, row.Kind, row.Grade = bureaus[row.BureauID], kinds[row.KindID], grades[row.GradeID]
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

// Graded reports whether any platform has a protection level.
func (f *fleet) Graded() bool {
	return slices.ContainsFunc(f.Rows, func(r fleetRow) bool { return r.MLPSLevel > 0 })
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
	return group{lang.Say("部门（目录）", "Department (folder)"), f.Bureaus}
}

// KindTable are the platforms by kind.
func (f *fleet) KindTable() group { return group{lang.Say("类别", "Kind"), f.Kinds} }
