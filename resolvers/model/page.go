package model

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
)

// The size of a page where none is asked for, and the most one may ask for.
const (
	DefaultPageSize = 20
	MaxPageSize     = 100
)

// Page is the part of a list that a field's arguments ask for.
type Page struct {
	First  *int32
	After  *string
	Last   *int32
	Before *string
}

// check refuses a size that no page has, whatever the list.
func (p Page) check() error {
	for _, size := range []struct {
		name string
		n    *int32
	}{{"first", p.First}, {"last", p.Last}} {
		if size.n != nil && (*size.n < 0 || *size.n > MaxPageSize) {
			return errorf(BadPageSize, "%s is %d; a page holds 0 to %d: ask for the rest with a cursor", size.name, *size.n, MaxPageSize)
		}
	}
	return nil
}

// Paging is the part that a field's arguments ask for, of the lists that it
// gives of different objects: of each the same part, but a cursor belongs to the
// list of one object.
type Paging struct {
	page  Page
	lists *lists
}

// paging checks what can be checked whatever the object. The lists are named by
// the field and by everything that decides what is in them and in which order.
func (v *View) paging(p Page, field string, arguments ...any) (Paging, error) {
	return Paging{p, v.listsOf(field, arguments...)}, p.check()
}

// HasCursor reports whether the arguments name a cursor.
func (p *Paging) HasCursor() bool { return p.page.After != nil || p.page.Before != nil }

// Window returns the part that is asked for of the list of one object. It is an
// error if the cursors are not of that list.
func (p *Paging) Window(id string) (graph.Window, error) {
	if !p.HasCursor() { // it is the same for all
		return new(list).window(p.page)
	}
	return p.lists.of(id).window(p.page)
}

// Page returns where a page lies in the list of one object.
func (p *Paging) Page(id string, w graph.Window, total int) PageOf {
	return newPage(p.lists.of(id), w, total)
}

// lists names the lists that one field gives of different objects, by the field
// and by everything that decides what is in them and in which order.
type lists struct {
	version   string
	field     string
	arguments []any

	once sync.Once
	// The name of a list is the id of its object between these. They are written
	// when a cursor is first read or made: most pages have none.
	before, after []byte
}

// list is what a cursor belongs to: one list of one version, under one filter
// and one order.
type list struct {
	*lists
	id string

	once    sync.Once
	binding [8]byte
}

// listsOf names the lists of a field.
func (v *View) listsOf(field string, arguments ...any) *lists {
	return &lists{version: v.Summary().Version, field: field, arguments: arguments}
}

// of returns the list of one object.
func (l *lists) of(id string) *list { return &list{lists: l, id: id} }

// listOf names a list by the field that gives it, the id of the object that the
// field is on, and everything that decides what is in it and in which order.
func (v *View) listOf(field, id string, arguments ...any) *list {
	return v.listsOf(field, arguments...).of(id)
}

// name writes the parts of the names.
func (l *lists) name() {
	// Inputs are plain structs, whose JSON is the same for the same arguments.
	before, err := json.Marshal([]any{l.field})
	if err != nil {
		before = fmt.Append(nil, "[", l.field, "]")
	}
	after, err := json.Marshal(append([]any{}, l.arguments...))
	if err != nil {
		after = fmt.Append(nil, "[", l.arguments, "]")
	}
	before[len(before)-1], after[0] = ',', ','
	if len(l.arguments) == 0 {
		after = after[1:]
	}
	l.before, l.after = before, after
}

// bound returns what the list is known by in a cursor.
func (l *list) bound() [8]byte {
	l.once.Do(func() {
		l.lists.once.Do(l.name)
		text := make([]byte, 0, 256)
		text = append(text, l.before...)
		text = strconv.AppendQuote(text, l.id)
		text = append(text, l.after...)
		sum := sha256.Sum256(text)
		l.binding = [8]byte(sum[:8])
	})
	return l.binding
}

// window checks the arguments and turns them into positions.
func (l *list) window(p Page) (graph.Window, error) {
	var w graph.Window
	if err := p.check(); err != nil {
		return w, err
	}
	size := func(n *int32) *int {
		if n == nil {
			return nil
		}
		size := int(*n)
		return &size
	}
	position := func(name string, cursor *string) (*int, error) {
		if cursor == nil {
			return nil, nil
		}
		at, err := l.position(*cursor)
		if err != nil {
			return nil, errorf(err.Code, "%s: %s", name, err.Message)
		}
		return &at, nil
	}
	var err error
	w.First, w.Last = size(p.First), size(p.Last)
	if w.After, err = position("after", p.After); err != nil {
		return w, err
	}
	if w.Before, err = position("before", p.Before); err != nil {
		return w, err
	}
	if w.First == nil && w.Last == nil {
		size := DefaultPageSize
		w.First = &size
	}
	return w, nil
}

