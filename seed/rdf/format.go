package rdf

import "strings"

// Format is one way in which RDF is written down.
type Format uint8

// The formats. Unknown is none of them.
const (
	Unknown  Format = iota
	Turtle          // https://www.w3.org/TR/turtle/
	TriG            // https://www.w3.org/TR/trig/, Turtle with named graphs
	JSONLD          // https://www.w3.org/TR/json-ld11/
	NTriples        // https://www.w3.org/TR/n-triples/
	NQuads          // https://www.w3.org/TR/n-quads/
)

var formats = [...]struct{ name, ending string }{
	Turtle:   {"Turtle", ".ttl"},
	TriG:     {"TriG", ".trig"},
	JSONLD:   {"JSON-LD", ".jsonld"},
	NTriples: {"N-Triples", ".nt"},
	NQuads:   {"N-Quads", ".nq"},
}

// Formats lists the formats.
func Formats() []Format { return []Format{Turtle, TriG, JSONLD, NTriples, NQuads} }

// String returns the name of the format, as its specification writes it.
func (f Format) String() string {
	if int(f) < len(formats) {
		return formats[f].name
	}
	return ""
}

// Ending returns how names of files of the format end: .ttl, .nq.
func (f Format) Ending() string {
	if int(f) < len(formats) {
		return formats[f].ending
	}
	return ""
}

// FormatOf returns the format that the ending of a file's name stands for,
// with or without a .gz after it, in any case; Unknown for any other name.
func FormatOf(name string) Format {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	for _, f := range Formats() {
		if strings.HasSuffix(name, f.Ending()) {
			return f
		}
	}
	return Unknown
}
