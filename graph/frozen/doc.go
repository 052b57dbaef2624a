// Package frozen is an immutable store of sorted arrays. It answers as a
// graph.Reader ([Store]) and as a Cayley quad store ([QuadStore]) from the same
// memory, and lies in a release file as it lies in memory.
//
//	data set ── Build ──▶ Store ── Encode, WriteFile ──▶ release file
//	                       │  ▲                               │
//	                       │  └─────────── Open ──────────────┘   maps, reads 20 KB
//	                       └── QuadStore ──▶ Cayley's paths and query languages; PlainQuadStore: without denials
//
// [Store.Dataset] goes back to the data set, exactly: a release can be compared
// and exported like the files it was built of.
//
// # Layout
//
// Every IRI, blank node and literal is a term with a number. Those of things
// come first, numbered as refs are: the columns below are columns of refs, and
// sorting by number is sorting by name.
//
//	terms    1 … concepts │ statements │ articles │ sections │ sources │ other subjects │ other nodes │ literals … n
//	         record = form, text: "MONDO:0005665", "cold", "often"@en; forms are namespaces, languages, datatypes
//
//	quads, by subject, predicate, object, label            of subject 2
//	                                            ┌──────────────┴──────────────┐
//	subject    ▏1 bit: here one begins          1 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 1 …
//	predicate  ▏its number                      3 3 3 9 9 … statements' first, then names, codes …
//	object     ▏                                5 6 6 …     ◀── links: sorted runs of refs,
//	labelled   ▏1 bit                           1 1 1 0 0
//	labels     ▏of the labelled                 7 8 9       ◀── and their statements beside them
//
//	by object    quads in the order of object, predicate, subject (what mentions a concept, what a source says)
//	by label     the quad of each statement
//	links        for each concept, what leads to it: predicate, subject, statement
//	names        the literal that each concept is shown by, chosen once
//	kinds, negated, renamed: a few bits for each concept, statement, thing
//
// The record of a statement (qualifiers, source, section) is the run of quads
// that begins at its number: reached without a search, read in one pass, stored
// once. The same holds for the names and codes of a concept. Degrees and counts
// are differences of two starts.
//
// What each part takes and saves, measured on the graph of graphtest.Large
// with a million quads, in bytes a quad:
//
//   - Numbers as refs: 0 for tables from refs to terms and back.
//   - CURIEs as text, namespaces once: 2.9 for all nodes, 8.7 as full IRIs; an
//     id is a string of the file as it stands.
//   - A hash table of any size, filled to four fifths: 1.9 instead of up to 3.
//   - Subjects as bits ([graph.Ref] 2 follows 1): 0.14 instead of 4.
//   - Labels of those quads only that have one: 0.7 instead of 4.
//   - No list of quads by predicate, which is a scan at 1 ns a quad: 0
//     instead of 4.
//   - A second copy of the links, at the object: costs 1.4, and makes a link
//     that comes in 2 ns instead of 32.
//
// Altogether 21.6 bytes a quad and the literal texts; README.md has the table
// and how to make it.
//
// # Limits
//
// 4 billion quads and terms, 4 GiB of text, 65,536 predicates, little-endian
// machines. A QuadStore can be written to, but every transaction builds the
// arrays anew: it is for rare changes. A Store holds what quads.Encode makes of
// a data set; foreign quads are decoded first ([BuildQuads]), or kept as they
// are in a store that is a QuadStore only ([NewQuadStore]).
//
// Contents of a damaged file never crash the program: Go checks every index,
// and an index that fails becomes an error. They can give wrong answers until
// release.File.Verify has found them.
package frozen
