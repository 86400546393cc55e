package typeset

import (
	"strings"
	"testing"
)

// TestPage shows a wide and a narrow page: where a column grows too small the
// last cell stands below the others.
func TestPage(t *testing.T) {
	for width, want := range map[int]string{
		60: "why       because it is so\n" +
			"clauses   4.4.2  备份与恢复\n" +
			"          5.1    the other clause, whose title does not fit\n" +
			"                 on one line of this page\n" +
			"assert    a == b &&\n          c == d\n",
		44: "why       because it is so\n" +
			"clauses   4.4.2  备份与恢复\n" +
			"          5.1\n" +
			"            the other clause, whose title\n" +
			"            does not fit on one line of this\n" +
			"            page\n" +
			"assert    a == b &&\n          c == d\n",
	} {
		p := Page{Width: width}
		p.Row("why", "because it is so")
		p.Table("clauses", [][]string{{"4.4.2", "备份与恢复"}, {"5.1", "the other clause, whose title does not fit on one line of this page"}})
		p.Code("assert", "a == b &&\n  c == d\n")
		if got := p.String(); got != want {
			t.Errorf("at %d columns got\n%s\nwant\n%s", width, got, want)
		}
	}
}

// TestAlign: columns fit what is seen, with colour or without; only the last
// may be as wide as it likes.
func TestAlign(t *testing.T) {
	rows := func() [][]Field {
		return [][]Field{{{Text: "长名字"}, {Text: "7", Right: true}, {Text: "ok", Role: Good}}, {{Text: "a"}, {Text: "100", Right: true}, {Text: "x", Role: Bad}}}
	}
	want := []string{"长名字    7  ok", "a       100  x "}
	for i, got := range (Painter{}).Align(rows()) {
		if got != want[i] {
			t.Errorf("row %d is %q, want %q", i, got, want[i])
		}
	}
	if got := (Painter{On: true}).Align(rows())[0]; got != "长名字    7  \x1b[1;32mok\x1b[m" {
		t.Errorf("the row is %q in colour", got)
	}
	long := strings.Repeat("x", maxShown)
	wide := Painter{}.Align([][]Field{{{Text: long}, {Text: long}}})[0]
	if got := Width(wide); got != maxColumn+2+maxShown {
		t.Errorf("the row is %d columns wide", got)
	}
}
