// Package languages runs queries in Cayley's own languages on a Cayley quad
// store: gizmo (JavaScript with g.V() and paths), mql and sexp.
//
// It is for whoever holds the data, on the command line. It reads only, and ends
// with its context. It cannot bound the memory of a query, and a query in gizmo can
// end the process: the engine runs it beside the caller and does not recover
// from its own panics. So it belongs into a process of its own, whose last words
// [Crash] explains.
package languages

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/cayley/query/mql"
	"github.com/cayleygraph/cayley/query/sexp"
	"github.com/cayleygraph/quad"
)

// language is one of Cayley's.
type language struct {
	name      string
	collation query.Collation // the form of results that is nearest to JSON
	session   func(graph.QuadStore) query.Session
	check     func(text string) error // what the session does not refuse, or not clearly
	words     bool                    // IRIs can be written as bare words only
	// end is added to the text, so that a last result of nil tells that the engine
	// has come to its end. Without it, a panic of gizmo, which runs beside the caller,
	// looks like the end until the process is gone.
	end string
}

func languages() []language {
	return []language{
		{name: gizmo.Name, collation: query.JSON, session: func(s graph.QuadStore) query.Session { return gizmo.NewSession(s) }, check: checkGizmo, end: "\n;'end'"},
		{name: mql.Name, collation: query.JSON, session: func(s graph.QuadStore) query.Session { return mql.NewSession(s) }},
		{name: sexp.Name, collation: query.Raw, session: func(s graph.QuadStore) query.Session { return sexp.NewSession(s) }, check: checkSexp, words: true},
	}
}

// Query is what to run.
type Query struct {
	Language string // gizmo, mql or sexp
	Text     string
	Name     string // what the text is called in messages, such as a file
	Limit    int    // the most results, from 1
	// Expand returns the full IRI of an id or CURIE, so that both may be
	// written where the language takes an IRI.
	Expand func(id string) string
}

// Run runs a query and gives each result to emit, as one line of JSON, until
// there are Limit; cut says that there were more. Values are in Cayley's forms:
// <IRI>, _:node, numbers, and texts as they are. An error of the query is a
// *QueryError. When the context is done, Run ends with its error; of gizmo, a
// goroutine may go on until its current step has ended.
func Run(ctx context.Context, store graph.QuadStore, q Query, emit func(line []byte) error) (cut bool, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = q.fault(0, 0, plain(fmt.Sprint(fault)))
		}
	}()
	var l language
	for _, other := range languages() {
		if other.name == q.Language {
			l = other
		}
	}
	if l.session == nil {
		return false, fmt.Errorf("there is no language %s", q.Language)
	}
	text := strings.TrimRight(q.Text, " \t\r\n")
	if strings.TrimSpace(text) == "" {
		return false, q.fault(0, 0, "the query is empty")
	}
	if l.check != nil {
		if err := l.check(text); err != nil {
			return false, q.located(err)
		}
	}
	session := l.session(named{store, q.Expand, l.words})
	if l.words { // its parser takes no space before the query
		text = strings.TrimSpace(text)
	}
	results, err := session.Execute(ctx, text+l.end, query.Options{Collation: l.collation})
	if err != nil {
		return false, q.located(err)
	}
	defer func() { _ = results.Close() }()
	ended := l.end == ""
	for n := 0; results.Next(ctx); {
		value, err := data(store, results.Result(), 0)
		if err != nil {
			return false, q.fault(0, 0, err.Error())
		}
		if value == nil {
			ended = true
			continue
		}
		if n++; n > q.Limit {
			return true, nil
		}
		line, err := lineOf(value)
		if err != nil {
			return false, err
		}
		if err := emit(line); err != nil {
			return false, err
		}
	}
	if ctx.Err() != nil { // not every iterator tells
		return false, ctx.Err()
	}
	if err := results.Err(); err != nil {
		return false, q.located(err)
	}
	if !ended { // the process ends just now
		<-ctx.Done()
		return false, ctx.Err()
	}
	return false, nil
}

// named is a quad store that also finds nodes by their ids: bells-palsy and
// schema:cause where a query has an IRI.
type named struct {
	graph.QuadStore
	expand func(id string) string
	words  bool // a text that no quad has may be an id as well
}

// ValueOf implements Cayley's QuadStore.
func (n named) ValueOf(v quad.Value) (graph.Ref, error) {
	ref, err := n.QuadStore.ValueOf(v)
	if ref != nil || err != nil || n.expand == nil {
		return ref, err
	}
	switch v := v.(type) {
	case quad.IRI:
		return n.QuadStore.ValueOf(quad.IRI(n.expand(string(v))))
	case quad.String:
		if n.words {
			return n.QuadStore.ValueOf(quad.IRI(n.expand(string(v))))
		}
	}
	return nil, nil
}

// maxDepth is how deeply a result may be nested; deeper is a circle.
const maxDepth = 100

// data turns what an engine answers into what JSON has: nil, bool, numbers,
// texts, lists and objects.
func data(names graph.QuadStore, v any, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("a result is nested more than %d deep, or contains itself", maxDepth)
	}
	switch v := v.(type) {
	case nil, bool, string, int, int64:
		return v, nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("a result is %v, which JSON cannot hold", v)
		}
		return v, nil
	case time.Time:
		return v.Format(time.RFC3339Nano), nil
	case quad.Value:
		if native := v.Native(); native != any(v) {
			return data(names, native, depth+1)
		}
		return quad.StringOf(v), nil
	case graph.Ref:
		name, err := names.NameOf(v)
		if err != nil || name == nil {
			return nil, err
		}
		return data(names, name, depth+1)
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Map:
		if r.Type().Key().Kind() != reflect.String {
			break
		}
		object := make(map[string]any, r.Len())
		for entries := r.MapRange(); entries.Next(); {
			value, err := data(names, entries.Value().Interface(), depth+1)
			if err != nil {
				return nil, err
			}
			object[entries.Key().String()] = value
		}
		return object, nil
	case reflect.Slice:
		list := make([]any, r.Len())
		for i := range list {
			var err error
			if list[i], err = data(names, r.Index(i).Interface(), depth+1); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return nil, fmt.Errorf("a result is no data but a path or a function: end a path with .all(), .toArray() or .count()")
}

// lineOf writes a value as one line of JSON.
func lineOf(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
