package graph

type Base struct {
	ID                                     int32
	Key, Name, Description, Code, Category string
	Year                                   int
	Synonyms                               []string
}
type (
	Condition   struct{ Base }
	Symptom     struct{ Base }
	Test        struct{ Base }
	Treatment   struct{ Base }
	Source      struct{ Base }
	SymptomLink struct {
		Symptom   *Symptom
		Source    *Source
		Section   int
		Certainty float64
	}
)
