package graph

import (
	"context"
	"fmt"
	"time"

	"github.com/graph-gophers/dataloader/v7"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type PG struct {
	P    *pgxpool.Pool
	Wait time.Duration
}
type lk struct {
	id     int32
	first  int
	narrow bool
}
type Loaders struct {
	cs *dataloader.Loader[lk, []*Symptom]
	ct *dataloader.Loader[lk, []*Test]
	cr *dataloader.Loader[lk, []*Treatment]
	cl *dataloader.Loader[lk, []*SymptomLink]
	sc *dataloader.Loader[lk, []*Condition]
	st *dataloader.Loader[lk, []*Test]
}
type ctxKey struct{}

const (
	full = "%[1]s.id,%[1]s.key,%[1]s.name,%[1]s.description,%[1]s.code,%[1]s.category,%[1]s.year,%[1]s.synonyms"
	slim = "%[1]s.id,%[1]s.key,%[1]s.name"
)

func cols(narrow bool, a string) string {
	if narrow {
		return fmt.Sprintf(slim, a)
	}
	return fmt.Sprintf(full, a)
}

func dst(b *Base, narrow bool) []any {
	if narrow {
		return []any{&b.ID, &b.Key, &b.Name}
	}
	return []any{&b.ID, &b.Key, &b.Name, &b.Description, &b.Code, &b.Category, &b.Year, &b.Synonyms}
}

func hop[T any](s *PG, link, from, to, table string, base func(*T) *Base) dataloader.BatchFunc[lk, []*T] {
	return func(ctx context.Context, keys []lk) []*dataloader.Result[[]*T] {
		res := make([]*dataloader.Result[[]*T], len(keys))
		type g struct {
			first  int
			narrow bool
		}
		groups := map[g][]int{}
		for i, k := range keys {
			x := g{k.first, k.narrow}
			groups[x] = append(groups[x], i)
			res[i] = &dataloader.Result[[]*T]{Data: []*T{}}
		}
		for x, idx := range groups {
			ids := make([]int32, len(idx))
			at := make(map[int32]int, len(idx))
			for j, i := range idx {
				ids[j] = keys[i].id
				at[keys[i].id] = i
			}
			sql := "select p.id," + cols(x.narrow, "t") + " from unnest($1::int[]) p(id) cross join lateral (select " + cols(x.narrow, "e") +
				" from " + link + " l join " + table + " e on e.id=l." + to + "_id where l." + from + "_id=p.id order by l." + to + "_id limit $2) t"
			rows, err := s.P.Query(ctx, sql, ids, x.first)
			if err == nil {
				var pid int32
				for rows.Next() {
					v := new(T)
					if err = rows.Scan(append([]any{&pid}, dst(base(v), x.narrow)...)...); err != nil {
						break
					}
					r := res[at[pid]]
					r.Data = append(r.Data, v)
				}
				rows.Close()
				if err == nil {
					err = rows.Err()
				}
			}
			if err != nil {
				for _, i := range idx {
					res[i].Error = err
				}
			}
		}
		return res
	}
}

func (s *PG) links(ctx context.Context, keys []lk) []*dataloader.Result[[]*SymptomLink] {
	res := make([]*dataloader.Result[[]*SymptomLink], len(keys))
	at := map[int32]int{}
	ids := make([]int32, len(keys))
	for i, k := range keys {
		res[i] = &dataloader.Result[[]*SymptomLink]{Data: []*SymptomLink{}}
		ids[i] = k.id
		at[k.id] = i
	}
	rows, err := s.P.Query(ctx, `select p.id,t.* from unnest($1::int[]) p(id) cross join lateral (select y.id,y.key,y.name,s.id,s.key,s.name,l.section,l.certainty from condition_symptom l join symptom y on y.id=l.symptom_id join source s on s.id=l.source_id where l.condition_id=p.id order by l.symptom_id limit $2) t`, ids, keys[0].first)
	if err == nil {
		var pid int32
		for rows.Next() {
			y, so, l := new(Symptom), new(Source), new(SymptomLink)
			l.Symptom, l.Source = y, so
			if err = rows.Scan(&pid, &y.ID, &y.Key, &y.Name, &so.ID, &so.Key, &so.Name, &l.Section, &l.Certainty); err != nil {
				break
			}
			r := res[at[pid]]
			r.Data = append(r.Data, l)
		}
		rows.Close()
		if err == nil {
			err = rows.Err()
		}
	}
	if err != nil {
		for i := range res {
			res[i].Error = err
		}
	}
	return res
}

func mk[T any](w time.Duration, f dataloader.BatchFunc[lk, []*T]) *dataloader.Loader[lk, []*T] {
	return dataloader.NewBatchedLoader(f, dataloader.WithWait[lk, []*T](w), dataloader.WithBatchCapacity[lk, []*T](2000))
}

// NewLoaders makes one set of loaders per request.
func (s *PG) With(ctx context.Context) context.Context {
	l := &Loaders{
		cs: mk(s.Wait, hop(s, "condition_symptom", "condition", "symptom", "symptom", func(x *Symptom) *Base { return &x.Base })),
		ct: mk(s.Wait, hop(s, "condition_test", "condition", "test", "test", func(x *Test) *Base { return &x.Base })),
		cr: mk(s.Wait, hop(s, "condition_treatment", "condition", "treatment", "treatment", func(x *Treatment) *Base { return &x.Base })),
		sc: mk(s.Wait, hop(s, "condition_symptom", "symptom", "condition", "condition", func(x *Condition) *Base { return &x.Base })),
		st: mk(s.Wait, hop(s, "symptom_test", "symptom", "test", "test", func(x *Test) *Base { return &x.Base })),
		cl: mk(s.Wait, s.links),
	}
	return context.WithValue(ctx, ctxKey{}, l)
}
func ld(ctx context.Context) *Loaders { return ctx.Value(ctxKey{}).(*Loaders) }

func one[T any](ctx context.Context, s *PG, table, key string, base func(*T) *Base) (*T, error) {
	v := new(T)
	err := s.P.QueryRow(ctx, "select "+cols(false, "e")+" from "+table+" e where key=$1", key).Scan(dst(base(v), false)...)
	if err == pgx.ErrNoRows {
		return nil, nil
	}
	return v, err
}

func (s *PG) Condition(ctx context.Context, key string) (*Condition, error) {
	return one(ctx, s, "condition", key, func(x *Condition) *Base { return &x.Base })
}

func (s *PG) Symptom(ctx context.Context, key string) (*Symptom, error) {
	return one(ctx, s, "symptom", key, func(x *Symptom) *Base { return &x.Base })
}

func (s *PG) Conditions(ctx context.Context, first, offset int, byName, narrow bool) ([]*Condition, error) {
	o := "id"
	if byName {
		o = "name"
	}
	rows, err := s.P.Query(ctx, "select "+cols(narrow, "e")+" from condition e order by "+o+" limit $1 offset $2", first, offset)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	r := []*Condition{}
	for rows.Next() {
		v := new(Condition)
		if err := rows.Scan(dst(&v.Base, narrow)...); err != nil {
			return nil, err
		}
		r = append(r, v)
	}
	return r, rows.Err()
}

func (s *PG) Search(ctx context.Context, q string, first int) ([]*SearchHit, error) {
	rows, err := s.P.Query(ctx, "select key,kind,name from search_doc where tsv @@ plainto_tsquery('simple',$1) order by name limit $2", q, first)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	r := []*SearchHit{}
	for rows.Next() {
		v := new(SearchHit)
		if err := rows.Scan(&v.Key, &v.Kind, &v.Name); err != nil {
			return nil, err
		}
		r = append(r, v)
	}
	return r, rows.Err()
}

func (s *PG) CondSymptoms(ctx context.Context, id int32, first int, n bool) ([]*Symptom, error) {
	return ld(ctx).cs.Load(ctx, lk{id, first, n})()
}

func (s *PG) CondTests(ctx context.Context, id int32, first int, n bool) ([]*Test, error) {
	return ld(ctx).ct.Load(ctx, lk{id, first, n})()
}

func (s *PG) CondTreatments(ctx context.Context, id int32, first int, n bool) ([]*Treatment, error) {
	return ld(ctx).cr.Load(ctx, lk{id, first, n})()
}

func (s *PG) CondSymptomLinks(ctx context.Context, id int32, first int) ([]*SymptomLink, error) {
	return ld(ctx).cl.Load(ctx, lk{id, first, false})()
}

func (s *PG) SympConditions(ctx context.Context, id int32, first int, n bool) ([]*Condition, error) {
	return ld(ctx).sc.Load(ctx, lk{id, first, n})()
}

func (s *PG) SympTests(ctx context.Context, id int32, first int, n bool) ([]*Test, error) {
	return ld(ctx).st.Load(ctx, lk{id, first, n})()
}
