// Package quads turns a graph.Dataset into quads and back. It is the only
// code that knows how the graph is written down in RDF.
//
// A statement is one quad whose label is the statement's IRI; what is said
// about the statement (its source, its qualifiers) are further quads that have
// the label as subject:
//
//	<…/id/bells-palsy> <…/signOrSymptom> <…/id/mouth-corner-droop> <…/statement/st-…> .
//	<…/statement/st-…> <…/vocab#frequency> "often" .
//	<…/statement/st-…> <…/isPartOf> <…/id/facial-twitching-article> .
//
// Names, codes, types and the structure of articles are properties and carry
// no label. Where RDF has one place and a Dataset has several (the scope of a
// synonym, the label of a code, a property whose predicate means something
// else here), a helper node below the thing's own IRI holds the rest, so that
// nothing is lost: Decode of Encode gives the Dataset back, exactly.
//
// [Decode] also reads what others wrote. Four rules make it a graph:
//
//   - A label is the record of a statement if exactly one quad carries it and
//     some quad has it as subject. Any other label, and every node that is
//     typed as a data set, article or person, is a source.
//   - A concept is the subject of any quad that is not about a record, a
//     source, a section or a helper node. What a recorded link points to is a
//     concept too, if only by its id, except through a SKOS mapping: that
//     object is a value, and a code of the subject.
//   - A quad between two concepts is a statement, recorded or not. Without a
//     record its id follows from what it claims, and its source is the label. What
//     has no source so has that of its [Part]. All else is a property of its subject.
//   - A class of RDFS or OWL is no concept but a declared type, if some node is of
//     it, and a property is a declared predicate, if some quad has it: but only
//     where all that is said of it fits, and nothing else leads to it. For
//     ontologies describe their diseases as classes too.
//
// OWL says with axioms, restrictions and lists what is one thing here: see owl.go. They
// are read for what they say, and are no concepts.
//
// The words of ontologies for what a concept has here (rdfs:label,
// skos:prefLabel, the definitions and synonyms of OBO and SKOS) are read as
// ours, where ours are not there, and rdfs:subClassOf between two concepts as
// skos:broader.
//
// A mapping between two concepts is a statement and gives no code: both are
// found by their own ids, and a code that is also a link would be said twice.
//
// Four things of foreign data are not kept: the labels of blank nodes, which mean
// something in their file only (a hash of what is said of the node takes their
// place, so that neither they nor the order of files make a difference), the source
// of a single property among several of one concept (Concept.Sources has all), of a
// source what graph.Source has no field for, and of a type or predicate who declares
// it and what it is called in further languages.
//
// [ReadNQuads] reads the file format, with the place of every mistake. A [Decoder]
// takes quads as they come, so that a file need not be in memory as such. [Things]
// reads single things, for a store that keeps the quads.
package quads
