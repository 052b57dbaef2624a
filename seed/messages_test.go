package seed_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestEveryMessageIsShown looks for the messages of problems in the code of the
// package, and wants each in a tiny input of testdata.
func TestEveryMessageIsShown(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	for _, name := range badFiles(t) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, problems := unpack(t, archive)
		shown.WriteString(problems)
	}
	formats := 0
	for at, format := range messageFormats(t) {
		if formats++; format == "not YAML that can be parsed" {
			continue // said of a panic of the parser, and no input is known that brings it about
		}
		pattern := verbs.ReplaceAllString(regexp.QuoteMeta(format), ".*")
		if !regexp.MustCompile(`(?m): (warning: )?` + pattern).MatchString(shown.String()) {
			t.Errorf("%s: no file in testdata/bad or testdata/doubtful shows %q", at, format)
		}
	}
	if formats < 60 {
		t.Errorf("only %d messages were found in the code", formats)
	}
}

// verbs are those of the formats of messages, once quoted for a pattern.
var verbs = regexp.MustCompile(`%[qsdXvc]|%0[0-9]X|%%`)

// formatOf says which argument of a function is the format of a message.
var formatOf = map[string]int{"add": 3, "addPointer": 3, "refuse": 2}

// messageFormats returns the formats of all calls of add and the like, by
// their place.
func messageFormats(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	formats := map[string]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files := token.NewFileSet()
		tree, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			at, ok := formatOf[calledName(call)]
			if !ok || len(call.Args) <= at {
				return true
			}
			lit, ok := call.Args[at].(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			if format, err := strconv.Unquote(lit.Value); err == nil && verbs.ReplaceAllString(format, "") != "" {
				formats[files.Position(lit.Pos()).String()] = format
			}
			return true
		})
	}
	return formats
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
