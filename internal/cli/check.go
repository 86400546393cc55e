package cli

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hegui/internal/audit"
	"hegui/internal/results"
	"hegui/internal/source"
)

func (a *app) checkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "check [PATH|ID ...]",
		Short: a.say("校验、检查、评分：日常命令", "validate, check, score: the everyday command"),
		Long: a.say(`按模式和规则检查 platforms/ 下的平台描述，评分并给出结论。
退出码：0 全部合规；1 有平台不合规；2 运行失败（参数、规则库、报告写不出、没有平台）。`,
			`Holds the descriptions below platforms/ to the schemas and checks, scores them and gives a verdict.
Exit codes: 0 all comply; 1 a platform does not; 2 the run failed (flags, rulebook, unwritable report, no platforms).`),
		Example: "  hegui check\n  hegui check government-services --lang zh\n  hegui check --as-of 2026-12-01 --report text --report json=results.json",
		RunE:    func(c *cobra.Command, args []string) error { return a.check(c.Context(), args) },
	}
	a.judgingFlags(c)
	return c
}

func (a *app) check(ctx context.Context, args []string) error {
	outputs, err := a.outputs()
	if err != nil {
		return err
	}
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	audience, err := a.audience()
	if err != nil {
		return err
	}
	if a.flags.jobs < 1 {
		return fault("--jobs 至少是 1", "--jobs must be at least 1")
	}
	repo, dir, err := a.openRepo()
	if err != nil {
		return err
	}
	paths, err := a.platformPaths(repo, dir, args)
	if err != nil {
		return err
	}
	book, err := a.loadRulebook(repo)
	if err != nil {
		return err
	}
	auditor := &audit.Auditor{Tree: repo, Rulebook: book, AsOf: asOf, Jobs: a.flags.jobs, Redact: audience.Redacted()}
	platforms, failures := auditor.Run(ctx, paths)
	if len(platforms)+len(failures) == 0 {
		return fault("没有平台：%s/ 下没有任何 platform.yaml", "no platforms: there is no platform.yaml below %s/", audit.PlatformsDir)
	}
	r := results.Build(results.Run{Rulebook: book, AsOf: asOf.String(), Version: a.Version, Failures: failures, Audience: audience}, platforms)
	a.code = verdict(r)
	return a.write(r, outputs)
}

// verdict is the exit code of a run: a failed run wins over a platform that
// does not comply.
func verdict(r *results.Results) int {
	switch {
	case len(r.Errors) > 0:
		return Failed
	case r.Summary.Compliant < r.Summary.Platforms:
		return NotCompliant
	}
	return Compliant
}

// platformPaths turns arguments into paths from the repository's root. An
// argument is a platform's id, or a path from the working directory.
func (a *app) platformPaths(repo source.Tree, dir string, args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		p, ok := platformPath(repo, dir, a.abs(arg), arg)
		if !ok {
			return nil, fault("没有平台 %q：它不是 %s/ 下的编号，也不是那里的路径", "no platform %q: it is neither an id nor a path below %s/", arg, audit.PlatformsDir)
		}
		out = append(out, p)
	}
	return out, nil
}

func platformPath(repo source.Tree, dir, abs, arg string) (string, bool) {
	if arg == "" {
		return "", false // an unset variable of a script, not a wish for all platforms
	}
	if rel, err := filepath.Rel(dir, abs); err == nil {
		p := filepath.ToSlash(rel)
		if p == "." {
			return audit.PlatformsDir, true
		}
		if p == audit.PlatformsDir || strings.HasPrefix(p, audit.PlatformsDir+"/") {
			if entry, err := repo.Stat(p); err == nil {
				if entry.Kind == source.File {
					p = path.Dir(p)
				}
				// A file beside the platforms is part of none.
				return p, p != audit.PlatformsDir || entry.Kind == source.Dir
			}
		}
	}
	id := strings.Trim(filepath.ToSlash(arg), "/")
	p := path.Join(audit.PlatformsDir, id)
	if !fs.ValidPath(id) {
		return "", false
	}
	_, err := repo.Stat(p)
	return p, err == nil
}
