package report

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"hegui/internal/atomicfile"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// junitFormat writes a test suite per platform and a test case per check, for
// CI systems that show tests. Advisory findings fail no test: they weigh
// nothing. Under a gate only what blocks the change fails one.
//
// The types are our own because the well-known library gives skipped tests an
// attribute that the schema does not know.
type junitFormat struct{}

func (junitFormat) Name() string { return "junit" }

type junitSuites struct {
	XMLName  xml.Name `xml:"testsuites"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
}

type junitSuite struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Skipped  int    `xml:"skipped,attr"`
	// Properties is nil where there are none: the element may not be empty.
	Properties *junitProperties `xml:"properties"`
	Cases      []junitCase      `xml:"testcase"`
}

type junitProperties struct {
	All []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Skipped string        `xml:"skipped,omitempty"`
	Error   *junitProblem `xml:"error"`
	Failure *junitProblem `xml:"failure"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitProblem struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func (junitFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &junitReport{voice: newVoice(o), w: w, run: run, pretty: o.Pretty}, nil
}

// junitReport keeps the suites until their totals are known, which precede
// them.
type junitReport struct {
	atomicfile.Spool
	voice
	w      io.Writer
	run    *results.Results
	sums   junitSuites
	pretty bool
	drafts drafts
}

func (d *junitReport) Platform(p *results.Platform) error {
	return d.Lay(p)()
}

// Lay implements Early: no suite depends on another.
func (d *junitReport) Lay(p *results.Platform) (write func() error) {
	suite, text := d.platformSuite(d.run, p), d.drafts.begin()
	suite.count()
	err := d.encode(&text.text, &suite)
	suite.Cases = nil // which are written
	return func() error {
		d.sum(&suite)
		return cmp.Or(err, d.drafts.write(&d.Spool, text))
	}
}

func (d *junitReport) End(run *results.Results) error {
	var first bytes.Buffer
	if suite := d.runSuite(run); len(suite.Cases) > 0 {
		suite.count()
		d.sum(&suite)
		if err := d.encode(&first, &suite); err != nil {
			return err
		}
	}
	d.sums.Name = typeset.Inert(run.Tool.Name)
	frame, err := xml.Marshal(d.sums)
	if err != nil {
		return err
	}
	open, end, _ := bytes.Cut(frame, []byte("</"))
	line := ""
	if d.pretty && d.sums.Tests > 0 {
		line = "\n"
	}
	for _, part := range []io.WriterTo{
		strings.NewReader(xml.Header + string(open)), &first, &d.Spool, strings.NewReader(line + "</" + string(end) + "\n"),
	} {
		if _, err := part.WriteTo(d.w); err != nil {
			return err
		}
	}
	return nil
}

// sum adds a suite to the totals.
func (d *junitReport) sum(suite *junitSuite) {
	d.sums.Tests += suite.Tests
	d.sums.Failures += suite.Failures
	d.sums.Errors += suite.Errors
}

func (d *junitReport) encode(w io.Writer, suite *junitSuite) error {
	encoder := xml.NewEncoder(w)
	if d.pretty {
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
		encoder.Indent("  ", "  ")
	}
	return encoder.EncodeElement(suite, xml.StartElement{Name: xml.Name{Local: "testsuite"}})
}

func (s *junitSuite) count() {
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		switch {
		case c.Error != nil:
			s.Errors++
		case c.Failure != nil:
			s.Failures++
		case c.Skipped != "":
			s.Skipped++
		}
	}
}

