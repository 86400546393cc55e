package git

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/config"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// settings are the parts of a repository's configuration that matter here.
type settings struct {
	version    string
	extensions map[string]string // names in lower case
	bare       bool
	workTree   string
	// partial: objects may be missing here and be had from a promisor remote.
	partial bool
	// looseStat: only size and modification time decide whether a file changed.
	looseStat bool
	// noModes: the file system does not record which files are executable.
	noModes bool
}

// readConfig reads a repository's configuration, and the worktree's own where it
// has one. core.bare and core.worktree in the shared file do not apply to linked
// worktrees.
func readConfig(at place) (settings, error) {
	c := settings{extensions: map[string]string{}}
	if err := c.read(filepath.Join(at.common, "config"), at.git == at.common); err != nil {
		return c, err
	}
	if yes(c.extensions["worktreeconfig"]) {
		if err := c.read(filepath.Join(at.git, "config.worktree"), true); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (c *settings) read(name string, own bool) error {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return source.Fail("open", ".", err)
	}
	defer func() { _ = file.Close() }()
	raw := config.New()
	if err := config.NewDecoder(file).Decode(raw); err != nil {
		return damaged(lang.Say("配置文件 %s 读不出来", "its file %s cannot be read", filepath.Base(name)))
	}
	core := raw.Section("core")
	set(core, "repositoryformatversion", func(v string) { c.version = v })
	set(core, "filemode", func(v string) { c.noModes = !yes(v) })
	set(core, "trustctime", func(v string) { c.looseStat = c.looseStat || !yes(v) })
	set(core, "checkstat", func(v string) { c.looseStat = c.looseStat || strings.EqualFold(v, "minimal") })
	if own {
		set(core, "bare", func(v string) { c.bare = yes(v) })
		set(core, "worktree", func(v string) { c.workTree = v })
	}
	for _, option := range raw.Section("extensions").Options {
		c.extensions[strings.ToLower(option.Key)] = option.Value
	}
	for _, remote := range raw.Section("remote").Subsections {
		c.partial = c.partial || yes(remote.Option("promisor"))
	}
	c.partial = c.partial || c.extensions["partialclone"] != ""
	return nil
}

func set(section *config.Section, key string, use func(string)) {
	if section.HasOption(key) {
		use(section.Option(key))
	}
}

// yes parses a boolean as git does.
func yes(value string) bool {
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1":
		return true
	}
	return false
}

// supported rejects a repository whose format would be misread.
func (c settings) supported() error {
	if strings.EqualFold(c.extensions["objectformat"], "sha256") || c.extensions["compatobjectformat"] != "" {
		return fault(ErrSHA256, "这个 git 仓库用 SHA-256 对象，hegui 只能读 SHA-1 仓库",
			"this git repository has SHA-256 objects; hegui reads repositories with SHA-1 only")
	}
	if strings.EqualFold(c.extensions["refstorage"], "reftable") {
		return fault(ErrReftable, "这个 git 仓库用 reftable 存引用，hegui 读不了；可运行 git refs migrate --ref-format=files",
			"this git repository keeps its references in a reftable, which hegui cannot read; git refs migrate --ref-format=files changes that")
	}
	if c.version != "" && c.version != "0" && c.version != "1" {
		return fault(ErrUnsupported, "不支持的 git 仓库格式版本 %s", "this git repository has the unsupported format version %s", c.version)
	}
	for name := range c.extensions {
		switch name {
		case "noop", "noop-v1", "partialclone", "preciousobjects", "worktreeconfig", "relativeworktrees", "objectformat", "refstorage":
		default:
			return fault(ErrUnsupported, "git 仓库用了不支持的扩展 %s", "this git repository uses the unsupported extension %s", name)
		}
	}
	return nil
}
