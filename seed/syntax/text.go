package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NotText returns where data stops to be text in UTF-8, and why; what is empty if
// it is text.
func NotText(data []byte) (at int, what string) {
	for at < len(data) {
		c := data[at]
		switch {
		case c == 0:
			return at, "a NUL byte"
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c == 0x7f:
			return at, fmt.Sprintf("the control character U+%04X", c)
		case c < utf8.RuneSelf:
			at++
		default:
			r, n := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && n == 1 {
				return at, fmt.Sprintf("the byte 0x%02X is not UTF-8", c)
			}
			at += n
		}
	}
	return 0, ""
}

// Trimmed returns a cell without the white space around its text, at the place
// where the text then begins.
func (c Cell) Trimmed() Cell {
	inner := strings.TrimLeftFunc(c.Text, unicode.IsSpace)
	c.Column += utf8.RuneCountInString(c.Text[:len(c.Text)-len(inner)])
	c.Text = strings.TrimRightFunc(inner, unicode.IsSpace)
	return c
}

// Shorten keeps a text that is quoted in a message to a length that can be read.
func Shorten(s string) string { return ShortenTo(60, s) }

// ShortenTo is Shorten to a number of characters.
func ShortenTo(most int, s string) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s[:min(len(s), utf8.UTFMax*most)])[:most-1]) + "…"
}

// IsForbidden reports whether an IRI cannot have the character.
func IsForbidden(r rune) bool {
	switch r {
	case '<', '>', '"', '{', '}', '|', '^', '`', '\\':
		return true
	}
	return r <= ' ' || r >= 0x7F && r <= 0x9F // more than the grammar of Turtle: RFC 3987 has none of these
}

// forbidden are the bytes of ASCII that an IRI cannot have.
var forbidden = func() (of [utf8.RuneSelf]bool) {
	for c := range of {
		of[c] = IsForbidden(rune(c))
	}
	return of
}()

// HasForbidden reports whether an IRI has a character that it cannot have.
func HasForbidden(iri string) bool {
	for i := range len(iri) {
		c := iri[i]
		if c < utf8.RuneSelf && forbidden[c] || c == 0xC2 && i+1 < len(iri) && iri[i+1] < 0xA0 { // U+0080 to U+009F
			return true
		}
	}
	return false
}

// HasScheme reports whether an IRI is a full one.
func HasScheme(iri string) bool {
	for i := range len(iri) {
		switch c := iri[i]; {
		case c == ':':
			return i > 0
		case c|0x20 >= 'a' && c|0x20 <= 'z':
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return false
}
