package diff_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/diff"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// TestNothingDiffers: a graph does not differ from itself.
func TestNothingDiffers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, size := rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 30).Draw(t, "size")
		d := diff.Compare(graphtest.Random(seed, size), graphtest.Random(seed, size))
		if !d.Empty() || len(lines(d)) > 0 {
			t.Fatalf("%v", lines(d))
		}
	})
}

// TestEmptyMeansTheSameVersion: something is listed exactly if the versions
// differ, and seen from the other end it is the same, turned around.
func TestEmptyMeansTheSameVersion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 20)
		seed := rapid.Uint64Range(0, 1000)
		a := graphtest.Random(seed.Draw(t, "a"), size.Draw(t, "size of a"))
		b := graphtest.Random(seed.Draw(t, "b"), size.Draw(t, "size of b"))
		d := diff.Compare(a, b)
		if same := a.Version() == b.Version(); same != (len(lines(d)) == 0) || same != d.Empty() {
			t.Fatalf("the same version: %v, but %v", same, lines(d))
		}
		// Where several items of a list came and went, those that went stand first:
		// turned twice, they are in one order.
		back, turned := lines(turn(turn(diff.Compare(b, a)))), lines(turn(d))
		if !slices.Equal(back, turned) {
			t.Fatalf("from the other end\n%s\nwant\n%s", strings.Join(back, "\n"), strings.Join(turned, "\n"))
		}
	})
}

// TestEdits: what was edited is listed, and nothing else.
func TestEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, size := rapid.Uint64().Draw(t, "seed"), rapid.IntRange(3, 30).Draw(t, "size")
		before := graphtest.Random(seed, size)
		e := &editor{T: t, ds: graphtest.Random(seed, size), touched: map[any]bool{}}
		for range rapid.IntRange(1, 8).Draw(t, "edits") {
			rapid.SampledFrom(edits).Draw(t, "edit")(e)
		}
		if err := e.ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		got := lines(diff.Compare(before, e.ds))
		slices.Sort(e.want)
		if !slices.Equal(got, e.want) {
			t.Fatalf("listed\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(e.want, "\n"))
		}
	})
}

// editor edits a graph and notes what must be listed.
type editor struct {
	*rapid.T
	ds      *graph.Dataset
	touched map[any]bool // things and claims that were edited
	want    []string
}

var edits = []func(*editor){
	(*editor).rename, (*editor).addSynonym, (*editor).removeCode, (*editor).setNote, (*editor).correct, (*editor).qualify,
	(*editor).move, (*editor).remove, (*editor).add, (*editor).relicense, (*editor).rehead, (*editor).declare, (*editor).addPrefix,
}

func (e *editor) note(format string, args ...any) {
	e.want = append(e.want, fmt.Sprintf(format, args...))
}

// once reports whether a thing is there to be edited, which is so once.
func (e *editor) once(thing any) bool {
	was := e.touched[thing]
	e.touched[thing] = true
	return !was
}

func (e *editor) concept() *graph.Concept {
	return &e.ds.Concepts[rapid.IntRange(0, len(e.ds.Concepts)-1).Draw(e.T, "concept")]
}

// statement returns a statement whose claim nobody else makes and nobody has
// edited, nil if the one that was drawn is not.
func (e *editor) statement() *graph.Statement {
	if len(e.ds.Statements) == 0 {
		return nil
	}
	s := &e.ds.Statements[rapid.IntRange(0, len(e.ds.Statements)-1).Draw(e.T, "statement")]
	about := func(s *graph.Statement) string { return fmt.Sprint(s.Subject, s.Predicate, s.Object, s.Value) }
	for i := range e.ds.Statements {
		if o := &e.ds.Statements[i]; o != s && about(o) == about(s) {
			return nil
		}
	}
	standing := s.Withdrawn == graph.NotWithdrawn && s.Supersedes == nil && s.SupersededBy == nil // no other statement changes with it
	if e.touched[s.ID] || !standing || !e.once(about(s)) {
		return nil
	}
	return s
}

