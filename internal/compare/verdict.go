package compare

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/score"
	"hegui/internal/term"
)

// verdicts reports what an assessor has said and head no longer says. Base's
// rejections count under the gate all the same, but after the merge they would be
// gone. And what confirms the platform once merged is said by whoever writes it.
func (s *scoping) verdicts() {
	was, is := s.p.Before.Documents[audit.VerdictsFile], s.p.After.Documents[audit.VerdictsFile]
	s.confirmed(was, is)
	if was == nil {
		return
	}
	if was.Root == nil {
		if !was.Same(is) {
			s.lift(lang.Open(lang.Say("基线的 %s 读不了，里面的结论无从比较", "%s of the baseline cannot be read: no verdict in it can be compared", verdictsFile)), verdictsFile, verdictsFile, nil)
		}
		return
	}
	var root *document.Value
	if is != nil {
		root = is.Root
	}
	for _, name := range []string{audit.VerdictsFile, "clauses"} {
		stood, stated := was.Root.ListAt(name), root.ListAt(name)
		// What stood there before has replaced nothing.
		added := slices.DeleteFunc(slices.Clone(stated), func(v *document.Value) bool { return amongst(stood, v) })
		for _, v := range stood {
			if !amongst(stated, v) {
				s.restated(v, added)
			}
		}
	}
}

// confirmed reports verdicts that the change adds and that ask for nothing, in one entry:
// the gate does not count them, but everything after the merge does.
func (s *scoping) confirmed(was, is *document.Document) {
	if is == nil || is.Root == nil {
		return
	}
	var stood *document.Value
	if was != nil {
		stood = was.Root
	}
	c := ScopeChange{Kind: verdictLifted, Subject: "added", mild: true,
		Remedy: lang.Say("确认是评估人员作出的，不是平台自己写的", "make sure that an assessor gave them, and not the platform itself")}
	var names, hidden []string
	for _, name := range []string{audit.VerdictsFile, "clauses"} {
		old, stated := stood.ListAt(name), is.Root.ListAt(name)
		for _, v := range stated {
			replaces := func(o *document.Value) bool { return s.aboutOf(o) == s.aboutOf(v) && !amongst(stated, o) }
			if !confirms(v) || amongst(old, v) || slices.ContainsFunc(old, replaces) {
				continue
			}
			if len(names) == 0 {
				c.Location = finding.At(v)
			}
			names, hidden = append(names, s.aboutOf(v)), append(hidden, cmp.Or(v.TextAt("clause"), v.TextAt("check")))
		}
	}
	if len(names) == 0 {
		return
	}
	said := func(names []string) lang.Text {
		return lang.Say("新写的 %d 条结论，并入主干后即作为评估人员的确认：%s", "verdicts that the change adds, and that count as an assessor's once merged: %d (%s)", len(names), named(names))
	}
	c.Message = lang.Marked{Full: said(names), Redacted: said(hidden)}
	s.add(c)
}

// confirms reports whether a verdict is one that makes a platform look better.
func confirms(v *document.Value) bool {
	switch examine.Determination(v.TextAt("verdict")) {
	case examine.NotMet, examine.NotExamined:
		return false
	}
	return true
}

func amongst(all []*document.Value, v *document.Value) bool {
	return slices.ContainsFunc(all, func(o *document.Value) bool { return o.Canonical() == v.Canonical() })
}

const verdictsFile = audit.VerdictsFile + ".yaml"

