package join

import (
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// Join makes one concept of what is one thing, in the data set itself, and tells
// what was found and what was not followed. What it makes depends on nothing but
// the data as written: what was joined already is taken apart first. [Apart] gives
// back the data as written.
//
// The concept of a thing is its leader, with what all members say ([graph.Merge]), and
// has them as [graph.Concept.Members]. Statements keep their ids, and what they
// were said of, in SaidOf and its neighbours; those between two members are
// evidence of the join and no links any more ([graph.WithdrawnJoined]). The rules
// have a number, [graph.JoinRules].
//
// The data set must be normalized, and is so afterwards. After an error it must not
// be used.
func Join(d *graph.Dataset) (*Result, error) {
	if err := Apart(d); err != nil {
		return nil, err
	}
	found := Find(d)
	return found, Follow(d, found)
}

// Follow is the second half of [Join], for who has found in the data as written what
// is to be joined.
func Follow(d *graph.Dataset, found *Result) error {
	if len(found.Classes)+len(found.Refusals) == 0 {
		return nil
	}
	refused := map[graph.ID][]graph.NotJoined{} // by what the concept is part of
	for _, r := range found.Refusals {
		a, b := found.lead(r.A), found.lead(r.B)
		refused[a] = append(refused[a], graph.NotJoined{ID: r.B, Reason: r.Reason})
		refused[b] = append(refused[b], graph.NotJoined{ID: r.A, Reason: r.Reason})
	}
	parts := make(map[graph.ID][]graph.Concept, len(found.Classes)) // by leader, which comes first
	kept := d.Concepts[:0]
	for i := range d.Concepts {
		c := &d.Concepts[i]
		leader, joined := found.leaders[c.ID]
		switch {
		case joined && c.ID == leader:
			parts[leader] = slices.Insert(parts[leader], 0, asWritten(c)...)
		case joined:
			parts[leader] = append(parts[leader], asWritten(c)...)
			continue
		case found.lead(c.ReplacedBy) != c.ReplacedBy:
			c.Members = asWritten(c)
			c.ReplacedBy = found.lead(c.ReplacedBy)
		}
		kept = append(kept, *c)
	}
	clear(d.Concepts[len(kept):])
	d.Concepts = kept
	for i := range d.Concepts {
		c := &d.Concepts[i]
		if members, joined := parts[c.ID]; joined {
			graph.SortMembers(c.ID, members)
			*c = graph.Merge(members)
			if c.ReplacedBy = found.lead(c.ReplacedBy); c.ReplacedBy == c.ID {
				c.ReplacedBy = ""
			}
		}
		c.NotJoined = refused[c.ID]
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		follow(&s.Subject, &s.SaidOf, found)
		follow(&s.Object, &s.ObjectSaidOf, found)
		follow(&s.Stage, &s.StageSaidOf, found)
		if said := graph.JoinIDs(s.With); slices.ContainsFunc(s.With, func(id graph.ID) bool { return found.lead(id) != id }) {
			s.WithSaidOf = said
			for at, id := range s.With {
				s.With[at] = found.lead(id)
			}
		}
	}
	return d.Normalize()
}

// follow replaces an id by that of its leader, and takes note of it.
func follow(id *graph.ID, said *string, found *Result) {
	if leader := found.lead(*id); leader != *id {
		*said, *id = string(*id), leader
	}
}

// asWritten returns what was written of a concept, by each data set if there are
// several.
func asWritten(c *graph.Concept) []graph.Concept {
	if len(c.Members) > 0 {
		return c.Members
	}
	return []graph.Concept{*c}
}

// Apart makes of joined data what was written. It leaves data alone that is not
// joined.
func Apart(d *graph.Dataset) error {
	joined := false
	var more []graph.Concept
	for i := range d.Concepts {
		c := &d.Concepts[i]
		joined = joined || c.NotJoined != nil
		c.NotJoined = nil
		if len(c.Members) == 0 || len(c.Members) > 1 && c.Members[0].ID == c.ID && c.Members[len(c.Members)-1].ID == c.ID {
			for at := range c.Members { // what takes its place may be joined
				if m := &c.Members[at]; c.ReplacedBy != "" && m.ReplacedBy != "" {
					joined = joined || c.ReplacedBy != m.ReplacedBy
					c.ReplacedBy = m.ReplacedBy
					break
				}
			}
			continue // as written, by one data set or by several
		}
		joined = true
		members := c.Members
		for first := 0; first < len(members); {
			end := first + 1
			for end < len(members) && members[end].ID == members[first].ID {
				end++
			}
			part := members[first]
			if end > first+1 {
				part = graph.Merge(slices.Clone(members[first:end]))
			}
			if first == 0 {
				*c = part
			} else {
				more = append(more, part)
			}
			first = end
		}
	}
	d.Concepts = append(d.Concepts, more...)
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.SaidOf+s.ObjectSaidOf+s.StageSaidOf+s.WithSaidOf == "" {
			continue
		}
		joined = true
		back(&s.Subject, &s.SaidOf)
		back(&s.Object, &s.ObjectSaidOf)
		back(&s.Stage, &s.StageSaidOf)
		if s.WithSaidOf != "" {
			s.With = s.With[:0]
			for _, id := range strings.Fields(s.WithSaidOf) {
				s.With = append(s.With, graph.ID(id))
			}
			s.WithSaidOf = ""
		}
	}
	if !joined {
		return nil
	}
	return d.Normalize()
}

// back is the way back from follow.
func back(id *graph.ID, said *string) {
	if *said != "" {
		*id, *said = graph.ID(*said), ""
	}
}
