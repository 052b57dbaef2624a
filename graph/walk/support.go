package walk

import (
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Support counts what the statements of a link say of it. A statement whose
// reading is unclear ([graph.Unclear]) counts as none of them.
type Support struct {
	Statements   int // that support it
	Sources      int // of those, different ones
	Denying      int // statements that deny it
	Discouraging int // statements that advise against it, or warn of what it offers

	all graph.Stance
}

// Answer is what the statements come to together.
func (s *Support) Answer() graph.Answer { return s.all.Answer() }

// Supports counts for each of several lists of statements, all of which are read
// at once, and the warnings that speak against them. Where a filter that they have
// passed asks for whom, when or where a claim holds, and every statement of a list
// says so, a warning that is for something else does not count there; one that does
// not say does. Errors are those of the Reader.
func Supports(ctx context.Context, r graph.Reader, lists graph.Lists[graph.Ref], f *graph.Filter) ([]Support, error) {
	said, err := sayings(ctx, r, slices.Clone(lists.Items))
	if err != nil {
		return nil, err
	}
	warnings, err := warningsOf(ctx, r, said)
	if err != nil {
		return nil, err
	}
	var asked []graph.Qualifier
	for _, q := range graph.AllQualifiers() {
		if q.Info().Scope && f.Asks(q) {
			asked = append(asked, q)
		}
	}
	scopes := map[graph.Ref]graph.ClaimScope{}
	if asked != nil {
		all := slices.Clone(lists.Items)
		for _, of := range warnings {
			all = append(all, of...)
		}
		if scopes, err = scopesOf(ctx, r, all); err != nil {
			return nil, err
		}
	}
	supports := make([]Support, lists.Rows())
	var sources, against []graph.Ref
	for i := range supports {
		s := &supports[i]
		sources, against = sources[:0], against[:0]
		for _, ref := range lists.At(i) {
			say := said[ref]
			against = append(against, warnings[say.offer]...)
			s.all |= say.stance
			switch say.stance {
			case graph.Supports:
				s.Statements++
				sources = append(sources, say.source)
			case graph.Denies:
				s.Denying++
			case graph.Discourages:
				s.Discouraging++
			}
		}
		sources = distinct(sources)
		s.Sources = len(sources)
		against = slices.DeleteFunc(distinct(against), func(warning graph.Ref) bool {
			return slices.ContainsFunc(asked, func(q graph.Qualifier) bool {
				other := scopes[warning][q]
				return other != "" && !slices.ContainsFunc(lists.At(i), func(ref graph.Ref) bool { return scopes[ref][q] == "" || scopes[ref][q] == other })
			})
		})
		if len(against) > 0 {
			s.Discouraging += len(against)
			s.all |= graph.Discourages
		}
	}
	return supports, nil
}

// saying is what a statement says of its claim, and who says so.
type saying struct {
	stance graph.Stance
	source graph.Ref
	// offer is what its claim offers for what, if it does.
	offer offer
}

// sayings reads what statements say of their claims; those that do not count say
// nothing.
func sayings(ctx context.Context, r graph.Reader, statements []graph.Ref) (map[graph.Ref]saying, error) {
	said := map[graph.Ref]saying{}
	fields := claimFields | stanceFields() | graph.Columns(graph.QualifierSource, graph.QualifierWithdrawn, graph.QualifierWith)
	predicates := r.Summary().Predicates
	err := eachStatement(ctx, r, distinct(statements), fields, func(ref graph.Ref, b *graph.StatementBatch, row int) {
		s := saying{stance: stanceAt(r, b, row), source: b.Ref(graph.QualifierSource, row)}
		if predicates[b.Predicate[row]].Offers() && b.Object[row] != graph.NoRef {
			s.offer = offer{b.Subject[row], b.Object[row]}
		}
		if !b.Counts(row) {
			s.stance = 0
		}
		said[ref] = s
	})
	return said, err
}

// offer is what a claim offers, and for what.
type offer struct{ subject, object graph.Ref }

// warningsOf reads the statements that warn of what others offer, whatever they
// are limited to: a caution must not get lost.
func warningsOf(ctx context.Context, r graph.Reader, said map[graph.Ref]saying) (map[offer][]graph.Ref, error) {
	var subjects []graph.Ref
	wanted := map[offer]bool{}
	for _, s := range said {
		if s.offer != (offer{}) {
			wanted[s.offer] = true
			subjects = append(subjects, s.offer.subject)
		}
	}
	found := map[offer][]graph.Ref{}
	if len(wanted) == 0 {
		return found, nil
	}
	subjects = distinct(subjects)
	var all []graph.Ref
	out, in := r.Summary().Warners()
	for _, end := range [...]struct {
		direction  graph.Direction
		predicates []graph.PredicateRef
	}{{graph.Out, out}, {graph.In, in}} {
		if len(end.predicates) == 0 {
			continue
		}
		q := graph.LinkQuery{Direction: end.direction, Predicates: end.predicates}
		err := eachRow(ctx, r, subjects, q, func(ref graph.Ref, b *graph.LinkBatch, row int) {
			for i := b.Start[row]; i < b.Start[row+1]; i++ {
				if of := (offer{ref, b.Other[i]}); wanted[of] {
					found[of] = append(found[of], b.Statements.At(int(i))...)
					all = append(all, b.Statements.At(int(i))...)
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	stance, err := stances(ctx, r, all)
	for of, statements := range found {
		found[of] = slices.DeleteFunc(distinct(statements), func(ref graph.Ref) bool { return stance[ref] != graph.Supports })
	}
	return found, err
}

// SupportPattern is a condition on the support of a link.
type SupportPattern struct {
	// MinSources is how many different sources must support it.
	MinSources int
	// Disputed keeps, if it is set, the links whose statements conflict, or the
	// others.
	Disputed *bool
}

func (p *SupportPattern) match(s *Support) bool {
	return s.Sources >= p.MinSources && (p.Disputed == nil || *p.Disputed == (s.Answer() == graph.Conflicting))
}

// keepSupported keeps the links of all lists, of statements that passed a filter,
// whose support passes.
func keepSupported(ctx context.Context, r graph.Reader, lists [][]Link, f *graph.Filter, p *SupportPattern) error {
	var statements graph.Lists[graph.Ref]
	statements.Reset()
	for _, links := range lists {
		for i := range links {
			statements.Items = append(statements.Items, links[i].Statements...)
			statements.Close()
		}
	}
	supports, err := Supports(ctx, r, statements, f)
	if err != nil {
		return err
	}
	at := 0
	for i, links := range lists {
		kept := links[:0]
		for _, l := range links {
			if p.match(&supports[at]) {
				kept = append(kept, l)
			}
			at++
		}
		lists[i] = kept
	}
	return nil
}