// restated reports a verdict that does not stand in head as it was. One that is
// replaced by a rejection asks for more, not less, as does a rejection that is only
// added to.
func (s *scoping) restated(v *document.Value, stated []*document.Value) {
	subject := s.aboutOf(v)
	hidden := subject
	if i := slices.IndexFunc(s.p.Before.Verdicts, func(o examine.Verdict) bool { return o.ID == v.TextAt("id") }); i >= 0 {
		o := &s.p.Before.Verdicts[i]
		hidden = strings.TrimSuffix(o.Check+"/"+o.Redacted, "/")
	}
	given := lang.Say("%s于 %s 的结论（%s）", "the verdict of %s on %s (%s)", v.TextAt("assessed_by"), v.TextAt("assessed_on"), determined(v))
	becomes, at := lang.Say("被撤回", "is withdrawn"), (*document.Value)(nil)
	if i := slices.IndexFunc(stated, func(e *document.Value) bool { return s.aboutOf(e) == subject }); i >= 0 {
		at = stated[i]
		if becomes = s.becomes(v, at); becomes.IsZero() {
			return
		}
	}
	said := func(about string) lang.Text { return lang.Say("%s：%s%s", "%s: %s %s", about, given, becomes) }
	s.lift(lang.Marked{Full: said(subject), Redacted: said(hidden)}, subject, hidden, at)
}

// becomes says what a verdict has turned into, nothing where it asks for no less.
func (s *scoping) becomes(v, now *document.Value) lang.Text {
	if now.TextAt("verdict") != string(examine.NotMet) {
		return lang.Say("被改为“%s”", "is changed to %s", determined(now))
	}
	if v.TextAt("verdict") != string(examine.NotMet) {
		return lang.Text{}
	}
	var keys []string
	for _, f := range v.Fields() {
		if is := now.Get(f.Key); f.Key != "id" && (is == nil || is.Canonical() != f.Value.Canonical()) {
			keys = append(keys, f.Key)
		}
	}
	if len(keys) == 0 {
		return lang.Text{}
	}
	return lang.Say("被改写：%s", "is rewritten: %s", strings.Join(keys, ", "))
}

// aboutOf is what a verdict is about: a clause, or a check and an item of it.
func (s *scoping) aboutOf(v *document.Value) string {
	return cmp.Or(v.TextAt("clause"), strings.TrimSuffix(s.Rulebook.Current(v.TextAt("check"))+"/"+v.TextAt("item"), "/"))
}

func determined(v *document.Value) lang.Text {
	return term.AssessorVerdicts().Text(v.TextAt("verdict"))
}

// lift reports a verdict that no longer stands; the first entry says what the platform
// would come to after the merge. One release may name all verdicts that a new file
// states.
func (s *scoping) lift(message lang.Marked, subject, hidden string, at *document.Value) {
	c := ScopeChange{Kind: verdictLifted, Subject: subject, Redacted: hidden, Message: message, Location: finding.WholeFile(s.file(audit.VerdictsFile)),
		Remedy: lang.Say("恢复评估人员的结论", "bring the assessor's verdict back")}
	if at != nil {
		c.Location = finding.At(at)
	}
	if doc := s.p.After.Documents[audit.VerdictsFile]; doc.Sound() {
		c.bundle = digest(doc.Root)
		c.Remedy = lang.Say("%s；确由评估人员改写的，由监管岗位先在主干放行，整份文件可写 item: %s", "%s; where the assessor has replaced it, have the supervising post release it in base first, item: %s naming the whole file", c.Remedy, c.bundle)
	}
	first := !slices.ContainsFunc(s.found, func(o ScopeChange) bool { return o.Kind == verdictLifted })
	if after := s.p.After.Merged; first && after != nil {
		merged := func(said lang.Text) lang.Text {
			return lang.Say("%s；合并之后%s", "%s; once merged %s", said, standing(after))
		}
		c.Message = lang.Marked{Full: merged(c.Message.Full), Redacted: merged(c.Message.Redacted)}
	}
	s.add(c)
}

// standing says in a few words what a platform comes to.
func standing(r *score.Result) lang.Text {
	if r.Compliant {
		return lang.Say("合规，%s 分", "it complies with %s points", score.Format(r.Raw))
	}
	return lang.Say("不合规，%s 分", "it does not comply, with %s points", score.Format(r.Raw))
}

// digest names what a file says, whatever its layout.
func digest(root *document.Value) string {
	sum := sha256.Sum256([]byte(root.Canonical()))
	return "sha256:" + hex.EncodeToString(sum[:])
}
