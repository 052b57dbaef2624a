package resolvers

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/plexus-kg/plexus/resolvers/values"
)

// suite are tests of graphql-js, as cmd/internal/clients/suite.mjs tells them.
type suite struct {
	Schemas    []string
	Validation []struct {
		Test, Rule, Query string
		Schema            int
		Errors            []struct{ Message string }
	}
	Execution []struct {
		Test, Query, Operation string
		Schema                 int
		Variables              map[string]any
		Refused, Invalid       bool
		Errors                 []struct{ Message string }
	}
}

// TestGraphQLJS: the tests of graphql-js for validation and execution find here what they
// find there: a document is valid or not by each rule, an operation is run or refused. What
// differs is in testdata/graphql-js.txt, with the reason, and nothing else does. Of
// execution only what comes before the fields can be asked here: their tests have schemas
// of their own, and resolvers.
//
// The tests for validation come with the source of the parser, which wherever Plexus is
// built is there: they always run. The package of npm has no tests, so that those for
// execution run only where PLEXUS_GRAPHQL_JS names a folder or a Git repository with the
// sources of graphql-js (16.x.x; make suite), of which its own for validation run too.
func TestGraphQLJS(t *testing.T) {
	t.Run("as the parser has it", func(t *testing.T) {
		s := imported(t)
		differ, wanted := s.differences(t), wantedDifferences(t)
		t.Logf("%d validations, %d differ", len(s.Validation), len(differ))
		if len(s.Validation) < 400 {
			t.Error("there are too few")
		}
		for _, test := range slices.Sorted(maps.Keys(differ)) {
			listed := func(full string) bool { return full == test || strings.HasSuffix(full, " / "+test) }
			if !slices.ContainsFunc(slices.Collect(maps.Keys(wanted)), listed) {
				t.Errorf("%s\n\t%s", test, differ[test])
			}
		}
	})
	t.Run("whole", func(t *testing.T) {
		source := os.Getenv("PLEXUS_GRAPHQL_JS")
		if source == "" {
			t.Skip("PLEXUS_GRAPHQL_JS names no copy of graphql-js, which no package has: make suite GRAPHQL_JS=DIR")
		}
		cmd := exec.CommandContext(t.Context(), "node", "suite.mjs", source)
		cmd.Dir, cmd.Stderr = "../cmd/internal/clients", os.Stderr
		text, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var s suite
		if err := json.Unmarshal(text, &s); err != nil {
			t.Fatal(err)
		}
		differ, wanted := s.differences(t), wantedDifferences(t)
		t.Logf("%d validations, %d executions, %d differ", len(s.Validation), len(s.Execution), len(differ))
		if len(s.Validation) < 400 || len(s.Execution) < 250 {
			t.Error("there are too few")
		}
		for _, test := range slices.Sorted(maps.Keys(differ)) {
			if wanted[test] == "" {
				t.Errorf("%s\n\t%s", test, differ[test])
			}
		}
		for _, test := range slices.Sorted(maps.Keys(wanted)) {
			if differ[test] == "" {
				t.Errorf("%s is listed, and does not differ", test)
			}
		}
	})
}

