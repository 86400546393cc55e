package report

import (
	"encoding/csv"
	"io"

	"hegui/internal/lang"
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
		row[i] = title.In(o.Language)
	}
	return table, table.Write(row)
}
