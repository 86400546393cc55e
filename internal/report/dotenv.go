package report

import (
	"fmt"
	"io"
	"math/big"

	"hegui/internal/results"
)

// dotenvFormat writes what one step of a pipeline hands to the next, a name and
// a value a line: GitHub's output file and GitLab's dotenv report both read it.
// It holds truth values and numbers alone, so that nothing that a platform says
// can add a line to it.
type dotenvFormat struct{}

func (dotenvFormat) Name() string { return "dotenv" }

func (dotenvFormat) Write(w io.Writer, r *results.Results, _ Options) error {
	_, err := fmt.Fprintf(w, "compliant=%t\nscore=%s\nnew_findings=%d\n", holds(r), lowest(r.Platforms), open(r.Listed()))
	return err
}

// holds tells that the run ended well: the change passed, or all comply.
func holds(r *results.Results) bool {
	if len(r.Errors) > 0 {
		return false
	}
	if r.Gate != nil {
		return r.Gate.Passed
	}
	return r.Summary.Platforms > 0 && r.Summary.Compliant == r.Summary.Platforms
}

// lowest is the lowest raw score of the platforms that were judged, nothing if
// there is none: the chain is as strong as its weakest link.
func lowest(platforms []results.Platform) results.Number {
	var low results.Number
	var least *big.Rat
	for i := range platforms {
		score, ok := new(big.Rat).SetString(string(platforms[i].Score.Raw))
		if ok && (least == nil || score.Cmp(least) < 0) {
			low, least = platforms[i].Score.Raw, score
		}
	}
	return low
}

// open counts the findings that a report lists and nobody has waived.
func open(listed []results.Listed) int {
	n := 0
	for _, l := range listed {
		if !l.Finding.Waived {
			n++
		}
	}
	return n
}
