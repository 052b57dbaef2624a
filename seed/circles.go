package seed

import (
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// circles warns where the hierarchy runs in a circle, at the statement that
// closes it.
func (b *builder) circles() {
	h := hierarchy{up: map[graph.ID][]*graph.Statement{}, state: map[graph.ID]visit{}, told: map[graph.ID]bool{}}
	var subjects []graph.ID
	for i := range b.dataset.Statements {
		if s := &b.dataset.Statements[i]; s.Predicate == graph.PredicateBroader && !s.Negated && s.Object != "" && s.With == nil {
			h.up[s.Subject] = append(h.up[s.Subject], s)
			subjects = append(subjects, s.Subject)
		}
	}
	for _, c := range h.circles(subjects) {
		b.doubt(c.closing.ID, place{}, RuleHierarchyCircle, func() (message, suggestion string) {
			return "the hierarchy runs in a circle, each is broader than the one before: " + c.String(),
				"turn one of its statements round, or leave it out"
		})
	}
}

// circle is a walk upwards that ends where it began, and the statement of its
// last step.
type circle struct {
	concepts []graph.ID
	closing  *graph.Statement
}

// String names the concepts, but of a long circle not all.
func (c circle) String() string {
	const most = 12
	words := make([]string, 0, most)
	for i, id := range c.concepts {
		if len(c.concepts) > most && i == most-2 {
			words = append(words, "…")
		} else if len(c.concepts) <= most || i < most-2 || i == len(c.concepts)-1 {
			words = append(words, string(id))
		}
	}
	return strings.Join(words, ", ")
}

// hierarchy is the statements that lead from each concept upwards, and how far
// the search for circles has come.
type hierarchy struct {
	up    map[graph.ID][]*graph.Statement
	state map[graph.ID]visit
	told  map[graph.ID]bool // in a circle
	path  []step            // from the root of the search to where it is
}

// visit is how far a concept was looked at.
type visit uint8

const (
	unvisited visit = iota
	onPath
	visited
)

// step is a concept of the path, and which of its statements is next.
type step struct {
	concept graph.ID
	next    int
}

// circles finds circles by a walk in depth, without recursion: a hierarchy may
// be deep. Each concept is told of in one circle at most, for to mend one
// circle mostly mends others; so all work is in proportion to the statements.
func (h *hierarchy) circles(subjects []graph.ID) []circle {
	var found []circle
	for _, root := range subjects {
		if h.state[root] == unvisited {
			h.enter(root)
		}
		for len(h.path) > 0 {
			top := &h.path[len(h.path)-1]
			if top.next == len(h.up[top.concept]) {
				h.state[top.concept] = visited
				h.path = h.path[:len(h.path)-1]
				continue
			}
			s := h.up[top.concept][top.next]
			top.next++
			switch h.state[s.Object] {
			case unvisited:
				h.enter(s.Object)
			case onPath:
				if around := h.around(s.Object); around != nil {
					found = append(found, circle{around, s})
				}
			}
		}
	}
	return found
}

func (h *hierarchy) enter(id graph.ID) {
	h.state[id] = onPath
	h.path = append(h.path, step{concept: id})
}

// around returns the end of the path from a concept on, and that concept
// again; nothing if one of them is told of already.
func (h *hierarchy) around(id graph.ID) []graph.ID {
	concepts := []graph.ID{id}
	for i := len(h.path) - 1; i >= 0; i-- {
		c := h.path[i].concept
		if h.told[c] {
			return nil
		}
		if concepts = append(concepts, c); c == id {
			break
		}
	}
	for _, c := range concepts {
		h.told[c] = true
	}
	slices.Reverse(concepts)
	return concepts
}
