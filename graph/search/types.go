package search

import (
	"fmt"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// Query asks which concepts a text finds.
type Query struct {
	// Text is what was typed: at most MaxText characters and MaxWords words.
	Text string
	// Kinds keeps concepts with one of these among the kinds of their types; nil
	// keeps all, an empty list none.
	Kinds []graph.Kind
	// Deprecated finds concepts that should not be used any more, too. An index that
	// was built before it knew of them finds them always.
	Deprecated bool
	// Languages are those in which a match is told, the best first, where several
	// texts of a concept match in the same way. What is found, and in which order,
	// does not depend on them.
	Languages graph.Languages
	Window    graph.Window
	// Uncounted leaves Kinds of the result empty, and lets Total end at one more
	// than the window reaches from its start: enough to know whether anything
	// follows, and where the search may end.
	Uncounted bool
	// Unexplained leaves the hits without score and match.
	Unexplained bool
}

// The bounds of a text that can be searched for.
const (
	MaxText  = 256 // Unicode code points
	MaxWords = 32
	// MaxCompletions bounds how many completions one call gives.
	MaxCompletions = 100
)

// The edit distances within which a word counts as a misspelling of another.
// One edit inserts, drops or changes a letter or exchanges two neighbours.
const (
	// OneEditFrom letters on, a typed word may be one edit away.
	OneEditFrom = 4
	// TwoEditsFrom letters on, a typed word may be two edits away.
	TwoEditsFrom = 8
	// MaxEdits bounds the edits of all words together.
	MaxEdits = 4
	// PartFrom letters on, a typed word is also found within a longer one.
	PartFrom = 4
)

// Result is the answer of Search. It is overwritten by each call and keeps its
// memory.
type Result struct {
	// Hits is the page, best first, each concept at most once.
	Hits []Hit
	// Total counts the hits of the whole list, after Query.Kinds; see
	// Query.Uncounted.
	Total int
	// Kinds counts all that the text finds by each kind, in the order of kinds,
	// kinds without a hit left out; a concept of several kinds counts in each.
	// Query.Kinds does not limit it: it says what another choice would find.
	Kinds []graph.KindCount
}

// Completion is the answer of Complete. It is overwritten by each call and
// keeps its memory.
type Completion struct {
	Hits []Hit // best first, each concept at most once
}

// Hit is a concept that was found, and why.
type Hit struct {
	Concept graph.Ref
	// Score falls, or stays, along the list, from 1 towards 0; the package comment
	// says what it is made of. It says how closely the text matches, never how
	// likely or important a concept is.
	Score float64
	Match Match
}

// Match is the best reason for a hit: one text of the concept.
type Match struct {
	Field Field
	Kind  MatchKind
	// Text is the whole text as its source writes it, Language its BCP 47 tag,
	// empty where the source gives none.
	Text     string
	Language string
	// Scope is how close a synonym is, Mapping how close a code, where the source
	// says so.
	Scope   graph.Scope
	Mapping graph.Match
	// Predicate is what a Value is a value of, in the version of the index.
	Predicate graph.PredicateRef
	// Edits is the edit distance in all, for a Typo.
	Edits int
	// Ranges are the parts of Text that matched, in order, without overlap.
	Ranges []Range
}

// String describes a match for people: exact synonym "facial spasm".
func (m Match) String() string {
	kind := m.Kind
	if kind == DescriptionWords {
		kind = Words
	}
	return fmt.Sprintf("%s %s %q", strings.ToLower(kind.String()), strings.ToLower(m.Field.String()), m.Text)
}

// Range is a half-open range of a text in UTF-16 code units: what JavaScript's
// String.prototype.slice takes.
type Range struct{ Start, End int }

// Field says what a text is to its concept. The order of the constants is the
// order in which fields are preferred.
type Field uint8

// The fields.
const (
	Name    Field = iota // a preferred name, in any language
	Synonym              // another name
	Code                 // the id, or a code in another vocabulary
	RelatedLabel
	Description
	// Value is a text that the concept has under a predicate for texts
	// (graph.Predicate.Text); Match.Predicate says under which. In the index, values
	// stand among the descriptions.
	Value

	fields = Value // how many fields the index knows
)

// String returns the name of the field: Name, Synonym, …
func (f Field) String() string {
	names := [...]string{"Name", "Synonym", "Code", "RelatedLabel", "Description", "Value"}
	if int(f) < len(names) {
		return names[f]
	}
	return fmt.Sprintf("Field(%d)", uint8(f))
}

// MatchKind says how a text matches; the package comment says in which order.
type MatchKind uint8

// The kinds of match; the package comment defines them.
const (
	Exact MatchKind = iota
	Prefix
	Words
	Parts
	Typo
	DescriptionWords
)

// String returns the name of the kind of match: Exact, Prefix, …
func (k MatchKind) String() string {
	names := [...]string{"Exact", "Prefix", "Words", "Parts", "Typo", "DescriptionWords"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("MatchKind(%d)", uint8(k))
}

// tier is the place of a match in the table of the package comment: the hits of
// a tier come before those of the next.
type tier uint8

const (
	exactTier       tier                    = iota // it is the text, spelled as it was typed
	formTier                                       // it is the text in another form: another ending, written apart, together or in other letters
	beginTier                                      // its words begin the text
	goesOnTier                                     // it is several words, being typed, that begin the text and end within a word
	wordsTier                                      // its words are in the text
	cutTier                                        // it begins the text, and ends within a word
	partsTier                                      // its words are in the text, some within longer ones
	typoTier                                       // for each number of edits: the whole text, or words in it
	begunTypoTier   = typoTier + 2*MaxEdits        // the same where the last word is but begun
	descriptionTier = begunTypoTier + 2*MaxEdits
	tiers           = descriptionTier + 1
)

// kind returns the kind of match of a tier.
func (t tier) kind() MatchKind {
	switch {
	case t <= formTier:
		return Exact
	case t == beginTier, t == goesOnTier, t == cutTier:
		return Prefix
	case t == wordsTier:
		return Words
	case t == partsTier:
		return Parts
	case t < descriptionTier:
		return Typo
	default:
		return DescriptionWords
	}
}

// edits returns how many edits the matches of a tier have.
func (t tier) edits() int {
	if t.kind() != Typo {
		return 0
	}
	return int(t-typoTier)%(2*MaxEdits)/2 + 1
}

// shelf is a group of entries that stand together: those of one field, of concepts
// and texts that come before or after others in every tier.
//
//	4·group + field, groups in the order in which they are preferred
//	the last one     descriptions and values
type shelf uint8

const (
	groups    = 4 // see collector.group
	lastShelf = shelf(groups * Description)
	shelves   = lastShelf + 1
)

// field returns what the texts of a shelf are.
func (s shelf) field() Field {
	if s == lastShelf {
		return Description
	}
	return Field(s) % Description
}
