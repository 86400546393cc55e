package results

import (
	"slices"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/timeline"
)

// History is what platforms were judged to be, commit after commit.
type History struct {
	// Commits are those that were judged, the oldest first.
	Commits []HistoryCommit `json:"commits"`
	// Chapters are those of the last rulebook.
	Chapters []Section `json:"chapters"`
	// Lines are the platforms, each with the commits at which something of it changed.
	Lines []HistoryLine `json:"platforms"`
}

// HistoryCommit is one commit, judged on a day.
type HistoryCommit struct {
	Commit string `json:"commit"`
	On     string `json:"on"`
	// Rulebook is the digest of what was judged by, empty where nothing was; Changed says
	// that it is another than at the commit before.
	Rulebook string `json:"rulebook"`
	Changed  bool   `json:"rulebook_changed"`
	// Gap says why nothing was judged.
	Gap lang.Text `json:"gap"`
	// Platforms counts those that were there and judged, Compliant those that complied,
	// Blockers the open blockers of all.
	Platforms int `json:"platforms"`
	Compliant int `json:"compliant"`
	Blockers  int `json:"blockers"`
}

// HistoryLine is one platform, whatever folder it was in.
type HistoryLine struct {
	ID   string    `json:"id"`
	Code string    `json:"code"`
	Name lang.Text `json:"name"`
	// IDs are all that it had.
	IDs []string `json:"ids"`
	// Claims are its dated records at the last commit, with how they came to be; set where
	// they were asked for.
	Claims []HistoryClaim `json:"claims,omitempty"`
	Points []HistoryPoint `json:"points"`
}

// HistoryClaim is a dated record.
type HistoryClaim struct {
	// List is the list that it is in, On its day.
	List string `json:"list"`
	On   string `json:"on"`
	Path string `json:"path"`
	Line int    `json:"line"`
	// Appeared is where it came from, Changed where it last became another, nil where it
	// never did.
	Appeared Origin  `json:"appeared"`
	Changed  *Origin `json:"changed,omitempty"`
	// Remarks are what an assessor may want to look at: values of the vocabulary.
	Remarks []string `json:"remarks"`

	end int // its last line
}

// Holds reports whether a line of a file is one of the record.
func (c *HistoryClaim) Holds(path string, line int) bool {
	return c.Path == path && c.Line <= line && line <= max(c.end, c.Line)
}

// Came says by which commits of whom the record came and changed.
func (c *HistoryClaim) Came() lang.Text {
	text := lang.Say("%s 由%s写入", "entered on %s by %s", c.Appeared.On, c.Appeared.text())
	if c.Changed != nil {
		text = lang.Say("%s，%s 由%s改写", "%s, rewritten on %s by %s", text, c.Changed.On, c.Changed.text())
	}
	return text
}

func (o *Origin) text() lang.Text {
	unit, signed := o.Unit, lang.Say("未签名", "not signed")
	if unit.IsZero() {
		unit = lang.Say("未知单位", "an unknown unit")
	}
	if o.Signed {
		signed = lang.Say("有签名", "signed")
	}
	return lang.Say("%s（%s，%s）", "%s (%s, %s)", unit, o.Commit[:min(len(o.Commit), 12)], signed)
}

// Last is where the record became what it is.
func (c *HistoryClaim) Last() *Origin {
	if c.Changed != nil {
		return c.Changed
	}
	return &c.Appeared
}

// Origin is a commit by which a record came or became another.
type Origin struct {
	Commit string `json:"commit"`
	On     string `json:"on"`
	// Unit is whom the author works for, empty where the policy does not know it.
	Unit   lang.Text `json:"unit"`
	Signed bool      `json:"signed"`
	// Before: it was there at the first commit that was looked at, and may be older.
	Before bool `json:"before,omitempty"`
}

// HistoryPoint is what a platform is from a commit on, up to the next point.
type HistoryPoint struct {
	// At is the place of the commit, from 0.
	At     int    `json:"at"`
	Commit string `json:"commit"`
	Outlook
	// ID is the folder that it was in.
	ID       string           `json:"id"`
	Chapters []HistoryChapter `json:"chapters"`
	// Gone: it is not there any more. Gap says why it was not judged. Nothing else is
	// known then.
	Gone bool      `json:"gone,omitempty"`
	Gap  lang.Text `json:"gap"`
	// Unreadable are the topics of which nothing can be read.
	Unreadable []string `json:"unreadable"`
	// Causes say why it is another than before: values of the vocabulary.
	Causes []string `json:"causes"`
}

// HistoryChapter is the score of a chapter.
type HistoryChapter struct {
	ID    string `json:"id"`
	Score Number `json:"score"`
}

// Known reports whether the platform was there and judged.
func (p *HistoryPoint) Known() bool { return !p.Gone && p.Gap.IsZero() }

