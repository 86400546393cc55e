package expression

import (
	"errors"
	"fmt"

	"hegui/internal/calendar"
)

// Window is a stretch of history that ends today. The zero value reaches back
// for ever.
type Window struct {
	// Length is how far back it reaches, where Bounded.
	Length  calendar.Period
	Bounded bool
	// Since is the first day that counts at all, nil for any.
	Since *calendar.Date
}

// Holds reports whether the date that a path leads to lies in the window, and
// notes the day on which it leaves. A date to come is in every window, or a
// record could be moved out of sight by dating it ahead; it is told as such where
// it says what has happened.
func (w Window) Holds(f *Frame, date *Path) (bool, error) {
	f.absences = nil
	d, err := date.date(f)
	if f.comes(err) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if d.After(f.asOf) {
		f.flip(d.Day()) // a term, which may lie ahead
		return true, nil
	}
	if w.Since != nil && d.Before(*w.Since) {
		return false, nil
	}
	if !w.Bounded {
		return true, nil
	}
	last := d.Day().Add(w.Length)
	if last.Before(f.asOf) {
		return false, nil
	}
	f.flip(last.NextDay())
	return true, nil
}

// Followed reports whether the second date has come and is not before the first;
// false where either is absent.
func (f *Frame) Followed(first, second *Path) bool {
	from, err := first.date(f)
	if err != nil {
		return false
	}
	d, err := second.date(f)
	if f.comes(err) || err != nil || d.Before(from.Date) {
		return false
	}
	if d.After(f.asOf) {
		f.await(d)
		return false
	}
	return true
}

// comes reports whether a date is absent only because it lies ahead, and expects it.
func (f *Frame) comes(err error) bool {
	absent, lacks := errors.AsType[*Absent](err)
	if !lacks || absent.Ahead == nil {
		return false
	}
	f.expect(absent.Ahead)
	return true
}

// Shown reports whether something is stated at a path, and counts; a day ahead
// does not.
func (f *Frame) Shown(path *Path) bool {
	v, err := path.value(f)
	if f.comes(err) || err != nil {
		return false
	}
	if d, ok := v.(*date); ok && d.After(f.asOf) {
		f.await(d)
		return false
	}
	return true
}

func (p *Path) date(f *Frame) (*date, error) {
	v, err := p.value(f)
	if err != nil {
		return nil, err
	}
	d, ok := v.(*date)
	if !ok {
		return nil, fmt.Errorf("%s is %s, not a date", p.root, v.Type())
	}
	return d, nil
}
