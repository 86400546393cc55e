// Package document turns the bytes of a hostile file into values that know
// their line and column, or into problems that do.
package document

import (
	"iter"
	"os"
	"path"
	"sort"
	"strings"
	"sync"

	"hegui/internal/lang"
)

// Document is one parsed file. It is read-only once Parse has returned.
type Document struct {
	Path string
	// Root is nil when the file does not parse or is empty. It may be set
	// beside problems that leave the rest readable (a duplicate key, say): such a
	// document yields more messages, never a verdict.
	Root *Value
	// Problems are all defects found, in the order of their places.
	Problems []Problem
	// Nodes is how many values and keys the file holds, aliases expanded.
	Nodes int

	aliased int // values that aliases repeat
	text    string
	lines   []int32 // where each line starts in text
	// reread fills in lines when somebody asks for one, and text before of a document
	// that was not parsed, which is packed.
	reread func()
	packed bool
}

// Problem is one defect of a file, with its place and remedy.
type Problem struct {
	// Code is the problem's kind in snake_case: one of the Code constants.
	Code       string
	Start, End Pos
	Message    lang.Text
	Remedy     lang.Text
	// Edit puts the problem right, nil where that takes a decision.
	Edit *Edit
}

// Text says what is wrong and what to write instead.
func (p Problem) Text() lang.Text {
	if p.Remedy.IsZero() {
		return p.Message
	}
	return lang.Say("%s；%s", "%s; %s", p.Message, p.Remedy)
}

// Limits bound what a file may cost. A field that is zero or less stands for
// its value in DefaultLimits.
type Limits struct {
	// Bytes is the size of the file.
	Bytes int
	// Depth is how deep lists and maps may be nested.
	Depth int
	// Nodes is how many values and keys a file may hold, aliases expanded.
	Nodes int
	// Keys is how many keys one map may hold.
	Keys int
	// Aliases is how many of the nodes may come from expanding aliases.
	Aliases int
}

// DefaultLimits are those that no description meets: ten years of daily records
// in every list of the largest topic are 14 MiB and 1.3 million nodes, 8 deep; one
// written by people holds some 2,000 nodes. A file at every limit at once costs a
// few seconds and half a gigabyte.
func DefaultLimits() Limits {
	return Limits{Bytes: 16 << 20, Depth: 64, Nodes: 1_500_000, Keys: 2_000, Aliases: 1_000}
}

func (l Limits) orDefaults() Limits {
	d := DefaultLimits()
	for _, f := range []struct{ have, want *int }{
		{&l.Bytes, &d.Bytes}, {&l.Depth, &d.Depth}, {&l.Nodes, &d.Nodes},
		{&l.Keys, &d.Keys}, {&l.Aliases, &d.Aliases},
	} {
		if *f.have <= 0 {
			*f.have = *f.want
		}
	}
	l.Bytes = min(l.Bytes, maxBytes)
	return l
}

// maxBytes is what the places in a file are kept for, whatever the limits say.
const maxBytes = 1 << 30

// Parse reads one YAML (or JSON) file. It never fails: whatever is wrong with
// the bytes is in Problems, each with its place. The document keeps none of data.
func Parse(path string, data []byte, limits Limits) *Document {
	return parseAs(path, data, limits, nil, readsSubset())
}

func newDocument(path string) *Document {
	d := &Document{Path: path}
	d.reread = sync.OnceFunc(func() { d.lines = lineStarts(d.text) })
	return d
}

// readsSubset reports whether the subset is read from the scanner's tokens.
func readsSubset() bool { return os.Getenv(fullVariable) == "" }

// parseAs is Parse with the subset read from the scanner's tokens, or all by the parser.
func parseAs(path string, data []byte, limits Limits, memory *Memory, subset bool) *Document {
	limits = limits.orDefaults()
	if len(data) > limits.Bytes {
		return TooLarge(path, int64(limits.Bytes))
	}
	d := newDocument(path)
	var found problems
	if d.read(data, &found) {
		d.parse(limits, memory, subset, &found)
	}
	d.Problems = found.sorted()
	return d
}

// parse scans for the limits, then parses, then builds: each step sees only
// what the one before has accepted.
func (d *Document) parse(limits Limits, memory *Memory, subset bool, found *problems) {
	if d.refuseConflicts(found) {
		return
	}
	room, _ := rooms.Get().(*room)
	defer room.leave()
	s := newScanner(d.text, limits, room)
	defer func() { room.tokens = s.tokens }()
	if !s.scan(found) {
		return
	}
	if subset && d.direct(s, limits, memory, room) {
		return
	}
	if s.directive != (Pos{}) {
		d.refuseDirective(s.directive, found)
		return
	}
	node, ok := d.decode(s, found)
	if !ok {
		return
	}
	b := newBuilder(d, s, limits, found)
	d.root(b.document(node))
	d.Nodes, d.aliased = b.nodes, b.aliased
}

// fullVariable leaves every file to the parser when it is set: nothing but time may
// differ.
const fullVariable = "HEGUI_FULL_YAML"

// root sets what the document says.
func (d *Document) root(v *Value) {
	d.Root = v
	if v == nil {
		return
	}
	if v.inner == nil {
		v.inner = &inner{}
	}
	v.inner.document = d
}

