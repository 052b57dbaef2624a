package graphml_test

import (
	"fmt"
	"os"

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
	if err := graphml.Write(os.Stdout, d); err != nil {
		fmt.Println(err)
	}
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?>
	// <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
	//   <key id="label" for="node" attr.name="label" attr.type="string"></key>
	//   <key id="kind" for="node" attr.name="kind" attr.type="string"></key>
	//   <key id="types" for="node" attr.name="types" attr.type="string"></key>
	//   <key id="description" for="node" attr.name="description" attr.type="string"></key>
	//   <key id="synonyms" for="node" attr.name="synonyms" attr.type="string"></key>
	//   <key id="codes" for="node" attr.name="codes" attr.type="string"></key>
	//   <key id="edge.predicate" for="edge" attr.name="predicate" attr.type="string"></key>
	//   <key id="edge.language" for="edge" attr.name="language" attr.type="string"></key>
	//   <key id="edge.negated" for="edge" attr.name="negated" attr.type="boolean"></key>
	//   <key id="edge.modality" for="edge" attr.name="modality" attr.type="string"></key>
	//   <key id="edge.frequency" for="edge" attr.name="frequency" attr.type="string"></key>
	//   <key id="edge.frequencyValue" for="edge" attr.name="frequencyValue" attr.type="double"></key>
	//   <key id="edge.stage" for="edge" attr.name="stage" attr.type="string"></key>
	//   <key id="edge.timing" for="edge" attr.name="timing" attr.type="string"></key>
	//   <key id="edge.context" for="edge" attr.name="context" attr.type="string"></key>
	//   <key id="edge.population" for="edge" attr.name="population" attr.type="string"></key>
	//   <key id="edge.severity" for="edge" attr.name="severity" attr.type="string"></key>
	//   <key id="edge.treatmentLine" for="edge" attr.name="treatmentLine" attr.type="string"></key>
	//   <key id="edge.dose" for="edge" attr.name="dose" attr.type="string"></key>
	//   <key id="edge.treatmentDuration" for="edge" attr.name="treatmentDuration" attr.type="string"></key>
	//   <key id="edge.laterality" for="edge" attr.name="laterality" attr.type="string"></key>
	//   <key id="edge.strength" for="edge" attr.name="strength" attr.type="string"></key>
	//   <key id="edge.urgency" for="edge" attr.name="urgency" attr.type="string"></key>
	//   <key id="edge.urgencyLevel" for="edge" attr.name="urgencyLevel" attr.type="string"></key>
	//   <key id="edge.urgencyScale" for="edge" attr.name="urgencyScale" attr.type="string"></key>
	//   <key id="edge.attribution" for="edge" attr.name="attribution" attr.type="string"></key>
	//   <key id="edge.note" for="edge" attr.name="note" attr.type="string"></key>
	//   <key id="edge.evidenceCode" for="edge" attr.name="evidenceCode" attr.type="string"></key>
	//   <key id="edge.source" for="edge" attr.name="source" attr.type="string"></key>
	//   <key id="edge.section" for="edge" attr.name="section" attr.type="string"></key>
	//   <key id="edge.locator" for="edge" attr.name="locator" attr.type="string"></key>
	//   <key id="edge.key" for="edge" attr.name="key" attr.type="string"></key>
	//   <graph edgedefault="directed">
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
	//       <data key="edge.predicate">schema:signOrSymptom</data>
	//       <data key="edge.negated">false</data>
	//       <data key="edge.modality">possible</data>
	//       <data key="edge.source">handbook</data>
	//     </edge>
	//   </graph>
	// </graphml>
}
