package audit

import (
	"context"
	"errors"
	"path"
	"runtime/debug"
	"strings"

	"golang.org/x/sync/errgroup"

	"hegui/internal/document"
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
	jobs := max(a.Jobs, 1)
	window := make(chan entered[T], 2*jobs)
	go func() {
		defer close(window)
		twins := a.twins(ctx, folders)
		running := make(chan struct{}, jobs)
		order := a.Admission
		if order == nil {
			order = NewAdmission()
		}
		for _, f := range folders {
			if ctx.Err() != nil {
				return
			}
			e := entered[T]{make(chan result[T], 1), order.ticket()}
			window <- e
			running <- struct{}{}
			go func() {
				defer func() { <-running }()
				e.done <- contain(a, f, twins[f.ID], e.ticket, finish)
			}()
		}
	}()
	var failures []Failure
	for e := range window {
		switch r := <-e.done; r.failure {
		case nil:
			hand(r.value)
		default:
			failures = append(failures, *r.failure)
		}
		e.ticket.leave()
	}
	if ctx.Err() != nil {
		failures = append(failures, Failure{Message: lang.Say("评定被中断，其余平台没有评定", "the run was interrupted: the other platforms were not judged")})
	}
	return failures
}

// entered is a platform whose judging has begun.
type entered[T any] struct {
	done   chan result[T]
	ticket *ticket
}

// result is one platform, or why there is none.
type result[T any] struct {
	value   T
	failure *Failure
}

// contain judges one platform; a panic stays with it.
func contain[T any](a *Auditor, f Folder, twins []string, t *ticket, finish func(*Platform) T) (r result[T]) {
	defer t.pass()
	defer func() {
		if cause := recover(); cause != nil {
			r.failure = &Failure{f.ID, lang.Say("评定平台 %s 时程序出错，这是 hegui 的缺陷：%v（%s）", "judging platform %s broke hegui itself, this is our defect: %v (%s)", f.ID, cause, origin())}
		}
	}()
	p, err := a.platform(f, twins, t)
	switch {
	case source.OutOfReach(err):
		r.failure = &Failure{f.ID, lang.Say("平台 %s 无法判定：%s", "platform %s cannot be judged: %s", f.ID, TextOf(err))}
	case err != nil:
		r.failure = &Failure{f.ID, lang.Say("平台 %s 无法判定，规则库有缺陷：%v", "platform %s cannot be judged, the rulebook is defective: %v", f.ID, err)}
	default:
		r.value = finish(p)
	}
	return r
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

// twins are the ids of the platforms that share their code with others, with
// the ids of those. It takes a look at every header, so that no platform waits
// for the last one.
func (a *Auditor) twins(ctx context.Context, folders []Folder) map[string][]string {
	if len(folders) < 2 {
		return nil
	}
	codes := a.codes(ctx, folders)
	first, twins := map[string]string{}, map[string][]string{}
	for i, f := range folders {
		other, taken := first[codes[i]]
		switch {
		case codes[i] == "":
		case !taken:
			first[codes[i]] = f.ID
		default:
			twins[f.ID] = append(twins[f.ID], other)
			twins[other] = append(twins[other], f.ID)
		}
	}
	return twins
}

// codes are the platforms' codes as far as they can be read. Large headers are
// read one at a time, and no more of them than the run may read.
func (a *Auditor) codes(ctx context.Context, folders []Folder) []string {
	codes, large := make([]string, len(folders)), make([]bool, len(folders))
	free := allowance{free: 512 << 10, most: 512 << 20}
	var group errgroup.Group
	group.SetLimit(max(a.Jobs, 1))
	for i, f := range folders {
		group.Go(func() error {
			if ctx.Err() == nil && f.broken.IsZero() {
				codes[i], large[i] = a.code(f, free.free)
			}
			return nil
		})
	}
	_ = group.Wait() // none of them fails
	for i, f := range folders {
		if !large[i] || ctx.Err() != nil {
			continue
		}
		if header, err := a.Tree.Stat(path.Join(f.Path, headerFile)); err == nil && free.covers(header.Size) {
			free.take(header.Size)
			codes[i], _ = a.code(f, int64(document.DefaultLimits().Bytes))
		}
	}
	return codes
}

// code is a platform's code as far as it can be read in a header of at most max
// bytes. An error or panic here occurs again, and is reported, where the platform
// is judged.
func (a *Auditor) code(f Folder, max int64) (code string, tooLarge bool) {
	defer func() { _ = recover() }()
	data, err := a.Tree.Read(path.Join(f.Path, headerFile), max)
	if err != nil {
		return "", errors.Is(err, source.ErrTooLarge)
	}
	return stringOf(document.Parse(headerFile, data, document.DefaultLimits()).Root.Get("code")), false
}
