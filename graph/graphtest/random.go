package graphtest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Random returns a small normalized graph of size concepts (at least one) and
// up to three times as many statements, made to be nasty. What it holds
// survives the way into a store of quads and back: nothing in it differs only
// in what quads cannot tell apart.
func Random(seed uint64, size int) *graph.Dataset {
	m := &mischief{
		Rand: rand.New(rand.NewPCG(seed, 0)),
		ds: &graph.Dataset{Prefixes: graph.NewPrefixes(map[string]string{
			"ex": "https://example.org/", "exid": "https://example.org/id/", "MONDO": obo + "MONDO_", "ECO": obo + "ECO_",
		})},
		claims: map[string]bool{},
	}
	if m.one(2) {
		m.ds.Predicates = []graph.Predicate{{
			ID: "ex:linksTo", Name: "linksTo", Inverse: "linkedFrom", Symmetric: m.one(2), Domain: some(m, 2, graph.Kinds()),
		}}
	}
	m.sources()
	for i := range max(1, size) {
		m.concept(i)
	}
	for i := range m.IntN(3*max(1, size) + 1) {
		m.statement(i)
	}
	declarer := mischief{Rand: rand.New(rand.NewPCG(seed, 1)), ds: m.ds}
	declarer.declare()
	withdrawer := mischief{Rand: rand.New(rand.NewPCG(seed, 2)), ds: m.ds}
	withdrawer.withdraw()
	Straighten(m.ds)
	combiner := mischief{Rand: rand.New(rand.NewPCG(seed, 3)), ds: m.ds}
	combiner.combine()
	joiner := mischief{Rand: rand.New(rand.NewPCG(seed, 4)), ds: m.ds}
	joiner.join()
	if err := m.ds.Normalize(); err != nil {
		panic(fmt.Sprintf("Random(%d, %d) does not normalize: %v", seed, size, err)) // a fault of this file
	}
	return m.ds
}

// mischief makes a nasty graph.
type mischief struct {
	*rand.Rand
	ds       *graph.Dataset
	sections []graph.ID
	says     []graph.ID // sources and articles
	claims   map[string]bool
}

func (m *mischief) one(n int) bool { return m.IntN(n) == 0 }

func pick[T any](m *mischief, from ...T) T { return from[m.IntN(len(from))] }

// some returns some of the things, each at most once, in any order.
func some[T any](m *mischief, atMost int, from []T) []T {
	shuffled := slices.Clone(from)
	m.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	return shuffled[:m.IntN(min(atMost, len(shuffled))+1)]
}

func (m *mischief) sources() {
	for i := range 1 + m.IntN(3) {
		id := pick(m, graph.ID("ex:data%d"), "a-source-%d", "https://data.example/%d")
		m.ds.Sources = append(m.ds.Sources, graph.Source{
			ID: graph.ID(fmt.Sprintf(string(id), i)), Kind: pick(m, graph.DataSource, graph.CuratorSource),
			Name: pick(m, "Data", "data", "Daten"), License: pick(m, "", "CC0-1.0"), Version: pick(m, "", "2"),
		})
	}
	for i := range m.IntN(3) {
		a := graph.Article{Source: graph.Source{
			ID: graph.ID(fmt.Sprintf("article-%d", 9+i)), Name: "An article", URL: pick(m, "", "https://pages.example/a"),
		}}
		for j := range m.IntN(4) {
			id := graph.ID(fmt.Sprintf("section-%d-%d", i, 9-j)) // the order of the text is not that of the ids
			a.Sections = append(a.Sections, graph.Section{ID: id, Heading: pick(m, "One", "one", "Zwei"), Summary: pick(m, "", "In short.")})
			m.sections = append(m.sections, id)
		}
		m.ds.Articles = append(m.ds.Articles, a)
	}
	for _, s := range m.ds.Sources {
		m.says = append(m.says, s.ID)
	}
	for _, a := range m.ds.Articles {
		m.says = append(m.says, a.ID)
	}
}

func (m *mischief) name() string {
	return pick(m, "fever", "Fever", "FEVER", "féver", "Straße", "STRASSE", "straße", "ÉMILE", "émile", "émile\u0301", "發燒", "Ωμέγα",
		"a\"b\\c", "tab\tand\nline", "zz", "10", "9", "🤒", "ſ", "s", "K", "k", "\u212a", "ǆ", "ǅ", "Ǆ", " ")
}

