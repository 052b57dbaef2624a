package seed_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// treacherous are texts that a careless writer makes something else of.
var treacherous = []string{
	"yes", "null", "~", "true", "1.10", "0x1F", "1e3", "2026-01-31", "12:30:45", "-", "- x", "? x", "a: b", "a:", ": a", "# c", "a # b", "a #b", "a#b",
	"'single'", `"double"`, `back\slash`, `\`, `a\|b`, `a|b`, "|", "a | b", "> folded", "[a]", "{a: b}", "{{a}}", "a, b", "@at", "`tick`", "%", "! x", "!!str x", "&a", "*a", "<<", "=",
	"tab\tin it", "line\nbreak", "three\n\n lines\n of it", "CR\rLF\r\n.", "a\u0085b", "\u00a0hard", "a\u2028b", "zero\u200bwidth", "\ufeffmark", "🤒 fever", "Lähmung", "發燒",
	"---", "...", "--- x", "a", "0", "It's", "100 %", "<b>&amp;</b>", "]]>", "bell\a", "delete\x7f", "\U0001f9e0\U000e0041",
	"A long text that is folded, because it has more than a hundred letters: this one, with a colon # and a hash, and \"quotes\" - it's all there.",
	"A long text  with two spaces, which a folded text would keep only by chance, and which is therefore written in quotes, as it is.",
	"- A long text that begins like an entry of a list and goes on for more than a hundred letters, so that it would be folded.",
	"A-long-text-without-any-space-in-it-which-cannot-be-folded-anywhere-although-it-has-more-than-a-hundred-letters-in-its-one-word",
}

// scribe makes random graphs that our own format can say.
type scribe struct {
	*rand.Rand
	d *graph.Dataset
}

// sayable returns such a graph, normalized.
func sayable(t testing.TB, n uint64) *graph.Dataset {
	t.Helper()
	s := &scribe{rand.New(rand.NewPCG(n, 0)), &graph.Dataset{
		Prefixes: graph.NewPrefixes(map[string]string{"EX": "http://example.com/", "DOID": "http://purl.obolibrary.org/obo/DOID_"}),
		Sources: []graph.Source{
			{ID: "data", Kind: graph.DataSource, Name: "Data"},
			{ID: "EX:data", Kind: graph.DataSource, Name: "More data", License: "CC0-1.0", Version: "1.10", URL: "https://example.com/data"},
			{ID: "curator", Kind: graph.CuratorSource, Name: "Curators"},
		},
	}}
	s.d.Articles = []graph.Article{{
		Source:   graph.Source{ID: "article", Name: s.text(), Version: s.text()},
		Sections: []graph.Section{{ID: "two", Heading: s.text(), Summary: s.text()}, {ID: "one", Heading: s.text()}},
	}}
	if s.one(2) {
		s.d.Types = []graph.Type{{ID: "EX:Rare", Name: s.text(), Description: s.text(), SubClassOf: "schema:MedicalCondition"}}
		s.d.Predicates = []graph.Predicate{
			{ID: "EX:meets", Name: "meets", Description: s.text(), Symmetric: true, Inverse: "meets"},
			{ID: "EX:saying", Name: "saying", Description: s.text(), Text: true, Domain: nil},
			{ID: "EX:follows", Name: "follows", Description: s.text(), Inverse: "followedBy", Range: graph.Kinds(), Hedged: true},
		}
	}
	for i := range 2 + s.IntN(6) {
		s.concept(i)
	}
	for i := range s.IntN(12) {
		s.statement(i)
	}
	if err := s.d.Normalize(); err != nil {
		t.Fatal(err)
	}
	s.mention()
	return s.d
}

func (s *scribe) one(n int) bool { return s.IntN(n) == 0 }

func (s *scribe) text() string { return trimmed(choose(s, treacherous...)) }

func (s *scribe) maybe() string {
	if s.one(2) {
		return ""
	}
	return s.text()
}

func choose[T any](s *scribe, from ...T) T { return from[s.IntN(len(from))] }

func (s *scribe) texts() []graph.Text {
	switch s.IntN(4) {
	case 0:
		return []graph.Text{{Text: s.text()}}
	case 1:
		return []graph.Text{{Text: s.text(), Language: "de"}, {Text: s.text(), Language: "en"}}
	default:
		return []graph.Text{{Text: s.text(), Language: "en"}}
	}
}

func (s *scribe) concept(i int) {
	c := graph.Concept{
		ID:    graph.ID(fmt.Sprintf(choose(s, "concept-%d", "DOID:%d", "EX:c/%d#x", "%d"), i)),
		Types: []graph.ID{choose(s, graph.Classes()...)}, Names: s.texts(), Note: s.maybe(), Sources: []graph.ID{choose[graph.ID](s, "data", "data", "EX:data")},
	}
	if s.one(3) {
		c.Descriptions = s.texts()
	}
	if s.one(3) {
		c.Types = append(c.Types, choose(s, graph.Classes()...))
	}
	if len(s.d.Types) > 0 && s.one(2) {
		c.Types = append(c.Types, "EX:Rare")
	}
	if s.one(5) {
		c.Sources = []graph.ID{"EX:data", "data"}
	}
	for _, section := range []graph.ID{"one", "two"} {
		if s.one(4) {
			c.Sections = append(c.Sections, section)
		}
	}
	seen := map[graph.Text]bool{}
	for range s.IntN(4) {
		y := graph.Synonym{Text: s.text(), Language: choose(s, "", "en", "en", "pt-BR"), Scope: choose(s, append(graph.Scopes(), "", "")...), Via: choose(s, "", "DO")}
		if key := (graph.Text{Text: y.Text, Language: y.Language}); !seen[key] {
			seen[key] = true
			c.Synonyms = append(c.Synonyms, y)
		}
	}
	for j := range s.IntN(4) {
		c.Codes = append(c.Codes, graph.Code{
			Code: graph.ID(fmt.Sprintf(choose(s, "MONDO:%d", "EX:%d|x", "HP:%d"), j)), Match: choose(s, append(graph.Matches(), "")...),
			Label: s.maybe(), Via: choose(s, "", "DO, Mondo"),
		})
	}
	s.d.Concepts = append(s.d.Concepts, c)
}

func (s *scribe) statement(i int) {
	any := func() graph.ID { return s.d.Concepts[s.IntN(len(s.d.Concepts))].ID }
	st := graph.Statement{
		Subject: any(), Predicate: graph.PredicateRelated, Object: any(), Source: choose[graph.ID](s, "data", "EX:data", "curator", "article"),
		Locator: s.text(), Note: s.maybe(), EvidenceCode: choose(s, "", "ECO:0000303"), Key: choose(s, "", fmt.Sprint("key ", i)),
		Qualifiers: graph.Qualifiers{
			Modality: graph.Modality(s.IntN(6)), Negated: s.one(3), Frequency: s.maybe(), Timing: s.maybe(), Context: fmt.Sprint(i, s.text()),
			Laterality: s.maybe(), Strength: s.maybe(), Attribution: s.maybe(),
		},
	}
	if len(s.d.Predicates) > 0 {
		st.Predicate = choose[graph.ID](s, "EX:meets", "EX:follows", graph.PredicateRelated)
	}
	if s.one(3) {
		st.Predicate, st.Object = "schema:alternateName", ""
		if len(s.d.Predicates) > 0 && s.one(2) {
			st.Predicate = "EX:saying"
		}
		st.Value = graph.Value{Text: s.text(), Language: choose(s, "", "en", "zh-Hant")}
	}
	if st.Modality == graph.Discouraged && (st.Negated || st.Object != "") { // perhaps unclear: RuleUnclearStance
		st.Modality = graph.Possible
	}
	if st.Source == "article" || st.Source == "curator" {
		st.Section = choose[graph.ID](s, "", "one", "two")
	}
	if f, err := graph.ParseFrequency(st.Frequency); err != nil || f.Max == 0 { // RuleBadFrequency, RuleUnclearStance
		st.Frequency = "7/12"
	} else if s.one(3) {
		v := choose(s, 0, 1, 0.5, 1.0/3, 1e-9)
		st.FrequencyValue = &v
		st.Negated = st.Negated || v == 0
	}
	for i := range s.d.Concepts {
		if c := &s.d.Concepts[i]; c.HasKind(graph.Stage) && s.one(2) {
			st.Stage = c.ID
		}
	}
	s.d.Statements = append(s.d.Statements, st)
}

// mention adds the sections that reading adds.
func (s *scribe) mention() {
	for i := range s.d.Statements {
		st := &s.d.Statements[i]
		for j := range s.d.Concepts {
			c := &s.d.Concepts[j]
			if st.Source == "article" && st.Section != "" && (c.ID == st.Subject || c.ID == st.Object || c.ID == st.Stage) {
				c.Sections = append(c.Sections, st.Section)
			}
		}
	}
	if err := s.d.Normalize(); err != nil {
		panic(err)
	}
}
