package quads

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"
)

// gather appends the quads that describe a node, and those of its helper
// nodes, to dst.
func (d *decoder) gather(dst []quad.Quad, n int32) []quad.Quad {
	for _, i := range d.about(n) {
		if d.isStatement[i] {
			continue
		}
		f := &d.facts[i]
		dst = append(dst, *f.Quad)
		if d.helps(f) {
			for _, j := range d.about(f.o) {
				dst = append(dst, *d.facts[j].Quad)
			}
		}
	}
	return dst
}

// description is what the quads say about a node, as Things.split returns it.
// It is used for one node after the other, so that its memory is.
type description struct {
	own     []quad.Quad
	helpers map[string][]quad.Quad
	more    []quad.Quad // that helpers consists of
	facts   []int32
}

// describe is split of gather, by number: most quads of a description differ
// in the rank of their predicate, and no text is compared.
func (d *decoder) describe(a *description, n int32) {
	a.own, a.more, a.facts = a.own[:0], a.more[:0], a.facts[:0]
	clear(a.helpers)
	for _, i := range d.about(n) {
		if !d.isStatement[i] {
			a.facts = append(a.facts, i)
		}
	}
	a.facts = d.sortFacts(a.facts)
	own := len(a.facts)
	for _, i := range a.facts[:own] {
		f := &d.facts[i]
		a.own = append(a.own, *f.Quad)
		if !d.helps(f) {
			continue
		}
		if a.helpers == nil {
			a.helpers = map[string][]quad.Quad{}
		}
		a.facts = append(a.facts[:own], d.about(f.o)...)
		from := len(a.more)
		for _, j := range d.sortFacts(a.facts[own:]) {
			a.more = append(a.more, *d.facts[j].Quad)
		}
		a.helpers[d.nodes[f.o]] = a.more[from:]
	}
}

// sortFacts is sortTerms for facts of one subject.
func (d *decoder) sortFacts(facts []int32) []int32 {
	slices.SortFunc(facts, func(a, b int32) int {
		x, y := &d.facts[a], &d.facts[b]
		if x.p != y.p {
			return cmp.Compare(d.ranks[x.p], d.ranks[y.p])
		}
		return compareTerms(x.Object, y.Object)
	})
	return slices.CompactFunc(facts, func(a, b int32) bool {
		x, y := &d.facts[a], &d.facts[b]
		return x.p == y.p && x.Object == y.Object
	})
}

// helps reports whether a fact leads to a helper node of its subject.
func (d *decoder) helps(f *fact) bool {
	switch f.field {
	case FieldLabel, FieldCode, FieldMore:
		return f.o != none && d.roles[f.o] == roleHelper && IsHelper(*f.Quad)
	default:
		return false
	}
}

// maps reports whether a fact states a mapping to a resource.
func (d *decoder) maps(f *fact) bool {
	if f.field != FieldMapping {
		return false
	}
	_, maps := d.mapping(*f.Quad)
	return maps
}
