package quads

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// lineParser reads lines of N-Quads, in a twentieth of the time of Cayley's
// parser where terms come again (BenchmarkParse, BenchmarkCayleyParse).
//
// Terms that were read lately are kept: a value is then found instead of made,
// without the two allocations that a string in an interface costs.
type lineParser struct {
	seed  maphash.Seed
	cache [cacheSize]cachedTerm
}

const (
	cacheSize   = 1 << 14 // a power of two
	cachedBytes = 96      // longer terms seldom come again
)

type cachedTerm struct {
	token string
	value quad.Value
}

func newLineParser() *lineParser { return &lineParser{seed: maphash.MakeSeed()} }

// wrong is a mistake in a line: where it stands, in bytes, and what it is.
type wrong struct {
	at      int
	message string
}

// parse reads one line; found is false for an empty one or a comment.
func (p *lineParser) parse(line []byte) (q quad.Quad, found bool, err error) {
	q, found, mistake := p.quad(line)
	if mistake != nil {
		return quad.Quad{}, false, &SyntaxError{Column: utf8.RuneCount(line[:mistake.at]) + 1, Message: mistake.message}
	}
	return q, found, nil
}

func (p *lineParser) quad(line []byte) (q quad.Quad, found bool, mistake *wrong) {
	if at := bytes.IndexByte(line, 0); at >= 0 {
		return q, false, &wrong{at, "a NUL byte; is this a file of text?"}
	}
	if !utf8.Valid(line) {
		at := 0
		for r, size := utf8.DecodeRune(line); r != utf8.RuneError || size != 1; r, size = utf8.DecodeRune(line[at:]) {
			at += size
		}
		return q, false, &wrong{at, "not UTF-8; N-Quads are written in UTF-8"}
	}
	terms := [...]*quad.Value{&q.Subject, &q.Predicate, &q.Object, &q.Label}
	for at, n := 0, 0; ; n++ {
		at = skipBlanks(line, at)
		switch {
		case n == 0 && (at == len(line) || line[at] == '#' || isVersion(line[at:])):
			return q, false, nil
		case at == len(line), line[at] == '#':
			return q, false, &wrong{at, "the quad does not end with a full stop; is the file cut off?"}
		case line[at] == '.' && n < 3:
			return q, false, &wrong{at, "a quad has a subject, a predicate and an object"}
		case line[at] == '.':
			if more := skipBlanks(line, at+1); more < len(line) && line[more] != '#' {
				return q, false, &wrong{more, "something follows the full stop: a line is one quad"}
			}
			return q, true, nil
		case n == len(terms):
			return q, false, &wrong{at, "a quad has no more than a subject, a predicate, an object and a graph label"}
		}
		v, end, mistake := p.term(line, at)
		if mistake != nil {
			return q, false, mistake
		}
		_, isNode := Name(v)
		switch _, isIRI := v.(quad.IRI); {
		case n == 0 && !isNode:
			return q, false, &wrong{at, "the subject must be an IRI or a blank node"}
		case n == 1 && !isIRI:
			return q, false, &wrong{at, "the predicate must be an IRI"}
		case n == 3 && !isNode:
			return q, false, &wrong{at, "the graph label must be an IRI or a blank node"}
		}
		*terms[n], at = v, end
	}
}

// isVersion reports whether a line announces the version of RDF that it is in, which
// is a hint, and no more.
func isVersion(line []byte) bool {
	announced, ok := bytes.CutPrefix(line, []byte("VERSION"))
	announced = bytes.TrimSpace(announced)
	return ok && len(announced) > 2 && (announced[0] == '"' || announced[0] == '\'') && bytes.IndexByte(announced[1:], announced[0]) > 0
}

func skipBlanks(line []byte, at int) int {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t') {
		at++
	}
	return at
}

// term reads the term that begins at a position, and returns where it ends.
func (p *lineParser) term(line []byte, at int) (v quad.Value, end int, mistake *wrong) {
	end, quoted, mistake := termEnd(line, at)
	if mistake != nil {
		return nil, 0, mistake
	}
	token := line[at:end]
	slot := &p.cache[0]
	if len(token) <= cachedBytes {
		slot = &p.cache[maphash.Bytes(p.seed, token)%cacheSize]
		if slot.token == string(token) {
			return slot.value, end, nil
		}
	}
	if v, mistake = termValue(token, quoted); mistake != nil {
		mistake.at += at
		return nil, 0, mistake
	}
	if len(token) <= cachedBytes {
		slot.token, slot.value = string(token), v
	}
	return v, end, nil
}

