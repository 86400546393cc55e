package cli

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
	"hegui/internal/stopwatch"
)

func (a *app) checkCommand() *cobra.Command {
	var warn int
	c := &cobra.Command{
		Use:   "check [PATH|FILE|ID ...]",
		Short: a.say("校验、检查、评分：日常命令", "validate, check, score: the everyday command"),
		Long: a.say(`按模式和检查项评定 platforms/ 下的平台描述，给出得分和结论。
写明文件时只列该文件的问题，结论仍是整个平台的。--warn-days 30 另列 30 天内将到期的，不影响退出码。
退出码：0 全部合规；1 有平台不合规；2 运行失败（参数、规则库、报告写不出、没有平台）。`,
			`Holds the descriptions below platforms/ to the schemas and checks, scores them and gives a verdict.
Where a file is named only its findings are listed; the verdict is still the platform's. --warn-days 30 lists what lapses
within 30 days as well, which changes no exit code.
Exit codes: 0 all comply; 1 a platform does not; 2 the run failed (flags, rulebook, unwritable report, no platforms).`),
		Example: "  hegui check\n  hegui check government-services --lang zh\n  hegui check platforms/government-services/backups.yaml\n  hegui check --severity major --group file\n  hegui check --as-of 2026-12-01 --report text --report json=results.json\n  hegui check --warn-days 30",
		RunE: func(c *cobra.Command, args []string) error {
			a.limited = c.Flags().Changed("limit")
			if c.Flags().Changed("warn-days") && (warn < 1 || warn > farthest) {
				return fault("--warn-days 要在 1 到 %d 之间", "--warn-days must be between 1 and %d", farthest)
			}
			return a.check(c.Context(), warn, args)
		},
	}
	a.judgingFlags(c)
	c.Flags().IntVar(&warn, "warn-days", 0, a.say("另列多少天内将到期的，作为提示；不影响结论和退出码（缺省不看）", "list what lapses within so many days as notes; no verdict or exit code depends on it (default: none)"))
	a.viewFlags(c)
	a.shardFlags(c)
	return c
}

func (a *app) check(ctx context.Context, warn int, args []string) error {
	if _, err := a.view(); err != nil {
		return err
	}
	shard, err := a.shard()
	if err != nil {
		return err
	}
	run, err := a.judging()
	if err != nil {
		return err
	}
	run.apart(run.pin)
	if run.pin = run.pin || a.flags.facts; shard.Of > 0 && !partsAlone(run.outputs) {
		return fault("--shard 只写一份 jsonl：用 --report jsonl=文件，其他报告由 hegui merge 从各份写出", "--shard writes a part in jsonl alone: want --report jsonl=PATH; hegui merge writes every other report from all parts")
	}
	e, err := a.judge(run, args)
	if err != nil {
		return err
	}
	if warn > 0 {
		e.look(warn)
	}
	if shard.Of > 0 {
		a.split(e, shard)
	}
	_, err = a.report(ctx, e, a.begin(results.New(e.run), run.outputs), nil)
	return err
}

// judging holds the flags of a command that judges, read and checked.
type judging struct {
	outputs []output
	// audience is who reads what no report file holds.
	audience results.Audience
	// pin asks for the facts that outcomes rest on, for workbooks.
	pin bool
	// reads is what the reports need to know of a platform.
	reads results.Reads
}

// apart makes each report what it is without the others: the facts that pages and
// workbooks ask for are in no other.
func (j *judging) apart(facts bool) {
	for i := range j.outputs {
		j.outputs[i].unasked = facts && report.TellsAll(j.outputs[i].format)
	}
}

// judging reads the flags before any work is done, so that a misspelt one costs
// nothing.
func (a *app) judging() (judging, error) { return a.judgingIn(report.Formats()) }

// judgingIn is the same for a command with formats of its own.
func (a *app) judgingIn(formats []report.Format) (run judging, err error) {
	if run, err = a.reporting(formats); err != nil {
		return run, err
	}
	if run.audience, err = a.audience(); err != nil {
		return run, err
	}
	_, err = a.asOf(calendar.Date{})
	return run, err
}

// mostJobs bounds --jobs: more than any machine has processors. Every job takes memory
// even if it has no platform to judge.
const mostJobs = 1024

