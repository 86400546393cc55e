package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"hegui/internal/atomicfile"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/stopwatch"
	"hegui/internal/typeset"
)

// delivery hands the platforms of one run to all its reports, which write each of
// them side by side: none waits, and takes memory, for a report that is slower. A
// report that fails stops no other.
type delivery struct {
	sinks   []*sink
	running sync.WaitGroup
	watch   *stopwatch.Watch
	run     *results.Results // as it has ended
	// unlost counts the reports that can still be written: once there are none, stop ends
	// the judging.
	unlost atomic.Int32
	ctx    context.Context
	stop   context.CancelFunc
	// cut tells that the run was interrupted, broken by what.
	cut    bool
	broken error
}

// sink is one report with what puts it into its place.
type sink struct {
	report.Report
	audience results.Audience
	unasked  bool // what only other reports ask for is left out
	commit   func() error
	discard  func()
	refuse   func(error) error
	// writes are queued: each writes one platform that has been laid out.
	writes chan func() error
	// shown is set for a report that people watch being written: it ends with what cut
	// it short.
	shown bool
	err   error
}

// begin begins the reports of a run of which neither platforms nor summary nor
// errors are known.
func (a *app) begin(run *results.Results, outputs []output) *delivery {
	a.watch.Started()
	d := &delivery{watch: a.watch}
	for _, o := range outputs {
		d.add(a.sink(run, o))
	}
	return d
}

func (d *delivery) add(s *sink) {
	s.writes = make(chan func() error)
	d.sinks = append(d.sinks, s)
	if s.err == nil {
		d.unlost.Add(1)
	}
	d.running.Go(func() {
		for write := range s.writes {
			stop := d.watch.Time(stopwatch.Report)
			if s.err == nil {
				if s.err = write(); s.err != nil && d.unlost.Add(-1) == 0 {
					d.stop()
				}
			}
			stop()
		}
		defer d.watch.Time(stopwatch.Report)()
		whole := !d.cut || s.shown
		if s.err == nil && whole {
			s.err = s.End(d.run.For(s.audience))
		}
		if s.Report != nil {
			s.err = errors.Join(s.err, s.Close())
		}
		if s.err == nil && whole {
			s.err = s.commit()
		}
		s.discard()
	})
}

// wanted is the context of judging for these reports, all of which have been added: it
// ends with ctx, and when none of them can be written any more, as where whoever read
// the only one has stopped.
func (d *delivery) wanted(ctx context.Context) context.Context {
	d.ctx = ctx
	ctx, d.stop = context.WithCancel(ctx)
	if d.unlost.Load() == 0 {
		d.stop()
	}
	return ctx
}

// platform hands a platform to every report.
func (d *delivery) platform(p *results.Platform) { d.hand(d.lay(p)) }

// laid is what writes a platform, of each report in their order.
type laid []func() error

// lay prepares a platform for every report, cut down to what its readers may see; it
// runs beside others, before the platform's turn. Nothing else reads the platform
// afterwards but the count: it is let go once all reports have written it, unless one
// keeps it.
func (d *delivery) lay(p *results.Platform) laid {
	defer d.watch.Time(stopwatch.Report)()
	seen, unasked, narrow := map[results.Audience]*results.Platform{}, map[results.Audience]*results.Platform{}, p.For
	if !slices.ContainsFunc(d.sinks, func(s *sink) bool { return s.audience != d.sinks[0].audience }) {
		narrow = p.Only
	}
	writes := make(laid, len(d.sinks))
	var left atomic.Int32
	left.Store(int32(len(d.sinks)))
	for i, s := range d.sinks {
		if seen[s.audience] == nil {
			one := narrow(s.audience)
			seen[s.audience] = &one
		}
		said := seen[s.audience]
		if s.unasked {
			if unasked[s.audience] == nil {
				unasked[s.audience] = said.Unasked()
			}
			said = unasked[s.audience]
		}
		if s.Report != nil {
			write, kept := report.Lay(s.Report, said)
			writes[i] = func() error {
				err := write()
				if !kept && left.Add(-1) == 0 {
					p.Done()
				}
				return err
			}
		}
	}
	return writes
}

