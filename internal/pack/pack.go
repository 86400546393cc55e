// Package pack encodes trees of numbers and texts in a binary form that is read
// without parsing. It is the format of the start-up cache.
package pack

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// Writer encodes values. Each distinct text is written once, in a table at the
// front.
type Writer struct {
	body  []byte
	texts *texts
}

type texts struct {
	index map[string]int
	list  []string
}

// NewWriter makes an empty writer.
func NewWriter() *Writer { return &Writer{texts: &texts{index: map[string]int{}}} }

// Int writes a number, small ones in one byte.
func (w *Writer) Int(n int64) { w.body = binary.AppendVarint(w.body, n) }

// Float writes a number exactly.
func (w *Writer) Float(f float64) {
	w.body = binary.BigEndian.AppendUint64(w.body, math.Float64bits(f))
}

// Bool writes a truth value.
func (w *Writer) Bool(b bool) {
	n := int64(0)
	if b {
		n = 1
	}
	w.Int(n)
}

// Text writes a text.
func (w *Writer) Text(s string) {
	at, known := w.texts.index[s]
	if !known {
		at = len(w.texts.list)
		w.texts.index[s], w.texts.list = at, append(w.texts.list, s)
	}
	w.Int(int64(at))
}

// Part writes a length-prefixed section that a reader can skip.
func (w *Writer) Part(write func(*Writer)) {
	part := &Writer{texts: w.texts}
	write(part)
	w.Int(int64(len(part.body)))
	w.body = append(w.body, part.body...)
}

// Bytes returns the table of texts and everything written. The table says where each
// text ends.
func (w *Writer) Bytes() []byte {
	table := binary.BigEndian.AppendUint32(nil, uint32(len(w.texts.list)))
	ends := 0
	for _, text := range w.texts.list {
		ends += len(text)
		table = binary.BigEndian.AppendUint32(table, uint32(ends))
	}
	return slices.Concat(table, []byte(strings.Join(w.texts.list, "")), w.body)
}

// Reader reads what a Writer has written, in the same order. It trusts its
// input and panics on anything else: check a digest first.
type Reader struct {
	body string
	// texts are all texts, ends where each of them ends.
	texts, ends string
}

// NewReader finds the table of texts, and reads none of them.
func NewReader(packed string) *Reader {
	r := &Reader{body: packed}
	n := number(r.cut(4))
	r.ends = r.cut(4 * n)
	r.texts = r.cut(end(r.ends, n-1))
	return r
}

// end is where a text ends, which is where the next one begins.
func end(ends string, at int) int {
	if at < 0 {
		return 0
	}
	return number(ends[4*at:])
}

// number is what AppendUint32 has written.
func number(s string) int {
	s = s[:4]
	return int(uint32(s[0])<<24 | uint32(s[1])<<16 | uint32(s[2])<<8 | uint32(s[3]))
}

// Int reads a number.
func (r *Reader) Int() int64 {
	n, at := uint64(r.body[0]), 1
	if n >= 0x80 {
		n &= 0x7f
		for more := true; more; at++ {
			b := r.body[at]
			n |= uint64(b&0x7f) << (7 * at)
			more = b >= 0x80
		}
	}
	r.body = r.body[at:]
	return int64(n>>1) ^ -int64(n&1)
}

// Float reads a number that Float wrote.
func (r *Reader) Float() float64 {
	return math.Float64frombits(binary.BigEndian.Uint64([]byte(r.cut(8))))
}

// Bool reads a truth value.
func (r *Reader) Bool() bool { return r.Int() == 1 }

// Text reads a text.
func (r *Reader) Text() string {
	at := int(r.Int())
	return r.texts[end(r.ends, at-1):end(r.ends, at)]
}

// Part returns a reader of the next section; r continues after it.
func (r *Reader) Part() *Reader { return &Reader{r.cut(int(r.Int())), r.texts, r.ends} }

func (r *Reader) cut(n int) string {
	out := r.body[:n]
	r.body = r.body[n:]
	return out
}