func (m *mischief) language() string { return pick(m, "", "en", "en-GB", "de", "zh") }

func (m *mischief) texts(atMost int) []graph.Text {
	var texts []graph.Text
	for _, language := range some(m, atMost, []string{"", "en", "en-GB", "de", "zh"}) {
		texts = append(texts, graph.Text{Text: m.name(), Language: language})
	}
	return texts
}

func (m *mischief) value() graph.Value {
	switch m.IntN(6) {
	case 0:
		return graph.Value{Text: fmt.Sprint(m.IntN(12) - 2), Datatype: "xsd:integer"}
	case 1:
		return graph.Value{Text: pick(m, "2026-01-31", "1999-12-01"), Datatype: "xsd:date"}
	case 2:
		return graph.Value{Text: pick(m, "3", "x"), Datatype: "ex:unit"}
	case 3:
		return graph.Value{Text: pick(m, "3", "x")} // as above, but plain
	default:
		return graph.Value{Text: m.name(), Language: m.language()}
	}
}

// properties returns values of predicates that have no place of their own.
func (m *mischief) properties() []graph.Property {
	var properties []graph.Property
	for range m.IntN(4) {
		v := m.value()
		if m.one(5) {
			v = graph.Value{Text: pick(m, "https://pages.example/1", "urn:isbn:1"), Datatype: graph.AnyURI}
		}
		properties = append(properties, graph.Property{
			Predicate: pick(m, graph.ID("kg:severity"), "kg:relatedLabel", "ex:rate", "ex:about"), Value: v,
		})
	}
	return properties
}

var mischievousTypes = []graph.ID{
	"schema:MedicalCondition", "schema:InfectiousDisease", "schema:MedicalSymptom", "schema:MedicalSign", "schema:Drug",
	"schema:MedicalRiskFactor", "schema:MedicalTest", "schema:MedicalCause", "schema:Nerve", "schema:MedicalConditionStage",
	"schema:MedicalGuideline", "schema:MedicalSpecialty", "schema:MedicalEntity", "ex:Unknown", "kg:CareAction",
}

func (m *mischief) concept(i int) {
	id := pick(m, graph.ID("c-%d"), "c-%d", "ex:C%d", "exid:%d", "http://foreign.example/größe#%d")
	c := graph.Concept{
		ID:           graph.ID(fmt.Sprintf(string(id), i)),
		Types:        some(m, 3, mischievousTypes),
		Names:        m.texts(3),
		Descriptions: m.texts(2),
		Note:         pick(m, "", "", "a note"),
		Sections:     some(m, 2, m.sections),
		Sources:      some(m, 2, m.says),
		Properties:   m.properties(),
	}
	if m.one(6) {
		c.IRI = fmt.Sprintf("https://elsewhere.example/%d", i)
	}
	for _, t := range m.texts(3) {
		c.Synonyms = append(c.Synonyms, graph.Synonym{
			Text: t.Text, Language: t.Language, Scope: pick(m, append(graph.Scopes(), "", "")...), Via: pick(m, "", "", "DO", "HPO"),
		})
	}
	for _, code := range some(m, 3, []graph.ID{"MONDO:1", "MONDO:2", "MONDO:3", "MONDO:10", "http://codes.example/4"}) {
		c.Codes = append(c.Codes, graph.Code{
			Code: code, Match: pick(m, graph.MatchExact, graph.MatchExact, graph.MatchClose, graph.MatchNarrow, graph.MatchNotStated),
			Label: pick(m, "", "", "label"), Via: pick(m, "", "", "DO"),
		})
	}
	if len(c.Types)+len(c.Names) == 0 { // something must say that it is there
		c.Types = []graph.ID{"schema:MedicalSign"}
	}
	m.ds.Concepts = append(m.ds.Concepts, c)
}

