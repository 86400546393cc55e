package git

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// references are a repository's branches, tags and other names of objects. A
// linked worktree has some of its own.
type references struct {
	own, common string

	once   sync.Once
	packed []byte
	err    error
}

// maxSymbolic bounds a chain of symbolic references, as git does.
const maxSymbolic = 5

// errNoRef: there is no reference with that name.
var errNoRef = errors.New("no such reference")

// find follows a reference, given by its full name, to a hash. last is the
// reference that contains the hash, or is missing.
func (r *references) find(name string) (hash plumbing.Hash, last string, err error) {
	for range maxSymbolic {
		text, err := r.read(name)
		if err != nil {
			return plumbing.ZeroHash, name, err
		}
		if target, ok := strings.CutPrefix(text, "ref:"); ok {
			name = strings.TrimSpace(target)
			if !strings.HasPrefix(name, "refs/") || !validRefName(name) {
				return plumbing.ZeroHash, name, r.damaged(name)
			}
			continue
		}
		// FETCH_HEAD has more on its line.
		digits, _, _ := strings.Cut(text, "\t")
		hash, ok := parseHash(strings.TrimSpace(digits))
		if !ok {
			return plumbing.ZeroHash, name, r.damaged(name)
		}
		return hash, name, nil
	}
	return plumbing.ZeroHash, name, r.damaged(name)
}

func (r *references) damaged(name string) error {
	return damaged(lang.Say("引用 %q 读不出来", "reference %q cannot be read", name))
}

// read returns the first line of a reference.
func (r *references) read(name string) (string, error) {
	text, err := os.ReadFile(filepath.Join(r.dir(name), filepath.FromSlash(name)))
	if err == nil {
		line, _, _ := strings.Cut(string(text), "\n")
		return line, nil
	}
	if !noRef(err) {
		return "", source.Fail("read", name, err)
	}
	return r.readPacked(name)
}

// noRef reports whether an error means that a reference has no file: there is
// nothing, a folder of references, or a file in place of its folder.
func noRef(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.EISDIR) || errors.Is(err, syscall.ENOTDIR) ||
		errors.Is(err, syscall.ENAMETOOLONG) || errors.Is(err, syscall.EINVAL)
}

// dir returns the folder of a reference: HEAD and its like, and some below refs,
// belong to one worktree, all others are shared.
func (r *references) dir(name string) string {
	if !strings.HasPrefix(name, "refs/") {
		return r.own
	}
	for _, own := range []string{"refs/bisect/", "refs/worktree/", "refs/rewritten/"} {
		if strings.HasPrefix(name, own) {
			return r.own
		}
	}
	return r.common
}

func (r *references) readPacked(name string) (string, error) {
	r.once.Do(func() {
		r.packed, r.err = os.ReadFile(filepath.Join(r.common, "packed-refs"))
		if errors.Is(r.err, fs.ErrNotExist) {
			r.err = nil
		}
		if r.err == nil && !wellPacked(r.packed) {
			r.err = damaged(lang.Say("packed-refs 读不出来", "packed-refs cannot be read"))
		}
	})
	if r.err != nil {
		return "", source.Fail("read", "packed-refs", r.err)
	}
	for rest := r.packed; ; {
		at := bytes.Index(rest, []byte(" "+name))
		if at < 0 {
			return "", errNoRef
		}
		end := at + 1 + len(name)
		begin := bytes.LastIndexByte(rest[:at], '\n') + 1
		ended := end == len(rest) || rest[end] == '\n' || rest[end] == '\r'
		if ended && rest[begin] != '#' {
			return string(rest[begin:at]), nil
		}
		rest = rest[end:]
	}
}

// wellPacked reports whether each line of packed-refs is one, so that nothing of a file
// that is cut off is taken for a name that does not exist.
func wellPacked(packed []byte) bool {
	for line := range bytes.Lines(packed) {
		line = bytes.TrimRight(line, "\r\n")
		hash, name, named := bytes.Cut(line, []byte(" "))
		_, known := parseHash(string(bytes.TrimPrefix(hash, []byte("^"))))
		switch {
		case len(line) == 0, line[0] == '#', known && (named && len(name) > 0 || line[0] == '^'):
		default:
			return false
		}
	}
	return true
}

// validRefName reports whether git would accept a name for a reference, so that
// none points outside the folder of references.
func validRefName(name string) bool {
	if name == "" || name == "@" || strings.HasSuffix(name, ".") || strings.Contains(name, "..") || strings.Contains(name, "@{") {
		return false
	}
	if strings.ContainsAny(name, " ~^:?*[\\") || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".lock") {
			return false
		}
	}
	return true
}

// parseHash parses a full hash in hexadecimal digits.
func parseHash(digits string) (plumbing.Hash, bool) {
	raw, err := hex.DecodeString(digits)
	if err != nil || len(raw) != hashSize {
		return plumbing.ZeroHash, false
	}
	return plumbing.Hash(raw), true
}
