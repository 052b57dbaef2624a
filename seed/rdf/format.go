package rdf

// Format is one way in which RDF is written down.
type Format uint8

// The formats.
const (
	Turtle   Format = iota + 1 // https://www.w3.org/TR/turtle/
	TriG                       // https://www.w3.org/TR/trig/, Turtle with named graphs
	JSONLD                     // https://www.w3.org/TR/json-ld11/
	NTriples                   // https://www.w3.org/TR/n-triples/
	NQuads                     // https://www.w3.org/TR/n-quads/
	XML                        // https://www.w3.org/TR/rdf-syntax-grammar/
)

var names = [...]string{Turtle: "Turtle", TriG: "TriG", JSONLD: "JSON-LD", NTriples: "N-Triples", NQuads: "N-Quads", XML: "RDF/XML"}

// Formats lists the formats.
func Formats() []Format { return []Format{Turtle, TriG, JSONLD, NTriples, NQuads, XML} }

// String returns the name of the format, as its specification writes it.
func (f Format) String() string {
	if int(f) < len(names) {
		return names[f]
	}
	return ""
}