// runSuite is what belongs to no platform: failures of the run, and the gate.
func (v voice) runSuite(r *results.Results) junitSuite {
	suite := junitSuite{Name: typeset.Inert(r.Tool.Name) + " " + command(r)}
	for _, err := range r.Errors {
		text := v.Prose(err)
		suite.Cases = append(suite.Cases, junitCase{
			Name: v.Say("运行", "run"), Class: suite.Name, Error: &junitProblem{Type: "error", Message: text, Text: text},
		})
	}
	if r.Gate == nil {
		return suite
	}
	verdict := junitCase{Name: v.Say("门禁", "gate"), Class: suite.Name}
	if !r.Gate.Passed {
		var lines []string
		for _, reason := range r.Gate.Blocks {
			lines = append(lines, v.Prose(reason))
		}
		verdict.Failure = &junitProblem{Type: "gate", Message: v.Say("改动被拦下", "the change is blocked"), Text: strings.Join(lines, "\n")}
	}
	suite.Cases = append(suite.Cases, verdict)
	for _, c := range r.Gate.ScopeChanges {
		row := junitCase{Name: "scope." + typeset.Inert(c.Kind) + " " + typeset.Inert(c.Subject), Class: suite.Name}
		if text := v.Prose(c.Message); c.Blocking && !c.Released {
			row.Failure = &junitProblem{Type: "scope", Message: text, Text: text + "\n" + v.Prose(c.Remedy)}
		} else {
			row.Output = text
		}
		suite.Cases = append(suite.Cases, row)
	}
	return v.withFindings(suite, r, nil)
}

func (v voice) platformSuite(r *results.Results, platform *results.Platform) junitSuite {
	suite := junitSuite{Name: typeset.Inert(platform.ID), Properties: &junitProperties{}}
	property := func(name, value string) {
		suite.Properties.All = append(suite.Properties.All, junitProperty{name, value})
	}
	property("name", v.Prose(platform.Name))
	property("code", typeset.Inert(platform.Code))
	property("score", number(platform.Score.Raw))
	property("grade", v.Prose(platform.Grade.Title))
	property("profile", typeset.Inert(string(platform.Profile)))
	property("blockers", strconv.Itoa(platform.Grade.Open))
	property("statutory_unmet", strconv.Itoa(platform.Unmet()))
	property("as_of", typeset.Inert(r.AsOf))
	property("rulebook", typeset.Inert(r.Rulebook.Digest))
	if r.Gate == nil {
		// Also where the audience sees no check, the suite says how it ends.
		suite.Cases = append(suite.Cases, v.verdictCase(suite.Name, platform))
	}
	return v.withFindings(suite, r, platform)
}

func (v voice) verdictCase(class string, platform *results.Platform) junitCase {
	verdict := junitCase{Name: v.Prose(term.Compliance(true)), Class: class}
	if platform.Compliant {
		return verdict
	}
	lines := []string{v.grade(platform)}
	for _, reason := range platform.Reasons {
		lines = append(lines, v.Prose(reason))
	}
	verdict.Failure = &junitProblem{Type: "verdict", Message: v.Prose(term.Compliance(false)), Text: strings.Join(lines, "\n")}
	return verdict
}

// withFindings adds a case per check of a platform, then one per kind of
// finding that no check makes. A nil platform takes what belongs to none.
func (v voice) withFindings(suite junitSuite, r *results.Results, platform *results.Platform) junitSuite {
	found := map[string][]results.Listed{}
	var order []string
	for _, l := range r.Listed(platform) {
		if found[l.Finding.Check] == nil {
			order = append(order, l.Finding.Check)
		}
		found[l.Finding.Check] = append(found[l.Finding.Check], l)
	}
	if platform != nil {
		due := v.dueOf(platform)
		for i := range platform.Checks {
			c := &platform.Checks[i]
			row := v.checkCase(suite.Name, c, found[c.ID], r.Gate != nil, platform)
			row.Output += due[c.ID]
			suite.Cases = append(suite.Cases, row)
			delete(found, c.ID)
		}
	}
	for _, id := range order {
		if len(found[id]) > 0 {
			suite.Cases = append(suite.Cases, v.found(junitCase{Name: typeset.Inert(id), Class: suite.Name}, cmp.Or(term.TitleOf(id), lang.Same(id)), found[id]))
		}
	}
	return suite
}

// dueOf says by check what lapses of a platform; it fails no test.
func (v voice) dueOf(platform *results.Platform) map[string]string {
	said := map[string]string{}
	for _, l := range platform.Due() {
		said[l.Finding.Check] += "\n" + place(l.Finding.Location) + ": " + v.advice(l.Finding)
	}
	return said
}

