package rulebook

import (
	"math/big"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// Files are validated before they are decoded, so these helpers do not check
// types; an absent key gives the zero value.

func str(v *document.Value, key string) string {
	if v = v.Get(key); v == nil {
		return ""
	}
	return v.Text
}

func bilingual(v *document.Value, key string) lang.Text {
	v = v.Get(key)
	return lang.Text{ZH: str(v, "zh"), EN: str(v, "en")}
}

func strs(v *document.Value, key string) []string {
	var out []string
	for _, item := range items(v, key) {
		out = append(out, item.Text)
	}
	return out
}

func items(v *document.Value, key string) []*document.Value {
	if v = v.Get(key); v == nil {
		return nil
	}
	return v.Items()
}

// fields are the fields of a map in the file's order.
func fields(v *document.Value, key string) []document.Field {
	if v = v.Get(key); v == nil {
		return nil
	}
	return v.Fields()
}

// rational reads a number exactly as it is written; zero where there is none.
func rational(v *document.Value) *big.Rat {
	r := new(big.Rat)
	if v != nil {
		if _, ok := r.SetString(v.Text); !ok {
			return new(big.Rat)
		}
	}
	return r
}
