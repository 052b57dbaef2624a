package seed

import (
	"reflect"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/plexus-kg/plexus/graph"
)

// distinctNode are two concepts of which a data set says that they are not the
// same: a short form of a denied skos:exactMatch, which keeps them from being
// joined.
type distinctNode struct {
	at  place
	ids []text
}

func (d *decoder) distinct(n ast.Node, doc *document) {
	pair := distinctNode{at: d.place(n)}
	faults := d.problems.faults
	if d.words("distinct", &pair.ids)(n); d.problems.faults > faults {
		return
	}
	if len(pair.ids) != 2 || pair.ids[0].is == pair.ids[1].is {
		d.problems.add(pair.at, RuleWrongShape, "", "distinct: a pair is the ids of two concepts that are not the same: [a, b]")
		return
	}
	doc.distinct = append(doc.distinct, pair)
}

// distinct makes a statement of a pair. Which is its subject, the ids decide, so that
// a pair written in either order has one id.
func (b *builder) distinct(n *distinctNode, set *datasetNode, iri func(graph.ID) string) {
	if set.id.is == "" {
		b.add(n.at, RuleMissingDataset, "", "a data set says what is distinct, and here is none: write a block dataset (id, name, license, language) in a file of this folder or one above")
		return
	}
	for _, id := range n.ids {
		if _, ok := b.refer(id, aConcept); !ok {
			return
		}
	}
	pair := []graph.ID{graph.ID(n.ids[0].is), graph.ID(n.ids[1].is)}
	slices.Sort(pair)
	s := distinctFrom(pair[0], pair[1], graph.ID(set.id.is))
	s.ID = s.DeriveID(iri)
	b.keep(n.at, &s)
}

// distinctFrom is what a data set says of a pair.
func distinctFrom(a, b, set graph.ID) graph.Statement {
	s := graph.Statement{Subject: a, Predicate: graph.PredicateExactMatch, Object: b}
	s.Negated, s.Modality, s.Source = true, graph.Asserted, set
	return s
}

// isDistinct reports whether a statement says no more than that a data set takes two
// concepts for two.
func isDistinct(s *graph.Statement, set graph.ID) bool {
	if s.Predicate != graph.PredicateExactMatch || s.Subject >= s.Object {
		return false
	}
	pair := distinctFrom(s.Subject, s.Object, set)
	pair.ID, pair.IRI = s.ID, s.IRI
	return reflect.DeepEqual(&pair, s)
}
