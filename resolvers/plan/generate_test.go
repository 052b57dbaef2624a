package plan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
)

// generator makes random operations from the schema: every field, fragments on
// every type, arguments of every kind (written out and as variables, null, wrong
// and left out), @skip and @include, merged fields, pages and cursors.
type generator struct {
	*rand.Rand
	schema *ast.Schema
	// ids are those of the graph by the arguments and fields that they are good
	// for; "" has all, and some that the graph does not have.
	ids      map[string][]string
	words    []string
	together [][]graph.ID // concepts of which something is said only together

	// effort grows with how often a field, or something below a type, was resolved,
	// and with how far it is; nil where that does not matter.
	effort map[string]int

	budget    int
	declared  []string // variables, as they are declared
	variables map[string]any
	cursors   map[string]string // the variables that may be a cursor, with the alias of their field
	fragments []string
	inside    bool // of a named fragment
	large     bool // ask for large pages
	aliases   int
}

// operation is a document with its variables.
type operation struct {
	text      string
	variables map[string]any
	cursors   map[string]string // variables, by the aliases of their fields
}

func newGenerator(seed uint64, schema *ast.Schema, ds *graph.Dataset) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), schema: schema}
	any := []string{"unknown", "", "not an id", "MONDO:1", "MONDO:2", "MONDO:3", "ex:unknown"}
	of := map[string][]string{}
	add := func(key, id string) { of[key], any = append(of[key], id), append(any, id) }
	for _, c := range ds.Concepts {
		add("concept", string(c.ID))
		if c.HasKind(graph.Stage) {
			add("stage", string(c.ID))
		}
		g.words = append(g.words, c.Name())
	}
	for i, s := range ds.Statements {
		if i < 40 {
			add("statement", string(s.ID))
		}
		if s.Object != "" { // what hangs together, to be found again by paths and rank
			of["from"], of["to"] = append(of["from"], string(s.Subject)), append(of["to"], string(s.Object))
		}
		if all := s.Together(); all != nil {
			g.together = append(g.together, all)
		}
		if s.Object != "" && s.Predicate == graph.PredicateSignOrSymptom {
			of["findings"] = append(of["findings"], string(s.Object))
		}
	}
	for _, s := range ds.Sources {
		add("source", string(s.ID))
		add("source", s.IRI)
	}
	for _, a := range ds.Articles {
		add("article", string(a.ID))
		add("source", string(a.ID))
		for _, s := range a.Sections {
			add("section", string(s.ID))
		}
	}
	of["predicate"] = []string{"schema:cause", "cause", "causes", "schema:signOrSymptom", "skos:broader", "ex:linksTo", "kg:severity", "kg:unheardOf"}
	for key, names := range map[string][]string{
		"source": {"describedBy"}, "section": {"mentionedIn"}, "predicate": {"predicates"},
		"concept": {"broader", "with", "findings", "excluded", "avoid", "from", "to", "subject", "object"},
	} {
		for _, name := range names {
			of[name] = append(of[name], of[key]...)
		}
	}
	of[""], g.ids = any, of
	g.words = append(g.words, "often", "later", "children", "left", "strong", "experts", "ECO:0000303", "fe", "strase")
	return g
}

// kinds are the names of all kinds.
func (g *generator) kinds() (names []string) {
	for _, k := range g.schema.Types["Kind"].EnumValues {
		names = append(names, k.Name)
	}
	return names
}

func (g *generator) one(n int) bool { return g.IntN(n) == 0 }

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

