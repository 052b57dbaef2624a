// Package server serves a graph over HTTP.
//
// [New] joins the parts into one handler: GraphQL at /graphql, as the
// GraphQL-over-HTTP specification asks
// (https://graphql.github.io/graphql-over-http/draft/), the playground at /,
// /healthz, /readyz and /metrics, and the middleware around them, whose order is
// written there once. [Serve] runs a handler on a listener until its context
// ends, and then stops without losing a request. What is told of requests is
// package telemetry's.
package server
