package server

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/go-json-experiment/json/jsontext"
)

// maxBody is the most bytes a request body may have.
const maxBody = 1 << 20

// httpFault is why a request is refused before it is read as GraphQL.
type httpFault struct {
	status  int
	message string
}

// read reads the parameters of a request.
func (e *endpoint) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *httpFault) {
	q, _ := e.readers.Get().(*reader)
	if q == nil {
		q = new(reader)
		q.decoder = jsontext.NewDecoder(&q.text)
	}
	params := &graphql.RawParams{Headers: r.Header}
	var fault *httpFault
	switch r.Method {
	case http.MethodGet:
		fault = q.queryString(r, params)
	case http.MethodPost:
		fault = q.body(w, r, params)
	default:
		w.Header().Set("Allow", "GET, POST")
		fault = &httpFault{http.StatusMethodNotAllowed, "GraphQL is asked by GET or POST"}
	}
	if q.text.Cap() <= keptRequest {
		e.readers.Put(q)
	}
	if fault == nil && params.Query == "" && params.Extensions["persistedQuery"] == nil {
		fault = &httpFault{http.StatusBadRequest, `the parameter "query" is missing: it holds the GraphQL document`}
	}
	return params, fault
}

// keptRequest is the size of the largest request whose memory is used again.
const keptRequest = 64 << 10

// reader reads requests, one after the other, into the same memory. What it
// hands out is copied.
type reader struct {
	text    bytes.Buffer
	decoder *jsontext.Decoder
}

// queryString reads the parameters of a GET.
func (q *reader) queryString(r *http.Request, params *graphql.RawParams) *httpFault {
	given := r.URL.Query()
	params.Query, params.OperationName = given.Get("query"), given.Get("operationName")
	if !utf8.ValidString(params.Query) {
		return &httpFault{http.StatusBadRequest, "the document is not UTF-8"}
	}
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
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
			return &httpFault{http.StatusBadRequest, fmt.Sprintf("the parameter %q is not a JSON object%s", name, at(err))}
		}
		*into = object
	}
	return nil
}

// body reads the parameters of a POST.
func (q *reader) body(w http.ResponseWriter, r *http.Request, params *graphql.RawParams) *httpFault {
	if fault := checkContentType(r.Header.Get("Content-Type")); fault != nil {
		return fault
	}
	q.text.Reset()
	if n := r.ContentLength; n > 0 && n <= maxBody {
		q.text.Grow(int(n) + bytes.MinRead)
	}
	_, err := q.text.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return &httpFault{http.StatusRequestEntityTooLarge, "the request has more than " + strconv.Itoa(maxBody) + " bytes"}
	}
	if err != nil {
		return &httpFault{http.StatusBadRequest, "the request could not be read to its end"}
	}
	if !utf8.Valid(q.text.Bytes()) {
		return &httpFault{http.StatusBadRequest, "the request is not UTF-8"}
	}
	q.decoder.Reset(&q.text)
	err = q.parameters(params)
	if wrong := (*wrongParameter)(nil); errors.As(err, &wrong) {
		return &httpFault{http.StatusBadRequest, fmt.Sprintf("%q is not %s", wrong.name, wrong.wants)}
	}
	if err != nil {
		return &httpFault{http.StatusBadRequest, "the request is not one JSON object" + at(err)}
	}
	return nil
}

// checkContentType refuses what is not JSON: forms and plain text, which a page
// of another site may send unasked.
func checkContentType(contentType string) *httpFault {
	if contentType == typeJSON { // as most clients say it
		return nil
	}
	mediaType, options, err := mime.ParseMediaType(contentType)
	if err != nil || mediaType != typeJSON {
		return &httpFault{http.StatusUnsupportedMediaType, "send the request as Content-Type: " + typeJSON}
	}
	if charset := options["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return &httpFault{http.StatusUnsupportedMediaType, "send the request as UTF-8"}
	}
	return nil
}

// wrongParameter is the error of a parameter of another type.
type wrongParameter struct{ name, wants string }

func (e *wrongParameter) Error() string { return e.name + " is not " + e.wants }

// errShape is the error of a JSON text that is something else than was wanted.
var errShape = errors.New("another type of value")

// parameters reads the object of a POST.
func (q *reader) parameters(params *graphql.RawParams) error {
	if q.decoder.PeekKind() != '{' {
		return cmp.Or(q.decoder.SkipValue(), errShape)
	}
	if _, err := q.decoder.ReadToken(); err != nil {
		return err
	}
	for q.decoder.PeekKind() == '"' {
		name, err := q.decoder.ReadToken()
		if err != nil {
			return err
		}
		switch key := name.String(); key {
		case "query":
			params.Query, err = q.string(key)
		case "operationName":
			params.OperationName, err = q.string(key)
		case "variables":
			params.Variables, err = q.optionalObject(key)
		case "extensions":
			params.Extensions, err = q.optionalObject(key)
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
