// Package obo reads ontologies in the OBO Flat File Format 1.4 and before it
// (https://owlcollab.github.io/oboformat/doc/obo-syntax.html), and gives the quads of OWL
// that the same ontology has in RDF. So an ontology is the same data in both forms, but
// for what OBO cannot hold: languages, what is said of definitions but where they are
// from, types of numbers, and class expressions but the usual ones.
//
// [ScanGraphs] does the same with OBO Graphs (https://github.com/geneontology/obographs),
// the JSON that ontologies are published in. It has no languages and no datatypes, does
// not tell IRIs from texts that look like them, and says nothing of comments but their texts.
package obo
