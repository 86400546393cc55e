// Package hegui holds this repository's rulebook, so that the one binary needs
// nothing beside it.
package hegui

import "embed"

// Rulebook is the schemas and checks of this repository.
//
//go:embed schemas/*.json checks/*.yaml checks/baseline/*.yaml checks/overlays/*.yaml
var Rulebook embed.FS
