package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// ranking is the page of conditions that fit some findings.
type ranking struct {
	found *model.RankConnection
	err   error
}

func (t *ranking) fault(int) error          { return t.err }
func (t *ranking) items(int) (from, to int) { return 0, len(t.found.Results()) }
func (t *ranking) page(int) *model.PageOf   { return t.found.Paged() }
func (t *ranking) total(int) int            { return int(t.found.TotalCount) }

// results returns the conditions, none where they cannot be given.
func (t *ranking) results() []walk.Ranked {
	if t.err != nil {
		return nil
	}
	return t.found.Results()
}

// rank compiles the root field rank.
func (c *compiler) rank(f graphql.CollectedField) write[root] {
	given := arguments[model.RankArguments](c, f)
	table := newSlot[ranking](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.found, t.err = x.view.Rank(x.ctx, *given(x))
		x.rows += len(t.results())
		return x.ctx.Err()
	})
	write := connect(c, connection[*ranking]{
		name: "Rank",
		nodes: func(f graphql.CollectedField) items {
			return c.concepts(f, func(x *run) []graph.Ref {
				return refsOf(table.in(x).results(), func(r walk.Ranked) graph.Ref { return r.Concept })
			})
		},
		field: func(f graphql.CollectedField) write[pageOf[*ranking]] {
			if f.Name == "suggest" {
				return c.suggest(table, f)
			}
			return scalarOf(f.Name, func(_ *run, v pageOf[*ranking]) *model.RankConnection { return v.table.found })
		},
		edge: func(f graphql.CollectedField) write[edgeOf[*ranking]] { return c.rankEdgeField(table, f) },
	}, f.Selections)
	return func(x *run, _ root) bool { return write(x, table.in(x), 0) }
}

// rankEdgeField compiles a field of RankEdge that other edges lack.
func (c *compiler) rankEdgeField(table slot[ranking], f graphql.CollectedField) write[edgeOf[*ranking]] {
	switch f.Name {
	case "matched":
		return c.reasons(table, f, func(r *walk.Ranked) []walk.Evidence { return r.Matched })
	case "denied":
		return c.reasons(table, f, func(r *walk.Ranked) []walk.Evidence { return r.Denied })
	case "excluded":
		return c.reasons(table, f, func(r *walk.Ranked) []walk.Evidence { return r.Excluded })
	case "together":
		return c.together(table, f)
	case "missing":
		missing := newSlot[lists](c)
		c.step(func(x *run) error {
			l := missing.in(x)
			l.Reset()
			for _, r := range table.in(x).results() {
				l.Items = append(l.Items, r.Missing...)
				l.Close()
			}
			return nil
		})
		nodes := c.concepts(f, func(x *run) []graph.Ref { return missing.in(x).Items })
		return func(x *run, v edgeOf[*ranking]) bool { return listAt(x, nodes, missing.in(x).Start, v.item) }
	}
	return scalarOf(f.Name, func(_ *run, v edgeOf[*ranking]) model.RankRow {
		return model.RankRowOf(&v.table.found.Results()[v.item])
	})
}

// lists are refs, a list for each row.
type lists struct{ graph.Lists[graph.Ref] }

// reasonTable holds the reasons for or against all conditions of a page.
type reasonTable struct {
	start      []int
	all        []*walk.Evidence
	statements graph.Lists[graph.Ref]
}

// reason is a reason in such a table.
type reason struct {
	t    *reasonTable
	item int
}

// reasons compiles a field that lists reasons.
func (c *compiler) reasons(from slot[ranking], f graphql.CollectedField, of func(r *walk.Ranked) []walk.Evidence) write[edgeOf[*ranking]] {
	table := newSlot[reasonTable](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.start, t.all = append(t.start[:0], 0), t.all[:0]
		t.statements.Reset()
		results := from.in(x).results()
		for i := range results {
			evidence := of(&results[i])
			for j := range evidence {
				t.all = append(t.all, &evidence[j])
				t.statements.Items = append(t.statements.Items, evidence[j].Statements...)
				t.statements.Close()
			}
			t.start = append(t.start, len(t.all))
		}
		return nil
	})
	o := fieldsOf(c, "RankReason", f.Selections, func(f graphql.CollectedField) write[reason] { return c.reasonField(table, f) })
	return func(x *run, v edgeOf[*ranking]) bool {
		t := table.in(x)
		return list(x, t.start[v.item], t.start[v.item+1], func(x *run, i int) bool { return o.write(x, reason{t, i}) })
	}
}

// reasonField compiles a field of a reason.
func (c *compiler) reasonField(table slot[reasonTable], f graphql.CollectedField) write[reason] {
	concept := func(of func(e *walk.Evidence) graph.Ref) write[reason] {
		concepts := c.concepts(f, func(x *run) []graph.Ref { return refsOf(table.in(x).all, of) })
		return func(x *run, v reason) bool { return concepts.one(x, v.item) }
	}
	switch f.Name {
	case "finding":
		return concept(func(e *walk.Evidence) graph.Ref { return e.Finding })
	case "sign":
		return concept(func(e *walk.Evidence) graph.Ref { return e.Sign })
	case "common":
		return concept(func(e *walk.Evidence) graph.Ref { return e.Common })
	case "explanation":
		return explain[reason](c, func(x *run) graph.Lists[graph.Ref] { return table.in(x).statements })
	case "statements":
		statements := c.statements(f, func(x *run) []graph.Ref { return table.in(x).statements.Items })
		return func(x *run, v reason) bool { return listAt(x, statements, v.t.statements.Start, v.item) }
	}
	return scalarOf(f.Name, func(_ *run, v reason) model.ReasonRow { return model.ReasonRowOf(v.t.all[v.item]) })
}

