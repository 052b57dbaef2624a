package quads

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// An ontology in OWL says with many nodes what is one thing here
// (https://www.w3.org/TR/owl2-mapping-to-rdf/). Before the quads become things they
// are rewritten in the words of the encoding:
//
//   - An owl:Axiom annotates a quad: the synonym, code, definition or link takes
//     what is said of it. An axiom whose quad nobody states says nothing.
//   - An existential restriction on a named property and class, alone or in an
//     intersection, above a named class or equivalent to it, is a quad of that
//     property; a named class of the intersection is a superclass.
//   - All other class expressions, lists of these, and axioms about several classes
//     say nothing that a link could: they are left out.
//   - A property is a predicate if it is used as one, and else nothing.
//   - The header of the ontology describes the source of its part.
//
// It holds whatever the blank nodes are called and in whatever order the quads come.

// owlPart says as what a node is read.
type owlPart uint8

const (
	owlPlain      owlPart = iota
	owlAxiom              // annotates a quad
	owlExpression         // a class without a name, a list of OWL's, an axiom about several classes
	owlProperty
	owlHeader
)

// owlClasses are the classes that tell what a node is in OWL.
var owlClasses = map[quad.IRI]owlPart{
	owl + "Axiom": owlAxiom, owl + "Annotation": owlExpression,
	owl + "Restriction": owlExpression, owl + "DataRange": owlExpression,
	owl + "AllDisjointClasses": owlExpression, owl + "AllDisjointProperties": owlExpression, owl + "AllDifferent": owlExpression,
	owl + "NegativePropertyAssertion": owlExpression,
	owlObjectProperty:                 owlProperty, owlDataProperty: owlProperty, owlNote: owlProperty, owl + "OntologyProperty": owlProperty,
	owl + "Ontology": owlHeader,

	"http://www.w3.org/2003/11/swrl#Imp": owlExpression, "http://www.w3.org/2003/11/swrl#AtomList": owlExpression,
	"http://www.w3.org/2003/11/swrl#Variable": owlExpression, "http://www.w3.org/2003/11/swrl#ClassAtom": owlExpression,
	"http://www.w3.org/2003/11/swrl#IndividualPropertyAtom": owlExpression, "http://www.w3.org/2003/11/swrl#DatavaluedPropertyAtom": owlExpression,
	"http://www.w3.org/2003/11/swrl#BuiltinAtom": owlExpression, "http://www.w3.org/2003/11/swrl#DataRangeAtom": owlExpression,
	"http://www.w3.org/2003/11/swrl#SameIndividualAtom": owlExpression, "http://www.w3.org/2003/11/swrl#DifferentIndividualsAtom": owlExpression,
}

// owlLists are the predicates that lead to a list of OWL's; a blank node that has one
// is a class without a name, or an axiom.
var owlLists = []quad.IRI{
	owl + "intersectionOf", owl + "unionOf", owl + "oneOf", owl + "disjointUnionOf", owl + "members", owl + "distinctMembers",
	owl + "propertyChainAxiom", owl + "hasKey", owl + "onProperties", owl + "withRestrictions",
}

// owlExpressions are the other predicates that only a class without a name has.
var owlExpressions = []quad.IRI{
	owl + "complementOf", owl + "datatypeComplementOf", owl + "onProperty", owl + "onDatatype", owl + "inverseOf",
}

// Words of OWL and OBO that are read here alone.
const (
	owlEquivalentClass = owl + "equivalentClass"
	owlIntersectionOf  = owl + "intersectionOf"
	owlMembers         = owl + "members"
	owlDistinctMembers = owl + "distinctMembers"
	owlOnProperty      = owl + "onProperty"
	owlSomeValuesFrom  = owl + "someValuesFrom"
	owlNothing         = owl + "Nothing"
	annotatedSource    = owl + "annotatedSource"
	annotatedProperty  = owl + "annotatedProperty"
	annotatedTarget    = owl + "annotatedTarget"
	rdfFirst           = quad.IRI(graph.RDF + "first")
	rdfRest            = quad.IRI(graph.RDF + "rest")
	kgFormerID         = quad.IRI(graph.KG + "formerId")

	oboSynonymType      = oboInOwl + "hasSynonymType"
	oboSource           = oboInOwl + "source"
	oboAlternativeID    = oboInOwl + "hasAlternativeId"
	oboID               = oboInOwl + "id"
	oboDefinitionSource = quad.IRI("http://purl.obolibrary.org/obo/IAO_0000119")
	oboObsoleteReason   = quad.IRI("http://purl.obolibrary.org/obo/IAO_0000231")
	dcSource            = quad.IRI("http://purl.org/dc/elements/1.1/source")
	dcTermsSource       = quad.IRI("http://purl.org/dc/terms/source")
)

