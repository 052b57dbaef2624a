package seed

import (
	"context"
	"hash/maphash"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
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
	// links are the places of stages and sections, as all are of records.
	links []linkMark
	// Blank nodes get their names when all is read: who is waiting for them.
	blanks []blankMark
}

// linkMark is a mark of one qualifier, and the place in all of that of its
// record.
type linkMark struct {
	field quads.Field
	of    int
	mark
}

// blankMark is a blank node of a part that a mark is of, or one that is told.
type blankMark struct {
	node quad.Value
	part int
	mark int // none: told
}

const told = -1

type mark struct {
	subject      uint64 // hash of the name
	file         int32
	line, column int32
	pointer      string
}

// check checks a quad of a record by itself, and keeps its place.
func (m *marks) check(p *problems, file string, part int, at syntax.Place, about quad.Quad) {
	predicate, _ := about.Predicate.(quad.IRI)
	field := quads.FieldOf(predicate)
	if field == quads.NoField || !ofStatementsAlone(field) {
		return
	}
	m.keep(file, part, at, about.Subject)
	say := func(rule Rule, format string, args ...any) {
		p.addPointer(place{file, at.Line, at.Column}, at.Pointer, rule, format, args...)
	}
	value := lexical(about.Object)
	q, _ := field.Qualifier()
	switch info := q.Info(); info.Type {
	case graph.WordQualifier:
		if _, known := q.Word(value.text); !known || value.datatype != "" {
			say(RuleUnknownModality, "unknown %s %s: %s", info.Name, value, list(info.Words[1:], "or"))
		}
	case graph.FlagQualifier:
		if value.datatype != "boolean" || !slices.Contains([]string{"true", "false", "1", "0"}, value.text) {
			say(RuleWrongShape, `kg:%s is "true"^^xsd:boolean, or left out; not %s`, info.Name, value)
		}
	case graph.NumberQualifier:
		share, err := strconv.ParseFloat(value.text, 64)
		if err != nil || !(share >= 0 && share <= 1) || math.Signbit(share) && share != 0 {
			say(RuleBadFrequency, "kg:%s is a share between 0 and 1, such as \"0.3\"^^xsd:double; not %s", info.Name, value)
		} else if !slices.Contains([]string{"double", "decimal", "integer"}, value.datatype) {
			say(RuleBadFrequency, "kg:%s is a number, such as \"0.3\"^^xsd:double; not %s", info.Name, value)
		}
	case graph.ListQualifier, graph.RefQualifier:
		if info.Classes == nil {
			m.text(say, predicate, info, value)
		} else if _, isNode := quads.Name(about.Object); !isNode {
			say(RuleWrongShape, "%s names a thing by its IRI; not %s", graph.NewPrefixes(nil).Compact(string(predicate)), value)
		} else {
			m.links = append(m.links, linkMark{field, len(m.all) - 1, mark{file: int32(len(m.files) - 1), line: int32(at.Line), column: int32(at.Column), pointer: at.Pointer}})
		}
	default:
		if _, isTerm := quads.FrequencyTerm(about.Object); q == graph.QualifierFrequency && (isTerm || value.datatype == "node" && string(predicate) != info.IRI) {
			return // a term, or a word of others that is kept as a further value
		}
		m.text(say, predicate, info, value)
	}
}

// text checks a qualifier that is a text or a date.
func (m *marks) text(say func(Rule, string, ...any), predicate quad.IRI, info *graph.QualifierInfo, value shown) {
	name := graph.NewPrefixes(nil).Compact(string(predicate))
	switch {
	case info.Date && !graph.IsDate(value.text):
		say(RuleBadDate, "%s is a year, a month or a day, such as \"2026-11-30\"^^xsd:date; not %s", name, value)
	case info.Date:
	case value.datatype != "" || value.text == "":
		say(RuleWrongShape, "%s is a text without language or datatype; not %s", name, value)
	case info == graph.QualifierFrequency.Info():
		if _, err := graph.ParseFrequency(value.text); err != nil {
			say(RuleBadFrequency, "%s, %s, cannot be: %v", name, value, err)
		}
	}
}

// ofStatementsAlone reports whether only the record of a statement has the
// field.
func ofStatementsAlone(f quads.Field) bool {
	switch q, isQualifier := f.Qualifier(); q {
	case graph.QualifierSource, graph.QualifierRetracted, graph.QualifierRetractionReason, graph.QualifierFormerIDs:
		return false
	default:
		return isQualifier
	}
}

// shown is a term as messages quote it.
type shown struct{ text, datatype string }

