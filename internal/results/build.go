package results

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/picture"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/score"
	"hegui/internal/slab"
	"hegui/internal/stopwatch"
)

// Run is what a report needs to know of the run besides its platforms.
type Run struct {
	Rulebook *rulebook.Rulebook
	AsOf     string
	Version  string
	// Revision is what was read, nil for files in no repository.
	Revision *Revision
}

// New are the results of a run as long as nothing has been judged.
func New(run Run) *Results {
	return &Results{
		SchemaVersion: SchemaVersion,
		Tool:          Tool{Name: "hegui", Version: run.Version},
		Rulebook:      rules(run.Rulebook),
		AsOf:          run.AsOf,
		Revision:      run.Revision,
		Platforms:     []Platform{},
		Errors:        []lang.Text{},
	}
}

// Each judges the platforms in these folders and hands over what is to be read
// of each, in the order of the folders; only a few are held at a time.
func Each(ctx context.Context, auditor *audit.Auditor, folders []audit.Folder, reads Reads, hand func(Platform)) []audit.Failure {
	return Stream(ctx, auditor, folders, reads, func(p *Platform) Platform { return *p }, hand)
}

// Stream is Each that hands over what finish makes of a platform, which runs beside
// the judging.
func Stream[T any](ctx context.Context, auditor *audit.Auditor, folders []audit.Folder, reads Reads, finish func(*Platform) T, hand func(T)) []audit.Failure {
	rooms, l := slab.Spares[examine.Room]{}, newLayout(auditor.Rulebook)
	return audit.Lend(ctx, auditor, folders, func(p *audit.Platform) T {
		room := rooms.Take()
		if room == nil {
			room = new(examine.Room)
		}
		one := l.examined(auditor, room, p, reads)
		room.Leave()
		rooms.Leave(room)
		return finish(one)
	}, hand)
}

// examined examines, scores and lays out one platform. What it returns shares nothing
// with the room, nor with the outcomes.
func (l *layout) examined(auditor *audit.Auditor, room *examine.Room, p *audit.Platform, reads Reads) *Platform {
	defer auditor.Watch.Time(stopwatch.Score)()
	examined := room.Apply(l.book, p, nil, auditor.AsOf)
	s := l.scale.Compute(examined)
	into := l.enterRoom()
	one := l.layIn(into, examined, &s, auditor.AsOf, reads)
	one.room = into
	return &one
}

// lay lays out what is read of one platform that lasts.
func (l *layout) lay(examined *examine.Platform, s *score.Result, day calendar.Date, reads Reads) Platform {
	return l.layIn(new(room), examined, s, day, reads)
}

// layIn lays out what is read of one platform in a room.
func (l *layout) layIn(room *room, examined *examine.Platform, s *score.Result, day calendar.Date, reads Reads) Platform {
	book, one := l.book, l.plain(room, examined, *s, day.String())
	if reads&Items != 0 {
		one.itemise(room, examined)
	}
	if reads&Reach != 0 {
		one.reach = examined.Reach()
	}
	if reads&Ledger != 0 {
		one.account(room, book, examined, s)
	}
	if reads&FirstSteps != 0 {
		one.Next = next(score.FirstSteps(book.Regulation, book.Policy, examined, s))
	}
	if reads&Drawing != 0 {
		one.Picture, one.redactedPicture = picture.Of(book, examined, false), picture.Of(book, examined, true)
	}
	return one
}

// Collect are the results of the platforms in these folders, all of them held
// at once.
func Collect(ctx context.Context, run Run, auditor *audit.Auditor, folders []audit.Folder) *Results {
	r := New(run)
	r.Fail(Each(ctx, auditor, folders, Everything, r.Add))
	return r
}

// Add adds a platform and counts it.
func (r *Results) Add(p Platform) {
	r.Platforms = append(r.Platforms, p)
	r.Count(&p)
}

// Count counts a platform that is not kept, before anything is left out of it
// for an audience.
func (r *Results) Count(p *Platform) { r.Summary.add(p) }

// Fail notes what could not be judged.
func (r *Results) Fail(failures []audit.Failure) {
	for _, failure := range failures {
		r.Errors, r.failed = append(r.Errors, failure.Message), append(r.failed, failure.Platform)
	}
}

func (s *Summary) add(p *Platform) {
	s.Platforms++
	if p.Compliant {
		s.Compliant++
	}
	if slices.ContainsFunc(p.Findings, func(f finding.Finding) bool { return f.Defect() }) {
		s.Defective++
	}
	s.Blockers += p.Grade.Open
	s.Findings.sum(p.Open())
	if p.Forecast != nil {
		s.lapse(len(p.Due()))
	}
}

func (s *Summary) lapse(n int) {
	if s.Lapses != nil {
		n += *s.Lapses
	}
	s.Lapses = &n
}

func (c *Counts) add(severity finding.Severity) {
	switch severity {
	case finding.Blocker:
		c.Blocker++
	case finding.Major:
		c.Major++
	case finding.Minor:
		c.Minor++
	default:
		c.Advisory++
	}
}

