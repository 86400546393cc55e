package typeset

import (
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"pgregory.net/rapid"

	"hegui/internal/trial"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("长", 60) + "target" + strings.Repeat("尾", 60)
	for _, c := range []struct {
		name, source       string
		column, end, width int
		shown, mark        string
	}{
		{"plain", "ab: cd", 5, 7, 80, "ab: cd", "    ^~"},
		{"after Chinese", "名称: x", 5, 6, 80, "名称: x", "      ^"},
		{"on Chinese", "名称: 值", 5, 6, 80, "名称: 值", "      ^~"},
		{"full-width punctuation", "甲，乙：丙", 5, 6, 80, "甲，乙：丙", "        ^~"},
		{"ideographic space", "甲\u3000乙", 3, 4, 80, "甲\u3000乙", "    ^~"},
		{"tab", "a\tb", 3, 4, 80, "a   b", "    ^"},
		{"tab after Chinese", "名\tb", 3, 4, 80, "名  b", "    ^"},
		{"combining mark", "e\u0301 x", 4, 5, 80, "e\u0301 x", "  ^"},
		{"emoji", "🙂🙂 x", 4, 5, 80, "🙂🙂 x", "     ^"},
		{"flag", "🇨🇳 x", 4, 5, 80, "🇨🇳 x", "   ^"},
		{"escape", "\x1b[31m x", 7, 8, 80, `\x1b[31m x`, "         ^"},
		{"command", "##[error]x", 10, 11, 80, `\x23#[error]x`, "            ^"},
		{"bidi", "a\u202eb", 3, 4, 80, `a\u202eb`, "       ^"},
		{"invalid bytes", "\xff\xfe x", 4, 5, 80, `\xff\xfe x`, "         ^"},
		{"to the end", "a: [b,", 4, 0, 80, "a: [b,", "   ^~~"},
		{"behind the end", "a:", 9, 10, 80, "a:", "  ^"},
		{"carriage return", "a: b\r", 4, 5, 80, "a: b", "   ^"},
		{"no column", "a: b", 0, 0, 80, "a: b", ""},
		{"empty line", "", 1, 1, 80, "", "^"},
		{
			"cut on both sides", long, 61, 67, 40,
			"…" + strings.Repeat("长", 6) + "target" + strings.Repeat("尾", 10) + "…", strings.Repeat(" ", 13) + "^~~~~~",
		},
		{"cut on the right", long, 1, 2, 40, strings.Repeat("长", 19) + "…", "^~"},
		{"cut on the left", long, 127, 0, 40, "…" + strings.Repeat("尾", 19), strings.Repeat(" ", 39) + "^"},
	} {
		t.Run(c.name, func(t *testing.T) {
			shown, mark := Excerpt(c.source, c.column, c.end, c.width)
			if shown != c.shown || mark != c.mark {
				t.Errorf("got\n%q\n%q\nwant\n%q\n%q", shown, mark, c.shown, c.mark)
			}
		})
	}
}

// TestExcerptFits: whatever the line, it fits its width and the mark stands
// below a character of it, or right behind the last one.
func TestExcerptFits(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"a", " ", "长", "\t", "🙂", "e\u0301", "\x1b", "\u202e", "\xff", "👩\u200d💻", "🇨🇳", "\u0e33", "\ufe0f"})
		source := strings.Join(rapid.SliceOfN(piece, 0, 300).Draw(t, "source"), "")
		column := rapid.IntRange(0, 700).Draw(t, "column")
		width := rapid.IntRange(30, 120).Draw(t, "width")
		shown, mark := Excerpt(source, column, column+rapid.IntRange(0, 30).Draw(t, "length"), width)
		if got := displaywidth.String(shown); got > width {
			t.Fatalf("%d columns in %d: %q", got, width, shown)
		}
		if column > 0 && strings.IndexByte(mark, '^') > displaywidth.String(shown) {
			t.Fatalf("mark %q is beyond %q", mark, shown)
		}
	})
}

// TestExcerptMarksWhatIsMeant: in a line of known words the mark stands exactly
// below the meant one, however much is cut away.
func TestExcerptMarksWhatIsMeant(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		filler := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "长", " ", "，", "🙂"}), 0, 400)
		before := strings.Join(filler.Draw(t, "before"), "")
		after := strings.Join(filler.Draw(t, "after"), "")
		column := len([]rune(before)) + 1
		shown, mark := Excerpt(before+"TARGET"+after, column, column+6, 90)
		at := strings.Index(shown, "TARGET")
		if at < 0 {
			t.Fatalf("TARGET is cut away: %q", shown)
		}
		if want := strings.Repeat(" ", displaywidth.String(shown[:at])) + "^~~~~~"; mark != want {
			t.Fatalf("got\n%s\n%s", shown, mark)
		}
	})
}

// A line that fits is shown as any other would be.
func TestExcerptOfALineThatFits(t *testing.T) {
	trial.Check(t, 1000, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", " ", ":", "长", "，", "。", "、", "：", "；", "（", "）", "#", "“", "e\u0301"}), 0, 40).Draw(t, "source"), "")
		column, end, width := rapid.IntRange(-1, 400).Draw(t, "column"), rapid.IntRange(-1, 60).Draw(t, "end"), rapid.IntRange(30, 90).Draw(t, "width")
		shown, mark := Excerpt(source, column, end, width)
		if wantShown, wantMark := excerpt(source, column, end, width); shown != wantShown || mark != wantMark {
			t.Fatalf("got\n%q\n%q\nwant\n%q\n%q", shown, mark, wantShown, wantMark)
		}
	})
}
