package hegui_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// edit is one way to change a description that improves nothing. do makes it
// and says where, nothing if there is no such place. takes is set where it takes
// something away, or rewrites what is on record, as only a gate can see.
type edit struct {
	do    func(*game) string
	takes bool
}

func edits() map[string]edit {
	return map[string]edit{
		"drop a value":            {do: drop},
		"blank":                   {do: blank},
		"age":                     {do: age},
		"post-date":               {do: postdate},
		"worsen a figure":         {do: worsenFigure},
		"rename":                  {do: rename, takes: true},
		"rename everywhere":       {do: renameEverywhere, takes: true},
		"give two items one name": {do: collide, takes: true},
		"misspell a name":         {do: misspell, takes: true},
		"unlink":                  {do: unlink, takes: true},
		"relabel":                 {do: relabel, takes: true},
		"take an item away":       {do: takeItem, takes: true},
		"flip a switch":           {do: flip, takes: true},
		"rewrite an outcome":      {do: rewrite, takes: true},
		"re-date a record":        {do: redate, takes: true},
		"call a record another":   {do: recall, takes: true},
		"write a text otherwise":  {do: respell},
		"move":                    {do: move, takes: true},
		"split":                   {do: split, takes: true},
		"merge":                   {do: merge, takes: true},
		"repeat a passing item":   {do: repeat},
		"add an older good one":   {do: addOlder},
		"add a waiver":            {do: addWaiver},
	}
}

func drop(g *game) string {
	p, ok := g.pick(func(p place) bool { return p.value.Parent != nil && p.value.Parent.Kind == document.Map })
	if !ok {
		return ""
	}
	said := p.name()
	remove(p.value)
	return said
}

func blank(g *game) string {
	p, ok := g.pick(func(p place) bool { return p.value.Parent != nil && p.value.Kind == document.String })
	if !ok {
		return ""
	}
	p.value.Become([]*document.Value{document.NewText(""), document.NewText(" \u3000"), {Kind: document.Null}}[g.IntN(3)])
	return p.name()
}

// age makes older a date that nothing but recent() reads, or that of the oldest
// record: of a newer one it would let an older success surface, which is to take
// that record away.
func age(g *game) string {
	p, ok := g.pick(func(p place) bool {
		return happened(p) && !g.used.otherwise[p.topic+"."+p.value.Key()] && (!g.used.newest[p.topic+"."+p.value.Key()] || oldest(p.value))
	})
	if !ok {
		return ""
	}
	return p.shift(-1 - g.IntN(3000))
}

// postdate dates ahead what a check wants to have happened. Anything else may
// well lie ahead: somebody leaves, a term ends.
func postdate(g *game) string {
	p, ok := g.pick(func(p place) bool {
		return happened(p) && g.used.happened[p.topic+"."+p.value.Key()] && !g.used.until[p.topic+"."+p.value.Key()]
	})
	if !ok {
		return ""
	}
	day, err := time.Parse(time.DateOnly, p.value.Text[:10])
	if err != nil {
		return ""
	}
	today, _ := time.Parse(time.DateOnly, asOf)
	return p.shift(int(today.Sub(day).Hours()/24) + 1 + g.IntN(400))
}

func happened(p place) bool {
	return p.kind.Kind == schema.Date && p.value.Kind == document.String && len(p.value.Text) >= len(time.DateOnly) && p.value.Text <= asOf
}

func oldest(date *document.Value) bool {
	record := date.Parent
	return record == nil || record.Parent == nil || !slices.ContainsFunc(record.Parent.Items(), func(other *document.Value) bool {
		return other != record && other.TextAt(date.Key()) <= date.Text
	})
}

// worsenFigure lowers what only has to reach a limit, and raises what only has to
// stay below one. A promise that a record is measured by is no such figure: a
// weaker one may be the truth.
func worsenFigure(g *game) string {
	p, ok := g.pick(func(p place) bool {
		return (p.value.Kind == document.Int || p.value.Kind == document.Float) && g.used.figures[p.topic+"."+p.value.Key()] != 0
	})
	if !ok {
		return ""
	}
	by := 1 + g.Int64N(100)
	if g.used.figures[p.topic+"."+p.value.Key()] < 0 {
		by = max(-by, -p.value.Int()-int64(p.value.Float()))
	}
	p.value.Become(document.NewInt(p.value.Int() + int64(p.value.Float()) + by))
	return p.name()
}