// isOrigin reports whether an annotation says where a value or a link is from.
func isOrigin(p quad.Value) bool {
	return p == hasDBXref || p == oboSource || p == dcSource || p == dcTermsSource || p == oboDefinitionSource
}

// xrefMatches are the words by which Mondo says, as the source of a cross reference,
// how close it is. Those for what only one of both has, or that is obsolete, state no
// relation (https://mondo.readthedocs.io/en/latest/developer-guide/mappings/).
var xrefMatches = map[string]graph.Match{
	"MONDO:equivalentTo": graph.MatchExact,
	"MONDO:relatedTo":    graph.MatchRelated,
}

// layTypes are the types of synonyms that are words of everyday language.
var layTypes = []quad.Value{
	quad.IRI("http://purl.obolibrary.org/obo/hp#layperson"), quad.IRI("http://purl.obolibrary.org/obo/OMO_0003007"),
	quad.IRI("http://purl.obolibrary.org/obo/HP_layperson"), quad.String("layperson"), quad.String("LAYPERSON"),
}

// owlQuad is a quad but for its label, as axioms name it.
type owlQuad struct {
	s, p int32
	o    quad.Value
}

// annotation is what an axiom says of a quad.
type annotation struct {
	p int32
	o quad.Value
}

// owlReader rewrites the facts of a Decoder.
type owlReader struct {
	*Decoder
	prefixes graph.Prefixes
	parts    []owlPart         // by node
	about    map[int32][]int32 // the facts about axioms, expressions and headers
	said     []bool            // by node: something is said of it
	axiomOf  []bool            // by node: an axiom is about it
	out      []fact
	stubs    map[stub]bool
}

type stub struct{ node, label int32 }

// readOWL rewrites the facts, if some of them are in words of OWL.
func (d *Decoder) readOWL(prefixes graph.Prefixes) {
	r := owlReader{Decoder: d, prefixes: prefixes}
	if !r.find() {
		return
	}
	r.readHeaders()
	r.readAxioms()
	r.rewrite()
	r.declare()
	d.gone = make([]bool, d.names.Len())
	for n := range r.parts {
		d.gone[n] = true
	}
	for i := range d.facts {
		f := &d.facts[i]
		d.gone[f.s], d.gone[f.p] = false, false
		if f.o >= 0 {
			d.gone[f.o] = false
		}
		if f.l != none {
			d.gone[f.l] = false
		}
	}
}

