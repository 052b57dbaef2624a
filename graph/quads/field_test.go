package quads

import "testing"

// The fields of concepts and of statements are those that Encode keeps free of
// properties.
func TestFieldsAreTheEncoding(t *testing.T) {
	for p, f := range fields {
		if f.OfConcept() != isConceptField(p) {
			t.Errorf("<%s>: OfConcept is %v, isConceptField %v", p, f.OfConcept(), isConceptField(p))
		}
		if f.OfStatement() != isRecordField(p) {
			t.Errorf("<%s>: OfStatement is %v, isRecordField %v", p, f.OfStatement(), isRecordField(p))
		}
	}
	if p := matchIRI("exact"); FieldOf(p) != FieldMapping || !FieldOf(p).OfConcept() || FieldOf(p).OfStatement() || MatchOf(p) != "exact" {
		t.Error("a mapping is no field of concepts only")
	}
}
