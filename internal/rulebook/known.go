package rulebook

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/pack"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// carried is the start-up cache that this binary carries: known.bin, made by go
// generate, holds the built-in rulebook parsed and type-checked. go generate also
// writes known_carried.go, which gives it its method: so the cache is part of the
// program and never copied. Without it every process reads the files in full, which is
// slower and has the same result.
//
//go:generate go run ./remember known/known.bin known_carried.go
type carried struct{}

// carriedKnown is the content of known.bin, "" where there is none.
func carriedKnown() string {
	if c, ok := any(carried{}).(interface{ known() string }); ok {
		return c.known()
	}
	return ""
}

// knownFormat is the first line of known.bin; the check sum of the rest follows.
// Raise the number whenever what is written or read changes.
const knownFormat = "hegui known 14\n"

// Identity says which rulebook it is, without overlays.
type Identity struct {
	Regulation string
	// Checks is how many there are, Digest that of all files.
	Checks int
	Digest string
}

// Identify says which rulebook a tree holds; a known one is not loaded for it.
func Identify(tree source.Tree) (Identity, error) { return identify(tree, carriedKnown()) }

func identify(tree source.Tree, known string) (Identity, error) {
	l := newLoader(tree, known)
	if l.known.holds(l.sums) {
		return l.known.identity, nil
	}
	l.load(nil)
	if len(l.defects) > 0 {
		return Identity{}, l.defects.Sort()
	}
	return l.identity(), nil
}

// identity is that of the loaded rulebook.
func (l *loader) identity() Identity {
	checks := 0
	for _, p := range l.parts {
		checks += len(p.checks)
	}
	return Identity{Regulation: l.book.Regulation.ID, Checks: checks, Digest: l.digest(nil)}
}

// holds reports whether the cache is of exactly these files.
func (k *known) holds(sums map[string]string) bool {
	for at, sum := range sums {
		if sum == "" || k.files[at].sum != sum {
			return false
		}
	}
	return len(sums) > 0 && len(sums) == len(k.files)
}

// seal prepends format and check sum to the cache. Both are part of the program
// like the code that reads them: the sum guards against a build that went wrong,
// not against anybody.
func seal(body []byte) []byte {
	return slices.Concat(binary.BigEndian.AppendUint32([]byte(knownFormat), crc32.Checksum(body, castagnoli())), body)
}

// unseal verifies format and check sum and returns the rest; "" when the bytes are
// damaged or of another format.
func unseal(sealed string) string {
	rest, ok := strings.CutPrefix(sealed, knownFormat)
	if !ok || len(rest) < crc32.Size {
		return ""
	}
	body, sum := rest[crc32.Size:], crc32.New(castagnoli())
	_, _ = io.Copy(sum, io.LimitReader(strings.NewReader(body), int64(len(body)))) // in pieces, not as a second copy
	if string(sum.Sum(nil)) != rest[:crc32.Size] {
		return ""
	}
	return body
}

// castagnoli is the sum that processors have an instruction for.
func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// known is the unpacked cache. Every entry is keyed by a file's path and
// digest, so any rulebook uses it for files equal to the built-in ones, and
// reads every other file in full.
type known struct {
	identity Identity
	files    map[string]knownFile
	// checks are the compiled checks by checks file. They and programs, the
	// compiled expressions, are valid only with exactly these schemas; the
	// checks also only with this regulation and these sources.
	checks   map[string]*pack.Reader
	programs *pack.Reader
	// schemas is what was made of all schemas together.
	schemas *pack.Reader
	// sources is what was made of the file of sources.
	sources *pack.Reader
}

type knownFile struct {
	sum   string
	quick uint32
	body  *pack.Reader // nil for a checks file
}

func unpack(sealed string) *known {
	k := &known{files: map[string]knownFile{}, checks: map[string]*pack.Reader{}}
	body := unseal(sealed)
	if body == "" {
		return k
	}
	r := pack.NewReader(body)
	k.identity = Identity{Regulation: r.Text(), Checks: int(r.Int()), Digest: r.Text()}
	for range r.Int() {
		k.files[r.Text()] = knownFile{sum: r.Text(), quick: uint32(r.Int()), body: r.Part()}
	}
	for range r.Int() {
		at := r.Text()
		k.files[at] = knownFile{sum: r.Text(), quick: uint32(r.Int())}
		k.checks[at] = r.Part()
	}
	k.programs = r.Part()
	k.schemas, k.sources = r.Part(), r.Part()
	return k
}

// schemas are the cached schemas.
func (l *loader) schemas() schema.Known {
	n := 0
	for at := range l.known.files {
		if path.Dir(at) == SchemasDir {
			n++
		}
	}
	return schema.Known{Document: l.recall, Holds: l.holds, Schemas: n, Packed: l.known.schemas}
}

// holds reports whether the document of a file is cached.
func (l *loader) holds(at string) bool {
	if l.earlier(at) != nil {
		return true
	}
	file := l.known.files[at]
	return file.body != nil && file.sum == l.sums[at]
}

