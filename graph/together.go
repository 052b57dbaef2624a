package graph

import (
	"fmt"
	"iter"
)

// Counts reports whether a statement counts for its claim: it is not withdrawn,
// and does not hold only of several concepts together ([QualifierWith]), which is
// no claim of one of them. What does not count is in no list of links or values,
// no count and no answer.
func (s *Statement) Counts() bool { return s.Withdrawn == NotWithdrawn && len(s.With) == 0 }

// Together returns the concepts of which a statement holds only together: its
// subject and those of [QualifierWith]; nil for a statement of one.
func (s *Statement) Together() []ID {
	if len(s.With) == 0 {
		return nil
	}
	return append([]ID{s.Subject}, s.With...)
}

// Concepts yields the concepts that a statement names: subject and object, where it
// is a concept, and those of its qualifiers.
func (s *Statement) Concepts() iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for _, id := range append([]ID{s.Subject, s.Object, s.Stage}, s.With...) {
			if id != "" && !yield(id) {
				return
			}
		}
	}
}

// Together is [Statement.Together] of a row of which [TogetherColumns] were asked
// for.
func (b *StatementBatch) Together(row int) []Ref {
	with := b.Qualifiers[QualifierWith].RefLists.At(row)
	if len(with) == 0 {
		return nil
	}
	return append([]Ref{b.Subject[row]}, with...)
}

// Counts is [Statement.Counts] of a row that has the columns of QualifierWithdrawn
// and QualifierWith.
func (b *StatementBatch) Counts(row int) bool {
	return b.Qualifiers[QualifierWithdrawn].Words[row] == uint8(NotWithdrawn) && len(b.Qualifiers[QualifierWith].RefLists.At(row)) == 0
}

// TogetherColumns are the fields that tell of which concepts a statement holds.
func TogetherColumns() StatementFields { return StatementSubject | Columns(QualifierWith) }

// checkTogether returns an error for a statement that holds of a concept together
// with itself, with its object, or with what is no concept.
func (d *Dataset) checkTogether(ids *numbering) error {
	for i := range d.Statements {
		s := &d.Statements[i]
		for _, id := range s.With {
			if _, known := ids.find(id, aConcept); !known {
				return fmt.Errorf("statement %s: with names no concept: %q", s.ID, id)
			}
			if id == s.Subject || id == s.Object {
				return fmt.Errorf("statement %s: with names %q, which is its subject or its object", s.ID, id)
			}
		}
	}
	return nil
}
