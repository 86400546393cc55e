// Package corpus multiplies described platforms into repositories of any size,
// for benchmarks and tests: every copy has its own code and its own dates, so
// that no two are alike and about as many findings turn up as in real ones.
package corpus

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"hegui/internal/source"
)

const (
	folder   = "platforms"
	header   = "platform.yaml"
	maxBytes = 1 << 20
	// bureaus is the number of folders that the platforms are spread over.
	bureaus = 20
	// spread is the number of days by which the dates of copies differ.
	spread = 90
)

var (
	nameLine   = regexp.MustCompile(`(?m)^( +zh: )(\S+)$`)
	systemLine = regexp.MustCompile(`(?m)^  - code: (\S+)$`)
	codeLine   = regexp.MustCompile(`(?m)^code: *(\S+)`)
	day        = regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b`)
)

// Write writes n platforms below dir/platforms, made of those in the tree in
// turn. The same tree and n always give the same files.
func Write(dir string, tree source.Tree, n int) error {
	models, err := read(tree)
	if err != nil {
		return err
	}
	for i := range n {
		m := models[i%len(models)]
		to := filepath.Join(dir, folder, fmt.Sprintf("bureau-%02d", i%bureaus), fmt.Sprintf("%s-%06d", m.name, i))
		if err := m.write(to, i); err != nil {
			return fmt.Errorf("write platform %d: %w", i, err)
		}
	}
	return nil
}

// model is one described platform.
type model struct {
	name  string
	files []file
	// systems are the codes of its systems, pinned its files of evidence that are
	// cited with their hash.
	systems []*regexp.Regexp
	pinned  map[string]bool
}

type file struct {
	path string // relative to the platform
	data []byte
}

func read(tree source.Tree) ([]model, error) {
	entries, err := tree.List(folder)
	if err != nil {
		return nil, fmt.Errorf("read the models: %w", err)
	}
	var models []model
	for _, entry := range entries {
		if _, err := tree.Stat(path.Join(entry.Path, header)); err != nil {
			continue // a folder of something else
		}
		m := model{name: entry.Name}
		base := source.Sub(tree, entry.Path)
		err := source.Walk(base, ".", func(e source.Entry, err error) error {
			if err != nil || e.Kind != source.File {
				return err
			}
			data, err := base.Read(e.Path, maxBytes)
			m.files = append(m.files, file{e.Path, data})
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read the model %s: %w", entry.Name, err)
		}
		models = append(models, m.known())
	}
	if len(models) == 0 {
		return nil, fmt.Errorf("no described platform to multiply: %w", fs.ErrNotExist)
	}
	return models, nil
}

// known adds what keeps a copy from being a copy.
func (m model) known() model {
	m.pinned = map[string]bool{}
	for _, f := range m.files {
		if f.path == header {
			for _, code := range systemLine.FindAllSubmatch(f.data, -1) {
				m.systems = append(m.systems, regexp.MustCompile(`\b`+regexp.QuoteMeta(string(code[1]))+`\b`))
			}
		}
		sum := fmt.Sprintf("%x", sha256.Sum256(f.data))
		m.pinned[f.path] = slices.ContainsFunc(m.files, func(other file) bool { return bytes.Contains(other.data, []byte(sum)) })
	}
	return m
}

// rename gives names and systems in a description a number of their own.
func (m model) rename(name string, data []byte, i int) []byte {
	for _, code := range m.systems {
		data = code.ReplaceAllFunc(data, func(code []byte) []byte { return fmt.Appendf(nil, "%s-%06d", code, i) })
	}
	if name == header {
		data = nameLine.ReplaceAllFunc(data, func(line []byte) []byte { return fmt.Appendf(bytes.Clone(line), "%06d", i) })
	}
	return data
}

func (m model) write(to string, i int) error {
	for _, f := range m.files {
		data := f.data
		switch {
		case path.Dir(f.path) == ".":
			data = vary(m.rename(f.path, data, i), i)
		case !m.pinned[f.path]:
			data = append(bytes.Clone(data), strings.Repeat("\n", i/3)...)
		}
		target := filepath.Join(to, filepath.FromSlash(f.path))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// vary gives a description a code of its own and moves all its dates by the
// same number of days, so that they stay in order.
func vary(data []byte, i int) []byte {
	data = codeLine.ReplaceAll(data, fmt.Appendf(nil, "code: ${1}-%06d", i))
	shift := -(i / 3 % spread)
	if shift == 0 {
		return data
	}
	return day.ReplaceAllFunc(data, func(old []byte) []byte {
		t, err := time.Parse(time.DateOnly, string(bytes.TrimSpace(old)))
		if err != nil {
			return old
		}
		return []byte(t.AddDate(0, 0, shift).Format(time.DateOnly))
	})
}
