package picture_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/lang"
	"hegui/internal/picture"
	"hegui/internal/trial"
)

// The lines of a flowchart: as much of Mermaid's grammar as is written. Within
// quotes stands nothing that Mermaid, or a fence around it, takes for its own.
var (
	text   = `"(?:[\p{L}\p{M}\p{N} ·，、。（）：…\-_.,/●○◐◇–?]|#[0-9]+;|<br/>)*"`
	node   = regexp.MustCompile(`^(b[0-9]+)(?:\[` + text + `\]|\(\[` + text + `\]\)|\[\[` + text + `\]\]|\[\(` + text + `\)\])$`)
	arrow  = regexp.MustCompile(`^(b[0-9]+) (?:-->|-\.->)(?:\|` + text + `\|)? (b[0-9]+)$`)
	others = regexp.MustCompile(`^(?:flowchart LR|subgraph c[0-9]+\[` + text + `\]|direction TB|end|classDef [a-z]+ stroke[a-z0-9#,: -]+|class b[0-9]+(?:,b[0-9]+)* [a-z]+)$`)
)

func flowchart(t interface{ Fatalf(string, ...any) }, d *picture.Drawing, l lang.Language) {
	nodes, arrows, depth := map[string]bool{}, 0, 0
	for line := range strings.Lines(d.Mermaid(l)) {
		line = strings.TrimSuffix(line, "\n")
		if m := node.FindStringSubmatch(line); m != nil {
			nodes[m[1]] = true
			continue
		}
		if m := arrow.FindStringSubmatch(line); m != nil {
			if arrows++; !nodes[m[1]] || !nodes[m[2]] {
				t.Fatalf("an arrow leads nowhere: %s", line)
			}
			continue
		}
		if !others.MatchString(line) {
			t.Fatalf("%q is no line of a flowchart", line)
		}
		if strings.HasPrefix(line, "subgraph") {
			depth++
		} else if line == "end" {
			depth--
		}
	}
	if len(nodes) != len(d.Boxes) || arrows != len(d.Lines) || depth != 0 {
		t.Fatalf("%d nodes and %d arrows for %d boxes and %d lines", len(nodes), arrows, len(d.Boxes), len(d.Lines))
	}
}

func TestFlowchartsAreMermaid(t *testing.T) {
	trial.Check(t, 30, func(t *rapid.T) { flowchart(t, picture.Lay(pictures(t)), lang.English) })
	for _, name := range []string{`a"]`, "%%{init: {}}%%", "```", "`md`", "<script>alert(1)</script>", "#quot;", "1. item", "- item", "end", "click b0 href", "x\n  b1 --> b0", "$$x$$", `a\nb`, "@user", "\u202ea"} {
		p := &picture.Picture{Columns: []picture.Part{{ID: "0-1", Name: name}}, Parts: []picture.Part{
			{ID: "1-1", Name: name, Key: name, Says: []lang.Text{lang.Same(name)}, Columns: []string{"0-1"}, Shape: "store"},
			{ID: "2-1", Name: name, Of: []string{"1-1"}, Outside: true, Guards: []picture.Guard{{Kind: lang.Same(name), Name: name, Says: lang.Same(name)}}},
		}}
		flowchart(t, picture.Lay(p), lang.Chinese)
	}
}
