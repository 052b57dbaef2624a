package seed

// Rule names one thing that a reader of seed files insists on. The names are
// stable: scripts may match them, and a manual may explain them one by one.
type Rule string

// The rules, in the order in which a file meets them.
const (
	RuleFileSize         Rule = "file-size"
	RuleEncoding         Rule = "encoding"
	RuleSyntax           Rule = "syntax"
	RuleNesting          Rule = "nesting"
	RuleAnchor           Rule = "anchor"
	RuleTag              Rule = "tag"
	RuleSeveralDocuments Rule = "several-documents"
	RuleQuads            Rule = "quads"
	RuleCutOff           Rule = "cut-off"
	RuleTooManyProblems  Rule = "too-many-problems"

	RuleDuplicateKey Rule = "duplicate-key"
	RuleUnknownKey   Rule = "unknown-key"
	RuleWrongShape   Rule = "wrong-shape"
	RuleEmptyValue   Rule = "empty-value"
	RuleMissingKey   Rule = "missing-key"
	RuleEitherKey    Rule = "either-key"

	RuleMissingDataset   Rule = "missing-dataset"
	RuleDuplicateDataset Rule = "duplicate-dataset"
	RuleDuplicateID      Rule = "duplicate-id"
	RuleDuplicateEntry   Rule = "duplicate-entry"

	RuleBadID           Rule = "bad-id"
	RuleBadCode         Rule = "bad-code"
	RuleBadPrefix       Rule = "bad-prefix"
	RuleBadIRI          Rule = "bad-iri"
	RuleBadLanguage     Rule = "bad-language"
	RuleBadFrequency    Rule = "bad-frequency"
	RuleBadEvidenceCode Rule = "bad-evidence-code"

	RuleUnknownPrefix     Rule = "unknown-prefix"
	RuleUnknownSourceKind Rule = "unknown-source-kind"
	RuleUnknownType       Rule = "unknown-type"
	RuleUnknownScope      Rule = "unknown-scope"
	RuleUnknownMatch      Rule = "unknown-match"
	RuleUnknownPredicate  Rule = "unknown-predicate"
	RuleUnknownModality   Rule = "unknown-modality"

	RuleDanglingReference  Rule = "dangling-reference"
	RuleMappingStatement   Rule = "mapping-statement"
	RuleObjectOrValue      Rule = "object-or-value"
	RuleWrongDomain        Rule = "wrong-domain"
	RuleWrongRange         Rule = "wrong-range"
	RuleDifferentKinds     Rule = "different-kinds"
	RuleWrongStage         Rule = "wrong-stage"
	RuleWrongSection       Rule = "wrong-section"
	RuleDuplicateStatement Rule = "duplicate-statement"
)

