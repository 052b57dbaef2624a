// Command bench measures the frozen store against what it replaces, and prints
// a table:
//
//	go run ./cmd/bench              # all rows, on a graph of 1M quads, medians of ten
//	go run ./cmd/bench -rows edges  # one of: build nquads memory peak edges start allocations cores growth scale
//
// The sides of a row are measured in one run, in turns, so that a busy machine
// slows all of them: the ratios are to be trusted, the times are not. Memory is
// measured in a process of its own for each size. The row scale measures the
// program itself: what each verb takes on the real data and on 5M quads.
package main
