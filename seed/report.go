package seed

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Report says how much was read and what is wrong with it.
type Report struct {
	Files      int `json:"files"`
	Concepts   int `json:"concepts"`
	Statements int `json:"statements"`
	Sources    int `json:"sources"` // data sets and curators
	Articles   int `json:"articles"`
	Sections   int `json:"sections"`
	// Quads counts the quads of RDF; YAML and tables have none.
	Quads int `json:"quads"`
	// Unread are the files of folders that were left out, as the names of data
	// end otherwise; hidden ones and texts for people (README, LICENSE, .md, .txt)
	// are not worth a word.
	Unread []string `json:"unread,omitempty"`
	// Additions are what data sets say of concepts that others describe.
	Additions []Addition `json:"additions,omitempty"`
	// Errors and Warnings count the problems that there are; of very many in one
	// file not all are listed.
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	// Unconfirmed counts the statements that nobody has confirmed yet.
	Unconfirmed int `json:"unconfirmed,omitempty"`
	// Compared counts what was compared with texts; nil, if none was given.
	Compared *Compared `json:"compared,omitempty"`
	// Licenses are those of the whole.
	Licenses []graph.LicenseUse `json:"licenses,omitempty"`
	// Accepted are the warnings that their data sets accept: they are not counted.
	Accepted []Accepted `json:"accepted,omitempty"`
	// Problems are in the order of the files, then of the lines. Only [Check]
	// and [CheckFS] warn.
	Problems []Problem `json:"problems"`
}

