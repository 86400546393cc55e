package results

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"hegui/internal/lang"
)

// PartFile is a file that holds a part of a run.
type PartFile struct {
	Name string
	io.ReaderAt
	Size int64
}

// Joined are the parts of one run, all of them and each once.
type Joined struct {
	Whole
	parts  []*joinedPart
	places []placed
	reader *reader
}

// joinedPart is a part of a run with the content of its last line.
type joinedPart struct {
	PartFile
	Part
	ends []int64 // where its lines end
	last partLast
}

type partLast struct {
	Summary Summary     `json:"summary"`
	Errors  []lang.Text `json:"errors"`
	End     *PartEnd    `json:"end"`
}

// placed is where the lines of a platform are.
type placed struct {
	id       string
	part     *joinedPart
	from, to int64
}

// PartError says why a file is not, or not with the others, part of a whole.
type PartError struct{ text lang.Text }

func (e *PartError) Error() string { return e.text.EN }

// Text is the error in both languages.
func (e *PartError) Text() lang.Text { return e.text }

func partFault(zh, en string, args ...any) error { return &PartError{lang.Say(zh, en, args...)} }

// Join reads the first and last line of each part, and refuses parts that do not make
// up one whole run: damaged, missing, given twice, or of another run.
func Join(files []PartFile) (*Joined, error) {
	j := &Joined{}
	for _, file := range files {
		p := &joinedPart{PartFile: file}
		if err := p.read(); err != nil {
			return nil, err
		}
		j.parts = append(j.parts, p)
	}
	slices.SortStableFunc(j.parts, func(a, b *joinedPart) int { return cmp.Compare(a.Shard.Index, b.Shard.Index) })
	j.Whole = j.parts[0].Whole
	if err := j.together(); err != nil {
		return nil, err
	}
	if err := j.order(); err != nil {
		return nil, err
	}
	if j.SchemaVersion == verboseVersion {
		if err := j.gather(); err != nil {
			return nil, err
		}
	}
	j.reader = newReader(&j.Rulebook)
	return j, nil
}

// verboseVersion is the version of results before this one, which say of each platform
// what these say once in their rulebook.
const verboseVersion = "2.0"

// gather puts into the rulebook what parts of the version before say of its checks.
func (j *Joined) gather() error {
	known, text := map[string]bool{}, []byte(nil)
	for i := range j.places {
		line, _, err := j.places[i].lines(&text)
		if err != nil {
			return err
		}
		var p struct{ Checks []CheckRule }
		if json.Unmarshal(line, &p) != nil {
			return j.places[i].unreadable()
		}
		for _, c := range p.Checks {
			if !known[c.ID] {
				known[c.ID], j.Rulebook.Checks = true, append(j.Rulebook.Checks, c)
			}
		}
	}
	return nil
}

// read reads the first and the last line, and where the others end.
func (p *joinedPart) read() error {
	lines, hash := bufio.NewReaderSize(io.NewSectionReader(p, 0, p.Size), 64<<10), sha256.New()
	var first, last []byte
	for at := int64(0); at < p.Size; {
		hash.Write(last)
		last = last[:0]
		for done := false; !done; {
			piece, err := lines.ReadSlice('\n')
			if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				return partFault("%q 没有写完，或者不是 hegui check --shard 写的：重写这一份", "%q is cut off, or not written by hegui check --shard: write this part again", p.Name)
			}
			last, at, done = append(last, piece...), at+int64(len(piece)), err == nil
		}
		if p.ends = append(p.ends, at); first == nil {
			first = bytes.Clone(last)
		}
	}
	var head struct{ Part *Part }
	if json.Unmarshal(first, &head) != nil || head.Part == nil || json.Unmarshal(last, &p.last) != nil || p.last.End == nil {
		return partFault("%q 没有写完，或者不是 hegui check --shard 写的：重写这一份", "%q is cut off, or not written by hegui check --shard: write this part again", p.Name)
	}
	p.Part = *head.Part
	if p.SchemaVersion != SchemaVersion && p.SchemaVersion != verboseVersion {
		return partFault("%[1]q 的结果是 %[2]q 版的，这个 hegui 读 %[3]s 和 %[4]s：用写它的那个版本合并", "%[1]q has results of version %[2]q, and this hegui reads %[3]s and %[4]s: merge with the hegui that wrote it",
			p.Name, p.SchemaVersion, verboseVersion, SchemaVersion)
	}
	if "sha256:"+hex.EncodeToString(hash.Sum(nil)) != p.last.End.SHA256 || len(p.ends) != 2+2*len(p.last.End.IDs) || len(p.last.Errors) != len(p.last.End.Failed) || p.Shard.Index < 1 || p.Shard.Index > p.Shard.Of {
		return partFault("%q 损坏了，写出后被改动过：重写这一份", "%q is damaged, or changed since it was written: write this part again", p.Name)
	}
	return nil
}

