package workbook

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

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

// entry is a subject with the id of its row.
type entry struct {
	id string
	Subject
}

// id names a subject in a cell. It says nothing of itself, so that a row can
// be sorted and moved with it.
func (s Subject) id() string {
	h := sha256.Sum256([]byte(strings.Join([]string{s.Code, s.Path, s.Clause, s.Check, s.Item}, "\x00")))
	return "r" + hex.EncodeToString(h[:10])
}

// enter notes what a row is about and returns its id; none where the workbook's
// readers may not see what it is about, for then the import could not tell.
func (b *book) enter(s Subject) string {
	if b.results.Audience == string(results.Public) {
		return ""
	}
	id := s.id()
	b.ledger = append(b.ledger, entry{id, s})
	return id
}

// writeLedger writes the hidden sheet.
func (b *book) writeLedger() error {
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
	commit := ""
	if b.results.Revision != nil {
		commit = b.results.Revision.Commit
	}
	rows := [][]any{{"hegui", layout}, {"rulebook", b.results.Rulebook.Digest}, {"as_of", b.results.AsOf}, {"commit", commit},
		{"audience", b.results.Audience}, {"id", "code", "path", "clause", "check", "item", "fact"}}
	put := func(at int, row ...any) error {
		for i := range row {
			row[i] = b.value(row[i])
		}
		return stream.SetRow(cellName(1, at), row)
	}
	for i, row := range rows {
		if err := put(i+1, row...); err != nil {
			return err
		}
	}
	// What does not fit cannot be taken back, which the import tells.
	for i, e := range b.ledger[:min(len(b.ledger), lastRow-len(rows))] {
		if err := put(len(rows)+1+i, e.id, e.Code, e.Path, e.Clause, e.Check, e.Item, e.Fact); err != nil {
			return err
		}
	}
	return stream.Flush()
}
