package results_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"hegui/internal/jsontext"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
)

func join(data []byte) (*results.Joined, error) {
	return results.Join([]results.PartFile{{Name: "part.jsonl", ReaderAt: bytes.NewReader(data), Size: int64(len(data))}})
}

// older is what a line of 2.0 says of checks and clauses, and later ones do not.
type older struct {
	Checks []struct {
		ID, Effort string
		Title      lang.Text
		Limits     []rulebook.Limit
		Basis      rulebook.Basis
	}
	Clauses []struct{ Home []string }
}

// A part of 2.0 is read, with all that 2.0 says of every platform, and written as one of
// this version, whose rulebook says it.
func TestPartsOfTheVersionBeforeAreRead(t *testing.T) {
	data, err := os.ReadFile("testdata/part-2.0.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	j, err := join(data)
	if err != nil {
		t.Fatal(err)
	}
	var was older
	if err := json.Unmarshal(bytes.Split(data, []byte("\n"))[1], &was); err != nil || len(was.Checks) < 5 || len(was.Clauses) < 3 {
		t.Fatalf("%v: %+v", err, was)
	}
	run := j.Results()
	if run.SchemaVersion != results.SchemaVersion || len(run.Rulebook.Checks) != len(was.Checks) {
		t.Errorf("version %s with %d checks, want %s with %d", run.SchemaVersion, len(run.Rulebook.Checks), results.SchemaVersion, len(was.Checks))
	}
	var is results.Platform
	if err := j.Each(t.Context(), 1, func(p results.Platform) { is = p }); err != nil {
		t.Fatal(err)
	}
	for i, want := range was.Checks {
		got := is.Checks[i]
		if rule := run.Rulebook.Checks[i]; rule != (results.CheckRule{ID: want.ID, Title: want.Title, Effort: want.Effort}) {
			t.Errorf("the rulebook says %+v of %+v", rule, want)
		}
		if got.ID != want.ID || got.Title != want.Title || got.Effort != want.Effort || !got.Basis.Equal(want.Basis) || !reflect.DeepEqual(got.Limits, want.Limits) {
			t.Errorf("%+v, want %+v", got.Demand, want)
		}
	}
	for i, want := range was.Clauses {
		if !reflect.DeepEqual(is.Clauses[i].Home, want.Home) {
			t.Errorf("clause %s: home %v, want %v", is.Clauses[i].ID, is.Clauses[i].Home, want.Home)
		}
	}
	var w jsontext.Writer
	is.WriteJSON(&w)
	if text, err := w.Bytes(); err != nil || bytes.Contains(text, []byte(`"home"`)) || bytes.Contains(text, []byte(`"effort":"medium"`)) {
		t.Errorf("%v: what 2.0 says again and again is written again: %s", err, text)
	}
}

// Parts of a version that nobody knows yet are not read as if they were of this.
func TestPartsOfAnotherVersionAreRefused(t *testing.T) {
	data, err := os.ReadFile("testdata/part-2.0.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range []string{"3.1", "4.0", "2.1", "1.0", ""} {
		changed := bytes.Replace(data, []byte(`"schema_version":"2.0"`), []byte(`"schema_version":"`+version+`"`), 1)
		if _, err := join(changed); err == nil || !strings.Contains(err.Error(), `has results of version "`+version+`"`) {
			t.Errorf("%q: %v", version, err)
		}
	}
}
