package obo

import (
	"bufio"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 16 << 20

// file reads a file of OBO, a frame at a time. What relates terms is kept to the end,
// since the relations themselves stand there.
type file struct {
	writer
	mistakes syntax.Mistakes

	ontology quad.Value // by its IRI
	name     string     // its short name: hp
	spaces   map[string]string
	// The namespace of frames that name none.
	namespace string

	frame   string // Term, Typedef, Instance, or nothing in the header
	begun   syntax.Place
	clauses []clause // of the frame

	known map[string]string // relations by their short name, where a cross-reference gives their id
	later [][]relation      // in pieces, which are not moved as they grow
}

// clause is a line: a tag and its value.
type clause struct {
	tag   string
	value string
	at    syntax.Place
}

// relation is what is said by a relation that a later frame may describe.
type relation struct {
	at       syntax.Place
	subject  quad.Value
	property string
	object   quad.Value
	marks    []annotation
	only     bool
	parts    []part // of a definition instead
}

// part is a part of a definition: a class, or a relation to one.
type part struct {
	property string
	class    quad.Value
}

// Scan reads OBO as [syntax.Quads] says. A line that is wrong costs that line.
func Scan(ctx context.Context, r io.Reader, yield func(syntax.Place, quad.Quad) error) error {
	f := &file{writer: writer{yield: yield}, spaces: map[string]string{}, known: map[string]string{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	whole, n := "", 0
	for lines.Scan() {
		line := lines.Text()
		if n++; n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if whole == "" {
			f.at = syntax.Place{Line: n}
		}
		if whole += line; continues(line) && len(whole) < maxLine {
			whole = strings.TrimSuffix(whole, `\`)
			continue
		}
		f.line(strings.TrimSpace(whole))
		whole = ""
		if f.err != nil {
			return f.err
		}
		if len(f.mistakes) >= syntax.MaxMistakes {
			return f.mistakes
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		f.at = syntax.Place{Line: n + 1}
		f.wrong(syntax.LongLine, "a line longer than %d MiB", maxLine>>20)
		return f.mistakes
	case err != nil:
		return err
	}
	f.line(strings.TrimSpace(whole)) // a last line that would go on
	f.finish()
	switch {
	case f.err != nil:
		return f.err
	case ctx.Err() != nil:
		return ctx.Err()
	case len(f.mistakes) > 0:
		return f.mistakes
	}
	return nil
}

// continues reports whether a line goes on in the next one.
func continues(line string) bool {
	n := len(line) - len(strings.TrimRight(line, `\`))
	return n%2 == 1
}

func (f *file) wrong(kind syntax.Kind, format string, args ...any) {
	f.mistakes = append(f.mistakes, syntax.NewMistake(kind, f.at, format, args...))
}

func (f *file) line(line string) {
	switch {
	case !utf8.ValidString(line):
		f.wrong(syntax.Encoding, "the line is not UTF-8; save the file as UTF-8")
	case line == "" || line[0] == '!':
	case line[0] == '[':
		f.begin(strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(uncommented(line), "["), "]")))
	default:
		tag, value, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(tag, " \t\"") {
			f.wrong(syntax.Malformed, "%q is no line of OBO: tag: value", syntax.Shorten(line))
			return
		}
		f.clauses = append(f.clauses, clause{tag, strings.TrimSpace(value), f.at})
	}
}

// begin begins a frame.
func (f *file) begin(frame string) {
	f.end()
	f.frame, f.begun = frame, f.at
}

// end says what a frame says, or the header.
func (f *file) end() {
	at := f.at
	switch f.frame {
	case "":
		f.header()
	case "Term", "Typedef", "Instance":
		i := slices.IndexFunc(f.clauses, func(c clause) bool { return c.tag == "id" })
		if f.at = f.begun; i < 0 {
			f.wrong(syntax.Malformed, "the [%s] has no id", f.frame)
			break
		}
		f.describe(word(f.clauses[i].value))
	default:
		f.at = f.begun
		f.wrong(syntax.Malformed, "[%s] is no frame that is read: Term, Typedef and Instance are", syntax.Shorten(f.frame))
	}
	f.clauses, f.at = f.clauses[:0], at
}

// finish says what had to wait for the relations.
func (f *file) finish() {
	f.end()
	for _, some := range f.later {
		for _, r := range some {
			f.at = r.at
			if r.parts == nil {
				f.annotated(r.subject, rdfsSubClassOf, f.restriction(f.relation(r.property), r.object, r.only), r.marks)
				continue
			}
			var parts []quad.Value
			for _, p := range r.parts {
				if p.property == "" {
					parts = append(parts, p.class)
				} else {
					parts = append(parts, f.restriction(f.relation(p.property), p.class, false))
				}
			}
			f.defined(r.subject, owlBase+"intersectionOf", parts)
		}
	}
}

// sayLater keeps a relation to the end of the file.
func (f *file) sayLater(r relation) {
	if n := len(f.later); n == 0 || len(f.later[n-1]) == cap(f.later[n-1]) {
		f.later = append(f.later, make([]relation, 0, 1024))
	}
	last := &f.later[len(f.later)-1]
	*last = append(*last, r)
}

// headerWords are the tags of the header that are annotations of the ontology.
var headerWords = map[string]quad.IRI{
	"format-version": oboInOwl + "hasOBOFormatVersion", "date": oboInOwl + "date", "saved-by": oboInOwl + "saved-by",
	"auto-generated-by": oboInOwl + "auto-generated-by", "default-namespace": oboInOwl + "default-namespace", "remark": rdfsComment,
	"owl-axioms": "", "treat-xrefs-as-equivalent": "", "treat-xrefs-as-is_a": "", "treat-xrefs-as-relationship": "",
	"treat-xrefs-as-genus-differentia": "", "treat-xrefs-as-reverse-genus-differentia": "", "treat-xrefs-as-has-subclass": "",
	"namespace-id-rule": "", "ontology": "", "idspace": "",
}

// header says what the header says, of which any line may name the ontology.
func (f *file) header() {
	for _, c := range f.clauses {
		switch words := strings.Fields(c.value); {
		case c.tag == "ontology" && len(words) > 0:
			f.name = words[0]
		case c.tag == "default-namespace":
			f.namespace = unescaped(uncommented(c.value))
		case c.tag == "idspace" && len(words) > 1:
			f.spaces[words[0]] = words[1]
		}
	}
	if f.name != "" {
		iri := f.name
		if !strings.Contains(iri, "://") {
			iri = oboBase + iri + ".owl"
		}
		f.ontology = f.iri(iri)
	}
	f.say(f.ontology, rdfType, owlOntology)
	for _, c := range f.clauses {
		f.at = c.at
		switch predicate, known := headerWords[c.tag]; {
		case c.tag == "data-version":
			f.say(f.ontology, owlBase+"versionIRI", f.versionIRI(word(c.value)))
		case c.tag == "import":
			f.say(f.ontology, owlBase+"imports", f.resolve(word(c.value)))
		case c.tag == "property_value":
			f.property(f.ontology, c.value)
		case c.tag == "subsetdef", c.tag == "synonymtypedef":
			f.declare(c)
		case !known:
			f.other(f.ontology, c)
		case predicate != "":
			f.say(f.ontology, predicate, quad.String(unescaped(uncommented(c.value))))
		}
	}
}

// declare reads the name of a subset or of a type of synonyms, and what it means.
func (f *file) declare(c clause) {
	id, rest, _ := strings.Cut(c.value, " ")
	of, says := quad.IRI(oboInOwl+"SubsetProperty"), rdfsComment
	if c.tag == "synonymtypedef" {
		of, says = oboInOwl+"SynonymTypeProperty", rdfsLabel
	}
	subset := f.resolve(id)
	f.say(subset, rdfType, owlAnnotation)
	f.say(subset, rdfsSubPropertyOf, of)
	if text, _, ok := quoted(rest); ok {
		f.say(subset, says, quad.String(text))
	}
}

// versionIRI completes a version as ROBOT does: releases/2026-07-30/symp.obo.
func (f *file) versionIRI(version string) quad.Value {
	if strings.Contains(version, "://") {
		return f.iri(version)
	}
	version = strings.TrimSuffix(version, ".obo")
	parts := strings.Split(version, "/")
	if parts[0] == "releases" || len(parts) == 1 {
		parts = append([]string{f.name}, parts...)
	}
	if last := parts[len(parts)-1]; last != f.name[strings.LastIndexByte(f.name, '/')+1:] {
		parts = append(parts, f.name[strings.LastIndexByte(f.name, '/')+1:])
	}
	return f.iri(oboBase + strings.Join(parts, "/") + ".owl")
}
