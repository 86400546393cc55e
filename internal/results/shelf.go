package results

import (
	"encoding/json"
	"errors"
	"fmt"

	"hegui/internal/atomicfile"
)

// maxNear is how many platforms of a change are kept in memory.
const maxNear = 16

// shelf keeps the platforms that a change touches until its reports begin, which is
// when all of them are known: few as they are, more in a temporary file.
type shelf struct {
	near    []Platform
	far     atomicfile.Spool
	encoder *json.Encoder
	err     error
}

// keptFar is what the file has of a platform besides its plain line.
type keptFar struct {
	Kept *Kept `json:"kept"`
	Seen Audience
}

func (s *shelf) put(run *Results, p *Platform) {
	switch {
	case len(s.near) < maxNear:
		s.near = append(s.near, *p)
		return
	case s.encoder == nil:
		s.encoder = json.NewEncoder(&s.far)
	}
	if s.err == nil {
		s.err = errors.Join(s.encoder.Encode(run.Line(p)), s.encoder.Encode(keptFar{p.Keep(), p.seen}))
	}
}

// each hands the platforms over in their order, one at a time.
func (s *shelf) each(hand func(*Platform)) error {
	for i := range s.near {
		hand(&s.near[i])
	}
	if s.encoder == nil || s.err != nil {
		return s.err
	}
	file, err := s.far.Reader()
	if err != nil {
		return err
	}
	for lines := json.NewDecoder(file); lines.More(); {
		var p Platform
		var rest keptFar
		if err := errors.Join(lines.Decode(&p), lines.Decode(&rest)); err != nil {
			return fmt.Errorf("read what was kept of a platform: %w", err)
		}
		if rest.Kept == nil || !rest.Kept.fill(&p) {
			return fmt.Errorf("what was kept of platform %q is damaged", p.ID)
		}
		p.seen = rest.Seen
		hand(&p)
	}
	return nil
}

// Each hands over the platforms of a change, in their order; only one of many is held.
func (r *Results) Each(hand func(*Platform)) error {
	if r.shelf == nil {
		return nil
	}
	return r.shelf.each(hand)
}

// Close lets go of what was kept for the reports.
func (r *Results) Close() error {
	if r.shelf == nil {
		return nil
	}
	return r.shelf.far.Close()
}