// find says what the nodes are, and reports whether any is of OWL.
func (r *owlReader) find() bool {
	classes := map[int32]owlPart{}
	for class, part := range owlClasses {
		if n, ok := r.names.Find(string(class)); ok {
			classes[n] = part
		}
	}
	lists, expressions := map[int32]bool{}, map[int32]bool{}
	for _, p := range owlLists {
		if n, ok := r.names.Find(string(p)); ok {
			lists[n], expressions[n] = true, true
		}
	}
	for _, p := range owlExpressions {
		if n, ok := r.names.Find(string(p)); ok {
			expressions[n] = true
		}
	}
	class, isClass := r.names.Find(string(owlClass))
	if len(classes)+len(expressions) == 0 && !isClass {
		return false
	}
	ours := r.predicate(rdfType)
	r.parts, r.said = make([]owlPart, r.names.Len()), make([]bool, r.names.Len())
	known, some := map[int32]bool{}, false // what says itself that it is a word of ours
	rest, _ := r.names.Find(string(rdfRest))
	tails := map[int32]int32{}
	var heads []int32
	for i := range r.facts {
		f := &r.facts[i]
		r.said[f.s] = true
		_, blank := r.values[f.s].(quad.BNode)
		switch {
		case f.p == ours && f.o >= 0:
			some = some || f.o == class && isClass
			if part := classes[f.o]; part > r.parts[f.s] && (part != owlExpression || blank) {
				r.parts[f.s], some = part, true
			}
			if r.values[f.o] == classPredicate || r.values[f.o] == classType {
				known[f.s] = true
			}
		case expressions[f.p] && blank && r.parts[f.s] == owlPlain:
			r.parts[f.s], some = owlExpression, true
		}
		if f.o >= 0 && (lists[f.p] || r.values[f.p] == annotatedTarget) {
			heads = append(heads, f.o)
		}
		if f.o >= 0 && f.p == rest && rest != 0 {
			tails[f.s] = f.o
		}
	}
	for _, cell := range heads {
		for range len(tails) + 1 {
			next, more := tails[cell]
			if _, blank := r.values[cell].(quad.BNode); !blank || !more { // of a target it is not known whether it is a list
				break
			}
			r.parts[cell] = owlExpression
			if r.parts[next] == owlExpression {
				break
			}
			cell = next
		}
	}
	for n := range known {
		r.parts[n] = owlPlain
	}
	for i := range r.facts { // what labels a quad is its record: see package rdf of denials
		if l := r.facts[i].l; r.part(l) == owlAxiom {
			r.parts[l] = owlPlain
		}
	}
	if !some {
		return false
	}
	r.about = map[int32][]int32{}
	for i := range r.facts {
		if s := r.facts[i].s; r.parts[s] != owlPlain && r.parts[s] != owlProperty {
			r.about[s] = append(r.about[s], int32(i))
		}
	}
	return true
}

// predicate returns the number of a predicate, which may be new.
func (d *Decoder) predicate(iri quad.IRI) int32 {
	n, _ := d.number(iri)
	if d.fields[n] == unseen {
		d.fields[n] = FieldOf(iri)
		d.predicates = append(d.predicates, n)
	}
	return n
}

// part returns what a node is; nodes that came later are plain.
func (r *owlReader) part(n int32) owlPart {
	if n < 0 || int(n) >= len(r.parts) {
		return owlPlain
	}
	return r.parts[n]
}

// IDSpaces returns the namespaces of OBO, by prefix, that the classes and relations of
// ontologies in OWL are in: as the OBO Foundry has it, obo/BFO_0000050 is BFO:0000050
// (https://obofoundry.org/id-policy). Without OWL there are none.
func (d *Decoder) IDSpaces() map[string]string {
	class, isOWL := d.names.Find(string(owlClass))
	if !isOWL {
		return nil
	}
	spaces := map[string]string{}
	add := func(v quad.Value) {
		iri, _ := v.(quad.IRI)
		local, isOBO := strings.CutPrefix(string(iri), graph.OBO)
		if space, number, ok := strings.Cut(local, "_"); isOBO && ok && number != "" && isIDSpace(space) {
			spaces[space] = graph.OBO + space + "_"
		}
	}
	for i := range d.facts {
		f := &d.facts[i]
		switch p := d.values[f.p]; {
		case f.field == FieldType && f.o == class:
			add(d.values[f.s])
		case p == owlOnProperty, p == owlSomeValuesFrom:
			add(d.object(f))
		}
	}
	if len(spaces) > 0 {
		add(oboDefinitionSource)
	}
	return spaces
}

func isIDSpace(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') })
}

// objects returns what a node has under a predicate.
func (r *owlReader) objects(n int32, p quad.IRI) (objects []quad.Value) {
	for _, i := range r.about[n] {
		if f := &r.facts[i]; r.values[f.p] == p && !slices.Contains(objects, r.object(f)) {
			objects = append(objects, r.object(f))
		}
	}
	return objects
}

// one returns the only object of a predicate.
func (r *owlReader) one(n int32, p quad.IRI) quad.Value {
	if objects := r.objects(n, p); len(objects) == 1 {
		return objects[0]
	}
	return nil
}

