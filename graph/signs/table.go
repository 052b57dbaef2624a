// Package signs knows which concepts have which signs, and how often: the table
// that a ranking of conditions by findings reads (walk.Rank), made once for each
// version of a graph.
package signs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Table is which concepts have which signs. A concept has a sign where a statement
// says so (schema:signOrSymptom), and where one says that the concept may cause it
// (schema:cause). Such a concept with such a sign is a pair; pairs are numbered by
// concept, then by sign, and so are the concepts, in default order.
//
// A Table is immutable, and its columns are to be read only.
type Table struct {
	// Concepts are those that have a sign, or of which that is denied, and those of
	// which something is stated of several signs together; Kinds are the kinds of each,
	// as bits, with Together for the latter.
	Concepts []uint32
	Kinds    []uint32
	// First is where the pairs of each concept begin, one more than there are.
	First []uint32
	// Sign and Of are the sign and the number of the concept of each pair.
	Sign, Of []uint32
	// Stated is where the statements of each pair begin, one more than there are.
	Stated []uint32
	// Statements are those of the pairs, and Shares what each says: how often, see
	// [Share].
	Statements []uint32
	Shares     []uint32
	// Counts are what the statements of each pair come to together.
	Counts []Count
	// Lengths are the sums of how often each concept has its signs, in ten-thousandths.
	Lengths []uint64
	// Having is, for each concept by its ref, how many conditions have it or anything
	// narrower.
	Having []uint32
	// OwnFirst is where the pairs begin whose sign is a concept, by its ref, one more
	// than there are; Own are the pairs.
	OwnFirst, Own []uint32
	// BelowFirst and Below are likewise the pairs whose sign is narrower than a
	// concept, over any number of links.
	BelowFirst, Below []uint32
}

// Together is beside the kinds of a concept of which something is stated of several
// signs together.
const Together = 1 << 31

// Share is what a statement says of how often: the ten-thousandths of
// [graph.ShareOf], with Unstated where the source does not say, or Denied.
type Share = uint32

// What a Share may be beside a number.
const (
	Unstated Share = 1 << 16
	Denied   Share = 1 << 17
)

// Whole is the share of all cases.
const Whole = 10000

// Count is what statements come to together: how often, as ten-thousandths, 0 where
// none supports the pair; how many statements there are, and how many of them deny.
type Count struct {
	Often, Denials uint16
	Statements     uint32
}

// Sum counts statements. How often is the mean of those that say how often, or
// [graph.UnstatedShare] where none does.
func Sum(shares []Share) Count {
	c := Count{Statements: uint32(len(shares))}
	said, sum, supports := 0, 0, false
	for _, s := range shares {
		switch {
		case s == Denied:
			c.Denials++
			continue
		case s&Unstated == 0:
			said, sum = said+1, sum+int(s)
		}
		supports = true
	}
	switch {
	case said > 0:
		c.Often = uint16(max(1, (sum+said/2)/said))
	case supports:
		c.Often = ofWhole(graph.UnstatedShare)
	}
	return c
}

func ofWhole(share float64) uint16 { return uint16(max(1, math.Round(share*Whole))) }

// ErrTooDeep is the error of a graph whose hierarchy is too deep for a table.
var ErrTooDeep = errors.New("the hierarchy above the signs is too deep: on the average of all pairs of a condition and a sign more than 256 concepts are broader than the sign")

// mostAbove bounds how many pairs are listed for each one: the 159,000 of MONDO,
// DOID, OMIM and Orphanet with HP's signs are listed 11 times each.
const mostAbove = 256

const chunk = 1024

// Build reads the table of a graph. Errors are those of the Reader and ErrTooDeep.
func Build(ctx context.Context, r graph.Reader) (*Table, error) {
	t := &Table{First: []uint32{0}, Stated: []uint32{0}}
	if err := t.pair(ctx, r); err != nil {
		return nil, err
	}
	if err := t.share(ctx, r); err != nil {
		return nil, err
	}
	n := r.Summary().Concepts
	t.OwnFirst, t.Own = t.invert(n, func(_ uint32, sign uint32, visit func(uint32)) { visit(sign) })
	above, err := above(ctx, r, t.Sign)
	if err != nil {
		return nil, err
	}
	most := mostAbove * (len(t.Sign) + chunk)
	for _, sign := range t.Sign {
		if most -= len(above[sign]); most < 0 {
			return nil, ErrTooDeep
		}
	}
	t.BelowFirst, t.Below = t.invert(n, func(_ uint32, sign uint32, visit func(uint32)) {
		for _, a := range above[sign] {
			visit(a)
		}
	})
	t.sum()
	return t, nil
}

