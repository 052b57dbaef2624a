package rdf

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// MaxWord is the longest word, in bytes, that is read of Turtle and TriG: a
// literal, an IRI, a name.
const MaxWord = 16 << 20

// window is a stretch of a file in memory: the word that is being read, as
// long as that is, and some way ahead. It knows line and column.
type window struct {
	r        io.Reader
	buf      []byte
	pos, end int // buf[pos:end] has not been consumed
	err      error

	line, column int // of buf[pos]
	afterReturn  bool
}

func newWindow(r io.Reader) *window {
	return &window{r: r, buf: make([]byte, 64<<10), line: 1, column: 1}
}

func (w *window) place() syntax.Place { return syntax.Place{Line: w.line, Column: w.column} }

// at returns the byte i bytes ahead, or 0 beyond the end of the file, where
// [window.ended] is true. A NUL byte of the file is a mistake anywhere.
func (w *window) at(i int) byte {
	for w.pos+i >= w.end {
		if w.err != nil {
			return 0
		}
		w.fill()
	}
	return w.buf[w.pos+i]
}

// ended reports whether there is no byte i bytes ahead.
func (w *window) ended(i int) bool {
	w.at(i)
	return w.pos+i >= w.end
}

// errTooLong ends a file whose word does not end.
var errTooLong = fmt.Errorf("longer than %d MiB", MaxWord>>20)

func (w *window) fill() {
	if w.end == len(w.buf) {
		switch {
		case w.pos > 0:
			w.end = copy(w.buf, w.buf[w.pos:w.end])
			w.pos = 0
		case len(w.buf) >= MaxWord:
			w.err = errTooLong
			return
		default:
			bigger := make([]byte, min(4*len(w.buf), MaxWord))
			w.end = copy(bigger, w.buf)
			w.buf = bigger
		}
	}
	n, err := w.r.Read(w.buf[w.end:])
	w.end += n
	if err != nil {
		w.err = err
	}
}

// noRune stands for a byte that is not UTF-8.
const noRune rune = -1

// runeAt returns the character i bytes ahead and its size; size 0 at the end.
func (w *window) runeAt(i int) (rune, int) {
	c := w.at(i)
	if c < utf8.RuneSelf {
		if c == 0 && w.ended(i) {
			return 0, 0
		}
		return rune(c), 1
	}
	w.at(i + utf8.UTFMax - 1) // so that the character is in memory whole
	r, size := utf8.DecodeRune(w.buf[w.pos+i : w.end])
	if r == utf8.RuneError && size == 1 {
		r = noRune
	}
	return r, size
}

// text returns the next n bytes, until the next call of anything else.
func (w *window) text(n int) []byte { return w.buf[w.pos : w.pos+n] }

// consume goes n bytes ahead.
func (w *window) consume(n int) {
	for _, c := range w.buf[w.pos : w.pos+n] {
		switch {
		case c == '\n' && w.afterReturn: // of one line's end the second half
		case c == '\n', c == '\r':
			w.line++
			w.column = 1
		case c&0xC0 != 0x80: // a character begins
			w.column++
		}
		w.afterReturn = c == '\r'
	}
	w.pos += n
}

// failure returns the error that ended the file, nil for its proper end.
func (w *window) failure() error {
	if errors.Is(w.err, io.EOF) {
		return nil
	}
	return w.err
}
