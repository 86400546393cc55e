package page

import (
	"fmt"
	"math/big"
	"strconv"
	"time"

	"hegui/internal/lang"
	"hegui/internal/picture"
	"hegui/internal/results"
	"hegui/internal/term"
)

// maxChanges is how many changes of its past a card lists.
const maxChanges = 12

// trend is what a platform was judged to be before.
type trend struct {
	Since string
	// Path is the score over time as SVG writes it.
	Path string
	// Changes are the last points, the newest first, More how many came before.
	Changes []changed
	More    int
}

// changed is one change of the past, and what it came from.
type changed struct {
	*results.HistoryPoint
	Causes []lang.Text
}

// Sizes of a trend in the units of its SVG: a card's is wide, a row's of the index small.
const (
	trendWidth, trendHeight = 600, 90
	sparkWidth, sparkHeight = 80, 16
)

// Trend is nil where nobody asked for the past, or where there is none.
func (c *card) Trend() *trend {
	if c.Past == nil || len(c.Past.Points) == 0 {
		return nil
	}
	all := c.Past.Points
	t := &trend{Since: all[0].On, Path: steps(all, c.Run.AsOf, trendWidth, trendHeight)}
	for i := len(all) - 1; i >= 0 && len(t.Changes) < maxChanges; i-- {
		one := changed{HistoryPoint: &all[i]}
		for _, id := range all[i].Causes {
			one.Causes = append(one.Causes, term.Causes().Text(id))
		}
		t.Changes = append(t.Changes, one)
	}
	t.More = len(all) - len(t.Changes)
	return t
}

// Short is a commit as people write it.
func (c changed) Short() string { return c.Commit[:min(len(c.Commit), 12)] }

// steps draws a score, which stays from one point to the next, up to a day. It is broken
// where nothing was judged.
func steps(points []results.HistoryPoint, until string, width, height int) string {
	first := since(points[0].On)
	last := max(since(until), since(points[len(points)-1].On), first+1)
	across := func(on string) string { return decimalOf(float64(width) * (since(on) - first) / (last - first)) }
	var line picture.Steps
	for i := range points {
		p := &points[i]
		if !p.Known() || p.Score == "" {
			line.Break(across(p.On))
			continue
		}
		value, _ := strconv.ParseFloat(string(p.Score), 64) // a number of the model
		line.To(across(p.On), decimalOf(float64(height)*(100-value)/100))
	}
	line.Break(strconv.Itoa(width))
	return line.Path()
}

func since(on string) float64 {
	at, _ := time.Parse(time.DateOnly, on) // a date of the model
	return float64(at.Unix() / (24 * 60 * 60))
}

func decimalOf(n float64) string { return strconv.FormatFloat(n, 'f', 1, 64) }

// spark is a trend in a row of the index.
type spark struct {
	Path string
	// Change is the last score less the first.
	Change results.Number
}

// sparkOf is nil where there is no past.
func sparkOf(p *results.Platform, asOf string) *spark {
	if p.Past == nil || len(p.Past.Points) == 0 {
		return nil
	}
	s := &spark{Path: steps(p.Past.Points, asOf, sparkWidth, sparkHeight)}
	var scores []*big.Rat
	for _, point := range p.Past.Points {
		if n, ok := new(big.Rat).SetString(string(point.Score)); ok && point.Known() {
			scores = append(scores, n)
		}
	}
	if len(scores) > 0 {
		s.Change = results.Number(new(big.Rat).Sub(scores[len(scores)-1], scores[0]).FloatString(1))
	}
	return s
}

// came is how the records came to be that cite a piece of evidence.
type came struct {
	On      string
	Text    lang.Text
	Remarks []lang.Text
}

// cameOf are the records at a piece of evidence's places, each once.
func (c *card) cameOf(s *source) (all []came) {
	if c.Past == nil {
		return nil
	}
	seen := map[string]bool{}
	for _, at := range s.places {
		for i := range c.Past.Claims {
			claim := &c.Past.Claims[i]
			if key := fmt.Sprint(claim.Path, claim.Line); claim.Holds(at.Path, at.Line) && !seen[key] {
				seen[key] = true
				one := came{On: claim.On, Text: claim.Came()}
				for _, id := range claim.Remarks {
					one.Remarks = append(one.Remarks, term.ProvenanceRemarks().Text(id))
				}
				all = append(all, one)
			}
		}
	}
	return all
}
