package languages

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/sexp"
	"github.com/dop251/goja"
)

// QueryError says what is wrong with the text of a query, and where.
type QueryError struct {
	Name         string // of the query
	Line, Column int    // from 1, 0 where the engine does not tell
	Message      string
}

// Error implements error: name:line:column: message.
func (e *QueryError) Error() string {
	where := e.Name
	for _, n := range []int{e.Line, e.Column} {
		if n > 0 {
			where += ":" + strconv.Itoa(n)
		}
	}
	return where + ": " + e.Message
}

func (q *Query) fault(line, column int, message string) *QueryError {
	return &QueryError{q.Name, line, column, message}
}

// located makes the error of an engine one of the query.
func (q *Query) located(err error) error {
	var (
		syntax  *goja.CompilerSyntaxError
		thrown  *goja.Exception
		json    *json.SyntaxError
		already *QueryError
	)
	switch {
	case errors.As(err, &already):
		return q.fault(already.Line, already.Column, already.Message)
	case errors.As(err, &syntax):
		if m := inScript.FindStringSubmatch(err.Error()); m != nil {
			line, _ := strconv.Atoi(m[1])
			column, _ := strconv.Atoi(m[2])
			return q.fault(line, column, "SyntaxError: "+plain(m[3]))
		}
		if syntax.File != nil {
			at := syntax.File.Position(syntax.Offset)
			return q.fault(at.Line, at.Column, "SyntaxError: "+plain(syntax.Message))
		}
		return q.fault(0, 0, plain(err.Error()))
	case errors.As(err, &thrown):
		for _, frame := range thrown.Stack() {
			if at := frame.Position(); at.Line > 0 {
				return q.fault(at.Line, at.Column, plain(thrown.Value().String()))
			}
		}
		return q.fault(0, 0, plain(thrown.Value().String()))
	case errors.As(err, &json):
		line, column := position(q.Text, int(json.Offset)-1)
		return q.fault(line, column, "this is no JSON: "+err.Error())
	default:
		return q.fault(0, 0, plain(err.Error()))
	}
}

// inScript is how goja's parser says where it failed.
var inScript = regexp.MustCompile(`^SyntaxError: \(anonymous\): Line (\d+):(\d+) (.*)`)

// position returns the line and column of a byte, from 1.
func position(text string, offset int) (line, column int) {
	before := text[:max(0, min(offset, len(text)))]
	return 1 + strings.Count(before, "\n"), len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
}

// goWords are what the engines say in words of Go, and in those of a query. The
// first that fits a place wins.
var goWords = func() (words []struct {
	find    *regexp.Regexp
	replace string
},
) {
	for _, w := range [][2]string{
		{`not a quad\.Value: (?:\*\S+|<nil>|map\S* \S+|\[\]\S* ?\S*|\S+)`, "this is no value of the graph: give a text, a number, true or false"},
		{`optional iterator at the top level`, `a query is an object, such as {"id": null, "schema:name": null}, or a list of one`},
		{`(?s)Invalid type passed to buildViaPath: .*`, "a predicate is a text, a list of texts or a path"},
		{`could not convert function call parameter (\d+): could not convert (.*) to .*`, "argument $1 has a wrong type: $2"},
		{`runtime error: .*`, "the engine cannot do that (is an argument of a wrong type?)"},
		{`map\[string\]interface ?\{\}`, "an object"},
		{`\[\]interface ?\{\}|\[\]string`, "a list"},
		{`func\([^)]*\) [a-z.A-Z]+`, "a function"},
		{`\*?(?:gizmo\.pathObject|path\.Path)`, "a path"},
		{`\bquad\.\w+|\*?gizmo\.\w+|\*?goja\.\w+|\*?shape\.\w+|\*?reflect\.\S+`, "something else"},
		{`\b(?:float64|int64|int)\b`, "a number"},
		{`\bbool\b`, "true or false"},
		{`<nil>`, "nothing"},
	} {
		words = append(words, struct {
			find    *regexp.Regexp
			replace string
		}{regexp.MustCompile(w[0]), w[1]})
	}
	return words
}()

// plain says what an engine says without names of Go.
func plain(message string) string {
	for _, w := range goWords {
		message = w.find.ReplaceAllString(message, w.replace)
	}
	return strings.Join(strings.Fields(message), " ")
}

// TooMuchMemory is what [Crash] says of a process that got no more memory.
const TooMuchMemory = "the query needs too much memory"

// Crash explains the last words of a process that a query has ended.
func Crash(words string) string {
	switch {
	case strings.Contains(words, "out of memory"), strings.Contains(words, "cannot allocate memory"), strings.Contains(words, "makeslice: "):
		return TooMuchMemory
	case strings.Contains(words, "stack overflow"), strings.Contains(words, "goroutine stack exceeds"):
		return "the query is nested too deeply"
	}
	for line := range strings.Lines(words) {
		if says, ok := strings.CutPrefix(strings.TrimSpace(line), "panic: "); ok {
			says, _, _ = strings.Cut(says, " [recovered")
			return plain(says)
		}
	}
	return "the engine failed at this query"
}

// checkGizmo compiles a program, before anything is added to it.
func checkGizmo(text string) error {
	_, err := goja.Compile("", text, false)
	return err
}

// checkSexp finds what Cayley's parser of sexp passes over: it reads the
// beginning of a text and leaves the rest.
func checkSexp(text string) error {
	at := func(i int, format string, args ...any) error {
		line, column := position(text, i)
		return &QueryError{Line: line, Column: column, Message: fmt.Sprintf(format, args...)}
	}
	begin := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	if text[begin] != '(' {
		return at(begin, "a query begins with (, such as ($x (:schema:cause $y))")
	}
	var open []int // where parentheses are
	quoted := false
	for i, c := range text {
		switch {
		case i < begin:
		case c == '"':
			quoted = !quoted
		case quoted:
		case len(open) == 0 && i > begin:
			return at(i, "the query has ended before this: it is one pair of parentheses")
		case c == '(':
			open = append(open, i)
		case c == ')':
			open = open[:len(open)-1]
		}
		if len(open) > maxDepth {
			return at(i, "there are more than %d parentheses in each other", maxDepth)
		}
	}
	if quoted {
		return at(len(text), "a text is not closed: \" is missing")
	}
	if len(open) > 0 {
		return at(open[len(open)-1], "a parenthesis is not closed: ) is missing")
	}
	if err := sexp.NewSession(nil).Parse(text[begin:]); err != nil && !errors.Is(err, query.ErrParseMore) {
		return &QueryError{Message: `this cannot be read: a query is ($x (:predicate $y) …), a word has letters, digits and _ . / : # only, ` +
			`a text in quotes letters, digits and _ / : ' and spaces`}
	}
	return nil
}
