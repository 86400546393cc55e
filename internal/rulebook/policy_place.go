package rulebook

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
)

// PolicyAt is where the policy states something, by its keys with dots between; where it
// states nothing of that, what is nearest above, and the whole file for a rulebook that
// was not read from one.
func (r *Rulebook) PolicyAt(key string) finding.Location {
	if r.policy == nil || r.policy.Root == nil {
		return finding.WholeFile(PolicyFile)
	}
	at := finding.WholeFile(PolicyFile)
	for v := r.policy.Root; key != ""; {
		if i := slices.IndexFunc(v.Items(), func(item *document.Value) bool { return item.TextAt("id") == key }); i >= 0 {
			return finding.At(v.Items()[i])
		}
		name, rest := key, ""
		if v.Field(name) == nil { // the numbers of clauses have dots too
			name, rest, _ = strings.Cut(key, ".")
		}
		field := v.Field(name)
		if field == nil {
			break
		}
		at = finding.Near(field.Value, field.KeyStart(), field.KeyEnd())
		v, key = field.Value, rest
	}
	return at
}

// Named is a platform as policy may mean it.
type Named struct{ ID, Code string }

// Nobody looks up the platforms that the policy gives a profile of their own among those
// there are: one that it writes wrongly would be judged by another, without a word. A name
// that none is near is one to come, or gone, and is only told of.
func (r *Rulebook) Nobody(all []Named) (defects finding.Defects, notes []lang.Text) {
	p := r.Policy.Profiles
	var codes []string
	for _, one := range all {
		codes = append(codes, one.Code)
	}
	free := slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return code == "" || p.Platforms[code] != "" })
	if r.policy == nil {
		return nil, nil
	}
	for _, field := range fields(r.policy.Root.Get("profiles"), "platforms") {
		if slices.Contains(codes, field.Key) {
			continue
		}
		meant := near.Word(field.Key, free)
		if i := slices.IndexFunc(all, func(one Named) bool { return one.ID == field.Key && slices.Contains(free, one.Code) }); i >= 0 {
			meant = all[i].Code
		}
		message := lang.Say("没有代号是 %s 的平台，给它定的口径没有用上", "no platform has the code %s: the profile that it is given is not used", document.Quote(field.Key))
		if meant == "" || slices.Contains(codes, "") { // it may be the code that cannot be read
			at := field.KeyStart()
			notes = append(notes, lang.Say("%s:%d:%d %s；代号写在 platform.yaml 的 code；要等它有了才用得上，不再要的删去", "%s:%d:%d: %s; the code is that in platform.yaml; keep it for a platform that is to come, else delete it", PolicyFile, at.Line, at.Column, message))
			continue
		}
		defects = append(defects, finding.Defect{Path: PolicyFile, Line: field.KeyStart().Line, Column: field.KeyStart().Column,
			Message: lang.Say("%[1]s：是不是 %[2]s？若是以后的平台，先给 %[2]s 也单写一行", "%[1]s: did you mean %[2]s? If it is a platform to come, give %[2]s a line of its own as well", message, meant)})
	}
	return defects, notes
}
