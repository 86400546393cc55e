package rulebook

import "hegui/internal/document"

// Show runs one example for whoever explains the check: the baseline's topics
// with the example's changes, and what the check says of them. The places in
// the judgement are values of these topics.
func (r *Rulebook) Show(check *Check, e Example) (map[string]*document.Value, Judgement, error) {
	topics, err := e.Patched(check.Suite())
	if err != nil {
		return nil, Judgement{}, err
	}
	judgement, err := r.judge(check, topics)
	return topics, judgement, err
}
