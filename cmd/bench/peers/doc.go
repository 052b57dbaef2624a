// Peers measures Plexus against other GraphQL services on the same data: a
// hand-written service of gqlgen, pgx and data loaders on PostgreSQL,
// PostGraphile, Dgraph, and the hand-written service over plain Go memory. That
// last one is no database but the floor of what gqlgen does without a plan; it is
// shown beside the others and never counts as the best of them.
//
//	go run ./cmd/bench/peers                           # Plexus and gqlgen over memory
//	go run ./cmd/bench/peers -peers memory,pgx,postgraphile,dgraph
//
// It makes the data (50,000 concepts and a million links, always the same),
// builds and starts every service on loopback, compares all their answers, and
// only then measures: each query with 1, 16 and 64 connections, in several
// rounds, the services in turn, since a busy machine slows down all of them
// alike; of each figure the median of the rounds counts. What it finds is printed
// in the end as tables in Markdown. A peer whose answers to a query differ is not
// measured with it, and the tables say so.
//
// The main figure is the processor time of all processes of a service, in
// seconds per 1,000 requests: by the kernel's clock of each process, in
// nanoseconds, and in ticks of 10 ms for children that have ended. Memory is what
// the processes have in proportion to how many share it; the two peers on
// PostgreSQL share one, which counts for each.
//
// Requests go over raw connections that are kept, with the same headers for
// all: the client of net/http takes as much processor time as the services. Every
// answer must have the status 200 and the size of the one that was found equal.
//
// Latency is compared pair by pair: Plexus and the database that needs the
// least processor time for the query, then Plexus and the floor, both at half of
// the most requests a second that the slower of the two answered. Requests are
// due at the moments of a Poisson process, the same for both, over as many
// connections as the largest number asked for. A latency counts from when the
// pacer handed the request out: waiting for a free connection counts, that the
// pacer was woken late does not.
//
// PostgreSQL (pgx, postgraphile) is Debian's, run from a folder of its own as
// its own user; PostGraphile is npm's; Dgraph is built from its Go module, which
// takes some minutes the first time, and its loader needs 7 GB of memory for a
// million links and a few minutes. All of them listen on free ports of loopback,
// and everything ends with the program.
package main
