package rdf_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// A claim that its source thinks possible is no plain triple in Turtle: that
// would say that it is so.
func Example() {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Concepts: []graph.Concept{{ID: "stress"}, {ID: "twitching"}},
		Statements: []graph.Statement{{
			Subject: "twitching", Predicate: graph.PredicateCause, Object: "stress",
			Qualifiers: graph.Qualifiers{Modality: graph.Possible},
		}},
	}
	if err := ds.Normalize(); err != nil {
		fmt.Println(err)
		return
	}
	var text strings.Builder
	if err := rdf.Turtle.Write(context.Background(), &text, ds); err != nil {
		fmt.Println(err)
		return
	}
	_, statement, _ := strings.Cut(text.String(), "\nst:")
	fmt.Print("st:", statement)

	err := rdf.Turtle.Read(context.Background(), strings.NewReader(text.String()), func(at syntax.Place, q quad.Quad) error {
		if q.Label != nil {
			fmt.Printf("%v: %v\n", at, q)
		}
		return nil
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	// Output:
	// st:st-drvu4jytcsjmmwem a rdf:Statement ;
	//     rdf:subject id:twitching ;
	//     rdf:predicate schema:cause ;
	//     rdf:object id:stress ;
	//     kg:modality "possible" .
	// line 15, column 26: <https://kg.example/id/twitching> -- <https://schema.org/cause> -> <https://kg.example/id/stress>
}
