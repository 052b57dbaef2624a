package frozen

import (
	"cmp"
	"context"
	"math"
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

// record is what the quads about a statement say, but for its texts: those are
// terms.
type record struct {
	negated                                bool
	modality                               graph.Modality
	source, section, stage                 uint32
	frequency, frequencyValue, timing      uint32
	context, laterality, strength          uint32
	attribution, note, evidenceCode, place uint32
}

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
		o := s.object[i]
		switch s.fields[s.predicate[i]] {
		case quads.FieldModality:
			_, word := s.get(o)
			r.modality, _ = graph.ParseModality(word)
		case quads.FieldNegated:
			r.negated = true
		case quads.FieldPartOf:
			r.source = o
		case quads.FieldSection:
			r.section = o
		case quads.FieldStage:
			r.stage = o
		case quads.FieldFrequency:
			r.frequency = o
		case quads.FieldFrequencyValue:
			r.frequencyValue = o
		case quads.FieldTiming:
			r.timing = o
		case quads.FieldContext:
			r.context = o
		case quads.FieldLaterality:
			r.laterality = o
		case quads.FieldStrength:
			r.strength = o
		case quads.FieldAttribution:
			r.attribution = o
		case quads.FieldEvidenceCode:
			r.evidenceCode = o
		case quads.FieldLocator:
			r.place = o
		case quads.FieldRemark:
			r.note = o
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

// filterRow reads what a filter looks at.
func (s *Store) filterRow(statement uint32) graph.FilterRow {
	r := s.read(s.of(statement))
	return graph.FilterRow{
		Modality: r.modality, Negated: r.negated,
		Frequency: s.text(r.frequency), Timing: s.text(r.timing), Context: s.text(r.context), Laterality: s.text(r.laterality),
		Strength: s.text(r.strength), Attribution: s.text(r.attribution), Evidence: s.text(r.evidenceCode),
		Stage: graph.Ref(r.stage), Source: graph.Ref(r.source), Section: graph.Ref(r.section),
	}
}

// isNegated reports whether a statement is a denial.
func (s *Store) isNegated(statement uint32) bool {
	return bit(s.negated, statement-uint32(s.sum.First(graph.ClassStatement)))
}

// share returns the number of a frequency, NaN for none.
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
	var about [nearby]span
	for i, ref := range refs {
		if i%every == 0 && ctx.Err() != nil {
			return ctx.Err()
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
		column(fields&graph.StatementModality != 0, &out.Modality, r.modality)
		column(fields&graph.StatementNegated != 0, &out.Negated, r.negated)
		if fields&graph.StatementFrequency != 0 {
			out.Frequency = append(out.Frequency, s.text(r.frequency))
			out.FrequencyValue = append(out.FrequencyValue, s.share(r.frequencyValue))
		}
		column(fields&graph.StatementStage != 0, &out.Stage, graph.Ref(r.stage))
		column(fields&graph.StatementTiming != 0, &out.Timing, s.text(r.timing))
		column(fields&graph.StatementContext != 0, &out.Context, s.text(r.context))
		column(fields&graph.StatementLaterality != 0, &out.Laterality, s.text(r.laterality))
		column(fields&graph.StatementStrength != 0, &out.Strength, s.text(r.strength))
		column(fields&graph.StatementAttribution != 0, &out.Attribution, s.text(r.attribution))
		column(fields&graph.StatementNote != 0, &out.Note, s.text(r.note))
		column(fields&graph.StatementEvidenceCode != 0, &out.EvidenceCode, s.text(r.evidenceCode))
		column(fields&graph.StatementSource != 0, &out.Source, graph.Ref(r.source))
		column(fields&graph.StatementSection != 0, &out.Section, graph.Ref(r.section))
		column(fields&graph.StatementLocator != 0, &out.Locator, s.text(r.place))
		if fields&graph.StatementProperties != 0 {
			out.Properties.Items = s.appendProperties(out.Properties.Items, id, &a)
			out.Properties.Close()
		}
	}
	return ctx.Err()
}

// column appends a value to a column that was asked for.
func column[T any](asked bool, column *[]T, v T) {
	if asked {
		*column = append(*column, v)
	}
}

// appendProperties appends the further values of the record of a statement, in
// order.
func (s *Store) appendProperties(dst []graph.Property, statement uint32, a *arena) []graph.Property {
	start := len(dst)
	about := s.of(statement)
	for i := about.from; i < about.to; i++ {
		switch f := s.fields[s.predicate[i]]; {
		case f == quads.FieldMore:
			if p, no := s.more(a, s.object[i]); no != 0 {
				dst = append(dst, p)
			}
		case !f.OfStatement():
			dst = append(dst, graph.Property{Predicate: s.curie(s.predicates[s.predicate[i]]), Value: s.value(a, s.object[i])})
		}
	}
	slices.SortFunc(dst[start:], func(a, b graph.Property) int {
		return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), graph.CompareValues(a.Value, b.Value))
	})
	return dst
}

// isConcept reports whether a term is a concept.
func (s *Store) isConcept(term uint32) bool { return term-1 < uint32(s.sum.Concepts) }
