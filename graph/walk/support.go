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
	Discouraging int // statements that advise against it

	all graph.Stance
}

// Answer is what the statements come to together.
func (s *Support) Answer() graph.Answer { return s.all.Answer() }

// Supports counts for each of several lists of statements, all of which are read
// at once. Errors are those of the Reader.
func Supports(ctx context.Context, r graph.Reader, lists graph.Lists[graph.Ref]) ([]Support, error) {
	said, err := sayings(ctx, r, slices.Clone(lists.Items))
	if err != nil {
		return nil, err
	}
	supports := make([]Support, lists.Rows())
	var sources []graph.Ref
	for i := range supports {
		s := &supports[i]
		sources = sources[:0]
		for _, ref := range lists.At(i) {
			say := said[ref]
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
	}
	return supports, nil
}

// saying is what a statement says of its claim, and who says so.
type saying struct {
	stance graph.Stance
	source graph.Ref
}

// sayings reads what statements say of their claims; those that do not count say
// nothing.
func sayings(ctx context.Context, r graph.Reader, statements []graph.Ref) (map[graph.Ref]saying, error) {
	said := map[graph.Ref]saying{}
	fields := stanceFields() | graph.Columns(graph.QualifierSource, graph.QualifierWithdrawn, graph.QualifierWith)
	err := eachStatement(ctx, r, distinct(statements), fields, func(ref graph.Ref, b *graph.StatementBatch, row int) {
		if b.Counts(row) {
			said[ref] = saying{stanceAt(r, b, row), b.Ref(graph.QualifierSource, row)}
		}
	})
	return said, err
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

// keepSupported keeps the links of all lists whose support passes.
func keepSupported(ctx context.Context, r graph.Reader, lists [][]Link, p *SupportPattern) error {
	var statements graph.Lists[graph.Ref]
	statements.Reset()
	for _, links := range lists {
		for i := range links {
			statements.Items = append(statements.Items, links[i].Statements...)
			statements.Close()
		}
	}
	supports, err := Supports(ctx, r, statements)
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
