package git

import (
	"errors"
	"fmt"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// Why a repository, a revision or an object cannot be read. What an operation
// returns wraps one of these in an Error. source.OutOfReach recognises the last
// two.
var (
	ErrNoRepo      = errors.New("no git repository")
	ErrUnsupported = errors.New("unsupported kind of git repository")
	ErrSHA256      = errors.New("git repository with SHA-256 objects")
	ErrReftable    = errors.New("git repository with a reftable")
	ErrNoWorkTree  = errors.New("git repository without a work tree")
	ErrBadRevision = errors.New("not a revision that names one commit")
	ErrAmbiguous   = errors.New("ambiguous revision")
	ErrNoRevision  = errors.New("no such revision")
	ErrNotCommit   = errors.New("not a commit")
	ErrShallow     = errors.New("shallow clone whose history is cut off")
	ErrConflict    = errors.New("both sides changed the same")
	ErrUnrelated   = errors.New("no common history")
	ErrPartial     = fmt.Errorf("object is not in this partial clone: %w", source.ErrOutOfReach)
	ErrDamaged     = fmt.Errorf("damaged git repository: %w", source.ErrOutOfReach)
)

// Error says in both languages what git data cannot be read, and what to do about
// it. It matches one of this package's errors, and ErrShallow as well where a
// complete history might have helped.
type Error struct {
	// Err is the kind of error.
	Err error
	// Rev is the revision that was asked for, if any.
	Rev     string
	text    lang.Text
	shallow bool
}

// Error returns the text in English.
func (e *Error) Error() string { return e.text.EN }

// Text returns the text in both languages.
func (e *Error) Text() lang.Text { return e.text }

// Unwrap returns the kind of error.
func (e *Error) Unwrap() error { return e.Err }

// Is matches ErrShallow where a complete history might have helped.
func (e *Error) Is(target error) bool { return target == ErrShallow && e.shallow }

// fault returns an error of one kind in both languages.
func fault(kind error, zh, en string, args ...any) *Error {
	return &Error{Err: kind, text: lang.Say(zh, en, args...)}
}

// about adds the revision that was asked for.
func (e *Error) about(rev string) *Error {
	e.Rev = rev
	return e
}

// deepen adds the remedy for a shallow clone.
func (e *Error) deepen() *Error {
	e.shallow = true
	e.text = lang.Say("%s；这是浅克隆：检出时设 fetch-depth: 0，或运行 git fetch --unshallow",
		"%s; this is a shallow clone: check out with fetch-depth: 0, or run git fetch --unshallow", e.text)
	return e
}

// damaged returns an error about data that git would not have written.
func damaged(what lang.Text) *Error {
	return fault(ErrDamaged, "git 仓库已损坏：%s；可运行 git fsck 查看", "the git repository is damaged: %s; git fsck shows more", what)
}
