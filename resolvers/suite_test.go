package resolvers

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/plexus-kg/plexus/resolvers/values"
)

// suite are the tests of graphql-js, as cmd/internal/clients/suite.mjs tells them.
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
// PLEXUS_GRAPHQL_JS names the folder or the Git repository with the sources of graphql-js
// (16.x.x); the package of npm has no tests.
func TestGraphQLJS(t *testing.T) {
	source := os.Getenv("PLEXUS_GRAPHQL_JS")
	if source == "" {
		t.Skip("PLEXUS_GRAPHQL_JS names no copy of graphql-js")
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
	schemas := make([]*ast.Schema, len(s.Schemas))
	faults := make([]error, len(s.Schemas))
	for i, sdl := range s.Schemas {
		schemas[i], faults[i] = gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: sdl})
	}
	differ := map[string]string{} // what, by the test
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
	t.Logf("%d validations, %d executions, %d differ", len(s.Validation), len(s.Execution), len(differ))
	if len(s.Validation) < 400 || len(s.Execution) < 250 {
		t.Error("there are too few")
	}
	wanted := wantedDifferences(t)
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
