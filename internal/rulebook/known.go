package rulebook

import (
	"crypto/sha256"
	"embed"
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

// built is a start-up cache: known.bin, made by go generate, holds the built-in
// rulebook parsed and type-checked. Without it every process reads the files in
// full, which is slower and has the same result.
//
//go:generate go run ./remember known/known.bin
//go:embed all:known
var built embed.FS

// knownFormat is the first line of known.bin; the digest of the rest follows.
// Raise the number whenever what is written or read changes.
const knownFormat = "hegui known 4\n"

// builtKnown is the content of known.bin, "" where there is none.
func builtKnown() string {
	file, err := built.Open("known/known.bin")
	if err != nil {
		return ""
	}
	defer func() { _ = file.Close() }() // in memory
	var data strings.Builder            // one copy: this is part of every start
	if info, err := file.Stat(); err == nil {
		data.Grow(int(info.Size()))
	}
	_, _ = io.Copy(&data, file) // what is cut off is refused by its digest
	return data.String()
}

// seal prepends format and digest to the cache.
func seal(body []byte) []byte {
	sum := sha256.Sum256(body)
	return slices.Concat([]byte(knownFormat), sum[:], body)
}

// unseal checks format and digest and returns the rest; "" when the bytes are
// damaged or of another format.
func unseal(sealed string) string {
	rest, ok := strings.CutPrefix(sealed, knownFormat)
	if !ok || len(rest) < sha256.Size {
		return ""
	}
	body, sum := rest[sha256.Size:], sha256.New()
	_, _ = io.Copy(sum, io.LimitReader(strings.NewReader(body), int64(len(body)))) // in pieces, not as a second copy
	if string(sum.Sum(nil)) != rest[:sha256.Size] {
		return ""
	}
	return body
}

// known is the unpacked cache. Every entry is keyed by a file's path and
// digest, so any rulebook uses it for files equal to the built-in ones, and
// reads every other file in full.
type known struct {
	files map[string]knownFile
	// checks are the compiled checks by checks file. They and programs, the
	// compiled expressions, are valid only with exactly these schemas; the
	// checks also only with this regulation and these sources.
	checks   map[string]*pack.Reader
	programs *pack.Reader
}

type knownFile struct {
	sum  string
	body *pack.Reader // nil for a checks file
}

func unpack(sealed string) *known {
	k := &known{files: map[string]knownFile{}, checks: map[string]*pack.Reader{}}
	body := unseal(sealed)
	if body == "" {
		return k
	}
	r := pack.NewReader(body)
	for range r.Int() {
		k.files[r.Text()] = knownFile{sum: r.Text(), body: r.Part()}
	}
	for range r.Int() {
		at := r.Text()
		k.files[at] = knownFile{sum: r.Text()}
		k.checks[at] = r.Part()
	}
	k.programs = r.Part()
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
	return schema.Known{Document: l.recall, Schemas: n}
}

// recall returns the cached document of a file, nil when the file's digest
// differs.
func (l *loader) recall(at string) *document.Document {
	file := l.known.files[at]
	if file.body == nil || file.sum != l.sums[at] {
		return nil
	}
	body := *file.body
	return document.Unpack(at, func() []byte { data, _ := l.tree.Read(at, maxBytes); return data }, &body)
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

// sum returns the digest of every file of a rulebook by path; "" for one that
// cannot be read.
func sum(tree source.Tree) map[string]string {
	sums := map[string]string{}
	buffer := make([]byte, 64<<10)
	for _, dir := range []string{ChecksDir, SchemasDir, OverlaysDir, BaselineDir} {
		entries, err := tree.List(dir)
		if err != nil {
			continue // loading reports it
		}
		for _, entry := range entries {
			if strings.HasSuffix(entry.Name, ".yaml") || strings.HasSuffix(entry.Name, ".json") {
				at := path.Join(dir, entry.Name)
				h := sha256.New()
				sums[at] = ""
				if err := pour(tree, at, h, buffer); err == nil {
					sums[at] = string(h.Sum(nil))
				}
			}
		}
	}
	return sums
}

// pour copies a file to w, in chunks where the tree supports it.
func pour(tree source.Tree, at string, w io.Writer, buffer []byte) error {
	if l, ok := tree.(*layered); ok {
		return pour(l.pick(at), at, w, buffer)
	}
	if p, ok := tree.(source.Pourer); ok {
		return p.Pour(at, maxBytes, w, buffer)
	}
	data, err := tree.Read(at, maxBytes)
	if err == nil {
		_, err = w.Write(data)
	}
	return err
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
	w.Int(int64(len(l.docs)))
	for _, at := range slices.Sorted(maps.Keys(l.docs)) {
		w.Text(at)
		w.Text(l.sums[at])
		w.Part(l.docs[at].Pack)
	}
	w.Int(int64(len(l.parts)))
	for _, at := range slices.Sorted(maps.Keys(l.parts)) {
		w.Text(at)
		w.Text(l.sums[at])
		w.Part(func(w *pack.Writer) { packChecks(w, l.parts[at]) })
	}
	w.Part(l.book.Env.Pack)
	return seal(w.Bytes()), nil
}
