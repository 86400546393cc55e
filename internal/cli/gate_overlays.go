package cli

import (
	"errors"
	"path"
	"slices"

	"hegui/internal/compare"
	"hegui/internal/rulebook"
)

// idleOverlays is what the change loosens in overlays that are switched off here, which
// other runs may switch on. Each is compared as if it were in force.
func (a *app) idleOverlays(s *sides, in *rulebook.Rulebook, root string, touched []string) (all []compare.ScopeChange, err error) {
	if len(s.baselines) == 0 {
		return nil, nil
	}
	before, _, err := a.rulebookTree(s.baseline())
	after, _, errHead := a.rulebookTree(s.head)
	if err = errors.Join(err, errHead); err != nil {
		return nil, err
	}
	for _, name := range rulebook.Overlays(before) {
		if slices.Contains(in.Overlays, name) || !slices.Contains(touched, path.Join(root, rulebook.OverlaysDir, name+".yaml")) {
			continue
		}
		was, err := rulebook.Load(before, append(slices.Clone(a.flags.overlays), name)...)
		if err != nil {
			continue // it asked for nothing that anybody could go by
		}
		if !slices.Contains(rulebook.Overlays(after), name) {
			all = append(all, compare.Dropped(was, name, root))
			continue
		}
		is, err := rulebook.Load(after, append(slices.Clone(a.flags.overlays), name)...)
		if err != nil {
			return nil, err
		}
		all = append(all, compare.Loosened(was, is, root)...)
	}
	return all, nil
}
