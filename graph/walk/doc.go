// Package walk finds out how the things of a health knowledge graph hang
// together, for those who ask and want reasons.
//
// A reader of the graph starts from what is there, one link at a time:
// [graph.Reader] answers that. What takes more than one look is here, built on
// Reader alone, so that it is the same on every store:
//
//	Hierarchy           all that is broader or narrower
//	SameAs, Links       the same thing under several ids; links gathered over narrower and same things
//	List, Selection     concepts chosen by kind, source, name and the links they have or lack
//	Paths, Explain      how two things are connected, and a sentence that says so
//	Rank                which conditions fit some findings, with the reasons for and against
//	Neighbourhood       what surrounds a concept, small enough to draw
//
// Four rules hold everywhere.
//
//   - What is asked for is read a level or a batch at a time, never a concept
//     at a time, and the context is asked before each batch.
//   - The same question to the same version gives the same answer, in the same
//     order. Where scores or counts are equal, the default order of the graph
//     decides.
//   - A link whose statements are all denials is not walked, counted or listed,
//     unless a question names denials. Silence is never read as a denial.
//   - What is bounded says so: an answer that is not whole has Complete false.
//
// Nothing here is medical advice. The scores of [Paths] and [Rank] order lists;
// they are no probabilities, and none of them says what anybody has.
package walk
