package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"strings"
)

// jsonStream writes a JSON document value by value, with the bytes that encoding/json
// would give for the whole. It does not escape for HTML: whoever embeds it does.
type jsonStream struct {
	w io.Writer
	// pretty breaks lines and indents, for people.
	pretty bool
	// depth is how many objects and lists are open; filled reports whether
	// the innermost has a value.
	depth  int
	filled bool
	err    error
}

// open opens an object or a list; in an object it has a key.
func (j *jsonStream) open(key, bracket string) {
	j.next(key)
	j.write(bracket)
	j.depth, j.filled = j.depth+1, false
}

// close closes what was opened last; the document ends with its line.
func (j *jsonStream) close(bracket string) {
	j.depth--
	if j.filled {
		j.write(j.line())
	}
	j.filled = true
	j.write(bracket)
	if j.depth == 0 {
		j.write("\n")
	}
}

// value writes a value; in an object it has a key. A value may be all that is to be
// said of a platform, so that no copy of its text is made.
func (j *jsonStream) value(key string, v any) {
	j.next(key)
	encoder := json.NewEncoder(unbroken{j})
	encoder.SetEscapeHTML(false)
	if j.pretty {
		encoder.SetIndent(strings.Repeat("  ", j.depth), "  ")
	}
	if err := encoder.Encode(v); err != nil && j.err == nil {
		j.err = err
	}
}

// broken is a value that is JSON already, with its lines broken as the stream breaks them.
func (j *jsonStream) broken(text []byte, err error) ([]byte, error) {
	if !j.pretty || err != nil {
		return text, err
	}
	var out bytes.Buffer
	err = json.Indent(&out, text, strings.Repeat("  ", j.depth), "  ")
	return out.Bytes(), err
}

// json writes a value that is JSON already, if nothing has gone wrong with it.
func (j *jsonStream) json(text []byte, err error) {
	j.next("")
	if j.err == nil {
		j.err = err
	}
	_, _ = unbroken{j}.Write(text)
}

// draft writes a draft that holds values, if it holds any and nothing has gone wrong.
func (j *jsonStream) draft(all *drafts, w *draft) {
	if j.err = cmp.Or(j.err, w.JSON.Flush()); j.err != nil || w.text.Len() == 0 {
		all.drop(w)
		return
	}
	j.next("")
	j.err = cmp.Or(j.err, all.write(j.w, w))
}

// unbroken leaves out the end of the line that an encoder writes after each value.
type unbroken struct{ *jsonStream }

func (u unbroken) Write(text []byte) (int, error) {
	if u.err == nil {
		_, u.err = u.w.Write(bytes.TrimSuffix(text, []byte("\n")))
	}
	return len(text), nil
}

// next begins a value.
func (j *jsonStream) next(key string) {
	if j.filled {
		j.write(",")
	}
	if j.depth > 0 {
		j.write(j.line())
	}
	if key != "" {
		j.write(`"` + key + `":`)
		if j.pretty {
			j.write(" ")
		}
	}
	j.filled = true
}

func (j *jsonStream) line() string {
	if !j.pretty {
		return ""
	}
	return "\n" + strings.Repeat("  ", j.depth)
}

// write writes, unless something has failed before.
func (j *jsonStream) write(text string) {
	if j.err == nil {
		_, j.err = io.WriteString(j.w, text)
	}
}

// kept copies the values that another stream has written at this depth.
func (j *jsonStream) kept(spool io.WriterTo, other jsonStream) {
	if j.err == nil {
		j.err = other.err
	}
	if !other.filled {
		return
	}
	if j.filled {
		j.write(",")
	}
	if j.err == nil {
		_, j.err = spool.WriteTo(j.w)
	}
	j.filled = true
}
