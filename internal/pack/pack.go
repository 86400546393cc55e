// Package pack encodes trees of numbers and texts in a binary form that is read
// without parsing. It is the format of the start-up cache.
package pack

import (
	"encoding/binary"
	"math"
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

// Bytes returns the table of texts and everything written.
func (w *Writer) Bytes() []byte {
	head := &Writer{}
	head.Int(int64(len(w.texts.list)))
	for _, text := range w.texts.list {
		head.Int(int64(len(text)))
		head.body = append(head.body, text...)
	}
	return append(head.body, w.body...)
}

// Reader reads what a Writer has written, in the same order. It trusts its
// input and panics on anything else: check a digest first.
type Reader struct {
	body  string
	texts []string
}

// NewReader reads the table of texts without copying them.
func NewReader(packed string) *Reader {
	r := &Reader{body: packed}
	texts := make([]string, r.Int())
	for i := range texts {
		texts[i] = r.cut(int(r.Int()))
	}
	r.texts = texts
	return r
}

// Int reads a number.
func (r *Reader) Int() int64 {
	var n uint64
	for shift := uint(0); ; shift += 7 {
		b := r.body[0]
		r.body = r.body[1:]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return int64(n>>1) ^ -int64(n&1)
		}
	}
}

// Float reads a number that Float wrote.
func (r *Reader) Float() float64 {
	return math.Float64frombits(binary.BigEndian.Uint64([]byte(r.cut(8))))
}

// Bool reads a truth value.
func (r *Reader) Bool() bool { return r.Int() == 1 }

// Text reads a text.
func (r *Reader) Text() string { return r.texts[r.Int()] }

// Part returns a reader of the next section; r continues after it.
func (r *Reader) Part() *Reader { return &Reader{body: r.cut(int(r.Int())), texts: r.texts} }

func (r *Reader) cut(n int) string {
	out := r.body[:n]
	r.body = r.body[n:]
	return out
}
