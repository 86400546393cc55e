package audit

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
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
	r.files = map[string]source.Entry{}
	err := source.Walk(r.Tree, r.Path, func(e source.Entry, err error) error {
		if err != nil {
			r.reach(err)
			r.unlisted = append(r.unlisted, unlisted{e.Path, err})
			return nil
		}
		r.files[e.Path] = e
		if r.load.add(e.Path, e.Size, r.describes(e.Path)); r.load.files > maxFiles {
			return fs.SkipAll // a few git objects can be a tree without an end
		}
		return nil
	})
	if err != nil {
		r.reach(err)
		r.unlisted = append(r.unlisted, unlisted{r.Path, err})
	}
}

// describes reports whether a file is one of the platform's descriptions.
func (r *reading) describes(at string) bool {
	name, found := strings.CutSuffix(path.Base(at), ".yaml")
	return found && path.Dir(at) == r.Path && r.Rulebook.Schemas.Find(name) != nil
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
	for _, at := range slices.Sorted(maps.Keys(r.files)) {
		e := r.files[at]
		if e.Name == headerFile && path.Dir(at) != r.Path {
			r.nested(at)
		}
		if e.Kind == source.File && e.Size <= r.scanned(at) {
			r.scan(at)
		}
	}
}

func (r *reading) unreadable(at string, err error) {
	r.report(r.documentFinding("unreadable", finding.WholeFile(at), lang.Say("读不了：%v", "cannot be read: %v", err),
		lang.Say("让它可读，或移出平台目录", "make it readable, or move it out of the platform's folder"), strings.TrimPrefix(at, r.Path)))
}

func (r *reading) nested(at string) {
	r.report(r.documentFinding("nested_platform", finding.WholeFile(at),
		lang.Say("平台里面不能再有平台", "a platform cannot lie inside another"),
		lang.Say("把它移到平台 %s 的目录之外", "move it out of the folder of platform %s", r.ID), strings.TrimPrefix(at, r.Path)))
}

// scanned is how large a file may be that is searched for markings.
func (r *reading) scanned(at string) int64 {
	if r.describes(at) {
		return int64(document.DefaultLimits().Bytes)
	}
	return maxScanned
}

// scan searches a file for markings of state secrets, which must not lie in a
// repository of this kind at all. The text around the marking is not repeated.
func (r *reading) scan(at string) {
	markings := r.Rulebook.Policy.Markings
	if len(markings) == 0 {
		return
	}
	data, err := r.read(at, r.scanned(at))
	if err != nil {
		// For a description this is reported where it is parsed.
		if path.Dir(at) != r.Path || !isYAML(at) {
			r.unreadable(at, err)
		}
		return
	}
	for _, marking := range markings {
		found := marking.FindIndex(data)
		if found == nil {
			continue
		}
		before := data[:found[0]]
		line := bytes.Count(before, []byte("\n")) + 1
		column := len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
		place := finding.WholeFile(at)
		place.Line, place.EndLine, place.Column = line, line, column
		place.EndColumn = column + len([]rune(string(data[found[0]:found[1]])))
		r.report(r.documentFinding("classified", place,
			lang.Say("文件带有密级标志 %s", "the file carries the classification marking %s", document.Quote(string(bytes.TrimSpace(data[found[0]:found[1]])))),
			lang.Say("涉密内容不得进库：立即移除，并按保密规定处置这份历史", "classified matter must not lie here: remove it at once and deal with the history as the secrecy rules say"),
			strings.TrimPrefix(at, r.Path)))
		return
	}
}

// maxKept bounds the files that are kept while a platform is judged, and
// maxKeptInAll all of them: small files are read by the parser, the marking scan
// and the evidence check.
const maxKept, maxKeptInAll = 64 << 10, 16 << 20

// read reads a file once, however many look at it.
func (r *reading) read(at string, limit int64) ([]byte, error) {
	if data, done := r.bytes[at]; done {
		return data, nil
	}
	data, err := r.Tree.Read(at, limit)
	r.reach(err)
	if err == nil && len(data) <= maxKept && r.kept+len(data) <= maxKeptInAll {
		r.bytes[at] = data
		r.kept += len(data)
	}
	return data, err
}
