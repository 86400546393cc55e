package cli

import (
	"context"
	"math"
	"os"

	"github.com/spf13/cobra"

	"hegui/internal/report"
	"hegui/internal/results"
)

func (a *app) mergeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "merge PART...",
		Short: a.say("把各台机器评定的各份合成一次评定的报告", "join the parts that several machines have judged into the reports of one run"),
		Long: a.say(`读入 hegui check --shard 写出的各份，写出与不分份时逐字节相同的报告。
缺了、重了、损坏了的份，或者版本、规则库、基准日、读者不同的份，一律拒绝。
退出码：0 全部合规；1 有平台不合规；2 运行失败（参数、各份不全或不同、报告写不出）。`,
			`Reads the parts that hegui check --shard has written, and writes the reports that a run in one piece would have
written, to the byte. Parts that are missing, there twice, damaged, or of another revision, rulebook, day or audience
are refused.
Exit codes: 0 all comply; 1 a platform does not; 2 the run failed (flags, parts, unwritable report).`),
		Example: "  hegui check --shard 1/2 --report jsonl=part-1.jsonl\n  hegui check --shard 2/2 --report jsonl=part-2.jsonl\n  hegui merge part-1.jsonl part-2.jsonl --report text --report sarif=hegui.sarif",
		Args:    between(1, math.MaxInt),
		RunE: func(c *cobra.Command, args []string) error {
			a.limited = c.Flags().Changed("limit")
			return a.merge(c.Context(), args)
		},
	}
	a.reportFlags(c)
	a.viewFlags(c)
	return c
}

func (a *app) merge(ctx context.Context, paths []string) (err error) {
	if _, err := a.view(); err != nil {
		return err
	}
	run, err := a.reporting(report.Formats())
	if err != nil {
		return err
	}
	if dir, err := a.repoDir(); err != nil {
		return err
	} else if err := a.spare(dir); err != nil {
		return err
	}
	var files []results.PartFile
	for _, path := range paths {
		if err := a.sparePart(path); err != nil {
			return err
		}
		file, size, err := a.openPart(path)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		files = append(files, results.PartFile{Name: path, ReaderAt: file, Size: size})
	}
	joined, err := results.Join(files)
	if err != nil {
		return err
	}
	run.apart(joined.Facts)
	if run.pin && !joined.Facts {
		return fault("各份没有留下事实，写不出 html 和 xlsx：评定时加 --facts", "the parts have no facts, which html and xlsx show: judge with --facts")
	}
	return a.joined(ctx, run, joined)
}

// joined writes the reports of all parts.
func (a *app) joined(ctx context.Context, run judging, joined *results.Joined) error {
	for i := range run.outputs {
		run.outputs[i].audience = results.Audience(joined.Audience)
	}
	if r := joined.Revision; r == nil || r.Dirty {
		a.note("各份读的不是提交里的文件，看不出是否读的同一批文件", "the parts have not read a commit's files: nothing shows that they have read the same ones")
	}
	a.only = joined.Only
	whole := joined.Results()
	d := a.begin(whole.Begun(), run.outputs)
	watch := a.progress(joined.Platforms, d)
	ctx = d.wanted(ctx)
	err := joined.Each(ctx, a.flags.jobs, func(p results.Platform) {
		d.platform(&p)
		watch.platform(&p)
	})
	watch.end()
	if ctx.Err() == nil {
		d.broken = err
	}
	a.code = verdict(whole)
	return d.end(whole)
}

func (a *app) openPart(path string) (*os.File, int64, error) {
	file, err := os.Open(a.abs(path))
	if err != nil {
		return nil, 0, fault("%q 打不开：%v", "%q cannot be opened: %v", path, reason(err))
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fault("%q 不是文件", "%q is not a file", path)
	}
	if err != nil {
		_ = file.Close()
		return nil, 0, err
	}
	return file, info.Size(), nil
}
