// Package limits says how large a GraphQL request may be.
//
// A public endpoint runs documents that anybody wrote. Five moments matter, and
// each has its check:
//
//   - Before the JSON of a request is parsed: [Limits.CheckRequest] reads its text.
//   - Before a document is validated: [Limits.Document] reads it and looks at its
//     size and shape. Validation takes time quadratic in repeated fields and
//     cannot be stopped, so this has to come first. It takes time linear in the
//     document, however its fragments refer to each other, circles included.
//   - When the variables are there: [Limits.CheckVariables] looks at what they hold.
//   - Before a valid operation is run: [Cost] says how many objects the answer
//     may hold, page by page, from the sizes of the pages that are asked for.
//   - While it is answered: what is looked at for it is counted (graph.Meter), since
//     nobody knows before how much that is who walks a hierarchy or searches for
//     paths. An operation that spends more than allowed ends there.
//
// Every refusal is an [*Exceeded], which says what there is too much of, how
// much there is, and how much is allowed.
//
// # What a refusal costs
//
// Of a whole request in the handler of the server, with its JSON and the answer,
// the first time and when the verdict is known; on two shared cores, the least of
// four runs (go test -bench Refusals ./cmd/plexus):
//
//	                              first   allocations      known   allocations
//	a plain query, answered                               14 µs       71
//	10,000 copies of a field     1.6 ms     6,112        0.30 ms     198
//	900 unknown fields           2.0 ms    13,133         54 µs       91
//	300 lists deep in each other  1.3 ms     3,402         27 µs       74
//	a name of 63,000 letters     0.8 ms        99        0.48 ms      77
//	9,900 conflicting pairs      0.5 ms     3,277         32 µs       78
//	300 aliases                  0.5 ms     1,605         45 µs       76
//	a fragment bomb              0.1 ms       728         23 µs       78
//	a page product                54 µs       476         13 µs       86
//	circular fragments            20 µs       115         13 µs       74
//	100 KB of keys or variables                           40 µs       71
//	a body of 2 MB, a batch, a form, a GET mutation       12 µs       71
//
// Before there were limits the first took 15 s, and before the JSON was looked at
// 1 MB of it took 40 to 160 ms.
package limits
