package handbook

import (
	"encoding/json"
	"io"
	"maps"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// UnconfirmedFormats are the ways to write what is still only ours.
func UnconfirmedFormats() []Format {
	return []Format{{"text", writeUnconfirmed}, {"json", unconfirmedJSON}}
}

// writeUnconfirmed writes the decisions that are left to a city as a part of an
// overlay: all of them confirmed, with who, when and why still to be filled in,
// so that no overlay loads before somebody has.
func writeUnconfirmed(w io.Writer, book *rulebook.Rulebook, o Options) error {
	p := newPage(o)
	all := book.Last().Unconfirmed()
	checks := 0
	for _, u := range all {
		if u.Limit == nil {
			checks++
		}
	}
	p.comment(lang.Say("只有 hegui 默认值或评估惯例可依、本地还没有决定的：检查项 %d 个，限值 %d 个",
		"resting on hegui's defaults or assessors' practice alone, and not decided locally yet: %d checks, %d limits", checks, len(all)-checks))
	if len(all) == 0 {
		_, err := io.WriteString(w, p.String())
		return err
	}
	p.comment(lang.Say("贴进 checks/overlays/ 下的叠加。confirm 是照原样采用；要改写 effect: replace 和新的 levels 或 severity，不用写 effect: drop；去掉 # 填写各项",
		"to be pasted into an overlay in checks/overlays/. confirm takes the demand as it is; to change it write effect: replace with new levels or severity, to leave it out effect: drop; fill in what stands behind #"))
	p.Line("decisions:")
	for _, u := range all {
		p.undecided(u)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) comment(t lang.Text) { p.Line("# " + p.in(t)) }

// undecided is one decision to be made.
func (p *page) undecided(u rulebook.Unconfirmed) {
	p.Line("  # " + p.in(u.Check.Title))
	for _, row := range ours(u) {
		p.Line("  #   " + p.in(lang.Say("%s：%s，%s", "%s: %s, %s", row.level, row.value, basisText(row.basis))))
	}
	p.Line("  - effect: confirm")
	p.Line("    check: " + u.Check.ID)
	if u.Limit != nil {
		p.Line("    limit: " + u.Limit.Name)
	}
	p.Line("    # decided_by: " + p.Say("决定岗位", "the post that decides"))
	p.Line("    # on: YYYY-MM-DD")
	both := p.Say("中文", "in Chinese") + ", en: " + p.Say("英文", "in English")
	p.Line("    # source: { zh: " + p.Say("文件名和文号", "document and number") + " " + both + " }")
	p.Line("    # reason: { zh: " + p.Say("为什么这样决定", "why it is decided so") + " " + both + " }")
}

// ours are the levels at which a demand rests on us alone.
func ours(u rulebook.Unconfirmed) []statement {
	var out []statement
	if u.Limit != nil {
		for i, one := range limitStatements(*u.Limit) {
			if u.Limit.Values[i].Basis.Ours() {
				out = append(out, one)
			}
		}
		return out
	}
	stated := statedLevels(u.Check)
	for i, at := range stated.Levels {
		if b := u.Check.Basis.At(at); b.Ours() {
			out = append(out, statement{levels(stated, i), u.Check.Severity.At(at).Text(), b})
		}
	}
	return out
}

// The shape of `hegui rules --unconfirmed --format json`: a demand that is still
// only ours, with the levels at which it is.
type (
	unconfirmedRow struct {
		Check   string                `json:"check"`
		Title   lang.Text             `json:"title"`
		Clauses []string              `json:"clauses"`
		Limit   string                `json:"limit,omitempty"`
		Levels  map[string]demandJSON `json:"levels"`
	}
	demandJSON struct {
		Severity string         `json:"severity,omitempty"`
		Value    string         `json:"value,omitempty"`
		Basis    rulebook.Basis `json:"basis"`
	}
)

// unconfirmedJSON writes the same for programs.
func unconfirmedJSON(w io.Writer, book *rulebook.Rulebook, _ Options) error {
	rows := []unconfirmedRow{}
	for _, u := range book.Last().Unconfirmed() {
		row := unconfirmedRow{Check: u.Check.ID, Title: u.Check.Title, Clauses: u.Check.Clauses, Levels: keyed(demandsOf(u))}
		if u.Limit != nil {
			row.Limit = u.Limit.Name
		}
		maps.DeleteFunc(row.Levels, func(_ string, d demandJSON) bool { return !d.Basis.Ours() })
		rows = append(rows, row)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(rows)
}

func demandsOf(u rulebook.Unconfirmed) rulebook.ByLevel[demandJSON] {
	var out rulebook.ByLevel[demandJSON]
	if u.Limit != nil {
		out.Levels = u.Limit.Levels
		for _, limit := range u.Limit.Values {
			out.Values = append(out.Values, demandJSON{Value: limit.Value, Basis: limit.Basis})
		}
		return out
	}
	out.Levels = statedLevels(u.Check).Levels
	for _, at := range out.Levels {
		out.Values = append(out.Values, demandJSON{Severity: u.Check.Severity.At(at).String(), Basis: u.Check.Basis.At(at)})
	}
	return out
}
