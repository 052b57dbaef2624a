package quads

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// Part is one file of quads. Source is who says the links in it that have no
// label; its zero value is nobody.
type Part struct {
	Source graph.Source
	Quads  []quad.Quad
}

// Decode makes a normalized data set of quads: of what [Encode] wrote, the
// same data set; of what others wrote, what the package comment says. Neither
// the order of the quads nor repetitions make a difference.
//
// It returns an error for a quad that is none (a literal as subject, an IRI
// missing) and for what Dataset.Normalize refuses, such as two things that
// claim one id.
func Decode(prefixes graph.Prefixes, parts ...Part) (*graph.Dataset, error) {
	d := &decoder{names: map[string]int32{}, parts: parts, partSources: make([]bool, len(parts))}
	d.Prefixes = prefixes
	d.Lookup = d.lookup
	if err := d.read(); err != nil {
		return nil, err
	}
	d.findRoles()
	d.findIDs()
	d.findStatements()
	if err := d.build(); err != nil {
		return nil, err
	}
	if err := d.ds.Normalize(); err != nil {
		return nil, fmt.Errorf("the quads make no graph: %w", err)
	}
	return &d.ds, nil
}

// none marks the absence of a node: a literal as object, no label.
const none int32 = -1

// fact is a quad with its nodes as numbers, and what its predicate means to
// the encoding, so that no word is compared with another for every quad.
type fact struct {
	*quad.Quad
	s, p, o, l int32
	part       int32
	field      Field
}

// role is what a node is in the graph.
type role uint8

const (
	noRole role = iota
	roleConcept
	roleRecord
	roleSource
	roleArticle
	roleSection
	rolePredicate
	roleHelper
)

func (r role) class() graph.Class {
	switch r {
	case roleConcept:
		return graph.ClassConcept
	case roleRecord:
		return graph.ClassStatement
	case roleSource:
		return graph.ClassSource
	case roleArticle:
		return graph.ClassArticle
	case roleSection:
		return graph.ClassSection
	default:
		return graph.ClassNone
	}
}

type decoder struct {
	Things
	parts []Part
	ds    graph.Dataset

	names map[string]int32 // number of a node by name
	nodes []string         // and back
	facts []fact
	start []int32 // the facts about node n are bySubject[start[n]:start[n+1]]
	order []int32 // facts by subject
	ranks []int32 // of nodes that are predicates, their place in the alphabet

	roles []role
	ids   []graph.ID // of every node with a role but helpers

	statements  []int32          // facts that are statements
	isStatement []bool           // by fact
	codes       map[int32][]fact // mappings of recorded links that are codes as well, by subject
	partSources []bool           // parts whose source says something
}

// read numbers the nodes of all quads.
func (d *decoder) read() error {
	total := 0
	for _, p := range d.parts {
		total += len(p.Quads)
	}
	d.facts = make([]fact, 0, total)
	d.names = make(map[string]int32, total/4) // a quad in four brings a new node
	var last fact                             // most quads have the subject of the one before
	for i, part := range d.parts {
		for j := range part.Quads {
			q := &part.Quads[j]
			if i > 0 {
				q = renameBlanks(q, i)
			}
			subject := last.s
			switch {
			case last.Quad == nil:
				subject = d.number(q.Subject)
			case last.Subject == q.Subject:
			case last.l != none && last.Label == q.Subject: // a record follows its statement
				subject = last.l
			default:
				subject = d.number(q.Subject)
			}
			f := fact{Quad: q, s: subject, p: d.number(q.Predicate), o: d.number(q.Object), l: d.number(q.Label), part: int32(i)}
			if _, isIRI := q.Predicate.(quad.IRI); !isIRI || f.s == none || q.Object == nil || (q.Label != nil && f.l == none) {
				return fmt.Errorf("quad %d (%v): the subject and any label must be an IRI or a blank node, the predicate an IRI, and the object must be there", j+1, q)
			}
			last = f
			d.facts = append(d.facts, f)
		}
	}
	d.findPredicates()
	d.start = make([]int32, len(d.nodes)+1)
	for i := range d.facts {
		d.start[d.facts[i].s+1]++
	}
	for n := range d.nodes {
		d.start[n+1] += d.start[n]
	}
	d.order = make([]int32, len(d.facts))
	next := slices.Clone(d.start)
	for i := range d.facts {
		s := d.facts[i].s
		d.order[next[s]] = int32(i)
		next[s]++
	}
	return nil
}

// findPredicates gives every fact the field of its predicate, and every
// predicate its rank.
func (d *decoder) findPredicates() {
	const unseen = ^NoField
	fields := slices.Repeat([]Field{unseen}, len(d.nodes))
	var predicates []int32
	for i := range d.facts {
		f := &d.facts[i]
		if fields[f.p] == unseen {
			fields[f.p] = FieldOf(quad.IRI(d.nodes[f.p]))
			predicates = append(predicates, f.p)
		}
		f.field = fields[f.p]
	}
	slices.SortFunc(predicates, func(a, b int32) int { return cmp.Compare(d.nodes[a], d.nodes[b]) })
	d.ranks = make([]int32, len(d.nodes))
	for i, p := range predicates {
		d.ranks[p] = int32(i)
	}
}

// renameBlanks returns the quad with the blank nodes of its part told apart
// from those of other parts.
func renameBlanks(q *quad.Quad, part int) *quad.Quad {
	rename := func(v quad.Value) quad.Value {
		if b, ok := v.(quad.BNode); ok {
			return quad.BNode(fmt.Sprintf("part%d-%s", part+1, string(b)))
		}
		return v
	}
	renamed := quad.Quad{Subject: rename(q.Subject), Predicate: q.Predicate, Object: rename(q.Object), Label: rename(q.Label)}
	if renamed == *q {
		return q
	}
	return &renamed
}

