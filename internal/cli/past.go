package cli

import (
	"context"
	"errors"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/results"
)

// year is the value of --history where it has none: as far as hegui history looks.
const year = "P1Y"

// past is what platforms were judged to be since a day or a revision and up to the day that
// is judged, and how their
// records came to be, by id. Records are those of the commit: of files that differ from it
// nothing is said.
func (a *app) past(ctx context.Context, p *place, since string, asOf calendar.Date, args []string) (map[string]*results.HistoryLine, []audit.Failure, error) {
	if since == year {
		since = ""
	}
	scores, failures, err := a.lines(ctx, past{since: since, notAfter: asOf}, args)
	var none *noCommit
	switch {
	case errors.As(err, &none):
		a.note("评定卡上没有得分走势：%s", "the cards show no trend of scores: %s", none.text)
		scores = map[string]*results.HistoryLine{}
	case err != nil:
		return nil, nil, err
	}
	if revision := a.revisionOf(p); revision == nil || revision.Dirty {
		a.note("工作区有未提交的改动：评定卡上不写各条记录的来历", "files differ from the commit: the cards do not say how records came to be")
		return scores, failures, nil
	}
	claims, failed, err := a.lines(ctx, past{claims: true}, args)
	if err != nil {
		return nil, nil, err
	}
	for id, line := range scores {
		if traced := claims[id]; traced != nil {
			line.Claims = traced.Claims
		}
	}
	return scores, append(failures, failed...), nil
}

// lines are the lines of a history, by id.
func (a *app) lines(ctx context.Context, ask past, args []string) (map[string]*results.HistoryLine, []audit.Failure, error) {
	h, failures, err := a.readPast(ctx, ask, calendar.Date{}, args)
	if err != nil {
		return nil, nil, err
	}
	lines := map[string]*results.HistoryLine{}
	if h.Book == nil {
		return lines, failures, nil
	}
	for _, line := range results.Past(h).Lines {
		lines[line.ID] = &line
	}
	return lines, failures, nil
}
