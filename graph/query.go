package graph

import "fmt"

// Window is a page of a list, as Relay's four arguments cut it
// (https://relay.dev/graphql/connections.htm#sec-Pagination-algorithm): first
// the positions after After and before Before, of those the first First, of
// those the last Last. The zero Window is the whole list.
type Window struct {
	After  *int // a position in the list, from 0
	Before *int
	First  *int
	Last   *int
}

// Range returns the half-open range of positions that the window leaves of a
// list of n. It is empty, never invalid, where nothing is left; a negative size
// counts as none ([Window.Check] refuses it).
func (w Window) Range(n int) (from, to int) {
	to = n
	if w.After != nil {
		from = min(max(*w.After, -1), n-1) + 1 // clamped first: After may be the largest int
	}
	if w.Before != nil {
		to = max(min(*w.Before, n), from)
	}
	if w.First != nil {
		to = min(to, from+min(max(*w.First, 0), n))
	}
	if w.Last != nil {
		from = max(from, to-max(*w.Last, 0))
	}
	return from, to
}

// Check returns ErrInvalid for a window of a negative size.
func (w Window) Check() error {
	for _, n := range []*int{w.First, w.Last} {
		if n != nil && *n < 0 {
			return fmt.Errorf("%w: a page of %d", ErrInvalid, *n)
		}
	}
	return nil
}

// ConceptQuery asks for a list of concepts.
type ConceptQuery struct {
	// Kinds keeps concepts with one of these among the kinds of their types; nil
	// keeps all.
	Kinds  []Kind
	Filter *ConceptFilter
	Window Window
}

// Direction says which way links are followed.
type Direction uint8

// The directions. Links of a symmetric predicate are outgoing from both ends,
// and found by every direction: what was stated from either end is one link. A
// concept linked with itself has, under Both, an outgoing and an incoming link
// to itself, or one if the predicate is symmetric.
const (
	Out Direction = iota
	In
	Both
)

// Order is the order of links.
type Order uint8

const (
	// ByName sorts by the other concept in default order, then by predicate
	// (its position in the summary), outgoing before incoming.
	ByName Order = iota
	// BySource sorts by the first of the link's statements that pass, then as
	// ByName does.
	BySource
	// ByFrequency puts first what is most frequent ([Frequency.Compare]), by the most
	// frequent of the link's statements that pass and are no denials, then sorts as
	// ByName does. No Reader knows it: package walk sorts.
	ByFrequency
)

// LinkQuery asks for links.
type LinkQuery struct {
	Direction Direction
	// Predicates keeps links of these predicates; nil keeps all.
	Predicates []PredicateRef
	// To keeps links with this other concept; NoRef keeps all.
	To Ref
	// Discouraging adds links of further predicates, with those statements alone
	// that advise against what they offer ([Discourages]). Direction and Predicates
	// do not bind them, all else does. A predicate that Predicates asks for is none
	// of them; a symmetric one is followed as outgoing, from both ends.
	Discouraging []Follow
	// Filter keeps the statements that pass, and the links that are left with
	// one. A link none of whose passing statements holds it ([Holding]) is left
	// out: by default, one that is only denied or advised against.
	Filter  *Filter
	Negated bool
	Order   Order
	Window  Window
}

// Check returns ErrInvalid for a question without meaning in a version.
func (q *LinkQuery) Check(s *Summary) error {
	if q.Direction > Both || q.Order > BySource {
		return fmt.Errorf("%w: direction %d, order %d", ErrInvalid, q.Direction, q.Order)
	}
	if err := q.Window.Check(); err != nil {
		return err
	}
	for _, f := range q.Discouraging {
		if err := s.checkPredicates(f.Predicate); err != nil {
			return err
		}
	}
	return s.checkPredicates(q.Predicates...)
}

// Check returns ErrInvalid for a question without meaning in a version.
func (q *PropertyQuery) Check(s *Summary) error {
	if err := q.Window.Check(); err != nil {
		return err
	}
	return s.checkPredicates(q.Predicates...)
}

// checkPredicates returns ErrInvalid for a predicate beyond the summary.
func (s *Summary) checkPredicates(wanted ...PredicateRef) error {
	for _, p := range wanted {
		if int(p) >= len(s.Predicates) {
			return fmt.Errorf("%w: predicate %d of %d", ErrInvalid, p, len(s.Predicates))
		}
	}
	return nil
}

// PropertyQuery asks for values. They are ordered by predicate (its position in
// the summary), then by value ([CompareValues]).
type PropertyQuery struct {
	// Predicates keeps values of these predicates; nil keeps all.
	Predicates []PredicateRef
	// Filter and Negated choose statements and values as in a LinkQuery. A value
	// that is also, or only, given without a statement is kept where Filter is
	// nil, whatever its statements deny; under a Filter only statements count.
	Filter  *Filter
	Negated bool
	Window  Window
}