// Of lays out one platform as a gate lays out those that a change touches.
func Of(book *rulebook.Rulebook, p *examine.Platform, s score.Result, day calendar.Date) Platform {
	return newLayout(book).lay(p, &s, day, touched)
}

// touched is what the reports of a gate read of a platform.
const touched = Items | Ledger | Reach

// itemise says of each check what came of its items, and what evidence there is.
func (p *Platform) itemise(room *room, examined *examine.Platform) {
	p.Evidence = within(&room.evidence, len(examined.Evidence))
	copy(p.Evidence, examined.Evidence)
	n := 0
	for i := range examined.Checks {
		n += len(examined.Checks[i].Items)
	}
	left := within(&room.items, n) // the items of all checks lie side by side
	for i := range examined.Checks {
		if all := examined.Checks[i].Items; len(all) > 0 {
			p.Checks[i].Items, left = left[:len(all):len(all)], left[len(all):]
			layItems(p.Checks[i].Items, p.Evidence, all)
		}
	}
}

// account draws up losses and problems.
func (p *Platform) account(room *room, book *rulebook.Rulebook, examined *examine.Platform, s *score.Result) {
	p.Losses = room.losses(book.Policy, examined, s, p.Waiting)
	p.Problems = room.listProblems(p)
}

// plain lays out what every report reads of a platform.
func (l *layout) plain(room *room, p *examine.Platform, s score.Result, day string) Platform {
	book := l.book
	out := Platform{
		ID: p.ID, Path: p.Path, Code: p.Code, Name: p.Name, Kind: p.Kind, KindTitle: p.KindTitle, Stage: p.Stage, StageTitle: p.StageTitle,
		MLPSLevel: p.MLPSLevel, Sensitivity: p.Sensitivity, Profile: p.Profile,
		Compliant: s.Compliant, Reasons: list(s.Reasons),
		Grade: Grade{ID: s.Grade.ID, Title: s.Grade.Title, Vetoes: list(s.Vetoes)},
		Score: Score{Raw: Number(score.Format(s.Raw)), Adjusted: Number(score.Format(s.Adjusted)), Verified: Number(score.Format(s.Verified)),
			PointsApplicable: Number(score.Format(s.PointsApplicable)), Gained: Number(score.FormatExact(s.Gained)),
			Lost: Number(score.FormatExact(new(big.Rat).Sub(s.PointsApplicable, s.Gained)))},
		Chapters: chapters(book.Regulation, s), Clauses: clauses(book, p, s), Checks: l.checks(p, room),
		Findings: causesFirst(within(&room.findings, len(p.Findings)), p.Findings), Evidence: []audit.Evidence{}, Waivers: list(p.Waivers),
		Verdicts: list(p.Verdicts), ClauseVerdicts: list(p.ClauseVerdicts), Verification: verification(p), Waiting: waiting(p),
		Statutory: statutory(s), Risks: risks(book, p), GradeConditions: gradeConditions(s), OutOfForce: outOfForce(p), Upcoming: upcoming(book, p, day), Decisions: decisions(p),
		Topics: topics(p), Conditions: conditions(s),
		Orders: orders(p, day), asOf: day, pinned: len(p.Verdicts) > 0, rechecked: rechecked(p.Verdicts, day),
	}
	out.Grade.Open = out.Open().Blocker
	return out
}

func topics(p *examine.Platform) []Topic {
	var out []Topic
	for _, t := range p.Progress {
		out = append(out, Topic{ID: t.Topic, Title: t.Title, Stated: t.Stated, Asked: t.Asked})
	}
	return out
}

func next(n score.Next) *Next {
	return &Next{Lift: n.Lift, Complies: n.Complies, Cheapest: n.Cheapest, Gain: Number(score.Format(n.Gain))}
}

func statutory(s score.Result) *Statutory {
	if s.Statutory.Applicable == 0 {
		return nil
	}
	return &Statutory{Applicable: s.Statutory.Applicable, Unmet: len(s.Statutory.Unmet), Checks: list(s.Statutory.Unmet)}
}

func gradeConditions(s score.Result) []GradeCondition {
	var out []GradeCondition
	for _, lost := range s.Lost {
		out = append(out, gradeCondition(lost))
	}
	return out
}

func gradeCondition(lost score.LostGrade) GradeCondition {
	return GradeCondition{Grade: lost.Grade.ID, Title: lost.Grade.Title, Condition: lost.Condition.Text(), Count: len(lost.Checks), Checks: list(lost.Checks)}
}

func chapters(reg rulebook.Regulation, s score.Result) []Chapter {
	out := make([]Chapter, len(s.Chapters))
	for i, c := range s.Chapters {
		// The points that are scored, so that the reader can redo the total.
		out[i] = Chapter{ID: c.ID, Title: reg.Chapters[i].Title, Points: Number(c.Applicable.Format()), Score: Number(c.Score.Format()),
			Gained: Number(c.Gained.FormatExact())}
	}
	return out
}