// Past lays out a history.
func Past(h *timeline.History) *History {
	out := &History{Commits: []HistoryCommit{}, Chapters: []Section{}, Lines: []HistoryLine{}}
	digest := ""
	for _, m := range h.Moments {
		c := HistoryCommit{Commit: m.Commit, On: m.On.String(), Rulebook: m.Rulebook, Gap: m.Gap}
		if m.Gap.IsZero() {
			c.Changed = digest != "" && m.Rulebook != digest
			digest = m.Rulebook
		}
		out.Commits = append(out.Commits, c)
	}
	if h.Book != nil {
		out.Chapters = chapterTitles(h.Book.Regulation)
	}
	for _, line := range h.Lines {
		l := HistoryLine{ID: line.ID, Code: line.Code, Name: line.Name, IDs: list(line.IDs), Points: []HistoryPoint{}}
		for i := range line.Points {
			l.Points = append(l.Points, pointOf(out, &line.Points[i]))
		}
		for _, c := range line.Claims {
			l.Claims = append(l.Claims, claimOf(h, c))
		}
		out.count(&l)
		out.Lines = append(out.Lines, l)
	}
	return out
}

func chapterTitles(reg rulebook.Regulation) []Section {
	out := make([]Section, len(reg.Chapters))
	for i, c := range reg.Chapters {
		out[i] = Section{ID: c.ID, Title: c.Title}
	}
	return out
}

func pointOf(h *History, p *timeline.Point) HistoryPoint {
	at := h.Commits[p.At]
	out := HistoryPoint{At: p.At, Commit: at.Commit, ID: p.ID, Gone: p.Gone, Gap: p.Gap, Unreadable: list(p.Unreadable), Chapters: []HistoryChapter{}, Causes: causes(p),
		Outlook: Outlook{On: at.On, Score: Number(p.Raw), Compliant: p.Compliant, Unmet: len(p.Unmet), Grade: Grade{ID: p.Grade.ID, Title: p.Grade.Title, Vetoes: list(p.Vetoes), Open: len(p.Vetoes)}}}
	for _, chapter := range h.Chapters {
		if score, known := p.Chapters[chapter.ID]; known {
			out.Chapters = append(out.Chapters, HistoryChapter{chapter.ID, Number(score)})
		}
	}
	return out
}

// causes are values of the vocabulary's causes.
func causes(p *timeline.Point) []string {
	out := []string{}
	for _, cause := range []struct {
		id  string
		set bool
	}{{"first", p.Changed.First}, {"description", p.Changed.Description}, {"rulebook", p.Changed.Rulebook}, {"others", p.Changed.Others}} {
		if cause.set {
			out = append(out, cause.id)
		}
	}
	if len(out) == 0 && !p.Gone && p.Gap.IsZero() {
		out = append(out, "day")
	}
	return out
}

func claimOf(h *timeline.History, c *timeline.Claim) HistoryClaim {
	out := HistoryClaim{List: c.List, On: c.On.String(), Path: c.Path, Line: c.Line, end: c.End, Appeared: originOf(h, c.Appeared), Remarks: []string{}}
	if c.Changed != c.Appeared {
		changed := originOf(h, c.Changed)
		out.Changed = &changed
	}
	for _, remark := range []struct {
		id  string
		set bool
	}{{"ahead", c.Remarks.Ahead}, {"late", c.Remarks.Late}, {"rewritten", c.Remarks.Rewritten}} {
		if remark.set {
			out.Remarks = append(out.Remarks, remark.id)
		}
	}
	return out
}

func originOf(h *timeline.History, at int) Origin {
	m := h.Moments[at]
	return Origin{Commit: m.Commit, On: m.On.String(), Unit: h.Book.Policy.Provenance.Unit(m.Domain), Signed: m.Signed, Before: at == 0}
}

// count adds a platform to the commits at which it was there.
func (h *History) count(l *HistoryLine) {
	for i := range l.Points {
		p := &l.Points[i]
		end := len(h.Commits)
		if i+1 < len(l.Points) {
			end = l.Points[i+1].At
		}
		for at := p.At; at < end && p.Known(); at++ {
			c := &h.Commits[at]
			c.Platforms++
			c.Blockers += p.Grade.Open
			if p.Compliant {
				c.Compliant++
			}
		}
	}
}

// For is what an audience may see of a history: the public what scores and verdicts
// were.
func (h *History) For(a Audience) *History {
	if h == nil || a != Public {
		return h
	}
	out := *h
	out.Lines = each(h.Lines, (*HistoryLine).publish)
	return &out
}

// Find is the platform with an id or a code, nil for none.
func (h *History) Find(id, code string) *HistoryLine {
	i := slices.IndexFunc(h.Lines, func(l HistoryLine) bool { return l.ID == id || code != "" && l.Code == code })
	if i < 0 {
		return nil
	}
	return &h.Lines[i]
}

func (l *HistoryLine) publish() {
	l.Claims = nil
	l.Points = each(l.Points, func(p *HistoryPoint) { p.Grade.Vetoes, p.Unreadable = []string{}, []string{} })
}

// For is what an audience may see of a platform's history.
func (l *HistoryLine) For(a Audience) *HistoryLine {
	if l == nil || a != Public {
		return l
	}
	out := *l
	out.publish()
	return &out
}
