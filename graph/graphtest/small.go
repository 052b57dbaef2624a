package graphtest

import "github.com/plexus-kg/plexus/graph"

// Small returns the graph that the suite asks about, normalized:
//
//	                 ┌──── signOrSymptom ────▶ cough      1 article, often; 12 data    (two sources)
//	                 ├──── signOrSymptom ────▶ fever      2 article: NOT;   13 data    (conflict)
//	  ex:linksTo 15  │                          │ ▲ ▲─── cause 9 (inferred) ── flu
//	x1 ──────────▶ cold                         └─┘ cause 5 (leads to itself)
//	                 ├──── possibleTreatment ▶ rest       3 article, early;  6 curator (inferred)
//	                 ├──── related ──────────▶ flu        14 data
//	                 ◀──── related ─────────── flu        7 curator            (one link, both ways)
//	                                           flu ── related ──▶ flu   8      (one link, to itself)
//	                                           flu ── typicalTest ▶ swab 4     NOT, all of it
//	values   cold  duration "7 days"  st-y… article, 10 data, and bare
//	         cold  duration "always"  11: NOT
//	         flu   duration "a day"   16: NOT, and bare
//	         cold  severity 12, 3 and page, fever severity 3: bare
//	codes    DOID:1 is exact for ex:fatigue-a and ex:fatigue-b, close for oedema
//	names    none for x1; ex:fatigue-a and ex:fatigue-b differ in case only
//	types    fever: symptom and cause; oedema: symptom, condition and ex:Swelling, which
//	         makes no kind; x1: none
//	article  colds: §colds-signs (cold cough fever), §colds-care (cold early rest)
//	         notes: an article without sections or statements
//
// The number n of an edge is the statement ev:n. Refs, from 1, are the concepts
// cold cough early ex:fatigue-a ex:fatigue-b fever x1 flu rest swab oedema, the
// statements 1 2 3 4 st-y… 5 6 … 16, the articles colds notes, the sections,
// and the sources curator ex:data.
func Small() *graph.Dataset {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(map[string]string{
			"ex": "https://example.org/", "ev": "https://example.org/evidence/",
			"DOID": obo + "DOID_", "MONDO": obo + "MONDO_", "ECO": obo + "ECO_",
		}),
		Articles: []graph.Article{
			{Source: graph.Source{ID: "notes", Name: "Notes"}},
			{
				Source: graph.Source{
					ID: "colds", Name: "On colds", License: "CC-BY-4.0", URL: "https://pages.example/colds",
					Authors: []string{"Roe, R.", "Doe, J."}, Published: "2024-02", Status: graph.StatusSuperseded, SupersededBy: "notes",
				},
				Sections: []graph.Section{
					{ID: "colds-signs", Heading: "Signs", Summary: "What a cold shows."},
					{ID: "colds-care", Heading: "Care"},
				},
			},
		},
		Sources: []graph.Source{
			{ID: "ex:data", Kind: graph.DataSource, Name: "Example data", License: "https://licences.example/free", Version: "2026-01"},
			{ID: "curator", Kind: graph.CuratorSource, Name: "The curators"},
		},
		Concepts:   smallConcepts(),
		Statements: smallStatements(),
	}
	if err := ds.Normalize(); err != nil {
		panic("the small graph does not normalize: " + err.Error()) // a constant: a test finds it
	}
	return ds
}

const (
	obo = "http://purl.obolibrary.org/obo/"
	x1  = "http://foreign.example/x1"
)

func english(name string) []graph.Text { return []graph.Text{{Text: name, Language: "en"}} }

