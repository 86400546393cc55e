package report

import (
	"encoding/csv"
	"io"

	"hegui/internal/lang"
	"hegui/internal/typeset"
)

// beginTable begins a table for spreadsheet programs, which want a mark to know UTF-8
// by, with the titles of its columns.
func beginTable(w io.Writer, o Options, titles []lang.Text) (*csv.Writer, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	table := csv.NewWriter(w)
	table.UseCRLF = true
	row := make([]string, len(titles))
	for i, title := range titles {
		row[i] = noFormula(typeset.Prose(title, o.Language))
	}
	return table, table.Write(row)
}

// wholeTable writes a table of which all rows are known.
func wholeTable(w io.Writer, o Options, titles []lang.Text, rows [][]string) error {
	table, err := beginTable(w, o, titles)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := table.Write(each(row, noFormula)); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}