func (m *mischief) statement(i int) {
	// Few subjects and objects, so that statements meet.
	some := func() graph.ID {
		n := len(m.ds.Concepts)
		if m.one(2) {
			n = min(n, 4)
		}
		return m.ds.Concepts[m.IntN(n)].ID
	}
	s := graph.Statement{
		Subject: some(), Object: some(), Source: pick(m, m.says...),
		Predicate: pick(m, graph.PredicateCause, graph.PredicateCause, graph.PredicateCause, graph.PredicateRelated, graph.PredicateRelated, graph.PredicateBroader,
			graph.PredicateSignOrSymptom, graph.PredicateIncludes, graph.PredicatePossibleTreatment, graph.PredicateAdvisedAgainstIn, "ex:linksTo", "kg:unheardOf"),
		Locator: pick(m, "", "", "L2.S1", "L10.S1", "L02.S1", "p. 3"), EvidenceCode: pick(m, "", "ECO:0000303", "ECO:0000305"),
		Note: pick(m, "", "", "", "a note"),
	}
	m.qualifiers(&s)
	if m.one(6) {
		s.Object = s.Subject
	}
	if m.one(4) {
		s.Object, s.Value = "", m.value()
		s.Predicate = pick(m, graph.ID("kg:duration"), "schema:alternateName", "ex:rate", "kg:severity")
	}
	if len(m.sections) > 0 && m.one(2) {
		s.Section = pick(m, m.sections...)
	}
	if m.one(4) {
		s.Properties = m.properties()
	}
	if m.one(2) {
		s.ID = graph.ID(fmt.Sprintf(string(pick(m, graph.ID("ex:record%d"), "http://records.example/%d")), i))
	} else if claim := fmt.Sprint(s.Subject, " ", s.Predicate, s.Object, s.Value, s.Source, s.Identity()); m.claims[claim] {
		s.Key = fmt.Sprint(i)
	} else {
		m.claims[claim] = true
	}
	m.ds.Statements = append(m.ds.Statements, s)
}

// qualifiers gives a statement some of the qualifiers that say how, when and for
// whom it holds; where it stands in its source is not their business. However
// many qualifiers there are, some statements have none but a modality.
func (m *mischief) qualifiers(s *graph.Statement) {
	if m.one(6) {
		s.SetWord(graph.QualifierModality, uint8(m.IntN(len(graph.QualifierModality.Info().Words))))
		return
	}
	for _, q := range graph.AllQualifiers() {
		switch info := q.Info(); {
		case info.NoDefault, info.Derived:
		case !info.Limits && info.Type == graph.TextQualifier, info.Type == graph.RefQualifier && info.Classes[0] != graph.ClassConcept:
		case info.Type == graph.TextQualifier:
			said := "some " + info.Name
			if q == graph.QualifierFrequency {
				said = "5-29 %"
			}
			*s.Text(q) = pick(m, "", "", "", "", "", "", "Often", said)
		case info.Type == graph.WordQualifier:
			s.SetWord(q, uint8(m.IntN(len(info.Words))))
		case info.Type == graph.FlagQualifier:
			*s.Flag(q) = m.one(3)
		case info.Type == graph.NumberQualifier && m.one(4):
			share := pick(m, 0, 0.5, 1)
			if share == 0 && !s.Negated { // what is so in no case is not so
				share = 0.25
			}
			*s.Number(q) = &share
		case info.Type == graph.RefQualifier && m.one(4):
			*s.Reference(q) = m.ds.Concepts[m.IntN(len(m.ds.Concepts))].ID
		}
	}
}

// withdraw takes some statements and sources back, in one graph of three.
func (m *mischief) withdraw() {
	if !m.one(3) {
		return
	}
	for i := range m.ds.Sources {
		if m.one(5) {
			m.ds.Sources[i].Status, m.ds.Sources[i].Retracted = graph.StatusRetracted, "2026"
		}
	}
	for i := range m.ds.Concepts {
		c := &m.ds.Concepts[i]
		if c.Deprecated = m.one(8); m.one(12) && i > 0 {
			c.ReplacedBy = m.ds.Concepts[m.IntN(i)].ID
		}
		if m.one(12) {
			c.FormerIDs = []graph.ID{graph.ID(fmt.Sprintf("had-%d", i)), graph.ID(fmt.Sprintf("MONDO:00%d", i))}
		}
	}
	for i := range m.ds.Statements {
		s := &m.ds.Statements[i]
		if m.one(12) {
			s.Retracted, s.RetractionReason = pick(m, "2026", "2026-11", "2026-11-30"), pick(m, "", "It was wrong.")
		}
		if m.one(12) {
			s.FormerIDs = []graph.ID{graph.ID(fmt.Sprintf("ex:former%d", i)), graph.ID(fmt.Sprintf("former-%d", i))}
		}
		for j := m.IntN(12 * len(m.ds.Statements)); j < len(m.ds.Statements); j += 7 {
			if old := m.ds.Statements[j].ID; old != "" && i != j { // an id that does not follow from the rest
				s.Supersedes = append(s.Supersedes, old)
			}
		}
	}
}

