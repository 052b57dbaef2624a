package rdf

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// Write writes a normalized data set so that [Format.Read] reads it back to the
// same data set: Turtle, TriG, JSON-LD or N-Quads. The same data set gives the
// same bytes. Turtle, TriG and JSON-LD are written thing by thing, in the order
// of the data set; N-Quads are sorted, for which all of them are held in memory.
//
// It returns the error of w or of the context, and an error for what RDF cannot
// say: an IRI with a space in it, a text that is not UTF-8.
func (f Format) Write(ctx context.Context, w io.Writer, ds *graph.Dataset) error {
	buffer := bufio.NewWriterSize(w, 64<<10)
	var p printer
	switch f {
	case Turtle, TriG:
		p = newTurtlePrinter(buffer, ds.Prefixes)
	case JSONLD:
		p = newJSONPrinter(buffer, ds.Prefixes)
	case NQuads:
		p = &linePrinter{w: buffer}
	default:
		return fmt.Errorf("%v is not a format that is written: choose Turtle, TriG, JSON-LD or N-Quads", f)
	}
	err := p.begin()
	n := 0
	for t := range things(ds, f != Turtle) {
		if n++; n%1024 == 0 && err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = p.thing(t)
		}
		if err != nil {
			return err
		}
	}
	if err := p.end(); err != nil {
		return err
	}
	return buffer.Flush()
}

// printer writes things in a format.
type printer interface {
	begin() error
	thing(t *thing) error
	end() error
}

// thing is what is said of one thing.
type thing struct {
	name   quad.Value
	claim  *quad.Quad // of a statement: the triple that its name labels
	plain  *quad.Quad // of an rdf:Statement: the same, where it may stand by itself
	about  []quad.Quad
	prefix bool // it declares one
	// helpers are the names of its helper nodes, which about describes too.
	helpers []quad.Value
}

// things returns what [quads.Encode] gives thing by thing, and before that the
// prefixes of the data set. The thing is valid until the next one.
//
// A statement is a labelled quad where the format has those, and else an
// rdf:Statement. One that does not support its claim is an rdf:Statement
// everywhere: programs that do not know the records take a quad, labelled or
// not, for what holds.
func things(ds *graph.Dataset, labelled bool) iter.Seq[*thing] {
	return func(yield func(*thing) bool) {
		for q := range declarations(ds.Prefixes) {
			if !yield(&thing{name: q.Subject, about: []quad.Quad{q}, prefix: true}) {
				return
			}
		}
		var t thing
		claims, n := graph.NewClaims(ds), 0
		for q := range quads.Encode(ds) {
			begins := q.Label
			if begins == nil && q.Subject != t.name && !slices.Contains(t.helpers, q.Subject) {
				begins = q.Subject
			}
			if begins != nil {
				if t.name != nil && !yield(&t) {
					return
				}
				t = thing{name: begins, about: t.about[:0], helpers: t.helpers[:0]}
			}
			if q.Label != nil {
				s, claim := &ds.Statements[n], quad.Quad{Subject: q.Subject, Predicate: q.Predicate, Object: q.Object}
				n++
				if labelled && claims.Own(s).Stance == graph.Supports {
					t.claim = &claim
					continue
				}
				_, isNode := quads.Name(q.Object)
				if !labelled && isNode && quads.FieldOf(q.Predicate.(quad.IRI)) == quads.NoField && s.Counts() && claims.All(s).IsPlain() {
					t.plain = &claim
				}
				t.about = append(t.about,
					quad.Quad{Subject: t.name, Predicate: rdfType, Object: rdfStatement},
					quad.Quad{Subject: t.name, Predicate: rdfSubject, Object: q.Subject},
					quad.Quad{Subject: t.name, Predicate: rdfPredicate, Object: q.Predicate},
					quad.Quad{Subject: t.name, Predicate: rdfObject, Object: q.Object})
				continue
			}
			if quads.IsHelper(q) {
				t.helpers = append(t.helpers, q.Object)
			}
			t.about = append(t.about, q)
		}
		if t.name != nil {
			yield(&t)
		}
	}
}

// of returns what is said of the thing itself or of one of its helper nodes,
// by predicate, in the order in which it was said.
func (t *thing) of(name quad.Value) []quad.Quad {
	var own []quad.Quad
	for _, q := range t.about {
		if q.Subject == name {
			own = append(own, q)
		}
	}
	rank := map[quad.Value]int{}
	for _, q := range own {
		if _, known := rank[q.Predicate]; !known {
			rank[q.Predicate] = len(rank)
		}
	}
	slices.SortStableFunc(own, func(a, b quad.Quad) int { return rank[a.Predicate] - rank[b.Predicate] })
	return own
}

// kgPrefix says what a namespace is called. RDF itself forgets the prefixes of
// a file, but the ids of a data set are made of them.
const kgPrefix = quad.IRI(graph.KG + "prefix")

// declarations returns quads for the prefixes that a data set has beyond those
// that every one has.
func declarations(prefixes graph.Prefixes) iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		builtIn := graph.NewPrefixes(nil)
		for _, name := range prefixes.Names() {
			namespace, _ := prefixes.Namespace(name)
			if known, _ := builtIn.Namespace(name); known == namespace {
				continue
			}
			if !yield(quad.Quad{Subject: quad.IRI(namespace), Predicate: kgPrefix, Object: quad.String(name)}) {
				return
			}
		}
	}
}

// Prefix returns the prefix that a quad declares, and its namespace; ok is
// false for any other quad. [Format.Write] writes the prefixes of the data set so,
// since its ids are made of them. Those of a file's @prefix or @context are its
// own and mean nothing beyond it.
func Prefix(q quad.Quad) (name, namespace string, ok bool) {
	if q.Predicate != kgPrefix || q.Label != nil {
		return "", "", false
	}
	n, isText := q.Object.(quad.String)
	iri, isIRI := q.Subject.(quad.IRI)
	return string(n), string(iri), isText && isIRI
}

// shortener shortens IRIs by the prefixes of a data set, and of its own
// namespaces.
type shortener struct {
	names      []string // by falling length of namespace, then by name
	namespaces map[string]string
}

func newShortener(prefixes graph.Prefixes) *shortener {
	s := &shortener{namespaces: map[string]string{}}
	for _, name := range prefixes.Names() {
		s.namespaces[name], _ = prefixes.Namespace(name)
	}
	for name, namespace := range map[string]string{"id": graph.ConceptBase, "st": graph.StatementBase} {
		if _, taken := s.namespaces[name]; !taken {
			s.namespaces[name] = namespace
		}
	}
	for name := range s.namespaces {
		s.names = append(s.names, name)
	}
	slices.SortFunc(s.names, func(a, b string) int {
		if c := len(s.namespaces[b]) - len(s.namespaces[a]); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return s
}

// sorted returns the prefixes in alphabetical order.
func (s *shortener) sorted() []string {
	names := slices.Clone(s.names)
	slices.Sort(names)
	return names
}

// split returns the prefix and the rest of an IRI, if it begins with a
// namespace.
func (s *shortener) split(iri string) (prefix, local string, ok bool) {
	for _, name := range s.names {
		if local, ok := strings.CutPrefix(iri, s.namespaces[name]); ok && local != "" {
			return name, local, true
		}
	}
	return "", "", false
}