// entails yields the quads that follow for a class of which a class expression is
// a superclass: a predicate, and a named class.
func (r *owlReader) entails(expression int32, depth int, yield func(p, class quad.IRI)) {
	if depth > 32 { // no ontology nests so deeply, and a circle ends
		return
	}
	property, _ := r.one(expression, owlOnProperty).(quad.IRI)
	filler, _ := r.one(expression, owlSomeValuesFrom).(quad.IRI)
	if property != "" && filler != "" && filler != owlThing && filler != owlNothing && !isDatatype(filler) {
		yield(property, filler)
	}
	for _, list := range r.objects(expression, owlIntersectionOf) {
		for _, item := range r.list(list) {
			if class, named := item.(quad.IRI); named {
				if class != owlThing {
					yield(rdfsSubClassOf, class)
				}
			} else if n, known := r.nodeOf(item); known && r.part(n) == owlExpression {
				r.entails(n, depth+1, yield)
			}
		}
	}
}

// list returns the items of a list.
func (r *owlReader) list(head quad.Value) (items []quad.Value) {
	cell, isNode := r.nodeOf(head)
	for range len(r.about) { // a list may run in a circle
		if !isNode {
			break
		}
		items = append(items, r.objects(cell, rdfFirst)...)
		cell, isNode = r.nodeOf(r.one(cell, rdfRest))
	}
	return items
}

// mostApart is how many classes or individuals an axiom that all differ may have:
// each pair of them is a link.
const mostApart = 300

// apart makes pairs of what an axiom takes for different things.
func (r *owlReader) apart(f fact) {
	p := quad.IRI("")
	for _, class := range r.objects(f.s, rdfType) {
		switch class {
		case owl + "AllDisjointClasses":
			p = owl + "disjointWith"
		case owl + "AllDifferent":
			p = owl + "differentFrom"
		}
	}
	var members []quad.IRI
	for _, item := range r.list(r.object(&f)) {
		if member, named := item.(quad.IRI); named {
			members = append(members, member)
		}
	}
	slices.Sort(members)
	members = slices.Compact(members)
	if p == "" || len(members) > mostApart {
		return
	}
	for i, a := range members {
		for _, b := range members[i+1:] {
			s, _ := r.number(a)
			o, _ := r.number(b)
			r.out = append(r.out, fact{s, r.predicate(p), o, f.l, FieldOf(p)})
		}
	}
}

// nodeOf returns the number of a node that is there.
func (d *Decoder) nodeOf(v quad.Value) (int32, bool) {
	name, isNode := Name(v)
	if !isNode {
		return none, false
	}
	return d.names.Find(name)
}

// readAxioms finds what is said of quads.
func (r *owlReader) readAxioms() {
	r.axioms, r.axiomOf = map[owlQuad][]annotation{}, make([]bool, len(r.parts))
	for n, facts := range r.about {
		if r.parts[n] != owlAxiom {
			continue
		}
		source, ok := r.nodeOf(r.one(n, annotatedSource))
		property, also := r.nodeOf(r.one(n, annotatedProperty))
		target := r.one(n, annotatedTarget)
		if !ok || !also || target == nil {
			continue
		}
		var said []annotation
		for _, i := range facts {
			f := &r.facts[i]
			switch v := r.values[f.p]; {
			case v == annotatedSource, v == annotatedProperty, v == annotatedTarget, f.field == FieldType:
			case r.part(f.o) == owlExpression || r.part(f.o) == owlAxiom:
			default:
				said = append(said, annotation{f.p, r.object(f)})
			}
		}
		if len(said) == 0 {
			continue
		}
		r.axiomOf[source] = true
		note := func(p int32, o quad.Value) {
			q := owlQuad{source, p, o}
			r.axioms[q] = append(r.axioms[q], said...)
		}
		if t, isNode := r.nodeOf(target); isNode && r.part(t) == owlExpression {
			r.entails(t, 0, func(p, class quad.IRI) { note(r.predicate(p), class) })
			continue
		}
		note(property, target)
	}
	for q, said := range r.axioms {
		r.axioms[q] = r.sortAnnotations(said)
	}
}

func (r *owlReader) sortAnnotations(said []annotation) []annotation {
	slices.SortFunc(said, func(a, b annotation) int {
		if a.p != b.p {
			return strings.Compare(r.names.Names()[a.p], r.names.Names()[b.p])
		}
		return compareTerms(a.o, b.o)
	})
	return slices.Compact(said)
}

