package seed

import (
	"slices"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/goccy/go-yaml/ast"

	"github.com/plexus-kg/plexus/graph"
)

// A data set may accept a warning that is right and stays: what it is about, and why.
// So a new one is seen, and --strict has a use.

// acceptedNode is a warning that a data set accepts.
type acceptedNode struct {
	at                  place
	rule, about, reason text
}

func (d *decoder) accepted(n ast.Node, doc *document) {
	a := acceptedNode{at: d.place(n)}
	if d.mapping(n, "an accepted warning",
		field{"rule", d.text("rule", &a.rule)},
		field{"about", d.text("about", &a.about)},
		field{"reason", d.text("reason", &a.reason)},
	) {
		doc.accepted = append(doc.accepted, a)
	}
}

// Accepted is a warning that its data set accepts.
type Accepted struct {
	Problem
	Reason string `json:"reason"`
}

// String returns it in the form of a problem.
func (a Accepted) String() string {
	return place{a.File, a.Line, a.Column}.String() + ": accepted: " + a.Message + "; " + a.Reason + " [" + string(a.Rule) + "]"
}

// warningOf is what a warning is accepted by: its rule, and the id of the concept or
// statement that it is about, or what the statement claims, in three words.
type warningOf struct {
	rule  Rule
	about string
}

// acceptance is an accepted warning, and the data set that accepts it.
type acceptance struct {
	*acceptedNode
	set  graph.ID
	used bool
}

// accept takes note of the warnings that data sets accept, and reports what is none.
func (b *builder) accept() {
	b.acceptances = map[warningOf][]*acceptance{}
	for i := range b.documents {
		doc := &b.documents[i]
		set, _ := b.setAbove(doc)
		for j := range doc.accepted {
			n := &doc.accepted[j]
			lacks := b.missing(n.at, n.rule, "accepted warning", "rule", "the name at its end, in brackets")
			lacks = b.missing(n.at, n.about, "accepted warning", "about", "the id of the concept or statement, or subject, predicate and object as the warning has them") || lacks
			lacks = b.missing(n.at, n.reason, "accepted warning", "reason", "why it is right and stays") || lacks
			rule := Rule(n.rule.is)
			switch {
			case lacks || n.rule.is == "":
			case set.id.is == "":
				b.add(n.at, RuleMissingDataset, "", "a data set accepts warnings, and here is none: write a block dataset (id, name, license, language) in a file of this folder or one above")
			case !isRule(rule):
				b.add(n.rule.at, RuleUnknownRule, nearest(n.rule.is, asStrings(Rules())), "unknown rule %q", syntax.Shorten(n.rule.is))
			case rule.Severity() == Error:
				b.add(n.rule.at, RuleUnknownRule, "", "%s is an error, and no error can be accepted: with it nothing can be loaded", rule)
			default:
				of := warningOf{rule, n.about.is}
				b.acceptances[of] = append(b.acceptances[of], &acceptance{n, graph.ID(set.id.is), false})
			}
		}
	}
}

// acceptance returns the one of a warning about something, if there is one. In RDF, no
// place is known yet, and any data set may accept it.
func (b *builder) acceptance(rule Rule, about graph.ID, at place) *acceptance {
	if len(b.acceptances) == 0 {
		return nil
	}
	all := b.acceptances[warningOf{rule, string(about)}]
	if i, known := b.claims()[about]; known {
		all = slices.Concat(all, b.acceptances[warningOf{rule, b.claimed(&b.dataset.Statements[i])}])
	}
	for _, a := range all {
		if at.file == "" || b.setOf(at.file) == a.set {
			a.used = true
			return a
		}
	}
	return nil
}

// claims returns the places of statements in the data set, by id.
func (b *builder) claims() map[graph.ID]int {
	if b.statementAt == nil {
		b.statementAt = make(map[graph.ID]int, len(b.dataset.Statements))
		for i := range b.dataset.Statements {
			b.statementAt[b.dataset.Statements[i].ID] = i
		}
	}
	return b.statementAt
}

// setOf returns the data set of a file.
func (b *builder) setOf(name string) graph.ID {
	for dir, more := b.folders[name], true; more; dir, more = dir.up() {
		if set, ok := b.sets[dir]; ok {
			return graph.ID(set.id.is)
		}
	}
	return ""
}

// unusedAcceptances warns of those that accept nothing.
func (b *builder) unusedAcceptances() {
	if b.faults > 0 {
		return // some warnings were not looked for
	}
	for i := range b.documents {
		for j := range b.documents[i].accepted {
			n := &b.documents[i].accepted[j]
			if b.compares == nil && Rule(n.rule.is).layer() == LayerText {
				continue // no text was given
			}
			for _, a := range b.acceptances[warningOf{Rule(n.rule.is), n.about.is}] {
				if a.acceptedNode == n && !a.used {
					b.warning(n.at, "", RuleUnusedAcceptance, func() (message, suggestion string) {
						return "no warning " + n.rule.is + " is about " + n.about.is + " any more", "leave it out"
					})
				}
			}
		}
	}
}

func isRule(r Rule) bool {
	for i := range ruleTable {
		if ruleTable[i].rule == r {
			return true
		}
	}
	return false
}
