package seed

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/goccy/go-yaml/ast"

	"github.com/plexus-kg/plexus/graph"
)

// A branch of a hierarchy is a concept and all that is narrower, by what the same
// source says. Ontologies do not say of which kind a term is, but where it stands.

// Branch says that all concepts of a branch are of a kind, by the definition of the
// ontology that they are terms of.
type Branch struct {
	ID     graph.ID
	Kind   graph.Kind
	Except []graph.ID // branches below that are not of it
	// Because is the definition of the term, or what the ontology says of its terms.
	Because string
	// Reference is where it says so.
	Reference string
}

// branches are those that are known. A branch with members of several kinds is none of
// them: a chemical is no treatment, a medical action may be a test.
var branches = []Branch{
	{
		ID: "HP:0000118", Kind: graph.Symptom,
		Because:   "Phenotypic abnormality: what is observed of a person, in which schema:MedicalSignOrSymptom (any feature associated or not with a medical condition) is included. Modifiers, modes of inheritance and frequencies are other branches.",
		Reference: "http://purl.obolibrary.org/obo/HP_0000118",
	},
	{
		ID: "SYMP:0000462", Kind: graph.Symptom,
		Because:   "symptom: a perceived change in function, sensation or appearance, reported by a patient and indicative of a disease.",
		Reference: "http://purl.obolibrary.org/obo/SYMP_0000462",
	},
	{
		ID: "DOID:4", Kind: graph.Condition,
		Because:   "disease: a disposition to undergo pathological processes, because of a disorder of the organism.",
		Reference: "http://purl.obolibrary.org/obo/DOID_4",
	},
	{
		ID: "MONDO:0000001", Kind: graph.Condition, Except: []graph.ID{"MONDO:0042489"},
		Because:   "disease: a disposition to undergo pathological processes, because of disorders of the organism. To be susceptible to a disease is no disease.",
		Reference: "http://purl.obolibrary.org/obo/MONDO_0000001",
	},
	{
		ID: "UBERON:0000061", Kind: graph.Anatomy,
		Because:   "anatomical structure: a material anatomical entity, a single connected structure with inherent shape. Substances and immaterial entities are other branches.",
		Reference: "http://purl.obolibrary.org/obo/UBERON_0000061",
	},
}

// Branches lists the branches of which the kind is known.
func Branches() []Branch { return slices.Clone(branches) }

// kindNode says that the concepts of a branch are of a kind.
type kindNode struct{ branch, kind text }

type kindsKey struct{}

// WithKinds returns a context with which data is read so that the concepts of branches
// are of kinds: HP:0000118=Symptom. It is for a person who says so beside the data.
func WithKinds(ctx context.Context, kinds ...string) context.Context {
	if len(kinds) == 0 {
		return ctx
	}
	return context.WithValue(ctx, kindsKey{}, kinds)
}

// kindFlag is where stands what is said beside the data.
const kindFlag = "--kind"

func kindsIn(ctx context.Context) (nodes []kindNode) {
	kinds, _ := ctx.Value(kindsKey{}).([]string)
	for _, said := range kinds {
		at := place{file: kindFlag}
		branch, kind, _ := strings.Cut(said, "=")
		nodes = append(nodes, kindNode{text{is: branch, at: at}, text{is: kind, at: at}})
	}
	return nodes
}

func (d *decoder) kinds(to *[]kindNode) func(ast.Node) {
	return func(n ast.Node) {
		d.texts(n, "kinds", func(key, value text) { *to = append(*to, kindNode{key, value}) })
	}
}

// narrowerIn is what is narrower than what, by one source.
type narrowerIn map[graph.ID][]graph.ID

// narrowerBySource returns those of all sources.
func narrowerBySource(d *graph.Dataset) map[graph.ID]narrowerIn {
	all := map[graph.ID]narrowerIn{}
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Predicate != graph.PredicateBroader || s.Object == "" || s.Negated || s.Retracted != "" || len(s.With) > 0 {
			continue
		}
		if all[s.Source] == nil {
			all[s.Source] = narrowerIn{}
		}
		all[s.Source][s.Object] = append(all[s.Source][s.Object], s.Subject)
	}
	return all
}

// branch returns what is in a branch, without the branches that begin below.
func (h narrowerIn) branch(id graph.ID, except func(graph.ID) bool) map[graph.ID]bool {
	in := map[graph.ID]bool{id: true}
	for open := []graph.ID{id}; len(open) > 0; {
		next := h[open[0]]
		open = open[1:]
		for _, n := range next {
			if !in[n] && !except(n) {
				in[n] = true
				open = append(open, n)
			}
		}
	}
	return in
}

// branching gives concepts the kinds of their branches, and leaves out those that are
// not in the branches that a data set is to be of.
type branching struct {
	*problems
	kinds []kindNode // said beside the data: of every source
	sets  []datasetNode
	found map[string]bool // branches that are there
	given bool            // some concept has got a kind, or was left out
}

func newBranching(ctx context.Context, p *problems, documents []document) *branching {
	b := &branching{problems: p, kinds: kindsIn(ctx), found: map[string]bool{}}
	for i := range documents {
		b.sets = append(b.sets, documents[i].datasets...)
	}
	for _, n := range b.said() {
		if kindNamed(n.kind.is) == graph.KindNone {
			p.add(n.kind.at, RuleUnknownKind, nearest(n.kind.is, graph.KindNames(graph.Kinds())), "unknown kind %q: it is %s", syntax.Shorten(n.kind.is), list(graph.KindNames(graph.Kinds()), "or"))
		}
	}
	return b
}