// hand hands a platform whose turn it is to every report.
func (d *delivery) hand(writes laid) {
	for i, s := range d.sinks {
		s.writes <- writes[i]
	}
}

// end ends the reports, and says which could not be written. Of an interrupted run only
// a report that people watch appears: an incomplete one must never replace a whole one.
func (d *delivery) end(run *results.Results) error {
	lost := d.unlost.Load() == 0 // and what has not been judged for it is no news
	d.run, d.cut = run, d.ctx.Err() != nil || d.broken != nil
	for _, s := range d.sinks {
		close(s.writes)
	}
	d.running.Wait()
	d.stop()
	var failed []error
	switch {
	case d.broken != nil:
		failed = append(failed, d.broken)
	case d.cut:
		failed = append(failed, fault("评定被中断，报告没有写出", "the run was interrupted: no report was written"))
	}
	if !d.cut && !lost && len(run.Errors) > 0 {
		failed = append(failed, incomplete(run.Errors))
	}
	for _, s := range d.sinks {
		if s.err != nil && (!d.cut || !errors.Is(s.err, context.Canceled)) {
			failed = append(failed, s.refuse(s.err))
		}
	}
	return errors.Join(failed...)
}

// incomplete says on one line what went wrong in a run, be its reports read by people
// or not.
func incomplete(errs []lang.Text) error {
	first := lang.Text{ZH: typeset.Inert(errs[0].ZH), EN: typeset.Inert(errs[0].EN)}
	if more := len(errs) - 1; more > 0 {
		return fault("%s；另有 %d 处，见报告", "%s; and %d more, see the reports", first, more)
	}
	return &message{first}
}

// deliver writes the reports of a run whose platforms are known.
func (a *app) deliver(ctx context.Context, r *results.Results, outputs []output) error {
	defer func() { _ = r.Close() }() // what was kept is of no more use
	d := a.begin(r.Begun(), outputs)
	d.wanted(ctx)
	if err := r.Each(d.platform); err != nil {
		d.broken = &message{reason(err)}
	}
	return d.end(r)
}

// sink begins one report. An incomplete report never appears: only the
// text for people is written as it comes.
func (a *app) sink(run *results.Results, o output) *sink {
	view, err := a.view()
	options := report.Options{Language: a.lang, Quiet: a.flags.quiet, Pretty: a.flags.pretty, Only: a.only, View: view, Part: a.part}
	s := &sink{audience: o.audience, unasked: o.unasked, commit: func() error { return nil }, discard: func() {}, refuse: func(err error) error {
		if o.path == "" {
			return fault("报告写不出：%v", "the report cannot be written: %v", reason(err))
		}
		if errors.Is(err, fs.ErrNotExist) {
			return fault("报告 %q 写不出：没有目录 %q，先建好它", "the report %q cannot be written: there is no folder %q; make it first", o.path, filepath.Dir(o.path))
		}
		return fault("报告 %q 写不出：%v", "the report %q cannot be written: %v", o.path, reason(err))
	}}
	to := a.Stdout
	switch {
	case err != nil:
		s.err = err
		return s
	case o.path != "":
		file, err := atomicfile.New(a.abs(o.path))
		if err != nil {
			s.err = err
			return s
		}
		to = s.place(file)
	case report.Shown(o.format):
		options.Color, options.Width, s.shown = a.color(), a.Width, true
		if a.Terminal && !a.automated() {
			options.Height = a.Height
		}
	default:
		to = s.place(atomicfile.Into(a.Stdout))
	}
	s.Report, s.err = o.format.Begin(to, run.For(o.audience), options)
	return s
}

func (s *sink) place(file *atomicfile.File) io.Writer {
	s.commit, s.discard = file.Commit, file.Discard
	return file
}
