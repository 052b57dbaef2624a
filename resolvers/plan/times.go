package plan

import "time"

// Times is what an operation spent its time on, in the order in which it did.
// Whoever hands it in owns it and may use it again: Began and From are set by the
// owner, Levels are filled. A nil *Times notes nothing.
type Times struct {
	Began time.Time
	// From is when the first level begins, counted from Began. To ask for the time
	// takes 40 to 100 ns: the owner has just done so.
	From   time.Duration
	Levels []Level
	noted  time.Duration // up to where, from Began
}

// Level is the time that went into one place of the answer.
type Level struct {
	// Place is the path of field names from the root, "concepts.nodes.causes", or
	// one of the two words below, which are no fields. It holds nothing that a
	// client chose: neither aliases nor arguments.
	Place string
	// Field is the root field that the place belongs to; empty for those two.
	Field string
	// From and To are counted from Times.Began.
	From, To time.Duration
	// Rows is how many things were found or read there, or how many objects were
	// written: 0 for what is only counted, and for what the resolvers do.
	Rows int
}

// The places that are no fields: writing the answer, once all is read, and what
// is left to the resolvers.
const (
	PlaceWrite   = "(write)"
	PlaceResolve = "(resolve)"
)

// Took returns how long the level took.
func (l *Level) Took() time.Duration { return l.To - l.From }

// Begin forgets the operation before.
func (t *Times) Begin() {
	if t != nil {
		t.Levels, t.noted = t.Levels[:0], t.From
	}
}

// Resolved notes what the resolvers did since the level before.
func (t *Times) Resolved() { t.note(PlaceResolve, "", 0) }

func (t *Times) note(place, field string, rows int) {
	if t != nil {
		now := time.Since(t.Began)
		t.Levels = append(t.Levels, Level{place, field, t.noted, now, rows})
		t.noted = now
	}
}
