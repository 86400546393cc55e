package rulebook

import (
	"maps"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
)

// Retired is the id of a check that no longer exists.
type Retired struct {
	ID string
	// Successor is the id of what took its place, empty for nothing.
	Successor string
	// Since is the first day without the check, YYYY-MM-DD.
	Since  string
	Reason lang.Text // zero where none is stated
	Pos    document.Pos
}

// Retired returns the retired id, nil where it is not one.
func (r *Rulebook) Retired(id string) *Retired { return r.retired[id] }

// Current is the id that stands for an id today: its successor's where it is
// retired and has one, else the id itself.
func (r *Rulebook) Current(id string) string {
	at := id
	for r.retired[at] != nil {
		if at = r.retired[at].Successor; at == "" {
			return id
		}
	}
	return at
}

// Gone says that an id is retired and nothing took its place.
func (t *Retired) Gone() lang.Text {
	gone := lang.Say("检查项 %s 自 %s 停用，没有接替的检查项", "check %s is retired since %s and has no successor", document.Quote(t.ID), t.Since)
	if !t.Reason.IsZero() {
		gone = lang.Say("%s：%s", "%s: %s", gone, t.Reason)
	}
	return gone
}

// readRetired reads the retired ids, if there are any.
func (l *loader) readRetired() {
	l.book.retired = map[string]*Retired{}
	if !exists(l.tree, RetiredFile) {
		return
	}
	doc := l.file(RetiredFile, "retired")
	if doc == nil {
		return
	}
	for _, v := range items(doc.Root, "retired") {
		l.book.retired[str(v, "id")] = &Retired{ID: str(v, "id"), Successor: str(v, "successor"), Since: str(v, "since"), Reason: bilingual(v, "reason"), Pos: v.Get("id").Start()}
	}
}

// retirements checks retired ids against the checks: none is in use again, and each
// succession ends at a check or at nothing.
func (l *loader) retirements() {
	for _, check := range l.book.Checks {
		if t := l.book.retired[check.ID]; t != nil {
			l.fail(check.Path, check.Pos, lang.Say("编号 %s 自 %s 停用，不再使用：换一个编号", "id %s is retired since %s and never used again: choose another", check.ID, t.Since))
		}
	}
	for _, t := range l.book.retired {
		l.succession(t)
	}
	for _, check := range l.book.Checks {
		if id := check.Supersedes; id != "" && (id == check.ID || l.book.byID[id] == nil) {
			l.fail(check.Path, check.Pos, lang.Say("检查项 %s 的 supersedes 要写另一个检查项的编号，不是 %q", "check %s supersedes another check, not %q", check.ID, id))
		}
	}
}

func (l *loader) succession(t *Retired) {
	passed := []string{t.ID}
	for at := t; at.Successor != ""; {
		next := l.book.retired[at.Successor]
		switch {
		case slices.Contains(passed, at.Successor):
			l.fail(RetiredFile, t.Pos, lang.Say("编号 %s 的接替绕回 %s：写明现在的检查项，或不写 successor", "the successors of %s lead back to %s: name the check that there is, or leave out successor", t.ID, at.Successor))
			return
		case next == nil && l.book.byID[at.Successor] == nil:
			if at == t {
				l.fail(RetiredFile, t.Pos, lang.Say("编号 %s 的接替 %s 不存在：写现有的检查项，或不写 successor", "the successor %[2]s of %[1]s does not exist: name a check that does, or leave out successor", t.ID, document.Quote(at.Successor)))
			}
			return
		case next == nil:
			return
		}
		passed, at = append(passed, at.Successor), next
	}
}

// noCheck refuses a reference to a check that there is none of, with what has
// become of it where that is known.
func (l *loader) noCheck(doc *document.Document, v *document.Value) {
	if topic, _, _ := strings.Cut(v.Text, "."); l.unread(topic) {
		return
	}
	message := lang.Say("没有检查项 %s", "there is no check %s", document.Quote(v.Text))
	if meant := near.ID(v.Text, slices.Sorted(maps.Keys(l.book.byID))); meant != "" {
		message = lang.Say("没有检查项 %s：是不是 %s？", "there is no check %s: did you mean %s?", document.Quote(v.Text), meant)
	}
	if t := l.book.retired[v.Text]; t != nil {
		if message = t.Gone(); l.book.Current(v.Text) != v.Text {
			message = lang.Say("检查项 %s 自 %s 停用：改写 %s", "check %s is retired since %s: write %s", document.Quote(v.Text), t.Since, l.book.Current(v.Text))
		}
	}
	l.fail(doc.Path, v.Start(), message)
}
