package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"

	"hegui/internal/lang"
)

// What a workbook that is read back may cost. A platform has about a thousand
// rows and a hundred thousand tags.
const (
	maxParts = 1_000
	maxBytes = 128 << 20
	maxTags  = 4_000_000
)

// UnreadableError is the error of a file that cannot be taken for a workbook of
// ours at all.
type UnreadableError struct{ lang.Text }

func (e *UnreadableError) Error() string { return e.EN }

func unreadable(zh, en string, args ...any) error { return &UnreadableError{lang.Say(zh, en, args...)} }

// guard decompresses every part to io.Discard and enforces the limits: the sizes
// that the directory states are not to be trusted. Every tag costs memory when
// it is read.
func guard(data []byte, parts, limit, tags int) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return unreadable("不是 XLSX 工作簿：%v", "not an XLSX workbook: %v", err)
	}
	large := unreadable("工作簿太大：请按平台分开导出", "the workbook is too large: write one for fewer platforms")
	if len(z.File) > parts {
		return large
	}
	c := &counter{bytes: limit, tags: tags}
	for _, f := range z.File {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(c, r)
			err = errors.Join(err, r.Close())
		}
		switch {
		case errors.Is(err, errSpent):
			return large
		case err != nil:
			return unreadable("工作簿损坏：%v", "the workbook is damaged: %v", fmt.Errorf("%q: %w", f.Name, err))
		}
	}
	return nil
}

var errSpent = errors.New("too much")

// counter takes so many bytes and opening brackets and no more.
type counter struct{ bytes, tags int }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes -= len(p)
	c.tags -= bytes.Count(p, []byte("<"))
	if c.bytes < 0 || c.tags < 0 {
		return 0, errSpent
	}
	return len(p), nil
}
