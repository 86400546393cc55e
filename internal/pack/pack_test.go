package pack_test

import (
	"math"
	"testing"

	"hegui/internal/pack"
)

func TestRoundTrip(t *testing.T) {
	ints := []int64{0, 1, -1, 63, 64, -65, math.MaxInt64, math.MinInt64}
	floats := []float64{0, -0.1, math.MaxFloat64, math.SmallestNonzeroFloat64}
	texts := []string{"", "a", "数据", "a", string(make([]byte, 300))}
	w := pack.NewWriter()
	write := func(w *pack.Writer) {
		for _, n := range ints {
			w.Int(n)
		}
		for _, f := range floats {
			w.Float(f)
		}
		for _, s := range texts {
			w.Text(s)
		}
		w.Bool(true)
		w.Bool(false)
	}
	w.Part(write)
	w.Part(func(w *pack.Writer) { w.Part(write) })
	r := pack.NewReader(string(w.Bytes()))
	first := r.Part()
	second := r.Part().Part() // in any order
	for _, r := range []*pack.Reader{second, first} {
		for _, want := range ints {
			if got := r.Int(); got != want {
				t.Errorf("%d came back as %d", want, got)
			}
		}
		for _, want := range floats {
			if got := r.Float(); got != want {
				t.Errorf("%v came back as %v", want, got)
			}
		}
		for _, want := range texts {
			if got := r.Text(); got != want {
				t.Errorf("%q came back as %q", want, got)
			}
		}
		if !r.Bool() || r.Bool() {
			t.Error("truth values came back changed")
		}
	}
}
