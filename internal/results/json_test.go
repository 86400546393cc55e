package results_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/jsontext"
	"hegui/internal/results"
	"hegui/internal/trial"
)

// fill gives every field that JSON has a value by chance, none among them.
func fill(v reflect.Value, random *rand.Rand) {
	none := random.IntN(4) == 0
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.Anonymous && field.Type.Kind() == reflect.Pointer && v.Field(i).IsNil() { // what a check is of it always has
				v.Field(i).Set(reflect.New(field.Type.Elem()))
				fill(v.Field(i).Elem(), random)
			} else if field.IsExported() && field.Tag.Get("json") != "-" {
				fill(v.Field(i), random)
			}
		}
	case reflect.Pointer:
		if !none {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), random)
		}
	case reflect.Slice:
		if none {
			v.SetZero()
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), random.IntN(3), 3))
		for i := range v.Len() {
			fill(v.Index(i), random)
		}
	case reflect.Map:
	case reflect.String:
		words := []string{"", "a<b>&\"\\", "中文、\n", "\u2028\x00\xff", "x"}
		if v.Type() == reflect.TypeFor[results.Number]() {
			words = []string{"", "1.0", "-0.3333"}
		}
		v.SetString(words[random.IntN(len(words))])
	case reflect.Bool:
		v.SetBool(random.IntN(2) == 0)
	case reflect.Uint8:
		v.SetUint(uint64(random.IntN(1 + int(finding.Blocker))))
	default:
		v.SetInt(random.Int64N(5))
	}
}

func tagged(t *testing.T, v any) []byte {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func encoded(write func(*jsontext.Writer)) ([]byte, error) {
	var w jsontext.Writer
	write(&w)
	return w.Bytes()
}

// Whatever a platform has, its line is what encoding/json makes of its tags.
func TestPlatformsAreWrittenAsTheTagsSay(t *testing.T) {
	random := trial.Random(t)
	for range trial.Tries(t, 200) {
		line := results.Line{Platform: &results.Platform{}}
		fill(reflect.ValueOf(&line).Elem(), random)
		if line.Platform == nil { // by chance
			line.Platform = &results.Platform{}
		}
		if got, err := encoded(line.WriteJSON); err != nil || !bytes.Equal(got, tagged(t, line)) {
			t.Fatalf("%v\n%s\nwant\n%s", err, got, tagged(t, line))
		}
		if got, err := encoded(line.Platform.WriteJSON); err != nil || !bytes.Equal(append(got, '\n'), tagged(t, line.Platform)) {
			t.Fatalf("%v\n%s\nwant\n%s", err, got, tagged(t, line.Platform))
		}
	}
}

// Clauses and checks write themselves, whatever their tags say: but for what a reader
// puts back nothing of them is left out or written otherwise.
func TestClausesAndChecksAreWrittenWhole(t *testing.T) {
	type clause results.Clause // with the tags alone
	type check results.Check
	random := trial.Random(t)
	for range trial.Tries(t, 200) {
		var c results.Clause
		var k results.Check
		fill(reflect.ValueOf(&c).Elem(), random)
		fill(reflect.ValueOf(&k).Elem(), random)
		for _, pair := range [][2]map[string]json.RawMessage{
			{members(t, c, "home"), members(t, clause(c), "home")},
			{members(t, k, "title", "effort", "limits", "basis"), members(t, check(k), "title", "effort", "limits", "basis")},
		} {
			if got, want := pair[0], pair[1]; !reflect.DeepEqual(got, want) {
				t.Fatalf("%s\nwant\n%s", got, want)
			}
		}
	}
}

// members are those of an object in JSON, without some.
func members(t *testing.T, v any, without ...string) map[string]json.RawMessage {
	t.Helper()
	var all map[string]json.RawMessage
	if err := json.Unmarshal(tagged(t, v), &all); err != nil {
		t.Fatal(err)
	}
	for _, name := range without {
		delete(all, name)
	}
	return all
}

// The digest on a printed sheet is that of the line as the reports write it, however long.
func TestDigestIsOfTheLine(t *testing.T) {
	for _, length := range []int{0, 100_000} {
		line := new(results.Results).Line(&results.Platform{ID: strings.Repeat("x", length)})
		var w jsontext.Writer
		line.WriteJSON(&w)
		text, err := w.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := line.Digest(); got != fmt.Sprintf("%x", sha256.Sum256(text)) || err != nil {
			t.Errorf("%d: %s, %v", length, got, err)
		}
	}
}
