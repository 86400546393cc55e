package schema

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/near"
)

// right is how a value is written right.
type right struct {
	// text is YAML, empty where nothing is known.
	text string
	// sure is set where nothing else can have been meant.
	sure bool
	// called is what people call it; remedy says more than to write it.
	called, remedy lang.Text
	// either are the values that a word is equally near to.
	either lang.Text
}

// teach makes a violation say how its value is written right.
func (s *Schema) teach(v *Violation) {
	r := s.right(v.At)
	if r.text != "" && !s.allows(v.At, r.text) {
		return
	}
	switch {
	case !r.remedy.IsZero():
		s.offer(v, r.remedy)
	case r.text != "":
		s.offer(v, lang.Say("写 %s", "write %s", labelled(r.text, r.called)))
	}
	if r.text != "" && r.sure && v.At.Written() {
		v.Edit = finding.Write(v.At.Start(), v.At.End(), r.text)
	}
}

// allows reports whether a value may stand in place of another.
func (s *Schema) allows(at *document.Value, text string) bool {
	doc := document.Parse("", []byte(text), document.Limits{})
	if s.rule == nil || !doc.Sound() {
		return false
	}
	return !slices.ContainsFunc(s.rule.of(at), func(r *rule) bool { return !r.takes(doc.Root, &look{}) })
}

// right is what was meant by a value, by the kind that is wanted: as it is written,
// without what is around it, or as one of the words for nothing.
func (s *Schema) right(at *document.Value) right {
	t := s.typeAt(at)
	switch {
	case len(at.Text) > maxMeant || t != nil && t.Kind == Evidence:
		return right{}
	case t == nil:
		return s.rightNumbered(at)
	case at.Kind == document.Null:
		return emptyItem(at)
	}
	if at.Kind == document.List || at.Kind == document.Map {
		return s.rightOne(t, at)
	}
	if r := s.rightOf(t, at); r.text != "" || !r.remedy.IsZero() {
		return r
	}
	if r := s.alone(t, at); r.text != "" && r.remedy.IsZero() {
		return right{text: r.text, remedy: lang.Say("只写 %s；别的话写在“ # ”后面", "write %s alone; a remark goes behind \" # \"", r.text)}
	} else if !r.remedy.IsZero() {
		return r
	}
	return s.otherwise(t, at)
}

// emptyItem is said of an item of a list with nothing in it.
func emptyItem(at *document.Value) right {
	if at.Parent == nil || at.Parent.Kind != document.List {
		return right{}
	}
	return right{remedy: lang.Say("这一项是空的：写上内容，或删去这个空项", "the item is empty: state it, or take it away")}
}

// rightNumbered is the number of a document, inside evidence, that YAML reads as one to
// count with.
func (s *Schema) rightNumbered(at *document.Value) right {
	holder := at.Parent
	if lower := strings.ToLower(at.Text); holder != nil && at.Key() == "sha256" && lower != at.Text && len(lower) == 64 && strings.Trim(lower, "0123456789abcdef") == "" {
		return right{text: lower, sure: true} // as some tools print it
	}
	if holder == nil || holder.Kind != document.Map || at.Kind != document.Int && at.Kind != document.Float {
		return right{}
	}
	if t := s.typeAt(holder); t == nil || t.Kind != Evidence {
		return right{}
	}
	return s.rightText(at)
}

// alone is the value that stands with other words around it, or what is still wrong
// with it without them; zero where there is none.
func (s *Schema) alone(t *Type, at *document.Value) right {
	if value, ok := form.Alone(at.Text); ok && t.Kind != Boolean { // 是（部分） is neither
		alone := *at
		alone.Text = value
		if r := s.rightOf(t, &alone); r.text != "" || !r.remedy.IsZero() {
			return r
		}
	}
	if t.Kind == Integer || t.Kind == Number {
		if text, ok := form.Number(at.Text, lang.Same("%")); ok && t.Unit.EN != "%" && s.allows(at, text) {
			return right{text: text, remedy: lang.Say("写 %[1]s：这里的单位是%[2]s，不是 %%", "write %[1]s: the unit here is %[2]s, not %%", text, t.Unit)}
		}
		text, _ := form.Within(at.Text, t.Unit)
		return right{text: text}
	}
	return right{}
}

