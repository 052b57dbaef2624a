package server

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// read reads the parameters of a request.
func (g *graphQL) read(w http.ResponseWriter, r *http.Request) *Refusal {
	q, _ := g.readers.Get().(*reader)
	if q == nil {
		q = new(reader)
		q.decoder = jsontext.NewDecoder(&q.text)
	}
	asked, _ := exchangeOf(r.Context()).input.(*question)
	params := &asked.RawParams
	params.Headers = r.Header
	var refusal *Refusal
	switch r.Method {
	case http.MethodPost:
		refusal = q.body(w, r, asked, g.admission)
	default: // GET
		refusal = q.queryString(r, asked)
	}
	if q.text.Cap() <= keptRequest {
		g.readers.Put(q)
	}
	switch {
	case refusal != nil:
		return refusal
	case asked.documentID != "":
		return asked.named()
	case params.Query == "" && params.Extensions["persistedQuery"] == nil:
		return badRequest(http.StatusBadRequest, `the parameter "query" is missing: it holds the GraphQL document`)
	}
	return nil
}

// documentHash is the form of the names of documents that the working draft of GraphQL
// over HTTP has for persisted documents
// (https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md).
const documentHash = "sha256:"

// named asks for a document by its name, as for one that was persisted: it is known by
// the same hash.
func (asked *question) named() *Refusal {
	if asked.Query != "" || asked.Extensions["persistedQuery"] != nil {
		return badRequest(http.StatusBadRequest, `"documentId" stands in the place of "query" and of extensions.persistedQuery: give one of them`)
	}
	hash, ok := strings.CutPrefix(asked.documentID, documentHash)
	if _, err := hex.DecodeString(hash); !ok || err != nil || len(hash) != 2*sha256.Size {
		return badRequest(http.StatusBadRequest, `"documentId" is not sha256: and the 64 hexadecimal digits of the SHA-256 of the document`)
	}
	extensions := maps.Clone(asked.Extensions)
	if extensions == nil {
		extensions = map[string]any{}
	}
	extensions["persistedQuery"] = map[string]any{"version": 1, "sha256Hash": hash}
	asked.Extensions = extensions
	return nil
}

// keptRequest is the size of the largest request whose memory is used again.
const keptRequest = 64 << 10

// reader reads requests, one after the other, into the same memory. What it
// hands out is copied.
type reader struct {
	text    bytes.Buffer
	decoder *jsontext.Decoder
}

// maxParameters is how many parameters of an address are read, besides the first:
// far more than there are, which caches and trackers add to.
const maxParameters = 50

// queryString reads the parameters of a GET.
func (q *reader) queryString(r *http.Request, params *question) *Refusal {
	if strings.Count(r.URL.RawQuery, "&") > maxParameters {
		return badRequest(http.StatusBadRequest, "the address has parameters that GraphQL does not: it knows query, documentId, variables, operationName and extensions")
	}
	given, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return badRequest(http.StatusBadRequest, "the address cannot be read: after the question mark belong parameters as query=…&variables=…, percent-encoded")
	}
	params.documentID, params.OperationName = given.Get(nameDocument), given.Get(nameOperation)
	params.Query = strings.Clone(given.Get(nameQuery)) // which may be kept, the address is not
	if !utf8.ValidString(params.Query) {
		return badRequest(http.StatusBadRequest, "the document is not UTF-8")
	}
	for name, into := range map[string]*map[string]any{nameVariables: &params.Variables, nameExtensions: &params.Extensions} {
		text := given.Get(name)
		if text == "" {
			continue
		}
		q.text.Reset()
		q.text.WriteString(text)
		q.decoder.Reset(&q.text)
		object, err := q.object()
		if err == nil {
			err = q.end()
		}
		if err != nil {
			return badRequest(http.StatusBadRequest, fmt.Sprintf("the parameter %q is not a JSON object%s", name, at(err)))
		}
		*into = object
	}
	return nil
}

// body reads the parameters of a POST.
func (q *reader) body(w http.ResponseWriter, r *http.Request, params *question, a *admission) *Refusal {
	if refusal := checkContentType(r.Header.Get("Content-Type")); refusal != nil {
		return refusal
	}
	q.text.Reset()
	if refusal := a.readInto(&q.text, w, r); refusal != nil {
		return refusal
	}
	if !utf8.Valid(q.text.Bytes()) {
		return badRequest(http.StatusBadRequest, "the request is not UTF-8")
	}
	if exceeded := a.limits.CheckRequest(q.text.Bytes()); exceeded != nil {
		return tooLarge(0, exceeded)
	}
	q.decoder.Reset(&q.text)
	err := q.parameters(params)
	if wrong := (*wrongParameter)(nil); errors.As(err, &wrong) {
		return badRequest(http.StatusBadRequest, fmt.Sprintf("%q is not %s", wrong.name, wrong.wants))
	}
	if err != nil {
		return badRequest(http.StatusBadRequest, "the request is not one JSON object"+at(err))
	}
	return nil
}

