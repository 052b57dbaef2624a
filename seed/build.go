package seed

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// builder makes the data set of what all files say, and looks up what each
// refers to.
type builder struct {
	*problems
	documents  []document
	tables     []file
	vocabulary *vocabulary
	// Statements that nobody has confirmed.
	unconfirmed int
	// What compares statements with texts, if it is asked for, what it counts, and the
	// statements of documents by their ids.
	compares Texts
	compared *Compared
	written  map[graph.ID]*statementNode
	prefixes graph.Prefixes
	dataset  *graph.Dataset
	// What the declared types say of their superclasses.
	superclasses graph.Superclasses

	sets   map[folder]datasetNode
	things map[graph.ID]thing
	ids    map[class][]string    // declared ids, for suggestions
	codes  map[graph.ID]graph.ID // exact code → concept
	// comparisons counts what was compared for suggestions.
	comparisons int

	statements map[graph.ID]place
	superseded []superseded    // what statements of documents and tables supersede
	replaced   []replaced      // concepts of documents and tables that others replace
	unsure     bool            // some statement is not known by its id, for it is at fault
	named      []graph.Concept // of RDF, with nothing but a name
	// What RDF describes and documents may say more of, by its place in the data
	// set: words that both declare, and concepts.
	foreignTypes, foreignPredicates map[graph.ID]int
	declarations                    map[string]declaration // the first of each word of documents
	clashes                         []clash
	more                            map[graph.ID][]entry // what further data sets say of a concept
	merged                          int                  // those entries
	lacks                           []lack
	additions                       []Addition
	embedded                        map[graph.ID]declaredThing // what the seed of the program has, by ids and codes, once it was asked
	// The warnings that data sets accept, and what they need to be found by.
	acceptances map[warningOf][]*acceptance
	statementAt map[graph.ID]int
	// spelt are the prefixes that ids of rows are written with, as they are written here.
	spelt map[string]string
	// namespaces are the prefixes that the table that is read says itself.
	namespaces map[string]string
	// What the data set has of statements and concepts of rows, by their ids.
	statementsAt, conceptsAt index
	// rows counts what tables hold.
	rows struct{ nodes, edges int }

	// What warnings need to know beside the data set.
	notStated  map[graph.ID]bool // statements that say that no modality is stated
	codePlaces map[coded]place
	doubts     []doubt
	doubtful   map[Rule]int // of things in RDF, how many there are
	// renamed names the blank nodes of a file of RDF as the data set does.
	renamed func(q quad.Quad, part int) quad.Quad
}

// coded is a concept and one of its codes.
type coded struct{ concept, code graph.ID }

// thing is what an id names.
type thing struct {
	class class
	at    place        // empty for what N-Quads declare
	isRow bool         // a table declares it
	kinds []graph.Kind // of a concept
	of    graph.ID     // the article of a section, the data set of a concept of a document or table
}

// class is what ids can name.
type class string

const (
	aConcept   class = "concept"
	aStatement class = "statement"
	aSection   class = "section"
	anArticle  class = "article"
	aDataset   class = "data set"
	aCurator   class = "curator"
)

// one names a thing of the class: a concept, an article.
func (c class) one() string {
	if c == anArticle {
		return "an " + string(c)
	}
	return "a " + string(c)
}

// collectPrefixes returns the prefixes of all documents, those built in
// included, which come first.
func collectPrefixes(documents []document, p *problems) graph.Prefixes {
	all := map[string]string{}
	first := map[string]place{}
	vocabulary := graph.NewPrefixes(nil)
	for _, doc := range documents {
		for _, prefix := range doc.prefixes {
			name, namespace := prefix.name.is, prefix.namespace.is
			if namespace == "" {
				continue // said already
			}
			known, taken := all[name]
			if !taken {
				known, taken = vocabulary.Namespace(name)
			}
			switch {
			case !graph.IsCURIE(name + ":x"):
				p.add(prefix.name.at, RuleBadPrefix, "", "%q cannot be a prefix: it begins with a letter and has letters, digits, dots, hyphens and underscores", syntax.Shorten(name))
			case !isNamespace(namespace):
				p.add(prefix.namespace.at, RuleBadPrefix, "", "the namespace of %s is not a full IRI: %q", name, syntax.Shorten(namespace))
			case taken && known != namespace:
				where := "in the vocabulary of the graph"
				if at, ok := first[name]; ok {
					where = "at " + at.String()
				}
				p.add(prefix.name.at, RuleBadPrefix, "", "the prefix %s already stands for %s (%s)", name, known, where)
			case !taken:
				all[name], first[name] = namespace, prefix.name.at
			}
		}
	}
	return graph.NewPrefixes(all)
}

