package cli

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/compare"
	"hegui/internal/git"
	"hegui/internal/results"
	"hegui/internal/source"
)

// question is what a gate is asked: may head be merged into base?
type question struct {
	base, head string // revisions; no head is the working tree
	// empty lets a head pass that base already has.
	empty bool
	// merged asks for the outcome of the merge instead of head as it is.
	merged bool
}

// complete takes --base A...B apart.
func (q *question) complete() error {
	from, to, pair := strings.Cut(q.base, "...")
	switch {
	case q.base == "":
		return fault("--base 没有写：写改动要并入的版本，如 origin/main", "--base is missing: name the revision that the change is to be merged into, such as origin/main")
	case pair && (blank(from) || blank(to)):
		return fault("--base %q 缺一端：要写 A...B", "--base %q lacks one of its ends: want A...B", q.base)
	case pair && q.head == "":
		q.base, q.head = from, to
	}
	if q.merged && q.head == "" {
		return fault("--merged 要有 --head：工作区不能合并", "--merged wants --head: a working tree cannot be merged")
	}
	return nil
}

// sides are the trees of a change.
type sides struct {
	repo       *git.Repo
	base, head *place
	headTree   source.Hashed
	baselines  []git.Commit
}

func (a *app) sides(ask question) (*sides, error) {
	dir, err := a.gateDir(ask.base)
	if err != nil {
		return nil, err
	}
	if err := a.spare(dir); err != nil {
		return nil, err
	}
	repo, err := git.Open(dir)
	if err != nil {
		return nil, err
	}
	s := &sides{repo: repo}
	if err := s.find(dir, ask); err != nil {
		_ = repo.Close() // nothing was written
		return nil, err
	}
	return s, nil
}

// find resolves both ends and refuses what would pass because nothing is judged.
func (s *sides) find(dir string, ask question) (err error) {
	if s.base, err = placeAt(s.repo, dir, ask.base); err != nil {
		return err
	}
	tip := ask.head
	if tip == "" {
		tip = "HEAD"
	}
	if s.head, err = placeAt(s.repo, dir, tip); err != nil {
		return err
	}
	s.headTree = s.repo.Tree(s.head.commit)
	if ask.head == "" {
		work, err := s.repo.WorkTree()
		if err == nil {
			err = work.Whole()
		}
		if err != nil {
			return err
		}
		s.headTree = work
	}
	s.head.tree = s.headTree
	s.base.judged, s.head.judged = true, true
	if s.baselines, err = s.repo.MergeBases(s.base.commit, s.head.commit); err != nil {
		return err
	}
	if err = s.judgeable(ask); err == nil && ask.merged {
		err = s.merge()
	}
	return err
}

// merge puts the outcome of the merge in the place of head. What base has done
// since is then on both sides.
func (s *sides) merge() error {
	merged, err := s.repo.Merge(s.base.commit, s.head.commit)
	if err != nil {
		return err
	}
	s.headTree, s.head.tree, s.baselines = merged, merged, []git.Commit{s.base.commit}
	return nil
}

// judgeable refuses a change in which there is nothing to judge: such a gate would
// be green by accident.
func (s *sides) judgeable(ask question) error {
	if ask.head != "" && !ask.empty && s.baselines[0].Hash == s.head.commit.Hash {
		return fault("没有可判定的改动：%[1]q 是提交 %[2]s，主干 %[3]q 里已经有了；请核对 --base 和 --head，钩子和推送可加 --allow-empty",
			"there is no change to judge: %[1]q is commit %[2]s, which base %[3]q already has; check --base and --head, or add --allow-empty in hooks and for pushes",
			ask.head, s.head.commit.Hash, ask.base)
	}
	for _, tree := range s.trees() {
		if audit.Any(tree) {
			return nil
		}
	}
	return fault("没有平台：%s/ 下两边都没有任何 platform.yaml；用 -C 指明含 %[1]s/ 的目录",
		"no platforms: neither side has a platform.yaml below %s/; name the folder that holds %[1]s/ with -C", audit.PlatformsDir)
}

