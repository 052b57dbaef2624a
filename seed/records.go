package seed

import (
	"hash/maphash"
	"math"
	"slices"
	"strconv"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/rdf"
)

// What RDF says of statements is checked in two steps. A qualifier must have a
// value that it can have: that is seen at once, at its place. What it qualifies
// must be a statement: that is known when all files have been read, so the
// places of records are kept till then, a few bytes for each.

// marks are the places where something is said that only statements can have.
type marks struct {
	seed  maphash.Seed
	files []string
	all   []mark
	told  map[uint64]bool // what was reported already
}

type mark struct {
	subject      uint64 // hash of the name
	file         int32
	line, column int32
	pointer      string
}

// check checks a quad of a record by itself, and keeps its place.
func (m *marks) check(p *problems, file string, at rdf.Place, q quad.Quad) {
	predicate, _ := q.Predicate.(quad.IRI)
	field := quads.FieldOf(predicate)
	if field == quads.NoField || !ofStatementsAlone(field) {
		return
	}
	m.keep(file, at, q.Subject)
	say := func(rule Rule, format string, args ...any) {
		p.addPointer(place{file, at.Line, at.Column}, at.Pointer, rule, format, args...)
	}
	value := lexical(q.Object)
	switch field {
	case quads.FieldModality:
		if _, known := graph.ParseModality(value.text); !known || value.datatype != "" {
			say(RuleUnknownModality, "unknown modality %s: %s", value, list(modalityWords(), "or"))
		}
	case quads.FieldNegated:
		if value.datatype != "boolean" || !slices.Contains([]string{"true", "false", "1", "0"}, value.text) {
			say(RuleWrongShape, `kg:negated is "true"^^xsd:boolean, or left out; not %s`, value)
		}
	case quads.FieldFrequencyValue:
		share, err := strconv.ParseFloat(value.text, 64)
		if err != nil || !(share >= 0 && share <= 1) || math.Signbit(share) && share != 0 {
			say(RuleBadFrequency, "kg:frequencyValue is a share between 0 and 1, such as \"0.3\"^^xsd:double; not %s", value)
		} else if !slices.Contains([]string{"double", "decimal", "integer"}, value.datatype) {
			say(RuleBadFrequency, "kg:frequencyValue is a number, such as \"0.3\"^^xsd:double; not %s", value)
		}
	case quads.FieldStage, quads.FieldSection:
		if _, isNode := quads.Name(q.Object); !isNode {
			say(RuleWrongShape, "%s names a thing by its IRI; not %s", graph.NewPrefixes(nil).Compact(string(predicate)), value)
		}
	default:
		if value.datatype != "" || value.text == "" {
			say(RuleWrongShape, "%s is a text without language or datatype; not %s", graph.NewPrefixes(nil).Compact(string(predicate)), value)
		}
	}
}

// ofStatementsAlone reports whether only the record of a statement has the
// field.
func ofStatementsAlone(f quads.Field) bool {
	return f >= quads.FieldModality && f <= quads.FieldKey
}

// shown is a term as messages quote it.
type shown struct{ text, datatype string }

func (s shown) String() string {
	switch s.datatype {
	case "":
		return strconv.Quote(shorten(s.text))
	case "node":
		return "<" + shorten(s.text) + ">"
	case "language":
		return strconv.Quote(shorten(s.text)) + " with a language"
	default:
		return strconv.Quote(shorten(s.text)) + "^^xsd:" + s.datatype
	}
}

func lexical(v quad.Value) shown {
	switch v := quads.Lexical(v).(type) {
	case quad.String:
		return shown{string(v), ""}
	case quad.LangString:
		return shown{string(v.Value), "language"}
	case quad.TypedString:
		datatype := graph.NewPrefixes(nil).Compact(string(v.Type))
		if name, ok := cutXSD(datatype); ok {
			return shown{string(v.Value), name}
		}
		return shown{string(v.Value), string(datatype)}
	default:
		name, _ := quads.Name(v)
		return shown{name, "node"}
	}
}

func cutXSD(datatype graph.ID) (string, bool) {
	const prefix = "xsd:"
	s := string(datatype)
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):], true
	}
	return "", false
}

