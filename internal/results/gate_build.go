package results

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/compare"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/term"
	"hegui/internal/timeline"
)

// GateRun is what a report needs to know of a judged change besides its
// platforms.
type GateRun struct {
	Run
	// Base, Head and Baselines are commits; Head is empty for the working tree.
	Base, Head string
	Baselines  []string
	Merged     bool
	Audience   Audience
	// Promised are the releases that wait for their merge, Spoilt the files of them that
	// head breaks.
	Promised []compare.Promise
	Spoilt   finding.Defects
	// Impact is what becomes of the rulebook; nil when the change does not touch it.
	Impact *RulebookImpact
	// Failures are what the impact could not be found out of.
	Failures []audit.Failure
	// Bare is set where no report reads the platforms.
	Bare bool
	// Seen is told of each platform that head has as it is judged, nil where nobody asks.
	Seen func(*Platform)
}

// RulebookImpact is what a change does to the rulebook.
type RulebookImpact struct {
	Files   []string
	Defects finding.Defects
	Effects []compare.Effect
	// Loosened is what head's rulebook no longer asks for.
	Loosened []compare.ScopeChange
	// Tightened is what it asks for that was not asked for before.
	Tightened  []compare.ScopeChange
	Unaffected int
	// Later are the days on which what is only announced makes a difference.
	Later []compare.Later
	// Amendments are the articles that the change touches.
	Amendments []compare.Amendment
}

// BuildGate judges a change and lays it out for the reports, as its audience may see
// it. Each hands over the platforms of head that the change touches; Close lets them go.
func BuildGate(ctx context.Context, run GateRun, judge *compare.Judge, trees compare.Trees) *Results {
	r := New(run.Run)
	r.Audience = string(run.Audience)
	g := gate(run)
	r.shelf = &shelf{}
	r.Fail(run.Failures)
	lay := newLayout(run.Rulebook)
	r.Fail(compare.Each(ctx, judge, trees, func(p *compare.Platform) *laidOut { return lay.change(p, judge.AsOf) }, func(l *laidOut) {
		g.join(&l.gate)
		if l.platform != nil {
			r.Count(l.platform)
			if run.Seen != nil {
				run.Seen(l.platform)
			}
			if seen := l.platform.For(run.Audience); !run.Bare {
				r.shelf.put(r, &seen)
			}
		}
	}))
	g.Passed = len(g.Blocks) == 0
	slices.SortStableFunc(g.Findings, func(x, y GateFinding) int { return cmp.Compare(place(x.Reported), place(y.Reported)) })
	r.Gate = g.For(run.Audience)
	return r
}

// place is that of a finding: what a change puts on record comes first.
func place(reported bool) int {
	if reported {
		return 0
	}
	return 1
}

// laidOut is what is to be said of one platform that a change touches: as head has
// it, nil where it has not, and its part of the gate.
type laidOut struct {
	platform *Platform
	gate     Gate
}

// change lays out what a change does to a platform.
func (l *layout) change(p *compare.Platform, day calendar.Date) *laidOut {
	out := &laidOut{}
	if p.After != nil {
		of := l.lay(p.After.Platform, &p.After.Score, day, touched)
		out.platform = &of
	}
	out.gate.platform(l.book, p)
	return out
}

// join adds what is said of a platform.
func (g *Gate) join(p *Gate) {
	g.New.sum(p.New)
	g.Fixed.sum(p.Fixed)
	g.Withdrawn.sum(p.Withdrawn)
	g.Unchanged.sum(p.Unchanged)
	g.Blocks, g.redacted = append(g.Blocks, p.Blocks...), append(g.redacted, p.redacted...)
	g.Findings, g.Gone, g.Worse = append(g.Findings, p.Findings...), append(g.Gone, p.Gone...), append(g.Worse, p.Worse...)
	g.Platforms = append(g.Platforms, p.Platforms...)
	g.ScopeChanges = append(g.ScopeChanges, p.ScopeChanges...)
	g.Waivers = append(g.Waivers, p.Waivers...)
}

