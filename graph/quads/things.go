package quads

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// Things reads single things from the quads that describe them: those that
// have the thing as subject and no statement's label, and those of its helper
// nodes ([IsHelper]). The order of the quads does not matter.
type Things struct {
	Prefixes graph.Prefixes
	// Lookup returns the id and class of the thing with this IRI, ClassNone for
	// what is none.
	Lookup func(iri string) (graph.ID, graph.Class)
}

// property keeps what no field has taken.
func (t *Things) property(ps []graph.Property, q quad.Quad) []graph.Property {
	p, _ := Name(q.Predicate)
	return append(ps, graph.Property{Predicate: t.Prefixes.Compact(p), Value: t.Value(q.Object)})
}

// reference returns the id of what a term names, if it is of one of the
// classes.
func (t *Things) reference(v quad.Value, classes ...graph.Class) (graph.ID, bool) {
	name, ok := Name(v)
	if !ok {
		return "", false
	}
	id, class := t.Lookup(name)
	return id, slices.Contains(classes, class)
}

// id returns the id that the quads of one thing give, else the one that
// follows from its IRI.
func (t *Things) id(iri string, about []quad.Quad) graph.ID {
	for _, q := range about {
		if id, ok := text(q.Object); ok && q.Predicate == kgID && id != "" {
			return graph.ID(id)
		}
	}
	return t.Prefixes.Compact(iri)
}

// split separates the quads of a thing, in order and without repetitions,
// from those of its helper nodes, by name of the node.
func (t *Things) split(iri string, quads []quad.Quad) (own []quad.Quad, helpers map[string][]quad.Quad) {
	quads = sortTerms(quads)
	for _, q := range quads {
		name, _ := Name(q.Subject)
		if name == iri {
			own = append(own, q)
			continue
		}
		if helpers == nil {
			helpers = map[string][]quad.Quad{}
		}
		helpers[name] = append(helpers[name], q)
	}
	return own, helpers
}

// object returns the first object of a predicate.
func object(about []quad.Quad, p quad.IRI) quad.Value {
	for _, q := range about {
		if q.Predicate == p {
			return q.Object
		}
	}
	return nil
}

// plain returns the first plain literal of a predicate, or nothing.
func plain(about []quad.Quad, p quad.IRI) string {
	for _, q := range about {
		if s, ok := text(q.Object); ok && q.Predicate == p {
			return s
		}
	}
	return ""
}

// more reads a property from its helper node.
func (t *Things) more(h quad.Value, helpers map[string][]quad.Quad) (graph.Property, bool) {
	name, _ := Name(h)
	about := helpers[name]
	p, isNode := Name(object(about, schemaPropertyID))
	v := object(about, schemaValue)
	if !isNode || v == nil {
		return graph.Property{}, false
	}
	return graph.Property{Predicate: t.Prefixes.Compact(p), Value: t.Value(v)}, true
}

// Record reads all of a statement but subject, predicate, object and value
// from the quads about its label.
func (t *Things) Record(iri string, quads []quad.Quad) graph.Statement {
	own, helpers := t.split(iri, quads)
	return t.record(iri, t.id(iri, own), own, helpers)
}

// record is Record of what split returns.
func (t *Things) record(iri string, id graph.ID, own []quad.Quad, helpers map[string][]quad.Quad) graph.Statement {
	s := graph.Statement{ID: id, IRI: iri}
	texts := recordTexts(&s)
	for _, q := range own {
		if !t.recordField(&s, texts[:], q, helpers) {
			s.Properties = t.property(s.Properties, q)
		}
	}
	slices.SortFunc(s.Properties, func(a, b graph.Property) int {
		return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), graph.CompareValues(a.Value, b.Value))
	})
	s.Properties = slices.Compact(s.Properties)
	return s
}

// recordField reads one quad into the field that it belongs to. A second
// value for a field, or one of a form that the field cannot hold, is left.
func (t *Things) recordField(s *graph.Statement, texts []recordText, q quad.Quad, helpers map[string][]quad.Quad) bool {
	fill := func(field *graph.ID, classes ...graph.Class) bool {
		id, ok := t.reference(q.Object, classes...)
		if !ok || *field != "" {
			return false
		}
		*field = id
		return true
	}
	switch q.Predicate {
	case rdfType:
		return q.Object == classStatement // which every record is
	case kgID:
		return plain([]quad.Quad{q}, kgID) == string(s.ID)
	case schemaIsPartOf:
		return fill(&s.Source, graph.ClassSource, graph.ClassArticle)
	case kgStage:
		return fill(&s.Stage, graph.ClassConcept)
	case kgSection:
		return fill(&s.Section, graph.ClassSection)
	case kgModality:
		word, _ := text(q.Object)
		m, ok := graph.ParseModality(word)
		if !ok || s.Modality != graph.ModalityNotStated {
			return false
		}
		s.Modality = m
		return true
	case kgNegated:
		v, ok := Lexical(q.Object).(quad.TypedString)
		if !ok || v.Type != xsdBoolean || v.Value != "true" && v.Value != "1" {
			return false
		}
		s.Negated = true
		return true
	case kgFrequencyPart:
		v, ok := Lexical(q.Object).(quad.TypedString)
		share, err := strconv.ParseFloat(string(v.Value), 64)
		if !ok || !isNumber(v.Type) || err != nil || math.IsNaN(share) || math.IsInf(share, 0) || s.FrequencyValue != nil {
			return false
		}
		s.FrequencyValue = &share
		return true
	case schemaMore:
		p, ok := t.more(q.Object, helpers)
		if ok {
			s.Properties = append(s.Properties, p)
		}
		return ok
	}
	for _, f := range texts {
		if f.predicate != q.Predicate {
			continue
		}
		word, ok := text(q.Object)
		if !ok || word == "" || *f.text != "" {
			return false
		}
		*f.text = word
		return true
	}
	return false
}

// Source reads a source or an article, without its sections.
func (t *Things) Source(iri string, quads []quad.Quad) graph.Source {
	about, _ := t.split(iri, quads)
	s := graph.Source{ID: t.id(iri, about), IRI: iri, Kind: sourceKind(about)}
	for _, f := range []struct {
		predicate quad.IRI
		text      *string
	}{{schemaName, &s.Name}, {schemaLicense, &s.License}, {schemaVersion, &s.Version}, {schemaURL, &s.URL}} {
		if v := object(about, f.predicate); v != nil {
			*f.text = t.Value(v).Text
		}
	}
	return s
}

func sourceKind(about []quad.Quad) graph.SourceKind {
	kind := graph.DataSource
	for _, q := range about {
		switch {
		case q.Predicate != rdfType:
		case q.Object == classArticle:
			return graph.ArticleSource
		case q.Object == classPerson:
			kind = graph.CuratorSource
		}
	}
	return kind
}

// Section reads a section: what it holds, the IRI of its article, its place
// there, and the IRIs of the concepts it mentions, in alphabetical order.
func (t *Things) Section(iri string, quads []quad.Quad) (s graph.Section, article string, position int, mentions []string) {
	about, _ := t.split(iri, quads)
	s = graph.Section{ID: t.id(iri, about), IRI: iri, Heading: plain(about, schemaHeadline), Summary: plain(about, schemaAbstract)}
	article, _ = Name(object(about, schemaIsPartOf))
	if v, ok := Lexical(object(about, schemaPosition)).(quad.TypedString); ok {
		position, _ = strconv.Atoi(string(v.Value))
	}
	for _, q := range about {
		if name, ok := Name(q.Object); ok && q.Predicate == schemaMentions {
			mentions = append(mentions, name)
		}
	}
	return s, article, position, mentions
}
