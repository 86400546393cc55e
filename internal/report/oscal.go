package report

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/google/uuid"

	"hegui/internal/atomicfile"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

const (
	// oscalVersion is that of the schema that the tests hold the report against.
	oscalVersion = "1.2.1"
	// oscalNS names our properties, and is what our UUIDs are made from.
	oscalNS = "urn:hegui"
	// noControl is the control where no clause was judged: the model requires one.
	noControl = "none"
)

// oscalFormat writes OSCAL assessment results: a result per platform, a finding
// per clause that is judged, an observation per check and per finding of ours,
// and a risk per finding of ours.
type oscalFormat struct{}

func (oscalFormat) Name() string { return "oscal" }

func (oscalFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &oscal{voice: newVoice(o), w: w, r: run, names: newTally(), known: &oscalKnown{space: uuid.NewSHA1(uuid.NameSpaceURL, []byte(oscalNS))}, at: midnight(run.AsOf), content: sha256.New()}
	d.known.articles = d.cites()
	commit := ""
	if run.Revision != nil {
		commit = run.Revision.Commit
	}
	d.run = d.only("run", run.AsOf, run.Rulebook.Digest, commit, string(o.Language))
	d.plan = d.only("plan", d.run)
	d.hashed = jsonStream{w: d.content}
	d.above(&d.hashed, "")
	d.list = jsonStream{w: io.MultiWriter(&d.Spool, d.content), depth: 3}
	if o.Pretty {
		d.list.w, d.list.pretty = &d.Spool, true
	}
	return d, d.hashed.err
}

func (d *oscal) Platform(p *results.Platform) error {
	d.add(d.result(p, d.r.Listed(p)))
	return d.list.err
}

// Lay implements Early, except where lines are broken for people.
func (d *oscal) Lay(p *results.Platform) (write func() error) {
	if d.list.pretty {
		return func() error { return d.Platform(p) }
	}
	own, text := &oscal{voice: d.voice, r: d.r, names: newTally(), known: d.known, run: d.run, at: d.at}, d.drafts.begin()
	result := own.result(p, d.r.Listed(p))
	result.write(text.JSON)
	return func() error {
		if !d.names.take(own.names) {
			d.drafts.drop(text)
			return d.Platform(p)
		}
		d.list.draft(&d.drafts, text)
		return d.list.err
	}
}

// add keeps a result; its content is hashed without what is for people alone.
func (d *oscal) add(result oscalResult) {
	d.list.value("", result)
	if d.list.pretty {
		d.hashed.value("", result)
	}
}

func (d *oscal) End(run *results.Results) error {
	if listed := run.Listed(nil); !d.list.filled || len(run.Errors) > 0 || len(listed) > 0 {
		d.add(d.others(run, listed))
	}
	d.below(&d.hashed)
	j := &jsonStream{w: d.w, pretty: d.list.pretty}
	// Another content is another document.
	d.above(j, d.only("document", string(d.content.Sum(nil))))
	j.kept(&d.Spool, d.list)
	d.below(j)
	return errors.Join(d.hashed.err, j.err)
}

// above writes what precedes the results.
func (d *oscal) above(j *jsonStream, name string) {
	j.open("", "{")
	j.open("assessment-results", "{")
	j.value("uuid", name)
	j.value("metadata", d.metadata())
	j.value("import-ap", oscalImport{Href: "#" + d.plan, Remarks: line(d.Say("没有另行约定的评估方案：这是按规则库进行的自评。",
		"No assessment plan was agreed: this is a self-assessment by the rulebook."))})
	j.open("results", "[")
}

// below writes what follows the results.
func (d *oscal) below(j *jsonStream) {
	j.close("]")
	j.value("back-matter", d.backMatter())
	j.close("}")
	j.close("}")
}

// oscal is a document on its way.
type oscal struct {
	atomicfile.Spool
	voice
	w     io.Writer
	r     *results.Results
	names tally
	known *oscalKnown
	// run stands for date, rulebook, revision and language; tool is the UUID of
	// hegui in the current result.
	run, tool string
	plan      string
	// at is the day of judging as a timestamp: the report never asks the clock.
	at string
	// list are the results, kept until the document's UUID is known, which is made from
	// its content.
	list, hashed jsonStream
	content      hash.Hash
	drafts       drafts
}

