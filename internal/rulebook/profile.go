package rulebook

import (
	"slices"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/term"
)

// Profile says which checks judge a platform.
type Profile string

// The profiles, the smaller one first.
const (
	// Essential judges by vetoes, duties of law and normative documents, what is
	// marked essential for the rest of each clause, and what overlays demand.
	Essential Profile = "essential"
	// Full judges by every check.
	Full Profile = "full"
)

// Text is what people call the profile.
func (p Profile) Text() lang.Text { return term.Profiles().Text(string(p)) }

// Has reports whether the profile judges by a check.
func (p Profile) Has(c *Check) bool { return p != Essential || !c.WhyEssential().IsZero() }

// WhyEssential says why the essential profile judges by the check; zero where
// only the full one does. A veto and a duty of law at any level are essential by
// nature: no file could forget to say so.
func (c *Check) WhyEssential() lang.Text {
	switch {
	case slices.Contains(c.Severity.Values, finding.Blocker):
		return lang.Say("一票否决项", "a blocker")
	case slices.ContainsFunc(c.Basis.Values, Basis.Statutory):
		return lang.Say("法定义务", "a statutory duty")
	case c.Essential:
		return lang.Say("规则库标明", "marked so in the rulebook")
	case c.Overlay != "":
		return lang.Say("叠加 %s 的要求", "demanded by overlay %s", c.Overlay)
	}
	return lang.Text{}
}

// ProfilePolicy says which profile judges which platform.
type ProfilePolicy struct {
	// Default judges where nothing else is stated.
	Default Profile
	// Levels judge the platforms of exactly that protection level, Platforms the
	// one with that code.
	Levels    map[int]Profile
	Platforms map[string]Profile
}

// Of is the profile of a platform with a code and a protection level. One whose
// header does not show what its profile depends on is judged in full: a code that
// policy names is enough.
func (p ProfilePolicy) Of(code string, level int) Profile {
	if code == "" || level == NoLevel && p.Platforms[code] == "" {
		return Full
	}
	for _, stated := range []Profile{p.Platforms[code], p.Levels[level], p.Default} {
		if stated != "" {
			return stated
		}
	}
	return Full
}

// Uses reports whether any platform may be judged by a profile.
func (p ProfilePolicy) Uses(profile Profile) bool {
	if p.Default == profile {
		return true
	}
	for _, stated := range p.Levels {
		if stated == profile {
			return true
		}
	}
	for _, stated := range p.Platforms {
		if stated == profile {
			return true
		}
	}
	return false
}

// profiles reads which profile judges which platform; the schema lists the
// profiles.
func (l *loader) profiles(doc *document.Document) {
	p := ProfilePolicy{Default: Full, Levels: map[int]Profile{}, Platforms: map[string]Profile{}}
	stated := doc.Root.Get("profiles")
	if stated != nil {
		l.levels(doc.Path, stated.Get("levels"))
		p.Default = Profile(stated.TextAt("default"))
		for _, field := range fields(stated, "levels") {
			p.Levels[int(field.Key[0]-'0')] = Profile(field.Value.Text)
		}
		for _, field := range fields(stated, "platforms") {
			p.Platforms[field.Key] = Profile(field.Value.Text)
		}
	}
	l.book.Policy.Profiles = p
}

// Named is a platform as policy may mean it.
type Named struct{ ID, Code string }

