package model

import (
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// Serving is what a running server says of itself beside the graph. It is
// pinned to a request together with the version, so that two fields of one
// answer agree; but it may change while the version stays the same. An answer
// that shows it must not be cached under the version alone.
type Serving struct {
	// Since is when the server took up what it serves.
	Since time.Time
	// LastReload is its last attempt to take something else, nil if there was
	// none.
	LastReload *Reload
}

// Reload is an attempt of a running server to take new data.
type Reload struct {
	// At is when it ended.
	At time.Time
	// OK says whether the new data is served.
	OK bool
	// Version is that of the new data, nil if it has none because it is faulty.
	Version *string
	// Message says what is wrong with the new data, nil if nothing is. Whoever may
	// ask the graph reads it: it names no path of the machine.
	Message *string
}

// LastReload is the last reload: its scalars.
type LastReload struct{ of *Reload }

func (r LastReload) At() time.Time    { return r.of.At }
func (r LastReload) OK() bool         { return r.of.OK }
func (r LastReload) Version() *string { return r.of.Version }
func (r LastReload) Message() *string { return r.of.Message }

// LoadedAt resolves the field loadedAt.
func (d *Dataset) LoadedAt() *time.Time {
	if d.view.serving == nil {
		return nil
	}
	return &d.view.serving.Since
}

// LastReload resolves the field lastReload.
func (d *Dataset) LastReload() *LastReload {
	if d.view.serving == nil || d.view.serving.LastReload == nil {
		return nil
	}
	return &LastReload{d.view.serving.LastReload}
}

// MarshalMoment writes a moment as RFC 3339 does, in UTC and to the second.
func MarshalMoment(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.RFC3339)))
	})
}

// UnmarshalMoment is what gqlgen asks for beside it: no argument is a moment.
func UnmarshalMoment(any) (time.Time, error) { return time.Time{}, errOnlyAnswers }
