package report

import (
	"encoding/json"
	"io"
	"net/url"
	"regexp"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

const (
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifVersion = "2.1.0"
	// sarifRoot stands for the repository, wherever the reader has it.
	sarifRoot = "%SRCROOT%"
	// fingerprintName is the name and version of our fingerprints.
	fingerprintName = "hegui/v1"
)

// sarifFormat writes SARIF 2.1.0 for code scanning: under a gate only what the
// change makes.
type sarifFormat struct{}

func (sarifFormat) Name() string { return "sarif" }

func (sarifFormat) Write(w io.Writer, r *results.Results, o Options) error {
	v := newVoice(o)
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(sarifLog{Schema: sarifSchema, Version: sarifVersion, Runs: []sarifRun{v.sarifRun(r)}})
}

func (v voice) sarifRun(r *results.Results) sarifRun {
	rules, places := v.sarifRules(r)
	run := sarifRun{
		Tool:        sarifTool{Driver: sarifDriver{Name: r.Tool.Name, Version: r.Tool.Version, SemanticVersion: semantic(r.Tool.Version), Rules: rules}},
		Invocations: []sarifInvocation{v.sarifInvocation(r)},
		Language:    map[lang.Language]string{lang.Chinese: "zh-CN"}[v.Language],
		OriginalURIBaseIDs: map[string]sarifArtifact{sarifRoot: {Description: &sarifText{
			Text: v.Say("被评定的仓库的根目录", "the root of the repository that was checked"),
		}}},
		Results: []sarifResult{},
		// What stands before the last slash tells runs of one kind apart.
		AutomationDetails: sarifAutomation{ID: "hegui/" + command(r) + "/" + r.AsOf},
		ColumnKind:        "unicodeCodePoints",
		Properties: map[string]any{
			"as_of": r.AsOf, "audience": r.Audience, "revision": r.Revision, "rulebook": r.Rulebook.Digest,
			"regulation": r.Rulebook.Regulation, "summary": r.Summary,
		},
	}
	if run.Language == "" {
		run.Language = "en-US"
	}
	if r.Gate != nil {
		run.Properties["passed"] = r.Gate.Passed
	}
	names := tally{}
	for _, l := range r.Listed() {
		run.Results = append(run.Results, v.sarifResult(l, places[l.Finding.Check], names.name(l.Finding.Fingerprint)))
	}
	return run
}

// command is the command that made the results.
func command(r *results.Results) string {
	if r.Gate != nil {
		return "gate"
	}
	return "check"
}

func (v voice) sarifInvocation(r *results.Results) sarifInvocation {
	run := sarifInvocation{ExecutionSuccessful: len(r.Errors) == 0}
	for _, err := range r.Errors {
		run.Notifications = append(run.Notifications, sarifNotification{Level: "error", Message: sarifMessage(v.Prose(err))})
	}
	return run
}

func (v voice) sarifResult(l results.Listed, rule int, fingerprint string) sarifResult {
	f := l.Finding
	result := sarifResult{
		RuleID: typeset.Inert(f.Check), RuleIndex: rule, Level: sarifLevel(f.Severity), Message: sarifMessage(v.advice(f)),
		PartialFingerprints: map[string]string{fingerprintName: fingerprint},
		Properties:          map[string]any{"severity": f.Severity, "clauses": f.Clauses, "platform": typeset.Inert(platformID(l))},
	}
	if f.Item != "" {
		result.Properties["item"] = typeset.Inert(f.Item)
	}
	if f.Location.Path != "" {
		result.Locations = []sarifLocation{sarifPlace(f.Location)}
	}
	if l.New {
		result.BaselineState = "new"
		result.Properties["blocking"] = l.Blocking
	}
	if f.Waived {
		suppression := sarifSuppression{Kind: "external", Status: "accepted"}
		if w := waiverOf(l.Platform, f); w != nil {
			suppression.Justification = typeset.Inert(w.Reason)
		}
		result.Suppressions = []sarifSuppression{suppression}
	}
	return result
}

func sarifPlace(at finding.Location) sarifLocation {
	place := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{URI: relativeURI(at.Path), URIBaseID: sarifRoot}}}
	if s := region(at); s.line > 0 {
		place.Physical.Region = &sarifRegion{StartLine: s.line, StartColumn: s.column, EndLine: s.endLine, EndColumn: s.endColumn}
	}
	if at.Pointer != "" {
		place.Logical = []sarifLogical{{FullyQualifiedName: typeset.Inert(at.Pointer)}}
	}
	return place
}

// relativeURI is a path of the repository as a URI that no reader can take for
// an absolute one.
func relativeURI(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = strings.ReplaceAll(url.PathEscape(segment), ":", "%3A")
	}
	return strings.TrimLeft(strings.Join(segments, "/"), "/")
}

// sarifMessage is a text in which nothing is a link or a placeholder: SARIF's
// plain messages know "[text](target)" and "{0}". None may be empty.
func sarifMessage(text string) sarifText {
	if strings.TrimSpace(text) == "" {
		text = "–"
	}
	return sarifText{Text: strings.NewReplacer("](", "] (", "{", "{{", "}", "}}").Replace(text)}
}

func sarifLevel(s finding.Severity) string {
	return map[finding.Severity]string{finding.Blocker: "error", finding.Major: "error", finding.Minor: "warning", finding.Advisory: "note"}[s]
}

// semantic is a version without its v, or nothing if it is not a semantic one.
func semantic(version string) string {
	form := regexp.MustCompile(`^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$`)
	if m := form.FindStringSubmatch(version); m != nil {
		return m[1]
	}
	return ""
}
