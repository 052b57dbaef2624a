package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/resolvers/limits"
)

// TestRead: what a body holds is read whole, and what is wrong with it is said,
// with the place. Memory that is used again shows nothing of the request before.
func TestRead(t *testing.T) {
	g := graphQL{admission: newAdmission(Config{Limits: limits.Default()})}
	read := func(body string) (any, string) {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		params := new(question)
		if refusal := g.read(httptest.NewRecorder(), r.WithContext(&exchange{timeLimit: timeLimit{Context: r.Context()}, input: params})); refusal != nil {
			return nil, refusal.Message
		}
		return []any{params.Query, params.OperationName, params.Variables, params.Extensions}, ""
	}
	type object = map[string]any
	for body, want := range map[string]any{
		`{"query":"{a}"}`: []any{"{a}", "", object(nil), object(nil)},
		` { "variables" : {"a": [1, 2.50, -3e9, true, false, null, "\u00e9\n", {}, []]}, "other": [{"x": 1}], "operationName":"b", "query":"{\"}" } `: []any{
			"{\"}", "b", object{"a": []any{json.Number("1"), json.Number("2.50"), json.Number("-3e9"), true, false, nil, "é\n", object{}, []any{}}}, object(nil),
		},
		`{"query":"q","operationName":null,"variables":null,"extensions":{"persistedQuery":{"version":1}}}`: []any{
			"q", "", object(nil), object{"persistedQuery": object{"version": json.Number("1")}},
		},
		``:                             "the request is not one JSON object",
		`null`:                         "the request is not one JSON object",
		`[]`:                           "the request is not one JSON object",
		`{"query":"q"`:                 "the request is not one JSON object: unexpected EOF at byte 13",
		`{"query":"q"} {}`:             "the request is not one JSON object",
		`{"query":"q","query":"r"}`:    "the request is not one JSON object: duplicate object member name at byte 14",
		`{"query":"q","variables":[]}`: `"variables" is not an object`,
		`{"query":1}`:                  `"query" is not a string`,
		`{"query":{"a":}}`:             "the request is not one JSON object: missing value after object name at byte 15",
		`{"operationName":["a"]}`:      `"operationName" is not a string`,
		`{"extensions":"a"}`:           `"extensions" is not an object`,
		`{}`:                           `the parameter "query" is missing: it holds the GraphQL document`,
		"{\"query\":\"\xff\"}":         "the request is not UTF-8",
	} {
		got, fault := read(body)
		if wantsFault, ok := want.(string); ok && !strings.HasPrefix(fault, wantsFault) || !ok && !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n got %#v, fault %q\nwant %#v", body, got, fault, want)
		}
	}
}