// checkContentType refuses what is not JSON: forms and plain text, which a page
// of another site may send unasked.
func checkContentType(contentType string) *Refusal {
	if contentType == typeJSON { // as most clients say it
		return nil
	}
	mediaType, options, err := mime.ParseMediaType(contentType)
	if err != nil || mediaType != typeJSON {
		return badRequest(http.StatusUnsupportedMediaType, "send the request as Content-Type: "+typeJSON)
	}
	if charset := options["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return badRequest(http.StatusUnsupportedMediaType, "send the request as UTF-8")
	}
	return nil
}

// wrongParameter is the error of a parameter of another type.
type wrongParameter struct{ name, wants string }

func (e *wrongParameter) Error() string { return e.name + " is not " + e.wants }

// errShape is the error of a JSON text that is something else than was wanted.
var errShape = errors.New("another type of value")

// The names of parameters.
const (
	nameQuery      = "query"
	nameDocument   = "documentId"
	nameOperation  = "operationName"
	nameVariables  = "variables"
	nameExtensions = "extensions"
)

// parameterOf returns the parameter that a JSON string names, empty for none.
func parameterOf(raw jsontext.Value) string {
	name := raw[1 : len(raw)-1]
	if bytes.IndexByte(name, '\\') >= 0 { // as nobody writes it
		name, _ = jsontext.AppendUnquote(nil, raw)
	}
	switch string(name) { // makes no text
	case nameQuery:
		return nameQuery
	case nameDocument:
		return nameDocument
	case nameOperation:
		return nameOperation
	case nameVariables:
		return nameVariables
	case nameExtensions:
		return nameExtensions
	}
	return ""
}

// parameters reads the object of a POST.
func (q *reader) parameters(params *question) error {
	if q.decoder.PeekKind() != '{' {
		return cmp.Or(q.decoder.SkipValue(), errShape)
	}
	if _, err := q.decoder.ReadToken(); err != nil {
		return err
	}
	for q.decoder.PeekKind() == '"' {
		raw, err := q.decoder.ReadValue()
		if err != nil {
			return err
		}
		switch name := parameterOf(raw); name {
		case nameQuery:
			params.Query, err = q.string(name)
		case nameDocument:
			params.documentID, err = q.string(name)
		case nameOperation:
			params.OperationName, err = q.string(name)
		case nameVariables:
			params.Variables, err = q.optionalObject(name)
		case nameExtensions:
			params.Extensions, err = q.optionalObject(name)
		default:
			err = q.decoder.SkipValue()
		}
		if err != nil {
			return err
		}
	}
	if _, err := q.decoder.ReadToken(); err != nil { // of the end
		return err
	}
	return q.end()
}

// end makes sure that nothing follows.
func (q *reader) end() error {
	switch _, err := q.decoder.ReadToken(); {
	case err == nil:
		return errors.New("more than one value")
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// string reads a text, or null for none.
func (q *reader) string(name string) (string, error) {
	if kind := q.decoder.PeekKind(); kind != '"' && kind != 'n' {
		return "", cmp.Or(q.decoder.SkipValue(), error(&wrongParameter{name, "a string"}))
	}
	t, err := q.decoder.ReadToken()
	if err != nil || t.Kind() == 'n' {
		return "", err
	}
	return t.String(), nil
}

// optionalObject reads an object, or null for none.
func (q *reader) optionalObject(name string) (map[string]any, error) {
	object, err := q.object()
	if errors.Is(err, errShape) {
		err = &wrongParameter{name, "an object"}
	}
	return object, err
}

// object reads an object, or null for none.
func (q *reader) object() (map[string]any, error) {
	if kind := q.decoder.PeekKind(); kind != '{' && kind != 'n' {
		return nil, cmp.Or(q.decoder.SkipValue(), errShape)
	}
	v, err := q.value()
	object, _ := v.(map[string]any)
	return object, err
}

// value reads any value. Numbers keep their digits: the executor decides what
// they are.
func (q *reader) value() (any, error) {
	t, err := q.decoder.ReadToken()
	if err != nil {
		return nil, err
	}
	switch t.Kind() {
	case 't', 'f':
		return t.Bool(), nil
	case '"':
		return t.String(), nil
	case '0':
		return json.Number(t.String()), nil
	case '[':
		list := []any{}
		for q.decoder.PeekKind() != ']' {
			item, err := q.value()
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		_, err = q.decoder.ReadToken()
		return list, err
	case '{':
		object := map[string]any{}
		for q.decoder.PeekKind() != '}' {
			name, err := q.decoder.ReadToken()
			if err != nil {
				return nil, err
			}
			key := name.String()
			if object[key], err = q.value(); err != nil {
				return nil, err
			}
		}
		_, err = q.decoder.ReadToken()
		return object, err
	default:
		return nil, nil
	}
}

// at says where a JSON text is broken, as far as that is known.
func at(err error) string {
	if syntax := (*jsontext.SyntacticError)(nil); errors.As(err, &syntax) {
		return fmt.Sprintf(": %s at byte %d", syntax.Err, syntax.ByteOffset+1)
	}
	return ""
}
