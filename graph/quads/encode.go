package quads

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/internal/names"
)

// Encode returns the quads of a normalized data set, each once: sources,
// articles with their sections, predicates, types, concepts, statements, each
// in the data set's order. The same data set gives the same quads in the same order.
func Encode(ds *graph.Dataset) iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		var e encoder
		e.encode(ds, func(l Line) bool { return yield(e.quad(&l)) })
	}
}

func (e *encoder) encode(ds *graph.Dataset, yield func(Line) bool) {
	*e = encoder{Dataset: ds, prefixes: ds.Prefixes, yield: yield, going: true, words: map[graph.ID]quad.Value{}}
	e.index()
	for i := range ds.Sources {
		e.source(&ds.Sources[i])
	}
	for i := range ds.Articles {
		e.article(&ds.Articles[i])
	}
	for i := range ds.Predicates {
		e.predicate(&ds.Predicates[i])
	}
	for i := range ds.Types {
		e.declaredType(&ds.Types[i])
	}
	for i := range ds.Concepts {
		e.concept(&ds.Concepts[i], graph.Ref(1+i))
	}
	for i := range ds.Statements {
		e.statement(&ds.Statements[i], graph.Ref(1+len(ds.Concepts)+i))
	}
}

type encoder struct {
	*graph.Dataset
	prefixes graph.Prefixes
	yield    func(Line) bool
	going    bool // the reader wants more

	words    map[graph.ID]quad.Value // predicates and classes that were used
	mentions map[graph.ID][]graph.Ref

	things   *names.Table    // ids of all things but statements: concepts, articles, sections, sources
	iris     *names.Table    // the same as IRIs, those of concepts first
	concepts int             // how many there are of them
	joined   map[string]bool // the IRIs of what was joined into others
	others   []string        // the IRIs of articles, sections and sources
	nodes    []quad.Value    // by ref, of things that were written
	// The statements that other statements name.
	statements map[graph.ID]graph.Ref

	lastSubject, lastSource known // of a statement
}

// word returns a predicate or class. It is made once: a data set uses a few
// dozen, many times.
func (e *encoder) word(id graph.ID) quad.Value {
	v, known := e.words[id]
	if !known {
		v = quad.IRI(e.prefixes.Expand(id))
		e.words[id] = v
	}
	return v
}

// about writes quads that have one node as subject and no label.
type about struct {
	*encoder
	name  string
	line  Line // the next one, as far as it is always the same
	count int
}

// about writes of a node that is no thing, or not known as one.
func (e *encoder) about(name string) about {
	return about{encoder: e, name: name, line: Line{Quad: quad.Quad{Subject: Node(name)}}}
}

// of writes of a thing.
func (e *encoder) of(thing graph.Ref, iri string) about {
	return about{encoder: e, name: iri, line: Line{Subject: thing}}
}

// put takes the predicate as a Value: a constant is one without an allocation.
func (a *about) put(p, o quad.Value) {
	a.count++
	if a.going {
		a.line.Object, a.line.Quad.Predicate, a.line.Quad.Object = graph.NoRef, p, o
		a.going = a.yield(a.line)
	}
}

// link writes a link to a thing.
func (a *about) link(p quad.Value, thing graph.Ref) {
	a.count++
	if a.going {
		a.line.Object, a.line.Quad.Predicate, a.line.Quad.Object = thing, p, nil
		a.going = a.yield(a.line)
	}
}

// text writes a literal, if there is one.
func (a *about) text(p quad.Value, s string) {
	if s != "" {
		a.put(p, quad.String(s))
	}
}

// reference writes a link to a thing, if there is one.
func (a *about) reference(p quad.Value, id graph.ID) {
	if id == "" {
		return
	}
	if thing := a.ref(id); thing != graph.NoRef {
		a.link(p, thing)
	} else {
		a.put(p, Node(a.prefixes.Expand(id)))
	}
}

// resource writes a text that may be an IRI.
func (a *about) resource(p quad.Value, s string) {
	if strings.Contains(s, "://") && isName(s) {
		a.put(p, quad.IRI(s))
	} else {
		a.text(p, s)
	}
}

// date writes a date as what it is: a year, a month or a day.
func (a *about) date(p quad.Value, s string) {
	switch datatype, ok := map[int]quad.IRI{len("2006"): xsdYear, len("2006-01"): xsdMonth, len("2006-01-02"): xsdDate}[len(s)]; {
	case ok && graph.IsDate(s):
		a.put(p, quad.TypedString{Value: quad.String(s), Type: datatype})
	default:
		a.text(p, s)
	}
}

// betweenAuthors stands between the authors of a source where their order is
// written: an author has no line break.
const betweenAuthors = "\n"

// OrderAuthors brings the authors of a source, one quad each, into the order that
// one more quad gives, if it is one of the same authors; else they are in
// alphabetical order.
func OrderAuthors(authors []string, order string) []string {
	slices.Sort(authors)
	ordered := strings.Split(order, betweenAuthors)
	if slices.Equal(slices.Compact(slices.Sorted(slices.Values(ordered))), authors) {
		return ordered
	}
	return authors
}

