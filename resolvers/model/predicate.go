package model

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/plexus-kg/plexus/graph"
)

// Predicate is a relation that statements use.
type Predicate struct{ of *graph.PredicateCount }

// PredicateOf returns the object of a predicate.
func PredicateOf(p *graph.PredicateCount) Predicate { return Predicate{p} }

func (p Predicate) ID() graph.ID         { return p.of.ID }
func (p Predicate) Iri() string          { return p.of.IRI }
func (p Predicate) Name() string         { return p.of.Name }
func (p Predicate) InverseName() Stated  { return Stated(p.of.Inverse) }
func (p Predicate) Description() Stated  { return Stated(p.of.Description) }
func (p Predicate) Domain() []graph.Kind { return p.of.Domain }
func (p Predicate) Range() []graph.Kind  { return p.of.Range }
func (p Predicate) Caution() bool        { return p.of.Caution }
func (p Predicate) StatementCount() int  { return p.of.Counting() }
func (p Predicate) PropertyCount() int   { return p.of.Properties }

// predicate returns the object of a predicate of this version.
func (v *View) predicate(ref graph.PredicateRef) *Predicate {
	return &Predicate{&v.Summary().Predicates[ref]}
}

// describe returns the object of a predicate that records use, whether or not
// it counts among the predicates of this version.
func (v *View) describe(id graph.ID) *Predicate { return &Predicate{v.Describe(id)} }

// Describe finds a predicate that records use, whether or not it counts among
// the predicates of this version.
func (v *View) Describe(id graph.ID) *graph.PredicateCount {
	if ref, ok := v.Summary().Predicate(id); ok {
		return &v.Summary().Predicates[ref]
	}
	return &graph.PredicateCount{Predicate: graph.DescribePredicate(id, v.Summary().Prefixes)}
}

// findPredicate finds a predicate by CURIE, IRI, forward name, the name it has
// when it is read from the object, or the name of its link field; reversed
// reports that subject and object change places. An unknown one is an error of
// the given code, with the nearest name.
func (v *View) findPredicate(code ErrorCode, argument, name string) (ref graph.PredicateRef, reversed bool, err error) {
	prefixes := v.Summary().Prefixes
	forward, turned := graph.ForwardPredicate(prefixes.Compact(prefixes.Expand(graph.ID(name))))
	all := v.Summary().Predicates
	for i := range all {
		if p := &all[i]; p.ID == forward {
			return graph.PredicateRef(i), turned && !p.Symmetric, nil
		} else if p.IRI == name {
			return graph.PredicateRef(i), false, nil
		}
	}
	if named := v.Summary().PredicatesNamed(name); len(named) == 1 {
		return named[0], false, nil
	} else if len(named) > 1 {
		return 0, false, v.ambiguousName(argument, name, named)
	}
	// Names that are read from an end come second: they must not hide one above.
	field, isField := linkFields[name]
	var inverse []graph.PredicateRef
	for i := range all {
		if p := &all[i]; isField && p.ID == field.predicate {
			return graph.PredicateRef(i), field.direction == graph.In, nil
		} else if !isField && p.Inverse != "" && p.Inverse == name {
			inverse = append(inverse, graph.PredicateRef(i))
		}
	}
	if len(inverse) > 1 {
		return 0, false, v.ambiguousName(argument, name, inverse)
	} else if len(inverse) == 1 {
		return inverse[0], !all[inverse[0]].Symmetric, nil
	}
	if alias, isAlias := graph.WordNamed(name); isAlias {
		return v.findPredicate(code, argument, string(alias))
	}
	var known []string
	for i := range all {
		known = append(known, all[i].Name, string(all[i].ID), all[i].Inverse)
	}
	return 0, false, errorf(code, "%s: no predicate %q is known here: %s", argument, shorten(name), orNearest(name, known, "dataset { predicates { id name } } lists those that are"))
}

// ambiguousName returns AMBIGUOUS_ID for a name of several predicates.
func (v *View) ambiguousName(argument, name string, named []graph.PredicateRef) error {
	ids := make([]string, len(named))
	for i, ref := range named {
		ids[i] = string(v.Summary().Predicates[ref].ID)
	}
	return errorf(AmbiguousID, "%s: %q is the name of several predicates: ask for one of %s by its id", argument, shorten(name), strings.Join(ids, ", "))
}

// orNearest asks whether the nearest word was meant or, if none is near, gives
// another hint.
func orNearest(name string, known []string, hint string) string {
	distance := 1 + max(2, len(name)/3)
	for _, word := range known {
		// Of another vocabulary, by its prefix, nothing is meant.
		prefix, other := name[:strings.IndexByte(name, ':')+1], word[:strings.IndexByte(word, ':')+1]
		if d := levenshtein.ComputeDistance(name, word); word != "" && prefix == other && d < distance {
			hint, distance = fmt.Sprintf("did you mean %q?", word), d
		}
	}
	return hint
}
