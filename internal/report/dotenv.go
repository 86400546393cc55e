package report

import (
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"hegui/internal/results"
)

// dotenvFormat writes what one step of a pipeline hands to the next, a name and
// a value a line: GitHub's output file and GitLab's dotenv report both read it.
// It holds truth values and numbers alone, so that nothing that a platform says
// can add a line to it.
type dotenvFormat struct{}

func (dotenvFormat) Name() string { return "dotenv" }

func (dotenvFormat) Begin(w io.Writer, _ *results.Results, _ Options) (Report, error) {
	return &dotenvReport{w: w}, nil
}

type dotenvReport struct {
	nothing
	w io.Writer
	// lowest is the lowest raw score of the platforms, nothing if there is none:
	// the chain is as strong as its weakest link.
	lowest results.Number
	least  *big.Rat
	// blockers counts the open blockers, unmet the statutory duties that are not met.
	blockers, unmet int
	// profiles are those that platforms were judged by.
	profiles []string
}

func (d *dotenvReport) Platform(p *results.Platform) error {
	d.blockers, d.unmet = d.blockers+p.Grade.Open, d.unmet+p.Unmet()
	if profile := string(p.Profile); !slices.Contains(d.profiles, profile) {
		d.profiles = append(d.profiles, profile)
	}
	score, ok := new(big.Rat).SetString(string(p.Score.Raw))
	if ok && (d.least == nil || score.Cmp(d.least) < 0) {
		d.lowest, d.least = p.Score.Raw, score
	}
	return nil
}

func (d *dotenvReport) End(run *results.Results) error {
	_, err := fmt.Fprintf(d.w, "passed=%t\ncompliant=%t\nscore=%s\nblocking=%d\nnew_findings=%d\nscope_changes=%d\ntouched=%t\nblockers=%d\nstatutory_unmet=%d\nprofile=%s\n",
		holds(run), comply(run), d.lowest, blocking(run), open(run), lost(run), run.Gate == nil || !run.Gate.Untouched(), d.blockers, d.unmet, strings.Join(slices.Sorted(slices.Values(d.profiles)), ","))
	if err == nil && run.Summary.Lapses != nil {
		_, err = fmt.Fprintf(d.w, "lapses=%d\n", *run.Summary.Lapses)
	}
	return err
}

// comply reports whether all that was judged complies. A change may pass that
// touches nothing, or improves what does not comply yet.
func comply(r *results.Results) bool {
	return len(r.Errors) == 0 && r.Summary.Compliant == r.Summary.Platforms && (r.Gate != nil || r.Summary.Platforms > 0)
}

// blocking counts the reasons that stop a change, outside a gate the platforms
// that do not comply.
func blocking(r *results.Results) int {
	if r.Gate != nil {
		return len(r.Gate.Blocks)
	}
	return r.Summary.Platforms - r.Summary.Compliant
}

// lost counts what a change takes out of sight.
func lost(r *results.Results) int {
	if r.Gate == nil {
		return 0
	}
	return len(r.Gate.ScopeChanges)
}

// holds reports whether the run succeeded: the change passed, or all comply.
func holds(r *results.Results) bool {
	if len(r.Errors) > 0 {
		return false
	}
	if r.Gate != nil {
		return r.Gate.Passed
	}
	return r.Summary.Platforms > 0 && r.Summary.Compliant == r.Summary.Platforms
}

// open counts the findings that are not waived, under a gate the new ones. The
// totals count them before anything is left out for an audience.
func open(r *results.Results) int {
	counts := r.Summary.Findings
	if r.Gate != nil {
		counts = r.Gate.New
	}
	return counts.Blocker + counts.Major + counts.Minor + counts.Advisory
}
