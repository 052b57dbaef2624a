package seed

// Rule names one thing that a reader of data insists on, or warns of. The
// names are stable: scripts may match them.
type Rule string

// Layer is a stage of the checks. A file is checked from its bytes to what it
// says; each rule belongs to one layer.
type Layer string

// The layers, in their order.
const (
	LayerSyntax       Layer = "syntax"       // the file can be read
	LayerShape        Layer = "shape"        // its keys and values have the form of the format
	LayerVocabulary   Layer = "vocabulary"   // its words are known, and join what they may join
	LayerReferences   Layer = "references"   // what it refers to is there
	LayerIdentity     Layer = "identity"     // each thing is there once, and can be told from the others
	LayerHierarchy    Layer = "hierarchy"    // broader and narrower make sense
	LayerCompleteness Layer = "completeness" // nothing is missing that a reader needs
	LayerText         Layer = "text"         // the text of a source says it: told where the text is given
)

// Layers lists the layers in their order.
func Layers() []Layer {
	return []Layer{LayerSyntax, LayerShape, LayerVocabulary, LayerReferences, LayerIdentity, LayerHierarchy, LayerCompleteness, LayerText}
}

// Severity says what a problem means for the data: with an error nothing is
// loaded; a warning is told, and the data is loaded.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// The rules, layer by layer.
const (
	RuleFileSize         Rule = "file-size"
	RuleEncoding         Rule = "encoding"
	RuleSyntax           Rule = "syntax"
	RuleNesting          Rule = "nesting"
	RuleAnchor           Rule = "anchor"
	RuleTag              Rule = "tag"
	RuleSeveralDocuments Rule = "several-documents"
	RuleQuads            Rule = "quads"
	RuleRemoteContext    Rule = "remote-context"
	RuleCutOff           Rule = "cut-off"
	RuleTooManyProblems  Rule = "too-many-problems"
	RuleDuplicateKey     Rule = "duplicate-key"
	RuleWrongContent     Rule = "wrong-content"
	RuleEmptyFile        Rule = "empty-file"

	RuleUnknownKey      Rule = "unknown-key"
	RuleWrongShape      Rule = "wrong-shape"
	RuleEmptyValue      Rule = "empty-value"
	RuleMissingKey      Rule = "missing-key"
	RuleEitherKey       Rule = "either-key"
	RuleBadID           Rule = "bad-id"
	RuleBadWord         Rule = "bad-word"
	RuleBadCode         Rule = "bad-code"
	RuleBadPrefix       Rule = "bad-prefix"
	RuleBadIRI          Rule = "bad-iri"
	RuleBadLanguage     Rule = "bad-language"
	RuleBadFrequency    Rule = "bad-frequency"
	RuleBadDate         Rule = "bad-date"
	RuleUnknownStatus   Rule = "unknown-status"
	RuleUnclearLicense  Rule = "unclear-license"
	RuleBadEvidenceCode Rule = "bad-evidence-code"

	RuleUnknownPrefix     Rule = "unknown-prefix"
	RuleUnknownSourceKind Rule = "unknown-source-kind"
	RuleUnknownType       Rule = "unknown-type"
	RuleUnknownKind       Rule = "unknown-kind"
	RuleUnknownScope      Rule = "unknown-scope"
	RuleUnknownMatch      Rule = "unknown-match"
	RuleUnknownPredicate  Rule = "unknown-predicate"
	RuleUnknownModality   Rule = "unknown-modality"
	RuleUnknownWord       Rule = "unknown-word"
	RuleMappingStatement  Rule = "mapping-statement"
	RuleObjectOrValue     Rule = "object-or-value"
	RuleWrongDomain       Rule = "wrong-domain"
	RuleWrongRange        Rule = "wrong-range"
	RuleDifferentKinds    Rule = "different-kinds"
	RuleWrongStage        Rule = "wrong-stage"
	RuleUnclearStance     Rule = "unclear-stance"
	RuleUnknownRule       Rule = "unknown-rule"
	RuleUnscaledUrgency   Rule = "unscaled-urgency"

	RuleDanglingReference Rule = "dangling-reference"
	RuleNoTriple          Rule = "no-triple"
	RuleWrongSection      Rule = "wrong-section"

	RuleDuplicateDataset   Rule = "duplicate-dataset"
	RuleDuplicateID        Rule = "duplicate-id"
	RuleDuplicateWord      Rule = "duplicate-word"
	RuleDuplicateEntry     Rule = "duplicate-entry"
	RuleDuplicateStatement Rule = "duplicate-statement"
	RuleTwoTriples         Rule = "two-triples"
	RuleSharedCode         Rule = "shared-code"
	RuleSharedLabel        Rule = "shared-label"
	RuleDeniedMatch        Rule = "denied-match"
	RuleMatchKinds         Rule = "match-kinds"
	RuleMatchVocabulary    Rule = "match-vocabulary"
	RuleMatchDataset       Rule = "match-dataset"
	RuleMatchTogether      Rule = "match-together"
	RuleMatchCircle        Rule = "match-circle"

	RuleCircularType      Rule = "circular-type"
	RuleHierarchyCircle   Rule = "hierarchy-circle"
	RuleReplacementCircle Rule = "replacement-circle"
	RuleSupersededClaim   Rule = "superseded-claim"
	RuleDeprecatedConcept Rule = "deprecated-concept"

	RuleLicenseConflict     Rule = "license-conflict"
	RuleMissingDataset      Rule = "missing-dataset"
	RuleLostHedge           Rule = "lost-hedge"
	RuleZeroFrequency       Rule = "zero-frequency"
	RuleRecordWord          Rule = "record-word"
	RuleTurnedRow           Rule = "turned-row"
	RuleUntracedNumber      Rule = "untraced-number"
	RuleOrphanConcept       Rule = "orphan-concept"
	RuleSymptomWithoutCause Rule = "symptom-without-cause"
	RuleUnfilled            Rule = "unfilled"
	RuleUnconfirmed         Rule = "unconfirmed"
	RuleMangledValue        Rule = "mangled-value"
	RuleUnusedAcceptance    Rule = "unused-acceptance"

	RuleUnnamedText  Rule = "unnamed-text"
	RuleNoSentence   Rule = "no-sentence"
	RuleOtherWords   Rule = "other-words"
	RuleTextSaysMore Rule = "text-says-more"
	RuleTextSaysLess Rule = "text-says-less"
)

