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
// hardly any quotes, and every editor knows it. A table has no room for what is
// said of a synonym or a code, JSON none for comments, and Turtle is a
// language of its own to learn. What makes YAML treacherous is refused:
// anchors and aliases, tags, several documents in a file, keys that stand
// twice; yes and no are texts, and numbers stay as they are written
// (version: 1.10). Large data of others comes as RDF or as tables instead.
//
// Every top-level key may be left out, and may stand in any file:
//
//	dataset:              # once a folder: who describes its concepts, and those in folders below
//	  id: facial-twitching-seed
//	  name: Plexus seed, facial twitching
//	  license: Apache-2.0 # SPDX identifier or IRI
//	  version: "1"
//	  language: en        # of names, synonyms and descriptions
//	  kinds:              # of all that is narrower than a concept, by this data set
//	    HP:0012823: Stage
//	  only: [HP:0000118]  # of the folder's RDF the branches that are read; all, if left out
//	prefixes:             # beyond those in data/prefixes.yaml
//	  EX: http://example.com/
//	predicates:           # of the data set's own
//	  - id: EX:interactsWith            # name: what it is called, without one the local name
//	    inverse: changedBy              # or text: true, for values, or symmetric: true
//	    description: The subject changes what the object does.
//	    domain: [Treatment]             # kinds, or types for the kind that they make; range likewise
//	types:                # likewise
//	  - {id: EX:RareDisease, name: rare disease, description: …, subClassOf: MedicalCondition}
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
//	    sources: [facial-twitching-seed] # who describes it, if not the data set of the folder
//	distinct:             # what this data set takes for two things, whatever others match exactly
//	  - [bells-palsy, facial-nerve-paralysis]
//	tables:               # of any columns, beside this file: see package columns and the README
//	  - {file: codes.csv, prefix: EX, types: [MedicalCondition], columns: {id: Code, name: Title, parent: Group}}
//	accepted:             # warnings of check that are right and stay; about: a concept, a statement or its three words
//	  - {rule: symptom-without-cause, about: seizure-activity, reason: The article names no cause.}
//	defaults:             # for the statements of this file
//	  source: facial-twitching-article
//	  section: common-causes
//	  modality: asserted
//	  evidenceCode: ECO:0000303
//	statements:           # id: only where it does not follow from the claim: of another's record, or from before a limit was stated
//	  - subject: bells-palsy
//	    predicate: signOrSymptom
//	    object: incomplete-eyelid-closure   # or, for some predicates, value: harmless
//	    frequency: often
//	    laterality: one side
//	    locator: L3.S4
//
// A statement may also have modality (asserted, possible, suspected,
// recommended, discouraged, not-stated), negated, frequencyValue, stage,
// timing, context, population, severity, treatmentLine, dose,
// treatmentDuration, strength, urgency, urgencyLevel (emergency, urgent, soon,
// routine, self-care, not-stated), urgencyScale, attribution, note,
// todo (nobody has confirmed it, and nothing is served with it) or, in its place,
// confirmed (who has, and the day: Ann Moss, 2026-12-01), paraphrase (its
// qualifiers are in words that the sentence does not have),
// evidenceCode, source, section, language (of a value, which else has none) and
// key, which tells apart two statements that would have one id. with lists the
// concepts of which it holds only together with its subject ("fever and a stiff
// neck together may indicate meningitis"). A default stands for every statement of
// its file that does not give the key itself; there, an empty text ("")
// cancels it, and so does the modality not-stated. Nothing else is ever filled
// in: without modality, none is stated. frequency is what the source writes: words,
// or numbers in the forms that [graph.ParseFrequency] reads ("7/12", "30 %", "more
// than 1 in 10", "HP:0040281"); frequencyValue is only for a number that stands in
// none of them. A key that is a CURIE with a prefix of
// your own ("EX:season") is a further value: a text, or a list of texts.
//
// Statements that share something can be written as a group: an entry with the keys
// that they share and, under statements, those in which they differ. objects lists the
// objects of statements that differ in nothing else:
//
//   - subject: bells-palsy
//     locator: L3.S4
//     statements:
//   - {predicate: signOrSymptom, objects: [mouth-corner-droop, cheek-puffing-difficulty], frequency: often}
//   - {predicate: possibleTreatment, object: rest, modality: possible, locator: L8.S2}
//
// A type is a class of schema.org, whose prefix may be left out, or of the kg
// vocabulary; graph.Classes lists them. A predicate is one of graph.Registry, by
// name or CURIE, or another form of it: treats and causeOf are read as
// possibleTreatment and cause with subject and object exchanged.
//
// What these lack, a data set declares, in any of its files: a predicate, which
// is then used by name or CURIE, or by its inverse from the other end, and joins
// only what its domain and range name; and a type, used with or without its
// prefix, whose concepts are of the kind of what it is a special case of
// (subClassOf). A name of a predicate that Plexus lists, or a type, cannot be
// declared anew. What two data sets declare alike is one word. Two that give two
// predicates one name have two: in each data set the name means its own, or that
// whose prefix it declares; elsewhere the id is written. Of a
// predicate, hedged: true says that a statement of it should have a modality, and
// sameKind: true that it joins concepts of one kind.
//
// A text loses the white space around it; a folded text (>-) is one
// line.
//
// # Tables
//
// What is many and alike, a thousand symptoms, is better written as a table: a
// pair of files as the Knowledge Graph Exchange has them
// (https://github.com/biolink/kgx), NAME_nodes.tsv and NAME_edges.tsv, one line
// for each concept or statement, tabs between the cells, | between the values of
// a cell, and no quoting. An empty cell states nothing. Rows are checked as YAML
// is, and belong to the data set of their folder.
//
//	nodes: id category name description note sections provided_by
//	       synonym exact_synonym related_synonym narrow_synonym broad_synonym lay_synonym
//	       xref same_as exact_match close_match broad_match narrow_match related_match
//	edges: id subject predicate object value language negated modality
//	       frequency (or frequency_qualifier) frequencyValue with stage timing context
//	       population severity treatmentLine dose treatmentDuration laterality
//	       strength urgency urgencyLevel urgencyScale attribution note
//	       evidenceCode (or has_evidence) primary_knowledge_source (or source)
//	       section locator key
//
// Types and predicates are written as in YAML, or in the words of the Biolink
// Model where these mean the same (biolink:Disease, biolink:has_phenotype;
// [graph.ForwardClasses] and [graph.Words] know them). Without a source the
// data set is the source of a row, and then its row is its locator. The id of an
// edge may be left out; one of another's record (urn:uuid:…) is kept. Any other
// column of the Biolink Model (publications, in_taxon), and any column that is
// named by a CURIE, is a further value.
//
// Tables are mostly published by others: prefixes and words that the Biolink Model
// knows need no declaration, nor do sources and concepts that a row names; what nobody
// knows is told once, with the number of rows, and stays as it is written. The same in
// JSON: one object with the lists nodes and edges (.json), or an object on each line
// (_nodes.jsonl, _edges.jsonl).
//
// What tables cannot say, a file of YAML beside them does: data set, articles,
// prefixes. [Write] writes all three, and a data set in all other formats.
//
// # RDF
//
// Turtle (.ttl), TriG (.trig), JSON-LD (.jsonld), N-Triples (.nt) and N-Quads
// (.nq) are the formats for data of others; packages quads and rdf say what
// they mean. A file of RDF speaks in the name of the data set that a document of
// its folder, or of one above, declares: it is the source of links that have no
// other, and describes concepts that nobody else does. Without one, the file
// itself is the source of such links.
//
// # Several data sets
//
// A document or a table may say more of what RDF or another data set describes. An
// entry under concepts with the id of such a concept adds to it: a name in another
// language, synonyms, codes, types, so that a class of an ontology is a condition
// that statements may join; what the other says may be left out. The data set that
// gives the kind comes first, and of several the one whose id does; the graph knows
// who says what. [Report.Additions] lists these entries. One of another kind, or
// with another exact code of a vocabulary in which a code stands for one thing,
// describes another thing and is refused.
//
//	concepts:
//	  - {id: "EX:0000042", types: [MedicalCondition]}
//	  - {id: bells-palsy, name: Idiopathische Fazialisparese}
//
// A class or property that is declared under types or predicates is no concept
// but that type or predicate, as long as both say the same of it, and no more
// than such a word can have. Whatever they say differently of it is a problem, with
// both places.
//
// # Formats
//
// [FormatRegistry] lists the formats. A format is a package below this one and
// an entry of the registry. Readers give one of three things: quads, rows of the
// tables above, or (in this package alone) a document of YAML; package syntax
// says how, and what comes of it is checked and joined in one place.
//
// # The checks
//
// All paths are read before anything is looked up, so that files, folders and
// formats may refer to each other. A fault does not hide the next one; only a
// fault in the syntax of YAML or JSON ends the reading of its file. [Rules] lists what is
// checked, in [Layers] from the bytes of a file to what it says, and [Explain]
// says why, with an example that breaks the rule and the same mended.
//
// [Check] also warns of what is doubtful: a hedge that got lost, a number that
// nobody can trace, a symptom without a cause. A warning can be right and stay;
// it keeps nothing from being loaded, and [Read] does not look for it. Of what
// is doubtful in RDF the places are looked for in a second reading.
//
// [Schema] describes the format to editors, and [New] writes a file to start
// from.
//
// Of RDF the syntax is checked, and what it says in the words of our records:
// qualifiers have values that they can have, and belong to one triple, and a word
// that seems misspelt is warned of. What it
// says in other words is not; it is the data of others, and the kinds that a
// predicate joins bind the seed alone.
package seed
