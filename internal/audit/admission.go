package audit

import (
	"hegui/internal/document"
	"hegui/internal/lang"
)

// What a platform may hold to be read at all: room for ten years of daily records in
// every list of the three largest topics. All that is read is kept in memory, in a gate
// on both sides, so these bounds limit the memory that a description can make hegui
// take.
const (
	maxDescribed = 36 << 20
	// maxSmall bounds the other files that are searched for markings.
	maxSmall = 256 << 20
	// maxNodes bounds the keys and values of the descriptions, which are what is
	// held. So does their size: beyond the first ones each takes six bytes, where
	// records take eight to twelve.
	maxNodes, fewNodes, bytesPerNode = 3_000_000, 20_000, 6
	maxFiles                         = 200_000
	// maxTold bounds what is said of the platform: its judged items, the causes that
	// each waits for, and its findings, each of which weighs findingWeight times as
	// much.
	maxTold, findingWeight = 500_000, 10
)

// load is what there is to read of a platform, in bytes.
type load struct {
	// described are its descriptions, small the other files that are searched
	// for markings, large those that may be hashed, as far as they are.
	described, small, large int64
	files                   int
}

// longPath is the length beyond which a path counts as two: in endlessly nested folders
// the paths cost more than the files.
const longPath = 256

// add counts a file.
func (l *load) add(at string, size int64, described bool) {
	l.files += 1 + len(at)/longPath
	switch {
	case described && size <= int64(document.DefaultLimits().Bytes):
		l.described += size
	case size <= maxScanned:
		l.small += size
	case size <= maxEvidence:
		l.large = min(l.large+size, maxHashed)
	}
}

// nodes is how many keys and values the platform's descriptions may hold.
func (l *load) nodes() int64 { return min(maxNodes, fewNodes+l.described/bytesPerNode) }

// excess says why a platform is not read at all, zero for one that is.
func (l *load) excess() lang.Text {
	switch {
	case l.files > maxFiles:
		return lang.Say("平台目录里的文件超过 %d 个", "the platform's folder holds more than %d files", maxFiles)
	case l.described > maxDescribed:
		return lang.Say("平台的描述合计超过 %d MiB", "the platform's descriptions together exceed %d MiB", maxDescribed>>20)
	case l.small > maxSmall:
		return lang.Say("平台目录里的小文件合计超过 %d MiB", "the small files of the platform's folder together exceed %d MiB", maxSmall>>20)
	}
	return lang.Text{}
}

// Admission lets the platforms of one run in, in their order, so that what each may
// read does not depend on which is faster. Ordinary platforms are not limited; what
// exceeds that is bounded for all of them together, and only one large platform is in
// memory at a time.
type Admission struct {
	nodes, small, large allowance
	// slot is held by the large platform that is in.
	slot chan struct{}
	// heavy has room for the large files that are in memory at a time.
	heavy chan struct{}
	// last is closed when the last ticket has been used.
	last chan struct{}
}

// allowance is how many bytes or nodes each platform may hold for nothing, how
// many more all may, and how many of these are taken.
type allowance struct{ free, most, taken int64 }

// NewAdmission is that of a run which hands each platform over and forgets it.
func NewAdmission() *Admission {
	first := make(chan struct{})
	close(first)
	return &Admission{
		nodes: allowance{free: 100_000, most: 50_000_000},
		small: allowance{free: 4 << 20, most: 4 << 30},
		large: allowance{free: 16 << 20, most: 4 << 30},
		slot:  make(chan struct{}, 1), heavy: make(chan struct{}, 4), last: first,
	}
}

// forPairs is the admission of a run that judges both sides of changes: the allowance
// beyond ordinary platforms is that of one as large as allowed, on both sides.
func forPairs() *Admission {
	a := NewAdmission()
	a.nodes.most = 2 * maxNodes
	return a
}

// over is what a platform takes beyond what is free.
func (a *allowance) over(bytes int64) int64 { return max(bytes-a.free, 0) }

// covers reports whether there is as much left.
func (a *allowance) covers(bytes int64) bool { return a.taken+a.over(bytes) <= a.most }

func (a *allowance) take(bytes int64) { a.taken += a.over(bytes) }

// ticket is the place of one platform, or of both sides of one, in the order of a
// run.
type ticket struct {
	*Admission
	turn   <-chan struct{} // closed when all before it have been let in
	passed chan struct{}   // what the next one waits for
	used   bool
	holds  bool
}

// ticket is the next platform's.
func (a *Admission) ticket() *ticket {
	t := &ticket{Admission: a, turn: a.last, passed: make(chan struct{})}
	a.last = t.passed
	return t
}

// enter waits for the platform's turn, which lasts until it passes. It says why the
// platform is not read, zero for one that is, and whether its large files may be.
func (t *ticket) enter(l load) (refused lang.Text, hashes bool) {
	<-t.turn
	if refused = l.excess(); !refused.IsZero() {
		return refused, false
	}
	if !t.nodes.covers(l.nodes()) || !t.small.covers(l.small) {
		return lang.Say("本次评定的各平台合计太大，没有读这一个", "the platforms of this run are too large together: this one was not read"), false
	}
	t.nodes.take(l.nodes())
	t.small.take(l.small)
	if hashes = t.large.covers(l.large); hashes {
		t.large.take(l.large)
	}
	if t.nodes.over(l.nodes()) > 0 && !t.holds {
		t.slot <- struct{}{}
		t.holds = true
	}
	return lang.Text{}, hashes
}

// pass lets the next platform in. One that never asked passes as well.
func (t *ticket) pass() {
	if !t.used {
		<-t.turn
		t.used = true
		close(t.passed)
	}
}

// leave makes room for the next large platform.
func (t *ticket) leave() {
	if t.holds {
		<-t.slot
	}
}
