package scorecard

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"hegui/internal/atomicfile"
	"hegui/internal/lang"
)

// Sums is the file that lists every other file of a package with its SHA-256,
// as sha256sum -c reads it. A folder with this file is one of ours.
const Sums = "hegui.sha256"

// RefusedError says why a folder is not written to.
type RefusedError struct{ text lang.Text }

// Error is the text in English.
func (e *RefusedError) Error() string { return e.text.EN }

// Text says what is wrong, in both languages.
func (e *RefusedError) Text() lang.Text { return e.text }

// folder is where a package is laid. Nothing in it, no link and no name in the
// list of an earlier run, leads out of it.
type folder struct {
	*atomicfile.Folder
	earlier []string // what the run before laid here, as its list says
}

// open takes a folder that is new, empty or holds a package.
func open(dir string) (*folder, error) {
	laid, err := atomicfile.OpenFolder(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{Folder: laid}
	if err := f.claim(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// claim refuses a folder that holds something and is not ours.
func (f *folder) claim() error {
	list, err := f.Root.ReadFile(Sums)
	if err == nil {
		f.earlier = slices.Collect(strings.Lines(string(list)))
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := f.Entries()
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return &RefusedError{lang.Say("目录不空，又不是 hegui 写的（没有 %s）：换一个新目录", "the folder is not empty and hegui did not make it (there is no %s): name a new one", Sums)}
	}
	return nil
}

// settle lays the package, lists it, and removes what the run before laid here
// and this one did not. While it does so the list names both packages: a folder
// in which it was interrupted is still ours, and no check of the sums takes it
// for a whole one.
func (f *folder) settle(sums map[string]string) error {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		list = append(list, fmt.Sprintf("%s  %s\n", sums[name], name))
	}
	if err := f.Put(Sums, []byte(strings.Join(slices.Concat(list, f.earlier), ""))); err != nil {
		return err
	}
	var gone []string
	for _, line := range f.earlier {
		_, name, found := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if _, stays := sums[name]; found && !stays {
			gone = append(gone, name)
		}
	}
	if err := f.Replace(Sums, gone); err != nil {
		return err
	}
	if err := f.Put(Sums, []byte(strings.Join(list, ""))); err != nil {
		return err
	}
	return f.Commit()
}