func (v voice) checkCase(class string, c *results.Check, found []results.Listed, gate bool, platform *results.Platform) junitCase {
	row := junitCase{Name: typeset.Inert(c.ID), Class: class}
	switch c.Outcome {
	case finding.NotApplicable:
		row.Skipped = v.idle(c)
	case finding.Waived:
		row.Skipped = v.waived(reasons(platform, c.ID))
	case finding.Rectified:
		row.Skipped = term.Outcomes().Text(string(c.Outcome)).In(v.Language)
	case finding.Fail:
		return v.failing(row, c, found, gate, platform)
	}
	return row
}

// idle says that and why a check does not apply.
func (v voice) idle(c *results.Check) string {
	said := term.Outcomes().Text("not_applicable")
	if !c.Reason.IsZero() {
		said = lang.Say("%s：%s", "%s: %s", said, c.Reason)
	}
	return v.Prose(said)
}

// reasons are those of the waivers that a check has.
func reasons(platform *results.Platform, check string) []string {
	var all []string
	for _, w := range platform.Waivers {
		if w.State == examine.WaiverActive && w.Check == check {
			all = append(all, w.Reason)
		}
	}
	return all
}

// waived says that and why something is waived; not every audience may know why.
func (v voice) waived(reasons []string) string {
	if len(reasons) == 0 {
		return v.Prose(term.Outcomes().Text("waived"))
	}
	return v.Say("已豁免：%s", "waived: %s", v.List(reasons, maxNamed))
}

// failing is a case whose check fails. Under a gate it is skipped where nothing
// is new: what stood before never stops a change.
func (v voice) failing(row junitCase, c *results.Check, found []results.Listed, gate bool, platform *results.Platform) junitCase {
	open := found[:0:0]
	for _, l := range found {
		if !l.Finding.Waived {
			open = append(open, l)
		}
	}
	switch causes := v.causes(platform, c); {
	case len(open) > 0:
		return v.found(row, c.Title, open)
	case gate && causes == "":
		row.Skipped = v.Say("改动之前就不成立", "failed before this change")
	case gate:
		row.Skipped = causes
	case causes != "":
		row.Failure = &junitProblem{Type: "waiting", Message: v.Prose(c.Title), Text: causes}
	default:
		row.Failure = &junitProblem{Type: c.Severity.String(), Message: v.Prose(c.Title)}
	}
	return row
}

// causes say what a check waits for, one finding a line.
func (v voice) causes(platform *results.Platform, c *results.Check) string {
	causes := make(map[string]bool, len(c.CausedBy))
	for _, cause := range c.CausedBy {
		causes[cause] = true
	}
	var lines []string
	for i := range platform.Findings {
		if f := &platform.Findings[i]; causes[f.Fingerprint] {
			lines = append(lines, v.Say("要先改正：%s", "to be fixed first: %s", place(f.Location)+": "+v.Prose(f.Message)))
		}
	}
	return strings.Join(lines, "\n")
}

// found is a case with findings: a failure, or a note if none of them stops
// anything.
func (v voice) found(row junitCase, title lang.Text, all []results.Listed) junitCase {
	severity, fails := finding.Advisory, false
	var lines, why []string
	for _, l := range all {
		f := l.Finding
		if f.Waived {
			if w := waiverOf(l.Platform, f); w != nil {
				why = union(why, w.Reason)
			}
			continue
		}
		severity = max(severity, f.Severity)
		fails = fails || l.Blocking || !l.New && f.Severity > finding.Advisory
		lines = append(lines, place(f.Location)+": "+f.Severity.Text().In(v.Language)+": "+v.advice(f))
	}
	text := strings.Join(lines, "\n")
	switch {
	case len(lines) == 0:
		row.Skipped = v.waived(why)
	case !fails:
		row.Output = text
	default:
		row.Failure = &junitProblem{Type: severity.String(), Message: v.Prose(title), Text: text}
	}
	return row
}