// rightOne is a value in place of a list, or of braces, that holds it alone.
func (s *Schema) rightOne(t *Type, at *document.Value) right {
	text := ""
	switch {
	case t.Kind == List && at.Kind == document.Map:
		return s.rightBraces(at)
	case t.Kind == List || t.Kind == Object || t.Kind == Opaque:
	case len(at.Items()) == 1:
		text = at.Items()[0].Text
	case len(at.Fields()) == 1 && at.Fields()[0].Value.Kind == document.Null:
		text = at.Fields()[0].Key
	}
	if text == "" || !s.allows(at, text) {
		return right{}
	}
	return right{text: text, remedy: lang.Say("这里只写一个值：%s", "write the one value alone: %s", text)}
}

// rightBraces is a list whose items stand in braces.
func (s *Schema) rightBraces(at *document.Value) right {
	items := make([]string, len(at.Fields()))
	for i, field := range at.Fields() {
		if field.Value.Kind != document.Null {
			return right{}
		}
		items[i] = field.Key
	}
	text := "[" + strings.Join(items, ", ") + "]"
	if !s.allows(at, text) {
		return right{}
	}
	return right{text: text}
}

// otherwise is what is said of a value in which nothing of its kind is found.
func (s *Schema) otherwise(t *Type, at *document.Value) right {
	switch {
	case t.Kind == Boolean && near.Word(at.Text, []string{"true", "false"}) != "":
		return right{text: near.Word(at.Text, []string{"true", "false"})}
	case t.Kind == Boolean:
		return right{remedy: lang.Say("写 true（是）或 false（否），还不知道就空着：%s", "write true or false, or leave it empty as long as nobody knows: %s", about(t))}
	case !Nothing(at.Text):
		return right{}
	case t.Kind == Integer || t.Kind == Number:
		return right{remedy: lang.Say("是零写 0；没有或还不知道就空着，冒号后面什么都不写：%s", "write 0 for none; leave it empty where it is not known, with nothing behind the colon: %s", about(t))}
	case t.Kind == Date || t.Kind == Period:
		return right{remedy: lang.Say("没有或还不知道就空着，冒号后面什么都不写；有就写法如 %s", "leave it empty where there is none, with nothing behind the colon; else write it as %s", t.Sample())}
	}
	return right{}
}

// rightOf is what was meant by a scalar.
func (s *Schema) rightOf(t *Type, at *document.Value) right {
	switch t.Kind {
	case Date:
		return s.rightDate(at)
	case Period:
		return rightPeriod(at.Text)
	case Integer, Number:
		return rightNumber(t, at)
	case Boolean:
		return certain(form.Bool(at.Text))
	case String:
		if r := s.rightItems(t, at); !r.remedy.IsZero() {
			return r
		}
		if t.Enum != nil {
			return rightWord(t, at.Text)
		}
		return s.rightText(at)
	case List:
		return s.rightList(t, at)
	case Opaque:
		return s.rightEither(at)
	}
	return right{}
}

// rightEither is what was meant where a number or a period may stand.
func (s *Schema) rightEither(at *document.Value) right {
	for _, read := range []func(string) (string, bool){form.Period, func(text string) (string, bool) { return form.Number(text, lang.Text{}) }} {
		if text, ok := read(at.Text); ok && s.allows(at, text) {
			return right{text: text}
		}
	}
	return right{}
}

// rightItems are the items of a list that were written as one.
func (s *Schema) rightItems(t *Type, at *document.Value) right {
	items := form.Items(at.Text)
	if strings.Contains(at.Text, " - ") {
		items = form.Items("- " + at.Text)
	}
	if at.Parent == nil || at.Parent.Kind != document.List || len(items) < 2 || t.Enum == nil && len(t.Refs) == 0 && (t.Of == nil || len(t.Of.Refs) == 0) {
		return right{}
	}
	for i, item := range items {
		if t.Enum != nil {
			item = rightWord(t, item).text
		}
		if item == "" || !s.allows(at, item) {
			return right{}
		}
		items[i] = item
	}
	if at.Parent.Start().Line == at.Start().Line && at.Document() != nil && !strings.HasPrefix(strings.TrimSpace(at.Document().Line(at.Start().Line)), "- ") {
		return right{remedy: lang.Say("各项用半角逗号隔开，写 %s", "part the items with commas, write %s", strings.Join(items, ", "))}
	}
	return right{remedy: lang.Say("这里是 %d 项，每项另起一行：“- %s”", "these are %d items, each on a line of its own: \"- %s\"", len(items), lang.Text{ZH: strings.Join(items, "”、“- "), EN: strings.Join(items, `", "- `)})}
}

