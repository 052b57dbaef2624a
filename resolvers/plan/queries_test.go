package plan_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
)

// BenchmarkQueries asks seven queries as front ends do, planned and resolved, of
// a graph like that of the peers' benchmark: 5,000 concepts with 100,000 links,
// or with PLEXUS_BENCH_SIZE=10 ten times as many.
func BenchmarkQueries(b *testing.B) {
	size := 1
	if text := os.Getenv("PLEXUS_BENCH_SIZE"); text != "" {
		var err error
		if size, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	hospital := newHospital(5000*size, 100_000*size)
	w := newWorld(b, hospital.dataset(b), 0)
	pages := w.cursors(b)
	for _, q := range frontEnds(hospital, pages) {
		for _, way := range []string{"planned", "resolved"} {
			b.Run(q.name+"/"+way, func(b *testing.B) {
				executor := w.planned
				if way == "resolved" {
					executor = w.resolved
				}
				random := rand.New(rand.NewPCG(1, 1))
				params := func() *graphql.RawParams {
					return &graphql.RawParams{Query: q.query, Variables: q.variables(random)}
				}
				first := params()
				if want, got := w.resolved.Execute(b.Context(), first), w.planned.Execute(b.Context(), first); len(want.Errors) > 0 || !bytes.Equal(want.Data, got.Data) {
					b.Fatalf("the answers are not equal: %v", want.Errors)
				}
				objects, bytesWritten, n := 0, 0, 0
				b.ReportAllocs()
				for b.Loop() {
					operation, refused := executor.Parse(b.Context(), params())
					if refused != nil {
						b.Fatal(refused.Errors)
					}
					executor.Answer(b.Context(), operation, func(r *graphql.Response) {
						if n++; n <= 20 {
							objects += bytes.Count(r.Data, []byte(`"name"`))
							bytesWritten += len(r.Data)
						}
					})
				}
				b.ReportMetric(float64(objects)/float64(min(n, 20)), "objects")
				b.ReportMetric(float64(bytesWritten)/float64(min(n, 20)), "bytes")
			})
		}
	}
}

// frontEnd is a query of a front end, and variables for it.
type frontEnd struct {
	name, query string
	variables   func(r *rand.Rand) map[string]any
}

func frontEnds(hospital *hospital, pages func(r *rand.Rand) map[string]any) []frontEnd {
	return []frontEnd{
		{"Q1 one condition", `query($id: ID!) { r: condition(id: $id) { id name description kind note codes { code } } }`, hospital.any("condition")},
		{"Q2 symptom, conditions, tests", `query($id: ID!) { r: symptom(id: $id) { id name conditions(first: 10) { nodes { id name tests(first: 5) { nodes { id name } } } } } }`, hospital.any("symptom")},
		{"Q3 condition, symptoms, conditions, treatments", `query($id: ID!) { r: condition(id: $id) { id name signsAndSymptoms(first: 10) { nodes { id name conditions(first: 10) { nodes { id name treatments(first: 5) { nodes { id name } } } } } } } }`, hospital.any("condition")},
		{"Q4 50 conditions, 20 symptoms", `query($after: String) { r: conditions(first: 50, after: $after) { nodes { id name signsAndSymptoms(first: 20) { nodes { name } } } } }`, pages},
		{"Q5 20 links with their statements", `query($id: ID!) { r: condition(id: $id) { id name signsAndSymptoms(first: 20) { edges { node { id name } statements { modality frequency locator source { name } } } } } }`, hospital.any("condition")},
		{"Q6 a word", `query($text: String!) { r: search(text: $text, first: 10) { nodes { id kind name } } }`, hospital.word},
		{"Q7 100 conditions, 20 symptoms, 10 tests", `query($after: String) { r: conditions(first: 100, after: $after) { nodes { id name signsAndSymptoms(first: 20) { nodes { id name tests(first: 10) { nodes { id name } } } } } } }`, pages},
	}
}

// TestFrontEnds: what front ends ask stays far below the limit of cost.
func TestFrontEnds(t *testing.T) {
	hospital := newHospital(5000, 100_000)
	w := newWorld(t, hospital.dataset(t), 0)
	e := resolvers.NewExecutor(resolvers.Config{Current: func() resolvers.Release { return w.release }, TellCost: true})
	random := rand.New(rand.NewPCG(1, 1))
	for _, q := range frontEnds(hospital, w.cursors(t)) {
		for range 20 {
			r := e.Execute(t.Context(), &graphql.RawParams{Query: q.query, Variables: q.variables(random)})
			if cost := resolvers.CostOf(r).Asked; len(r.Errors) > 0 || cost == 0 || cost > limits.Default().Cost/10 {
				t.Errorf("%s: cost %d, %v", q.name, cost, r.Errors)
			}
		}
	}
}

// cursors gives the cursors of some places in the list of conditions.
func (w *world) cursors(b testing.TB) func(r *rand.Rand) map[string]any {
	var all []string
	after := "null"
	for range 20 {
		r := w.planned.Execute(b.Context(), &graphql.RawParams{Query: `{ conditions(first: 37, after: ` + after + `) { pageInfo { endCursor } } }`})
		found := cursor.FindSubmatch(r.Data)
		if found == nil {
			b.Fatal(r.Errors)
		}
		after = string(found[0])
		all = append(all, string(found[1]))
	}
	return func(r *rand.Rand) map[string]any { return map[string]any{"after": all[r.IntN(len(all))]} }
}

// hospital makes a graph with the shares and degrees of the peers' benchmark:
// what is linked follows a Zipf-like law, most links have one statement.
type hospital struct {
	*rand.Rand
	concepts, links int
	byKind          map[string][]graph.ID
	words           []string
}

func newHospital(concepts, links int) *hospital {
	h := &hospital{Rand: rand.New(rand.NewPCG(42, 0)), concepts: concepts, links: links, byKind: map[string][]graph.ID{}}
	for i := range 1500 {
		h.words = append(h.words, fmt.Sprintf("%c%c%c%citis", 'a'+i%7, 'e'+i/7%11, 'k'+i/77%5, 'a'+i/385%4))
	}
	return h
}

func (h *hospital) any(kind string) func(r *rand.Rand) map[string]any {
	return func(r *rand.Rand) map[string]any {
		ids := h.byKind[kind]
		return map[string]any{"id": string(ids[r.IntN(len(ids))])}
	}
}

func (h *hospital) word(r *rand.Rand) map[string]any {
	return map[string]any{"text": h.words[r.IntN(len(h.words))]}
}

func (h *hospital) dataset(b testing.TB) *graph.Dataset {
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil)}
	for i := range 100 {
		ds.Sources = append(ds.Sources, graph.Source{ID: graph.ID(fmt.Sprintf("source-%d", i)), Kind: graph.DataSource, Name: fmt.Sprintf("Source %d", i)})
	}
	for _, k := range []struct {
		name, class string
		share       float64
	}{
		{"condition", "schema:MedicalCondition", .25},
		{"symptom", "schema:MedicalSymptom", .25},
		{"treatment", "schema:Drug", .2},
		{"test", "schema:MedicalTest", .15},
		{"risk", "schema:MedicalRiskFactor", .1},
		{"part", "schema:AnatomicalStructure", .05},
	} {
		for i := range int(k.share * float64(h.concepts)) {
			id := graph.ID(fmt.Sprintf("%s-%d", k.name, i))
			h.byKind[k.name] = append(h.byKind[k.name], id)
			name := fmt.Sprintf("%s %s %d", h.words[h.IntN(len(h.words))], h.words[h.IntN(len(h.words))], i)
			ds.Concepts = append(ds.Concepts, graph.Concept{
				ID: id, Types: []graph.ID{graph.ID(k.class)}, Names: []graph.Text{{Text: name}},
				Descriptions: []graph.Text{{Text: "What " + name + " is, said in one sentence of a usual length."}},
				Codes:        []graph.Code{{Code: graph.ID(fmt.Sprintf("http://codes.example/%s/%d", k.name, i)), Match: graph.MatchExact}},
			})
		}
	}
	for _, l := range []struct {
		from, to  string
		predicate graph.ID
		share     float64
	}{
		{"condition", "symptom", graph.PredicateSignOrSymptom, .35},
		{"condition", "test", graph.PredicateTypicalTest, .15},
		{"condition", "treatment", graph.PredicatePossibleTreatment, .2},
		{"risk", "condition", graph.PredicateIncreasesRiskOf, .1},
		{"condition", "part", graph.PredicateAssociatedAnatomy, .1},
		{"symptom", "test", graph.PredicateTypicalTest, .1},
	} {
		from, to := h.zipf(h.byKind[l.from]), h.zipf(h.byKind[l.to])
		seen := map[[2]graph.ID]bool{}
		for len(seen) < int(l.share*float64(h.links)) {
			pair := [2]graph.ID{from(), to()}
			if seen[pair] {
				continue
			}
			seen[pair] = true
			ds.Statements = append(ds.Statements, graph.Statement{
				Subject: pair[0], Predicate: l.predicate, Object: pair[1], Source: ds.Sources[h.IntN(100)].ID,
				Locator:    fmt.Sprintf("L%d", h.IntN(200)),
				Qualifiers: graph.Qualifiers{Modality: graph.Modality(h.IntN(4)), Frequency: []string{"", "often", "seldom"}[h.IntN(3)]},
			})
		}
	}
	if err := ds.Normalize(); err != nil {
		b.Fatal(err)
	}
	return ds
}

// zipf picks the first ids most often, after a shuffle.
func (h *hospital) zipf(ids []graph.ID) func() graph.ID {
	shuffled := slices.Clone(ids)
	h.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	sums, sum := make([]float64, len(ids)), 0.0
	for i := range sums {
		sum += 1 / math.Pow(float64(i)+10, 0.8)
		sums[i] = sum
	}
	return func() graph.ID {
		at, _ := slices.BinarySearch(sums, h.Float64()*sum)
		return shuffled[min(at, len(ids)-1)]
	}
}
