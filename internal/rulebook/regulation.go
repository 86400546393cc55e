package rulebook

import (
	"cmp"
	"maps"
	"math/big"
	"net/url"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/schema"
)

func (l *loader) regulation() {
	doc := l.file(RegulationFile, "regulation")
	if doc == nil {
		return
	}
	reg := &l.book.Regulation
	reg.ID, reg.Title, reg.Note = str(doc.Root, "id"), bilingual(doc.Root, "title"), bilingual(doc.Root, "note")
	reg.Chapters = chapters(doc.Root, "chapters")
	reg.Sections = chapters(doc.Root, "sections")
	for i, section := range reg.Sections {
		if first, _, _ := strings.Cut(section.ID, "."); !hasChapter(reg.Chapters, first) && !hasParts(doc.Root, section.ID) {
			l.fail(doc.Path, doc.Root.Get("sections").Items()[i].Get("id").Start(), lang.Say("第 %s 节里没有条款：改正编号，或删去这一节", "no clause is in section %s: correct its id, or delete it", section.ID))
		}
	}
	for _, v := range items(doc.Root, "clauses") {
		clause := Clause{
			ID: str(v, "id"), Kind: ClauseKind(str(v, "kind")), Title: bilingual(v, "title"), Summary: bilingual(v, "summary"),
			Informative: bilingual(v, "informative"), Points: new(big.Rat), Pos: v.Get("id").Start(),
		}
		l.placeClause(doc, v, &clause)
		if pending := v.Get("pending"); pending != nil {
			clause.Pending = pending.Bool
		}
		if clause.Pending && !clause.Informative.IsZero() {
			l.fail(doc.Path, v.Get("pending").Start(), lang.Say("条款 %s 不能既待编写又不计分", "clause %s cannot be both pending and informative", clause.ID))
		}
		reg.Clauses = append(reg.Clauses, clause)
	}
	for i := range reg.Clauses {
		l.book.clauses[reg.Clauses[i].ID] = &reg.Clauses[i]
	}
}

// placeClause says where a clause is in the regulation: where it states, else
// where its number leads.
func (l *loader) placeClause(doc *document.Document, v *document.Value, clause *Clause) {
	reg := l.book.Regulation
	first, _, _ := strings.Cut(clause.ID, ".")
	clause.Chapter, clause.Section = cmp.Or(str(v, "chapter"), first), str(v, "section")
	if !hasChapter(reg.Chapters, clause.Chapter) {
		l.fail(doc.Path, v.Get("id").Start(), lang.Say("条款 %[1]s 不属于任何一章：没有第 %[2]s 章；用 chapter 写明所在的章",
			"clause %[1]s belongs to no chapter: there is no chapter %[2]s; state its own as chapter", clause.ID, clause.Chapter))
	}
	if clause.Section != "" && !hasChapter(reg.Sections, clause.Section) {
		l.fail(doc.Path, v.Get("section").Start(), lang.Say("没有第 %s 节", "there is no section %s", clause.Section))
	}
	for _, section := range reg.Sections {
		if clause.Section == "" && strings.HasPrefix(clause.ID, section.ID+".") {
			clause.Section = section.ID
		}
	}
}

// hasParts reports whether a clause is in a section, by its number or its own word.
func hasParts(root *document.Value, section string) bool {
	return slices.ContainsFunc(items(root, "clauses"), func(clause *document.Value) bool {
		return str(clause, "section") == section || strings.HasPrefix(str(clause, "id"), section+".")
	})
}

func hasChapter(among []Chapter, id string) bool {
	return slices.ContainsFunc(among, func(c Chapter) bool { return c.ID == id })
}

func chapters(root *document.Value, key string) []Chapter {
	var out []Chapter
	for _, v := range items(root, key) {
		out = append(out, Chapter{ID: str(v, "id"), Title: bilingual(v, "title")})
	}
	return out
}

