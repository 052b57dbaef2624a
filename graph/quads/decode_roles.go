package quads

import (
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// findRoles says what every node is. The rules, in order: helper nodes by the
// quad that leads to them; records and sources by their use as labels; then
// by type; then every subject is a concept; at last the objects that must be
// something because of what points to them.
func (d *decoder) findRoles() {
	d.roles = make([]role, len(d.nodes))
	d.findHelpers()
	d.findTyped()
	d.findLabels()
	for n := range d.roles {
		if d.roles[n] == noRole && len(d.about(int32(n))) > 0 {
			d.roles[n] = roleConcept
		}
	}
	for i := range d.facts {
		if f := &d.facts[i]; f.o != none && d.roles[f.o] == noRole && d.pointsToConcept(f) {
			d.roles[f.o] = roleConcept // a stub: nothing is known but its IRI
		}
	}
	for i := range d.facts { // after the stubs, whatever the order of the facts
		if f := &d.facts[i]; f.o != none && d.roles[f.o] == noRole && f.Predicate == isDefinedBy && d.roles[f.s] == roleConcept {
			d.roles[f.o] = roleSource
		}
	}
}

// pointsToConcept reports whether the object of a fact must be a concept.
func (d *decoder) pointsToConcept(f *fact) bool {
	if f.l != none && d.roles[f.l] == roleRecord {
		_, maps := d.mapping(*f.Quad)
		return !maps && f.Predicate != rdfType
	}
	switch d.roles[f.s] {
	case roleRecord:
		return f.Predicate == kgStage
	case roleSection:
		return f.Predicate == schemaMentions
	default:
		return false
	}
}

func (d *decoder) findHelpers() {
	for i := range d.facts {
		if f := &d.facts[i]; f.o != none && IsHelper(*f.Quad) {
			d.roles[f.o] = roleHelper
		}
	}
}

// findTyped gives the roles that a type alone decides.
func (d *decoder) findTyped() {
	for i := range d.facts {
		f := &d.facts[i]
		if f.Predicate != rdfType || d.roles[f.s] == roleHelper {
			continue
		}
		r := noRole
		switch f.Object {
		case classDataset, classPerson:
			r = roleSource
		case classArticle:
			r = roleArticle
		case classSection:
			r = roleSection
		case classPredicate:
			r = rolePredicate
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
			many[f.l] = many[f.l] || first.s != f.s || first.p != f.p || first.Object != f.Object
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
		if uses[n] > 0 && d.roles[n] != roleRecord && d.roles[n] != roleArticle {
			d.roles[n] = roleSource
		}
	}
	for i := range d.facts {
		f := &d.facts[i]
		if f.o != none && f.Predicate == schemaIsPartOf && d.roles[f.s] == roleRecord && d.roles[f.o] == noRole && !claims[f.o] {
			d.roles[f.o] = roleSource
		}
	}
}

// findIDs names every thing. A concept believes a schema:identifier that is a
// CURIE, if no other thing has or claims the same.
func (d *decoder) findIDs() {
	d.ids = make([]graph.ID, len(d.nodes))
	own := make([]bool, len(d.nodes)) // kg:id gives it
	claimed := map[string]int32{}     // identifier → its concept, none if several
	for n := range int32(len(d.nodes)) {
		switch d.roles[n] {
		case noRole, roleHelper:
			continue
		}
		id := d.Prefixes.Compact(d.nodes[n])
		for _, i := range d.about(n) {
			f := &d.facts[i]
			given, ok := text(f.Object)
			switch {
			case !ok || given == "":
			case f.Predicate == kgID && (!own[n] || given < string(id)):
				id, own[n] = graph.ID(given), true
			case f.Predicate == schemaIdentifier && d.roles[n] == roleConcept && graph.IsCURIE(given):
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
		other, exists := d.names[d.Prefixes.Expand(graph.ID(identifier))]
		if exists && other != n && d.roles[other] != noRole && d.roles[other] != roleHelper {
			continue
		}
		if old, has := best[n]; !has || identifier < old {
			best[n] = identifier
		}
	}
	for n, identifier := range best {
		d.ids[n] = graph.ID(identifier)
	}
}

// buildStatements makes the statements.
func (d *decoder) buildStatements() {
	var buffer []quad.Quad
	d.ds.Statements = make([]graph.Statement, 0, len(d.statements))
	type claim struct{ subject, predicate, object, source graph.ID }
	claims := map[claim]bool{} // of statements without a record: the same one twice is one
	for _, i := range d.statements {
		f := &d.facts[i]
		var s graph.Statement
		recorded := f.l != none && d.roles[f.l] == roleRecord
		switch {
		case recorded:
			buffer = d.gather(buffer[:0], f.l)
			s = d.Record(d.nodes[f.l], buffer)
			s.ID = d.ids[f.l]
		case f.l != none:
			s.Source = d.ids[f.l]
		default:
			s.Source = d.partSource(f.part)
		}
		forward, reversed := graph.ForwardPredicate(d.Prefixes.Compact(d.nodes[f.p]))
		s.Subject, s.Predicate = d.ids[f.s], forward
		if f.o != none && d.roles[f.o] == roleConcept {
			s.Object = d.ids[f.o]
			if reversed {
				s.Subject, s.Object = s.Object, s.Subject
			}
		} else {
			s.Value = d.Value(f.Object)
			if reversed { // a value cannot become a subject
				s.Predicate = d.Prefixes.Compact(d.nodes[f.p])
			}
		}
		if !recorded {
			c := claim{s.Subject, s.Predicate, s.Object, s.Source}
			if claims[c] {
				continue
			}
			claims[c] = true
		}
		d.ds.Statements = append(d.ds.Statements, s)
	}
}

// partSource returns the id of the source of a part and sees to it that the
// data set lists it.
func (d *decoder) partSource(part int32) graph.ID {
	s := d.parts[part].Source
	if s.ID == "" || d.partSources[part] {
		return s.ID
	}
	d.partSources[part] = true
	known := func(o graph.ID) bool { return o == s.ID }
	for i := range d.ds.Sources {
		if known(d.ds.Sources[i].ID) {
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