// rewrite makes the facts anew, part by part.
func (r *owlReader) rewrite() {
	merged := r.mergedAway()
	r.stubs, r.out = map[stub]bool{}, make([]fact, 0, len(r.facts))
	part := 0
	for i := range r.facts {
		for part < len(r.Decoder.parts) && r.Decoder.parts[part].first == i {
			clear(r.stubs)
			r.Decoder.parts[part].first = len(r.out)
			part++
		}
		f := r.facts[i]
		p, object := r.values[f.p], r.object(&f)
		switch {
		case merged[f.s], r.values[f.s] == owlThing, r.values[f.s] == owlNothing:
		case r.part(f.s) == owlExpression && (p == owlMembers || p == owlDistinctMembers):
			r.apart(f)
		case r.part(f.s) == owlHeader && !r.isHeader(&f):
			r.describe(f)
		case r.part(f.s) == owlHeader, r.part(f.s) == owlAxiom, r.part(f.s) == owlExpression:
		case r.part(f.s) == owlProperty:
			r.out = append(r.out, f)
		case p == rdfsSubClassOf && object == owlThing:
		case r.part(f.o) == owlExpression || r.part(f.o) == owlAxiom:
			if p == rdfsSubClassOf || p == owlEquivalentClass {
				r.entails(f.o, 0, func(p, class quad.IRI) { r.link(f, p, class) })
			}
		case f.field == FieldReplacedBy && f.o < 0:
			f.o = r.replacement(f.o)
			r.out = append(r.out, f)
		case p == oboAlternativeID:
			r.out = append(r.out, r.formerly(f, merged))
		case p == oboID && r.isOwnID(&f):
		case f.s < int32(len(r.axiomOf)) && r.axiomOf[f.s] && r.annotate(f):
		case f.field == FieldXref && isAddress(object):
			r.more(f, hasDBXref, object)
		default:
			r.out = append(r.out, f)
		}
	}
	for ; part < len(r.Decoder.parts); part++ {
		r.Decoder.parts[part].first = len(r.out)
	}
	r.facts = r.out
	r.lastQuad = quad.Quad{}
}

// link adds what a class expression says.
func (r *owlReader) link(f fact, p, class quad.IRI) {
	o, _ := r.number(class)
	if o == f.s {
		return
	}
	r.out = append(r.out, fact{f.s, r.predicate(p), o, f.l, FieldOf(p)})
	// A class that is only named is one all the same.
	if at := (stub{o, f.l}); (int(o) >= len(r.said) || !r.said[o]) && !r.stubs[at] {
		r.stubs[at] = true
		is, _ := r.number(owlClass)
		r.out = append(r.out, fact{o, r.predicate(rdfType), is, f.l, FieldType})
	}
}

// isAddress reports whether a cross reference is an address of the web and no code.
func isAddress(v quad.Value) bool {
	s, _ := text(v)
	return strings.Contains(s, "://")
}

// literal adds a fact with a literal.
func (r *owlReader) literal(s int32, p quad.IRI, v quad.Value, l int32) {
	r.out = append(r.out, fact{s, r.predicate(p), ^int32(len(r.literals)), l, FieldOf(p)})
	r.literals = append(r.literals, v)
}

// helped adds a helper node of the subject of a fact, and returns it.
func (r *owlReader) helped(f fact, p quad.IRI, content ...string) int32 {
	h, _ := r.number(Node(helper(r.names.Names()[f.s], p, content...)))
	r.out = append(r.out, fact{f.s, r.predicate(p), h, f.l, FieldOf(p)})
	return h
}

// more adds a further value whose predicate means something else here.
func (r *owlReader) more(f fact, p quad.IRI, v quad.Value) {
	term, more, _ := split(v)
	h := r.helped(f, schemaMore, string(p), term, more)
	o, _ := r.number(p)
	r.out = append(r.out, fact{h, r.predicate(schemaPropertyID), o, f.l, FieldPropertyID})
	r.literal(h, schemaValue, v, f.l)
}

