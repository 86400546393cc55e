package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"unicode/utf8"

	"hegui/internal/schema"
	"hegui/internal/source"
)

const (
	// maxEvidence bounds the files that are hashed; larger ones belong in LFS.
	maxEvidence = 64 << 20
	// maxHashed bounds the bytes of evidence that are hashed for one platform:
	// far more than anybody keeps in git, and a second's work. What a run may hash
	// is bounded as well, by its admission.
	maxHashed = 256 << 20
	// lfsHeader begins a Git LFS pointer file, which is never longer than
	// maxPointer.
	lfsHeader  = "version https://git-lfs.github.com/spec/v1\n"
	maxPointer = 1024
	// maxHollow is how long a file may be, blanks around it aside, that holds
	// nothing but a word for nothing.
	maxHollow = 64
)

// content is what is known of the bytes of a file of evidence.
type content struct {
	// sum is the SHA-256 of the bytes, text that of the bytes with the line
	// endings that git stores; the same where there are no others.
	sum, text string
	// hollow is set for bytes that show nothing to a reader, or say that there is nothing.
	hollow bool
	// pointer is set for a Git LFS pointer file, oid what it points to.
	pointer bool
	oid     string
	err     error
	// tooCostly is set when the platform has more evidence than is hashed.
	tooCostly bool
}

// isOf reports whether a stated digest is that of the bytes. On a work tree whose
// line endings git converts, the blob has others than the file.
func (c content) isOf(stated string) bool { return stated == c.sum || stated == c.text }

// contentOf reads and hashes a file of evidence, once however often it is cited.
func (r *reading) contentOf(f *file) content {
	if f.content != nil {
		return *f.content
	}
	c := content{tooCostly: true}
	switch {
	case f.Size <= maxScanned: // read anyway, and counted there
		c = r.shared(f)
	case r.hashes && r.hashed+f.Size <= maxHashed:
		r.hashed += f.Size
		c = r.inTurn(f)
	}
	f.content = &c
	return c
}

// compute notes the digests of files of which none is stated, where readers of facts
// ask what was cited. Large ones are read for facts alone.
func (r *reading) compute() {
	for i := range r.Evidence {
		e := &r.Evidence[i]
		if !r.Pin || !e.Resolved || e.SHA256 != "" {
			continue
		}
		if f := r.fileAt(e.Path); f.content != nil || f.Size <= maxScanned {
			e.Computed = r.contentOf(f).sum
		}
	}
}

// inTurn hashes a large file when few others are in memory.
func (r *reading) inTurn(f *file) content {
	r.heavy <- struct{}{}
	defer func() { <-r.heavy }()
	return r.shared(f)
}

// shared hashes a file once for all platforms that hold the same object: one
// large object in many folders costs a change nothing, and would cost us much.
func (r *reading) shared(f *file) content {
	load := func() content {
		data, err := r.read(f, maxEvidence)
		if err != nil {
			return content{err: err}
		}
		return digested(data)
	}
	hashes, ok := r.Tree.(source.Hashed)
	if !ok {
		return load()
	}
	object, err := hashes.Hash(f.Path)
	if err != nil || object == "" {
		return load()
	}
	once, met := r.objects.LoadOrStore(object, sync.OnceValue(load))
	if !met && r.known.Add(1) > maxObjects {
		r.objects.Clear()
		r.known.Store(0)
	}
	return once.(func() content)()
}

// maxObjects bounds the contents that are remembered for other platforms.
const maxObjects = 8192

func digested(data []byte) content {
	c := content{sum: sum(data)}
	c.text = c.sum
	if bytes.Contains(data, []byte("\r\n")) && !bytes.Contains(data, []byte{0}) {
		c.text = sum(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	}
	c.oid, c.pointer = lfsPointer(data)
	c.hollow = hollow(data)
	return c
}

// hollow reports whether a file is blank to a reader, or holds a word such as 待补 in the
// place of the material.
func hollow(data []byte) bool {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	return len(data) <= maxHollow && utf8.Valid(data) && schema.Nothing(string(data))
}

func sum(data []byte) string {
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:])
}

// sumOf is the sum of lines, which are put together where those before them were.
func (r *reading) sumOf(lines []string) string {
	r.summed = r.summed[:0]
	for i, line := range lines {
		if i > 0 {
			r.summed = append(r.summed, '\n')
		}
		r.summed = append(r.summed, line...)
	}
	return sum(r.summed)
}

func lfsPointer(data []byte) (oid string, ok bool) {
	if len(data) > maxPointer || !bytes.HasPrefix(data, []byte(lfsHeader)) {
		return "", false
	}
	for line := range strings.SplitSeq(string(data), "\n") {
		if oid, found := strings.CutPrefix(strings.TrimSuffix(line, "\r"), "oid sha256:"); found {
			return oid, true
		}
	}
	return "", true
}
