package obo

import (
	"slices"
	"strings"
)

// escapes are what stands behind a backslash, but for itself.
var escapes = map[byte]string{'n': "\n", 't': "\t", 'W': " "}

// unescaped is a text without its backslashes.
func unescaped(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if text, ok := escapes[s[i]]; ok {
			b.WriteString(text)
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// find returns where a character stands outside of quotes and not behind a backslash,
// -1 if it does not.
func find(s string, wanted func(i int) bool) int {
	inText := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == '"':
			inText = !inText
		case !inText && wanted(i):
			return i
		}
	}
	return -1
}

// uncommented is a value without the comment behind it: HP:1 ! the name.
func uncommented(s string) string {
	if i := find(s, func(i int) bool { return s[i] == '!' && (i == 0 || s[i-1] == ' ' || s[i-1] == '\t') }); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

// unmarked is a value without its comment and the marks in braces at its end.
func unmarked(s string) string {
	s = uncommented(s)
	if i := marksAt(s); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

func marksAt(s string) int {
	if !strings.HasSuffix(s, "}") {
		return -1
	}
	return find(s, func(i int) bool {
		return s[i] == '{' && (i == 0 || s[i-1] == ' ') && strings.Contains(s[i:], "=\"") && find(s[i:], func(j int) bool { return s[i+j] == '}' }) == len(s)-i-1
	})
}

// mark is a key and a text in braces at the end of a line.
type mark struct{ key, text string }

// trailing reads the marks in braces at the end of a value: {key="text", key="text"}.
func trailing(s string) (all []mark) {
	s = uncommented(s)
	i := marksAt(s)
	if i < 0 {
		return nil
	}
	for rest := s[i+1 : len(s)-1]; rest != ""; {
		key, value, ok := strings.Cut(rest, "=")
		text, behind, isText := quoted(value)
		if !ok || !isText {
			break
		}
		all = append(all, mark{strings.TrimSpace(key), text})
		rest = strings.TrimLeft(behind, ", ")
	}
	return all
}

// has reports whether a mark is among some.
func has(marks []mark, key, text string) bool { return slices.Contains(marks, mark{key, text}) }

// word is the first word of a value, which an escaped space does not end.
func word(s string) string {
	s = uncommented(strings.TrimSpace(s))
	if i := find(s, func(i int) bool { return s[i] == ' ' || s[i] == '\t' }); i >= 0 {
		s = s[:i]
	}
	return s
}

// quoted reads a text in quotes, and returns what stands behind it.
func quoted(s string) (text, rest string, ok bool) {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, `"`) {
		return "", s, false
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return unescaped(s[1:i]), s[i+1:], true
		}
	}
	return "", s, false
}