// Predicates returns those that join a concept and its sign: one from the concept,
// one from the sign, as far as the graph has them.
func Predicates(s *graph.Summary) (has, caused []graph.PredicateRef) {
	return predicate(s, graph.PredicateSignOrSymptom), predicate(s, graph.PredicateCause)
}

// predicate is a list, since an empty one asks for no links, where nil asks for all.
func predicate(s *graph.Summary, id graph.ID) []graph.PredicateRef {
	refs := []graph.PredicateRef{}
	if ref, ok := s.Predicate(id); ok {
		refs = append(refs, ref)
	}
	return refs
}

// pair finds the pairs.
func (t *Table) pair(ctx context.Context, r graph.Reader) error {
	has, caused := Predicates(r.Summary())
	asked := [...]graph.LinkQuery{
		{Direction: graph.Out, Predicates: has, Negated: true},
		{Direction: graph.In, Predicates: caused, Negated: true},
	}
	together, err := together(ctx, r)
	if err != nil {
		return err
	}
	var batches [len(asked)]graph.LinkBatch
	var concepts graph.ConceptBatch
	var kinds []graph.Kind
	type said struct {
		sign       graph.Ref
		statements []graph.Ref
	}
	var of []said
	for from := 1; from <= r.Summary().Concepts; from += chunk {
		refs := make([]graph.Ref, 0, chunk)
		for i := from; i < min(from+chunk, r.Summary().Concepts+1); i++ {
			refs = append(refs, graph.Ref(i))
		}
		for i := range asked {
			if err := r.Links(ctx, refs, asked[i], &batches[i]); err != nil {
				return err
			}
		}
		if err := r.Concepts(ctx, refs, graph.ConceptTypes, &concepts); err != nil {
			return err
		}
		steps := 4 * len(refs)
		for row, ref := range refs {
			of = of[:0]
			for i := range batches {
				b := &batches[i]
				for l := b.Start[row]; l < b.Start[row+1]; l++ {
					of = append(of, said{b.Other[l], b.Statements.At(int(l))})
				}
			}
			_, isTogether := slices.BinarySearch(together, ref)
			if !isTogether && len(of) == 0 {
				continue
			}
			slices.SortStableFunc(of, func(a, b said) int { return int(a.sign) - int(b.sign) })
			mask := uint32(0)
			if isTogether {
				mask = Together
			}
			kinds = graph.KindsOf(kinds[:0], concepts.Types.At(row))
			for _, k := range kinds {
				mask |= 1 << k
			}
			for i := 0; i < len(of); {
				from := len(t.Statements)
				sign := of[i].sign
				for ; i < len(of) && of[i].sign == sign; i++ {
					for _, s := range of[i].statements {
						t.Statements = append(t.Statements, uint32(s))
					}
				}
				slices.Sort(t.Statements[from:])
				t.Statements = append(t.Statements[:from], slices.Compact(t.Statements[from:])...)
				t.Stated = append(t.Stated, uint32(len(t.Statements)))
				t.Sign, t.Of = append(t.Sign, uint32(sign)), append(t.Of, uint32(len(t.Concepts)))
			}
			t.Concepts, t.Kinds = append(t.Concepts, uint32(ref)), append(t.Kinds, mask)
			t.First = append(t.First, uint32(len(t.Sign)))
			steps += 20 * len(of)
		}
		if err := graph.Spend(ctx, steps); err != nil {
			return err
		}
	}
	return nil
}

// together returns the concepts of which something is stated of several signs
// together.
func together(ctx context.Context, r graph.Reader) ([]graph.Ref, error) {
	s := r.Summary()
	if s.Combined == 0 {
		return nil, nil
	}
	joins := append(predicate(s, graph.PredicateCause), predicate(s, graph.PredicateMayIndicate)...)
	refs := make([]graph.Ref, s.Concepts)
	for i := range refs {
		refs[i] = graph.Ref(i + 1)
	}
	var combined graph.Lists[graph.Ref]
	if err := r.Combinations(ctx, refs, &combined); err != nil {
		return nil, err
	}
	slices.Sort(combined.Items)
	var b graph.StatementBatch
	if err := r.Statements(ctx, slices.Compact(combined.Items), graph.StatementPredicate|graph.StatementObject, &b); err != nil {
		return nil, err
	}
	var concepts []graph.Ref
	for row, p := range b.Predicate {
		if slices.Contains(joins, p) && s.Class(b.Object[row]) == graph.ClassConcept {
			concepts = append(concepts, b.Object[row])
		}
	}
	slices.Sort(concepts)
	return slices.Compact(concepts), graph.Spend(ctx, 10*len(combined.Items)+4*len(refs))
}

// ShareFields are the fields of a statement that [ShareAt] reads.
func ShareFields() graph.StatementFields {
	return graph.StatementPredicate | graph.Columns(graph.QualifierNegated, graph.QualifierModality, graph.QualifierFrequency, graph.QualifierFrequencyValue)
}

