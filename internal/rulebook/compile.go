package rulebook

import (
	"fmt"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// checks are the checks of one topic.
func (l *loader) checks(topic *schema.Schema) *part {
	at := checksFile(topic.Name)
	if p := l.recallChecks(topic, at); p != nil {
		return p
	}
	return l.compileFile(topic, at)
}

// compileFile reads and compiles the checks of one file.
func (l *loader) compileFile(topic *schema.Schema, at string) *part {
	doc := l.file(at, "check")
	if doc == nil {
		return &part{}
	}
	day := l.examplesDay(doc)
	p := &part{asOf: func() calendar.Date { return day }, doc: doc}
	for _, v := range items(doc.Root, "checks") {
		c := &compiler{loader: l, doc: doc, node: v, told: map[lang.Text]bool{}}
		p.checks = append(p.checks, c.compile(topic, p.asOf))
	}
	return p
}

func (l *loader) add(check *Check) {
	switch first := l.book.byID[check.ID]; {
	case first != nil:
		message := lang.Say("编号 %s 重复：已在第 %d 行使用；给其中一个另起编号", "id %s is used twice: the first is on line %d; give one of the two another", check.ID, first.Pos.Line)
		if first.Path != check.Path {
			message = lang.Say("编号 %s 重复：已在 %s 第 %d 行使用；给其中一个另起编号", "id %s is used twice: the first is on line %[3]d of %[2]s; give one of the two another", check.ID, first.Path, first.Pos.Line)
		}
		l.fail(check.Path, check.Pos, message)
		return
	case !strings.HasPrefix(check.ID, check.Topic+"."):
		l.fail(check.Path, check.Pos, lang.Say("编号 %s 要以 %s. 开头", "id %s must begin with %s.", check.ID, check.Topic))
	}
	l.book.byID[check.ID] = check
	l.book.Checks = append(l.book.Checks, check)
}

// examplesDay is the day on which the examples of a checks file are judged.
func (l *loader) examplesDay(doc *document.Document) calendar.Date {
	day, err := calendar.ParseDate(str(doc.Root, "as_of"))
	if err != nil {
		l.fail(doc.Path, doc.Root.Get("as_of").Start(), lang.Say("%v", "%v", err))
	}
	return day
}

// compiler compiles one check.
type compiler struct {
	*loader
	doc  *document.Document
	node *document.Value
	// told is what was said of an expression of the check.
	told map[lang.Text]bool
}

func (c *compiler) refuse(pos document.Pos, message lang.Text) { c.fail(c.doc.Path, pos, message) }

func (c *compiler) compile(topic *schema.Schema, asOf func() calendar.Date) *Check {
	v := c.node
	check := &Check{
		ID: str(v, "id"), Topic: topic.Name, Clauses: strs(v, "clauses"), Effort: str(v, "effort"), Waivable: true,
		Title: bilingual(v, "title"), Rationale: bilingual(v, "rationale"), Remedy: bilingual(v, "remedy"), Message: bilingual(v, "message"),
		When: str(v, "when"), Assert: str(v, "assert"), At: str(v, "at"), Path: c.doc.Path, Pos: v.Get("id").Start(),
		asOf: asOf, Severity: byLevel(v.Get("severity"), severity), Basis: byLevel(v.Get("basis"), c.basis),
	}
	if waivable := v.Get("waivable"); waivable != nil {
		check.Waivable = waivable.Bool
	}
	c.level(check)
	check.Essential, check.Effective = Profile(str(v, "profile")) == Essential, effective(v)
	for i, id := range check.Clauses {
		if c.book.clauses[id] == nil {
			c.noClause(c.doc, v.Get("clauses").Items()[i].Start(), id)
		}
	}
	c.levels(c.doc.Path, v.Get("severity"))
	c.levels(c.doc.Path, v.Get("basis"))
	c.weight(check)
	check.Supersedes = str(c.node, "supersedes")
	c.limits(check)
	c.coming(check)
	before := len(c.defects)
	if !c.misnamed(check) {
		c.expressions(check) // what reads a limit that is named wrong would be wrong too
	}
	if len(c.defects) == before && check.compiled.assert != nil {
		c.unused(check) // an expression that cannot be read may be where a limit belongs
	}
	c.grace(check)
	check.compiled.levels = new(levels)
	c.footing(check)
	c.risks(check)
	c.examples(check)
	return check
}

// level reads the grade that the check goes by: a property of the header that
// is the platform's own level where it is not stated.
func (c *compiler) level(check *Check) {
	stated := c.node.Get("level")
	if stated == nil {
		return
	}
	field := c.book.Schemas.Find(HeaderTopic).Root.Field(stated.Text)
	if field == nil || field.Type.Otherwise != levelField {
		var known []string
		for _, field := range c.book.Schemas.Find(HeaderTopic).Root.Fields {
			if field.Type.Otherwise == levelField {
				known = append(known, field.Name)
			}
		}
		remedy := lang.Say("写这样一个键", "name such a key")
		if len(known) > 0 {
			remedy = oneOf(stated.Text, known)
		}
		c.refuse(stated.Start(), lang.Say("平台头部没有 %s，或它不以 %s 为缺省：%s", "the header has no %s that is %s where it is not stated: %s", document.Quote(stated.Text), levelField, remedy))
		return
	}
	check.Level = stated.Text
}

// weight rejects a weight on advice, which does not score.
func (c *compiler) weight(check *Check) {
	weight := c.node.Get("weight")
	if weight == nil {
		return
	}
	check.Weight = weight.Int()
	if slices.Contains(check.Severity.Values, finding.Advisory) {
		c.refuse(weight.Start(), lang.Say("提示级的检查项不计分，不得写权重", "an advisory check does not score, so it has no weight"))
	}
}

func (c *compiler) limits(check *Check) {
	for _, field := range fields(c.node, "limits") {
		c.levels(c.doc.Path, field.Value)
		rule := LimitRule{Name: field.Key, ByLevel: byLevel(field.Value, func(v *document.Value) Limit {
			return Limit{Name: field.Key, Value: str(v, "value"), Basis: c.basis(v.Get("basis")), value: v.Get("value")}
		})}
		check.Limits = append(check.Limits, rule)
		c.direction(field, rule)
	}
	check.compiled.limits = limitTypes(check)
}

// coming reads the limits that become stricter on days that are set.
func (c *compiler) coming(check *Check) {
	for _, v := range items(c.node, "tightened") {
		name, levels := str(v, "limit"), v.Get("levels")
		c.levels(c.doc.Path, levels)
		t := Tightening{Limit: name, From: *effective(v), at: v.Get("limit").Start(), Levels: byLevel(levels, func(v *document.Value) Limit {
			return Limit{Name: name, Value: str(v, "value"), Basis: c.basis(v.Get("basis")), value: v.Get("value")}
		})}
		check.Coming = append(check.Coming, t)
	}
}

// limitTypes are the types of a check's limits; nil for a check without any.
func limitTypes(check *Check) *schema.Type {
	if len(check.Limits) == 0 {
		return nil
	}
	t := &schema.Type{Name: "limits." + check.ID, Kind: schema.Object}
	for _, rule := range check.Limits {
		kind := schema.Period
		switch rule.Values[0].value.Kind {
		case document.Int:
			kind = schema.Integer
		case document.Float:
			kind = schema.Number
		}
		t.Fields = append(t.Fields, schema.Field{Name: rule.Name, Index: len(t.Fields), Required: true, Type: &schema.Type{Name: t.Name + "." + rule.Name, Kind: kind}})
	}
	return t
}

// misnamed reports whether a limit's name says nothing of its direction.
func (c *compiler) misnamed(check *Check) bool {
	return slices.ContainsFunc(check.Limits, func(rule LimitRule) bool {
		return !strings.HasPrefix(rule.Name, "max_") && !strings.HasPrefix(rule.Name, "min_")
	})
}

// direction checks a limit against its name: a higher level may only lower a
// max_ and raise a min_.
func (c *compiler) direction(field document.Field, rule LimitRule) {
	sign := 0
	switch {
	case strings.HasPrefix(rule.Name, "max_"):
		sign = 1
	case strings.HasPrefix(rule.Name, "min_"):
		sign = -1
	default:
		c.refuse(field.KeyStart(), lang.Say("限值名 %[1]q 要以 max_ 或 min_ 开头：上限写 max_%[1]s，下限写 min_%[1]s", "the limit's name %[1]q must begin with max_ or min_: write max_%[1]s for an upper bound, min_%[1]s for a lower one", rule.Name))
		return
	}
	for i, limit := range rule.Values {
		if limit.value.Kind != rule.Values[0].value.Kind {
			c.refuse(limit.value.Start(), lang.Say("限值 %s 各级的种类不同", "the levels of %s differ in kind", rule.Name))
			return
		}
		if i > 0 && sign*compareLimits(limit, rule.Values[i-1]) > 0 {
			c.refuse(limit.value.Start(), lang.Say("%s：等保级别升高，限值 %s 反而比 %s 宽", "%s: %s is looser than %s, though the level is higher", rule.Name, limit.Value, rule.Values[i-1].Value))
		}
	}
}

// unused rejects limits that neither assert nor each reads.
func (c *compiler) unused(check *Check) {
	read := sourceOf(c.node.Get("assert")) + sourceOf(c.node.Get("each"))
	for i, field := range fields(c.node, "limits") {
		if name := check.Limits[i].Name; !strings.Contains(read, "limits."+name) {
			c.refuse(field.KeyStart(), lang.Say("限值 %s 没有用到", "the limit %s is never used", name))
		}
	}
}

func compareLimits(a, b Limit) int {
	if a.value.Kind == document.String {
		p, errP := calendar.ParsePeriod(a.Value)
		q, errQ := calendar.ParsePeriod(b.Value)
		if errP == nil && errQ == nil {
			return p.Compare(q)
		}
	}
	return rational(a.value).Cmp(rational(b.value))
}

func sourceOf(v *document.Value) string {
	if v == nil {
		return ""
	}
	text := v.Text
	for _, item := range v.Items() {
		text += "\n" + sourceOf(item)
	}
	for _, field := range v.Fields() {
		text += "\n" + sourceOf(field.Value)
	}
	return text
}

func (c *compiler) expressions(check *Check) {
	scope := c.book.Env.Scope().Lacks("limits", lang.Say("适用条件不能读限值：把与限值的比较写进 assert", "when cannot read limits: compare with a limit in assert"))
	if when := c.node.Get("when"); when != nil {
		check.compiled.when = c.program(scope, when, expression.Switch)
		c.onlyHeader(when, check.compiled.when)
	}
	if check.Level != "" {
		check.compiled.level, _ = scope.Path(check.levelPath()) // it has been looked at with the header
	}
	scope = scope.Lacks("limits", lang.Say("检查项没有写限值：在它的 limits 里写上 max_… 或 min_…", "the check states no limits: state max_… or min_… in its limits"))
	if check.compiled.limits != nil {
		scope = scope.With("limits", check.compiled.limits)
	}
	for _, v := range items(c.node, "each") {
		inner, ok := c.each(check, scope, v)
		if !ok {
			return // later steps would only report the missing name
		}
		scope = inner
	}
	check.compiled.assert = c.program(scope, c.node.Get("assert"), expression.Condition)
	c.place(check, scope)
	message := c.node.Get("message")
	both := [2]*expression.Template{c.template(scope, message.Get("zh")), c.template(scope, message.Get("en"))}
	check.compiled.message = func() [2]*expression.Template { return both }
}

func (c *compiler) place(check *Check, scope expression.Scope) {
	at := c.node.Get("at")
	if at == nil {
		if len(check.Each) == 0 {
			c.refuse(check.Pos, lang.Say("检查项 %s 没有 each，就要用 at 写明问题指向哪里", "check %s has no each, so it must state at", check.ID))
		}
		return
	}
	path, problems := scope.Path(at.Text)
	c.report(at, problems)
	check.compiled.at = path
}

// onlyHeader restricts `when` to the header: whether a check applies must not
// depend on what it judges.
func (c *compiler) onlyHeader(when *document.Value, program *expression.Program) {
	if program == nil {
		return
	}
	for _, read := range program.Reads() {
		switch {
		case !strings.HasPrefix(read, HeaderTopic+"."):
			c.refuse(when.Start(), lang.Say("适用条件只能读 %s 的字段，读了 %s", "when may read only fields of %s, it reads %s", HeaderTopic, read))
		case c.node.Get("level") != nil && read == HeaderTopic+"."+levelField:
			c.refuse(when.Start(), lang.Say("检查项按 %[2]s 定级，适用条件却读 %[1]s：改读 %[2]s", "the check goes by %[2]s, and when reads %[1]s: read %[2]s", read, HeaderTopic+"."+str(c.node, "level")))
		}
	}
}

func (c *compiler) program(scope expression.Scope, v *document.Value, want expression.Want) *expression.Program {
	program, problems := scope.Compile(v.Text, want)
	c.report(v, problems)
	if len(problems) > 0 {
		return nil
	}
	return program
}

func (c *compiler) template(scope expression.Scope, v *document.Value) *expression.Template {
	template, problems := scope.Template(v.Text)
	c.report(v, problems)
	return template
}

func (c *compiler) report(v *document.Value, problems []expression.Problem) {
	for _, p := range problems {
		if c.told[p.Message] {
			continue // assert and both messages repeat a slip: it is one
		}
		c.told[p.Message] = true
		c.refuse(inside(c.doc, v, p.Offset), p.Message)
	}
}

// inside is the place of the rune at offset in a scalar's text; the scalar's
// start where folding or escapes have moved the text.
func inside(doc *document.Document, v *document.Value, offset int) document.Pos {
	line := []rune(doc.Line(v.Start().Line))
	at := v.Start().Column - 1
	if at >= len(line) {
		return v.Start()
	}
	switch line[at] {
	case '|':
		before := []rune(v.Text)
		before = before[:min(offset, len(before))]
		row := strings.Count(string(before), "\n")
		column := len(before) - 1 - lastIndex(before, '\n')
		first := doc.Line(v.Start().Line + 1)
		indent := len(first) - len(strings.TrimLeft(first, " "))
		return document.Pos{Line: v.Start().Line + 1 + row, Column: indent + column + 1}
	case '"', '\'':
		at++
	}
	if strings.HasPrefix(string(line[at:]), v.Text) {
		return document.Pos{Line: v.Start().Line, Column: at + 1 + offset}
	}
	return v.Start()
}

func lastIndex(runes []rune, r rune) int {
	for i := len(runes) - 1; i >= 0; i-- {
		if runes[i] == r {
			return i
		}
	}
	return -1
}

// byLevel reads {default: …, level3: …}.
func byLevel[T any](v *document.Value, read func(*document.Value) T) ByLevel[T] {
	var out ByLevel[T]
	for level := 0; level <= MaxLevel; level++ {
		if stated := v.Get(levelKey(level)); stated != nil {
			out.Levels, out.Values = append(out.Levels, level), append(out.Values, read(stated))
		}
	}
	return out
}

// levelKey is the key of what applies from a level upwards.
func levelKey(level int) string {
	if level == 0 {
		return "default"
	}
	return fmt.Sprintf("level%d", level)
}

func severity(v *document.Value) finding.Severity {
	s, _ := finding.ParseSeverity(v.Text) // the schema allows no other names
	return s
}

// citation reads a source: one text for a document's own name, or both
// languages.
func citation(v *document.Value) lang.Text {
	if v.Kind == document.Map {
		return lang.Text{ZH: str(v, "zh"), EN: str(v, "en")}
	}
	return lang.Same(v.Text)
}

func (c *compiler) basis(v *document.Value) Basis { return c.loader.basis(c.doc, v) }

// Fields are the places in schemas that decide what the check says.
func (c *Check) Fields() []string {
	out := slices.Clone(c.compiled.assert.Fields())
	if c.compiled.when != nil {
		out = append(out, c.compiled.when.Fields()...)
	}
	for _, step := range c.compiled.each {
		out = append(out, step.list.Fields()...)
		for _, path := range append([]*expression.Path{step.dated, step.settled, step.rectified, step.proof}, step.opened...) {
			if path != nil {
				out = append(out, path.Fields()...)
			}
		}
	}
	if c.Level != "" {
		out = append(out, c.levelPath())
	}
	if c.Grace.Since != "" {
		out = append(out, c.Grace.Since)
	}
	return out
}

// Topics are the topics that the check's expressions read, in their order.
func (c *Check) Topics() []string {
	var out []string
	for _, read := range c.Reads() {
		if name, _, _ := strings.Cut(read, "."); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// Reads are the paths into topics that the check's expressions name.
func (c *Check) Reads() []string {
	programs := []*expression.Program{c.compiled.when, c.compiled.assert}
	for _, step := range c.compiled.each {
		programs = append(programs, step.list)
	}
	var out []string
	for _, p := range programs {
		if p != nil {
			out = append(out, p.Reads()...)
		}
	}
	if c.Level != "" {
		out = append(out, c.levelPath())
	}
	if c.Grace.Since != "" {
		out = append(out, c.Grace.Since)
	}
	return out
}
