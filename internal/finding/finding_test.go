package finding_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/trial"
)

// Waivers, releases and code scanning know findings by these, so they are the
// same in every version.
func TestFingerprint(t *testing.T) {
	const want = "f9036af92ede81aa8f8e8fb8da6e2634"
	if got := finding.Fingerprint("backups.offsite-copy", "GOV", "bids", "tape"); got != want {
		t.Errorf("%s, once %s", got, want)
	}
	seen := map[string][]string{}
	for _, parts := range [][]string{
		{"a.b", "X"}, {"a.b", "X", ""}, {"a.b", "", "X"}, {"a.b", "X", "k"}, {"a.b", "X", "k", "l"}, {"a.b", "X", "l", "k"}, {"a.b", "X", "kl"}, {"a.b", "X", "k", "", "l"},
		{"a.bX", "", "k"}, {"a.b", "Xk"}, {"a.b", "X", "1:k"}, {"a.b", "X", "k1:l"}, {"a.b", "Y", "k"}, {"a.c", "X", "k"},
	} {
		id := finding.Fingerprint(parts[0], parts[1], parts[2:]...)
		if other, ok := seen[id]; ok {
			t.Errorf("%q and %q have one fingerprint", parts, other)
		}
		seen[id] = parts
	}
}

// Whatever the order in which findings are made, readers find them by file, from
// top to bottom.
func TestSort(t *testing.T) {
	at := func(path string, line, column int, check, item, message string) finding.Finding {
		return finding.Finding{Check: check, Item: item, Message: lang.Text{EN: message}, Location: finding.Location{Path: path, Line: line, Column: column}}
	}
	want := []finding.Finding{
		at("a.yaml", 9, 10, "b.x", "", "m"), at("a.yaml", 10, 2, "z.x", "z", "z"), at("a.yaml", 10, 10, "a.x", "z", "z"), at("a.yaml", 10, 10, "b.x", "a", "z"),
		at("a.yaml", 10, 10, "b.x", "b", "m"), at("a.yaml", 10, 10, "b.x", "b", "n"), at("b.yaml", 1, 1, "a.x", "a", "a"),
	}
	random := trial.Random(t)
	for range trial.Tries(t, 50) {
		got := slices.Clone(want)
		random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		finding.Sort(got)
		for i := range want {
			if got[i].Location != want[i].Location || got[i].Check != want[i].Check || got[i].Item != want[i].Item || got[i].Message != want[i].Message {
				t.Fatalf("place %d: %+v, want %+v", i, got[i], want[i])
			}
		}
	}
}

// Severities are read and written by name; of two, the heavier is the larger.
func TestSeverities(t *testing.T) {
	all := finding.Severities()
	for i, s := range all {
		if read, ok := finding.ParseSeverity(s.String()); !ok || read != s {
			t.Errorf("%s is read as %v, %v", s, read, ok)
		}
		if i > 0 && s >= all[i-1] {
			t.Errorf("%s is no lighter than %s", s, all[i-1])
		}
		if s.Text().ZH == "" || s.Text().EN == "" {
			t.Errorf("%s has no name: %v", s, s.Text())
		}
	}
	if _, ok := finding.ParseSeverity("Blocker"); ok {
		t.Error("another spelling is read")
	}
	data, err := json.Marshal(map[finding.Severity]finding.Severity{finding.Blocker: finding.Minor})
	if err != nil || string(data) != `{"blocker":"minor"}` {
		t.Errorf("%s, %v", data, err)
	}
}

// What the vocabulary does not know weighs most: a new kind of finding is never
// overlooked.
func TestSeverityOf(t *testing.T) {
	for id, want := range map[string]finding.Severity{
		"evidence.missing": finding.Major, "waiver.unused": finding.Advisory, "waiver.expired": finding.Advisory, "new.kind": finding.Blocker, "": finding.Blocker,
	} {
		if got := finding.SeverityOf(id); got != want {
			t.Errorf("%q is %s, want %s", id, got, want)
		}
	}
}

// A redaction begins as what the finding says and changes nothing of that.
func TestHide(t *testing.T) {
	f := finding.Finding{Item: "bids", Message: lang.Text{EN: "no copy of bids"}, Remedy: lang.Text{EN: "copy bids"}, Excerpt: "name: bids"}
	said := f
	if got, want := *f.Hide(), (finding.Redaction{Item: "bids", Message: f.Message, Remedy: f.Remedy, Excerpt: "name: bids"}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	f.Hide().Item = "***"
	f.Hide().Excerpt = ""
	if f.Redacted.Item != "***" || f.Redacted.Excerpt != "" || f.Redacted.Message != f.Message {
		t.Errorf("a second look has begun anew: %+v", f.Redacted)
	}
	if f.Item != said.Item || f.Message != said.Message || f.Excerpt != said.Excerpt {
		t.Errorf("the finding says %+v", f)
	}
}

// What failed is told in one line, with its place where that is another.
func TestWhy(t *testing.T) {
	f := finding.Finding{Location: finding.Location{Path: "platforms/p/stores.yaml", Line: 3}}
	if why := f.Why(); !why.IsZero() {
		t.Errorf("nothing failed: %q", why)
	}
	f.Because = []finding.Reason{
		{Message: lang.Same("keep is 3"), Location: f.Location},
		{Message: lang.Same("site is east"), Location: finding.Location{Path: "platforms/p/sites.yaml", Line: 3}},
		{Message: lang.Same("ok is false"), Location: finding.Location{Path: "platforms/p/stores.yaml", Line: 9}},
	}
	if got, want := f.Why(), lang.Say("keep is 3；site is east（sites.yaml:3）；ok is false（stores.yaml:9）", "keep is 3; site is east (sites.yaml:3); ok is false (stores.yaml:9)"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What has two outcomes has the worse one, whichever comes first; what applies
// to nothing has no say.
func TestJoin(t *testing.T) {
	worstFirst := []finding.Outcome{finding.Fail, finding.Waived, finding.Rectified, finding.Pass, finding.NotApplicable}
	for i, worse := range worstFirst {
		for _, better := range worstFirst[i:] {
			if worse.Join(better) != worse || better.Join(worse) != worse {
				t.Errorf("%s and %s give %s and %s", worse, better, worse.Join(better), better.Join(worse))
			}
		}
	}
}