// trees are those of base, of head and of what they grew from.
func (s *sides) trees() []source.Tree {
	all := []source.Tree{s.base.tree, s.headTree}
	for _, c := range s.baselines {
		all = append(all, s.repo.Tree(c))
	}
	return all
}

// gateDir is -C, else the nearest folder upwards that holds platforms/ in base: a
// change that moves or removes the folder must not choose what is judged. Only
// where base has none it is the one of the files on disk.
func (a *app) gateDir(base string) (string, error) {
	if a.flags.repo != "" {
		return a.repoDir()
	}
	for dir := realPath(a.Dir); ; dir = filepath.Dir(dir) {
		holds, top, err := holdsPlatforms(dir, base)
		if err != nil || holds {
			return dir, err
		}
		if top {
			return a.repoDir()
		}
	}
}

// holdsPlatforms reports whether a folder holds platforms/ in a revision, and
// whether it is the top of the repository.
func holdsPlatforms(dir, rev string) (holds, top bool, err error) {
	repo, err := git.Open(dir)
	if err != nil {
		return false, false, err
	}
	defer func() { _ = repo.Close() }()
	p, err := placeAt(repo, dir, rev)
	if err != nil {
		return false, false, err
	}
	entry, err := p.tree.Stat(audit.PlatformsDir)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, source.ErrNotDir) {
		return false, repo.Prefix() == ".", nil
	}
	return entry.Kind != source.File, repo.Prefix() == ".", err
}

// change judges head against each baseline and keeps the first judgement that
// stops it: after criss-cross merges a change must hold against all of them.
func (s *sides) change(ctx context.Context, judge *compare.Judge, run results.GateRun) (kept *results.Results) {
	for _, baseline := range s.baselines {
		r := results.BuildGate(ctx, run, judge, compare.Trees{Baseline: s.repo.Tree(baseline), Tip: s.repo.Tree(s.base.commit), Head: s.headTree, Past: s.past(baseline)})
		if kept != nil && (!kept.Gate.Passed || r.Gate.Passed) {
			_ = r.Close() // the other one is reported
			continue
		}
		if kept != nil {
			_ = kept.Close()
		}
		kept = r
	}
	return kept
}

// past are the trees that a baseline grew from, the nearest first.
func (s *sides) past(baseline git.Commit) iter.Seq[source.Hashed] {
	return func(yield func(source.Hashed) bool) {
		for commit := range s.repo.Ancestors(baseline) {
			if !yield(s.repo.Tree(commit)) {
				return
			}
		}
	}
}

// revision is head: a commit, or the one that the working tree began from.
func (s *sides) revision() *results.Revision {
	if _, isWork := s.headTree.(*git.WorkTree); isWork {
		r, _ := standing(s.head.commit, s.repo.Tree(s.head.commit), s.headTree) // what cannot be read fails the gate itself
		return r
	}
	return &results.Revision{Commit: s.head.commit.Hash}
}

// maxUntracked is how many files that a commit would lack are named.
const maxUntracked = 5

// sayUntracked says which files a work tree is judged by that no commit of it would
// hold: forgotten evidence passes here and fails once it is pushed.
func (a *app) sayUntracked(s *sides) {
	work, ok := s.headTree.(*git.WorkTree)
	if !ok {
		return
	}
	names := work.Untracked(audit.PlatformsDir)
	if len(names) == 0 {
		return
	}
	list := strings.Join(names[:min(len(names), maxUntracked)], ", ")
	if len(names) > maxUntracked {
		list += ", …"
	}
	a.note("这里也评了不受 git 管理的文件，git add 之前提交里没有它们（%d）：%s", "files that git does not track were judged as well, and no commit has them before git add (%d): %s", len(names), list)
}
