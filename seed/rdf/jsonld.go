package rdf

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/piprate/json-gold/ld"

	"github.com/plexus-kg/plexus/seed/schemaorg"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// jsonld reads JSON-LD: a library resolves what the contexts mean, one entry of
// the document after the other, so that a large @graph is never in memory whole.
type jsonld struct {
	ctx      context.Context
	text     *jsonText
	options  *ld.JsonLdOptions
	active   *ld.Context
	words    map[string]string // what keys mean in active
	yield    func(syntax.Place, quad.Quad) error
	blanks   blanks
	mistakes syntax.Mistakes
	// languages are the keys that may be tags and have capitals, by how they are written
	// without; tags are those for which the library got another word.
	languages map[string]string
	tags      []string

	// Of the entry that is being read.
	pointers map[uintptr]string // of expanded nodes, by the address of the map
	owner    string             // the IRI of the node that is being read
	source   any
	pointer  string
}

func readJSONLD(ctx context.Context, r io.Reader, base string, yield func(syntax.Place, quad.Quad) error) error {
	d := &jsonld{ctx: ctx, text: newJSONText(r), yield: yield, options: ld.NewJsonLdOptions(base), languages: map[string]string{}}
	d.options.DocumentLoader = noLoader{}
	d.options.SafeMode = true // a key that means nothing is a mistake, not a silence
	d.options.ExpandedElementHandler = func(pointer string, expanded any) {
		d.pointers[reflect.ValueOf(expanded).Pointer()] = d.pointer + pointer
	}
	d.active = ld.NewContext(nil, d.options)
	err := d.document()
	var m *syntax.Mistake
	if errors.As(err, &m) && !errors.As(err, new(syntax.Mistakes)) {
		d.mistakes = append(d.mistakes, m)
		err = nil
	}
	if err == nil && len(d.mistakes) > 0 {
		return d.mistakes
	}
	return err
}

// noLoader refuses to load contexts but that of schema.org, which is known: what a
// file says must not depend on what the network answers that day.
type noLoader struct{}

// LoadDocument is the library's hook.
func (noLoader) LoadDocument(u string) (*ld.RemoteDocument, error) {
	if schemaorg.IsContext(u) {
		return &ld.RemoteDocument{DocumentURL: u, Document: schemaorg.Context()}, nil
	}
	return nil, &syntax.Mistake{Kind: syntax.RemoteContext, Message: fmt.Sprintf("the context %s would have to be loaded, and nothing is loaded from the network: write its terms into the file's own @context", syntax.Shorten(u))}
}

// document reads the whole text.
func (d *jsonld) document() error {
	if err := d.text.byteOrderMark(); err != nil {
		return err
	}
	token, err := d.text.token()
	if errors.Is(err, io.EOF) {
		return syntax.NewMistake(syntax.Malformed, d.text.at, "the file is empty: JSON-LD has at least {}")
	}
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('['):
		err = d.entries("")
	case json.Delim('{'):
		err = d.top()
	default:
		err = syntax.NewMistake(syntax.Malformed, d.text.at, "JSON-LD is an object or an array of objects")
	}
	if err != nil {
		return err
	}
	if _, err = d.text.token(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = syntax.NewMistake(syntax.Malformed, d.text.at, "something follows after the JSON-LD")
		}
		return err
	}
	return d.ctx.Err()
}

// held is how much of a @graph waits for a context or name that may stand
// behind it.
const held = 1 << 17 // values

// top reads the object that is the document. Its @graph is read entry by
// entry, as soon as it is too large to wait for what may follow it.
func (d *jsonld) top() error {
	d.text.depth++
	all := map[string]any{}
	streamed := false
	for {
		key, done, err := d.text.key(all)
		if err != nil {
			return err
		}
		if done {
			break
		}
		token, err := d.text.token()
		if err != nil {
			return err
		}
		switch {
		case key == "@graph" && token == json.Delim('['):
			if streamed, err = d.graph(all); err != nil {
				return err
			}
		case streamed:
			return syntax.NewMistake(syntax.Malformed, d.text.at, "%q stands behind a large @graph: write it before it", syntax.Shorten(key))
		default:
			d.text.values = 0
			if all[key], err = d.text.value(token, key == "@context"); err != nil {
				return err
			}
		}
	}
	d.text.depth--
	if streamed {
		return nil
	}
	local, hasContext := all["@context"]
	entries, isArray := all["@graph"].([]any)
	if !isArray || len(all) > 2 || len(all) == 2 && !hasContext {
		return d.entry(all, "")
	}
	if err := d.context(local); err != nil {
		return err
	}
	for i, entry := range entries {
		if err := d.entry(entry, fmt.Sprintf("/@graph/%d", i)); err != nil {
			return err
		}
	}
	return nil
}

// context makes the document's context the active one.
func (d *jsonld) context(local any) (err error) {
	if local == nil {
		return nil
	}
	d.words = nil
	d.keepLanguages(local)
	if d.active, err = d.active.Parse(local); err != nil {
		return d.explain(err, "/@context")
	}
	return nil
}

// graph reads the entries of the document's @graph: into all, or if there are
// many and nothing names the graph, one by one.
func (d *jsonld) graph(all map[string]any) (streamed bool, err error) {
	d.text.depth++
	defer func() { d.text.depth-- }()
	_, hasContext := all["@context"]
	mayStream := len(all) == 0 || len(all) == 1 && hasContext
	entries := []any{}
	d.text.values = 0
	for n := 0; ; n++ {
		token, err := d.text.token()
		if err != nil {
			return streamed, err
		}
		if token == json.Delim(']') {
			all["@graph"] = entries
			return streamed, nil
		}
		pointer := fmt.Sprintf("/@graph/%d", n)
		if streamed {
			d.text.values = 0
		}
		entry, err := d.text.value(token, false)
		if err != nil {
			return streamed, err
		}
		if !streamed {
			entries = append(entries, entry)
			if !mayStream || d.text.values < held {
				continue
			}
			streamed = true
			if err := d.context(all["@context"]); err != nil {
				return streamed, err
			}
			for i, entry := range entries {
				if err := d.entry(entry, fmt.Sprintf("/@graph/%d", i)); err != nil {
					return streamed, err
				}
			}
			entries = nil
			continue
		}
		if err := d.entry(entry, pointer); err != nil {
			return streamed, err
		}
	}
}

