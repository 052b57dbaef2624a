package quads

import (
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// Field is what a predicate of the encoding says about its subject, for a
// store that reads the quads of [Encode] without turning them into things. A
// predicate of a statement or a property is no field.
type Field uint8

// The fields. Those of helper nodes are listed with what they help.
const (
	NoField Field = iota

	FieldType
	FieldPrimaryType
	FieldID         // an id that the IRI does not give
	FieldIdentifier // likewise, of a concept
	FieldName
	FieldDescription
	FieldAltLabel
	FieldLabel // leads to a helper node: FieldLiteralForm, FieldScope, FieldVia
	FieldLiteralForm
	FieldScope
	FieldVia
	FieldCode // leads to a helper node: FieldCodeValue, FieldMatch, FieldName, FieldVia
	FieldCodeValue
	FieldMatch
	FieldXref    // a code without a match
	FieldMapping // a code with the match of MatchOf
	FieldNote    // of a concept
	FieldDefinedBy
	FieldDeprecated
	FieldReplacedBy
	FieldMember   // a graph.Concept, as JSON
	FieldMemberID // an id or an IRI of one
	FieldNotJoined
	FieldMore // leads to a helper node: FieldPropertyID, FieldValue
	FieldPropertyID
	FieldValue

	FieldAuthor
	FieldAuthors // the order of several
	FieldPosition
	FieldHeadline
	FieldAbstract
	FieldMentions

	firstDetail

	firstQualifier = firstDetail + Field(graph.NumSourceDetails)
	// NumFields is the number of fields.
	NumFields = firstQualifier + Field(graph.NumQualifiers)

	// FieldFormerID is an id that a concept or statement had before.
	FieldFormerID = firstQualifier + Field(graph.QualifierFormerIDs)
	// FieldPartOf leads from a statement to its source, from a section to its article.
	FieldPartOf = firstQualifier + Field(graph.QualifierSource)
)

// OfQualifier returns the field of the record of a statement that says a
// qualifier.
func OfQualifier(q graph.Qualifier) Field { return firstQualifier + Field(q) }

// OfDetail returns the field of a source that says a detail.
//
// A predicate that says the same of statements is one field.
func OfDetail(d graph.SourceDetail) Field { return fields[quad.IRI(d.Info().IRI)] }

// Qualifier returns the qualifier that the field says.
func (f Field) Qualifier() (q graph.Qualifier, ok bool) {
	return graph.Qualifier(f - firstQualifier), f >= firstQualifier
}

// FieldOf returns the field that a predicate is, NoField for any other.
func FieldOf(p quad.IRI) Field {
	if _, ok := matchOf(p); ok {
		return FieldMapping
	}
	return fields[p]
}

var fields = withTables(map[quad.IRI]Field{
	rdfType: FieldType, kgPrimaryType: FieldPrimaryType, kgID: FieldID, schemaIdentifier: FieldIdentifier,
	schemaName: FieldName, schemaDescription: FieldDescription,
	skosAltLabel: FieldAltLabel, xlAltLabel: FieldLabel, xlLiteralForm: FieldLiteralForm, kgSynonymScope: FieldScope, kgVia: FieldVia,
	schemaCode: FieldCode, schemaCodeValue: FieldCodeValue, kgMatch: FieldMatch, hasDBXref: FieldXref,
	skosNote: FieldNote, isDefinedBy: FieldDefinedBy, owlDeprecated: FieldDeprecated, oboReplacedBy: FieldReplacedBy,
	kgMember: FieldMember, kgMemberID: FieldMemberID, kgNotJoined: FieldNotJoined,
	schemaMore: FieldMore, schemaPropertyID: FieldPropertyID, schemaValue: FieldValue,

	schemaAuthor: FieldAuthor, kgAuthors: FieldAuthors,
	schemaPosition: FieldPosition, schemaHeadline: FieldHeadline, schemaAbstract: FieldAbstract, schemaMentions: FieldMentions,
})

func withTables(fields map[quad.IRI]Field) map[quad.IRI]Field {
	for d := range graph.NumSourceDetails {
		fields[quad.IRI(d.Info().IRI)] = firstDetail + Field(d)
	}
	for _, q := range graph.AllQualifiers() {
		fields[quad.IRI(q.Info().IRI)] = OfQualifier(q)
	}
	// What the Biolink Model calls them, and records that tell words of frequency from
	// terms of it. They are read, and written in our words.
	fields[graph.Biolink+"negated"] = OfQualifier(graph.QualifierNegated)
	fields[graph.Biolink+"frequency_qualifier"] = OfQualifier(graph.QualifierFrequency)
	fields[graph.KG+"frequencyClass"] = OfQualifier(graph.QualifierFrequency)
	return fields
}

// OfConcept reports whether the field is one of concepts, so that no property
// of a concept is written under its predicate.
func (f Field) OfConcept() bool {
	return f >= FieldType && f <= FieldLabel || f == FieldCode || f >= FieldXref && f <= FieldMore || f == FieldFormerID
}

// OfStatement reports whether the field is one of the records of statements.
func (f Field) OfStatement() bool {
	return f == FieldType || f == FieldID || f == FieldMore || f >= firstQualifier
}

// MatchOf returns the match that a mapping predicate states, MatchNotStated
// for any other predicate.
func MatchOf(p quad.IRI) graph.Match {
	m, _ := matchOf(p)
	return m
}

// The classes that tell what kind a source is of.
const (
	ClassArticle = classArticle
	ClassPerson  = classPerson
)

// Words returns the predicates and classes of the kg vocabulary, and the
// predicates of others, that the encoding gives a meaning, in alphabetical order.
// The predicates of statements are none of them: see graph.Registry.
func Words() []quad.IRI {
	words := slices.AppendSeq([]quad.IRI{
		classSection, classPredicate, classType, kgInverseName, kgSameKind, kgHedged, kgCaution,
		classDataset, classArticle, classMedicalCode, classPropertyValue, schemaDomain, schemaRange,
	}, maps.Keys(fields))
	slices.Sort(words)
	return words
}

// Declarations returns the classes of what the data sets declare themselves,
// beside their things: predicates and types.
func Declarations() []quad.IRI { return []quad.IRI{classPredicate, classType} }
