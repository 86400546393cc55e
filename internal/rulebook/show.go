package rulebook

import "hegui/internal/document"

// Show runs one example to explain the check: it returns the patched baseline
// and the judgement, whose places are values of these topics.
func (r *Rulebook) Show(check *Check, e Example) (map[string]*document.Value, Judgement, error) {
	topics, err := e.Patched(check.Suite())
	if err != nil {
		return nil, Judgement{}, err
	}
	judgement, err := r.judge(check, topics)
	return topics, judgement, err
}