// oscalKnown is what all results of a document have in common.
type oscalKnown struct {
	// space is what our UUIDs are made from, articles are texts by their ids.
	space    uuid.UUID
	articles map[string]cite
	// titles are those of checks as lines, cited the resources of the instruments that
	// observations name, by their ids.
	titles, cited sync.Map
}

// midnight is the beginning of a day where the platforms are.
func midnight(date string) string { return date + "T00:00:00+08:00" }

// id is a UUID of version 5: the same thing has the same one in every run. There may be
// several such things.
func (d *oscal) id(kind string, about ...string) string {
	return d.named(d.names.name(finding.Fingerprint(kind, "", about...)))
}

// only is the UUID of a thing that exists once.
func (d *oscal) only(kind string, about ...string) string {
	return d.named(finding.Fingerprint(kind, "", about...))
}

func (d *oscal) named(name string) string { return uuid.NewSHA1(d.known.space, []byte(name)).String() }

// checkTitle is the title of a check as a line.
func (d *oscal) checkTitle(title lang.Text) string {
	known, ok := d.known.titles.Load(title)
	if !ok {
		known, _ = d.known.titles.LoadOrStore(title, line(d.Prose(title)))
	}
	return known.(string)
}

// line is a text as a line of markup, plain as a string; neither may be empty.
func line(text string) string { return said(strings.TrimSpace(text)) }

func plainString(text string) string {
	if text = strings.TrimSpace(typeset.Inert(text)); text == "" {
		return "–"
	}
	return text
}

// token is an id of which OSCAL allows letters, digits, points and dashes.
func token(prefix, id string) string {
	return prefix + strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune(".-_", r) {
			return r
		}
		return '_'
	}, plainString(id))
}

func property(name, value string) oscalProp {
	return oscalProp{Name: name, NS: oscalNS, Value: plainString(value)}
}

func (d *oscal) metadata() oscalMetadata {
	version := d.r.AsOf
	if d.r.Revision != nil {
		version = cmp.Or(d.r.Revision.Commit, version)
	}
	return oscalMetadata{
		Title: line(d.Say("自评结果", "Self-assessment results") + " · " + d.Prose(d.r.Rulebook.Title)), LastModified: d.at,
		Version: plainString(version), OSCALVersion: oscalVersion,
		Props: []oscalProp{
			property("as-of", d.r.AsOf), property("audience", d.r.Audience), property("rulebook", d.r.Rulebook.Digest),
			property("regulation", d.r.Rulebook.Regulation), property("tool", d.r.Tool.Name+" "+d.r.Tool.Version),
		},
		Remarks: line(d.disclaimer()),
	}
}

// backMatter is the rulebook, which stands for an assessment plan, and the
// instruments that observations name.
func (d *oscal) backMatter() oscalBack {
	return oscalBack{Resources: append([]oscalResource{{
		UUID: d.plan, Title: line(d.Say("自评所依据的规则库", "The rulebook of the self-assessment")),
		Description: line(d.Say("它代替评估方案：写明了条款、检查项与限值。hegui 按它评价平台自己的描述。",
			"It stands for an assessment plan: it states clauses, checks and limits. hegui judges by it what platforms declare of themselves.")),
		Citation: oscalCitation{Text: line(d.basis(d.r))},
	}}, d.instruments()...)}
}

// frame is a result without content. The tool is described in each: a result
// stands for itself.
func (d *oscal) frame(key, title, description string) oscalResult {
	d.tool = d.only("tool", d.run, key)
	return oscalResult{
		UUID: d.only("result", d.run, key), Title: line(title), Description: line(description), Start: d.at, End: d.at,
		LocalDefinitions: oscalLocal{Components: []oscalComponent{{
			UUID: d.tool, Type: "software", Title: line(typeset.Inert(d.r.Tool.Name)), Description: line(d.Say("进行自评的程序", "the program that judged")),
			Props: []oscalProp{property("version", d.r.Tool.Version)}, Status: oscalState{State: "operational"},
		}}},
		ReviewedControls: oscalReviewed{Description: line(d.Say("条款就是控制项。", "The clauses are the controls.")), Selections: []oscalSelection{{
			Description: line(d.Say("没有评价任何条款。", "No clause was judged.")), Include: []oscalControl{{ID: noControl}},
		}}},
	}
}

