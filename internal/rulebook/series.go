package rulebook

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/source"
)

// Series loads the rulebooks of a history one after another, each with the result that
// Load would give. Files, schemas and expressions that are unchanged are not read,
// built and compiled again. The zero value has loaded nothing.
type Series struct{ last *kept }

// kept is what the next rulebook of a series may reuse.
type kept struct {
	sums map[string]string
	docs map[string]*document.Document
	env  *expression.Env
	// shape is equal for rulebooks whose topics are described by the same files.
	shape string
	// generation counts the rulebooks of which env may hold expressions.
	generation int
}

// generations bounds what a series holds: the types of so many rulebooks at most.
const generations = 16

// Load is the package's Load.
func (s *Series) Load(tree source.Tree, overlays ...string) (*Rulebook, error) {
	l := newLoader(tree, "")
	l.past = s.last
	l.load(overlays)
	s.keep(l)
	if len(l.defects) > 0 {
		return nil, l.defects.Sort()
	}
	l.book.judges = l.judges()
	return l.book, nil
}

// Loaded reports whether there was a rulebook before.
func (s *Series) Loaded() bool { return s.last != nil }

// keep keeps what the next may reuse; if the schemas or topics of this one are broken,
// it keeps what was kept before.
func (s *Series) keep(l *loader) {
	if l.book.Env == nil {
		return
	}
	l.book.Env.Follow(nil)
	for at, p := range l.parts {
		l.docs[at] = p.doc
	}
	for _, schema := range l.book.Schemas.All() {
		l.docs[schema.Path] = schema.Document()
	}
	s.last = &kept{sums: l.sums, docs: l.docs, env: l.book.Env, shape: l.shape()}
	if l.follows() {
		s.last.generation = l.past.generation + 1
	}
}

// follows reports whether topics are described as in the rulebook before.
func (l *loader) follows() bool {
	return l.past != nil && l.past.shape == l.shape() && l.past.generation < generations
}

// shape names the files by which topics are described.
func (l *loader) shape() string {
	var shape strings.Builder
	for _, at := range l.book.Schemas.Shape() {
		fmt.Fprintf(&shape, "%s %x\n", at, l.sums[at])
	}
	return shape.String()
}

// Judges is equal for two rulebooks of a series that judge alike, though texts for
// readers and examples may differ. For a rulebook that was loaded alone it is the
// digest.
func (r *Rulebook) Judges() string { return cmp.Or(r.judges, r.Digest) }

// judges digests all files but those that only explain or test the rest.
func (l *loader) judges() string {
	h := sha256.New()
	shape := l.book.Schemas.Shape()
	for _, at := range slices.Sorted(maps.Keys(l.sums)) {
		switch dir := path.Dir(at); {
		case dir == BaselineDir, at == SurvivorsFile, at == PictureFile:
		case dir == SchemasDir && !slices.Contains(shape, at) && !slices.Contains(Formats(), at):
		case dir == OverlaysDir && !slices.Contains(l.book.Overlays, strings.TrimSuffix(path.Base(at), ".yaml")):
		case l.parts[at] != nil:
			fmt.Fprintf(h, "%s\n", at)
			for _, check := range items(l.docs[at].Root, "checks") {
				content(h, check, "title", "rationale", "remedy", "message", "examples")
			}
		default:
			fmt.Fprintf(h, "%s %x\n", at, l.sums[at])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// content writes what a value says, whatever it looks like, without some of its fields.
func content(h hash.Hash, v *document.Value, without ...string) {
	fmt.Fprintf(h, "%d %q %d %d\n", v.Kind, v.Text, len(v.Items()), len(v.Fields()))
	for _, item := range v.Items() {
		content(h, item)
	}
	for _, field := range v.Fields() {
		if !slices.Contains(without, field.Key) {
			fmt.Fprintf(h, "%q ", field.Key)
			content(h, field.Value)
		}
	}
}
