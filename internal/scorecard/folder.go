package scorecard

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"hegui/internal/lang"
)

// Sums is the file that lists every other file of a package with its SHA-256,
// as sha256sum -c reads it. A folder with this file is one of ours.
const Sums = "hegui.sha256"

// RefusedError tells why a folder is left alone.
type RefusedError struct{ text lang.Text }

// Error is the text in English.
func (e *RefusedError) Error() string { return e.text.EN }

// Text tells what is wrong, in both languages.
func (e *RefusedError) Text() lang.Text { return e.text }

// folder is where a package is laid. Nothing in it, no link and no name in the
// list of an earlier run, leads out of it.
type folder struct {
	root    *os.Root
	earlier []string // what the run before laid here

	mutex sync.Mutex
	made  map[string]bool
	next  int
}

// open takes a folder that is new, empty or holds a package.
func open(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{root: root, made: map[string]bool{}}
	if err := f.claim(); err != nil {
		_ = root.Close()
		return nil, err
	}
	return f, nil
}

// claim marks the folder as ours before anything else is written, so that a run
// that was interrupted can be repeated.
func (f *folder) claim() error {
	list, err := f.root.ReadFile(Sums)
	if err == nil {
		for line := range strings.Lines(string(list)) {
			if _, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); ok {
				f.earlier = append(f.earlier, name)
			}
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return &RefusedError{lang.Say("目录不空，又不是 hegui 写的（没有 %s）：换一个新目录", "the folder is not empty and hegui did not make it (there is no %s): name a new one", Sums)}
	}
	return f.write(Sums, nil)
}

// write writes beside the place and renames, so that no reader ever sees half a
// file.
func (f *folder) write(name string, content []byte) error {
	beside, err := f.beside(name)
	if err != nil {
		return err
	}
	if err := f.root.WriteFile(beside, content, 0o644); err != nil {
		return err
	}
	if err := f.root.Rename(beside, name); err != nil {
		_ = f.root.Remove(beside)
		return err
	}
	return nil
}

// beside makes a file's folder and names a new file in it.
func (f *folder) beside(name string) (string, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	dir := path.Dir(name)
	if !f.made[dir] {
		if err := f.root.MkdirAll(dir, 0o755); err != nil {
			return "", err
		}
		f.made[dir] = true
	}
	f.next++
	beside := path.Join(dir, fmt.Sprintf(".hegui-%d", f.next))
	// What an interrupted run left may be anything, a link too.
	if err := f.root.RemoveAll(beside); err != nil {
		return "", err
	}
	return beside, nil
}

// settle removes what the run before laid here and this one did not, and lists
// what stands here now.
func (f *folder) settle(sums map[string]string) error {
	for _, name := range f.earlier {
		if _, stays := sums[name]; !stays {
			f.remove(name)
		}
	}
	var list strings.Builder
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(&list, "%s  %s\n", sums[name], name)
	}
	return f.write(Sums, []byte(list.String()))
}

// remove removes a file, and the folders that only held it. What cannot be
// removed is not ours to insist on.
func (f *folder) remove(name string) {
	for at := name; at != "." && at != "/" && at != ".."; at = path.Dir(at) {
		if err := f.root.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return
		}
	}
}
