// Peers measures Plexus against other GraphQL services on the same data: a
// hand-written service of gqlgen, pgx and data loaders on PostgreSQL, the same
// over plain Go memory (the floor of what gqlgen does without a plan), and
// PostGraphile.
//
//	go run ./cmd/bench/peers                           # Plexus and gqlgen over memory
//	go run ./cmd/bench/peers -peers memory,pgx,postgraphile
//
// It makes the data (50,000 concepts and a million links, always the same),
// builds and starts every service on loopback, compares their answers, and only
// then measures: each query with 1, 16 and 64 connections, the services in turn
// within one run, since a busy machine slows down all of them alike. The main
// figure is the processor time of all processes of a service, in seconds per
// 1,000 requests.
//
// PostgreSQL (pgx, postgraphile) is Debian's, run from a folder of its own as
// its own user; PostGraphile is npm's. Everything ends with the program.
package main
