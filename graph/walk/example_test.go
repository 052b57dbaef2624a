package walk_test

import (
	"context"
	"fmt"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/seed"
)

// How two things hang together, and which conditions fit some findings: each
// with reasons.
func Example() {
	ctx := context.Background()
	ds, _, err := seed.Read(ctx, seed.EmbeddedPath)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := graphtest.NewNaive(ds) // any Reader will do

	var ids graph.Resolution
	if err := r.Resolve(ctx, []string{"stress", "mri", "mouth-corner-droop", "chronic-facial-spasm"}, &ids); err != nil {
		fmt.Println(err)
		return
	}
	found, err := walk.Paths(ctx, r, walk.PathQuery{From: ids.Refs[0], To: ids.Refs[1]})
	if err != nil {
		fmt.Println(err)
		return
	}
	sentences, err := walk.Explain(ctx, r, found.Paths)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(found.Total, "path of length", found.Length)
	fmt.Println(sentences[0])

	ranking, err := walk.Rank(ctx, r, walk.RankQuery{Findings: ids.Refs[2:]})
	if err != nil {
		fmt.Println(err)
		return
	}
	var names graph.ConceptBatch
	for _, x := range ranking.Results {
		if err := r.Concepts(ctx, []graph.Ref{x.Concept}, graph.ConceptName, &names); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s fits %d of %d\n", names.Name[0], len(x.Matched), ranking.Findings)
	}
	// Output:
	// 1 path of length 3
	// Stress may cause Occasional (benign) facial twitch; Occasional (benign) facial twitch is narrower than Facial twitching; Facial twitching has the recommended test Magnetic resonance imaging (context: evaluation of frequent or prolonged twitching).
	// Bell's palsy fits 2 of 2
	// Focal epilepsy fits 1 of 2
}
