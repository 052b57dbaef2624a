// Package resolvers answers GraphQL operations from a graph.Reader.
//
// The root fields are methods here, in query.resolvers.go; the fields of
// objects are methods of the types in package model. An [Executor] runs
// operations against the schema that gqlgen generated, and pins one version of
// the graph to each, so that an answer never mixes two:
//
//	operation ─pin→ one graph.Reader ─root field→ model.View ─fields→ JSON
//	                                └─plan──────────────────────────→ JSON
//
// What is written for readers is slow to run: a call, a context and a look into
// the store for every field. So an operation is answered by its plan (package
// plan), compiled once and proven equal to the byte; the resolvers answer what
// plans do not cover, and are the reference (Config.Unplanned).
//
// errors.go is the only place that knows how an error is shown: a fault of the
// request with its code, anything else as an internal error with the request's
// id, its cause reported once.
package resolvers
