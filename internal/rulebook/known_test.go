package rulebook_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

var update = flag.Bool("update", false, "write known.bin anew")

// What the binary remembers of its rulebook is what reading it in full gives
// today, byte for byte.
func TestKnownIsFresh(t *testing.T) {
	fresh, err := rulebook.Known(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := rulebook.Known(source.FromFS(hegui.Rulebook)); err != nil || !bytes.Equal(again, fresh) {
		t.Fatalf("the same files give other bytes (%v)", err)
	}
	if *update {
		if err := os.WriteFile("known.bin", fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	stored, err := os.ReadFile("known.bin")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stored, fresh) {
		t.Error("known.bin is not of these schemas and checks: run make known")
	}
}

// A rulebook of the built-in files and others than known is read in full where
// it differs, and where what it rests on does: nothing that is remembered hides
// a defect, moves its place or changes a verdict.
func TestKnownHidesNothing(t *testing.T) {
	builtin := builtinFiles(t)
	id := "backups.offsite-copy"
	check := builtin.load(t).Check(id)
	if check == nil {
		t.Fatalf("there is no check %s to break", id)
	}
	for _, c := range []struct {
		name, file, old, text, at, want string
	}{
		{"a misspelt field", "checks/backups.yaml", check.Assert, check.Assert + " && platform.mlps_lvl > 0", "checks/backups.yaml", "mlps_lvl"},
		{"a field that is gone from its schema", "schemas/platform.schema.json", `"mlps_level": {`, `"mlps_grade": {`, "schemas/platform.schema.json", "mlps_level"},
		{"a clause that is gone", "checks/regulation.yaml", `id: "` + check.Clauses[0] + `"`, `id: "9.9.9"`, "checks/regulation.yaml", "9.9.9"},
		{"a keyword that the schemas do not know", "checks/backups.yaml", "as_of:", "nonsense: 1\nas_of:", "checks/backups.yaml", "nonsense"},
	} {
		changed := strings.Replace(string(builtin[c.file].Data), c.old, c.text, 1)
		if changed == string(builtin[c.file].Data) {
			t.Fatalf("%s: %q does not stand in %s", c.name, c.old, c.file)
		}
		defects := builtin.with(c.file, changed).defects(t)
		if len(defects) == 0 || defects[0].Path != c.at || !strings.Contains(defects.Error(), c.want) {
			t.Errorf("%s: %v", c.name, defects)
		}
	}
}

// A limit of another kind has the name of the known one, and must not get its
// expression.
func TestKnownLimitOfAnotherKind(t *testing.T) {
	builtin := builtinFiles(t)
	for _, check := range builtin.load(t).Checks {
		if len(check.Limits) == 0 || !strings.HasPrefix(check.Limits[0].Values[0].Value, "P") || len(check.Limits[0].Values) > 1 {
			continue
		}
		_, after, _ := strings.Cut(string(builtin[check.Path].Data), "id: "+check.ID+"\n")
		own, _, _ := strings.Cut(after, "examples:")
		changed := strings.Replace(own, "value: "+check.Limits[0].Values[0].Value, "value: 7", 1)
		if changed == own {
			continue
		}
		defects := builtin.with(check.Path, strings.Replace(string(builtin[check.Path].Data), own, changed, 1)).defects(t)
		if !strings.Contains(defects.Error(), "overload") {
			t.Errorf("%s takes the number 7 for a period: %v", check.ID, defects)
		}
		return
	}
	t.Fatal("no check has a period as its only limit")
}

// What is remembered and what is read in full judge every example alike.
func TestKnownJudgesAlike(t *testing.T) {
	builtin := builtinFiles(t)
	quick := builtin.load(t)
	slow := builtin.with("schemas/waivers.schema.json", string(builtin["schemas/waivers.schema.json"].Data)+"\n").load(t)
	if len(quick.Checks) != len(slow.Checks) || quick.Digest == slow.Digest {
		t.Fatalf("%d and %d checks", len(quick.Checks), len(slow.Checks))
	}
	for i, q := range quick.Checks {
		s := slow.Checks[i]
		if got, want := plain(q), plain(s); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is remembered as\n%+v, read as\n%+v", s.ID, got, want)
		}
		if !slices.Equal(q.Topics(), s.Topics()) || len(q.Examples()) != len(s.Examples()) || q.Suite().AsOf != s.Suite().AsOf {
			t.Errorf("%s reads other topics or has other examples", s.ID)
		}
		for j, e := range s.Examples() {
			_, got, errQ := quick.Show(q, q.Examples()[j])
			_, want, errS := slow.Show(s, e)
			if errQ != nil || errS != nil || verdict(got) != verdict(want) {
				t.Errorf("%s, example %d: %s, read in full: %s (%v, %v)", s.ID, j, verdict(got), verdict(want), errQ, errS)
			}
		}
	}
}

// plain is a check without what cannot be compared.
func plain(c *rulebook.Check) string {
	return fmt.Sprintf("%+v", []any{c.ID, c.Topic, c.Clauses, c.Severity, c.Basis, c.Title, c.Rationale, c.Remedy, c.Effort, c.Weight, c.Waivable,
		levels(c), c.When, c.Assert, c.At, c.Each, c.Message, c.Path, c.Pos, c.Overlay})
}

func levels(c *rulebook.Check) (out []string) {
	for _, rule := range c.Limits {
		for i, limit := range rule.Values {
			out = append(out, fmt.Sprint(rule.Name, rule.Levels[i], limit.Value, limit.Basis))
		}
	}
	return out
}

func verdict(j rulebook.Judgement) string {
	text := fmt.Sprint(j.Applies, j.TooCostly, j.Flips)
	for _, item := range j.Items {
		text += fmt.Sprint(" ", item.Keys, item.Outcome, item.Message, item.Place.Pointer())
	}
	return text
}

func builtinFiles(t testing.TB) files {
	t.Helper()
	f := files{}
	for _, dir := range []string{"schemas", "checks", "checks/overlays"} {
		entries, err := hegui.Rulebook.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if entry.IsDir() {
				continue
			}
			data, err := hegui.Rulebook.ReadFile(dir + "/" + entry.Name())
			if err != nil {
				t.Fatal(err)
			}
			f[dir+"/"+entry.Name()] = &fstest.MapFile{Data: data}
		}
	}
	return f
}
