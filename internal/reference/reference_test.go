package reference_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hegui/internal/expression"
	"hegui/internal/reference"
	"hegui/internal/schema"
)

// Nothing that the code knows is missing, and nothing is explained that it does
// not know.
func TestComplete(t *testing.T) {
	for section, want := range map[string][]string{"functions": expression.Functions(), "keywords": schema.Marks()} {
		var got []string
		for _, s := range reference.Sections() {
			for _, e := range s.Entries {
				if s.ID == section {
					got = append(got, e.Name)
				}
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v are explained, want %v", section, got, want)
		}
	}
}

var hole = regexp.MustCompile(`%(\\\[\d+\\\])?[sdqv]`)

// Every refusal of an expression has an example.
func TestRefusalsAreComplete(t *testing.T) {
	var says []string
	for _, s := range reference.Sections() {
		for _, e := range s.Entries {
			for _, x := range e.Examples {
				says = append(says, x.Says.EN)
			}
		}
	}
	refusals := refusalsOf(t)
	if len(refusals) < 12 {
		t.Fatalf("only %d refusals were found", len(refusals))
	}
	for _, refusal := range refusals {
		// An example may show the beginning of a long message.
		begins := func(said string) bool {
			pattern := hole.ReplaceAllString(regexp.QuoteMeta(refusal), ".+")
			whole := regexp.MustCompile("^" + pattern + "$")
			start, _, _ := strings.Cut(refusal, ":")
			return said != "" && (whole.MatchString(said) || regexp.MustCompile("^"+hole.ReplaceAllString(regexp.QuoteMeta(start), ".+")).MatchString(said))
		}
		if !slices.ContainsFunc(says, begins) {
			t.Errorf("no example is refused with %q", refusal)
		}
	}
}

// refusalsOf are the English messages with which expressions are refused.
func refusalsOf(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../expression/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if text := refusal(n); text != "" {
				all = append(all, text)
			}
			return true
		})
	}
	return all
}

// refusal is the English message of a call of fail, empty for anything else.
func refusal(n ast.Node) string {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) < 3 {
		return ""
	}
	method, isMethod := call.Fun.(*ast.SelectorExpr)
	literal, isLiteral := call.Args[2].(*ast.BasicLit)
	if !isMethod || !isLiteral || method.Sel.Name != "fail" {
		return ""
	}
	text, err := strconv.Unquote(literal.Value)
	if err != nil {
		return ""
	}
	return text
}

// What explain takes has one meaning.
func TestNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range reference.Sections() {
		for _, e := range s.Entries {
			if seen[e.Name] {
				t.Errorf("%s is explained twice", e.Name)
			}
			seen[e.Name] = true
		}
	}
	if _, found := reference.Find("recent()"); !found {
		t.Error("a function is not found as it is written")
	}
}
