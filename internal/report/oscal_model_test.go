package report

import (
	"encoding/json"
	"reflect"
	"testing"

	"hegui/internal/jsontext"
)

// What is written piece by piece is what the tags say, of a result that has all of it and
// of one that has nothing.
func TestOSCALResultIsWrittenAsTagged(t *testing.T) {
	var full oscalResult
	of := reflect.ValueOf(&full).Elem()
	for i := range of.NumField() {
		switch field := of.Field(i); field.Kind() {
		case reflect.String:
			field.SetString(of.Type().Field(i).Name)
		case reflect.Slice:
			field.Set(reflect.MakeSlice(field.Type(), 2, 2))
		}
	}
	for _, r := range []oscalResult{full, {}} {
		want, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var w jsontext.Writer
		r.write(&w)
		if got, err := w.Bytes(); err != nil || string(got) != string(want) {
			t.Errorf("written %s, %v\ntagged %s", got, err, want)
		}
	}
}
