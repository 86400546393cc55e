package schema

import (
	"time"

	"hegui/internal/calendar"
	"hegui/internal/document"
)

// formats are those that the validator does not know or reads differently: a
// leap second, say, would pass it and then break the check that reads it.
func formats() map[string]func(*document.Value) bool {
	reads := func(read func(text string) bool) func(*document.Value) bool {
		return func(v *document.Value) bool { return v.Kind != document.String || read(v.Text) }
	}
	return map[string]func(*document.Value) bool{
		"date":      reads(func(text string) bool { return len(text) == len(time.DateOnly) && isDate(text) }),
		"date-time": reads(func(text string) bool { return len(text) > len(time.DateOnly) && isDate(text) }),
		"percent":   isPercent,
		"text":      reads(says),
		"name":      reads(names),
		"reference": reads(refers),
		"duration": reads(func(text string) bool {
			_, err := calendar.ParsePeriod(text)
			return err == nil
		}),
		// The audit checks whether evidence exists.
		"evidence": func(*document.Value) bool { return true },
	}
}

// libraryFormats are the formats as the library asks for them.
func libraryFormats() map[string]func(any) bool {
	out := map[string]func(any) bool{}
	for name, format := range formats() {
		out[name] = func(v any) bool {
			switch v := v.(type) {
			case string:
				return format(document.NewText(v))
			case float64:
				return format(document.NewFloat(v, ""))
			}
			return true // no format is of anything else
		}
	}
	return out
}

// isPercent refuses what can only be a share of 1 that was meant in percent: no
// rate of success lies below one percent.
func isPercent(v *document.Value) bool {
	return v.Kind != document.Float || v.Float() <= 0 || v.Float() >= 1
}

// isDate reports whether a text is a day of the years that descriptions speak of.
func isDate(text string) bool {
	_, err := calendar.ParseDate(text)
	return err == nil && calendar.Sensible(text)
}
