package seed

import "strings"

// What is unknown in a table is told once, with the number of the rows that have it:
// one reason gives the same doubt for every row.

// notes are what was noted in the table that is being read.
type notes struct {
	keys []string
	of   map[string]*noted
}

type noted struct {
	at         place
	last, rows int // the row that was counted last, and how many were
	say        func(rows string) (message, suggestion string)
}

// note counts a row under a key.
func (p *problems) note(at place, key string, say func(rows string) (message, suggestion string)) {
	p.noteRow(at, at.line, key, say)
}

// noteRow is note for a place that is not in the row.
func (p *problems) noteRow(at place, row int, key string, say func(rows string) (message, suggestion string)) {
	n := p.notes.of[key]
	if n == nil {
		if p.notes.of == nil {
			p.notes.of = map[string]*noted{}
		}
		n = &noted{at: at, last: -1, say: say}
		p.notes.of[key] = n
		p.notes.keys = append(p.notes.keys, key)
	}
	if n.last != row {
		n.last = row
		n.rows++
	}
}

// tellNotes tells what was noted.
func (p *problems) tellNotes() {
	for _, key := range p.notes.keys {
		n := p.notes.of[key]
		p.warning(n.at, "", RuleUnknownWord, func() (string, string) { return n.say(counted(n.rows, "row")) })
	}
	p.notes = notes{}
}

// has is a number of rows with its verb.
func has(rows string) string {
	if strings.HasPrefix(rows, "1 ") {
		return rows + " has"
	}
	return rows + " have"
}
