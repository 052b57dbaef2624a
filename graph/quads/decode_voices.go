package quads

import (
	"maps"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Several sources may describe one concept: each in a graph or a file of its own.
// What each of them says is a member of the concept.

// voice is who describes a concept: a source, in whose graph it does so, or a part.
type voice struct {
	source graph.ID
	part   int // of a graph: none
}

// voiceOf returns who says a fact that is no statement.
func (d *decoder) voiceOf(i int32) voice {
	if l := d.facts[i].l; l != none {
		return voice{d.ids[l], int(none)}
	}
	part := d.partOf(i)
	return voice{d.parts[part].source.ID, part}
}

// voices returns who describes a concept, or nothing if it is all one source. That it
// has an id describes nothing; if nobody says so, somebody else may say more of it.
func (d *decoder) voices(n int32) []voice {
	var all []voice
	for _, i := range d.about(n) {
		if d.isStatement[i] {
			continue
		}
		v := d.voiceOf(i)
		if v.source != "" && d.identifies(i) {
			continue
		}
		if !slices.ContainsFunc(all, func(o voice) bool { return o.source == v.source }) {
			all = append(all, v)
		}
	}
	if len(all) < 2 {
		return nil
	}
	return all
}

// identifies reports whether a fact says no more than that its subject has an id.
func (d *decoder) identifies(i int32) bool {
	return d.facts[i].field == FieldID || d.facts[i].field == FieldIdentifier
}

// merged makes a concept of what several voices say of it.
func (d *decoder) merged(a *description, n int32, voices []voice, sections []graph.ID, describing []bool) graph.Concept {
	var members []graph.Concept
	member := func(c graph.Concept) {
		c.Types = d.up.Entail(c.Types)
		members = append(members, c)
	}
	said := func(voices []voice) (c graph.Concept, more bool) {
		d.describe(a, n, func(i int32) bool {
			says := slices.ContainsFunc(voices, func(v voice) bool { return d.voiceOf(i).source == v.source })
			more = more || says && !d.identifies(i)
			return says
		})
		c = d.concept(d.nodes[n], d.ids[n], a.own, a.helpers)
		if v := voices[0]; more && len(c.Sources) == 0 && v.source != "" {
			c.Sources = []graph.ID{v.source}
			if v.part != int(none) {
				describing[v.part] = true
			}
		}
		slices.Sort(c.Sources)
		c.Sources = slices.Compact(c.Sources)
		return c, more
	}
	together := map[string][]voice{} // by the sources in whose name they speak
	for _, v := range voices {
		if c, more := said([]voice{v}); more {
			key := graph.JoinIDs(c.Sources)
			together[key] = append(together[key], v)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(together)) {
		c, _ := said(together[key])
		if len(c.Members) > 0 { // it was written of several
			members = append(members, c.Members...)
			continue
		}
		member(c)
	}
	for _, f := range d.codes[n] {
		k, _ := d.mapping(d.quad(&f))
		by := d.sourcesOf(f.l)
		at := slices.IndexFunc(members, func(m graph.Concept) bool { return m.ID == d.ids[n] && slices.Equal(m.Sources, by) })
		if at < 0 {
			at = len(members)
			member(graph.Concept{ID: d.ids[n], IRI: d.nodes[n], Sources: by})
		}
		addCode(&members[at], k)
	}
	graph.SortMembers(d.ids[n], members)
	if len(members) == 0 {
		members = []graph.Concept{{ID: d.ids[n], IRI: d.nodes[n]}}
	}
	members[0].Sections = append(members[0].Sections, sections...)
	if len(members) == 1 {
		return members[0]
	}
	return graph.Merge(members)
}

// sourcesOf returns the source that the record of a statement names.
func (d *decoder) sourcesOf(record int32) (sources []graph.ID) {
	for _, i := range d.about(record) {
		if f := &d.facts[i]; f.field == FieldPartOf && f.o >= 0 {
			sources = append(sources, d.ids[f.o])
		}
	}
	slices.Sort(sources)
	return slices.Compact(sources)
}