// termEnd returns where the term that begins at a position ends and, of a literal,
// how long it is with its quotes, without a language or datatype.
func termEnd(line []byte, at int) (end, quoted int, _ *wrong) {
	switch line[at] {
	case '<':
		if bytes.HasPrefix(line[at:], []byte("<<(")) {
			return 0, 0, &wrong{at, "triple terms <<( )>> (RDF 1.2) are not read; use rdf:Statement"}
		}
		end, mistake := iriEnd(line, at)
		return end, 0, mistake
	case '"':
		end = at + 1
		for end < len(line) && line[end] != '"' {
			if line[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(line) {
			return 0, 0, &wrong{at, "the literal does not end; is the file cut off?"}
		}
		end++
		quoted = end - at
		switch rest := line[end:]; {
		case len(rest) == 0:
		case rest[0] == '@':
			for end++; end < len(line) && (isAlphanumeric(line[end]) || line[end] == '-'); end++ {
			}
			if rest := line[end:]; len(rest) > 0 && bytes.IndexByte([]byte(" \t.<"), rest[0]) < 0 && !bytes.HasPrefix(rest, []byte("_:")) {
				r, _ := utf8.DecodeRune(rest)
				return 0, 0, &wrong{end, fmt.Sprintf("a language tag is of letters, digits and hyphens (en, pt-BR), and has no %q", string(r))}
			}
		case bytes.HasPrefix(rest, []byte("^^<")):
			var mistake *wrong
			end, mistake = iriEnd(line, end+len("^^"))
			return end, quoted, mistake
		case rest[0] == '^':
			return 0, 0, &wrong{end, "a datatype is written ^^<IRI>"}
		}
		return end, quoted, nil
	case '_':
		for end = at; end < len(line) && line[end] > ' ' && line[end] != '<' && line[end] != '"' && line[end] != '#'; end++ {
		}
		for line[end-1] == '.' { // ends the quad, not the label
			end--
		}
		return end, 0, nil
	}
	return 0, 0, &wrong{at, `expected <IRI>, _:blank, "literal" or the full stop that ends the quad`}
}

// iriEnd returns where the IRI that begins at a position ends. Another one cannot
// begin in it.
func iriEnd(line []byte, at int) (end int, _ *wrong) {
	end = bytes.IndexByte(line[at:], '>')
	next := bytes.IndexByte(line[at+1:], '<')
	switch {
	case end < 0 && next < 0:
		return 0, &wrong{at, "the IRI does not end with >; is the file cut off?"}
	case end < 0, next >= 0 && next+1 < end:
		return 0, &wrong{at, "the IRI does not end with > before the next one begins"}
	}
	return at + end + 1, nil
}

// termValue returns what a whole term stands for.
func termValue(token []byte, quoted int) (quad.Value, *wrong) {
	switch token[0] {
	case '<':
		iri, mistake := iriOf(token)
		return quad.IRI(iri), mistake
	case '_':
		label := strings.TrimPrefix(string(token), "_:")
		if len(label) == len(token) || label == "" {
			return nil, &wrong{0, "a blank node is written _: and a label, such as _:b1"}
		}
		for i, r := range label {
			if !IsNameStart(r) && r != '_' && r != ':' && (r < '0' || r > '9') && (i == 0 || r != '.' && !IsNameRune(r)) {
				return nil, &wrong{len("_:") + i, fmt.Sprintf("the label of a blank node begins with a letter or digit, goes on with those, hyphens and dots, and has no %q here", string(r))}
			}
		}
		return quad.BNode(label), nil
	}
	text, mistake := unescaped(token[1:quoted-1], 1, true)
	if mistake != nil {
		return nil, mistake
	}
	switch more := token[quoted:]; {
	case len(more) == 0:
		return quad.String(text), nil
	case bytes.Contains(more, []byte("--")) && more[0] == '@':
		return nil, &wrong{quoted, "directions (RDF 1.2) are not read: " + string(more)}
	case more[0] == '@':
		for i, part := range bytes.Split(more[1:], []byte("-")) {
			if len(part) == 0 || i == 0 && bytes.ContainsAny(part, "0123456789") {
				return nil, &wrong{quoted + 1, "a language tag begins with a letter: en, pt-BR"}
			}
		}
		return quad.LangString{Value: quad.String(text), Lang: string(more[1:])}, nil
	default:
		datatype, mistake := iriOf(more[len("^^"):])
		switch {
		case mistake != nil:
			mistake.at += quoted + len("^^")
			return nil, mistake
		case datatype == string(xsdString):
			return quad.String(text), nil
		}
		return quad.TypedString{Value: quad.String(text), Type: quad.IRI(datatype)}, nil
	}
}

// iriOf returns an IRI that stands between its brackets.
func iriOf(token []byte) (string, *wrong) {
	raw := token[1 : len(token)-1]
	for i, c := range raw {
		if c <= ' ' || strings.IndexByte("\"{}|^`", c) >= 0 {
			return "", &wrong{1 + i, fmt.Sprintf("%q cannot stand in an IRI; write it as %%%02X", string(rune(c)), c)}
		}
	}
	iri, mistake := unescaped(raw, 1, false)
	if mistake == nil && !strings.Contains(iri, ":") {
		mistake = &wrong{0, "the IRI is relative; N-Quads need the full form"}
	}
	return iri, mistake
}

// unescaped returns a text with its escapes as what they stand for, those of one
// letter only where there may be such; at is where it stands in its term.
func unescaped(raw []byte, at int, letters bool) (string, *wrong) {
	first := bytes.IndexByte(raw, '\\')
	if first < 0 {
		return string(raw), nil
	}
	text := append(make([]byte, 0, len(raw)), raw[:first]...)
	for i := first; i < len(raw); {
		if raw[i] != '\\' {
			text = append(text, raw[i])
			i++
			continue
		}
		escape := raw[i+1:]
		if len(escape) == 0 { // of an IRI: that of a literal would not end there
			return "", &wrong{at + i, "a backslash cannot stand in an IRI; write it as %5C"}
		}
		if of := bytes.IndexByte([]byte(`tbnrf"'\`), escape[0]); of >= 0 && letters {
			text = append(text, "\t\b\n\r\f\"'\\"[of])
			i += 2
			continue
		}
		digits := map[byte]int{'u': 4, 'U': 8}[escape[0]]
		if digits == 0 {
			r, _ := utf8.DecodeRune(escape)
			return "", &wrong{at + i, fmt.Sprintf(`\%c is no escape; a backslash itself is written \\`, r)}
		}
		r, err := strconv.ParseUint(string(escape[1:min(1+digits, len(escape))]), 16, 32)
		switch {
		case err != nil || len(escape) <= digits:
			return "", &wrong{at + i, fmt.Sprintf(`behind \%c stand %d hexadecimal digits`, escape[0], digits)}
		case !utf8.ValidRune(rune(r)) || !letters && r <= ' ':
			return "", &wrong{at + i, "the escape names no Unicode character that can stand here"}
		}
		text = utf8.AppendRune(text, rune(r))
		i += 2 + digits
	}
	return string(text), nil
}

func isAlphanumeric(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// IsNameStart is PN_CHARS_BASE of the grammars of N-Quads and Turtle.
func IsNameStart(r rune) bool {
	switch {
	case r < 0:
		return false
	case r < 0x80:
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	case r == 0xD7, r == 0xF7, r == 0x37E:
		return false
	}
	return r >= 0xC0 && r <= 0x2FF || r >= 0x370 && r <= 0x1FFF || r == 0x200C || r == 0x200D ||
		r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF || r >= 0x3001 && r <= 0xD7FF ||
		r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD || r >= 0x10000 && r <= 0xEFFFF
}

// IsNameRune is PN_CHARS of the grammars.
func IsNameRune(r rune) bool {
	return IsNameStart(r) || r == '_' || r == '-' || r >= '0' && r <= '9' || r == 0xB7 ||
		r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}