// next makes an operation of about so many fields.
func (g *generator) next(fields int) operation {
	g.budget, g.declared, g.variables, g.cursors, g.fragments, g.aliases = fields, nil, map[string]any{}, map[string]string{}, nil, 0
	var selections string
	switch findings := g.ids["findings"]; { // first what random walks seldom meet
	case g.effort != nil && g.one(4):
		selections = "{ all: concepts(first: 100) { nodes " + g.selections(g.schema.Types["Concept"], 3) + " nodes { ... on " + g.rarest() + " } } }"
	case len(g.together) > 0 && g.one(8):
		ids, err := json.Marshal(pick(g, g.together))
		if err != nil {
			panic(err) // a fault of this file
		}
		selections = fmt.Sprintf("{ rank(findings: %s, kinds: %v) { edges { together ", ids, g.kinds()) +
			g.selections(g.schema.Types["RankCombination"], 3) + " } } }"
	case len(findings) > 0 && g.one(12):
		selections = fmt.Sprintf("{ rank(findings: [%q, %q], kinds: %v) { edges ", pick(g, findings), pick(g, findings), g.kinds()) + g.selections(g.schema.Types["RankEdge"], 3) + " suggest " + g.selections(g.schema.Types["RankSuggestion"], 2) + " } }"
	default:
		selections = g.selections(g.schema.Query, 5)
	}
	text := "query Q"
	if len(g.declared) > 0 {
		text += "(" + strings.Join(g.declared, ", ") + ")"
	}
	text += " " + selections + "\n" + strings.Join(g.fragments, "\n")
	if g.one(4) {
		text += "\nquery Other { dataset { version } }"
	}
	return operation{text, asSent(g.variables), g.cursors}
}

