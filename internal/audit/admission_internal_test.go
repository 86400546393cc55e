package audit

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hegui/internal/document"
	"hegui/internal/source"
)

const mega = 1 << 20

// A platform that holds more than honest ones do is not read.
func TestExcess(t *testing.T) {
	for _, c := range []struct {
		files     int
		size      int64
		described bool
		want      string
	}{
		{18, 2 * mega, true, ""},
		{2, 16 * mega, true, ""},
		{3, 16 * mega, true, "descriptions together exceed 36 MiB"},
		{20, 17 * mega, true, ""}, // each is refused unread
		{256, mega, false, ""},
		{257, mega, false, "small files of the platform's folder together exceed 256 MiB"},
		{1000, mega + 1, false, ""}, // read only where they are cited, and bounded there
		{200_000, 10, false, ""},
		{200_001, 10, false, "more than 200000 files"},
	} {
		var l load
		for range c.files {
			l.add("p/a", c.size, c.described)
		}
		if got := l.excess().EN; got != c.want && (c.want == "" || !strings.Contains(got, c.want)) {
			t.Errorf("%d files of %d bytes: %q, want %q", c.files, c.size, got, c.want)
		}
	}
}

// What goes beyond the ordinary is bounded for all platforms of a run together;
// ordinary ones are let in however many there are.
func TestRunIsBounded(t *testing.T) {
	large := load{described: 30 * mega}
	ordinary := load{described: 450 << 10, small: 4 * mega, large: 16 * mega}
	evidence := load{large: 256 * mega}
	order := NewAdmission()
	enter := func(l load) (read, hashed bool) {
		ticket := order.ticket()
		refused, hashes := ticket.enter(l)
		ticket.pass()
		ticket.leave()
		return refused.IsZero(), hashes
	}
	count := func(l load) (read, hashed int) {
		for range 1000 {
			r, h := enter(l)
			if r {
				read++
			}
			if h {
				hashed++
			}
		}
		return read, hashed
	}
	if read, _ := count(large); read != 17 {
		t.Errorf("%d large platforms are read, want 17", read)
	}
	if read, hashed := count(evidence); read != 1000 || hashed != 17 {
		t.Errorf("%d with much evidence are read, want all; that of %d is hashed, want 17", read, hashed)
	}
	if read, hashed := count(ordinary); read != 1000 || hashed != 1000 {
		t.Errorf("%d ordinary platforms are read and the evidence of %d, want all", read, hashed)
	}
}

// Which platforms are read does not depend on which are faster, and of large
// ones one is held at a time.
func TestAdmissionKeepsTheOrder(t *testing.T) {
	order := NewAdmission()
	order.nodes.most = 5 * maxNodes
	var tickets []*ticket
	for range 8 {
		tickets = append(tickets, order.ticket())
	}
	var mu sync.Mutex
	var entered []int
	var group sync.WaitGroup
	inside := make(chan int, len(tickets))
	for i, ticket := range slices.Backward(tickets) {
		group.Go(func() {
			if i%3 == 2 {
				ticket.pass() // it broke before it asked
				return
			}
			defer ticket.pass()
			if refused, _ := ticket.enter(load{described: 30 * mega}); !refused.IsZero() {
				return
			}
			mu.Lock()
			entered = append(entered, i)
			mu.Unlock()
			inside <- i
		})
		time.Sleep(time.Millisecond) // the last one asks first
	}
	for range 5 {
		i := <-inside
		select {
		case j := <-inside:
			t.Errorf("%d is in beside %d", j, i)
		case <-time.After(time.Millisecond):
		}
		tickets[i].leave()
	}
	group.Wait()
	if want := []int{0, 1, 3, 4, 6}; !slices.Equal(entered, want) {
		t.Errorf("%v are let in, want %v", entered, want)
	}
}

// What one description holds is missing from what the next may hold.
func TestNodesAreShared(t *testing.T) {
	r := &reading{Auditor: &Auditor{Tree: memory{"p/a.yaml": "[1, 2, 3]", "p/b.yaml": "[1, 2, 3]"}}, Platform: &Platform{}, nodes: 6}
	first := r.parse(&file{Entry: source.Entry{Path: "p/a.yaml"}})
	second := r.parse(&file{Entry: source.Entry{Path: "p/b.yaml"}})
	if !first.Sound() || r.nodes != 2 {
		t.Errorf("problems %v, %d values left, want 2", first.Problems, r.nodes)
	}
	if len(second.Problems) != 1 || second.Problems[0].Code != document.CodeTooManyNodes || !strings.Contains(second.Problems[0].Message.EN, "platform's files") {
		t.Errorf("problems %+v", second.Problems)
	}
}

// Values that take next to no bytes are not counted by these alone.
func TestNodesFollowBytes(t *testing.T) {
	for bytes, want := range map[int64]int64{0: 20_000, 96 << 10: 36_384, 16 * mega: 2_816_202, 36 * mega: 3_000_000} {
		l := load{described: bytes}
		if got := l.nodes(); got != want {
			t.Errorf("%d bytes may hold %d values, want %d", bytes, got, want)
		}
	}
}

// memory is a tree of files that are read and nothing else.
type memory map[string]string

func (m memory) List(string) ([]source.Entry, error)     { return nil, nil }
func (m memory) Stat(string) (source.Entry, error)       { return source.Entry{}, nil }
func (m memory) Read(at string, _ int64) ([]byte, error) { return []byte(m[at]), nil }

// Both sides of a platform come in together, and all changes of a run share what they
// may hold: one platform as large as one may be on each side, and any number of
// ordinary ones.
func TestPairsShare(t *testing.T) {
	order := forPairs()
	for i, c := range []struct {
		l    load
		read bool
	}{{load{described: maxDescribed}, true}, {load{described: 4 * mega}, false}, {load{described: 100 << 10}, true}} {
		ticket := order.ticket()
		before, _ := ticket.enter(c.l)
		after, _ := ticket.enter(c.l)
		ticket.pass()
		if ticket.leave(); before.IsZero() != c.read || after.IsZero() != c.read {
			t.Errorf("platform %d: %q, %q, want it read: %t", i, before.EN, after.EN, c.read)
		}
	}
}
