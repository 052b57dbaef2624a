package rdf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// word is a word of Turtle or TriG.
type word struct {
	kind wordKind
	// text is the IRI as it is written, without escapes; the text of a literal,
	// likewise; the label of a blank node; the digits of a number; a language; a
	// keyword in small letters; the prefix of a name.
	text  string
	local string // of a name
	at    syntax.Place
}

type wordKind uint8

const (
	theEnd wordKind = iota
	anIRI
	aName  // prefix:local
	aBlank // _:label
	aText
	aLanguage // @en, and @prefix and @base too
	aCaret    // ^^
	anInteger
	aDecimal
	aDouble
	aKeyword
	aMark // . , ; [ ] ( ) { }, in text
)

// show returns the word as messages quote it.
func (w word) show() string {
	switch w.kind {
	case theEnd:
		return "the end of the file"
	case anIRI:
		return "<" + syntax.Shorten(w.text) + ">"
	case aName:
		return syntax.Shorten(w.text + ":" + w.local)
	case aBlank:
		return syntax.Shorten("_:" + w.text)
	case aText:
		return strconv.Quote(syntax.Shorten(w.text))
	case aLanguage:
		return "@" + syntax.Shorten(w.text)
	case aCaret:
		return "^^"
	default:
		return syntax.Shorten(w.text)
	}
}

func (w word) is(mark string) bool { return w.kind == aMark && w.text == mark }

// scanner splits Turtle and TriG into words.
type scanner struct {
	*window
	scratch []byte
	// names holds the texts of IRIs and names that were met, since most of them
	// come again.
	names map[string]string
}

// intern returns the text, from memory if it was met before.
func (s *scanner) intern(text []byte) string {
	if known, ok := s.names[string(text)]; ok {
		return known
	}
	if s.names == nil || len(s.names) > 1<<14 {
		s.names = map[string]string{}
	}
	fresh := string(text)
	s.names[fresh] = fresh
	return fresh
}

// next returns the next word. What is no word is consumed all the same, so that
// reading goes on behind it.
func (s *scanner) next() (word, error) {
	s.space()
	found := word{at: s.place()}
	c := s.at(0)
	switch {
	case c == 0 && s.ended(0):
		if err := s.failure(); err != nil {
			return found, s.broken(err, found.at)
		}
		return found, nil
	case c == '<':
		return s.iri(found)
	case c == '"', c == '\'':
		return s.literal(found, c)
	case c == '@':
		return s.language(found)
	case c == '^' && s.at(1) == '^':
		found.kind = aCaret
		s.consume(2)
		return found, nil
	case c == '_' && s.at(1) == ':':
		return s.blank(found)
	case isDigit(c), c == '+', c == '-', c == '.' && isDigit(s.at(1)):
		return s.number(found)
	case c == '{' && s.at(1) == '|', c == '|' && s.at(1) == '}':
		return s.fail(found, 2, "annotations of statements {| |} (RDF 1.2) are not read; use rdf:Statement")
	case c == '~':
		return s.fail(found, 1, "reifiers ~ (RDF 1.2) are not read; use rdf:Statement")
	}
	for _, mark := range marks {
		if c == mark[0] {
			found.kind, found.text = aMark, mark
			s.consume(1)
			return found, nil
		}
	}
	return s.name(found)
}

var marks = [...]string{".", ",", ";", "[", "]", "(", ")", "{", "}"}

// broken says why a file ended before its end.
func (s *scanner) broken(err error, at syntax.Place) error {
	if err == errTooLong { //nolint:errorlint // it is this very value
		return syntax.NewMistake(syntax.Size, at, "a word of more than %d MiB begins here; is something not closed?", MaxWord>>20)
	}
	return err
}

// space goes over white space and comments.
func (s *scanner) space() {
	for comment := false; ; s.consume(1) {
		switch c := s.at(0); {
		case c == '\n' || c == '\r':
			comment = false
		case c == 0 && s.ended(0):
			return
		case comment || c == ' ' || c == '\t':
		case c == '#':
			comment = true
		default:
			return
		}
	}
}

// fail consumes n bytes and returns a mistake at the place of the word.
func (s *scanner) fail(w word, n int, format string, args ...any) (word, error) {
	if err := s.failure(); err != nil && s.ended(n) {
		s.consume(s.end - s.pos)
		return w, s.broken(err, w.at)
	}
	s.consume(min(n, s.end-s.pos))
	return w, syntax.NewMistake(syntax.Malformed, w.at, format, args...)
}

// failAt is fail for a mistake that stands i bytes into the word.
func (s *scanner) failAt(w word, i, n int, format string, args ...any) (word, error) {
	s.consume(i)
	w.at = s.place()
	return s.fail(w, n-i, format, args...)
}

