package graph

import (
	"fmt"
	"slices"
)

// Withdrawn says why a statement counts no more: it is found by its id, says so,
// and is left out of lists, counts, paths and answers unless a filter asks for it
// ([Filter.Shows]).
type Withdrawn uint8

// The reasons; of several, the first counts.
const (
	NotWithdrawn Withdrawn = iota
	// WithdrawnRetracted: whoever made the statement has taken it back, with a date
	// (Retracted) or in words of others ([ReadRetracted]).
	WithdrawnRetracted
	// WithdrawnSourceRetracted: the source that makes it is retracted.
	WithdrawnSourceRetracted
	// WithdrawnSuperseded: another statement takes its place, which is itself neither
	// retracted nor of a retracted source: what is taken back takes nothing else back.
	// (The statements of a source that another supersedes still count: what is
	// older is not wrong, and the source says what it is.)
	WithdrawnSuperseded
	// WithdrawnJoined: its ends are one concept here, so that it is no link but
	// evidence of that.
	WithdrawnJoined
)

var withdrawnNames = [...]string{"", "retracted", "source-retracted", "superseded", "joined"}

// Shows reports whether a question with this filter is answered with a
// statement at all. What is withdrawn is not, unless the filter names
// [QualifierWithdrawn] anywhere.
func (f *Filter) Shows(w Withdrawn) bool { return w == NotWithdrawn || f.Asks(QualifierWithdrawn) }

// withdraw fills Withdrawn and SupersededBy, and enters the former ids. It
// returns an error for a statement that supersedes none that is there, and for a
// former id that is in use.
func (d *Dataset) withdraw(ids *numbering) error {
	retracted := map[ID]bool{}
	for i := range d.Sources {
		if s := &d.Sources[i]; s.Status == StatusRetracted {
			retracted[s.ID] = true
		}
	}
	for i := range d.Articles {
		if s := &d.Articles[i].Source; s.Status == StatusRetracted {
			retracted[s.ID] = true
		}
	}
	by, stands := map[ID][]ID{}, map[ID]bool{}
	for i := range d.Statements {
		s := &d.Statements[i]
		for _, id := range s.Supersedes {
			if _, known := ids.find(id, aStatement); !known || id == s.ID {
				return fmt.Errorf("statement %s: it supersedes no other statement %q", s.ID, id)
			}
			by[id] = append(by[id], s.ID)
			stands[id] = stands[id] || s.Retracted == "" && !s.isRetracted(d.Prefixes) && !retracted[s.Source]
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		s.SupersededBy = by[s.ID]
		slices.Sort(s.SupersededBy)
		switch {
		case s.Retracted != "" || s.isRetracted(d.Prefixes):
			s.Withdrawn = WithdrawnRetracted
		case retracted[s.Source]:
			s.Withdrawn = WithdrawnSourceRetracted
		case stands[s.ID]:
			s.Withdrawn = WithdrawnSuperseded
		case s.Subject == s.Object && s.SaidOf != s.ObjectSaidOf:
			s.Withdrawn = WithdrawnJoined
		default:
			s.Withdrawn = NotWithdrawn
		}
	}
	for i := range d.Concepts {
		c := &d.Concepts[i]
		for _, id := range c.FormerIDs {
			if err := ids.add(id); err != nil {
				return err
			}
		}
		for at := range c.Members {
			id := c.Members[at].ID
			if id == c.ID || at > 0 && id == c.Members[at-1].ID { // of several sources
				continue
			}
			if err := ids.add(id); err != nil {
				return err
			}
		}
	}
	for i := range d.Statements {
		for _, id := range d.Statements[i].FormerIDs {
			if err := ids.add(id); err != nil {
				return err
			}
		}
	}
	return nil
}
