package handbook

import (
	"maps"
	"slices"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// profilesOf says which profiles judge by a check, and why the essential one
// does.
func profilesOf(c *rulebook.Check) lang.Text {
	why := c.WhyEssential()
	if why.IsZero() {
		return lang.Say("只在“%s”口径内", "%s only", rulebook.Full.Text())
	}
	return lang.Say("“%s”和“%s”口径（%s）", "%s and %s (%s)", rulebook.Essential.Text(), rulebook.Full.Text(), why)
}

// profilesText is which profile the policy has which platforms judged by.
func profilesText(p rulebook.ProfilePolicy) lang.Text {
	all := []lang.Text{p.Default.Text()}
	for _, level := range slices.Sorted(maps.Keys(p.Levels)) {
		all = append(all, lang.Say("等保%s级用“%s”", "%[2]s at level %[1]s", ordinal(level), p.Levels[level].Text()))
	}
	for _, code := range slices.Sorted(maps.Keys(p.Platforms)) {
		all = append(all, lang.Say("平台 %s 用“%s”", "%[2]s for platform %[1]s", code, p.Platforms[code].Text()))
	}
	return list(all)
}