func (s *scanner) iri(w word) (word, error) {
	if s.at(1) == '<' {
		if s.at(2) == '(' {
			return s.fail(w, 3, "triple terms <<( )>> (RDF 1.2) are not read; use rdf:Statement")
		}
		return s.fail(w, 2, "reified triples << >> (RDF 1.2) are not read; use rdf:Statement")
	}
	w.kind = anIRI
	s.scratch = s.scratch[:0]
	for i := 1; ; {
		c := s.at(i)
		switch {
		case c == '>':
			text := s.intern(s.scratch)
			s.consume(i + 1)
			if !utf8.ValidString(text) {
				return w, syntax.NewMistake(syntax.Encoding, w.at, "the IRI is not UTF-8")
			}
			if i := strings.IndexFunc(text, syntax.IsForbidden); i >= 0 {
				return w, syntax.NewMistake(syntax.Malformed, w.at, "the IRI has a control character: %q", text[i:])
			}
			w.text = text
			return w, nil
		case s.ended(i):
			return s.fail(w, i, "the IRI does not end; is the file cut off?")
		case c == '\n' || c == '\r':
			return s.fail(w, i, "the IRI does not end on its line")
		case c == '\\':
			r, size, problem := s.escape(i, false)
			if problem == "" && syntax.IsForbidden(r) {
				problem = "the escape stands for a character that no IRI has"
			}
			if problem != "" {
				return s.failAt(w, i, s.untilAny(i, ">\n"), "%s", problem)
			}
			s.scratch = utf8.AppendRune(s.scratch, r)
			i += size
		case c < utf8.RuneSelf && syntax.IsForbidden(rune(c)):
			return s.failAt(w, i, s.untilAny(i, ">\n"), "%q cannot stand in an IRI; write it as %%%02X", string(rune(c)), c)
		default:
			s.scratch = append(s.scratch, c)
			i++
		}
	}
}

// untilAny returns the position after the next of the bytes, or before the end
// of the line or file.
func (s *scanner) untilAny(i int, bytes string) int {
	for ; !s.ended(i); i++ {
		for j := range len(bytes) {
			if s.at(i) == bytes[j] {
				if bytes[j] == '\n' {
					return i
				}
				return i + 1
			}
		}
	}
	return i
}

// escape reads the escape that begins at i; those of one letter only in
// literals.
func (s *scanner) escape(i int, letters bool) (r rune, size int, problem string) {
	digits := 0
	switch c := s.at(i + 1); c {
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		if letters {
			if r, ok := letterEscapes[c]; ok {
				return r, 2, ""
			}
		}
		return 0, 2, "\\" + string(rune(c)) + " is no escape; a backslash itself is written \\\\"
	}
	for j := range digits {
		d, ok := hexDigit(s.at(i + 2 + j))
		if !ok {
			return 0, 2, "the escape needs " + strconv.Itoa(digits) + " hexadecimal digits"
		}
		if r = r<<4 | d; r > utf8.MaxRune {
			return 0, 2, "the escape names no Unicode character"
		}
	}
	if !utf8.ValidRune(r) {
		return 0, 2, "the escape names half of a surrogate pair, which is no character"
	}
	return r, digits + 2, ""
}

var letterEscapes = map[byte]rune{'t': '\t', 'b': '\b', 'n': '\n', 'r': '\r', 'f': '\f', '"': '"', '\'': '\'', '\\': '\\'}

func hexDigit(c byte) (rune, bool) {
	switch {
	case isDigit(c):
		return rune(c - '0'), true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10, true
	}
	return 0, false
}

func (s *scanner) literal(w word, quote byte) (word, error) {
	w.kind = aText
	long := s.at(1) == quote && s.at(2) == quote
	i := 1
	if long {
		i = 3
	}
	s.scratch = s.scratch[:0]
	for {
		c := s.at(i)
		switch {
		case c == quote && (!long || s.at(i+1) == quote && s.at(i+2) == quote):
			i++
			if long {
				i += 2
			}
			if !utf8.Valid(s.scratch) {
				s.consume(i)
				return w, syntax.NewMistake(syntax.Encoding, w.at, "the text is not UTF-8")
			}
			w.text = string(s.scratch)
			s.consume(i)
			return w, nil
		case c == 0 && s.ended(i):
			return s.fail(w, i, "the text does not end; is the file cut off?")
		case !long && (c == '\n' || c == '\r'):
			return s.fail(w, i, `the text does not end on its line; one of several lines stands between """ and """`)
		case c == '\\':
			r, size, problem := s.escape(i, true)
			if problem != "" {
				return s.failAt(w, i, s.untilAny(i+2, string(quote)+"\n"), "%s", problem)
			}
			s.scratch = utf8.AppendRune(s.scratch, r)
			i += size
		default:
			s.scratch = append(s.scratch, c)
			i++
		}
	}
}

// language reads a language tag; @prefix and @base look like one.
func (s *scanner) language(w word) (word, error) {
	w.kind = aLanguage
	i := 1
	for isLetter(s.at(i)) {
		i++
	}
	for i > 1 && s.at(i) == '-' && isAlphanumeric(s.at(i+1)) {
		for i++; isAlphanumeric(s.at(i)); i++ {
		}
	}
	if i > 1 && s.at(i) == '-' && s.at(i+1) == '-' {
		for i += 2; isAlphanumeric(s.at(i)); i++ {
		}
		return s.fail(w, i, "directions (RDF 1.2) are not read: @%s", s.text(i)[1:])
	}
	if i == 1 {
		return s.fail(w, 1, "@ begins a language or @prefix or @base")
	}
	w.text = s.intern(s.text(i)[1:])
	s.consume(i)
	return w, nil
}
