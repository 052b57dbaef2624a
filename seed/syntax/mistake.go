package syntax

import "fmt"

// Place is where something stands in a file. Line and Column count from 1, the
// column in characters; 0 says that it is not known. Pointer is the JSON
// Pointer (RFC 6901) of what JSON-LD says, where there is no line.
type Place struct {
	Line, Column int
	Pointer      string
}

// String returns the place as messages name it: line 3, column 7.
func (p Place) String() string {
	switch {
	case p.Pointer != "":
		return p.Pointer
	case p.Line == 0:
		return "the file"
	case p.Column == 0:
		return fmt.Sprintf("line %d", p.Line)
	default:
		return fmt.Sprintf("line %d, column %d", p.Line, p.Column)
	}
}

// Kind says what sort of mistake a mistake is.
type Kind uint8

// The kinds of mistakes.
const (
	Malformed     Kind = iota // the text is not of its format
	Encoding                  // the bytes are not UTF-8
	Nesting                   // deeper than anybody writes by hand or by program
	Size                      // a word that is too long: something is probably not closed
	LongLine                  // a line that is too long
	UnknownPrefix             // a prefix that is declared nowhere
	RelativeIRI               // an IRI that is not full, and nothing to complete it with
	UnknownKey                // a key of JSON-LD that means nothing
	DuplicateKey              // a key that stands twice in an object
	RemoteContext             // JSON-LD that wants to load its context
	NoTriple                  // an rdf:Statement without subject, predicate or object
	TwoTriples                // an rdf:Statement with two of one of them
)

// Mistake is one fault of a file.
type Mistake struct {
	Place
	Kind    Kind
	Message string
	// About is the name of the rdf:Statement that a NoTriple or TwoTriples is of.
	About string
}

// Error returns the mistake with its place.
func (m *Mistake) Error() string { return m.String() + ": " + m.Message }

// Mistakes are the faults of a file, in the order in which they were found.
type Mistakes []*Mistake

// Error returns the first mistake, and how many more there are.
func (m Mistakes) Error() string {
	switch len(m) {
	case 0:
		return "no mistake"
	case 1:
		return m[0].Error()
	default:
		return fmt.Sprintf("%v (and %d more)", m[0], len(m)-1)
	}
}

// Unwrap lets errors.As find the first mistake.
func (m Mistakes) Unwrap() []error {
	all := make([]error, len(m))
	for i := range m {
		all[i] = m[i]
	}
	return all
}

// MaxMistakes is how many mistakes of a file are reported: one more than a
// thousand, so that whoever lists a thousand knows that there are more.
const MaxMistakes = 1001

// NewMistake returns a mistake with a message of package fmt.
func NewMistake(kind Kind, at Place, format string, args ...any) *Mistake {
	return &Mistake{Place: at, Kind: kind, Message: fmt.Sprintf(format, args...)}
}
