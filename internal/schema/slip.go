package schema

import "hegui/internal/finding"

// slipped says of values that only look wrong what is wrong with their looks: a
// list with a word processor's dashes is no text of the wrong type.
func slipped(all []Violation) []Violation {
	for i := range all {
		v := &all[i]
		if !ofForm(v.Keyword) {
			continue
		}
		p, layout := v.At.Slip()
		if p == nil || layout != (v.Keyword == "type") || v.Edit != nil && !layout {
			continue
		}
		v.Edit = nil
		v.Start, v.End = p.Start, p.End
		if v.Hidden == v.Message {
			v.Hidden, v.Remedy = p.Message, p.Remedy // else they might quote what is sensitive
		}
		v.Message = p.Message
		if p.Edit != nil {
			v.Edit = finding.Write(p.Edit.Start, p.Edit.End, p.Edit.Text)
		}
	}
	return all
}

// ofForm reports a keyword that says how a value is written.
func ofForm(keyword string) bool {
	switch keyword {
	case "type", "format", "pattern", "enum", "const", "anyOf", "oneOf":
		return true
	}
	return false
}
