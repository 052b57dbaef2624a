package walk

import (
	"context"
	"iter"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// search looks for paths between two concepts.
//
// After a levels from one end and b from the other, every link on every path of
// at most a+b links has been read: the i-th link of a path, counted from 0, is
// read from the first side if i < a, and else from the other one, whose end is
// at most b links away. So the first meeting is at the length of the shortest
// paths, and reading on until a+b is the longest length wanted gives the rest.
type search struct {
	r graph.Reader
	q PathQuery
	// predicates are those whose links may be walked; nil is all.
	predicates []graph.PredicateRef
	all        bool // over links that are only denied or advised against, too
	avoid      map[graph.Ref]bool
	staged     map[graph.PredicateRef]bool // the object is a stage

	from, to side
	rows     map[graph.Ref]row  // the links of concepts that were read
	degree   map[graph.Ref]int  // how many there are, read or not
	passable map[graph.Ref]bool // whether a path may pass through

	length    int // of the shortest paths, once known
	looked    int
	exhausted bool // the budget is
}

// side is the search from one end.
type side struct {
	distance map[graph.Ref]int
	frontier []graph.Ref // the last level, as far as paths may pass through it
	levels   int         // how many were read
}

// row is where the links of a concept lie.
type row struct {
	batch *graph.LinkBatch
	at    int
}

// pathChunk is how many concepts are read into one batch that is kept.
const pathChunk = 1024

func newSearch(r graph.Reader, q PathQuery) *search {
	s := &search{
		r: r, q: q, avoid: set(q.Avoid), staged: map[graph.PredicateRef]bool{},
		from: side{distance: map[graph.Ref]int{q.From: 0}, frontier: []graph.Ref{q.From}},
		to:   side{distance: map[graph.Ref]int{q.To: 0}, frontier: []graph.Ref{q.To}},
		rows: map[graph.Ref]row{}, degree: map[graph.Ref]int{}, passable: map[graph.Ref]bool{},
	}
	for _, p := range predicates(r, graph.PredicateStage, "kg:duringStage") {
		s.staged[p] = true
	}
	s.predicates = walked(r.Summary(), q.Predicates)
	return s
}

// walked returns those of some predicates, nil meaning all, whose links may be
// walked; nil again if that is all that there are.
func walked(sum *graph.Summary, of []graph.PredicateRef) []graph.PredicateRef {
	keep := make([]graph.PredicateRef, 0, len(sum.Predicates))
	for i := range sum.Predicates {
		if p := graph.PredicateRef(i); sum.Predicates[i].IsWalked() && (of == nil || slices.Contains(of, p)) {
			keep = append(keep, p)
		}
	}
	if len(keep) == len(sum.Predicates) {
		return nil
	}
	return keep
}

func (s *search) linkQuery() graph.LinkQuery {
	return graph.LinkQuery{Direction: graph.Both, Predicates: s.predicates, Negated: s.all}
}

// checkPredicates lets the Reader refuse predicates that it does not have.
func (s *search) checkPredicates(ctx context.Context) error {
	var b graph.LinkBatch
	return s.r.Links(ctx, nil, graph.LinkQuery{Predicates: s.q.Predicates}, &b)
}

func (s *search) isEnd(ref graph.Ref) bool { return ref == s.q.From || ref == s.q.To }

// limit is the largest length that is wanted, as far as it is known.
func (s *search) limit() int {
	if s.length == 0 {
		return s.q.MaxLength
	}
	return min(s.q.MaxLength, s.length+s.q.LongerBy)
}

// meet reads from both ends until all links on the paths wanted are read, and
// says whether there are paths.
func (s *search) meet(ctx context.Context) (Reason, error) {
	if err := s.readPaths(ctx); err != nil {
		return 0, err
	}
	switch {
	case s.length > 0:
		return Connected, nil
	case s.exhausted:
		return OutOfBudget, nil
	}
	return s.whyNot(ctx)
}

// readPaths reads from both ends until all links on the paths wanted are read, and
// learns the length of the shortest.
func (s *search) readPaths(ctx context.Context) error {
	for s.from.levels+s.to.levels < s.limit() {
		side, err := s.cheaper(ctx)
		if err != nil {
			return err
		}
		if side == nil || s.exhausted {
			return nil
		}
		if err := s.expand(ctx, side); err != nil {
			return err
		}
		if s.length == 0 {
			s.length = s.meeting(side)
		}
	}
	return nil
}

// cheaper returns the side whose next level has fewer links to look at, nil if
// there is nothing more to read. It notes if the budget cannot pay for it.
func (s *search) cheaper(ctx context.Context) (*side, error) {
	if len(s.from.frontier) == 0 || len(s.to.frontier) == 0 {
		return nil, nil // one side has seen all that it can reach
	}
	cost := func(side *side) (int, error) {
		if err := s.count(ctx, side.frontier); err != nil {
			return 0, err
		}
		links := 0
		for _, ref := range side.frontier {
			if _, read := s.rows[ref]; !read {
				links += s.degree[ref]
			}
		}
		return links, nil
	}
	from, err := cost(&s.from)
	if err != nil {
		return nil, err
	}
	to, err := cost(&s.to)
	if err != nil {
		return nil, err
	}
	s.exhausted = s.looked+min(from, to) > s.q.Budget
	if to < from {
		return &s.to, nil
	}
	return &s.from, nil
}

// count learns how many links concepts have that may be walked.
func (s *search) count(ctx context.Context, refs []graph.Ref) error {
	var unknown []graph.Ref
	for _, ref := range refs {
		if _, known := s.degree[ref]; !known {
			unknown = append(unknown, ref)
		}
	}
	none := 0
	q := s.linkQuery()
	q.Window.First = &none
	return eachRow(ctx, s.r, unknown, q, func(ref graph.Ref, b *graph.LinkBatch, row int) { s.degree[ref] = b.Total[row] })
}

// read reads the links of concepts, each once, and keeps them.
func (s *search) read(ctx context.Context, refs []graph.Ref) error {
	var unread []graph.Ref
	for _, ref := range refs {
		if _, read := s.rows[ref]; !read {
			unread = append(unread, ref)
		}
	}
	for chunk := range slices.Chunk(unread, pathChunk) {
		b := new(graph.LinkBatch)
		if err := s.r.Links(ctx, chunk, s.linkQuery(), b); err != nil {
			return err
		}
		s.looked += len(b.Other)
		if err := graph.Spend(ctx, 6*linkSteps*len(b.Other)); err != nil { // walked, and put together
			return err
		}
		for i, ref := range chunk {
			s.rows[ref] = row{b, i}
		}
	}
	return nil
}

// expand reads the next level of a side.
func (s *search) expand(ctx context.Context, side *side) error {
	if err := s.read(ctx, side.frontier); err != nil {
		return err
	}
	side.levels++
	var next []graph.Ref
	for _, ref := range side.frontier {
		for other := range s.walkable(ref) {
			if _, seen := side.distance[other]; !seen {
				side.distance[other] = side.levels
				next = append(next, other)
			}
		}
	}
	slices.Sort(next)
	if err := s.judge(ctx, next); err != nil {
		return err
	}
	side.frontier = side.frontier[:0:0]
	for _, ref := range next {
		if s.passable[ref] {
			side.frontier = append(side.frontier, ref)
		} else if !s.isEnd(ref) {
			delete(side.distance, ref)
		}
	}
	return nil
}

// mayWalk reports whether a link of a concept may be walked: it leads
// elsewhere, and names a stage only if that is an end.
func (s *search) mayWalk(ref graph.Ref, b *graph.LinkBatch, i int) bool {
	object := b.Other[i]
	if b.Incoming[i] {
		object = ref
	}
	return b.Other[i] != ref && (!s.staged[b.Predicate[i]] || s.isEnd(object))
}

// walkable visits the neighbours of a concept that was read, in default order,
// over links that may be walked; a neighbour with several such links comes
// several times.
func (s *search) walkable(ref graph.Ref) iter.Seq[graph.Ref] {
	return func(yield func(graph.Ref) bool) {
		r := s.rows[ref]
		for i := int(r.batch.Start[r.at]); i < int(r.batch.Start[r.at+1]); i++ {
			if s.mayWalk(ref, r.batch, i) && !yield(r.batch.Other[i]) {
				return
			}
		}
	}
}

// judge learns whether paths may pass through concepts.
func (s *search) judge(ctx context.Context, refs []graph.Ref) error {
	var unknown []graph.Ref
	for _, ref := range refs {
		if _, known := s.passable[ref]; !known {
			unknown = append(unknown, ref)
		}
	}
	return kindsOf(ctx, s.r, unknown, func(ref graph.Ref, kinds []graph.Kind) {
		s.passable[ref] = !s.isEnd(ref) && !s.avoid[ref] && !slices.Contains(kinds, graph.Stage)
	})
}

// meeting returns the length of the shortest paths if the level that side read
// last met the other side, and else 0.
func (s *search) meeting(last *side) int {
	other := &s.from
	if last == other {
		other = &s.to
	}
	for ref, d := range last.distance {
		if _, met := other.distance[ref]; met && d == last.levels {
			return s.from.levels + s.to.levels
		}
	}
	return 0
}

// whyNot says why no path was found.
func (s *search) whyNot(ctx context.Context) (Reason, error) {
	all := newSearch(s.r, s.q)
	all.all, all.q.Budget, all.q.LongerBy = true, s.q.Budget-s.looked, 0
	if err := all.readPaths(ctx); err != nil {
		return 0, err
	}
	s.looked += all.looked
	if all.length > 0 {
		return OnlyAgainst, nil
	}
	if err := s.read(ctx, []graph.Ref{s.q.From, s.q.To}); err != nil {
		return 0, err
	}
	island := func(ref graph.Ref) bool {
		for range s.walkable(ref) {
			return false
		}
		return true
	}
	switch {
	case island(s.q.From):
		return FromIsland, nil
	case island(s.q.To):
		return ToIsland, nil
	case len(s.from.frontier) == 0 || len(s.to.frontier) == 0:
		return Disconnected, nil
	default:
		return TooFar, nil
	}
}