// rules are what the reader needs of the rulebook.
func rules(book *rulebook.Rulebook) Rulebook {
	return Rulebook{Digest: book.Digest, Regulation: book.Regulation.ID, Title: book.Regulation.Title, Overlays: list(book.Overlays),
		Note: book.Regulation.Note, Sections: sections(book.Regulation), Topics: titled(book.Schemas.Topics()), Grades: grades(book.Policy), Minimum: Number(score.Format(book.Policy.Minimum)), Sources: sources(book), RepositoryURL: book.Policy.RepositoryURL, Bureaus: bureaus(book.Policy), Checks: checkRules(book), Rules: book.Checks, Schemas: book.Schemas}
}

func sections(reg rulebook.Regulation) []Section {
	out := make([]Section, len(reg.Sections))
	for i, s := range reg.Sections {
		out[i] = Section{ID: s.ID, Title: s.Title}
	}
	return out
}

func titled(topics []*schema.Schema) []Section {
	out := make([]Section, len(topics))
	for i, t := range topics {
		out[i] = Section{ID: t.Name, Title: t.Root.Title}
	}
	return out
}

func bureaus(policy rulebook.Policy) []Bureau {
	var out []Bureau
	for _, b := range policy.Bureaus {
		out = append(out, Bureau(b))
	}
	return out
}

func grades(policy rulebook.Policy) []GradeRange {
	out := make([]GradeRange, len(policy.Grades))
	for i, g := range policy.Grades {
		out[i] = GradeRange{ID: g.ID, Min: Number(score.Format(g.Min)), Title: g.Title}
	}
	return out
}

func clauses(book *rulebook.Rulebook, p *examine.Platform, s score.Result) []Clause {
	out := make([]Clause, len(s.Clauses))
	for i := range s.Clauses {
		c := &s.Clauses[i]
		rule := book.Clause(c.ID)
		out[i] = Clause{ID: c.ID, Title: rule.Title, Points: Number(c.Points.Format()), Score: Number(c.Score.Format()),
			Verdict: string(c.Verdict), Reason: c.Reason, Waived: c.Waived, Checks: list(c.Checks),
			Chapter: rule.Chapter, Section: rule.Section, Home: list(c.Home),
			Weight: Number(c.Weight.Format()), Attained: Number(c.Attained.FormatShort()), Gained: Number(c.Gained.FormatExact()), Elsewhere: elsewhere(p, c.ID, s.Citing(i))}
	}
	return out
}

func layItems(out []Item, evidence []audit.Evidence, all []examine.Item) {
	for i := range all {
		item := &all[i]
		pin := item.Pin()
		out[i] = Item{Item: item.Name, Outcome: item.Outcome, State: item.State, Fact: pin.Fact, CausedBy: item.CausedBy,
			Declared: pin.Declared, redacted: item.Redacted, sensitive: pin.Sensitive, keys: item.Keys}
		out[i].Evidence, out[i].open = cited(evidence, pin.Cites)
	}
}

// cited are the names of the evidence at these places, each once; open are those that
// are not sensitive.
func cited(all []audit.Evidence, places []int) (names, open []string) {
	for _, i := range places {
		if name := all[i].Name(); !slices.Contains(names, name) {
			names = append(names, name)
		}
		if name := all[i].Name(); !all[i].Sensitive && !slices.Contains(open, name) {
			open = append(open, name)
		}
	}
	if len(open) == len(names) {
		open = names
	}
	return names, open
}

func outOfForce(p *examine.Platform) []OutOfForce {
	var out []OutOfForce
	for _, c := range p.Checks {
		if !c.OutOfForce.IsZero() {
			one := OutOfForce{Check: c.Rule.ID, Title: c.Rule.Title, Reason: c.OutOfForce}
			if c.Upcoming != nil {
				one.EffectiveOn = c.Upcoming.String()
			}
			out = append(out, one)
		}
	}
	return out
}

// causesFirst puts what checks wait for before all else, what holds up most
// first: it is to be fixed first as well.
func causesFirst(sorted, all []finding.Finding) []finding.Finding {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(len(all[j].Waiting), len(all[i].Waiting)) })
	for i, from := range order {
		sorted[i] = all[from]
	}
	return sorted
}

// waiting are the findings that checks wait for, the ones that hold up most
// first.
func waiting(p *examine.Platform) []Waiting {
	n := 0
	for i := range p.Findings {
		if len(p.Findings[i].Waiting) > 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out, seen := make([]Waiting, 0, n), make(map[string]struct{}, n)
	for i := range p.Findings {
		f := &p.Findings[i]
		if _, known := seen[f.Fingerprint]; len(f.Waiting) > 0 && !known {
			seen[f.Fingerprint] = struct{}{}
			out = append(out, Waiting{Cause: f.Fingerprint, Checks: f.Waiting})
		}
	}
	slices.SortStableFunc(out, func(a, b Waiting) int { return cmp.Compare(len(b.Checks), len(a.Checks)) })
	return out
}
