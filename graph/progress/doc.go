// Package progress lets long work say how far it is, to whoever watches.
//
// Work does not know who that is, or whether there is anybody. It begins a
// [Stage], counts, and ends it:
//
//	stage := progress.Begin(ctx, "indexing", "concepts", n)
//	defer stage.End()
//	for … { stage.Add(1) }
//
// Whoever wants to know gives the work a context made by [Watch], and looks at
// the stages in their own time: to count is to add to one number, so that work
// is not slowed down, and without a watcher it is not even that.
//
// What flows through a stage is counted by [Stage.Reader] and [Stage.Writer].
// They fail once the context is done: so the work around them can be
// interrupted, whatever library does the reading and writing.
package progress
