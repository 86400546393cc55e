package hegui_test

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// small are the platforms that are judged by what is essential, each as judged.
func small(t *testing.T) (r repo, platforms map[string]described, judged map[string]verdict) {
	t.Helper()
	r, platforms, judged = openRepo(t), map[string]described{}, map[string]verdict{}
	for _, d := range r.platforms {
		if v := r.judgeFiles(t, d.texts(t), asOf); v.audited.Profile == rulebook.Essential {
			platforms[d.path], judged[d.path] = d, v
		}
	}
	if len(platforms) == 0 {
		t.Fatal("no platform is judged by the essential profile")
	}
	return r, platforms, judged
}

// The essential profile is worth choosing: a platform is described in little, and
// nothing asks for more.
func TestSmallPlatformIsShort(t *testing.T) {
	const maxLines, maxEvidence = 1500, 70
	_, platforms, judged := small(t)
	for at, d := range platforms {
		lines, evidence := 0, 0
		for name, file := range d.texts(t) {
			switch {
			case strings.HasPrefix(name, path.Join(at, "evidence")+"/"):
				evidence++
			case strings.HasSuffix(name, ".yaml"):
				lines += bytes.Count(file.Data, []byte("\n"))
			}
		}
		if lines > maxLines || evidence > maxEvidence {
			t.Errorf("%s has %d lines and %d pieces of evidence, at most %d and %d", at, lines, evidence, maxLines, maxEvidence)
		}
		for _, f := range judged[at].audited.Findings {
			if strings.HasPrefix(f.Check, "schema.") || strings.HasPrefix(f.Check, "fact.") {
				t.Errorf("%s:%d asks for more: %s", f.Location.Path, f.Location.Line, f.Message.EN)
			}
		}
	}
}

// Nothing is stated there that nobody judges: each fact is read by a check of the
// profile that applies, or the schema requires it of what is. Evidence and names
// for readers are welcome beside them.
func TestSmallPlatformStatesOnlyWhatIsJudged(t *testing.T) {
	r, platforms, judged := small(t)
	for at, d := range platforms {
		read := map[string]bool{}
		for _, c := range judged[at].audited.Checks {
			for _, place := range c.Rule.Fields() {
				// Whether a check applies is decided by the header alone.
				if c.Unjudged.IsZero() && (c.Applies || strings.HasPrefix(place, rulebook.HeaderTopic+".")) {
					read[place] = true
				}
			}
		}
		for _, s := range r.book.Schemas.Topics() {
			welcome := map[*document.Value]bool{}
			kinds := map[*document.Value]*schema.Type{}
			s.Walk(d.topics[s.Name], func(kind *schema.Type, v *document.Value) {
				kinds[v] = kind
				if v.Parent == nil || v.Parent.Kind == document.List {
					welcome[v] = welcome[v.Parent]
					return
				}
				field := kinds[v.Parent].Field(v.Key())
				welcome[v] = welcome[v.Parent] || kind.Kind == schema.Evidence || v.Key() == "title" || v.Key() == "name"
				if !welcome[v] && !field.Required && !read[kind.Name] {
					t.Errorf("%s:%d: %s is read by no check", path.Join(at, s.Name+".yaml"), v.Start().Line, kind.Name)
				}
			})
		}
	}
}

// The described platforms comply, and each shows another grade.
func TestSamplesDifferInGrade(t *testing.T) {
	r := openRepo(t)
	grades := map[int]string{}
	for _, d := range r.platforms {
		v := r.judgeFiles(t, d.texts(t), asOf)
		if other, taken := grades[v.grade]; taken || !v.compliant {
			t.Errorf("%s is compliant: %t, and has the grade of %q", d.path, v.compliant, other)
		}
		grades[v.grade] = d.path
	}
}
