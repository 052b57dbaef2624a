package diff_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/diff"
)

// full returns a graph in which every field of everything is filled. Nobody
// has normalized it: a changed field shall not draw others after it.
func full() *graph.Dataset {
	often := 0.6
	properties := []graph.Property{{Predicate: "ex:p", Value: graph.Value{Text: "v", Language: "en", Datatype: "ex:d"}}}
	source := func(id graph.ID, kind graph.SourceKind) graph.Source {
		return graph.Source{ID: id, IRI: "https://example.org/" + string(id), Kind: kind, Name: "n", License: "l", Version: "1", URL: "u"}
	}
	return &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{source("data", graph.DataSource)},
		Articles: []graph.Article{{Source: source("article", graph.ArticleSource), Sections: []graph.Section{
			{ID: "one", IRI: "https://example.org/one", Heading: "h", Summary: "s"}, {ID: "two", IRI: "https://example.org/two"},
		}}},
		Predicates: []graph.Predicate{{
			ID: "ex:p", IRI: "https://example.org/p", Name: "p", Inverse: "q", Description: "d",
			Domain: []graph.Kind{graph.Condition}, Range: []graph.Kind{graph.Symptom, graph.Test},
		}},
		Types: []graph.Type{{ID: "ex:T", IRI: "https://example.org/T", Name: "t", Description: "d", SubClassOf: "schema:Drug"}},
		Concepts: []graph.Concept{
			{
				ID: "c", IRI: "https://example.org/c", Types: []graph.ID{"ex:T", "schema:Drug"}, Note: "n", Properties: properties,
				Names: []graph.Text{{Text: "c", Language: "en"}}, Descriptions: []graph.Text{{Text: "d", Language: "en"}},
				Synonyms: []graph.Synonym{{Text: "s", Language: "en", Scope: graph.ScopeExact, Via: "v"}},
				Codes:    []graph.Code{{Code: "ex:1", Match: graph.MatchExact, Label: "l", Via: "v"}},
				Sections: []graph.ID{"one"}, Sources: []graph.ID{"data"},
			},
			{ID: "o"},
		},
		Statements: []graph.Statement{
			{
				ID: "ex:1", IRI: "https://example.org/1", Subject: "c", Predicate: "ex:p", Object: "o", Source: "data", Section: "one",
				Locator: "l", EvidenceCode: "e", Note: "n", Key: "k", Properties: properties, Qualifiers: graph.Qualifiers{
					Modality: graph.Asserted, Negated: true, Frequency: "often", FrequencyValue: &often, Stage: "o", Timing: "t",
					Context: "c", Laterality: "l", Strength: "s", Attribution: "a",
				},
			},
			{ID: "ex:2", Subject: "c", Predicate: "ex:p", Value: graph.Value{Text: "v", Language: "en", Datatype: "ex:d"}},
		},
	}
}

// TestEveryField: whatever field of whatever thing changes, and be it one that
// is not there yet, the version is another and the change is listed.
func TestEveryField(t *testing.T) {
	before, after := full(), full()
	changed := 0
	each(reflect.ValueOf(after).Elem(), "", func(path string) {
		changed++
		if d := diff.Compare(before, after); d.Empty() || len(lines(d)) == 0 {
			t.Errorf("%s changed: the same version: %v, listed: %v", path, d.Empty(), lines(d))
		}
	})
	if changed < 100 {
		t.Errorf("%d fields were changed", changed)
	}
}

// each changes one field after the other, calls visit, and changes it back.
func each(v reflect.Value, path string, visit func(path string)) {
	with := func(other reflect.Value) {
		was := reflect.New(v.Type()).Elem()
		was.Set(v)
		v.Set(other)
		visit(path)
		v.Set(was)
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[graph.Prefixes]() {
				each(v.Field(i), path+"."+f.Name, visit)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			each(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
		if v.Len() > 0 {
			with(v.Slice(0, v.Len()-1))
		}
		if v.Len() > 1 {
			swapped := reflect.MakeSlice(v.Type(), 0, v.Len())
			for i := v.Len() - 1; i >= 0; i-- {
				swapped = reflect.Append(swapped, v.Index(i))
			}
			if path != ".Concepts" && path != ".Statements" { // whose order follows from the rest
				with(swapped)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			with(reflect.Zero(v.Type()))
		}
		other := reflect.New(v.Type().Elem())
		other.Elem().SetFloat(0.7)
		with(other)
	case reflect.String:
		with(reflect.ValueOf(v.String() + "x").Convert(v.Type()))
	case reflect.Bool:
		with(reflect.ValueOf(!v.Bool()))
	case reflect.Uint8:
		with(reflect.ValueOf(v.Uint()%3 + 1).Convert(v.Type()))
	default:
		panic("what is " + path + "?") // a field of a new type
	}
}

// TestAnotherClaimHasNotMoved: a record that claims something else now has
// changed, wherever that is said.
func TestAnotherClaimHasNotMoved(t *testing.T) {
	before, after := full(), full()
	after.Statements[0].Source = "article"
	if got := diff.Compare(before, after).Summary.Statements; got != (diff.Counts{Moved: 1}) {
		t.Errorf("%+v", got)
	}
	after.Statements[0].Object = "c"
	if got := diff.Compare(before, after).Summary.Statements; got != (diff.Counts{Changed: 1}) {
		t.Errorf("%+v", got)
	}
}

// TestLostHedgeHasNotMoved: a modality that is another is a change, also where
// the place is another, too; both are said.
func TestLostHedgeHasNotMoved(t *testing.T) {
	before, after := full(), full()
	s := &after.Statements[0]
	s.Locator += " bis"
	s.Modality = s.Modality%3 + 1
	d := diff.Compare(before, after)
	if d.Summary.Statements != (diff.Counts{Changed: 1}) {
		t.Fatalf("%+v", d.Summary.Statements)
	}
	var names []string
	for _, f := range d.Statements[0].Fields {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"modality", "locator"}) {
		t.Errorf("fields %v", names)
	}
}
