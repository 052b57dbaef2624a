package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/plexus-kg/plexus/graph"
)

// An entry of a document or a table may say more of a concept that another data
// set or RDF describes: its name in another language, a code, the types that it
// has here. Who says what stays known (graph.Concept.Members). All entries are
// read before they are compared, so that the order of files does not matter.

// entry is what one data set says of a concept. RDF has no place, and no set.
type entry struct {
	graph.Concept
	at    place
	set   graph.ID
	vague bool // a type is not known
}

// lack is a key that an entry does not have, and need not if another data set has
// it.
type lack struct {
	of        graph.ID
	at        place
	key, hint string
}

// Addition is an entry that says more of a concept that another data set describes.
type Addition struct {
	File   string   `json:"file"`
	Line   int      `json:"line,omitempty"`
	Column int      `json:"column,omitempty"`
	ID     graph.ID `json:"id"`
	// Sources say more, To are those that they add to: empty for RDF of no data set.
	Sources []graph.ID `json:"sources,omitempty"`
	To      []graph.ID `json:"to,omitempty"`
}

// String returns the addition in the form of a problem.
func (a Addition) String() string {
	said := func(by []graph.ID) string {
		if len(by) == 0 {
			return "RDF"
		}
		return list(asStrings(by), "and")
	}
	return fmt.Sprintf("%s: %s adds to %s, which %s describes", place{a.File, a.Line, a.Column}, said(a.Sources), a.ID, said(a.To))
}

// adds reports whether an entry of a data set says more of a concept that others
// describe, and not its own data set.
func (b *builder) adds(id graph.ID, set *datasetNode) bool {
	own := graph.ID(set.id.is)
	known, taken := b.things[id]
	twice := slices.IndexFunc(b.more[id], func(e entry) bool { return e.set == own })
	if twice >= 0 {
		known.at = b.more[id][twice].at // which declare reports
		b.things[id] = known
	}
	return taken && known.class == aConcept && (known.at.file == "" || known.of != own) && twice < 0
}

// lacking takes note of what an entry does not have.
func (b *builder) lacking(n *conceptNode) {
	hint := ""
	if graph.IsCURIE(n.id.is) {
		hint = "nothing that is read with it describes " + n.id.is
	}
	for _, l := range []struct {
		has  text
		lack lack
	}{
		{text{at: n.typesAt}, lack{key: "types", hint: "MedicalCondition, MedicalSignOrSymptom, MedicalTherapy, MedicalTest or another class"}},
		{n.name.or(text{at: n.namesAt}), lack{key: "name", hint: hint}},
	} {
		if l.lack.of, l.lack.at = graph.ID(n.id.is), n.at; !l.has.given() {
			b.lacks = append(b.lacks, l.lack)
		}
	}
}

// combine makes one concept of what several data sets say of it, and reports what
// entries lack that nobody has.
func (b *builder) combine() {
	has := map[graph.ID]*graph.Concept{}
	for i := range b.dataset.Concepts {
		c := &b.dataset.Concepts[i]
		if more := b.more[c.ID]; more != nil {
			b.merge(c, more)
			has[c.ID] = c
		} else {
			b.addedInRDF(c)
		}
	}
	for _, l := range b.lacks {
		c := has[l.of]
		switch {
		case c == nil:
		case c.IRI != "", l.key == "types" && len(c.Types) > 0, l.key == "name" && len(c.Names) > 0:
			continue
		}
		if where := b.elsewhere(text{is: string(l.of)}, aConcept); where != "" {
			l.hint = strings.TrimPrefix(where, ": ")
		}
		b.missing(l.at, text{}, aConcept, l.key, l.hint)
	}
	b.more, b.lacks = nil, nil
}

// merge adds to a concept what further data sets say of it.
func (b *builder) merge(c *graph.Concept, more []entry) {
	is := b.things[c.ID]
	entries := []entry{{Concept: *c, at: is.at, set: is.of}} // RDF has an IRI, and no place
	if len(c.Members) > 0 {                                  // of RDF
		entries = entries[:0]
		for _, m := range c.Members {
			entries = append(entries, entry{Concept: m})
		}
	}
	entries = append(entries, more...)
	members := make([]graph.Concept, len(entries))
	for i := range entries {
		entries[i].Types = b.superclasses.Entail(entries[i].Types)
	}
	slices.SortStableFunc(entries, func(x, y entry) int { return graph.CompareMembers(c.ID, &x.Concept, &y.Concept) })
	if is.at.file == "" {
		is.at, is.of = more[0].at, more[0].set
	}
	for i := range entries {
		members[i] = entries[i].Concept
	}
	slices.SortStableFunc(entries, func(x, y entry) int { return b.compareKnown(&x, &y) })
	for i := range entries {
		e := &entries[i]
		if i > 0 && b.fits(entries[:i], e) {
			at := e.at
			if at.file == "" {
				at.file = b.originOf(e.Sources)
			}
			b.additions = append(b.additions, Addition{at.file, at.line, at.column, c.ID, e.Sources, entries[0].Sources})
		}
	}
	iri := c.IRI
	*c = graph.Merge(members)
	c.IRI = iri
	is.kinds = b.kindsOf(c.Types)
	if slices.ContainsFunc(entries, func(e entry) bool { return e.vague }) {
		is.kinds = nil // reported: what follows from it is not
	}
	b.things[c.ID] = is
}

