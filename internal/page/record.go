package page

import (
	"strconv"
	"strings"

	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/term"
)

// record is what an assessor has recorded of a claim or of a clause.
type record struct {
	Item    string
	State   sign
	Verdict lang.Text
	Parts   []part
	By, On  string
}

// part is one thing recorded, by its name.
type part struct {
	Name lang.Text
	Text lang.Text
}

func recordOf(v *examine.Verdict) record {
	r := recorded(&v.Record)
	r.Item, r.State, r.Verdict = v.Item, stateMark(v.State), term.AssessorVerdicts().Text(string(v.Verdict))
	return r
}

// recorded are the parts of a record that say something.
func recorded(v *examine.Record) record {
	r := record{By: v.AssessedBy, On: v.AssessedOn}
	add := func(name lang.Text, text lang.Text) {
		if !text.IsZero() {
			r.Parts = append(r.Parts, part{name, text})
		}
	}
	add(term.Methods().Title, methods(v))
	add(lang.Say("总体", "population"), counted(v.Population))
	add(lang.Say("抽样", "sample"), counted(v.Sample))
	add(lang.Say("结果记录", "record"), lang.Same(v.Note))
	add(lang.Say("证据编号", "evidence number"), lang.Same(v.EvidenceNumber))
	add(term.Risks().Title, term.Risks().Text(v.Risk))
	add(lang.Say("责任岗位", "responsible post"), lang.Same(v.ResponsiblePost))
	add(lang.Say("整改期限", "deadline"), lang.Same(v.Deadline))
	add(lang.Say("复查", "re-check"), lang.Same(v.Recheck))
	add(lang.Say("被查单位意见", "statement of the unit"), lang.Same(v.Statement))
	return r
}

func methods(v *examine.Record) lang.Text {
	var zh, en []string
	all := v.Methods
	if v.Method != "" && len(all) == 0 {
		all = []string{v.Method}
	}
	for _, method := range all {
		text := term.Methods().Text(method)
		zh, en = append(zh, text.ZH), append(en, text.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func counted(n *int64) lang.Text {
	if n == nil {
		return lang.Text{}
	}
	return lang.Same(strconv.FormatInt(*n, 10))
}

// Assessed is the assessor's record of a clause as a whole, nil for none.
func (c *clause) Record() *record {
	if c.Assessed == nil {
		return nil
	}
	r := recorded(&c.Assessed.Record)
	r.Verdict = term.AssessorVerdicts().Text(string(c.Assessed.Verdict))
	return &r
}

// examinedStates are what an assessor may have made of a claim.
func examinedStates() []string {
	var out []string
	for _, w := range term.ClaimStates().Words {
		if w.ID != "" {
			out = append(out, w.ID)
		}
	}
	return out
}

// stateMark is what an assessor has made of a claim; of nothing it is nothing.
func stateMark(s examine.State) sign {
	if s == "" {
		return sign{}
	}
	out := sign{Text: term.ClaimStates().Text(string(s)), Class: "half"}
	switch s {
	case examine.Verified:
		out.Class = "good"
	case examine.Rejected:
		out.Class = "bad"
	}
	return out
}
