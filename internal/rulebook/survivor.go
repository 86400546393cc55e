package rulebook

import (
	"hegui/internal/document"
	"hegui/internal/lang"
)

// Survivor is a mutant that a reviewer accepted: no check has to notice it, for
// the reason given.
type Survivor struct {
	// Place is the dotted path of the fact in the schemas, Operator what the
	// mutation did to it.
	Place, Operator string
	Reason          lang.Text
	Pos             document.Pos
}

// survivors reads the reviewed list, which is optional.
func (l *loader) survivors() {
	if !exists(l.tree, SurvivorsFile) {
		return
	}
	doc := l.file(SurvivorsFile, "survivors")
	if doc == nil {
		return
	}
	for _, v := range items(doc.Root, "survivors") {
		for _, operator := range strs(v, "operators") {
			l.book.Survivors = append(l.book.Survivors, Survivor{Place: str(v, "place"), Operator: operator, Reason: bilingual(v, "reason"), Pos: v.Start()})
		}
	}
}
