package quads

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// termAt is where a term stands in its line, and where its datatype begins.
type termAt struct{ from, end, datatype int }

// scanTerms finds the terms of a line up to its full stop. Cayley's parser
// also takes bare words and turns wrong code points into others; those it does
// not get to see, nor what it has no word for.
func scanTerms(line []byte) (terms []termAt, at int, message string) {
	for i := 0; i < len(line); {
		switch c := line[i]; c {
		case ' ', '\t':
			i++
			continue
		case '.':
			if rest := bytes.TrimLeft(line[i+1:], " \t"); len(rest) > 0 && rest[0] != '#' {
				return nil, len(line) - len(rest), "something follows the full stop: a line is one quad"
			}
			return terms, 0, ""
		case '#':
			return terms, 0, ""
		case '<', '"':
		case '_':
			if !bytes.HasPrefix(line[i:], []byte("_:")) {
				return nil, i, "a blank node begins with _:"
			}
		default:
			return nil, i, `expected <IRI>, _:blank, "literal" or the full stop that ends the quad`
		}
		term := termAt{from: i, datatype: -1}
		switch line[i] {
		case '"':
			i, at, message = scanLiteral(line, i)
			if message == "" && i < len(line) {
				i, at, message = scanSort(line, i, &term)
			}
		case '<':
			i, at, message = scanIRI(line, i)
		default:
			i = scanBlank(line, i)
		}
		if message != "" {
			return nil, at, message
		}
		term.end = i
		terms = append(terms, term)
	}
	return nil, len(line), "the quad does not end with a full stop; is the file cut off?"
}

// scanIRI returns the position after the IRI that begins at i. Another one
// cannot begin in it.
func scanIRI(line []byte, i int) (end, at int, message string) {
	n := bytes.IndexAny(line[i+1:], "<>")
	switch {
	case n < 0:
		return i, i, "the IRI does not end with >; is the file cut off?"
	case line[i+1+n] == '<':
		return i, i, "the IRI does not end with > before the next one begins"
	}
	return i + n + len("<>"), 0, ""
}

// scanBlank returns the position after the blank node that begins at i.
func scanBlank(line []byte, i int) int {
	for i < len(line) && strings.IndexByte(" \t<\"#", line[i]) < 0 {
		i++
	}
	for line[i-1] == '.' { // ends the quad, not the label
		i--
	}
	return i
}

// scanSort returns the position after the datatype or language of a literal,
// which begins at i if there is one.
func scanSort(line []byte, i int, term *termAt) (end, at int, message string) {
	switch line[i] {
	case '^':
		if !bytes.HasPrefix(line[i:], []byte("^^<")) {
			return i, i, "a datatype is written ^^<IRI>"
		}
		term.datatype = i + len("^^<")
		return scanIRI(line, i+len("^^"))
	case '@':
		from := i + 1
		for i = from; i < len(line) && (line[i] == '-' && i > from || isLetter(line[i]) || i > from && line[i] >= '0' && line[i] <= '9'); i++ {
		}
		switch {
		case i == from:
			return i, i, "a language tag begins with a letter: en, pt-BR"
		case i < len(line) && !strings.ContainsRune(" \t.<_", rune(line[i])), bytes.HasPrefix(line[i:], []byte("_")) && !bytes.HasPrefix(line[i:], []byte("_:")):
			r, _ := utf8.DecodeRune(line[i:])
			return i, i, fmt.Sprintf("a language tag is of letters, digits and hyphens (en, pt-BR), and has no %q", string(r))
		}
	}
	return i, 0, ""
}

// scanLiteral returns the position after the quoted text that begins at i.
func scanLiteral(line []byte, i int) (end, at int, message string) {
	start := i
	for i++; i < len(line) && line[i] != '"'; i++ {
		if line[i] != '\\' {
			continue
		}
		if message := badEscape(line[i+1:]); message != "" {
			return i, i, message
		}
		i++
	}
	if i >= len(line) {
		return i, start, "the literal does not end; is the file cut off?"
	}
	return i + 1, 0, ""
}

// badEscape says what is wrong with an escape, without its backslash, nothing if
// it names a character: half of a surrogate pair is none.
func badEscape(escape []byte) string {
	if len(escape) == 0 || strings.IndexByte(`tbnrf"'\`, escape[0]) >= 0 { // nothing: the literal does not end
		return ""
	}
	digits := map[byte]int{'u': 4, 'U': 8}[escape[0]]
	if digits == 0 {
		r, _ := utf8.DecodeRune(escape)
		return fmt.Sprintf(`\%c is no escape; a backslash itself is written \\`, r)
	}
	r, err := strconv.ParseUint(string(escape[1:min(1+digits, len(escape))]), 16, 32)
	switch {
	case err != nil || len(escape) <= digits:
		return fmt.Sprintf(`behind \%c stand %d hexadecimal digits`, escape[0], digits)
	case r > utf8.MaxRune || !utf8.ValidRune(rune(r)):
		return "the escape names no Unicode character"
	}
	return ""
}
