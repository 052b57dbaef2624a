package diff

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
)

// JSON writes the Diff as one indented JSON object: the types of this package,
// under the names of their tags.
func (d *Diff) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(d)
}

// The marks in front of what differs.
const marks = `+ added   - removed   ~ changed   > the claim is found elsewhere`

func (c Change) mark() string {
	switch c {
	case Added:
		return "+"
	case Removed:
		return "-"
	case Moved:
		return ">"
	default:
		return "~"
	}
}

// Text writes the Diff for a terminal: grouped by concept, each with what is
// claimed of it, names beside ids. Nothing in it can control the terminal.
func (d *Diff) Text(w io.Writer) error {
	b := bufio.NewWriter(w)
	if d.Empty() {
		fmt.Fprintf(b, "no difference: both are version %s\n", d.After)
		return b.Flush()
	}
	fmt.Fprintf(b, "version %s → %s\n%s\n%s\n", d.Before, d.After, d.Summary.sentence(), marks)
	for title, things := range d.others() {
		fmt.Fprintf(b, "\n%s\n", title)
		for _, t := range things {
			fmt.Fprintf(b, "  %s %s\n", t.Change.mark(), beside(t.ID, t.Name))
			textFields(b, "      ", t.Change, t.Fields)
		}
	}
	for g := range d.groups() {
		if g.concept == nil {
			fmt.Fprintf(b, "\n  %s\n", beside(g.subject.ID, g.subject.Name))
		} else {
			fmt.Fprintf(b, "\n%s %s\n", g.concept.Change.mark(), beside(g.subject.ID, g.subject.Name))
			textFields(b, "      ", g.concept.Change, g.concept.Fields)
		}
		for _, s := range g.statements {
			fmt.Fprintf(b, "    %s %s %s  %s\n", s.Change.mark(), printable(string(s.Predicate)), s.object(beside, quoted), printable(string(s.ID)))
			textFields(b, "        ", s.Change, s.Fields)
		}
	}
	if len(d.Renames) > 0 {
		fmt.Fprint(b, "\nperhaps renamed\n")
	}
	for _, r := range d.Renames {
		fmt.Fprintf(b, "  ? %s → %s: the same %s %s\n", beside(r.Before.ID, r.Before.Name), beside(r.After.ID, r.After.Name), r.what(), quoted(r.Shared))
	}
	return b.Flush()
}

// object writes what a statement says of its subject, and of which others it holds
// only together.
func (s *Statement) object(thing func(id graph.ID, name string) string, value func(string) string) string {
	said := ""
	if s.Object != nil {
		said = thing(s.Object.ID, s.Object.Name)
	} else {
		said = value(s.Value)
	}
	for i, other := range s.With {
		between := ", "
		if i == 0 {
			between = ", only together with "
		}
		said += between + thing(other.ID, other.Name)
	}
	return said
}

func textFields(w io.Writer, indent string, of Change, list []Field) {
	value := func(text, name string) string {
		if name == "" {
			return quoted(text)
		}
		return beside(graph.ID(text), name)
	}
	for _, f := range list {
		sign, said := "", f.said(value)
		if change := f.became(of); change != "" {
			sign = change.mark() + " "
		}
		fmt.Fprintf(w, "%s%s%s: %s\n", indent, sign, printable(inLanguage(f.Name, f.Language)), said)
	}
}

// said writes a field: what it was, what it is now, or both.
func (f *Field) said(value func(text, name string) string) string {
	switch {
	case f.After == "":
		return value(f.Before, f.BeforeName)
	case f.Before == "":
		return value(f.After, f.AfterName)
	default:
		return value(f.Before, f.BeforeName) + " → " + value(f.After, f.AfterName)
	}
}

// became says that a field of a thing was added or removed, nothing where the whole
// thing was, or where the field has changed.
func (f *Field) became(of Change) Change {
	switch {
	case of == Added, of == Removed, f.Before != "" && f.After != "":
		return ""
	case f.After == "":
		return Removed
	default:
		return Added
	}
}

// what says in words what two concepts share.
func (r *Rename) what() string {
	if r.By == "exactCode" {
		return "exact code"
	}
	return r.By
}

// beside writes an id and, beside it, what it is called.
func beside(id graph.ID, name string) string {
	if name == "" || name == string(id) {
		return printable(string(id))
	}
	return printable(string(id)) + " (" + printable(name) + ")"
}

// printable returns a text as it is if it can be shown, else quoted.
func printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

// quoted returns a single word as it is, and quotes all else.
func quoted(s string) string {
	if s == "" || strings.ContainsFunc(s, func(r rune) bool { return r == ' ' || r == '"' || !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

// group is a concept that differs, or of which a statement does.
type group struct {
	subject    Named
	concept    *Thing // nil if the concept itself is the same
	statements []Statement
}

// groups puts concepts and statements together, by the subject.
func (d *Diff) groups() iter.Seq[group] {
	return func(yield func(group) bool) {
		concepts, statements := d.Concepts, d.Statements
		for len(concepts)+len(statements) > 0 {
			var g group
			if len(statements) == 0 || len(concepts) > 0 && concepts[0].ID <= statements[0].Subject.ID {
				g.concept, g.subject = &concepts[0], Named{concepts[0].ID, concepts[0].Name}
				concepts = concepts[1:]
			} else {
				g.subject = statements[0].Subject
			}
			end := slices.IndexFunc(statements, func(s Statement) bool { return s.Subject.ID != g.subject.ID })
			if end < 0 {
				end = len(statements)
			}
			g.statements, statements = statements[:end], statements[end:]
			if !yield(g) {
				return
			}
		}
	}
}

// others returns the things that are neither concepts nor statements, where
// there are any, under what they are called.
func (d *Diff) others() iter.Seq2[string, []Thing] {
	return func(yield func(string, []Thing) bool) {
		for _, class := range d.classes() {
			if len(class.things) > 0 && class.name != "concept" && !yield(several(class.name), class.things) {
				return
			}
		}
	}
}

// sentence says how much differs.
func (s *Summary) sentence() string {
	var parts []string
	for _, class := range s.classes() {
		var counts []string
		for _, n := range []struct {
			count  int
			change Change
		}{{class.Added, Added}, {class.Removed, Removed}, {class.Changed, Changed}, {class.Moved, Moved}} {
			if n.count == 0 {
				continue
			}
			if counts == nil {
				counts = append(counts, fmt.Sprint(plural(n.count, class.name), " ", n.change))
			} else {
				counts = append(counts, fmt.Sprint(n.count, " ", n.change))
			}
		}
		if counts != nil {
			parts = append(parts, strings.Join(counts, ", "))
		}
	}
	return strings.Join(parts, "; ")
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprint(n, " ", several(thing))
}

func several(thing string) string {
	if strings.HasSuffix(thing, "x") {
		return thing + "es"
	}
	return thing + "s"
}
