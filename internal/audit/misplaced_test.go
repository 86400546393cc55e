package audit_test

import (
	"bytes"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// misplaced is a file that is called or written otherwise than it should be.
type misplaced struct {
	what, in string
	// to is where it is instead, empty for nowhere; nil for where it was.
	to *string
	as string
	// wrong and right are what an answer must name; none where nothing is wrong.
	wrong, right []string
}

// A file of the wrong name, place or encoding is answered as a slip within one is:
// with what is wrong and what to do, in both languages.
func TestMisplaced(t *testing.T) {
	desk, files := desk(t)
	before := map[string]bool{}
	for _, f := range answers(t, desk, files) {
		before[known(&f)] = true
	}
	var text strings.Builder
	for i, v := range table(t, "misplaced.yaml") {
		m := misplaced{what: v.TextAt("is"), in: v.TextAt("in"), as: v.TextAt("as"), wrong: strings.Split(v.TextAt("wrong"), "|"), right: strings.Split(v.TextAt("right"), "|")}
		if to := v.Get("to"); to != nil {
			m.to = &to.Text
		}
		fmt.Fprintf(&text, "%d %s\n", i+1, m.what)
		taught, fresh := false, 0
		for _, f := range answers(t, desk, m.make(t, files)) {
			if before[known(&f)] {
				continue
			}
			taught = taught || named(&f, m.wrong, m.right)
			if fresh++; fresh <= 2 {
				write(&text, &f)
			}
		}
		if fine := v.Get("wrong") == nil; fine && fresh > 0 || !fine && !taught {
			t.Errorf("%s: %d answers, and none says what to do", m.what, fresh)
			text.WriteString("  NOT TAUGHT\n")
		}
	}
	golden(t, "misplaced.txt", text.String())
}

func (m misplaced) make(t *testing.T, files fstest.MapFS) fstest.MapFS {
	t.Helper()
	patched, done := maps.Clone(files), 0
	for at, file := range files {
		rest, found := strings.CutPrefix(at, sample+"/"+m.in)
		if !found || rest != "" && rest[0] != '/' {
			continue
		}
		done++
		delete(patched, at)
		switch {
		case m.to == nil:
			patched[at] = &fstest.MapFile{Data: m.written(t, file.Data)}
		case *m.to != "":
			patched[sample+"/"+*m.to+rest] = file
		}
	}
	if done == 0 {
		t.Fatal(m.in)
	}
	return patched
}

// written is how another program would have saved a file.
func (m misplaced) written(t *testing.T, data []byte) []byte {
	t.Helper()
	encode := func(e encoding.Encoding) []byte {
		out, err := e.NewEncoder().Bytes(data)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	switch m.as {
	case "empty":
		return nil
	case "comments":
		return []byte("# 待填\n")
	case "gbk":
		return encode(simplifiedchinese.GBK)
	case "utf-16le":
		return encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case "utf-16be":
		return encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	case "utf-16le bare":
		return encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))
	case "broken":
		return append(bytes.Clone(data), "# \xff\n"...)
	case "bom":
		return append([]byte("\xef\xbb\xbf"), data...)
	case "crlf":
		return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
	case "cr":
		return bytes.ReplaceAll(data, []byte("\n"), []byte("\r"))
	case "word":
		return []byte("PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4\xd2lZ\x01")
	}
	t.Fatal(m.as)
	return nil
}
