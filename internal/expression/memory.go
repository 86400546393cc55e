package expression

import (
	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/slab"
)

// Memory is what a frame reads a description in, for one platform after the other. The
// zero Memory is empty.
type Memory struct {
	objects  slab.Slab[object]
	fields   slab.Slab[ref.Val]
	dates    slab.Slab[date]
	periods  slab.Slab[period]
	listed   slab.Slab[list]
	made     slab.Slab[ordinary]
	walks    slab.Slab[walked]
	newest   slab.Slab[Newest]
	absent   slab.Slab[Absent]
	lacking  slab.Slab[*Absent]
	flips    slab.Slab[calendar.Date]
	reasons  slab.Slab[Reason]
	items    slab.Slab[Item]
	asked    slab.Slab[switched]
	chosen   []Item
	locals   []ref.Val
	gathered []ref.Val
	stands   []shown
	lists    map[*document.Value]*list
	switches map[*Program]*switched
	ranges   map[*Program]ranged
	holes    map[site]*Hole
	holed    map[*document.Value]bool
	// said is what is said of facts that are not stated, on all platforms.
	said map[fact]lang.Text
	// explainer is the one that looks for reasons, one condition after the other.
	explainer explainer
	// frame is the one that the memory is lent to.
	frame *Frame
}

// Reuse takes the memory back from its frame, which sees nothing any more.
func (m *Memory) Reuse() {
	if m.frame == nil {
		return
	}
	m.locals, m.stands = emptied(m.frame.locals), emptied(m.frame.stands)
	m.gathered = emptied(m.frame.gathered)
	*m.frame, m.frame = Frame{}, nil
	m.objects.Reuse()
	m.fields.Reuse()
	m.dates.Reuse()
	m.periods.Reuse()
	m.listed.Reuse()
	m.made.Reuse()
	m.walks.Reuse()
	m.newest.Reuse()
	m.absent.Reuse()
	m.lacking.Reuse()
	m.flips.Reuse()
	m.reasons.Reuse()
	m.explainer = explainer{items: emptied(m.explainer.items)}
	m.items.Reuse()
	m.asked.Reuse()
	m.chosen = emptied(m.chosen)
	m.lists, m.switches, m.ranges = forgotten(m.lists), forgotten(m.switches), forgotten(m.ranges)
	m.holes, m.holed = forgotten(m.holes), forgotten(m.holed)
}

// emptied is a list with the room of another, of which nothing is kept.
func emptied[T any](all []T) []T {
	if cap(all) > slab.Most {
		return nil
	}
	clear(all[:cap(all)])
	return all[:0]
}

// forgotten is a map with the room of another, of which nothing is kept.
func forgotten[K comparable, V any](known map[K]V) map[K]V {
	if known == nil || len(known) > slab.Most {
		return map[K]V{}
	}
	clear(known)
	return known
}
