package page

import (
	"slices"
	"strconv"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// chapter, clause and check are the steps of the arithmetic, with the claims that it
// counts.
type chapter struct {
	*results.Chapter
	Anchor  string
	Clauses []*clause
}

type clause struct {
	*results.Clause
	// Anchor is where the clause's verdict is, SumAnchor where its points are summed.
	Anchor, SumAnchor string
	// NewSection is the title of the section that begins with this clause.
	NewSection lang.Text
	Verdict    sign
	Checks     []*check
	Findings   int
	// Assessed is the assessor's verdict on the clause as a whole, nil for none.
	Assessed *examine.ClauseVerdict
}

type check struct {
	*results.Check
	Anchor  string
	Outcome sign
	// Only is the claim of a check without items, Named are those of its items.
	Only  *claim
	Named []claim
	// Fields are the titles of the values that every item declares, in their order;
	// empty where they differ.
	Fields []lang.Text
	// Records are what an assessor has recorded.
	Records []record
	facets
}

// claim is what is declared of one item, and what has come of it.
type claim struct {
	Item           string
	Outcome, State sign
	// Against is why the description says otherwise than the assessor, zero where it
	// does not.
	Against lang.Text
	// Values are those that no other row says for all, Places where they are.
	Values   []value
	Places   []spot
	Evidence []cited
}

// value is a declared value; its title is zero where the row of the check has it.
type value struct {
	Title, Text lang.Text
}

// cited is evidence by its short name, with its row among all evidence.
type cited struct{ Name, Anchor string }

// shared are values that so many rows rest on that each is said once for all.
const shared = 12

// place is what a declared value is known by.
type place struct{ field, pointer, path string }

func placeOf(d *audit.Declared) place { return place{d.Field, d.Location.Pointer, d.Location.Path} }

// layClaims lays out every item of every check, with what an assessor has recorded.
func (c *card) layClaims() {
	times := map[place]int{}
	for d := range c.declared() {
		times[placeOf(d)]++
	}
	said := map[place]bool{}
	for d := range c.declared() {
		if at := placeOf(d); times[at] >= shared && !said[at] {
			said[at] = true
			c.Shared = append(c.Shared, fact{value{d.Title, d.Value}, c.together([]finding.Location{d.Location})})
		}
	}
	for _, check := range c.checks {
		check.lay(c, said)
	}
	for i := range c.Verdicts {
		v := &c.Verdicts[i]
		if check := c.checks[v.Check]; check != nil {
			check.Records = append(check.Records, recordOf(v))
		} else {
			c.Unplaced = append(c.Unplaced, recordOf(v))
		}
	}
}

// declared are the declared values of all items, in the order of the checks.
func (c *card) declared() func(yield func(*audit.Declared) bool) {
	return func(yield func(*audit.Declared) bool) {
		for i := range c.Checks {
			for j := range c.Checks[i].Items {
				for _, d := range c.Checks[i].Items[j].Declared {
					if !yield(d) {
						return
					}
				}
			}
		}
	}
}

// fact is a declared value with its place, said once for many rows.
type fact struct {
	value
	Places []spot
}

// lay lays out the claims of a check; what is shared is said elsewhere.
func (k *check) lay(c *card, said map[place]bool) {
	var own [][]*audit.Declared
	for i := range k.Items {
		var mine []*audit.Declared
		for _, d := range k.Items[i].Declared {
			named := d.Value.ZH == k.Items[i].Item // the row's name says it
			if !said[placeOf(d)] && !named {
				mine = append(mine, d)
			}
		}
		own = append(own, mine)
	}
	alike := len(k.Items) > 1 && !slices.ContainsFunc(own, func(mine []*audit.Declared) bool {
		return !slices.EqualFunc(mine, own[0], func(a, b *audit.Declared) bool { return a.Field == b.Field })
	})
	if alike {
		for _, d := range own[0] {
			k.Fields = append(k.Fields, d.Title)
		}
	}
	for i := range k.Items {
		one := claimOf(c, &k.Items[i], own[i], alike)
		if k.Items[i].State == examine.Disagreement {
			one.Against = c.against(k.Check, &k.Items[i])
		}
		if one.Item == "" && len(k.Items) == 1 {
			k.Only = &one
			continue
		}
		k.Named = append(k.Named, one)
	}
}

func claimOf(c *card, item *results.Item, declared []*audit.Declared, untitled bool) claim {
	one := claim{Item: item.Item, Outcome: c.outcome(item.Outcome), State: stateMark(item.State)}
	var places []finding.Location
	for _, d := range declared {
		v := value{d.Title, d.Value}
		if untitled {
			v.Title = lang.Text{}
		}
		one.Values, places = append(one.Values, v), append(places, d.Location)
	}
	one.Places = c.together(places)
	for _, name := range item.Evidence {
		one.Evidence = append(one.Evidence, c.cite(name))
	}
	return one
}

// spot is a file with lines of it; the link opens the first as it was judged, empty
// where nothing says how.
type spot struct{ Text, Link string }

// together are places in the platform's folder, without the folder: each file once,
// with its lines.
func (c *card) together(places []finding.Location) []spot {
	var out []spot
	file := ""
	for i, at := range places {
		switch {
		case slices.ContainsFunc(places[:i], func(l finding.Location) bool { return l.Path == at.Path && l.Line == at.Line }):
		case at.Line > 0 && len(out) > 0 && at.Path == file:
			out[len(out)-1].Text += ", " + strconv.Itoa(at.Line)
		default:
			text := strings.TrimPrefix(at.Path, c.Path+"/")
			if at.Line > 0 {
				text += ":" + strconv.Itoa(at.Line)
			}
			out, file = append(out, spot{text, c.Run.Link(at.Path, at.Line)}), at.Path
		}
	}
	return out
}