// said lists the kinds that anybody says.
func (b *branching) said() []kindNode {
	all := slices.Clone(b.kinds)
	for i := range b.sets {
		all = append(all, b.sets[i].kinds...)
	}
	return all
}

func kindNamed(name string) graph.Kind {
	for _, k := range graph.Kinds() {
		if k.String() == name {
			return k
		}
	}
	return graph.KindNone
}

// apply gives the concepts their kinds: first those that are said, then, where there
// is none, those that are known.
func (b *branching) apply(d *graph.Dataset) {
	if len(d.Concepts) == 0 {
		return
	}
	at := make(map[graph.ID]*graph.Concept, len(d.Concepts))
	for i := range d.Concepts {
		at[d.Concepts[i].ID] = &d.Concepts[i]
	}
	all := narrowerBySource(d)
	if len(all) == 0 && len(b.said()) == 0 {
		return
	}
	up := graph.SuperclassesOf(d.Types)
	give := func(id graph.ID, k graph.Kind, always bool) {
		c := at[id]
		if c == nil || !always && hasKind(up, c.Types) || slices.Contains(graph.KindsOf(nil, up.Entail(c.Types)), k) && (k != graph.OtherConcept || hasKind(up, c.Types)) {
			return
		}
		c.Types, b.given = append(c.Types, k.Class()), true
	}
	say := func(h narrowerIn, nodes []kindNode) {
		begins := func(id graph.ID) bool {
			return slices.ContainsFunc(nodes, func(n kindNode) bool { return n.branch.is == string(id) })
		}
		for _, n := range nodes {
			k, id := kindNamed(n.kind.is), graph.ID(n.branch.is)
			if at[id] == nil || k == graph.KindNone {
				continue
			}
			b.found[n.branch.is] = true
			for member := range h.branch(id, begins) {
				give(member, k, true)
			}
		}
	}
	sources := slices.Sorted(maps.Keys(all))
	for i := range b.sets {
		say(all[graph.ID(b.sets[i].id.is)], b.sets[i].kinds)
	}
	for _, source := range sources {
		say(all[source], b.kinds)
	}
	for _, branch := range branches {
		prefix, _, _ := strings.Cut(string(branch.ID), ":")
		for _, source := range sources {
			if h := all[source]; h[branch.ID] != nil {
				for member := range h.branch(branch.ID, func(id graph.ID) bool { return slices.Contains(branch.Except, id) }) {
					if strings.HasPrefix(string(member), prefix+":") {
						give(member, branch.Kind, false)
					}
				}
			}
		}
	}
}

// hasKind reports whether one of the classes makes a kind.
func hasKind(up graph.Superclasses, classes []graph.ID) bool {
	return slices.ContainsFunc(classes, func(c graph.ID) bool { _, known := up.KindOf(c); return known })
}

// keep leaves of the data sets that are to be of branches only these, and what they
// have taken the place of.
func (b *branching) keep(d *graph.Dataset) {
	var all map[graph.ID]narrowerIn
	for i := range b.sets {
		set := &b.sets[i]
		if len(set.only) == 0 {
			continue
		}
		if all == nil {
			all = narrowerBySource(d)
		}
		in := map[graph.ID]bool{}
		for _, root := range set.only {
			if !slices.ContainsFunc(d.Concepts, func(c graph.Concept) bool { return string(c.ID) == root.is }) {
				b.add(root.at, RuleDanglingReference, "", "only: no concept %q in the RDF of this data set, of which only this branch is to be read", syntax.Shorten(root.is))
				return
			}
			maps.Copy(in, all[graph.ID(set.id.is)].branch(graph.ID(root.is), func(graph.ID) bool { return false }))
		}
		b.given = true
		out := map[graph.ID]bool{}
		d.Concepts = slices.DeleteFunc(d.Concepts, func(c graph.Concept) bool {
			leave := !in[c.ID] && !in[c.ReplacedBy] && len(c.Members) == 0 && len(c.Sources) == 1 && string(c.Sources[0]) == set.id.is
			out[c.ID] = out[c.ID] || leave
			return leave
		})
		for i := range d.Concepts {
			if c := &d.Concepts[i]; out[c.ReplacedBy] {
				c.Properties = append(c.Properties, graph.Property{
					Predicate: d.Prefixes.Compact(graph.OBO + "IAO_0100001"),
					Value:     graph.Value{Text: d.Prefixes.Expand(c.ReplacedBy), Datatype: graph.AnyURI},
				})
				c.ReplacedBy = ""
			}
		}
		d.Statements = slices.DeleteFunc(d.Statements, func(s graph.Statement) bool {
			return out[s.Subject] || out[s.Object] || out[s.Stage] || slices.ContainsFunc(s.With, func(id graph.ID) bool { return out[id] })
		})
	}
}

// unfound reports the branches that are nowhere.
func (b *branching) unfound() {
	said := b.said()
	slices.SortStableFunc(said, func(x, y kindNode) int { return cmp.Compare(x.branch.is, y.branch.is) })
	for _, n := range said {
		if !b.found[n.branch.is] && kindNamed(n.kind.is) != graph.KindNone {
			b.add(n.branch.at, RuleDanglingReference, "", "kinds: no concept %q, which is to be the root of a branch", syntax.Shorten(n.branch.is))
		}
	}
}
