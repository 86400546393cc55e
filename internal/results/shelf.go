package results

import (
	"encoding/json"
	"errors"
	"fmt"

	"hegui/internal/atomicfile"
	"hegui/internal/jsontext"
)

// maxNear is how many platforms of a change are kept in memory.
const maxNear = 16

// shelf keeps the platforms that a change touches until its reports begin, which is
// when all are known: the first few in memory, the rest in a temporary file.
type shelf struct {
	near []Platform
	far  atomicfile.Spool
	text jsontext.Writer // of the last one in the file
	err  error
}

// keptFar is what the file has of a platform besides its plain line.
type keptFar struct {
	Kept *Kept `json:"kept"`
	Seen Audience
}

func (s *shelf) put(run *Results, p *Platform) {
	if len(s.near) < maxNear {
		s.near = append(s.near, *p)
		return
	}
	if s.err != nil {
		return
	}
	s.text.Reset()
	run.Line(p).WriteJSON(&s.text)
	s.text.Element(keptFar{p.Keep(), p.seen})
	s.text.End()
	text, err := s.text.Bytes()
	if s.err = err; err == nil {
		_, s.err = s.far.Write(text)
	}
}

// each hands the platforms over in their order, one at a time.
func (s *shelf) each(r *reader, hand func(*Platform)) error {
	for i := range s.near {
		hand(&s.near[i])
	}
	if text, _ := s.text.Bytes(); len(text) == 0 || s.err != nil {
		return s.err
	}
	file, err := s.far.Reader()
	if err != nil {
		return err
	}
	for lines := json.NewDecoder(file); lines.More(); {
		var line json.RawMessage
		var rest keptFar
		if err := errors.Join(lines.Decode(&line), lines.Decode(&rest)); err != nil {
			return fmt.Errorf("read what was kept of a platform: %w", err)
		}
		p, err := r.platform(line)
		if err != nil {
			return err
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
	return r.shelf.each(newReader(&r.Rulebook), hand)
}

// Close lets go of what was kept for the reports.
func (r *Results) Close() error {
	if r.shelf == nil {
		return nil
	}
	return r.shelf.far.Close()
}
