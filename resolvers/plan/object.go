package plan

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// write writes the value of a field of v. It returns false, having written
// nothing, where there is no value: because it is null, or because of an error,
// which it has noted.
type write[V any] func(x *run, v V) bool

// object is a selection on objects of one type: what is written of each. V is
// what such an object is to the plan: a row of a table, or a value at hand.
type object[V any] struct{ fields []field[V] }

type field[V any] struct {
	before   string // the comma between fields, and the key
	key      int32  // the response key: its place in Plan.keys
	required bool
	scalar   bool // it has no errors, so that none needs to know the path
	write    write[V]
}

var errNull = errors.New("the requested element is null which the schema does not allow")

// write writes an object. A field that must not be null and is makes the whole
// object null; what else is wrong with the object is found out all the same.
func (o *object[V]) write(x *run, v V) bool {
	if !x.wanted(objectBytes) {
		return false
	}
	start, depth, valid, objects := len(x.buf), len(x.path), true, x.objects
	x.buf = append(x.buf, '{')
	for i := range o.fields {
		f := &o.fields[i]
		x.buf = append(x.buf, f.before...)
		if f.scalar {
			if f.write(x, v) {
				continue
			}
			if !f.required {
				x.buf = append(x.buf, "null"...)
				continue
			}
		}
		x.path = append(x.path, placeInPath{f.key, 0})
		faults := len(x.faults)
		if f.scalar || !f.write(x, v) {
			if f.required {
				valid = false
				if len(x.faults) == faults && x.stopped == nil {
					x.fail(errNull)
				}
			} else {
				x.buf = append(x.buf, "null"...)
			}
		}
		x.path = x.path[:depth]
	}
	if !valid {
		x.cut(start, objects)
		return false
	}
	x.buf = append(x.buf, '}')
	x.objects++
	return true
}

// list writes a list of objects of which none may be null.
func list(x *run, from, to int, write func(x *run, i int) bool) bool {
	start, depth, valid, objects := len(x.buf), len(x.path), true, x.objects
	x.buf = append(x.buf, '[')
	x.path = append(x.path, placeInPath{inList, 0})
	for i := from; i < to && x.stopped == nil; i++ {
		if i > from {
			x.buf = append(x.buf, ',')
		}
		x.path[depth].index = int32(i - from)
		faults := len(x.faults)
		if !write(x, i) {
			valid = false
			if len(x.faults) == faults && x.stopped == nil {
				x.fail(errNull)
			}
		}
	}
	x.path = x.path[:depth]
	if !valid || x.stopped != nil {
		x.cut(start, objects)
		return false
	}
	x.buf = append(x.buf, ']')
	return true
}

// values writes a list of values at hand, each as an object of package model.
func values[T, V any](x *run, o *object[V], all []T, of func(*T) V) bool {
	return list(x, 0, len(all), func(x *run, i int) bool { return o.write(x, of(&all[i])) })
}

// scalars compiles a selection on objects that have no other fields.
func scalars[V any](c *compiler, typeName string, selections ast.SelectionSet) *object[V] {
	return fieldsOf(c, typeName, selections, func(graphql.CollectedField) write[V] { return nil })
}

// fieldsOf compiles a selection on objects of one type. How a field is written
// is asked of write, which returns nil for one that it does not know: a scalar
// of V, or one that is uncovered.
func fieldsOf[V any](c *compiler, typeName string, selections ast.SelectionSet, write func(f graphql.CollectedField) write[V]) *object[V] {
	o := &object[V]{}
	for _, f := range c.collect(typeName, selections) {
		compiled := field[V]{before: string(appendText(nil, f.Alias)) + ":", key: c.key(f.Alias), required: f.Definition.Type.NonNull}
		if slices.ContainsFunc(o.fields, func(earlier field[V]) bool { return earlier.key == compiled.key }) {
			continue // __typename of a union, which gqlgen does not merge with that of an object; it writes the first one
		}
		c.place = append(c.place, f.Name)
		if len(o.fields) > 0 {
			compiled.before = "," + compiled.before
		}
		if f.Name == "__typename" {
			name := string(appendText(nil, typeName))
			compiled.write = func(x *run, _ V) bool {
				x.buf = append(x.buf, name...)
				return true
			}
		} else if compiled.write = write(f); compiled.write != nil {
			// More than a scalar.
		} else if compiled.write = scalar[V](f.Name); compiled.write != nil {
			compiled.scalar = true
		} else {
			c.uncovered(typeName + "." + f.Name)
		}
		if refused := c.refused[f.Field]; refused != nil {
			accepted := compiled.write
			compiled.write = func(x *run, v V) bool {
				if err := refused(x); err != nil {
					return x.fail(err)
				}
				return accepted(x, v)
			}
		}
		o.fields = append(o.fields, compiled)
		c.plan.places++
		c.place = c.place[:len(c.place)-1]
	}
	return o
}

// typeSet is a set of types: those of a place that share a field.
type typeSet uint32

func (s typeSet) has(i int) bool { return s>>i&1 != 0 }

// variants compiles a selection for each of the types that may stand in a place;
// a type without a name cannot. A field that several types share is compiled
// once, so that it is fetched for all of them together.
func variants[V any](c *compiler, types []string, selections ast.SelectionSet, compile func(f graphql.CollectedField, on *typeSet) write[V]) []*object[V] {
	type shared struct {
		write write[V]
		on    *typeSet
	}
	known := map[string]shared{}
	objects := make([]*object[V], len(types))
	for i, name := range types {
		if name == "" {
			continue
		}
		objects[i] = fieldsOf(c, name, selections, func(f graphql.CollectedField) write[V] {
			var key strings.Builder
			fmt.Fprintf(&key, "%p", f.Field)
			for _, s := range f.Selections {
				fmt.Fprintf(&key, " %p", s)
			}
			s, ok := known[key.String()]
			if !ok {
				s.on = new(typeSet)
				s.write = compile(f, s.on)
				known[key.String()] = s
			}
			*s.on |= 1 << i
			return s.write
		})
	}
	return objects
}
