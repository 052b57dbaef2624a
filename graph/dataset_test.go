package graph_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

func TestNormalizeAgainChangesNothing(t *testing.T) {
	for seed := range uint64(50) {
		once, twice := graphtest.Random(seed, 12), graphtest.Random(seed, 12)
		if err := twice.Normalize(); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(once, twice) {
			t.Errorf("Random(%d, 12) changes when it is normalized again", seed)
		}
	}
}

// The order in which things were read, and a value read twice, leave no trace.
func TestNormalizeForgetsOrder(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		want, got := graphtest.Random(seed, 12), graphtest.Random(seed, 12)
		mix(r, &got.Sources)
		mix(r, &got.Articles)
		mix(r, &got.Concepts)
		mix(r, &got.Statements)
		mix(r, &got.Predicates)
		for i := range got.Concepts {
			c := &got.Concepts[i]
			if len(c.Types) > 1 { // the first is the one that counts
				rest := slices.Clone(c.Types[1:])
				again(r, &rest)
				c.Types = append(c.Types[:1:1], rest...)
			}
			again(r, &c.Names)
			again(r, &c.Descriptions)
			again(r, &c.Synonyms)
			again(r, &c.Codes)
			again(r, &c.Sections)
			again(r, &c.Sources)
			again(r, &c.Properties)
		}
		for i := range got.Statements {
			again(r, &got.Statements[i].Properties)
		}
		if err := got.Normalize(); err != nil {
			t.Fatal(err)
		}
		if got.Version() != want.Version() || !reflect.DeepEqual(got, want) {
			t.Errorf("Random(%d, 12), shuffled, is another graph", seed)
		}
	}
}

func mix[T any](r *rand.Rand, list *[]T) {
	r.Shuffle(len(*list), func(i, j int) { (*list)[i], (*list)[j] = (*list)[j], (*list)[i] })
}

// again mixes a list in which one thing stands twice.
func again[T any](r *rand.Rand, list *[]T) {
	if len(*list) > 0 {
		*list = append(*list, (*list)[r.IntN(len(*list))])
	}
	mix(r, list)
}

func TestNormalizeErrors(t *testing.T) {
	for _, test := range []struct {
		spoil func(*graph.Dataset)
		want  string
	}{
		{func(d *graph.Dataset) { d.Concepts = append(d.Concepts, graph.Concept{ID: "cold"}) }, `"cold" is given twice, as concept and as concept`},
		{func(d *graph.Dataset) { d.Concepts = append(d.Concepts, graph.Concept{ID: "colds-care"}) }, `"colds-care" is given twice, as concept and as section`},
		{func(d *graph.Dataset) { d.Sources = append(d.Sources, graph.Source{ID: "colds"}) }, `"colds" is given twice, as article and as source`},
		{func(d *graph.Dataset) { d.Statements = append(d.Statements, d.Statements[0]) }, `"ev:1" is given twice, as statement and as statement`},
		{func(d *graph.Dataset) { d.Statements[0].Subject = "gone" }, `statement ev:1: no concept "gone"`},
		{func(d *graph.Dataset) { d.Statements[0].Subject = "" }, `statement ev:1: no concept ""`},
		{func(d *graph.Dataset) { d.Statements[0].Object = "ex:data" }, `statement ev:1: no concept "ex:data"`},
		{func(d *graph.Dataset) { d.Statements[0].Section = "cold" }, `statement ev:1: no section "cold"`},
		{func(d *graph.Dataset) { d.Statements[0].Source = "cold" }, `ev:1: no source "cold"`},
		{func(d *graph.Dataset) { d.Statements[0].Stage = "colds" }, `ev:1: no concept "colds"`},
		{func(d *graph.Dataset) { d.Concepts[0].Sources = []graph.ID{"gone"} }, `cold: no source "gone"`},
		{func(d *graph.Dataset) { d.Concepts[0].Sections = []graph.ID{"colds"} }, `cold: no section "colds"`},
	} {
		ds := graphtest.Small()
		test.spoil(ds)
		if err := ds.Normalize(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("the error is %v, want %s", err, test.want)
		}
	}
}

// Every field counts in the version.
func TestVersionSeesEveryField(t *testing.T) {
	change := func(v reflect.Value) bool {
		switch v.Kind() {
		case reflect.String:
			v.SetString(v.String() + "x")
		case reflect.Bool:
			v.SetBool(!v.Bool())
		case reflect.Uint8:
			v.SetUint(v.Uint() + 1)
		case reflect.Float64:
			v.SetFloat(v.Float() + 1)
		default:
			return false
		}
		return true
	}
	whole := graphtest.Small()
	whole.Predicates = []graph.Predicate{{ID: "ex:linksTo", Domain: []graph.Kind{graph.Test}, Range: []graph.Kind{graph.Test}}}
	whole.Types = []graph.Type{{ID: "ex:Swelling"}}
	before := whole.Version()
	other := *whole
	other.Prefixes = graph.NewPrefixes(nil)
	if other.Version() == before {
		t.Error("the version does not see a change of the prefixes")
	}
	fields := 0
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type() != reflect.TypeFor[graph.Prefixes]() {
					walk(path+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(path, v.Index(i))
			}
		case reflect.Pointer:
			if !v.IsNil() {
				walk(path, v.Elem())
			}
		default:
			old := reflect.ValueOf(v.Interface())
			if !change(v) {
				t.Fatalf("%s is of an unknown type, %s", path, v.Type())
			}
			if whole.Version() == before {
				t.Errorf("the version does not see a change of %s", path)
			}
			v.Set(old)
			fields++
		}
	}
	walk("Dataset", reflect.ValueOf(whole).Elem())
	if whole.Version() != before || fields < 500 {
		t.Errorf("%d fields were changed, and the version afterwards is %s, want %s", fields, whole.Version(), before)
	}
}
