// Service is the peer that somebody would write by hand with gqlgen: over
// PostgreSQL with pgx and data loaders (-db), or over plain Go memory (-mem).
package main

import (
	"context"
	"flag"
	"log"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/vektah/gqlparser/v2/ast"

	"peers/gosvc/graph"
)

func main() {
	db := flag.String("db", "", "postgres dsn")
	mem := flag.String("mem", "", "data dir for the in-memory store")
	addr := flag.String("addr", "127.0.0.1:5700", "")
	wait := flag.Duration("wait", time.Millisecond, "dataloader batch window")
	flag.Parse()
	var st graph.Store
	with := func(c context.Context) context.Context { return c }
	if *mem != "" {
		t := time.Now()
		m, err := graph.NewMem(*mem)
		if err != nil {
			log.Fatal(err)
		}
		log.Printf("mem loaded in %v", time.Since(t))
		st = m
	} else {
		cfg, err := pgxpool.ParseConfig(*db)
		if err != nil {
			log.Fatal(err)
		}
		cfg.MaxConns = 20
		p, err := pgxpool.NewWithConfig(context.Background(), cfg)
		if err != nil {
			log.Fatal(err)
		}
		pg := &graph.PG{P: p, Wait: *wait}
		st, with = pg, pg.With
	}
	h := handler.New(graph.NewExecutableSchema(graph.Config{Resolvers: &graph.Resolver{S: st}}))
	h.AddTransport(transport.POST{})
	h.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	http.Handle("/graphql", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r.WithContext(with(r.Context()))) }))
	log.Println("ready")
	log.Fatal(http.ListenAndServe(*addr, nil))
}
