package seed

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/columns"
)

// Schema returns a JSON Schema (https://json-schema.org/draft/2020-12) of the
// YAML format, with which editors complete and check what is typed. The words
// for predicates and types are those that Plexus knows and, where own is not
// nil, those that it declares; the ids of its concepts, sources and sections are
// offered where one is asked for.
//
// What a schema cannot know (that a reference leads somewhere, that a predicate
// may join what it joins) is found by [Check].
func Schema(own *graph.Dataset) ([]byte, error) {
	words := newVocabulary()
	if own != nil {
		for _, p := range own.Predicates {
			words.addPredicate(p, place{})
		}
		for _, t := range own.Types {
			words.addType(t.ID, place{})
		}
	}
	root := schemaOfFile(words)
	if own != nil {
		offerIDs(root, own)
	}
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "https://kg.example/schema/seed.json"
	root["title"] = "Plexus seed"
	content, err := json.MarshalIndent(root, "", "  ")
	return append(content, '\n'), err
}

// node is a schema, or a part of one.
type node = map[string]any

// schemaOfFile is the schema of a whole file. A test holds its keys against
// those that the decoder knows.
func schemaOfFile(words *vocabulary) node {
	type keys = map[string]node
	source := keys{
		"id":      idSchema("The id by which statements name it."),
		"name":    textSchema("Its name or title."),
		"authors": listSchema("Who wrote it, in the order of the source.", textSchema("An author.")),
	}
	for d := range graph.NumSourceDetails {
		switch info := d.Info(); info.Type {
		case graph.AddressDetail:
			source[info.Name] = patternSchema(info.Description, `^\s*https?://[^\s<>"]+\s*$`)
		case graph.DateDetail:
			source[info.Name] = dateSchema(info.Description)
		case graph.FlagDetail:
			source[info.Name] = node{"description": info.Description, "const": true}
		case graph.StatusDetail:
			source[info.Name] = enumSchema(info.Description, asStrings(graph.SourceStatuses())...)
		default:
			source[info.Name] = textSchema(info.Description)
		}
	}
	with := func(more keys) keys {
		all := maps.Clone(source)
		maps.Copy(all, more)
		return all
	}
	prefixes := node{
		"description":   "Prefixes of codes, beyond those that are always known, and the namespace that each stands for.",
		"type":          "object",
		"propertyNames": node{"pattern": `^[A-Za-z][A-Za-z0-9_.-]*$`},
		"additionalProperties": patternSchema("A full IRI, before which the local names stand.",
			`^\s*(https?://[^\s<>"]+|urn:[^\s<>"]+)\s*$`),
	}
	types := wordsSchema("A class, which makes a kind.", words.typeWords)
	kinds := wordsOrCode("A kind, or a type.", append(graph.KindNames(graph.Kinds()), words.typeWords...))
	return objectSchema("A file of Plexus seed data. Every key may be left out.", nil, keys{
		"dataset": objectSchema("The data set of the concepts of this folder and of those below it; once a folder.", []string{"id", "name"}, with(keys{
			"language": languageSchema("The language of names, synonyms and descriptions."),
			"prefixes": prefixes,
			"kinds": node{
				"description":          "Of which kind all is that is narrower than a concept, by this data set: {HP:0000118: Symptom}.",
				"type":                 "object",
				"additionalProperties": node{"enum": graph.KindNames(graph.Kinds())},
			},
			"only": listSchema("Of its RDF only the branches below these concepts are read, and what they have replaced.", codeSchema("The CURIE of the concept.")),
		})),
		"prefixes": prefixes,
		"predicates": listSchema("Predicates of the data's own, beyond those that are always known.", objectSchema("A predicate.", []string{"id", "description"}, keys{
			"id":          codeSchema("The CURIE of the predicate, such as EX:interactsWith."),
			"name":        textSchema("Its name in statements and answers; the local part of the id, if left out."),
			"inverse":     textSchema("Its name when it is read from the object."),
			"description": textSchema("What the subject is to the object."),
			"domain":      listSchema("The kinds or types that a subject may have; any, if left out.", kinds),
			"range":       listSchema("The kinds or types that an object may have; any, if left out.", kinds),
			"text":        truthSchema("True if it gives a text (value), not a concept (object)."),
			"symmetric":   truthSchema("True if it is the same from both ends."),
			"sameKind":    truthSchema("True if subject and object must share a kind."),
			"hedged":      truthSchema("True if a claim of it without a modality has perhaps lost its hedge."),
			"caution":     truthSchema("True if a claim of it says that something should not be done."),
		})),
		"types": listSchema("Types of the data's own, beyond those that are always known.", objectSchema("A type.", []string{"id", "description"}, keys{
			"id":          codeSchema("The CURIE of the type, such as EX:RareDisease."),
			"name":        textSchema("What it is called; the local part of the id, if left out."),
			"description": textSchema("What the concepts of this type are."),
			"subClassOf":  wordsOrCode("The type of which it is a special case, which decides its kind.", words.typeWords),
		})),
		"sources": listSchema("Sources that are no articles.", objectSchema("A source.", []string{"id", "kind", "name"}, with(keys{
			"kind": enumSchema("data, or curator for what was inferred.", "data", "curator"),
		}))),
		"articles": listSchema("Articles, whose statements stand in sections.", objectSchema("An article.", []string{"id", "name"}, with(keys{
			"sections": listSchema("Its sections, in the order of the text.", objectSchema("A section.", []string{"id", "heading"}, keys{
				"id":      idSchema("The id by which statements and concepts name it."),
				"heading": textSchema("Its heading."),
				"summary": textSchema("What it says, in a sentence or two of our own."),
			})),
		}))),
		"concepts": listSchema("Things with an id, which statements join.", conceptSchema(types)),
		"distinct": listSchema("Pairs of concepts that are not the same, by what the data set says, so that they are never joined.",
			node{"description": "The ids of two concepts.", "type": "array", "minItems": 2, "maxItems": 2, "items": idSchema("The id of a concept.")}),
		"tables": listSchema("Tables of any columns beside this file, and what the columns mean.", objectSchema("A table, or a part of its rows.", []string{"file", "columns"}, keys{
			"file":      textSchema("The name of the table: .csv, .tsv, .txt, .RRF or .xlsx, also compressed."),
			"prefix":    textSchema("The prefix before ids, to make CURIEs of them."),
			"separator": textSchema("What separates cells, if its name does not say."),
			"header":    enumSchema("Whether the first line names the columns; without, they have numbers.", "true", "false"),
			"sheet":     textSchema("The sheet of a workbook, if not the first."),
			"language":  languageSchema("The language of its texts, if not that of the data set."),
			"types":     listSchema("The classes of all its concepts.", types),
			"where": node{
				"description": "Which rows are read: columns, and what stands in them.", "type": "object",
				"additionalProperties": node{"description": "The value, or one of several.", "type": append(scalars(), "array")},
			},
			"columns": node{
				"description": "What the columns mean: " + list(asStrings(columns.Roles()), "or") + ", or the CURIE of a predicate whose value it has.",
				"type":        "object", "minProperties": 1,
				"additionalProperties": columnSchema(),
			},
		})),
		"accepted": listSchema("Warnings of plexus check that are right and stay.", objectSchema("A warning.", []string{"rule", "about", "reason"}, keys{
			"rule":   enumSchema("Its rule.", warningRules()...),
			"about":  textSchema("The id of the concept or statement that it is about, or subject, predicate and object as the warning has them."),
			"reason": textSchema("Why it is right and stays."),
		})),
		"defaults":   objectSchema("What holds for every statement of this file that does not say otherwise.", nil, qualifierSchemas(true)),
		"statements": listSchema("Sourced claims.", statementSchema(words)),
	})
}

