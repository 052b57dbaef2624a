package diff

import (
	"cmp"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Diff is what differs between two data sets. Its lists are in the order of
// ids, statements in that of subject, predicate and object. As JSON it has the
// names and the form that stand here, and they stay; [Diff.JSON] writes it.
type Diff struct {
	// Before and After are the versions (graph.Dataset.Version).
	Before string `json:"before"`
	After  string `json:"after"`
	// Summary counts what differs.
	Summary Summary `json:"summary"`

	Prefixes   []Thing `json:"prefixes"`   // by prefix
	Predicates []Thing `json:"predicates"` // that the data sets declare
	Types      []Thing `json:"types"`      // likewise
	Sources    []Thing `json:"sources"`    // articles included
	Sections   []Thing `json:"sections"`   // of articles
	Concepts   []Thing `json:"concepts"`
	// Renames are concepts that were perhaps given another id. They are among
	// those that were removed and added, too.
	Renames    []Rename    `json:"perhapsRenamed"`
	Statements []Statement `json:"statements"`
}

// Empty reports whether nothing differs.
func (d *Diff) Empty() bool { return d.Before == d.After }

// Change is what became of a thing.
type Change string

// The changes. Only statements can be moved: all that they say is the same, and
// it is said in another source, in another section or at another place in it.
// One of which anything else differs, too, has changed: a hedge that came or
// went is never filed under the move.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
	Moved   Change = "moved"
)

// Thing is a concept, source, section, predicate, type or prefix that differs.
type Thing struct {
	Change Change   `json:"change"`
	ID     graph.ID `json:"id"`
	// Name is what it is called now, or was called before it was removed.
	Name string `json:"name,omitempty"`
	// Fields are those that differ; of a thing that was added or removed, all
	// that it has.
	Fields []Field `json:"fields"`
}

// Statement is a statement that differs. Subject, predicate and object are
// those of now, or of before it was removed; the object is either a concept or a
// value.
type Statement struct {
	Change    Change   `json:"change"`
	ID        graph.ID `json:"id"`
	Subject   Named    `json:"subject"`
	Predicate graph.ID `json:"predicate"`
	Object    *Named   `json:"object,omitempty"`
	Value     string   `json:"value,omitempty"`
	// With are those of which it holds only together with the subject.
	With []Named `json:"with,omitempty"`
	// Fields are those that differ, the id included where it followed; of a
	// statement that was added or removed, its qualifiers and all else it has.
	Fields []Field `json:"fields"`
}

// Named is an id, and the name of what it stands for.
type Named struct {
	ID   graph.ID `json:"id"`
	Name string   `json:"name,omitempty"`
}

// Field is a field of a thing, before and after: empty where it was not stated.
// A thing has several of a field that is a list, each item in a Field of its
// own. A property has the id of its predicate as its name.
//
// Texts stand as they are, what else is known of them behind: "Bell palsy
// (exact, via DO)", "3 ^^xsd:integer", "leicht @de".
type Field struct {
	Name string `json:"field"`
	// Language is the language of a name, description or synonym.
	Language string `json:"language,omitempty"`
	Before   string `json:"before,omitempty"`
	After    string `json:"after,omitempty"`
	// BeforeName and AfterName are the names of what the field refers to.
	BeforeName string `json:"beforeName,omitempty"`
	AfterName  string `json:"afterName,omitempty"`
}

// Rename is a concept that was removed and one that was added with the same
// exact code or the same name, which no other of them has.
type Rename struct {
	Before Named `json:"before"`
	After  Named `json:"after"`
	// By is what they share: "exactCode" or "name"; Shared is the code or name.
	By     string `json:"by"`
	Shared string `json:"shared"`
}

// Summary counts what differs, by class.
type Summary struct {
	Prefixes   Counts `json:"prefixes"`
	Predicates Counts `json:"predicates"`
	Types      Counts `json:"types"`
	Sources    Counts `json:"sources"`
	Sections   Counts `json:"sections"`
	Concepts   Counts `json:"concepts"`
	Statements Counts `json:"statements"`
}

// Counts counts changes.
type Counts struct {
	Added   int `json:"added"`
	Removed int `json:"removed"`
	Changed int `json:"changed"`
	Moved   int `json:"moved"`
}

func (c *Counts) count(change Change) {
	switch change {
	case Added:
		c.Added++
	case Removed:
		c.Removed++
	case Changed:
		c.Changed++
	case Moved:
		c.Moved++
	}
}

