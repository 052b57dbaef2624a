package quads

import (
	"iter"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// Encode returns the quads of a normalized data set, each once: sources,
// articles with their sections, predicates, concepts, statements, each in the
// data set's order. The same data set gives the same quads in the same order.
func Encode(ds *graph.Dataset) iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		e := &encoder{prefixes: ds.Prefixes, yield: yield, going: true, words: map[graph.ID]quad.Value{}}
		e.index(ds)
		for i := range ds.Sources {
			e.source(&ds.Sources[i])
		}
		for i := range ds.Articles {
			e.article(&ds.Articles[i])
		}
		for i := range ds.Predicates {
			e.predicate(&ds.Predicates[i])
		}
		for i := range ds.Concepts {
			e.concept(&ds.Concepts[i])
		}
		for i := range ds.Statements {
			e.statement(&ds.Statements[i])
		}
	}
}

type encoder struct {
	prefixes graph.Prefixes
	yield    func(quad.Quad) bool
	going    bool // the reader wants more

	nodes    map[graph.ID]quad.Value // of all things but statements
	words    map[graph.ID]quad.Value // predicates and classes that were used
	concepts map[string]bool         // IRIs of concepts, true, and of all else that has one, false
	mentions map[graph.ID][]string
}

func (e *encoder) index(ds *graph.Dataset) {
	n := len(ds.Concepts)
	e.nodes, e.concepts, e.mentions = make(map[graph.ID]quad.Value, n), make(map[string]bool, n), map[graph.ID][]string{}
	for i := range ds.Sources {
		e.thing(ds.Sources[i].ID, ds.Sources[i].IRI)
	}
	for i := range ds.Articles {
		e.thing(ds.Articles[i].ID, ds.Articles[i].IRI)
		for _, s := range ds.Articles[i].Sections {
			e.thing(s.ID, s.IRI)
		}
	}
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		e.nodes[c.ID], e.concepts[c.IRI] = Node(c.IRI), true
		for _, s := range c.Sections {
			e.mentions[s] = append(e.mentions[s], c.IRI)
		}
	}
}

// thing notes a thing that is no concept.
func (e *encoder) thing(id graph.ID, iri string) {
	e.nodes[id], e.concepts[iri] = Node(iri), false
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
	name    string
	subject quad.Value
	count   int
}

func (e *encoder) about(name string) *about {
	return &about{encoder: e, name: name, subject: Node(name)}
}