// combinationTable holds the reasons of several findings together of all conditions
// of a page.
type combinationTable struct {
	start                []int
	all                  []*walk.Combination
	findings, statements graph.Lists[graph.Ref]
}

// combination is a reason in such a table.
type combination struct {
	t    *combinationTable
	item int
}

func (r reason) Index() int      { return r.item }
func (r combination) Index() int { return r.item }

// sentences are lists of statements told in a sentence each.
type sentences struct {
	all []string
	err error
}

// explain compiles a field that tells the statements of a reason in a sentence.
func explain[T interface{ Index() int }](c *compiler, statements func(x *run) graph.Lists[graph.Ref]) write[T] {
	told := newSlot[sentences](c)
	c.step(func(x *run) error {
		t := told.in(x)
		t.all, t.err = walk.ExplainStatements(x.ctx, x.reader, statements(x))
		return x.ctx.Err()
	})
	return func(x *run, v T) bool {
		t := told.in(x)
		if t.err != nil {
			return x.fail(t.err)
		}
		return x.text(t.all[v.Index()])
	}
}

// suggestionTable holds the findings that would tell the first conditions apart.
type suggestionTable struct {
	all    []walk.Suggestion
	listed graph.Lists[graph.Ref]
	err    error
}

// suggestion is a finding in such a table.
type suggestion struct {
	t    *suggestionTable
	item int
}

// suggest compiles the field that lists such findings.
func (c *compiler) suggest(from slot[ranking], f graphql.CollectedField) write[pageOf[*ranking]] {
	given := arguments[struct{ First int32 }](c, f)
	table := newSlot[suggestionTable](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.listed.Reset()
		t.all, t.err = nil, nil
		if ranked := from.in(x); ranked.err == nil {
			t.all, t.err = ranked.found.Suggestions(x.ctx, int(given(x).First))
		}
		for i := range t.all {
			t.listed.Items = append(t.listed.Items, t.all[i].Listed...)
			t.listed.Close()
		}
		x.rows += len(t.all)
		return x.ctx.Err()
	})
	o := fieldsOf(c, "RankSuggestion", f.Selections, func(f graphql.CollectedField) write[suggestion] {
		switch f.Name {
		case "finding":
			found := c.concepts(f, func(x *run) []graph.Ref {
				return refsOf(table.in(x).all, func(s walk.Suggestion) graph.Ref { return s.Finding })
			})
			return func(x *run, v suggestion) bool { return found.one(x, v.item) }
		case "listedBy":
			listed := c.concepts(f, func(x *run) []graph.Ref { return table.in(x).listed.Items })
			return func(x *run, v suggestion) bool { return listAt(x, listed, v.t.listed.Start, v.item) }
		}
		return scalarOf(f.Name, func(_ *run, v suggestion) model.SuggestionRow { return model.SuggestionRowOf(&v.t.all[v.item]) })
	})
	return func(x *run, _ pageOf[*ranking]) bool {
		t := table.in(x)
		if t.err != nil {
			return x.fail(t.err)
		}
		return list(x, 0, len(t.all), func(x *run, i int) bool { return o.write(x, suggestion{t, i}) })
	}
}

// together compiles the field that lists reasons of several findings together.
func (c *compiler) together(from slot[ranking], f graphql.CollectedField) write[edgeOf[*ranking]] {
	table := newSlot[combinationTable](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.start, t.all = append(t.start[:0], 0), t.all[:0]
		t.findings.Reset()
		t.statements.Reset()
		results := from.in(x).results()
		for i := range results {
			for j := range results[i].Together {
				k := &results[i].Together[j]
				t.all = append(t.all, k)
				t.findings.Items = append(t.findings.Items, k.Findings...)
				t.findings.Close()
				t.statements.Items = append(t.statements.Items, k.Statements...)
				t.statements.Close()
			}
			t.start = append(t.start, len(t.all))
		}
		return nil
	})
	o := fieldsOf(c, "RankCombination", f.Selections, func(f graphql.CollectedField) write[combination] { return c.combinationField(table, f) })
	return func(x *run, v edgeOf[*ranking]) bool {
		t := table.in(x)
		return list(x, t.start[v.item], t.start[v.item+1], func(x *run, i int) bool { return o.write(x, combination{t, i}) })
	}
}

// combinationField compiles a field of a reason of several findings together.
func (c *compiler) combinationField(table slot[combinationTable], f graphql.CollectedField) write[combination] {
	switch f.Name {
	case "findings":
		concepts := c.concepts(f, func(x *run) []graph.Ref { return table.in(x).findings.Items })
		return func(x *run, v combination) bool { return listAt(x, concepts, v.t.findings.Start, v.item) }
	case "statements":
		statements := c.statements(f, func(x *run) []graph.Ref { return table.in(x).statements.Items })
		return func(x *run, v combination) bool { return listAt(x, statements, v.t.statements.Start, v.item) }
	case "explanation":
		return explain[combination](c, func(x *run) graph.Lists[graph.Ref] { return table.in(x).statements })
	}
	return scalarOf(f.Name, func(_ *run, v combination) model.CombinationRow { return model.CombinationRowOf(v.t.all[v.item]) })
}
