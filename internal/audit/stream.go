package audit

import (
	"context"
	"runtime/debug"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// Stream judges the platforms in these folders, a.Jobs at a time, and hands
// each over in the order of the folders as soon as it and all before it are
// done: of many platforms only a few are held at a time. finish makes of a
// judged platform what is handed over; it runs beside the judging, hand does
// not. An error or panic in one platform becomes its failure; the others are
// judged all the same.
func Stream[T any](ctx context.Context, a *Auditor, folders []Folder, finish func(*Platform) T, hand func(T)) []Failure {
	return each(ctx, a, folders, func(r *reading, others others) (value T, err error) {
		p, err := r.finish(others)
		if err == nil {
			value = finish(p)
		}
		return value, err
	}, hand)
}

// Lend is Stream that lets a platform go as soon as finish has returned: its checks and
// findings lie where those of the next will, and what is made of them must be copies.
func Lend[T any](ctx context.Context, a *Auditor, folders []Folder, finish func(*Platform) T, hand func(T)) []Failure {
	return each(ctx, a, folders, func(r *reading, others others) (value T, err error) {
		r.enterRoom()
		p, err := r.finish(others)
		if err == nil {
			value = finish(p)
			r.leaveRoom()
		}
		return value, err
	}, hand)
}

// each does something with the reading of each platform whose turn it is.
func each[T any](ctx context.Context, a *Auditor, folders []Folder, do func(*reading, others) (T, error), hand func(T)) []Failure {
	others := a.others(ctx, folders)
	return stream(ctx, a.Jobs, NewAdmission(), folders, func(f Folder, t *ticket) (value T, failures []Failure) {
		failures = contain(f.ID, func() (err error) {
			r := a.begin(f)
			r.enter(t)
			t.pass()
			value, err = do(r, others[f.ID])
			r.leave()
			return err
		})
		return value, failures
	}, hand)
}

// stream does what is to be done for each unit, jobs at a time, and hands over what
// comes of those that do not fail, in their order.
func stream[U, T any](ctx context.Context, jobs int, order *Admission, units []U, do func(U, *ticket) (T, []Failure), hand func(T)) (failures []Failure) {
	jobs = max(jobs, 1)
	// Half of the workers may be ahead of the slowest: more would save 2 % of the time of
	// eight, and each that waits for its turn holds all that is said of a platform.
	window := make(chan entered[T], jobs+jobs/2)
	go func() {
		defer close(window)
		waiting := make(chan func())
		defer close(waiting)
		for range min(jobs, len(units)) {
			go func() { // a worker's stack has grown once for all platforms
				for work := range waiting {
					work()
				}
			}()
		}
		for _, unit := range units {
			if ctx.Err() != nil {
				return
			}
			e := entered[T]{make(chan result[T], 1), order.ticket()}
			window <- e
			waiting <- func() {
				defer e.ticket.pass()
				value, failures := do(unit, e.ticket)
				e.done <- result[T]{value, failures}
			}
		}
	}()
	for e := range window {
		r := <-e.done
		if len(r.failures) == 0 {
			hand(r.value)
		}
		failures = append(failures, r.failures...)
		e.ticket.leave()
	}
	if ctx.Err() != nil {
		failures = append(failures, Failure{Message: lang.Say("评定被中断，其余平台没有评定", "the run was interrupted: the other platforms were not judged")})
	}
	return failures
}

// entered is a unit whose judging has begun.
type entered[T any] struct {
	done   chan result[T]
	ticket *ticket
}

// result is what comes of one unit, or why nothing does.
type result[T any] struct {
	value    T
	failures []Failure
}

// contain does something for one platform; an error or a panic stays with it.
func contain(id string, do func() error) (failures []Failure) {
	defer func() {
		if cause := recover(); cause != nil {
			failures = []Failure{{id, lang.Say("评定平台 %s 时程序出错，这是 hegui 的缺陷：%v（%s）", "judging platform %s broke hegui itself, this is our defect: %v (%s)", id, cause, origin())}}
		}
	}()
	switch err := do(); {
	case source.OutOfReach(err):
		return []Failure{{id, lang.Say("平台 %s 无法判定：%s", "platform %s cannot be judged: %s", id, TextOf(err))}}
	case err != nil:
		return []Failure{{id, lang.Say("平台 %s 无法判定，规则库有缺陷：%v", "platform %s cannot be judged, the rulebook is defective: %v", id, err)}}
	}
	return nil
}

// origin is the function that panicked, without any path of this machine.
func origin() string {
	for _, line := range strings.Split(string(debug.Stack()), "\n") {
		name, _, found := strings.Cut(line, "(")
		if found && strings.HasPrefix(name, "hegui/internal/") && !strings.Contains(name, "contain") && !strings.Contains(name, "origin") {
			return name
		}
	}
	return "unknown"
}
