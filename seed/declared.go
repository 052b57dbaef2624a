package seed

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/cayleygraph/quad"
	"github.com/goccy/go-yaml/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/schemaorg"
)

// predicateNode and typeNode are words that a data set declares for its own
// use.
type predicateNode struct {
	at                             place
	id, name, inverse, description text
	domain, ranges                 []text
	domainAt, rangeAt              place
	text, symmetric, same, hedged  truth
	caution                        truth
}

type typeNode struct {
	at                                place
	id, name, description, subClassOf text
}

func (d *decoder) predicate(n ast.Node, doc *document) {
	p := predicateNode{at: d.place(n)}
	if d.mapping(n, "a predicate",
		field{"id", d.text("id", &p.id)},
		field{"name", d.text("name", &p.name)},
		field{"inverse", d.text("inverse", &p.inverse)},
		field{"description", d.text("description", &p.description)},
		field{"domain", func(n ast.Node) { p.domainAt = d.place(n); d.words("domain", &p.domain)(n) }},
		field{"range", func(n ast.Node) { p.rangeAt = d.place(n); d.words("range", &p.ranges)(n) }},
		field{"text", d.truth("text", &p.text)},
		field{"symmetric", d.truth("symmetric", &p.symmetric)},
		field{"sameKind", d.truth("sameKind", &p.same)},
		field{"hedged", d.truth("hedged", &p.hedged)},
		field{"caution", d.truth("caution", &p.caution)},
	) {
		doc.predicates = append(doc.predicates, p)
	}
}

func (d *decoder) declaredType(n ast.Node, doc *document) {
	t := typeNode{at: d.place(n)}
	if d.mapping(n, "a type",
		field{"id", d.text("id", &t.id)},
		field{"name", d.text("name", &t.name)},
		field{"description", d.text("description", &t.description)},
		field{"subClassOf", d.text("subClassOf", &t.subClassOf)},
	) {
		doc.types = append(doc.types, t)
	}
}

// The words of a predicate and of a type in messages.
const (
	aPredicate class = "predicate"
	aType      class = "type"
)

// declareWords adds to the vocabulary what the data declares: what RDF does,
// then the types of all documents, which predicates may name, then their
// predicates. What RDF and a document both declare is one word: see agree.
func (b *builder) declareWords() {
	b.foreignTypes, b.foreignPredicates = map[graph.ID]int{}, map[graph.ID]int{}
	own := map[string]bool{}
	for i := range b.documents {
		for _, t := range b.documents[i].types {
			own[t.id.is] = true
		}
		for _, p := range b.documents[i].predicates {
			own[p.id.is] = true
		}
	}
	for i, t := range b.dataset.Types {
		if own[string(t.ID)] {
			b.foreignTypes[t.ID] = i
			continue
		}
		b.things[t.ID] = thing{class: aType}
		b.vocabulary.addType(t.ID, place{file: inRDF})
	}
	for i, p := range b.dataset.Predicates {
		if own[string(p.ID)] {
			b.foreignPredicates[p.ID] = i
			continue
		}
		b.things[p.ID] = thing{class: aPredicate}
		b.vocabulary.addPredicate(p, place{file: inRDF})
	}
	for i := range b.documents {
		for j := range b.documents[i].types {
			if n := &b.documents[i].types[j]; !b.declaredAlike(&b.documents[i], n.id, n.name, n.description, n.subClassOf) {
				b.declareType(n)
			}
		}
	}
	b.declareSuperclasses()
	for i := range b.documents {
		for j := range b.documents[i].predicates {
			n := &b.documents[i].predicates[j]
			said := append([]text{n.name.or(text{is: localName(graph.ID(n.id.is))}), n.inverse, n.description}, n.domain...)
			for _, t := range []truth{n.text, n.symmetric, n.same, n.hedged, n.caution} {
				said = append(said, text{is: strconv.FormatBool(t.is)})
			}
			if !b.declaredAlike(&b.documents[i], n.id, append(said, n.ranges...)...) {
				set, _ := b.setAbove(&b.documents[i])
				b.declarePredicate(n, graph.ID(set.id.is))
			}
		}
	}
}