// ShareAt returns what a row of statements says of how often.
func ShareAt(s *graph.Summary, b *graph.StatementBatch, row int) Share {
	if graph.StanceOf(&s.Predicates[b.Predicate[row]].Predicate, b.Modality(row), b.Negated(row)) != graph.Supports {
		return Denied
	}
	share, stated := graph.ShareOf(b.Text(graph.QualifierFrequency, row), b.Number(graph.QualifierFrequencyValue, row))
	if !stated {
		return Unstated | Share(ofWhole(share))
	}
	return Share(ofWhole(share))
}

// share reads how often each statement says that it is so.
func (t *Table) share(ctx context.Context, r graph.Reader) error {
	var b graph.StatementBatch
	refs := make([]graph.Ref, 0, chunk)
	for part := range slices.Chunk(t.Statements, chunk) {
		refs = refs[:0]
		for _, s := range part {
			refs = append(refs, graph.Ref(s))
		}
		if err := r.Statements(ctx, refs, ShareFields(), &b); err != nil {
			return err
		}
		for row := range refs {
			t.Shares = append(t.Shares, ShareAt(r.Summary(), &b, row))
		}
		if err := graph.Spend(ctx, 20*len(refs)); err != nil {
			return err
		}
	}
	return nil
}

// sum makes the columns that follow from the others.
func (t *Table) sum() {
	t.Counts, t.Lengths = make([]Count, len(t.Sign)), make([]uint64, len(t.Concepts))
	for p := range t.Counts {
		t.Counts[p] = Sum(t.Shares[t.Stated[p]:t.Stated[p+1]])
		t.Lengths[t.Of[p]] += uint64(t.Counts[p].Often)
	}
	t.Having = make([]uint32, len(t.OwnFirst))
	met := make([]uint32, len(t.Concepts))
	for c := range t.Having {
		t.Having[c] = t.count(graph.Ref(c), uint32(c+1), met, t.Counts, func(i uint32) bool { return t.Kinds[i]&(1<<graph.Condition) != 0 })
	}
}

// Count counts the concepts that have a sign or anything narrower, of those that are
// asked for and by the counts of their pairs.
func (t *Table) Count(sign graph.Ref, counts []Count, asked []bool) int {
	return int(t.count(sign, 1, make([]uint32, len(t.Concepts)), counts, func(i uint32) bool { return asked[i] }))
}

// count is Count; a concept was met where it has the number of this round.
func (t *Table) count(sign graph.Ref, round uint32, met []uint32, counts []Count, asked func(uint32) bool) (n uint32) {
	for _, pairs := range [...][]uint32{t.OwnPairs(sign), t.BelowPairs(sign)} {
		for _, p := range pairs {
			if c := t.Of[p]; met[c] != round && counts[p].Often > 0 && asked(c) {
				met[c] = round
				n++
			}
		}
	}
	return n
}

// invert lists the pairs by concepts that each is visited with.
func (t *Table) invert(n int, each func(pair, sign uint32, visit func(concept uint32))) (first, pairs []uint32) {
	first = make([]uint32, n+2)
	for p, sign := range t.Sign {
		each(uint32(p), sign, func(c uint32) { first[c+1]++ })
	}
	for c := 1; c < len(first); c++ {
		first[c] += first[c-1]
	}
	pairs = make([]uint32, first[len(first)-1])
	next := slices.Clone(first)
	for p, sign := range t.Sign {
		each(uint32(p), sign, func(c uint32) { pairs[next[c]] = uint32(p); next[c]++ })
	}
	return first, pairs
}

