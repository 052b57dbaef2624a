package walk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// The bounds of a PathQuery, and what is taken where it says 0.
const (
	DefaultMaxLength = 4
	LongestMaxLength = 8
	LargestLongerBy  = 4
	// DefaultBudget is how many links a search may read. Data with 83,000 links,
	// each found from both ends, are read to the end for it; joining two of their
	// hubs takes less than a tenth.
	DefaultBudget = 200_000
	// MaxPaths is how many paths are put together and ordered.
	MaxPaths = 100_000
)

// PathQuery asks how two concepts are connected.
type PathQuery struct {
	From, To graph.Ref
	// MaxLength is the largest number of links in a path, up to
	// LongestMaxLength; 0 is DefaultMaxLength.
	MaxLength int
	// LongerBy asks also for paths that are longer than the shortest by up to so
	// many links (at most LargestLongerBy), within MaxLength. With 0, only the
	// shortest are found.
	LongerBy int
	// Predicates keeps to links of these; nil walks all.
	Predicates []graph.PredicateRef
	// Avoid lists concepts that no path may pass through.
	Avoid  []graph.Ref
	Window graph.Window
	// Budget is the number of links that may be read; 0 is DefaultBudget.
	Budget int
}

// PathPage is a page of the paths between two concepts.
type PathPage struct {
	// Paths are ordered by length, then by score, best first, then by the default
	// order of their concepts, one after the other.
	Paths []Path
	// Total is the number of all paths found.
	Total int
	// Length is that of the shortest path, 0 if there is none.
	Length int
	// Reason says why there is no path, or that there are some.
	Reason Reason
	// MaxLength is the largest number of links that a path could have.
	MaxLength int
	// Looked is the number of links that were read.
	Looked int
	// Complete is false where the budget or MaxPaths ended the search: then there
	// may be more paths, and better ones.
	Complete bool
}

// Path is a way from one concept to another that passes no concept twice.
type Path struct {
	Nodes []graph.Ref // from the first to the last
	Steps []Step      // between them: one less
	// Score says how much the path explains, as far as that can be read off the
	// graph: the product of degree^-0.4 over the concepts that it passes through,
	// where degree is their number of links. It is 1 where there is nothing in
	// between, and small for a path through a concept that is linked with
	// everything. It orders paths of one length; it is no probability.
	//
	// This is the path-degree product of Himmelstein et al. (Systematic
	// integration of biomedical knowledge prioritizes drugs for repurposing,
	// eLife 2017;6:e26726), with their exponent, over concepts and not over the
	// two ends of every link.
	Score float64
}

// Step is a pair of neighbours on a path, with every link between them that may
// be walked. Two predicates between the same two concepts are two reasons for
// one step, not two paths.
type Step struct {
	From, To graph.Ref
	// Links are by predicate, outgoing (From is the subject) before incoming. Via
	// is empty.
	Links []Link
}

// Reason says why there is no path.
type Reason uint8

// The reasons.
const (
	// Connected: there is at least one path.
	Connected Reason = iota
	// SameConcept: both ends are one concept, and no path leads back to where it
	// began.
	SameConcept
	// NoConcept: one of the ends is no concept of the graph.
	NoConcept
	// FromIsland and ToIsland: that end has no link that may be walked.
	FromIsland
	ToIsland
	// TooFar: no path is as short as was asked for; there may be a longer one.
	TooFar
	// Disconnected: there is no path of any length over what may be walked.
	Disconnected
	// OutOfBudget: the budget was used up before a path was found; there may be
	// one.
	OutOfBudget
	// OnlyAgainst: within the length asked for, every way over what is said has a
	// link that is only denied or advised against.
	OnlyAgainst
)

var reasonTexts = [...]string{
	Connected:    "connected",
	SameConcept:  "both ends are the same concept",
	NoConcept:    "one of the ends is no concept of this graph",
	FromIsland:   "the first concept is an island: it has no link that may be walked",
	ToIsland:     "the last concept is an island: it has no link that may be walked",
	TooFar:       "not connected within the length asked for",
	Disconnected: "not connected, whatever the length",
	OutOfBudget:  "the search ended before a path was found, because it may look at no more links",
	OnlyAgainst:  "only a denial or advice against it joins them",
}

// String says it in words.
func (r Reason) String() string {
	if int(r) < len(reasonTexts) {
		return reasonTexts[r]
	}
	return "unknown"
}

