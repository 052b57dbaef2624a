package quads_test

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// telling says what a data set tells, looked up by IRI: an account that shares
// no code with the decoder.
type telling struct {
	prefixes   graph.Prefixes
	concepts   map[string]*graph.Concept
	sources    map[string]*graph.Source
	ids        map[string]graph.ID // of concepts and sources
	records    map[string]*graph.Statement
	unrecorded map[[4]graph.ID]bool
}

func tell(ds *graph.Dataset) *telling {
	t := &telling{
		prefixes: ds.Prefixes, concepts: map[string]*graph.Concept{}, sources: map[string]*graph.Source{},
		ids: map[string]graph.ID{}, records: map[string]*graph.Statement{}, unrecorded: map[[4]graph.ID]bool{},
	}
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		t.concepts[c.IRI], t.ids[c.IRI] = c, c.ID
	}
	for i := range ds.Sources {
		s := &ds.Sources[i]
		t.sources[s.IRI], t.ids[s.IRI] = s, s.ID
	}
	for i := range ds.Statements {
		s := &ds.Statements[i]
		if graph.IsStatementID(string(s.ID)) {
			t.unrecorded[[4]graph.ID{s.Subject, s.Predicate, s.Object, s.Source}] = true
		} else {
			t.records[s.IRI] = s
		}
	}
	return t
}

// value is the object of a quad as a property would hold it.
func (t *telling) value(v quad.Value) graph.Value {
	switch v := v.(type) {
	case quad.IRI:
		return graph.Value{Text: string(v), Datatype: graph.AnyURI}
	case quad.LangString:
		return graph.Value{Text: string(v.Value), Language: v.Lang}
	case quad.TypedString:
		return graph.Value{Text: string(v.Value), Datatype: t.prefixes.Compact(string(v.Type))}
	default:
		return graph.Value{Text: string(v.(quad.String))}
	}
}

func (t *telling) has(q quad.Quad) bool {
	subject, label := string(q.Subject.(quad.IRI)), ""
	if q.Label != nil {
		label = string(q.Label.(quad.IRI))
	}
	predicate := t.prefixes.Compact(string(q.Predicate.(quad.IRI)))
	property := graph.Property{Predicate: predicate, Value: t.value(q.Object)}
	if s := t.records[subject]; s != nil {
		switch predicate {
		case "schema:isPartOf":
			return s.Source == t.ids[property.Value.Text]
		case "kg:evidenceCode":
			return s.EvidenceCode == property.Value.Text
		}
		return slices.Contains(s.Properties, property)
	}
	if s := t.sources[subject]; s != nil {
		told := slices.Clone(s.Authors)
		for d := range graph.NumSourceDetails {
			told = append(told, s.Detail(d))
		}
		return slices.Contains(append(told, s.Name), property.Value.Text) ||
			s.Kind == graph.DataSource && property.Value.Text == graph.SchemaOrg+"Dataset"
	}
	c := t.concepts[subject]
	if c == nil {
		return false
	}
	if s := t.records[label]; s != nil {
		return t.claims(s, c.ID, predicate, property.Value)
	}
	if !slices.Contains(c.Sources, t.ids[label]) && predicate != "skos:broader" {
		return false
	}
	text := graph.Text{Text: property.Value.Text, Language: property.Value.Language}
	synonym := graph.Synonym{Text: text.Text, Language: text.Language}
	switch predicate {
	case "rdf:type":
		return slices.Contains(c.Types, t.prefixes.Compact(text.Text))
	case "schema:name":
		return slices.Contains(c.Names, text) || slices.Contains(c.Synonyms, synonym)
	case "schema:description":
		return slices.Contains(c.Descriptions, text)
	case "schema:identifier":
		return string(c.ID) == text.Text
	case "skos:altLabel":
		return slices.Contains(c.Synonyms, synonym)
	case "oboInOwl:hasDbXref":
		return slices.Contains(c.Codes, graph.Code{Code: graph.ID(text.Text)})
	case "skos:broader":
		return t.unrecorded[[4]graph.ID{c.ID, predicate, t.ids[text.Text], t.ids[label]}]
	}
	return slices.Contains(c.Properties, property)
}

// claims reports whether a recorded statement says what its quad said.
func (t *telling) claims(s *graph.Statement, subject, predicate graph.ID, object graph.Value) bool {
	other := t.ids[object.Text]
	switch {
	case predicate == "schema:identifyingTest":
		return s.Predicate == "schema:signDetected" && s.Subject == other && s.Object == subject
	case predicate == "schema:riskFactor":
		return s.Predicate == "schema:increasesRiskOf" && s.Subject == other && s.Object == subject
	case predicate == "schema:primaryPrevention":
		return s.Predicate == "kg:prevents" && s.Subject == other && s.Object == subject
	case predicate == "kg:nonIndication":
		return s.Predicate == "schema:possibleTreatment" && s.Negated && s.Subject == subject && s.Object == other
	case strings.HasSuffix(string(predicate), "Match") && other == "":
		c := t.concepts[t.prefixes.Expand(s.Subject)]
		code := graph.Code{Code: t.prefixes.Compact(object.Text), Match: graph.MatchExact}
		return s.Subject == subject && s.Value == object && (c == nil || slices.Contains(c.Codes, code))
	}
	return s.Subject == subject && s.Predicate == predicate && s.Object == other && other != ""
}
