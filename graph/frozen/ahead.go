package frozen

import "iter"

// runner is a sequence that runs in a goroutine of its own, some thousand items
// ahead of who reads it.
type runner[T any] struct {
	full, used chan []T
	stopped    chan struct{}
}

// ahead starts a sequence, which stop ends.
func ahead[T any](items iter.Seq[T]) *runner[T] {
	r := &runner[T]{make(chan []T, 4), make(chan []T, 4), make(chan struct{})}
	go r.run(items)
	return r
}

func (r *runner[T]) run(items iter.Seq[T]) {
	defer close(r.full)
	next := r.batch()
	for item := range items {
		if next = append(next, item); len(next) < cap(next) {
			continue
		}
		if !r.send(next) {
			return
		}
		next = r.batch()
	}
	r.send(next)
}

// batch returns memory that was used before, if there is any.
func (r *runner[T]) batch() []T {
	select {
	case batch := <-r.used:
		return batch[:0]
	default:
		return make([]T, 0, 1024)
	}
}

func (r *runner[T]) send(batch []T) bool {
	select {
	case r.full <- batch:
		return true
	case <-r.stopped:
		return false
	}
}

// all is the sequence. An item is valid until the next one.
func (r *runner[T]) all(yield func(*T) bool) {
	for batch := range r.full {
		for i := range batch {
			if !yield(&batch[i]) {
				return
			}
		}
		select {
		case r.used <- batch:
		default:
		}
	}
}

// stop ends the goroutine. It must be called once.
func (r *runner[T]) stop() { close(r.stopped) }
