package graph

import "slices"

// The columns of batches by the names that the fields which they hold have
// everywhere: in the order of the constants.
var (
	conceptColumns = []string{"id", "iri", "name", "kind", "types", "names", "descriptions", "synonyms", "codes", "note", "sections", "sources", "deprecated", "replacedBy", "formerIds", "members", "notJoined"}
	sourceColumns  = []string{"id", "iri", "name", "authors", "statementCount", "sections"}
)

// ConceptColumn returns the field of a concept that has a name, none where there
// is no such field.
func ConceptColumn(name string) ConceptFields { return column[ConceptFields](conceptColumns, name) }

// SourceColumn returns the field of a source that has a name, none where there is
// no such field.
func SourceColumn(name string) SourceFields {
	for d := range NumSourceDetails {
		if sourceDetails[d].Name == name {
			return SourceColumns(d)
		}
	}
	return column[SourceFields](sourceColumns, name)
}

func column[F ~uint32](names []string, name string) F {
	if at := slices.Index(names, name); at >= 0 {
		return 1 << at
	}
	return 0
}