// declaredAlike reports whether another data set has declared the same word, with
// all that is said of it: then it is one.
func (b *builder) declaredAlike(doc *document, id text, said ...text) bool {
	set, _ := b.setAbove(doc)
	is := declaration{set: graph.ID(set.id.is)}
	for _, t := range said {
		is.says += strconv.Quote(t.is)
	}
	first, declared := b.declarations[id.is]
	if !declared {
		b.declarations[id.is] = is
	}
	return declared && id.is != "" && first.set != is.set && first.says == is.says
}

// declaration is what a data set says of a word.
type declaration struct {
	set  graph.ID
	says string
}

// inRDF is where stands what RDF declares.
const inRDF = "RDF"

// declareType declares a type without its superclass, which may come later.
func (b *builder) declareType(n *typeNode) {
	i, foreign := b.foreignTypes[graph.ID(n.id.is)]
	if !foreign || b.dataset.Types[i].Description == "" {
		b.missing(n.at, n.description, aType, "description", "what the concepts of this type are")
	}
	id, ok := b.wordID(n.at, n.id, aType)
	if !ok {
		return
	}
	if quads.IsReserved(quad.IRI(b.prefixes.Expand(id))) {
		b.add(n.id.at, RuleDuplicateWord, "", "%s has its place in the format already: it cannot be a type of concepts", id)
		return
	}
	for _, w := range []string{string(id), localName(id)} {
		if other, taken := b.vocabulary.types[w]; taken {
			b.taken(n.id, w, aType, other, "")
			return
		}
	}
	b.vocabulary.addType(id, n.id.at)
	t := graph.Type{ID: id, Name: n.name.is, Description: n.description.is}
	if !foreign {
		b.dataset.Types = append(b.dataset.Types, t)
		return
	}
	theirs := &b.dataset.Types[i]
	b.agree(id, n.name.at, "name", &t.Name, theirs.Name)
	b.agree(id, n.description.at, "description", &t.Description, theirs.Description)
	theirs.Name, theirs.Description = t.Name, t.Description
}

// declareSuperclasses gives the types their superclasses, and reports those
// that would be their own.
func (b *builder) declareSuperclasses() {
	at := map[graph.ID]int{}
	for i := range b.dataset.Types {
		at[b.dataset.Types[i].ID] = i
	}
	var nodes []*typeNode
	for i := range b.documents {
		for j := range b.documents[i].types {
			n := &b.documents[i].types[j]
			t, declared := at[graph.ID(n.id.is)]
			if !declared || n.subClassOf.is == "" {
				continue
			}
			super, known := b.vocabulary.types[n.subClassOf.is]
			if !known {
				b.unknownType(n.subClassOf)
				continue
			}
			word := string(super)
			b.agree(graph.ID(n.id.is), n.subClassOf.at, "superclass", &word, string(b.dataset.Types[t].SubClassOf))
			b.dataset.Types[t].SubClassOf = super
			nodes = append(nodes, n)
		}
	}
	b.superclasses = graph.SuperclassesOf(b.dataset.Types)
	for _, n := range nodes {
		id := graph.ID(n.id.is)
		chain := b.superclasses.Of(id)
		if b.superclasses[id] == id || len(chain) > 0 && b.superclasses[chain[len(chain)-1]] == id {
			b.add(n.subClassOf.at, RuleCircularType, "", "%s would be a subclass of itself: %s", id,
				isA(append(append([]graph.ID{id}, chain...), id)))
		}
	}
}

// isA writes classes, each a special case of the next.
func isA(classes []graph.ID) string {
	words := make([]string, len(classes))
	for i, class := range classes {
		words[i] = string(class)
	}
	return strings.Join(words, " is a ")
}

