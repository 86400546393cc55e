package audit

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// headerFile is what makes a folder a platform.
const headerFile = rulebook.HeaderTopic + ".yaml"

// folder is a place below platforms/ that is, or should be, a platform.
type folder struct {
	id, path string
	// broken says why the folder cannot be read as a platform.
	broken lang.Text
}

// discover finds the platforms at or below the paths. Whatever looks like a
// platform but cannot be read as one is a platform too, so that it is reported
// instead of overlooked.
func (a *Auditor) discover(paths []string) []folder {
	d := &discovery{tree: a.Tree}
	d.visit(PlatformsDir)
	slices.SortFunc(d.found, func(x, y folder) int { return strings.Compare(x.id, y.id) })
	if len(paths) == 0 {
		return d.found
	}
	return slices.DeleteFunc(d.found, func(f folder) bool {
		return !slices.ContainsFunc(paths, func(p string) bool { return within(p, f.path) || within(f.path, p) })
	})
}

func within(outer, inner string) bool {
	return outer == "." || inner == outer || strings.HasPrefix(inner, outer+"/")
}

type discovery struct {
	tree  source.Tree
	found []folder
}

func (d *discovery) visit(dir string) {
	f := folder{id: strings.TrimPrefix(dir, PlatformsDir+"/"), path: dir}
	entries, err := d.tree.List(dir)
	if err != nil {
		if dir == PlatformsDir && errors.Is(err, fs.ErrNotExist) {
			return
		}
		f.broken = lang.Say("目录读不了：%v", "the folder cannot be read: %v", err)
		d.found = append(d.found, f)
		return
	}
	if dir != PlatformsDir && isPlatform(entries) {
		d.found = append(d.found, f)
		return
	}
	for _, entry := range entries {
		switch {
		case entry.Kind == source.Dir:
			d.visit(entry.Path)
		case entry.Kind == source.File && isYAML(entry.Name):
			// Only at the top: any other folder with such a file is a platform.
			d.found = append(d.found, folder{id: strings.TrimPrefix(entry.Path, PlatformsDir+"/"), path: entry.Path,
				broken: lang.Say("描述要放在平台自己的目录里，不能直接放在 %s/ 下", "a description lies in its platform's own folder, not in %s/ itself", PlatformsDir)})
		case entry.Kind == source.Symlink:
			d.found = append(d.found, folder{id: strings.TrimPrefix(entry.Path, PlatformsDir+"/"), path: entry.Path,
				broken: lang.Say("是符号链接，hegui 从不跟随", "is a symbolic link, which hegui never follows")})
		}
	}
}

// isPlatform reports whether a folder is a platform, or holds descriptions and
// so should be one.
func isPlatform(entries []source.Entry) bool {
	return slices.ContainsFunc(entries, func(e source.Entry) bool { return e.Kind != source.Dir && isYAML(e.Name) })
}

func isYAML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yaml" || ext == ".yml"
}