// Compare says what differs between two normalized data sets, neither of which
// it changes or copies texts of: the Diff is to be used while both are there.
func Compare(before, after *graph.Dataset) *Diff {
	c := &comparison{before: newSide(before), after: newSide(after)}
	d := &Diff{}
	versions := make(chan string, 1)
	go func() { versions <- before.Version() }() // nothing waits for it
	c.prefixes(d)
	c.declarations(d)
	c.sources(d)
	d.Concepts = things(c, before.Concepts, after.Concepts, conceptNamed, c.concept)
	c.renames(d)
	c.statements(d)
	d.After = after.Version()
	d.Before = <-versions
	d.count()
	return d
}

// class is a class of things that can differ: its name, and what does.
type class struct {
	name   string
	things []Thing
}

func (d *Diff) classes() []class {
	return []class{
		{"prefix", d.Prefixes},
		{"predicate", d.Predicates},
		{"type", d.Types},
		{"source", d.Sources},
		{"section", d.Sections},
		{"concept", d.Concepts},
	}
}

// counted is a class and its counts.
type counted struct {
	name string
	*Counts
}

// classes are those of a Diff in their order, then statements.
func (s *Summary) classes() []counted {
	return []counted{
		{"prefix", &s.Prefixes},
		{"predicate", &s.Predicates},
		{"type", &s.Types},
		{"source", &s.Sources},
		{"section", &s.Sections},
		{"concept", &s.Concepts},
		{"statement", &s.Statements},
	}
}

func (d *Diff) count() {
	counts := d.Summary.classes()
	for i, class := range d.classes() {
		for j := range class.things {
			counts[i].count(class.things[j].Change)
		}
	}
	for i := range d.Statements {
		d.Summary.Statements.count(d.Statements[i].Change)
	}
}

// comparison is the work of Compare.
type comparison struct{ before, after *side }

// side is one of the two data sets, and the names of what it holds.
type side struct {
	*graph.Dataset
	concepts map[graph.ID]int32
	others   map[graph.ID]string // names of sources and sections
}

func newSide(ds *graph.Dataset) *side {
	s := &side{ds, make(map[graph.ID]int32, len(ds.Concepts)), map[graph.ID]string{}}
	for i := range ds.Concepts {
		s.concepts[ds.Concepts[i].ID] = int32(i)
	}
	for i := range ds.Sources {
		s.others[ds.Sources[i].ID] = ds.Sources[i].Name
	}
	for i := range ds.Articles {
		a := &ds.Articles[i]
		s.others[a.ID] = a.Name
		for j := range a.Sections {
			s.others[a.Sections[j].ID] = a.Sections[j].Heading
		}
	}
	return s
}

// concept returns a concept by id, nil if there is none.
func (s *side) concept(id graph.ID) *graph.Concept {
	if i, ok := s.concepts[id]; ok {
		return &s.Concepts[i]
	}
	return nil
}

// name returns what a thing is called.
func (s *side) name(id graph.ID) string {
	c := s.concept(id)
	switch {
	case c == nil:
		return s.others[id]
	case len(c.Names) == 0:
		return "" // its id stands there anyway
	default:
		return c.Names[0].Text
	}
}

func (s *side) named(id graph.ID) Named { return Named{id, s.name(id)} }

// partners calls meet for each pair of things with the same id, and for each
// thing without a partner, which it gets nil for.
func partners[T any](before, after []T, id func(*T) graph.ID, meet func(before, after *T)) {
	index := make(map[graph.ID]int32, len(after))
	for i := range after {
		index[id(&after[i])] = int32(i)
	}
	met := make([]bool, len(after))
	for i := range before {
		j, ok := index[id(&before[i])]
		if !ok {
			meet(&before[i], nil)
			continue
		}
		met[j] = true
		meet(&before[i], &after[j])
	}
	for j := range after {
		if !met[j] {
			meet(nil, &after[j])
		}
	}
}

// things compares the things of a class, each by its id, and returns those
// that differ. An absent thing is compared as one that has nothing.
func things[T any](c *comparison, before, after []T, named func(*T) Named, compare func(f *fields, before, after *T)) []Thing {
	differ := []Thing{}
	partners(before, after, func(t *T) graph.ID { return named(t).ID }, func(b, a *T) {
		change, of := Changed, a
		switch {
		case b == nil:
			change, b = Added, new(T)
		case a == nil:
			change, of, a = Removed, b, new(T)
		}
		f := fields{comparison: c, list: []Field{}}
		compare(&f, b, a)
		if change == Changed && len(f.list) == 0 {
			return
		}
		n := named(of)
		differ = append(differ, Thing{change, n.ID, n.Name, f.list})
	})
	slices.SortFunc(differ, func(x, y Thing) int { return cmp.Compare(x.ID, y.ID) })
	return differ
}

func conceptNamed(c *graph.Concept) Named {
	if len(c.Names) == 0 {
		return Named{ID: c.ID}
	}
	return Named{c.ID, c.Names[0].Text}
}
