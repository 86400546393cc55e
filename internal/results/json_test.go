package results_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
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

// leaves are the values in another one that hold no others.
func leaves(v reflect.Value) (all []reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.Anonymous && field.Type.Kind() == reflect.Pointer {
				all = append(all, leaves(v.Field(i).Elem())...)
			} else if field.IsExported() && field.Tag.Get("json") != "-" {
				all = append(all, leaves(v.Field(i))...)
			}
		}
	case reflect.Slice:
		all = append(all, v)
		for i := range v.Len() {
			all = append(all, leaves(v.Index(i))...)
		}
	default:
		all = append(all, v)
	}
	return all
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

// Whatever a platform has, its line is what encoding/json makes of its tags, and so is
// that of the next one.
func TestEncoderWritesWhatTheTagsSay(t *testing.T) {
	random, encoder := trial.Random(t), &results.Encoder{}
	for range trial.Tries(t, 200) {
		line := results.Line{Platform: &results.Platform{}}
		fill(reflect.ValueOf(&line).Elem(), random)
		if line.Platform == nil { // by chance
			line.Platform = &results.Platform{}
		}
		if got, err := encoded(func(w *jsontext.Writer) { encoder.Line(w, line) }); err != nil || !bytes.Equal(got, tagged(t, line)) {
			t.Fatalf("%v\n%s\nwant\n%s", err, got, tagged(t, line))
		}
		if got, err := encoded(func(w *jsontext.Writer) { encoder.Platform(w, line.Platform) }); err != nil || !bytes.Equal(append(got, '\n'), tagged(t, line.Platform)) {
			t.Fatalf("%v\n%s\nwant\n%s", err, got, tagged(t, line.Platform))
		}
	}
}

// A check that differs from that of the platform before in anything is written as it is.
func TestEncoderTakesNoCheckForAnother(t *testing.T) {
	random, encoder := trial.Random(t), &results.Encoder{}
	for range trial.Tries(t, 50) {
		p := results.Platform{Checks: make([]results.Check, 1)}
		fill(reflect.ValueOf(&p.Checks[0]).Elem(), random)
		for i := range leaves(reflect.ValueOf(p.Checks[0])) {
			var other results.Platform
			if err := json.Unmarshal(tagged(t, &p), &other); err != nil {
				t.Fatal(err)
			}
			fill(leaves(reflect.ValueOf(&other.Checks[0]).Elem())[i], random)
			for _, one := range []*results.Platform{&p, &other} {
				if got, err := encoded(func(w *jsontext.Writer) { encoder.Platform(w, one) }); err != nil || !bytes.Equal(append(got, '\n'), tagged(t, one)) {
					t.Fatalf("%v\n%s\nwant\n%s", err, got, tagged(t, one))
				}
			}
		}
	}
}
