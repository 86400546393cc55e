package audit

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/source"
)

// maxScanned bounds the files beside the descriptions that are searched for
// classification markings; text that somebody wrote by hand is far shorter.
const maxScanned = 1 << 20

// survey lists everything in the platform's folder once: what descriptions and
// evidence may lead to. What cannot be listed is kept for the report.
func (r *reading) survey() {
	list, _ := lists.Get().(*files)
	r.files = *list
	within := r.Path + "/"
	err := source.Walk(r.listedBefore(), r.Path, func(e source.Entry, err error) error {
		if err != nil {
			r.reach(err)
			r.unlisted = append(r.unlisted, unlisted{e.Path, err})
			return nil
		}
		f := file{Entry: e, inside: strings.TrimPrefix(e.Path, within)}
		f.describes = r.describes(f.inside)
		r.files = append(r.files, f)
		r.links = r.links || e.Kind == source.Symlink
		if r.load.add(e.Path, e.Size, f.describes); r.load.files > maxFiles {
			return fs.SkipAll // a few git objects can be a tree without an end
		}
		return nil
	})
	if err != nil {
		r.reach(err)
		r.unlisted = append(r.unlisted, unlisted{r.Path, err})
	}
	slices.SortFunc(r.files, func(x, y file) int { return strings.Compare(x.inside, y.inside) })
}

// listedBefore is the tree, which lists without a look at each file what was listed before.
func (r *reading) listedBefore() source.Tree {
	tree, again := r.Tree.(source.Relister)
	if !again {
		return r.Tree
	}
	known := map[string]source.Sizes{r.Path: r.folder.sizes}
	dir := evidenceIn(&r.folder)
	if sizes, listed := r.sizes.LoadAndDelete(dir); listed {
		known[dir] = sizes.(source.Sizes)
	}
	return listedTree{r.Tree, tree, known}
}

// listedTree is a tree of which some folders were listed before.
type listedTree struct {
	source.Tree
	again source.Relister
	known map[string]source.Sizes
}

// List implements source.Tree.
func (t listedTree) List(dir string) ([]source.Entry, error) {
	return t.again.Relist(dir, t.known[dir])
}

// describes reports whether a file is one of the platform's descriptions.
func (r *reading) describes(inside string) bool {
	name, found := strings.CutSuffix(inside, ".yaml")
	return found && r.Rulebook.Schemas.Find(name) != nil
}

// enter waits until the platform may be read. One that is too large is a folder
// of which nothing is known.
func (r *reading) enter(t *ticket) {
	if !r.folder.broken.IsZero() {
		return
	}
	r.nodes, r.heavy = int(r.load.nodes()), t.heavy
	refused, hashes := t.enter(r.load)
	if r.hashes = hashes; !refused.IsZero() {
		r.folder.broken, r.folder.tooLarge, r.files = refused, true, nil
	}
}

// reach notes that something is there and cannot be had: then nothing can be
// said of the platform at all.
func (r *reading) reach(err error) {
	if r.outOfReach == nil && source.OutOfReach(err) {
		r.outOfReach = err
	}
}

// unlisted is a folder that could not be listed.
type unlisted struct {
	path string
	err  error
}

// inspect reports what lies where it is never read, and what must not lie in
// git at all.
func (r *reading) inspect() {
	for _, u := range r.unlisted {
		r.unreadable(u.path, u.err)
	}
	r.near = source.NearOf(r.Tree) // nearly all files are read here
	defer func() { r.near.Close(); r.near = nil }()
	for i := range r.files {
		f := &r.files[i]
		if f.Name == headerFile && f.inside != headerFile {
			r.nested(f.Path)
		}
		if f.Kind == source.File && f.Size <= f.scanned() {
			r.scan(f)
		}
	}
}

func (r *reading) unreadable(at string, err error) {
	r.report(r.documentFinding("unreadable", finding.WholeFile(at), lang.Say("读不了：%s", "cannot be read: %s", TextOf(cause(err))),
		lang.Say("让它可读，或移出平台目录", "make it readable, or move it out of the platform's folder"), strings.TrimPrefix(at, r.Path)))
}

func (r *reading) nested(at string) {
	r.report(r.documentFinding("nested_platform", finding.WholeFile(at),
		lang.Say("平台里面不能再有平台", "a platform cannot lie inside another"),
		lang.Say("把它移到平台 %s 的目录之外", "move it out of the folder of platform %s", r.ID), strings.TrimPrefix(at, r.Path)))
}

// scanned is how large a file may be that is searched for markings.
func (f *file) scanned() int64 {
	if f.describes {
		return int64(document.DefaultLimits().Bytes)
	}
	return maxScanned
}

// scan searches a file for markings of state secrets, which must not lie in a
// repository of this kind at all. The text around the marking is not repeated.
func (r *reading) scan(f *file) {
	if r.Rulebook.Policy.Markings.None() {
		return
	}
	data, err := r.read(f, f.scanned())
	if err != nil {
		// For a description this is reported where it is parsed.
		if !f.beside() || !isYAML(f.Name) {
			r.unreadable(f.Path, err)
		}
		return
	}
	found := r.Rulebook.Policy.Markings.FindIndex(data)
	if found == nil {
		return
	}
	before := data[:found[0]]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
	place := finding.WholeFile(f.Path)
	place.Line, place.EndLine, place.Column = line, line, column
	place.EndColumn = column + len([]rune(string(data[found[0]:found[1]])))
	r.report(r.documentFinding("classified", place,
		lang.Say("文件带有密级标志 %s", "the file carries the classification marking %s", document.Quote(string(bytes.TrimSpace(data[found[0]:found[1]])))),
		lang.Say("涉密内容不得进库：立即移除，并按保密规定处置这份历史", "classified matter must not lie here: remove it at once and deal with the history as the secrecy rules say"),
		strings.TrimPrefix(f.Path, r.Path)))
}
