package quads

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/plexus-kg/plexus/graph"
)

// findRoles says what every node is. The rules, in order: helper nodes by the
// quad that leads to them; records and sources by their use as labels; then
// by type; then declared predicates and types; then every subject is a concept;
// at last the objects that must be something because of what points to them.
func (d *decoder) findRoles() {
	d.roles = make([]role, len(d.nodes))
	d.findHelpers()
	d.findTyped()
	d.findLabels()
	d.findDeclared()
	for n := range d.roles {
		if d.roles[n] == noRole && len(d.about(int32(n))) > 0 {
			d.roles[n] = roleConcept
		}
	}
	for i := range d.facts {
		if f := &d.facts[i]; f.o >= 0 && d.roles[f.o] == noRole && d.pointsToConcept(f) {
			d.roles[f.o] = roleConcept // a stub: nothing is known but its IRI
		}
	}
	for i := range d.facts { // after the stubs, whatever the order of the facts
		if f := &d.facts[i]; f.o >= 0 && d.roles[f.o] == noRole && f.field == FieldDefinedBy && d.roles[f.s] == roleConcept {
			d.roles[f.o] = roleSource
		}
	}
}

// pointsToConcept reports whether the object of a fact must be a concept.
func (d *decoder) pointsToConcept(f *fact) bool {
	if f.l != none && d.roles[f.l] == roleRecord {
		return f.field != FieldType && !d.maps(f)
	}
	switch d.roles[f.s] {
	case roleRecord:
		q, ok := f.field.Qualifier()
		return ok && slices.Contains(q.Info().Classes, graph.ClassConcept)
	case roleSection:
		return f.field == FieldMentions
	default:
		return false
	}
}

func (d *decoder) findHelpers() {
	for i := range d.facts {
		switch f := &d.facts[i]; f.field {
		case FieldLabel, FieldCode, FieldMore:
			if f.o >= 0 && IsHelper(d.quad(f)) {
				d.roles[f.o] = roleHelper
			}
		}
	}
}

// findTyped gives the roles that a type alone decides.
func (d *decoder) findTyped() {
	for i := range d.facts {
		f := &d.facts[i]
		if f.field != FieldType || d.roles[f.s] == roleHelper {
			continue
		}
		r := noRole
		switch d.object(f) {
		case classDataset, classPerson:
			r = roleSource
		case classArticle:
			r = roleArticle
		case classSection:
			r = roleSection
		case classPredicate:
			r = rolePredicate
		case classType:
			r = roleType
		}
		d.roles[f.s] = max(d.roles[f.s], r) // of several such types the last role counts
	}
}

// findLabels tells records of statements from named graphs, and finds the
// sources that records name.
func (d *decoder) findLabels() {
	uses := make([]int32, len(d.nodes)) // 1 + the first fact with the label
	many := make([]bool, len(d.nodes))  // a second fact, and another one, has it
	for i := range d.facts {
		f := &d.facts[i]
		switch {
		case f.l == none:
		case uses[f.l] == 0:
			uses[f.l] = int32(i) + 1
		default:
			first := &d.facts[uses[f.l]-1]
			many[f.l] = many[f.l] || first.s != f.s || first.p != f.p || !d.sameObject(first, f)
		}
	}
	// Only what can be a concept has recorded statements.
	isRecord := func(n int) bool {
		if uses[n] == 0 || many[n] || len(d.about(int32(n))) == 0 || d.roles[n] != noRole {
			return false
		}
		subject := d.facts[uses[n]-1].s
		return uses[subject] == 0 && d.roles[subject] == noRole
	}
	var records []int32
	for n := range d.nodes {
		if isRecord(n) {
			records = append(records, int32(n))
		}
	}
	claims := make([]bool, len(d.nodes)) // the node is the subject of a recorded statement
	for _, n := range records {
		d.roles[n] = roleRecord
		claims[d.facts[uses[n]-1].s] = true
	}
	for n := range d.nodes {
		if uses[n] == 0 || d.roles[n] == roleRecord {
			continue
		}
		if d.roles[n] != noRole && d.isArticle(int32(n)) { // whatever else it is said to be
			d.roles[n] = roleArticle
		} else {
			d.roles[n] = roleSource
		}
	}
	for i := range d.facts {
		f := &d.facts[i]
		if f.o >= 0 && f.field == FieldPartOf && d.roles[f.s] == roleRecord && d.roles[f.o] == noRole && !claims[f.o] {
			d.roles[f.o] = roleSource
		}
	}
}

// isArticle reports whether a node is said to be an article.
func (d *decoder) isArticle(n int32) bool {
	return slices.ContainsFunc(d.about(n), func(i int32) bool {
		f := &d.facts[i]
		return f.field == FieldType && d.object(f) == classArticle
	})
}

