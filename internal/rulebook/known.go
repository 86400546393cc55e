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

// built holds known.bin once go generate has made it: the built-in rulebook,
// parsed and compiled. Without it every process reads the files in full, which
// takes longer and finds the same.
//
//go:generate go run ./remember known/known.bin
//go:embed all:known
var built embed.FS

// knownFormat begins known.bin; the digest of all that follows comes next.
// Raise the number with every change to what is written or read.
const knownFormat = "hegui known 1\n"

// builtKnown is the content of known.bin, "" where there is none.
func builtKnown() string {
	data, err := built.ReadFile("known/known.bin")
	if err != nil {
		return ""
	}
	return string(data)
}

// seal puts format and digest before what is known.
func seal(body []byte) []byte {
	sum := sha256.Sum256(body)
	return slices.Concat([]byte(knownFormat), sum[:], body)
}

// unseal returns what seal was given, "" for anything that is damaged or of
// another format.
func unseal(sealed string) string {
	rest, ok := strings.CutPrefix(sealed, knownFormat)
	if !ok || len(rest) < sha256.Size {
		return ""
	}
	body := rest[sha256.Size:]
	if sum := sha256.Sum256([]byte(body)); string(sum[:]) != rest[:sha256.Size] {
		return ""
	}
	return body
}

// known tells, by the names and bytes of files and by nothing else, what
// reading them has given. So a rulebook profits in as much as it is the
// built-in one, wherever it lies, and every other byte is read in full.
type known struct {
	files map[string]knownFile
	// checks are those of a checks file. Like programs, the expressions, they
	// hold for these very schemas alone; they cite the clauses of this very
	// regulation.
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

// schemas are those that the known files were read by.
func (l *loader) schemas() schema.Known {
	n := 0
	for at := range l.known.files {
		if path.Dir(at) == SchemasDir {
			n++
		}
	}
	return schema.Known{Document: l.recall, Schemas: n}
}

// recall is the document that the file there is known to give, nil for a file
// of other bytes than the known one's.
func (l *loader) recall(at string) *document.Document {
	file := l.known.files[at]
	if file.body == nil || file.sum != l.sums[at] {
		return nil
	}
	body := *file.body
	return document.Unpack(at, func() []byte { data, _ := l.tree.Read(at, maxBytes); return data }, &body)
}

// recallChecks are the checks that the file there is known to give, nil where
// it, the schemas or the regulation are others.
func (l *loader) recallChecks(topic *schema.Schema, at string) *part {
	body := l.known.checks[at]
	if body == nil || !l.book.Schemas.Known() || l.known.files[at].sum != l.sums[at] || l.known.files[RegulationFile].sum != l.sums[RegulationFile] {
		return nil
	}
	return unpackChecks(&recaller{Reader: *body, loader: l, topic: topic, path: at})
}

// sum is the digest of every file of a rulebook, by path; that of one that
// cannot be read is empty.
func sum(tree source.Tree) map[string]string {
	sums := map[string]string{}
	buffer := make([]byte, 64<<10)
	for _, dir := range []string{ChecksDir, SchemasDir, OverlaysDir} {
		entries, err := tree.List(dir)
		if err != nil {
			continue // reported where the folder is read
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

// pour passes a file's bytes on, without holding them where the tree can.
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

// Known reads and compiles a rulebook with all its overlays, and writes what it
// has found as later loads take it.
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
		w.Part(func(w *pack.Writer) { packChecks(w, l.parts[at].checks) })
	}
	w.Part(l.book.Env.Pack)
	return seal(w.Bytes()), nil
}