// others is what belongs to no platform.
func (d *oscal) others(run *results.Results, listed []results.Listed) oscalResult {
	result := d.frame("", d.Say("运行", "The run"), d.Say("不属于任何平台的内容", "What belongs to no platform"))
	var lines []string
	for _, err := range run.Errors {
		lines = append(lines, "- "+d.Say("运行出错：", "run failed: ")+said(d.Prose(err)))
	}
	result.Remarks = strings.Join(lines, "\n")
	for _, l := range listed {
		d.observe(&result, l, oscalSubject{UUID: d.tool, Type: "component"})
	}
	return result
}

func (d *oscal) result(p *results.Platform, listed []results.Listed) oscalResult {
	result := d.frame(p.ID, d.title(p), d.Say("自评（未经核实）：%s", "Self-declared: %s", d.grade(p)))
	result.Props = []oscalProp{
		property("platform", p.ID), property("compliant", d.compliantWord(p)), property("score", number(p.Score.Raw)), property("grade", p.Grade.ID),
		property("profile", string(p.Profile)), property("blockers", strconv.Itoa(p.Grade.Open)), property("statutory-unmet", strconv.Itoa(p.Unmet())),
	}
	var remarks []string
	if said := p.Risks.Said(); !said.IsZero() {
		result.Props = append(result.Props, property("possible-major-risks", strconv.Itoa(p.Risks.Count())))
		remarks = append(remarks, "- "+typeset.Markdown(d.Prose(said)))
	}
	for _, text := range d.outOfForce(p) {
		remarks = append(remarks, "- "+said(text))
	}
	for _, one := range p.Decisions {
		remarks = append(remarks, "- "+said(d.decision(one)+" · "+d.Prose(one.Source)+" · "+d.Prose(one.Reason)))
	}
	result.Remarks = strings.Join(remarks, "\n")
	subject := oscalSubject{UUID: d.id("platform", p.Code), Type: "component"}
	result.LocalDefinitions.Components = append(result.LocalDefinitions.Components, oscalComponent{
		UUID: subject.UUID, Type: "system", Title: line(d.title(p)), Description: line(d.term(p.KindTitle, p.Kind)),
		Props:  []oscalProp{property("code", p.Code)},
		Status: oscalState{State: "other", Remarks: line(d.term(p.StageTitle, p.Stage))},
	})
	checks := map[string]string{}
	for i := range p.Checks {
		if c := &p.Checks[i]; c.Outcome != finding.NotApplicable {
			result.Observations = append(result.Observations, d.observation(p, c, subject))
			checks[c.ID] = result.Observations[len(result.Observations)-1].UUID
		}
	}
	type trace struct{ observation, risk string }
	traces := map[*finding.Finding]trace{}
	for _, l := range listed {
		observation, risk := d.observe(&result, l, subject)
		traces[l.Finding] = trace{observation, risk}
	}
	var judged, others []oscalControl
	for i := range p.Clauses {
		c := &p.Clauses[i]
		control := oscalControl{ID: token("clause-", c.ID)}
		if c.Verdict != "met" && c.Verdict != "partly_met" && c.Verdict != "not_met" {
			others = append(others, control)
			continue
		}
		judged = append(judged, control)
		f := d.finding(p, c)
		for _, check := range c.Checks {
			if observation, ok := checks[check]; ok {
				f.Observations = append(f.Observations, oscalRelatedObserv{observation})
			}
		}
		for _, l := range listed {
			if slices.Contains(l.Finding.Clauses, c.ID) {
				f.Observations = append(f.Observations, oscalRelatedObserv{traces[l.Finding].observation})
				f.Risks = append(f.Risks, oscalRelatedRisk{traces[l.Finding].risk})
			}
		}
		result.Findings = append(result.Findings, f)
	}
	if len(judged) > 0 {
		result.ReviewedControls.Selections = []oscalSelection{{
			Description: line(d.Say("评价过的条款；其余不适用、不计分或检查项待编写。", "Clauses that were judged; the others do not apply, are informative or have no checks yet.")),
			Include:     judged, Exclude: others,
		}}
	}
	return result
}

func (d *oscal) compliantWord(p *results.Platform) string {
	if p.Compliant {
		return "compliant"
	}
	return "not-compliant"
}

func (d *oscal) origin() []oscalOrigin {
	return []oscalOrigin{{Actors: []oscalActor{{Type: "tool", UUID: d.tool}}}}
}