// entries reads the entries of an array that is the document.
func (d *jsonld) entries(pointer string) error {
	d.text.depth++
	defer func() { d.text.depth-- }()
	for n := 0; ; n++ {
		token, err := d.text.token()
		if err != nil {
			return err
		}
		if token == json.Delim(']') {
			return nil
		}
		d.text.values = 0
		at := fmt.Sprintf("%s/%d", pointer, n)
		entry, err := d.text.value(token, false)
		if err != nil {
			return err
		}
		if err := d.entry(entry, at); err != nil {
			return err
		}
	}
}

// entry hands on what one node object says. Its mistakes are noted; an error
// ends the reading.
func (d *jsonld) entry(source any, pointer string) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if _, isObject := source.(map[string]any); !isObject {
		return d.note(syntax.NewMistake(syntax.Malformed, syntax.Place{Pointer: pointer}, "expected an object that describes something"))
	}
	d.source, d.pointer, d.pointers = source, pointer, map[uintptr]string{}
	d.keepLanguages(source)
	expanded, err := d.expand(source)
	if err != nil {
		return d.note(err)
	}
	return d.nodes(expanded, nil, pointer)
}

// expand lets the library resolve the contexts of an entry. A fault of the
// library must not take the program down.
func (d *jsonld) expand(source any) (expanded any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = syntax.NewMistake(syntax.Malformed, syntax.Place{Pointer: d.pointer}, "this entry is not JSON-LD that can be understood")
		}
	}()
	expanded, err = ld.NewJsonLdApi().Expand(d.active, "", source, d.options, false, nil)
	if err != nil {
		return nil, d.explain(err, d.pointer)
	}
	if m, ok := expanded.(map[string]any); ok && len(m) == 1 && m["@graph"] != nil {
		return m["@graph"], nil
	}
	return expanded, nil
}

// note keeps mistakes and returns what ends the reading.
func (d *jsonld) note(err error) error {
	var several syntax.Mistakes
	var one *syntax.Mistake
	switch {
	case errors.As(err, &several):
		d.mistakes = append(d.mistakes, several...)
	case errors.As(err, &one):
		d.mistakes = append(d.mistakes, one)
	default:
		return err
	}
	if len(d.mistakes) >= syntax.MaxMistakes {
		return d.mistakes
	}
	return nil
}

// explain says what an error of the library means, and where.
func (d *jsonld) explain(err error, pointer string) error {
	var remote *syntax.Mistake
	if errors.As(err, &remote) {
		return syntax.NewMistake(remote.Kind, syntax.Place{Pointer: remoteContext(d.source, pointer)}, "%s", remote.Message)
	}
	var fault *ld.JsonLdError
	if !errors.As(err, &fault) {
		return syntax.NewMistake(syntax.Malformed, syntax.Place{Pointer: pointer}, "not JSON-LD that can be understood")
	}
	if fault.Code == ld.InvalidProperty {
		if unknown := d.unknownKeys(d.source, d.active, pointer); len(unknown) > 0 {
			return unknown
		}
	}
	message := string(fault.Code)
	if fault.Details != nil {
		message += fmt.Sprintf(": %v", fault.Details)
	}
	return syntax.NewMistake(syntax.Malformed, syntax.Place{Pointer: pointer}, "%s", syntax.ShortenTo(240, message))
}

// remoteContext returns the pointer of the first context that names another
// document, else that of the whole.
func remoteContext(source any, pointer string) string {
	switch v := source.(type) {
	case []any:
		for i, item := range v {
			at := fmt.Sprintf("%s/%d", pointer, i)
			if found := remoteContext(item, at); found != at {
				return found
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			at := pointer + "/" + escapePointer(key)
			if key == "@context" && slices.ContainsFunc(ld.Arrayify(v[key]), func(c any) bool { _, isText := c.(string); return isText }) {
				return at
			}
			if found := remoteContext(v[key], at); found != at {
				return found
			}
		}
	}
	return pointer
}

// unknownKeys lists the keys that the contexts give no meaning.
func (d *jsonld) unknownKeys(source any, active *ld.Context, pointer string) (unknown syntax.Mistakes) {
	switch v := source.(type) {
	case []any:
		for i, item := range v {
			unknown = append(unknown, d.unknownKeys(item, active, fmt.Sprintf("%s/%d", pointer, i))...)
		}
	case map[string]any:
		if local, ok := v["@context"]; ok {
			if inner, err := active.Parse(local); err == nil {
				active = inner
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			at := pointer + "/" + escapePointer(key)
			if key == "@context" || key == "@value" {
				continue
			}
			if iri, err := active.ExpandIri(key, false, true, nil, nil); err == nil && !strings.Contains(iri, ":") && !ld.IsKeyword(iri) {
				unknown = append(unknown, syntax.NewMistake(syntax.UnknownKey, syntax.Place{Pointer: at}, "the key %q means nothing, and what it says would be lost: define it in @context", syntax.Shorten(key)))
				continue
			}
			unknown = append(unknown, d.unknownKeys(v[key], active, at)...)
		}
	}
	return unknown
}
