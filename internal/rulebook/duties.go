package rulebook

import (
	"slices"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// ClauseDuty is one thing that a clause asks for, in our own words, with the checks
// that hold platforms to it.
type ClauseDuty struct {
	Text lang.Text
	// Checks are ids, each of a check that cites the clause.
	Checks []string
	// Reason says why no check, or none that counts, holds platforms to it; zero
	// where nothing is to be said.
	Reason lang.Text
	Pos    document.Pos
}

// duties reads what each clause asks for, if the rulebook says so: then every
// clause has a duty, every duty checks or a reason, and every check stands under
// a duty of the clause that it counts for.
func (l *loader) duties() {
	if !exists(l.tree, DutiesFile) {
		return
	}
	doc := l.file(DutiesFile, "duties")
	if doc == nil {
		return
	}
	before := len(l.defects)
	for _, v := range items(doc.Root, "duties") {
		l.duty(doc, v)
	}
	if len(l.defects) > before {
		return // what nobody stands under may stand there under a misspelt name
	}
	for _, clause := range l.book.Regulation.Clauses {
		if len(clause.Duties) == 0 {
			l.fail(RegulationFile, clause.Pos, lang.Say("%[2]s 没有写条款 %[1]s 要求什么", "%[2]s says nothing of what clause %[1]s asks for", clause.ID, DutiesFile))
		}
	}
	for _, check := range l.book.Checks {
		home := l.book.clauses[check.Clauses[0]]
		if !slices.ContainsFunc(home.Duties, func(d ClauseDuty) bool { return slices.Contains(d.Checks, check.ID) }) {
			l.fail(check.Path, check.Pos, lang.Say("检查项 %[1]s 不在条款 %[2]s 的任何一项要求之下：写进 %[3]s，或换一个条款", "check %[1]s stands under no duty of clause %[2]s: write it into %[3]s, or cite another clause first", check.ID, home.ID, DutiesFile))
		}
	}
}

func (l *loader) duty(doc *document.Document, v *document.Value) {
	d := ClauseDuty{Text: bilingual(v, "duty"), Checks: strs(v, "checks"), Reason: bilingual(v, "reason"), Pos: v.Start()}
	id := str(v, "clause")
	clause := l.book.clauses[id]
	if clause == nil {
		l.noClause(doc, v.Get("clause").Start(), id)
		return
	}
	if len(d.Checks) == 0 && d.Reason.IsZero() {
		l.fail(doc.Path, v.Start(), lang.Say("这项要求没有检查项：写 checks，或用 reason 写明为什么没有", "the duty has no check: state checks, or the reason for having none"))
	}
	for i, check := range d.Checks {
		at := items(v, "checks")[i]
		switch found := l.book.byID[check]; {
		case found == nil:
			l.noCheck(doc, at)
		case !slices.Contains(found.Clauses, id):
			l.fail(doc.Path, at.Start(), lang.Say("检查项 %s 没有引用条款 %s：写进它的 clauses，或从这里删去", "check %s does not cite clause %s: add it to its clauses, or leave the check out here", check, id))
		}
	}
	clause.Duties = append(clause.Duties, d)
}
