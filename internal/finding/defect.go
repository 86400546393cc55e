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
	// Cause is what several defects come of, which are told of as one; empty for its own.
	Cause string `json:"-"`
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

// Sort orders defects by place, drops repeated ones and puts those of one cause together.
func (d Defects) Sort() Defects {
	sort.SliceStable(d, func(i, j int) bool { return d[i].key() < d[j].key() })
	var out Defects
	first, more := map[string]int{}, map[int][]string{}
	for i, defect := range d {
		if i > 0 && defect == d[i-1] {
			continue
		}
		if at, told := first[defect.Cause]; told && defect.Cause != "" {
			more[at] = append(more[at], fmt.Sprintf("%s:%d", defect.Path, defect.Line))
			continue
		}
		first[defect.Cause] = len(out)
		out = append(out, defect)
	}
	for at, places := range more {
		named := strings.Join(places[:min(len(places), maxPlaces)], ", ")
		if len(places) > maxPlaces {
			named += ", …"
		}
		out[at].Message = lang.Say("%s；同样的还有 %d 处：%s", "%s; more of the same (%d): %s", out[at].Message, len(places), named)
	}
	return out
}

// maxPlaces is how many places of a cause are named.
const maxPlaces = 8

func (d Defect) key() string {
	return fmt.Sprintf("%s:%08d:%08d:%s", d.Path, d.Line, d.Column, d.Message.EN)
}