// columnSchema is that of a column of a table: its name, or more.
func columnSchema() node {
	return node{"description": "A column.", "anyOf": []node{
		textSchema("Its name, or its number."),
		objectSchema("A column, and how it is read.", []string{"column"}, map[string]node{
			"column": textSchema("Its name, or its number."),
			"prefix": textSchema("The prefix before what it holds."),
			"system": textSchema("The column that names the vocabulary of a code."),
			"split":  textSchema("What separates several values."),
			"values": {"description": "What to read instead of a value.", "type": "object", "additionalProperties": textSchema("What is read.")},
		}),
	}}
}

func conceptSchema(types node) node {
	texts := func(description string) node {
		return node{
			"description": description, "type": "object",
			"propertyNames":        node{"pattern": languagePattern},
			"additionalProperties": textSchema("The text in this language."),
		}
	}
	c := objectSchema("A concept, or what is to be added to one that another data set describes, which may leave name and types to it.", []string{"id"}, map[string]node{
		"id":           idSchema("A slug, lower-case words joined by hyphens, or a CURIE such as DOID:12506."),
		"name":         textSchema("Its preferred name, in the language of the data set."),
		"names":        texts("Its preferred name in several languages, instead of name."),
		"types":        listSchema("Its classes. The first decides the kind under which it is shown, all decide in which lists it stands.", types),
		"description":  textSchema("What it is, in the language of the data set."),
		"descriptions": texts("What it is in several languages, instead of description."),
		"synonyms": listSchema("Its other names.", node{"anyOf": []node{
			textSchema("Another name."),
			objectSchema("Another name, and more about it.", []string{"text"}, map[string]node{
				"text":     textSchema("The name."),
				"scope":    enumSchema("How close it is to the concept, where its source says so.", asStrings(graph.Scopes())...),
				"via":      textSchema("The vocabulary it was read in; left out for the text itself."),
				"language": languageSchema("Its language, if it is not that of the data set."),
			}),
		}}),
		"codes": listSchema("Its counterparts in other vocabularies.", objectSchema("A code.", []string{"code"}, map[string]node{
			"code":  codeSchema("A CURIE such as DOID:12506."),
			"match": enumSchema("The SKOS mapping relation, where its source states one.", asStrings(graph.Matches())...),
			"label": textSchema("The name that the code has there, as it was read."),
			"via":   textSchema("The vocabularies in whose mapping it was read; left out for that of the code itself."),
		})),
		"sections":   listSchema("Sections of articles that mention it, beyond those whose statements name it.", textSchema("The id of a section.")),
		"sources":    listSchema("The sources that describe it, if they are not the data set of the folder.", textSchema("The id of a source.")),
		"note":       textSchema("A remark of the curator."),
		"deprecated": truthSchema("True if it should not be used any more."),
		"replacedBy": textSchema("The id of the concept that takes its place."),
		"formerIds":  listSchema("The ids that it had before, by which it is still found.", textSchema("An id.")),
	})
	c["not"] = node{"anyOf": []node{{"required": []string{"name", "names"}}, {"required": []string{"description", "descriptions"}}}}
	return c
}

