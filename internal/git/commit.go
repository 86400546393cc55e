package git

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/lang"
)

// commit is a Commit with the fields that only this package needs.
type commit struct {
	Commit
	hash, tree plumbing.Hash
	// parents are the parents that can be read: none at the edge of a shallow clone.
	parents []plumbing.Hash
	cut     bool
}

// maxTags bounds a chain of tags that point to tags.
const maxTags = 64

// peel follows annotated tags to the commit that they point to.
func (r *Repo) peel(rev string, hash plumbing.Hash) (commit, error) {
	for range maxTags {
		got, err := r.objects.get(hash, maxInflated)
		if errors.Is(err, errMissing) {
			return commit{}, r.unknown(rev)
		}
		if err != nil {
			return commit{}, r.objectFault(hash, err)
		}
		switch got.kind {
		case plumbing.CommitObject:
			return r.parseCommit(hash, got.data)
		case plumbing.TagObject:
			target, ok := headerHash(got.data, "object ")
			if !ok {
				return commit{}, damagedObject(hash)
			}
			hash = target
		default:
			return commit{}, fault(ErrNotCommit, "版本 %q 不是提交，而是 %s 对象 %s",
				"revision %q is not a commit but the %s %s", rev, got.kind, hash).about(rev)
		}
	}
	return commit{}, damagedObject(hash)
}

// commit reads a commit; one that is missing is an error.
func (r *Repo) commit(hash plumbing.Hash) (commit, error) {
	got, err := r.objects.get(hash, maxInflated)
	if err == nil && got.kind != plumbing.CommitObject {
		err = damagedObject(hash)
	}
	if err != nil {
		return commit{}, r.objectFault(hash, err)
	}
	return r.parseCommit(hash, got.data)
}

// objectFault explains why a referenced object cannot be read.
func (r *Repo) objectFault(hash plumbing.Hash, err error) error {
	if !errors.Is(err, errMissing) {
		return err
	}
	if r.config.partial {
		return fault(ErrPartial, "部分克隆里没有对象 %s：可用 git cat-file -e %[1]s 单独取回，或克隆时不用 --filter",
			"object %s is not in this partial clone: git cat-file -e %[1]s fetches it, a clone without --filter has all", hash)
	}
	return damaged(lang.Say("缺少对象 %s", "object %s is missing", hash))
}

// parseCommit parses the header of a commit, which ends at its first empty line.
func (r *Repo) parseCommit(hash plumbing.Hash, data []byte) (commit, error) {
	c := commit{Commit: Commit{Hash: hash.String()}, hash: hash, cut: r.shallow[hash]}
	tree, ok := headerHash(data, "tree ")
	if !ok {
		return c, damagedObject(hash)
	}
	c.tree = tree
	for line := range bytes.Lines(data) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if len(line) == 0 {
			break
		}
		if parent, ok := headerHash(line, "parent "); ok {
			c.Parents = append(c.Parents, parent.String())
			c.parents = append(c.parents, parent)
		}
		if who, ok := bytes.CutPrefix(line, []byte("committer ")); ok {
			c.When = stamp(who)
		}
		if who, ok := bytes.CutPrefix(line, []byte("author ")); ok {
			c.Domain = domain(who)
		}
		c.Signed = c.Signed || bytes.HasPrefix(line, []byte("gpgsig "))
	}
	c.cut = c.cut && len(c.parents) > 0
	if c.cut {
		c.parents = nil
	}
	return c, nil
}

// domain is that of the mailbox in a name, an address and a time.
func domain(who []byte) string {
	mailbox, _, _ := bytes.Cut(who[bytes.LastIndexByte(who, '<')+1:], []byte(">"))
	at := bytes.LastIndexByte(mailbox, '@')
	if at < 0 {
		return ""
	}
	return strings.ToLower(string(mailbox[at+1:]))
}

// headerHash parses the hash after a key.
func headerHash(data []byte, key string) (plumbing.Hash, bool) {
	rest, ok := bytes.CutPrefix(data, []byte(key))
	if !ok || len(rest) < 2*hashSize {
		return plumbing.ZeroHash, false
	}
	return parseHash(string(rest[:2*hashSize]))
}

// stamp parses the time after a name and an address; like git it takes the epoch
// where there is none.
func stamp(who []byte) time.Time {
	fields := bytes.Fields(who[bytes.LastIndexByte(who, '>')+1:])
	if len(fields) == 0 {
		return time.Unix(0, 0).UTC()
	}
	seconds, err := strconv.ParseInt(string(fields[0]), 10, 64)
	if err != nil || seconds < 0 {
		return time.Unix(0, 0).UTC()
	}
	return time.Unix(seconds, 0).UTC()
}
