package rulebook

// Show runs one example to explain the check: it returns the patched baseline
// and the judgement, whose places are values of these topics.
func (r *Rulebook) Show(check *Check, e Example) (Topics, Judgement, error) {
	topics, err := e.Patched(r.Baseline())
	if err != nil {
		return nil, Judgement{}, err
	}
	judgement, err := r.judge(check, topics)
	return topics, judgement, err
}
