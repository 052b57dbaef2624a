package rdf

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/ianaindex"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// The tokens of XML are read here and not with encoding/xml, which takes most of the
// time that an ontology takes to read: it goes byte by byte, and makes every text anew.

// tokenKind says what a token is.
type tokenKind uint8

// The tokens of XML. CDATA is text, and a tag that closes itself is a start and an end.
const (
	textToken tokenKind = iota
	startToken
	endToken
	commentToken
	instructionToken
	doctypeToken
)

// token is a token. What it holds is good until the next one is read, but for strings.
type token struct {
	kind       tokenKind
	name       xml.Name   // of a tag, with its prefix
	attributes []xml.Attr // of a start
	text       []byte     // of the others, decoded
}

// xmlTokens reads XML token by token, and holds no more of it than one.
type xmlTokens struct {
	r        io.Reader
	buf      []byte
	pos, end int // buf[pos:end] has not been consumed
	err      error
	line     int // of buf[pos]

	entities   map[string]string
	names      map[string]xml.Name // by how they are written
	attributes []xml.Attr
	decoded    []byte
	closing    xml.Name // of a tag that closes itself
	closes     bool     // it was read last
	begun      bool
}

// maxNames bounds the names that are kept, for which no memory is needed again.
const maxNames = 4096

func newXMLTokens(r io.Reader) *xmlTokens {
	return &xmlTokens{r: r, buf: make([]byte, 64<<10), line: 1, entities: map[string]string{}, names: map[string]xml.Name{}}
}

// fill reads more of the file; false if there is no more.
func (t *xmlTokens) fill() bool {
	for t.err == nil {
		if t.end == len(t.buf) {
			switch {
			case t.pos > 0:
				t.end = copy(t.buf, t.buf[t.pos:t.end])
				t.pos = 0
			case len(t.buf) >= MaxWord:
				t.err = errTooLong
				return false
			default:
				t.buf = append(t.buf, make([]byte, 3*len(t.buf))...)
			}
		}
		n, err := t.r.Read(t.buf[t.end:])
		t.end += n
		if t.err = err; n > 0 {
			return true
		}
	}
	return false
}

// at returns the byte i bytes ahead; 0, which stands nowhere in XML, behind the end.
func (t *xmlTokens) at(i int) byte {
	for t.pos+i >= t.end {
		if !t.fill() {
			return 0
		}
	}
	return t.buf[t.pos+i]
}

// ahead returns the bytes from one place ahead to another, which were read.
func (t *xmlTokens) ahead(from, to int) []byte { return t.buf[t.pos+from : t.pos+to] }

// find returns how far ahead a text begins, from a place on; -1 if it does not.
func (t *xmlTokens) find(from int, text string) int {
	for {
		from = min(from, t.end-t.pos)
		if i := bytes.Index(t.buf[t.pos+from:t.end], []byte(text)); i >= 0 {
			return from + i
		}
		from = max(from, t.end-t.pos-len(text)+1)
		if !t.fill() {
			return -1
		}
	}
}

// findByte is find of a byte.
func (t *xmlTokens) findByte(from int, c byte) int {
	for {
		if i := bytes.IndexByte(t.buf[t.pos+from:t.end], c); i >= 0 {
			return from + i
		}
		from = t.end - t.pos
		if !t.fill() {
			return -1
		}
	}
}

// consume goes ahead.
func (t *xmlTokens) consume(n int) {
	t.line += bytes.Count(t.buf[t.pos:t.pos+n], []byte("\n"))
	t.pos += n
}

// wrong is a mistake so many bytes ahead.
func (t *xmlTokens) wrong(ahead int, format string, args ...any) error {
	line := t.line + bytes.Count(t.buf[t.pos:min(t.pos+ahead, t.end)], []byte("\n"))
	return syntax.NewMistake(syntax.Malformed, syntax.Place{Line: line}, "no XML: "+format, args...)
}

// cut is the error of a file that ends within something, or has a byte 0 there.
func (t *xmlTokens) cut(within string) error {
	switch {
	case t.err == nil:
		return t.wrong(0, "a NUL byte stands in %s", within)
	case errors.Is(t.err, io.EOF):
		return t.wrong(t.end-t.pos, "the file ends within %s: it is cut off", within)
	case errors.Is(t.err, errTooLong):
		return syntax.NewMistake(syntax.Size, syntax.Place{Line: t.line}, "a tag or text %v; is something not closed?", errTooLong)
	default:
		return t.err
	}
}

