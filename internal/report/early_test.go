package report

import (
	"bytes"
	"slices"
	"sync"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// twins are platforms whose findings have the same fingerprints.
func twins() *results.Results {
	r := cityResults()
	r.Platforms = append(r.Platforms, cityResults().Platforms...)
	return r
}

// TestEarlyIsWhatComesInTurn: platforms that are laid out side by side, in whatever
// order, make the report that platforms make which come one after another.
func TestEarlyIsWhatComesInTurn(t *testing.T) {
	for _, format := range Formats() {
		all := cases()
		all["twins"] = twins
		for name, run := range all {
			for _, o := range []Options{{}, {Language: lang.Chinese, Pretty: true}, {Part: &Part{IDs: []string{"a"}}}} {
				t.Run(format.Name()+" "+name, func(t *testing.T) {
					var want, got bytes.Buffer
					if err := Write(&want, format, run(), o); err != nil {
						t.Fatal(err)
					}
					r := run()
					d, err := format.Begin(&got, r.Begun(), o)
					if err != nil {
						t.Fatal(err)
					}
					writes := make([]func() error, len(r.Platforms))
					var laid sync.WaitGroup
					for i := range slices.Backward(r.Platforms) {
						laid.Go(func() { writes[i], _ = Lay(d, &r.Platforms[i]) })
					}
					laid.Wait()
					for i, write := range writes {
						if err := write(); err != nil {
							t.Fatal(err)
						}
						if i > 0 {
							wipe(&r.Platforms[i-1])
						}
					}
					if err := d.End(r); err != nil {
						t.Fatal(err)
					}
					if err := d.Close(); err != nil {
						t.Fatal(err)
					}
					if got.String() != want.String() {
						t.Errorf("laid out side by side it says otherwise:\n%s\nwant\n%s", got.String(), want.String())
					}
				})
			}
		}
	}
}