// ruleTable says of each rule where it belongs, what it means for the data,
// and why it is there. Every rule has an example, too: the file of its name in
// the folder examples.
var ruleTable = [...]struct {
	rule     Rule
	layer    Layer
	severity Severity
	why      string
}{
	{RuleFileSize, LayerSyntax, Error, "A file of YAML is written by hand and may have 8 MiB; larger data belongs in tables or N-Quads, which are read line by line, each line of a table with up to 1 MiB."},
	{RuleEncoding, LayerSyntax, Error, "A seed file is UTF-8 text without control characters, so that it looks the same to everyone who reviews it."},
	{RuleSyntax, LayerSyntax, Error, "A file has the syntax of its format, which its name ends in; after a fault in YAML or JSON the rest of the file is not read, so other problems show once it is mended."},
	{RuleNesting, LayerSyntax, Error, "The format is six levels deep and its mappings are short; a file that nests far deeper, or has thousands of keys or brackets in one place, is not of this format and could exhaust the parser."},
	{RuleAnchor, LayerSyntax, Error, "Anchors, aliases and merge keys are refused: a short file could unfold into an endless one, and a diff would not show what changes. Use defaults."},
	{RuleTag, LayerSyntax, Error, "YAML tags are refused: every key has one type, which the format fixes."},
	{RuleSeveralDocuments, LayerSyntax, Error, "A file holds one YAML document; write a second one into a second file."},
	{RuleQuads, LayerSyntax, Error, "A line of an N-Quads file is one quad (https://www.w3.org/TR/n-quads/), and of N-Triples a triple."},
	{RuleRemoteContext, LayerSyntax, Error, "JSON-LD holds its own @context: what a file says must not depend on what the network answers that day, so nothing is loaded."},
	{RuleWrongContent, LayerSyntax, Error, "A file holds what its name says, and not a page that tells of an error, a pointer of version control, or another format: a parser could only say at which character it gave up."},
	{RuleEmptyFile, LayerSyntax, Warning, "A file without content is mostly one that was not copied or downloaded to its end."},
	{RuleCutOff, LayerSyntax, Error, "A compressed file must be whole, and one whose name ends in .gz compressed; copy or download it again."},
	{RuleTooManyProblems, LayerSyntax, Error, "After 1,000 problems the rest of a file is not listed; they mostly have one reason."},
	{RuleDuplicateKey, LayerSyntax, Error, "A key stands once in a mapping, else one of its values would be lost without a word."},

	{RuleUnknownKey, LayerShape, Error, "Only the keys of the format are known; an unknown one is mostly a slip, and its value would be lost."},
	{RuleWrongShape, LayerShape, Error, "Every key has one shape: a text, a number, true or false, a list, or a mapping."},
	{RuleEmptyValue, LayerShape, Error, "A key has a value; leave the key out where nothing is stated. Only a default is cancelled by \"\"."},
	{RuleMissingKey, LayerShape, Error, "Some keys cannot be left out: a thing without an id or a name cannot be found, a statement without source and locator cannot be checked. A row of a table is its own place in its data set."},
	{RuleEitherKey, LayerShape, Error, "Keys that say the same in two ways, or contradict each other, exclude each other: name and names, description and descriptions, object and value; of a predicate, text and what only concepts have, symmetric and inverse."},
	{RuleBadID, LayerShape, Error, "An id is a slug (lower-case letters and digits, in words joined by single hyphens) or a CURIE of a known prefix, written as Plexus writes it, so that one thing has one id; ids of the form st-… belong to statements."},
	{RuleBadWord, LayerShape, Error, "A predicate or type that a data set declares has a CURIE as id, so that nobody else's means something different by it; the name of a predicate is one word of letters and digits, as it is written in statements."},
	{RuleBadCode, LayerShape, Error, "A code is a CURIE, prefix:local, such as DOID:12506."},
	{RuleBadPrefix, LayerShape, Error, "A prefix begins with a letter, stands for one namespace that is a full IRI, and means the same in all data that is read together."},
	{RuleBadIRI, LayerShape, Error, "A URL is written in full and without spaces, beginning with http:// or https://."},
	{RuleBadLanguage, LayerShape, Error, "A language is a BCP 47 tag: en, de, pt-BR."},
	{RuleBadDate, LayerShape, Error, "A date is a year, a month or a day: 2026, 2026-11 or 2026-11-30."},
	{RuleUnknownStatus, LayerShape, Error, "The status of a source is current, preprint, superseded or retracted."},
	{RuleUnclearLicense, LayerShape, Warning, "Which licenses go together, and whether data may be shared at all, is told by identifiers of SPDX or by the addresses of licenses. What \"free to use\" allows, nobody can tell."},
	{RuleBadFrequency, LayerShape, Error, "frequency is what the source writes, and numbers in it can be: 7/12, not 12/7. frequencyValue is the source's own number where its words do not say it, as a share between 0 and 1, and does not contradict them."},
	{RuleBadEvidenceCode, LayerShape, Error, "An evidence code is a term of the Evidence and Conclusion Ontology: ECO: and seven digits."},

	{RuleUnknownPrefix, LayerVocabulary, Error, "The prefix of a code must be known, else nobody can tell which vocabulary is meant; add it under prefixes."},
	{RuleUnknownSourceKind, LayerVocabulary, Error, "A source is of the kind data or curator; articles have a list of their own."},
	{RuleUnknownType, LayerVocabulary, Error, "A type is a class that makes a kind, as the documentation of graph.Classes lists them, or one that a data set declares under types."},
	{RuleUnknownKind, LayerVocabulary, Error, "Domain and range of a predicate name kinds (Condition, Test), or types for the kinds that they make."},
	{RuleUnknownScope, LayerVocabulary, Error, "The scope of a synonym is one of the OBO scopes: exact, related, narrow, broad, lay."},
	{RuleUnknownMatch, LayerVocabulary, Error, "The match of a code is a SKOS mapping relation: exact, close, broad, narrow, related."},
	{RuleUnknownPredicate, LayerVocabulary, Error, "A predicate is one that Plexus knows, by name or CURIE, or one that a data set declares under predicates, with its meaning."},
	{RuleUnknownModality, LayerVocabulary, Error, "The modality says how the source commits itself: asserted, possible, suspected, recommended, discouraged. An urgencyLevel is one of emergency, urgent, soon, routine, self-care. not-stated cancels a default."},
	{RuleUnknownWord, LayerVocabulary, Warning, "In RDF any IRI may be a predicate or a class, so a slip in a word of Plexus, or in one of schema.org that is read here, would be kept as something else without a word."},
	{RuleMappingStatement, LayerVocabulary, Error, "A match with another vocabulary is a code of the concept, not a statement."},
	{RuleObjectOrValue, LayerVocabulary, Error, "A predicate joins two concepts (object), or gives a concept a text (value); never both."},
	{RuleWrongDomain, LayerVocabulary, Error, "The subject has a kind that the predicate allows."},
	{RuleWrongRange, LayerVocabulary, Error, "The object has a kind that the predicate allows."},
	{RuleDifferentKinds, LayerVocabulary, Error, "Subject and object of this predicate share a kind: a test includes tests, a treatment is broader than treatments."},
	{RuleWrongStage, LayerVocabulary, Error, "The stage of a statement is a concept of kind Stage."},
	{RuleUnclearStance, LayerVocabulary, Error, "A statement offers or warns, and nobody may have to guess which: what is advised against is advisedAgainstIn, a caution is not recommended, and a claim is denied or discouraged, not both."},
	{RuleZeroFrequency, LayerVocabulary, Warning, "A statement of RDF or a table whose frequency is zero (0/12, 0 %, never, HP:0040285, has_count 0 of has_total 12) says that nobody had it: it is read as a denial. YAML has to say negated."},
	{RuleRecordWord, LayerVocabulary, Warning, "What a record says of its statement in words of the Biolink Model, OWL or PROV can make the claim another one: deprecated or invalidated, predicted, not approved, of an aspect or a decrease of the object. Told as it stands it would say more than its source. In RDF a record can also contradict itself: a caution that is recommended."},
	{RuleTurnedRow, LayerVocabulary, Warning, "A row of a table whose subject and object fit its predicate only the other way round, one being a treatment or test and the other not, is read the other way round, as in RDF. YAML has to say it the right way."},
	{RuleUnknownRule, LayerVocabulary, Error, "What a data set accepts is a warning, by the name of its rule: an error says that the data cannot be loaded, and stays one."},
	{RuleUnscaledUrgency, LayerVocabulary, Error, "A level of urgency is a grade of a scale that the source defines, which urgencyScale names. Where the source defines none, its words stand under urgency, and the level is a judgement: a statement whose source is the curator."},

	{RuleDanglingReference, LayerReferences, Error, "A reference names something that is declared in the data read together."},
	{RuleNoTriple, LayerReferences, Error, "In RDF the qualifiers of a statement belong to the label of one triple, or to an rdf:Statement with rdf:subject, rdf:predicate and rdf:object; without a triple they qualify nothing."},
	{RuleWrongSection, LayerReferences, Error, "The section of a statement is one of its article; a data set has no sections, a curator may point into any article."},

	{RuleDuplicateDataset, LayerIdentity, Error, "A folder holds one data set."},
	{RuleDuplicateID, LayerIdentity, Error, "Concepts, sources, articles, sections and statements share one space of ids; each id names one thing."},
	{RuleDuplicateWord, LayerIdentity, Error, "Each word names one predicate, in one direction, or one type: those that Plexus knows, then those that data sets declare. A second meaning would turn statements into something else."},
	{RuleDuplicateEntry, LayerIdentity, Error, "An entry stands once in its list."},
	{RuleDuplicateStatement, LayerIdentity, Error, "Two statements with the same subject, predicate, object, source, negation and limits (stage, context, population and the like) would have one id; a key tells them apart. Modality and frequency are no part of it."},
	{RuleTwoTriples, LayerIdentity, Error, "In RDF a statement is one triple: a label or rdf:Statement that has qualifiers stands for one, since nobody could tell which of several they qualify."},
	{RuleSharedCode, LayerIdentity, Warning, "An exact code means one concept: shared by two, it finds neither. If they are not the same, one of them has it by a looser match."},
	{RuleSharedLabel, LayerIdentity, Warning, "A name or exact synonym that two concepts of a kind share does not tell readers which of them is meant: they are one concept, or one of them needs another name."},
	{RuleDeniedMatch, LayerIdentity, Warning, "What one source matches exactly and another says is not the same is not one thing: the match is not followed."},
	{RuleMatchKinds, LayerIdentity, Warning, "One thing has a kind: a drug and a disease are not the same, whatever a mapping says. A condition, a symptom and a cause may be, if a match between their own ids says so."},
	{RuleMatchVocabulary, LayerIdentity, Warning, "A vocabulary has one id for one thing, so a thing with two of them has one too many: of such matches those that fewer sources state, or with another name, are not followed; of equal ones, none."},
	{RuleMatchTogether, LayerIdentity, Warning, "A statement that holds only of two concepts together (with), or by which one causes the other or is broader, takes them to be two: a match by which they would be one is not followed."},
	{RuleMatchCircle, LayerIdentity, Warning, "With two concepts as one, a more general one would be more special than itself: of the matches that would make it so, the one with the weakest evidence is not followed."},
	{RuleMatchDataset, LayerIdentity, Warning, "Who describes two things under ids of their own says that they are two: a match by which they would be one is not followed."},

	{RuleCircularType, LayerHierarchy, Error, "A type cannot be a special case of itself, over any number of superclasses: its concepts would be of no kind."},
	{RuleHierarchyCircle, LayerHierarchy, Warning, "Something that is broader than itself makes \"narrower than\" say nothing: one of the statements of the circle is the wrong way round."},

	{RuleReplacementCircle, LayerHierarchy, Error, "What takes the place of something does not have its own place taken by that, be it a statement, a concept or a source: nothing would be left that counts."},
	{RuleSupersededClaim, LayerHierarchy, Warning, "A statement takes the place of one that makes the same claim, of the same source or of one that the source supersedes; what another claim or another source supersedes counts no more all the same, so that a caution may go without a reason."},
	{RuleDeprecatedConcept, LayerHierarchy, Warning, "Whoever describes a deprecated concept says not to use it any more: a statement that counts names what has taken its place."},

	{RuleMissingDataset, LayerCompleteness, Error, "Concepts belong to a data set, which says who describes them under which licence: one dataset block in their folder or one above it, unless they name their sources. Statements in a table need it too, if they name no source."},
	{RuleLicenseConflict, LayerCompleteness, Warning, "What is made of two data sets has to meet the licenses of both: some demand themselves for the whole (share-alike), or forbid commercial use or any change, and then nobody may share it. Who has leave of an owner accepts the warning, and says so."},
	{RuleLostHedge, LayerCompleteness, Warning, "What causes, treats, prevents or shows something is mostly said with a hedge (may, is believed to); a statement of it without modality has perhaps lost it. Where the source commits itself to nothing, write modality: not-stated."},
	{RuleUntracedNumber, LayerCompleteness, Warning, "A number is the source's own, never an estimate of the curator's: it needs a source other than a curator, and a place in it."},
	{RuleOrphanConcept, LayerCompleteness, Warning, "A concept that no statement joins and no section mentions is found by nobody who walks the graph."},
	{RuleSymptomWithoutCause, LayerCompleteness, Warning, "Readers walk from a symptom to what may be behind it: a cause, a condition whose sign it is, or one that it may indicate. Where the source names none, the warning is right and stays."},
	{RuleUnfilled, LayerCompleteness, Warning, "A file that plexus new has written says TODO, or todo- in an id, wherever something is to be filled in."},
	{RuleUnconfirmed, LayerCompleteness, Error, "What plexus annotate proposes of a text, nobody has read: it has a todo, and with one nothing is served, built or exported. Whoever has read the statement against its source writes confirmed, with name and day, in place of it."},
	{RuleMangledValue, LayerCompleteness, Warning, "Excel makes numbers and dates of ids and names (1.23E+17, 1-Mar), pandas fractions of whole numbers (95666008.0), and both write words for what is not there (#N/A, NaN, None). Such a word in a table is no value; what else was lost, only the source knows."},
	{RuleUnusedAcceptance, LayerCompleteness, Warning, "An accepted warning that is not given any more would hide the next one of its rule about the same thing."},

	{RuleUnnamedText, LayerText, Error, "The text of an article stays with its owner. The article has its SHA-256 as version, so that a statement is compared with the text that its writer has read, and no other."},
	{RuleNoSentence, LayerText, Error, "A locator such as L3.S2 names the second sentence that begins in line 3, so that whoever doubts a statement finds it. One that leads nowhere, or into another section than the statement names, proves nothing."},
	{RuleOtherWords, LayerText, Error, "How often, when, for whom and by whom is said in the words of the source, and they stand in the sentence. Where they are a reader's own, the statement says paraphrase: true."},
	{RuleTextSaysMore, LayerText, Warning, "A statement that drops the hedge, the denial or the number of its sentence says more than its source, or something else. Where the words are about something else, the warning is wrong: accept it, or ignore it."},
	{RuleTextSaysLess, LayerText, Warning, "A hedge or a denial that no word of the sentence says, and a statement of which the sentence names neither end, are mostly those of another sentence. Where the sentence says it in words that are not known, write paraphrase: true."},
}

// Rules returns all rules, layer by layer.
func Rules() []Rule {
	all := make([]Rule, len(ruleTable))
	for i := range ruleTable {
		all[i] = ruleTable[i].rule
	}
	return all
}

// warningRules returns the names of the rules that only warn.
func warningRules() (names []string) {
	for i := range ruleTable {
		if ruleTable[i].severity == Warning {
			names = append(names, string(ruleTable[i].rule))
		}
	}
	return names
}

// Severity returns what breaking the rule means for the data.
func (r Rule) Severity() Severity {
	for i := range ruleTable {
		if ruleTable[i].rule == r {
			return ruleTable[i].severity
		}
	}
	return Error
}

func (r Rule) layer() Layer {
	e, _ := Explain(r)
	return e.Layer
}
