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
	IDs    []string       `json:"ids"`
	Points []HistoryPoint `json:"points"`
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
	out.Lines = each(h.Lines, func(l *HistoryLine) {
		l.Points = each(l.Points, func(p *HistoryPoint) { p.Grade.Vetoes, p.Unreadable = []string{}, []string{} })
	})
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
