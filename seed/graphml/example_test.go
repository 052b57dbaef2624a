package graphml_test

import (
	"fmt"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/graphml"
)

func Example() {
	d := &graph.Dataset{
		Sources:  []graph.Source{{ID: "handbook", Kind: graph.DataSource, Name: "A handbook"}},
		Concepts: []graph.Concept{{ID: "cold", Types: []graph.ID{"schema:MedicalCondition"}}, {ID: "cough"}},
		Statements: []graph.Statement{{
			Subject: "cold", Predicate: graph.PredicateSignOrSymptom, Object: "cough", Source: "handbook",
			Qualifiers: graph.Qualifiers{Modality: graph.Possible},
		}},
	}
	if err := d.Normalize(); err != nil {
		fmt.Println(err)
		return
	}
	var text strings.Builder
	if err := graphml.Write(&text, d); err != nil {
		fmt.Println(err)
	}
	_, drawing, _ := strings.Cut(text.String(), "</key>\n  <graph")
	fmt.Print("<graph", drawing)
	// Output:
	// <graph edgedefault="directed">
	//     <node id="cold">
	//       <data key="label">cold</data>
	//       <data key="kind">Condition</data>
	//       <data key="types">schema:MedicalCondition</data>
	//     </node>
	//     <node id="cough">
	//       <data key="label">cough</data>
	//       <data key="kind">OtherConcept</data>
	//     </node>
	//     <edge id="st-stjcrgmpya67ataf" source="cold" target="cough">
	//       <data key="edge.label">signOrSymptom (possible)</data>
	//       <data key="edge.predicate">schema:signOrSymptom</data>
	//       <data key="edge.inferred">false</data>
	//       <data key="edge.disputed">false</data>
	//       <data key="edge.negated">false</data>
	//       <data key="edge.modality">possible</data>
	//       <data key="edge.source">handbook</data>
	//     </edge>
	//   </graph>
	// </graphml>
}
