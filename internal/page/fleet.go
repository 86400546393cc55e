package page

import (
	"cmp"
	"html/template"
	"io"
	"math/big"
	"path"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/score"
)

// fleet is the page over all platforms.
type fleet struct {
	*results.Fleet
	Run     *results.Results
	Command string
	// Files are the other files of the package, beside the page.
	Files       []string
	Rows        []fleetRow
	MoreFailing int
	Bins        []bin

	// Foreseen is set where somebody has looked ahead, Lapsing is what runs out then;
	// Veiled: the audience does not learn what. Calendar is the one beside the page.
	Foreseen, Veiled bool
	// Traced is set where somebody has looked back.
	Traced   bool
	Lapsing  *lapses
	Calendar string

	links  map[string]string // to the pages of platforms, by id
	places []int             // of the bars of clauses
	width  int               // of all of them
}

// fleetRow is one platform in the table; Bureau, Kind and Grade are places in
// the lists of filters.
type fleetRow struct {
	ID, Link            string
	Name                lang.Text
	KindID              string
	KindTitle           lang.Text
	MLPSLevel           int
	BureauID, GradeID   string
	BureauTitle         lang.Text
	GradeTitle          lang.Text
	Bureau, Kind, Grade int
	Score, Change       results.Number
	Compliant, Turned   bool
	Verdict             lang.Text
	Unmet, Overdue      int
	Blockers, Majors    string
	Lapses              string
	Verified            string
	// Verdicts are those on the clauses in their order, a letter each.
	Verdicts string
	Trend    *spark

	open int
}

// bin is one bar of the distribution.
type bin struct {
	N, From, To              int
	X, Mid, Y, Label, Height int
}

// What the page names at most: checks that fail, and orders and waivers that run out.
const (
	maxFailing = 20
	maxDue     = 20
)

// Index is the page over all platforms on its way. It keeps a row of each.
type Index struct {
	pages   *Pages
	counted *results.Fleet
	rows    []fleetRow
	ahead   *lapses // nil where nobody has looked ahead
	traced  bool    // somebody has looked back
}

// Index begins the page over all platforms.
func (p *Pages) Index() *Index {
	return &Index{pages: p, counted: results.NewFleet(p.run.Rulebook)}
}

// Add adds a platform; link leads to its own page, relative to this one.
func (x *Index) Add(p *results.Platform, link string) {
	withheld := p.Withheld(x.pages.run)
	x.counted.Add(p, withheld)
	row := fleetRow{ID: p.ID, Link: link, Name: p.Name, KindTitle: p.KindTitle, KindID: p.Kind, BureauID: p.Bureau(), MLPSLevel: p.MLPSLevel,
		GradeID: p.Grade.ID, GradeTitle: p.Grade.Title, Score: p.Score.Raw, Change: p.Change(), Compliant: p.Compliant, Verdict: p.Verdict(), Unmet: p.Unmet(),
		Overdue: p.Overdue(), Verdicts: letters(p.Clauses), Blockers: "–", Majors: "–", Verified: "–", Lapses: "–", open: p.Grade.Open}
	row.Turned = p.Previous != nil && p.Previous.Compliant != p.Compliant
	if !withheld {
		row.Blockers, row.Majors = strconv.Itoa(p.Grade.Open), strconv.Itoa(p.Open().Major)
	}
	if v := p.Verification; v != nil {
		row.Verified = percentage(v.Verified, v.Claims)
	}
	if p.Forecast != nil {
		if x.ahead == nil {
			x.ahead = &lapses{}
		}
		if n := x.ahead.add(p, link); !x.veiled() {
			row.Lapses = strconv.Itoa(n)
		}
	}
	row.Trend = sparkOf(p, x.pages.run.AsOf)
	x.traced = x.traced || row.Trend != nil
	x.rows = append(x.rows, row)
}

// veiled reports whether the audience does not learn what lapses.
func (x *Index) veiled() bool { return x.pages.run.Audience == string(results.Public) }

// letters are the verdicts on clauses, so short that two thousand platforms have room.
func letters(clauses []results.Clause) string {
	var b strings.Builder
	for i := range clauses {
		switch clauses[i].Verdict {
		case string(score.Met):
			b.WriteByte('m')
		case string(score.PartlyMet):
			b.WriteByte('p')
		case string(score.NotMet):
			b.WriteByte('n')
		default:
			b.WriteByte('-')
		}
	}
	return b.String()
}

// percentage is a part in percent, with a dash where there is nothing to share.
func percentage(part, of int) string {
	if of == 0 {
		return "–"
	}
	return score.Format(big.NewRat(int64(100*part), int64(of)))
}