// compareKnown puts what is known first: the subject adds to it.
func (b *builder) compareKnown(x, y *entry) int {
	first := func(e *entry) int {
		if b.known.files[e.at.file] || e.at.file == "" && b.known.things[e.ID] {
			return 0
		}
		return 1
	}
	return cmp.Compare(first(x), first(y))
}

// addedInRDF takes note of what files and graphs of RDF add to a concept of others. An
// IRI that is known as a code is that of one thing; a slug may be a homonym.
func (b *builder) addedInRDF(c *graph.Concept) {
	said := slices.DeleteFunc(slices.Clone(c.Members), func(m graph.Concept) bool { return m.ID != c.ID })
	var entries []entry
	for i, m := range said {
		e := entry{Concept: m, at: place{file: b.originOf(m.Sources)}}
		if len(m.Sources) > 0 {
			e.set = m.Sources[0]
		}
		if i > 0 && (graph.IsCURIE(string(c.ID)) || b.fits(entries, &e)) {
			b.additions = append(b.additions, Addition{File: e.at.file, ID: c.ID, Sources: m.Sources, To: said[0].Sources})
		}
		entries = append(entries, e)
	}
}

// originOf returns the file of RDF that speaks in the name of a source, or the first
// one: a file may have several graphs.
func (b *builder) originOf(sources []graph.ID) string {
	at := slices.IndexFunc(b.origins, func(o origin) bool { return slices.Contains(sources, o.source) })
	return b.origins[max(at, 0)].name
}

// fits reports whether an entry may say more of what others describe: it is of the
// kind of the first, and no exact code says that they are two things.
func (b *builder) fits(before []entry, e *entry) bool {
	first := &before[0]
	if kinds := e.Kinds(); kinds[0] != graph.OtherConcept && !slices.ContainsFunc(kinds, first.HasKind) {
		return b.homonym(first, e, "a concept of another kind", list(graph.KindNames(first.Kinds()), "and"), list(graph.KindNames(kinds), "and"))
	}
	for i := range before {
		for _, code := range e.Codes {
			v, _, known := graph.VocabularyOf(code.Code)
			if !known || !v.OneThing || code.Match != graph.MatchExact {
				continue
			}
			of := func(c *graph.Concept) (exact []string) {
				for _, k := range c.Codes {
					if w, _, _ := graph.VocabularyOf(k.Code); w.Prefix == v.Prefix && k.Match == graph.MatchExact {
						exact = append(exact, string(k.Code))
					}
				}
				return exact
			}
			theirs, ours := of(&before[i].Concept), of(&e.Concept)
			if len(theirs) > 0 && !slices.ContainsFunc(ours, func(code string) bool { return slices.Contains(theirs, code) }) {
				return b.homonym(&before[i], e, "a concept with another exact code", list(theirs, "and"), list(ours, "and"))
			}
		}
	}
	return true
}

// homonym reports that two data sets describe two things under one id.
func (b *builder) homonym(first, e *entry, what, is, not string) bool {
	if e.at.file == "" {
		first, e, is, not = e, first, not, is
	}
	where := "in RDF"
	if first.at.file != "" {
		where = "at " + first.at.String()
	}
	near := ""
	if e.set != "" {
		near = graph.Slug(string(e.set) + " " + string(e.ID))
	}
	before := len(b.list)
	b.add(e.at, RuleDuplicateID, near, "the id %q already names %s (%s), %s and not %s: what is another thing has another id", syntax.Shorten(string(e.ID)), what, where, is, not)
	if first.at.file == "" && len(b.list) > before {
		b.clashes = append(b.clashes, clash{before, e.ID})
	}
	return false
}

// with appends an item unless it is there.
func with[T comparable](items []T, item T) []T {
	if slices.Contains(items, item) {
		return items
	}
	return append(items, item)
}