func smallConcepts() []graph.Concept {
	return []graph.Concept{
		{
			ID: "cold", Types: []graph.ID{"schema:MedicalCondition"},
			Names: []graph.Text{{Text: "Rhume", Language: "fr"}, {Text: "Erkältung", Language: "de"}, {Text: "Common cold", Language: "en"}},
			Descriptions: []graph.Text{
				{Text: "A \"common\" infection\nof nose and throat \\ sinuses.", Language: "en"},
				{Text: "No language is stated."},
			},
			Synonyms: []graph.Synonym{
				{Text: "Nasopharyngitis", Language: "en", Scope: graph.ScopeRelated, Via: "DO"},
				{Text: "cold"},
				{Text: "the sniffles", Language: "en", Scope: graph.ScopeLay},
			},
			Codes: []graph.Code{
				{Code: "MONDO:0005709", Match: graph.MatchExact, Via: "DO"},
				{Code: "MONDO:2"},
				{Code: "DOID:10459", Match: graph.MatchExact, Label: "common cold"},
				{Code: "DOID:104", Match: graph.MatchBroad},
			},
			Note:     "Codes were read in 2026.",
			Sections: []graph.ID{"colds-care", "colds-signs"},
			Sources:  []graph.ID{"ex:data", "notes", "curator", "colds"},
			Properties: []graph.Property{
				{Predicate: "kg:severity", Value: graph.Value{Text: "3", Datatype: "xsd:integer"}},
				{Predicate: "kg:severity", Value: graph.Value{Text: "12", Datatype: "xsd:integer"}},
				{Predicate: "kg:duration", Value: graph.Value{Text: "7 days", Language: "en"}},
				{Predicate: "ex:page", Value: graph.Value{Text: "https://pages.example/cold", Datatype: graph.AnyURI}},
			},
		},
		{ID: "cough", Types: []graph.ID{"schema:MedicalSymptom"}, Names: english("cough"), Sections: []graph.ID{"colds-signs"}},
		{ID: "early", Types: []graph.ID{"schema:MedicalConditionStage"}, Names: english("Early stage"), Sections: []graph.ID{"colds-care"}},
		{
			ID: "ex:fatigue-b", Types: []graph.ID{"schema:MedicalSymptom"}, Names: english("fatigue"),
			Codes: []graph.Code{{Code: "DOID:1", Match: graph.MatchExact}},
		},
		{
			ID: "ex:fatigue-a", Types: []graph.ID{"schema:MedicalSymptom"}, Names: english("Fatigue"),
			Codes: []graph.Code{{Code: "DOID:1", Match: graph.MatchExact}},
		},
		{
			ID: "fever", Types: []graph.ID{"schema:MedicalSymptom", "schema:MedicalCause"},
			Names:      []graph.Text{{Text: "Pyrexia", Language: "en"}, {Text: "Fever"}},
			Sections:   []graph.ID{"colds-signs"},
			Properties: []graph.Property{{Predicate: "kg:severity", Value: graph.Value{Text: "3", Datatype: "xsd:integer"}}},
		},
		{ID: x1, Sources: []graph.ID{"notes", "ex:data"}},
		{
			ID: "flu", Types: []graph.ID{"schema:InfectiousDisease"}, Names: english("Influenza"),
			Codes:      []graph.Code{{Code: "DOID:8469", Match: graph.MatchExact}},
			Properties: []graph.Property{{Predicate: "kg:duration", Value: graph.Value{Text: "a day", Language: "en"}}},
		},
		{ID: "rest", Types: []graph.ID{"schema:MedicalTherapy"}, Names: english("Rest"), Sections: []graph.ID{"colds-care"}},
		{ID: "swab", Types: []graph.ID{"schema:MedicalTest"}, Names: english("Swab"), Sources: []graph.ID{"ex:data"}},
		{
			ID: "oedema", IRI: "https://elsewhere.example/Oedema", Names: []graph.Text{{Text: "Œdème", Language: "fr"}},
			Types: []graph.ID{"schema:MedicalSign", "ex:Swelling", "schema:MedicalCondition"},
			Codes: []graph.Code{{Code: "DOID:1", Match: graph.MatchClose}},
		},
	}
}

