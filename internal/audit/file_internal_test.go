package audit

import (
	"strings"
	"testing"

	"hegui/internal/source"
)

// once is a tree that counts what is read of it.
type once struct {
	memory
	reads map[string]int
}

func (o once) Read(at string, max int64) ([]byte, error) {
	o.reads[at]++
	return o.memory.Read(at, max)
}

// A small file is read once, and what is read after it leaves it as it is, whatever
// its size was said to be; a large one is not kept.
func TestFilesAreKeptApart(t *testing.T) {
	tree := once{memory{}, map[string]int{}}
	r := &reading{Auditor: &Auditor{Tree: tree}, Platform: &Platform{Described: Described{Path: "p"}}}
	for i, c := range []struct{ stated, is int }{
		{10, 10}, {0, 0}, {20, 20}, {roomForFiles - 40, roomForFiles - 40}, {10, 10}, {5, 4 * roomForFiles}, {3000, 3}, {roomForFiles, roomForFiles},
		{maxKept, maxKept}, {maxKept + 1, maxKept + 1}, {7, 7},
	} {
		inside := string(rune('a' + i))
		tree.memory["p/"+inside] = strings.Repeat(inside, c.is)
		r.files = append(r.files, file{Entry: source.Entry{Path: "p/" + inside, Name: inside, Size: int64(c.stated)}, inside: inside})
	}
	for range 2 {
		for i := range r.files {
			f := &r.files[i]
			data, err := r.read(f, 1<<20)
			if err != nil || string(data) != tree.memory[f.Path] {
				t.Errorf("%s has %d bytes, %v; want %d", f.Path, len(data), err, len(tree.memory[f.Path]))
			}
			_ = append(data, "who appends does not write into the next"...)
		}
	}
	for i := range r.files {
		f := &r.files[i]
		want := 1
		if f.Size > maxKept {
			want = 2
		}
		if n := tree.reads[f.Path]; n != want || f.kept && string(f.bytes) != tree.memory[f.Path] {
			t.Errorf("%s is read %d times, want %d, and keeps %d bytes", f.Path, n, want, len(f.bytes))
		}
	}
}

// What was made of files stays as it is when others are read where they were.
func TestRoomIsUsedAgain(t *testing.T) {
	const text = "name: harbour # as it was\n"
	tree := memory{"p/a.yaml": text}
	r := &reading{Auditor: &Auditor{Tree: tree}, Platform: &Platform{Described: Described{Path: "p"}}, files: files{
		{Entry: source.Entry{Path: "p/a.yaml", Name: "a.yaml", Size: int64(len(text))}, inside: "a.yaml"}}}
	r.nodes = 100
	doc, digest := r.parse(&r.files[0]), r.contentOf(&r.files[0])
	room := r.room[:len(text)]
	r.leave()
	for i := range room {
		room[i] = 'x'
	}
	if got := doc.Root.TextAt("name"); got != "harbour" || doc.Line(1)+"\n" != text {
		t.Errorf("the document says %q, its line %q", got, doc.Line(1))
	}
	if again := digested([]byte(text)); digest.err != nil || again != digest {
		t.Errorf("%+v, want %+v", digest, again)
	}
	if len(r.pieces) > 0 || r.files != nil {
		t.Error("the room is given back and kept")
	}
}

// A file is found by its whole path, and never in a folder whose name begins alike.
func TestFilesAreFoundInTheirFolder(t *testing.T) {
	r := &reading{Platform: &Platform{Described: Described{Path: "platforms/a"}}, files: files{
		{inside: "b"}, {inside: "b.md"}, {inside: "b/c.md"}, {inside: "bc"}}}
	for at, want := range map[string]string{
		"platforms/a/b": "b", "platforms/a/b/c.md": "b/c.md", "platforms/a/bc": "bc",
		"platforms/ab": "", "platforms/abc": "", "platforms/a": "", "platforms/a/": "", "platforms/a/c": "", "b": "", "": "",
	} {
		f := r.fileAt(at)
		if f == nil && want != "" || f != nil && f.inside != want {
			t.Errorf("%q leads to %v, want %q", at, f, want)
		}
	}
}
