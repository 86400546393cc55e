package expression

import (
	"sync"

	"cel.dev/cel-go/cel"

	"hegui/internal/document"
)

// What judging may cost, in the units of CEL's own cost model, grows with what
// a platform states: a check that looks at everything a few times never meets
// its limit, however much is on record, and one that a description makes look
// at everything for each of everything does.
const (
	// checkBase bounds one check on a platform that states next to nothing: a
	// few tenths of a second; checkPerValue is what each stated value adds.
	checkBase, checkPerValue = 500_000, 10
	// purseBase and pursePerValue bound all checks on one platform together.
	purseBase, pursePerValue = 8 * checkBase, 2 * checkPerValue
	// step is the ratio of one prepared limit to the next.
	step = 2
)

// budget is what evaluation may still cost, and what it has cost.
type budget struct {
	// check is what each check may cost, left what the current one still may,
	// purse what all of them still may, of all at first: many checks that each run
	// into their limit must end as well.
	check, left, purse, all, spent uint64
}

func newBudget() budget {
	return budget{check: checkBase, left: checkBase, purse: purseBase, all: purseBase}
}

// grow makes room for what has been stated.
func (b *budget) grow(v *document.Value) {
	n := count(v)
	b.check += n * checkPerValue
	b.purse += n * pursePerValue
	b.all += n * pursePerValue
	b.left = b.check
}

func count(v *document.Value) uint64 {
	n := uint64(1)
	for _, item := range v.Items() {
		n += count(item)
	}
	for _, field := range v.Fields() {
		n += count(field.Value)
	}
	return n
}

// renew is the budget of the next check.
func (b *budget) renew() { b.left, b.spent = min(b.check, b.purse), 0 }

// spend takes a cost off and reports whether it was covered.
func (b *budget) spend(cost uint64) bool {
	covered := cost <= b.left
	b.left -= min(cost, b.left)
	b.purse -= min(cost, b.purse)
	b.spent += cost
	return covered
}

// limit is the prepared limit under which a single evaluation runs: the least
// that is no less than what a check may cost.
func (b *budget) limit() uint64 {
	limit := uint64(checkBase)
	for limit < b.check {
		limit *= step
	}
	return limit
}

// plans are an expression made ready to run, when it first runs: a platform needs
// few of the messages. What has no code is planned by the interpreter, once per
// limit.
type plans struct {
	once sync.Once
	code code
	// locals is how many names the code binds at once.
	locals int
	env    *Env
	// tree is the expression, read into a room where it was packed.
	tree func(room []expr) *expr
	mu   sync.Mutex
	by   map[uint64]cel.Program
}

// ready is the expression's code, nil for one that is interpreted.
func (p *plans) ready() code {
	p.once.Do(func() {
		room, _ := p.env.rooms.Get().(*[maxNodes]expr)
		if room == nil {
			room = new([maxNodes]expr)
		}
		p.code, p.locals = translate(p.env, p.tree(room[:0]))
		p.env.rooms.Put(room)
	})
	return p.code
}

// under is the expression as the interpreter runs it.
func (p *plans) under(limit uint64) (cel.Program, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if ready, ok := p.by[limit]; ok {
		return ready, nil
	}
	// The names are resolved by now, so the scope plays no part.
	tree := p.tree(nil).native()
	ready, err := p.env.base.PlanProgram(tree, cel.EvalOptions(cel.OptOptimize), cel.CostLimit(limit), cel.CustomDecoratorV2(settled(tree)))
	if err != nil {
		return nil, err
	}
	if p.by == nil {
		p.by = map[uint64]cel.Program{}
	}
	p.by[limit] = ready
	return ready, nil
}
