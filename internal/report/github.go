package report

import (
	"io"
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// maxAnnotations is how many annotations of each kind GitHub shows per step.
const maxAnnotations = 10

// githubFormat writes workflow commands that GitHub shows beside the lines of a
// pull request. Waived findings are left out: ten notices are few, and they are
// for what needs fixing.
type githubFormat struct{}

func (githubFormat) Name() string { return "github" }

// annotation is one workflow command. path is empty where no file is meant.
type annotation struct {
	kind, path, title, text string
	at                      finding.Location
}

func (githubFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &githubReport{voice: newVoice(o), w: w, run: run, kinds: map[string]*annotations{}}
	for _, kind := range annotationKinds() {
		d.kinds[kind] = &annotations{}
	}
	d.annotate(nil)
	return d, nil
}

// githubReport keeps as many annotations of each kind as are shown.
type githubReport struct {
	nothing
	voice
	w     io.Writer
	run   *results.Results
	kinds map[string]*annotations
	// verdicts are one notice a platform; a gate speaks for itself.
	verdicts []annotation
}

// annotations are those of one kind, the first of each severity.
type annotations struct {
	number int
	first  [finding.Blocker + 1][]annotation
}

func annotationKinds() []string { return []string{"error", "warning", "notice"} }

func (d *githubReport) Platform(p *results.Platform) error {
	return d.Lay(p)()
}

// Lay implements Early: of what is said of findings hardly any is shown.
func (d *githubReport) Lay(p *results.Platform) (write func() error) {
	var verdict []annotation
	if d.run.Gate == nil {
		verdict = append(verdict, annotation{kind: "notice", title: d.Say("自评", "self-declared"), text: d.judged(p)})
	}
	return func() error {
		d.annotate(p)
		d.verdicts = append(d.verdicts, verdict...)
		return nil
	}
}

// annotate notes the findings of a platform, or those that belong to none.
func (d *githubReport) annotate(p *results.Platform) {
	for _, l := range d.run.ListedAhead(p) {
		f := l.Finding
		if f.Waived {
			continue
		}
		kind := annotationKind(f.Severity, d.run.Gate != nil, l.Blocking)
		all := d.kinds[kind]
		all.number++
		if first := &all.first[f.Severity]; len(*first) < maxAnnotations {
			*first = append(*first, annotation{
				kind: kind, path: f.Location.Path, at: f.Location,
				title: f.Severity.Text().In(d.Language) + " · " + typeset.Inert(f.Check), text: d.advice(f) + d.mark(l),
			})
		}
	}
}

func (d *githubReport) End(run *results.Results) error {
	others := d.verdicts
	for _, err := range run.Errors {
		others = append(others, annotation{kind: "error", title: d.Say("运行出错", "run failed"), text: d.Prose(err)})
	}
	if run.Gate != nil {
		others = append(others, d.gateAnnotations(run.Gate)...)
	}
	for _, kind := range annotationKinds() {
		for _, a := range d.shown(kind, others) {
			if _, err := io.WriteString(d.w, a.command()); err != nil {
				return err
			}
		}
	}
	return nil
}

// shown are the annotations of a kind by weight, as many as GitHub shows; others are
// those that belong to no finding.
func (d *githubReport) shown(kind string, others []annotation) []annotation {
	var all []annotation
	for _, a := range others {
		if a.kind == kind {
			all = append(all, a)
		}
	}
	number := len(all) + d.kinds[kind].number
	for _, severity := range finding.Severities() {
		all = append(all, d.kinds[kind].first[severity]...)
	}
	if more := number - maxAnnotations + 1; more > 1 {
		all = append(all[:maxAnnotations-1], annotation{kind: kind, title: "hegui", text: d.Say(
			"还有 %d 条没有显示：GitHub 每一步每类只显示十条。用 hegui 的文本、Markdown 或 JSON 报告查看全部。",
			"%d more are not shown: GitHub shows ten of a kind per step. hegui's text, Markdown or JSON report lists them all.", more)})
	}
	return all
}

// annotationKind: without a gate what weighs is an error, under a gate only
// what blocks.
func annotationKind(severity finding.Severity, gate, blocking bool) string {
	switch {
	case blocking, !gate && severity >= finding.Major:
		return "error"
	case severity >= finding.Minor:
		return "warning"
	}
	return "notice"
}

// gateAnnotations are why the change is stopped, in one annotation, and what
// is no longer judged.
func (v voice) gateAnnotations(g *results.Gate) []annotation {
	var all []annotation
	if !g.Passed {
		lines := []string{v.Say("改动被拦下：", "the change is blocked:")}
		for _, reason := range g.Blocks {
			lines = append(lines, "- "+v.Prose(reason))
		}
		all = append(all, annotation{kind: "error", title: "hegui gate", text: strings.Join(lines, "\n")})
	}
	for _, c := range g.ScopeChanges {
		kind := "warning"
		switch {
		case c.Released:
			kind = "notice"
		case c.Blocking:
			kind = "error"
		}
		all = append(all, annotation{
			kind: kind, path: c.Location.Path, at: c.Location,
			title: v.Say("范围变化", "scope change") + " · " + typeset.Inert(c.Kind), text: v.Prose(c.Message),
		})
	}
	return all
}

// command is the annotation as GitHub reads it. Columns mean something to it
// only within one line, and its end is the last column, not the one behind.
func (a annotation) command() string {
	var properties []string
	property := func(name, value string) {
		if value != "" {
			properties = append(properties, name+"="+propertyEscapes().Replace(value))
		}
	}
	property("file", typeset.Inert(a.path))
	if s := region(a.at); s.line > 0 && a.path != "" {
		property("line", strconv.Itoa(s.line))
		if s.endLine > 0 {
			property("endLine", strconv.Itoa(s.endLine))
		}
		if s.endLine <= s.line {
			property("col", strconv.Itoa(s.column))
			if s.endColumn > 0 {
				property("endColumn", strconv.Itoa(s.endColumn-1))
			}
		}
	}
	property("title", a.title)
	return "::" + a.kind + " " + strings.Join(properties, ",") + "::" + messageEscapes().Replace(a.text) + "\n"
}

// messageEscapes and propertyEscapes are those of GitHub's own toolkit.
func messageEscapes() *strings.Replacer {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
}

func propertyEscapes() *strings.Replacer {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
}