// imported returns the tests for validation that the source of the parser has.
func imported(t *testing.T) *suite {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/vektah/gqlparser/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(strings.TrimSpace(string(out)), "validator", "imported", "spec")
	read := func(name string, into any) {
		text, err := os.ReadFile(name)
		if err == nil {
			err = yaml.Unmarshal(text, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var s suite
	read(filepath.Join(folder, "schemas.yml"), &s.Schemas)
	names, err := filepath.Glob(filepath.Join(folder, "*.spec.yml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		var tests []struct {
			Name, Query string
			Schema      any // a number, or SDL
			Errors      []struct{ Message string }
		}
		read(name, &tests)
		for _, c := range tests {
			number, ok := c.Schema.(uint64)
			if !ok {
				number = uint64(len(s.Schemas))
				s.Schemas = append(s.Schemas, fmt.Sprint(c.Schema))
			}
			s.Validation = append(s.Validation, struct {
				Test, Rule, Query string
				Schema            int
				Errors            []struct{ Message string }
			}{strings.ReplaceAll(c.Name, "/", " / "), strings.TrimSuffix(filepath.Base(name), ".spec.yml"), c.Query, int(number), c.Errors})
		}
	}
	return &s
}

// differences returns in what tests are answered otherwise here, by the test and its rule.
func (s *suite) differences(t *testing.T) map[string]string {
	t.Helper()
	schemas := make([]*ast.Schema, len(s.Schemas))
	faults := make([]error, len(s.Schemas))
	for i, sdl := range s.Schemas {
		schemas[i], faults[i] = gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: sdl})
	}
	differ := map[string]string{}
	note := func(test, rule, what string, args ...any) {
		differ[strings.TrimSpace(test+" "+rule)] = fmt.Sprintf(what, args...)
	}
	for _, c := range s.Validation {
		if faults[c.Schema] != nil {
			note(c.Test, c.Rule, "the schema: %v", faults[c.Schema])
			continue
		}
		theirs := len(c.Errors) > 0
		ours, known := breaks(schemas[c.Schema], c.Rule, c.Query)
		switch {
		case !known:
			note("", c.Rule, "there is no such rule")
		case (ours != nil) != theirs:
			if c.Rule == "OverlappingFieldsCanBeMergedRule" && refusal(schemas[c.Schema], c.Query, "", nil) == nil {
				t.Errorf("%s: the document is valid here", c.Test)
			}
			note(c.Test, c.Rule, "ours %v, theirs %v: %s", ours, c.Errors, c.Query)
		}
	}
	for _, c := range s.Execution {
		if faults[c.Schema] != nil {
			note(c.Test, "", "the schema: %v", faults[c.Schema])
			continue
		}
		if ours := refusal(schemas[c.Schema], c.Query, c.Operation, c.Variables); (ours != nil) != (c.Refused || c.Invalid) {
			note(c.Test, "", "ours %v, theirs %v %v: %s", ours, c.Invalid, c.Errors, c.Query)
		}
	}
	return differ
}

// wantedDifferences reads the tests that may differ, with the reason: paragraphs of which
// the first lines, which begin with #, are the reason for the others.
func wantedDifferences(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/graphql-js.txt")
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]string{}
	for paragraph := range strings.SplitSeq(string(text), "\n\n") {
		reason := ""
		for line := range strings.Lines(paragraph) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") {
				reason += line
			} else if line != "" {
				wanted[line] = reason
			}
		}
	}
	return wanted
}

// breaks returns how a document breaks a rule, alone, nil if it does not.
func breaks(s *ast.Schema, rule, text string) (fault error, known bool) {
	v := &validation{s, rule != "NoSchemaIntrospectionCustomRule", true}
	name := map[string]string{"NoSchemaIntrospectionCustomRule": noIntrospection}[rule]
	if name == "" {
		name = strings.TrimSuffix(rule, "Rule")
	}
	f, known := v.suggesting().GetInner()[name]
	if !known {
		return nil, false
	}
	document, err := parse(text)
	if err != nil {
		return err, true
	}
	only := rules.NewRules()
	only.AddRule(name, f)
	if errs := validator.ValidateWithRules(s, document, only); len(errs) > 0 {
		return errs, true
	}
	return nil, true
}

// refusal returns why an operation is not run, nil if it is.
func refusal(s *ast.Schema, text, name string, given map[string]any) error {
	document, faults := (&validation{s, true, true}).parse(text)
	if len(faults) > 0 {
		return faults
	}
	operation, fault := operationOf(document, name)
	if fault != nil {
		return fault
	}
	variables, faults := values.Variables(s, operation, given, toldFaults)
	if len(faults) > 0 {
		return faults
	}
	if faults := refuseNulls(operation, variables); len(faults) > 0 {
		return errors.Join(faults)
	}
	return nil
}
