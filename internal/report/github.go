package report

import (
	"io"
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/results"
)

// maxAnnotations is how many annotations of each kind GitHub shows per step.
const maxAnnotations = 10

// githubFormat writes workflow commands that GitHub shows beside the lines of a
// pull request. Waived findings are left out: ten notices are few, and they are
// for what somebody has to do.
type githubFormat struct{}

func (githubFormat) Name() string { return "github" }

// annotation is one workflow command. path is empty where no file is meant.
type annotation struct {
	kind, path, title, text string
	at                      finding.Location
}

func (githubFormat) Write(w io.Writer, r *results.Results, o Options) error {
	p := &page{lang: o.Language}
	all := p.annotations(r)
	for _, kind := range []string{"error", "warning", "notice"} {
		var shown []annotation
		for _, a := range all {
			if a.kind == kind {
				shown = append(shown, a)
			}
		}
		if more := len(shown) - maxAnnotations + 1; more > 1 {
			shown = append(shown[:maxAnnotations-1], annotation{kind: kind, title: "hegui", text: p.say(
				"还有 %d 条没有显示：GitHub 每一步每类只显示十条。用 hegui 的文本、Markdown 或 JSON 报告查看全部。",
				"%d more are not shown: GitHub shows ten of a kind per step. hegui's text, Markdown or JSON report lists them all.", more)})
		}
		for _, a := range shown {
			if _, err := io.WriteString(w, a.command()); err != nil {
				return err
			}
		}
	}
	return nil
}

// annotations are all that there is to say, in the order of its weight within
// each kind.
func (p *page) annotations(r *results.Results) []annotation {
	var all []annotation
	for _, err := range r.Errors {
		all = append(all, annotation{kind: "error", title: p.say("运行出错", "run failed"), text: p.prose(err)})
	}
	if r.Gate != nil {
		all = append(all, p.gateAnnotations(r.Gate)...)
	}
	for _, severity := range finding.Severities() {
		for _, l := range r.Listed() {
			if l.Finding.Severity != severity || l.Finding.Waived {
				continue
			}
			all = append(all, annotation{
				kind: annotationKind(severity, r.Gate != nil, l.Blocking), path: l.Finding.Location.Path, at: l.Finding.Location,
				title: severity.Text().In(p.lang) + " · " + inert(l.Finding.Check), text: p.advice(l.Finding),
			})
		}
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
func (p *page) gateAnnotations(g *results.Gate) []annotation {
	var all []annotation
	if !g.Passed {
		lines := []string{p.say("改动被拦下：", "the change is blocked:")}
		for _, reason := range g.Blocks {
			lines = append(lines, "- "+p.prose(reason))
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
			title: p.say("范围变化", "scope change") + " · " + inert(c.Kind), text: p.prose(c.Message),
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
	property("file", inert(a.path))
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