func (d *decoder) number(v quad.Value) int32 {
	name, ok := Name(v)
	if !ok {
		return none
	}
	n, known := d.names[name]
	if !known {
		n = int32(len(d.nodes))
		d.names[name] = n
		d.nodes = append(d.nodes, name)
	}
	return n
}

// about returns the facts that have the node as subject.
func (d *decoder) about(n int32) []int32 { return d.order[d.start[n]:d.start[n+1]] }

// lookup is Things.Lookup on the nodes of the decoder.
func (d *decoder) lookup(iri string) (graph.ID, graph.Class) {
	n, known := d.names[iri]
	if !known {
		return "", graph.ClassNone
	}
	return d.ids[n], d.roles[n].class()
}

// findStatements chooses the facts that are statements: those with a record,
// and those between two concepts, unless they say a type.
func (d *decoder) findStatements() {
	d.isStatement = make([]bool, len(d.facts))
	d.codes = map[int32][]fact{}
	recorded := make([]bool, len(d.nodes))
	for i := range d.facts {
		f := &d.facts[i]
		switch {
		case f.l != none && d.roles[f.l] == roleRecord:
			d.isStatement[i] = true
			if recorded[f.l] { // the same quad again
				continue
			}
			recorded[f.l] = true
			// Encode writes the codes of a concept itself; others mean the mapping to
			// be one.
			if d.maps(f) && !d.namesConcept(f) && !graph.IsStatementID(string(d.ids[f.l])) {
				d.codes[f.s] = append(d.codes[f.s], *f)
			}
		case f.o != none && d.roles[f.s] == roleConcept && d.roles[f.o] == roleConcept && f.field != FieldType && f.field != FieldPrimaryType:
			d.isStatement[i] = true
		}
		if d.isStatement[i] {
			d.statements = append(d.statements, int32(i))
		}
	}
}

// namesConcept reports whether the object of a fact is a concept or, as a
// literal, the IRI of one.
func (d *decoder) namesConcept(f *fact) bool {
	n, known := d.names[d.Value(f.Object).Text]
	return known && d.roles[n] == roleConcept
}

// build makes the things of the data set, in the order of their nodes.
func (d *decoder) build() error {
	d.ds.Prefixes = d.Prefixes
	if err := d.buildArticles(); err != nil {
		return err
	}
	mentioned := d.mentionedIn()
	// Statements are made beside the concepts: neither looks at the other.
	var statements sync.WaitGroup
	statements.Go(d.buildStatements)
	defer statements.Wait()
	var about description
	count := 0
	for _, r := range d.roles {
		if r == roleConcept {
			count++
		}
	}
	d.ds.Concepts = slices.Grow(d.ds.Concepts, count)
	for n := range int32(len(d.nodes)) {
		switch d.roles[n] {
		case roleConcept:
			d.describe(&about, n)
			c := d.concept(d.nodes[n], d.ids[n], about.own, about.helpers)
			c.Sections = mentioned[n]
			c.Sources = append(c.Sources, d.graphsOf(n)...)
			for _, f := range d.codes[n] {
				k, _ := d.mapping(*f.Quad)
				if !slices.ContainsFunc(c.Codes, func(o graph.Code) bool { return o.Code == k.Code && o.Match == k.Match }) {
					c.Codes = append(c.Codes, k)
				}
			}
			d.ds.Concepts = append(d.ds.Concepts, c)
		case rolePredicate:
			d.ds.Predicates = append(d.ds.Predicates, d.predicate(d.nodes[n], d.gather(nil, n)))
		}
	}
	return nil
}

// graphsOf returns the sources in whose graphs a concept is described.
func (d *decoder) graphsOf(n int32) []graph.ID {
	var sources []graph.ID
	for _, i := range d.about(n) {
		if f := &d.facts[i]; !d.isStatement[i] && f.l != none && !slices.Contains(sources, d.ids[f.l]) {
			sources = append(sources, d.ids[f.l])
		}
	}
	return sources
}

// mentionedIn returns for each concept the sections that mention it.
func (d *decoder) mentionedIn() map[int32][]graph.ID {
	mentioned := map[int32][]graph.ID{}
	for i := range d.facts {
		if f := &d.facts[i]; f.o != none && f.field == FieldMentions && d.roles[f.s] == roleSection && d.roles[f.o] == roleConcept {
			mentioned[f.o] = append(mentioned[f.o], d.ids[f.s])
		}
	}
	return mentioned
}

// buildArticles makes the sources, the articles and their sections.
func (d *decoder) buildArticles() error {
	type placed struct {
		graph.Section
		position int
	}
	sections := map[string][]placed{}
	for n, r := range d.roles {
		if r != roleSection {
			continue
		}
		s, article, position, _ := d.Section(d.nodes[n], d.gather(nil, int32(n)))
		if a, known := d.names[article]; !known || d.roles[a] != roleArticle {
			return fmt.Errorf("section <%s>: it is part of no article; say which with <%s>", d.nodes[n], schemaIsPartOf)
		}
		sections[article] = append(sections[article], placed{s, position})
	}
	for n, r := range d.roles {
		if r != roleSource && r != roleArticle {
			continue
		}
		s := d.Source(d.nodes[n], d.gather(nil, int32(n)))
		if r == roleSource {
			d.ds.Sources = append(d.ds.Sources, s)
			continue
		}
		s.Kind = graph.ArticleSource
		a := graph.Article{Source: s}
		parts := sections[s.IRI]
		slices.SortFunc(parts, func(a, b placed) int {
			return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.IRI, b.IRI))
		})
		for _, p := range parts {
			a.Sections = append(a.Sections, p.Section)
		}
		d.ds.Articles = append(d.ds.Articles, a)
	}
	return nil
}
