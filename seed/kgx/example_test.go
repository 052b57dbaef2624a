package kgx_test

import (
	"fmt"
	"os"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/kgx"
)

func Example() {
	d := &graph.Dataset{
		Sources:  []graph.Source{{ID: "handbook", Kind: graph.DataSource, Name: "A handbook"}},
		Concepts: []graph.Concept{{ID: "cold", Types: []graph.ID{"schema:MedicalCondition"}, Sources: []graph.ID{"handbook"}}},
	}
	if err := d.Normalize(); err != nil {
		fmt.Println(err)
		return
	}
	if err := kgx.Nodes.Write(os.Stdout, d); err != nil {
		fmt.Println(err)
	}
	// Output:
	// id	category	name	provided_by
	// cold	biolink:Disease		handbook
}
