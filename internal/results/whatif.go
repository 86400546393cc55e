package results

import (
	"hegui/internal/calendar"
	"hegui/internal/compare"
)

// WhatIf is what overlays would make of platforms.
type WhatIf struct {
	Overlays []string `json:"overlays"`
	// Days are the day of judging, and those on which something that the overlays only
	// announce makes platforms fare differently.
	Days []ImpactDay `json:"days"`
}

// NewWhatIf is what overlays make of platforms on a day and on those to come.
func NewWhatIf(overlays []string, on calendar.Date, effects []compare.Effect, unaffected int, later []compare.Later) *WhatIf {
	today := ImpactDay{On: on.String(), Platforms: affected(effects), Unaffected: unaffected}
	return &WhatIf{Overlays: list(overlays), Days: append([]ImpactDay{today}, ahead(later)...)}
}

// For is what an audience may see: the public what becomes of verdicts and scores.
func (w *WhatIf) For(a Audience) *WhatIf {
	if w == nil || a != Public {
		return w
	}
	return &WhatIf{Overlays: w.Overlays, Days: each(w.Days, (*ImpactDay).publish)}
}

func (d *ImpactDay) publish() { d.Platforms = withoutTurns(d.Platforms) }

func withoutTurns(all []ImpactPlatform) []ImpactPlatform {
	return each(all, func(p *ImpactPlatform) { p.Turns = nil })
}

// published is what the public may see.
func (i *Impact) published() *Impact {
	out := *i
	out.Platforms = withoutTurns(i.Platforms)
	if len(i.Later) > 0 {
		out.Later = each(i.Later, (*ImpactDay).publish)
	}
	return &out
}
