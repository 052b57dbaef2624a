package graphtest

import (
	"fmt"

	"github.com/plexus-kg/plexus/graph"
)

// Straighten exchanges the ends of statements whose kinds fit their predicate only
// the other way round, as the reader of RDF does. It derives no ids.
func Straighten(ds *graph.Dataset) {
	up := graph.SuperclassesOf(ds.Types)
	kinds := map[graph.ID][]graph.Kind{}
	for i := range ds.Concepts {
		kinds[ds.Concepts[i].ID] = graph.KindsOf(nil, up.Entail(ds.Concepts[i].Types))
	}
	for i := range ds.Statements {
		s := &ds.Statements[i]
		p, known := graph.LookupPredicate(s.Predicate)
		if known && s.Object != "" && len(s.With) == 0 && p.EndsOf(kinds[s.Subject], kinds[s.Object]) == graph.EndsExchanged {
			s.Subject, s.Object = s.Object, s.Subject
			if s.ID == "" {
				s.Key = fmt.Sprint("exchanged ", i)
			}
		}
	}
}
