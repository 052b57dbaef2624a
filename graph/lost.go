package graph

import (
	"fmt"
	"reflect"
	"strings"
)

// Lost lists the fields, by name, in which what came back from a store or a file
// is not what was given: Statements[0].Population is "", want "adults". Both data
// sets must be normalized; missing namespaces are losses, further ones none.
func Lost(got, want *Dataset) (lost []string) {
	lose(&lost, "", reflect.ValueOf(got).Elem(), reflect.ValueOf(want).Elem())
	return lost
}

func lose(lost *[]string, path string, got, want reflect.Value) {
	switch want.Kind() {
	case reflect.Struct:
		if want.Type() == reflect.TypeFor[Prefixes]() {
			g, w := got.Interface().(Prefixes), want.Interface().(Prefixes)
			for _, name := range w.Names() {
				has, _ := g.Namespace(name)
				if wants, _ := w.Namespace(name); has != wants {
					*lost = append(*lost, fmt.Sprintf("%s[%s] is %q, want %q", path, name, has, wants))
				}
			}
			return
		}
		for i := range want.NumField() {
			if field := want.Type().Field(i); field.Anonymous {
				lose(lost, path, got.Field(i), want.Field(i))
			} else {
				lose(lost, strings.TrimPrefix(path+"."+field.Name, "."), got.Field(i), want.Field(i))
			}
		}
	case reflect.Slice:
		if got.Len() != want.Len() {
			*lost = append(*lost, fmt.Sprintf("%s has %d items, want %d: %v, want %v", path, got.Len(), want.Len(), got, want))
			return
		}
		for i := range want.Len() {
			lose(lost, fmt.Sprintf("%s[%d]", path, i), got.Index(i), want.Index(i))
		}
	case reflect.Pointer:
		if got.IsNil() != want.IsNil() {
			*lost = append(*lost, fmt.Sprintf("%s is %v, want %v", path, got, want))
		} else if !want.IsNil() {
			lose(lost, path, got.Elem(), want.Elem())
		}
	default:
		if got.Interface() != want.Interface() {
			*lost = append(*lost, fmt.Sprintf("%s is %#v, want %#v", path, got, want))
		}
	}
}
