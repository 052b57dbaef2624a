package graphtest

import (
	"fmt"
	"math"
	"reflect"
)

// diff returns where two values of one type first differ, and "" where they do
// not. What a caller of a Reader cannot tell apart counts as equal: nil and
// empty lists, a column of lists that was never reset and one without rows, and
// any two NaNs.
func diff(got, want any) string {
	return diffValues("", reflect.ValueOf(got), reflect.ValueOf(want))
}

func diffValues(path string, got, want reflect.Value) string {
	switch got.Kind() {
	case reflect.Pointer:
		if got.IsNil() || want.IsNil() {
			break
		}
		return diffValues(path, got.Elem(), want.Elem())
	case reflect.Struct:
		for i := range got.NumField() {
			name := got.Type().Field(i).Name
			if !got.Type().Field(i).IsExported() {
				continue
			}
			g, w := got.Field(i), want.Field(i)
			if name == "Start" && g.Len() <= 1 && w.Len() <= 1 {
				continue // no rows, whether reset or not
			}
			if d := diffValues(path+"."+name, g, w); d != "" {
				return d
			}
		}
		return ""
	case reflect.Slice, reflect.Array:
		for i := range min(got.Len(), want.Len()) {
			if d := diffValues(fmt.Sprintf("%s[%d]", path, i), got.Index(i), want.Index(i)); d != "" {
				return d
			}
		}
		if got.Len() != want.Len() {
			return fmt.Sprintf("%s has %d items, want %d: got %v, want %v", path, got.Len(), want.Len(), got, want)
		}
		return ""
	case reflect.Float64:
		if math.IsNaN(got.Float()) && math.IsNaN(want.Float()) {
			return ""
		}
	}
	if got.Interface() != want.Interface() {
		return fmt.Sprintf("%s is %#v, want %#v", path, got, want)
	}
	return ""
}