// id writes an id that does not follow from the IRI.
func (a *about) id(id graph.ID) {
	if a.prefixes.Compact(a.name) != id {
		a.put(kgID, quad.String(id))
	}
}

// properties writes the further values of a thing; those whose predicate is a
// field of it go through a helper node.
func (a *about) properties(ps []graph.Property, isField func(Field) bool) {
	for _, p := range ps {
		predicate := quad.IRI(a.prefixes.Expand(p.Predicate))
		if !isField(FieldOf(predicate)) {
			a.put(predicate, term(p.Value, a.prefixes, !a.isConcept(p.Value.Text)))
			continue
		}
		more := a.about(helper(a.name, schemaMore, string(predicate), p.Value.Text, p.Value.Language, string(p.Value.Datatype)))
		a.put(schemaMore, more.line.Quad.Subject)
		more.put(rdfType, classPropertyValue)
		more.put(schemaPropertyID, predicate)
		more.put(schemaValue, term(p.Value, a.prefixes, true))
	}
}

func (e *encoder) source(s *graph.Source) {
	a := e.of(e.ref(s.ID), s.IRI)
	switch s.Kind {
	case graph.ArticleSource:
		a.put(rdfType, classArticle)
	case graph.CuratorSource:
		a.put(rdfType, classPerson)
	default:
		a.put(rdfType, classDataset)
	}
	a.id(s.ID)
	a.text(schemaName, s.Name)
	for _, author := range s.Authors {
		a.resource(schemaAuthor, author)
	}
	if len(s.Authors) > 1 {
		a.text(kgAuthors, strings.Join(s.Authors, betweenAuthors))
	}
	for d := range graph.NumSourceDetails {
		predicate, said := quad.IRI(d.Info().IRI), s.Detail(d)
		switch d.Info().Type {
		case graph.AddressDetail, graph.LicenseDetail:
			a.resource(predicate, said)
		case graph.SourceIDDetail:
			a.reference(predicate, graph.ID(said))
		case graph.DateDetail:
			a.date(predicate, said)
		default:
			a.text(predicate, said)
		}
	}
}

func (e *encoder) article(article *graph.Article) {
	e.source(&article.Source)
	whole := e.ref(article.ID)
	for i, s := range article.Sections {
		a := e.of(e.ref(s.ID), s.IRI)
		a.put(rdfType, classSection)
		a.id(s.ID)
		a.link(schemaIsPartOf, whole)
		a.put(schemaPosition, quad.TypedString{Value: quad.String(strconv.Itoa(i + 1)), Type: xsdInteger})
		a.text(schemaHeadline, s.Heading)
		a.text(schemaAbstract, s.Summary)
		for _, concept := range e.mentions[s.ID] {
			a.link(schemaMentions, concept)
		}
	}
}

func (e *encoder) statement(s *graph.Statement, ref graph.Ref) {
	a := e.of(ref, s.IRI)
	if e.going {
		claim := Line{Subject: e.again(&e.lastSubject, s.Subject), Label: ref, Quad: quad.Quad{Predicate: e.word(s.Predicate)}}
		if s.Object != "" {
			claim.Object = e.ref(s.Object)
		} else {
			claim.Quad.Object = term(s.Value, e.prefixes, isMapping(s.Predicate) && !e.isConcept(s.Value.Text))
		}
		e.going = e.yield(claim)
	}
	a.id(s.ID)
	if source := e.again(&e.lastSource, s.Source); source != graph.NoRef {
		a.link(schemaIsPartOf, source)
	} else {
		a.reference(schemaIsPartOf, s.Source)
	}
	for q := range graph.Qualifier(graph.NumQualifiers) {
		switch q.Info().Type {
		case graph.NumberQualifier:
			if said := s.Qualifier(q); said != "" {
				a.put(predicates[q], quad.TypedString{Value: quad.String(said), Type: xsdDouble})
			}
		case graph.FlagQualifier:
			if *s.Flag(q) {
				a.put(predicates[q], yes())
			}
		case graph.RefQualifier:
			if q != graph.QualifierSource {
				a.reference(predicates[q], *s.Reference(q))
			}
		case graph.ListQualifier:
			for _, id := range *s.List(q) {
				if q.Info().Classes == nil {
					a.text(predicates[q], string(id))
				} else {
					a.reference(predicates[q], id)
				}
			}
		default:
			if said := s.Qualifier(q); q.Info().Date {
				a.date(predicates[q], said)
			} else {
				a.text(predicates[q], said)
			}
		}
	}
	a.properties(s.Properties, Field.OfStatement)
	if a.count == 0 { // a label that nothing describes would be a source
		a.put(kgID, quad.String(s.ID))
	}
}

// predicates are those of the qualifiers, as put takes them.
var predicates = func() (of [graph.NumQualifiers]quad.Value) {
	for q := range of {
		of[q] = quad.IRI(graph.Qualifier(q).Info().IRI)
	}
	return of
}()

// isMapping reports whether a predicate is a SKOS mapping relation.
func isMapping(id graph.ID) bool {
	p, known := graph.LookupPredicate(id)
	return known && p.Mapping
}
