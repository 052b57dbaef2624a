package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/errcode"

	"github.com/plexus-kg/plexus/resolvers"
)

// codesInSource collects what the code of the program gives as extensions.code: the
// constants of the type ErrorCode, which are all that there is a name for, and texts
// that are written where a code belongs.
func codesInSource(t *testing.T) map[string]string {
	t.Helper()
	codes := map[string]string{}
	text := func(e ast.Expr) string {
		switch e := e.(type) {
		case *ast.BasicLit:
			code, _ := strconv.Unquote(e.Value)
			return code
		case *ast.SelectorExpr:
			return map[string]string{"ParseFailed": errcode.ParseFailed, "ValidationFailed": errcode.ValidationFailed}[e.Sel.Name]
		}
		return ""
	}
	isCode := regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`)
	add := func(e ast.Expr, name string) {
		if code := text(e); isCode.MatchString(code) {
			codes[code] = name
		}
	}
	for _, folder := range []string{"../../resolvers", "../internal/server", "."} {
		err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ValueSpec:
					typeName, _ := n.Type.(*ast.Ident)
					for i, v := range n.Values {
						if typeName != nil && typeName.Name == "ErrorCode" || strings.HasPrefix(strings.ToLower(n.Names[i].Name), "code") {
							add(v, name)
						}
					}
				case *ast.KeyValueExpr:
					if key, isName := n.Key.(*ast.Ident); isName && key.Name == "Code" || text(n.Key) == "code" {
						add(n.Value, name)
					}
				case *ast.CallExpr:
					for _, a := range n.Args {
						if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Set" {
							add(a, name)
						}
						if f, ok := n.Fun.(*ast.Ident); ok && slices.Contains([]string{"coded", "refusal", "refuse", "errorf"}, f.Name) {
							add(a, name)
						}
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return codes
}

// TestErrorCodes: the schema's ErrorCode has every code that errors may carry, and no
// other.
func TestErrorCodes(t *testing.T) {
	codes := codesInSource(t)
	var documented []string
	for _, v := range resolvers.Schema().Types["ErrorCode"].EnumValues {
		documented = append(documented, v.Name)
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		if !slices.Contains(documented, code) {
			t.Errorf("%s has the code %s, ErrorCode has not", codes[code], code)
		}
	}
	for _, code := range documented {
		if codes[code] == "" {
			t.Errorf("ErrorCode has %s, which no error carries", code)
		}
	}
}

// TestErrorCodesOnTheWire: what a server answers that is asked for each code, as far as
// one can ask for it, carries that code.
func TestErrorCodesOnTheWire(t *testing.T) {
	known := filepath.Join(t.TempDir(), "known.graphql")
	if err := os.WriteFile(known, []byte("{ dataset { version } }"), 0o600); err != nil {
		t.Fatal(err)
	}
	any, few := serve(t), serve(t, "--operations", filepath.Dir(known))
	closed, hasty := serve(t, "--no-introspection"), serve(t, "--timeout", "1ns")
	counted := serve(t, "--rate", "0.01", "--rate-burst", "1", "--trusted-proxy", "192.0.2.1/32")
	for code, c := range map[string]struct{ address, body string }{
		"BAD_ID":                    {any, `{"query":"{ node(id: \"\") { id } }"}`},
		"WRONG_KIND":                {any, `{"query":"{ condition(id: \"eeg\") { id } }"}`},
		"BAD_CURSOR":                {any, `{"query":"{ concepts(after: \"x\") { totalCount } }"}`},
		"BAD_PAGE_SIZE":             {any, `{"query":"{ concepts(first: 101) { totalCount } }"}`},
		"BAD_FILTER":                {any, `{"query":"{ concepts(filter: { type: { in: [\"x\"] } }) { totalCount } }"}`},
		"BAD_ARGUMENT":              {any, `{"query":"{ paths(from: \"eeg\", to: \"mri\", maxLength: 0) { totalCount } }"}`},
		"BAD_REQUEST":               {any, `{`},
		"GRAPHQL_PARSE_FAILED":      {any, `{"query":"{"}`},
		"GRAPHQL_VALIDATION_FAILED": {any, `{"query":"{ x }"}`},
		"LIMIT_EXCEEDED":            {any, `{"query":"{ ` + strings.Repeat("a ", 51) + `}"}`},
		"PERSISTED_QUERY_NOT_FOUND": {any, `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + strings.Repeat("0", 64) + `"}}}`},
		"OPERATION_NOT_ALLOWED":     {few, `{"query":"{ __typename }"}`},
		"INTROSPECTION_DISABLED":    {closed, `{"query":"{ __schema { queryType { name } } }"}`},
		"TIMEOUT":                   {hasty, `{"query":"{ concepts { totalCount } }"}`},
		"RATE_LIMITED":              {counted, `{"query":"{ dataset { version } }"}`},
	} {
		if code == "RATE_LIMITED" {
			post(t, c.address, "application/json", c.body)
		}
		var told struct {
			Errors []struct {
				Extensions struct{ Code string }
			}
		}
		_, _, text := post(t, c.address, "application/json", c.body)
		if err := json.Unmarshal([]byte(text), &told); err != nil || len(told.Errors) == 0 || told.Errors[0].Extensions.Code != code {
			t.Errorf("%s: %s (%v)", code, text, err)
		}
	}
}
