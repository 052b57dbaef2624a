package plan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
)

// sheet is 100 conditions with 100 symptoms each, none of them shared: an answer
// in which every object is another one.
func sheet(t testing.TB) *graph.Dataset {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{{ID: "src", Kind: graph.DataSource, Name: "Source"}},
	}
	add := func(id, name, class string) graph.ID {
		ds.Concepts = append(ds.Concepts, graph.Concept{
			ID: graph.ID(id), Types: []graph.ID{graph.ID(class)}, Names: []graph.Text{{Text: name}},
			Descriptions: []graph.Text{{Text: "What " + name + " is, in a sentence as long as such sentences are."}},
		})
		return graph.ID(id)
	}
	for i := range 100 {
		condition := add(fmt.Sprintf("condition-%02d", i), fmt.Sprintf("Condition %02d", i), "schema:MedicalCondition")
		for j := range 100 {
			symptom := add(fmt.Sprintf("symptom-%02d-%02d", i, j), fmt.Sprintf("Symptom %02d %02d", i, j), "schema:MedicalSymptom")
			ds.Statements = append(ds.Statements, graph.Statement{Subject: condition, Predicate: graph.PredicateSignOrSymptom, Object: symptom, Source: "src"})
		}
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	return ds
}

const sheetQuery = `{ conditions(first: 100) { nodes { signsAndSymptoms(first: 100) { nodes { id iri name kind description note } } } } }`

// sheetAnswer is the answer as a program would write it down for encoding/json.
type sheetAnswer struct {
	Conditions struct {
		Nodes []sheetCondition `json:"nodes"`
	} `json:"conditions"`
}

type sheetCondition struct {
	SignsAndSymptoms struct {
		Nodes []sheetSymptom `json:"nodes"`
	} `json:"signsAndSymptoms"`
}

type sheetSymptom struct {
	ID          string  `json:"id"`
	IRI         string  `json:"iri"`
	Name        string  `json:"name"`
	Kind        string  `json:"kind"`
	Description *string `json:"description"`
	Note        *string `json:"note"`
}

// BenchmarkObjects answers with 10,000 objects of 6 fields: planned, from the
// store, and as encoding/json writes the same objects where they lie ready.
func BenchmarkObjects(b *testing.B) {
	w := newWorld(b, sheet(b), 0)
	params := func() *graphql.RawParams { return &graphql.RawParams{Query: sheetQuery} }
	answer := w.resolved.Execute(b.Context(), params())
	var objects sheetAnswer
	if err := json.Unmarshal(answer.Data, &objects); err != nil {
		b.Fatal(err)
	}
	var buffer bytes.Buffer
	encode := func() []byte {
		buffer.Reset()
		e := json.NewEncoder(&buffer)
		e.SetEscapeHTML(false)
		if err := e.Encode(&objects); err != nil {
			b.Fatal(err)
		}
		return bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
	}
	if planned := w.planned.Execute(b.Context(), params()); !bytes.Equal(planned.Data, answer.Data) || !bytes.Equal(encode(), answer.Data) {
		b.Fatal("the answers are not equal")
	}
	const count = 10_000
	for _, way := range []struct {
		name string
		run  func()
	}{
		{"planned", func() {
			operation, _ := w.planned.Parse(b.Context(), params())
			w.planned.Answer(b.Context(), operation, func(*graphql.Response) {})
		}},
		{"encoding-json", func() { encode() }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(int64(len(answer.Data)))
			before := testing.AllocsPerRun(2, way.run)
			for b.Loop() {
				way.run()
			}
			b.ReportMetric(before/count, "allocs/object")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/count, "ns/object")
		})
	}
}
