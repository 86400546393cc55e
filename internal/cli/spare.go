package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hegui/internal/atomicfile"
	"hegui/internal/audit"
	"hegui/internal/git"
	"hegui/internal/rulebook"
)

// spare refuses to write where the run reads: a report in the place of a description
// destroys it, and one beside it is judged by the next run. dir is the folder whose
// platforms are judged.
func (a *app) spare(dir string) error {
	for _, path := range a.writes {
		at := led(a.abs(path))
		if kept := git.Keeper(at); kept != "" && !below(a.Dir, kept) { // a hook of a bare repository is run in it
			return fault("%q 在 git 自己的数据里：换一个地方写", "%q is among git's own data: name another place", path)
		}
		for _, root := range a.readsBelow(dir) {
			if below(at, root) || twin(at, root) {
				return fault("%[1]q 在 %[2]s/ 里，那里的文件是评定的依据：换一个地方写", "%[1]q is in %[2]s/, among the files that the run reads: name another place", path, filepath.Base(root))
			}
		}
	}
	return nil
}

// apart refuses reports in the folder of a package, which is replaced as a whole.
func (a *app) apart(dir string) error {
	folder := led(a.abs(dir))
	for _, path := range a.writes {
		at := led(a.abs(path))
		if rel, err := filepath.Rel(folder, at); below(at, folder) || err == nil && filepath.IsLocal(rel) {
			return fault("%[1]q 在 -o 的目录 %[2]q 里：写到它外面", "%[1]q is in the folder of -o, %[2]q: name a place outside it", path, dir)
		}
	}
	a.writes = append(a.writes, dir)
	return nil
}

// sparePart refuses a report in the place of a part that is read.
func (a *app) sparePart(part string) error {
	for _, path := range a.writes {
		if a.samePlace(led(a.abs(path)), led(a.abs(part))) {
			return fault("%q 本身是一份要合并的：换一个地方写", "%q is one of the parts itself: name another place", path)
		}
	}
	return nil
}

// readsBelow are the folders that hold what is judged, and what judges.
func (a *app) readsBelow(dir string) []string {
	roots := []string{filepath.Join(dir, audit.PlatformsDir)}
	books := []string{dir}
	if a.flags.rulebook != "" {
		books = append(books, a.abs(a.flags.rulebook))
	}
	for _, book := range books {
		roots = append(roots, filepath.Join(book, rulebook.SchemasDir), filepath.Join(book, rulebook.ChecksDir))
	}
	return roots
}

// below reports whether a path leads into a folder, however it is spelt.
func below(path, folder string) bool {
	is, err := os.Stat(folder)
	if err != nil {
		return false
	}
	for at := path; ; at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil && os.SameFile(info, is) {
			return true
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// twin reports whether a file has a second name below a folder.
func twin(path, folder string) (found bool) {
	is, err := os.Lstat(path)
	if err != nil || !is.Mode().IsRegular() || !atomicfile.Linked(is) {
		return false
	}
	_ = filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return nil // what cannot be read is not judged either
		}
		if info, err := entry.Info(); err == nil && os.SameFile(info, is) {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// samePlace reports whether two paths lead to one file, "" being standard output. Any
// number of reports may go to a terminal.
func (a *app) samePlace(one, other string) bool {
	if one == other {
		return true
	}
	is, err := a.stat(one)
	was, errWas := a.stat(other)
	if err != nil || errWas != nil || !os.SameFile(is, was) {
		return false
	}
	return one != "" && other != "" || is.Mode()&fs.ModeCharDevice == 0
}

// alike reports whether two names in one folder differ in nothing but capitals: many file
// systems have one file for both, which cannot be seen before it is written.
func alike(one, other string) bool {
	if one == "" || other == "" || !strings.EqualFold(filepath.Base(one), filepath.Base(other)) {
		return false
	}
	in, err := os.Stat(filepath.Dir(one))
	was, errWas := os.Stat(filepath.Dir(other))
	return err == nil && errWas == nil && os.SameFile(in, was)
}

// stat describes what a report is written to.
func (a *app) stat(place string) (fs.FileInfo, error) {
	if place != "" {
		return os.Stat(place)
	}
	if out, ok := a.Stdout.(*checked); ok {
		return out.Stat()
	}
	return nil, fs.ErrInvalid
}

// maxLinks is how many links are followed, as many as Linux does.
const maxLinks = 40

// led follows links to the file that a path names, which need not exist yet.
func led(path string) string {
	for range maxLinks {
		path = filepath.Join(realPath(filepath.Dir(path)), filepath.Base(path))
		to, err := os.Readlink(path)
		if err != nil {
			break
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return path
}
