package seed_test

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/seed"
)

// idOfBefore is the id of a statement as it was before qualifiers were hashed by
// name: no id of those days may change.
func idOfBefore(s *graph.Statement, iri func(graph.ID) string) graph.ID {
	object := iri(s.Object)
	switch v := s.Value; {
	case s.Object != "":
	case v.Language != "":
		object = strconv.Quote(v.Text) + "@" + v.Language
	case v.Datatype != "":
		object = strconv.Quote(v.Text) + "^^<" + iri(v.Datatype) + ">"
	default:
		object = strconv.Quote(v.Text)
	}
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
	before := idOfBefore(&s, iri)
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

// A statement keeps the id that it had before a limit was stated, and no other; an
// id of another's record is kept, in YAML as in tables.
func TestStatementsKeepTheirIDs(t *testing.T) {
	t.Parallel()
	read := func(keys string) (*graph.Dataset, error) {
		d, _, err := seed.ReadFS(t.Context(), fstest.MapFS{"a.yaml": {Data: []byte(`
dataset: {id: d, name: D, license: CC0-1.0, language: en}
concepts:
- {id: cold, name: Cold, types: [MedicalCondition]}
- {id: rest, name: Rest, types: [LifestyleModification]}
- {id: early, name: Early, types: [MedicalConditionStage]}
defaults: {source: d, locator: p. 1}
statements:
- {subject: cold, predicate: possibleTreatment, object: rest, ` + keys + "}\n")}}, "a.yaml")
		return d, err
	}
	before, err := read("modality: asserted")
	if err != nil {
		t.Fatal(err)
	}
	id := string(before.Statements[0].ID)
	for _, kept := range []struct{ id, keys string }{
		{id, "context: at home"},
		{id, "context: at home, population: adults, stage: early, dose: 10 hours"},
		{id, "treatmentLine: first line, negated: false"},
		{"ev:12", "context: at home"},
		{"own-record", ""},
	} {
		d, err := read("id: " + strconv.Quote(kept.id) + ", " + kept.keys)
		if err != nil {
			t.Errorf("%+v: %v", kept, err)
			continue
		}
		if is := string(d.Statements[0].ID); is != kept.id {
			t.Errorf("%+v: the id is %s", kept, is)
		}
		back, _ := mustRead(t, map[string]string{"a.yaml": written(t, seed.YAML, d)})
		sameData(t, kept.keys, back, d)
	}
	for _, keys := range []string{"negated: true", "key: two"} {
		other, err := read(keys)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := read("context: at home, id: " + string(other.Statements[0].ID)); err == nil {
			t.Errorf("%s is the id of a claim with %s", d.Statements[0].ID, keys)
		}
	}
}

// The ids of the seed's statements, and of those of real data, are those of before.
func TestIDsStay(t *testing.T) {
	t.Parallel()
	d := embedded(t)
	ids := make([]string, len(d.Statements))
	for i := range d.Statements {
		ids[i] = string(d.Statements[i].ID)
	}
	slices.Sort(ids)
	const idsOfBefore = "57dedfa29f6616c7"
	if sum := sha256.Sum256([]byte(strings.Join(ids, " "))); len(ids) != 148 || hex.EncodeToString(sum[:8]) != idsOfBefore {
		t.Errorf("the %d ids of the seed are no longer those of before: %x", len(ids), sum[:8])
	}
	sameIDs(t, d)
	realdata.Each(t, func(t *testing.T, data realdata.Data) {
		d, _, err := seed.Read(t.Context(), data.Path)
		if err != nil {
			t.Fatal(err)
		}
		sameIDs(t, d)
	})
}

func sameIDs(t *testing.T, d *graph.Dataset) {
	t.Helper()
	iris := map[graph.ID]string{}
	for i := range d.Concepts {
		iris[d.Concepts[i].ID] = d.Concepts[i].IRI
	}
	for i := range d.Sources {
		iris[d.Sources[i].ID] = d.Sources[i].IRI
	}
	iri := func(id graph.ID) string {
		if own := iris[id]; own != "" {
			return own
		}
		return d.Prefixes.Expand(id)
	}
	derived := 0
	for i := range d.Statements {
		s := &d.Statements[i]
		if !graph.IsStatementID(string(s.ID)) {
			continue // the record of a data set has an id of its own
		}
		derived++
		before := idOfBefore(s, iri)
		if s.DeriveID(iri) != before {
			t.Fatalf("the id of %s is %s, was %s", s.ID, s.DeriveID(iri), before)
		}
		if s.ID != before { // kept from before its context was stated
			was := *s
			was.Context = ""
			if before = idOfBefore(&was, iri); s.ID != before || s.Context == "" {
				t.Fatalf("the id of %s was %s", s.ID, before)
			}
		}
	}
	if derived == 0 {
		t.Error("no statement has a derived id")
	}
}