// A cursor is, in URL-safe base64: a byte for its form, the version of the
// data behind its length, the binding to the list, the position in it, and the
// first four bytes of a SHA-256 over all of that. It hides nothing; it is
// checked so that a cut or edited one is told apart from a good one.
const cursorForm = 1

var cursorEncoding = base64.RawURLEncoding.Strict()

// appendCursor appends the cursor of a position.
func (l *list) appendCursor(dst []byte, position int) []byte {
	b := make([]byte, 0, 64)
	b = append(b, cursorForm, byte(len(l.version)))
	b = append(b, l.version...)
	binding := l.bound()
	b = append(b, binding[:]...)
	b = binary.AppendUvarint(b, uint64(position))
	sum := sha256.Sum256(b)
	return cursorEncoding.AppendEncode(dst, append(b, sum[:4]...))
}

// cursor returns the cursor of a position.
func (l *list) cursor(position int) string { return string(l.appendCursor(nil, position)) }

// position reads a cursor of this list.
func (l *list) position(cursor string) (int, *Error) {
	bad := errorf(BadCursor, "%q is no cursor of ours: use endCursor or an edge's cursor as it was given", shorten(cursor))
	b, err := cursorEncoding.DecodeString(cursor)
	if err != nil || len(b) < 2+8+1+4 || b[0] != cursorForm {
		return 0, bad
	}
	content, check := b[:len(b)-4], b[len(b)-4:]
	if sum := sha256.Sum256(content); string(sum[:4]) != string(check) {
		return 0, bad
	}
	length := int(content[1])
	if content = content[2:]; len(content) < length+8 {
		return 0, bad
	}
	version, binding, rest := string(content[:length]), content[length:length+8], content[length+8:]
	position, n := binary.Uvarint(rest)
	switch {
	case n <= 0 || n != len(rest) || position > 1<<31:
		return 0, bad
	case version != l.version:
		return 0, errorf(StaleCursor, "the cursor belongs to version %s of the data, this is %s: start again from the first page", version, l.version)
	case [8]byte(binding) != l.bound():
		return 0, errorf(BadCursor, "the cursor belongs to another list: use it on the same field of the same object, with the same filter and order")
	default:
		return int(position), nil
	}
}

// shorten cuts a text for a message.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// PageInfo says where a list goes on.
type PageInfo struct{ of *PageOf }

func (i PageInfo) HasNextPage() bool     { return i.of.to < int(i.of.TotalCount) }
func (i PageInfo) HasPreviousPage() bool { return i.of.from > 0 }
func (i PageInfo) StartCursor() Cursor   { return Cursor{i.of, 0} }
func (i PageInfo) EndCursor() Cursor     { return Cursor{i.of, i.of.Len() - 1} }

// Cursor is that of a thing on a page, null where the page has none.
type Cursor struct {
	page *PageOf
	at   int
}

// Append appends the cursor to a text. It returns false where there is none.
func (c Cursor) Append(dst []byte) ([]byte, bool) {
	if c.page.Len() == 0 {
		return dst, false
	}
	return c.page.list.appendCursor(dst, c.page.from+c.at), true
}

// MarshalCursor writes a cursor, which needs no escaping.
func MarshalCursor(c Cursor) graphql.Marshaler {
	text, ok := c.Append([]byte{'"'})
	if !ok {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) { _, _ = w.Write(append(text, '"')) })
}

// UnmarshalCursor is what gqlgen asks for beside MarshalCursor: cursors arrive as
// texts.
func UnmarshalCursor(any) (Cursor, error) { return Cursor{}, errOnlyAnswers }

// PageOf is a page of any list: where it lies in the list, and how long the
// list is.
type PageOf struct {
	list       *list
	from, to   int
	TotalCount int32
}

func newPage(l *list, w graph.Window, total int) PageOf {
	from, to := w.Range(total)
	return PageOf{list: l, from: from, to: to, TotalCount: int32(total)}
}

// Paged returns the page itself.
func (p *PageOf) Paged() *PageOf { return p }

// Len returns how many things are on the page.
func (p PageOf) Len() int { return p.to - p.from }

// PageInfo resolves the field pageInfo.
func (p *PageOf) PageInfo() PageInfo { return PageInfo{p} }

// Cursor returns the cursor of the i-th thing on the page.
func (p *PageOf) Cursor(i int) Cursor { return Cursor{p, i} }

// cursor returns the cursor of the i-th thing on the page.
func (p PageOf) cursor(i int) string { return p.list.cursor(p.from + i) }
