package results

// Reads are the things of a platform that take time to work out and that only some
// reports read.
type Reads uint8

// Drawing is the platform's picture, FirstSteps what to do first, Ledger its losses and
// problems, Items what came of each item of its checks, and its evidence, Reach what a
// comparison needs to know of what could be looked at.
const (
	Drawing Reads = 1 << iota
	FirstSteps
	Ledger
	Items
	Reach

	Everything = Drawing | FirstSteps | Ledger | Items | Reach
)
