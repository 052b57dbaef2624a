package seed

import (
	"regexp"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// What programs for tables do to data unasked: Excel makes numbers and dates of ids
// and names, pandas writes words of its own for what is not there.

// noValues are what Excel writes for a value that it does not have. As the whole of
// a cell they are none.
var noValues = []string{
	"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#GETTING_DATA", "#ERROR!",
}

// noNames are what pandas and databases write likewise. As names they are none; as
// other texts they may be meant.
var noNames = append([]string{"NaN", "nan", "NaT", "None", "NULL", "<NA>"}, noValues...)

// doubtfulNames may be names.
var doubtfulNames = append([]string{"null", "Null", "N/A", "n/a"}, noNames...)

var (
	// A number of more than fifteen digits, as Excel shows it, and keeps it.
	powerOfTen = regexp.MustCompile(`^-?\d([.,]\d+)?[eE]\+\d+$|^-?\d[.,]\d+[eE]\d+$`)
	// A whole number that a column with gaps has made a fraction of.
	madeFraction = regexp.MustCompile(`^\d{3,}\.0$`)
	// A day that was a name, such as that of a gene.
	madeDate = regexp.MustCompile(`(?i)^(\d{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(-\d{2,4})?|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2}|\d{4}-\d{2}-\d{2} 00:00:00)$`)
)

// mangledID says what a program has probably made of the local part of an id or
// code; nothing if it looks as it should.
func mangledID(id string) string {
	prefix, local, ok := strings.Cut(id, ":")
	if !ok {
		local = id
	}
	// Codes of these have a dot within digits.
	dotted := slices.ContainsFunc([]string{"ICD", "DSM", "EC", "READ", "OPCS"}, func(p string) bool { return strings.HasPrefix(strings.ToUpper(prefix), p) })
	switch {
	case slices.Contains(noNames, local):
		return "stands for a value that is not there"
	case powerOfTen.MatchString(local):
		return "is a number that a program has rounded"
	case madeFraction.MatchString(local) && !dotted:
		return "is a number that a program has made a fraction of"
	}
	return ""
}

// mangledName says the same of a name.
func mangledName(name string) string {
	switch {
	case slices.Contains(doubtfulNames, name):
		return "stands for a value that is not there"
	case powerOfTen.MatchString(name), madeFraction.MatchString(name):
		return "is a number, as a program has written it"
	case madeDate.MatchString(name):
		return "is a date that a program has made of it"
	case strings.Contains(name, `""`), len(name) > 1 && name[0] == '"' && name[len(name)-1] == '"':
		return "has the quotes of another format left in it"
	}
	return ""
}

// mangledCell tells of a cell that has no value, and reports whether it has none.
func (t *table) mangledCell(column string, cell text) bool {
	if !slices.Contains(noValues, cell.is) && (column != "name" || !slices.Contains(noNames, cell.is)) {
		return false
	}
	t.problems.add(cell.at, RuleMangledValue, "leave the cell empty", "%s: %s stands for a value that is not there, and is not read", column, cell.is)
	return true
}

// mangledValues warns of ids, codes and names that are hardly what somebody wrote.
func (b *builder) mangledValues() {
	const advice = "look it up in the source, and import the column as text"
	for i := range b.dataset.Concepts {
		c := &b.dataset.Concepts[i]
		tell := func(at place, what, value, because string) {
			if because == "" {
				return
			}
			b.doubt(c.ID, at, RuleMangledValue, func() (message, suggestion string) {
				return "the " + what + " \"" + syntax.Shorten(value) + "\" " + because, advice
			})
		}
		tell(place{}, "id", string(c.ID), mangledID(string(c.ID)))
		for _, code := range c.Codes {
			tell(b.codePlaces[coded{c.ID, code.Code}], "code", string(code.Code), mangledID(string(code.Code)))
		}
		for _, name := range c.Names {
			if because := mangledName(name.Text); name.Text != string(c.ID) && name.Text != c.IRI {
				tell(place{}, "name", name.Text, because)
			}
		}
		for _, s := range c.Synonyms {
			tell(place{}, "synonym", s.Text, mangledName(s.Text))
		}
	}
}
