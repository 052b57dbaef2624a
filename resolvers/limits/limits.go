package limits

import "fmt"

// Limits is how much of each thing a request may have.
type Limits struct {
	// Body bounds the bytes of a request's body, Values the values in it, all
	// together: texts, numbers, lists, objects.
	Body, Values int
	// Bytes and Tokens bound the text of a document. Punctuation counts as
	// tokens, white space and comments do not.
	Bytes, Tokens int
	// Operations, Fragments, Spreads and Variables bound what a document
	// declares; spreads include inline fragments.
	Operations, Fragments, Spreads, Variables int
	// Directives bounds the directives of one place.
	Directives int
	// Depth bounds how deep fields lie in each other, Fields how many the
	// operations select together, both with all fragments unfolded.
	Depth, Fields int
	// Aliases bounds the aliases of all operations, Copies how often one response
	// key is selected in one object, Pairs how many pairs such copies make in one
	// operation, in all: validation compares each. All have fragments unfolded.
	Aliases, Copies, Pairs int
	// IntrospectionDepth bounds how often the lists of __schema and __type lie in
	// each other: types have fields, whose types have fields …
	IntrospectionDepth int
	// ListItems bounds a list, StringBytes a text, Nesting lists and objects in
	// each other: in the document and in its variables. NameBytes bounds the names
	// in the document: validation compares those that it does not know with all
	// that it knows, letter by letter.
	ListItems, StringBytes, Nesting, NameBytes int
	// Cost bounds the objects that an answer may hold, by [Cost], and what is looked at
	// for it while it is answered (graph.Meter), of which [Steps] cost one.
	Cost int
}

// Default is what a public, read-only graph needs: room for the queries of
// clients and tools (GraphiQL's introspection has depth 15 and 90 fields), a
// few thousandths of a second at most for what is refused.
func Default() Limits {
	return Limits{
		Body: 128 << 10, Values: 5000,
		Bytes: 64 << 10, Tokens: 3000,
		Operations: 20, Fragments: 100, Spreads: 300, Variables: 50,
		Directives: 5,
		Depth:      25, Fields: 1000,
		Aliases: 200, Copies: 50, Pairs: 3000,
		IntrospectionDepth: 2,
		ListItems:          1000, StringBytes: 16 << 10, Nesting: 12, NameBytes: 200,
		Cost: 250_000,
	}
}

// ByName returns the limits by the names that [Exceeded] has for them, to be
// changed.
func (l *Limits) ByName() map[string]*int {
	return map[string]*int{
		"body": &l.Body, "values": &l.Values, "bytes": &l.Bytes, "tokens": &l.Tokens, "operations": &l.Operations, "fragments": &l.Fragments, "spreads": &l.Spreads,
		"variables": &l.Variables, "directives": &l.Directives, "depth": &l.Depth, "fields": &l.Fields, "aliases": &l.Aliases,
		"copies": &l.Copies, "pairs": &l.Pairs, "introspectionDepth": &l.IntrospectionDepth, "listItems": &l.ListItems,
		"stringBytes": &l.StringBytes, "nesting": &l.Nesting, "nameBytes": &l.NameBytes, "cost": &l.Cost,
	}
}

// Exceeded is the error of a request that is too large.
type Exceeded struct {
	// Limit is the name of the limit: depth, copies, cost …
	Limit string
	// Allowed is the limit. Found is what the request has; where counting stops
	// early, it has at least that.
	Allowed, Found int
	// Line and Column are the place in the document, from 1; 0 where there is none.
	Line, Column int
	// Circular is a fragment that is part of itself, empty where none is: such a
	// document is no valid GraphQL, and of no depth. It stands at Line and Column.
	Circular string

	what string
}

// Error says what there is too much of, and what to do.
func (e *Exceeded) Error() string {
	return fmt.Sprintf("%s: %d, where %d are allowed; ask for less, or in several requests", e.what, e.Found, e.Allowed)
}

// what is counted under the name of a limit.
var what = map[string]string{
	"body":               "bytes of the request",
	"values":             "values in the request",
	"bytes":              "bytes of the document",
	"tokens":             "tokens of the document",
	"operations":         "operations in the document",
	"fragments":          "fragments in the document",
	"spreads":            "uses of fragments in the document",
	"variables":          "variables of an operation",
	"directives":         "directives in one place",
	"depth":              "levels of fields within fields",
	"fields":             "fields of the operations, their fragments unfolded",
	"aliases":            "aliases of the operations, their fragments unfolded",
	"copies":             "selections of one field in one place",
	"pairs":              "pairs of selections of one field in one place, in all",
	"introspectionDepth": "levels of lists within lists of the schema's description",
	"listItems":          "items of one list",
	"stringBytes":        "bytes of one text",
	"nesting":            "levels of lists and objects in one value",
	"nameBytes":          "bytes of one name",
	"cost":               "objects that the answer may hold, or what has to be looked at for it",
}

// exceeded returns an error if more is found than allowed.
func exceeded(limit string, allowed, found int) *Exceeded {
	if found <= allowed {
		return nil
	}
	return &Exceeded{Limit: limit, Allowed: allowed, Found: found, what: what[limit]}
}

// Exceeds returns an error if there is more of something than the limit of that
// name allows.
func (l Limits) Exceeds(limit string, found int) *Exceeded {
	return exceeded(limit, *l.ByName()[limit], found)
}

// CheckCost refuses an operation whose cost, as [Cost] computes it, is above the
// limit.
func (l Limits) CheckCost(cost int) *Exceeded { return exceeded("cost", l.Cost, cost) }
