package audit

import (
	"hegui/internal/document"
	"hegui/internal/lang"
)

// Unproved says what is wrong with the evidence that an entry of the supervisors'
// files cites, zero for nothing. It lies in the folder of these files, or below.
func (a *Auditor) Unproved(dir string, entry *document.Value) (message, remedy lang.Text) {
	r := a.begin(Folder{ID: dir, Path: dir})
	r.hashes, r.heavy = true, make(chan struct{}, 1)
	all := []*document.Value{entry.Get("evidence")}
	if list := all[0]; list != nil && list.Kind == document.List {
		all = list.Items()
	}
	for _, v := range all {
		fault, err := "", error(nil)
		switch at := target(v); {
		case v == nil:
		case v.Get("ref") != nil:
			if unheld(v) {
				fault = "unheld"
			}
		case isAddress(at):
			if !reaches(at, r.Rulebook.Policy.OwnHosts) {
				fault = "address"
			}
		default:
			fault, err = r.resolve(at, r.files.find(at), v.TextAt("sha256"))
		}
		if fault != "" {
			return faultText(fault, lang.Same(v.TextAt("sha256")), lang.Same(document.Quote(cited(v))), err), lang.Say("改正凭据：放进 %s/ 并写相对路径，或写 {ref, held_by}", "correct the evidence: put the file into %s/ and give its relative path, or state {ref, held_by}", dir)
		}
	}
	return lang.Text{}, lang.Text{}
}