func rename(g *game) string {
	p, ok := g.pick(named)
	if !ok {
		return ""
	}
	said := p.name()
	g.freshen(p)
	return said
}

func renameEverywhere(g *game) string {
	p, ok := g.pick(named)
	if !ok {
		return ""
	}
	said, was := p.name(), p.key().Text
	g.freshen(p)
	for _, q := range g.places(func(q place) bool { return slices.Contains(q.kind.Refs, p.kind.Of.Name) }) {
		for _, name := range append(slices.Clone(q.value.Items()), q.value) {
			if name.Kind == document.String && name.Text == was {
				name.Text = p.key().Text
			}
		}
	}
	return said
}

func collide(g *game) string {
	p, ok := g.pick(func(p place) bool { return named(p) && len(p.value.Parent.Items()) > 1 })
	if !ok {
		return ""
	}
	said := p.name()
	for _, other := range p.value.Parent.Items() {
		if other != p.value && other.Get(p.kind.Of.Key) != nil {
			p.key().Text = other.TextAt(p.kind.Of.Key)
			return said
		}
	}
	return ""
}

func misspell(g *game) string {
	p, ok := g.pick(func(p place) bool {
		return p.kind.Refs != nil && (p.value.Kind == document.String || len(p.value.Items()) > 0)
	})
	if !ok {
		return ""
	}
	name := p.value
	if len(p.value.Items()) > 0 {
		name = p.value.Items()[g.IntN(len(p.value.Items()))]
	}
	name.Text += "-gone"
	return p.name()
}

func unlink(g *game) string {
	p, ok := g.pick(func(p place) bool { return p.kind.Refs != nil && len(p.value.Items()) > 1 })
	if !ok {
		return ""
	}
	take(p.value.Items()[g.IntN(len(p.value.Items()))])
	return p.name()
}

// respell writes a text in another way that says the same.
func respell(g *game) string {
	p, ok := g.pick(func(p place) bool {
		return p.kind.Kind == schema.String && p.kind.Enum == nil && p.value.Kind == document.String && p.value.Parent != nil
	})
	if !ok {
		return ""
	}
	was := p.value.Text
	p.value.Text = []string{" " + was, was + "\u3000", was + "\u200b", strings.ToUpper(was)}[g.IntN(4)]
	if p.value.Text == was {
		return ""
	}
	return fmt.Sprintf("%s %q", p.name(), p.value.Text)
}

// relabel gives an item that is found wanting a label that others of its list
// bear, where a check chooses its items by it. To give a good item a label that
// none bears is a claim, and of one that nothing is known of nobody can tell. What chooses among records is left out: it takes a bad
// one away from its kind, as only a gate can see.
func relabel(g *game) string {
	p, ok := g.pick(func(p place) bool {
		item := p.value.Parent
		return p.kind.Enum != nil && p.value.Kind == document.String && g.used.labels[p.topic+"."+p.value.Key()] && !p.kind.Switch && !p.kind.Outcome &&
			item.Parent != nil && item.Parent.Kind == document.List && item.Get("date") == nil && g.troubled(place{p.topic, nil, item}) && !g.waits(place{p.topic, nil, item})
	})
	if !ok {
		return ""
	}
	was, others := p.value.Text, p.value.Parent.Parent.Items()
	if p.value.Text = others[g.IntN(len(others))].TextAt(p.value.Key()); p.value.Text == was || p.value.Text == "" {
		p.value.Text = was
		return ""
	}
	return p.name() + " " + was + " as " + p.value.Text
}

func takeItem(g *game) string {
	p, ok := g.pick(named)
	if !ok {
		return ""
	}
	said := p.name()
	take(p.value)
	return said
}

