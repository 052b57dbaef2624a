package frozen

import (
	"slices"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// This file reads single things from their quads, which are those that
// quads.Encode writes. Nothing here allocates but for IRIs that have to be put
// together.

// arena is the memory for the IRIs of one answer.
type arena struct{ buffer []byte }

// reserve makes room for what is known to come.
func (a *arena) reserve(n int) {
	if cap(a.buffer)-len(a.buffer) < n {
		a.buffer = make([]byte, 0, max(n, 2*cap(a.buffer), 1<<10)) // what is in the old one stays valid
	}
}

// name returns the IRI of a term, or the name of a blank node.
func (a *arena) name(t *terms, id uint32) string {
	f, s := t.get(id)
	if f.Kind != localIRI {
		return s
	}
	a.reserve(len(f.Tag) + len(s) - len(f.Prefix))
	from := len(a.buffer)
	a.buffer = t.appendName(a.buffer, id)
	return text(a.buffer[from:])
}

// nameSize returns how much room name needs.
func (t *terms) nameSize(id uint32) int {
	f, s := t.get(id)
	if f.Kind != localIRI {
		return 0
	}
	return len(f.Tag) + len(s) - len(f.Prefix)
}

// id returns the id of a thing.
func (s *Store) id(ref uint32) string {
	if bit(s.renamed, ref) {
		for _, f := range [...]quads.Field{quads.FieldID, quads.FieldIdentifier} {
			if term := s.only(ref, f); term != 0 {
				return s.text(term)
			}
		}
	}
	_, id := s.get(ref)
	return id
}

// words returns a literal as a text with its language.
func (s *Store) words(id uint32) graph.Text {
	f, words := s.get(id)
	if f.Kind == langText {
		return graph.Text{Text: words, Language: f.Tag}
	}
	return graph.Text{Text: words}
}

// value returns a term as the value of a statement or property.
func (s *Store) value(a *arena, id uint32) graph.Value {
	f, words := s.get(id)
	switch f.Kind {
	case plainText:
		return graph.Value{Text: words}
	case langText:
		return graph.Value{Text: words, Language: f.Tag}
	case typedText:
		return graph.Value{Text: words, Datatype: f.datatype}
	default:
		return graph.Value{Text: a.name(&s.terms, id), Datatype: graph.AnyURI}
	}
}

// only returns the object of a field of a node, 0 if it has none.
func (s *Store) only(node uint32, f quads.Field) uint32 {
	if r := s.fieldRun(node, f); r.len() > 0 {
		return s.object[r.from]
	}
	return 0
}

// onlyBare is only for a field whose predicate statements may have, too: those
// are left out.
func (s *Store) onlyBare(node uint32, f quads.Field) uint32 {
	r := s.fieldRun(node, f)
	for i := r.from; i < r.to; i++ {
		if !s.labelled.has(i) {
			return s.object[i]
		}
	}
	return 0
}

// onlyText returns the literal of a field of a node, empty if it has none.
func (s *Store) onlyText(node uint32, f quads.Field) string { return s.text(s.only(node, f)) }

// fieldRun returns the quads of a field of a node.
func (s *Store) fieldRun(node uint32, f quads.Field) span {
	if s.no[f] < 0 {
		return span{}
	}
	return s.run(s.of(node), uint16(s.no[f]))
}

// appendTypes appends the classes of a concept: the first one, then the rest
// in order.
func (s *Store) appendTypes(dst []graph.ID, concept uint32) []graph.ID {
	start := len(dst)
	first := s.only(concept, quads.FieldPrimaryType)
	if first != 0 {
		dst = append(dst, s.curie(first))
		start++
	}
	r := s.fieldRun(concept, quads.FieldType)
	for i := r.from; i < r.to; i++ {
		if o := s.object[i]; o != first && !s.labelled.has(i) {
			dst = append(dst, s.curie(o))
		}
	}
	slices.SortFunc(dst[start:], graph.CompareClasses)
	return dst
}

// appendTexts appends the names or descriptions of a concept, in order.
func (s *Store) appendTexts(dst []graph.Text, concept uint32, f quads.Field) []graph.Text {
	start := len(dst)
	r := s.fieldRun(concept, f)
	for i := r.from; i < r.to; i++ {
		if !s.labelled.has(i) {
			dst = append(dst, s.words(s.object[i]))
		}
	}
	slices.SortFunc(dst[start:], graph.CompareTexts)
	return dst
}

// name returns the name that a concept is shown by.
func (s *Store) name(concept uint32) string {
	term := uint32(0)
	if len(s.names) > 0 {
		term = s.names[concept-1]
	} else { // of a release from before there were such
		term = s.bestName(concept)
	}
	if term == 0 {
		return s.id(concept)
	}
	_, words := s.get(term)
	return words
}

// bestName returns the term of the first name of a concept, 0 if it has none.
func (s *Store) bestName(concept uint32) (term uint32) {
	var best graph.Text
	r := s.fieldRun(concept, quads.FieldName)
	for i := r.from; i < r.to; i++ {
		if s.labelled.has(i) {
			continue
		}
		if w := s.words(s.object[i]); term == 0 || graph.CompareTexts(w, best) < 0 {
			best, term = w, s.object[i]
		}
	}
	return term
}

// appendSynonyms appends the synonyms of a concept, in order. A plain label
// counts only where no SKOS-XL label says more of the same text.
func (s *Store) appendSynonyms(dst []graph.Synonym, concept uint32) []graph.Synonym {
	start := len(dst)
	r := s.fieldRun(concept, quads.FieldLabel)
	for i := r.from; i < r.to; i++ {
		if s.labelled.has(i) {
			continue
		}
		h := s.object[i]
		form := s.only(h, quads.FieldLiteralForm)
		if form == 0 {
			continue
		}
		w := s.words(form)
		dst = append(dst, graph.Synonym{
			Text: w.Text, Language: w.Language,
			Scope: graph.Scope(s.onlyText(h, quads.FieldScope)), Via: s.onlyText(h, quads.FieldVia),
		})
	}
	qualified := dst[start:]
	r = s.fieldRun(concept, quads.FieldAltLabel)
	for i := r.from; i < r.to; i++ {
		if s.labelled.has(i) {
			continue
		}
		w := s.words(s.object[i])
		if !slices.ContainsFunc(qualified, func(o graph.Synonym) bool { return o.Text == w.Text && o.Language == w.Language }) {
			dst = append(dst, graph.Synonym{Text: w.Text, Language: w.Language})
		}
	}
	slices.SortFunc(dst[start:], graph.CompareSynonyms)
	return dst
}

// appendCodes appends the codes of a concept, in order. A mapping counts only
// where no schema:MedicalCode says more of the same code.
func (s *Store) appendCodes(dst []graph.Code, concept uint32) []graph.Code {
	start := len(dst)
	r := s.fieldRun(concept, quads.FieldCode)
	for i := r.from; i < r.to; i++ {
		if s.labelled.has(i) {
			continue
		}
		h := s.object[i]
		if value := s.onlyText(h, quads.FieldCodeValue); value != "" {
			dst = append(dst, graph.Code{
				Code: graph.ID(value), Match: graph.Match(s.onlyText(h, quads.FieldMatch)),
				Label: s.onlyText(h, quads.FieldName), Via: s.onlyText(h, quads.FieldVia),
			})
		}
	}
	qualified := len(dst)
	plain := func(r span, m graph.Match) {
		for i := r.from; i < r.to; i++ {
			if s.labelled.has(i) {
				continue
			}
			c := s.curie(s.object[i])
			if !slices.ContainsFunc(dst[start:qualified], func(o graph.Code) bool { return o.Code == c && o.Match == m }) {
				dst = append(dst, graph.Code{Code: c, Match: m})
			}
		}
	}
	plain(s.fieldRun(concept, quads.FieldXref), graph.MatchNotStated)
	for _, p := range s.mappings {
		plain(s.run(s.of(concept), p), s.matches[p])
	}
	slices.SortFunc(dst[start:], graph.CompareCodes)
	return dst
}

// more reads a property from its helper node.
func (s *Store) more(a *arena, h uint32) (graph.Property, uint32) {
	p, v := s.only(h, quads.FieldPropertyID), s.only(h, quads.FieldValue)
	if p == 0 || v == 0 {
		return graph.Property{}, 0
	}
	return graph.Property{Predicate: s.curie(p), Value: s.value(a, v)}, p
}