func smallStatements() []graph.Statement {
	days := graph.Value{Text: "7 days", Language: "en"}
	most, many := 0.8, 0.75
	const authors, data = "ECO:0000303", "ex:data"
	return []graph.Statement{
		{
			ID: "ev:1", Subject: "cold", Predicate: "schema:signOrSymptom", Object: "cough",
			Qualifiers: graph.Qualifiers{Modality: graph.Asserted, Frequency: "often"},
			Source:     "colds", Section: "colds-signs", Locator: "L2.S1", EvidenceCode: authors,
		},
		{
			ID: "ev:2", Subject: "cold", Predicate: "schema:signOrSymptom", Object: "fever",
			Qualifiers: graph.Qualifiers{Modality: graph.Asserted, Negated: true},
			Source:     "colds", Section: "colds-signs", Locator: "L10.S1", EvidenceCode: authors,
		},
		{
			ID: "ev:3", Subject: "cold", Predicate: "schema:possibleTreatment", Object: "rest",
			Qualifiers: graph.Qualifiers{Modality: graph.Recommended, Stage: "early", Timing: "first days", Attribution: "doctors"},
			Source:     "colds", Section: "colds-care", Locator: "L12.S1", EvidenceCode: authors,
		},
		{
			ID: "ev:4", Subject: "flu", Predicate: "schema:typicalTest", Object: "swab",
			Qualifiers: graph.Qualifiers{Modality: graph.Asserted, Negated: true},
			Source:     "colds", Section: "colds-care", Locator: "L12.S2",
		},
		{
			Subject: "cold", Predicate: "kg:duration", Value: days,
			Qualifiers: graph.Qualifiers{Modality: graph.Asserted},
			Source:     "colds", Section: "colds-care", Locator: "L13.S1",
		},
		{
			ID: "ev:5", Subject: "fever", Predicate: "schema:cause", Object: "fever",
			Qualifiers: graph.Qualifiers{Modality: graph.Possible}, Source: "colds",
		},
		{
			ID: "ev:6", Subject: "cold", Predicate: "schema:possibleTreatment", Object: "rest",
			Qualifiers: graph.Qualifiers{Modality: graph.Possible},
			Source:     "curator", Section: "colds-care", Locator: "L12.S1", Note: "Follows from the sentence before.",
		},
		{
			ID: "ev:7", Subject: "flu", Predicate: "skos:related", Object: "cold",
			Qualifiers: graph.Qualifiers{Modality: graph.Asserted}, Source: "curator",
		},
		{ID: "ev:8", Subject: "flu", Predicate: "skos:related", Object: "flu", Source: "curator"},
		{
			ID: "ev:9", Subject: "flu", Predicate: "schema:cause", Object: "fever",
			Qualifiers: graph.Qualifiers{Modality: graph.Possible},
			Source:     data, Section: "colds-care", Locator: "L11.S9",
		},
		{
			ID: "ev:10", Subject: "cold", Predicate: "kg:duration", Value: days,
			Qualifiers: graph.Qualifiers{FrequencyValue: &most}, Source: data,
		},
		{
			ID: "ev:11", Subject: "cold", Predicate: "kg:duration", Value: graph.Value{Text: "always", Language: "en"},
			Qualifiers: graph.Qualifiers{Negated: true}, Source: data,
		},
		{
			ID: "ev:12", Subject: "cold", Predicate: "schema:signOrSymptom", Object: "cough",
			Qualifiers: graph.Qualifiers{
				Modality: graph.Suspected, Frequency: "frequent", FrequencyValue: &many,
				Context: "children", Laterality: "both sides", Strength: "strong",
			},
			Source: data,
		},
		{ID: "ev:13", Subject: "cold", Predicate: "schema:signOrSymptom", Object: "fever", Source: data},
		{ID: "ev:14", Subject: "cold", Predicate: "skos:related", Object: "flu", Source: data},
		{
			ID: "ev:15", Subject: x1, Predicate: "ex:linksTo", Object: "cold", Source: data,
			Properties: []graph.Property{
				{Predicate: "kg:relatedLabel", Value: graph.Value{Text: "Cold, common"}},
				{Predicate: "ex:checked", Value: graph.Value{Text: "true", Datatype: "xsd:boolean"}},
			},
		},
		{
			ID: "ev:16", Subject: "flu", Predicate: "kg:duration", Value: graph.Value{Text: "a day", Language: "en"},
			Qualifiers: graph.Qualifiers{Negated: true}, Source: data,
		},
	}
}
