package model

import (
	"errors"
	"io"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

// A scalar field of the schema is told once: by the method of its name, without
// parameters, of the type that stands for its object here. gqlgen binds it for
// the resolvers, and a plan finds it by the same rule (scalar.go of package
// plan). The method's type says how the value is written: see there.

// Row is a thing in a batch of the Reader.
type Row[B any] struct {
	Batch *B
	At    int
}

// Index returns which row it is.
func (r Row[B]) Index() int { return r.At }

// Stated is a text that is null where it is empty: what the source does not
// state.
type Stated string

// MarshalStated writes a text that may be missing.
func MarshalStated(s Stated) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(string(s))
}

// MarshalNumber writes a count: an Int of 32 bits.
func MarshalNumber(n int) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Itoa(int(int32(n)))) })
}

var errOnlyAnswers = errors.New("no argument has this type")

// UnmarshalStated is what gqlgen asks for beside MarshalStated.
func UnmarshalStated(any) (Stated, error) { return "", errOnlyAnswers }

// UnmarshalNumber is what gqlgen asks for beside MarshalNumber.
func UnmarshalNumber(any) (int, error) { return 0, errOnlyAnswers }

// objectsOf returns the objects of some things.
func objectsOf[T, O any](all []T, of func(*T) O) []O {
	objects := make([]O, len(all))
	for i := range all {
		objects[i] = of(&all[i])
	}
	return objects
}

// optional returns nil for what is not stated, the zero value of its type.
func optional[T comparable](v T) *T {
	var notStated T
	if v == notStated {
		return nil
	}
	return &v
}
