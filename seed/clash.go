package seed

import (
	"context"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/plexus-kg/plexus/graph"
)

// A document may say more of what RDF describes: declare a class as a type, give
// a concept its types. Where the two contradict each other, both places are
// told; as no place is remembered of quads, those in RDF are looked for once
// all is read.

// clash is a problem whose message says "(in RDF)" of an id.
type clash struct {
	problem int
	id      graph.ID
}

// clash reports that a document and RDF say different things of an id.
func (b *builder) clash(at place, id graph.ID, format string, args ...any) {
	before := len(b.list)
	if b.add(at, RuleDuplicateID, "", format, args...); len(b.list) > before {
		b.clashes = append(b.clashes, clash{before, id})
	}
}

// placeClashes names the places in RDF. The error is the context's.
func (b *builder) placeClashes(ctx context.Context) error {
	doubts := make([]doubt, len(b.clashes))
	for i, c := range b.clashes {
		doubts[i].about = c.id
	}
	at, err := b.originsOf(ctx, doubts)
	if err != nil {
		return err
	}
	for _, c := range b.clashes {
		where := at[c.id].String()
		if p := at[c.id].pointer; p != "" {
			where += "#" + p
		}
		message := &b.list[c.problem].Message
		*message = strings.Replace(*message, "(in RDF)", "(at "+where+")", 1)
	}
	return nil
}

// wordIsConcept reports a type or predicate of a document that the decoder took
// for a concept.
func (b *builder) wordIsConcept(word thing, c *graph.Concept) {
	if word.class == aType {
		b.clash(word.at, c.ID, "the id %q already names a concept (in RDF), which says more of it than of a type (a name, a description, one superclass), or links to it; to give the class itself a type, write it under concepts: {id: %q, types: […]}",
			syntax.Shorten(string(c.ID)), c.ID)
		return
	}
	b.clash(word.at, c.ID, "the id %q already names a concept (in RDF), which says more of it than of a predicate (a name, a description, domain and range), or links to it: choose another id", syntax.Shorten(string(c.ID)))
}

// agree completes what a document says of a word with what RDF says of it, and
// reports where the two say different things.
func (b *builder) agree(id graph.ID, at place, key string, ours *string, theirs string) {
	switch {
	case *ours == "":
		*ours = theirs
	case theirs != "" && theirs != *ours:
		b.clash(at, id, "RDF declares %s too, with another %s, %q (in RDF): say the same, or leave one out", id, key, syntax.Shorten(theirs))
	}
}

// agreePredicate is agree for all that a predicate has. A label of RDF that is
// no word is none to agree with.
func (b *builder) agreePredicate(n *predicateNode, ours, theirs *graph.Predicate) {
	id := ours.ID
	if n.name.given() && isWord(theirs.Name) {
		b.agree(id, n.name.at, "name", &ours.Name, theirs.Name)
	}
	b.agree(id, n.description.at, "description", &ours.Description, theirs.Description)
	b.agree(id, n.inverse.at, "inverse", &ours.Inverse, theirs.Inverse)
	b.agreeKinds(id, n.domainAt, "domain", &ours.Domain, theirs.Domain)
	b.agreeKinds(id, n.rangeAt, "range", &ours.Range, theirs.Range)
	for _, is := range []struct {
		ours     *bool
		theirs   bool
		key      string
		excludes place
	}{
		{&ours.Text, theirs.Text, "text", n.rangeAt},
		{&ours.Text, theirs.Text, "text", n.inverse.at},
		{&ours.Symmetric, theirs.Symmetric, "symmetric", n.rangeAt},
		{&ours.Symmetric, theirs.Symmetric, "symmetric", n.inverse.at},
		{&ours.SameKind, theirs.SameKind, "sameKind", place{}},
		{&ours.Hedged, theirs.Hedged, "hedged", place{}},
		{&ours.Caution, theirs.Caution, "caution", place{}},
	} {
		if is.theirs && is.excludes.file != "" {
			b.clash(is.excludes, id, "RDF declares %s too, with %s: true (in RDF), which excludes this: say the same, or leave one out", id, is.key)
		}
		*is.ours = *is.ours || is.theirs
	}
	if ours.Symmetric {
		ours.Inverse, ours.Range = ours.Name, slices.Clone(ours.Domain)
	}
	ours.IRI, ours.Mapping = theirs.IRI, theirs.Mapping
}

// agreeKinds is agree for domain and range.
func (b *builder) agreeKinds(id graph.ID, at place, key string, ours *[]graph.Kind, theirs []graph.Kind) {
	sorted := func(kinds []graph.Kind) []graph.Kind { return slices.Sorted(slices.Values(kinds)) }
	switch {
	case len(*ours) == 0:
		*ours = theirs
	case len(theirs) > 0 && !slices.Equal(sorted(*ours), sorted(theirs)):
		b.clash(at, id, "RDF declares %s too, with another %s, %s (in RDF): say the same, or leave one out", id, key, list(graph.KindNames(theirs), "and"))
	}
}

// exchangedInRDF reports statements of RDF that run the wrong way, of which the
// decoder could not know: a document or a table says what their ends are. The error
// is the context's.
func (b *builder) exchangedInRDF(ctx context.Context, statements []graph.Statement) error {
	var doubts []doubt
	predicates := map[graph.ID]graph.Predicate{}
	for i := range statements {
		s := &statements[i]
		p, met := predicates[s.Predicate]
		if !met {
			p, _ = graph.LookupPredicate(s.Predicate)
			predicates[s.Predicate] = p
		}
		from, to := b.things[s.Subject].kinds, b.things[s.Object].kinds
		if s.Object != "" && len(s.With) == 0 && p.EndsOf(from, to) == graph.EndsExchanged {
			doubts = append(doubts, doubt{about: s.ID, say: func() (string, string) {
				return exchangedEnds(string(s.Subject), string(s.Object), &p, from, to), ""
			}})
		}
	}
	at, err := b.originsOf(ctx, doubts)
	for _, d := range doubts {
		message, _ := d.say()
		b.addPointer(at[d.about].place, at[d.about].pointer, RuleWrongDomain, "%s", message)
	}
	return err
}
