package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/values"
	"github.com/plexus-kg/plexus/schema"
)

// coercionCase is a value of a variable, as JSON, and its type; with a literal, which
// says the same, that is its default.
type coercionCase struct {
	Type    string `json:"type"`
	Value   string `json:"value"`
	Literal string `json:"literal,omitempty"`
}

// read returns the value as the server reads it.
func (c coercionCase) read(t *testing.T) any {
	t.Helper()
	var v any
	d := json.NewDecoder(strings.NewReader(c.Value))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", c.Value, err)
	}
	return v
}

// jsonValues are values of every type that JSON has, with those that look like one
// of another type.
var jsonValues = []string{
	`null`, `true`, `false`, `"true"`, `0`, `-0`, `1`, `-1`, `1.0`, `1e2`, `1.5`, `0.1e1`, `1e-1`, `2147483647`, `2147483648`, `-2147483648`, `-2147483649`,
	`9007199254740993`, `12345678901234567890`, `1e30`, `1e308`, `1e400`, `-1e400`, `"1"`, `"1.5"`, `" 1"`, `""`, `"a"`, `"é\u0000😀"`, `"null"`,
	`"NAME"`, `"name"`, `"Name"`, `"OUT"`, `"out"`, `"IN"`, `"TEST"`, `"test"`, `"ASSERTED"`, `"asserted"`,
	`[]`, `[null]`, `["a"]`, `[1]`, `[1,"a"]`, `["NAME","name"]`, `[[]]`, `[["a"]]`, `[{}]`, `[true,null]`,
	`{}`, `{"a":1}`, `{"in":[]}`, `{"in":"a"}`, `{"in":[1]}`, `{"in":[null]}`, `{"in":null}`, `{"stated":true}`, `{"stated":"true"}`, `{"__typename":"X"}`, `{"constructor":1}`, `{"0":1}`,
}

// inputTypes returns the input types of a schema, without those of introspection.
func inputTypes(s *ast.Schema) []*ast.Definition {
	var types []*ast.Definition
	for _, name := range slices.Sorted(maps.Keys(s.Types)) {
		if d := s.Types[name]; d.IsInputType() && !strings.HasPrefix(name, "__") {
			types = append(types, d)
		}
	}
	return types
}

// randomJSON makes values for a type: mostly of the type, at each place now and then
// another.
func randomJSON(r *rand.Rand, s *ast.Schema, t *ast.Type, depth int) string {
	if r.IntN(12) == 0 {
		return jsonValues[r.IntN(len(jsonValues))]
	}
	if !t.NonNull && r.IntN(8) == 0 {
		return "null"
	}
	if t.Elem != nil {
		if r.IntN(6) == 0 {
			return randomJSON(r, s, t.Elem, depth)
		}
		items := make([]string, r.IntN(3))
		for i := range items {
			items[i] = randomJSON(r, s, t.Elem, depth)
		}
		return "[" + strings.Join(items, ",") + "]"
	}
	d := s.Types[t.NamedType]
	switch {
	case d.Kind == ast.InputObject:
		var fields []string
		for _, f := range d.Fields {
			if depth > 0 && (f.Type.NonNull && r.IntN(10) > 0 || r.IntN(4) == 0) {
				fields = append(fields, fmt.Sprintf("%q:%s", f.Name, randomJSON(r, s, f.Type, depth-1)))
			}
		}
		if r.IntN(12) == 0 {
			fields = append(fields, `"colour":"red"`)
		}
		r.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
		return "{" + strings.Join(fields, ",") + "}"
	case d.Kind == ast.Enum:
		name := d.EnumValues[r.IntN(len(d.EnumValues))].Name
		if r.IntN(8) == 0 {
			name = strings.ToLower(name)
		}
		return fmt.Sprintf("%q", name)
	case d.Name == "Int":
		return fmt.Sprint(r.IntN(200) - 100)
	case d.Name == "Float":
		return fmt.Sprint(r.Float64())
	case d.Name == "Boolean":
		return []string{"true", "false"}[r.IntN(2)]
	default:
		return []string{`"a"`, `"DOID:1"`, `""`}[r.IntN(3)]
	}
}

// coercionCases are every input type, as it is and in lists, with every value, and
// random values of each.
func coercionCases(s *ast.Schema, r *rand.Rand) []coercionCase {
	var all []coercionCase
	for _, d := range inputTypes(s) {
		for _, form := range []string{"%s", "%s!", "[%s]", "[%s!]!", "[[%s]]"} {
			written := fmt.Sprintf(form, d.Name)
			for _, v := range jsonValues {
				all = append(all, coercionCase{Type: written, Value: v})
			}
			for range 60 {
				all = append(all, coercionCase{Type: written, Value: randomJSON(r, s, variableOf(written).Type, 4)})
			}
		}
	}
	return all
}

