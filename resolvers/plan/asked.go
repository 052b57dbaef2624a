package plan

import (
	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// askedTable is what a question gave that was asked of all concepts of a place
// at once: a page of a list for each.
type askedTable struct {
	concepts []graph.Ref // of whom it was asked, NoRef where it was not
	ids      []string
	err      error   // of the question, for every concept
	faults   []error // of single concepts; nil if there is none
	paging   *model.Paging
	window   graph.Window
	start    []uint32 // of the items of each page
	totals   []int

	// version is that of the question, nil where none was made. Where no variable
	// decides what is asked, it is asked again in the runs that follow.
	version *graph.Summary
	steps   int // that it took to ask; whoever asks again spends as many

	masked  []graph.Ref
	current int // the row of which at is the page
	at      model.PageOf
}

func (t *askedTable) fault(row int) error {
	if t.err != nil || t.faults == nil {
		return t.err
	}
	return t.faults[row]
}

func (t *askedTable) items(row int) (from, to int) { return int(t.start[row]), int(t.start[row+1]) }

func (t *askedTable) total(row int) int { return t.totals[row] }

// page makes a page when a cursor is asked for: most never are.
func (t *askedTable) page(row int) *model.PageOf {
	if t.current != row {
		t.current, t.at = row, t.paging.Page(t.ids[row], t.window, t.totals[row])
	}
	return &t.at
}

// begin takes the concepts of the place above.
func (t *askedTable) begin(above *table[graph.ConceptBatch]) {
	t.concepts, t.ids, t.faults, t.current = above.refs, above.batch.ID, nil, -1
}

// asked reports whether the question of an earlier run is asked again. A version
// is known by its summary, of which it has one for as long as it lives.
func (t *askedTable) asked(x *run, fixed bool) bool {
	if fixed && t.version == x.summary {
		_ = graph.Spend(x.ctx, t.steps) // the context is asked before long
		return true
	}
	t.version = nil
	return false
}

// spent is how many steps the context has counted.
func (x *run) spent() int {
	if m, ok := x.ctx.(*graph.Meter); ok {
		return m.Spent()
	}
	return 0
}

// leaveOut replaces a concept by none, in a copy.
func (t *askedTable) leaveOut(row int) {
	if len(t.masked) == 0 || &t.masked[0] != &t.concepts[0] {
		t.masked = append(t.masked[:0], t.concepts...)
		t.concepts = t.masked
	}
	t.concepts[row] = graph.NoRef
}

// turn finds the part of each list that is asked for. A cursor is right for the
// list of one concept and a fault of all others, which are left out.
func (t *askedTable) turn(p *model.Paging) (err error) {
	t.paging = p
	if !p.HasCursor() {
		t.window, err = p.Window("")
		return err
	}
	t.faults = make([]error, len(t.concepts))
	for i := range t.faults {
		w, err := p.Window(t.ids[i])
		if err != nil {
			t.faults[i] = err
			t.leaveOut(i)
		} else {
			t.window = w
		}
	}
	return nil
}
