// Package join finds which concepts of a data set are one thing, and makes one
// concept of them.
//
// Data sets name the same thing by ids of their own: epilepsy is epilepsy,
// DOID:1826 and MONDO:0005027. Some of them say so, by skos:exactMatch or by a
// code that they mark as exact. [Find] takes that at its word as far as it can be
// taken, and says of every match that it does not follow why. [Join] follows, and
// [Apart] gives back what was written.
//
// # What is a match
//
//   - A statement of skos:exactMatch between two concepts, and a code that a
//     concept marks as exact and that is another concept's id: [ByID].
//   - A code that two concepts mark as exact and that is nobody's id, of a
//     vocabulary in which one code is one thing ([graph.Vocabulary]): [ByCode]. Two
//     diseases that are billed by one code of ICD-10 are still two.
//
// Close, broad, narrow and related matches are none, and neither is a match that
// its source limits, doubts or remarks on, or that is taken back.
//
// # What keeps two concepts apart
//
// Each has a reason, a [graph.JoinRefusal]. Where two matches contradict each other,
// the weaker gives way; where they are equally strong, both do: what is joined
// wrongly tells a reader that the treatment of one disease is that of another.
//
// The result depends on nothing but the data: not on the order of files, of
// concepts, or of statements.
package join
