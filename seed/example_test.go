package seed_test

import (
	"context"
	"errors"
	"fmt"
	"testing/fstest"

	"github.com/plexus-kg/plexus/seed"
)

func Example() {
	ctx := context.Background()
	d, _, err := seed.Read(ctx, seed.EmbeddedPath)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range d.Concepts {
		if c.ID == "bells-palsy" {
			fmt.Println(c.Name(), c.Kind())
		}
	}

	draft := fstest.MapFS{"draft.yaml": {Data: []byte(`
statements:
  - subject: bells-plasy
    predicate: signOrSymptom
    object: mouth-corner-droop
    locator: L3.S4
`)}}
	_, _, err = seed.ReadFS(ctx, draft, ".")
	var faulty *seed.ProblemsError
	if errors.As(err, &faulty) {
		for _, p := range faulty.Problems {
			fmt.Println(p)
		}
	}
	// Output:
	// Bell's palsy Condition
	// draft.yaml:3:5: this statement has no source: an article, a data set or a curator [missing-key]
	// draft.yaml:3:14: there is no concept "bells-plasy" [dangling-reference]
	// draft.yaml:5:13: there is no concept "mouth-corner-droop": embedded has it; read that, too (--with embedded, or --data embedded to serve it) [dangling-reference]
}

// A check also warns of what can be loaded, but is doubtful.
func ExampleCheckFS() {
	draft := fstest.MapFS{"draft.yaml": {Data: []byte(`
dataset: {id: handbook, name: A handbook}
concepts:
  - {id: cold, name: Common cold, types: [MedicalCondition]}
  - {id: rest, name: Rest, types: [MedicalTherapy]}
statements:
  - {subject: cold, predicate: possibleTreatment, object: rest, source: handbook, locator: p. 1}
`)}}
	_, report, err := seed.CheckFS(context.Background(), draft, ".")
	fmt.Println(err, report.Errors, report.Warnings)
	for _, p := range report.Problems {
		why, _ := seed.Explain(p.Rule)
		fmt.Println(p.Line, p.Severity, p.Rule, why.Layer)
	}
	// Output:
	// <nil> 0 1
	// 7 warning lost-hedge completeness
}
