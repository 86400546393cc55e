package rulebook

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Rectified is the record on an item of history that says how what can no
// longer be made good was dealt with.
const Rectified = "rectified"

// each reads one step of a check's `each`: a name with its list and, for what
// happened, the dates of an item and how far back the range looks. It returns
// the scope of the inner steps, false where the list is not a list.
func (c *compiler) each(check *Check, scope expression.Scope, v *document.Value) (expression.Scope, bool) {
	dated, within, settled := v.Get("dated"), v.Get("within"), v.Get("settled")
	named := slices.DeleteFunc(slices.Clone(v.Fields()), func(f document.Field) bool {
		return f.Value == dated || f.Value == within || f.Value == settled
	})
	if len(named) != 1 {
		c.refuse(v.Start(), lang.Say("each 的一步只写一个名字和它的列表，另可写 dated、within 和 settled", "a step of each wants one name with its list, and beside it only dated, within and settled"))
		return scope, false
	}
	step := Range{Name: named[0].Key, List: named[0].Value.Text, Dated: str(v, "dated"), Within: str(v, "within"), Settled: str(v, "settled")}
	check.Each = append(check.Each, step)
	if scope.Has(step.Name) {
		c.refuse(named[0].KeyStart(), lang.Say("名字 %q 已被占用", "the name %q is taken", step.Name))
	}
	c.window(step, within, settled)
	ready, inner, problems := c.book.ready(scope, step)
	switch {
	case ready.list == nil:
		c.report(named[0].Value, problems)
		return scope, false
	case settled != nil && ready.dated != nil:
		c.report(settled, problems)
	case dated != nil:
		c.report(dated, problems)
	}
	check.compiled.each = append(check.compiled.each, ready)
	return inner, true
}

// window refuses a window without a length or without a date to measure from,
// and what is to stay in sight where nothing leaves it.
func (c *compiler) window(step Range, within, settled *document.Value) {
	if within == nil {
		if settled != nil {
			c.refuse(settled.Start(), lang.Say("settled 要和 within 一起写：缺少 within 时一直往前看", "settled wants within beside it: without that a range looks back for ever"))
		}
		return
	}
	if _, err := calendar.ParsePeriod(step.Within); err != nil && step.Within != History {
		c.refuse(within.Start(), lang.Say("within 要写 %s（取政策里的期限）或 P2Y 这样的时长，不是 %q", "within wants %s, for what the policy says, or a duration such as P2Y, not %q", History, step.Within))
	}
	if step.Dated == "" {
		c.refuse(within.Start(), lang.Say("within 旁边要用 dated 写明按哪个日期算，如 %s.date", "within wants dated beside it: the date of an item, such as %s.date", step.Name))
	}
}

// ready compiles a range. Problems are those of its list where that is nil, else
// of its dates.
func (r *Rulebook) ready(scope expression.Scope, written Range) (step, expression.Scope, []expression.Problem) {
	list, problems := scope.Compile(written.List, expression.Items)
	if len(problems) > 0 {
		return step{}, scope, problems
	}
	out, inner := step{name: r.Env.Name(written.Name), list: list, window: r.Policy.window(written.Within)}, scope.WithItems(written.Name, list)
	if written.Dated == "" {
		return out, inner, nil
	}
	if out.dated, problems = dateOf(inner, written); len(problems) > 0 {
		return out, inner, problems
	}
	if out.settled, problems = factOf(inner, written); len(problems) > 0 {
		return out, inner, problems
	}
	out.opened = r.openings(inner, written, out.dated)
	out.rectified = inner.Find(written.Name + "." + Rectified + ".date")
	out.proof = inner.Find(written.Name + "." + Rectified + ".evidence")
	return out, inner, nil
}

// openings are the dates on which an item began that leaves sight some time after its
// end: those that it must have, else that of the record that it lies in, else any other
// of its own. None where an item is dated by something else than an end, which is what
// may be left out until it has come.
func (r *Rulebook) openings(scope expression.Scope, written Range, dated *expression.Path) (all []*expression.Path) {
	end := dated.Last()
	if written.Within == "" || end == nil || end.Type.Absent.IsZero() {
		return nil
	}
	dates := func(name string, which func(*schema.Field) bool) {
		of := scope.TypeOf(name)
		if of == nil {
			return
		}
		for i := range of.Fields {
			if f := &of.Fields[i]; f.Type.Kind == schema.Date && f.Type != end.Type && which(f) {
				all = append(all, scope.Find(name+"."+f.Name))
			}
		}
	}
	dates(written.Name, func(f *schema.Field) bool { return f.Type.Happened && f.Type.Absent.IsZero() })
	if outer, _, inside := strings.Cut(written.List, "."); inside && len(all) == 0 && r.Schemas.Find(outer) == nil {
		dates(outer, func(f *schema.Field) bool { return f.Required })
	}
	if len(all) == 0 {
		dates(written.Name, func(f *schema.Field) bool { return f.Type.Absent.IsZero() })
	}
	return all
}

// dateOf is the path to the date of an item.
func dateOf(scope expression.Scope, written Range) (*expression.Path, []expression.Problem) {
	path, problems := scope.Path(written.Dated)
	if len(problems) > 0 {
		return nil, problems
	}
	if last := path.Last(); path.Root() != written.Name || last != nil && last.Type.Kind != schema.Date {
		return nil, []expression.Problem{{Message: lang.Say("dated 要写项里的日期，如 %s.date", "dated wants a date of the item, such as %s.date", written.Name)}}
	}
	return path, nil
}

// factOf is the path to what settles an item, nil where the range names nothing.
func factOf(scope expression.Scope, written Range) (*expression.Path, []expression.Problem) {
	if written.Settled == "" {
		return nil, nil
	}
	path, problems := scope.Path(written.Settled)
	if len(problems) > 0 {
		return nil, problems
	}
	if last := path.Last(); path.Root() != written.Name || last == nil || last.Required {
		return nil, []expression.Problem{{Message: lang.Say("settled 要写项里可以不填的事实，如 %s.closed", "settled wants a fact that an item may leave out, such as %s.closed", written.Name)}}
	}
	return path, nil
}

// window is how far back a range looks. A policy that does not say how long
// history counts sets no bound.
func (p Policy) window(within string) expression.Window {
	if within == History {
		within = p.History
	}
	length, err := calendar.ParsePeriod(within)
	return expression.Window{Length: length, Bounded: err == nil}
}
