// Package seed reads the files in which people write the graph down, and
// checks them: a [graph.Dataset] comes out, or everything that is wrong, each
// fault with its place and a suggestion.
//
//	d, report, err := seed.Read(ctx, "seed/data/facial-twitching")
//
// # The format
//
// A data set is a folder of YAML files, in any number, order and depth. YAML,
// because people review this data line by line: it has comments for the why
// of an entry, a diff shows one line for one changed qualifier, text needs
// hardly any quotes, and every editor knows it. A table (CSV) has no room for
// lists of codes and synonyms, JSON none for comments, and Turtle is a
// language of its own to learn. What makes YAML treacherous is refused:
// anchors and aliases, tags, several documents in a file, keys that stand
// twice; yes and no are texts, and numbers stay as they are written
// (version: 1.10). Large data of others comes as N-Quads instead.
//
// Every top-level key may be left out, and may stand in any file:
//
//	dataset:              # once a folder: who describes its concepts, and those in folders below
//	  id: facial-twitching-seed
//	  name: Plexus seed, facial twitching
//	  license: Apache-2.0 # SPDX identifier or IRI
//	  version: "1"
//	  language: en        # of names, synonyms and descriptions
//	prefixes:             # beyond those in data/prefixes.yaml
//	  EX: http://example.com/
//	sources:              # kind: data or curator
//	  - {id: curator, kind: curator, name: Plexus curators}
//	articles:
//	  - id: facial-twitching-article
//	    name: Facial twitching
//	    sections:         # in the order of the text
//	      - {id: common-causes, heading: Common causes, summary: …}
//	concepts:
//	  - id: bells-palsy
//	    name: Bell's palsy              # or names: {en: …, de: …}
//	    types: [MedicalCondition, MedicalCause]
//	    description: …                  # or descriptions: {en: …}
//	    synonyms:
//	      - idiopathic facial nerve palsy
//	      - {text: Bell palsy, scope: exact, via: DO, language: en}
//	    codes:
//	      - {code: "DOID:12506", match: exact, label: Bell's palsy, via: "DO, Mondo"}
//	    sections: [common-causes]       # of articles that mention it, beyond those whose statements name it
//	    note: …
//	defaults:             # for the statements of this file
//	  source: facial-twitching-article
//	  section: common-causes
//	  modality: asserted
//	  evidenceCode: ECO:0000303
//	statements:
//	  - subject: bells-palsy
//	    predicate: signOrSymptom
//	    object: incomplete-eyelid-closure   # or, for some predicates, value: harmless
//	    frequency: often
//	    laterality: one side
//	    locator: L3.S4
//
// A statement may also have modality (asserted, possible, suspected,
// recommended, discouraged, not-stated), negated, frequencyValue, stage,
// timing, context, strength, attribution, note, evidenceCode, source, section,
// language (of a value, which else has none) and key, which tells apart two
// statements that would have one id. A default stands for every statement of
// its file that does not give the key itself; there, an empty text ("")
// cancels it, and so does the modality not-stated. Nothing else is ever filled
// in: without modality, none is stated.
//
// A type is a class of schema.org, whose prefix may be left out, or of the kg
// vocabulary; graph.Classes lists them. A predicate is one of graph.Registry, by
// name or CURIE, or another form of it: treats and causeOf are read as
// possibleTreatment and cause with subject and object exchanged. A text loses the white space around it; a folded text (>-) is one
// line.
//
// # The checks
//
// All paths are read before anything is looked up, so that files, folders and
// N-Quads may refer to each other. A fault does not hide the next one; only a
// fault of YAML's syntax ends the reading of its file. [Rules] lists what is
// checked and [Explain] says why; testdata/bad shows each in a tiny input.
//
// What is not checked: N-Quads, beyond their syntax; they are the data of
// others, and the kinds that a predicate joins bind the seed alone.
package seed