// reporting reads the flags of a command that writes reports.
func (a *app) reporting(formats []report.Format) (run judging, err error) {
	if run.outputs, err = a.outputs(formats); err != nil {
		return run, err
	}
	for _, o := range run.outputs {
		run.pin, run.reads = run.pin || report.NeedsFacts(o.format), run.reads|report.Reads(o.format)
	}
	if a.flags.verbose {
		a.watch = stopwatch.New(a.Now, a.begun)
	}
	if a.flags.jobs < 1 || a.flags.jobs > mostJobs {
		return run, fault("--jobs 要在 1 到 %d 之间", "--jobs must be between 1 and %d", mostJobs)
	}
	return run, nil
}

// examination is what is to be judged, by which rulebook and on which day.
type examination struct {
	place   *place
	auditor *audit.Auditor
	folders []audit.Folder
	run     results.Run
	reads   results.Reads
	// past are platforms before, by id; failures what kept others from being judged.
	past     map[string]*results.HistoryLine
	failures []audit.Failure
	// until is the last day that is looked ahead to, nil for none.
	until *calendar.Date
}

// look looks so many days ahead.
func (e *examination) look(days int) {
	until := e.auditor.AsOf.Add(calendar.Period{Days: days})
	e.until = &until
}

// each judges platform after platform and looks ahead as far as is asked for.
func (e *examination) each(ctx context.Context, hand func(results.Platform)) []audit.Failure {
	if e.until != nil {
		return results.Foresee(ctx, e.auditor, e.folders, *e.until, e.reads, hand)
	}
	return results.Each(ctx, e.auditor, e.folders, e.reads, hand)
}

// through is each with lay, which prepares what is written of a platform. lay runs for
// many platforms at once, except where platforms are compared or looked ahead at.
func (e *examination) through(ctx context.Context, earlier *earlier, lay func(*results.Platform) laid, hand func(*results.Platform, laid)) []audit.Failure {
	if e.until != nil || earlier != nil {
		return e.each(ctx, func(p results.Platform) {
			earlier.compare(&p)
			hand(&p, lay(&p))
		})
	}
	type reported struct {
		*results.Platform
		laid
	}
	return results.Stream(ctx, e.auditor, e.folders, e.reads, func(p *results.Platform) reported { return reported{p, lay(p)} },
		func(r reported) { hand(r.Platform, r.laid) })
}

// judge is the examination of the platforms that args name, of all for none.
func (a *app) judge(run judging, args []string) (*examination, error) {
	p, err := a.open()
	if err != nil {
		return nil, err
	}
	day := calendar.On(a.Now())
	if p.repo != nil {
		day = calendar.On(p.commit.When)
	}
	asOf, err := a.asOf(day)
	if err != nil {
		return nil, err
	}
	paths, err := a.platformPaths(p.tree, p.dir, args)
	if err != nil {
		return nil, err
	}
	book, err := a.loadRulebook(p)
	if err != nil {
		return nil, err
	}
	a.only = paths
	return a.examination(run, p, book, asOf, paths)
}

func (a *app) examination(run judging, p *place, book *rulebook.Rulebook, asOf calendar.Date, paths []string) (*examination, error) {
	book = book.On(asOf)
	e := &examination{
		place:   p,
		auditor: &audit.Auditor{Tree: p.tree, Rulebook: book, AsOf: asOf, Jobs: a.flags.jobs, Pin: run.pin, Watch: a.watch},
		folders: audit.Discover(p.tree, paths),
		run:     results.Run{Rulebook: book, AsOf: asOf.String(), Version: a.Version, Revision: a.revisionOf(p)},
		reads:   run.reads,
	}
	if len(paths) > 0 {
		e.auditor.Among = audit.Discover(p.tree, nil)
	}
	if err := a.profiled(e); err != nil {
		return nil, err
	}
	if len(e.folders) == 0 {
		return nil, fault("没有平台：%s/ 下没有任何 platform.yaml；用 hegui init 编号 起草第一个，如 hegui init medical", "no platforms: there is no platform.yaml below %s/; hegui init ID begins the first, such as hegui init medical", audit.PlatformsDir)
	}
	return e, nil
}

