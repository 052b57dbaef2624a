package graph_test

import (
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// scope makes the scope of a statement, by the way of a batch.
func scope(t *testing.T, q graph.Qualifiers) graph.ClaimScope {
	t.Helper()
	var b graph.StatementBatch
	s := graph.Statement{Qualifiers: q}
	b.AppendQualifiers(graph.AllStatementFields, &s, func(id graph.ID) graph.Ref { return graph.Ref(len(id)) })
	return b.Scope(0)
}

func TestCompareScopes(t *testing.T) {
	type q = graph.Qualifiers
	for _, test := range []struct {
		what             string
		holding, against []q
		match            graph.ScopeMatch
		differsIn        []graph.Qualifier
	}{
		{"nothing is stated", []q{{}}, []q{{}}, graph.EqualScopes, nil},
		{"equal words", []q{{Population: "adults", Stage: "late"}}, []q{{Population: "adults", Stage: "late"}}, graph.EqualScopes, nil},
		{"case and space", []q{{Population: "Adults over  65"}}, []q{{Population: " adults over 65"}}, graph.EqualScopes, nil},
		{"different words", []q{{Population: "adults"}}, []q{{Population: "children"}}, graph.DifferentScopes, []graph.Qualifier{graph.QualifierPopulation}},
		{"one states it", []q{{Dose: "50 mg"}}, []q{{}}, graph.UnknownScopes, []graph.Qualifier{graph.QualifierDose}},
		{"each states another", []q{{Dose: "50 mg"}}, []q{{Stage: "late"}}, graph.UnknownScopes, []graph.Qualifier{graph.QualifierStage, graph.QualifierDose}},
		{
			"different in one, unknown in another",
			[]q{{Population: "adults", Stage: "late"}},
			[]q{{Population: "children"}},
			graph.DifferentScopes,
			[]graph.Qualifier{graph.QualifierPopulation},
		},
		{"the nearest two count", []q{{Population: "adults"}, {Laterality: "left"}}, []q{{Population: "children"}, {Laterality: "left"}}, graph.EqualScopes, nil},
		{
			"all of the nearest two",
			[]q{{Population: "adults"}},
			[]q{{Population: "children"}, {Population: "adults", Dose: "50 mg"}, {Stage: "late"}},
			graph.UnknownScopes,
			[]graph.Qualifier{graph.QualifierStage, graph.QualifierPopulation, graph.QualifierDose},
		},
		{"how sure, how often and who does not limit", []q{{Modality: graph.Asserted, Frequency: "often", Attribution: "some"}}, []q{{Negated: true, Strength: "weak"}}, graph.EqualScopes, nil},
		{"nobody speaks against it", []q{{}}, nil, graph.NoScopes, nil},
	} {
		all := func(qs []q) (scopes []graph.ClaimScope) {
			for _, q := range qs {
				scopes = append(scopes, scope(t, q))
			}
			return scopes
		}
		for _, swapped := range []bool{false, true} {
			a, b := all(test.holding), all(test.against)
			if swapped {
				a, b = b, a
			}
			if m, in := graph.CompareScopes(a, b); m != test.match || !slices.Equal(in, test.differsIn) {
				t.Errorf("%s, swapped %v: %v %v", test.what, swapped, m, in)
			}
		}
	}
}
