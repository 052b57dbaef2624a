package quads

import (
	"math"
	"slices"
	"strconv"
	"strings"

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
	for _, q := range own {
		if !t.recordField(&s, q, helpers) {
			s.Properties = t.property(s.Properties, q)
		}
	}
	for _, q := range own { // a "false" that nothing contradicts says what is so anyway
		if qualifier, ok := FieldOf(predicateOf(q)).Qualifier(); ok && isNo(q.Object) && qualifier.Info().Type == graph.FlagQualifier && !*s.Flag(qualifier) {
			no := t.property(nil, q)[0]
			s.Properties = slices.DeleteFunc(s.Properties, func(p graph.Property) bool { return p == no })
		}
	}
	slices.SortFunc(s.Properties, graph.CompareProperties)
	s.Properties = slices.Compact(s.Properties)
	return s
}

// recordField reads one quad into the field that it belongs to. A second
// value for a field, or one of a form that the field cannot hold, is left.
func (t *Things) recordField(s *graph.Statement, q quad.Quad, helpers map[string][]quad.Quad) bool {
	switch q.Predicate {
	case rdfType:
		return q.Object == classStatement // which every record is
	case kgID:
		return plain([]quad.Quad{q}, kgID) == string(s.ID)
	case schemaMore:
		p, ok := t.more(q.Object, helpers)
		if ok {
			s.Properties = append(s.Properties, p)
		}
		return ok
	}
	qualifier, ok := fields[predicateOf(q)].Qualifier()
	return ok && (s.Qualifier(qualifier) == "" || qualifier.Info().Type == graph.ListQualifier) && t.qualifier(s, qualifier, q.Object)
}

// qualifier reads the value of a qualifier, and reports whether it is one.
func (t *Things) qualifier(s *graph.Statement, q graph.Qualifier, v quad.Value) (ok bool) {
	switch info := q.Info(); info.Type {
	case graph.RefQualifier:
		*s.Reference(q), ok = t.reference(v, info.Classes...)
		if !ok {
			*s.Reference(q) = ""
		}
	case graph.ListQualifier:
		id, isText := text(v)
		if ok = isText && id != ""; info.Classes != nil {
			var named graph.ID
			named, ok = t.reference(v, info.Classes...)
			id = string(named)
		}
		if ok {
			*s.List(q) = append(*s.List(q), graph.ID(id))
		}
	case graph.WordQualifier:
		word, _ := text(v)
		var place uint8
		if place, ok = q.Word(word); ok {
			s.SetWord(q, place)
		}
	case graph.FlagQualifier:
		ok = isYes(v)
		*s.Flag(q) = ok
	case graph.NumberQualifier:
		typed, isTyped := Lexical(v).(quad.TypedString)
		number, err := strconv.ParseFloat(string(typed.Value), 64)
		if ok = isTyped && isNumber(typed.Type) && err == nil && !math.IsNaN(number) && !math.IsInf(number, 0); ok {
			*s.Number(q) = &number
		}
	default:
		said, _ := text(v)
		if term, isNode := FrequencyTerm(v); isNode && q == graph.QualifierFrequency {
			said = term
		}
		if date := t.Value(v).Text; info.Date && graph.IsDate(date) {
			said = date
		}
		*s.Text(q), ok = said, said != ""
	}
	return ok
}

func predicateOf(q quad.Quad) quad.IRI {
	iri, _ := q.Predicate.(quad.IRI)
	return iri
}

// FrequencyTerm returns the id of the term for how often that a node is.
func FrequencyTerm(v quad.Value) (id string, ok bool) {
	name, _ := Name(v)
	local, isTerm := strings.CutPrefix(name, graph.OBO+"HP_")
	if !isTerm {
		return "", false
	}
	term, known := graph.LookupFrequencyTerm("HP:" + local)
	return term.ID, known
}

// isYes and isNo report whether a term is the truth value true, or false.
func isYes(v quad.Value) bool { return isTruth(v, "true", "1") }
func isNo(v quad.Value) bool  { return isTruth(v, "false", "0") }

func isTruth(v quad.Value, word, digit quad.String) bool {
	flag, isTyped := Lexical(v).(quad.TypedString)
	return isTyped && flag.Type == xsdBoolean && (flag.Value == word || flag.Value == digit)
}

// Source reads a source or an article, without its sections.
func (t *Things) Source(iri string, quads []quad.Quad) graph.Source {
	about, _ := t.split(iri, quads)
	s := graph.Source{ID: t.id(iri, about), IRI: iri, Kind: sourceKind(about)}
	if v := object(about, schemaName); v != nil {
		s.Name = t.Value(v).Text
	}
	for _, q := range about {
		if q.Predicate == schemaAuthor {
			s.Authors = append(s.Authors, t.Value(q.Object).Text)
		}
	}
	s.Authors = OrderAuthors(s.Authors, plain(about, kgAuthors))
	for d := range graph.NumSourceDetails {
		v := object(about, quad.IRI(d.Info().IRI))
		switch {
		case v == nil:
		case d.Info().Type == graph.SourceIDDetail:
			if id, ok := t.reference(v, graph.ClassSource, graph.ClassArticle); ok {
				s.SetDetail(d, string(id))
			}
		case d.Info().Type == graph.StatusDetail: // "Retracted" is retracted
			s.SetDetail(d, strings.ToLower(t.Value(v).Text))
		default:
			s.SetDetail(d, t.Value(v).Text)
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
