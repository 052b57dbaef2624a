package graph

import (
	"context"
	"errors"
)

// ErrSpent is the error of a [Meter] of which more was spent than allowed.
var ErrSpent = errors.New("more had to be looked at than allowed")

// Meter is a context that counts what is done for one question, and is done itself
// once that is more than allowed: its error is [ErrSpent] then. Who reads or walks
// tells it by [Spend]; it counts in steps, each about as much work as reading one
// link, some 20 ns. It belongs to one goroutine.
type Meter struct {
	context.Context
	allowed, spent int
}

// Begin starts to count anew, in a context.
func (m *Meter) Begin(ctx context.Context, allowed int) {
	m.Context, m.allowed, m.spent = ctx, allowed, 0
}

// Spent is how many steps were taken.
func (m *Meter) Spent() int { return m.spent }

// Err is [ErrSpent] or the error of the context.
func (m *Meter) Err() error {
	if m.spent > m.allowed {
		return ErrSpent
	}
	return m.Context.Err()
}

// Spend tells of work, in steps of [Meter], and returns the error of the context: who
// has a long way to go asks at least every few thousand steps. In a context that is
// no Meter nothing is counted.
func Spend(ctx context.Context, steps int) error {
	if m, ok := ctx.(*Meter); ok {
		m.spent += steps
	}
	return ctx.Err()
}