// next returns the next token. The end of the file is io.EOF.
func (t *xmlTokens) next() (token, error) {
	if t.closes {
		t.closes = false
		return token{kind: endToken, name: t.closing}, nil
	}
	if !t.begun {
		t.begun = true
		if t.at(2) != 0 && string(t.ahead(0, 3)) == "\ufeff" {
			t.consume(3)
		}
	}
	switch c := t.at(0); {
	case c == 0 && t.pos == t.end:
		if errors.Is(t.err, io.EOF) {
			return token{}, io.EOF
		}
		return token{}, t.cut("the file")
	case c != '<':
		n := t.findByte(0, '<')
		if n < 0 {
			if n = t.end - t.pos; !errors.Is(t.err, io.EOF) {
				return token{}, t.cut("a text")
			}
		}
		text, err := t.decode(t.ahead(0, n), 0, inText)
		t.consume(n)
		return token{kind: textToken, text: text}, err
	}
	switch t.at(1) {
	case '/':
		return t.endTag()
	case '?':
		return t.instruction()
	case '!':
		return t.declaration()
	default:
		return t.startTag()
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// space returns the next place that is no white space.
func (t *xmlTokens) space(i int) int {
	for isSpace(t.at(i)) {
		i++
	}
	return i
}

// tagName reads a name, and returns the place behind it.
func (t *xmlTokens) tagName(i int) (xml.Name, int, error) {
	from := i
	for c := t.at(i); c != 0 && c != '>' && c != '/' && c != '=' && c != '<' && c != '"' && c != '\'' && !isSpace(c); c = t.at(i) {
		i++
	}
	raw := t.ahead(from, i)
	if name, known := t.names[string(raw)]; known {
		return name, i, nil
	}
	name := xml.Name{Local: string(raw)}
	space, local, prefixed := strings.Cut(name.Local, ":")
	if prefixed {
		name = xml.Name{Space: space, Local: local}
	}
	if !isNCName(name.Local) || prefixed && !isNCName(space) {
		if t.at(i) == 0 {
			return name, i, t.cut("a tag")
		}
		return name, i, t.wrong(i, "%q is no name of a tag or attribute", syntax.Shorten(string(raw)))
	}
	if len(t.names) < maxNames {
		t.names[string(raw)] = name
	}
	return name, i, nil
}

func (t *xmlTokens) startTag() (token, error) {
	name, i, err := t.tagName(1)
	if err != nil {
		return token{}, err
	}
	t.attributes = t.attributes[:0]
	for {
		i = t.space(i)
		switch t.at(i) {
		case 0:
			return token{}, t.cut("a tag")
		case '>':
			t.consume(i + 1)
			return token{kind: startToken, name: name, attributes: t.attributes}, nil
		case '/':
			if t.at(i+1) != '>' {
				return token{}, t.wrong(i, "there is a / within the tag <%s>", syntax.Shorten(written(name)))
			}
			t.consume(i + 2)
			t.closing, t.closes = name, true
			return token{kind: startToken, name: name, attributes: t.attributes}, nil
		}
		var a xml.Attr
		if a.Name, i, err = t.tagName(i); err != nil {
			return token{}, err
		}
		if i = t.space(i); t.at(i) != '=' {
			return token{}, t.wrong(i, "the attribute %s has no value", syntax.Shorten(written(a.Name)))
		}
		i = t.space(i + 1)
		quote := t.at(i)
		if quote != '"' && quote != '\'' {
			return token{}, t.wrong(i, "the value of the attribute %s does not stand in quotes", syntax.Shorten(written(a.Name)))
		}
		end := t.findByte(i+1, quote)
		if end < 0 {
			return token{}, t.cut("a tag")
		}
		value, err := t.decode(t.ahead(i+1, end), i+1, inAttribute)
		if err != nil {
			return token{}, err
		}
		a.Value = string(value)
		t.attributes = append(t.attributes, a)
		i = end + 1
	}
}

func (t *xmlTokens) endTag() (token, error) {
	name, i, err := t.tagName(2)
	if err != nil {
		return token{}, err
	}
	if i = t.space(i); t.at(i) != '>' {
		if t.at(i) == 0 {
			return token{}, t.cut("a tag")
		}
		return token{}, t.wrong(i, "there is more in the tag </%s> than its name", syntax.Shorten(written(name)))
	}
	t.consume(i + 1)
	return token{kind: endToken, name: name}, nil
}

// instruction reads <?…?>. The first of a file may say how it is encoded.
func (t *xmlTokens) instruction() (token, error) {
	end := t.find(2, "?>")
	if end < 0 {
		return token{}, t.cut("<?")
	}
	text, err := t.decode(t.ahead(2, end), 2, inMarkup)
	if err != nil {
		return token{}, err
	}
	text = bytes.Clone(text) // another encoding moves what was read
	t.consume(end + 2)
	target, rest, _ := bytes.Cut(text, []byte(" "))
	if string(target) == "xml" {
		if version := pseudoAttribute(rest, "version"); version != "" && version != "1.0" {
			return token{}, t.wrong(0, "the version %q of XML is not read, only 1.0", syntax.Shorten(version))
		}
		err = t.encoded(pseudoAttribute(rest, "encoding"))
	}
	return token{kind: instructionToken, text: text}, err
}

// pseudoAttribute returns a value of the declaration <?xml …?>.
func pseudoAttribute(text []byte, name string) string {
	_, rest, ok := strings.Cut(string(text), name+"=")
	if !ok || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	value, _, _ := strings.Cut(rest[1:], rest[:1])
	return value
}

// encoded reads the rest of the file in an encoding.
func (t *xmlTokens) encoded(label string) error {
	if label == "" || strings.EqualFold(label, "utf-8") {
		return nil
	}
	encoding, err := ianaindex.IANA.Encoding(label)
	if err != nil || encoding == nil {
		return t.wrong(0, "the encoding %q is not read; save the file as UTF-8", syntax.Shorten(label))
	}
	rest := bytes.NewReader(bytes.Clone(t.buf[t.pos:t.end]))
	t.r = encoding.NewDecoder().Reader(io.MultiReader(rest, &ended{t.r, t.err}))
	t.pos, t.end, t.err = 0, 0, nil
	return nil
}

// ended is a file that has ended already, if there is an error.
type ended struct {
	io.Reader

	err error
}

func (e *ended) Read(p []byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	return e.Reader.Read(p)
}

// declaration reads <!…>: a comment, CDATA, or a DOCTYPE with its entities.
func (t *xmlTokens) declaration() (token, error) {
	switch {
	case t.at(3) != 0 && string(t.ahead(0, 4)) == "<!--":
		end := t.find(4, "--")
		if end < 0 || t.at(end+2) == 0 {
			return token{}, t.cut("a comment")
		}
		if t.at(end+2) != '>' {
			return token{}, t.wrong(end, "-- cannot stand within a comment")
		}
		text, err := t.decode(t.ahead(4, end), 4, inMarkup)
		t.consume(end + 3)
		return token{kind: commentToken, text: text}, err
	case t.at(8) != 0 && string(t.ahead(0, 9)) == "<![CDATA[":
		end := t.find(9, "]]>")
		if end < 0 {
			return token{}, t.cut("CDATA")
		}
		text, err := t.decode(t.ahead(9, end), 9, inMarkup)
		t.consume(end + 3)
		return token{kind: textToken, text: text}, err
	}
	var text []byte // without comments
	quote, depth := byte(0), 0
	for i := 2; ; i++ {
		c := t.at(i)
		switch {
		case c == 0:
			return token{}, t.cut("a declaration <!")
		case quote == 0 && c == '<' && t.at(i+3) != 0 && string(t.ahead(i, i+4)) == "<!--":
			end := t.find(i+4, "-->")
			if end < 0 {
				return token{}, t.cut("a comment")
			}
			i, c = end+2, ' '
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '"', c == '\'':
			quote = c
		case c == '<':
			depth++
		case c == '>' && depth == 0:
			t.consume(i + 1)
			return token{kind: doctypeToken, text: text}, nil
		case c == '>':
			depth--
		}
		text = append(text, c)
	}
}

// within is where a text stands, which decides what is markup in it.
type within uint8

const (
	inText within = iota
	inAttribute
	inMarkup // nothing is
)

// The classes of bytes that text is looked through for.
const (
	notASCII = 1 << iota
	isControl
	isReturn
	isBreak // or a tab
	isReference
	isLess
	isBracket
)

// classes are those of bytes.
var classes = func() (of [256]uint8) {
	for c := range 256 {
		switch {
		case c >= utf8.RuneSelf:
			of[c] = notASCII
		case c == '\r':
			of[c] = isReturn
		case c == '\n', c == '\t':
			of[c] = isBreak
		case c < ' ':
			of[c] = isControl
		}
	}
	of['&'], of['<'], of[']'] = isReference, isLess, isBracket
	return of
}()

// decode returns a text without references, with its lines ended by newlines; it
// stands so many bytes ahead.
func (t *xmlTokens) decode(raw []byte, ahead int, where within) ([]byte, error) {
	var found uint8
	for _, c := range raw {
		found |= classes[c]
	}
	if found&isControl != 0 || found&notASCII != 0 && !isXMLText(raw) {
		return nil, t.illegal(raw, ahead)
	}
	switch {
	case where == inText && found&isBracket != 0 && bytes.Contains(raw, []byte("]]>")):
		return nil, t.wrong(ahead, "]]> stands in a text: write ]]&gt;")
	case where == inAttribute && found&isLess != 0:
		return nil, t.wrong(ahead, "< stands in the value of an attribute: write &lt;")
	}
	change := uint8(isReturn)
	switch where {
	case inText:
		change |= isReference
	case inAttribute:
		change |= isReference | isBreak
	}
	if found&change == 0 {
		return raw, nil
	}
	out := t.decoded[:0]
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		switch {
		case c == '&' && where != inMarkup:
			n := bytes.IndexByte(raw[i:], ';')
			if n < 0 {
				return nil, t.wrong(ahead+i, "& stands alone: write &amp;")
			}
			var err error
			if out, err = t.reference(out, string(raw[i+1:i+n]), ahead+i); err != nil {
				return nil, err
			}
			if i += n; len(out) > MaxWord {
				return nil, syntax.NewMistake(syntax.Size, syntax.Place{Line: t.line}, "a tag or text %v; is something not closed?", errTooLong)
			}
			continue
		case c == '\r':
			if c = '\n'; i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
		}
		if where == inAttribute && (c == '\n' || c == '\t') {
			c = ' '
		}
		out = append(out, c)
	}
	t.decoded = out
	return out, nil
}

// predefined are the entities that need no declaration.
var predefined = map[string]string{"lt": "<", "gt": ">", "amp": "&", "apos": "'", "quot": `"`}

// reference appends what a reference stands for: &lt; &#60; &#x3c;
func (t *xmlTokens) reference(out []byte, name string, ahead int) ([]byte, error) {
	if number, ok := strings.CutPrefix(name, "#"); ok {
		base := 10
		if hex, ok := strings.CutPrefix(number, "x"); ok {
			number, base = hex, 16
		}
		n, err := strconv.ParseUint(number, base, 32)
		if r := rune(n); err != nil || n > utf8.MaxRune || !isXMLRune(r) {
			return out, t.wrong(ahead, "the reference &%s; is no character", syntax.Shorten(name))
		}
		return utf8.AppendRune(out, rune(n)), nil
	}
	if text, ok := predefined[name]; ok {
		return append(out, text...), nil
	}
	if text, ok := t.entities[name]; ok {
		return append(out, text...), nil
	}
	if !isNCName(name) {
		return out, t.wrong(ahead, "& stands alone: write &amp;")
	}
	return out, t.wrong(ahead, "the entity &%s; is declared nowhere in the file; nothing is loaded from the network", syntax.Shorten(name))
}

// isXMLRune reports whether XML can have a character.
func isXMLRune(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}

// isXMLText reports whether text is UTF-8 with no character that XML cannot have.
func isXMLText(raw []byte) bool {
	return utf8.Valid(raw) && !bytes.Contains(raw, []byte("\ufffe")) && !bytes.Contains(raw, []byte("\uffff"))
}

// illegal says which byte of a text cannot stand in XML.
func (t *xmlTokens) illegal(raw []byte, ahead int) error {
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return t.wrong(ahead+i, "the byte %#02x is not UTF-8; save the file as UTF-8, or say in its first line how it is encoded", raw[i])
		case !isXMLRune(r):
			return t.wrong(ahead+i, "%s cannot stand in XML", fmt.Sprintf("%U", r))
		}
		i += n
	}
	return t.wrong(ahead, "a character cannot stand in XML")
}
