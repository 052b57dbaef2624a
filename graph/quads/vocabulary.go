package quads

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// The predicates and classes of the encoding.
const (
	rdfType = quad.IRI(graph.RDF + "type")

	schemaName        = quad.IRI(graph.SchemaOrg + "name")
	schemaDescription = quad.IRI(graph.SchemaOrg + "description")
	schemaIdentifier  = quad.IRI(graph.SchemaOrg + "identifier")
	schemaAuthor      = quad.IRI(graph.SchemaOrg + "author")
	schemaIsPartOf    = quad.IRI(graph.SchemaOrg + "isPartOf")
	schemaPosition    = quad.IRI(graph.SchemaOrg + "position")
	schemaHeadline    = quad.IRI(graph.SchemaOrg + "headline")
	schemaAbstract    = quad.IRI(graph.SchemaOrg + "abstract")
	schemaMentions    = quad.IRI(graph.SchemaOrg + "mentions")
	schemaCode        = quad.IRI(graph.SchemaOrg + "code")
	schemaCodeValue   = quad.IRI(graph.SchemaOrg + "codeValue")
	schemaMore        = quad.IRI(graph.SchemaOrg + "additionalProperty")
	schemaPropertyID  = quad.IRI(graph.SchemaOrg + "propertyID")
	schemaValue       = quad.IRI(graph.SchemaOrg + "value")

	classDataset       = quad.IRI(graph.SchemaOrg + "Dataset")
	classArticle       = quad.IRI(graph.SchemaOrg + "Article")
	classPerson        = quad.IRI(graph.PROV + "Person")
	classSection       = quad.IRI(graph.KG + "Section")
	classPredicate     = quad.IRI(graph.KG + "Predicate")
	classType          = quad.IRI(graph.KG + "Type")
	classMedicalCode   = quad.IRI(graph.SchemaOrg + "MedicalCode")
	classPropertyValue = quad.IRI(graph.SchemaOrg + "PropertyValue")
	classLabel         = skosXL + "Label"
	classStatement     = quad.IRI(graph.RDF + "Statement")

	skosAltLabel = quad.IRI(graph.SKOS + "altLabel")
	skosNote     = quad.IRI(graph.SKOS + "editorialNote")
	isDefinedBy  = quad.IRI(graph.RDFS + "isDefinedBy")
	hasDBXref    = quad.IRI("http://www.geneontology.org/formats/oboInOwl#hasDbXref")

	skosXL         = quad.IRI("http://www.w3.org/2008/05/skos-xl#")
	xlAltLabel     = skosXL + "altLabel"
	xlLiteralForm  = skosXL + "literalForm"
	kgPrimaryType  = quad.IRI(graph.KG + "primaryType")
	kgSynonymScope = quad.IRI(graph.KG + "synonymScope")
	kgVia          = quad.IRI(graph.KG + "via")
	kgMatch        = quad.IRI(graph.KG + "match")
	kgID           = quad.IRI(graph.KG + "id")        // an id that neither the IRI nor schema:identifier can give
	kgAuthors      = quad.IRI(graph.KG + "authors")   // the order of several
	kgMember       = quad.IRI(graph.KG + "member")    // a concept that was joined into this one, as JSON
	kgMemberID     = quad.IRI(graph.KG + "memberId")  // its id, or its IRI
	kgNotJoined    = quad.IRI(graph.KG + "notJoined") // why, and the id of the other concept
	kgNegated      = quad.IRI(graph.KG + "negated")
	kgSection      = quad.IRI(graph.KG + "section")

	// Of declared predicates and types.
	rdfProperty         = quad.IRI(graph.RDF + "Property")
	rdfsClass           = quad.IRI(graph.RDFS + "Class")
	rdfsLabel           = quad.IRI(graph.RDFS + "label")
	rdfsComment         = quad.IRI(graph.RDFS + "comment")
	rdfsSubClassOf      = quad.IRI(graph.RDFS + "subClassOf")
	rdfsSubPropertyOf   = quad.IRI(graph.RDFS + "subPropertyOf")
	rdfsDomain          = quad.IRI(graph.RDFS + "domain")
	rdfsRange           = quad.IRI(graph.RDFS + "range")
	rdfsLiteral         = quad.IRI(graph.RDFS + "Literal")
	schemaDomain        = quad.IRI(graph.SchemaOrg + "domainIncludes")
	schemaRange         = quad.IRI(graph.SchemaOrg + "rangeIncludes")
	owl                 = quad.IRI("http://www.w3.org/2002/07/owl#")
	owlClass            = owl + "Class"
	owlDeprecated       = owl + "deprecated"
	oboReplacedBy       = quad.IRI("http://purl.obolibrary.org/obo/IAO_0100001") // term replaced by
	owlThing            = owl + "Thing"
	owlObjectProperty   = owl + "ObjectProperty"
	owlDataProperty     = owl + "DatatypeProperty"
	owlNote             = owl + "AnnotationProperty"
	owlSymmetric        = owl + "SymmetricProperty"
	skosMappingRelation = quad.IRI(graph.SKOS + "mappingRelation")
	kgInverseName       = quad.IRI(graph.KG + "inverseName")
	kgSameKind          = quad.IRI(graph.KG + "sameKind")
	kgHedged            = quad.IRI(graph.KG + "hedged")
	kgCaution           = quad.IRI(graph.KG + "caution")

	rdfJSON    = quad.IRI(graph.RDF + "JSON")
	xsdString  = quad.IRI(graph.XSD + "string")
	xsdAnyURI  = quad.IRI(graph.XSD + "anyURI")
	xsdInteger = quad.IRI(graph.XSD + "integer")
	xsdDecimal = quad.IRI(graph.XSD + "decimal")
	xsdDouble  = quad.IRI(graph.XSD + "double")
	xsdDate    = quad.IRI(graph.XSD + "date")
	xsdMonth   = quad.IRI(graph.XSD + "gYearMonth")
	xsdYear    = quad.IRI(graph.XSD + "gYear")
	xsdBoolean = quad.IRI(graph.XSD + "boolean")
)

