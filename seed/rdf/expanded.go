package rdf

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/piprate/json-gold/ld"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/syntax"
)

const rdfJSON = quad.IRI(graph.RDF + "JSON")

// nodes hands on what expanded nodes say in a graph.
func (d *jsonld) nodes(expanded any, label quad.Value, pointer string) error {
	switch v := expanded.(type) {
	case []any:
		for _, item := range v {
			if err := d.nodes(item, label, pointer); err != nil {
				return err
			}
		}
	case map[string]any:
		if ld.IsValue(v) {
			return nil // a value that nothing points to says nothing
		}
		_, err := d.node(v, label, pointer)
		return err
	}
	return nil
}

// node hands on what an expanded node says and returns its name; nil if that
// is faulty, which is noted.
func (d *jsonld) node(n map[string]any, label quad.Value, pointer string) (quad.Value, error) {
	if own, known := d.pointers[reflect.ValueOf(n).Pointer()]; known {
		pointer = own
	}
	var subject quad.Value
	if id, has := n["@id"].(string); has {
		var err error
		if subject, err = d.name(id, pointer, "@id"); subject == nil {
			return nil, err
		}
	} else {
		subject = d.unnamed(n)
	}
	if iri, named := subject.(quad.IRI); named {
		outer := d.owner
		d.owner = string(iri)
		defer func() { d.owner = outer }()
	}
	for _, key := range slices.Sorted(maps.Keys(n)) {
		var err error
		switch value := n[key]; key {
		case "@id", "@index", "@context":
		case "@type":
			err = d.types(subject, value, label, pointer)
		case "@graph":
			err = d.nodes(value, subject, pointer)
		case "@included":
			err = d.nodes(value, label, pointer)
		case "@reverse":
			err = d.reverse(subject, value, label, pointer)
		default:
			err = d.property(subject, key, value, label, pointer)
		}
		if err != nil {
			return nil, err
		}
	}
	return subject, nil
}

// unnamed returns a node for what has no @id. A thing of schema.org with a name, as
// pages nest them, is named after the thing or page that it is told of; any other one
// is a blank node.
func (d *jsonld) unnamed(n map[string]any) quad.Value {
	first := func(word, key string) string {
		for _, namespace := range []string{graph.SchemaOrg, "http://schema.org/"} {
			for _, item := range ld.Arrayify(n[namespace+word]) {
				v, _ := item.(map[string]any)
				if text, ok := v[key].(string); ok {
					return text
				}
			}
		}
		return ""
	}
	owner := d.owner
	for _, page := range []string{first("url", "@id"), first("url", "@value"), d.options.Base} {
		if owner == "" && syntax.HasScheme(page) && !syntax.HasForbidden(page) {
			owner = page
		}
	}
	class := ""
	if types := ld.Arrayify(n["@type"]); len(types) > 0 {
		class, _ = types[0].(string)
	}
	_, word, isSchema := strings.Cut(class, "//schema.org/")
	slug := graph.Slug(first("name", "@value"))
	if owner == "" || slug == "" || !isSchema || word == "MedicalCode" || word == "PropertyValue" {
		return d.blanks.fresh()
	}
	mark := "#"
	if strings.Contains(owner, "#") {
		mark = "-"
	}
	return quad.IRI(owner + mark + slug)
}

// name returns the node that an @id or @type names.
func (d *jsonld) name(id, pointer, key string) (quad.Value, error) {
	if label, blank := strings.CutPrefix(id, "_:"); blank && label != "" {
		return d.blanks.labelled(label), nil
	}
	at := func() syntax.Place { return syntax.Place{Pointer: pointer + "/" + escapePointer(key)} }
	if !syntax.HasScheme(id) {
		return nil, d.note(syntax.NewMistake(syntax.RelativeIRI, at(), "%q is no full IRI, and neither its prefix nor a @base makes it one", syntax.Shorten(id)))
	}
	if syntax.HasForbidden(id) {
		return nil, d.note(syntax.NewMistake(syntax.Malformed, at(), "%q has a character that cannot stand in an IRI", syntax.Shorten(id)))
	}
	return quad.IRI(id), nil
}

func (d *jsonld) types(subject quad.Value, value any, label quad.Value, pointer string) error {
	for _, item := range ld.Arrayify(value) {
		iri, _ := item.(string)
		class, err := d.name(iri, pointer, "@type")
		if err != nil {
			return err
		}
		if class == nil {
			continue
		}
		if err := d.yield(d.at(pointer, string(rdfType)), quad.Quad{Subject: subject, Predicate: rdfType, Object: class, Label: label}); err != nil {
			return err
		}
	}
	return nil
}

