package graph

import (
	"cmp"
	"slices"
)

// Concept is a thing with an id. Everything here is a property of it, said
// without a statement of its own; what sources claim about it are Statements.
//
// The names in JSON are those by which members are kept in quads.
type Concept struct {
	ID ID `json:"id,omitempty"`
	// IRI is the full form. [Dataset.Normalize] fills it from the id where it is
	// empty; it differs from Prefixes.Expand(ID) only in foreign data.
	IRI string `json:"iri,omitempty"`
	// Types are the classes, as CURIEs. The first that makes a kind by name decides
	// the kind under which the concept is shown, all of them decide in which lists
	// it stands. [Dataset.Normalize] adds the superclasses of declared types.
	Types []ID `json:"types,omitempty"`
	// Names are the preferred names, at most one a language. The first is the
	// name that is shown and sorted by: without a language, else English, else
	// the first by language tag.
	Names        []Text    `json:"names,omitempty"`
	Descriptions []Text    `json:"descriptions,omitempty"`
	Synonyms     []Synonym `json:"synonyms,omitempty"`
	Codes        []Code    `json:"codes,omitempty"`
	// Note is a remark of the curator on this concept: why a code was left out,
	// what the source does not say.
	Note string `json:"note,omitempty"`
	// Sections are the sections of articles that mention the concept.
	Sections []ID `json:"sections,omitempty"`
	// Sources are the data sets that describe it.
	Sources []ID `json:"sources,omitempty"`
	// Deprecated marks one that should not be used any more; ReplacedBy is the
	// concept that takes its place, where one does.
	Deprecated bool `json:"deprecated,omitempty"`
	ReplacedBy ID   `json:"replacedBy,omitempty"`
	// FormerIDs are the ids that it had before, by which it is still found.
	FormerIDs []ID `json:"formerIds,omitempty"`
	// Properties are the further values that its sources give and no field here
	// has a place for.
	Properties []Property `json:"properties,omitempty"`
	// Members are what is one in this concept, each as it was written: the concepts
	// that were joined into it, and, where several data sets describe one concept,
	// what each of them says of it. There are none where the concept is as written.
	// Those of the concept's own id come first.
	Members []Concept `json:"members,omitempty"`
	// NotJoined are the concepts that a source matches exactly with this one, and
	// that are kept apart from it; filled when data is joined.
	NotJoined []NotJoined `json:"notJoined,omitempty"`
}

// NotJoined is an exact match that joins nothing.
type NotJoined struct {
	// ID is that of the other concept, as it was written.
	ID     ID          `json:"id,omitempty"`
	Reason JoinRefusal `json:"reason,omitempty"`
}

// JoinRefusal is why two concepts are kept apart that a source matches exactly.
type JoinRefusal string

// The reasons.
const (
	// RefusedDenied: a source states that they are not the same.
	RefusedDenied JoinRefusal = "denied"
	// RefusedTogether: a statement holds only of both together, or joins them as two: one
	// causes the other, or is broader.
	RefusedTogether JoinRefusal = "together"
	// RefusedKinds: they have no kind in common. Conditions, symptoms and causes may
	// be the same if a match between their own ids says so.
	RefusedKinds JoinRefusal = "kinds"
	// RefusedOneVocabulary: they, or what is the same as they, have two ids of one
	// vocabulary, in which every thing has one.
	RefusedOneVocabulary JoinRefusal = "one-vocabulary"
	// RefusedOneDataset: one data set describes both, or what is the same as they, as
	// its own.
	RefusedOneDataset JoinRefusal = "one-dataset"
	// RefusedCircle: with them as one, the hierarchy would run in a circle.
	RefusedCircle JoinRefusal = "circle"
	// RefusedLimited: the source limits the match, doubts it, or remarks on it.
	RefusedLimited JoinRefusal = "limited"
)

// JoinRefusals lists the reasons.
func JoinRefusals() []JoinRefusal {
	return []JoinRefusal{RefusedDenied, RefusedTogether, RefusedKinds, RefusedOneVocabulary, RefusedOneDataset, RefusedCircle, RefusedLimited}
}

// CompareNotJoined is the order of what is not joined: by id, then reason.
func CompareNotJoined(a, b NotJoined) int {
	return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Reason, b.Reason))
}

// Kind returns the kind of the first type that makes one, or OtherConcept
// without any.
func (c *Concept) Kind() Kind {
	for _, class := range c.Types {
		if k, known := kindOf(class); known {
			return k
		}
	}
	return OtherConcept
}