func statementSchema(words *vocabulary) node {
	var predicates []string
	for _, w := range words.predicateWords {
		if !words.predicates[w].Mapping {
			predicates = append(predicates, w)
		}
	}
	keys := qualifierSchemas(false)
	maps.Copy(keys, map[string]node{
		"id":         textSchema("Its id, where that does not follow from what is claimed: of another's record, or from before a limit was stated."),
		"subject":    textSchema("The id of the concept that the claim is about."),
		"predicate":  wordsSchema("What the subject is to the object: a name or CURIE, or the name of its inverse.", predicates),
		"object":     textSchema("The id of a concept."),
		"objects":    listSchema("The ids of several concepts: a statement for each.", textSchema("The id of a concept.")),
		"value":      textSchema("A text, for the predicates that give one."),
		"todo":       textSchema("What is to be looked at: a machine has proposed the statement, and nothing is served with it."),
		"paraphrase": {"description": "Its qualifiers are in words that the sentence does not have: plexus check --text does not look for them.", "type": "boolean"},
		"confirmed":  {"description": "Who has read it against its source, and when, in place of todo.", "type": "string", "pattern": `^.+, [0-9]{4}-[0-9]{2}-[0-9]{2}$`},
	})
	value := textSchema("A further value, of a predicate of your own.")
	further := node{`^[A-Za-z][A-Za-z0-9_.-]*:\S+$`: node{"anyOf": []node{value, listSchema("Several.", value)}}}
	one := objectSchema("A statement of the group. What it does not say itself, the group says.", nil, maps.Clone(keys))
	one["patternProperties"] = further
	keys["statements"] = listSchema("Statements that share what stands beside this key: the subject, the section, the predicate, or anything else.", one)
	s := objectSchema("A statement, or a group. It needs a source and a locator, its own or by default.", nil, keys)
	s["patternProperties"] = further
	s["oneOf"] = []node{
		{"required": []string{"subject", "predicate", "object"}},
		{"required": []string{"subject", "predicate", "objects"}},
		{"required": []string{"subject", "predicate", "value"}},
		{"required": []string{"statements"}},
	}
	return s
}