// flip turns a switch that says yes, or chooses another of its values. Where a check
// asks for any other value than this one, that would be to claim that it was done.
func flip(g *game) string {
	asked := func(p place) bool {
		unlike := fmt.Sprintf(".%s != %q", p.value.Key(), p.value.Text)
		return slices.ContainsFunc(g.book.Checks, func(c *rulebook.Check) bool { return strings.Contains(c.Assert, unlike) })
	}
	p, ok := g.pick(func(p place) bool { return p.kind.Switch && (p.value.Bool || p.kind.Enum != nil && !asked(p)) })
	if !ok {
		return ""
	}
	if p.value.Kind == document.Bool {
		p.value.Become(document.NewBool(false))
		return p.name()
	}
	return p.another(g)
}

// rewrite states that a record found something else.
func rewrite(g *game) string {
	p, ok := g.pick(func(p place) bool {
		return p.kind.Outcome && (p.value.Kind == document.Bool || p.value.Kind == document.Int || p.kind.Enum != nil)
	})
	if !ok {
		return ""
	}
	switch p.value.Kind {
	case document.Bool:
		p.value.Bool = !p.value.Bool
		p.value.Text = strconv.FormatBool(p.value.Bool)
	case document.Int:
		p.value.Become(document.NewInt([]int64{0, 2*p.value.Int() + 1}[g.IntN(2)]))
	default:
		return p.another(g)
	}
	return p.name()
}

// redate moves the day of a record, so that another is the newest.
func redate(g *game) string {
	p, ok := g.pick(func(p place) bool { return happened(p) && g.used.newest[p.topic+"."+p.value.Key()] })
	if !ok {
		return ""
	}
	return p.shift(-1 - g.IntN(700))
}

// recall says of a record that it was of another kind.
func recall(g *game) string {
	p, ok := g.pick(func(p place) bool {
		return p.kind.Enum != nil && !p.kind.Outcome && p.value.Kind == document.String && p.value.Parent != nil && p.value.Parent.Get("date") != nil
	})
	if !ok {
		return ""
	}
	return p.another(g)
}

// another gives a choice another of its values.
func (p place) another(g *game) string {
	was := p.value.Text
	if p.value.Text = p.kind.Enum[g.IntN(len(p.kind.Enum))]; p.value.Text == was {
		return ""
	}
	return p.name() + " " + was + " as " + p.value.Text
}

func move(g *game) string {
	lists := map[*schema.Type]int{}
	g.places(func(q place) bool { lists[q.kind]++; return false })
	p, ok := g.pick(func(p place) bool { return named(p) && lists[p.kind.Of] > 1 })
	if !ok {
		return ""
	}
	to, ok := g.pick(func(q place) bool {
		return q.kind == p.kind.Of && q.value.Kind == document.List && q.value != p.value.Parent
	})
	if !ok {
		return ""
	}
	said := p.name() + " to " + to.name()
	take(p.value)
	g.put(to, p.value)
	return said
}

// split makes two items of one, each with some of what its lists hold.
func split(g *game) string {
	p, ok := g.pick(func(p place) bool {
		return named(p) && slices.ContainsFunc(p.value.Fields(), func(f document.Field) bool { return len(f.Value.Items()) > 1 })
	})
	if !ok {
		return ""
	}
	twin := p.value.Copy()
	for i, f := range p.value.Fields() {
		if len(f.Value.Items()) < 2 {
			continue
		}
		var mine, its []*document.Value
		for j, item := range f.Value.Items() {
			if g.IntN(2) == 0 {
				mine = append(mine, item)
			} else {
				its = append(its, twin.Fields()[i].Value.Items()[j])
			}
		}
		f.Value.SetItems(mine)
		twin.Fields()[i].Value.SetItems(its)
	}
	g.put(place{p.topic, p.kind.Of, p.value.Parent}, twin)
	return p.name()
}

// merge lets one item take in the lists of another.
func merge(g *game) string {
	p, ok := g.pick(func(p place) bool { return named(p) && len(p.value.Parent.Items()) > 1 })
	if !ok {
		return ""
	}
	other := p.value.Parent.Items()[g.IntN(len(p.value.Parent.Items()))]
	if other == p.value {
		return ""
	}
	said := p.name() + " and " + place{p.topic, p.kind, other}.name()
	for _, f := range p.value.Fields() {
		of, from := p.kind.Field(f.Key), other.Get(f.Key)
		if of == nil || of.Type.Kind != schema.List || f.Value.Kind != document.List || from == nil {
			continue
		}
		for _, item := range from.Items() {
			if item.Kind == document.Map || !slices.ContainsFunc(f.Value.Items(), func(known *document.Value) bool { return known.Text == item.Text }) {
				g.put(place{p.topic, of.Type, f.Value}, item.Copy())
			}
		}
	}
	take(other)
	return said
}

