// Package graphtest holds what tests of a graph need: a second opinion, a
// suite, and graphs to ask.
//
// [Naive] is a graph.Reader that loops over the slices of a Dataset. It is too
// slow to serve and too simple to be wrong, so that it can be the judge of the
// others.
//
// [TestReader] is the suite that every Reader passes, in three lines of the
// Reader's own test:
//
//	func TestReader(t *testing.T) {
//		graphtest.TestReader(t, open) // open builds the Reader from a Dataset
//	}
//
// It asks about one small graph ([Small], drawn in its comment), whose answers
// are written by hand, one rule of the contract after the other; then it puts
// random questions to random graphs and wants the answers of Naive. A bug found
// in a Reader becomes a case here, not in the Reader's own test.
//
// [Random] makes the small graphs: nasty ones, in which names are equal,
// sources contradict each other, links lead back to where they came from and
// codes are shared. [Large] makes the big ones, of any number of quads, with
// the shares, degrees and texts of real data, for benchmarks. Both give the
// same graph for the same seed, and nothing in either is invented medicine to
// be relied on.
package graphtest
