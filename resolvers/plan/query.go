package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// kindFields are the root fields that look up or list concepts of one kind.
var kindFields = map[string]graph.Kind{
	"concept": graph.KindNone, "concepts": graph.KindNone,
	"condition": graph.Condition, "conditions": graph.Condition,
	"symptom": graph.Symptom, "symptoms": graph.Symptom,
	"treatment": graph.Treatment, "treatments": graph.Treatment,
	"riskFactor": graph.RiskFactor, "riskFactors": graph.RiskFactor,
	"test": graph.Test, "tests": graph.Test,
}

// rootField compiles a field of Query.
func (c *compiler) rootField(f graphql.CollectedField) write[root] {
	switch f.Name {
	case "node":
		return c.find(f, graph.ClassNone, graph.KindNone)
	case "nodes":
		given := arguments[struct{ IDs []string }](c, f)
		return c.findAll(f, func(x *run) ([]graph.Ref, []error, error) { return x.view.FindAll(x.ctx, given(x).IDs) })
	case "_entities":
		given := arguments[struct{ Representations []any }](c, f)
		return c.findAll(f, func(x *run) ([]graph.Ref, []error, error) {
			return x.view.FindEntities(x.ctx, given(x).Representations)
		})
	case "_service":
		return c.service(f)
	case "concept", "condition", "symptom", "treatment", "riskFactor", "test":
		return c.find(f, graph.ClassConcept, kindFields[f.Name])
	case "concepts", "conditions", "symptoms", "treatments", "riskFactors", "tests":
		return c.list(f, kindFields[f.Name])
	case "article":
		return c.find(f, graph.ClassArticle, graph.KindNone)
	case "articles":
		given := arguments[model.Page](c, f)
		return first(c.articlePages(f, func(x *run, t *pageTable[*model.ArticleConnection]) error {
			t.add(x.view.Articles(*given(x)))
			return nil
		}))
	case "statement":
		return c.find(f, graph.ClassStatement, graph.KindNone)
	case "statements":
		given := arguments[model.StatementArguments](c, f)
		return first(c.statementPages(f, func(x *run, t *pageTable[*model.StatementConnection]) error {
			t.add(x.view.AllStatements(x.ctx, *given(x)))
			return nil
		}))
	case "conflicts":
		return c.conflicts(f)
	case "search":
		return c.search(f)
	case "complete":
		return c.complete(f)
	case "paths":
		return c.paths(f)
	case "rank":
		return c.rank(f)
	case "claim":
		return c.claim(f)
	case "dataset":
		return c.dataset(f)
	}
	return nil
}

// first writes the one item of a place below the root.
func first(below items) write[root] {
	return func(x *run, _ root) bool { return below.one(x, 0) }
}

// list compiles a root field that lists concepts.
func (c *compiler) list(f graphql.CollectedField, kind graph.Kind) write[root] {
	given := arguments[struct {
		Filter  *model.ConceptFilter
		OrderBy walk.ListOrder
		model.Page
	}](c, f)
	return first(c.conceptPages(f, func(x *run, t *pageTable[*model.ConceptConnection]) error {
		a := given(x)
		t.add(x.view.List(x.ctx, f.Name, kind, a.Filter, a.OrderBy, a.Page))
		return nil
	}))
}

// lookUp holds the things that a root field found by id.
type lookUp struct {
	finder model.Finder
	refs   []graph.Ref
	faults []error
	err    error
}

// find compiles a root field that looks up one thing by id.
func (c *compiler) find(f graphql.CollectedField, class graph.Class, kind graph.Kind) write[root] {
	given := arguments[struct{ ID string }](c, f)
	table := newSlot[lookUp](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.refs = append(t.refs[:0], graph.NoRef)
		t.refs[0], t.err = t.finder.Find(x.ctx, x.view, given(x).ID, class, kind)
		return x.ctx.Err()
	})
	things := c.things(f, class, func(x *run) []graph.Ref { return table.in(x).refs })
	return func(x *run, _ root) bool {
		if t := table.in(x); t.err != nil {
			return x.fail(t.err)
		}
		return things.one(x, 0)
	}
}

// findAll compiles a root field that looks up several things.
func (c *compiler) findAll(f graphql.CollectedField, find func(x *run) ([]graph.Ref, []error, error)) write[root] {
	table := newSlot[lookUp](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.refs, t.faults, t.err = find(x)
		return x.ctx.Err()
	})
	things := c.things(f, graph.ClassNone, func(x *run) []graph.Ref { return table.in(x).refs })
	return func(x *run, _ root) bool {
		t := table.in(x)
		if t.err != nil {
			return x.fail(t.err)
		}
		return list(x, 0, len(t.refs), func(x *run, i int) bool {
			if t.faults[i] != nil {
				x.fail(t.faults[i])
			}
			if !things.one(x, i) {
				x.buf = append(x.buf, "null"...)
			}
			return true
		})
	}
}

// service compiles the root field _service.
func (c *compiler) service(f graphql.CollectedField) write[root] {
	o := scalars[model.Service](c, "_Service", f.Selections)
	return func(x *run, _ root) bool { return o.write(x, model.Service{}) }
}

// things compiles a place for things of one class, or of any.
func (c *compiler) things(f graphql.CollectedField, class graph.Class, refs func(x *run) []graph.Ref) items {
	switch class {
	case graph.ClassConcept:
		return c.concepts(f, refs)
	case graph.ClassStatement:
		return c.statements(f, refs)
	case graph.ClassArticle, graph.ClassSource:
		return c.sources(f, refs)
	case graph.ClassSection:
		return c.sections(f, refs)
	default:
		return c.anything(f, refs)
	}
}

// anything is a place for things of any class: a place for each class, and
// where in it each item stands.
type anything struct {
	slot[sorted]
	byClass [graph.ClassSource + 1]items
}

// sorted are refs of any class, sorted by class. Articles stand with the other
// sources.
type sorted struct {
	refs  [graph.ClassSource + 1][]graph.Ref
	class []graph.Class
	at    []int
}

func (c *compiler) anything(f graphql.CollectedField, refs func(x *run) []graph.Ref) items {
	p := &anything{slot: newSlot[sorted](c)}
	c.step(func(x *run) error {
		t := p.in(x)
		t.class, t.at = t.class[:0], t.at[:0]
		for i := range t.refs {
			t.refs[i] = t.refs[i][:0]
		}
		for _, ref := range refs(x) {
			class := x.summary.Class(ref)
			if class == graph.ClassArticle {
				class = graph.ClassSource
			}
			t.class, t.at = append(t.class, class), append(t.at, len(t.refs[class]))
			t.refs[class] = append(t.refs[class], ref)
		}
		return nil
	})
	for _, class := range []graph.Class{graph.ClassConcept, graph.ClassStatement, graph.ClassSection, graph.ClassSource} {
		p.byClass[class] = c.things(f, class, func(x *run) []graph.Ref { return p.in(x).refs[class] })
	}
	return p
}

func (p *anything) one(x *run, item int) bool {
	t := p.in(x)
	below := p.byClass[t.class[item]]
	return below != nil && below.one(x, t.at[item])
}

func (p *anything) list(x *run, from, to int) bool { return list(x, from, to, p.one) }
