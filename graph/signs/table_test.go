package signs_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/signs"
)

// TestDecode: what is written is read again, and no damage makes a panic or a table
// that leads out of itself.
func TestDecode(t *testing.T) {
	pairs, refused := 0, 0
	for seed := range uint64(60) {
		ds := graphtest.Random(seed, 12)
		for i := range ds.Statements {
			if s := &ds.Statements[i]; s.Predicate == graph.PredicateIncludes || s.Predicate == "ex:linksTo" {
				s.Predicate = graph.PredicateSignOrSymptom
			}
		}
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		r := graphtest.NewNaive(ds)
		built, err := signs.Build(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		pairs += len(built.Sign)
		written := built.Encode()
		read, err := signs.Decode(r.Summary(), written)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := nilled(read), nilled(built); !reflect.DeepEqual(got, want) {
			t.Fatalf("graph %d: read again\n%+v\nwritten\n%+v", seed, got, want)
		}
		dice := rand.New(rand.NewPCG(seed, 1))
		for range 200 {
			damaged := append([]uint32{}, written...)
			if len(damaged) == 0 || dice.IntN(4) == 0 {
				damaged = damaged[:dice.IntN(len(damaged)+1)]
			} else {
				damaged[dice.IntN(len(damaged))] = dice.Uint32() >> dice.IntN(32)
			}
			table, err := signs.Decode(r.Summary(), damaged)
			if err != nil {
				refused++
				continue
			}
			for c := range graph.Ref(r.Summary().Concepts + 2) {
				for _, p := range append(table.OwnPairs(c), table.BelowPairs(c)...) {
					_ = table.Concepts[table.Of[p]]
				}
			}
		}
	}
	if pairs == 0 || refused == 0 {
		t.Errorf("%d pairs, %d tables refused: the test tries nothing", pairs, refused)
	}
}

// nilled makes empty columns alike.
func nilled(t *signs.Table) signs.Table {
	copied := *t
	v := reflect.ValueOf(&copied).Elem()
	for i := range v.NumField() {
		if v.Field(i).Len() == 0 {
			v.Field(i).SetZero()
		}
	}
	return copied
}

// TestTooDeep: a chain of signs that are each narrower than the one before.
func TestTooDeep(t *testing.T) {
	ds := &graph.Dataset{Concepts: []graph.Concept{{ID: "ex:condition", Types: []graph.ID{"schema:MedicalCondition"}}}}
	id := func(i int) graph.ID {
		return graph.ID("ex:sign" + string(rune('a'+i/26/26)) + string(rune('a'+i/26%26)) + string(rune('a'+i%26)))
	}
	for i := range 2000 {
		ds.Concepts = append(ds.Concepts, graph.Concept{ID: id(i), Types: []graph.ID{"schema:MedicalSignOrSymptom"}})
		ds.Statements = append(ds.Statements, graph.Statement{Subject: "ex:condition", Predicate: graph.PredicateSignOrSymptom, Object: id(i)})
		if i > 0 {
			ds.Statements = append(ds.Statements, graph.Statement{Subject: id(i), Predicate: graph.PredicateBroader, Object: id(i - 1)})
		}
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	if _, err := signs.Build(t.Context(), graphtest.NewNaive(ds)); !errors.Is(err, signs.ErrTooDeep) {
		t.Errorf("a chain of 2,000: %v", err)
	}
}