func repeat(g *game) string {
	all := g.places(func(p place) bool { return named(p) && !g.troubled(p) })
	if len(all) == 0 {
		return ""
	}
	p := all[g.IntN(len(all))]
	for range 1 + g.IntN(10) {
		g.put(place{p.topic, p.kind.Of, p.value.Parent}, p.value.Copy())
	}
	return p.name()
}

// addOlder adds before the oldest record of a list another of its kind, as the
// platform states them, which found what it should.
func addOlder(g *game) string {
	p, ok := g.pick(func(p place) bool { return named(p) && dateOf(p.kind) != "" && p.value.Get(dateOf(p.kind)) != nil })
	if !ok {
		return ""
	}
	var good []*document.Value
	for _, d := range g.platforms {
		described := game{repo: g.repo, topics: d.topics}
		for _, q := range described.places(func(q place) bool { return q.kind == p.kind && d.path == g.in.path }) {
			if sameKind(p.kind, p.value, q.value) {
				good = append(good, q.value)
			}
		}
	}
	if len(good) == 0 {
		return ""
	}
	record, date, first := good[g.IntN(len(good))].Copy(), dateOf(p.kind), asOf
	for _, item := range p.value.Parent.Items() {
		if at := item.TextAt(date); len(at) >= len(time.DateOnly) {
			first = min(first, at)
		}
	}
	if len(first) < len(time.DateOnly) || record.Get(date) == nil {
		return ""
	}
	record.Get(date).Text = first[:len(time.DateOnly)]
	place{p.topic, nil, record.Get(date)}.shift(-1 - g.IntN(200))
	g.put(place{p.topic, p.kind.Of, p.value.Parent}, record)
	return p.name() + " of " + record.TextAt(date)
}

// sameKind reports whether two records differ in nothing but texts, figures,
// dates and what they found.
func sameKind(t *schema.Type, a, b *document.Value) bool {
	return !slices.ContainsFunc(t.Fields, func(f schema.Field) bool {
		of, mine, other := f.Type, a.Get(f.Name), b.Get(f.Name)
		label := !of.Outcome && (of.Enum != nil || of.Refs != nil || of.Kind == schema.List || of.Kind == schema.Boolean)
		return label && (mine == nil) != (other == nil) || label && mine != nil && mine.Canonical() != other.Canonical()
	})
}

func addWaiver(g *game) string {
	failing := slices.DeleteFunc(slices.Clone(g.before.audited.Checks), func(c examine.Check) bool { return c.Outcome != finding.Fail })
	vetoes := slices.DeleteFunc(slices.Clone(failing), func(c examine.Check) bool { return c.Severity < finding.Blocker })
	if len(vetoes) > 0 {
		failing = vetoes
	}
	if len(failing) == 0 {
		return ""
	}
	c := failing[g.IntN(len(failing))]
	g.waive(c.Rule.ID)
	if item := c.Items[g.IntN(len(c.Items))].Name; item != "" && g.IntN(2) == 0 {
		g.waiver["item"] = item
	}
	return c.Rule.ID
}

// waive adds a waiver that would count if it stood in base.
func (g *game) waive(check string) {
	g.waiver = map[string]any{"id": "rectifying", "check": check, "reason": "正在整改，年内完成", "requested_by": "系统运维岗", "approved_by": "分管领导岗",
		"approved_on": "2026-11-01", "expires": "2027-03-31", "evidence": map[string]string{"ref": "云政数〔2026〕9号", "held_by": "综合管理岗"}}
}