// Write writes the page, now that the run's summary and errors are known; files
// are the other files beside it.
func (x *Index) Write(w io.Writer, run *results.Results, files []string) error {
	p := x.pages
	f := x.fleet(run, p.command(p.options.Only, "scorecard", "-o", "scorecards"))
	f.Files = files
	if at := slices.IndexFunc(files, func(name string) bool { return path.Ext(name) == ".ics" }); at >= 0 {
		f.Calendar = files[at]
	}
	return p.write(w, sheet{dress: p.listed.with(f.margins()), Title: fleetTitle(), Fleet: f}, func() error { return nil })
}

func (x *Index) fleet(run *results.Results, command string) *fleet {
	x.counted.Sum()
	f := &fleet{Fleet: x.counted, Run: run, Command: command, Rows: x.rows, links: map[string]string{},
		Foreseen: x.ahead != nil, Lapsing: x.ahead, Veiled: x.veiled(), Traced: x.traced}
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
		row.BureauTitle = f.Bureaus[row.Bureau].Title
		f.links[row.ID] = row.Link
	}
	slices.SortStableFunc(f.Rows, worse)
	f.draw()
	return f
}

// worse puts first what needs most: what does not comply, with the most blockers and
// the least score.
func worse(a, b fleetRow) int {
	rank := func(r fleetRow) int {
		if r.Compliant {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.open, a.open), cmp.Compare(percentOf(a.Score), percentOf(b.Score)), cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(a.ID, b.ID))
}

// Title is the platform's name, both languages of it.
func (r fleetRow) Title() template.HTML { return platformTitle(r.ID, r.Name) }

func platformTitle(id string, name lang.Text) template.HTML {
	if name.IsZero() {
		return isolated(id)
	}
	return both(name)
}

// Watch says what of a platform somebody has to look at: w for worse than before, o
// for overdue.
func (r fleetRow) Watch() string {
	var b strings.Builder
	if r.Falls() || r.Turned && !r.Compliant {
		b.WriteByte('w')
	}
	if r.Overdue > 0 {
		b.WriteByte('o')
	}
	return b.String()
}

// Falls reports whether the score is less than before.
func (r fleetRow) Falls() bool { return strings.HasPrefix(string(r.Change), "-") }

// NotMet counts the clauses that are not met.
func (r fleetRow) NotMet() int { return strings.Count(r.Verdicts, "n") }

// Rank sorts verdicts: what does not comply before what does, then by grade.
func (r fleetRow) Rank() int {
	if r.Compliant {
		return 100 - r.Grade
	}
	return 50 - r.Grade
}

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

// NotCompliant counts the others.
func (f *fleet) NotCompliant() int { return f.Run.Summary.Platforms - f.Run.Summary.Compliant }

// Departments reports whether the platforms are of several.
func (f *fleet) Departments() bool { return len(f.Bureaus) > 1 }

// VerifiedShare is that of the claims of the platforms that were examined.
func (f *fleet) VerifiedShare() string { return percentage(f.Verified, f.Claims) }

// Unexamined counts the platforms that no assessor has looked at.
func (f *fleet) Unexamined() int { return f.Run.Summary.Platforms - f.Examined }

// Steady counts the platforms whose score is what it was.
func (f *fleet) Steady() int { return f.Compared - f.Better - f.Worse }

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

// group is a table of groups under its heading, the one with the least mean first;
// Filter is the filter that they are values of.
type group struct {
	Head                       lang.Text
	Rows                       []groupRow
	Filter                     string
	Changed, Examined, Ordered bool
}

// groupRow is a group with its place among the filter's values.
type groupRow struct {
	results.Group
	Place int
}

// VerifiedShare is that of the claims of the platforms that were examined.
func (g groupRow) VerifiedShare() string { return percentage(g.Verified, g.Claims) }

// BureauTable are the platforms by the folder that holds theirs.
func (f *fleet) BureauTable() group {
	return f.group(lang.Say("部门", "Department"), "bureau", f.Bureaus)
}

// KindTable are the platforms by kind.
func (f *fleet) KindTable() group { return f.group(lang.Say("类别", "Kind"), "kind", f.Kinds) }

func (f *fleet) group(head lang.Text, filter string, groups []results.Group) group {
	g := group{Head: head, Filter: filter, Changed: f.Compared > 0, Examined: f.Examined > 0, Ordered: len(f.Orders) > 0}
	for i := range groups {
		g.Rows = append(g.Rows, groupRow{groups[i], i})
	}
	slices.SortStableFunc(g.Rows, func(a, b groupRow) int { return cmp.Compare(percentOf(a.Mean), percentOf(b.Mean)) })
	return g
}
