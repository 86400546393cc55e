package report

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/atomicfile"
	"hegui/internal/finding"
	"hegui/internal/jsontext"
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
	// sarifMost is how many results code scanning takes of one run. It rejects all of
	// a run that has more.
	sarifMost = 25_000
)

// sarifFormat writes SARIF 2.1.0 for code scanning: under a gate only what the
// change makes.
type sarifFormat struct{}

func (sarifFormat) Name() string { return "sarif" }

func (sarifFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	d := &sarifReport{voice: newVoice(o), w: w, pretty: o.Pretty, run: run, rules: map[string]*rule{}, names: newTally(), most: sarifMost}
	return d, d.keep(nil)
}

// sarifReport keeps the results until all rules are known, which come first
// and which each result names by its place among them.
type sarifReport struct {
	voice
	kept    atomicfile.Spool
	w       io.Writer
	run     *results.Results
	rules   map[string]*rule
	names   tally
	weights []int8   // of the results kept, in their order
	most    int      // how many are written
	notes   []string // what nobody is held to on the day
	pretty  bool
	// verdicts are those of the platforms.
	verdicts []sarifVerdict
	drafts   drafts
}

func (d *sarifReport) Close() error { return d.kept.Close() }

func (d *sarifReport) Platform(p *results.Platform) error {
	d.note(p)
	return d.keep(p)
}

// Lay implements Early.
func (d *sarifReport) Lay(p *results.Platform) (write func() error) {
	names, text := newTally(), d.drafts.begin()
	d.results(text.JSON, p, names)
	return func() error {
		d.note(p)
		if !d.names.take(names) {
			d.drafts.drop(text)
			return d.keep(p)
		}
		d.found(p)
		return d.drafts.write(&d.kept, text)
	}
}

// keep keeps the results of a platform, or those that belong to none.
func (d *sarifReport) keep(p *results.Platform) error {
	text := d.drafts.begin()
	d.results(text.JSON, p, d.names)
	d.found(p)
	return d.drafts.write(&d.kept, text)
}

// note keeps what is said of a platform itself and of its checks.
func (d *sarifReport) note(p *results.Platform) {
	d.verdicts = append(d.verdicts, sarifVerdict{typeset.Inert(p.ID), p.Compliant, p.Grade.ID, p.Score.Raw, p.Grade.Open, p.Unmet(), string(p.Profile), p.Risks.Count()})
	for i := range p.Checks {
		d.rule(p.Checks[i].ID).add(&p.Checks[i])
	}
	for _, note := range d.outOfForce(p) {
		if !slices.Contains(d.notes, note) {
			d.notes = append(d.notes, note)
		}
	}
}

// results writes the findings of a platform, or those that belong to none, a line each.
func (d *sarifReport) results(text *jsontext.Writer, p *results.Platform, names tally) {
	for _, l := range d.run.ListedAhead(p) {
		text.Element(d.sarifResult(l, names.name(l.Finding.Fingerprint)))
		text.End()
	}
}

// found notes of the same findings what the rules and the bound of the report need.
func (d *sarifReport) found(p *results.Platform) {
	for _, l := range d.run.ListedAhead(p) {
		d.rule(l.Finding.Check).found(l.Finding)
		d.weights = append(d.weights, int8(weight(l.Finding)))
	}
}

func (d *sarifReport) End(run *results.Results) error {
	ids := slices.Sorted(maps.Keys(d.rules))
	j := &jsonStream{w: d.w, pretty: d.pretty}
	j.open("", "{")
	j.value("$schema", sarifSchema)
	j.value("version", sarifVersion)
	j.open("runs", "[")
	j.open("", "{")
	articles, places := d.taxonomy(ids)
	j.value("tool", d.tool(ids, places))
	if articles != nil {
		j.value("taxonomies", []*sarifTaxonomy{articles})
	}
	j.value("invocations", []sarifInvocation{d.sarifInvocation(run)})
	j.value("language", d.language())
	j.value("originalUriBaseIds", map[string]sarifArtifact{sarifRoot: {Description: &sarifText{
		Text: d.Say("被评定的仓库的根目录", "the root of the repository that was checked"),
	}}})
	j.open("results", "[")
	if err := d.release(j, ids); err != nil {
		return err
	}
	j.close("]")
	// One category for pull requests and main, or a viewer that compares runs of
	// one category would find nothing to compare with.
	j.value("automationDetails", sarifAutomation{ID: "hegui/"})
	j.value("columnKind", "unicodeCodePoints")
	j.value("properties", d.properties(run))
	j.close("}")
	j.close("]")
	j.close("}")
	return j.err
}

// release writes the results that were kept, now that the rules have places.
func (d *sarifReport) release(j *jsonStream, ids []string) error {
	places := make(map[string]string, len(ids))
	for place, id := range ids {
		var rule jsontext.Writer
		rule.Open('{')
		rule.String("ruleId", typeset.Inert(id))
		text, err := rule.Bytes()
		if err != nil {
			return err
		}
		places[string(text)] = strconv.Itoa(place)
	}
	kept, err := d.kept.Reader()
	if err != nil {
		return err
	}
	room := d.room()
	lines := bufio.NewReaderSize(kept, 1<<16)
	var result []byte
	for _, weight := range d.weights {
		line, err := readLine(lines)
		if err != nil {
			return err
		}
		if room[weight]--; room[weight] < 0 {
			continue
		}
		rule, rest, _ := bytes.Cut(line, []byte(noPlace))
		result = append(append(append(append(result[:0], rule...), placed...), places[string(rule)]...), rest...)
		j.json(j.broken(result, nil))
	}
	return nil
}

