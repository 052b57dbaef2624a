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
	Kinds  []graph.Kind
	Window graph.Window
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
	// (graph.Predicate.Text); Match.Predicate says under which.
	Value

	fields = Value // in the index, values stand among the descriptions
)

// String returns the name of the field: Name, Synonym, …
func (f Field) String() string {
	names := [...]string{"Name", "Synonym", "Code", "RelatedLabel", "Description", "Value"}
	if int(f) < len(names) {
		return names[f]
	}
	return fmt.Sprintf("Field(%d)", uint8(f))
}

// MatchKind says how a text matches. The order of the constants is the order
// of hits.
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

// row is the place of a match in the table of the package comment: the hits of
// a row come before those of the next.
type row uint8

const (
	exactRow  row = 0
	prefixRow     = exactRow + 4 // of names, synonyms, codes, related labels
	wordsRow      = prefixRow + 4
	partsRow      = wordsRow + 3 // of names, synonyms, related labels
	typoRow       = partsRow + 3
	lastRow       = typoRow + 3*MaxEdits // descriptions and values
	rows          = lastRow + 1
)

// rowOf returns the row of a match.
func rowOf(k MatchKind, f Field, edits int) row {
	named := row(f) // among the fields that have words
	if f == RelatedLabel {
		named--
	}
	switch k {
	case Exact:
		return exactRow + row(f)
	case Prefix:
		return prefixRow + row(f)
	case Words:
		return wordsRow + named
	case Parts:
		return partsRow + named
	case Typo:
		return typoRow + row(3*(edits-1)) + named
	default:
		return lastRow
	}
}

// kind returns the kind of match of a row.
func (r row) kind() MatchKind {
	switch {
	case r < prefixRow:
		return Exact
	case r < wordsRow:
		return Prefix
	case r < partsRow:
		return Words
	case r < typoRow:
		return Parts
	case r < lastRow:
		return Typo
	default:
		return DescriptionWords
	}
}