var name = regexp.MustCompile(`^[_A-Za-z]\w*$`)

// literalOf writes a value as a literal; false where there is none. A text that is a
// name is mostly written as one, as values of enums are.
func literalOf(r *rand.Rand, v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "null", true
	case string:
		if name.MatchString(v) && r.IntN(3) > 0 {
			return v, true
		}
		text, err := json.Marshal(v)
		return string(text), err == nil
	case []any:
		items := make([]string, len(v))
		for i := range v {
			item, ok := literalOf(r, v[i])
			if items[i] = item; !ok {
				return "", false
			}
		}
		return "[" + strings.Join(items, " ") + "]", true
	case map[string]any:
		var fields []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			field, ok := literalOf(r, v[key])
			if !ok || !name.MatchString(key) {
				return "", false
			}
			fields = append(fields, key+": "+field)
		}
		return "{" + strings.Join(fields, " ") + "}", true
	default:
		written := fmt.Sprint(v)
		return written, !strings.Contains(written, "e400") // graphql-js takes it for infinity
	}
}

func variableOf(written string) *ast.VariableDefinition {
	return documentWith(coercionCase{Type: written}).Operations[0].VariableDefinitions[0]
}

func documentWith(c coercionCase) *ast.QueryDocument {
	text := "query($v: " + c.Type
	if c.Literal != "" {
		text += " = " + c.Literal
	}
	document, err := parser.ParseQuery(&ast.Source{Input: text + ") { __typename }"})
	if err != nil {
		panic(err)
	}
	return document
}

// coercion is how values of variables are coerced.
type coercion func(*ast.Schema, coercionCase, map[string]any) (map[string]any, error)

// strictly is how Plexus coerces them.
func strictly(s *ast.Schema, c coercionCase, given map[string]any) (map[string]any, error) {
	document := documentWith(c)
	if c.Literal != "" {
		given = nil
		if faults := validator.ValidateWithRules(s, document, rules.NewRules(core.Rule{Name: values.Rule, RuleFunc: values.Literals(true)})); len(faults) > 0 {
			return nil, faults[0]
		}
	}
	values.Settle(s, document)
	coerced, faults := values.Variables(s, document.Operations[0], given, 1)
	if len(faults) > 0 {
		return nil, faults[0]
	}
	return coerced, nil
}

// served is how a running server coerces them, whose operation leaves out the field that
// the variable is for: a value that does not fit is refused all the same, by 400, and the
// message begins with the variable. What becomes of the others is not told.
func served(t *testing.T, address string) coercion {
	return func(_ *ast.Schema, c coercionCase, _ map[string]any) (map[string]any, error) {
		document := "query($v: " + c.Type
		variables := `{"v":` + c.Value + `}`
		if c.Literal != "" {
			document, variables = document+" = "+c.Literal, "{}"
		}
		// A place that takes whatever there is: the scalar of federation.
		document += ") { _entities(representations: [{v: $v}]) @skip(if: true) { __typename } }"
		status, _, text := post(t, address, "application/graphql-response+json", of(document, variables))
		if status == http.StatusOK {
			return nil, nil
		}
		var told refusal
		if err := json.Unmarshal([]byte(text), &told); err != nil || status != http.StatusBadRequest || len(told.Errors) == 0 || told.Errors[0].Extensions.Code != "GRAPHQL_VALIDATION_FAILED" {
			t.Fatalf("%v: %d %s", c, status, text)
		}
		return nil, errors.New(told.Errors[0].Message)
	}
}

// laxly is how the parser coerces them.
func laxly(s *ast.Schema, c coercionCase, given map[string]any) (map[string]any, error) {
	document := documentWith(c)
	faults := validator.ValidateWithRules(s, document, rules.NewRules(rules.ValuesOfCorrectTypeRule))
	if len(faults) > 0 {
		return nil, faults[0]
	}
	if c.Literal != "" {
		given = nil
	}
	return validator.VariableValues(s, document.Operations[0], given)
}

