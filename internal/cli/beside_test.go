package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hegui/internal/report"
)

// A report says the same whatever other reports the run writes: what one asks for is in
// no other.
func TestReportsDoNotDependOnEachOther(t *testing.T) {
	g := aFleet(t)
	whole := parts(t, g.Dir, 1, "--rev", "HEAD", "--as-of", asOf, "--facts", "--audience", "assessor")
	for name, command := range map[string][]string{
		"check":  {"check", "--audience", "assessor"},
		"public": {"check", "--audience", "public"},
		"ahead":  {"check", "--warn-days", "300"},
		"gate":   {"gate", "--base", "main", "--head", "HEAD"},
		"merge":  {"merge", whole[0]},
		"cards":  {"scorecard", "-o", filepath.Join(t.TempDir(), "cards")},
	} {
		switch name {
		case "merge":
		case "gate":
			command = append(command, "--as-of", asOf)
		default:
			command = append(command, "--rev", "HEAD", "--as-of", asOf)
		}
		t.Run(name, func(t *testing.T) {
			written := func(formats ...report.Format) map[string]string {
				dir, args, texts := t.TempDir(), slices.Clone(command), map[string]string{}
				for _, f := range formats {
					args = append(args, "--report", f.Name()+"="+filepath.Join(dir, f.Name()))
				}
				said := run(t, g.Dir, args...)
				for _, f := range formats {
					text, err := os.ReadFile(filepath.Join(dir, f.Name()))
					if err != nil {
						t.Fatal(err, said.stderr)
					}
					texts[f.Name()] = string(text)
				}
				return texts
			}
			alone, formats := map[string]string{}, report.Formats()
			hold := func(together ...report.Format) {
				for name, text := range written(together...) {
					if text != alone[name] {
						t.Errorf("%s of %d together: %d bytes, alone %d", name, len(together), len(text), len(alone[name]))
					}
				}
			}
			for _, f := range formats {
				alone[f.Name()] = written(f)[f.Name()]
			}
			hold(formats...)
			for i, a := range formats {
				for _, b := range formats[i+1:] {
					if name == "check" && !testing.Short() { // of the others all at once must do
						hold(a, b)
					}
				}
			}
		})
	}
}