// Nobody looks up the platforms that the policy gives a profile of their own among those
// there are: one that it writes wrongly would be judged by another, without a word. A name
// that none is near is one to come, or gone, and is only told of.
func (r *Rulebook) Nobody(all []Named) (defects finding.Defects, notes []lang.Text) {
	if r.policy == nil {
		return nil, nil
	}
	var codes []string
	for _, one := range all {
		codes = append(codes, one.Code)
	}
	free := slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return r.Policy.Profiles.Platforms[code] != "" })
	for _, field := range fields(r.policy.Root.Get("profiles"), "platforms") {
		if slices.Contains(codes, field.Key) {
			continue
		}
		meant := near.Word(field.Key, free)
		if i := slices.IndexFunc(all, func(one Named) bool { return one.ID == field.Key && slices.Contains(free, one.Code) }); i >= 0 {
			meant = all[i].Code
		}
		message := lang.Say("没有代号是 %s 的平台，给它定的口径没有用上", "no platform has the code %s: the profile that it is given is not used", document.Quote(field.Key))
		if meant == "" || slices.Contains(codes, "") { // it may be the code that cannot be read
			at := field.KeyStart()
			notes = append(notes, lang.Say("%s:%d:%d %s；代号写在 platform.yaml 的 code；要等它有了才用得上，不再要的删去", "%s:%d:%d: %s; the code is that in platform.yaml; keep it for a platform that is to come, else delete it", PolicyFile, at.Line, at.Column, message))
			continue
		}
		defects = append(defects, finding.Defect{Path: PolicyFile, Line: field.KeyStart().Line, Column: field.KeyStart().Column,
			Message: lang.Say("%[1]s：是不是 %[2]s？若是以后的平台，先给 %[2]s 也单写一行", "%[1]s: did you mean %[2]s? If it is a platform to come, give %[2]s a line of its own as well", message, meant)})
	}
	return defects, notes
}

// kept checks that no decision or profile in use empties a clause: one that has points,
// and a check that counts at a level, must keep one there.
func (l *loader) kept() {
	for _, grade := range items(l.docs[PolicyFile].Root, "grades") {
		for _, condition := range items(grade, "conditions") {
			if id := str(condition, "unconfirmed"); id != "" && l.book.Check(id) == nil {
				l.noCheck(l.docs[PolicyFile], condition.Get("unconfirmed"))
			}
		}
	}
	for _, clause := range l.book.Regulation.Clauses {
		if clause.Points.Sign() == 0 {
			continue
		}
		if level := l.lost(clause.ID, Full); level > 0 {
			at := l.lastDecided(clause.ID)
			l.fail(at.Path, at.Pos, lang.Say("条款 %s 因此在等保 %d 级没有计分的检查项：至少留一个", "this leaves clause %s without a check that counts at level %d: keep at least one", clause.ID, level))
			continue
		}
		if !l.book.Policy.Profiles.Uses(Essential) {
			continue
		}
		if level := l.lost(clause.ID, Essential); level > 0 {
			l.fail(PolicyFile, l.docs[PolicyFile].Root.Get("profiles").Start(), lang.Say("“%[1]s”口径下条款 %[2]s 在等保 %[3]d 级没有计分的检查项：给其中一个写上 profile: essential",
				"under the profile %[1]s clause %[2]s has no check that counts at level %[3]d: mark one of its checks profile: essential", Essential.Text(), clause.ID, level))
		}
	}
}

// lost is the first level at which the base has a check that counts in a clause, and a
// profile is left with none; 0 for none.
func (l *loader) lost(clause string, profile Profile) int {
	var home []*Check
	for _, c := range l.book.Checks {
		if c.Clauses[0] == clause {
			home = append(home, c)
		}
	}
	for level := 1; level <= MaxLevel; level++ {
		had := slices.ContainsFunc(home, func(c *Check) bool { return c.Before().Severity.At(level) != finding.Advisory })
		has := slices.ContainsFunc(home, func(c *Check) bool {
			return c.Severity.At(level) != finding.Advisory && c.Drop() == nil && profile.Has(c)
		})
		if had && !has {
			return level
		}
	}
	return 0
}

// lastDecided is the last decision by which a check at home in a clause no longer
// counts.
func (l *loader) lastDecided(clause string) *Decision {
	var last *Decision
	for _, c := range l.book.Checks {
		for _, d := range c.Decisions {
			if c.Clauses[0] == clause && d.Effect != Confirmed && d.Limit == "" {
				last = d
			}
		}
	}
	return last
}

// Only is the rulebook without the checks that a profile does not judge by, for
// readers of that profile.
func (r *Rulebook) Only(profile Profile) *Rulebook {
	out := *r
	out.Checks, out.byID = nil, map[string]*Check{}
	for _, c := range r.Checks {
		if profile.Has(c) {
			out.Checks, out.byID[c.ID] = append(out.Checks, c), c
		}
	}
	out.stages = nil
	for _, s := range r.stages {
		later := s.book.Only(profile)
		later.first = &out
		out.stages = append(out.stages, stage{s.from, later})
	}
	return &out
}
