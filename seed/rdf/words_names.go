package rdf

import (
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

func (s *scanner) blank(w word) (word, error) {
	w.kind = aBlank
	n := s.nameLength(2, func(r rune) bool { return quads.IsNameStart(r) || r == '_' || r >= '0' && r <= '9' })
	if n == 0 {
		return s.fail(w, 2, "a blank node has a label: _:b1")
	}
	w.text = string(s.text(2 + n)[2:])
	s.consume(2 + n)
	return w, nil
}

// nameLength returns how many bytes from i on are a name that may have dots
// within, but not at its end.
func (s *scanner) nameLength(i int, isStart func(rune) bool) int {
	from := i
	if r, size := s.runeAt(i); size == 0 || !isStart(r) {
		return 0
	} else {
		i += size
	}
	end := i
	for {
		r, size := s.runeAt(i)
		if size == 0 || r != '.' && !quads.IsNameRune(r) {
			return end - from
		}
		i += size
		if r != '.' {
			end = i
		}
	}
}

// number reads a number; a full stop after its digits ends a statement.
func (s *scanner) number(w word) (word, error) {
	i := 0
	if c := s.at(0); c == '+' || c == '-' {
		i++
	}
	digits := func() (n int) {
		for ; isDigit(s.at(i)); i++ {
			n++
		}
		return n
	}
	exponent := func() bool {
		j := i
		if s.at(j)|0x20 != 'e' {
			return false
		}
		if j++; s.at(j) == '+' || s.at(j) == '-' {
			j++
		}
		if !isDigit(s.at(j)) {
			return false
		}
		for i = j; isDigit(s.at(i)); i++ {
		}
		return true
	}
	whole := digits()
	w.kind = anInteger
	if s.at(i) == '.' {
		end := i
		i++
		switch part := digits(); {
		case (whole > 0 || part > 0) && exponent():
			w.kind = aDouble
		case part > 0:
			w.kind = aDecimal
		default:
			i = end
		}
	} else if whole > 0 && exponent() {
		w.kind = aDouble
	}
	if whole == 0 && w.kind == anInteger {
		return s.fail(w, 1, "a sign without a number")
	}
	w.text = string(s.text(i))
	s.consume(i)
	return w, nil
}

// name reads prefix:local or a keyword.
func (s *scanner) name(w word) (word, error) {
	n := s.nameLength(0, quads.IsNameStart)
	if s.at(n) != ':' {
		return s.keyword(w, n)
	}
	w.kind = aName
	w.text = s.intern(s.text(n))
	s.scratch = s.scratch[:0]
	i := n + 1
	end, kept := i, 0 // of the name without trailing dots
	for {
		r, size := s.runeAt(i)
		switch {
		case size == 0:
		case r == '.':
			s.scratch = append(s.scratch, '.')
			i++
			continue
		case r == ':', quads.IsNameRune(r) && (r != '-' || i > n+1) && (i > n+1 || r != '\u00B7' && (r < 0x300 || r > 0x36F) && r != 0x203F && r != 0x2040):
			s.scratch = append(s.scratch, s.buf[s.pos+i:s.pos+i+size]...)
			i += size
			end, kept = i, len(s.scratch)
			continue
		case r == '%':
			if _, ok := hexDigit(s.at(i + 1)); ok {
				if _, ok = hexDigit(s.at(i + 2)); ok {
					s.scratch = append(s.scratch, '%', s.at(i+1), s.at(i+2))
					i += 3
					end, kept = i, len(s.scratch)
					continue
				}
			}
			return s.failAt(w, i, i+1, "%% in a name is followed by two hexadecimal digits")
		case r == '\\':
			c := s.at(i + 1)
			if !isEscapable(c) {
				return s.failAt(w, i, i+1, "\\%s is no escape of a name", string(rune(c)))
			}
			s.scratch = append(s.scratch, c)
			i += 2
			end, kept = i, len(s.scratch)
			continue
		}
		break
	}
	if kept > 0 && s.scratch[0] == '.' {
		return s.fail(w, end, "a name cannot begin with a full stop")
	}
	w.local = s.intern(s.scratch[:kept])
	s.consume(end)
	return w, nil
}

func (s *scanner) keyword(w word, n int) (word, error) {
	if n == 0 {
		r, size := s.runeAt(0)
		switch r {
		case 0:
			return s.fail(w, size, "a NUL byte; is this a file of text?")
		case noRune:
			s.consume(1)
			return w, syntax.NewMistake(syntax.Encoding, w.at, "the byte 0x%02X is not UTF-8", s.buf[s.pos-1])
		}
		return s.fail(w, size, "%q begins no word of Turtle; is it part of an <IRI>?", string(r))
	}
	w.kind, w.text = aKeyword, string(s.text(n))
	s.consume(n)
	return w, nil
}

func isDigit(c byte) bool        { return c >= '0' && c <= '9' }
func isLetter(c byte) bool       { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isAlphanumeric(c byte) bool { return isDigit(c) || isLetter(c) }

// isEscapable reports whether a name may have the mark after a backslash.
func isEscapable(c byte) bool {
	switch c {
	case '_', '~', '.', '-', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', '/', '?', '#', '@', '%':
		return true
	}
	return false
}