func (l *loader) policy() {
	doc := l.file(PolicyFile, "policy")
	if doc == nil {
		return
	}
	l.book.policy = doc
	root, p := doc.Root, &l.book.Policy
	p.Weights = map[finding.Severity]int64{}
	for _, field := range fields(root, "weights") {
		if severity, ok := finding.ParseSeverity(field.Key); ok {
			p.Weights[severity] = field.Value.Int()
		}
	}
	l.rising(doc, "weights", rational, "advisory", "minor", "major", "blocker")
	p.Coverage, p.Minimum, p.ClauseFloor = rational(root.Get("coverage")), rational(root.Get("minimum")), rational(root.Get("clause_floor"))
	p.RequiredClauses, p.History = strs(root, "required_clauses"), str(root, "history")
	p.OpenBlockerGrade, p.WaivedBlockerGrade = str(root, "open_blocker_grade"), str(root, "waived_blocker_grade")
	p.Overlays, p.OwnHosts = strs(root, "overlays"), strs(root, "own_hosts")
	for _, field := range fields(root, "bureaus") {
		p.Bureaus = append(p.Bureaus, Bureau{ID: field.Key, Title: bilingual(root.Get("bureaus"), field.Key)})
	}
	slices.SortFunc(p.Bureaus, func(a, b Bureau) int { return cmp.Compare(a.ID, b.ID) })
	l.repository(doc)
	l.markings(doc)
	l.profiles(doc)
	l.points(doc)
	l.grades(doc)
	l.bounds(doc)
	for i, id := range p.RequiredClauses {
		if l.book.clauses[id] == nil {
			l.noClause(doc, root.Get("required_clauses").Items()[i].Start(), id)
		}
	}
}

// noClause reports a clause that the regulation does not have.
func (l *loader) noClause(doc *document.Document, at document.Pos, id string) {
	reg := l.book.Regulation
	var all, inside []string
	for _, clause := range reg.Clauses {
		if all = append(all, clause.ID); clause.Section == id || clause.Chapter == id || strings.HasPrefix(clause.ID, id+".") {
			inside = append(inside, clause.ID)
		}
	}
	remedy := lang.Say("写 %s 里的编号", "write one of %s", RegulationFile)
	if len(inside) > 0 {
		remedy = lang.Say("写到条，%s", "name one of its clauses, %s", lang.Text{ZH: strings.Join(inside, "、"), EN: strings.Join(inside, ", ")})
	} else if meant := near.Words(id, all); len(meant) > 0 {
		either := lang.Same(meant[0])
		for _, id := range meant[1:] {
			either = lang.Say("%s 或 %s", "%s or %s", either, id)
		}
		remedy = lang.Say("是不是 %s？", "did you mean %s?", either)
	}
	l.fail(doc.Path, at, lang.Say("没有条款 %s：%s", "there is no clause %s: %s", id, remedy))
}

// repository is the template by which reports link to files.
func (l *loader) repository(doc *document.Document) {
	at := doc.Root.Get("repository_url")
	if at == nil {
		return
	}
	l.book.Policy.RepositoryURL = at.Text
	for _, part := range []string{"{commit}", "{path}"} {
		if !strings.Contains(at.Text, part) {
			l.fail(doc.Path, at.Start(), lang.Say("地址里没有 %[1]s：写成 https://主机/…/{commit}/{path}", "the address lacks %[1]s: write https://host/…/{commit}/{path}", part))
		}
	}
	plain := strings.NewReplacer("{commit}", "", "{path}", "", "{line}", "").Replace(at.Text)
	if _, err := url.Parse(plain); err != nil || strings.ContainsAny(plain, "{}") {
		l.fail(doc.Path, at.Start(), lang.Say("不是地址：花括号里只能是 commit、path、line", "is not an address: braces hold commit, path or line and nothing else"))
	}
}

func (l *loader) markings(doc *document.Document) {
	stated := items(doc.Root, "markings")
	patterns := make([]string, len(stated))
	for i, v := range stated {
		patterns[i] = v.Text
	}
	l.book.Policy.Markings = newMarkings(patterns, func(i int, err error) {
		l.fail(doc.Path, stated[i].Start(), lang.Say("不是有效的正则表达式：%s", "is not a valid regular expression: %s", schema.RegexpFault(err)))
	})
}

// points sets the points of every clause: each clause has points, no others do,
// and the sum is 100.
func (l *loader) points(doc *document.Document) {
	points := doc.Root.Get("points")
	total, complete, every := new(big.Rat), true, true
	for _, field := range points.Fields() {
		clause := l.book.clauses[field.Key]
		if clause == nil {
			l.noClause(doc, field.KeyStart(), field.Key)
			complete = false
			continue
		}
		clause.Points = rational(field.Value)
		total.Add(total, clause.Points)
	}
	for _, clause := range l.book.Regulation.Clauses {
		if points.Get(clause.ID) == nil && complete { // else one of those that do not exist may be meant
			l.fail(doc.Path, points.Start(), lang.Say("条款 %[1]s 没有分值：补上 %[1]q", "clause %[1]s has no points: add %[1]q", clause.ID))
			every = false
		}
	}
	if complete && every && total.Cmp(big.NewRat(100, 1)) != 0 {
		l.fail(doc.Path, points.Start(), lang.Say("分值之和是 %s，应为 100", "the points sum to %s, want 100", total.RatString()))
	}
}