// annotate writes a fact with what axioms say of it, and reports whether it has
// done so.
func (r *owlReader) annotate(f fact) bool {
	object := r.object(&f)
	said := r.axioms[owlQuad{f.s, f.p, object}]
	if len(said) == 0 {
		return false
	}
	p, _ := r.values[f.p].(quad.IRI)
	named, isText := languageText(object)
	xref, isXref := text(object)
	var left []annotation
	switch {
	case oboScopes[p] != "" && isText, p == skosAltLabel && isText:
		left = r.synonym(f, named, oboScopes[p], said)
	case p == hasDBXref && isXref && !isAddress(object):
		left = r.code(f, xref, "", said)
	case f.field == FieldMapping && (f.o < 0 || !r.said[f.o]):
		name, _ := Name(object)
		if name == "" {
			return false
		}
		left = r.code(f, string(r.prefixes.Compact(name)), MatchOf(p), said)
	case (p == oboDefinition || p == skosDefinition) && isText:
		r.out = append(r.out, f)
		for _, a := range said {
			if isOrigin(r.values[a.p]) {
				r.out = append(r.out, r.valued(f, oboDefinitionSource, a.o))
			} else {
				left = append(left, a)
			}
		}
	case f.o >= 0 && r.said[f.o]: // a link: see decoder.annotate
		return false
	default:
		r.out = append(r.out, f)
		left = said
	}
	for _, a := range left { // a text that says of what it is said
		said, _, _ := split(Lexical(a.o))
		about, _, _ := split(Lexical(object))
		predicate, _ := r.values[a.p].(quad.IRI)
		r.more(f, predicate, quad.String(said+" (of "+string(r.prefixes.Compact(string(p)))+" "+quad.String(about).String()+")"))
	}
	return true
}

// valued returns a fact with another predicate and a literal or node as object.
func (r *owlReader) valued(f fact, p quad.IRI, v quad.Value) fact {
	f.p, f.field = r.predicate(p), FieldOf(p)
	if n, isNode := r.number(v); isNode {
		f.o = n
	} else {
		f.o = ^int32(len(r.literals))
		r.literals = append(r.literals, v)
	}
	return f
}