// gate is what is said of a change besides its platforms.
func gate(run GateRun) *Gate {
	g := &Gate{Base: run.Base, Baselines: list(run.Baselines), Merged: run.Merged, Blocks: []lang.Text{}, redacted: []lang.Text{}, Findings: []GateFinding{}, Gone: []GateFinding{}, Worse: []GateFinding{},
		Platforms: []GatePlatform{}, ScopeChanges: []ScopeChange{}, Waivers: []GateWaiver{}, Impact: impact(run.Impact)}
	if run.Head != "" {
		g.Head = &run.Head
	}
	g.defects(run.Spoilt)
	for _, w := range run.Promised {
		g.Waivers = append(g.Waivers, GateWaiver{w.Code, w.Waiver, w.Message, w.Remedy})
	}
	if run.Impact != nil {
		g.defects(run.Impact.Defects)
		for _, c := range run.Impact.Loosened {
			g.scope("", c)
			if c.Blocking {
				g.block(lang.Marked{Full: lang.Say("规则库放宽：%s", "the rulebook asks for less: %s", c.Message.Full), Redacted: lang.Say("规则库放宽：%s", "the rulebook asks for less: %s", c.Message.Redacted)})
			}
		}
	}
	return g
}

// defects are findings here: a rulebook that head breaks is head's fault.
func (g *Gate) defects(defects finding.Defects) {
	for _, d := range defects {
		g.New.add(finding.Blocker)
		g.Findings = append(g.Findings, GateFinding{Blocking: true, Finding: finding.Finding{
			Check: "rulebook.defect", Clauses: []string{}, Severity: finding.Blocker, Message: d.Message,
			Remedy:      lang.Say("改正规则库；hegui test 能在本地查出", "fix the rulebook; hegui test finds it locally"),
			Fingerprint: finding.Fingerprint("rulebook.defect", "", d.Path, d.Message.EN),
			Location:    finding.Location{Path: d.Path, Line: d.Line, Column: d.Column, EndLine: d.Line, EndColumn: d.Column},
		}})
	}
	if len(defects) > 0 {
		g.block(lang.Open(lang.Say("改动后的规则库有 %d 处缺陷", "defects of the rulebook as the change leaves it: %d", len(defects))))
	}
}

func (g *Gate) block(reason lang.Marked) {
	g.Blocks, g.redacted = append(g.Blocks, reason.Full), append(g.redacted, reason.Redacted)
}

func (g *Gate) platform(book *rulebook.Rulebook, p *compare.Platform) {
	row := gatePlatform(book.Regulation, p)
	for _, f := range p.New {
		row.New.add(f.Severity)
		g.Findings = append(g.Findings, GateFinding{Finding: f.Finding, Platform: p.ID(), Blocking: f.Blocking, Revealed: f.Revealed, Released: f.Released, Reported: f.Reported, Stricter: f.Stricter})
	}
	for _, f := range p.Fixed {
		row.Fixed.add(f.Severity)
		g.Gone = append(g.Gone, GateFinding{Finding: f, Platform: p.ID()})
	}
	for _, f := range p.Withdrawn {
		row.Withdrawn.add(f.Severity)
		g.Gone = append(g.Gone, GateFinding{Finding: f, Platform: p.ID(), Withdrawn: true})
	}
	for _, w := range p.Worse {
		g.Worse = append(g.Worse, GateFinding{Finding: w.Finding, Platform: p.ID(), Blocking: w.Blocking, Released: w.Released, Change: w.Change.Full, redacted: w.Change.Redacted})
	}
	for _, f := range p.Unchanged {
		row.Unchanged.add(f.Severity)
	}
	g.New.sum(row.New)
	g.Fixed.sum(row.Fixed)
	g.Withdrawn.sum(row.Withdrawn)
	g.Unchanged.sum(row.Unchanged)
	g.Platforms = append(g.Platforms, row)
	for _, reason := range p.Blocks {
		g.block(reason)
	}
	for _, c := range p.Scope {
		g.scope(p.ID(), c)
	}
	if p.After != nil {
		for _, w := range p.After.Waivers {
			if w.State == examine.WaiverPending {
				g.Waivers = append(g.Waivers, GateWaiver{Platform: p.ID(), Waiver: w})
			}
		}
	}
	for _, w := range p.Idle {
		g.Waivers = append(g.Waivers, GateWaiver{p.ID(), w.Waiver, w.Message, w.Remedy})
	}
}

// scope adds a scope change of a platform, of none for that of the rulebook.
func (g *Gate) scope(platform string, c compare.ScopeChange) {
	change := ScopeChange{Kind: c.Kind, Platform: platform, Subject: c.Subject, Message: c.Message.Full, Remedy: c.Remedy, Checks: []string{},
		Blocking: c.Blocking, Released: c.Released, Location: c.Location}
	for _, u := range c.Unseen {
		change.Checks = append(change.Checks, u.Check)
		change.Severities.add(u.Severity)
	}
	change.redacted.subject, change.redacted.message = c.Redacted, c.Message.Redacted
	g.ScopeChanges = append(g.ScopeChanges, change)
}

