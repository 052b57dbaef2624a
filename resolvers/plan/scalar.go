package plan

import (
	"reflect"
	"strings"
	"time"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// scalar compiles a scalar field that package model tells: the method of its name
// of V. It is called as fast as any other function; nothing is looked up in a run.
// scalar returns nil where V has no such method, or one of another form.
func scalar[V any](name string) write[V] {
	t := reflect.TypeFor[V]()
	for i := range t.NumMethod() {
		if m := t.Method(i); strings.EqualFold(m.Name, name) {
			return scalarBy[V](m.Func.Interface())
		}
	}
	return nil
}

// scalarOf compiles a scalar field of what belongs to V.
func scalarOf[V, O any](name string, of func(x *run, v V) O) write[V] {
	write := scalar[O](name)
	if write == nil {
		return nil
	}
	return func(x *run, v V) bool { return write(x, of(x, v)) }
}

// scalarBy returns what writes the result of a method of V: its type says how.
func scalarBy[V any](method any) write[V] {
	switch read := method.(type) {
	case func(V) string:
		return func(x *run, v V) bool { return x.text(read(v)) }
	case func(V) graph.ID:
		return func(x *run, v V) bool { return x.text(string(read(v))) }
	case func(V) model.ClaimAnswer:
		return func(x *run, v V) bool { return x.text(string(read(v))) }
	case func(V) model.Stated:
		return func(x *run, v V) bool { return x.optional(string(read(v))) }
	case func(V) *string:
		return func(x *run, v V) bool {
			s := read(v)
			return s != nil && x.text(*s)
		}
	case func(V) []string:
		return func(x *run, v V) bool { return ids(x, read(v)) }
	case func(V) []graph.ID:
		return func(x *run, v V) bool { return ids(x, read(v)) }
	case func(V) bool:
		return func(x *run, v V) bool { return x.boolean(read(v)) }
	case func(V) int:
		return func(x *run, v V) bool { return x.integer(read(v)) }
	case func(V) float64:
		return func(x *run, v V) bool { return x.number(read(v)) }
	case func(V) *float64:
		return func(x *run, v V) bool {
			n := read(v)
			return n != nil && x.number(*n)
		}
	case func(V) time.Time:
		return func(x *run, v V) bool { return x.moment(read(v)) }
	case func(V) *time.Time:
		return func(x *run, v V) bool {
			t := read(v)
			return t != nil && x.moment(*t)
		}
	case func(V) model.Cursor:
		return func(x *run, v V) bool { return x.cursor(read(v)) }
	case func(V) []graph.Kind:
		kinds := model.Words(model.Kinds)
		return func(x *run, v V) bool { return words(x, kinds, read(v)) }
	case func(V) graph.Kind:
		return byNumber(read, model.Words(model.Kinds))
	case func(V) graph.Modality:
		return byNumber(read, model.Words(model.Modalities))
	case func(V) graph.Direction:
		return byNumber(read, model.Words(model.Directions))
	case func(V) search.Field:
		return byNumber(read, model.Words(model.SearchFields))
	case func(V) search.MatchKind:
		return byNumber(read, model.Words(model.SearchMatchKinds))
	case func(V) walk.Reason:
		return byNumber(read, model.Words(model.NoPathReasons))
	case func(V) graph.ScopeMatch:
		return byNumber(read, model.Words(model.ScopeMatches))
	case func(V) walk.Match:
		return byNumber(read, model.Words(model.RankMatches))
	case func(V) graph.Scope:
		return byName(read, model.Scopes.Texts())
	case func(V) graph.SourceStatus:
		return byName(read, model.SourceStatuses.Texts())
	case func(V) graph.JoinRefusal:
		return byName(read, model.NotJoinedReasons.Texts())
	case func(V) graph.Match:
		return byName(read, model.CodeMatches.Texts())
	default:
		return nil
	}
}

// byNumber writes a value of an enum, null where it has none.
func byNumber[V any, T ~uint8](read func(V) T, words []string) write[V] {
	return func(x *run, v V) bool {
		n := read(v)
		if int(n) >= len(words) {
			return false
		}
		x.buf = append(x.buf, words[n]...)
		return words[n] != ""
	}
}

// byName writes a value of an enum that the graph has as a text.
func byName[V any, T ~string](read func(V) T, words map[T]string) write[V] {
	return func(x *run, v V) bool {
		w := words[read(v)]
		x.buf = append(x.buf, w...)
		return w != ""
	}
}