// above returns, for each of some concepts, those that are broader over any number
// of links, without itself.
func above(ctx context.Context, r graph.Reader, signs []uint32) (map[uint32][]uint32, error) {
	broader := map[uint32][]uint32{} // over one link
	predicates := predicate(r.Summary(), graph.PredicateBroader)
	frontier := distinct(signs)
	var b graph.LinkBatch
	for len(frontier) > 0 {
		var next []uint32
		for part := range slices.Chunk(frontier, chunk) {
			refs := make([]graph.Ref, len(part))
			for i, c := range part {
				refs[i] = graph.Ref(c)
			}
			if err := r.Links(ctx, refs, graph.LinkQuery{Predicates: predicates}, &b); err != nil {
				return nil, err
			}
			for row, c := range part {
				to := make([]uint32, 0, b.Start[row+1]-b.Start[row])
				for _, other := range b.Other[b.Start[row]:b.Start[row+1]] {
					to = append(to, uint32(other))
				}
				broader[c] = to
				next = append(next, to...)
			}
			if err := graph.Spend(ctx, 4*len(refs)+12*len(b.Other)); err != nil {
				return nil, err
			}
		}
		frontier = slices.DeleteFunc(distinct(next), func(c uint32) bool { _, read := broader[c]; return read })
	}
	all := map[uint32][]uint32{}
	most := mostAbove * (len(broader) + chunk)
	for _, c := range distinct(signs) {
		seen := map[uint32]bool{c: true}
		closure := []uint32{}
		for stack := []uint32{c}; len(stack) > 0; {
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, a := range broader[top] {
				if !seen[a] {
					seen[a] = true
					closure, stack = append(closure, a), append(stack, a)
				}
			}
		}
		all[c] = closure
		if most -= len(closure); most < 0 {
			return nil, ErrTooDeep
		}
		if err := graph.Spend(ctx, 4*(1+len(closure))); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func distinct(refs []uint32) []uint32 {
	refs = slices.Clone(refs)
	slices.Sort(refs)
	return slices.Compact(refs)
}

// Index returns the number of a concept in the table.
func (t *Table) Index(c graph.Ref) (int, bool) { return slices.BinarySearch(t.Concepts, uint32(c)) }

// OwnPairs are the pairs whose sign is a concept, and BelowPairs those whose sign is
// narrower than it; none for what is no concept.
func (t *Table) OwnPairs(c graph.Ref) []uint32 { return at(t.OwnFirst, t.Own, c) }

// BelowPairs are described at OwnPairs.
func (t *Table) BelowPairs(c graph.Ref) []uint32 { return at(t.BelowFirst, t.Below, c) }

func at(first, pairs []uint32, c graph.Ref) []uint32 {
	if int(c)+1 >= len(first) {
		return nil
	}
	return pairs[first[c]:first[c+1]]
}

// columns are what is written of a table, in order.
func (t *Table) columns() []*[]uint32 {
	return []*[]uint32{
		&t.Concepts, &t.Kinds, &t.First, &t.Sign, &t.Of, &t.Stated, &t.Statements, &t.Shares, &t.OwnFirst, &t.Own, &t.BelowFirst, &t.Below,
	}
}

// Encode returns the table as numbers: how long each column is, then the columns.
func (t *Table) Encode() []uint32 {
	var all []uint32
	for _, c := range t.columns() {
		all = append(all, uint32(len(*c)))
	}
	for _, c := range t.columns() {
		all = append(all, *c...)
	}
	return all
}

// Decode reads a table of a graph from what Encode returned, which it keeps. Numbers
// that are no table of the graph are an error.
func Decode(s *graph.Summary, all []uint32) (*Table, error) {
	t := &Table{}
	damaged := func(what string) error { return fmt.Errorf("the table of signs is damaged: %s", what) }
	columns := t.columns()
	if len(all) < len(columns) {
		return nil, damaged("it ends early")
	}
	rest := all[len(columns):]
	for i, c := range columns {
		n := int(all[i])
		if n > len(rest) {
			return nil, damaged("it ends early")
		}
		*c, rest = rest[:n:n], rest[n:]
	}
	pairs, concepts := uint32(len(t.Sign)), uint32(len(t.Concepts))
	switch {
	case len(rest) > 0 || len(t.Kinds) != len(t.Concepts) || len(t.Of) != len(t.Sign) || len(t.Shares) != len(t.Statements):
		return nil, damaged("its columns do not fit each other")
	case !partition(t.First, concepts, pairs), !partition(t.Stated, pairs, uint32(len(t.Statements))):
		return nil, damaged("its pairs do not fit its concepts or statements")
	case !partition(t.OwnFirst, uint32(s.Concepts)+1, uint32(len(t.Own))), !partition(t.BelowFirst, uint32(s.Concepts)+1, uint32(len(t.Below))):
		return nil, damaged("its lists do not fit the graph")
	case !within(t.Of, 0, concepts), !within(t.Own, 0, pairs), !within(t.Below, 0, pairs):
		return nil, damaged("it names a pair or a concept that it lacks")
	case !within(t.Concepts, 1, uint32(s.Concepts)+1), !within(t.Sign, 1, uint32(s.Concepts)+1):
		return nil, damaged("it names a concept that the graph lacks")
	case !within(t.Statements, uint32(s.First(graph.ClassStatement)), uint32(s.First(graph.ClassStatement)+graph.Ref(s.Statements))):
		return nil, damaged("it names a statement that the graph lacks")
	}
	t.sum()
	return t, nil
}

// partition reports whether numbers part so many things into parts.
func partition(first []uint32, parts, things uint32) bool {
	return uint32(len(first)) == parts+1 && first[0] == 0 && first[parts] == things && slices.IsSorted(first)
}

func within(numbers []uint32, from, to uint32) bool {
	for _, n := range numbers {
		if n < from || n >= to {
			return false
		}
	}
	return true
}
