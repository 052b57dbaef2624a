package quads

import (
	"iter"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/internal/names"
)

// Line is a quad of [EncodeLines]: of the terms that are things the refs, of
// all others the values. What is the one is not the other.
type Line struct {
	Subject, Object, Label graph.Ref
	Quad                   quad.Quad
}

// EncodeLines returns the quads of [Encode] with the refs that a Reader of the
// data set gives to things (concepts, statements, articles, sections, sources,
// each in their order, from 1): who numbers terms need not look for the half of
// them that are things.
func EncodeLines(ds *graph.Dataset) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		var e encoder
		e.encode(ds, yield)
	}
}

// index numbers the things.
func (e *encoder) index() {
	e.mentions = map[graph.ID][]graph.Ref{}
	n := len(e.Concepts) + 8*len(e.Articles) + len(e.Sources)
	e.things, e.iris = names.New(n), names.New(n)
	for i := range e.Concepts {
		c := &e.Concepts[i]
		e.things.Add(string(c.ID))
		e.iris.Add(c.IRI)
		for m := range c.Members {
			if iri := c.Members[m].IRI; iri != c.IRI {
				if e.joined == nil {
					e.joined = map[string]bool{}
				}
				e.joined[iri] = true
			}
		}
		for _, s := range c.Sections {
			e.mentions[s] = append(e.mentions[s], graph.Ref(1+i))
		}
	}
	e.concepts = e.iris.Len()
	named := map[graph.ID]bool{} // statements that other statements name
	for i := range e.Statements {
		for _, ids := range [...][]graph.ID{e.Statements[i].Supersedes, e.Statements[i].SupersededBy} {
			for _, id := range ids {
				named[id] = true
			}
		}
	}
	for i := range e.Statements {
		if id := e.Statements[i].ID; len(named) > 0 && named[id] {
			if e.statements == nil {
				e.statements = map[graph.ID]graph.Ref{}
			}
			e.statements[id] = graph.Ref(1 + len(e.Concepts) + i)
		}
	}
	add := func(id graph.ID, iri string) {
		e.things.Add(string(id))
		e.iris.Add(iri)
		e.others = append(e.others, iri)
	}
	for i := range e.Articles {
		add(e.Articles[i].ID, e.Articles[i].IRI)
	}
	for i := range e.Articles {
		for _, s := range e.Articles[i].Sections {
			add(s.ID, s.IRI)
		}
	}
	for i := range e.Sources {
		add(e.Sources[i].ID, e.Sources[i].IRI)
	}
}

// again is ref for ids of which many that follow each other are the same.
func (e *encoder) again(last *known, id graph.ID) graph.Ref {
	if last.id != id {
		*last = known{id, e.ref(id)}
	}
	return last.ref
}

type known struct {
	id  graph.ID
	ref graph.Ref
}

// ref returns the ref of a thing, NoRef for no thing and for a statement that no
// other one names.
func (e *encoder) ref(id graph.ID) graph.Ref {
	n, known := e.things.Find(string(id))
	switch {
	case !known:
		return e.statements[id]
	case int(n) < len(e.Concepts):
		return graph.Ref(1 + n)
	default: // statements come after the concepts
		return graph.Ref(1 + int(n) + len(e.Statements))
	}
}

// isConcept reports whether an IRI is that of a concept.
func (e *encoder) isConcept(iri string) bool {
	n, known := e.iris.Find(iri)
	return known && int(n) < e.concepts
}

// quad returns a line with the names of its things.
func (e *encoder) quad(l *Line) quad.Quad {
	q := l.Quad
	for _, t := range [...]struct {
		thing graph.Ref
		value *quad.Value
	}{{l.Subject, &q.Subject}, {l.Object, &q.Object}, {l.Label, &q.Label}} {
		if t.thing != graph.NoRef {
			*t.value = e.node(t.thing)
		}
	}
	return q
}

// node returns the IRI or blank node of a thing. It is made once for a thing.
func (e *encoder) node(thing graph.Ref) quad.Value {
	if e.nodes == nil {
		e.nodes = make([]quad.Value, 1+e.things.Len()+len(e.Statements))
	}
	v := &e.nodes[thing]
	if *v != nil {
		return *v
	}
	concepts, statements := len(e.Concepts), len(e.Statements)
	switch n := int(thing) - 1; {
	case n < concepts:
		*v = Node(e.Concepts[n].IRI)
	case n < concepts+statements:
		*v = Node(e.Statements[n-concepts].IRI)
	default:
		*v = Node(e.others[n-concepts-statements])
	}
	return *v
}
