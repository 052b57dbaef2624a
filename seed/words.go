package seed

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/kgx"
	"github.com/plexus-kg/plexus/seed/schemaorg"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// What is misspelt in RDF means something else there, and nobody says so: any
// IRI may be a predicate or a class. But the words of the kg vocabulary and of
// schema.org are all known.

// nearMiss is how many letters a word of schema.org may differ, and shortest how
// long it is at least: its vocabulary has thousands of words, and short ones are
// near to each other.
const (
	nearMiss = 2
	shortest = 6
)

// wordMarks are the words of our vocabularies that nobody knows, each where a file
// first has it, and how often.
type wordMarks struct {
	known   map[graph.ID]bool
	all     map[schemaorg.Role][]string
	looked  map[wordUse]int // words of the file that were looked at: 1 + their place among the unknown, or 0
	file    string
	unknown []wordMark
}

// wordUse is a word and how it is used.
type wordUse struct {
	word quad.Value
	role schemaorg.Role
}

type wordMark struct {
	word  graph.ID
	role  schemaorg.Role
	at    spot
	times int
}

func newWordMarks() *wordMarks {
	m := &wordMarks{known: map[graph.ID]bool{}, all: map[schemaorg.Role][]string{}}
	learn := func(id graph.ID, role schemaorg.Role) {
		if !m.known[id] {
			m.known[id] = true
			m.all[role] = append(m.all[role], string(id))
		}
	}
	for _, role := range []schemaorg.Role{schemaorg.Property, schemaorg.Class, schemaorg.Value} {
		for _, name := range schemaorg.Names(role) {
			learn(graph.ID("schema:"+name), role)
		}
	}
	for _, p := range graph.Registry() {
		learn(p.ID, schemaorg.Property)
	}
	for _, w := range graph.Words() {
		learn(w.ID, schemaorg.Property)
	}
	for _, class := range graph.Classes() {
		learn(class, schemaorg.Class)
	}
	vocabulary := graph.NewPrefixes(nil)
	learn("kg:prefix", schemaorg.Property) // which package rdf reads
	for _, iri := range quads.Words() {
		id := vocabulary.Compact(string(iri))
		role := schemaorg.Property
		if _, local, _ := strings.Cut(string(id), ":"); local != "" && local[0] >= 'A' && local[0] <= 'Z' {
			role = schemaorg.Class
		}
		learn(id, role)
	}
	return m
}

// look takes note of a predicate, and of the class that an rdf:type names.
func (m *wordMarks) look(file string, at syntax.Place, q quad.Quad) {
	if m.file != file {
		m.file, m.looked = file, map[wordUse]int{}
	}
	m.word(at, wordUse{q.Predicate, schemaorg.Property})
	if q.Predicate == rdfType {
		m.word(at, wordUse{q.Object, schemaorg.Class})
	}
}

func (m *wordMarks) word(at syntax.Place, use wordUse) {
	iri, isIRI := use.word.(quad.IRI)
	if !isIRI || !strings.HasPrefix(string(iri), graph.KG) && !strings.HasPrefix(string(iri), graph.SchemaOrg) && !strings.HasPrefix(string(iri), graph.Biolink) {
		return
	}
	if n, looked := m.looked[use]; looked {
		if n > 0 {
			m.unknown[n-1].times++
		}
		return
	}
	m.looked[use] = 0
	id := graph.NewPrefixes(map[string]string{kgx.Prefix: graph.Biolink}).Compact(string(iri))
	if local, isBiolink := strings.CutPrefix(string(id), kgx.Prefix+":"); isBiolink && isBiolinkWord(local, use.role) {
		return
	}
	if !m.known[id] {
		m.unknown = append(m.unknown, wordMark{id, use.role, spot{place{m.file, at.Line, at.Column}, at.Pointer}, 1})
		m.looked[use] = len(m.unknown)
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
		p.warning(u.at.place, u.at.pointer, RuleUnknownWord, func() (string, string) {
			message, advice := "unknown word "+strconv.Quote(syntax.Shorten(string(u.word))), ""
			if u.times > 1 {
				message += ", used " + strconv.Itoa(u.times) + " times"
			}
			switch near := m.meant(u); {
			case near != "":
				advice = "did you mean " + near + "?"
			case strings.HasPrefix(string(u.word), kgx.Prefix+":"):
				advice = "the Biolink Model has no such " + string(u.role) + ": it stays as it is written"
			case strings.HasPrefix(string(u.word), "kg:"):
				advice = "the words of the kg vocabulary are Plexus's own; put one of yours into a namespace of yours"
			default:
				advice = "schema.org has no such " + string(u.role) + "; put one of yours into a namespace of yours"
			}
			return message, advice
		})
	}
}

// isBiolinkWord reports whether a word without its prefix is one of the Biolink Model,
// in its role.
func isBiolinkWord(local string, role schemaorg.Role) bool {
	if role == schemaorg.Class {
		return graph.LookupBiolink(local) == graph.BiolinkCategory
	}
	return graph.LookupBiolink(local) >= graph.BiolinkPredicate || kgx.IsSlot(local)
}

// meant returns the known word in the same role that was probably meant.
func (m *wordMarks) meant(u wordMark) string {
	if strings.HasPrefix(string(u.word), kgx.Prefix+":") {
		role := graph.BiolinkPredicate
		if u.role == schemaorg.Class {
			role = graph.BiolinkCategory
		}
		return nearestBiolink(string(u.word), role)
	}
	prefix, local, _ := strings.Cut(string(u.word), ":")
	near := nearest(string(u.word), m.all[u.role])
	if prefix == "schema" && near != "" && (utf8.RuneCountInString(local) < shortest || !isNear(string(u.word), near)) {
		return ""
	}
	return near
}
