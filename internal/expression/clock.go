package expression

import (
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/decls"
	"cel.dev/cel-go/common/functions"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/calendar"
)

// The clock's functions are the only way to see a date. Each call notes the
// day on which its answer will change, which is what forecasts are made of.

// recent reports whether d lies in the period that ends today: d ≤ today ≤
// d + p, both ends inclusive. A future date has not happened.
func recent(on, length ref.Val) ref.Val {
	d, p := on.(*date), length.(*period)
	today := d.frame.asOf
	last := d.Day().Add(p.Period)
	switch {
	case d.After(today):
		d.frame.flip(d.Day())
		return types.False
	case last.Before(today):
		return types.False
	}
	d.frame.flip(last.NextDay())
	return types.True
}

// past reports whether d has happened: d ≤ today.
func past(arg ref.Val) ref.Val {
	d := arg.(*date)
	if d.After(d.frame.asOf) {
		d.frame.flip(d.Day())
		return types.False
	}
	return types.True
}

// unexpired reports whether d has not gone by: today ≤ d.
func unexpired(arg ref.Val) ref.Val {
	d := arg.(*date)
	if d.Before(d.frame.asOf) {
		return types.False
	}
	d.frame.flip(d.NextDay())
	return types.True
}

func before(a, b ref.Val) ref.Val { return types.Bool(a.(*date).Before(b.(*date).Date)) }

func notAfter(a, b ref.Val) ref.Val { return types.Bool(!a.(*date).After(b.(*date).Date)) }

// own is the implementation of one of our functions of two values, without the guards
// that CEL puts before it; nil for any other.
func own(name string) functions.BinaryOp {
	switch name {
	case "recent":
		return recent
	case "before":
		return before
	case "not_after":
		return notAfter
	case sameText:
		return alike
	case otherText:
		return unlike
	}
	return nil
}

// within reports whether b came no earlier than a and no later than a + p.
func within(args ...ref.Val) ref.Val {
	a, b, p := args[0].(*date), args[1].(*date), args[2].(*period)
	return types.Bool(!b.Before(a.Date) && !b.After(a.Add(p.Period)))
}

// unbroken reports whether records on these days leave no gap: each past record was
// followed within p by the next, and the newest is no older than p. Without records
// there is nothing but a gap. A gap that ended before the window no longer counts.
func unbroken(args ...ref.Val) ref.Val {
	days := happened(args[0])
	if len(days) == 0 {
		return types.False
	}
	if _, to := gap(days, args[1].(*period).Period, args[2].(*period).Period); to != nil {
		to.frame.flip(to.Day().Add(args[2].(*period).Period).NextDay())
		return types.False
	}
	return recent(days[len(days)-1], args[1])
}

// happened are the dates of a list that have come, in their order.
func happened(list ref.Val) []*date {
	var out []*date
	days, _ := through(list)
	for _, day := range days {
		switch d := day.(*date); {
		case d.After(d.frame.asOf):
			d.frame.await(d)
		default:
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b *date) int { return earlierFirst(a.Date, b.Date) })
	return out
}

// gap is the first that counts between dates in their order, nil for none.
func gap(days []*date, allowed, window calendar.Period) (from, to *date) {
	for i, d := range days[1:] {
		if d.After(days[i].Add(allowed)) && !d.Day().Add(window).Before(d.frame.asOf) {
			return days[i], d
		}
	}
	return nil, nil
}

func parsePeriod(arg ref.Val) ref.Val {
	p, err := calendar.ParsePeriod(string(arg.(types.String)))
	if err != nil {
		return types.WrapErr(err)
	}
	return &period{Period: p}
}

// sum adds the numbers of a list; an empty list sums to 0.
func sum(arg ref.Val) ref.Val {
	total := types.Double(0)
	numbers, _ := through(arg)
	for _, number := range numbers {
		switch n := number.(type) {
		case types.Int:
			total += types.Double(n)
		case types.Double:
			total += n
		default:
			return types.MaybeNoSuchOverloadErr(n)
		}
	}
	return total
}

// clockFunctions are those that see a date; so does newest, a macro.
func clockFunctions() []string {
	return []string{"recent", "past", "unexpired", "within", "before", "not_after", "unbroken"}
}

// declared is a function of ours. The types of what it is called with have been
// checked; to check them again at every call would cost more than most calls do.
func declared(name string, overloads ...cel.FunctionOpt) cel.EnvOption {
	return cel.Function(name, append(overloads, decls.DisableTypeGuards(true))...)
}

func builtins() []cel.EnvOption {
	d, p := dateType(), periodType()
	options := []cel.EnvOption{
		declared("recent", cel.Overload("recent_date_period", []*cel.Type{d, p}, cel.BoolType, cel.BinaryBinding(recent))),
		declared("past", cel.Overload("past_date", []*cel.Type{d}, cel.BoolType, cel.UnaryBinding(past))),
		declared("unexpired", cel.Overload("unexpired_date", []*cel.Type{d}, cel.BoolType, cel.UnaryBinding(unexpired))),
		declared("within", cel.Overload("within_date_date_period", []*cel.Type{d, d, p}, cel.BoolType, cel.FunctionBinding(within))),
		declared("before", cel.Overload("before_date_date", []*cel.Type{d, d}, cel.BoolType, cel.BinaryBinding(before))),
		declared("not_after", cel.Overload("not_after_date_date", []*cel.Type{d, d}, cel.BoolType, cel.BinaryBinding(notAfter))),
		declared("period", cel.Overload("period_string", []*cel.Type{cel.StringType}, p, cel.UnaryBinding(parsePeriod))),
		declared("unbroken", cel.Overload("unbroken_dates_period_window", []*cel.Type{cel.ListType(d), p, p}, cel.BoolType, cel.FunctionBinding(unbroken))),
		declared("sum",
			cel.Overload("sum_int", []*cel.Type{cel.ListType(cel.IntType)}, cel.DoubleType, cel.UnaryBinding(sum)),
			cel.Overload("sum_double", []*cel.Type{cel.ListType(cel.DoubleType)}, cel.DoubleType, cel.UnaryBinding(sum))),
	}
	options = append(options, newestFunctions()...)
	options = append(options, textFunctions()...)
	// The comparisons themselves are CEL's: periods have its comparer trait.
	for operator, id := range map[string]string{operators.Less: "less_period", operators.LessEquals: "less_equals_period",
		operators.Greater: "greater_period", operators.GreaterEquals: "greater_equals_period"} {
		options = append(options, cel.Function(operator, cel.Overload(id, []*cel.Type{p, p}, cel.BoolType)))
	}
	return options
}
