package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Report says how much was read and what is wrong with it.
type Report struct {
	Files      int `json:"files"`
	Concepts   int `json:"concepts"`
	Statements int `json:"statements"`
	Sources    int `json:"sources"` // data sets and curators
	Articles   int `json:"articles"`
	Sections   int `json:"sections"`
	// Quads counts the quads of N-Quads files; YAML has none.
	Quads int `json:"quads"`
	// Problems are in the order of the files, then of the lines.
	Problems []Problem `json:"problems"`
}

// Problem is one fault, with its place and, where one is near, what was
// probably meant.
type Problem struct {
	File string `json:"file"`
	// Line and Column count from 1, the column in characters; 0 where the fault
	// has no such place.
	Line       int    `json:"line,omitempty"`
	Column     int    `json:"column,omitempty"`
	Rule       Rule   `json:"rule"`
	Message    string `json:"message"`
	Suggestion string `json:"suggestion,omitempty"`
}

// String returns the problem as compilers write it, so that editors find the
// place: file:line:column: message (did you mean "x"?).
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(place{p.File, p.Line, p.Column}.String())
	b.WriteString(": ")
	b.WriteString(p.Message)
	if p.Suggestion != "" {
		fmt.Fprintf(&b, " (did you mean %q?)", p.Suggestion)
	}
	return b.String()
}

// ProblemsError is the error of data that was read but is faulty.
type ProblemsError struct {
	Problems []Problem // never empty, in the order of Report
}

// Error returns the first problem and how many more there are.
func (e *ProblemsError) Error() string {
	switch n := len(e.Problems); n {
	case 0:
		return "no problem"
	case 1:
		return e.Problems[0].String()
	case 2:
		return e.Problems[0].String() + " (and 1 more problem)"
	default:
		return fmt.Sprintf("%s (and %d more problems)", e.Problems[0], n-1)
	}
}

// place is where something was read.
type place struct {
	file         string
	line, column int
}

func (p place) String() string {
	switch {
	case p.line == 0:
		return p.file
	case p.column == 0:
		return fmt.Sprintf("%s:%d", p.file, p.line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.file, p.line, p.column)
	}
}

// maxProblems bounds what is listed of one file.
const maxProblems = 1000

// problems collects what is wrong, from all files.
type problems struct {
	list   []Problem
	seen   map[Problem]bool // a faulty default is used many times, and one problem
	byFile map[string]int
	files  map[string]int // the rank of each file
}

func newProblems(files []file) *problems {
	p := &problems{seen: map[Problem]bool{}, byFile: map[string]int{}, files: map[string]int{}}
	for i, f := range files {
		p.files[f.name] = i
	}
	return p
}

func (p *problems) add(at place, rule Rule, suggestion, format string, args ...any) {
	found := Problem{
		File: at.file, Line: at.line, Column: at.column,
		Rule: rule, Message: fmt.Sprintf(format, args...), Suggestion: suggestion,
	}
	if p.full(at.file) || p.seen[found] {
		return
	}
	p.seen[found] = true
	p.byFile[at.file]++
	if p.full(at.file) {
		found = Problem{
			File: at.file, Line: at.line, Rule: RuleTooManyProblems,
			Message: fmt.Sprintf("more than %d problems: the rest of the file is not listed", maxProblems),
		}
	}
	p.list = append(p.list, found)
}

// full reports whether a file has more problems than are listed, so that
// reading on is no use.
func (p *problems) full(file string) bool { return p.byFile[file] > maxProblems }

// sorted returns the problems in the order of files, lines and columns; those
// of one place stay in the order in which they were found.
func (p *problems) sorted() []Problem {
	slices.SortStableFunc(p.list, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(p.files[a.File], p.files[b.File]),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
		)
	})
	return p.list
}