// The predicates that a store follows without reading a whole description.
const (
	// IsPartOf leads from the label of a statement to its source.
	IsPartOf = schemaIsPartOf
	// InSection leads from the label of a statement to its section.
	InSection = kgSection
	// Mentions leads from a section to a concept.
	Mentions = schemaMentions
	// Negated marks the label of a denial.
	Negated = kgNegated
)

// yes is the value of [Negated].
func yes() quad.Value { return quad.TypedString{Value: "true", Type: xsdBoolean} }

// matchIRI returns the SKOS mapping predicate of a match.
func matchIRI(m graph.Match) quad.IRI { return quad.IRI(graph.SKOS + string(m) + "Match") }

// matchOf returns the match that a predicate states.
func matchOf(p quad.IRI) (graph.Match, bool) {
	word, ok := strings.CutPrefix(string(p), graph.SKOS)
	if !ok {
		return "", false
	}
	word, ok = strings.CutSuffix(word, "Match")
	if !ok {
		return "", false
	}
	for _, m := range graph.Matches() {
		if string(m) == word {
			return m, true
		}
	}
	return "", false
}

// helperName returns what the name of a helper node adds to its owner's name,
// up to the hash, for the predicates that lead to helper nodes.
func helperName(p quad.Value) string {
	switch p {
	case xlAltLabel:
		return "label-"
	case schemaCode:
		return "code-"
	case schemaMore:
		return "value-"
	}
	return ""
}

// helper names the helper node of an owner that holds this content.
func helper(owner string, p quad.IRI, content ...string) string {
	var buffer [256]byte
	text := buffer[:0]
	for i, c := range content {
		if i > 0 {
			text = append(text, 0)
		}
		text = append(text, c...)
	}
	sum := sha256.Sum256(text)
	var hash [16]byte
	base32.StdEncoding.Encode(hash[:], sum[:10])
	for i := range hash {
		hash[i] |= 'a' - 'A' // digits have the bit
	}
	return helperStem(owner, p) + string(hash[:])
}

func helperStem(owner string, p quad.Value) string {
	mark := "#"
	if strings.Contains(owner, "#") || strings.HasPrefix(owner, "_:") {
		mark = "-"
	}
	return owner + mark + helperName(p)
}

// IsHelper reports whether the quad leads from a thing to one of its helper
// nodes: to read the thing, read the quads of that node too. A foreign node
// under the same predicate is no helper but a concept like any other.
func IsHelper(q quad.Quad) bool {
	if helperName(q.Predicate) == "" {
		return false
	}
	owner, isNode := Name(q.Subject)
	name, alsoNode := Name(q.Object)
	return isNode && alsoNode && strings.HasPrefix(name, owner) && strings.HasPrefix(name, helperStem(owner, q.Predicate))
}
