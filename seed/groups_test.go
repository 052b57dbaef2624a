package seed_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/seed"
)

// TestGroups wants the same data of statements one by one and of those that are grouped.
func TestGroups(t *testing.T) {
	t.Parallel()
	const head = `dataset: {id: d, name: Data, license: CC0-1.0, language: en}
sources: [{id: s, kind: data, name: S}]
concepts:
  - {id: cold, name: Cold, types: [MedicalCondition]}
  - {id: flu, name: Flu, types: [MedicalCondition]}
  - {id: cough, name: Cough, types: [MedicalSymptom]}
  - {id: fever, name: Fever, types: [MedicalSign]}
  - {id: rest, name: Rest, types: [MedicalTherapy]}
defaults: {source: s, modality: possible, timing: in winter}
statements:
`
	read := func(statements string) string {
		d, report, err := seed.ReadFS(t.Context(), fstest.MapFS{"a.yaml": {Data: []byte(head + statements)}}, ".")
		if err != nil {
			t.Fatalf("%v\n%s", err, lines(report.Problems))
		}
		return d.Version()
	}
	flat := read(`
  - {subject: cold, predicate: signOrSymptom, object: cough, locator: p. 1, frequency: often, timing: at night}
  - {subject: cold, predicate: signOrSymptom, object: fever, locator: p. 1, frequency: often, timing: at night}
  - {subject: cold, predicate: possibleTreatment, object: rest, locator: p. 2, modality: recommended, timing: at night}
  - {subject: flu, predicate: possibleTreatment, object: rest, locator: p. 1, timing: ""}
`[1:])
	grouped := read(`
  - subject: cold
    locator: p. 1
    timing: at night
    statements:
      - {predicate: signOrSymptom, objects: [cough, fever], frequency: often}
      - {predicate: possibleTreatment, object: rest, locator: p. 2, modality: recommended}
      - {subject: flu, predicate: possibleTreatment, object: rest, timing: ""}
`[1:])
	if flat != grouped {
		t.Error("the group is other data than its statements one by one")
	}
	for statements, want := range map[string]string{
		"  - {subject: cold, predicate: signOrSymptom, object: cough, objects: [fever], locator: x}\n":                        "objects stands for several statements",
		"  - {id: st-aaaaaaaaaaaaaaaa, subject: cold, locator: x, statements: [{predicate: signOrSymptom, object: cough}]}\n": "id, key, value and confirmed are of one statement each",
		"  - {subject: cold, locator: x, statements: [{predicate: signOrSymptom}]}\n":                                         "has no object: signOrSymptom joins",
		"  - {subject: cold, locator: x, statements: []}\n":                                                                   "statements: ",
	} {
		_, report, err := seed.ReadFS(t.Context(), fstest.MapFS{"a.yaml": {Data: []byte(head + statements)}}, ".")
		if err == nil || !strings.Contains(lines(report.Problems), want) {
			t.Errorf("of %s: wanted %q, got\n%s", statements, want, lines(report.Problems))
		}
	}
}