// Topic is the file's name without extension: the topic that a description is
// about, and the schema that it follows.
func (d *Document) Topic() string { return strings.TrimSuffix(path.Base(d.Path), ".yaml") }

// Sound reports whether the document is good for a verdict: it says something
// and has no problems.
func (d *Document) Sound() bool { return d != nil && d.Root != nil && len(d.Problems) == 0 }

// Aliased reports whether a value stands in another place than its text.
func (d *Document) Aliased() bool { return d.aliased > 0 }

// Same reports whether two files hold the same text.
func (d *Document) Same(other *Document) bool {
	if d == nil || other == nil {
		return d == other
	}
	d.reread()
	other.reread()
	return d.text == other.text
}

// TooLarge is the document of a file that was not read because it holds more
// than max bytes.
func TooLarge(path string, max int64) *Document {
	return refused(path, Problem{
		Code:    CodeTooLarge,
		Message: lang.Say("文件超过 %d 字节", "the file is larger than %d bytes", max),
		Remedy:  lang.Say("拆分文件，或把大段内容作为证据文件另存", "split the file, or keep bulky content as an evidence file"),
	})
}

// Unreadable is the document of a file that could not be read at all.
func Unreadable(path string, why lang.Text) *Document {
	return refused(path, Problem{
		Code:    CodeUnreadable,
		Message: lang.Say("无法读取文件：%s", "the file cannot be read: %s", why),
		Remedy: lang.Say("确认它是仓库内可读的普通文件，不是符号链接",
			"make it a regular, readable file of the repository, not a symbolic link"),
	})
}

func refused(path string, p Problem) *Document {
	p.Start, p.End = Pos{1, 1}, Pos{1, 1}
	return &Document{Path: path, Problems: []Problem{p}, reread: func() {}}
}

// Line is the text of line n, counted from 1, without its line ending; empty
// when there is no such line.
func (d *Document) Line(n int) string {
	d.reread()
	if n < 1 || n > len(d.lines) {
		return ""
	}
	from, to := int(d.lines[n-1]), len(d.text)
	if n < len(d.lines) {
		to = int(d.lines[n]) - 1
		if to > from && d.text[to-1] == '\r' {
			to--
		}
	}
	return d.text[from:to]
}

// EachLine are the lines from the first on, with their numbers: who reads only some need
// not know where all of them start.
func (d *Document) EachLine() iter.Seq2[int, string] {
	return func(visit func(int, string) bool) {
		if d.packed {
			d.reread()
		}
		rest := d.text
		for n := 1; ; n++ {
			line, behind, more := strings.Cut(rest, "\n")
			if more {
				line = strings.TrimSuffix(line, "\r")
			}
			if !visit(n, line) || !more {
				return
			}
			rest = behind
		}
	}
}

// maxWritten is how many bytes long a line may be that people wrote.
const maxWritten = 4096

// Writes reports whether a stretch of one line is a scalar, quoted or not, that
// says text.
func (d *Document) Writes(start, end Pos, text string) bool {
	if d == nil || start.Line != end.Line || start.Column > end.Column {
		return false
	}
	line := d.Line(start.Line)
	if len(line) > maxWritten {
		return false
	}
	runes := []rune(line)
	if end.Column-1 > len(runes) {
		return false
	}
	written := Parse("", []byte(string(runes[start.Column-1:end.Column-1])), Limits{}).Root
	return written != nil && written.Kind != List && written.Kind != Map && written.Text == text
}

// Lines is the number of lines, 0 for a file that was not read. A line ending
// at the end of the file begins one more, empty line.
func (d *Document) Lines() int {
	d.reread()
	return len(d.lines)
}

// problems gathers what is wrong with one file, and stops gathering where
// nobody would read on.
type problems struct {
	list []Problem
	more int
	// next is the place of the first problem that is not in list.
	next Pos
}

// maxProblems is how many problems of one file are worth a reader's while.
const maxProblems = 100

func (p *problems) add(code string, start, end Pos, message, remedy lang.Text) {
	p.put(Problem{Code: code, Start: start, End: end, Message: message, Remedy: remedy})
}

func (p *problems) put(one Problem) {
	if p.full() {
		p.skip(one.Start)
		return
	}
	p.list = append(p.list, one)
}

func (p *problems) full() bool { return len(p.list) == maxProblems }

func (p *problems) skip(at Pos) {
	if p.more == 0 || at.before(p.next) {
		p.next = at
	}
	p.more++
}

func (p *problems) sorted() []Problem {
	sort.SliceStable(p.list, func(i, j int) bool { return p.list[i].Start.before(p.list[j].Start) })
	if p.more == 0 {
		return p.list
	}
	last := p.next
	if end := p.list[len(p.list)-1].Start; last.before(end) {
		last = end
	}
	return append(p.list, Problem{
		Code: CodeMore, Start: last, End: last,
		Message: lang.Say("另有 %d 处问题未列出", "%d more problems are not listed", p.more),
		Remedy:  lang.Say("先改正上面列出的问题，再检查一次", "fix the ones above, then check again"),
	})
}

func (p Pos) before(q Pos) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Column < q.Column
}
