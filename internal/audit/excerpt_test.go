package audit_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/finding"
)

// A line that holds something sensitive, or a misspelt key that was probably
// meant to, is marked; of a file that cannot be parsed every line is.
func TestQuote(t *testing.T) {
	book := load(t, filepath.Join("..", "rulebook", "testdata", "tiny"))
	sound := `sets:
  - name: files
    keep: 60
    copies:
      - site: east
        address: hush
      - { site: west, addresss: hush }
channels:
  - ssh
rota:
  post: keeper
  phon: "hush"
  phone: >
    hush
    hush
`
	for text, hidden := range map[string]string{
		sound:                              "6 7 8 9 12 13 14 15",
		strings.Replace(sound, ":", "", 1): "all",
		sound + "sets: []\n":               "all",
	} {
		doc := document.Parse("platforms/a/stores.yaml", []byte(text), document.DefaultLimits())
		var got []string
		for line := range strings.Count(text, "\n") {
			f := finding.Finding{Location: finding.Location{Path: doc.Path, Line: line + 1}}
			audit.NewExcerpts(book.Schemas).Quote(&f, doc)
			if f.Excerpt != strings.Split(text, "\n")[line] {
				t.Errorf("line %d is %q", line+1, f.Excerpt)
			}
			if f.Redacted != nil && f.Redacted.Excerpt == "" {
				got = append(got, fmt.Sprint(line+1))
			}
		}
		if all := len(got) == strings.Count(text, "\n"); !all && strings.Join(got, " ") != hidden || all != (hidden == "all") {
			t.Errorf("hidden are %v, want %s in\n%s", got, hidden, text)
		}
	}
	// A topic without sensitive facts hides nothing, nor does what is no topic.
	for _, at := range []string{"platforms/a/platform.yaml", "platforms/a/notes.yaml"} {
		doc := document.Parse(at, []byte("a: [\n"), document.DefaultLimits())
		f := finding.Finding{Location: finding.WholeFile(at)}
		audit.NewExcerpts(book.Schemas).Quote(&f, doc)
		if f.Excerpt != "a: [" || f.Redacted != nil {
			t.Errorf("%s: %+v", at, f)
		}
	}
}
