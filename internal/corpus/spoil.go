package corpus

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"hegui/internal/lang"
)

var (
	// proseLine is a field with a text that may as well be written as a block.
	proseLine = regexp.MustCompile(`(?m)^( +)([a-z_]+): ([^\s\[{"'#&*|>!%@0-9-][^\n#:]{11,})$`)
	trueLine  = regexp.MustCompile(`: true\b`)
)

// Spoil makes of the platforms that Write has written below dir what people make of
// theirs, by a seed: most stay valid, one in five fails something, one in ten is broken
// in a file, and in each some texts are blocks, long, or commented.
func Spoil(dir string, seed uint64) error { return eachPlatform(dir, seed, 1) }

// Fail is Spoil without the broken files, for programs that read none.
func Fail(dir string, seed uint64) error { return eachPlatform(dir, seed, 0) }

// eachPlatform spoils the platforms below dir, of which so many in ten are broken.
func eachPlatform(dir string, seed uint64, broken int) error {
	var folders []string
	err := filepath.WalkDir(filepath.Join(dir, folder), func(file string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == header {
			folders = append(folders, filepath.Dir(file))
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(folders)
	for i, at := range folders {
		if err := spoil(at, rand.New(rand.NewPCG(seed, uint64(i))), broken); err != nil {
			return fmt.Errorf("spoil platform %d: %w", i, err)
		}
	}
	return nil
}

func spoil(folder string, chance *rand.Rand, breaks int) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return err
	}
	broken, failing := chance.IntN(len(files)), chance.IntN(len(files))
	fate := chance.IntN(10)
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		data = dress(data, chance)
		switch {
		case fate < 2 && i == failing:
			data = trueLine.ReplaceAll(data, []byte(": false"))
		case fate >= 2 && fate < 2+breaks && i == broken:
			data = breakOff(data, chance)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// dress writes some texts as blocks, makes one long, and comments.
func dress(data []byte, chance *rand.Rand) []byte {
	data = proseLine.ReplaceAllFunc(data, func(line []byte) []byte {
		if chance.IntN(4) > 0 {
			return line
		}
		m := proseLine.FindSubmatch(line)
		return fmt.Appendf(nil, "%s%s: >-\n%s  %s", m[1], m[2], m[1], m[3])
	})
	comment := "# " + strings.Repeat(lang.Say("说明，仅供填写人参考；", "a note for who fills this in; ").ZH, 1+chance.IntN(20)) + "\n"
	return append([]byte(comment), data...)
}

// breakOff breaks a file as editors and merges do.
func breakOff(data []byte, chance *rand.Rand) []byte {
	lines := bytes.SplitAfter(data, []byte("\n"))
	at := chance.IntN(len(lines))
	switch chance.IntN(3) {
	case 0:
		return bytes.Join(lines[:at], nil)
	case 1:
		return bytes.Join(slices.Insert(lines, at, []byte("\t- [ \n")), nil)
	}
	return bytes.Join(slices.Insert(lines, at, []byte("<<<<<<< HEAD\n")), nil)
}