// declarePredicate declares a predicate of a data set. All types are declared by
// then. Other data sets may give another predicate the same name.
func (b *builder) declarePredicate(n *predicateNode, set graph.ID) {
	i, foreign := b.foreignPredicates[graph.ID(n.id.is)]
	if !foreign || b.dataset.Predicates[i].Description == "" {
		b.missing(n.at, n.description, aPredicate, "description", "what the subject is to the object")
	}
	id, ok := b.wordID(n.at, n.id, aPredicate)
	p := graph.Predicate{
		ID: id, Name: n.name.is, Inverse: n.inverse.is, Description: n.description.is,
		Text: n.text.is, Symmetric: n.symmetric.is, SameKind: n.same.is, Hedged: n.hedged.is, Caution: n.caution.is,
		Domain: b.kinds(n.domain), Range: b.kinds(n.ranges),
	}
	if foreign && p.Name == "" && isWord(b.dataset.Predicates[i].Name) {
		p.Name = b.dataset.Predicates[i].Name
	}
	if p.Name == "" {
		p.Name = localName(id)
	}
	for _, pair := range []struct {
		key, other place
		says       string
	}{
		{n.text.ifTrue(), n.rangeAt, "text and range exclude each other: a text is of no kind"},
		{n.text.ifTrue(), n.inverse.at, "text and inverse exclude each other: nothing is read from a text"},
		{n.text.ifTrue(), n.symmetric.ifTrue(), "text and symmetric exclude each other: nothing is read from a text"},
		{n.text.ifTrue(), n.same.ifTrue(), "text and sameKind exclude each other: a text is of no kind"},
		{n.symmetric.ifTrue(), n.inverse.at, "symmetric and inverse exclude each other: it has one name from both ends"},
		{n.symmetric.ifTrue(), n.rangeAt, "symmetric and range exclude each other: the domain is that of both ends"},
	} {
		if pair.key.file != "" && pair.other.file != "" {
			b.add(pair.other, RuleEitherKey, "", "%s", pair.says)
			ok = false
		}
	}
	asked := n.caution.at.file != "" || p.Text || foreign && b.dataset.Predicates[i].Caution
	if !asked && (graph.SoundsNegative(p.Name) || graph.SoundsNegative(localName(id))) {
		b.add(n.name.or(n.id).at, RuleUnclearStance, "", "%s sounds as if it denied something or warned of it: write caution: true, if it warns; if it says that something is not so, caution: false, and no path goes over it", cmp.Or(n.name.is, string(id)))
		ok = false
	}
	if p.Symmetric {
		p.Inverse, p.Range = p.Name, slices.Clone(p.Domain)
	}
	for _, name := range []text{n.name, n.inverse} {
		if name.is != "" && !isWord(name.is) {
			b.add(name.at, RuleBadWord, camelCase(name.is), "%q is not a name of a predicate: letters and digits without spaces, such as interactsWith", syntax.Shorten(name.is))
			ok = false
		}
	}
	if !ok {
		return
	}
	if f := quads.FieldOf(quad.IRI(b.prefixes.Expand(id))); f != quads.NoField && f != quads.FieldMapping {
		b.add(n.id.at, RuleDuplicateWord, "", "%s has its place in the format already: it cannot be a predicate of statements", id)
		return
	}
	for _, w := range []struct {
		is string
		at text
	}{{string(id), n.id}, {p.Name, n.name.or(n.id)}, {p.Inverse, n.inverse}} {
		if other, taken := b.vocabulary.predicates[w.is]; taken && w.is != "" && (w.is == string(id) || !b.vocabulary.mayShare(w.is, set)) {
			end := ""
			if other.reversed {
				end = ", read from the object"
			}
			b.taken(w.at, w.is, aPredicate, other.ID, end)
			return
		}
	}
	if foreign {
		b.agreePredicate(n, &p, &b.dataset.Predicates[i])
		b.vocabulary.addPredicate(p, n.id.at)
		b.vocabulary.addNames(p, set)
		b.dataset.Predicates[i] = p
		return
	}
	b.vocabulary.addPredicate(p, n.id.at)
	b.vocabulary.addNames(p, set)
	b.dataset.Predicates = append(b.dataset.Predicates, p)
}