// follow has the id of a statement follow from its claim, if it did, and
// returns how that is listed.
func (e *editor) follow(s *graph.Statement) string {
	old := s.ID
	if !graph.IsStatementID(string(old)) {
		return ""
	}
	iris := map[graph.ID]string{}
	for i := range e.ds.Concepts {
		iris[e.ds.Concepts[i].ID] = e.ds.Concepts[i].IRI
	}
	s.IRI = ""
	s.ID = s.DeriveID(func(id graph.ID) string { return cmp.Or(iris[id], e.ds.Prefixes.Expand(id)) })
	return fmt.Sprintf("id: %s → %s, ", old, s.ID)
}

func (e *editor) rename() {
	c := e.concept()
	if len(c.Names) == 0 || !e.once(c.ID) {
		return
	}
	n := &c.Names[0]
	e.note("concept %s changed: name%s: %s → A new name", c.ID, n.Language, n.Text)
	n.Text = "A new name"
}

func (e *editor) addSynonym() {
	if c := e.concept(); e.once(c.ID) {
		c.Synonyms = append(c.Synonyms, graph.Synonym{Text: "a new synonym", Scope: graph.ScopeLay, Via: "HPO"})
		e.note("concept %s changed: synonym:  → a new synonym (lay, via HPO)", c.ID)
	}
}

func (e *editor) removeCode() {
	if c := e.concept(); len(c.Codes) > 0 && e.once(c.ID) {
		k := c.Codes[0]
		c.Codes = c.Codes[1:]
		if slices.ContainsFunc(c.Codes, func(o graph.Code) bool { return o.Code == k.Code }) {
			e.Skip("two of one code")
		}
		details := ""
		for _, d := range []string{string(k.Match), strings.TrimSuffix("called "+k.Label, "called "), strings.TrimSuffix("via "+k.Via, "via ")} {
			if d != "" {
				details += ", " + d
			}
		}
		if details != "" {
			details = " (" + details[2:] + ")"
		}
		e.note("concept %s changed: code: %s%s → ", c.ID, k.Code, details)
	}
}

func (e *editor) setNote() {
	if c := e.concept(); e.once(c.ID) {
		e.note("concept %s changed: note: %s → another note", c.ID, c.Note)
		c.Note = "another note"
	}
}

// correct changes what the id does not follow from.
func (e *editor) correct() {
	s := e.statement()
	if s == nil {
		return
	}
	was := s.Modality
	s.Modality = graph.Modality((int(was) + rapid.IntRange(1, 5).Draw(e.T, "modality")) % 6)
	e.note("statement %s changed: modality: %s → %s, frequency: %s → now and then", s.ID, was, s.Modality, s.Frequency)
	s.Frequency = "now and then"
}

// qualify changes what the id does follow from.
func (e *editor) qualify() {
	s := e.statement()
	if s == nil {
		return
	}
	was, negated := s.Context, "negated: true → , "
	s.Context, s.Negated = "a new context", !s.Negated
	if s.Negated {
		negated = "negated:  → true, "
	}
	id := e.follow(s)
	e.note("statement %s changed: %s%scontext: %s → a new context", s.ID, id, negated, was)
}

// move has another source say the same.
func (e *editor) move() {
	s := e.statement()
	if s == nil {
		return
	}
	source := graph.ID(fmt.Sprintf("new-source-%d", len(e.ds.Sources)))
	e.ds.Sources = append(e.ds.Sources, graph.Source{ID: source, Kind: graph.DataSource})
	e.note("source %s added", source)
	was, locator := s.Source, s.Locator
	s.Source, s.Locator = source, "L99.S9"
	id := e.follow(s)
	e.note("statement %s moved: %ssource: %s → %s, locator: %s → L99.S9", s.ID, id, was, source, locator)
}

func (e *editor) remove() {
	s := e.statement()
	if s == nil {
		return
	}
	id := s.ID
	e.note("statement %s removed", id)
	e.ds.Statements = slices.DeleteFunc(e.ds.Statements, func(o graph.Statement) bool { return o.ID == id })
}

// add adds a concept, and a statement of it.
func (e *editor) add() {
	id := graph.ID(fmt.Sprintf("new-concept-%d", len(e.ds.Concepts)))
	e.ds.Concepts = append(e.ds.Concepts, graph.Concept{ID: id, Names: []graph.Text{{Text: string(id)}}})
	record := graph.ID(fmt.Sprintf("ex:new%d", len(e.ds.Concepts)))
	e.ds.Statements = append(e.ds.Statements, graph.Statement{
		ID: record, Subject: id, Predicate: graph.PredicateRelated, Object: id, Source: e.ds.Sources[0].ID,
	})
	e.touched[id] = true
	e.touched[record] = true
	e.note("concept %s added", id)
	e.note("statement %s added", record)
}

