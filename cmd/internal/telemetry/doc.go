// Package telemetry tells an operator what a server does: metrics for
// Prometheus, a trace of each operation for OpenTelemetry, a line in the log for
// each request and for each operation that took long.
//
// The server fills a [Request] while it works on one, which is little more than
// to read the clock. What is told of it is made once it is over, by
// [Observer.End], and only as far as somebody listens.
//
// What clients choose becomes a label a hundred times at most: operation names are
// counted up to a bound, and all others as one. Documents and variables are told
// nowhere, since what somebody asks about health is nobody's business; a slow
// operation is known by the hash of its document. Only the log of requests names
// the client's address.
package telemetry
