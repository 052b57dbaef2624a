// Package cayley answers as a graph.Reader from any Cayley quad store, through
// Cayley's public API only.
//
// A store is filled once with [Load], opened with [Open], and not written to
// again. Open reads every quad, checks that they are what quads.Encode writes,
// and numbers the things in canonical order. What it keeps is the way back
// into the store: handles of things, of the quads that are statements, of
// predicates; ids and codes, to resolve; the kinds of concepts, to list. The
// contents (links, qualifiers, names, codes, values) stay in the store and are
// read from there by every call, with the calls of Cayley that are both fast
// and safe to make at the same time on a store that nobody writes:
//
//	QuadIterator(direction, node) ─▶ quads ─▶ QuadDirection ─▶ nodes ─▶ NameOf
//
// Cayley's iterators over all quads or nodes are not: they are used in Open
// only. Cayley also ends an iteration silently when a context is cancelled, so
// every loop here asks the context itself.
//
// The package is the one that runs on stores of others and shows that the
// encoding is enough to answer from. It is not the fastest Reader.
package cayley
