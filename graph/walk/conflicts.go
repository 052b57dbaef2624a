package walk

import (
	"cmp"
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// ConflictQuery asks where sources contradict each other.
type ConflictQuery struct {
	Predicates []graph.PredicateRef // of the claims; nil keeps all
	Filter     *graph.Filter        // of the statements on either side; nil keeps all
	Window     graph.Window
}

// Conflict is a claim that some hold, and that others deny or advise against, by
// the same predicate or by one that warns of what it offers
// ([graph.Summary.Warns]).
type Conflict struct {
	Subject   graph.Ref
	Predicate graph.PredicateRef
	Object    graph.Ref   // NoRef where the object is a value
	Value     graph.Value // zero where the object is a concept
	// Scopes is EqualScopes or UnknownScopes: that of the nearest two statements.
	// Where all scopes are different, there is no conflict.
	Scopes graph.ScopeMatch
	// DiffersIn lists the qualifiers that one side states and the other leaves open,
	// where Scopes are unknown.
	DiffersIn []graph.Qualifier
	// Holding and Against list the statements of both sides, in their order, without
	// those whose scope is different from all on the other side.
	Holding, Against []graph.Ref
}

// ConflictPage is a page of conflicts, by subject, predicate (its position in the
// summary), object and value.
type ConflictPage struct {
	Conflicts []Conflict
	Total     int // of the whole list
}

// Conflicts lists where sources contradict each other. All statements are read
// twice, a batch at a time. Errors are graph.ErrInvalid for a question without
// meaning, and those of the Reader.
func Conflicts(ctx context.Context, r graph.Reader, q ConflictQuery) (*ConflictPage, error) {
	sum := r.Summary()
	statements := StatementQuery{Filter: q.Filter, Window: q.Window}
	if err := cmp.Or(ctx.Err(), statements.Check(sum), (&StatementQuery{Predicates: q.Predicates}).Check(sum)); err != nil {
		return nil, err
	}
	wanted := func(p graph.PredicateRef) bool { return q.Predicates == nil || slices.Contains(q.Predicates, p) }
	found := map[claimed]*Conflict{}
	against := func(c claimed, ref graph.Ref) {
		if !wanted(c.predicate) {
			return
		}
		if found[c] == nil {
			found[c] = &Conflict{Subject: c.subject, Predicate: c.predicate, Object: c.object, Value: c.value}
		}
		if n := len(found[c].Against); n == 0 || found[c].Against[n-1] != ref { // of itself in itself
			found[c].Against = append(found[c].Against, ref)
		}
	}
	warns := make([][]graph.Follow, len(sum.Predicates)) // by predicate
	for i := range warns {
		warns[i] = sum.Warns(graph.PredicateRef(i))
	}
	fields := claimFields | stanceFields()
	err := statements.each(ctx, r, fields, false, func(ref graph.Ref, b *graph.StatementBatch, row int) {
		switch stance := stanceAt(r, b, row); {
		case stance&(graph.Denies|graph.Discourages) != 0:
			against(claimAt(b, row).ordered(sum), ref)
		case stance == graph.Supports && len(warns[b.Predicate[row]]) > 0:
			for _, f := range warns[b.Predicate[row]] {
				c := claimAt(b, row)
				c.predicate = f.Predicate
				if f.Incoming {
					c.subject, c.object = c.object, c.subject
				}
				against(c.ordered(sum), ref)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	err = statements.each(ctx, r, fields, false, func(ref graph.Ref, b *graph.StatementBatch, row int) {
		if len(found) == 0 || stanceAt(r, b, row) != graph.Supports {
			return
		}
		if c := found[claimAt(b, row).ordered(sum)]; c != nil {
			c.Holding = append(c.Holding, ref)
		}
	})
	if err != nil {
		return nil, err
	}
	all, err := disputes(ctx, r, found)
	if err != nil {
		return nil, err
	}
	return &ConflictPage{Conflicts: cut(all, q.Window), Total: len(all)}, nil
}

// ordered returns the claim as it is found from both ends, if it is symmetric.
func (c claimed) ordered(sum *graph.Summary) claimed {
	if sum.Predicates[c.predicate].Symmetric && c.object != graph.NoRef && c.object < c.subject {
		c.subject, c.object = c.object, c.subject
	}
	return c
}

// disputes compares the scopes of what was said for and against claims, and
// returns those that are in conflict, in order.
func disputes(ctx context.Context, r graph.Reader, found map[claimed]*Conflict) ([]Conflict, error) {
	var statements []graph.Ref
	for _, c := range found {
		if len(c.Holding) > 0 {
			statements = append(append(statements, c.Holding...), c.Against...)
		}
	}
	scopes, err := scopesOf(ctx, r, statements)
	if err != nil {
		return nil, err
	}
	var all []Conflict
	for _, c := range found {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		holding, against := different(each(c.Holding, scopes)), different(each(c.Against, scopes))
		if c.Scopes, c.DiffersIn = graph.CompareScopes(holding, against); c.Scopes != graph.EqualScopes && c.Scopes != graph.UnknownScopes {
			continue
		}
		meets := func(side []graph.Ref, others []graph.ClaimScope) []graph.Ref {
			return slices.DeleteFunc(slices.Clone(side), func(ref graph.Ref) bool {
				scope := scopes[ref]
				return !slices.ContainsFunc(others, func(o graph.ClaimScope) bool {
					m, _ := scope.Match(&o)
					return m != graph.DifferentScopes
				})
			})
		}
		c.Holding, c.Against = meets(c.Holding, against), meets(c.Against, holding)
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b Conflict) int { return a.claim().compare(b.claim()) })
	return all, nil
}

func (c *Conflict) claim() claimed { return claimed{c.Subject, c.Object, c.Predicate, c.Value} }

// different returns each scope once.
func different(scopes []graph.ClaimScope) []graph.ClaimScope {
	seen := make(map[graph.ClaimScope]bool, len(scopes))
	return slices.DeleteFunc(scopes, func(s graph.ClaimScope) bool {
		twice := seen[s]
		seen[s] = true
		return twice
	})
}

// scopesOf reads the scopes of statements.
func scopesOf(ctx context.Context, r graph.Reader, statements []graph.Ref) (map[graph.Ref]graph.ClaimScope, error) {
	scopes := map[graph.Ref]graph.ClaimScope{}
	err := eachStatement(ctx, r, distinct(statements), graph.ScopeColumns(), func(ref graph.Ref, b *graph.StatementBatch, row int) {
		scopes[ref] = b.Scope(row)
	})
	return scopes, err
}
