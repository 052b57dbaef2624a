// Package rdf reads and writes the formats of RDF: Turtle, TriG, JSON-LD,
// N-Triples and N-Quads. What the quads mean is the business of package quads;
// here they become text, and text quads, each with its place.
//
//	rdf.Turtle.Write(ctx, w, dataset)
//	rdf.Turtle.Read(ctx, r, func(at syntax.Place, q quad.Quad) error { … })
//
// What Write has written, Read gives back: the same data set, with every
// statement, qualifier and id, from any of the formats that are written.
//
// # Statements
//
// A statement is a quad whose label is the statement's IRI. TriG, N-Quads and
// JSON-LD have named graphs, and say it so, unless the statement denies its
// claim or advises against it: programs that merge graphs would take it for what
// holds. Such a one, and every statement in Turtle, which has no graphs, is an
// rdf:Statement (RDF 1.1 Schema, section 5.3) that bears its id:
//
//	id:bells-palsy schema:signOrSymptom id:mouth-corner-droop .
//	st:st-… a rdf:Statement ;
//	    rdf:subject id:bells-palsy ;
//	    rdf:predicate schema:signOrSymptom ;
//	    rdf:object id:mouth-corner-droop ;
//	    schema:isPartOf id:facial-twitching-article ;
//	    kg:modality "asserted" .
//
// The plain triple above it is for those who do not know rdf:Statement. To them
// it says that this is so, and no more; so it is written only where that is
// what all sources say: where no statement of the claim has a limit, a doubt, a
// note or a curator as its source, and none speaks against it
// ([graph.Claimed.IsPlain]). A claim about a value is an rdf:Statement alone.
// Read takes the plain triple and such an rdf:Statement for one, knows
// rdf:Statements in every format, and reads a denial that is a labelled quad, as
// files of before have it. The owl:NegativePropertyAssertion of others is read as
// the denial that it is. What a named graph holds of either is said by the graph,
// unless it names another source.
//
// The prefixes of a data set are part of it, as its ids are made of them. Write
// states them (<http://example.com/> kg:prefix "EX"), and [Prefix] recognizes
// them. The @prefix and @context of a file are means of writing and mean nothing
// beyond the file.
//
// # Untrusted files
//
// Nothing is loaded from the network, also no JSON-LD context. Words may have
// 16 MiB and brackets stand 256 deep; JSON-LD is read entry by entry, each of at
// most four million values, everything else word by word. All that waits for the
// end of a file are its rdf:Statements and the triples between things that these
// may repeat. A mistake costs one statement, or one entry of JSON-LD, and the
// next one is found; only JSON that is broken is read no further.
//
// JSON-LD is stricter here than its specification, which drops without a word
// what it cannot place: a key without a meaning, a name that is no full IRI, a
// language that is none, a key that stands twice are mistakes. A language is kept
// as it is written; as a key of a language map, which the file writes in several ways
// that differ in case, in small letters.
//
// # Why an own reader of Turtle
//
// The W3C's 669 tests of Turtle and TriG were run on what there is for Go.
// geoknoesis/rdf-go v0.2.0 joins the lines of a text by spaces, drops those in
// it that look like comments, drops the rest of a line behind the second full
// stop, accepts files that are cut off, and ran out of memory on one of the
// tests. knakk/rdf fails 19 of the 313 of Turtle, takes _:b1 and the first node
// in brackets for one, and knows no TriG. The grammar is small; the tests pass.
package rdf
