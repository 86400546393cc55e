package workbook

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/xuri/excelize/v2"

	"hegui/internal/results"
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

// id names a subject in a cell. It says nothing of itself, so that a row can
// be sorted and moved with it.
func (s Subject) id() string {
	h := sha256.Sum256([]byte(strings.Join([]string{s.Code, s.Path, s.Clause, s.Check, s.Item}, "\x00")))
	return "r" + hex.EncodeToString(h[:10])
}

// ledger is the hidden sheet that says what each row is about.
type ledger struct {
	stream *excelize.StreamWriter
	row    int
}

// enter notes what a row is about and returns its id; none where the workbook's
// readers may not see what it is about, because the import could not identify it.
func (b *book) enter(s Subject) (string, error) {
	if b.run.Audience == string(results.Public) {
		return "", nil
	}
	id := s.id()
	if b.ledger.row == lastRow {
		return id, nil // what does not fit cannot be taken back, and the import says so
	}
	return id, b.note(id, s.Code, s.Path, s.Clause, s.Check, s.Item, s.Fact)
}

// note writes a row of the hidden sheet.
func (b *book) note(row ...any) error {
	for i := range row {
		row[i] = b.value(row[i])
	}
	b.ledger.row++
	return b.ledger.stream.SetRow(cellName(1, b.ledger.row), row)
}

func (b *book) beginLedger() error {
	if _, err := b.file.NewSheet(ledgerSheet); err != nil {
		return err
	}
	// The library's own way reads again all sheets that have been written.
	sheets := b.file.WorkBook.Sheets.Sheet
	sheets[len(sheets)-1].State = "veryHidden"
	stream, err := b.file.NewStreamWriter(ledgerSheet)
	if err != nil {
		return err
	}
	b.ledger = &ledger{stream: stream}
	commit := ""
	if b.run.Revision != nil {
		commit = b.run.Revision.Commit
	}
	for _, row := range [][]any{{"hegui", layout}, {"rulebook", b.run.Rulebook.Digest}, {"as_of", b.run.AsOf}, {"commit", commit},
		{"audience", b.run.Audience}, {"id", "code", "path", "clause", "check", "item", "fact"}} {
		if err := b.note(row...); err != nil {
			return err
		}
	}
	return nil
}
