// Package model holds the Go types behind the types of the GraphQL schema:
// concepts, statements, links, sources, and their fields as methods.
//
// gqlgen binds every type and input of schema/*.graphqls to a type here (see
// gqlgen.yml), so that a field such as causes, which eleven kinds of concept
// share, is one method. A scalar field is a method without parameters, told once:
// the plans of package plan find it as gqlgen does (scalars.go). A field that needs
// a further look at the graph asks the [graph.Reader] of its [View].
//
// This is the readable way to answer: each object asks for itself. It is the
// reference for any planned execution.
package model
