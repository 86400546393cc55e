package rulebook

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// footing checks what a check demands against what that rests on: on the day of its
// examples, at every protection level that the check may meet.
type footing struct {
	*loader
	doc   *document.Document
	check *Check
	// day is the first on which the demand may be held against anyone.
	day calendar.Date
}

// firstDay is that of the examples, or the later one on which a demand comes into
// force.
func firstDay(examples calendar.Date, effective ...*calendar.Date) calendar.Date {
	for _, day := range effective {
		if day != nil && day.After(examples) {
			examples = *day
		}
	}
	return examples
}

// footing examines what the check itself and its limits rest on.
func (c *compiler) footing(check *Check) {
	f := footing{c.loader, c.doc, check, firstDay(check.AsOf(), check.Effective)}
	f.stated(c.node.Get("basis"), func(v *document.Value) *document.Value { return v })
	for _, field := range fields(c.node, "limits") {
		f.stated(field.Value, basisOf)
	}
	f.vetoes(c.node.Get("severity"))
	for _, v := range items(c.node, "tightened") {
		f.day = firstDay(check.AsOf(), check.Effective, effective(v))
		f.stated(v.Get("levels"), basisOf)
	}
}

// basisOf is the basis of a limit at one level.
func basisOf(limit *document.Value) *document.Value { return limit.Get("basis") }

// stated examines each basis of a map by level; a basis holds from its level up to the
// next one stated.
func (f footing) stated(byLevel *document.Value, basis func(*document.Value) *document.Value) {
	next := MaxLevel + 1
	for level := MaxLevel; level >= 0; level-- {
		v := byLevel.Get(levelKey(level))
		if v == nil {
			continue
		}
		for _, named := range articlesOf(basis(v)) {
			if article := f.book.articles[named.Text]; article != nil {
				f.inForce(named, article)
				f.binds(named, article, f.covered(level, next))
			}
		}
		next = level
	}
}

// covered are the levels that an entry covers: those that the check may apply at, up to
// 4, since only platforms that state it have level 5.
func (f footing) covered(from, next int) []int {
	var out []int
	for level := max(from, 1); level < next && level <= max(from, maxOrdinary); level++ {
		if f.book.MayApply(f.check, level) {
			out = append(out, level)
		}
	}
	return out
}

// maxOrdinary is the highest level that the published standards speak of.
const maxOrdinary = 4

// MayApply reports whether a check can apply to a platform of which only the
// level is known: what is not known leaves it open.
func (r *Rulebook) MayApply(c *Check, level int) bool {
	header := r.Schemas.Find(HeaderTopic)
	if c.compiled.when == nil || header == nil {
		return true
	}
	v := document.NewMap(document.Field{Key: levelField, Value: document.NewInt(int64(level))})
	frame := r.Env.NewFrame(calendar.Date{})
	if err := frame.Bind(HeaderTopic, header.Root, v); err != nil {
		return true
	}
	holds, err := c.compiled.when.True(frame)
	return holds || err != nil
}

// articlesOf are the references of a basis to articles; none for a default of
// ours and for what is still written inline.
func articlesOf(basis *document.Value) []*document.Value {
	source := basis.Get("source")
	switch {
	case basis.Get("kind") != nil:
		return nil
	case source.Kind == document.List:
		return source.Items()
	}
	return []*document.Value{source}
}

func (f footing) inForce(named *document.Value, article *Article) {
	day, span := f.day, article.InForce
	told := len(f.defects)
	defer func() {
		if len(f.defects) > told { // an instrument ends once, however many name it
			f.defects[told].Cause = "out of force " + article.Instrument.ID
		}
	}()
	switch by := article.Instrument.SupersededBy; {
	case day.Before(span.From):
		f.fail(f.doc.Path, named.Start(), lang.Say("条文 %s 自 %s 起才有效，样例按 %s 判断", "article %s is in force only from %s, and the examples are judged on %s", article.ID, span.From, day))
	case !span.ended(day):
	case by != "":
		f.fail(f.doc.Path, named.Start(), lang.Say("条文 %s 只到 %s 有效，文件已被 %s 取代：改引它的条文", "article %s was in force only until %s and its instrument is superseded by %s: name an article of that", article.ID, span.To, by))
	default:
		f.fail(f.doc.Path, named.Start(), lang.Say("条文 %s 只到 %s 有效：改引有效的条文", "article %s was in force only until %s: name one that is in force", article.ID, span.To))
	}
}

func (f footing) binds(named *document.Value, article *Article, levels []int) {
	unbound := slices.DeleteFunc(levels, article.bindsAt)
	if len(unbound) == 0 {
		return
	}
	var text []string
	for _, level := range unbound {
		text = append(text, string(rune('0'+level)))
	}
	list := strings.Join(text, ", ")
	f.fail(f.doc.Path, named.Start(), lang.Say("条文 %s 不约束等保 %s 级，这条依据却管到：为这一级另写依据，或在 when 里排除", "article %s does not bind level %s, which this basis speaks for: state another basis for that level, or exclude it by when", article.ID, list))
}

// vetoes rejects blockers whose basis, or whose limits', is too weak for a veto.
func (f footing) vetoes(severity *document.Value) {
	for level := 1; level <= MaxLevel; level++ {
		basis := f.check.Basis.At(level)
		if f.check.Severity.At(level) != finding.Blocker || basis.Kind == "" || !f.book.MayApply(f.check, level) {
			continue // what names no article that there is has been reported
		}
		if !basis.Grounded() {
			f.fail(f.doc.Path, severity.Start(), lang.Say("依据 %s/%s 撑不起一票否决：须为法律、规范性文件或标准，且已读或有转述",
				"a basis of %s/%s bears no blocker: want law, normative or standard, read or secondary", basis.Kind, basis.Confidence))
			continue
		}
		for _, rule := range f.check.Limits {
			if limit := rule.At(level); limit.Basis.Kind != "" && limit.Basis.weaker(basis) {
				f.fail(f.doc.Path, limit.value.Start(), lang.Say("否决的限值只凭 %s/%s，弱于检查项自身的 %s/%s：给限值同样强的依据，或把严重程度降为 major",
					"the limit of a blocker rests on %s/%s, less than the check's own %s/%s: give the limit a basis as strong, or make the check major",
					limit.Basis.Kind, limit.Basis.Confidence, basis.Kind, basis.Confidence))
			}
		}
	}
}
