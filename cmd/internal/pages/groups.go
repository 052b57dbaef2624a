package pages

import (
	"cmp"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// order is that of the groups of a concept's links, by what a predicate is called from
// the concept; all others follow.
var order = []string{
	"cause", "causeOf", "signOrSymptom", "signOrSymptomOf", "mayIndicate", "indicatedBy",
	"typicalTest", "usedToDiagnose", "possibleTreatment", "treats", "prevents", "preventedBy",
	"adverseOutcome", "adverseOutcomeOf", "riskFactor", "increasesRiskOf", "complication", "complicationOf",
	"ruledOutBy", "usedToRuleOut", "signDetected", "detectedBy", "examines", "examinedBy",
	"associatedAnatomy", "affectedBy", "stage", "stageOf", "guideline", "guidelineSubject",
	"includes", "partOf", "related",
}

// group is the links of a concept with one predicate, read one way.
type group struct {
	Name      string // from the concept
	Predicate any
	Incoming  bool
	Count     any // of all, of which Edges has the first
	Edges     []any
	More      bool
	Against   bool // it warns
}

// Direction is the way in which the links are read.
func (g *group) Direction() string {
	if g.Incoming {
		return "IN"
	}
	return "OUT"
}

// perGroup is how many links of a group a concept's page shows, and mostLinks how many
// of all groups, before groups show no more than two.
const (
	perGroup  = 5
	mostLinks = 30
)

// grouped puts the links of a concept into groups: what is advised against first. The
// hierarchy has a place of its own.
func grouped(concept any) (all []*group) {
	of := map[string]*group{}
	for _, way := range []string{"outgoing", "incoming"} {
		for _, c := range list(at(concept, way, "predicateCounts")) {
			p, incoming := at(c, "predicate"), way == "incoming"
			id := text(at(p, "id"))
			name := text(at(p, "name"))
			if inverse := text(at(p, "inverseName")); incoming && inverse != "" {
				name = inverse
			}
			if id == string(graph.PredicateBroader) || id == string(graph.PredicateAdvisedAgainstIn) || of[name] != nil {
				continue
			}
			g := &group{Name: name, Predicate: p, Incoming: incoming, Count: at(c, "count")}
			of[name] = g
			all = append(all, g)
		}
	}
	shown := 0
	for _, e := range list(at(concept, "links", "edges")) {
		for _, g := range all {
			if at(g.Predicate, "id") == at(e, "predicate", "id") && g.Incoming == (at(e, "direction") == "IN") {
				if n := len(g.Edges); n < 2 || n < perGroup && shown < mostLinks {
					g.Edges = append(g.Edges, e)
					shown++
				}
			}
		}
	}
	place := func(g *group) int {
		if i := slices.Index(order, g.Name); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(all, func(a, b *group) int { return place(a) - place(b) })
	for _, g := range all {
		n, _ := g.Count.(float64)
		g.More = int(n) > len(g.Edges)
	}
	for _, field := range []string{"advisedAgainstFor", "cautions"} {
		l := at(concept, field)
		edges := list(at(l, "edges"))
		if len(edges) == 0 {
			continue
		}
		n, _ := at(l, "totalCount").(float64)
		all = append([]*group{{
			Name: field, Predicate: map[string]any{"name": fieldNames[field], "id": string(graph.PredicateAdvisedAgainstIn)},
			Incoming: field == "cautions", Count: at(l, "totalCount"), Edges: edges, More: int(n) > len(edges), Against: true,
		}}, all...)
	}
	return all
}

// fieldNames are what the predicates of link fields are called from the concept.
var fieldNames = map[string]string{
	"adverseOutcomes":   "adverseOutcome",
	"advisedAgainstFor": "advisedAgainstIn",
	"anatomy":           "associatedAnatomy",
	"causes":            "cause",
	"cautions":          "caution",
	"complications":     "complication",
	"conditions":        "signOrSymptomOf",
	"detects":           "signDetected",
	"guidelines":        "guideline",
	"riskFactors":       "riskFactor",
	"rulesOut":          "usedToRuleOut",
	"signsAndSymptoms":  "signOrSymptom",
	"stages":            "stage",
	"subjects":          "guidelineSubject",
	"tests":             "typicalTest",
	"treatments":        "possibleTreatment",
}

// mostChains is how many ways up the hierarchy a page shows.
const mostChains = 8

// chains returns the ways from the most general concepts down to one, of what is
// broader: each of its edges tells its own parents.
func chains(concept any) [][]any {
	nodes, parents := map[string]any{}, map[string][]string{}
	ids := func(c any) (all []string) {
		for _, n := range list(at(c, "parents", "nodes")) {
			all = append(all, text(at(n, "id")))
		}
		return all
	}
	for _, n := range list(at(concept, "broader", "nodes")) {
		id := text(at(n, "id"))
		nodes[id], parents[id] = n, ids(n)
	}
	var all [][]any
	var climb func(below []any, up []string, seen []string)
	climb = func(below []any, up []string, seen []string) {
		if len(all) == mostChains {
			return
		}
		higher := false
		for _, id := range up {
			if n := nodes[id]; n != nil && !slices.Contains(seen, id) {
				higher = true
				climb(append([]any{n}, below...), parents[id], append(slices.Clone(seen), id))
			}
		}
		if !higher && len(below) > 0 {
			all = append(all, below)
		}
	}
	climb(nil, ids(concept), nil)
	return all
}

// Compared are the lists that a comparison has.
func (v *view) Compared() (names []string) {
	concept, _ := v.Data["a"].(map[string]any)
	for name, value := range concept {
		if at(value, "edges") != nil {
			names = append(names, name)
		}
	}
	place := func(name string) int { return slices.Index(order, v.Named(name)) }
	slices.SortFunc(names, func(a, b string) int { return place(a) - place(b) })
	return names
}

// Named is what the predicate of a link field is called.
func (*view) Named(field string) string { return cmp.Or(fieldNames[field], field) }