// In a result that is kept, noPlace is what its rule is followed by, and placed what the
// place of the rule is preceded by. Neither can be in the id: it has no bare quote.
const (
	placed  = `,"ruleIndex":`
	noPlace = placed + "0"
)

// readLine reads a line without its end, until the next is read.
func readLine(lines *bufio.Reader) ([]byte, error) {
	line, err := lines.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		var rest []byte
		line = bytes.Clone(line)
		rest, err = lines.ReadBytes('\n')
		line = append(line, rest...)
	}
	return bytes.TrimSuffix(line, []byte("\n")), err
}

// room is how many results of each weight are written: if there are too many, the
// lightest are left out.
func (d *sarifReport) room() map[int8]int {
	found, room := map[int8]int{}, map[int8]int{}
	for _, one := range d.weights {
		found[one]++
	}
	left := d.most
	for _, one := range slices.Backward(slices.Sorted(maps.Keys(found))) {
		room[one] = min(found[one], left)
		left -= room[one]
	}
	return room
}

func (d *sarifReport) tool(ids []string, articles map[string]int) sarifTool {
	written := make([]sarifRule, len(ids))
	for i, id := range ids {
		written[i] = d.sarifRule(d.rules[id])
		written[i].Relationships = relationships(d.rules[id], articles)
	}
	tool := d.run.Tool
	driver := sarifDriver{Name: tool.Name, Version: tool.Version, SemanticVersion: semantic(tool.Version), Rules: written}
	if len(articles) > 0 {
		driver.Taxonomies = []sarifComponent{{articlesName, 0}}
	}
	return sarifTool{driver}
}

func (d *sarifReport) language() string {
	if d.Language == lang.Chinese {
		return "zh-CN"
	}
	return "en-US"
}

func (d *sarifReport) properties(run *results.Results) map[string]any {
	out := map[string]any{
		"as_of": run.AsOf, "audience": run.Audience, "revision": run.Revision, "rulebook": run.Rulebook.Digest,
		"regulation": run.Rulebook.Regulation, "summary": run.Summary, "platforms": d.verdicts,
	}
	if run.Gate != nil {
		out["passed"] = run.Gate.Passed
	}
	return out
}

// command is the command that made the results.
func command(r *results.Results) string {
	if r.Gate != nil {
		return "gate"
	}
	return "check"
}

func (d *sarifReport) sarifInvocation(r *results.Results) sarifInvocation {
	run := sarifInvocation{ExecutionSuccessful: len(r.Errors) == 0}
	for _, err := range r.Errors {
		run.Notifications = append(run.Notifications, sarifNotification{Level: "error", Message: sarifMessage(d.Prose(err))})
	}
	if n := len(d.weights); n > d.most {
		run.Notifications = append(run.Notifications, sarifNotification{Level: "warning", Message: sarifMessage(d.Say(
			"共 %d 个结果，这里只有最严重的 %d 个：代码扫描一次最多收这么多；其余见 JSON 报告",
			"of %d results only the %d severest are here, as many as code scanning takes of one run; the JSON report has all", n, d.most))})
	}
	for _, note := range d.notes {
		run.Notifications = append(run.Notifications, sarifNotification{Level: "note", Message: sarifMessage(note)})
	}
	return run
}

// sarifResult is a finding whose rule has no place yet.
func (v voice) sarifResult(l results.Listed, fingerprint string) sarifResult {
	f := l.Finding
	result := sarifResult{
		RuleID: typeset.Inert(f.Check), Level: sarifLevel(f.Severity), Message: sarifMessage(v.advice(f) + v.mark(l)),
		PartialFingerprints: map[string]string{fingerprintName: fingerprint},
		Properties:          map[string]any{"severity": f.Severity, "clauses": f.Clauses, "platform": typeset.Inert(platformID(l))},
	}
	if f.Item != "" {
		result.Properties["item"] = typeset.Inert(f.Item)
	}
	if f.Location.Path != "" {
		result.Locations = []sarifLocation{sarifPlace(f.Location)}
	}
	if e := f.Edit; e != nil {
		result.Fixes = []sarifFix{{[]sarifChange{{sarifArtifactOf(f.Location.Path), []sarifReplacement{{
			sarifRegion{e.Line, e.Column, e.EndLine, e.EndColumn}, sarifText{Text: e.Text}}}}}}}
	}
	if l.New || l.Worse {
		result.BaselineState = "new"
		if l.Worse {
			result.BaselineState = "updated"
		}
		result.Properties["blocking"] = l.Blocking
		for name, is := range map[string]bool{"reported": l.Reported, "stricter": l.Stricter, "released": l.Released} {
			if is {
				result.Properties[name] = true
			}
		}
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
	place := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifactOf(at.Path)}}
	if s := region(at); s.line > 0 {
		place.Physical.Region = &sarifRegion{StartLine: s.line, StartColumn: s.column, EndLine: s.endLine, EndColumn: s.endColumn}
	}
	if at.Pointer != "" {
		place.Logical = []sarifLogical{{FullyQualifiedName: typeset.Inert(at.Pointer)}}
	}
	return place
}

func sarifArtifactOf(path string) sarifArtifact {
	return sarifArtifact{URI: relativeURI(path), URIBaseID: sarifRoot}
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
	if !strings.ContainsAny(text, "]{}") {
		return sarifText{Text: text}
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
