package results_test

import (
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/results"
)

// What the first page shows as lost is what the score lacks: each failing check
// stands once, and the sums agree with the arithmetic below them.
func TestLossesAddUp(t *testing.T) {
	waiting, failing := 0, 0
	for _, p := range judged(t, tiny(t), "internal").Platforms {
		number := func(n results.Number) *big.Rat {
			r, ok := new(big.Rat).SetString(string(n))
			if !ok {
				t.Fatalf("%s: %q is not a number", p.Code, n)
			}
			return r
		}
		lacking := new(big.Rat).Sub(number(p.Score.PointsApplicable), number(p.Score.Gained))
		// Each figure is rounded to four decimals.
		near := func(a, b *big.Rat) bool {
			off := new(big.Rat).Sub(a, b)
			return off.Abs(off).Cmp(big.NewRat(int64(len(p.Losses)+2), 20_000)) <= 0
		}
		if !near(number(p.Score.Lost), lacking) || !near(number(p.LostBy(len(p.Losses))), lacking) {
			t.Errorf("%s: %s lost, the losses sum to %s, and %s is not gained", p.Code, p.Score.Lost, p.LostBy(len(p.Losses)), lacking.FloatString(4))
		}
		seen := map[string]int{}
		for i, l := range p.Losses {
			if i > 0 && number(p.Losses[i-1].Lost).Cmp(number(l.Lost)) < 0 {
				t.Errorf("%s: %s stands behind %s, which costs less", p.Code, l.Check, p.Losses[i-1].Check)
			}
			if l.Cause == "" {
				failing++
				seen[l.Check]++
				continue
			}
			waiting++
			for _, id := range l.Checks {
				seen[id]++
			}
			if !slices.ContainsFunc(p.Findings, func(f finding.Finding) bool { return f.Fingerprint == l.Cause && f.Check == l.Check }) {
				t.Errorf("%s: nothing has the fingerprint of %s", p.Code, l.Check)
			}
		}
		for _, c := range p.Checks {
			lost := c.Attainment != "" && c.Attainment != "1.0" && c.Weight > 0
			if n := seen[c.ID]; n > 1 || n == 1 && !lost || n == 0 && lost {
				t.Errorf("%s: %s attains %s and stands %d times", p.Code, c.ID, c.Attainment, n)
			}
		}
	}
	if waiting < 5 || failing < 5 {
		t.Fatalf("%d causes and %d failing checks: the fixture proves little", waiting, failing)
	}
}

// Conditions say why a platform complies as well as why it does not.
func TestConditionsAreTheVerdict(t *testing.T) {
	for _, p := range judged(t, tiny(t), "internal").Platforms {
		unheld := 0
		for _, c := range p.Conditions {
			if c.Demand.IsZero() || c.Found.IsZero() {
				t.Errorf("%s: %+v", p.Code, c)
			}
			if !c.Held {
				unheld++
			}
		}
		if len(p.Conditions) < 2 || unheld != len(p.Reasons) || p.Compliant != (unheld == 0) {
			t.Errorf("%s: conditions %+v for the reasons %v", p.Code, p.Conditions, p.Reasons)
		}
		if vetoes := p.Conditions[0]; vetoes.Held != (p.Grade.Open == 0) || vetoes.Found.EN != fmt.Sprintf("%d open", p.Grade.Open) {
			t.Errorf("%s: %+v with %d open blockers", p.Code, vetoes, p.Grade.Open)
		}
	}
}

// Every finding that is more than advice is in one row, the gravest first, and the
// rows of open blockers are of the vetoes.
func TestProblemsHoldEveryFinding(t *testing.T) {
	book := tiny(t)
	for _, audience := range results.Audiences() {
		folded := 0
		for _, p := range judged(t, book, "public").For(audience).Platforms {
			rows := p.ProblemRows()
			vetoes := map[string]bool{}
			left := map[string]int{}
			for _, f := range p.Findings {
				if f.Severity > finding.Advisory {
					left[f.Fingerprint]++
				}
			}
			for i, row := range rows {
				if row.Number != i+1 || row.Said.IsZero() || row.Basis.IsZero() && p.Find(row.Check) != nil || row.Bears.IsZero() || row.Advice.IsZero() && audience != results.Public || len(row.Places) == 0 {
					t.Errorf("%s for %s: row %+v", p.Code, audience, row)
				}
				if i > 0 && (rows[i-1].Waived && !row.Waived || rows[i-1].Waived == row.Waived && rows[i-1].Severity < row.Severity) {
					t.Errorf("%s: row %d is graver than the one before", p.Code, i+1)
				}
				if len(row.Findings) > 1 {
					folded++
				}
				for _, print := range row.Findings {
					left[print]--
				}
				if row.Severity == finding.Blocker && !row.Waived {
					vetoes[row.Check] = true
				}
			}
			if distinct := slices.Compact(slices.Sorted(slices.Values(p.Grade.Vetoes))); !slices.Equal(slices.Sorted(maps.Keys(vetoes)), distinct) {
				t.Errorf("%s for %s: rows of the blockers %v, vetoes %v", p.Code, audience, vetoes, p.Grade.Vetoes)
			}
			for print, n := range left {
				if n != 0 {
					t.Errorf("%s: finding %s is left %d times", p.Code, print, n)
				}
			}
		}
		if folded == 0 {
			t.Error("no row holds several findings: the fixture proves little")
		}
	}
}

// An appraisal is sentences in both languages, of what the results say to whoever
// reads them: of a platform that is withheld it names no check.
func TestAppraisalSaysWhatItsReaderMayKnow(t *testing.T) {
	all := judged(t, tiny(t), "internal")
	for _, audience := range results.Audiences() {
		r := all.For(audience)
		unread, owed := 0, 0
		for i := range r.Platforms {
			p := &r.Platforms[i]
			said := r.Appraisal(p)
			var text strings.Builder
			for _, s := range said {
				if !strings.HasSuffix(s.ZH, "。") || !strings.HasSuffix(s.EN, ".") {
					t.Errorf("%s for %s: %q is no sentence", p.Code, audience, s)
				}
				text.WriteString(s.EN + " ")
			}
			if len(said) < 4 || !strings.Contains(text.String(), "raw score of "+string(p.Score.Raw)) || !strings.Contains(text.String(), "held against") {
				t.Errorf("%s for %s: %s", p.Code, audience, text.String())
			}
			if strings.Contains(text.String(), "cannot be read") {
				unread++
			}
			if one := regexp.MustCompile(`\b1 (places|checks|greatest)`).FindString(text.String()); one != "" {
				t.Errorf("%s for %s: %q of a single thing", p.Code, audience, one)
			}
			unmet, waiting := p.Duties()
			if own := fmt.Sprintf("that apply %d are not met", len(unmet)); p.Statutory != nil && waiting > 0 &&
				(!strings.Contains(text.String(), own) || !strings.Contains(text.String(), fmt.Sprintf("; %d cannot be judged", waiting))) {
				t.Errorf("%s for %s: %d duties wait, and of them it says %s", p.Code, audience, waiting, text.String())
			}
			if strings.Contains(text.String(), "First fix") {
				owed++
			}
			for _, c := range all.Platforms[i].Checks {
				if audience == results.Public && strings.Contains(text.String(), c.Title.EN) {
					t.Errorf("%s for the public names %q", p.Code, c.Title.EN)
				}
			}
		}
		if public := audience == results.Public; (unread == 0 || owed == 0) != public {
			t.Errorf("for %s %d platforms cannot be read, %d are to be fixed", audience, unread, owed)
		}
	}
}