// grades must cover every score, from the highest down to 0.
func (l *loader) grades(doc *document.Document) {
	p := &l.book.Policy
	grades := doc.Root.Get("grades")
	named := map[string]bool{}
	for i, v := range grades.Items() {
		grade := Grade{ID: str(v, "id"), Min: rational(v.Get("min")), Title: bilingual(v, "title"), Conditions: l.conditions(doc, v)}
		if i > 0 && grade.Min.Cmp(p.Grades[i-1].Min) >= 0 {
			l.fail(doc.Path, v.Get("min").Start(), lang.Say("等次要从高到低排列：%s 的 %s 应低于 %s 的 %s", "grades are sorted from the highest to the lowest: let the %[2]s of %[1]s be below the %[4]s of %[3]s",
				grade.ID, v.Get("min").Text, p.Grades[i-1].ID, grades.Items()[i-1].Get("min").Text))
		}
		named[grade.ID] = true
		p.Grades = append(p.Grades, grade)
	}
	last := p.Grades[len(p.Grades)-1]
	if last.Min.Sign() != 0 {
		l.fail(doc.Path, grades.Start(), lang.Say("最低一等要从 0 分起", "the lowest grade must begin at 0"))
	}
	if len(last.Conditions) > 0 {
		l.fail(doc.Path, grades.Items()[len(grades.Items())-1].Get("conditions").Start(),
			lang.Say("最低一等不能附条件：再低就没有等次了", "the lowest grade can have no conditions: there is none below it"))
	}
	for _, key := range []string{"open_blocker_grade", "waived_blocker_grade"} {
		if !named[str(doc.Root, key)] {
			l.fail(doc.Path, doc.Root.Get(key).Start(), lang.Say("没有等次 %q：%s", "there is no grade %q: %s", str(doc.Root, key), oneOf(str(doc.Root, key), slices.Collect(maps.Keys(named)))))
		}
	}
	// A score has one decimal: a minimum with more could look met when it is
	// not.
	if tenths := new(big.Rat).Mul(p.Minimum, big.NewRat(10, 1)); !tenths.IsInt() {
		l.fail(doc.Path, doc.Root.Get("minimum").Start(), lang.Say("最低分至多一位小数", "the minimum has at most one decimal"))
	}
}

// oneOf says what to write in place of a word that is none of those that are known.
func oneOf(word string, known []string) lang.Text {
	if meant := near.Word(word, known); meant != "" {
		return lang.Say("是不是 %s？", "did you mean %s?", meant)
	}
	slices.Sort(known)
	return lang.Say("有 %s", "there are %s", lang.Text{ZH: strings.Join(known, "、"), EN: strings.Join(known, ", ")})
}

// rising holds figures by severity or effort to their order, the lowest first: two may be
// equal, but what is graver or larger never counts less.
func (l *loader) rising(doc *document.Document, key string, read func(*document.Value) *big.Rat, names ...string) {
	stated := doc.Root.Get(key)
	var before *document.Value
	for _, name := range names {
		v := stated.Get(name)
		switch {
		case v == nil:
			continue
		case before != nil && read(v).Cmp(read(before)) < 0:
			l.fail(doc.Path, v.Start(), lang.Say("%[1]s.%[2]s 是 %[3]s，小于 %[4]s 的 %[5]s：应不小于它", "%[1]s.%[2]s is %[3]s, below the %[5]s of %[4]s: make it at least as much", key, name, v.Text, before.Key(), before.Text))
			return
		}
		before = v
	}
}

// conditions are those of one grade.
func (l *loader) conditions(doc *document.Document, grade *document.Value) []Condition {
	var out []Condition
	for _, v := range items(grade, "conditions") {
		c := Condition{Severity: finding.Minor, Chapter: str(v, "chapter"), Unconfirmed: str(v, "unconfirmed"), AtMost: v.Get("at_most").Int()}
		if statutory := v.Get("statutory"); statutory != nil {
			c.Statutory = statutory.Bool
		}
		if early := v.Get("early"); early != nil {
			c.Early = early.Bool
		}
		if name := str(v, "severity"); name != "" {
			c.Severity, _ = finding.ParseSeverity(name) // the schema lists them
		}
		for _, other := range []string{"statutory", "severity", "chapter", "early"} {
			if c.Unconfirmed != "" && v.Get(other) != nil {
				l.fail(doc.Path, v.Get(other).Start(), lang.Say("unconfirmed 只看一个检查项，旁边的 %s 不起作用：删去其一", "unconfirmed looks at one check, %s beside it has no effect: delete one of the two", other))
			}
		}
		if c.Chapter != "" && !hasChapter(l.book.Regulation.Chapters, c.Chapter) {
			l.fail(doc.Path, v.Get("chapter").Start(), lang.Say("没有第 %s 章", "there is no chapter %s", c.Chapter))
		}
		out = append(out, c)
	}
	return out
}

