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