// findIDs names every thing. A concept believes a schema:identifier that is a
// CURIE, if no other thing has or claims the same.
func (d *decoder) findIDs() {
	d.ids = make([]graph.ID, len(d.nodes))
	// To shorten a name takes a dozen comparisons: both cores share them.
	var half sync.WaitGroup
	middle := len(d.nodes) / 2
	half.Go(func() { d.compact(0, middle) })
	d.compact(middle, len(d.nodes))
	half.Wait()
	own := make([]bool, len(d.nodes)) // kg:id gives it
	claimed := map[string]int32{}     // identifier → its concept, none if several
	for n := range int32(len(d.nodes)) {
		switch d.roles[n] {
		case noRole, roleHelper:
			continue
		}
		id := d.ids[n]
		for _, i := range d.about(n) {
			f := &d.facts[i]
			if f.field != FieldID && f.field != FieldIdentifier {
				continue
			}
			given, ok := text(d.object(f))
			switch {
			case !ok || given == "":
			case f.field == FieldID && (!own[n] || given < string(id)):
				id, own[n] = graph.ID(given), true
			case f.field == FieldIdentifier && d.roles[n] == roleConcept && graph.IsCURIE(given):
				if other, taken := claimed[given]; taken && other != n {
					claimed[given] = none
				} else {
					claimed[given] = n
				}
			}
		}
		d.ids[n] = id
	}
	best := map[int32]string{}
	for identifier, n := range claimed {
		if n == none || own[n] {
			continue
		}
		other, exists := d.names.Find(d.Prefixes.Expand(graph.ID(identifier)))
		if exists && other != n && d.roles[other] != noRole && d.roles[other] != roleHelper {
			continue
		}
		if old, has := best[n]; !has || compareIdentifiers(identifier, old) < 0 {
			best[n] = identifier
		}
	}
	for n, identifier := range best {
		d.ids[n] = graph.ID(identifier)
	}
}