// maxMeant is how many bytes long a text may be that is read for what it means.
const maxMeant = 1024

func certain(text string, known bool) right { return right{text: text, sure: known} }

func (s *Schema) rightDate(at *document.Value) right {
	if text, ok := form.Date(at.Text); ok && s.allows(at, text) {
		return right{text: text, sure: true}
	}
	if text, zoned, ok := form.Moment(at.Text); ok && s.allows(at, text) {
		if zoned {
			return right{text: text, sure: true}
		}
		return right{remedy: lang.Say("写 %s（若是北京时间）", "write %s, if that is the time in China", text)}
	}
	if day, ok := form.Date(at.Text); ok && s.allows(at, day+"T00:00:00+08:00") {
		return right{remedy: lang.Say("补上时刻：写 %[1]sTHH:MM:00+08:00，HH:MM 是北京时间的时和分", "add the time: write %[1]sTHH:MM:00+08:00, HH:MM being that in China", day)}
	}
	return right{remedy: form.DateFault(at.Text)}
}

func rightPeriod(text string) right {
	if right, ok := form.Period(text); ok {
		return certain(right, true)
	}
	if hours, minutes, clock := strings.Cut(text, ":"); clock && isCount(strings.TrimLeft(hours, "0")) && isCount(strings.TrimLeft(minutes, "0")) && len(minutes) == 2 {
		return right{remedy: lang.Say("若是 %[1]s 小时 %[2]s 分，写 PT%[1]sH%[2]sM", "write PT%[1]sH%[2]sM, if these are %[1]s hours and %[2]s minutes", strings.TrimLeft(hours, "0"), strings.TrimLeft(minutes, "0"))}
	}
	n := strings.TrimPrefix(strings.ToUpper(text), "P")
	if months := strings.TrimSuffix(n, "M"); months != n && isCount(months) {
		return right{remedy: lang.Say("M 是月还是分钟说不准：%[1]s 个月写 P%[1]sM，%[1]s 分钟写 PT%[1]sM", "m may be months or minutes: write P%[1]sM for %[1]s months, PT%[1]sM for %[1]s minutes", months)}
	}
	if isCount(n) {
		return right{remedy: lang.Say("写上单位：%[1]s 天写 P%[1]sD，%[1]s 小时写 PT%[1]sH", "state the unit: write P%[1]sD for %[1]s days, PT%[1]sH for %[1]s hours", n)}
	}
	return right{}
}

