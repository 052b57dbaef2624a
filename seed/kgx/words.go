package kgx

import (
	"cmp"
	"slices"
	"strings"

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

// classes are the categories of the Biolink Model that mean what a class here
// means.
var classes = [...]struct {
	category string
	class    graph.ID
}{
	{"biolink:Disease", "schema:MedicalCondition"},
	{"biolink:PhenotypicFeature", "schema:MedicalSignOrSymptom"},
	{"biolink:Treatment", "schema:MedicalTherapy"},
	{"biolink:Procedure", "schema:MedicalProcedure"},
	{"biolink:Drug", "schema:Drug"},
	{"biolink:AnatomicalEntity", "schema:AnatomicalStructure"},
}

// groups are categories that only collect others. KGX files list them beside
// the category that they contain.
var groups = [...]string{
	"biolink:Entity", NamedThing, "biolink:BiologicalEntity", "biolink:ThingWithTaxon", "biolink:OrganismalEntity",
	"biolink:OntologyClass", "biolink:DiseaseOrPhenotypicFeature", "biolink:ChemicalOrDrugOrTreatment", "biolink:PhysicalEssence",
}

// Categories returns the categories for which [Class] knows a counterpart.
func Categories() []string {
	categories := make([]string, 0, len(classes))
	for _, c := range classes {
		categories = append(categories, c.category)
	}
	return categories
}

// Class returns the class that means the same as a category, such as
// schema:MedicalCondition for biolink:Disease.
func Class(category string) (graph.ID, bool) {
	for _, c := range classes {
		if c.category == category {
			return c.class, true
		}
	}
	return "", false
}

// IsGroup reports whether a category only collects others, so that it says
// nothing beside one of them.
func IsGroup(category string) bool {
	return slices.Contains(groups[:], category)
}

// category is the inverse of Class; a class without counterpart keeps its name.
func category(class graph.ID) string {
	for _, c := range classes {
		if c.class == class {
			return c.category
		}
	}
	return string(class)
}

// written are the words of the Biolink Model for predicates.
var written = func() map[graph.ID]string {
	words := map[graph.ID]string{}
	for _, w := range graph.Words() {
		if _, first := words[w.Predicate]; !first && !w.Reversed && strings.HasPrefix(string(w.ID), Prefix+":") {
			words[w.Predicate] = string(w.ID)
		}
	}
	return words
}()

// biolinkOf returns the word of the Biolink Model for a predicate; one without
// counterpart keeps its name.
func biolinkOf(predicate graph.ID) string { return cmp.Or(written[predicate], string(predicate)) }

// slots are what KGX files say of nodes and edges in the words of the Biolink
// Model, and has no place of its own here: further values, kept as they are.
var slots = map[Table][]string{
	Nodes: {
		"creation_date", "deprecated", "full_name", "has_attribute", "has_taxonomic_rank", "in_taxon", "in_taxon_label",
		"information_content", "license", "namespace", "subsets", "symbol", "type", "update_date",
	},
	Edges: {
		"agent_type", "aggregator_knowledge_source", "anatomical_context_qualifier", "category", "causal_mechanism_qualifier",
		"clinical_approval_status", "creation_date", "deprecated", "disease_context_qualifier", "file_source",
		"has_count", "has_percentage", "has_quotient", "has_total", "knowledge_level", "license", "max_research_phase",
		"object_aspect_qualifier", "object_derivative_qualifier", "object_direction_qualifier", "object_form_or_variant_qualifier",
		"object_part_qualifier", "onset_qualifier", "original_object", "original_predicate", "original_subject", "p_value",
		"population_context_qualifier", "provided_by", "publications", "qualified_predicate", "relation", "severity_qualifier", "sex_qualifier",
		"species_context_qualifier", "subject_aspect_qualifier", "subject_derivative_qualifier", "subject_direction_qualifier",
		"subject_form_or_variant_qualifier", "subject_part_qualifier", "supporting_data_source", "supporting_text", "timepoint",
		"type", "update_date",
	},
}

// IsSlot reports whether a column without a prefix is a slot of the Biolink
// Model that a table of this sort may have, beside the columns with a place of
// their own.
func (t Table) IsSlot(name string) bool { return slices.Contains(slots[t], name) }

// Slots returns the columns for which [Table.IsSlot] holds, in alphabetical
// order.
func (t Table) Slots() []string { return slices.Clone(slots[t]) }
