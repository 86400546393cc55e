package results_test

import (
	"testing"

	"hegui/internal/results"
)

// A link leads to the file as it was judged, or there is none.
func TestLink(t *testing.T) {
	const template = "https://git.yunzhou.gov.cn/p/blob/{commit}/{path}#L{line}"
	at := func(template string, revision *results.Revision) *results.Results {
		return &results.Results{Rulebook: results.Rulebook{RepositoryURL: template}, Revision: revision}
	}
	for name, c := range map[string]struct {
		run  *results.Results
		path string
		line int
		want string
	}{
		"a place":          {at(template, &results.Revision{Commit: "c0"}), "platforms/a/backups.yaml", 7, "https://git.yunzhou.gov.cn/p/blob/c0/platforms/a/backups.yaml#L7"},
		"a file":           {at("http://x/{path}?at={commit}", &results.Revision{Commit: "c0"}), "a/b.md", 0, "http://x/a/b.md?at=c0"},
		"a hostile name":   {at(template, &results.Revision{Commit: "c0"}), "a/政 #?{line}\"<b>.md", 0, "https://git.yunzhou.gov.cn/p/blob/c0/a/%E6%94%BF%20%23%3F%7Bline%7D%22%3Cb%3E.md#L1"},
		"no template":      {at("", &results.Revision{Commit: "c0"}), "a.md", 1, ""},
		"no commit":        {at(template, nil), "a.md", 1, ""},
		"a changed tree":   {at(template, &results.Revision{Commit: "c0", Dirty: true}), "a.md", 1, ""},
		"nothing to open":  {at(template, &results.Revision{Commit: "c0"}), "", 1, ""},
		"what is damaged":  {at(template, &results.Revision{Commit: "c0", Unreadable: true}), "a.md", 1, ""},
		"not for everyone": {at(template, &results.Revision{Commit: "c0"}).For(results.Public), "a.md", 1, ""},
	} {
		if got := c.run.Link(c.path, c.line); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
