// Package audit judges descriptions: one platform, one tree, one day, from
// bytes through schema and checks to outcomes and findings.
package audit

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// PlatformsDir is where platforms are described.
const PlatformsDir = "platforms"

// Auditor judges the platforms of one tree by one rulebook on one day.
type Auditor struct {
	Tree     source.Tree
	Rulebook *rulebook.Rulebook
	AsOf     calendar.Date
	// Jobs is the number of platforms judged at a time; at least one is.
	Jobs int
	// Pin asks for the digest of the fact that each outcome rests on, which
	// costs reading all evidence. Platforms with verdicts have it anyway.
	Pin bool
	// Trusted, when set, gives the root of the trusted copy of a platform's file
	// ("waivers" or "verdicts"), nil if it has none. A waiver and an assessor's
	// confirmation then count only where they stand identically in both.
	Trusted func(code, path, file string) *document.Value
	// Keep keeps the documents of each platform, for those who compare them.
	Keep bool
}

// Failure is a platform that could not be judged through no fault of its own.
type Failure struct {
	Platform string
	Message  lang.Text
}

// Run judges the platforms that lie at or below the given paths, all of them
// for no path. Platforms come in the order of their ids whatever the number of
// jobs; what breaks on one platform is told in its failure and spares the
// others.
func (a *Auditor) Run(ctx context.Context, paths []string) ([]*Platform, []Failure) {
	return a.Judge(ctx, Discover(a.Tree, paths))
}

// Judge judges the platforms in these folders, as Run does.
func (a *Auditor) Judge(ctx context.Context, folders []Folder) ([]*Platform, []Failure) {
	judged := make([]*Platform, len(folders))
	failures := make([]*Failure, len(folders))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(a.Jobs, 1))
	for i, folder := range folders {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			judged[i], failures[i] = a.contain(folder)
			return nil
		})
	}
	err := group.Wait()
	var out []*Platform
	var failed []Failure
	for i := range folders {
		if judged[i] != nil {
			out = append(out, judged[i])
		}
		if failures[i] != nil {
			failed = append(failed, *failures[i])
		}
	}
	if err != nil {
		failed = append(failed, Failure{Message: lang.Say("检查被中断：%v", "the run was interrupted: %v", err)})
	}
	a.sameCode(out)
	return out, failed
}

// contain judges one platform; a panic stays with it.
func (a *Auditor) contain(f Folder) (p *Platform, failure *Failure) {
	defer func() {
		if cause := recover(); cause != nil {
			p = nil
			failure = &Failure{f.ID, lang.Say("检查平台 %s 时程序出错，这是 hegui 的缺陷：%v（%s）", "judging platform %s broke hegui itself, this is our defect: %v (%s)", f.ID, cause, origin())}
		}
	}()
	p, err := a.platform(f)
	if source.OutOfReach(err) {
		return nil, &Failure{f.ID, lang.Say("平台 %s 无法判定：%s", "platform %s cannot be judged: %s", f.ID, TextOf(err))}
	}
	if err != nil {
		return nil, &Failure{f.ID, lang.Say("平台 %s 无法判定，规则库有缺陷：%v", "platform %s cannot be judged, the rulebook is defective: %v", f.ID, err)}
	}
	return p, nil
}

// TextOf is an error in both languages, as far as it knows them.
func TextOf(err error) lang.Text {
	var told interface{ Text() lang.Text }
	if errors.As(err, &told) {
		return told.Text()
	}
	return lang.Same(err.Error())
}

// origin is the function that panicked, without any path of this machine.
func origin() string {
	for _, line := range strings.Split(string(debug.Stack()), "\n") {
		name, _, found := strings.Cut(line, "(")
		if found && strings.HasPrefix(name, "hegui/internal/") && !strings.Contains(name, "contain") && !strings.Contains(name, "origin") {
			return name
		}
	}
	return "unknown"
}

// sameCode reports platforms that share the short name which should outlive
// their folders.
func (a *Auditor) sameCode(platforms []*Platform) {
	first := map[string]*Platform{}
	for _, p := range platforms {
		if p.Code == "" {
			continue
		}
		other := first[p.Code]
		if other == nil {
			first[p.Code] = p
			continue
		}
		for _, pair := range [2][2]*Platform{{p, other}, {other, p}} {
			pair[0].addFinding(pair[0].codeFinding(pair[1]))
		}
	}
}

func (p *Platform) codeFinding(other *Platform) finding.Finding {
	f := p.documentFinding("duplicate_code", p.codePlace, lang.Say("代号 %q 与平台 %s 相同", "code %q is also that of platform %s", p.Code, other.ID),
		lang.Say("给其中一个平台换一个全库唯一的代号", "give one of the two a code that is unique in the repository"))
	p.quoteCode(&f)
	return f
}

func (p *Platform) addFinding(f finding.Finding) {
	if slices.ContainsFunc(p.Findings, func(g finding.Finding) bool { return g.Fingerprint == f.Fingerprint && g.Message == f.Message }) {
		return
	}
	p.Findings = append(p.Findings, f)
	finding.Sort(p.Findings)
}

func (p *Platform) documentFinding(code string, at finding.Location, message, remedy lang.Text, keys ...string) finding.Finding {
	return p.ownFinding("document."+code, at, message, remedy, keys...)
}

// ownFinding makes a finding that no check makes.
func (p *Platform) ownFinding(id string, at finding.Location, message, remedy lang.Text, keys ...string) finding.Finding {
	return finding.Finding{
		Check: id, Clauses: []string{}, Severity: finding.SeverityOf(id), Platform: p.ID, Message: message, Remedy: remedy,
		Location: at, Fingerprint: finding.Fingerprint(id, p.Code, keys...), Keys: keys, Item: strings.Join(keys, "/"),
	}
}