func (m *marks) hash(name string) uint64 {
	if m.seed == (maphash.Seed{}) {
		m.seed = maphash.MakeSeed()
	}
	return maphash.String(m.seed, name)
}

// tell notes that the record is reported.
func (m *marks) tell(name string) {
	if m.told == nil {
		m.told = map[uint64]bool{}
	}
	m.told[m.hash(name)] = true
}

// keep notes where the record of a statement begins.
func (m *marks) keep(file string, at rdf.Place, subject quad.Value) {
	name, _ := quads.Name(subject)
	if n := len(m.files); n == 0 || m.files[n-1] != file {
		m.files = append(m.files, file)
	}
	next := mark{m.hash(name), int32(len(m.files) - 1), int32(at.Line), int32(at.Column), at.Pointer}
	if n := len(m.all); n > 0 && m.all[n-1].subject == next.subject && m.all[n-1].file == next.file {
		return
	}
	m.all = append(m.all, next)
}

// unclaimed reports records that are no statement's: what has qualifiers and
// is a concept was labelled no triple, and what is a source labels several.
func (m *marks) unclaimed(p *problems, d *graph.Dataset) {
	if len(m.all) == 0 {
		return
	}
	wrong := map[uint64]Rule{}
	names := map[uint64]string{}
	found := func(iri string, rule Rule) {
		h := m.hash(iri)
		wrong[h], names[h] = rule, iri
	}
	for i := range d.Concepts {
		if c := &d.Concepts[i]; !m.told[m.hash(c.IRI)] && slices.ContainsFunc(c.Properties, isQualifier(d.Prefixes)) {
			found(c.IRI, RuleNoTriple)
		}
	}
	for i := range d.Sources {
		found(d.Sources[i].IRI, RuleTwoTriples)
	}
	for i := range d.Articles {
		found(d.Articles[i].IRI, RuleTwoTriples)
	}
	for _, at := range m.all {
		rule, isWrong := wrong[at.subject]
		if !isWrong {
			continue
		}
		name := "<" + shorten(names[at.subject]) + ">"
		message := name + " has qualifiers of a statement, but no triple has it as label, and it is no rdf:Statement with rdf:subject, rdf:predicate and rdf:object"
		if rule == RuleTwoTriples {
			message = name + " has qualifiers of a statement, but is a source here, or the label of several triples: give each statement a label of its own"
		}
		p.addPointer(place{m.files[at.file], int(at.line), int(at.column)}, at.pointer, rule, "%s", message)
		delete(wrong, at.subject)
	}
}

// dangling reports stages and sections that nothing describes, when all that
// could has been read.
func (m *marks) dangling(p *problems, d *graph.Dataset) {
	if len(m.all) == 0 {
		return
	}
	named := map[graph.ID]bool{}
	for i := range d.Concepts {
		if c := &d.Concepts[i]; isNamed(c) {
			named[c.ID] = true
		}
	}
	wrong := map[uint64]string{}
	section := d.Prefixes.Compact(string(quads.InSection))
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Stage != "" && named[s.Stage] {
			wrong[m.hash(s.IRI)] = "the stage " + strconv.Quote(shorten(string(s.Stage))) + " is described nowhere: a stage is a concept"
		}
		for _, said := range s.Properties {
			if said.Predicate == section && said.Value.Datatype == graph.AnyURI {
				wrong[m.hash(s.IRI)] = "there is no section <" + shorten(said.Value.Text) + ">, or a second one"
			}
		}
	}
	if len(wrong) == 0 {
		return
	}
	for _, at := range m.all {
		if message, isWrong := wrong[at.subject]; isWrong {
			p.addPointer(place{m.files[at.file], int(at.line), int(at.column)}, at.pointer, RuleDanglingReference, "%s", message)
			delete(wrong, at.subject)
		}
	}
}

// isQualifier returns what tells the qualifiers of statements among properties.
func isQualifier(prefixes graph.Prefixes) func(graph.Property) bool {
	fields := map[graph.ID]bool{}
	return func(p graph.Property) bool {
		is, known := fields[p.Predicate]
		if !known {
			is = ofStatementsAlone(quads.FieldOf(quad.IRI(prefixes.Expand(p.Predicate))))
			fields[p.Predicate] = is
		}
		return is
	}
}
