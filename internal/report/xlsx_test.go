package report

import (
	"archive/zip"
	"io"
	"strings"
	"testing"
)

// unpacked is what a report says, also where it is packed.
func unpacked(t *testing.T, report string) string {
	t.Helper()
	if !strings.HasPrefix(report, "PK") {
		return report
	}
	z, err := zip.NewReader(strings.NewReader(report), int64(len(report)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&out, r); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}
