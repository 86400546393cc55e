package workbook

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"hegui/internal/lang"
)

// Subject is what one row of a workbook is about: a clause, or an item of a
// check, of one platform.
type Subject struct {
	// Code and Path are the platform's; the code stays when the folder moves.
	Code, Path string
	// Clause is set for a clause, Check and Item for an item of a check.
	Clause, Check, Item string
	// Fact is the digest of what the item's outcome rests on.
	Fact string
}

func (s Subject) hash() [sha256.Size]byte {
	return sha256.Sum256([]byte(s.key()))
}

// key tells subjects of a workbook apart.
func (s Subject) key() string {
	return strings.Join([]string{s.Code, s.Path, s.Clause, s.Check, s.Item}, "\x00")
}

// letters are those of row numbers: neither digits, which programs take for numbers
// and dates, nor vowels, which make words.
const letters = "BCDFGHJKLMNPQRSTVWXZ"

// number names a subject in a cell that people see, and in hidden ones: BDKF-TXZM. It
// stays the same as long as the row is about the same.
func (s Subject) number() string {
	h := s.hash()
	out := make([]byte, 0, 9)
	for i, b := range h[10:18] {
		if i == 4 {
			out = append(out, '-')
		}
		out = append(out, letters[int(b)%len(letters)])
	}
	return string(out)
}

// proof shows that the names in a row of the hidden sheet have not been changed.
func (s Subject) proof() string { return mark(s.key(), proofSigns) }

// seal is what the declared cells of a row said when it was written: one mark of two
// signs for each of the columns. A cell that has been changed has its old mark by chance
// once in 4,096, and has to be in the row of its number all the same; of a column that
// was sorted alone no more than one cell in 4,096 would pass.
func seal(columns []column, values []any) string {
	var b strings.Builder
	for i, c := range columns {
		if c.declared() {
			b.WriteString(mark(canonical(text(values[i])), signs))
		}
	}
	return b.String()
}

// signs is how long the mark of a cell is, proofSigns that of the names in a row of the
// hidden sheet.
const (
	signs      = 2
	proofSigns = 3
)

func mark(text string, signs int) string {
	h := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(h[:])[:signs]
}

// folded is a fact as the hidden sheet keeps it: its digest in two thirds of the room.
func folded(fact string) string {
	form, digest := fact[:max(0, len(fact)-2*sha256.Size)], fact[max(0, len(fact)-2*sha256.Size):]
	bytes, err := hex.DecodeString(digest)
	if err != nil || len(bytes) != sha256.Size || hex.EncodeToString(bytes) != digest {
		return fact
	}
	return form + foldMark + base64.RawURLEncoding.EncodeToString(bytes)
}

// foldMark stands before a digest that is folded.
const foldMark = "~"

// unfolded is the fact that a cell keeps.
func unfolded(cell string) string {
	form, digest, is := strings.Cut(cell, foldMark)
	bytes, err := base64.RawURLEncoding.DecodeString(digest)
	if !is || err != nil {
		return cell
	}
	return form + hex.EncodeToString(bytes)
}

// text is a value as a cell holds it.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return ""
}

// ledger is the hidden sheet that says what each row is about.
type ledger struct {
	stream *excelize.StreamWriter // of what lies around the rows
	own    *rows
	row    int
	// last is what the row before was about: platform and check of the next are empty
	// where they are the same.
	last Subject
}

// ledgerHead ends what the hidden sheet says of the workbook as a whole.
const ledgerHead = "seals"

// fits reports whether cells hold the names.
func (s Subject) fits() bool {
	for _, name := range []string{s.Code, s.Path, s.Clause, s.Check, s.Item} {
		if len(kept(name)) > maxCell {
			return false
		}
	}
	return true
}

// enter notes what a row is about, what its declared cells say and what they rest on.
func (b *book) enter(s Subject, seal string) {
	shown, last := s, &b.ledger.last
	if s.Code == last.Code && s.Path == last.Path {
		shown.Code, shown.Path = "", ""
	}
	if s.Check == last.Check {
		shown.Check = ""
	}
	*last = s
	b.note(s.proof()+seal+" "+folded(s.Fact), kept(shown.Code), kept(shown.Path), kept(s.Clause), kept(shown.Check), kept(s.Item))
}

// kept is a name as a cell keeps it through any program: in quotes where a program
// might change it.
func kept(name string) string {
	if name == strings.TrimSpace(name) && name == clean(name, lang.English) && !strings.HasPrefix(name, `"`) && !strings.ContainsAny(name, "\n\t") && !strings.Contains(name, "_x") {
		return name
	}
	return strings.ReplaceAll(strconv.QuoteToASCII(name), "_", `\x5f`)
}

// named is the name that a cell keeps.
func named(cell string) string {
	if name, err := strconv.Unquote(cell); err == nil && strings.HasPrefix(cell, `"`) {
		return name
	}
	return cell
}

// note writes a row of the hidden sheet.
func (b *book) note(row ...any) {
	for i := range row {
		row[i] = b.value(row[i])
	}
	b.ledger.row++
	b.ledger.own.add(b.ledger.row, row, excelize.RowOpts{})
}

// beginLedger begins the hidden sheet of a workbook of a layout.
func (b *book) beginLedger(layout string) error {
	number, err := b.file.NewSheet(ledgerSheet)
	if err != nil {
		return err
	}
	// The library's own way reads again all sheets that have been written.
	sheets := b.file.WorkBook.Sheets.Sheet
	sheets[len(sheets)-1].State = "veryHidden"
	stream, err := b.file.NewStreamWriter(ledgerSheet)
	if err != nil {
		return err
	}
	b.ledger = &ledger{stream: stream, own: b.sheet(number)}
	b.ledger.own.empty = slices.Repeat([]int{b.styles.value}, 6) // any: cells without one have to have an address
	commit := ""
	if b.run.Revision != nil {
		commit = b.run.Revision.Commit
	}
	for _, row := range [][]any{{"hegui", layout}, {"rulebook", b.run.Rulebook.Digest}, {"as_of", b.run.AsOf}, {"commit", commit},
		{"audience", b.run.Audience}, {ledgerHead, "code", "path", "clause", "check", "item"}} {
		b.note(row...)
	}
	return nil
}
