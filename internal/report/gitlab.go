package report

import (
	"encoding/json"
	"io"

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

func (gitlabFormat) Write(w io.Writer, r *results.Results, o Options) error {
	v := newVoice(o)
	names := tally{}
	issues := []gitlabIssue{}
	for _, err := range r.Errors {
		issues = append(issues, gitlabIssue{
			Description: v.Say("运行出错：", "run failed: ") + v.Prose(err), CheckName: r.Tool.Name,
			Fingerprint: names.name(finding.Fingerprint(r.Tool.Name, "", err.ZH, err.EN)), Severity: "blocker",
			// GitLab drops what stands nowhere.
			Location: gitlabLocation{Path: ".", Lines: gitlabLines{Begin: 1}},
		})
	}
	for _, l := range r.Listed() {
		f := l.Finding
		// Named before any is left out, so that a waiver renames no other.
		name := names.name(f.Fingerprint)
		if f.Waived {
			continue
		}
		issues = append(issues, gitlabIssue{
			Description: v.advice(f), CheckName: typeset.Inert(f.Check), Fingerprint: name, Severity: gitlabSeverity(f.Severity),
			Location: gitlabLocation{Path: f.Location.Path, Lines: gitlabLines{Begin: max(f.Location.Line, 1)}},
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(issues)
}

// gitlabSeverity is GitLab's word; it has one more than hegui, critical.
func gitlabSeverity(s finding.Severity) string {
	if s == finding.Advisory {
		return "info"
	}
	return s.String()
}
