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
// for what somebody has to do.
type githubFormat struct{}

func (githubFormat) Name() string { return "github" }

// annotation is one workflow command. path is empty where no file is meant.
type annotation struct {
	kind, path, title, text string
	at                      finding.Location
}

func (githubFormat) Write(w io.Writer, r *results.Results, o Options) error {
	v := newVoice(o)
	all := v.annotations(r)
	for _, kind := range []string{"error", "warning", "notice"} {
		var shown []annotation
		for _, a := range all {
			if a.kind == kind {
				shown = append(shown, a)
			}
		}
		if more := len(shown) - maxAnnotations + 1; more > 1 {
			shown = append(shown[:maxAnnotations-1], annotation{kind: kind, title: "hegui", text: v.Say(
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
func (v voice) annotations(r *results.Results) []annotation {
	var all []annotation
	for _, err := range r.Errors {
		all = append(all, annotation{kind: "error", title: v.Say("运行出错", "run failed"), text: v.Prose(err)})
	}
	if r.Gate != nil {
		all = append(all, v.gateAnnotations(r.Gate)...)
	}
	for _, severity := range finding.Severities() {
		for _, l := range r.Listed() {
			if l.Finding.Severity != severity || l.Finding.Waived {
				continue
			}
			all = append(all, annotation{
				kind: annotationKind(severity, r.Gate != nil, l.Blocking), path: l.Finding.Location.Path, at: l.Finding.Location,
				title: severity.Text().In(v.Language) + " · " + typeset.Inert(l.Finding.Check), text: v.advice(l.Finding),
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
