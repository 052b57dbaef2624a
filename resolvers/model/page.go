package model

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"

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

// list is what a cursor belongs to: one list of one version, under one filter
// and one order.
type list struct {
	version string
	binding [8]byte
}

// listOf names a list by the field that gives it (with the id of the object
// the field is on) and everything that decides what is in it and in which
// order.
func (v *View) listOf(field, id string, arguments ...any) list {
	// Inputs are plain structs, whose JSON is the same for the same arguments.
	text, err := json.Marshal(append([]any{field, id}, arguments...))
	if err != nil {
		text = fmt.Append(nil, field, id, arguments)
	}
	sum := sha256.Sum256(text)
	return list{version: v.Summary().Version, binding: [8]byte(sum[:8])}
}

// window checks the arguments and turns them into positions.
func (l list) window(p Page) (graph.Window, error) {
	var w graph.Window
	size := func(name string, n *int32) (*int, error) {
		if n == nil {
			return nil, nil
		}
		if *n < 0 || *n > MaxPageSize {
			return nil, errorf(BadPageSize, "%s is %d; a page holds 0 to %d: ask for the rest with a cursor", name, *n, MaxPageSize)
		}
		size := int(*n)
		return &size, nil
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
	if w.First, err = size("first", p.First); err != nil {
		return w, err
	}
	if w.Last, err = size("last", p.Last); err != nil {
		return w, err
	}
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

// cursor returns the cursor of a position.
func (l list) cursor(position int) string {
	b := make([]byte, 0, 48)
	b = append(b, cursorForm, byte(len(l.version)))
	b = append(b, l.version...)
	b = append(b, l.binding[:]...)
	b = binary.AppendUvarint(b, uint64(position))
	sum := sha256.Sum256(b)
	return cursorEncoding.EncodeToString(append(b, sum[:4]...))
}

// position reads a cursor of this list.
func (l list) position(cursor string) (int, *Error) {
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
	case [8]byte(binding) != l.binding:
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
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// pageOf is a page of any list: where it lies in the list, and how long the
// list is.
type pageOf struct {
	list       list
	from, to   int
	TotalCount int32
}

func newPage(l list, w graph.Window, total int) pageOf {
	from, to := w.Range(total)
	return pageOf{list: l, from: from, to: to, TotalCount: int32(total)}
}

// PageInfo resolves the field pageInfo.
func (p pageOf) PageInfo() PageInfo {
	info := PageInfo{HasPreviousPage: p.from > 0, HasNextPage: p.to < int(p.TotalCount)}
	if p.from < p.to {
		start, end := p.list.cursor(p.from), p.list.cursor(p.to-1)
		info.StartCursor, info.EndCursor = &start, &end
	}
	return info
}

// cursor returns the cursor of the i-th thing on the page.
func (p pageOf) cursor(i int) string { return p.list.cursor(p.from + i) }
