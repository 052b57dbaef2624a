package limits

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

const (
	// page is how many entries a connection has that is asked for without a size,
	// as the schema says.
	page = 20
	// few is what a list is taken to hold whose size nobody asked for: statements
	// of a link, synonyms, sections. Most have one to three entries.
	few = 3
	// sdl is what the text of the schema counts: as many objects are about as long.
	sdl = 1000
	// described is what an object of the schema's description counts: gqlgen takes
	// many times as long for it as a plan for one of the graph.
	described = 4
	// most is the largest page that is counted: far more than a page may have, and so
	// few that no product of it and enough is beyond an int.
	most = 1 << 20
	// enough is where counting ends.
	enough = 1 << 40
)

// descriptions are what the lists of the schema's description hold at most, but
// for types: those with so many fields are few, and the product is what there
// is.
var descriptions = map[string]int{
	"types": 20, "fields": 55, "args": 5, "inputFields": 16, "enumValues": 25, "possibleTypes": 11, "interfaces": 2, "directives": 8,
}

// Cost returns the most objects that the answer of a valid operation may hold,
// by the pages it asks for: an object counts one; a connection holds as many as
// first or last say, else a page of 20; a list of things that are asked for by
// ids or representations as many as there are of these; any other list three, for
// its size is not known before. An object of the schema's description counts four.
// Values that are no objects count nothing, but for the text of the schema; so
// does what @skip and @include leave out.
//
// What has to be looked at counts, too, where that may be all of the graph or much
// of it, of so many concepts: for each condition of a filter of a field of Query,
// and for each search for paths, one for ten concepts, and for each value of a
// condition one for a hundred. (With 55,000 of them a condition counts 5,500, and
// takes 5 to 20 ms.) For what walks along the hierarchy or the links, wherever it
// stands (transitive, includeNarrower, mergeSame, neighbourhood), one for twenty;
// for a filter of the concepts at the other end a tenth of what it counts in a
// field of Query. For a list of statements that are chosen or put in order, one for
// ten statements, for a list of conflicts twice as many.
//
// That is what is known before. What an answer turns out to take is counted while it
// is answered, in steps of graph.Meter, of which [Steps] cost one. So a client is told
// the larger of both, and neither objects nor work go beyond the limit.
func Cost(o *ast.OperationDefinition, variables map[string]any, of Size) int {
	c := coster{variables, of}
	return c.selection(o.SelectionSet, page)
}

// Steps is how many steps of graph.Meter cost one. An answer is meant to take no more
// than 1 ms and 5 µs of processor time for each that it costs; how far that holds is
// measured by BenchmarkCost of package plan.
const Steps = 160

// Size is how much there is to look at.
type Size struct{ Concepts, Statements int }

type coster struct {
	variables map[string]any
	of        Size
}

// selection adds up the fields of a selection; size is how many entries the
// connection has that the fields belong to.
func (c *coster) selection(set ast.SelectionSet, size int) int {
	sum := 0
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if c.included(s.Directives) {
				sum += c.field(s, size)
			}
		case *ast.InlineFragment:
			if c.included(s.Directives) {
				sum += c.selection(s.SelectionSet, size)
			}
		case *ast.FragmentSpread:
			if s.Definition != nil && c.included(s.Directives) {
				sum += c.selection(s.Definition.SelectionSet, size)
			}
		}
		if sum > enough {
			return enough
		}
	}
	return sum
}

func (c *coster) field(f *ast.Field, size int) int {
	if len(f.SelectionSet) == 0 {
		if f.Name == "sdl" {
			return sdl
		}
		return 0
	}
	times, within := 1, page
	if n, ok := c.asked(f); ok {
		within = n
	}
	one := 1
	about := f.Definition != nil && strings.HasPrefix(f.Definition.Type.Name(), "__")
	switch {
	case about && f.Name == "ofType": // part of how a type is written
		one = 0
	case about:
		one = described
	}
	if f.Definition != nil && f.Definition.Type.Elem != nil {
		switch f.Name {
		case "nodes", "edges":
			times = size
			if ids := f.Arguments.ForName("ids"); ids != nil {
				times = c.items(ids.Value)
			}
		case "_entities":
			times = c.items(f.Arguments.ForName("representations").Value)
		default:
			times = few
			if n, ok := c.asked(f); ok {
				times = n
			} else if n, ok := descriptions[f.Name]; ok && about {
				times = n
			}
		}
	}
	return min(times*(one+c.selection(f.SelectionSet, within))+min(c.looking(f), enough), enough)
}

// What is looked at, in hundredths of the concepts, or of the statements.
const (
	forPaths     = 10
	forScan      = 10 // of all statements
	forCondition = 10
	forValue     = 1
	forWalk      = 5
)

