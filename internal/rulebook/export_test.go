package rulebook

import (
	"hegui/internal/expression"
	"hegui/internal/source"
)

// LoadKnown is Load in a binary that carries these bytes as its known.bin.
func LoadKnown(tree source.Tree, known string, overlays ...string) (*Rulebook, error) {
	return load(tree, known, overlays)
}

// Usable reports whether a binary would use these bytes at all.
func Usable(known string) bool { return unseal(known) != "" }

// IdentifyKnown is Identify in a binary that carries these bytes as its known.bin.
func IdentifyKnown(tree source.Tree, known string) (Identity, error) { return identify(tree, known) }

// Condition is the compiled condition.
func (c *Check) Condition() *expression.Program { return c.compiled.assert }
