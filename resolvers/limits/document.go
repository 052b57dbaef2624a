package limits

import (
	"errors"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Document checks the text of a document. It returns nil for one that is within
// the limits, and for one that is no GraphQL: that is for others to say.
func (l Limits) Document(text string) *Exceeded {
	if e := exceeded("bytes", l.Bytes, len(text)); e != nil {
		return e
	}
	// The parser stops at the limit with an error that has no place.
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, l.Tokens)
	if fault := (*gqlerror.Error)(nil); errors.As(err, &fault) && len(fault.Locations) == 0 {
		return exceeded("tokens", l.Tokens, l.Tokens+1)
	}
	if err != nil {
		return nil
	}
	w := &walk{Limits: l, fragments: map[string]*fragment{}}
	return w.document(document)
}

// walk is one reading of a document. It stops at the first limit.
type walk struct {
	Limits
	fragments map[string]*fragment
	pairs     int // of copies, in the operation or fragment that is read
	fault     *Exceeded
}

// fragment is what a fragment unfolds to.
type fragment struct {
	*ast.FragmentDefinition
	size  size
	state int // of the reading: not begun, under way, done
}

const (
	unread = iota
	reading
	read
)

// size is how much a selection unfolds to.
type size struct{ fields, spreads, aliases, depth, introspection int }

// add puts a selection beside another. Sums stop far above every limit, so that
// fragments that double fragments do not overflow.
func (s *size) add(other size) {
	const enough = 1 << 30
	s.fields = min(s.fields+other.fields, enough)
	s.spreads = min(s.spreads+other.spreads, enough)
	s.aliases = min(s.aliases+other.aliases, enough)
	s.depth = max(s.depth, other.depth)
	s.introspection = max(s.introspection, other.introspection)
}

// found notes what is found, with its place, and reports whether to go on.
func (w *walk) found(limit string, allowed, n int, at *ast.Position) bool {
	if w.fault == nil {
		if w.fault = exceeded(limit, allowed, n); w.fault != nil && at != nil {
			w.fault.Line, w.fault.Column = at.Line, at.Column
		}
	}
	return w.fault == nil
}

func (w *walk) document(d *ast.QueryDocument) *Exceeded {
	w.found("operations", w.Operations, len(d.Operations), nil)
	w.found("fragments", w.Fragments, len(d.Fragments), nil)
	for _, f := range d.Fragments {
		w.fragments[f.Name] = &fragment{FragmentDefinition: f}
	}
	for _, f := range d.Fragments {
		w.name(f.Name, f.Position)
		w.name(f.TypeCondition, f.Position)
		w.directives(f.Directives, f.Position)
		w.unfolded(w.unfold(f.Name, f.Position), f.SelectionSet, f.Position) // validation reads unused ones too
	}
	var all size
	for _, o := range d.Operations {
		w.found("variables", w.Variables, len(o.VariableDefinitions), o.Position)
		w.name(o.Name, o.Position)
		w.directives(o.Directives, o.Position)
		for _, v := range o.VariableDefinitions {
			w.name(v.Variable, v.Position)
			w.name(v.Type.Name(), v.Position)
			w.directives(v.Directives, v.Position)
			w.literal(v.DefaultValue, 1)
		}
		all.add(w.selection(o.SelectionSet)) // validation reads each operation
		w.unfolded(all, o.SelectionSet, o.Position)
	}
	return w.fault
}

// name checks a name.
func (w *walk) name(name string, at *ast.Position) {
	w.found("nameBytes", w.NameBytes, len(name), at)
}

// unfolded checks how much a selection unfolds to and, once that is known to be
// little, the copies in it.
func (w *walk) unfolded(s size, set ast.SelectionSet, at *ast.Position) {
	w.found("depth", w.Depth, s.depth, at)
	w.found("fields", w.Fields, s.fields, at)
	w.found("spreads", w.Spreads, s.spreads, at)
	w.found("aliases", w.Aliases, s.aliases, at)
	w.found("introspectionDepth", w.IntrospectionDepth, s.introspection, at)
	if w.fault == nil {
		w.pairs = 0
		w.copies([]ast.SelectionSet{set})
	}
}

