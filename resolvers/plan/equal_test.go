package plan_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	gqlgen "github.com/99designs/gqlgen/graphql/executor"
	"github.com/rogpeppe/go-internal/diff"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
	"github.com/plexus-kg/plexus/resolvers/model"
	"github.com/plexus-kg/plexus/resolvers/plan"
	"github.com/plexus-kg/plexus/schema/gen"
	"github.com/plexus-kg/plexus/seed"
)

// operations is how many random operations the equality test makes;
// PLEXUS_PLAN_OPERATIONS asks for more.
const operations = 4000

// TestEqual: random operations on random graphs, and on the article, have the
// same answer planned and resolved, to the byte. The operations ask for every
// field of every type.
func TestEqual(t *testing.T) {
	budget := operations
	if testing.Short() {
		budget = 1000
	}
	if text := os.Getenv("PLEXUS_PLAN_OPERATIONS"); text != "" {
		var err error
		if budget, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	asked := newCoverage()
	tally := tally{}
	const perGraph = 100
	for seed := range uint64(budget / perGraph) {
		w := newWorld(t, dataset(t, seed), seed)
		w.observe(asked.add)
		g := newGenerator(seed, w.schema, w.dataset)
		for i := range perGraph {
			if i%20 == 0 {
				g.want(asked.fields)
			}
			w.compare(t, g, tally)
			if t.Failed() {
				t.Fatalf("on graph %d", seed)
			}
		}
	}
	all, missing := asked.missing(resolvers.Schema())
	t.Logf("%d of the %d fields of all object types were resolved: %.1f %%; operations: %v", all-len(missing), all, 100*float64(all-len(missing))/float64(all), tally)
	if len(missing) > 0 && !testing.Short() { // a thousand operations do not meet all
		t.Errorf("fields that were never resolved: %s", strings.Join(missing, " "))
	}
}

// FuzzPlan: the same, on graphs and operations that the fuzzer chooses.
func FuzzPlan(f *testing.F) {
	f.Add(uint64(0), uint64(0), uint8(10))
	f.Add(uint64(7), uint64(3), uint8(30))
	f.Fuzz(func(t *testing.T, graphSeed, seed uint64, size uint8) {
		w := newWorld(t, graphtest.Random(graphSeed, int(size%40)), graphSeed)
		g := newGenerator(seed, w.schema, w.dataset)
		for range 5 {
			w.compare(t, g, tally{})
		}
	})
}

// dataset is the article for one seed in ten, and else a random graph.
func dataset(t testing.TB, n uint64) *graph.Dataset {
	if n%10 != 9 {
		return graphtest.Random(n, 2+int(n)%25)
	}
	ds, _, err := seed.Read(t.Context(), seed.EmbeddedPath)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// world is a graph with both ways to ask it.
type world struct {
	dataset  *graph.Dataset
	release  resolvers.Release
	schema   *ast.Schema
	planned  *resolvers.Executor
	resolved *resolvers.Executor
	observed *gqlgen.Executor // the reference once more, with an eye on its fields
}

// serving is what a server says of itself: nothing, that it never tried to
// reload, or how that ended.
func serving(n uint64) *model.Serving {
	since := time.Date(2026, 11, 23, 7, 33, int(n), 0, time.UTC)
	version, message := "v", `line 3: "x"`
	switch n % 4 {
	case 0:
		return nil
	case 1:
		return &model.Serving{Since: since}
	case 2:
		return &model.Serving{Since: since, LastReload: &model.Reload{At: since, OK: true, Version: &version}}
	default:
		return &model.Serving{Since: since, LastReload: &model.Reload{At: since, Message: &message}}
	}
}

func newWorld(t testing.TB, ds *graph.Dataset, n uint64) *world {
	store, err := frozen.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	index, err := search.Build(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		dataset: ds, release: resolvers.Release{Reader: store, Index: index, Serving: serving(n)},
		schema: resolvers.Schema(),
	}
	w.planned, w.resolved = w.executor(t, false), w.executor(t, true)
	return w
}

// executor returns an executor that refuses nothing for its size.
func (w *world) executor(t testing.TB, unplanned bool) *resolvers.Executor {
	l := limits.Default()
	l.Cost, l.Fields, l.Copies, l.Aliases = 1<<40, 1<<20, 1<<20, 1<<20
	return resolvers.NewExecutor(resolvers.Config{
		Current:   func() resolvers.Release { return w.release },
		RequestID: func(context.Context) string { return "r1" },
		Report:    func(_ context.Context, err error) { t.Errorf("internal error: %v", err) },
		Limits:    l, Unplanned: unplanned,
	})
}

// observe calls seen for every field that the reference resolves, with its type.
func (w *world) observe(seen func(typeName, field string)) {
	w.observed = gqlgen.New(gen.NewExecutableSchema(gen.Config{Schema: resolvers.Schema(), Resolvers: &resolvers.Resolver{}}))
	w.observed.Use(observer(seen))
}

// tally counts what became of the operations.
type tally map[string]int

var cursor = regexp.MustCompile(`"([A-Za-z0-9_-]{40,})"`)

// compare makes an operation and compares its answers; then again with cursors
// from the answer.
func (w *world) compare(t *testing.T, g *generator, count tally) {
	o := g.next(4 + g.IntN(25))
	data := w.compareOne(t, o, count)
	again := false
	for _, alias := range slices.Sorted(maps.Keys(o.cursors)) {
		from := data
		if at := bytes.Index(data, []byte(`"`+alias+`":`)); at >= 0 && !g.one(4) { // of this list; else of any
			from = data[at:]
		}
		if found := cursor.FindSubmatch(from); found != nil {
			o.variables[o.cursors[alias]], again = string(found[1]), true
		}
	}
	if !again {
		return
	}
	count["with cursors"]++
	w.compareOne(t, o, count)
}

func (w *world) compareOne(t *testing.T, o operation, count tally) []byte {
	params := func() *graphql.RawParams {
		return &graphql.RawParams{Query: o.text, OperationName: "Q", Variables: o.variables}
	}
	count["made"]++
	operation, refused := w.resolved.Parse(t.Context(), params())
	if refused != nil {
		count["refused"]++
		if want, got := text(t, refused), text(t, w.planned.Execute(t.Context(), params())); !bytes.Equal(want, got) {
			t.Errorf("%s\n%v\n%s", o.text, o.variables, diff.Diff("resolved", want, "planned", got))
		}
		return nil
	}
	count["answered"]++
	p, err := plan.Compile(w.schema, operation.Doc, operation.Operation, operation.Variables)
	if err != nil {
		t.Errorf("%s\n%v", o.text, err)
		return nil
	}
	left := p.Uncovered()
	if len(left) == 0 {
		count["planned whole"]++
	}
	for _, field := range left {
		if field != "Query.__schema" && field != "Query.__type" {
			t.Errorf("%s\nleft to the resolvers: %s", o.text, field)
		}
	}
	want := w.resolved.Execute(t.Context(), params())
	if len(want.Errors) > 0 {
		count["with errors"]++
	}
	for _, e := range want.Errors {
		if !isPlace(operation.Operation.SelectionSet, e.Path) {
			t.Errorf("%s\nthe path of an error is no place in an answer: %v", o.text, e)
		}
	}
	for range 2 { // the second time on tables that were used before
		if want, got := text(t, want), text(t, w.planned.Execute(t.Context(), params())); !bytes.Equal(want, got) {
			t.Errorf("%s\n%v\n%s", o.text, o.variables, diff.Diff("resolved", want, "planned", got))
			break
		}
	}
	if w.observed != nil {
		ctx := graphql.StartOperationTrace(model.WithView(t.Context(), model.NewView(w.release)))
		if operation, errs := w.observed.CreateOperationContext(ctx, params()); len(errs) == 0 {
			responses, ctx := w.observed.DispatchOperation(ctx, operation)
			responses(ctx)
		}
	}
	return want.Data
}

// isPlace reports whether a path leads to a place in an answer: each name in it is the
// response key of a field that is selected there.
func isPlace(set ast.SelectionSet, path ast.Path) bool {
	for _, step := range path {
		name, isName := step.(ast.PathName)
		if !isName {
			continue
		}
		var within ast.SelectionSet
		found := false
		var gather func(ast.SelectionSet)
		gather = func(set ast.SelectionSet) {
			for _, selection := range set {
				switch s := selection.(type) {
				case *ast.Field:
					if s.Alias == string(name) {
						found, within = true, append(within, s.SelectionSet...)
					}
				case *ast.InlineFragment:
					gather(s.SelectionSet)
				case *ast.FragmentSpread:
					gather(s.Definition.SelectionSet)
				}
			}
		}
		gather(set)
		if set = within; !found {
			return false
		}
	}
	return true
}

// text is what a client is sent, a line for each error.
func text(t *testing.T, r *graphql.Response) []byte {
	t.Helper()
	if r.Data != nil && !json.Valid(r.Data) {
		t.Errorf("not JSON: %s", r.Data)
	}
	var b bytes.Buffer
	for _, e := range r.Errors {
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	fmt.Fprintf(&b, "%s\n", r.Data)
	return b.Bytes()
}

// coverage counts how often each field of each type was resolved.
type coverage struct {
	lock   sync.Mutex
	fields map[string]int
}

func newCoverage() *coverage { return &coverage{fields: map[string]int{}} }

func (c *coverage) add(typeName, field string) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.fields[typeName+"."+field]++
}

// missing counts the fields of object types, and lists those that were never
// resolved.
func (c *coverage) missing(schema *ast.Schema) (all int, missing []string) {
	for _, d := range schema.Types {
		if d.Kind != ast.Object || d.BuiltIn {
			continue
		}
		for _, f := range fieldsOf(d) {
			all++
			if name := d.Name + "." + f.Name; c.fields[name] == 0 {
				missing = append(missing, name)
			}
		}
	}
	slices.Sort(missing)
	return all, missing
}

// observer is a gqlgen extension that sees every field.
type observer func(typeName, field string)

func (observer) ExtensionName() string                   { return "Observer" }
func (observer) Validate(graphql.ExecutableSchema) error { return nil }
func (o observer) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	f := graphql.GetFieldContext(ctx)
	o(f.Object, f.Field.Name)
	return next(ctx)
}