// combine makes some statements hold only of several concepts together, in one graph
// of three.
func (m *mischief) combine() {
	if !m.one(3) {
		return
	}
	for i := range m.ds.Statements {
		s := &m.ds.Statements[i]
		if !m.one(6) {
			continue
		}
		for range 1 + m.IntN(2) {
			if other := m.ds.Concepts[m.IntN(len(m.ds.Concepts))].ID; other != s.Subject && other != s.Object {
				s.With = append(s.With, other)
			}
		}
	}
}

// copied returns a copy that shares no list.
func copied(c *graph.Concept) graph.Concept {
	own := *c
	own.Types, own.Names, own.Descriptions = slices.Clone(c.Types), slices.Clone(c.Names), slices.Clone(c.Descriptions)
	own.Synonyms, own.Codes, own.Properties = slices.Clone(c.Synonyms), slices.Clone(c.Codes), slices.Clone(c.Properties)
	own.Sections, own.Sources, own.FormerIDs = slices.Clone(c.Sections), slices.Clone(c.Sources), slices.Clone(c.FormerIDs)
	return own
}

// join gives some concepts members, and some statements what they were said of, in
// one graph of three.
func (m *mischief) join() {
	if !m.one(3) {
		return
	}
	member := map[graph.ID]graph.ID{}
	for i := range m.ds.Concepts {
		c := &m.ds.Concepts[i]
		if !m.one(5) {
			continue
		}
		own, other := copied(c), copied(c)
		other.FormerIDs = nil
		other.ID, other.IRI = graph.ID(fmt.Sprintf("ex:member%d", i)), pick(m, "", fmt.Sprintf("http://other.example/%d", i))
		other.Names, own.Synonyms, own.Codes = nil, nil, nil
		c.Members, member[c.ID] = []graph.Concept{own, other}, other.ID
		c.NotJoined = []graph.NotJoined{{ID: "MONDO:1", Reason: pick(m, graph.JoinRefusals()...)}}
	}
	for i := range m.ds.Statements {
		s := &m.ds.Statements[i]
		if m.one(2) {
			s.SaidOf, s.ObjectSaidOf, s.StageSaidOf = string(member[s.Subject]), string(member[s.Object]), string(member[s.Stage])
		}
	}
}

// declare says more of predicates and classes than their names: of known ones,
// of used ones, of none at all, and in circles.
func (m *mischief) declare() {
	for i := range m.ds.Predicates {
		p := &m.ds.Predicates[i]
		p.Description, p.Range = pick(m, "", "It \"links\"."), some(m, 2, graph.Kinds())
		p.SameKind, p.Hedged, p.Mapping, p.Caution = m.one(2), m.one(2), m.one(4), m.one(3)
	}
	if m.one(2) {
		m.ds.Predicates = append(m.ds.Predicates, graph.Predicate{ID: "ex:rate", Text: true, Domain: some(m, 2, graph.Kinds())})
	}
	own := []graph.ID{"ex:Unknown", "ex:Rare", "ex:Own"}
	for _, id := range some(m, 4, append(own, "schema:Drug")) {
		m.ds.Types = append(m.ds.Types, graph.Type{
			ID: id, Name: pick(m, "", "a type"), Description: pick(m, "", "What it \"is\"."),
			SubClassOf: pick(m, append(own, "", "schema:Drug", "schema:MedicalSign", "schema:MedicalEntity", "ex:Undeclared")...),
		})
	}
	for i := range m.ds.Concepts {
		if c := &m.ds.Concepts[i]; m.one(4) {
			c.Types = append(some(m, 1, own), c.Types...)
		}
	}
}
