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
		dst = append(dst, d.quad(f))
		if d.helps(f) {
			for _, j := range d.about(f.o) {
				dst = append(dst, d.quad(&d.facts[j]))
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
// in the rank of their predicate, and no text is compared. With a filter it is only
// of the facts about the node that the filter lets through.
func (d *decoder) describe(a *description, n int32, only func(i int32) bool) {
	a.own, a.more, a.facts = a.own[:0], a.more[:0], a.facts[:0]
	clear(a.helpers)
	for _, i := range d.about(n) {
		if !d.isStatement[i] && (only == nil || only(i)) {
			a.facts = append(a.facts, i)
		}
	}
	a.facts = d.sortTerms(a.facts)
	own := len(a.facts)
	for _, i := range a.facts[:own] {
		f := &d.facts[i]
		a.own = append(a.own, d.quad(f))
		if !d.helps(f) {
			continue
		}
		if a.helpers == nil {
			a.helpers = map[string][]quad.Quad{}
		}
		a.facts = append(a.facts[:own], d.about(f.o)...)
		from := len(a.more)
		for _, j := range d.sortTerms(a.facts[own:]) {
			a.more = append(a.more, d.quad(&d.facts[j]))
		}
		a.helpers[d.nodes[f.o]] = a.more[from:]
	}
}

// sortTerms is the function sortTerms for facts of one subject.
func (d *decoder) sortTerms(facts []int32) []int32 {
	slices.SortFunc(facts, func(a, b int32) int {
		x, y := &d.facts[a], &d.facts[b]
		if x.p != y.p {
			return cmp.Compare(d.ranks[x.p], d.ranks[y.p])
		}
		return compareTerms(d.object(x), d.object(y))
	})
	return slices.CompactFunc(facts, func(a, b int32) bool {
		x, y := &d.facts[a], &d.facts[b]
		return x.p == y.p && d.sameObject(x, y)
	})
}

// helps reports whether a fact leads to a helper node of its subject.
func (d *decoder) helps(f *fact) bool {
	switch f.field {
	case FieldLabel, FieldCode, FieldMore:
		return f.o >= 0 && d.roles[f.o] == roleHelper && IsHelper(d.quad(f))
	default:
		return false
	}
}

// maps reports whether a fact states a mapping to a resource.
func (d *decoder) maps(f *fact) bool {
	if f.field != FieldMapping {
		return false
	}
	_, maps := d.mapping(d.quad(f))
	return maps
}