// worsen makes a start: it states something else somewhere, true or not.
func (g *game) worsen() string {
	p, ok := g.pick(func(p place) bool { return p.value.Parent != nil })
	if ok && g.IntN(2) == 0 {
		p, ok = g.pick(func(p place) bool { return named(p) && dateOf(p.kind) != "" && p.value.Get(dateOf(p.kind)) != nil })
	}
	if !ok {
		return ""
	}
	said := p.name()
	switch v := p.value; {
	case named(p) && dateOf(p.kind) != "" && v.Get(dateOf(p.kind)) != nil:
		return g.overtake(p)
	case v.Kind == document.Bool:
		v.Bool = !v.Bool
	case v.Kind == document.Int:
		v.Become(document.NewInt([]int64{0, 1, 2 * v.Int(), v.Int() / 2}[g.IntN(4)]))
	case v.Kind == document.String && len(p.kind.Enum) > 0:
		v.Text = p.kind.Enum[g.IntN(len(p.kind.Enum))]
	case happened(p):
		p.shift(g.IntN(500) - 700)
	case p.kind.Kind == schema.Period:
		v.Text = []string{"PT1S", "P1D", "P1Y", "P9Y"}[g.IntN(4)]
	case len(v.Items()) > 0:
		take(v.Items()[g.IntN(len(v.Items()))])
	case v.Parent.Kind == document.Map:
		remove(v)
	}
	return said + " " + p.value.Text
}

// overtake follows a record by one that found something else.
func (g *game) overtake(p place) string {
	next := p.value.Copy()
	next.Get(dateOf(p.kind)).Text = "2026-11-30"
	for _, f := range next.Fields() {
		known := p.kind.Field(f.Key)
		switch v := f.Value; {
		case known == nil || !known.Type.Outcome:
		case v.Kind == document.Bool:
			v.Bool = !v.Bool
		case v.Kind == document.Int || v.Kind == document.Float:
			v.Become(document.NewInt(0))
		case v.Kind == document.String && len(known.Type.Enum) > 0:
			v.Text = known.Type.Enum[g.IntN(len(known.Type.Enum))]
		}
	}
	g.put(place{p.topic, p.kind.Of, p.value.Parent}, next)
	return p.name() + " overtaken"
}

// named reports whether a value is an item of a list that its key names.
func named(p place) bool {
	return p.kind.Of != nil && p.kind.Of.Key != "" && p.value.Kind == document.Map && p.value.Parent != nil && p.key() != nil && p.key().Kind == document.String
}

func (p place) key() *document.Value { return p.value.Get(p.kind.Of.Key) }

func (p place) name() string { return p.topic + p.value.Pointer() }

// shift moves a date by days and says so.
func (p place) shift(days int) string {
	was := p.value.Text
	day, err := time.Parse(time.DateOnly, was[:len(time.DateOnly)])
	if err != nil {
		return ""
	}
	p.value.Text = day.AddDate(0, 0, days).Format(time.DateOnly) + was[len(time.DateOnly):]
	return fmt.Sprintf("%s from %s to %s", p.name(), was, p.value.Text)
}

// put adds an item to a list, under a key of its own where anything may be one.
func (g *game) put(list place, item *document.Value) {
	item.Parent = list.value
	list.value.SetItems(append(list.value.Items(), item))
	if p := (place{list.topic, list.kind.Item, item}); item.Kind == document.Map && named(p) {
		g.freshen(p)
	}
}

// freshen gives an item a key that no other of its list has.
func (g *game) freshen(p place) {
	if of := p.kind.Field(p.kind.Of.Key); of == nil || len(of.Type.Enum) > 0 || of.Type.Refs != nil {
		return
	}
	was := p.key().Text
	for i := 2; ; i++ {
		p.key().Text = was + "-" + strconv.Itoa(i)
		if !slices.ContainsFunc(p.value.Parent.Items(), func(other *document.Value) bool {
			return other != p.value && other.TextAt(p.kind.Of.Key) == p.key().Text
		}) {
			return
		}
	}
}

// take removes an item from its list.
func take(v *document.Value) {
	list := v.Parent
	list.SetItems(slices.DeleteFunc(list.Items(), func(item *document.Value) bool { return item == v }))
}

// dateOf is the property that says when a record was.
func dateOf(t *schema.Type) string {
	for _, f := range t.Fields {
		if f.Required && f.Type.Kind == schema.Date {
			return f.Name
		}
	}
	return ""
}
