package rulebook

import (
	"path"
	"slices"
	"strings"
	"sync"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/source"
)

// Topics are what a platform states, by topic. They are shared, and nobody
// changes them.
type Topics map[string]*document.Value

func baselineFile(topic string) string { return path.Join(BaselineDir, topic+".yaml") }

// Baseline returns the compliant platform that every example patches.
func (r *Rulebook) Baseline() Topics { return r.baseline() }

// baseline reads the compliant platform. One that is known was held to its
// schemas before and is read when somebody asks for it.
func (l *loader) baseline() {
	if err := l.strangers(); err != nil {
		l.fail(BaselineDir, document.Pos{}, lang.Say("读不了合规基线：%v", "cannot read the compliant baseline: %v", err))
		l.countBroken(len(l.defects)-1, func(*Check, Example) bool { return true })
		return
	}
	topics := l.book.Schemas.Topics()
	read := sync.OnceValue(func() Topics {
		all := Topics{}
		for _, topic := range topics {
			if doc := l.baselineTopic(topic.Name); doc != nil {
				all[topic.Name] = doc.Root
			}
		}
		return all
	})
	l.book.baseline = read
	for _, topic := range topics {
		if at := baselineFile(topic.Name); !l.book.Schemas.Known() || l.sums[at] == "" || l.known.files[at].sum != l.sums[at] {
			read()
			return
		}
	}
}

// baselineTopic reads one topic.
func (l *loader) baselineTopic(topic string) *document.Document {
	before := len(l.defects)
	doc := l.file(baselineFile(topic), topic)
	l.countBroken(before, func(c *Check, e Example) bool { return c.restsOn(e, topic) })
	return doc
}

// countBroken adds to the baseline's defects, from the first on, how many examples rest
// on what is wrong, instead of one defect for each example.
func (l *loader) countBroken(first int, rests func(*Check, Example) bool) {
	if first == len(l.defects) {
		return
	}
	examples, checks := 0, 0
	for _, check := range l.book.Checks {
		resting := 0
		for _, e := range check.Examples() {
			if rests(check, e) {
				resting++
			}
		}
		examples += resting
		checks += min(resting, 1)
	}
	for i := range l.defects[first:] {
		l.defects[first+i].Message = lang.Say("%s（使 %[3]d 个检查项的 %[2]d 个样例失效）", "%s (breaks %d examples of %d checks)", l.defects[first+i].Message, examples, checks)
	}
}

// restsOn reports whether an example needs a topic of the baseline: the header,
// which gives the level, what the check reads and what the example patches.
func (c *Check) restsOn(e Example, topic string) bool {
	return topic == HeaderTopic || slices.Contains(c.Topics(), topic) || slices.Contains(e.topics(), topic)
}

// strangers refuses files of the baseline without a topic: nothing would read them.
func (l *loader) strangers() error {
	entries, err := l.tree.List(BaselineDir)
	for _, entry := range entries {
		if name, isYAML := strings.CutSuffix(entry.Name, ".yaml"); isYAML && entry.Kind == source.File {
			l.needTopic(path.Join(BaselineDir, entry.Name), name)
		}
	}
	return err
}

// needTopic refuses a file that is named for a topic which is none; others are the files
// that may lie beside those of topics.
func (l *loader) needTopic(at, name string, others ...string) {
	if s := l.book.Schemas.Find(name); s == nil || !s.Topic {
		message := lang.Say("没有叫 %q 的专题：缺 %s/%[1]s.schema.json 或其 x-topic", "there is no topic %q: %s/%[1]s.schema.json or its x-topic is missing", name, SchemasDir)
		known := slices.Clone(others)
		for _, s := range l.book.Schemas.Topics() {
			known = append(known, s.Name+".yaml")
		}
		if meant := near.File(path.Base(at), known); meant != "" {
			message = lang.Say("%s；是不是 %s？", "%s; did you mean %s?", message, meant)
		}
		l.fail(at, document.Pos{}, message)
	}
}
