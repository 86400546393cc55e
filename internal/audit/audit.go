// Package audit judges descriptions: one platform, one tree, one day, from
// bytes through schema and checks to outcomes and findings.
package audit

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"

	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/slab"
	"hegui/internal/source"
	"hegui/internal/stopwatch"
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
	// Among are the platforms that the judged ones are compared with for what they may
	// not share; nil for the judged ones.
	Among []Folder
	// Pin asks for what each outcome rests on: the values, and the digest of the fact,
	// for which all evidence must be read. Platforms with verdicts get the digest
	// anyway.
	Pin bool
	// Watch says where the time goes, nil where nobody asks.
	Watch *stopwatch.Watch

	// objects are the contents of evidence by the hash of the object.
	objects sync.Map
	// known counts the objects. The count is bounded: what platforms share is met again
	// soon, and what one has alone never is.
	known atomic.Int64
	// schemas say whether a schema for editors is outdated, by its path, and found
	// whether there is one.
	schemas, found sync.Map
	// sizes are the folders of evidence listed for the comparison with other platforms,
	// each kept until its platform is surveyed. Where Among is set none is kept, since
	// not all are surveyed.
	sizes sync.Map
	// today is what the rulebook makes of the day, found when it is first asked for.
	today today
	// rooms are those of platforms that were let go.
	rooms slab.Spares[room]
}

// Failure is a platform that could not be judged through no fault of its own.
type Failure struct {
	Platform string
	Message  lang.Text
}

// Run judges the platforms that lie at or below the given paths, all of them
// for no path, in the order of their ids.
func (a *Auditor) Run(ctx context.Context, paths []string) ([]*Platform, []Failure) {
	return a.Judge(ctx, Discover(a.Tree, paths))
}

// Judge judges the platforms in these folders and keeps them all.
func (a *Auditor) Judge(ctx context.Context, folders []Folder) (judged []*Platform, failures []Failure) {
	failures = Stream(ctx, a, folders, func(p *Platform) *Platform { return p }, func(p *Platform) { judged = append(judged, p) })
	return judged, failures
}

// TextOf is an error in both languages, as far as it knows them.
func TextOf(err error) lang.Text {
	var told interface{ Text() lang.Text }
	if errors.As(err, &told) {
		return told.Text()
	}
	if said := systemText(err); !said.IsZero() {
		return said
	}
	return lang.Same(err.Error())
}

// Finding makes a finding that no check makes.
func (d *Described) Finding(id string, at finding.Location, message, remedy lang.Text, keys ...string) finding.Finding {
	at.Path = source.Spelt(at.Path)
	return finding.Finding{
		Check: id, Clauses: []string{}, Severity: finding.SeverityOf(id), Platform: d.ID, Message: message, Remedy: remedy,
		Location: at, Fingerprint: finding.Fingerprint(id, d.Code, keys...), Keys: keys, Item: source.Spelt(strings.Join(keys, "/")),
	}
}

func (d *Described) documentFinding(code string, at finding.Location, message, remedy lang.Text, keys ...string) finding.Finding {
	return d.Finding("document."+code, at, message, remedy, keys...)
}
