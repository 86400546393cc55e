package audit

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// headerFile is what makes a folder a platform.
const headerFile = rulebook.HeaderTopic + ".yaml"

// Folder is a place below platforms/ that is, or should be, a platform.
type Folder struct {
	ID   string // path below platforms/
	Path string // path from the repository's root
	// Code is the platform's, as far as it was asked for and its header tells.
	Code string
	// broken says why the folder cannot be read as a platform.
	broken lang.Text
	// tooLarge is set where that is what keeps it from being read.
	tooLarge bool
	// sizes are those of what lies in the folder itself.
	sizes source.Sizes
	err   error
}

func folderAt(at string) Folder {
	return Folder{ID: source.Spelt(strings.TrimPrefix(at, PlatformsDir+"/")), Path: at}
}

// Discover finds the platforms at or below the paths, all of them for no path,
// in the order of their ids. Whatever looks like a platform but cannot be read
// as one is a platform too, so that it is reported instead of overlooked.
func Discover(tree source.Tree, paths []string) []Folder {
	d := &discovery{tree: tree}
	d.visit(PlatformsDir)
	found := d.sorted()
	if len(paths) == 0 {
		return found
	}
	return slices.DeleteFunc(found, func(f Folder) bool {
		return !slices.ContainsFunc(paths, func(p string) bool { return within(p, f.Path) || within(f.Path, p) })
	})
}

// Any reports whether a tree has a platform, or what should be one.
func Any(tree source.Tree) bool {
	d := &discovery{tree: tree, one: true}
	d.visit(PlatformsDir)
	return len(d.found) > 0
}

func within(outer, inner string) bool {
	return outer == "." || inner == outer || strings.HasPrefix(inner, outer+"/")
}

type discovery struct {
	tree   source.Tree
	found  []Folder
	looked int
	one    bool // whether one is enough
}

// maxFolders bounds the folders that are searched for platforms: a few git
// objects can be a tree without an end.
const maxFolders = 100_000

func (d *discovery) sorted() []Folder {
	slices.SortFunc(d.found, func(x, y Folder) int { return strings.Compare(x.ID, y.ID) })
	return d.found
}

func (d *discovery) visit(dir string) {
	for _, entry := range d.look(dir) {
		d.enter(entry)
		if d.one && len(d.found) > 0 {
			return
		}
	}
}

// look lists a folder. It returns what is still to be entered: nothing when the
// folder is a platform, or cannot be read and is reported as one.
func (d *discovery) look(dir string) []source.Entry {
	before := d.looked
	if d.looked += 1 + len(dir)/longPath; d.looked > maxFolders {
		if before <= maxFolders { // once is enough
			d.add(dir, lang.Say("%s/ 下的目录超过 %d 个，从这里起没有看", "there are more than %[2]d folders below %[1]s/: from here on they were not looked into", PlatformsDir, maxFolders))
		}
		return nil
	}
	entries, err := d.tree.List(dir)
	switch {
	case err != nil && dir == PlatformsDir && errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		d.add(dir, lang.Say("目录读不了：%s", "the folder cannot be read: %s", TextOf(cause(err))))
		d.found[len(d.found)-1].err = err
		return nil
	case dir != PlatformsDir && isPlatform(entries):
		d.add(dir, misnamed(dir))
		if _, again := d.tree.(source.Relister); again {
			d.found[len(d.found)-1].sizes = source.SizesOf(entries)
		}
		return nil
	}
	return entries
}

func (d *discovery) enter(entry source.Entry) {
	switch {
	case entry.Kind == source.Dir:
		d.visit(entry.Path)
	case entry.Kind == source.File && isYAML(entry.Name):
		// Only at the top: any other folder with such a file is a platform.
		d.add(entry.Path, lang.Say("描述要放在平台自己的目录里，不能直接放在 %s/ 下", "a description lies in its platform's own folder, not in %s/ itself", PlatformsDir))
	case entry.Kind == source.Symlink:
		d.add(entry.Path, lang.Say("是符号链接，hegui 从不跟随", "is a symbolic link, which hegui never follows"))
	case entry.Kind == source.Other:
		d.add(entry.Path, lang.Say("是子模块或特殊文件，里面的内容不属于本库", "is a submodule or a special file: what it holds is not part of this repository"))
	}
}

func (d *discovery) add(at string, broken lang.Text) {
	f := folderAt(at)
	f.broken = broken
	d.found = append(d.found, f)
}

// misnamed says why a platform cannot have its path as its id, which is text for whoever
// reads reports and waivers; empty where it can.
func misnamed(at string) lang.Text {
	if utf8.ValidString(at) {
		return lang.Text{}
	}
	return lang.Say("目录的路径不是 UTF-8 文字", "the folder's path is not text in UTF-8")
}

// has reports whether a folder is the last that was found.
func (d *discovery) has(dir string) bool {
	return len(d.found) > 0 && d.found[len(d.found)-1].Path == dir
}

func (d *discovery) drop() { d.found = d.found[:len(d.found)-1] }

// isPlatform reports whether a folder is a platform, or holds descriptions and
// so should be one.
func isPlatform(entries []source.Entry) bool {
	return slices.ContainsFunc(entries, func(e source.Entry) bool { return e.Kind != source.Dir && isYAML(e.Name) })
}

func isYAML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yaml" || ext == ".yml"
}
