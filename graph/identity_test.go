package graph_test

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// idOfBefore is the id of a statement as it was before qualifiers were hashed by
// name: no id of those days may change.
func idOfBefore(s *graph.Statement, object string, iri func(graph.ID) string) graph.ID {
	parts := []string{iri(s.Subject), iri(s.Predicate), object, iri(s.Source), strconv.FormatBool(s.Negated), "", s.Context}
	if s.Stage != "" {
		parts[5] = iri(s.Stage)
	}
	if s.Key != "" {
		parts = append(parts, s.Key)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return graph.ID("st-" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:16]))
}

// A qualifier that is hashed by name changes the id of the statements that state
// it, and of no other.
func TestQualifiersHashedByNameChangeNoOtherID(t *testing.T) {
	iri := graph.NewPrefixes(nil).Expand
	s := graph.Statement{
		Subject: "cold", Predicate: "schema:possibleTreatment", Object: "rest", Source: "colds",
		Qualifiers: graph.Qualifiers{Negated: true, Stage: "early", Context: "at home"}, Key: "second",
	}
	before := idOfBefore(&s, iri(s.Object), iri)
	if id := s.DeriveID(iri); id != before {
		t.Errorf("the id is %s, was %s", id, before)
	}
	seen := map[graph.ID]string{before: "no further qualifier"}
	for _, q := range graph.AllQualifiers() {
		info := q.Info()
		if info.Hashed != graph.HashedWhereStated || info.Type != graph.TextQualifier {
			continue
		}
		stated := s
		*stated.Text(q) = "adults"
		id := stated.DeriveID(iri)
		if other, twice := seen[id]; twice {
			t.Errorf("%s: the id is that with %s", info.Name, other)
		}
		seen[id] = info.Name
	}
	if len(seen) < 2 {
		t.Error("no qualifier is hashed by name")
	}
}