// qualifierSchemas are the keys that statements and defaults share. In a
// statement an empty text cancels a default.
func qualifierSchemas(isDefault bool) map[string]node {
	text := func(description string) node {
		if isDefault {
			return textSchema(description)
		}
		return node{"description": description + ` "" cancels a default.`, "type": scalars()}
	}
	orEmpty := func(n node) node {
		if isDefault {
			return n
		}
		description := n["description"]
		delete(n, "description") // editors would show it twice
		return node{"description": description, "anyOf": []node{n, {"const": ""}}}
	}
	keys := map[string]node{"language": orEmpty(languageSchema("The language of a value, which else has none."))}
	for _, q := range graph.AllQualifiers() {
		switch info := q.Info(); {
		case info.Derived, info.NoDefault && isDefault:
		case info.Type == graph.ListQualifier:
			keys[info.Name] = listSchema(info.Description, textSchema("An id."))
		case info.Date:
			keys[info.Name] = dateSchema(info.Description)
		case info.NoDefault:
			keys[info.Name] = textSchema(info.Description)
		case info.Type == graph.WordQualifier:
			keys[info.Name] = orEmpty(enumSchema(info.Description+" not-stated, if it does not say.", append(slices.Clone(info.Words[1:]), notStated)...))
		case info.Type == graph.FlagQualifier:
			keys[info.Name] = truthSchema(info.Description)
		case info.Type == graph.NumberQualifier:
			keys[info.Name] = orEmpty(node{"description": info.Description, "type": "number", "minimum": 0, "maximum": 1})
		case info.Type == graph.RefQualifier:
			keys[info.Name] = text(info.Description + " Its id.")
		case q == graph.QualifierEvidenceCode:
			keys[info.Name] = orEmpty(patternSchema(info.Description, `^\s*ECO:[0-9]{7}\s*$`))
		default:
			keys[info.Name] = text(info.Description)
		}
	}
	return keys
}

// The building blocks. YAML takes 1.10 and true for a number and a truth value;
// the format takes both as they are written, where a text belongs.

func scalars() []string { return []string{"string", "number", "boolean"} }

// notBlank is the pattern of a text that has more than white space.
const notBlank = `\S`

const languagePattern = `^\s*[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\s*$`

func textSchema(description string) node { return patternSchema(description, notBlank) }

func patternSchema(description, pattern string) node {
	return node{"description": description, "type": scalars(), "pattern": pattern}
}

func languageSchema(description string) node {
	return patternSchema(description+" A BCP 47 tag: en, de, pt-BR.", languagePattern)
}

func idSchema(description string) node {
	return patternSchema(description, `^\s*([a-z0-9]+(-[a-z0-9]+)*|[A-Za-z][A-Za-z0-9_.-]*:\S+)\s*$`)
}

func dateSchema(description string) node {
	return patternSchema(description+" A year, a month or a day: 2026, 2026-11 or 2026-11-30.", `^\s*[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?\s*$`)
}

func codeSchema(description string) node {
	return patternSchema(description, `^\s*[A-Za-z][A-Za-z0-9_.-]*:\S+\s*$`)
}

func enumSchema(description string, words ...string) node {
	return node{"description": description, "enum": words}
}

func wordsSchema(description string, words []string) node {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	return enumSchema(description, slices.Compact(sorted)...)
}

// wordsOrCode is a word, or the CURIE of one that another entry declares.
func wordsOrCode(description string, words []string) node {
	word, code := wordsSchema("", words), codeSchema("")
	delete(word, "description")
	delete(code, "description")
	return node{"description": description, "anyOf": []node{word, code}}
}

func truthSchema(description string) node {
	return node{"description": description, "type": "boolean"}
}

func listSchema(description string, items node) node {
	return node{"description": description, "type": "array", "minItems": 1, "items": items}
}

func objectSchema(description string, required []string, keys map[string]node) node {
	n := node{"description": description, "type": "object", "properties": keys, "additionalProperties": false}
	if len(required) > 0 {
		n["required"] = required
	}
	return n
}

func asStrings[W ~string](words []W) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return all
}
