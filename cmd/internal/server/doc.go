// Package server serves a graph over HTTP.
//
// [New] joins the parts into one handler: GraphQL at /graphql, as the
// GraphQL-over-HTTP specification asks
// (https://graphql.github.io/graphql-over-http/draft/), /healthz, /readyz, /metrics
// and the routes of [Config]. A [Route] says by its [Class] what a request passes
// before its handler: the order of all that is written once, in admission.go.
// [Serve] runs a handler on a listener until its context ends, and then stops
// without losing a request. What is told of requests is package telemetry's.
package server
