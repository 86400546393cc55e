package expression

import (
	"sync"

	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/document"
)

// Name is where frames keep what a name stands for.
type Name int

// names gives every name a place of its own, the topics the first.
type names struct {
	mu     sync.RWMutex
	places map[string]Name
}

func (n *names) place(name string) Name {
	n.mu.RLock()
	at, known := n.places[name]
	n.mu.RUnlock()
	if known {
		return at
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if at, known = n.places[name]; !known {
		at = Name(len(n.places))
		if n.places == nil {
			n.places = map[string]Name{}
		}
		n.places[name] = at
	}
	return at
}

func (n *names) count() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return len(n.places)
}

// Name is the place of a name.
func (e *Env) Name(name string) Name { return e.names.place(name) }

// shown is what a name stands for on a frame, nothing for a name that is not bound.
type shown struct {
	value ref.Val
	place *document.Value // of an item that is a scalar
}

// place is where the frame keeps a name.
func (f *Frame) place(name string) Name { return f.env.names.place(name) }

func (f *Frame) shown(at Name) shown {
	if int(at) < len(f.stands) {
		return f.stands[at]
	}
	return shown{}
}

func (f *Frame) show(at Name, what shown) {
	for int(at) >= len(f.stands) { // the name was met after the frame was made
		f.stands = append(f.stands, shown{})
	}
	f.stands[at] = what
}

// Enter binds a name to an item.
func (f *Frame) Enter(at Name, item Item) { f.show(at, shown{item.value, item.Place}) }