// isCount reports whether a text is a whole number.
func isCount(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// largestExact bounds the whole numbers that a Float holds exactly.
const largestExact = 1 << 53

func rightNumber(t *Type, at *document.Value) right {
	n := at.Float() // its text may be 1e-999999, which takes long to be read exactly
	if t.Kind == Number && n > 0 && n < 1 {
		if text, ok := form.Percent(at.Text); ok {
			return right{text: text}
		}
	}
	if at.Kind == document.Float && n == math.Trunc(n) && math.Abs(n) < largestExact {
		return certain(strconv.FormatInt(int64(n), 10), true)
	}
	return certain(form.Number(at.Text, t.Unit))
}

// rightWord is the value of an enumeration that is written otherwise, called by
// its name, or near one of these.
func rightWord(t *Type, text string) right {
	var values, words []string
	said, same := form.Folded(text), []string{}
	for _, value := range t.Enum {
		for _, word := range t.words(value) {
			if values, words = append(values, value), append(words, word); form.Folded(word) == said && !slices.Contains(same, value) {
				same = append(same, value)
			}
		}
	}
	if len(same) == 1 {
		return right{text: same[0], sure: true, called: t.Labels[same[0]]}
	}
	var meant []string
	for _, word := range near.Words(text, words) {
		if value := values[slices.Index(words, word)]; !slices.Contains(meant, value) {
			meant = append(meant, value)
		}
	}
	switch len(meant) {
	case 0:
		return right{}
	case 1:
		return right{text: meant[0], called: t.Labels[meant[0]]}
	}
	either := labelled(meant[0], t.Labels[meant[0]])
	for _, value := range meant[1:] {
		either = lang.Say("%s 或 %s", "%s or %s", either, labelled(value, t.Labels[value]))
	}
	return right{either: either, remedy: lang.Say("写 %s", "write %s", either)}
}

// Choices are the values of an enumeration with what people call them.
func (t *Type) Choices() lang.Text {
	zh, en := make([]string, len(t.Enum)), make([]string, len(t.Enum))
	for i, value := range t.Enum {
		word := t.Called(value)
		zh[i], en[i] = word.ZH, word.EN
	}
	return lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// Meant is the value of an enumeration that a word is near or names, several with "or"
// between them; zero where it is far from all.
func (t *Type) Meant(word string) lang.Text {
	r := rightWord(t, word)
	if r.text == "" {
		return r.either
	}
	return labelled(r.text, r.called)
}

// words are those by which a value of an enumeration is known.
func (t *Type) words(value string) []string {
	words := []string{value}
	if label := t.Labels[value]; !label.IsZero() {
		words = append(words, label.ZH, label.EN)
	}
	// The description names values too: 正式运行 operating、试运行 trial；round_the_clock 全天.
	for _, named := range strings.FieldsFunc(t.About.ZH, func(r rune) bool { return strings.ContainsRune("，、；：。", r) }) {
		if word, found := strings.CutSuffix(strings.TrimSpace(named), " "+value); found {
			words = append(words, word)
		}
		if word, found := strings.CutPrefix(strings.TrimSpace(named), value+" "); found {
			words = append(words, word)
		}
	}
	return words
}

// rightText is a short name as those are written, or in quotes what is read as
// something else than a text.
func (s *Schema) rightText(at *document.Value) right {
	if at.Kind != document.String {
		text := strconv.Quote(at.Text)
		return right{text: text, sure: true, remedy: lang.Say("加引号，写 %s", "write it in quotes: %s", text)}
	}
	text, ok := form.Slug(at.Text)
	if !ok || !s.allows(at, text) {
		return right{}
	}
	return right{text: text, sure: !taken(at, text)}
}

// taken reports whether another item of the list has the key already.
func taken(at *document.Value, key string) bool {
	item := at.Parent
	return item != nil && item.Parent != nil && item.Parent.Kind == document.List &&
		slices.ContainsFunc(item.Parent.Items(), func(other *document.Value) bool { return other != item && other.TextAt(at.Key()) == key })
}

// noItems says what to write where somebody wrote that there is nothing to list.
func (s *Schema) noItems(t *Type, at *document.Value) lang.Text {
	if s.allows(at, "[]") {
		return lang.Say("一项也没有写 []，还不知道就空着：%s", "write [] for none, or leave it empty as long as nobody knows: %s", about(t))
	}
	return lang.Say("没有或还不知道就空着，冒号后面什么都不写：%s", "leave it empty where there is none, with nothing behind the colon: %s", about(t))
}

// rightList is a list that was written as one text.
func (s *Schema) rightList(t *Type, at *document.Value) right {
	if Nothing(at.Text) {
		return right{remedy: s.noItems(t, at)}
	}
	inside := form.Inside(at.Text)
	items := form.Items(inside)
	if items == nil && t.Item.Kind != Object {
		items = []string{inside}
	}
	if t.Item.Enum != nil {
		for i, item := range items {
			items[i] = cmp.Or(rightWord(t.Item, item).text, item)
		}
	}
	text := "[" + strings.Join(items, ", ") + "]"
	if items == nil || !s.allows(at, text) {
		return right{}
	}
	return right{text: text, sure: t.Item.Enum != nil || len(t.Refs) > 0}
}