// put takes the predicate as a Value: a constant is one without an allocation.
func (a *about) put(p, o quad.Value) {
	a.count++
	if a.going {
		a.going = a.yield(quad.Quad{Subject: a.subject, Predicate: p, Object: o})
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
	if id != "" {
		node, known := a.nodes[id]
		if !known {
			node = Node(a.prefixes.Expand(id))
		}
		a.put(p, node)
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

// id writes an id that does not follow from the IRI.
func (a *about) id(id graph.ID) {
	if a.prefixes.Compact(a.name) != id {
		a.put(kgID, quad.String(id))
	}
}

// properties writes the further values of a thing; those whose predicate is a
// field of it go through a helper node.
func (a *about) properties(ps []graph.Property, isField func(quad.IRI) bool) {
	for _, p := range ps {
		predicate := quad.IRI(a.prefixes.Expand(p.Predicate))
		if !isField(predicate) {
			a.put(predicate, term(p.Value, a.prefixes, !a.concepts[p.Value.Text]))
			continue
		}
		h := helper(a.name, schemaMore, string(predicate), p.Value.Text, p.Value.Language, string(p.Value.Datatype))
		a.put(schemaMore, h)
		name, _ := Name(h)
		more := a.about(name)
		more.put(rdfType, classPropertyValue)
		more.put(schemaPropertyID, predicate)
		more.put(schemaValue, term(p.Value, a.prefixes, true))
	}
}

func (e *encoder) source(s *graph.Source) {
	a := e.about(s.IRI)
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
	a.resource(schemaLicense, s.License)
	a.text(schemaVersion, s.Version)
	a.resource(schemaURL, s.URL)
}

func (e *encoder) article(article *graph.Article) {
	e.source(&article.Source)
	for i, s := range article.Sections {
		a := e.about(s.IRI)
		a.put(rdfType, classSection)
		a.id(s.ID)
		a.put(schemaIsPartOf, Node(article.IRI))
		a.put(schemaPosition, quad.TypedString{Value: quad.String(strconv.Itoa(i + 1)), Type: xsdInteger})
		a.text(schemaHeadline, s.Heading)
		a.text(schemaAbstract, s.Summary)
		for _, concept := range e.mentions[s.ID] {
			a.put(schemaMentions, Node(concept))
		}
	}
}

func (e *encoder) predicate(p *graph.Predicate) {
	iri := p.IRI
	if iri == "" {
		iri = e.prefixes.Expand(p.ID)
	}
	a := e.about(iri)
	a.put(rdfType, classPredicate)
	a.id(p.ID)
	a.text(schemaName, p.Name)
	a.text(kgInverseName, p.Inverse)
	a.text(schemaDescription, p.Description)
	a.text(kgDomain, kindWords(p.Domain))
	a.text(kgRange, kindWords(p.Range))
	for _, t := range traits(p) {
		if *t.set {
			a.put(kgTrait, quad.String(t.name))
		}
	}
}

// trait is a yes or no that a predicate carries.
type trait struct {
	name string
	set  *bool
}

func traits(p *graph.Predicate) []trait {
	return []trait{{"text", &p.Text}, {"sameKind", &p.SameKind}, {"symmetric", &p.Symmetric}, {"mapping", &p.Mapping}}
}

// kindWords writes kinds in their order, which RDF would lose.
func kindWords(kinds []graph.Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = k.String()
	}
	return strings.Join(words, " ")
}

func (e *encoder) statement(s *graph.Statement) {
	var object quad.Value
	if s.Object != "" {
		object = e.nodes[s.Object]
	} else {
		object = term(s.Value, e.prefixes, isMapping(s.Predicate) && !e.concepts[s.Value.Text])
	}
	a := e.about(s.IRI)
	if e.going {
		e.going = e.yield(quad.Quad{
			Subject: e.nodes[s.Subject], Predicate: e.word(s.Predicate),
			Object: object, Label: a.subject,
		})
	}
	a.id(s.ID)
	a.reference(schemaIsPartOf, s.Source)
	a.text(kgModality, s.Modality.String())
	if s.Negated {
		a.put(kgNegated, yes())
	}
	if s.FrequencyValue != nil {
		a.put(kgFrequencyPart, quad.TypedString{Value: quad.String(strconv.FormatFloat(*s.FrequencyValue, 'g', -1, 64)), Type: xsdDouble})
	}
	a.reference(kgStage, s.Stage)
	a.reference(kgSection, s.Section)
	for _, f := range recordTexts(s) {
		a.text(f.predicate, *f.text)
	}
	a.properties(s.Properties, isRecordField)
	if a.count == 0 { // a label that nothing describes would be a source
		a.put(kgID, quad.String(s.ID))
	}
}

// recordText is a field of a statement that is a text.
type recordText struct {
	predicate quad.IRI
	text      *string
}

func recordTexts(s *graph.Statement) [10]recordText {
	return [...]recordText{
		{kgFrequency, &s.Frequency},
		{kgTiming, &s.Timing},
		{kgContext, &s.Context},
		{kgLaterality, &s.Laterality},
		{kgStrength, &s.Strength},
		{kgAttribution, &s.Attribution},
		{kgEvidenceCode, &s.EvidenceCode},
		{kgLocator, &s.Locator},
		{kgNote, &s.Note},
		{kgKey, &s.Key},
	}
}

// isMapping reports whether a predicate is a SKOS mapping relation.
func isMapping(id graph.ID) bool {
	p, known := graph.LookupPredicate(id)
	return known && p.Mapping
}