// wordID declares the id of a word.
func (b *builder) wordID(at place, id text, what class) (graph.ID, bool) {
	like := "EX:interactsWith"
	if what == aType {
		like = "EX:RareDisease"
	}
	if b.missing(at, id, what, "id", "a CURIE such as "+like) || id.is == "" {
		return "", false
	}
	if !graph.IsCURIE(id.is) {
		b.add(id.at, RuleBadWord, "", "%q is not the id of a %s: write prefix:local, such as %s, and say under prefixes what EX stands for", syntax.Shorten(id.is), what, like)
		return "", false
	}
	before := b.faults
	return b.declare(id, thing{class: what}), b.faults == before
}

// taken reports a word that names something else already.
func (b *builder) taken(t text, word string, what class, other graph.ID, end string) {
	where := "which Plexus knows"
	switch at := b.vocabulary.declaredAt[other]; at.file {
	case "":
	case inRDF:
		where = "declared in " + at.String()
	default:
		where = "declared at " + at.String()
	}
	b.add(t.at, RuleDuplicateWord, "", "%q already names the %s %s%s, %s: choose another word", syntax.Shorten(word), what, other, end, where)
}

// kinds reads what domain and range allow: kinds, or types for the kind that
// they make.
func (b *builder) kinds(words []text) []graph.Kind {
	var kinds []graph.Kind
	names := graph.KindNames(graph.Kinds())
	seen := map[string]place{}
	for _, w := range words {
		k := graph.KindNone
		if i := slices.Index(names, w.is); i >= 0 {
			k = graph.Kinds()[i]
		} else if class, known := b.vocabulary.types[w.is]; known {
			k, _ = b.superclasses.KindOf(class)
		} else {
			b.add(w.at, RuleUnknownKind, nearest(w.is, append(names, b.vocabulary.typeWords...)), "unknown kind %q: it is %s, or a type", syntax.Shorten(w.is), list(names, "or"))
			continue
		}
		if b.once(seen, k.String(), w, "kind") {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// entail adds to every concept the superclasses of its types, which its kinds
// follow from.
func (b *builder) entail() {
	for i := range b.dataset.Concepts {
		c := &b.dataset.Concepts[i]
		c.Types = b.superclasses.Entail(c.Types)
	}
}

// kindsOf returns the kinds of a concept of these types.
func (b *builder) kindsOf(types []graph.ID) []graph.Kind {
	return graph.KindsOf(nil, b.superclasses.Entail(types))
}

// unknownType reports a word that is no type.
func (b *builder) unknownType(t text) {
	near := cmp.Or(typesMeant[squeezed(t.is)], typeForWord(t.is), nearestWord(t.is, b.vocabulary.typeWords, schemaorg.Class))
	if near == "" {
		b.add(t.at, RuleUnknownType, "", "unknown type %q: declare it under types, if none that Plexus knows means the same", syntax.Shorten(t.is))
		return
	}
	b.add(t.at, RuleUnknownType, near, "unknown type %q", syntax.Shorten(t.is))
}

// isWord reports whether s can be the name of a predicate.
func isWord(s string) bool {
	for i, r := range s {
		if !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}

// camelCase makes a word of several: interacts with → interactsWith.
func camelCase(s string) string {
	var b strings.Builder
	for i, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if first := []rune(w); i > 0 {
			w = string(unicode.ToUpper(first[0])) + string(first[1:])
		}
		b.WriteString(w)
	}
	if !isWord(b.String()) {
		return ""
	}
	return b.String()
}

// ifTrue returns where something is set.
func (t truth) ifTrue() place {
	if !t.is {
		return place{}
	}
	return t.at
}
