package seed

import (
	"iter"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/plexus-kg/plexus/graph"
)

// What becomes of statements and concepts: what is retracted, superseded or
// replaced, and the ids that things had before.

// instead says what to write for a key that people expect and the format does
// not have.
func instead(what, key string) string {
	switch what + " " + strings.ToLower(key) {
	case "a statement validuntil", "a statement validto", "a statement validthrough", "a statement expires", "a statement obsolete", "a statement deprecated":
		return "a statement ends when its source says so: write retracted, the date, or supersedes in the statement that takes its place"
	case "a statement supersededby", "a statement withdrawn", "a statement status":
		return "it follows from other keys: write retracted, the date, or supersedes in the statement that takes its place"
	default:
		return ""
	}
}

// superseded is a reference of a statement to one whose place it takes.
type superseded struct {
	by  graph.ID
	old text
}

// replaced is a reference of a concept to the one that takes its place.
type replaced struct {
	id graph.ID
	by text
}

// life adds what a document says of the life of a concept.
func (b *builder) life(n *conceptNode, c *graph.Concept) {
	c.Deprecated = c.Deprecated || n.deprecated.is
	if n.replacedBy.given() {
		b.replaced = append(b.replaced, replaced{c.ID, n.replacedBy})
		c.ReplacedBy = graph.ID(n.replacedBy.is)
		if !c.Deprecated {
			b.add(n.replacedBy.at, RuleMissingKey, "", "replacedBy goes with deprecated: true, which is not written")
		}
	}
	for _, id := range b.listOf(graph.QualifierFormerIDs, n.formerIDs) {
		c.FormerIDs = with(c.FormerIDs, id)
	}
}

// replacements checks that what replaces a concept is another one, and in no
// circle.
func (b *builder) replacements() {
	h := hierarchy{up: map[graph.ID][]*graph.Statement{}, state: map[graph.ID]visit{}, told: map[graph.ID]bool{}}
	var old []graph.ID
	at := map[graph.ID]place{}
	for _, r := range b.replaced {
		if _, known := b.refer(r.by, aConcept); known {
			h.up[r.id] = []*graph.Statement{{ID: r.id, Object: graph.ID(r.by.is)}}
			old = append(old, r.id)
			at[r.id] = r.by.at
		}
	}
	for _, c := range h.circles(old) {
		b.add(at[c.closing.ID], RuleReplacementCircle, "", "concepts replace each other in a circle, so that none is left: %s", c)
	}
}

// retraction checks what is said of the retraction of a statement.
func (b *builder) retraction(q *qualifierNode) {
	date, reason := q.texts[graph.QualifierRetracted], q.texts[graph.QualifierRetractionReason]
	b.date(graph.QualifierRetracted.String(), date)
	if reason.given() {
		b.missing(reason.at, date, "retracted statement", graph.QualifierRetracted.String(), "when it was retracted, such as 2026-11-30")
	}
}

// listOf returns the ids of a list, each once.
func (b *builder) listOf(of graph.Qualifier, list []text) []graph.ID {
	var ids []graph.ID
	seen := map[string]place{}
	for _, t := range list {
		if b.once(seen, t.is, t, of.String()) {
			ids = append(ids, graph.ID(t.is))
		}
	}
	return ids
}

// settle checks what can be checked only when all statements have their ids:
// what they supersede, and the ids that things had before.
func (b *builder) settle() {
	h := hierarchy{up: map[graph.ID][]*graph.Statement{}, state: map[graph.ID]visit{}, told: map[graph.ID]bool{}}
	var later []graph.ID
	at := map[graph.ID]place{}
	for _, s := range b.superseded {
		old := graph.ID(s.old.is)
		_, written := b.statements[old]
		switch {
		case old == s.by:
			b.add(s.old.at, RuleReplacementCircle, "", "a statement cannot supersede itself")
		case !written && b.things[old].class != aStatement && !b.unsure:
			b.add(s.old.at, RuleDanglingReference, "", "there is no statement %q; the id of one that the data no longer has stands under formerIds of the statement that is there instead", syntax.Shorten(s.old.is))
		default:
			h.up[s.by] = append(h.up[s.by], &graph.Statement{ID: s.by, Object: old})
			later = append(later, s.by)
			at[s.by] = s.old.at
		}
	}
	for _, c := range h.circles(later) {
		b.add(at[c.closing.ID], RuleReplacementCircle, "", "statements supersede each other in a circle, so that none counts: %s; leave out one supersedes", c)
	}
	b.replacements()
	b.sourceCircles()
	b.formerIDs()
}