func (e *editor) relicense() {
	if s := &e.ds.Sources[0]; e.once(s.ID) {
		e.note("source %s changed: license: %s → MIT", s.ID, s.License)
		s.License = "MIT"
	}
}

func (e *editor) rehead() {
	for i := range e.ds.Articles {
		for j := range e.ds.Articles[i].Sections {
			if s := &e.ds.Articles[i].Sections[j]; e.once(s.ID) {
				e.note("section %s changed: heading: %s → A new heading", s.ID, s.Heading)
				s.Heading = "A new heading"
				return
			}
		}
	}
}

func (e *editor) declare() {
	if e.once("declare") {
		e.ds.Types = append(e.ds.Types, graph.Type{ID: "ex:NewType", Name: "New type"})
		e.note("type ex:NewType added")
		e.ds.Predicates = append(e.ds.Predicates, graph.Predicate{ID: "ex:newPredicate", Inverse: "back"})
		e.note("predicate ex:newPredicate added")
	}
}

// addPrefix adds a prefix that no id has.
func (e *editor) addPrefix() {
	if !e.once("prefix") {
		return
	}
	all := map[string]string{"new": "https://new.example/"}
	for _, p := range e.ds.Prefixes.Names() {
		all[p], _ = e.ds.Prefixes.Namespace(p)
	}
	e.ds.Prefixes = graph.NewPrefixes(all)
	e.note("prefix new added")
}

// lines lists what differs, one line a thing, in alphabetical order.
func lines(d *diff.Diff) []string {
	var all []string
	add := func(class string, change diff.Change, id graph.ID, fields []diff.Field) {
		line := fmt.Sprintf("%s %s %s", class, id, change)
		if change == diff.Changed || change == diff.Moved {
			var parts []string
			for _, f := range fields {
				parts = append(parts, fmt.Sprintf("%s%s: %s → %s", f.Name, f.Language, f.Before, f.After))
			}
			line += ": " + strings.Join(parts, ", ")
		}
		all = append(all, line)
	}
	for _, class := range []struct {
		name   string
		things []diff.Thing
	}{
		{"prefix", d.Prefixes},
		{"predicate", d.Predicates},
		{"type", d.Types},
		{"source", d.Sources},
		{"section", d.Sections},
		{"concept", d.Concepts},
	} {
		for _, t := range class.things {
			add(class.name, t.Change, t.ID, t.Fields)
		}
	}
	for _, s := range d.Statements {
		add("statement", s.Change, s.ID, s.Fields)
	}
	slices.Sort(all)
	return all
}

// turn swaps before and after.
func turn(d *diff.Diff) *diff.Diff {
	turned := *d
	turned.Before, turned.After = d.After, d.Before
	change := func(c diff.Change) diff.Change {
		switch c {
		case diff.Added:
			return diff.Removed
		case diff.Removed:
			return diff.Added
		default:
			return c
		}
	}
	fields := func(list []diff.Field) []diff.Field {
		var swapped []diff.Field
		for _, f := range list {
			swapped = append(swapped, diff.Field{Name: f.Name, Language: f.Language, Before: f.After, After: f.Before, BeforeName: f.AfterName, AfterName: f.BeforeName})
		}
		slices.SortFunc(swapped, func(x, y diff.Field) int { return cmp.Compare(fmt.Sprint(x), fmt.Sprint(y)) })
		return swapped
	}
	for _, list := range []*[]diff.Thing{&turned.Prefixes, &turned.Predicates, &turned.Types, &turned.Sources, &turned.Sections, &turned.Concepts} {
		*list = slices.Clone(*list)
		for i := range *list {
			t := &(*list)[i]
			t.Change, t.Fields = change(t.Change), fields(t.Fields)
		}
	}
	turned.Statements = slices.Clone(turned.Statements)
	for i := range turned.Statements {
		s := &turned.Statements[i]
		s.Change, s.Fields = change(s.Change), fields(s.Fields)
		for _, f := range s.Fields {
			if f.Name == "id" {
				s.ID = graph.ID(f.After)
			}
		}
	}
	return &turned
}
