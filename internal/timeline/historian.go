package timeline

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// Snapshot is a commit with what to judge by.
type Snapshot struct {
	Commit string
	Domain string
	Signed bool
	On     calendar.Date
	Tree   source.Hashed
	// Book is equal for all commits with the same rulebook; Load reads it.
	Book string
	Load func() (*rulebook.Rulebook, error)
}

// Historian reads history.
type Historian struct {
	// Jobs is the number of platforms judged at a time.
	Jobs int
	// AsOf is the day on which all commits are judged, the zero date for each on its own.
	AsOf calendar.Date
	// Claims asks how the dated records came to be, and for nothing to be judged.
	Claims bool
	// Wanted chooses platforms by an id and code that they had; nil for all.
	Wanted func(id, code string) bool
}

// Read judges the platforms of commits, the oldest first. A platform is read once for
// each change of its folder, of the rulebook or of what it has in common with others,
// and judged on a later day only when an answer may be another.
func (h Historian) Read(ctx context.Context, snapshots iter.Seq[Snapshot]) (*History, []audit.Failure) {
	r := &reader{Historian: h, History: &History{}, ctx: ctx, open: map[*Line]*stretch{}, codes: map[string]*Line{}}
	for s := range snapshots {
		if ctx.Err() != nil {
			break
		}
		r.moment(s)
	}
	r.judge()
	for _, line := range r.Lines {
		line.settle()
		line.Claims = line.claims()
	}
	r.Lines = slices.DeleteFunc(r.Lines, func(l *Line) bool { return !r.chosen(l) })
	slices.SortStableFunc(r.Lines, func(a, b *Line) int { return strings.Compare(a.ID, b.ID) })
	return r.History, r.failures
}

// reader is a history on its way.
type reader struct {
	Historian
	*History
	ctx  context.Context
	book *rulebook.Rulebook // nil where it is defective
	// before is the snapshot before, zero for none, folders are its platforms by path,
	// here their lines.
	before  Snapshot
	folders map[string]audit.Folder
	paths   []string // of folders, in their order
	here    map[string]*Line
	// shared is what they have in common, codes the lines by code.
	shared audit.Shared
	codes  map[string]*Line
	// open are the stretches that go on, stretches all of one rulebook.
	open      map[*Line]*stretch
	stretches []*stretch
	failures  []audit.Failure
}

// stretch is a platform over moments in which nothing of it changes but the day.
type stretch struct {
	line     *Line
	path     string
	from, to int
	key      key
	passage  audit.Passage
}

func (r *reader) moment(s Snapshot) {
	if r.AsOf != (calendar.Date{}) {
		s.On = r.AsOf
	}
	at := len(r.Moments)
	m := Moment{Commit: s.Commit, On: s.On, Domain: s.Domain, Signed: s.Signed}
	if at == 0 || s.Book != r.before.Book {
		m.Gap = r.read(s, at)
	} else {
		m.Gap = r.Moments[at-1].Gap
	}
	if r.book != nil {
		m.Rulebook = r.book.Digest
		r.advance(s, at)
	}
	r.Moments = append(r.Moments, m)
	r.before = s
}

// read reads a rulebook, and says why it cannot be read. Nothing is judged then until
// another comes.
func (r *reader) read(s Snapshot, at int) (gap lang.Text) {
	book, err := s.Load()
	if err == nil && r.book != nil && book.Judges() == r.book.Judges() {
		return lang.Text{} // what changed judges nothing
	}
	r.judge() // what was judged by one rulebook, so that few are held at a time
	r.book, r.folders = nil, nil
	if r.reach(err); err != nil {
		gap = lang.Say("规则库有缺陷：%s", "the rulebook is defective: %s", defect(err))
		for _, path := range sorted(r.here) {
			r.here[path].Points = append(r.here[path].Points, Point{At: at, ID: r.here[path].ID, Gap: gap})
		}
		return gap
	}
	r.book, r.Book = book, book
	return lang.Text{}
}

// reach notes what is there and cannot be had: the history is not whole then.
func (r *reader) reach(err error) {
	if source.OutOfReach(err) {
		r.failures = append(r.failures, audit.Failure{Message: audit.TextOf(err)})
	}
}

// defect is the first thing that is wrong with a rulebook.
func defect(err error) lang.Text {
	var all finding.Defects
	if !errors.As(err, &all) || len(all) == 0 {
		return audit.TextOf(err)
	}
	if more := len(all) - 1; more > 0 {
		return lang.Say("%s；另有 %d 处", "%s; and %d more", all[0].Text(), more)
	}
	return all[0].Text()
}

// advance finds which platforms are no longer what they were.
func (r *reader) advance(s Snapshot, at int) {
	auditor := &audit.Auditor{Tree: s.Tree, Rulebook: r.book, AsOf: s.On, Jobs: r.Jobs}
	changed := r.look(auditor, s)
	if changed == nil {
		return
	}
	were := r.here
	r.follow()
	r.leave(were, at)
	for _, path := range r.paths {
		f, line := r.folders[path], r.here[path]
		now := r.open[line]
		by := key{book: r.book.Digest, others: r.shared.Of(f.ID)}
		if now != nil && !changed[path] && now.path == path {
			by.folder = now.key.folder
		} else {
			by.folder = path + " " + hashOf(s, path)
		}
		if now != nil && now.key == by {
			continue
		}
		r.end(line, at)
		if r.Claims {
			r.trace(line, s, path, at)
		}
		next := &stretch{line: line, path: path, from: at, key: by, passage: audit.Passage{Auditor: auditor, Folder: f, Shared: r.shared}}
		r.open[line] = next
		if !r.Claims {
			r.stretches = append(r.stretches, next)
		}
	}
}