// profiled refuses a policy that gives a profile to a platform by a name that is near to
// another's: that one would be judged by the wrong one.
func (a *app) profiled(e *examination) error {
	all := e.auditor.Among
	if all == nil {
		all = e.folders
	}
	defects, notes := a.nobody(context.Background(), e.auditor, all)
	for _, note := range notes {
		a.note("%s", "%s", note)
	}
	if len(defects) > 0 {
		return defects
	}
	return nil
}

// nobody is what is wrong with the platforms that a policy gives a profile of their own, and
// what is only told of. The built-in policy names the samples of the built-in rulebook.
func (a *app) nobody(ctx context.Context, by *audit.Auditor, folders []audit.Folder) (finding.Defects, []lang.Text) {
	if len(by.Rulebook.Policy.Profiles.Platforms) == 0 || by.Rulebook.Same(a.Builtin) {
		return nil, nil
	}
	var all []rulebook.Named
	for _, f := range by.Identified(ctx, folders) {
		all = append(all, rulebook.Named{ID: f.ID, Code: f.Code})
	}
	return by.Rulebook.Nobody(all)
}

// report judges platform after platform, hands each to the reports and lets it go.
// earlier is the examination that they are compared with, nil for none.
func (a *app) report(ctx context.Context, e *examination, d *delivery, earlier *earlier) (*results.Results, error) {
	run, watch := results.New(e.run), a.progress(len(e.folders), d)
	ctx = d.wanted(ctx)
	if earlier != nil {
		e.reads |= results.Items | results.Reach // what became of an item is seen from all of them
	}
	run.Fail(e.failures)
	run.Fail(e.through(ctx, earlier, func(p *results.Platform) laid {
		p.Past = e.past[p.ID]
		return d.lay(p)
	}, func(p *results.Platform, l laid) {
		run.Count(p)
		watch.platform(p)
		d.hand(l) // which lets it go
	}))
	watch.end()
	earlier.sum(run, len(a.only) > 0)
	a.code = verdict(run)
	return run, d.end(run)
}

// verdict is the exit code of a run: a failed run wins over a platform that
// does not comply, or of which something is written wrongly.
func verdict(r *results.Results) int {
	switch {
	case len(r.Errors) > 0:
		return Failed
	case r.Summary.Compliant < r.Summary.Platforms || r.Summary.Defective > 0:
		return NotCompliant
	}
	return Compliant
}

// platformPaths turns arguments into paths from the repository's root. An
// argument is a platform's id, or a path from the working directory.
func (a *app) platformPaths(repo source.Tree, dir string, args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		p, file, ok := platformPath(repo, dir, a.argument(dir, arg), arg)
		if !ok {
			return nil, noPlatform(repo, arg)
		}
		if file != "" {
			a.files = append(a.files, file)
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out, nil
}

// argument is the absolute path of an argument: from the folder of -C, as git has
// it, else from the working directory.
func (a *app) argument(dir, arg string) string {
	if a.flags.repo != "" && !filepath.IsAbs(arg) {
		return filepath.Join(dir, arg)
	}
	return a.abs(arg)
}

// platformPath is the path of a platform, or of a folder of platforms; file is set
// where the argument names a file of the platform.
func platformPath(repo source.Tree, dir, abs, arg string) (at, file string, ok bool) {
	if arg == "" {
		return "", "", false // an unset variable of a script, not a wish for all platforms
	}
	if rel, err := filepath.Rel(dir, abs); err == nil {
		p := filepath.ToSlash(rel)
		if p == "." {
			return audit.PlatformsDir, "", true
		}
		if p == audit.PlatformsDir || strings.HasPrefix(p, audit.PlatformsDir+"/") {
			if entry, err := repo.Stat(p); err == nil {
				if entry.Kind == source.File {
					p, file = path.Dir(p), p
				}
				// A file beside the platforms is part of none.
				return p, file, p != audit.PlatformsDir || entry.Kind == source.Dir
			}
		}
	}
	id := strings.Trim(filepath.ToSlash(arg), "/")
	p := path.Join(audit.PlatformsDir, id)
	if !fs.ValidPath(id) {
		return "", "", false
	}
	_, err := repo.Stat(p)
	return p, "", err == nil
}
