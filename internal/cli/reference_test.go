package cli_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
	"hegui/internal/lang"
	"hegui/internal/reference"
)

// understood are the keys of a check that its example leaves out.
func understood() []struct{ key, value string } {
	return []struct{ key, value string }{
		{"clauses", `["3"]`}, {"severity", "{ default: minor }"}, {"title", "{ zh: 例, en: Example }"}, {"rationale", "{ zh: 例, en: Example }"},
		{"remedy", "{ zh: 例, en: Example }"}, {"effort", "small"}, {"basis", "{ default: { source: wifi-rules/3 } }"}, {"message", "{ zh: 例, en: example }"},
		{"examples", "[{ good: {} }, { bad: { at: / } }]"},
	}
}

// checkOf is a whole check of an example.
func checkOf(n int, example string) string {
	lines := strings.Split(strings.TrimSpace(example), "\n")
	var out strings.Builder
	fmt.Fprintf(&out, "  - id: hotspots.example-%d\n", n)
	for _, key := range understood() {
		if !strings.Contains("\n"+example, "\n"+key.key+":") {
			fmt.Fprintf(&out, "    %s: %s\n", key.key, key.value)
		}
	}
	for _, line := range lines {
		fmt.Fprintf(&out, "    %s\n", line)
	}
	return out.String()
}

// demo is the example's repository with one more platform, the baseline.
func demo(t *testing.T) *gittest.Repo {
	t.Helper()
	g := otherRegulation(t)
	for _, topic := range []string{"platform", "hotspots", "users", "complaints"} {
		text := read(t, g.Dir, filepath.Join("checks", "baseline", topic+".yaml"))
		write(t, g.Dir, "platforms/demo/"+topic+".yaml", strings.Replace(text, "code: sample", "code: demo", 1))
	}
	for _, name := range []string{"report", "speed", "notice", "logs"} {
		write(t, g.Dir, "platforms/demo/evidence/"+name+".md", "seen\n")
	}
	return g
}

// Every example of the reference does what the page says.
func TestReferenceExamples(t *testing.T) {
	good, refused := "", map[string]lang.Text{}
	n, ran := 0, 0
	for _, s := range reference.Sections() {
		for _, e := range s.Entries {
			if e.About.ZH == "" || e.About.EN == "" || len(e.Examples) == 0 {
				t.Errorf("%s says too little", e.Name)
			}
			for _, x := range e.Examples {
				n++
				switch {
				case x.Check != "" && x.Says.IsZero():
					good += checkOf(n, x.Check)
				case x.Check != "":
					refused[x.Check] = x.Says
				default:
					ran++
					t.Run(e.Name, func(t *testing.T) { runsExample(t, x) })
				}
			}
		}
	}
	if len(refused) < 15 || strings.Count(good, "assert:") < 35 || ran < 12 {
		t.Fatalf("only %d refusals and %d runs", len(refused), ran)
	}
	g := demo(t)
	const file = "checks/hotspots.yaml"
	before := read(t, g.Dir, file)
	write(t, g.Dir, file, before+good)
	if r := run(t, g.Dir, "test"); r.code != cli.Compliant {
		t.Errorf("what is shown to hold: %s", r.stderr)
	}
	all, from := before, map[string]int{}
	for _, example := range slices.Sorted(maps.Keys(refused)) {
		from[example] = strings.Count(all, "\n")
		all += checkOf(len(from), example)
	}
	write(t, g.Dir, file, all)
	for _, language := range []lang.Language{lang.English, lang.Chinese} {
		r := run(t, g.Dir, "test", "--lang", string(language))
		for example, says := range refused {
			first, last := from[example]+1, from[example]+strings.Count(checkOf(1, example), "\n")
			if !slices.ContainsFunc(strings.Split(r.stderr, "\n"), func(line string) bool {
				var at int
				_, err := fmt.Sscanf(line, file+":%d:", &at)
				return err == nil && first <= at && at <= last && strings.Contains(line, says.In(language))
			}) {
				t.Errorf("not refused with %q:\n%s%s", says.In(language), example, r.stderr)
			}
		}
	}
}

// runsExample writes the example's file and looks for what it says.
func runsExample(t *testing.T, x reference.Example) {
	t.Helper()
	g := demo(t)
	write(t, g.Dir, x.File, x.Text)
	for _, language := range []lang.Language{lang.English, lang.Chinese} {
		args := append(strings.Fields(x.Run), "--lang", string(language))
		if strings.HasPrefix(x.Run, "check") {
			args = append(args, "--as-of", asOf)
		}
		if r := run(t, g.Dir, args...); !strings.Contains(r.stdout+r.stderr, x.Says.In(language)) {
			t.Errorf("%s does not say %q:\n%s%s", strings.Join(args, " "), x.Says.In(language), r.stdout, r.stderr)
		}
	}
}