// WhyNone says in words why there is no path; nothing if there is one.
func (p *PathPage) WhyNone() string {
	switch p.Reason {
	case Connected:
		return ""
	case TooFar:
		return fmt.Sprintf("not connected within the length asked for, %d of at most %d", p.MaxLength, LongestMaxLength)
	default:
		return p.Reason.String()
	}
}

// Paths finds how two concepts are connected.
//
// A path goes over links between concepts, in either direction, never over
// sources, sections or values. What it may not do:
//
//   - walk a link that no statement holds ([graph.Holding]): one that is only
//     denied or advised against. Where only such a link is missing, the Reason is
//     OnlyAgainst;
//   - walk a link whose predicate is a word of others that sounds like a denial
//     ([graph.Predicate.IsWalked]), also if it is asked for;
//   - pass through a stage: "both happen early" connects everything. A concept
//     of kind Stage, by any of its types, may be an end only, and a link that
//     names a stage (schema:stage, kg:duringStage) is walked only where that
//     stage is an end;
//   - pass through what is to be avoided, or any concept twice.
//
// Mapping links (skos:exactMatch and the like) are links between concepts and
// count one each: real data know a disease under several ids, each with links
// of its own, and a path that left them out would miss most of what is known.
// Hierarchy counts in the same way. Predicates leaves out either.
//
// The search is breadth-first from both ends, always on the side that costs
// fewer links, a level at a time. It knows what a level costs before it reads
// it and does not begin one that the budget cannot pay; putting paths together
// may try ten links for each that the budget allows to be read. Both are the same
// every time.
//
// No path is no error: Reason says why. Errors are graph.ErrInvalid for bounds
// that are none, the context's, and those of the Reader.
func Paths(ctx context.Context, r graph.Reader, q PathQuery) (*PathPage, error) {
	if err := cmp.Or(ctx.Err(), q.Window.Check(), q.check()); err != nil {
		return nil, err
	}
	q.MaxLength = cmp.Or(q.MaxLength, DefaultMaxLength)
	q.Budget = cmp.Or(q.Budget, DefaultBudget)
	s := newSearch(r, q)
	if err := s.checkPredicates(ctx); err != nil {
		return nil, err
	}
	sum := r.Summary()
	switch {
	case sum.Class(q.From) != graph.ClassConcept, sum.Class(q.To) != graph.ClassConcept:
		return &PathPage{Reason: NoConcept, MaxLength: q.MaxLength, Complete: true}, nil
	case q.From == q.To:
		return &PathPage{Reason: SameConcept, MaxLength: q.MaxLength, Complete: true}, nil
	}
	reason, err := s.meet(ctx)
	if err != nil {
		return nil, err
	}
	found := &PathPage{Reason: reason, Looked: s.looked, Length: s.length, MaxLength: q.MaxLength, Complete: !s.exhausted}
	if reason != Connected {
		found.Complete = reason != OutOfBudget
		return found, nil
	}
	paths, err := s.assemble(ctx)
	if err != nil {
		return nil, err
	}
	found.Complete = !s.exhausted
	slices.SortFunc(paths, func(a, b Path) int {
		return cmp.Or(cmp.Compare(len(a.Nodes), len(b.Nodes)), cmp.Compare(b.Score, a.Score), slices.Compare(a.Nodes, b.Nodes))
	})
	found.Total = len(paths)
	found.Paths = cut(paths, q.Window)
	for i := range found.Paths {
		found.Paths[i].Steps = s.steps(found.Paths[i].Nodes)
	}
	return found, nil
}

func (q *PathQuery) check() error {
	switch {
	case q.MaxLength < 0 || q.MaxLength > LongestMaxLength:
		return fmt.Errorf("%w: a path of at most %d links: ask for 1 to %d", graph.ErrInvalid, q.MaxLength, LongestMaxLength)
	case q.LongerBy < 0 || q.LongerBy > LargestLongerBy:
		return fmt.Errorf("%w: paths longer by %d links: ask for 0 to %d", graph.ErrInvalid, q.LongerBy, LargestLongerBy)
	case q.Budget < 0:
		return fmt.Errorf("%w: a budget of %d links", graph.ErrInvalid, q.Budget)
	case slices.Contains(q.Avoid, q.From) || slices.Contains(q.Avoid, q.To):
		return fmt.Errorf("%w: a path cannot avoid its own end", graph.ErrInvalid)
	default:
		return nil
	}
}
