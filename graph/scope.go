package graph

import (
	"slices"
	"strconv"
	"strings"
)

// ClaimScope says for whom, when and where a claim holds: the value of each qualifier
// that the table marks so ([QualifierInfo].Scope), empty where it is not stated.
// Case and white space do not tell texts apart. Scopes are of one version of a
// graph.
type ClaimScope [NumQualifiers]string

// ScopeColumns are the fields of a statement that its scope is made of.
func ScopeColumns() (fields StatementFields) {
	for q := range qualifiers {
		if qualifiers[q].Scope {
			fields |= Columns(Qualifier(q))
		}
	}
	return fields
}

// Scope returns the scope of a row, of which ScopeColumns were asked for.
func (b *StatementBatch) Scope(row int) (s ClaimScope) {
	for i := range qualifiers {
		switch q := Qualifier(i); {
		case !qualifiers[q].Scope:
		case qualifiers[q].Type == RefQualifier:
			if ref := b.Ref(q, row); ref != NoRef {
				s[q] = strconv.Itoa(int(ref))
			}
		default:
			s[q] = strings.Clone(strings.ToLower(strings.Join(strings.Fields(b.Text(q, row)), " ")))
		}
	}
	return s
}

// ScopeMatch says how scopes stand to each other.
type ScopeMatch uint8

// The ways, the nearest first.
const (
	// NoScopes: there are no two.
	NoScopes ScopeMatch = iota
	// EqualScopes: what one states, the other states alike.
	EqualScopes
	// UnknownScopes: one states what the other leaves open, so that nobody knows
	// whether they speak of the same.
	UnknownScopes
	// DifferentScopes: both state something, and not the same: both may be right.
	DifferentScopes
)

// Match compares two scopes, and returns the qualifiers in which they differ, in
// their order: those that both state, and not alike, or else those that one of
// them states.
func (s *ClaimScope) Match(other *ClaimScope) (m ScopeMatch, differsIn []Qualifier) {
	m = EqualScopes
	for i := range s {
		found := DifferentScopes
		switch {
		case s[i] == other[i]:
			continue
		case s[i] == "" || other[i] == "":
			found = UnknownScopes
		}
		if found > m {
			m, differsIn = found, nil
		}
		if found == m {
			differsIn = append(differsIn, Qualifier(i))
		}
	}
	return m, differsIn
}

// CompareScopes compares the scopes of what holds a claim with those of what
// speaks against it: how near the nearest two are, and the qualifiers in which
// such two differ, in their order; NoScopes where there are none on one side.
func CompareScopes(holding, against []ClaimScope) (ScopeMatch, []Qualifier) {
	nearest, differs := NoScopes, map[Qualifier]bool{}
	for i := range holding {
		for j := range against {
			m, in := holding[i].Match(&against[j])
			if nearest == NoScopes || m < nearest {
				nearest = m
				clear(differs)
			}
			for _, q := range in {
				if m == nearest {
					differs[q] = true
				}
			}
		}
	}
	var differsIn []Qualifier
	for q := range differs {
		differsIn = append(differsIn, q)
	}
	slices.Sort(differsIn)
	return nearest, differsIn
}
