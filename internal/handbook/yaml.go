package handbook

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"hegui/internal/document"
)

// yaml writes values as a person would. Without the functions it writes all
// of a value.
type yaml struct {
	// shown selects the children of a value that are written; a run of others is
	// "# …", except at the root.
	shown func(*document.Value) bool
	// note is a comment on a value's first line, empty for most.
	note func(*document.Value) string
}

// lines are the lines of a value in block style.
func (y yaml) lines(v *document.Value) []string {
	switch {
	case v.Kind == document.Map && len(v.Fields()) > 0:
		return y.fields(v)
	case v.Kind == document.List && len(v.Items()) > 0:
		return y.items(v)
	}
	return scalar(v)
}

func (y yaml) fields(v *document.Value) []string {
	var out []string
	left := false
	for _, field := range v.Fields() {
		if !y.shows(field.Value) {
			out, left = leaveOut(out, left, v)
			continue
		}
		left = false
		key := keyText(field.Key) + ":"
		lines := y.lines(field.Value)
		if len(lines) == 1 && !nested(field.Value) {
			out = append(out, key+" "+lines[0]+y.comment(field.Value))
			continue
		}
		if multiline(field.Value) {
			key, lines = key+" "+lines[0], lines[1:]
		}
		out = append(out, key+y.comment(field.Value))
		out = append(out, indent(lines)...)
	}
	return out
}

func (y yaml) items(v *document.Value) []string {
	var out []string
	left := false
	for _, item := range v.Items() {
		if !y.shows(item) {
			out, left = leaveOut(out, left, v)
			continue
		}
		left = false
		for i, line := range y.lines(item) {
			switch i {
			case 0:
				out = append(out, "- "+line+y.comment(item))
			default:
				out = append(out, "  "+line)
			}
		}
	}
	return out
}

func leaveOut(lines []string, already bool, in *document.Value) ([]string, bool) {
	if already || in.Parent == nil {
		return lines, already
	}
	return append(lines, "# …"), true
}

func (y yaml) shows(v *document.Value) bool { return y.shown == nil || y.shown(v) }

func (y yaml) comment(v *document.Value) string {
	if y.note == nil || y.note(v) == "" {
		return ""
	}
	return "  # " + y.note(v)
}

func indent(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = "  " + line
	}
	return out
}

// nested reports whether a value takes lines of its own.
func nested(v *document.Value) bool {
	return v.Kind == document.Map && len(v.Fields()) > 0 || v.Kind == document.List && len(v.Items()) > 0
}

func multiline(v *document.Value) bool {
	return v.Kind == document.String && literal(v.Text)
}

// literal reports whether a text can be written as a literal block that says
// exactly the same.
func literal(s string) bool {
	if !strings.Contains(s, "\n") || strings.HasPrefix(s, " ") || strings.HasPrefix(s, "\n") || strings.HasSuffix(s, "\n") {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
}

func scalar(v *document.Value) []string {
	switch v.Kind {
	case document.Map:
		return []string{"{}"}
	case document.List:
		return []string{"[]"}
	case document.Null:
		return []string{"null"}
	case document.String:
		if literal(v.Text) {
			return append([]string{"|-"}, strings.Split(v.Text, "\n")...)
		}
		if !plain(v.Text) {
			return []string{strconv.Quote(v.Text)}
		}
	}
	return []string{v.Text}
}

func keyText(key string) string {
	if plain(key) {
		return key
	}
	return strconv.Quote(key)
}

// plain reports whether a text may stand without quotes and still be that
// text. In doubt it is quoted.
func plain(s string) bool {
	if s == "" || strings.TrimSpace(s) != s || strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") {
		return false
	}
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) || strings.ContainsAny(s[:1], "-?:,[]{}#&*!|>'\"%@`=<~") {
		return false
	}
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return false
	}
	if _, err := time.Parse(time.DateOnly, s); err == nil {
		return true
	}
	// Whatever is made of the characters of numbers may be one to some parser.
	return !strings.ContainsAny(s[:1], "0123456789+.") || strings.Trim(s, "0123456789+-._:eExXoOaAbBcCdDfFiInNTZ") != ""
}

// text is a value that no file holds.
func text(s string) *document.Value { return document.NewText(s) }
