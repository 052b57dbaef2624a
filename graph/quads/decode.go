package quads

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// Part is one file of quads. Source is who says the links in it of which the quads
// do not say who does; its zero value is nobody.
type Part struct {
	Source graph.Source
	Quads  []quad.Quad
}

// Decode makes a normalized data set of quads: of what [Encode] wrote, the
// same data set; of what others wrote, what the package comment says. Neither
// the order of the parts and of their quads nor repetitions make a difference, nor
// do the labels of blank nodes.
//
// It returns an error for a quad that is none (a literal as subject, an IRI
// missing) and for what Dataset.Normalize refuses, such as two things that
// claim one id.
//
// Quads that are read from a file need not all be there at once: see [Decoder].
func Decode(prefixes graph.Prefixes, parts ...Part) (*graph.Dataset, error) {
	total := 0
	for i := range parts {
		total += len(parts[i].Quads)
	}
	d := NewDecoder(total)
	for i := range parts {
		d.Begin(parts[i].Source)
		if err := d.addAll(parts[i].Quads); err != nil {
			return nil, err
		}
	}
	return d.Dataset(prefixes)
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
	roleType
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

// decoder makes a data set of what a Decoder has taken.
type decoder struct {
	Things
	numbered
	ds graph.Dataset

	nodes []string // the names of nodes by their numbers
	start []int32  // the facts about node n are order[start[n]:start[n+1]]
	order []int32  // facts by subject
	ranks []int32  // of nodes that are predicates, their place in the alphabet

	roles []role
	ids   []graph.ID // of every node with a role but helpers

	up          graph.Superclasses // of declared types
	statements  []int32            // facts that are statements
	isStatement []bool             // by fact
	again       map[int32]int      // recorded statements of several parts → the one that says them
	codes       map[int32][]fact   // mappings of recorded links that are codes as well, by subject
	partSources []bool             // parts whose source says something
}

func (d *decoder) decode() (*graph.Dataset, error) {
	d.nodes, d.partSources = d.names.Names(), make([]bool, len(d.parts))
	d.Lookup = d.lookup
	d.sortFacts()
	d.findRoles()
	d.findIDs()
	d.findStatements()
	if err := d.build(); err != nil {
		return nil, err
	}
	ds := d.ds
	*d = decoder{} // nothing of it is needed any more, and what comes takes memory
	if err := ds.Normalize(); err != nil {
		return nil, fmt.Errorf("the quads make no graph: %w", err)
	}
	return &ds, nil
}

// sortFacts finds the facts of each subject, and the rank of each predicate.
func (d *decoder) sortFacts() {
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
	slices.SortFunc(d.predicates, func(a, b int32) int { return cmp.Compare(d.nodes[a], d.nodes[b]) })
	d.ranks = make([]int32, len(d.nodes))
	for i, p := range d.predicates {
		d.ranks[p] = int32(i)
	}
}

// about returns the facts that have the node as subject.
func (d *decoder) about(n int32) []int32 { return d.order[d.start[n]:d.start[n+1]] }

// lookup is Things.Lookup on the nodes of the decoder.
func (d *decoder) lookup(iri string) (graph.ID, graph.Class) {
	n, known := d.names.Find(iri)
	if !known {
		return "", graph.ClassNone
	}
	return d.ids[n], d.roles[n].class()
}

// findStatements chooses the facts that are statements: those with a record,
// and those between two concepts, unless they say a type.
func (d *decoder) findStatements() {
	d.isStatement = make([]bool, len(d.facts))
	d.codes, d.again = map[int32][]fact{}, map[int32]int{}
	recorded := make([]int32, len(d.nodes)) // 1 + the fact
	for i := range d.facts {
		f := &d.facts[i]
		switch {
		case f.l != none && d.roles[f.l] == roleRecord:
			d.isStatement[i] = true
			if first := recorded[f.l] - 1; first >= 0 { // the same quad again
				d.repeat(first, int32(i))
				continue
			}
			recorded[f.l] = int32(i) + 1
			// Encode writes the codes of a concept itself; others mean the mapping to
			// be one.
			if d.maps(f) && !d.namesConcept(f) && !graph.IsStatementID(string(d.ids[f.l])) {
				d.codes[f.s] = append(d.codes[f.s], *f)
			}
		case f.o >= 0 && d.roles[f.s] == roleConcept && d.roles[f.o] == roleConcept && f.field != FieldType && f.field != FieldPrimaryType && f.field != FieldReplacedBy:
			d.isStatement[i] = true
		}
		if d.isStatement[i] {
			d.statements = append(d.statements, int32(i))
		}
	}
}

// partOfRecord returns the part in whose name a record speaks.
func (d *decoder) partOfRecord(i int32) int {
	if part, several := d.again[i]; several {
		return part
	}
	return d.partOf(i)
}

// repeat takes note that a part has a recorded statement again. Of several parts
// it speaks in the name of the one whose source comes first in the alphabet.
func (d *decoder) repeat(first, again int32) {
	part, best := d.partOf(again), d.partOfRecord(first)
	id, old := d.parts[part].source.ID, d.parts[best].source.ID
	if id != "" && (old == "" || id < old) {
		d.again[first] = part
	}
}

// keepMatches leaves of the mappings that are codes as well those whose records
// hold them as they stand: a code is denied, doubted or taken back by nobody.
func (d *decoder) keepMatches() {
	var about description
	for n, codes := range d.codes {
		d.codes[n] = slices.DeleteFunc(codes, func(f fact) bool {
			d.describe(&about, f.l, nil)
			s := d.record(d.nodes[f.l], d.ids[f.l], about.own, about.helpers)
			return s.Negated || s.Retracted != "" || s.Note != "" || graph.CaveatsOf(&s, graph.DataSource)&^graph.Noted != 0 ||
				graph.IsNever(s.Frequency) || len(s.ReadRecord(false, d.Prefixes)) > 0
		})
	}
}

// namesConcept reports whether the object of a fact is a concept or, as a
// literal, the IRI of one.
func (d *decoder) namesConcept(f *fact) bool {
	n, known := d.names.Find(d.Value(d.object(f)).Text)
	return known && d.roles[n] == roleConcept
}

// build makes the things of the data set, in the order of their nodes.
func (d *decoder) build() error {
	d.ds.Prefixes = d.Prefixes
	if err := d.buildArticles(); err != nil {
		return err
	}
	d.buildDeclared()
	mentioned := d.mentionedIn()
	d.keepMatches()
	// Statements are made beside the concepts: neither looks at the other.
	var statements sync.WaitGroup
	statements.Go(d.buildStatements)
	defer statements.Wait()
	describing := make([]bool, len(d.parts))
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
			voices := d.voices(n)
			if len(voices) > 1 {
				d.ds.Concepts = append(d.ds.Concepts, d.merged(&about, n, voices, mentioned[n], describing))
				continue
			}
			d.describe(&about, n, nil)
			c := d.concept(d.nodes[n], d.ids[n], about.own, about.helpers)
			c.Sections = mentioned[n]
			c.Sources = append(c.Sources, d.graphsOf(n)...)
			if len(c.Sources) == 0 {
				c.Sources = d.partsOf(n, describing)
			}
			for _, f := range d.codes[n] {
				k, _ := d.mapping(d.quad(&f))
				addCode(&c, k)
			}
			d.ds.Concepts = append(d.ds.Concepts, c)
		}
	}
	statements.Wait() // which names sources, too
	for part, describes := range describing {
		if describes {
			d.partSource(part)
		}
	}
	return nil
}

// addCode adds a code unless it is there.
func addCode(c *graph.Concept, k graph.Code) {
	if !slices.ContainsFunc(c.Codes, func(o graph.Code) bool { return o.Code == k.Code && o.Match == k.Match }) {
		c.Codes = append(c.Codes, k)
	}
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

// partsOf returns the sources of the parts that describe a concept, and marks
// these parts.
func (d *decoder) partsOf(n int32, describing []bool) []graph.ID {
	var sources []graph.ID
	for _, i := range d.about(n) {
		if d.isStatement[i] {
			continue
		}
		part := d.partOf(i)
		if d.parts[part].describes && !slices.Contains(sources, d.parts[part].source.ID) {
			sources, describing[part] = append(sources, d.parts[part].source.ID), true
		}
	}
	return sources
}

// mentionedIn returns for each concept the sections that mention it.
func (d *decoder) mentionedIn() map[int32][]graph.ID {
	mentioned := map[int32][]graph.ID{}
	for i := range d.facts {
		if f := &d.facts[i]; f.o >= 0 && f.field == FieldMentions && d.roles[f.s] == roleSection && d.roles[f.o] == roleConcept {
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
		if a, known := d.names.Find(article); !known || d.roles[a] != roleArticle {
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
