package resolvers

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// parse parses a document.
func parse(text string) (*ast.QueryDocument, error) {
	document, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil && strings.Contains(err.Error(), lexer.Invalid.String()) {
		if cause := firstInvalid(text); cause != nil {
			err = cause
		}
	}
	if err == nil {
		err = loneSurrogate(text)
	}
	return document, err
}

// firstInvalid returns the error of the first token that is none: the parser says in
// many places only that there is one.
func firstInvalid(text string) error {
	l := lexer.New(&ast.Source{Input: text})
	for {
		token, err := l.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return err
		}
	}
}

// loneSurrogate returns a syntax error for a document, otherwise without one, that has
// half of a surrogate pair as an escape in a text (\ud83d): it is no character
// (https://spec.graphql.org/September2025/#sec-String-Value.Semantics), and the parser
// would put another one in its place.
func loneSurrogate(text string) error {
	if !strings.Contains(text, `\u`) {
		return nil
	}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '#':
			end := strings.IndexAny(text[i:], "\r\n")
			if end < 0 {
				return nil
			}
			i += end
		case strings.HasPrefix(text[i:], `"""`):
			for i += 3; !strings.HasPrefix(text[i:], `"""`); i++ {
				if strings.HasPrefix(text[i:], `\"""`) {
					i += 3
				}
			}
			i += 2
		case text[i] == '"':
			for i++; text[i] != '"'; i++ {
				if text[i] != '\\' {
					continue
				}
				high, ok := escaped(text[i:])
				if !ok || !utf16.IsSurrogate(high) {
					i++
					continue
				}
				low, _ := escaped(text[i+len(`\ud83d`):])
				if utf16.DecodeRune(high, low) == utf8.RuneError {
					line, column := placeOf(text, i)
					return gqlerror.ErrorLocf("", line, column, "Invalid character escape sequence: %s.", text[i:i+len(`\ud83d`)])
				}
				i += len(`\ud83d\ude00`) - 1
			}
		}
	}
	return nil
}

// escaped reads an escape of four hexadecimal digits at the beginning of a text.
func escaped(text string) (rune, bool) {
	if len(text) < len(`\u0000`) || text[:2] != `\u` {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), err == nil
}

// placeOf returns line and column, from 1, of a byte; columns count characters.
func placeOf(text string, at int) (line, column int) {
	before := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text[:at])
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

// cures says what to do about faults that others find, by the rule or by how their
// message begins.
var cures = []struct{ rule, message, cure string }{
	{rule: "LoneAnonymousOperation", cure: "Give each operation a name, and say by operationName which one to run."},
	{rule: "NoFragmentCycles", cure: "A fragment cannot be part of itself: write its fields out, to the depth that you need."},
	{message: "expected at least one definition, found }", cure: "Between braces stands at least one field, such as __typename."},
	{message: "expected at least one definition, found )", cure: "Between parentheses stands at least one argument or variable; without any, leave them out."},
	{message: "Invalid character escape sequence", cure: `Escapes are \" \\ \/ \b \f \n \r \t, \u with four hexadecimal digits (two such for characters beyond \uFFFF: \uD83D\uDE00), and \u{1F600}.`},
	{message: "Unterminated string", cure: `A text ends with a quotation mark on the line where it begins; between """ and """ it may have several lines.`},
	{message: "Unexpected <EOF>", cure: "The document ends too early: a brace, bracket or parenthesis is not closed."},
	{message: "Expected Name, found <EOF>", cure: "The document ends too early: a brace, bracket or parenthesis is not closed."},
}

// withCure adds to the message of a fault what to do about it.
func withCure(err *gqlerror.Error) {
	for _, c := range cures {
		if c.rule != "" && c.rule == err.Rule || c.message != "" && err.Rule == "" && strings.HasPrefix(err.Message, c.message) {
			if !strings.HasSuffix(err.Message, ".") {
				err.Message += "."
			}
			err.Message += " " + c.cure
			return
		}
	}
}
