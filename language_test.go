package hegui_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/term"
)

// literals visits every string literal of the program together with the node
// it stands in.
func literals(t *testing.T, visit func(at token.Position, parent ast.Node, index int, text string)) {
	t.Helper()
	for _, dir := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
				return err
			}
			files := token.NewFileSet()
			parsed, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				for i, child := range children(n) {
					if literal, ok := child.(*ast.BasicLit); ok && literal.Kind == token.STRING {
						text, err := strconv.Unquote(literal.Value)
						if err != nil {
							t.Errorf("%s: %v", files.Position(literal.Pos()), err)
						}
						visit(files.Position(literal.Pos()), n, i, text)
					}
				}
				_, isImport := n.(*ast.ImportSpec)
				return !isImport
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func children(n ast.Node) []ast.Node {
	var out []ast.Node
	if n == nil {
		return nil
	}
	if call, ok := n.(*ast.CallExpr); ok {
		for _, arg := range call.Args {
			out = append(out, arg)
		}
		return out
	}
	ast.Inspect(n, func(child ast.Node) bool {
		if child == n {
			return true
		}
		if child != nil {
			out = append(out, child)
		}
		return false
	})
	return out
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

var verb = regexp.MustCompile(`%(\[\d+\])?[-+# 0-9.]*[a-zA-Z]`)

// Every sentence that the program can say is said in both languages: a literal
// with Chinese in it is followed by its English, which has none.
func TestEverySentenceIsBilingual(t *testing.T) {
	sentences := 0
	literals(t, func(at token.Position, parent ast.Node, index int, text string) {
		if !strings.ContainsFunc(text, isHan) {
			return
		}
		sentences++
		english, ok := translation(parent, index)
		switch {
		case !ok:
			t.Errorf("%s: %q has no English beside it", at, text)
		case english == "" || strings.ContainsFunc(english, isHan):
			t.Errorf("%s: the English of %q is %q", at, text, english)
		case len(verb.FindAllString(text, -1)) != len(verb.FindAllString(english, -1)) && !strings.Contains(text+english, "%["):
			t.Errorf("%s: %q and %q take different arguments", at, text, english)
		case wants(parent, index, text) || wants(parent, index, english):
			t.Errorf("%s: %q or %q names an argument that is not given", at, text, english)
		}
	})
	if sentences < 100 {
		t.Errorf("only %d sentences were found: the test looks in the wrong place", sentences)
	}
}

// wants reports whether a sentence that is said at once wants more than stands behind it.
func wants(parent ast.Node, index int, text string) bool {
	call, ok := parent.(*ast.CallExpr)
	if !ok || call.Ellipsis.IsValid() || len(call.Args) < index+3 {
		return false
	}
	filled := fmt.Sprintf(text, make([]any, len(call.Args)-index-2)...)
	return strings.Contains(filled, "(MISSING)") || strings.Contains(filled, "(BADINDEX)")
}

// translation is the literal that follows one: as the next argument, the next
// field of a struct, or the next element of a row.
func translation(parent ast.Node, index int) (string, bool) {
	if pair, ok := parent.(*ast.KeyValueExpr); ok {
		key, _ := pair.Key.(*ast.Ident)
		return "keyed", key != nil && key.Name == "ZH"
	}
	siblings := children(parent)
	if index+1 >= len(siblings) {
		return "", false
	}
	literal, ok := siblings[index+1].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

// Regulation is data: no topic but the header's, no clause, check or limit is
// known to Go by name.
func TestNoRegulationInGo(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, topic := range book.Schemas.Topics() {
		if topic.Name != rulebook.HeaderTopic {
			names = append(names, topic.Name)
		}
	}
	for _, clause := range book.Regulation.Clauses {
		names = append(names, clause.ID)
	}
	for _, check := range book.Checks {
		names = append(names, check.ID)
		for _, limit := range check.Limits {
			names = append(names, limit.Name)
		}
	}
	// The policy's own keys, and the keywords of schemas, may happen to be called
	// like a limit.
	names = slices.DeleteFunc(names, func(name string) bool {
		_, _, keyword := term.Find("schema." + name)
		return keyword || policyKey(book.Schemas.Find("policy").Root, name)
	})
	if len(names) < 50 {
		t.Fatalf("only %d names to look for", len(names))
	}
	literals(t, func(at token.Position, _ ast.Node, _ int, text string) {
		if slices.Contains(names, text) {
			t.Errorf("%s: %q belongs in the rulebook", at, text)
		}
	})
}

func policyKey(t *schema.Type, name string) bool {
	return slices.ContainsFunc(t.Fields, func(f schema.Field) bool { return f.Name == name || policyKey(f.Type, name) })
}
