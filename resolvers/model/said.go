package model

import (
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// SayingColumns are the columns that tell who says a text of a concept, and of which
// of its members.
const SayingColumns = graph.ConceptID | graph.ConceptSources | graph.ConceptMembers

// Saying tells who says what of a concept.
type Saying struct {
	view *View
	ConceptRow
}

// SayingOf returns who says what of a concept of which the SayingColumns were read,
// if anybody asks.
func (v *View) SayingOf(c ConceptRow) Saying { return Saying{v, c} }

func (v *View) saying(b *graph.ConceptBatch) Saying {
	return Saying{v, ConceptRow{Row[graph.ConceptBatch]{b, 0}}}
}

// of returns the ids of the members that say something.
func (s Saying) of(says func(*graph.Concept) bool) []graph.ID {
	members := s.Batch.Members.At(s.At)
	if len(members) == 0 {
		return []graph.ID{graph.ID(s.ID())}
	}
	ids := []graph.ID{}
	for i := range members {
		if says(&members[i]) && !slices.Contains(ids, members[i].ID) {
			ids = append(ids, members[i].ID)
		}
	}
	return ids
}

// by returns the ids of the sources that say something.
func (s Saying) by(says func(*graph.Concept) bool) []graph.ID {
	ids := []graph.ID{}
	members := s.Batch.Members.At(s.At)
	for i := range members {
		if !says(&members[i]) {
			continue
		}
		for _, id := range members[i].Sources {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	if len(members) == 0 {
		for _, ref := range s.Batch.Sources.At(s.At) {
			ids = append(ids, s.view.sourceID(ref))
		}
	}
	slices.Sort(ids)
	return ids
}

// sourceID returns the id of a source. All of them are read at once: there are few,
// and all are named again and again.
func (v *View) sourceID(ref graph.Ref) graph.ID {
	v.sourcesRead.Do(func() {
		var b graph.SourceBatch
		v.sources = v.sourceRefs()
		if v.reader.Sources(context.Background(), v.sources, graph.SourceID, &b) == nil { // a source of a damaged release has no id
			v.sourceIDs = b.ID
		}
	})
	if at := slices.Index(v.sources, ref); at >= 0 && at < len(v.sourceIDs) {
		return graph.ID(v.sourceIDs[at])
	}
	return ""
}

// Text is a text with its language: a name or a description.
type Text struct {
	said Saying
	of   *graph.Text
}

// TextOf returns the object of a text.
func (s Saying) TextOf(t *graph.Text) Text { return Text{s, t} }

func (t Text) Text() string       { return t.of.Text }
func (t Text) Language() Stated   { return Stated(t.of.Language) }
func (t Text) SaidOf() []graph.ID { return t.said.of(t.says) }
func (t Text) SaidBy() []graph.ID { return t.said.by(t.says) }

func (t Text) says(m *graph.Concept) bool {
	return slices.Contains(m.Names, *t.of) || slices.Contains(m.Descriptions, *t.of)
}

// Synonym is another name of a concept.
type Synonym struct {
	said Saying
	of   *graph.Synonym
}

// SynonymOf returns the object of a synonym.
func (s Saying) SynonymOf(of *graph.Synonym) Synonym { return Synonym{s, of} }

func (s Synonym) Text() string       { return s.of.Text }
func (s Synonym) Language() Stated   { return Stated(s.of.Language) }
func (s Synonym) Scope() graph.Scope { return s.of.Scope }
func (s Synonym) Via() Stated        { return Stated(s.of.Via) }
func (s Synonym) SaidOf() []graph.ID { return s.said.of(s.says) }
func (s Synonym) SaidBy() []graph.ID { return s.said.by(s.says) }

// says reports whether a member has the synonym, or the name that became one.
func (s Synonym) says(m *graph.Concept) bool {
	return slices.Contains(m.Synonyms, *s.of) ||
		s.of.Scope == graph.ScopeNotStated && s.of.Via == "" && slices.Contains(m.Names, graph.Text{Text: s.of.Text, Language: s.of.Language})
}

// Code is the counterpart of a concept in another vocabulary.
type Code struct {
	said Saying
	of   *graph.Code
}

// CodeOf returns the object of a code.
func (s Saying) CodeOf(c *graph.Code) Code { return Code{s, c} }

func (c Code) Code() graph.ID     { return c.of.Code }
func (c Code) Match() graph.Match { return c.of.Match }
func (c Code) Label() Stated      { return Stated(c.of.Label) }
func (c Code) Via() Stated        { return Stated(c.of.Via) }
func (c Code) SaidOf() []graph.ID { return c.said.of(c.says) }
func (c Code) SaidBy() []graph.ID { return c.said.by(c.says) }

func (c Code) says(m *graph.Concept) bool { return slices.Contains(m.Codes, *c.of) }

// Iri is the full IRI, not stated where the prefix is not known.
func (c Code) Iri() Stated {
	iri := c.said.view.Summary().Prefixes.Expand(c.of.Code)
	if iri == string(c.of.Code) && graph.IsCURIE(iri) {
		return ""
	}
	return Stated(iri)
}

// Member is a concept as it was written.
type Member struct{ of *graph.Concept }

// MemberOf returns the object of a member.
func MemberOf(m *graph.Concept) Member { return Member{m} }

func (m Member) ID() string         { return string(m.of.ID) }
func (m Member) Iri() string        { return m.of.IRI }
func (m Member) Kind() graph.Kind   { return m.of.Kind() }
func (m Member) Name() string       { return m.of.Name() }
func (m Member) Types() []graph.ID  { return m.of.Types }
func (m Member) Note() Stated       { return Stated(m.of.Note) }
func (m Member) Deprecated() bool   { return m.of.Deprecated }
func (m Member) ReplacedBy() Stated { return Stated(m.of.ReplacedBy) }
func (m Member) SaidBy() []graph.ID { return m.of.Sources }

// Description is the first of the descriptions.
func (m Member) Description() Stated {
	for _, first := range m.of.Descriptions {
		return Stated(first.Text)
	}
	return ""
}

// NotJoined is an exact match that joins nothing.
type NotJoined struct{ of *graph.NotJoined }

// NotJoinedOf returns the object of one.
func NotJoinedOf(n *graph.NotJoined) NotJoined { return NotJoined{n} }

func (n NotJoined) ID() string                { return string(n.of.ID) }
func (n NotJoined) Reason() graph.JoinRefusal { return n.of.Reason }
