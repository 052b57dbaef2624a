package seed

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// What a record of RDF says as a whole can be wrong although each quad of it is
// right: two modalities, a retraction without a date. Where that stands is looked
// for once all is read, as in origins.go.
//
// What others say in words of their own is not wrong: annotations of phenotypes say
// by a frequency of zero ("0/14") that a sign was looked for and found in nobody, and
// do not deny it by a word. It is read as what it is.

// said is what a thing says under one field.
type said struct {
	iri   string
	field quads.Field
}

// complaint is what is wrong with what is said. Of a second value, which stands
// beside another one, the message has both.
type complaint struct {
	rule    Rule
	second  bool
	first   *shown
	message func(first, value shown) string
}

// misread reports what the records of RDF say that no statement can say. The
// error is the context's.
func (p *problems) misread(ctx context.Context, d *graph.Dataset, named func(quad.Quad, int) quad.Quad) error {
	wrong := map[said]*complaint{}
	cautions := map[graph.ID]bool{} // that the data declares
	for i := range d.Predicates {
		cautions[d.Predicates[i].ID] = d.Predicates[i].Caution
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		misreadStatement(s, wrong, d.Prefixes)
		caution := cautions[s.Predicate] || graph.DescribePredicate(s.Predicate, d.Prefixes).Caution
		p.reads = append(p.reads, readRecord(s, caution, d.Prefixes)...)
	}
	for i := range d.Sources {
		misreadSource(&d.Sources[i], wrong)
	}
	for i := range d.Articles {
		misreadSource(&d.Articles[i].Source, wrong)
	}
	for part, o := range p.origins {
		if len(wrong) == 0 {
			break
		}
		err := o.scan(ctx, func(at syntax.Place, q quad.Quad) error {
			name, _ := quads.Name(named(q, part).Subject)
			predicate, _ := q.Predicate.(quad.IRI)
			key := said{name, quads.FieldOf(predicate)}
			c, isWrong := wrong[key]
			value := lexical(q.Object)
			switch {
			case !isWrong:
			case c.second && c.first == nil:
				c.first = &value
			case !c.second || *c.first != value:
				if c.first == nil {
					c.first = &value
				}
				p.addPointer(place{o.name, at.Line, at.Column}, at.Pointer, c.rule, "%s", c.message(*c.first, value))
				delete(wrong, key)
			}
			return nil
		})
		// Whatever cannot be read now was told of when it was read first.
		if err != nil && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// misreadStatement finds what is wrong with a statement that quads said.
func misreadStatement(s *graph.Statement, wrong map[said]*complaint, prefixes graph.Prefixes) {
	say := func(q graph.Qualifier, rule Rule, message func(first, value shown) string) *complaint {
		c := &complaint{rule: rule, message: message}
		wrong[said{s.IRI, quads.OfQualifier(q)}] = c
		return c
	}
	for _, left := range s.Properties {
		q, isQualifier := quads.FieldOf(quad.IRI(prefixes.Expand(left.Predicate))).Qualifier()
		switch {
		case !isQualifier || q.Info().Type == graph.ListQualifier:
		case s.Qualifier(q) != "":
			say(q, RuleDuplicateKey, func(first, value shown) string {
				return fmt.Sprintf("a second %s, %s beside %s: a statement has one; leave one out, or say the other in a statement of its own", q, value, first)
			}).second = true
		case q == graph.QualifierRetracted:
			say(q, RuleBadDate, noDate)
		case q == graph.QualifierRetractionReason:
			say(q, RuleWrongShape, func(_, value shown) string {
				return fmt.Sprintf("%s is a text without language or datatype; not %s", q, value)
			})
		}
	}
	if s.Negated && s.Modality == graph.Discouraged {
		say(graph.QualifierModality, RuleUnclearStance, func(_, _ shown) string { return deniedAndDiscouraged })
	}
	if s.RetractionReason != "" && s.Retracted == "" && wrong[said{s.IRI, quads.OfQualifier(graph.QualifierRetracted)}] == nil {
		say(graph.QualifierRetractionReason, RuleMissingKey, func(_, _ shown) string {
			return "this retracted statement has no kg:retracted: when it was retracted, such as \"2026-11-30\"^^xsd:date"
		})
	}
}

// misreadSource finds what is wrong with a source that quads describe.
func misreadSource(s *graph.Source, wrong map[said]*complaint) {
	switch key := (said{s.IRI, quads.OfDetail(graph.SourceRetracted)}); {
	case s.Retracted == "":
	case !graph.IsDate(s.Retracted):
		wrong[key] = &complaint{rule: RuleBadDate, message: noDate}
	case s.Status != graph.StatusRetracted:
		wrong[key] = &complaint{rule: RuleMissingKey, message: func(_, _ shown) string {
			return "kg:retracted goes with schema:creativeWorkStatus \"retracted\", which is not written"
		}}
	}
}

func noDate(_, value shown) string {
	return fmt.Sprintf("kg:retracted is a year, a month or a day, such as \"2026-11-30\"^^xsd:date; not %s", value)
}

// claimReading is a statement, and what was made of its claim.
type claimReading struct {
	statement, predicate graph.ID
	graph.RecordReading
	// contradicts says what it contradicts, if it does, and how it is read.
	contradicts string
}

// readRecord reads what a record says in words of others, and a frequency of zero,
// of a statement whose predicate warns or does not, and notes what contradicts
// itself. Its id, where it follows from
// the claim, is that of the claim as it is read.
func readRecord(s *graph.Statement, caution bool, prefixes graph.Prefixes) (all []claimReading) {
	told := func(q graph.Qualifier, reading graph.Reading, contradicts string) {
		by := graph.Property{Predicate: graph.ID(q.Info().IRI), Value: graph.Value{Text: s.Qualifier(q)}}
		all = append(all, claimReading{s.ID, s.Predicate, graph.RecordReading{Reading: reading, By: by}, contradicts})
	}
	if q, zero := deniedByFrequency(s); zero && s.Modality != graph.Discouraged && !caution { // a caution stays
		s.Negated = true
		told(q, graph.ReadDenied, "")
	}
	if caution && s.Modality == graph.Recommended {
		told(graph.QualifierModality, graph.ReadUnclear, "and its predicate warns: it stays among the cautions, and counts neither for nor against anything")
	}
	for _, r := range s.ReadRecord(caution, prefixes) {
		all = append(all, claimReading{s.ID, s.Predicate, r, ""})
	}
	return all
}

// claimsChanged reports whether a statement has another subject, predicate or object
// than it was read with: it has another place then.
func (p *problems) claimsChanged() bool {
	return slices.ContainsFunc(p.reads, func(r claimReading) bool { return r.Reading == graph.ReadUnclear && r.contradicts == "" })
}

// deniedByFrequency reports whether how often a statement says that it is so means
// that it is so in no case, although the statement does not deny it; and which
// qualifier says so.
func deniedByFrequency(s *graph.Statement) (graph.Qualifier, bool) {
	value := s.Share(graph.QualifierFrequencyValue)
	switch {
	case s.Negated:
		return 0, false
	case value == 0:
		return graph.QualifierFrequencyValue, graph.FrequencyOf(s.Frequency, value).Max == 0
	default:
		return graph.QualifierFrequency, graph.IsNever(s.Frequency) && math.IsNaN(value)
	}
}
