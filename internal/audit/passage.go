package audit

import (
	"context"
	"fmt"
)

// Passage is one platform as it is in one tree, to be judged on one day after the other.
type Passage struct {
	Auditor *Auditor
	// Folder is identified.
	Folder Folder
	Shared Shared
}

// Shared is what the platforms of one tree have in common and nobody may share, by
// their ids.
type Shared map[string]others

// Shared is what identified platforms have in common with each other.
func (a *Auditor) Shared(ctx context.Context, folders []Folder) Shared { return a.others(ctx, folders) }

// Of is equal for two trees in which a platform has the same in common with others.
func (s Shared) Of(id string) string {
	if o, ok := s[id]; ok {
		return fmt.Sprint(o)
	}
	return ""
}

// Pass judges each of many passages as long as follow asks for another day, jobs at a
// time, and hands over what follow makes of each, or why it could not be judged.
func Pass[T any](ctx context.Context, jobs int, all []Passage, follow func(int, *Course) (T, error), hand func(int, T, []Failure)) []Failure {
	type end struct {
		value    T
		failures []Failure
	}
	places, next := make([]int, len(all)), 0
	for i := range places {
		places[i] = i
	}
	return stream(ctx, jobs, NewAdmission(), places, func(i int, t *ticket) (e end, _ []Failure) {
		p := &all[i]
		e.failures = contain(p.Folder.ID, func() (err error) {
			r := p.Auditor.begin(p.Folder)
			r.enter(t)
			t.pass()
			e.value, err = follow(i, r.course(p.Shared[p.Folder.ID]))
			return err
		})
		return e, nil
	}, func(e end) {
		hand(next, e.value, e.failures)
		next++
	})
}