// build checks all documents and tables against each other and against what
// N-Quads declare, and completes the data set; it is to be used only if there
// is no problem. The error is that of a file that could not be read.
func (b *builder) build(ctx context.Context) error {
	b.sets = map[folder]datasetNode{}
	b.things = map[graph.ID]thing{}
	b.ids = map[class][]string{}
	b.codes = map[graph.ID]graph.ID{}
	b.statements = map[graph.ID]place{}
	b.notStated = map[graph.ID]bool{}
	b.codePlaces = map[coded]place{}
	b.more = map[graph.ID][]entry{}
	b.doubtful = map[Rule]int{}
	for i := range b.documents {
		for _, s := range b.documents[i].datasets {
			if dir := b.documents[i].file.dir(); b.sets[dir].at.file == "" {
				b.sets[dir] = s
			}
		}
	}
	for i := range b.documents {
		set, _ := b.setAbove(&b.documents[i])
		for _, p := range b.documents[i].prefixes {
			b.vocabulary.uses[prefixUse{graph.ID(set.id.is), p.name.is}] = true
		}
	}
	b.declarations = map[string]declaration{}
	b.declareWords()
	b.declareForeign()
	// Everything is declared before anything is looked up, so that neither the
	// order of files nor that of a file matters.
	for i := range b.documents {
		b.declareSources(&b.documents[i])
	}
	for i := range b.documents {
		b.referSources(&b.documents[i])
		b.declareConcepts(&b.documents[i])
	}
	if err := b.readNodes(ctx); err != nil {
		return err
	}
	b.combine()
	b.declareNamed()
	for i := range b.dataset.Concepts {
		b.exactCodes(&b.dataset.Concepts[i])
	}
	if err := b.exchangedInRDF(ctx, b.dataset.Statements); err != nil { // the others follow
		return err
	}
	iri := b.fullForms()
	for i := range b.documents {
		doc := &b.documents[i]
		set, _ := b.setAbove(doc)
		for j := range doc.distinct {
			b.distinct(&doc.distinct[j], &set, iri)
		}
		for j := range doc.statements {
			if b.full(doc.file.name) {
				break
			}
			doc.statements[j].set = graph.ID(set.id.is)
			b.statement(&doc.statements[j], &doc.defaults, iri)
		}
	}
	if err := b.readEdges(ctx, iri); err != nil {
		return err
	}
	b.accept()
	b.settle()
	b.mention()
	b.entail()
	return b.placeClashes(ctx)
}

// mention adds to every concept the sections whose statements name it: what an
// article says of a concept in a section, it says there.
func (b *builder) mention() {
	concepts := make(map[graph.ID]*graph.Concept, len(b.dataset.Concepts))
	for i := range b.dataset.Concepts {
		concepts[b.dataset.Concepts[i].ID] = &b.dataset.Concepts[i]
	}
	for i := range b.dataset.Statements {
		s := &b.dataset.Statements[i]
		if s.Section == "" || b.things[s.Source].class != anArticle {
			continue // what a curator inferred, the section does not say
		}
		for id := range s.Concepts() {
			c := concepts[id]
			if c == nil {
				continue
			}
			c.Sections = with(c.Sections, s.Section)
			if len(c.Members) > 0 {
				c.Members[0].Sections = with(c.Members[0].Sections, s.Section)
			}
		}
	}
}

// declareForeign declares what N-Quads hold, before the documents, so that a
// document is what is told of a clash.
func (b *builder) declareForeign() {
	d := b.dataset
	b.setNamedAside()
	for i := range d.Concepts {
		c := &d.Concepts[i]
		if word, declared := b.things[c.ID]; declared && (word.class == aType || word.class == aPredicate) {
			b.wordIsConcept(word, c)
			continue
		}
		b.things[c.ID] = thing{class: aConcept, kinds: b.kindsOf(c.Types)}
	}
	for i := range d.Statements {
		b.things[d.Statements[i].ID] = thing{class: aStatement}
	}
	for i := range d.Sources {
		b.things[d.Sources[i].ID] = thing{class: sourceClass(d.Sources[i].Kind)}
	}
	for i := range d.Articles {
		a := &d.Articles[i]
		b.things[a.ID] = thing{class: anArticle}
		for _, s := range a.Sections {
			b.things[s.ID] = thing{class: aSection, of: a.ID}
		}
	}
}

func sourceClass(k graph.SourceKind) class {
	switch k {
	case graph.ArticleSource:
		return anArticle
	case graph.CuratorSource:
		return aCurator
	default:
		return aDataset
	}
}

func (b *builder) exactCodes(c *graph.Concept) {
	for _, code := range c.Codes {
		if _, taken := b.codes[code.Code]; code.Match == graph.MatchExact && !taken {
			b.codes[code.Code] = c.ID
		}
	}
}

