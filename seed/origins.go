package seed

import (
	"context"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// No place is remembered of the quads of RDF, of which there may be millions
// and few are doubtful. What is doubtful is looked for in the files once more.

// origin is a file of RDF, and who says what has no label in it.
type origin struct {
	file
	source graph.ID
}

// addOrigin adds a file of RDF. They have the order of a decoder's parts.
func (p *problems) addOrigin(f file, source graph.ID) {
	p.origins = append(p.origins, origin{f, source})
}

func (p *problems) originNames() []string {
	names := make([]string, len(p.origins))
	for i, o := range p.origins {
		names[i] = o.name
	}
	return names
}

// spot is a place in any format: JSON-LD has a pointer instead of a line.
type spot struct {
	place
	pointer string
}

// originsOf returns where the doubtful things stand that no document declares: a
// concept where a quad first has it as subject, a statement where its quad is.
// Of what is not found, the first file is named. The error is the context's.
func (b *builder) originsOf(ctx context.Context, doubts []doubt) (map[graph.ID]spot, error) {
	at := make(map[graph.ID]spot, len(doubts))
	if len(doubts) == 0 || len(b.origins) == 0 {
		return at, nil
	}
	s := b.search(doubts)
	for i := range b.origins {
		if len(s.at) == s.wanted {
			break
		}
		// Whatever cannot be read now was told of when it was read first.
		if s.read(ctx, b.origins[i], i) != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	for _, d := range doubts {
		found, ok := s.at[d.about]
		if !ok {
			found.place = place{file: b.origins[0].name}
		}
		at[d.about] = found
	}
	return at, nil
}

// search looks for the quads of things, which it knows by what they must have.
type search struct {
	subjects map[string]graph.ID // concepts, by their IRIs
	labels   map[string]graph.ID // statements, by theirs
	claims   map[claim]graph.ID  // statements, where they have no IRI in the file
	sources  map[string]graph.ID // by their IRIs
	prefixes graph.Prefixes
	words    map[quad.Value]word
	named    func(q quad.Quad, part int) quad.Quad // names blank nodes as the data set does
	wanted   int
	at       map[graph.ID]spot
}

// claim is what a statement without a label is known by. Its ends are IRIs.
type claim struct {
	subject, object   string
	predicate, source graph.ID
	denied            bool
}

// word is what a predicate of the quads is in a statement.
type word struct {
	graph.Word
	id graph.ID // what it is where it is left
}

func (b *builder) search(doubts []doubt) *search {
	s := &search{
		subjects: map[string]graph.ID{}, labels: map[string]graph.ID{}, claims: map[claim]graph.ID{}, sources: map[string]graph.ID{},
		prefixes: b.prefixes, words: map[quad.Value]word{}, at: map[graph.ID]spot{},
		named: b.renamed,
	}
	wanted := map[graph.ID]bool{}
	for _, d := range doubts {
		wanted[d.about] = true
	}
	s.wanted = len(wanted)
	iri := b.fullForms()
	for i := range b.dataset.Statements {
		if t := &b.dataset.Statements[i]; wanted[t.ID] {
			s.labels[t.IRI] = t.ID
			if t.Object != "" {
				s.claims[claim{iri(t.Subject), iri(t.Object), t.Predicate, t.Source, t.Negated}] = t.ID
			}
			delete(wanted, t.ID)
		}
	}
	for id := range wanted { // what is no statement
		s.subjects[iri(id)] = id
	}
	for i := range b.dataset.Sources {
		s.sources[b.dataset.Sources[i].IRI] = b.dataset.Sources[i].ID
	}
	for i := range b.dataset.Articles {
		s.sources[b.dataset.Articles[i].IRI] = b.dataset.Articles[i].ID
	}
	return s
}

// scan reads the quads of a file once more.
func (o origin) scan(ctx context.Context, yield func(syntax.Place, quad.Quad) error) error {
	content, err := o.content()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	return o.in.quads(ctx, content, yield)
}

// read looks at the quads of a file until everything is found.
func (s *search) read(ctx context.Context, o origin, part int) error {
	return o.scan(ctx, func(at syntax.Place, q quad.Quad) error {
		s.look(s.named(q, part), o.source, spot{place{o.name, at.Line, at.Column}, at.Pointer})
		if len(s.at) == s.wanted {
			return errStop
		}
		return nil
	})
}

// look takes note of where a quad stands that is looked for. The source is who
// says it if it has no label.
func (s *search) look(q quad.Quad, source graph.ID, at spot) {
	subject, _ := quads.Name(q.Subject)
	find(s, s.subjects, subject, at)
	if rdf.IsPart(q.Predicate) {
		find(s, s.labels, subject, at)
	}
	if label, labelled := quads.Name(q.Label); labelled {
		find(s, s.labels, label, at)
		source = s.sources[label]
	}
	if object, isNode := quads.Name(q.Object); isNode && len(s.claims) > 0 {
		w := s.word(q.Predicate)
		// The kinds of the ends may have turned it round, or left the word as it is.
		find(s, s.claims, claim{subject, object, w.Predicate, source, w.Denies}, at)
		find(s, s.claims, claim{object, subject, w.Predicate, source, w.Denies}, at)
		find(s, s.claims, claim{subject, object, w.id, source, false}, at)
	}
}

// find takes note of the place of a thing that is known by a key; the first
// one counts.
func find[K comparable](s *search, things map[K]graph.ID, key K, at spot) {
	id, wanted := things[key]
	if !wanted {
		return
	}
	delete(things, key)
	if _, found := s.at[id]; !found {
		s.at[id] = at
	}
}

// word returns what a predicate of the quads is in a statement.
func (s *search) word(predicate quad.Value) word {
	w, known := s.words[predicate]
	if known {
		return w
	}
	iri, _ := quads.Name(predicate)
	w.id = s.prefixes.Compact(iri)
	if w.Word, known = graph.LookupWord(iri); !known {
		if w.Word, known = graph.LookupWord(string(w.id)); !known {
			if w.Predicate = w.id; graph.MayContraindicate(iri) {
				w.Predicate = graph.PredicateContraindication
			}
		}
	}
	if iri == graph.RDFS+"subClassOf" {
		w.Predicate = graph.PredicateBroader // as package quads has it
	}
	s.words[predicate] = w
	return w
}
