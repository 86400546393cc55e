package audit

import (
	"context"
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
	window := make(chan chan result[T], 2*jobs)
	go func() {
		defer close(window)
		twins := a.twins(ctx, folders)
		running := make(chan struct{}, jobs)
		for _, f := range folders {
			if ctx.Err() != nil {
				return
			}
			done := make(chan result[T], 1)
			window <- done
			running <- struct{}{}
			go func() {
				defer func() { <-running }()
				done <- contain(a, f, twins[f.ID], finish)
			}()
		}
	}()
	var failures []Failure
	for done := range window {
		switch r := <-done; r.failure {
		case nil:
			hand(r.value)
		default:
			failures = append(failures, *r.failure)
		}
	}
	if ctx.Err() != nil {
		failures = append(failures, Failure{Message: lang.Say("评定被中断，其余平台没有评定", "the run was interrupted: the other platforms were not judged")})
	}
	return failures
}

// result is one platform, or why there is none.
type result[T any] struct {
	value   T
	failure *Failure
}

// contain judges one platform; a panic stays with it.
func contain[T any](a *Auditor, f Folder, twins []string, finish func(*Platform) T) (r result[T]) {
	defer func() {
		if cause := recover(); cause != nil {
			r.failure = &Failure{f.ID, lang.Say("评定平台 %s 时程序出错，这是 hegui 的缺陷：%v（%s）", "judging platform %s broke hegui itself, this is our defect: %v (%s)", f.ID, cause, origin())}
		}
	}()
	p, err := a.platform(f, twins)
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
	codes := make([]string, len(folders))
	var group errgroup.Group
	group.SetLimit(max(a.Jobs, 1))
	for i, f := range folders {
		group.Go(func() error {
			if ctx.Err() == nil && f.broken.IsZero() {
				codes[i] = a.code(f)
			}
			return nil
		})
	}
	_ = group.Wait() // none of them fails
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

// code is a platform's code as far as it can be read. An error or panic here
// occurs again, and is reported, where the platform is judged.
func (a *Auditor) code(f Folder) (code string) {
	defer func() { _ = recover() }()
	limits := document.DefaultLimits()
	data, err := a.Tree.Read(path.Join(f.Path, headerFile), int64(limits.Bytes))
	if err != nil {
		return ""
	}
	return stringOf(document.Parse(headerFile, data, limits).Root.Get("code"))
}