// differences lists the cases in which two implementations do not agree.
func differences(t *testing.T, coerce coercion, s *ast.Schema, cases []coercionCase, theirs []string) []string {
	t.Helper()
	var differ []string
	for i, c := range cases {
		var wanted struct {
			Error string `json:"error"`
			Value any    `json:"value"`
		}
		if err := json.Unmarshal([]byte(theirs[i]), &wanted); err != nil {
			t.Fatalf("%s: %v", theirs[i], err)
		}
		coerced, err := coerce(s, c, map[string]any{"v": c.read(t)})
		switch {
		case (err != nil) != (wanted.Error != ""):
			differ = append(differ, fmt.Sprintf("%v: %v, graphql-js: %s", c, err, theirs[i]))
		case err != nil && c.Literal == "" && placeOf(err.Error()) != theirPlace(wanted.Error):
			differ = append(differ, fmt.Sprintf("%v: %v, graphql-js: %s", c, err, theirs[i]))
		case err == nil && (coerced == nil || strings.Contains(c.Type, "_Any")): // whose values are as given
		case err == nil && !sameJSON(coerced["v"], wanted.Value):
			differ = append(differ, fmt.Sprintf("%v: %v, graphql-js: %s", c, coerced["v"], theirs[i]))
		}
	}
	return differ
}

// placeOf returns the place in the variable $v that a message of ours names, empty for all
// of it.
func placeOf(message string) string {
	_, message, _ = strings.Cut(message, "variable $v")
	place, _, _ := strings.Cut(message, ":")
	return strings.TrimPrefix(place, ", at ")
}

// theirPlaces are how graphql-js names places, and fields that are missing from them.
var theirPlaces = regexp.MustCompile(`^Variable "\$v" got invalid value .*?(?: at "v([^"]*)")?; (?:Field "(\w+)" of required type)?`)

func theirPlace(message string) string {
	found := theirPlaces.FindStringSubmatch(message)
	if found == nil {
		return ""
	}
	if found[2] != "" {
		found[1] += "." + found[2]
	}
	return strings.TrimPrefix(found[1], ".")
}

// sameJSON compares values, but for the digits of numbers that JavaScript does not
// have: it rounds whole numbers beyond 2^53, also those that become an ID.
func sameJSON(ours, theirs any) bool {
	text, err := json.Marshal(ours)
	if err != nil {
		return false
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		return false
	}
	return reflect.DeepEqual(rounded(v), rounded(theirs))
}

func rounded(v any) any {
	switch v := v.(type) {
	case string:
		var n float64
		if _, err := fmt.Sscanf(v, "%g", &n); err == nil && (n >= 1<<53 || n <= -1<<53) {
			return n
		}
	case []any:
		for i := range v {
			v[i] = rounded(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = rounded(v[name])
		}
	}
	return v
}

// TestCoercion: of every scalar, enum and input, in lists too, the values of
// variables, and literals, that fit are those that fit for graphql-js, and become the
// same; of those that do not fit, the same place is told. So it is on a running server. That
// the comparison sees more than it is told shows in the parser's own function, which it
// finds to differ.
func TestCoercion(t *testing.T) {
	seed := uint64(16)
	if text := os.Getenv("PLEXUS_COERCION_SEED"); text != "" {
		if _, err := fmt.Sscan(text, &seed); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("PLEXUS_COERCION_SEED=%d", seed)
	s := resolvers.Schema()
	r := rand.New(rand.NewPCG(seed, 0))
	cases := coercionCases(s, r)
	for _, c := range cases {
		if literal, ok := literalOf(r, c.read(t)); ok {
			cases = append(cases, coercionCase{c.Type, c.Value, literal})
		}
	}
	text, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "cases.json")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	printed, ok := node(t, "coerce.mjs", schemaFile(t, schema.SDL()+"\nscalar _Any\n"), name)
	lines := strings.Split(printed, "\n")
	if !ok || len(lines) != len(cases) {
		t.Fatalf("%d lines for %d cases: %.1000s", len(lines), len(cases), printed)
	}
	differ := differences(t, strictly, s, cases, lines)
	for _, d := range differ[:min(len(differ), 20)] {
		t.Error(d)
	}
	t.Logf("%d cases of %d types, %d differ", len(cases), len(inputTypes(s)), len(differ))
	var asked []coercionCase
	var wanted []string
	for i := 0; i < len(cases); i++ {
		if asked, wanted = append(asked, cases[i]), append(wanted, lines[i]); testing.Short() {
			i += r.IntN(10)
		}
	}
	live := differences(t, served(t, serve(t)), s, asked, wanted)
	for _, d := range live[:min(len(live), 20)] {
		t.Errorf("of the running server: %s", d)
	}
	t.Logf("a running server was asked %d, %d differ", len(asked), len(live))
	lax := differences(t, laxly, s, cases, lines)
	if t.Logf("of the parser's own function %d differ, such as %s", len(lax), lax[:min(len(lax), 3)]); len(lax) == 0 {
		t.Error("the comparison finds nothing in the parser's own function")
	}
}
