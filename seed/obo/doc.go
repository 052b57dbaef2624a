// Package obo reads ontologies in the OBO Flat File Format 1.4 and before it
// (https://owlcollab.github.io/oboformat/doc/obo-syntax.html), and gives the quads of OWL
// that the same ontology has in RDF. So an ontology is the same data in both forms, but
// for what OBO cannot hold: languages, what is said of definitions but where they are
// from, types of numbers, and class expressions but the usual ones.
package obo