// together refuses parts that are of several runs, and a run of which some are missing.
func (j *Joined) together() error {
	of := j.parts[0].Shard.Of
	have := map[int]*joinedPart{}
	for _, p := range j.parts {
		if what := j.differs(p); !what.IsZero() {
			return partFault("%[1]q 和 %[2]q 不是同一次评定的：%[3]s不同", "%[1]q and %[2]q are not parts of one run: they differ in %[3]s", j.parts[0].Name, p.Name, what)
		}
		if twin := have[p.Shard.Index]; twin != nil {
			return partFault("第 %[1]s 份有两个文件：%[2]q 和 %[3]q，只给一个", "part %[1]s is given twice: %[2]q and %[3]q, give one of them", p.Shard, twin.Name, p.Name)
		}
		have[p.Shard.Index] = p
	}
	var missing []string
	for i := 1; i <= of; i++ {
		if have[i] == nil {
			missing = append(missing, Shard{i, of}.String())
		}
	}
	if len(missing) > 0 {
		more := ""
		if n := len(missing); n > 10 {
			missing, more = missing[:10], ", …"
		}
		return partFault("缺第 %s 份：用 hegui check --shard 写出它，再一起合并", "missing part %s: write it by hegui check --shard, and merge all of them", strings.Join(missing, ", ")+more)
	}
	return nil
}

// differs names what a part does not share with the first one, zero for nothing.
func (j *Joined) differs(p *joinedPart) lang.Text {
	first := j.parts[0]
	for _, one := range []struct {
		what lang.Text
		a, b any
	}{
		{lang.Say("份数", "number of parts"), first.Shard.Of, p.Shard.Of},
		{lang.Say("版本", "revision"), first.Revision, p.Revision},
		{lang.Say("规则库", "rulebook"), first.Rulebook, p.Rulebook},
		{lang.Say("基准日", "day"), first.AsOf, p.AsOf},
		{lang.Say("读者范围", "audience"), first.Audience, p.Audience},
		{lang.Say("hegui 的版本", "the version of hegui"), [2]any{first.Tool, first.SchemaVersion}, [2]any{p.Tool, p.SchemaVersion}},
		{lang.Say("限定的平台", "what the run was restricted to"), first.Only, p.Only},
		{lang.Say("平台清单", "the list of platforms"), [2]any{first.Platforms, first.IDs}, [2]any{p.Platforms, p.IDs}},
		{lang.Say("--facts ", "--facts"), first.Facts, p.Facts},
		{lang.Say("--warn-days ", "--warn-days"), first.Until, p.Until},
	} {
		if !reflect.DeepEqual(one.a, one.b) {
			return one.what
		}
	}
	return lang.Text{}
}

