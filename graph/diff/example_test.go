package diff_test

import (
	"fmt"
	"os"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/diff"
)

// A curator finds that the article only says "may", and adds a symptom.
func Example() {
	before, err := palsy(graph.Asserted)
	if err != nil {
		fmt.Println(err)
		return
	}
	after, err := palsy(graph.Possible, graph.Concept{
		ID: "dry-eye", Types: []graph.ID{"schema:MedicalSymptom"}, Names: []graph.Text{{Text: "Dry eye"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := diff.Compare(before, after)
	d.Before, d.After = "one", "two" // as the versions are called for short
	if err := d.Text(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// version one → two
	// 1 concept added; 1 statement changed
	// + added   - removed   ~ changed   > the claim is found elsewhere
	//
	//   bells-palsy (Bell's palsy)
	//     ~ schema:signOrSymptom drooping-mouth (Drooping corner of the mouth)  st-7svfxfghf2ercv74
	//         modality: asserted → possible
	//
	// + dry-eye (Dry eye)
	//       name: "Dry eye"
	//       type: schema:MedicalSymptom
}

// palsy is a graph of one statement, and more concepts.
func palsy(m graph.Modality, more ...graph.Concept) (*graph.Dataset, error) {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{{ID: "article", Kind: graph.CuratorSource, Name: "An article"}},
		Concepts: append([]graph.Concept{
			{ID: "bells-palsy", Types: []graph.ID{"schema:MedicalCondition"}, Names: []graph.Text{{Text: "Bell's palsy"}}},
			{ID: "drooping-mouth", Types: []graph.ID{"schema:MedicalSign"}, Names: []graph.Text{{Text: "Drooping corner of the mouth"}}},
		}, more...),
		Statements: []graph.Statement{{
			Subject: "bells-palsy", Predicate: graph.PredicateSignOrSymptom, Object: "drooping-mouth", Source: "article",
			Qualifiers: graph.Qualifiers{Modality: m, Frequency: "often"},
		}},
	}
	return ds, ds.Normalize()
}
