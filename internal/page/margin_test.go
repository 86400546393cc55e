package page

import (
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// What stands on each printed sheet is one text in a style, whatever a platform is called:
// none ends the string, the rule or the style, and a long one leaves room for the day.
func TestMarginsHoldNoStyleOfOthers(t *testing.T) {
	hostile := `"; } </style><script>\` + "\n" + strings.Repeat("名", 10_000)
	c := &card{Platform: &results.Platform{ID: "one", Name: lang.Same(hostile)}, Run: &results.Results{AsOf: "2026-12-01"}, Digest: strings.Repeat("0123456789abcdef", 4), prefix: "p1-"}
	style := c.margins()
	if strings.ContainsAny(style, "<>") || strings.Count(style, `"`) != 8 || len(style) > 2000 {
		t.Errorf("%d bytes: %.400s", len(style), style)
	}
	for _, text := range []string{`2026\2d 12\2d 01`, "0123456789ab", "敏感程度未标明", "sensitivity not stated", "@page sheet-p1-0-zh"} {
		if !strings.Contains(style, text) {
			t.Errorf("no %q in %.400s", text, style)
		}
	}
	if strings.Contains(style, "0123456789abc") {
		t.Error("more of the digest than is read")
	}
	if strings.Contains(style, `\2068`) {
		t.Error("signs around a name that reverses nothing, which readers of the paper would find in it")
	}
	c.Name = lang.Same("منصة")
	if style = c.margins(); strings.Count(style, `"\2068 منصة\2069  \b7  2026`) != 2 {
		t.Errorf("a name in Arabic letters reverses the day: %s", style)
	}
}

// A list of records is cut where it would fill the page, and only what differs between the
// languages is written twice.
func TestValueText(t *testing.T) {
	records := "[{" + strings.Repeat("记", 500) + "}]"
	got := string(valueText(lang.Text{ZH: "共 3 条 " + records, EN: "3 entries " + records}))
	if n := strings.Count(got, "记"); n != recordsShown-3 || !strings.HasSuffix(got, "…") || !strings.Contains(got, `<span lang="en">3 entries </span>`) {
		t.Errorf("%d of the records: %s", n, got)
	}
	for want, value := range map[string]lang.Text{
		`<span lang="zh">2 项：</span><span lang="en">2 items: </span>a, &lt;b&gt;`: {ZH: "2 项：a, <b>", EN: "2 items: a, <b>"},
		`<span lang="zh">甲：乙</span><span lang="en">a: b</span>`:                   {ZH: "甲：乙", EN: "a: b"},
		`P30D`: lang.Same("P30D"),
		`–`:    {},
	} {
		if got := string(valueText(value)); got != want {
			t.Errorf("%v: %s, want %s", value, got, want)
		}
	}
}

// The same thing has the same address in every run; two of one name have one each, and
// what no address may hold is in none.
func TestAnchors(t *testing.T) {
	give := func() []string {
		a := &anchors{prefix: "p1-", taken: map[string]int{}}
		return []string{a.of("c-", "backups.off-site"), a.of("c-", "backups.off-site"), a.of("c-", "backups.off-site-2"), a.of("c-", `"><script>`), a.of("c-", strings.Repeat("长", 200))}
	}
	first := give()
	seen := map[string]bool{}
	for i, id := range first {
		if seen[id] || strings.ContainsAny(id, " .\"<>长") || len(id) > 130 {
			t.Errorf("id %q", id)
		}
		if seen[id] = true; give()[i] != id {
			t.Errorf("%q is another the next time", id)
		}
	}
	if first[0] != "p1-c-backups_off-site" {
		t.Error(first[0])
	}
}