// hashOf is that of a folder; what cannot be compared is read again.
func hashOf(s Snapshot, path string) string {
	hash, err := s.Tree.Hash(path)
	if err != nil || hash == "" {
		return s.Commit
	}
	return hash
}

// leave notes which lines are gone.
func (r *reader) leave(were map[string]*Line, at int) {
	stays := map[*Line]bool{}
	for _, line := range r.here {
		stays[line] = true
	}
	for _, path := range sorted(were) {
		if line := were[path]; !stays[line] {
			line.Points = append(line.Points, Point{At: at, ID: line.ID, Gone: true})
			r.end(line, at)
		}
	}
}

// end ends what goes on of a line before a moment.
func (r *reader) end(line *Line, at int) {
	if now := r.open[line]; now != nil {
		now.to = at - 1
		delete(r.open, line)
	}
}

// look brings the folders up to a snapshot, and returns the paths of those that
// changed; nil where nothing did.
func (r *reader) look(auditor *audit.Auditor, s Snapshot) map[string]bool {
	var was, is []audit.Folder
	if r.folders == nil {
		r.folders, is = map[string]audit.Folder{}, audit.Discover(s.Tree, nil)
	} else if was, is = audit.Changed(r.before.Tree, s.Tree); len(was)+len(is) == 0 {
		return nil
	}
	for _, f := range was {
		delete(r.folders, f.Path)
	}
	changed := map[string]bool{}
	for _, f := range auditor.Identified(r.ctx, is) {
		r.folders[f.Path], changed[f.Path] = f, true
	}
	r.paths = sorted(r.folders)
	all := make([]audit.Folder, 0, len(r.folders))
	for _, path := range r.paths {
		all = append(all, r.folders[path])
	}
	r.shared = auditor.Shared(r.ctx, all)
	return changed
}

// follow finds the line of each platform: that of its code, which stays when the folder
// moves, else that of its folder.
func (r *reader) follow() {
	owners := map[string]int{"": 2} // which is nobody's
	for _, f := range r.folders {
		owners[f.Code]++
	}
	r.here = map[string]*Line{}
	taken := map[*Line]bool{}
	settle := func(path string, line *Line) {
		f := r.folders[path]
		r.here[path], taken[line], line.ID = line, true, f.ID
		if !slices.Contains(line.IDs, f.ID) {
			line.IDs = append(line.IDs, f.ID)
		}
		if owners[f.Code] == 1 {
			line.Code, r.codes[f.Code] = f.Code, line
		}
	}
	for path, f := range r.folders {
		if line := r.codes[f.Code]; line != nil && owners[f.Code] == 1 {
			settle(path, line)
		}
	}
	for _, path := range r.paths {
		if r.here[path] != nil {
			continue
		}
		i := slices.IndexFunc(r.Lines, func(l *Line) bool { return l.ID == r.folders[path].ID && !taken[l] })
		if i < 0 {
			i, r.Lines = len(r.Lines), append(r.Lines, &Line{})
		}
		settle(path, r.Lines[i])
	}
}

// judge judges what was judged by one rulebook.
func (r *reader) judge() {
	for line := range r.open {
		r.end(line, len(r.Moments))
	}
	wanted := slices.DeleteFunc(r.stretches, func(s *stretch) bool { return !r.chosen(s.line) })
	r.stretches = nil
	passages := make([]audit.Passage, len(wanted))
	for i, s := range wanted {
		passages[i] = s.passage
	}
	book := r.book
	var failed []audit.Failure
	ended := audit.Pass(r.ctx, r.Jobs, passages, func(i int, c *audit.Course) (judged, error) {
		return r.over(book, wanted[i], c)
	}, func(i int, found judged, failures []audit.Failure) {
		s := wanted[i]
		if failed = append(failed, failures...); len(failures) > 0 {
			found.points = []Point{{At: s.from, ID: s.passage.Folder.ID, Gap: failures[0].Message, key: s.key}}
		}
		r.Readings++
		r.Judgings += found.times
		s.line.Points = append(s.line.Points, found.points...)
		if !found.name.IsZero() {
			s.line.Name = found.name
		}
	})
	r.failures = slices.Concat(r.failures, failed, ended)
}

// chosen reports whether a line is one of those that are wanted.
func (r *reader) chosen(l *Line) bool {
	return r.Wanted == nil || slices.ContainsFunc(l.IDs, func(id string) bool { return r.Wanted(id, l.Code) })
}

// judged is what comes of a stretch.
type judged struct {
	points []Point
	name   lang.Text
	times  int
}

// over judges a platform over a stretch: on its first day, and then on those on which
// an answer may be another.
func (r *reader) over(book *rulebook.Rulebook, s *stretch, c *audit.Course) (out judged, err error) {
	var last, next calendar.Date
	ahead := false
	var room examine.Room
	for at := s.from; at <= s.to && r.ctx.Err() == nil; at++ {
		on := r.Moments[at].On
		if at > s.from && !on.Before(last) && (!ahead || on.Before(next)) {
			continue
		}
		now, err := stand(book, c, on, &room)
		if err != nil {
			return out, err
		}
		now.weigh(book)
		out.times++
		last = on
		next, ahead = c.Next()
		p := Point{At: at, ID: now.Platform.ID, Unreadable: now.Platform.Broken, Summary: summary(&now.Score), key: s.key}
		if out.name = now.Platform.Name; at == s.from || !p.same(&out.points[len(out.points)-1]) {
			out.points = append(out.points, p)
		}
	}
	return out, nil
}

func sorted[T any](by map[string]T) []string { return slices.Sorted(maps.Keys(by)) }