// ruleTable explains each rule in one line: why it is there.
var ruleTable = [...]struct {
	rule Rule
	why  string
}{
	{RuleFileSize, "A seed file is written by hand and may have 8 MiB; larger data belongs in N-Quads, which are read line by line."},
	{RuleEncoding, "A seed file is UTF-8 text without control characters, so that it looks the same to everyone who reviews it."},
	{RuleSyntax, "A seed file is YAML; the parser stops at the first fault of syntax, so other problems of the file show once it is mended."},
	{RuleNesting, "The format is six levels deep and its mappings are short; a file that nests far deeper, or has thousands of keys or brackets in one place, is not of this format and could exhaust the parser."},
	{RuleAnchor, "Anchors, aliases and merge keys are refused: a short file could unfold into an endless one, and a diff would not show what changes. Use defaults."},
	{RuleTag, "YAML tags are refused: every key has one type, which the format fixes."},
	{RuleSeveralDocuments, "A file holds one YAML document; write a second one into a second file."},
	{RuleQuads, "A line of an N-Quads file is one quad (https://www.w3.org/TR/n-quads/)."},
	{RuleCutOff, "A compressed file must be whole; copy or download it again."},
	{RuleTooManyProblems, "After 1,000 problems the rest of a file is not listed; they mostly have one reason."},

	{RuleDuplicateKey, "A key stands once in a mapping, else one of its values would be lost without a word."},
	{RuleUnknownKey, "Only the keys of the format are known; an unknown one is mostly a slip, and its value would be lost."},
	{RuleWrongShape, "Every key has one shape: a text, a number, true or false, a list, or a mapping."},
	{RuleEmptyValue, "A key has a value; leave the key out where nothing is stated. Only a default is cancelled by \"\"."},
	{RuleMissingKey, "Some keys cannot be left out: a thing without an id or a name cannot be found, a statement without source and locator cannot be checked."},
	{RuleEitherKey, "Two keys that say the same in two ways exclude each other: name and names, description and descriptions, object and value."},

	{RuleMissingDataset, "Concepts belong to a data set, which says who describes them under which licence: one dataset block in their folder or one above it."},
	{RuleDuplicateDataset, "A folder holds one data set."},
	{RuleDuplicateID, "Concepts, sources, articles, sections and statements share one space of ids; each id names one thing."},
	{RuleDuplicateEntry, "An entry stands once in its list."},

	{RuleBadID, "An id is a slug: lower-case letters and digits, in words joined by single hyphens; ids of the form st-… belong to statements."},
	{RuleBadCode, "A code is a CURIE, prefix:local, such as DOID:12506."},
	{RuleBadPrefix, "A prefix begins with a letter, stands for one namespace that is a full IRI, and means the same in all data that is read together."},
	{RuleBadIRI, "A URL is written in full and without spaces, beginning with http:// or https://."},
	{RuleBadLanguage, "A language is a BCP 47 tag: en, de, pt-BR."},
	{RuleBadFrequency, "frequencyValue is the source's own number, as a share between 0 and 1; a word belongs under frequency."},
	{RuleBadEvidenceCode, "An evidence code is a term of the Evidence and Conclusion Ontology: ECO: and seven digits."},

	{RuleUnknownPrefix, "The prefix of a code must be known, else nobody can tell which vocabulary is meant; add it under prefixes."},
	{RuleUnknownSourceKind, "A source is of the kind data or curator; articles have a list of their own."},
	{RuleUnknownType, "A type is a class that makes a kind; its list is in the documentation of graph.Classes."},
	{RuleUnknownScope, "The scope of a synonym is one of the OBO scopes: exact, related, narrow, broad, lay."},
	{RuleUnknownMatch, "The match of a code is a SKOS mapping relation: exact, close, broad, narrow, related."},
	{RuleUnknownPredicate, "A predicate is one of the registry, by name or CURIE; a new one is added to the registry first, with its meaning."},
	{RuleUnknownModality, "The modality says how the source commits itself: asserted, possible, suspected, recommended, discouraged; not-stated cancels a default."},

	{RuleDanglingReference, "A reference names something that is declared in the data read together."},
	{RuleMappingStatement, "A match with another vocabulary is a code of the concept, not a statement."},
	{RuleObjectOrValue, "A predicate joins two concepts (object), or gives a concept a text (value); never both."},
	{RuleWrongDomain, "The subject has a kind that the predicate allows."},
	{RuleWrongRange, "The object has a kind that the predicate allows."},
	{RuleDifferentKinds, "Subject and object of this predicate share a kind: a test includes tests, a treatment is broader than treatments."},
	{RuleWrongStage, "The stage of a statement is a concept of kind Stage."},
	{RuleWrongSection, "The section of a statement is one of its article; a data set has no sections, a curator may point into any article."},
	{RuleDuplicateStatement, "Two statements with the same subject, predicate, object, source, negation, stage and context would have one id; a key tells them apart."},
}

// Rules returns all rules, in the order in which a file meets them.
func Rules() []Rule {
	all := make([]Rule, len(ruleTable))
	for i := range ruleTable {
		all[i] = ruleTable[i].rule
	}
	return all
}

// Explain returns one line that says why a rule is there; ok is false for a
// rule that does not exist.
func Explain(r Rule) (why string, ok bool) {
	for i := range ruleTable {
		if ruleTable[i].rule == r {
			return ruleTable[i].why, true
		}
	}
	return "", false
}
