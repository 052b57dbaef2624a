package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// Store is implemented by the Postgres (pgx+dataloader) and the in-memory store.
type Store interface {
	Condition(ctx context.Context, key string) (*Condition, error)
	Symptom(ctx context.Context, key string) (*Symptom, error)
	Conditions(ctx context.Context, first, offset int, byName, narrow bool) ([]*Condition, error)
	Search(ctx context.Context, q string, first int) ([]*SearchHit, error)
	CondSymptoms(ctx context.Context, id int32, first int, narrow bool) ([]*Symptom, error)
	CondTests(ctx context.Context, id int32, first int, narrow bool) ([]*Test, error)
	CondTreatments(ctx context.Context, id int32, first int, narrow bool) ([]*Treatment, error)
	CondSymptomLinks(ctx context.Context, id int32, first int) ([]*SymptomLink, error)
	SympConditions(ctx context.Context, id int32, first int, narrow bool) ([]*Condition, error)
	SympTests(ctx context.Context, id int32, first int, narrow bool) ([]*Test, error)
}

type Resolver struct{ S Store }

// narrow: only key/name (and nested links) are asked for, so the store may skip the wide columns.
func narrow(ctx context.Context) bool {
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		switch f.Name {
		case "description", "code", "category", "year", "synonyms":
			return false
		}
	}
	return true
}

func (r *conditionResolver) Symptoms(ctx context.Context, o *Condition, first int) ([]*Symptom, error) {
	return r.S.CondSymptoms(ctx, o.ID, first, narrow(ctx))
}

func (r *conditionResolver) Tests(ctx context.Context, o *Condition, first int) ([]*Test, error) {
	return r.S.CondTests(ctx, o.ID, first, narrow(ctx))
}

func (r *conditionResolver) Treatments(ctx context.Context, o *Condition, first int) ([]*Treatment, error) {
	return r.S.CondTreatments(ctx, o.ID, first, narrow(ctx))
}

func (r *conditionResolver) SymptomLinks(ctx context.Context, o *Condition, first int) ([]*SymptomLink, error) {
	return r.S.CondSymptomLinks(ctx, o.ID, first)
}

func (r *queryResolver) Condition(ctx context.Context, key string) (*Condition, error) {
	return r.S.Condition(ctx, key)
}

func (r *queryResolver) Symptom(ctx context.Context, key string) (*Symptom, error) {
	return r.S.Symptom(ctx, key)
}

func (r *queryResolver) Conditions(ctx context.Context, first, offset int, ob Order) ([]*Condition, error) {
	return r.S.Conditions(ctx, first, offset, ob == OrderName, narrow(ctx))
}

func (r *queryResolver) Search(ctx context.Context, q string, first int) ([]*SearchHit, error) {
	return r.S.Search(ctx, q, first)
}

func (r *symptomResolver) Conditions(ctx context.Context, o *Symptom, first int) ([]*Condition, error) {
	return r.S.SympConditions(ctx, o.ID, first, narrow(ctx))
}

func (r *symptomResolver) Tests(ctx context.Context, o *Symptom, first int) ([]*Test, error) {
	return r.S.SympTests(ctx, o.ID, first, narrow(ctx))
}
func (r *Resolver) Condition() ConditionResolver { return &conditionResolver{r} }
func (r *Resolver) Query() QueryResolver         { return &queryResolver{r} }
func (r *Resolver) Symptom() SymptomResolver     { return &symptomResolver{r} }

type (
	conditionResolver struct{ *Resolver }
	queryResolver     struct{ *Resolver }
	symptomResolver   struct{ *Resolver }
)
