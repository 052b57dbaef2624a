package diff

import (
	"cmp"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// statements compares statements: first those of the same id; then, of those
// that are left alone, those that make the same claim; then those in which one
// source says something of the same two things.
func (c *comparison) statements(d *Diff) {
	d.Statements = []Statement{}
	var gone, came []*graph.Statement
	id := func(s *graph.Statement) graph.ID { return s.ID }
	partners(c.before.Statements, c.after.Statements, id, func(b, a *graph.Statement) {
		switch {
		case a == nil:
			gone = append(gone, b)
		case b == nil:
			came = append(came, a)
		default:
			c.statement(d, b, a)
		}
	})
	gone, came = match(c, d, gone, came, func(s *graph.Statement) place { return place{claimOf(s), s.Section, s.Locator, s.Key} })
	gone, came = match(c, d, gone, came, claimOf)
	gone, came = match(c, d, gone, came, func(s *graph.Statement) saying { return saying{s.Subject, s.Predicate, s.Object, s.Value, s.Source} })
	for _, s := range gone {
		c.statement(d, s, nil)
	}
	for _, s := range came {
		c.statement(d, nil, s)
	}
	slices.SortFunc(d.Statements, compareStatements)
}

// match compares statements that are left alone, where one of each side has a
// key, and returns those that are alone still.
func match[K comparable](c *comparison, d *Diff, gone, came []*graph.Statement, key func(*graph.Statement) K) (_, _ []*graph.Statement) {
	met := map[*graph.Statement]bool{}
	keys := func(dst []K, s *graph.Statement) []K { return append(dst, key(s)) }
	unique(gone, came, keys, func(b, a *graph.Statement, _ K) {
		met[b], met[a] = true, true
		c.statement(d, b, a)
	})
	paired := func(s *graph.Statement) bool { return met[s] }
	return slices.DeleteFunc(gone, paired), slices.DeleteFunc(came, paired)
}

// claim is what a statement claims, whoever says so.
type claim struct {
	subject, predicate, object graph.ID
	value                      graph.Value
	identity                   string // graph.Statement.Identity
}

// place is a claim and where it stands in its source, whichever that is.
type place struct {
	claim
	section      graph.ID
	locator, key string
}

// saying is what a source says of two things, in whatever form.
type saying struct {
	subject, predicate, object graph.ID
	value                      graph.Value
	source                     graph.ID
}

func claimOf(s *graph.Statement) claim {
	return claim{s.Subject, s.Predicate, s.Object, s.Value, s.Identity()}
}

// statement compares two statements, of which one may not be there.
func (c *comparison) statement(d *Diff, b, a *graph.Statement) {
	f := fields{comparison: c, list: []Field{}}
	is := Statement{Change: Changed}
	of, at := a, c.after
	switch {
	case a == nil:
		is.Change, of, at, a = Removed, b, c.before, new(graph.Statement)
	case b == nil:
		is.Change, b = Added, new(graph.Statement)
	default:
		f.text("id", string(b.ID), string(a.ID))
		f.reference("subject", b.Subject, a.Subject)
		f.text("predicate", string(b.Predicate), string(a.Predicate))
		f.reference("object", b.Object, a.Object)
		if b.Value != a.Value {
			f.differs("value", written(b.Value), written(a.Value))
		}
	}
	f.qualifiers(b, a)
	f.properties(b.Properties, a.Properties)
	f.iri(b.ID, a.ID, b.IRI, a.IRI)
	switch {
	case is.Change != Changed:
	case len(f.list) == 0:
		return
	case hasMoved(f.list):
		is.Change = Moved
	}
	is.ID, is.Subject, is.Predicate, is.Fields = of.ID, at.named(of.Subject), of.Predicate, f.list
	if of.Object != "" {
		object := at.named(of.Object)
		is.Object = &object
	} else {
		is.Value = written(of.Value)
	}
	for _, id := range of.With {
		is.With = append(is.With, at.named(id))
	}
	d.Statements = append(d.Statements, is)
}

// hasMoved reports whether fields differ that say where a claim is made, and
// none that says more than that; the id follows from the source.
func hasMoved(fields []Field) bool {
	moved := false
	for _, f := range fields {
		switch f.Name {
		case "source", "section", "locator":
			moved = true
		case "id":
		default:
			return false
		}
	}
	return moved
}

func (f *fields) qualifiers(b, a *graph.Statement) {
	for _, q := range graph.AllQualifiers() {
		switch q.Info().Type {
		case graph.RefQualifier:
			f.reference(q.String(), *b.Reference(q), *a.Reference(q))
		case graph.ListQualifier:
			f.references(q.String(), *b.List(q), *a.List(q))
		default:
			f.text(q.String(), b.Qualifier(q), a.Qualifier(q))
		}
	}
}

func compareStatements(x, y Statement) int {
	object := func(s *Statement) graph.ID {
		if s.Object == nil {
			return ""
		}
		return s.Object.ID
	}
	return cmp.Or(cmp.Compare(x.Subject.ID, y.Subject.ID), cmp.Compare(x.Predicate, y.Predicate),
		cmp.Compare(object(&x), object(&y)), cmp.Compare(x.Value, y.Value), cmp.Compare(x.ID, y.ID))
}
