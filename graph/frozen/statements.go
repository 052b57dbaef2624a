package frozen

import (
	"context"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"strconv"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// claim returns the quad that a statement is.
func (s *Store) claim(statement uint32) (uint32, bool) {
	r := s.with(statement)
	if r.len() == 0 {
		return 0, false
	}
	return s.byLabel[r.from], true
}

// record is what the quads about a statement say: the term of each qualifier,
// 0 for what is not stated.
type record [graph.NumQualifiers]uint32

// nearby is how many things are looked up at a time whose quads may lie anywhere.
const nearby = 64

// gather finds the quads of things, the first nearby of refs at most. What a look-up
// waits for is memory, and it waits for many places as long as for one if none has
// to be known before the next: so these are found first, and touched, and only then
// read one after the other.
func (s *Store) gather(refs []graph.Ref, about *[nearby]span) {
	refs = refs[:min(len(refs), nearby)]
	for i, ref := range refs {
		about[i] = s.of(uint32(ref))
	}
	touched := uint32(0)
	for _, quads := range about[:len(refs)] {
		if quads.len() > 0 {
			touched += uint32(s.predicate[quads.from]) + s.object[quads.from]
		}
	}
	runtime.KeepAlive(touched)
}

// read reads the record of a statement: one pass over the quads about it, which lie
// together.
func (s *Store) read(about span) (r record) {
	for i := about.from; i < about.to; i++ {
		if q, ok := s.fields[s.predicate[i]].Qualifier(); ok {
			r[q] = s.object[i] // of a list, one of its items
		}
	}
	return r
}

// text returns a term as a text, empty for none.
func (s *Store) text(id uint32) string {
	if id == 0 {
		return ""
	}
	_, words := s.get(id)
	return words
}

// qualified is a statement as a filter looks at it.
type qualified struct {
	*Store
	record
	statement uint32
}

// passes reports whether a statement passes a filter; w is where it is read.
func (w *qualified) passes(statement uint32, f *graph.Filter) bool {
	w.record, w.statement = w.read(w.of(statement)), statement
	return f.Match(w)
}

// Text implements graph.Qualified.
func (w *qualified) Text(q graph.Qualifier) string { return w.text(w.record[q]) }

// Ref implements graph.Qualified.
func (w *qualified) Ref(q graph.Qualifier) graph.Ref { return graph.Ref(w.record[q]) }

// Word implements graph.Qualified.
func (w *qualified) Word(q graph.Qualifier) uint8 { return w.word(q, w.record[q]) }

// Number implements graph.Qualified.
func (w *qualified) Number(q graph.Qualifier) float64 { return w.share(w.record[q]) }

// Together implements graph.Qualified.
func (w *qualified) Together() []graph.Ref {
	var with graph.QualifierColumn
	if w.appendList(&with, w.statement, graph.QualifierWith); len(with.RefLists.Items) == 0 {
		return nil
	}
	claim, _ := w.claim(w.statement)
	return append(with.RefLists.Items, graph.Ref(w.subjectOf(claim)))
}

// word returns the value of a word or a flag.
func (s *Store) word(q graph.Qualifier, term uint32) uint8 {
	switch {
	case term == 0:
		return 0
	case q.Info().Type == graph.FlagQualifier:
		return 1
	default:
		word, _ := q.Word(s.text(term))
		return word
	}
}

// isDiscouraged reports whether the modality of a statement is discouraged.
func (s *Store) isDiscouraged(statement uint32) bool {
	if s.discouraged != nil {
		return bit(s.discouraged, statement-uint32(s.sum.First(graph.ClassStatement)))
	}
	modality := s.read(s.of(statement))[graph.QualifierModality]
	return s.word(graph.QualifierModality, modality) == uint8(graph.Discouraged)
}

// isLeftOut reports whether lists leave a statement out, because it does not count;
// with withdrawn, whether they do so although what is withdrawn is asked for.
func (s *Store) isLeftOut(statement uint32, withdrawn bool) bool {
	switch {
	case !s.hides:
		return false
	case withdrawn:
		return s.isCombined(statement)
	case s.leftOut != nil:
		return bit(s.leftOut, statement-uint32(s.sum.First(graph.ClassStatement)))
	default: // in releases of before
		return s.only(statement, quads.OfQualifier(graph.QualifierWithdrawn)) != 0 || s.isCombined(statement)
	}
}

// isCombined reports whether a statement holds only of several concepts together.
func (s *Store) isCombined(statement uint32) bool {
	switch {
	case !s.combines:
		return false
	case s.combined != nil:
		return bit(s.combined, statement-uint32(s.sum.First(graph.ClassStatement)))
	default:
		return s.fieldRun(statement, quads.OfQualifier(graph.QualifierWith)).len() > 0
	}
}

// Combinations implements graph.Reader.
func (s *Store) Combinations(ctx context.Context, refs []graph.Ref, out *graph.Lists[graph.Ref]) (err error) {
	defer recovered(&err)
	out.Reset()
	w := work{ctx: ctx}
	for _, ref := range refs {
		if err := w.spend(4); err != nil {
			return err
		}
		from := len(out.Items)
		if s.combines && s.isConcept(uint32(ref)) {
			out.Items = s.appendPointing(out.Items, uint32(ref), quads.OfQualifier(graph.QualifierWith), graph.ClassStatement)
			for about, i := s.of(uint32(ref)), uint32(0); int(i) < about.len(); i++ {
				out.Items = append(out.Items, graph.Ref(s.labelOf(about.from+i)))
			}
			to := s.in.of(uint32(ref))
			out.Items = append(out.Items, refsOf(s.in.statement[to.from:to.to])...)
		}
		w.steps += 4 * (len(out.Items) - from)
		found := slices.DeleteFunc(out.Items[from:], func(st graph.Ref) bool {
			return st == graph.NoRef || !s.isCombined(uint32(st)) || s.only(uint32(st), quads.OfQualifier(graph.QualifierWithdrawn)) != 0
		})
		slices.Sort(found)
		out.Items = out.Items[:from+len(slices.Compact(found))]
		out.Close()
	}
	return w.done()
}

// stance returns what a statement says of its claim, but for [graph.Unclear],
// which holds a link as support does.
func (s *Store) stance(statement uint32, p graph.PredicateRef) graph.Stance {
	if !s.against {
		return graph.Supports
	}
	modality := graph.ModalityNotStated
	if s.isDiscouraged(statement) {
		modality = graph.Discouraged
	}
	negated := bit(s.negated, statement-uint32(s.sum.First(graph.ClassStatement)))
	return graph.StanceOf(&s.sum.Predicates[p].Predicate, modality, negated)
}

// share returns a number, NaN for none.
func (s *Store) share(id uint32) float64 {
	if id == 0 {
		return math.NaN()
	}
	if share, err := strconv.ParseFloat(s.text(id), 64); err == nil {
		return share
	}
	return math.NaN()
}

// Statements implements graph.Reader.
func (s *Store) Statements(ctx context.Context, refs []graph.Ref, fields graph.StatementFields, out *graph.StatementBatch) (err error) {
	defer recovered(&err)
	out.Reset()
	var a arena
	if fields&graph.StatementIRI != 0 {
		s.reserveNames(&a, graph.ClassStatement, refs)
	}
	const claimed = graph.StatementSubject | graph.StatementPredicate | graph.StatementObject
	const recorded = graph.AllStatementFields &^ (claimed | graph.StatementID | graph.StatementIRI | graph.StatementProperties)
	var asked []graph.Qualifier
	if fields&recorded != 0 {
		asked = make([]graph.Qualifier, 0, graph.NumQualifiers)
		for q := range graph.Qualifier(graph.NumQualifiers) {
			if fields&graph.Columns(q) != 0 {
				asked = append(asked, q)
			}
		}
	}
	var about [nearby]span
	w, each := work{ctx: ctx}, 3+4*bits.OnesCount64(uint64(fields))
	for i, ref := range refs {
		if err := w.spend(each); err != nil {
			return err
		}
		if i%nearby == 0 && fields&recorded != 0 {
			s.gather(refs[i:], &about)
		}
		var (
			id              uint32
			subject, object graph.Ref
			predicate       graph.PredicateRef
			value           graph.Value
			r               record
		)
		if _, present := s.sum.Index(graph.ClassStatement, ref); present {
			id = uint32(ref)
			if fields&claimed != 0 {
				if q, ok := s.claim(id); ok {
					subject, predicate = graph.Ref(s.subjectOf(q)), graph.PredicateRef(s.predicate[q])
					if o := s.object[q]; s.isConcept(o) {
						object = graph.Ref(o)
					} else if fields&graph.StatementObject != 0 {
						value = s.value(&a, o)
					}
				}
			}
			if fields&recorded != 0 {
				r = s.read(about[i%nearby])
			}
		}
		if fields&graph.StatementID != 0 {
			if id == 0 {
				out.ID = append(out.ID, "")
			} else {
				out.ID = append(out.ID, s.id(id))
			}
		}
		if fields&graph.StatementIRI != 0 {
			if id == 0 {
				out.IRI = append(out.IRI, "")
			} else {
				out.IRI = append(out.IRI, a.name(&s.terms, id))
			}
		}
		column(fields&graph.StatementSubject != 0, &out.Subject, subject)
		column(fields&graph.StatementPredicate != 0, &out.Predicate, predicate)
		column(fields&graph.StatementObject != 0, &out.Object, object)
		column(fields&graph.StatementObject != 0, &out.Value, value)
		for _, q := range asked {
			term, column := r[q], &out.Qualifiers[q]
			switch q.Info().Type {
			case graph.TextQualifier:
				column.Texts = append(column.Texts, s.text(term))
			case graph.RefQualifier:
				column.Refs = append(column.Refs, graph.Ref(term))
			case graph.ListQualifier:
				s.appendList(column, id, q)
			case graph.NumberQualifier:
				column.Numbers = append(column.Numbers, s.share(term))
			default:
				column.Words = append(column.Words, s.word(q, term))
			}
		}
		if fields&graph.StatementProperties != 0 {
			out.Properties.Items = s.appendProperties(out.Properties.Items, id, quads.Field.OfStatement, &a)
			out.Properties.Close()
		}
	}
	return w.done()
}

// appendList appends a list of a statement.
func (s *Store) appendList(column *graph.QualifierColumn, statement uint32, q graph.Qualifier) {
	r := s.fieldRun(statement, quads.OfQualifier(q))
	named := q.Info().Classes != nil
	from := len(column.TextLists.Items)
	for i := r.from; i < r.to; i++ {
		switch {
		case !named:
			column.TextLists.Items = append(column.TextLists.Items, s.text(s.object[i]))
		default: // in their order: terms of things are their refs
			column.RefLists.Items = append(column.RefLists.Items, graph.Ref(s.object[i]))
		}
	}
	if named {
		column.RefLists.Close()
	} else {
		slices.Sort(column.TextLists.Items[from:])
		column.TextLists.Close()
	}
}

// column appends a value to a column that was asked for.
func column[T any](asked bool, column *[]T, v T) {
	if asked {
		*column = append(*column, v)
	}
}

// appendProperties appends the further values of a concept, or of the record of a
// statement, in order: what no field of it says, and no statement.
func (s *Store) appendProperties(dst []graph.Property, node uint32, isField func(quads.Field) bool, a *arena) []graph.Property {
	start := len(dst)
	about := s.of(node)
	for i := about.from; i < about.to; i++ {
		switch f := s.fields[s.predicate[i]]; {
		case s.labelled.has(i):
		case f == quads.FieldMore:
			if p, no := s.more(a, s.object[i]); no != 0 {
				dst = append(dst, p)
			}
		case !isField(f):
			dst = append(dst, graph.Property{Predicate: s.curie(s.predicates[s.predicate[i]]), Value: s.value(a, s.object[i])})
		}
	}
	slices.SortFunc(dst[start:], graph.CompareProperties)
	return dst
}

// isConcept reports whether a term is a concept.
func (s *Store) isConcept(term uint32) bool { return term-1 < uint32(s.sum.Concepts) }
