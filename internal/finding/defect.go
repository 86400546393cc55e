package finding

import (
	"fmt"
	"sort"
	"strings"

	"hegui/internal/lang"
)

// Defect is a fault of the rulebook: ours, not the platforms'. It ends a run
// with exit code 2 and is never a finding.
type Defect struct {
	Path    string    `json:"path"`
	Line    int       `json:"line"`
	Column  int       `json:"column"`
	Message lang.Text `json:"message"`
}

// Text is the defect with its place in front.
func (d Defect) Text() lang.Text {
	return lang.Say("%s:%d:%d: %s", "%s:%d:%d: %s", d.Path, d.Line, d.Column, d.Message)
}

// Defects is the error of a rulebook that does not hold together.
type Defects []Defect

func (d Defects) Error() string {
	lines := make([]string, len(d))
	for i, defect := range d {
		lines[i] = defect.Text().EN
	}
	return strings.Join(lines, "\n")
}

// Sort orders defects by place and drops repeated ones.
func (d Defects) Sort() Defects {
	sort.SliceStable(d, func(i, j int) bool { return d[i].key() < d[j].key() })
	var out Defects
	for i, defect := range d {
		if i == 0 || defect != d[i-1] {
			out = append(out, defect)
		}
	}
	return out
}

func (d Defect) key() string {
	return fmt.Sprintf("%s:%08d:%08d:%s", d.Path, d.Line, d.Column, d.Message.EN)
}