// asSent returns variables as they come out of a request.
func asSent(variables map[string]any) map[string]any {
	body, err := json.Marshal(variables)
	if err != nil {
		panic(err) // a fault of this file
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var sent map[string]any
	if err := d.Decode(&sent); err != nil {
		panic(err)
	}
	return sent
}

// selections writes a selection set on a type.
func (g *generator) selections(on *ast.Definition, depth int) string {
	var parts []string
	for n := 1 + g.IntN(4); n > 0 || len(parts) == 0; n-- {
		parts = append(parts, g.selection(on, depth)...)
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

func (g *generator) selection(on *ast.Definition, depth int) []string {
	switch g.IntN(12) {
	case 0:
		return []string{g.alias(4) + "__typename" + g.directives()}
	case 1: // a fragment on some type that may stand here
		to := g.condition(on)
		return []string{"..." + " on " + to.Name + g.directives() + " " + g.selections(to, depth)}
	case 2:
		return []string{"..." + g.directives() + " " + g.selections(on, depth)}
	case 3:
		if g.inside {
			break
		}
		g.inside = true
		to, name := g.condition(on), fmt.Sprintf("F%d", len(g.fragments))
		g.fragments = append(g.fragments, "")
		g.fragments[len(g.fragments)-1] = "" // its place, before those inside it
		at := len(g.fragments) - 1
		g.fragments[at] = "fragment " + name + " on " + to.Name + " " + g.selections(to, depth)
		g.inside = false
		return []string{"..." + name + g.directives(), "..." + name}
	}
	return g.field(on, depth)
}

// condition picks a type that overlaps with one.
func (g *generator) condition(on *ast.Definition) *ast.Definition {
	possible := g.schema.GetPossibleTypes(on)
	all := []*ast.Definition{on}
	for _, p := range possible {
		all = append(all, p)
		all = append(all, g.schema.GetImplements(p)...)
	}
	return prefer(g, all, func(d *ast.Definition) int { return g.effort[d.Name] })
}

// rarest writes the fields of a kind of concepts that were resolved least.
func (g *generator) rarest() string {
	kind := prefer(g, g.schema.GetPossibleTypes(g.schema.Types["Concept"]), func(d *ast.Definition) int { return g.effort[d.Name] })
	fields := fieldsOf(kind)
	slices.SortStableFunc(fields, func(a, b *ast.FieldDefinition) int {
		return g.effort[kind.Name+"."+a.Name] - g.effort[kind.Name+"."+b.Name]
	})
	var parts []string
	for _, f := range fields[:8] {
		part := f.Name
		if g.isComposite(f.Type) {
			part += " { __typename }"
		}
		parts = append(parts, part)
	}
	return kind.Name + " { " + strings.Join(parts, " ") + " }"
}

// prefer picks something, what takes less effort more often.
func prefer[T any](g *generator, all []T, effort func(T) int) T {
	best := pick(g, all)
	if g.effort == nil {
		return best
	}
	for range g.IntN(8) {
		if other := pick(g, all); effort(other) < effort(best) {
			best = other
		}
	}
	return best
}

// want makes the generator prefer fields that were seldom resolved, and what
// leads to them: the nearer, the more.
func (g *generator) want(resolved map[string]int) {
	const far = 1 << 10
	g.effort = map[string]int{}
	for name := range g.schema.Types {
		g.effort[name] = far
	}
	for range 8 { // as deep as the way to a field is long
		for _, name := range slices.Sorted(maps.Keys(g.schema.Types)) {
			d, least := g.schema.Types[name], far
			for _, f := range fieldsOf(d) {
				n := far
				if d.Kind == ast.Object {
					n = 3 * bits.Len(uint(resolved[d.Name+"."+f.Name]))
				}
				if g.isComposite(f.Type) {
					n = min(n, g.effort[f.Type.Name()]+1)
				}
				g.effort[d.Name+"."+f.Name] = n
				least = min(least, n)
			}
			for _, p := range g.schema.GetPossibleTypes(d) {
				least = min(least, g.effort[p.Name])
			}
			g.effort[d.Name] = least
		}
	}
}

// fieldsOf lists the fields of a type without those of introspection.
func fieldsOf(d *ast.Definition) []*ast.FieldDefinition {
	return slices.DeleteFunc(slices.Clone(d.Fields), func(f *ast.FieldDefinition) bool { return strings.HasPrefix(f.Name, "__") })
}

func (g *generator) field(on *ast.Definition, depth int) []string {
	if on == g.schema.Query && g.one(20) { // which is left to the resolvers
		return []string{g.alias(2) + pick(g, []string{`__schema { queryType { name } }`, `__type(name: "Text") { fields { name } }`, `__type(name: "?") { name }`})}
	}
	fields := fieldsOf(on)
	if depth <= 0 || g.budget <= 0 {
		fields = slices.DeleteFunc(fields, func(f *ast.FieldDefinition) bool { return g.isComposite(f.Type) })
	}
	if len(fields) == 0 {
		return []string{"__typename"}
	}
	f := prefer(g, fields, func(f *ast.FieldDefinition) int { return g.effort[on.Name+"."+f.Name] })
	g.budget--
	name := f.Name
	if len(f.Arguments) > 0 {
		name = g.alias(1) + f.Name + g.arguments(f)
	} else {
		name = g.alias(5) + name
	}
	if !g.isComposite(f.Type) {
		return []string{name + g.directives()}
	}
	if _, paged := g.cursors[g.last()]; paged && len(f.Arguments) > 0 && g.one(2) { // something to go on with
		return []string{name + " { pageInfo { startCursor endCursor } ... " + g.selections(g.schema.Types[f.Type.Name()], depth-1) + " }"}
	}
	parts := []string{name + g.directives() + " " + g.selections(g.schema.Types[f.Type.Name()], depth-1)}
	if g.one(6) { // selected once more: the two are merged
		parts = append(parts, name+" "+g.selections(g.schema.Types[f.Type.Name()], depth-1))
	}
	return parts
}

func (g *generator) isComposite(t *ast.Type) bool {
	return g.schema.Types[t.Name()].IsCompositeType()
}

// last is the last alias that was given.
func (g *generator) last() string { return fmt.Sprintf("a%d", g.aliases) }

// alias writes an alias, one time in n.
func (g *generator) alias(n int) string {
	if !g.one(n) {
		return ""
	}
	g.aliases++
	return g.last() + ": "
}

func (g *generator) directives() string {
	switch g.IntN(16) {
	case 0:
		return fmt.Sprintf(" @skip(if: %t)", g.one(2))
	case 1:
		return fmt.Sprintf(" @include(if: %t)", g.one(2))
	case 2:
		return " @skip(if: $" + g.declare("Boolean!", "", g.one(3)) + ")"
	case 3:
		return " @include(if: $" + g.declare("Boolean", " = true", !g.one(3)) + ")"
	default:
		return ""
	}
}

// declare declares a variable.
func (g *generator) declare(typeName, initial string, value any) string {
	name := fmt.Sprintf("v%d", len(g.declared))
	g.declared = append(g.declared, "$"+name+": "+typeName+initial)
	g.variables[name] = value
	return name
}
