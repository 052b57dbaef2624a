// Package diff says what differs between two versions of a graph, by meaning
// and not by line: a researcher who changed a file, or a reviewer who was sent
// one, reads which concepts came, went and changed, what is claimed of them
// now that was not before, and where a claim is found that has moved.
//
//	before ┐            ┌ Text      for a terminal
//	       ├─ Compare ─▶ Diff ─ Markdown  for a pull request
//	after  ┘            └ JSON      for a program
//
// Things are the same thing if they have the same id. The id of a statement
// does not follow from its modality, frequency, note and the like, so that a
// correction of these is a change, from what to what. It does follow from the
// claim and its source; what is left without a partner of the same id is
// therefore compared once more, by claim:
//
//   - A claim (subject, predicate, object, negated, stage, context) that is made
//     elsewhere now, in another source, section or place, has [Moved]; if its
//     modality or anything else is another, too, it has [Changed].
//   - What the same source says of the same two things, but now negated, of
//     another stage or in another context, is [Changed].
//
// Such partners are found only where there is one candidate on each side.
// Where there are several, one statement is removed and another is added:
// that is always true. A concept that was removed and one that was added with
// the same exact code or name may be one thing with a new id; [Diff.Renames]
// lists them, and claims nothing.
//
// [Compare] takes time and memory in proportion to the graphs, and a Diff is
// empty exactly if both have the same version.
package diff
