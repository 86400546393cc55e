package rulebook_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// builtinKnown is what go generate writes into known.bin, whether or not it has.
func builtinKnown(t testing.TB) string { return known(t, source.FromFS(hegui.Rulebook)) }

func known(t testing.TB, tree source.Tree) string {
	t.Helper()
	bytes, err := rulebook.Known(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes)
}

func TestKnownIsDeterministic(t *testing.T) {
	if first, second := builtinKnown(t), builtinKnown(t); first != second {
		t.Error("the same files give other bytes")
	}
}

// With a known.bin of this rulebook, of another one, a damaged one, none, and
// the one that this very binary carries or does not, every check reads alike
// and judges its examples alike.
func TestKnownJudgesAlike(t *testing.T) {
	builtin := builtinFiles(t)
	fresh := builtinKnown(t)
	full := builtin.loadKnown(t, "")
	if full.Schemas.Known() {
		t.Fatal("something is known without a known.bin")
	}
	carried := builtin.load(t)
	for _, c := range []struct {
		name string
		book *rulebook.Rulebook
		used bool
	}{
		{"fresh", builtin.loadKnown(t, fresh), true},
		{"carried", carried, carried.Schemas.Known()},
		{"of another rulebook", builtin.loadKnown(t, known(t, tiny(t).tree())), false},
		{"damaged", builtin.loadKnown(t, flip(fresh, len(fresh)/2)), false},
	} {
		if c.book.Schemas.Known() != c.used {
			t.Errorf("%s: used %v, want %v", c.name, !c.used, c.used)
		}
		if c.book.Digest != full.Digest || len(c.book.Checks) != len(full.Checks) {
			t.Fatalf("%s: another rulebook of %d checks", c.name, len(c.book.Checks))
		}
		if !reflect.DeepEqual(c.book.Sources, full.Sources) {
			t.Errorf("%s: other sources", c.name)
		}
		for i, check := range c.book.Checks {
			compare(t, c.name, c.book, check, full, full.Checks[i])
		}
	}
}

func compare(t *testing.T, name string, book *rulebook.Rulebook, got *rulebook.Check, full *rulebook.Rulebook, want *rulebook.Check) {
	t.Helper()
	if got, want := plain(got), plain(want); got != want {
		t.Errorf("%s: remembered as\n%s, read as\n%s", name, got, want)
	}
	if !slices.Equal(got.Topics(), want.Topics()) || len(got.Examples()) != len(want.Examples()) || got.AsOf() != want.AsOf() {
		t.Fatalf("%s: %s reads other topics or has other examples", name, want.ID)
	}
	for i, example := range want.Examples() {
		_, j, err := book.Show(got, got.Examples()[i])
		_, k, errFull := full.Show(want, example)
		if err != nil || errFull != nil || verdict(j) != verdict(k) {
			t.Errorf("%s: %s, example %d: %s, read in full: %s (%v, %v)", name, want.ID, i, verdict(j), verdict(k), err, errFull)
		}
	}
}

// Whatever byte of known.bin is another one, whatever is missing or too much:
// none of it is used.
func TestDamagedKnownIsNotUsed(t *testing.T) {
	good := known(t, tiny(t).tree())
	if !rulebook.Usable(good) {
		t.Fatal("what was written is not used")
	}
	for at := 0; at < len(good); at += 1 + 12*min(1, at/100) { // each of the head, many of what follows
		if rulebook.Usable(flip(good, at)) {
			t.Fatalf("used with another byte at %d of %d", at, len(good))
		}
	}
	for at := 0; at < len(good); at += len(good)/100 + 1 {
		if rulebook.Usable(good[:at]) {
			t.Errorf("used when cut off after %d of %d", at, len(good))
		}
	}
	if rulebook.Usable(good + "\x00") {
		t.Error("used with a byte too much")
	}
}

// What the cache says of the rulebook is what loading it says; of another rulebook it
// says nothing.
func TestKnownIdentity(t *testing.T) {
	fresh, tree := builtinKnown(t), source.FromFS(hegui.Rulebook)
	book, err := rulebook.LoadKnown(tree, "")
	if err != nil {
		t.Fatal(err)
	}
	want := rulebook.Identity{Regulation: book.Regulation.ID, Checks: len(book.Checks), Digest: book.Digest}
	for _, known := range []string{fresh, ""} {
		if got, err := rulebook.IdentifyKnown(tree, known); got != want || err != nil {
			t.Errorf("identity %+v, %v; loaded in full %+v", got, err, want)
		}
	}
	at := "checks/backups.yaml"
	changed := builtinFiles(t)
	changed = changed.with(at, string(changed[at].Data)+"# another file\n")
	if got, err := rulebook.IdentifyKnown(changed.tree(), fresh); got == want || err != nil || got.Checks != want.Checks {
		t.Errorf("a changed rulebook has identity %+v, %v", got, err)
	}
}

func flip(bytes string, at int) string {
	return bytes[:at] + string([]byte{bytes[at] ^ 1}) + bytes[at+1:]
}

// A rulebook of the built-in files and others than known is read in full where
// it differs, and where what it rests on does: nothing that is remembered hides
// a defect, moves its place or changes a verdict.
func TestKnownHidesNothing(t *testing.T) {
	builtin := builtinFiles(t)
	known := builtinKnown(t)
	id := "backups.offsite-copy"
	check := builtin.loadKnown(t, known).Check(id)
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
		defects := builtin.with(c.file, changed).defectsKnown(t, known)
		if len(defects) == 0 || defects[0].Path != c.at || !strings.Contains(defects.Error(), c.want) {
			t.Errorf("%s: %v", c.name, defects)
		}
	}
}

// A limit of another kind has the name of the known one, and must not get its
// expression.
func TestKnownLimitOfAnotherKind(t *testing.T) {
	builtin := builtinFiles(t)
	known := builtinKnown(t)
	for _, check := range builtin.loadKnown(t, known).Checks {
		if len(check.Limits) == 0 || !strings.HasPrefix(check.Limits[0].Values[0].Value, "P") || len(check.Limits[0].Values) > 1 {
			continue
		}
		_, after, _ := strings.Cut(string(builtin[check.Path].Data), "id: "+check.ID+"\n")
		own, _, _ := strings.Cut(after, "examples:")
		changed := strings.Replace(own, "value: "+check.Limits[0].Values[0].Value, "value: 7", 1)
		if changed == own {
			continue
		}
		defects := builtin.with(check.Path, strings.Replace(string(builtin[check.Path].Data), own, changed, 1)).defectsKnown(t, known)
		if !strings.Contains(defects.Error(), "does not take a date") {
			t.Errorf("%s takes the number 7 for a period: %v", check.ID, defects)
		}
		return
	}
	t.Fatal("no check has a period as its only limit")
}

// plain is a check without what cannot be compared.
func plain(c *rulebook.Check) string {
	// Where an article lies in memory is nothing that a check says.
	return regexp.MustCompile("0x[0-9a-f]+").ReplaceAllString(fmt.Sprintf("%+v", []any{c.ID, c.Topic, c.Clauses, c.Severity, c.Basis, c.Title, c.Rationale, c.Remedy, c.Effort, c.Weight, c.Supersedes, c.Waivable,
		levels(c), c.When, c.Assert, c.At, c.Each, c.Message, c.Path, c.Pos, c.Overlay}), "")
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
	for _, dir := range []string{"schemas", "checks", "checks/overlays", rulebook.BaselineDir} {
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
