package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// claims holds what the sources say of one claim.
type claims struct {
	found *model.Claim
	err   error

	exchanged    model.ClaimAnswer
	exchangedErr error
}

// claim compiles the root field claim.
func (c *compiler) claim(f graphql.CollectedField) write[root] {
	given := arguments[struct {
		Subject, Predicate, Object string
		Stage                      *string
	}](c, f)
	table := newSlot[claims](c)
	c.step(func(x *run) error {
		t, a := table.in(x), given(x)
		t.found, t.err = x.view.Claim(x.ctx, a.Subject, a.Predicate, a.Object, a.Stage)
		return x.ctx.Err()
	})
	o := fieldsOf(c, "Claim", f.Selections, func(f graphql.CollectedField) write[*claims] {
		switch f.Name {
		case "statements":
			statements := c.statements(f, func(x *run) []graph.Ref {
				if t := table.in(x); t.err == nil {
					return t.found.StatementRefs()
				}
				return nil
			})
			return func(x *run, v *claims) bool { return statements.list(x, 0, len(v.found.Statements)) }
		case "exchanged":
			c.step(func(x *run) error {
				if t := table.in(x); t.err == nil {
					t.exchanged, t.exchangedErr = t.found.Exchanged(x.ctx)
				}
				return x.ctx.Err()
			})
			return func(x *run, v *claims) bool {
				if v.exchangedErr != nil {
					return x.fail(v.exchangedErr)
				}
				return x.text(string(v.exchanged))
			}
		}
		return scalarOf(f.Name, func(_ *run, v *claims) *model.Claim { return v.found })
	})
	return func(x *run, _ root) bool {
		t := table.in(x)
		if t.err != nil {
			return x.fail(t.err)
		}
		return o.write(x, t)
	}
}
