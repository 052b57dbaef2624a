// Package graph holds the words of Plexus: what a health knowledge graph is
// made of, and how one is asked.
//
// A [Concept] is a thing with an id: a condition, a symptom, a treatment, a
// test. A [Statement] is one sourced claim about it: subject, predicate,
// object, and the qualifiers that say how firmly, how often, in which stage
// and by whom it is held. Two sources that claim the same make two
// statements. A link is the pair (predicate, other concept) with all the
// statements that support it; links are what a reader walks along.
//
// A [Dataset] is everything that was read, in one canonical order:
//
//	seed files, N-Quads ──▶ Dataset ──▶ a store ──▶ Reader ──▶ answers
//
// A [Reader] answers questions about one immutable version of it. Things are
// named by an [ID] outside and by a [Ref], a small integer, inside: ids are
// resolved once, at the edge, and every other question takes many refs and
// fills a batch of columns that the caller owns and may reuse. The order of
// refs is the default order of lists (concepts by name, statements by
// source), so an ordered answer is a sorted slice of integers.
//
// Three answers are kept apart everywhere: stated, stated as not so
// ([Statement].Negated) and not stated. Nothing here turns silence into "no",
// and no qualifier is ever dropped: an absent modality is [ModalityNotStated],
// never [Asserted].
//
// The package knows no file format, no GraphQL and no quad store, and imports
// the standard library only. Package quads turns a Dataset into quads and
// back; package cayley answers as a Reader from a Cayley quad store; package
// graphtest holds the suite that every Reader passes.
package graph
