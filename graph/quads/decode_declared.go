package quads

import (
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// buildDeclared makes the declared types and predicates.
func (d *decoder) buildDeclared() {
	for n, r := range d.roles {
		if r == roleType {
			d.ds.Types = append(d.ds.Types, d.declaredType(d.nodes[n], d.gather(nil, int32(n))))
		}
	}
	d.up = graph.SuperclassesOf(d.ds.Types)
	for n, r := range d.roles {
		if r == rolePredicate {
			d.ds.Predicates = append(d.ds.Predicates, d.predicate(d.nodes[n], d.gather(nil, int32(n)), d.up))
		}
	}
}

// findDeclared finds the predicates and types that others declare without a
// word of ours. Ontologies describe their diseases as classes too, so a class
// or property is taken for a declaration only if the quads use it as one (some
// node is of the class, some quad has the property) and nothing would be lost:
// all that is said of it has a place in graph.Type or graph.Predicate, and
// nothing but a subclass leads to it. Any other is a concept.
func (d *decoder) findDeclared() {
	c := declarations{decoder: d, state: map[int32]*declaration{}, subClass: none}
	c.find()
	if len(c.state) == 0 {
		return
	}
	for i := range d.facts {
		c.look(&d.facts[i])
	}
	c.spread()
	for n, s := range c.state {
		if s.used && !s.refused {
			d.roles[n] = s.role
		}
	}
}

// declarations is what may be a predicate or a type.
type declarations struct {
	*decoder
	state    map[int32]*declaration
	subClass int32 // the number of rdfs:subClassOf
}

type declaration struct {
	role          role
	used, refused bool
	above         []int32 // what it is a subclass of
}

// find finds the nodes that are said to be a class or a property.
func (c *declarations) find() {
	if n, ok := c.names.Find(string(rdfsSubClassOf)); ok {
		c.subClass = n
	}
	for _, class := range []quad.IRI{rdfsClass, owlClass, rdfProperty, owlObjectProperty, owlDataProperty, owlNote} {
		r := rolePredicate
		if class == rdfsClass || class == owlClass {
			r = roleType
		}
		if _, ok := c.names.Find(string(class)); !ok {
			continue
		}
		for i := range c.facts {
			f := &c.facts[i]
			if f.field != FieldType || c.object(f) != class || c.roles[f.s] != noRole {
				continue
			}
			if s := c.state[f.s]; s == nil {
				c.state[f.s] = &declaration{role: r}
			} else if s.role != r { // both a class and a property
				s.refused = true
			}
		}
	}
}

// look takes note of what a fact says of its subject and its object, and that
// it uses its predicate.
func (c *declarations) look(f *fact) {
	if p := c.state[f.p]; p != nil && p.role == rolePredicate && f.s != f.p {
		p.used = true
	}
	s := c.state[f.s]
	if s != nil && !c.fits(s, f) {
		s.refused = true
	}
	if f.o < 0 {
		return
	}
	o := c.state[f.o]
	switch {
	case o == nil:
	case f.field == FieldPropertyID: // a further value has it
		o.used = o.used || o.role == rolePredicate
	case f.field == FieldType:
		o.used = o.used || o.role == roleType && f.s != f.o
	case f.p == c.subClass && s != nil:
		s.above = append(s.above, f.o)
	case f.p == c.subClass: // of a declared type one superclass is kept
		o.used = o.used || c.roles[f.s] == roleType && c.superclass(f.s) == f.o
	case f.field == FieldPrimaryType:
	case c.roles[f.s] != noRole && !c.pointsToConcept(f): // what is no concept only names it
	case s != nil && isDomainOrRange(c.values[f.p]):
	default:
		o.refused = true
	}
}

// fits reports whether a fact about a class or property has a place in what is
// made of it.
func (c *declarations) fits(s *declaration, f *fact) bool {
	if f.l != none && c.roles[f.l] == roleRecord {
		return false
	}
	_, isText := languageText(c.object(f))
	switch c.values[f.p] {
	case rdfType:
		switch c.object(f) {
		case rdfsClass, owlClass:
			return s.role == roleType
		case rdfProperty, owlObjectProperty, owlDataProperty, owlNote, owlSymmetric:
			return s.role == rolePredicate
		}
		return false
	case rdfsLabel, rdfsComment, schemaName, schemaDescription, kgID:
		return isText
	case rdfsSubClassOf:
		if s.role != roleType || f.o < 0 || f.s == f.o {
			return false
		}
		if _, blank := c.object(f).(quad.BNode); blank { // a class without a name, such as OWL's restrictions
			return false
		}
		return c.object(f) == owlThing || c.first(f)
	case rdfsDomain, rdfsRange, schemaDomain, schemaRange:
		_, isIRI := c.object(f).(quad.IRI)
		return s.role == rolePredicate && isIRI
	case kgInverseName:
		return s.role == rolePredicate && isText
	case isDefinedBy: // who declares it is not kept
		return f.o >= 0
	}
	return false
}

// isDomainOrRange reports whether a predicate leads from a property to a class
// that it may join.
func isDomainOrRange(p quad.Value) bool {
	switch p {
	case rdfsDomain, rdfsRange, schemaDomain, schemaRange:
		return true
	}
	return false
}

// superclass returns the class that declaredType will take.
func (c *declarations) superclass(n int32) int32 {
	super := none
	for _, i := range c.about(n) {
		f := &c.facts[i]
		if f.p == c.subClass && f.o >= 0 && c.object(f) != owlThing && (super == none || compareTerms(c.object(f), c.values[super]) < 0) {
			super = f.o
		}
	}
	return super
}

// first reports whether a fact is the only one with its subject and predicate,
// but for repetitions and owl:Thing.
func (c *declarations) first(f *fact) bool {
	for _, i := range c.about(f.s) {
		if o := &c.facts[i]; o.p == f.p && o.o != f.o && c.object(o) != owlThing {
			return false
		}
	}
	return true
}

// spread follows the hierarchy: a class is used if a subclass is.
func (c *declarations) spread() {
	var open []*declaration
	for _, s := range c.state {
		if s.used && !s.refused {
			open = append(open, s)
		}
	}
	for len(open) > 0 {
		s := open[len(open)-1]
		open = open[:len(open)-1]
		for _, n := range s.above {
			if super := c.state[n]; !super.used && !super.refused {
				super.used = true
				open = append(open, super)
			}
		}
	}
}
