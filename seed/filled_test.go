package seed_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/seed"
)

// yamlRefuses are the fields that YAML has no key for: how to take one out, and
// what the refusal calls it.
var yamlRefuses = []struct {
	called string
	clear  func(*graph.Dataset)
}{
	{"the IRI of", func(d *graph.Dataset) {
		for i := range d.Sources {
			d.Sources[i].IRI = ""
		}
		for i := range d.Articles {
			d.Articles[i].IRI = ""
			for j := range d.Articles[i].Sections {
				d.Articles[i].Sections[j].IRI = ""
			}
		}
		for i := range d.Concepts {
			d.Concepts[i].IRI = ""
		}
		for i := range d.Types {
			d.Types[i].IRI = ""
		}
	}},
	{"members", func(d *graph.Dataset) {
		for i := range d.Concepts {
			d.Concepts[i].Members = nil
		}
	}},
	{"notJoined", func(d *graph.Dataset) {
		for i := range d.Concepts {
			d.Concepts[i].NotJoined = nil
		}
	}},
	{"ex:property", func(d *graph.Dataset) {
		for i := range d.Concepts {
			d.Concepts[i].Properties = nil
		}
		for i := range d.Statements {
			d.Statements[i].Properties = nil
		}
	}},
	{"saidOf", func(d *graph.Dataset) {
		for i := range d.Statements {
			s := &d.Statements[i]
			s.SaidOf, s.ObjectSaidOf, s.StageSaidOf, s.WithSaidOf = "", "", "", ""
		}
	}},
	{"datatype", func(d *graph.Dataset) { d.Statements[1].Value = graph.Value{Text: "17", Language: "en"} }},
	{"Mapping", func(d *graph.Dataset) {
		d.Predicates = slices.DeleteFunc(d.Predicates, func(p graph.Predicate) bool { return p.Mapping })
	}},
}

// Every field of a data set comes back from each format that keeps them all;
// YAML refuses some, by name.
func TestFormatsLoseNothing(t *testing.T) {
	t.Parallel()
	for _, e := range seed.FormatRegistry() {
		if len(e.Reads()) == 0 || len(e.Writes()) == 0 || !e.Keeps() {
			continue
		}
		t.Run(string(e.Format), func(t *testing.T) {
			t.Parallel()
			want := graphtest.Filled()
			if e.Format == seed.YAML {
				for _, refused := range yamlRefuses {
					err := seed.Parts(e.Format, "filled.yaml")[0].Write(t.Context(), io.Discard, want)
					if err == nil || !strings.Contains(err.Error(), refused.called) {
						t.Errorf("yaml does not refuse %s: %v", refused.called, err)
					}
					refused.clear(want)
					for i := range want.Statements {
						want.Statements[i].ID, want.Statements[i].IRI = "", "" // they follow from what is left
						want.Statements[i].Supersedes = nil
					}
					for range 2 {
						if err := want.Normalize(); err != nil {
							t.Fatal(err)
						}
						want.Statements[0].Supersedes = []graph.ID{want.Statements[1].ID}
					}
				}
			}
			got, _, err := seed.ReadFS(t.Context(), files(t, e.Format, "filled"+e.Writes()[0], want), ".")
			if err != nil {
				t.Fatal(err, lines(problemsOf(err)))
			}
			for _, lost := range graph.Lost(got, want) {
				t.Errorf("%s: %s", e.Format, lost)
			}
		})
	}
}
