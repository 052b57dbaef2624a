package graph

import "errors"

// ErrInvalid marks a question that cannot be asked: a window with a negative
// size, a direction, an order or a predicate that does not exist. It is wrapped
// with what is wrong.
var ErrInvalid = errors.New("invalid question")

// ErrUnreadable marks a store whose content is not a graph of ours: a quad
// that the encoding does not know, a statement without its record. It is
// wrapped with the quad that failed.
var ErrUnreadable = errors.New("unreadable store")
