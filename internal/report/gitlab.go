package report

import (
	"io"
	"path"

	"hegui/internal/atomicfile"
	"hegui/internal/finding"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// gitlabFormat writes what GitLab shows as code quality in a merge request.
// Waived findings are left out: GitLab has no word for an accepted exception.
type gitlabFormat struct{}

func (gitlabFormat) Name() string { return "gitlab" }

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

func (gitlabFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &gitlabReport{voice: newVoice(o), w: w, run: run, names: newTally()}
	d.list = jsonStream{w: &d.Spool, depth: 1, pretty: o.Pretty}
	return d, d.Platform(nil)
}

// gitlabReport keeps the findings until the errors of the run are known, which
// come first.
type gitlabReport struct {
	atomicfile.Spool
	voice
	w     io.Writer
	run   *results.Results
	names tally
	list  jsonStream
	// drafts are of platforms that are laid out before it is their turn.
	drafts drafts
}

func (d *gitlabReport) Platform(p *results.Platform) error {
	for _, issue := range d.issues(p, d.names) {
		d.list.value("", issue)
	}
	return d.list.err
}

// Lay implements Early, except where lines are broken for people.
func (d *gitlabReport) Lay(p *results.Platform) (write func() error) {
	if d.list.pretty {
		return func() error { return d.Platform(p) }
	}
	names, text := newTally(), d.drafts.begin()
	for _, issue := range d.issues(p, names) {
		text.JSON.Element(issue)
	}
	return func() error {
		if !d.names.take(names) {
			d.drafts.drop(text)
			return d.Platform(p)
		}
		d.list.draft(&d.drafts, text)
		return d.list.err
	}
}

// verdict is the issue that says what a platform as a whole comes to: GitLab has no
// other place for it. Its fingerprint does not depend on the verdict.
func (d *gitlabReport) verdict(p *results.Platform, names tally) gitlabIssue {
	return gitlabIssue{
		Description: d.Say("自评：", "self-declared: ") + d.judged(p), CheckName: d.run.Tool.Name,
		Fingerprint: names.name(finding.Fingerprint(d.run.Tool.Name, p.Code, "verdict")), Severity: gitlabSeverity(finding.Advisory),
		Location: gitlabLocation{Path: path.Join(typeset.Inert(p.Path), "platform.yaml"), Lines: gitlabLines{Begin: 1}},
	}
}

// issues lists the findings of a platform, or those that belong to none.
func (d *gitlabReport) issues(p *results.Platform, names tally) (all []gitlabIssue) {
	if p != nil && d.run.Gate == nil {
		all = append(all, d.verdict(p, names))
	}
	for _, l := range d.run.ListedAhead(p) {
		f := l.Finding
		// All are named, waived ones too, so that a waiver changes no other's name.
		name := names.name(f.Fingerprint)
		if f.Waived {
			continue
		}
		all = append(all, gitlabIssue{
			Description: d.advice(f), CheckName: typeset.Inert(f.Check), Fingerprint: name, Severity: gitlabSeverity(f.Severity),
			Location: gitlabLocation{Path: f.Location.Path, Lines: gitlabLines{Begin: max(f.Location.Line, 1)}},
		})
	}
	return all
}

func (d *gitlabReport) End(run *results.Results) error {
	j := jsonStream{w: d.w, pretty: d.list.pretty}
	j.open("", "[")
	for _, err := range run.Errors {
		j.value("", gitlabIssue{
			Description: d.Say("运行出错：", "run failed: ") + d.Prose(err), CheckName: run.Tool.Name,
			Fingerprint: d.names.name(finding.Fingerprint(run.Tool.Name, "", err.ZH, err.EN)), Severity: "blocker",
			// GitLab drops an issue without a location.
			Location: gitlabLocation{Path: ".", Lines: gitlabLines{Begin: 1}},
		})
	}
	j.kept(&d.Spool, d.list)
	j.close("]")
	return j.err
}

// gitlabSeverity is GitLab's word; it has one more than hegui, critical.
func gitlabSeverity(s finding.Severity) string {
	if s == finding.Advisory {
		return "info"
	}
	return s.String()
}