// order puts the platforms of all parts in the order of their ids, and holds them to
// the list that each part was made from.
func (j *Joined) order() error {
	var all []string
	for _, p := range j.parts {
		for i, id := range p.last.End.IDs {
			j.places = append(j.places, placed{id, p, p.ends[2*i], p.ends[2*i+2]})
			all = append(all, id)
		}
		all = append(all, slices.DeleteFunc(slices.Clone(p.last.End.Failed), func(id string) bool { return id == "" })...)
		for _, id := range append(slices.Clone(p.last.End.IDs), p.last.End.Failed...) {
			if id != "" && !p.Shard.Has(id) {
				return partFault("%[1]q 是第 %[2]s 份，平台 %[3]q 却不属于它：重写这一份", "%[1]q is part %[2]s, and platform %[3]q is not of it: write this part again", p.Name, p.Shard, id)
			}
		}
		p.ends = nil
	}
	slices.SortFunc(j.places, func(a, b placed) int { return strings.Compare(a.id, b.id) })
	slices.Sort(all)
	if len(all) != j.Platforms || digestOf(all) != j.IDs {
		return partFault("各份合起来有 %d 个平台，应有 %d 个：平台在各份之间有增减，重新评定", "the parts together have %d platforms of %d: platforms have come or gone between them, judge again", len(all), j.Platforms)
	}
	return nil
}

// Results are those of the whole run, of which the platforms are yet to be read.
func (j *Joined) Results() *Results {
	r := j.results()
	type failure struct {
		id   string
		text lang.Text
	}
	var failures []failure
	for _, p := range j.parts {
		r.Summary.join(&p.last.Summary)
		for i, text := range p.last.Errors {
			failures = append(failures, failure{p.last.End.Failed[i], text})
		}
	}
	slices.SortStableFunc(failures, func(a, b failure) int {
		return cmp.Or(cmp.Compare(min(len(b.id), 1), min(len(a.id), 1)), strings.Compare(a.id, b.id))
	})
	for _, f := range failures {
		r.Errors, r.failed = append(r.Errors, f.text), append(r.failed, f.id)
	}
	return r
}

// join adds the counts of a part.
func (s *Summary) join(part *Summary) {
	s.Platforms += part.Platforms
	s.Compliant += part.Compliant
	s.Defective += part.Defective
	s.Blockers += part.Blockers
	s.Findings.sum(part.Findings)
	if part.Lapses != nil {
		s.lapse(*part.Lapses)
	}
}

// Each reads the platforms, jobs at a time, and hands them over in the order of their
// ids; only a few are held.
func (j *Joined) Each(ctx context.Context, jobs int, hand func(Platform)) error {
	type read struct {
		platform Platform
		err      error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	window := make(chan chan read, max(jobs, 1))
	go func() {
		defer close(window)
		for _, at := range j.places {
			done := make(chan read, 1)
			select {
			case <-ctx.Done():
				return
			case window <- done:
			}
			go func() {
				p, err := at.read(j.reader)
				if err == nil {
					p.seen = Audience(j.Audience)
				}
				done <- read{p, err}
			}()
		}
	}()
	for done := range window {
		r := <-done
		if r.err != nil {
			return r.err
		}
		hand(r.platform)
	}
	return ctx.Err()
}

// read reads a platform.
func (at *placed) read(r *reader) (Platform, error) {
	text, known := r.texts.Get().(*[]byte)
	if !known {
		text = new([]byte)
	}
	defer r.texts.Put(text)
	line, rest, err := at.lines(text)
	if err != nil {
		return Platform{}, err
	}
	var more struct{ Kept *Kept }
	p, err := r.platform(line)
	if err != nil || json.Unmarshal(rest, &more) != nil || p.ID != at.id || more.Kept == nil || !more.Kept.fill(&p) {
		return p, at.unreadable()
	}
	return p, nil
}

// lines are the platform's own line and the line of what Keep kept, in memory that may
// have been used before.
func (at *placed) lines(memory *[]byte) (line, rest []byte, err error) {
	text := within(memory, int(at.to-at.from))
	if _, err := at.part.ReadAt(text, at.from); err != nil {
		return nil, nil, fmt.Errorf("read %q: %w", at.part.Name, err)
	}
	line, rest, _ = bytes.Cut(text, []byte("\n"))
	return line, rest, nil
}

func (at *placed) unreadable() error {
	return partFault("%q 里平台 %q 的内容读不出来：重写这一份", "what %q says of platform %q cannot be read: write this part again", at.part.Name, at.id)
}
