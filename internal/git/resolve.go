package git

import (
	"errors"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/lang"
)

// Resolve finds the one commit that a revision names: a branch, tag or other
// reference, a full or short hash, each with steps to ancestors (~3, ^2). Names
// are searched in git's own order. What git understands but does not name one
// commit, or not the same one tomorrow, is rejected.
func (r *Repo) Resolve(rev string) (Commit, error) {
	parsed, err := parseRevision(rev)
	if err != nil {
		return Commit{}, err
	}
	hash, err := r.lookUp(rev, parsed.name)
	if err != nil {
		return Commit{}, err
	}
	c, err := r.peel(rev, hash)
	if err != nil {
		return Commit{}, err
	}
	for _, s := range parsed.steps {
		if c, err = r.take(rev, c, s); err != nil {
			return Commit{}, err
		}
	}
	return c.Commit, nil
}

// revision is a name and the steps from there.
type revision struct {
	name  string
	steps []stride
}

// stride is ^n, the nth parent, or ~n, the nth ancestor along first parents.
type stride struct {
	parent bool
	n      int
}

const maxRevision = 4096

// parseRevision splits a revision into its name and steps.
func parseRevision(rev string) (revision, error) {
	if err := refused(rev); err != nil {
		return revision{}, err.about(rev)
	}
	name, rest := rev, ""
	if at := strings.IndexAny(rev, "~^"); at >= 0 {
		name, rest = rev[:at], rev[at:]
	}
	if name == "@" {
		name = "HEAD"
	}
	if !validRefName(name) {
		return revision{}, badRevision(rev, lang.Say("不是有效的名称", "is not a valid name"))
	}
	parsed := revision{name: name}
	for rest != "" {
		var s stride
		var ok bool
		if s, rest, ok = cutStep(rest); !ok {
			return revision{}, badRevision(rev, lang.Say("~ 和 ^ 后面只能是数字", "has something other than a number after ~ or ^"))
		}
		parsed.steps = append(parsed.steps, s)
	}
	return parsed, nil
}

// refused explains what git understands, but hegui does not accept for a commit.
func refused(rev string) *Error {
	switch {
	case rev == "":
		return badRevision(rev, lang.Say("是空的", "is empty"))
	case len(rev) > maxRevision:
		return badRevision(rev[:20]+"…", lang.Say("太长", "is too long"))
	case strings.HasPrefix(rev, "-"):
		return badRevision(rev, lang.Say("看起来是命令行选项", "looks like an option"))
	case strings.Contains(rev, ".."):
		return badRevision(rev, lang.Say("是一段范围：分别用 --base 和 --head 给出两端", "is a range: give its ends to --base and --head"))
	case strings.HasPrefix(rev, "^"):
		return badRevision(rev, lang.Say("是排除而不是版本", "excludes a revision instead of naming one"))
	case strings.Contains(rev, ":"):
		return badRevision(rev, lang.Say("指的是文件或提交说明的搜索", "names a file, or searches messages"))
	case strings.Contains(rev, "@{"):
		return badRevision(rev, lang.Say("取决于本机的 reflog，别处不同", "depends on the reflog of this machine"))
	}
	return nil
}

func badRevision(rev string, why lang.Text) *Error {
	return fault(ErrBadRevision, "版本 %q 不能用：%s", "revision %q is refused: it %s", rev, why).about(rev)
}

// cutStep parses the first step. Peeling to a commit is ^0.
func cutStep(text string) (s stride, rest string, ok bool) {
	s, rest = stride{parent: text[0] == '^', n: 1}, text[1:]
	if s.parent {
		for _, peel := range []string{"{}", "{commit}"} {
			if after, found := strings.CutPrefix(rest, peel); found {
				return stride{parent: true}, after, true
			}
		}
	}
	digits := 0
	for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
		digits++
	}
	if digits > 0 {
		n, err := strconv.Atoi(rest[:digits])
		if err != nil || n > 1<<30 {
			return s, rest, false
		}
		s.n, rest = n, rest[digits:]
	}
	return s, rest, rest == "" || rest[0] == '~' || rest[0] == '^'
}

// refRules expand a short name, in git's order.
var refRules = []struct{ before, after string }{
	{"refs/", ""}, {"refs/tags/", ""}, {"refs/heads/", ""}, {"refs/remotes/", ""}, {"refs/remotes/", "/HEAD"},
}

// lookUp finds the object of a name. A reference takes precedence over a short
// hash, as in git; a name that is both a reference and a hash as git prints it, in
// full or in short, is rejected, since people and programs would differ.
func (r *Repo) lookUp(rev, name string) (plumbing.Hash, error) {
	named, err := r.named(rev, name)
	found := err == nil
	if err != nil && !errors.Is(err, errNoRef) {
		return plumbing.ZeroHash, err
	}
	hash, isHash := parseHash(name)
	switch {
	case found && isHash:
		return plumbing.ZeroHash, r.twofold(rev, name)
	case isHash:
		return hash, nil
	case found && len(name) < minPrinted:
		return named, nil
	}
	hashes, err := r.commitsWithPrefix(name)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	switch {
	case found && len(hashes) > 0:
		return plumbing.ZeroHash, r.twofold(rev, name)
	case found:
		return named, nil
	case len(hashes) == 1:
		return hashes[0], nil
	case len(hashes) > 1:
		return plumbing.ZeroHash, r.several(rev, name, hashes)
	}
	return plumbing.ZeroHash, r.unknown(rev)
}

// minShort is how many digits a short hash has at least, minPrinted how many git
// prints at least: shorter names of tags, such as years, are not hashes.
const (
	minShort   = 4
	minPrinted = 7
)