// Kinds returns the kinds of all types, that of Kind first, the rest in the
// order of kinds, each once.
func (c *Concept) Kinds() []Kind { return KindsOf(nil, c.Types) }

// HasKind reports whether one of the types makes the kind.
func (c *Concept) HasKind(k Kind) bool { return slices.Contains(c.Kinds(), k) }

// Name returns the name that is shown: the first of Names, or the id.
func (c *Concept) Name() string {
	if len(c.Names) == 0 {
		return string(c.ID)
	}
	return c.Names[0].Text
}

// KindsOf appends to dst the kinds that a concept of these classes has: first
// that of the first class that makes one by name, the rest in the order of
// kinds, each once; OtherConcept where no class makes one.
func KindsOf(dst []Kind, classes []ID) []Kind {
	start := len(dst)
	for _, class := range classes {
		if k, known := kindOf(class); known && !slices.Contains(dst[start:], k) {
			dst = append(dst, k)
		}
	}
	if len(dst) == start {
		return append(dst, OtherConcept)
	}
	slices.Sort(dst[start+1:])
	return dst
}

// Text is a text with its language as a BCP 47 tag, empty where the source
// gives none.
type Text struct {
	Text     string `json:"text,omitempty"`
	Language string `json:"language,omitempty"`
}

// Synonym is another name of a concept.
type Synonym struct {
	Text     string `json:"text,omitempty"`
	Language string `json:"language,omitempty"`
	// Scope says how close the synonym is, where its source says so.
	Scope Scope `json:"scope,omitempty"`
	// Via names the vocabulary it was read in (DO, HPO), empty for the text
	// itself.
	Via string `json:"via,omitempty"`
}

// Scope is how close a synonym is to the concept, in the words of the OBO
// synonym scopes (http://purl.obolibrary.org/obo/oio.owl); lay is OBO's
// layperson synonym type.
type Scope string

// The scopes. ScopeNotStated is the absence of a word, not a judgement.
const (
	ScopeNotStated Scope = ""
	ScopeExact     Scope = "exact"
	ScopeRelated   Scope = "related"
	ScopeNarrow    Scope = "narrow"
	ScopeBroad     Scope = "broad"
	ScopeLay       Scope = "lay"
)

// Scopes lists the scopes that can be stated.
func Scopes() []Scope {
	return []Scope{ScopeExact, ScopeRelated, ScopeNarrow, ScopeBroad, ScopeLay}
}

// Code is the concept's counterpart in another vocabulary.
type Code struct {
	// Code is a CURIE: DOID:12506.
	Code ID `json:"code,omitempty"`
	// Match is the SKOS mapping relation, where the source states one; a bare
	// cross reference states none.
	Match Match `json:"match,omitempty"`
	// Label is the name the code has there, as it was read there; empty where it
	// was not read.
	Label string `json:"label,omitempty"`
	// Via names the vocabularies in whose mapping the code was read (DO, Mondo),
	// empty for the vocabulary of the code itself.
	Via string `json:"via,omitempty"`
}

// Match is a SKOS mapping relation
// (https://www.w3.org/TR/skos-reference/#mapping).
type Match string

// The mapping relations. MatchNotStated is a cross reference without one.
const (
	MatchNotStated Match = ""
	MatchExact     Match = "exact"
	MatchClose     Match = "close"
	MatchBroad     Match = "broad"
	MatchNarrow    Match = "narrow"
	MatchRelated   Match = "related"
)

// Matches lists the mapping relations that can be stated, closest first.
func Matches() []Match {
	return []Match{MatchExact, MatchClose, MatchBroad, MatchNarrow, MatchRelated}
}

// Property is a value that a source gives for a concept or for the record of
// a statement, under a predicate that has no place of its own.
type Property struct {
	Predicate ID    `json:"predicate,omitempty"`
	Value     Value `json:"value"`
}

// Value is a literal, or the name of a resource that is no concept here.
type Value struct {
	Text     string `json:"text,omitempty"`
	Language string `json:"language,omitempty"`
	// Datatype is the CURIE of an XML Schema type, empty for a plain string;
	// [AnyURI] marks Text as an IRI.
	Datatype ID `json:"datatype,omitempty"`
}

// AnyURI is the datatype of a value that names a resource.
const AnyURI ID = "xsd:anyURI"
