package seed

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/ast"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plexus-kg/plexus/graph"
)

func compileSchema(t *testing.T, own *graph.Dataset) (document any, compiled *jsonschema.Schema) {
	t.Helper()
	content, err := Schema(own)
	if err != nil {
		t.Fatal(err)
	}
	document, err = jsonschema.UnmarshalJSON(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("seed.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err = c.Compile("seed.json") // and so validates it against its meta-schema
	if err != nil {
		t.Fatal(err)
	}
	return document, compiled
}

// asJSON returns what a file says as a schema sees it, read as the decoder
// does; ok is false for a file that is not YAML of this kind.
func asJSON(content []byte) (value any, ok bool) {
	p := newProblems(nil, false)
	body := parse("a.yaml", content, p)
	if p.faults > 0 {
		return nil, false
	}
	if body == nil {
		return map[string]any{}, true
	}
	return jsonOf(body), true
}

func jsonOf(n ast.Node) any {
	object := func(values []*ast.MappingValueNode) any {
		m := map[string]any{}
		for _, v := range values {
			key, _ := scalar(v.Key)
			m[key] = jsonOf(v.Value)
		}
		return m
	}
	switch n := n.(type) {
	case *ast.BoolNode:
		return n.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		if f, err := strconv.ParseFloat(n.GetToken().Value, 64); err == nil && f-f == 0 {
			return f
		}
		return 1e300 // a number, and no share
	}
	if s, ok := scalar(n); ok {
		return s
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		return object(n.Values)
	case *ast.MappingValueNode:
		return object([]*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		list := make([]any, len(n.Values))
		for i, v := range n.Values {
			list[i] = jsonOf(v)
		}
		return list
	}
	return nil
}

// TestSchemaKeys holds the keys of every mapping of the schema against those
// that the decoder says it knows.
func TestSchemaKeys(t *testing.T) {
	t.Parallel()
	document, _ := compileSchema(t, nil)
	got := map[string][]string{}
	schemaMappings(document, "", got)
	for pointer, keys := range got {
		known := knownKeys(t, pointer)
		slices.Sort(known)
		if !slices.Equal(keys, known) {
			t.Errorf("%s: the schema has the keys %v, the decoder %v", pointer, keys, known)
		}
	}
	if len(got) < 12 {
		t.Errorf("only %d mappings in the schema: %v", len(got), slices.Collect(maps.Keys(got)))
	}
}

// schemaMappings collects the keys of all mappings of a schema by their path,
// in which [] is an entry of a list.
func schemaMappings(n any, path string, into map[string][]string) {
	m, _ := n.(map[string]any)
	if properties, ok := m["properties"].(map[string]any); ok {
		into[path] = slices.Sorted(maps.Keys(properties))
		for key, value := range properties {
			schemaMappings(value, path+"/"+key, into)
		}
	}
	if items, ok := m["items"]; ok {
		schemaMappings(items, path+"/[]", into)
	}
	if choices, ok := m["anyOf"].([]any); ok {
		for _, c := range choices {
			schemaMappings(c, path, into)
		}
	}
}

var knownAre = regexp.MustCompile(`unknown key "qqqqqqqqqqqqqqqqqqqq"; known are (.*)`)

// knownKeys asks the decoder which keys a mapping may have, by one that it
// does not know.
func knownKeys(t *testing.T, path string) []string {
	t.Helper()
	content := "{qqqqqqqqqqqqqqqqqqqq: x}"
	steps := strings.Split(path, "/")[1:]
	if path == "" {
		steps = nil
	}
	for _, step := range slices.Backward(steps) {
		if step == "[]" {
			content = "[" + content + "]"
		} else {
			content = "{" + step + ": " + content + "}"
		}
	}
	p := newProblems(nil, false)
	d := decoder{file: "a.yaml", problems: p}
	var doc document
	d.document(parse("a.yaml", []byte(content), p), &doc)
	for _, problem := range p.list {
		if m := knownAre.FindStringSubmatch(problem.Message); m != nil {
			return strings.FieldsFunc(strings.ReplaceAll(m[1], " and ", ", "), func(r rune) bool { return r == ',' || r == ' ' })
		}
	}
	t.Errorf("%s: the decoder does not say which keys it knows: %v", content, p.list)
	return nil
}

// TestSchemaAccepts validates every file of the embedded seed, that seed as it
// is exported, every mended example, every new file, and the doubtful files
// that have no errors.
func TestSchemaAccepts(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{}
	err := fs.WalkDir(Embedded(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(Embedded(), name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range NewWords() {
		if files["new "+word], err = New(word, "A name", true); err != nil {
			t.Fatal(err)
		}
	}
	d, _, err := Read(t.Context(), EmbeddedPath)
	if err != nil {
		t.Fatal(err)
	}
	var exported bytes.Buffer
	if err := Write(t.Context(), &exported, YAML, d); err != nil {
		t.Fatal(err)
	}
	files["exported"] = exported.Bytes()
	files["what adds to RDF"] = []byte("concepts: [{id: 'EX:T2', types: [MedicalCondition]}, {id: bells-palsy, name: Fazialisparese}]\n")
	for _, pattern := range []string{"testdata/export/*.txtar", "testdata/doubtful/*.txtar"} {
		archives, err := filepath.Glob(pattern)
		if err != nil || len(archives) == 0 {
			t.Fatalf("no archives %s: %v", pattern, err)
		}
		for _, name := range archives {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range archive.Files {
				if isDocument(f.Name) {
					files[name+" "+f.Name] = f.Data
				}
			}
		}
	}
	for _, rule := range Rules() {
		e, _ := Explain(rule)
		for _, f := range e.Mended {
			if isDocument(f.Name) && !f.Recipe {
				files[fmt.Sprintf("mended %s %s", rule, f.Name)] = []byte(f.Text)
			}
		}
	}
	if len(files) < 80 {
		t.Errorf("only %d files", len(files))
	}
	_, schema := compileSchema(t, nil)
	for name, content := range files {
		value, ok := asJSON(content)
		if !ok {
			t.Errorf("%s: not YAML", name)
		} else if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRefuses validates the wrong examples: those that break a rule of
// which a schema can know are refused, all others are not.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	refused := []Rule{
		RuleUnknownKey, RuleWrongShape, RuleEmptyValue, RuleMissingKey, RuleEitherKey, RuleBadID, RuleBadWord, RuleBadCode, RuleBadPrefix,
		RuleBadIRI, RuleBadLanguage, RuleBadFrequency, RuleBadDate, RuleUnknownStatus, RuleBadEvidenceCode, RuleUnknownSourceKind, RuleUnknownType, RuleUnknownKind,
		RuleUnknownScope, RuleUnknownMatch, RuleUnknownRule, RuleUnknownPredicate, RuleUnknownModality, RuleMappingStatement,
		RuleTooManyProblems, // its statements are empty
	}
	_, schema := compileSchema(t, nil)
	for _, rule := range Rules() {
		e, _ := Explain(rule)
		wrong := false
		for _, f := range e.Wrong {
			content := []byte(f.Text)
			if f.Recipe && rule == RuleTooManyProblems {
				content = []byte("statements:\n- {}\n")
			}
			value, ok := asJSON(content)
			wrong = wrong || isDocument(f.Name) && ok && schema.Validate(value) != nil
		}
		if want := slices.Contains(refused, rule); wrong != want {
			t.Errorf("%s: refused %v, wanted %v", rule, wrong, want)
		}
	}
}

// TestSchemaOwnWords lets a schema know the words that data declares.
func TestSchemaOwnWords(t *testing.T) {
	t.Parallel()
	archive := txtar.Parse([]byte(`-- a.yaml --
concepts:
  - {id: a, name: A, types: [EX:RareDisease, RareDisease]}
statements:
  - {subject: a, predicate: interactsWith, object: b}
  - {subject: a, predicate: EX:interactsWith, object: b}
`))
	value, ok := asJSON(archive.Files[0].Data)
	if !ok {
		t.Fatal("not YAML")
	}
	_, plain := compileSchema(t, nil)
	if plain.Validate(value) == nil {
		t.Error("words that nobody declares are accepted")
	}
	_, schema := compileSchema(t, &graph.Dataset{
		Predicates: []graph.Predicate{{ID: "EX:interactsWith", Name: "interactsWith"}},
		Types:      []graph.Type{{ID: "EX:RareDisease"}},
	})
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
}