// Problem is one fault or doubt, with its place and what to do about it.
type Problem struct {
	File string `json:"file"`
	// Line and Column count from 1, the column in characters; 0 where the fault
	// has no such place.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// Pointer is the JSON Pointer (RFC 6901) of what is wrong in JSON-LD, unless it
	// has a line.
	Pointer string `json:"pointer,omitempty"`
	// Rule is what the problem breaks; its severity is that of the problem.
	Rule     Rule     `json:"rule"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	// Suggestion is, for an error, the word that was probably meant, where one is
	// near; for a warning, what to do.
	Suggestion string `json:"suggestion,omitempty"`
	// Sentence is what stands in the text of the source, to show to whoever has given
	// the text. No format has it: the text stays with its owner.
	Sentence string `json:"-"`
}

// String returns the problem as compilers write it, so that editors find the
// place: file:line:column: message (did you mean "x"?) [rule]. A warning says
// so: file:line:column: warning: message; what to do [rule].
func (p Problem) String() string {
	at := place{p.File, p.Line, p.Column}.String()
	if p.Pointer != "" {
		at += "#" + p.Pointer
	}
	return at + ": " + p.Text() + " [" + string(p.Rule) + "]"
}

// Text returns the problem without its place and rule.
func (p Problem) Text() string {
	switch {
	case p.Severity == Warning && p.Suggestion != "":
		return "warning: " + p.Message + "; " + p.Suggestion
	case p.Severity == Warning:
		return "warning: " + p.Message
	case p.Suggestion != "":
		return fmt.Sprintf("%s (did you mean %q?)", p.Message, p.Suggestion)
	default:
		return p.Message
	}
}

// ProblemsError is the error of data that was read but is faulty.
type ProblemsError struct {
	Problems []Problem // the errors of the report, in its order; never empty
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

// maxWarnings bounds what is listed for one rule in one file that nobody wrote
// by hand, where one reason gives a warning for every line.
const maxWarnings = 5

// problems collects what is wrong, from all files.
type problems struct {
	list     []Problem
	seen     map[Problem]bool // a faulty default is used many times, and one problem
	byFile   map[string]int   // errors
	files    map[string]int   // the rank of each file
	faults   int              // errors, listed or not
	warns    bool             // else warnings are dropped
	most     int              // warnings of a rule in a file that nobody wrote by hand
	warnings map[warned]int
	folders  map[string]folder
	accepted []Accepted
	origins  []origin // the files of RDF
	known    known    // of which nothing is told
	notes    notes
	reads    []claimReading // what was made of claims for words of others, and a frequency of zero
}

// warned is what warnings are counted by.
type warned struct {
	file string
	rule Rule
}

func newProblems(files []file, warn bool) *problems {
	p := &problems{
		seen: map[Problem]bool{}, byFile: map[string]int{}, files: map[string]int{},
		warns: warn, most: maxWarnings, warnings: map[warned]int{}, folders: map[string]folder{},
	}
	for i, f := range files {
		p.files[f.name], p.folders[f.name] = i, f.dir()
	}
	return p
}

func (p *problems) add(at place, rule Rule, suggestion, format string, args ...any) {
	p.addFound(at, "", rule, suggestion, format, args...)
}

// addPointer is add for what JSON-LD says, which has no line but a pointer.
func (p *problems) addPointer(at place, pointer string, rule Rule, format string, args ...any) {
	p.addFound(at, pointer, rule, "", format, args...)
}

func (p *problems) addFound(at place, pointer string, rule Rule, suggestion, format string, args ...any) {
	if rule.Severity() == Warning {
		p.warning(at, pointer, rule, func() (string, string) { return fmt.Sprintf(format, args...), suggestion })
		return
	}
	found := Problem{
		File: at.file, Line: at.line, Column: at.column, Pointer: pointer,
		Rule: rule, Severity: Error, Message: fmt.Sprintf(format, args...), Suggestion: suggestion,
	}
	if p.full(at.file) || p.seen[found] {
		return
	}
	p.seen[found] = true
	p.faults++
	p.byFile[at.file]++
	if p.full(at.file) {
		found = Problem{
			File: at.file, Line: at.line, Rule: RuleTooManyProblems, Severity: Error,
			Message: fmt.Sprintf("more than %d problems: the rest of the file is not listed", maxProblems),
		}
	}
	p.list = append(p.list, found)
}

// warning adds a warning, unless there are enough of its rule in its file:
// then it is counted.
func (p *problems) warning(at place, pointer string, rule Rule, say says) {
	if !p.warns || p.known.files[at.file] {
		return
	}
	of := warned{at.file, rule}
	if p.warnings[of] >= p.limit(at.file, rule) {
		p.warnings[of]++
		return
	}
	found := Problem{File: at.file, Line: at.line, Column: at.column, Pointer: pointer, Rule: rule, Severity: Warning}
	if found.Message, found.Suggestion = say(); !p.seen[found] {
		p.seen[found] = true
		p.warnings[of]++
		p.list = append(p.list, found)
	}
}

// accept adds a warning that its data set accepts.
func (p *problems) accept(at spot, rule Rule, say says, reason string) {
	if p.warns && !p.known.files[at.file] {
		found := Accepted{Problem{File: at.file, Line: at.line, Column: at.column, Pointer: at.pointer, Rule: rule, Severity: Warning}, reason}
		found.Message, found.Suggestion = say()
		p.accepted = append(p.accepted, found)
	}
}

// full reports whether a file has more problems than are listed, so that
// reading on is no use.
func (p *problems) full(file string) bool { return p.byFile[file] > maxProblems }

// report completes a report: the problems in the order of files, lines, columns
// and pointers, those of one place in the order in which they were found; and
// how many there are. Behind the last warning of a rule in a file stands how
// many more there are.
func (p *problems) report(r *Report) {
	slices.SortStableFunc(p.list, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(p.files[a.File], p.files[b.File]),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			comparePointers(a.Pointer, b.Pointer),
		)
	})
	slices.SortStableFunc(p.accepted, func(a, b Accepted) int {
		return cmp.Or(cmp.Compare(p.files[a.File], p.files[b.File]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	r.Errors, r.Problems, r.Accepted = p.faults, nil, p.accepted
	listed := map[warned]int{}
	for _, found := range p.list {
		listed[warned{found.File, found.Rule}]++
	}
	more := map[warned]int{}
	for of, n := range p.warnings {
		more[of] = n - listed[of]
		r.Warnings += n
	}
	for _, found := range p.list {
		r.Problems = append(r.Problems, found)
		of := warned{found.File, found.Rule}
		if listed[of]--; listed[of] == 0 && more[of] > 0 {
			found.Message = fmt.Sprintf("%d more warnings of this rule in this file are not listed", more[of])
			found.Suggestion = ""
			r.Problems = append(r.Problems, found)
		}
	}
}

// comparePointers compares the numbers in pointers as numbers; no pointer comes
// before any.
func comparePointers(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(a), len(b))
	}
	return graph.CompareLocators(a, b)
}

// limit is how many warnings of one rule are listed of a file.
func (p *problems) limit(file string, rule Rule) int {
	switch {
	case isDocument(file):
		return max(maxProblems, p.most)
	case rule == RuleUnknownWord: // each is told once
		return maxProblems
	case rule == RuleMangledValue: // each is for another reason, and to be mended by itself
		return max(20*maxWarnings, p.most)
	default:
		return p.most
	}
}

// errors returns the problems that are errors, once they are sorted.
func (p *problems) errors() []Problem {
	var faults []Problem
	for _, found := range p.list {
		if found.Severity == Error {
			faults = append(faults, found)
		}
	}
	return faults
}