func gatePlatform(reg rulebook.Regulation, p *compare.Platform) GatePlatform {
	row := GatePlatform{ID: p.ID(), Change: string(p.Kind), Chapters: []GateChapter{}, public: isPublic(p.Before) && isPublic(p.After)}
	for i := range reg.Chapters {
		row.Chapters = append(row.Chapters, GateChapter{ID: reg.Chapters[i].ID, Title: reg.Chapters[i].Title})
	}
	if b := p.Before; b != nil {
		row.Before, row.Code, row.Name = b.ID, b.Code, b.Name
		row.ScoreBefore, row.GradeBefore, row.CompliantBefore = Number(score.Format(b.Score.Raw)), b.Score.Grade.Title, own(b.Score.Compliant)
		for i, c := range b.Score.Chapters {
			row.Chapters[i].Before = Number(c.Score.Format())
		}
	}
	if a := p.After; a != nil {
		row.Code, row.Name = a.Code, a.Name
		row.ScoreAfter, row.GradeAfter, row.CompliantAfter = Number(score.Format(a.Score.Raw)), a.Score.Grade.Title, own(a.Score.Compliant)
		for i, c := range a.Score.Chapters {
			row.Chapters[i].After = Number(c.Score.Format())
		}
	}
	return row
}

// own is a pointer that does not keep the whole platform in memory.
func own(b bool) *bool { return &b }

// isPublic reports whether a side may be shown to the public; one that is not
// there hides nothing.
func isPublic(s *compare.Side) bool { return s == nil || s.Sensitivity == string(Public) }

// affected are the platforms that come out differently by another rulebook.
func affected(effects []compare.Effect) []ImpactPlatform {
	out := []ImpactPlatform{}
	for _, e := range effects {
		out = append(out, ImpactPlatform{ID: e.After.ID, Code: e.After.Code, Name: e.After.Name,
			ScoreBefore: Number(score.Format(e.Before.Score.Raw)), ScoreAfter: Number(score.Format(e.After.Score.Raw)),
			GradeBefore: e.Before.Score.Grade.Title, GradeAfter: e.After.Score.Grade.Title,
			CompliantBefore: e.Before.Score.Compliant, CompliantAfter: e.After.Score.Compliant,
			FindingsBefore: len(e.Before.Open()), FindingsAfter: len(e.After.Open()), Turns: turnsOf(&e),
			then: outlook(&timeline.Standing{Score: e.After.Score})})
	}
	return out
}

func turnsOf(e *compare.Effect) (out []ImpactTurn) {
	for _, t := range e.Turns() {
		f := t.Finding
		one := ImpactTurn{Check: f.Check, Title: cmp.Or(f.Title, term.TitleOf(f.Check)), Clauses: list(f.Clauses), Severity: f.Severity, To: finding.Pass, Items: t.Items}
		if t.Fails {
			one.To = finding.Fail
		}
		out = append(out, one)
	}
	return out
}

func impact(i *RulebookImpact) *Impact {
	if i == nil {
		return nil
	}
	out := &Impact{Files: list(i.Files), Defects: list(i.Defects), Platforms: affected(i.Effects), Unaffected: i.Unaffected}
	for _, amended := range i.Amendments {
		one := ImpactArticle{ID: amended.Article.ID, Cite: amended.Article.Text(), Change: amended.Change, Rests: []string{}}
		for _, r := range amended.Rests {
			one.Rests = append(one.Rests, strings.TrimSpace(r.Check.ID+" "+r.Limit))
		}
		out.Articles = append(out.Articles, one)
	}
	for _, c := range i.Tightened {
		out.Stricter = append(out.Stricter, ImpactStricter{Subject: c.Subject, Message: c.Message.Full, Location: c.Location})
	}
	out.Later = ahead(i.Later)
	return out
}

func ahead(all []compare.Later) (out []ImpactDay) {
	for _, later := range all {
		out = append(out, ImpactDay{On: later.On.String(), Platforms: affected(later.Effects), Unaffected: later.Unaffected})
	}
	return out
}

func (c *Counts) sum(other Counts) {
	c.Blocker += other.Blocker
	c.Major += other.Major
	c.Minor += other.Minor
	c.Advisory += other.Advisory
}

// Total counts all severities together.
func (c Counts) Total() int { return c.Blocker + c.Major + c.Minor + c.Advisory }