// supersededClaims asks where a statement takes the place of one that claims
// something else, or that another source makes.
func (b *builder) supersededClaims() {
	at := map[graph.ID]int{}
	replaced := map[graph.ID]graph.ID{} // sources
	for s := range b.allSources() {
		replaced[s.ID] = s.SupersededBy
	}
	for i := range b.dataset.Statements {
		at[b.dataset.Statements[i].ID] = i
	}
	for i := range b.dataset.Statements {
		s := &b.dataset.Statements[i]
		for _, id := range s.Supersedes {
			j, known := at[id]
			if !known {
				continue
			}
			because := ""
			switch old := &b.dataset.Statements[j]; {
			case old.Subject != s.Subject || old.Predicate != s.Predicate || old.Object != s.Object || old.Value != s.Value:
				because = "which claims something else: " + b.claimed(old)
			case old.Source != s.Source && replaced[old.Source] != s.Source:
				because = "which another source makes: " + string(old.Source)
			default:
				continue
			}
			b.doubt(s.ID, place{}, RuleSupersededClaim, func() (message, suggestion string) {
				return "the statement " + b.claimed(s) + " supersedes " + string(id) + ", " + because,
					"leave supersedes out, unless it really takes its place; what its own source takes back is retracted, and a source may be supersededBy another one"
			})
		}
	}
}

// deprecatedConcepts warns of statements that name a concept that is to be used no
// more.
func (b *builder) deprecatedConcepts() {
	old := map[graph.ID]graph.ID{} // what has taken its place
	for i := range b.dataset.Concepts {
		if c := &b.dataset.Concepts[i]; c.Deprecated {
			old[c.ID] = c.ReplacedBy
		}
	}
	for i := range b.dataset.Statements {
		s := &b.dataset.Statements[i]
		for _, id := range append([]graph.ID{s.Subject, s.Object, s.Stage}, s.With...) {
			now, deprecated := old[id]
			if !deprecated || s.Retracted != "" {
				continue
			}
			b.doubt(s.ID, place{}, RuleDeprecatedConcept, func() (message, suggestion string) {
				suggestion = "write the concept that has taken its place, if there is one"
				if now != "" {
					suggestion = "write " + string(now) + ", which has taken its place, if the statement is true of that"
				}
				return "the statement " + b.claimed(s) + " names " + string(id) + ", which is deprecated", suggestion
			})
		}
	}
}

// allSources yields the sources and articles.
func (b *builder) allSources() iter.Seq[*graph.Source] {
	return func(yield func(*graph.Source) bool) {
		for i := range b.dataset.Sources {
			if !yield(&b.dataset.Sources[i]) {
				return
			}
		}
		for i := range b.dataset.Articles {
			if !yield(&b.dataset.Articles[i].Source) {
				return
			}
		}
	}
}

// sourceCircles reports sources that supersede each other in a circle.
func (b *builder) sourceCircles() {
	h := hierarchy{up: map[graph.ID][]*graph.Statement{}, state: map[graph.ID]visit{}, told: map[graph.ID]bool{}}
	var old []graph.ID
	for s := range b.allSources() {
		if s.SupersededBy != "" {
			h.up[s.ID] = []*graph.Statement{{ID: s.ID, Object: s.SupersededBy}}
			old = append(old, s.ID)
		}
	}
	for _, c := range h.circles(old) {
		b.add(b.placeOf(c.closing.ID), RuleReplacementCircle, "", "sources supersede each other in a circle, so that none stands: %s; leave out one supersededBy", c)
	}
}

// formerIDs checks that each id that a thing had before is no other's.
func (b *builder) formerIDs() {
	first := map[graph.ID]graph.ID{}
	check := func(of graph.ID, at place, former []graph.ID) {
		for _, id := range former {
			thing, live := b.things[id]
			_, statement := b.statements[id]
			switch other, twice := first[id]; {
			case live || statement:
				class := thing.class
				if statement {
					class = aStatement
				}
				b.add(at, RuleDuplicateID, "", "formerIds: %q names %s here: a former id is one that nothing has any more", syntax.Shorten(string(id)), class.one())
			case twice:
				b.add(at, RuleDuplicateID, "", "formerIds: %q was the id of %s, too: one id leads to one thing", syntax.Shorten(string(id)), other)
			default:
				first[id] = of
			}
		}
	}
	for i := range b.dataset.Concepts {
		c := &b.dataset.Concepts[i]
		check(c.ID, b.placeOf(c.ID), c.FormerIDs)
	}
	for i := range b.dataset.Statements {
		s := &b.dataset.Statements[i]
		check(s.ID, b.placeOf(s.ID), s.FormerIDs)
	}
}

// placeOf returns where a statement or concept is written; of one in RDF, the
// first file of RDF.
func (b *builder) placeOf(id graph.ID) place {
	at, written := b.statements[id]
	if !written {
		at = b.things[id].at
	}
	if at.file == "" && len(b.origins) > 0 {
		at.file = b.origins[0].name
	}
	return at
}
