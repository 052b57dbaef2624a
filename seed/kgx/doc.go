// Package kgx writes the graph as the two tables of the Knowledge Graph
// Exchange (https://github.com/biolink/kgx): one row for each concept, one for
// each statement, tabs between the cells. It is what the world around the
// Biolink Model reads, and what a spreadsheet can edit.
//
//	id                category        name                    …
//	bells-palsy       biolink:Disease Bell's palsy            …
//
//	id                  subject      predicate             object             negated modality …
//	st-fo5qsxzxwhxkqdnk bells-palsy  biolink:has_phenotype mouth-corner-droop false   asserted …
//
// Package seed reads such tables back, and the same in JSON ([JSON]); what the
// categories and predicates of the Biolink Model are called here package graph knows.
// Only words of the same meaning are exchanged; all else keeps its own name,
// as the Biolink Model may say more than a source did: its treats asserts that
// a treatment works, schema:possibleTreatment that it may be used.
//
// # What the tables cannot say
//
// Nothing of a statement that is an edge is lost: its id, its qualifiers and its
// source have columns, and a text that is the object of a statement stands under
// value. Other readers of KGX know of these negated, primary_knowledge_source,
// publications and the like; that modality is possible, or a stage narrows the
// claim, they do not know. Statements of which they would take an edge for what
// holds, as it holds only of several concepts together, is advised against or counts
// no more, are none ([Split]).
//
// Of concepts these are lost: languages, and names and descriptions beyond the
// first; the vocabulary in which a synonym or a code was read, the code's label,
// and all but the closest scope or match of one that has several; IRIs that do
// not follow from the id; the datatypes of further values. Write these as YAML,
// Turtle or JSON-LD. What the tables refer to (sources, articles and their
// sections, predicates, types and prefixes that the data declares, and the
// language, if there is one alone) package seed writes into a file beside them,
// and there, as far as YAML can, the statements that are no edges.
// A tab, a line
// break or another control character in a text becomes a space, as KGX itself
// does it; where the id of a statement follows from that text, it is an error.
package kgx