func (d *jsonld) reverse(object quad.Value, value any, label quad.Value, pointer string) error {
	properties, _ := value.(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		for _, item := range ld.Arrayify(properties[key]) {
			n, isNode := item.(map[string]any)
			if !isNode {
				continue
			}
			predicate, err := d.name(key, pointer, "@reverse")
			if err != nil {
				return err
			}
			subject, err := d.node(n, label, pointer)
			if err != nil {
				return err
			}
			if subject == nil || predicate == nil {
				continue
			}
			if err := d.yield(syntax.Place{Pointer: pointer}, quad.Quad{Subject: subject, Predicate: predicate, Object: object, Label: label}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *jsonld) property(subject quad.Value, key string, value any, label quad.Value, pointer string) error {
	at := d.at(pointer, key)
	predicate, err := d.name(key, pointer, key)
	if err != nil || predicate == nil {
		return err
	}
	if _, isIRI := predicate.(quad.IRI); !isIRI {
		return d.note(syntax.NewMistake(syntax.Malformed, at, "the blank node %s cannot be a property", syntax.Shorten(key)))
	}
	for _, item := range ld.Arrayify(value) {
		object, err := d.object(item, label, at)
		if err != nil {
			return err
		}
		if object == nil {
			continue
		}
		if err := d.yield(at, quad.Quad{Subject: subject, Predicate: predicate, Object: object, Label: label}); err != nil {
			return err
		}
	}
	return nil
}

// at returns the place of a property: of the key that means it, if that is in
// sight, else of its node.
func (d *jsonld) at(pointer, predicate string) syntax.Place {
	source, _ := d.sourceAt(pointer).(map[string]any)
	best := ""
	for key := range source {
		if d.meaning(key) == predicate && (best == "" || key < best) {
			best = key
		}
	}
	if best == "" {
		return syntax.Place{Pointer: pointer}
	}
	return syntax.Place{Pointer: pointer + "/" + escapePointer(best)}
}

// meaning returns the IRI that a key stands for in the document's context.
func (d *jsonld) meaning(key string) string {
	iri, known := d.words[key]
	if known {
		return iri
	}
	iri, err := d.active.ExpandIri(key, false, true, nil, nil)
	switch {
	case err != nil:
		iri = ""
	case iri == "@type":
		iri = string(rdfType)
	}
	if d.words == nil || len(d.words) > 1<<14 {
		d.words = map[string]string{}
	}
	d.words[key] = iri
	return iri
}

// sourceAt follows a pointer into the entry.
func (d *jsonld) sourceAt(pointer string) any {
	rest, ok := strings.CutPrefix(pointer, d.pointer)
	v := d.source
	for ok && rest != "" {
		var token string
		token, rest, _ = strings.Cut(rest[1:], "/")
		if rest != "" {
			rest = "/" + rest
		}
		switch x := v.(type) {
		case map[string]any:
			v = x[strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")]
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

// object returns the node or literal that an expanded value is.
func (d *jsonld) object(item any, label quad.Value, at syntax.Place) (quad.Value, error) {
	v, isMap := item.(map[string]any)
	switch {
	case !isMap:
		return nil, d.note(syntax.NewMistake(syntax.Malformed, at, "a value that JSON-LD does not know"))
	case ld.IsValue(v):
		return d.literal(v, at)
	case ld.IsList(v):
		return d.list(ld.Arrayify(v["@list"]), label, at)
	default:
		return d.node(v, label, at.Pointer)
	}
}

func (d *jsonld) list(items []any, label quad.Value, at syntax.Place) (quad.Value, error) {
	var list quad.Value = rdfNil
	for _, item := range slices.Backward(items) {
		object, err := d.object(item, label, at)
		if err != nil {
			return nil, err
		}
		if object == nil {
			continue
		}
		node := d.blanks.fresh()
		if err := d.yield(at, quad.Quad{Subject: node, Predicate: rdfFirst, Object: object, Label: label}); err != nil {
			return nil, err
		}
		if err := d.yield(at, quad.Quad{Subject: node, Predicate: rdfRest, Object: list, Label: label}); err != nil {
			return nil, err
		}
		list = node
	}
	return list, nil
}

// literal returns the literal that a value object is.
func (d *jsonld) literal(v map[string]any, at syntax.Place) (quad.Value, error) {
	datatype, _ := v["@type"].(string)
	language, _ := v["@language"].(string)
	if direction, has := v["@direction"].(string); has {
		return nil, d.note(syntax.NewMistake(syntax.Malformed, at, "directions of texts are not read: leave out \"@direction\": %q", syntax.Shorten(direction)))
	}
	if datatype == "@json" {
		return d.json(v["@value"], at)
	}
	text := ""
	switch value := v["@value"].(type) {
	case string:
		text = value
	case bool:
		text = strconv.FormatBool(value)
		if datatype == "" {
			datatype = string(xsdBoolean)
		}
	case json.Number:
		number, isInteger, err := canonicalNumber(value, datatype)
		if err != nil {
			return nil, d.note(syntax.NewMistake(syntax.Malformed, at, "the number %s is too large; write it as a text with its @type", syntax.Shorten(string(value))))
		}
		text = number
		switch {
		case datatype == "" && isInteger:
			datatype = string(xsdInteger)
		case datatype == "":
			datatype = string(xsdDouble)
		}
	default:
		return d.json(value, at)
	}
	switch {
	case language != "":
		if !isLanguage(language) {
			return nil, d.note(syntax.NewMistake(syntax.Malformed, at, "%q is no language tag (BCP 47): en, de, pt-BR", syntax.Shorten(language)))
		}
		return quad.LangString{Value: quad.String(text), Lang: d.written(language)}, nil
	case datatype == "", datatype == string(xsdString):
		return quad.String(text), nil
	}
	iri, err := d.name(datatype, at.Pointer, "@type")
	if t, ok := iri.(quad.IRI); ok {
		return quad.TypedString{Value: quad.String(text), Type: t}, err
	}
	return nil, err
}

// json returns a value that is kept as JSON, its keys sorted.
func (d *jsonld) json(value any, at syntax.Place) (quad.Value, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, d.note(syntax.NewMistake(syntax.Malformed, at, "a value that cannot be kept as JSON"))
	}
	return quad.TypedString{Value: quad.String(strings.TrimSpace(text.String())), Type: rdfJSON}, nil
}

// canonicalNumber returns a number as XML Schema writes it: a whole one as an
// integer, any other as a double.
func canonicalNumber(n json.Number, datatype string) (text string, isInteger bool, err error) {
	if datatype != string(xsdDouble) && !strings.ContainsAny(string(n), ".eE") {
		if n == "-0" {
			n = "0"
		}
		return string(n), true, nil
	}
	f, err := n.Float64()
	if err != nil {
		return "", false, fmt.Errorf("%s: %w", n, err)
	}
	if datatype != string(xsdDouble) && f == float64(int64(f)) && f < 1e15 && f > -1e15 {
		return strconv.FormatInt(int64(f), 10), true, nil
	}
	return ld.GetCanonicalDouble(f), false, nil
}

// isLanguage reports whether a text has the form of a language tag.
func isLanguage(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		if part == "" || len(part) > 8 {
			return false
		}
		for j := range len(part) {
			if !isLetter(part[j]) && (i == 0 || !isDigit(part[j])) {
				return false
			}
		}
	}
	return true
}

// keepLanguages notes how language tags are written, which the library would write in
// small letters: of values of @language, in contexts too, it gets a word that stands
// for the tag. Keys of language maps cannot be told from other keys: they keep their
// capitals where the file writes a tag in one way.
func (d *jsonld) keepLanguages(source any) {
	switch v := source.(type) {
	case []any:
		for _, item := range v {
			d.keepLanguages(item)
		}
	case map[string]any:
		for key, value := range v {
			if tag, is := value.(string); is && key == "@language" {
				if strings.ToLower(tag) != tag && isLanguage(tag) {
					v[key] = d.standIn(tag)
				}
				continue
			}
			if small := strings.ToLower(key); small != key && isLanguage(key) {
				was, known := d.languages[small]
				if d.languages[small] = key; known && was != key {
					d.languages[small] = small // in several ways
				}
			}
			d.keepLanguages(value)
		}
	}
}

// standIn begins what stands for a tag; its place in the list of tags follows.
const standIn = "x-kept-"

func (d *jsonld) standIn(tag string) string {
	i := slices.Index(d.tags, tag)
	if i < 0 {
		i = len(d.tags)
		d.tags = append(d.tags, tag)
	}
	return standIn + strconv.Itoa(i)
}

// written returns a language tag as it is written in the file.
func (d *jsonld) written(language string) string {
	if n, kept := strings.CutPrefix(language, standIn); kept {
		if i, err := strconv.Atoi(n); err == nil && i < len(d.tags) {
			return d.tags[i]
		}
	}
	if tag, known := d.languages[language]; known {
		return tag
	}
	return language
}