// selection reads a selection, each fragment once.
func (w *walk) selection(set ast.SelectionSet) size {
	var all size
	for _, s := range set {
		if w.fault != nil {
			return all
		}
		switch s := s.(type) {
		case *ast.Field:
			all.add(w.field(s))
		case *ast.InlineFragment:
			w.name(s.TypeCondition, s.Position)
			w.directives(s.Directives, s.Position)
			all.add(size{spreads: 1})
			all.add(w.selection(s.SelectionSet))
		case *ast.FragmentSpread:
			w.name(s.Name, s.Position)
			w.directives(s.Directives, s.Position)
			all.add(size{spreads: 1})
			all.add(w.unfold(s.Name, s.Position))
		}
	}
	return all
}

// lists are the fields of the schema's description that lead to types, many at
// a time.
var lists = map[string]bool{"types": true, "fields": true, "interfaces": true, "possibleTypes": true, "inputFields": true}

func (w *walk) field(f *ast.Field) size {
	w.name(f.Name, f.Position)
	w.name(f.Alias, f.Position)
	w.directives(f.Directives, f.Position)
	w.arguments(f.Arguments)
	within := w.selection(f.SelectionSet)
	s := size{fields: 1}
	s.add(within)
	s.depth++
	if f.Alias != f.Name {
		s.aliases++
	}
	// The names count whatever the object is: of the graph only Dataset.types has
	// one of them, and no other below it.
	if lists[f.Name] {
		s.introspection++
	}
	return s
}

// unfold returns what a fragment unfolds to. Nothing is known of one that the
// document lacks.
func (w *walk) unfold(name string, at *ast.Position) size {
	f := w.fragments[name]
	switch {
	case f == nil:
		return size{}
	case f.state == reading:
		if w.fault == nil && !w.found("depth", w.Depth, w.Depth+1, at) {
			w.fault.Circular = name
		}
	case f.state == unread:
		f.state = reading
		f.size = w.selection(f.SelectionSet)
		f.state = read
	}
	return f.size
}

// copies counts the selections of each response key in each object of the
// answer as validation compares them: those within all copies of a field
// together.
func (w *walk) copies(sets []ast.SelectionSet) {
	type selected struct {
		n    int
		at   *ast.Position
		sets []ast.SelectionSet
	}
	keys := map[string]*selected{}
	var order []*selected
	var gather func(ast.SelectionSet)
	gather = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				k := keys[s.Alias]
				if k == nil {
					k = &selected{at: s.Position}
					keys[s.Alias], order = k, append(order, k)
				}
				if k.n++; len(s.SelectionSet) > 0 {
					k.sets = append(k.sets, s.SelectionSet)
				}
			case *ast.InlineFragment:
				gather(s.SelectionSet)
			case *ast.FragmentSpread:
				if f := w.fragments[s.Name]; f != nil {
					gather(f.SelectionSet)
				}
			}
		}
	}
	for _, set := range sets {
		gather(set)
	}
	for _, k := range order {
		w.pairs += k.n * (k.n - 1) / 2
		if !w.found("copies", w.Copies, k.n, k.at) || !w.found("pairs", w.Pairs, w.pairs, k.at) {
			return
		}
		if len(k.sets) > 0 {
			w.copies(k.sets)
		}
	}
}

func (w *walk) directives(d ast.DirectiveList, at *ast.Position) {
	w.found("directives", w.Directives, len(d), at)
	for _, directive := range d {
		w.name(directive.Name, directive.Position)
		w.arguments(directive.Arguments)
	}
}

func (w *walk) arguments(list ast.ArgumentList) {
	for _, a := range list {
		w.name(a.Name, a.Position)
		w.literal(a.Value, 1)
	}
}

// literal checks a value written in the document.
func (w *walk) literal(v *ast.Value, nesting int) {
	if v == nil || w.fault != nil {
		return
	}
	switch v.Kind {
	case ast.ListValue, ast.ObjectValue:
		w.found("nesting", w.Nesting, nesting, v.Position)
		w.found("listItems", w.ListItems, len(v.Children), v.Position)
		for _, child := range v.Children {
			w.name(child.Name, child.Position)
			w.literal(child.Value, nesting+1)
		}
	case ast.EnumValue, ast.Variable:
		w.name(v.Raw, v.Position)
	default:
		w.found("stringBytes", w.StringBytes, len(v.Raw), v.Position)
	}
}
