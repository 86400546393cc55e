package rulebook

// Show runs one example to explain the check: it returns the patched baseline
// and the judgement with its reasons, whose places are values of these topics.
func (r *Rulebook) Show(check *Check, e Example) (Topics, Judgement, error) {
	topics, err := e.Patched(r.Baseline())
	if err != nil {
		return nil, Judgement{}, err
	}
	frame, level := r.Frame(topics, check.AsOf())
	frame.Explain()
	judgement, err := check.Judge(frame, level)
	return topics, judgement, err
}