// origins splits annotations into those that say where something is from, as one
// text, and the others.
func (r *owlReader) origins(said []annotation) (via string, left []annotation) {
	var all []string
	for _, a := range said {
		if !isOrigin(r.values[a.p]) {
			left = append(left, a)
			continue
		}
		from, _, _ := split(Lexical(a.o))
		if name, isNode := Name(a.o); isNode {
			from = string(r.prefixes.Compact(name))
		}
		if !slices.Contains(all, from) {
			all = append(all, from)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", "), left
}

// synonym writes a synonym as a label that says more of itself. A lay word that is
// an exact synonym is a lay synonym; of the other scopes it is both.
func (r *owlReader) synonym(f fact, form graph.Text, scope graph.Scope, said []annotation) (left []annotation) {
	via, said := r.origins(said)
	scopes := []graph.Scope{scope}
	for _, a := range said {
		switch {
		case r.values[a.p] != oboSynonymType || !slices.Contains(layTypes, a.o):
			left = append(left, a)
		case scope == graph.ScopeExact || scope == graph.ScopeNotStated:
			scopes[0] = graph.ScopeLay
		default:
			scopes = []graph.Scope{scope, graph.ScopeLay}
		}
	}
	v := languageTerm(form.Text, form.Language)
	for _, scope := range scopes {
		h := r.helped(f, xlAltLabel, form.Text, form.Language, string(scope), via)
		r.literal(h, xlLiteralForm, v, f.l)
		if scope != "" {
			r.literal(h, kgSynonymScope, quad.String(scope), f.l)
		}
		if via != "" {
			r.literal(h, kgVia, quad.String(via), f.l)
		}
	}
	return left
}

// code writes a code with its label, its match and where it is from.
func (r *owlReader) code(f fact, code string, match graph.Match, said []annotation) (left []annotation) {
	var others []annotation
	label := ""
	for _, a := range said {
		s, isText := text(a.o)
		word := s
		if name, isNode := Name(a.o); isNode {
			word = string(r.prefixes.Compact(name))
		}
		switch stated := xrefMatches[word]; {
		case r.values[a.p] == oboSource && stated != "" && match == "":
			match = stated
		case r.values[a.p] == rdfsLabel && isText && label == "":
			label = s
		default:
			others = append(others, a)
		}
	}
	via, left := r.origins(others)
	h := r.helped(f, schemaCode, code, string(match), label, via)
	r.literal(h, schemaCodeValue, quad.String(code), f.l)
	for p, v := range map[quad.IRI]string{kgMatch: string(match), schemaName: label, kgVia: via} {
		if v != "" {
			r.literal(h, p, quad.String(v), f.l)
		}
	}
	return left
}

// replacement returns the concept that a literal names as the one that takes the
// place of another, else the literal.
func (r *owlReader) replacement(o int32) int32 {
	name := r.Value(r.literals[^o])
	if n, known := r.names.Find(r.prefixes.Expand(graph.ID(name))); known && int(n) < len(r.said) && r.said[n] {
		return n
	}
	return o
}

// Value returns a literal's text.
func (r *owlReader) Value(v quad.Value) string {
	s, _, _ := split(Lexical(v))
	return s
}

// former returns the node that an alternative id names, none if there is nothing
// said of it, and the id.
func (r *owlReader) former(f *fact) (id graph.ID, n int32) {
	id, n = graph.ID(r.Value(r.object(f))), none
	if f.o >= 0 {
		id = r.prefixes.Compact(r.names.Names()[f.o])
	}
	if other, known := r.names.Find(r.prefixes.Expand(id)); known && int(other) < len(r.said) && r.said[other] {
		n = other
	}
	return id, n
}

// mergedAway finds the classes that only say that they were merged into another one,
// which has their id as an alternative one: files of OBO do without them.
func (r *owlReader) mergedAway() map[int32]bool {
	candidates := map[int32]int32{}
	for i := range r.facts {
		f := &r.facts[i]
		if r.values[f.p] != oboAlternativeID {
			continue
		}
		if _, n := r.former(f); n != none && n != f.s {
			candidates[n] = f.s
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	merged := map[int32]bool{}
	for n := range candidates {
		merged[n] = false
	}
	for i := range r.facts {
		f := &r.facts[i]
		into, candidate := candidates[f.s]
		if candidate && f.field == FieldReplacedBy {
			o := f.o
			if o < 0 {
				o = r.replacement(o)
			}
			if o == into {
				merged[f.s] = true
				continue
			}
		}
		p := r.values[f.p]
		if candidate && f.field != FieldType && f.field != FieldDeprecated && p != oboObsoleteReason && p != oboID && p != oboInOwl+"hasOBONamespace" {
			delete(merged, f.s)
			delete(candidates, f.s)
		}
	}
	for n, is := range merged {
		if !is {
			delete(merged, n)
		}
	}
	return merged
}

// formerly turns an alternative id into a former one, by which a concept is found,
// unless it is the id of something else.
func (r *owlReader) formerly(f fact, merged map[int32]bool) fact {
	id, n := r.former(&f)
	if id == "" || n != none && !merged[n] || r.part(f.s) != owlPlain || !graph.IsCURIE(string(id)) && !strings.Contains(string(id), "://") {
		return f
	}
	return r.valued(f, kgFormerID, quad.String(id))
}

// isOwnID reports whether a fact says no more than the id that its subject has.
func (r *owlReader) isOwnID(f *fact) bool {
	return r.Value(r.object(f)) == string(r.prefixes.Compact(r.names.Names()[f.s]))
}

// annotate adds to a statement without a record what axioms say of its quad: where
// it is from as the locator, a comment as the note, all else as further values.
func (d *decoder) annotate(s *graph.Statement, f *fact) {
	if len(d.axioms) == 0 {
		return
	}
	var from []string
	if s.Locator != "" {
		from = strings.Split(s.Locator, "; ")
	}
	for _, a := range d.axioms[owlQuad{f.s, f.p, d.object(f)}] {
		v := d.Value(a.o)
		switch p := d.values[a.p]; {
		case isOrigin(p):
			if v.Datatype == graph.AnyURI {
				v.Text = string(d.Prefixes.Compact(v.Text))
			}
			if !slices.Contains(from, v.Text) {
				from = append(from, v.Text)
			}
		case p == rdfsComment && (s.Note == "" || v.Text < s.Note):
			s.Note = v.Text
		default:
			s.Properties = append(s.Properties, graph.Property{Predicate: d.Prefixes.Compact(d.nodes[a.p]), Value: v})
		}
	}
	slices.Sort(from)
	s.Locator = strings.Join(from, "; ")
}
