package frozen

import "github.com/cayleygraph/quad"

// WithoutLabel returns a view of qs without the quads of a label, and what makes
// it the view of qs as it is then.
func (qs *QuadStore) WithoutLabel(label quad.Value) (view *QuadStore, update func()) {
	view = &QuadStore{prefixes: qs.prefixes, readOnly: true}
	update = func() {
		v := qs.current.Load()
		left := newLeftOut(v.tables)
		if id := v.find(label); id != 0 {
			left.node(v.tables, id)
		}
		view.current.Store(v.without(left))
	}
	update()
	return view, update
}