// observation is what a check saw in the description.
func (d *oscal) observation(p *results.Platform, c *results.Check, subject oscalSubject) oscalObservation {
	held := 0
	for _, item := range c.Items {
		if item.Outcome == finding.Pass {
			held++
		}
	}
	return oscalObservation{
		UUID: d.only("check", d.run, p.ID, c.ID), Title: d.checkTitle(c.Title),
		Description: line(d.Say("%d 个对象中 %d 个成立", "%[2]d of %[1]d items hold", len(c.Items), held)),
		Props:       []oscalProp{property("check", c.ID), property("outcome", string(c.Outcome)), property("severity", c.Severity.String())},
		Links:       d.references(c),
		Methods:     []string{"EXAMINE"}, Types: []string{"control-objective"}, Origins: d.origin(),
		Subjects: []oscalSubject{subject}, Collected: d.at,
	}
}

// observe adds an observation and a risk for a finding of ours.
func (d *oscal) observe(result *oscalResult, l results.Listed, subject oscalSubject) (observation, risk string) {
	f := l.Finding
	said := line(d.Prose(f.Said()))
	seen := oscalObservation{
		UUID: d.id("observation", d.run, f.Fingerprint), Title: line(typeset.Inert(f.Check)), Description: said,
		Props:   []oscalProp{property("check", f.Check), property("severity", f.Severity.String()), property("fingerprint", f.Fingerprint)},
		Methods: []string{"EXAMINE"}, Types: []string{"finding"}, Origins: d.origin(), Subjects: []oscalSubject{subject}, Collected: d.at,
	}
	if f.Location.Path != "" {
		seen.Evidence = []oscalEvidence{{Href: relativeURI(f.Location.Path), Description: line(place(f.Location))}}
	}
	// A finding keeps its risk from one examination to the next.
	danger := oscalRisk{
		UUID: d.id("risk", f.Fingerprint), Title: said, Description: said,
		Statement: line(d.Say("不符合 %s", "against %s", d.against(f))), Status: "open",
		Props: []oscalProp{property("severity", f.Severity.String())}, Related: []oscalRelatedObserv{{seen.UUID}},
	}
	if f.Waived {
		danger.Status = "deviation-approved"
		if w := waiverOf(l.Platform, f); w != nil && isDate(w.Expires) {
			danger.Deadline = midnight(w.Expires)
		}
	}
	if !f.Remedy.IsZero() {
		danger.Remediations = []oscalRemediation{{
			UUID: d.id("remedy", f.Fingerprint), Lifecycle: "recommendation", Title: line(d.Say("整改", "fix")), Description: line(d.Prose(f.Remedy)),
		}}
	}
	result.Observations = append(result.Observations, seen)
	result.Risks = append(result.Risks, danger)
	return seen.UUID, danger.UUID
}

// against is what a finding violates: clauses and their source, or else its kind.
func (d *oscal) against(f *finding.Finding) string {
	var parts []string
	switch clauses := d.List(f.Clauses, maxNamed); len(f.Clauses) {
	case 0:
	case 1:
		parts = append(parts, d.Say("条款 %s", "clause %s", clauses))
	default:
		parts = append(parts, d.Say("条款 %s", "clauses %s", clauses))
	}
	if !f.Source.IsZero() {
		parts = append(parts, d.Prose(f.Source))
	}
	if len(parts) == 0 {
		parts = append(parts, typeset.Inert(f.Check))
	}
	return strings.Join(parts, " · ")
}

// finding is the verdict on a clause.
func (d *oscal) finding(p *results.Platform, c *results.Clause) oscalFinding {
	verdict := term.ClauseVerdicts().Text(c.Verdict).In(d.Language)
	if c.Waived {
		verdict += d.Say("（已豁免）", " (waived)")
	}
	status := oscalState{State: "not-satisfied", Reason: "fail"}
	switch c.Verdict {
	case "met":
		status = oscalState{State: "satisfied", Reason: "pass"}
	case "partly_met":
		status.Reason = "other"
	}
	status.Remarks = line(verdict)
	title := typeset.Inert(c.ID) + " " + d.Prose(c.Title)
	return oscalFinding{
		UUID: d.only("clause", d.run, p.ID, c.ID), Title: line(title),
		Description: line(d.Say("%s，得分 %s", "%s, score %s", verdict, number(c.Score))), Origins: d.origin(),
		Props:  []oscalProp{property("verdict", c.Verdict), property("score", number(c.Score)), property("points", number(c.Points))},
		Target: oscalTarget{Type: "objective-id", ID: token("clause-", c.ID), Title: line(title), Status: status},
	}
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