// recall returns the cached document of a file, nil when the file's digest
// differs.
func (l *loader) recall(at string) *document.Document {
	if doc := l.earlier(at); doc != nil || !l.holds(at) {
		return doc
	}
	body := *l.known.files[at].body
	return document.Unpack(at, func() []byte { data, _ := l.tree.Read(at, maxBytes); return data }, &body)
}

// earlier is a document as the series' previous rulebook had it, nil where its file
// differs.
func (l *loader) earlier(at string) *document.Document {
	if l.past == nil || l.sums[at] == "" || l.past.sums[at] != l.sums[at] {
		return nil
	}
	return l.past.docs[at]
}

// recallChecks returns the cached checks of a file, nil when the digest of the
// file, of a schema, of the regulation or of the sources differs.
func (l *loader) recallChecks(topic *schema.Schema, at string) *part {
	body := l.known.checks[at]
	if body == nil || !l.book.Schemas.Known() || slices.ContainsFunc([]string{at, RegulationFile, SourcesFile}, func(file string) bool {
		return l.known.files[file].sum != l.sums[file]
	}) {
		return nil
	}
	return unpackChecks(&recaller{Reader: *body, loader: l, topic: topic, path: at})
}

// recallSources takes the cached sources, if they are of this file.
func (l *loader) recallSources() bool {
	if !l.book.Schemas.Known() || !l.holds(SourcesFile) {
		return false
	}
	r := &recaller{Reader: *l.known.sources}
	for range r.Int() {
		l.source(r.instrument())
	}
	return true
}

// sum returns the digest of every file of a rulebook by path; "" for one that
// cannot be read, or is read by nobody.
func (k *known) sum(tree source.Tree) map[string]string {
	sums := map[string]string{}
	var buffer []byte
	for _, dir := range []string{ChecksDir, SchemasDir, OverlaysDir, BaselineDir} {
		entries, err := tree.List(dir)
		if err != nil {
			continue // loading reports it
		}
		for _, entry := range entries {
			if strings.HasSuffix(entry.Name, ".yaml") || strings.HasSuffix(entry.Name, ".json") {
				at := path.Join(dir, entry.Name)
				sums[at] = k.sumOf(tree, at, &buffer)
			}
		}
	}
	for _, d := range unreadOf(tree) {
		sums[d.Path] = ""
	}
	return sums
}

// sumOf returns the digest of one file. One that is part of this program, as
// known.bin is, was hashed when that was made: a quick sum shows that it is the same.
func (k *known) sumOf(tree source.Tree, at string, buffer *[]byte) string {
	if l, ok := tree.(*layered); ok {
		return k.sumOf(l.pick(at), at, buffer)
	}
	if files, ok := tree.(*source.Files); ok && files.BuiltIn() {
		quick := crc32.New(castagnoli())
		if file := k.files[at]; file.sum != "" && pour(tree, at, quick, buffer) == nil && quick.Sum32() == file.quick {
			return file.sum
		}
	}
	h := sha256.New()
	if pour(tree, at, h, buffer) != nil {
		return ""
	}
	return string(h.Sum(nil))
}

// pour writes a file to w, read into a buffer that grows to the largest of all.
func pour(tree source.Tree, at string, w io.Writer, buffer *[]byte) error {
	data, err := source.Append(tree, (*buffer)[:0], at, maxBytes)
	if err == nil {
		*buffer = data
		_, err = w.Write(data)
	}
	return err
}

// quick is the check sum of a file that has been read before.
func quick(tree source.Tree, at string) uint32 {
	h := crc32.New(castagnoli())
	_ = pour(tree, at, h, new([]byte)) // what cannot be read has no entry
	return h.Sum32()
}

// Known reads and compiles a rulebook with all its overlays and returns the
// content of known.bin.
func Known(tree source.Tree) ([]byte, error) {
	l := newLoader(tree, "")
	l.load(Overlays(tree))
	if len(l.defects) > 0 {
		return nil, l.defects.Sort()
	}
	for _, s := range l.book.Schemas.All() {
		l.docs[s.Path] = s.Document()
	}
	for at := range l.parts {
		delete(l.docs, at)
	}
	w := pack.NewWriter()
	i := l.identity()
	w.Text(i.Regulation)
	w.Int(int64(i.Checks))
	w.Text(i.Digest)
	w.Int(int64(len(l.docs)))
	for _, at := range slices.Sorted(maps.Keys(l.docs)) {
		w.Text(at)
		w.Text(l.sums[at])
		w.Int(int64(quick(tree, at)))
		w.Part(l.docs[at].Pack)
	}
	w.Int(int64(len(l.parts)))
	for _, at := range slices.Sorted(maps.Keys(l.parts)) {
		w.Text(at)
		w.Text(l.sums[at])
		w.Int(int64(quick(tree, at)))
		w.Part(func(w *pack.Writer) { packChecks(w, l.parts[at]) })
	}
	w.Part(l.book.Env.Pack)
	w.Part(l.book.Schemas.Pack)
	w.Part(func(w *pack.Writer) { packAll(w, l.book.Sources, packInstrument) })
	return seal(w.Bytes()), nil
}
