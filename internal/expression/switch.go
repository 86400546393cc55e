package expression

import (
	"slices"
	"strconv"

	"cel.dev/cel-go/common/types"

	"hegui/internal/lang"
)

// switched is what a switch came to on a frame. Many checks have the same one, and
// while they run nothing changes of what it looks at.
type switched struct {
	holds  bool
	err    error
	absent []*Absent
	cost   uint64
	// beside says why it does not hold, spent is what that has cost; nil until
	// somebody asks.
	beside *lang.Text
	spent  uint64
}

// Switched is True of a switch, which is evaluated once on each frame and costs
// every check the same.
func (p *Program) Switched(f *Frame) (bool, error) {
	if known := f.switches[p]; known != nil && f.budget.spend(known.cost) {
		f.absences = known.absent
		return known.holds, known.err
	}
	before := f.budget.spent
	holds, err := p.True(f)
	if !TooCostly(err) && len(f.flips) == 0 {
		known := f.memory.asked.One()
		*known = switched{holds: holds, err: err, absent: f.absences, cost: f.budget.spent - before}
		f.switches[p] = known
	}
	return holds, err
}

// Beside says, to all who may read the description, for what is stated a switch does
// not hold that was asked on the frame.
func (p *Program) Beside(f *Frame) lang.Text {
	known := f.switches[p]
	if known == nil {
		return p.besides(f)
	}
	if known.beside != nil && f.explained+known.spent < f.budget.check {
		f.explained += known.spent
		return *known.beside
	}
	before := f.explained
	said := p.besides(f)
	known.beside, known.spent = &said, f.explained-before
	return said
}

// told is what a switch has said of some platform, and what that has cost.
type told struct {
	said  lang.Text
	spent uint64
}

// maxTold is for how many platforms, told apart by what a switch reads, it keeps what it
// has said: most read words of a few.
const maxTold = 256

// besides is what was said of another platform that states the same, where one does.
func (p *Program) besides(f *Frame) lang.Text {
	key := p.stated(f)
	if known, same := p.parts.toldOf(key); same && f.explained+known.spent < f.budget.check {
		f.explained += known.spent
		return known.said
	}
	before := f.explained
	said := p.explained(f)
	if key != "" && !said.IsZero() {
		p.parts.tell(key, told{said, f.explained - before})
	}
	return said
}

func (p *parts) toldOf(key string) (told, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	known, same := p.told[key]
	return known, same
}

func (p *parts) tell(key string, what told) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.told == nil {
		p.told = map[string]told{}
	}
	if len(p.told) < maxTold {
		p.told[key] = what
	}
}

// stated tells platforms apart by the values that a switch reads; empty where one is
// absent, or is more than a word or a number.
func (p *Program) stated(f *Frame) string {
	absences, flips := f.absences, len(f.flips)
	defer func() { f.absences, f.flips = absences, f.flips[:flips] }()
	var room [128]byte
	key := room[:0]
	for _, at := range p.parts.paths(p) {
		v, err := at.value(f)
		if err != nil {
			return ""
		}
		switch v := v.(type) {
		case types.Bool:
			key = strconv.AppendBool(key, bool(v))
		case types.Int:
			key = strconv.AppendInt(key, int64(v), 10)
		case types.String:
			key = strconv.AppendQuote(key, string(v))
		default:
			return ""
		}
		if key = append(key, ' '); len(key) > len(room) {
			return ""
		}
	}
	return string(key)
}

// paths are those of the facts that a switch reads.
func (p *parts) paths(of *Program) []*Path {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.facts == nil {
		p.facts = make([]*Path, len(of.reads))
		for i, read := range of.reads {
			p.facts[i], _ = of.run.env.Scope().Path(read) // it has compiled
		}
	}
	return p.facts
}

// explained says for what is stated a switch does not hold.
func (p *Program) explained(f *Frame) (said lang.Text) {
	var all []lang.Text
	for _, r := range f.reasons(explainer{frame: f, program: p, beside: true}) {
		one := r.Message.Redacted
		if r.stands != nil && !r.stands.Redacted.IsZero() {
			one = r.stands.Redacted
		}
		switch {
		case slices.Contains(all, one):
			continue
		case said.IsZero():
			said = one
		default:
			said = lang.Say("%s；%s", "%s; %s", said, one)
		}
		all = append(all, one)
	}
	return said
}
