package kgx

import (
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Prefix and Namespace are those of the Biolink Model.
const (
	Prefix    = "biolink"
	Namespace = graph.Biolink
)

// NamedThing and Association are the categories of everything: they say
// nothing of a node or an edge.
const (
	NamedThing  = "biolink:NamedThing"
	Association = "biolink:Association"
)

// NotProvided is how knowledge_level and agent_type say that they are not
// stated.
const NotProvided = "not_provided"

// Separator joins the values of a cell that has several. Within a value it is
// written with a backslash before it, as SSSOM's tables do
// (https://mapping-commons.github.io/sssom/spec-formats-tsv/), and so is a
// backslash.
const Separator = "|"

// Table is one of the two tables of a pair.
type Table uint8

// The tables.
const (
	Nodes Table = iota + 1
	Edges
)

// String returns what the name of such a file ends in, before its ending:
// nodes or edges.
func (t Table) String() string {
	switch t {
	case Nodes:
		return "nodes"
	case Edges:
		return "edges"
	default:
		return ""
	}
}

// slots are slots of earlier versions of the Biolink Model, and of KGX itself, that
// published files have.
var slots = []string{"clique_leader", "comment", "file_source", "information_content", "namespace"}

// places are the slots that have a column with a place of their own.
var places = []string{
	"id", "category", "name", "description", "xref", "synonym", "exact_synonym", "related_synonym", "narrow_synonym", "broad_synonym", "same_as",
	"iri", "has_db_xref", "equivalent_identifiers", "subject", "predicate", "object", "negated", "primary_knowledge_source", "knowledge_source", "has_evidence", "frequency_qualifier",
}

// IsSlot reports whether a column without a prefix is a slot of the Biolink Model that
// is kept as a further value: all but those with a place of their own.
func IsSlot(name string) bool {
	return !slices.Contains(places, name) && (graph.LookupBiolink(name) >= graph.BiolinkPredicate || slices.Contains(slots, name))
}