// declare gives an id to a thing; a faulty id is reported and declared all the
// same, so that references to it are no second problem.
func (b *builder) declare(id text, t thing) graph.ID {
	if id.is == "" {
		return "" // said already
	}
	t.at = id.at
	if first, taken := b.things[graph.ID(id.is)]; taken {
		if first.at.file == "" {
			b.clash(id.at, graph.ID(id.is), "the id %q already names %s (in RDF)", syntax.Shorten(id.is), first.class.one())
		} else {
			b.add(id.at, RuleDuplicateID, "", "the id %q already names %s (at %s)", syntax.Shorten(id.is), first.class.one(), first.at)
		}
		return graph.ID(id.is)
	}
	switch {
	case graph.IsStatementID(id.is):
		b.add(id.at, RuleBadID, "", "%q has the form of a statement id: choose another id", id.is)
	case graph.IsCURIE(id.is) && t.isRow:
	case graph.IsCURIE(id.is):
		b.canonical(id)
	case !graph.IsSlug(id.is):
		near := graph.Slug(id.is)
		if isNamespace(id.is) {
			near = strings.TrimPrefix(string(b.prefixes.Compact(id.is)), id.is) // its CURIE, if it has one
		}
		b.add(id.at, RuleBadID, near, "%q is not an id: lower-case letters and digits, in words joined by single hyphens, or a CURIE such as DOID:12506", syntax.Shorten(id.is))
	}
	b.things[graph.ID(id.is)] = t
	b.ids[t.class] = append(b.ids[t.class], id.is)
	return graph.ID(id.is)
}

// canonical reports a CURIE whose prefix is unknown, or whose IRI is written
// otherwise: a thing that has two ids would be two things.
func (b *builder) canonical(id text) bool {
	if !b.curie(id) {
		return false
	}
	if short := b.prefixes.Compact(b.prefixes.Expand(graph.ID(id.is))); string(short) != id.is {
		b.add(id.at, RuleBadID, string(short), "%q is written %q here: both stand for %s", syntax.Shorten(id.is), syntax.Shorten(string(short)), syntax.Shorten(b.prefixes.Expand(short)))
		return false
	}
	return true
}

// missing reports a key that should be there, unless it is there and was
// reported as faulty. The hint says what to write.
func (b *builder) missing(at place, t text, what class, key, hint string) bool {
	if t.given() {
		return false
	}
	if hint != "" {
		hint = ": " + hint
	}
	b.add(at, RuleMissingKey, "", "this %s has no %s%s", what, key, hint)
	return true
}

// refer looks up what a reference names. Where it names nothing of the wanted
// classes, that is reported; ok is false also for a reference that is missing.
func (b *builder) refer(ref text, wanted ...class) (found thing, ok bool) {
	if ref.is == "" {
		return thing{}, false
	}
	found, ok = b.things[graph.ID(ref.is)]
	if ok && slices.Contains(wanted, found.class) {
		return found, true
	}
	words := make([]string, len(wanted))
	if ok {
		for i, w := range wanted {
			words[i] = w.one()
		}
		b.add(ref.at, RuleDanglingReference, "", "%q is %s, not %s", ref.is, found.class.one(), list(words, "or"))
		return found, false
	}
	for i, w := range wanted {
		words[i] = string(w)
	}
	if slices.Contains(wanted, aConcept) && b.foreignPrefix(ref) {
		return thing{}, false
	}
	near, where := string(b.codes[graph.ID(ref.is)]), ""
	short := b.prefixes.Compact(b.prefixes.Expand(graph.ID(ref.is)))
	switch {
	case string(short) != ref.is && slices.Contains(wanted, b.things[short].class):
		near = string(short)
	case near == "" || !slices.Contains(wanted, aConcept):
		if near, where = "", b.elsewhere(ref, wanted...); where == "" {
			near = b.nearestID(ref.is, wanted)
		}
	}
	b.add(ref.at, RuleDanglingReference, near, "there is no %s %q%s", list(words, "or"), syntax.Shorten(ref.is), where)
	return thing{}, false
}

// maxComparisons bounds the search for suggestions, about a second's work: a
// large file may hold many references to a large data set that is not there.
const maxComparisons = 2_000_000

// nearestID returns the declared id that was probably meant.
func (b *builder) nearestID(word string, wanted []class) string {
	var candidates []string
	for _, w := range wanted {
		candidates = append(candidates, b.ids[w]...)
	}
	if b.comparisons += len(candidates); b.comparisons > maxComparisons {
		return ""
	}
	return nearest(word, candidates)
}

// fullForms returns the function from ids to IRIs that statement ids are
// derived with.
func (b *builder) fullForms() func(graph.ID) string {
	own := map[graph.ID]string{}
	for i := range b.dataset.Concepts {
		if c := &b.dataset.Concepts[i]; c.IRI != "" {
			own[c.ID] = c.IRI
		}
	}
	for i := range b.dataset.Sources {
		if s := &b.dataset.Sources[i]; s.IRI != "" {
			own[s.ID] = s.IRI
		}
	}
	maps.DeleteFunc(own, func(id graph.ID, iri string) bool { return b.prefixes.Expand(id) == iri })
	return func(id graph.ID) string {
		if iri, ok := own[id]; ok {
			return iri
		}
		return b.prefixes.Expand(id)
	}
}
