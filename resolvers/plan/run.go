package plan

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// run is one execution of a plan: what the steps have read, then the answer as
// it is written. It is used again for the next execution of the same plan.
type run struct {
	ctx     context.Context
	view    *model.View
	reader  graph.Reader
	summary *graph.Summary

	variables map[string]any

	keys   []string // of the plan
	tables []any    // what the steps have read
	held   int      // how many things
	rows   int      // of them, for the level that is being read

	resolved map[string]json.RawMessage // root fields that are left to the resolvers
	null     bool                       // one of them has made everything null

	buf    []byte
	path   []placeInPath
	faults []Fault
	// cuts counts how often the end of the buffer was cut off: where bytes lie is
	// known only as long as it stays the same.
	cuts      int
	objects   int   // written
	unchecked int   // bytes written since the context was looked at
	checked   int   // how long the answer was then
	stopped   error // why nothing more is written

	kinds []graph.Kind
	seen  rowOf
}

// placeInPath is a step of the path to what is being written: a response key, by
// its place in Plan.keys, or inList and a place in a list.
type placeInPath struct{ key, index int32 }

const inList = -1

// Fault is an error of a field, with its place in the answer.
type Fault struct {
	Path ast.Path
	Err  error
}

// fail notes an error of the field that is being written, and returns false:
// there is no value.
func (x *run) fail(err error) bool {
	path := make(ast.Path, len(x.path))
	for i, p := range x.path {
		if p.key == inList {
			path[i] = ast.PathIndex(p.index)
		} else {
			path[i] = ast.PathName(x.keys[p.key])
		}
	}
	x.faults = append(x.faults, Fault{path, err})
	return false
}

// cut takes back what was written from a place on, where there were so many
// objects.
func (x *run) cut(start, objects int) {
	x.buf, x.objects = x.buf[:start], objects
	x.cuts++
}

// The context is looked at again after so many bytes, far less than a
// millisecond of work. An object that is written counts as many bytes as take as
// long to copy.
const (
	checkEvery  = 256 << 10
	objectBytes = 512
)

// wanted reports whether anybody still waits for the answer, before so many
// bytes are written.
func (x *run) wanted(bytes int) bool {
	if x.unchecked += bytes; x.unchecked >= checkEvery || len(x.buf) >= x.checked+checkEvery {
		x.stopped = x.look()
	}
	return x.stopped == nil
}

// look looks at the context, and tells it of what was written since: an object is
// written in about 8 steps of graph.Meter, 16 bytes in one.
func (x *run) look() error {
	steps := x.unchecked/64 + max(len(x.buf)-x.checked, 0)/16
	x.unchecked, x.checked = 0, len(x.buf)
	if err := graph.Spend(x.ctx, steps); err != nil {
		return err
	}
	if len(x.buf) > maxBytes {
		return ErrTooLarge
	}
	return nil
}

// The bounds of an answer, far above what the pages of an operation add up to:
// they stand against lists whose length nobody asks for.
const (
	maxHeld  = 1 << 20
	maxBytes = 48 << 20
	// A run is kept for the next one up to this size: what a larger one took is
	// given back.
	keepHeld  = 1 << 16
	keepBytes = 4 << 20
)

// ErrTooLarge marks an answer that would be larger than answers may be.
var ErrTooLarge = fmt.Errorf("the answer would hold more than %d objects or %d MiB: ask for less, or in several requests", maxHeld, maxBytes>>20)

// hold counts things that are about to be read.
func (x *run) hold(n int) error {
	x.rows += n
	if x.held += n; x.held > maxHeld {
		return ErrTooLarge
	}
	return nil
}

// text writes a text.
func (x *run) text(s string) bool {
	x.buf = appendText(x.buf, s)
	return true
}

// optional writes a text, or nothing for what is not stated.
func (x *run) optional(s string) bool { return s != "" && x.text(s) }

func (x *run) boolean(b bool) bool {
	x.buf = strconv.AppendBool(x.buf, b)
	return true
}

func (x *run) integer(n int) bool {
	x.buf = strconv.AppendInt(x.buf, int64(int32(n)), 10)
	return true
}

// number writes a number, or nothing for NaN.
func (x *run) number(f float64) bool {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return false
	}
	x.buf = strconv.AppendFloat(x.buf, f, 'g', -1, 64)
	return true
}

// moment writes a moment.
func (x *run) moment(t time.Time) bool {
	x.buf = append(x.buf, '"')
	x.buf = append(t.UTC().AppendFormat(x.buf, time.RFC3339), '"')
	return true
}

// word writes a value of an enum, or nothing where it has none.
func word[T ~uint8](x *run, words []string, v T) bool {
	if int(v) >= len(words) {
		return false
	}
	x.buf = append(x.buf, words[v]...)
	return words[v] != ""
}

// ids writes a list of ids.
func ids[T ~string](x *run, all []T) bool {
	x.buf = append(x.buf, '[')
	for i, id := range all {
		if i > 0 {
			x.buf = append(x.buf, ',')
		}
		x.text(string(id))
	}
	x.buf = append(x.buf, ']')
	return true
}

// words writes a list of values of an enum.
func words[T ~uint8](x *run, of []string, all []T) bool {
	x.buf = append(x.buf, '[')
	for i, v := range all {
		if i > 0 {
			x.buf = append(x.buf, ',')
		}
		word(x, of, v)
	}
	x.buf = append(x.buf, ']')
	return true
}

const hexDigits = "0123456789ABCDEF"

// appendText appends a JSON string, escaped as gqlgen does. Texts are looked
// through eight bytes at a time: few have anything to escape.
func appendText(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start, i := 0, 0
	for ; i+8 <= len(s); i += 8 {
		if w := word64(s, i); mustEscape(w) {
			break
		}
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, s[start:i]...)
		start = i + 1
		switch c {
		case '\t':
			dst = append(dst, '\\', 't')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\\', '"':
			dst = append(dst, '\\', c)
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// word64 returns eight bytes of a text.
func word64(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// mustEscape reports whether one of eight bytes is a control character, a
// quotation mark or a backslash, and now and then that one is where none is.
func mustEscape(w uint64) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	control := w - ' '*each
	quote := w ^ '"'*each
	slash := w ^ '\\'*each
	return (control&^w|(quote-each)&^quote|(slash-each)&^slash)&high != 0
}
