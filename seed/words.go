package seed

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// What is misspelt in RDF means something else there, and nobody says so: any
// IRI may be a predicate or a class. But the words of the kg vocabulary are all
// known, and a word of schema.org that is one or two letters from one that is
// read here is hardly meant.

// nearMiss is how many letters a word of schema.org may differ, and shortest how
// long it is at least: its vocabulary has hundreds of words, and short ones are
// near to each other.
const (
	nearMiss = 2
	shortest = 6
)

// wordMarks are the words of our vocabularies that nobody knows, each where a file
// first has it.
type wordMarks struct {
	known   map[graph.ID]bool
	all     []graph.ID
	looked  map[quad.Value]bool // words of the file that were looked at
	file    string
	unknown []wordMark
}

type wordMark struct {
	word graph.ID
	at   spot
}

func newWordMarks() *wordMarks {
	m := &wordMarks{known: map[graph.ID]bool{}}
	learn := func(id graph.ID) {
		if !m.known[id] {
			m.known[id] = true
			m.all = append(m.all, id)
		}
	}
	for _, p := range graph.Registry() {
		learn(p.ID)
	}
	for _, w := range graph.Words() {
		learn(w.ID)
	}
	for _, class := range graph.Classes() {
		learn(class)
	}
	vocabulary := graph.NewPrefixes(nil)
	learn("kg:prefix") // which package rdf reads
	for _, iri := range quads.Words() {
		learn(vocabulary.Compact(string(iri)))
	}
	return m
}

// look takes note of a predicate, and of the class that an rdf:type names.
func (m *wordMarks) look(file string, at syntax.Place, q quad.Quad) {
	if m.file != file {
		m.file, m.looked = file, map[quad.Value]bool{}
	}
	m.word(at, q.Predicate)
	if q.Predicate == rdfType {
		m.word(at, q.Object)
	}
}

func (m *wordMarks) word(at syntax.Place, v quad.Value) {
	iri, isIRI := v.(quad.IRI)
	if !isIRI || m.looked[v] {
		return
	}
	m.looked[v] = true
	if !strings.HasPrefix(string(iri), graph.KG) && !strings.HasPrefix(string(iri), graph.SchemaOrg) {
		return
	}
	if id := graph.NewPrefixes(nil).Compact(string(iri)); !m.known[id] {
		m.unknown = append(m.unknown, wordMark{id, spot{place{m.file, at.Line, at.Column}, at.Pointer}})
	}
}

// warn warns of the words that are not declared in the data either.
func (m *wordMarks) warn(p *problems, d *graph.Dataset, documents []document) {
	declared := map[graph.ID]bool{}
	for i := range d.Predicates {
		declared[d.Predicates[i].ID] = true
	}
	for i := range d.Types {
		declared[d.Types[i].ID] = true
	}
	for i := range d.Concepts {
		declared[d.Concepts[i].ID] = true
	}
	for i := range documents {
		for _, n := range documents[i].predicates {
			declared[graph.ID(n.id.is)] = true
		}
		for _, n := range documents[i].types {
			declared[graph.ID(n.id.is)] = true
		}
	}
	for _, u := range m.unknown {
		if declared[u.word] {
			continue
		}
		word, near := string(u.word), m.meant(u.word)
		switch {
		case near != "":
			p.warning(u.at.place, u.at.pointer, RuleUnknownWord, func() (string, string) {
				return "unknown word " + strconv.Quote(shorten(word)), "did you mean " + near + "?"
			})
		case strings.HasPrefix(word, "kg:"):
			p.warning(u.at.place, u.at.pointer, RuleUnknownWord, func() (string, string) {
				return "unknown word " + strconv.Quote(shorten(word)), "the words of the kg vocabulary are Plexus's own; put one of yours into a namespace of yours"
			})
		}
	}
}

// meant returns the known word that was probably meant.
func (m *wordMarks) meant(word graph.ID) string {
	prefix, local, _ := strings.Cut(string(word), ":")
	var candidates []string
	for _, id := range m.all {
		if strings.HasPrefix(string(id), prefix+":") {
			candidates = append(candidates, string(id))
		}
	}
	near := nearest(string(word), candidates)
	if prefix == "schema" && near != "" && (utf8.RuneCountInString(local) < shortest || !isNear(string(word), near)) {
		return ""
	}
	return near
}