func (r *Repo) twofold(rev, name string) error {
	return fault(ErrAmbiguous, "版本 %q 有歧义：%s 既是引用名又是提交的哈希；引用请写全名，如 refs/heads/%[2]s",
		"revision %q is ambiguous: %s is a reference and a commit's hash; write the reference in full, such as refs/heads/%[2]s", rev, name).about(rev)
}

// maxListed is how many candidates of an ambiguous hash are listed.
const maxListed = 10

func (r *Repo) several(rev, name string, hashes []plumbing.Hash) error {
	listed := make([]string, 0, maxListed)
	for _, hash := range hashes[:min(len(hashes), maxListed)] {
		listed = append(listed, hash.String())
	}
	list := strings.Join(listed, ", ")
	if len(hashes) > maxListed {
		list += ", …"
	}
	return fault(ErrAmbiguous, "版本 %q 有歧义：%d 个提交的哈希以 %s 开头：%s",
		"revision %q is ambiguous: %d commits have a hash that begins with %s: %s", rev, len(hashes), name, list).about(rev)
}

func (r *Repo) unknown(rev string) error {
	e := fault(ErrNoRevision, "没有版本 %q", "there is no revision %q", rev).about(rev)
	if r.Shallow() {
		return e.deepen()
	}
	e.text = lang.Say("%s；%s", "%s; %s", e.text, r.elsewhere(rev))
	return e
}

// elsewhere says where a revision may be that is not here under its name.
func (r *Repo) elsewhere(rev string) lang.Text {
	there := func(name string) bool {
		_, _, err := r.refs.find(name)
		return err == nil
	}
	remote, branch, _ := strings.Cut(rev, "/")
	switch {
	case there("refs/remotes/origin/" + rev):
		return lang.Say("是不是 origin/%s？", "did you mean origin/%s?", rev)
	case branch != "" && there("refs/heads/"+branch):
		return lang.Say("本地有 %[1]s，远端的先运行 git fetch %[2]s %[1]s", "there is a local %[1]s; for the remote one run git fetch %[2]s %[1]s first", branch, remote)
	}
	return lang.Say("git branch -a 列出有的；远端的先运行 git fetch", "git branch -a lists what there is; for one of a remote run git fetch first")
}

// named finds the reference of a short or full name. A full one, HEAD among them,
// is only ever itself. A short one that git's rules expand to references of different
// commits is rejected: git would take the tag, which anybody may have pushed.
func (r *Repo) named(rev, name string) (plumbing.Hash, error) {
	if strings.HasPrefix(name, "refs/") {
		hash, _, err := r.refs.find(name)
		return hash, err
	}
	if isRootRef(name) {
		hash, last, err := r.refs.find(name)
		switch {
		case !errors.Is(err, errNoRef):
			return hash, err
		case last != name && name == "HEAD":
			return hash, fault(ErrNoRevision, "%q 还没有任何提交：分支 %s 是空的",
				"%q has no commit yet: the branch %s is empty", rev, strings.TrimPrefix(last, "refs/heads/")).about(rev)
		}
	}
	var found []reference
	for _, rule := range refRules {
		full := rule.before + name + rule.after
		hash, _, err := r.refs.find(full)
		if err == nil {
			found = append(found, reference{full, hash})
		} else if !errors.Is(err, errNoRef) {
			return hash, err
		}
	}
	if len(found) == 0 {
		return plumbing.ZeroHash, errNoRef
	}
	for _, other := range found[1:] {
		if !r.sameCommit(found[0].hash, other.hash) {
			return plumbing.ZeroHash, ambiguous(rev, found[0], other)
		}
	}
	return found[0].hash, nil
}

// reference is a full name and the object that it refers to.
type reference struct {
	name string
	hash plumbing.Hash
}

// sameCommit reports whether two objects, tags among them, are the same commit.
func (r *Repo) sameCommit(one, other plumbing.Hash) bool {
	if one == other {
		return true
	}
	x, errX := r.peel("", one)
	y, errY := r.peel("", other)
	return errX == nil && errY == nil && x.hash == y.hash
}

func ambiguous(rev string, one, other reference) error {
	const digits = 12
	return fault(ErrAmbiguous, "版本 %q 有歧义：%s 是 %s，%s 是 %s；请写全名，如 %[4]s",
		"revision %q is ambiguous: %s is %s and %s is %s; write the full name, such as %[4]s",
		rev, one.name, one.hash.String()[:digits], other.name, other.hash.String()[:digits]).about(rev)
}

// isRootRef reports whether a name may be outside refs/: HEAD, FETCH_HEAD, …
func isRootRef(name string) bool {
	return !strings.ContainsFunc(name, func(c rune) bool { return (c < 'A' || c > 'Z') && c != '_' })
}

// commitsWithPrefix returns the commits, and tags of commits, whose hash begins
// with some digits.
func (r *Repo) commitsWithPrefix(digits string) ([]plumbing.Hash, error) {
	digits = strings.ToLower(digits)
	if len(digits) < minShort || len(digits) >= 2*hashSize || strings.Trim(digits, "0123456789abcdef") != "" {
		return nil, nil
	}
	hashes, err := r.objects.withPrefix(digits)
	if err != nil {
		return nil, err
	}
	var commits []plumbing.Hash
	for _, hash := range hashes {
		_, err := r.peel(digits, hash)
		if err == nil {
			commits = append(commits, hash)
		} else if !errors.Is(err, ErrNotCommit) {
			return nil, err
		}
	}
	return commits, nil
}
