package report

import (
	"bytes"
	"reflect"
	"testing"

	"hegui/internal/results"
)

// TestNoReportKeepsAPlatform: once the next one has come a platform may be
// forgotten, so that a fleet need never be held as a whole.
func TestNoReportKeepsAPlatform(t *testing.T) {
	for _, format := range Formats() {
		for name, make := range cases() {
			t.Run(format.Name()+" "+name, func(t *testing.T) {
				var want, got bytes.Buffer
				if err := Write(&want, format, make(), Options{}); err != nil {
					t.Fatal(err)
				}
				r := make()
				report, err := format.Begin(&got, r.Begun(), Options{})
				if err != nil {
					t.Fatal(err)
				}
				for i := range r.Platforms {
					if err := report.Platform(&r.Platforms[i]); err != nil {
						t.Fatal(err)
					}
					if i > 0 {
						wipe(&r.Platforms[i-1])
					}
				}
				if err := report.End(r); err != nil {
					t.Fatal(err)
				}
				if err := report.Close(); err != nil {
					t.Fatal(err)
				}
				if got.String() != want.String() {
					t.Error("a platform that is gone was read again")
				}
			})
		}
	}
}

// wipe overwrites a platform, and all items of its lists.
func wipe(p *results.Platform) {
	v := reflect.ValueOf(p).Elem()
	for i := range v.NumField() {
		if !v.Field(i).CanSet() {
			continue // no report can read it
		}
		if list := v.Field(i); list.Kind() == reflect.Slice {
			for j := range list.Len() {
				list.Index(j).SetZero()
			}
		}
		v.Field(i).SetZero()
	}
}