func (l *loader) bounds(doc *document.Document) {
	p := &l.book.Policy
	waiver, gate := doc.Root.Get("waiver"), doc.Root.Get("gate")
	p.Waiver.MaxTerm = str(waiver, "max_term")
	if _, err := calendar.ParsePeriod(p.Waiver.MaxTerm); err != nil {
		l.fail(doc.Path, waiver.Start(), lang.Say("豁免期限写错：%v", "the waivers' term is wrong: %v", err))
	}
	p.LeadTimes = map[string]calendar.Period{}
	for _, field := range fields(doc.Root, "lead_times") {
		p.LeadTimes[field.Key], _ = calendar.ParsePeriod(field.Value.Text) // the schema has held it to one
	}
	provenance := doc.Root.Get("provenance")
	p.Provenance.MaxLag, _ = calendar.ParsePeriod(str(provenance, "max_lag")) // the schema has held it to one
	p.Provenance.Units = map[string]lang.Text{}
	for _, field := range fields(provenance, "units") {
		p.Provenance.Units[field.Key] = bilingual(provenance.Get("units"), field.Key)
	}
	p.Efforts = map[string]int{}
	for _, field := range fields(doc.Root, "efforts") {
		p.Efforts[field.Key] = int(field.Value.Int())
	}
	l.rising(doc, "efforts", rational, "small", "medium", "large")
	l.rising(doc, "lead_times", days, "small", "medium", "large")
	severity, ok := finding.ParseSeverity(str(gate, "severity"))
	if !ok {
		l.fail(doc.Path, gate.Start(), lang.Say("门禁的严重程度写错", "the gate's severity is wrong"))
	}
	p.Gate = GatePolicy{Severity: severity, MaxDrop: rational(gate.Get("max_drop")), ScopeChanges: scopeDefaults(), NewPlatform: cmp.Or(str(gate, "new_platform"), NewComplies), ShowRulebook: str(gate, "rulebook") == "show"}
	for _, field := range fields(gate, "scope_changes") {
		p.Gate.ScopeChanges[field.Key] = field.Value.Text
	}
}

// days is about how many days a period lasts.
func days(v *document.Value) *big.Rat {
	p, _ := calendar.ParsePeriod(v.Text) // the schema has held it to one
	return big.NewRat(int64(p.Months)*30+int64(p.Days), 1)
}

// What a policy may ask of a new platform: to comply, to have no finding that blocks
// either, or nothing.
const (
	NewComplies = "comply"
	NewFindings = "findings"
	NewShown    = "show"
)

// scopeDefaults is what happens to the kinds of scope changes of which a policy need
// not say anything.
func scopeDefaults() map[string]string {
	return map[string]string{"sight": "block", "adverse": "block", "record": "warn", "evidence": "warn", "verdict": "block"}
}

// coverage requires every clause with points to have checks, to be pending, or
// to say why it has none.
func (l *loader) coverage() {
	homes, weighty := map[string]bool{}, map[string]bool{}
	for _, c := range l.book.Checks {
		homes[c.Clauses[0]] = true
		if c.Severity.At(MaxLevel) != finding.Advisory {
			weighty[c.Clauses[0]] = true
		}
	}
	for _, clause := range l.book.Regulation.Clauses {
		switch {
		case clause.Pending && homes[clause.ID]:
			l.fail(RegulationFile, clause.Pos, lang.Say("条款 %s 标为待编写，却已有检查项", "clause %s is pending, yet has checks", clause.ID))
		case clause.Pending:
		case !clause.Informative.IsZero() && homes[clause.ID]:
			l.fail(RegulationFile, clause.Pos, lang.Say("条款 %s 标为不计分，却有检查项", "clause %s is informative, yet has checks", clause.ID))
		case clause.Informative.IsZero() && !homes[clause.ID]:
			l.fail(RegulationFile, clause.Pos, lang.Say("条款 %s 没有检查项，也没说为什么", "clause %s has no check and does not say why", clause.ID))
		case clause.Points.Sign() > 0 && !weighty[clause.ID]:
			l.fail(RegulationFile, clause.Pos, lang.Say("条款 %s 有分值，却没有计分的检查项", "clause %s has points but no check that counts", clause.ID))
		}
	}
}