// compareIdentifiers puts what has the usual prefix of its vocabulary first
// ([graph.VocabularyOf]), then goes by the letters.
func compareIdentifiers(a, b string) int {
	rank := func(id string) int {
		if v, _, known := graph.VocabularyOf(graph.ID(id)); known && strings.HasPrefix(id, v.Prefix+":") {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
}

// compact gives things the ids that follow from their names.
func (d *decoder) compact(from, to int) {
	for n := from; n < to; n++ {
		if d.roles[n] != noRole && d.roles[n] != roleHelper {
			d.ids[n] = d.Prefixes.Compact(d.nodes[n])
		}
	}
}

// wording is a predicate as it stands in the quads, and what it is in our words.
type wording struct {
	id graph.ID
	graph.Word
	known  bool             // there is a word
	unsure bool             // whether the subject or the object is contraindicated
	means  *graph.Predicate // in our words; nil for none of them
	// oneActs: one end is a treatment or test, and the other is not.
	oneActs bool
}

func (d *decoder) wording(predicate int32) (w wording) {
	w.id = d.Prefixes.Compact(d.nodes[predicate])
	if w.Word, w.known = graph.LookupWord(d.nodes[predicate]); !w.known {
		w.Word, w.known = graph.LookupWord(string(w.id))
	}
	if !w.known {
		w.Predicate = w.id
	}
	means, registered := graph.LookupPredicate(w.Predicate)
	if w.unsure = !registered && d.roles[predicate] != rolePredicate && graph.MayContraindicate(d.nodes[predicate]); w.unsure {
		means, registered = graph.LookupPredicate(graph.PredicateContraindication)
	}
	if registered {
		done := []graph.Kind{graph.Treatment}
		w.means, w.oneActs = &means, means.EndsOf(done, done) == graph.EndsUnfit
	}
	return w
}

// say makes the claim of a fact between two concepts, which the statement has as
// it stands in the quads, one in our words. The kinds of the ends tell the
// direction, where one of them is a treatment or test. What they do not fit stays
// the word that it is, and so do a denial of what denies and a contraindication of
// an unknown vocabulary between things of unknown kinds.
func (d *decoder) say(s *graph.Statement, w wording, f *fact) {
	if w.means == nil || w.Denies && s.Negated || w.known && !d.fits(w, f) {
		return
	}
	switch d.ends(s, w, f) {
	case graph.EndsExchanged:
		w.Reversed = !w.Reversed
	case graph.EndsUnfit:
		if w.known || w.unsure {
			return
		}
	case graph.EndsUnknown:
		if w.unsure {
			return
		}
	}
	if w.Reversed && s.With != nil {
		return // those that go together stay the subject
	}
	s.Predicate, s.Negated = w.means.ID, s.Negated || w.Denies
	if w.Reversed {
		s.Subject, s.Object = s.Object, s.Subject
	}
}

// fits reports whether the ends of a fact may be those of what its predicate, if it is
// a word of the Biolink Model, means here: biolink:has_phenotype of a gene stays what
// it is. What has no category of that model, nor a kind, may be anything.
func (d *decoder) fits(w wording, f *fact) bool {
	if !strings.HasPrefix(d.nodes[f.p], graph.Biolink) {
		return true
	}
	from, to := f.s, f.o
	if w.Reversed {
		from, to = to, from
	}
	subject, object := d.kinds(from), d.kinds(to)
	joins := func(n int32, kinds, wanted []graph.Kind) bool {
		return len(wanted) == 0 || slices.ContainsFunc(kinds, func(k graph.Kind) bool { return slices.Contains(wanted, k) }) ||
			slices.Equal(kinds, []graph.Kind{graph.OtherConcept}) && !d.hasCategory(n)
	}
	return joins(from, subject, w.means.Domain) && joins(to, object, w.means.Range) || d.ends(&graph.Statement{}, w, f) == graph.EndsExchanged
}

// hasCategory reports whether a node has a category of the Biolink Model.
func (d *decoder) hasCategory(n int32) bool {
	return slices.ContainsFunc(d.about(n), func(i int32) bool {
		name, isNode := Name(d.object(&d.facts[i]))
		return isNode && d.facts[i].field == FieldType && strings.HasPrefix(name, graph.Biolink)
	})
}

// ends returns how the ends of a fact fit what its predicate means.
func (d *decoder) ends(s *graph.Statement, w wording, f *fact) graph.Ends {
	if !w.oneActs || len(s.With) > 0 { // of several subjects none becomes the object
		return graph.EndsFit
	}
	subject, object := d.kinds(f.s), d.kinds(f.o)
	if w.Reversed {
		subject, object = object, subject
	}
	return w.means.EndsOf(subject, object)
}

// kinds returns the kinds of a node, by the types that it has.
func (d *decoder) kinds(n int32) []graph.Kind {
	var types []graph.ID
	for _, i := range d.about(n) {
		f := &d.facts[i]
		if name, isNode := Name(d.object(f)); isNode && f.field == FieldType {
			types = append(types, d.Prefixes.Compact(name))
		}
	}
	return graph.KindsOf(nil, d.up.Entail(graph.ForwardClasses(types)))
}

// buildStatements makes the statements.
func (d *decoder) buildStatements() {
	var about description
	words := map[int32]wording{} // by predicate
	d.ds.Statements = make([]graph.Statement, 0, len(d.statements))
	type claim struct {
		subject, predicate, object, source graph.ID
		denied                             bool
	}
	claims := map[claim]int{} // of statements without a record, their places: the same one twice is one
	for _, i := range d.statements {
		f := &d.facts[i]
		var s graph.Statement
		recorded := f.l != none && d.roles[f.l] == roleRecord
		switch {
		case recorded:
			d.describe(&about, f.l, nil)
			s = d.record(d.nodes[f.l], d.ids[f.l], about.own, about.helpers)
			if s.Source == "" {
				s.Source = d.partSource(d.partOfRecord(i))
			}
		case f.l != none:
			s.Source = d.ids[f.l]
		default:
			s.Source = d.partSource(d.partOf(i))
		}
		w, known := words[f.p]
		if !known {
			w = d.wording(f.p)
			words[f.p] = w
		}
		s.Subject, s.Predicate = d.ids[f.s], w.id
		if f.o >= 0 && d.roles[f.o] == roleConcept {
			s.Object = d.ids[f.o]
			s.Predicate = broader(s.Predicate, d.nodes[f.p], d.nodes[f.s], d.nodes[f.o])
			d.say(&s, w, f)
		} else {
			s.Value = d.Value(d.object(f))
			if w.known && !w.Reversed && !w.Denies { // a value cannot become a subject
				s.Predicate = w.Predicate
			}
		}
		if !recorded {
			c := claim{s.Subject, s.Predicate, s.Object, s.Source, s.Negated}
			if at, again := claims[c]; again {
				d.annotate(&d.ds.Statements[at], f)
				continue
			}
			claims[c] = len(d.ds.Statements)
			d.annotate(&s, f)
		}
		d.ds.Statements = append(d.ds.Statements, s)
	}
}

// partSource returns the id of the source of a part and sees to it that the
// data set lists it.
func (d *decoder) partSource(part int) graph.ID {
	s := d.parts[part].source
	if s.ID == "" || d.partSources[part] {
		return s.ID
	}
	d.partSources[part] = true
	known := func(o graph.ID) bool { return o == s.ID }
	for i := range d.ds.Sources {
		if known(d.ds.Sources[i].ID) {
			for detail := range graph.NumSourceDetails { // of a header: see readHeaders
				if d.ds.Sources[i].Detail(detail) == "" {
					d.ds.Sources[i].SetDetail(detail, s.Detail(detail))
				}
			}
			return s.ID
		}
	}
	for i := range d.ds.Articles {
		if known(d.ds.Articles[i].ID) {
			return s.ID
		}
	}
	d.ds.Sources = append(d.ds.Sources, s)
	return s.ID
}