func (s shown) String() string {
	switch s.datatype {
	case "":
		return strconv.Quote(syntax.Shorten(s.text))
	case "node":
		return "<" + syntax.Shorten(s.text) + ">"
	case "language":
		return strconv.Quote(syntax.Shorten(s.text)) + " with a language"
	default:
		return strconv.Quote(syntax.Shorten(s.text)) + "^^xsd:" + s.datatype
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
func (m *marks) tell(name string, part int) {
	if m.told == nil {
		m.told = map[uint64]bool{}
	}
	if node, isBlank := quads.Node(name).(quad.BNode); isBlank {
		m.blanks = append(m.blanks, blankMark{node, part, told})
		return
	}
	m.told[m.hash(name)] = true
}

// settle gives blank nodes the names that the data set has for them.
func (m *marks) settle(named func(quad.Quad, int) quad.Quad) {
	for _, b := range m.blanks {
		name, _ := quads.Name(named(quad.Quad{Subject: b.node}, b.part).Subject)
		if b.mark == told {
			m.told[m.hash(name)] = true
		} else {
			m.all[b.mark].subject = m.hash(name)
		}
	}
	m.blanks = nil
}

// keep notes where the record of a statement begins.
func (m *marks) keep(file string, part int, at syntax.Place, subject quad.Value) {
	name, _ := quads.Name(subject)
	if n := len(m.files); n == 0 || m.files[n-1] != file {
		m.files = append(m.files, file)
	}
	next := mark{m.hash(name), int32(len(m.files) - 1), int32(at.Line), int32(at.Column), at.Pointer}
	if n := len(m.all); n > 0 && m.all[n-1].subject == next.subject && m.all[n-1].file == next.file {
		return
	}
	if _, isBlank := subject.(quad.BNode); isBlank {
		m.blanks = append(m.blanks, blankMark{subject, part, len(m.all)})
	}
	m.all = append(m.all, next)
}

// unclaimed reports records that are no statement's: what has qualifiers and
// is a concept was labelled no triple, and what is a source labels several.
func (m *marks) unclaimed(ctx context.Context, p *problems, d *graph.Dataset, named func(quad.Quad, int) quad.Quad) error {
	if len(m.all) == 0 {
		return nil
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
	shared := map[string]bool{}
	for _, at := range m.all {
		if wrong[at.subject] == RuleTwoTriples {
			shared[names[at.subject]] = true
		}
	}
	second, err := p.secondTriples(ctx, shared, named)
	if err != nil {
		return err
	}
	for _, at := range m.all {
		rule, isWrong := wrong[at.subject]
		if !isWrong {
			continue
		}
		name := "<" + syntax.Shorten(names[at.subject]) + ">"
		if strings.HasPrefix(names[at.subject], "_:") { // which is called something else in its file
			name = "this blank node"
		}
		message := name + " has qualifiers of a statement, but no triple has it as label, and it is no rdf:Statement with rdf:subject, rdf:predicate and rdf:object"
		if rule == RuleTwoTriples {
			message = name + " has qualifiers of a statement, but is a source here, or the label of several triples: give each statement a label of its own"
		}
		stands := spot{place{m.files[at.file], int(at.line), int(at.column)}, at.pointer}
		if found, ok := second[names[at.subject]]; ok {
			stands = found
		}
		p.addPointer(stands.place, stands.pointer, rule, "%s", message)
		delete(wrong, at.subject)
	}
	return nil
}

// secondTriples returns where the second triple with each of the labels stands.
// The files are read again for it, as in [builder.originsOf]: no place is kept of
// every label.
func (p *problems) secondTriples(ctx context.Context, labels map[string]bool, named func(quad.Quad, int) quad.Quad) (map[string]spot, error) {
	second := map[string]spot{}
	if len(labels) == 0 {
		return second, nil
	}
	first := map[string]quad.Quad{}
	for part, o := range p.origins {
		err := o.scan(ctx, func(at syntax.Place, q quad.Quad) error {
			q = named(q, part)
			label, _ := quads.Name(q.Label)
			if !labels[label] {
				return nil
			}
			if before, known := first[label]; !known {
				first[label] = q
			} else if _, known := second[label]; !known && before != q {
				second[label] = spot{place{o.name, at.Line, at.Column}, at.Pointer}
			}
			return nil
		})
		// Whatever cannot be read now was told of when it was read first.
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return second, nil
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
	type link struct {
		subject uint64
		field   quads.Field
	}
	wrong := map[link]string{}
	section, supersedes := d.Prefixes.Compact(string(quads.InSection)), d.Prefixes.Compact(graph.QualifierSupersedes.Info().IRI)
	with, withWord := quads.OfQualifier(graph.QualifierWith), d.Prefixes.Compact(graph.QualifierWith.Info().IRI)
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Stage != "" && named[s.Stage] {
			wrong[link{m.hash(s.IRI), quads.OfQualifier(graph.QualifierStage)}] = "the stage " + strconv.Quote(syntax.Shorten(string(s.Stage))) + " is described nowhere: a stage is a concept"
		}
		for _, id := range s.With {
			if named[id] {
				wrong[link{m.hash(s.IRI), with}] = "the concept " + strconv.Quote(syntax.Shorten(string(id))) + ", which goes together with the subject, is described nowhere"
			}
		}
		for _, said := range s.Properties {
			if said.Predicate == supersedes && said.Value.Datatype == graph.AnyURI {
				wrong[link{m.hash(s.IRI), quads.OfQualifier(graph.QualifierSupersedes)}] = "there is no statement <" + syntax.Shorten(said.Value.Text) + ">"
			}
			if said.Predicate == withWord && said.Value.Datatype == graph.AnyURI {
				wrong[link{m.hash(s.IRI), with}] = "<" + syntax.Shorten(said.Value.Text) + ">, which goes together with the subject, is no concept"
			}
			if said.Predicate == section && said.Value.Datatype == graph.AnyURI {
				wrong[link{m.hash(s.IRI), quads.OfQualifier(graph.QualifierSection)}] = "there is no section <" + syntax.Shorten(said.Value.Text) + ">, or a second one"
			}
		}
	}
	if len(wrong) == 0 {
		return
	}
	for _, at := range m.links {
		of := link{m.all[at.of].subject, at.field}
		if message, isWrong := wrong[of]; isWrong {
			p.addPointer(place{m.files[at.file], int(at.line), int(at.column)}, at.pointer, RuleDanglingReference, "%s", message)
			delete(wrong, of)
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