// looking is what a field has to look at, whatever it returns.
func (c *coster) looking(f *ast.Field) int {
	if f.ObjectDefinition == nil || f.Definition == nil {
		return 0
	}
	hundredths, all := 0, f.ObjectDefinition.Name == "Query"
	switch {
	case f.Name == "paths" && all:
		hundredths += forPaths
	case f.Name == "conflicts" && all:
		return 2 * forScan * c.of.Statements / 100
	case f.Name == "statements" && all:
		if !slices.ContainsFunc(f.Arguments, func(a *ast.Argument) bool { return choosing[a.Name] }) {
			return 0
		}
		return forScan * c.of.Statements / 100
	case f.Name == "neighbourhood":
		hundredths += forWalk
	}
	for _, a := range f.Arguments {
		d := f.Definition.Arguments.ForName(a.Name)
		switch {
		case d == nil:
		case a.Name == "transitive" || a.Name == "includeNarrower" || a.Name == "mergeSame":
			if c.isTrue(a.Value) {
				hundredths += forWalk
			}
		case strings.HasSuffix(d.Type.Name(), "Filter") && all:
			hundredths += c.conditions(a.Value)
		case a.Name == "nodeFilter":
			hundredths += c.conditions(a.Value) / 10
		}
	}
	return hundredths * c.of.Concepts / 100
}

// choosing are the arguments for which all statements are looked at.
var choosing = map[string]bool{"predicates": true, "filter": true, "orderBy": true}

func (c *coster) isTrue(v *ast.Value) bool {
	if v.Kind == ast.Variable {
		is, _ := c.variables[v.Raw].(bool)
		return is
	}
	return v.Raw == "true"
}

// conditions adds up the conditions of a filter and of those within it, and their
// values.
func (c *coster) conditions(v *ast.Value) (n int) {
	switch v.Kind {
	case ast.Variable:
		return conditions(c.variables[v.Raw])
	case ast.ListValue:
		for _, item := range v.Children {
			if len(item.Value.Children) == 0 {
				n += forValue
			}
		}
	case ast.ObjectValue:
		for _, child := range v.Children {
			if child.Value.Kind != ast.NullValue {
				n += forCondition
			}
		}
	}
	for _, child := range v.Children {
		n += c.conditions(child.Value)
	}
	return n
}

func conditions(v any) (n int) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			switch item.(type) {
			case []any, map[string]any:
				n += conditions(item)
			default:
				n += forValue
			}
		}
	case map[string]any:
		for _, item := range v {
			if item != nil {
				n += forCondition
			}
			n += conditions(item)
		}
	}
	return n
}

// asked returns the size of the page that a field asks for.
func (c *coster) asked(f *ast.Field) (int, bool) {
	if f.Definition == nil {
		return 0, false
	}
	for _, name := range []string{"first", "last"} {
		definition := f.Definition.Arguments.ForName(name)
		if definition == nil {
			continue
		}
		value := definition.DefaultValue
		if a := f.Arguments.ForName(name); a != nil {
			value = a.Value
		}
		if n, ok := c.number(value); ok {
			return min(max(n, 0), most), true
		}
	}
	return 0, false
}

func (c *coster) number(v *ast.Value) (int, bool) {
	if v == nil {
		return 0, false
	}
	if v.Kind != ast.Variable {
		n, err := strconv.Atoi(v.Raw)
		return n, err == nil
	}
	switch n := c.variables[v.Raw].(type) {
	case json.Number:
		i, err := strconv.Atoi(n.String())
		return i, err == nil
	case int64:
		return int(n), true
	case int:
		return n, true
	case float64:
		return int(n), true
	default:
		return 0, false
	}
}

// items returns how many entries a list has; one value stands for a list of one.
func (c *coster) items(v *ast.Value) int {
	if v.Kind == ast.Variable {
		if list, ok := c.variables[v.Raw].([]any); ok {
			return len(list)
		}
		return 1
	}
	if v.Kind == ast.ListValue {
		return len(v.Children)
	}
	return 1
}

func (c *coster) included(d ast.DirectiveList) bool { return Included(d, c.variables) }

// Included reports what @skip and @include say.
func Included(d ast.DirectiveList, variables map[string]any) bool {
	for _, directive := range d {
		a := directive.Arguments.ForName("if")
		if a == nil {
			continue
		}
		is := a.Value.Raw == "true"
		if a.Value.Kind == ast.Variable {
			is, _ = variables[a.Value.Raw].(bool)
		}
		if directive.Name == "skip" && is || directive.Name == "include" && !is {
			return false
		}
	}
	return true
}
