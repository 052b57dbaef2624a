package graphml

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// valueSuffix makes the id of the node of a text of the id of its statement.
const valueSuffix = ".value"

// valueKind is what stands where a concept has its kind.
const valueKind = "Value"

// key declares one thing that is said of nodes or of edges, and says it.
type key[T any] struct {
	Key
	of func(*T) string
}

// nodeKeys are what is said of concepts. Programs show the key "label".
var nodeKeys = [...]key[graph.Concept]{
	{Key{"label", "string", "The name."}, (*graph.Concept).Name},
	{Key{"kind", "string", "What it is: Condition, Symptom, …; Value for a text."}, func(c *graph.Concept) string { return c.Kind().String() }},
	{Key{"types", "string", "Its classes."}, func(c *graph.Concept) string { return joined(c.Types, func(t graph.ID) string { return string(t) }) }},
	{Key{"description", "string", "What it is in a sentence."}, func(c *graph.Concept) string {
		if len(c.Descriptions) == 0 {
			return ""
		}
		return c.Descriptions[0].Text
	}},
	{Key{"synonyms", "string", "Its other names."}, func(c *graph.Concept) string {
		return joined(c.Synonyms, func(s graph.Synonym) string { return s.Text })
	}},
	{Key{"codes", "string", "What it is called in other vocabularies."}, func(c *graph.Concept) string {
		return joined(c.Codes, func(c graph.Code) string { return string(c.Code) })
	}},
}

// Legend says how edges are read. It is the description of the graph.
const Legend = "An edge is a statement of a source. Its label has the predicate and, in brackets, what it must not be " +
	"drawn without: whether it is denied, how the source commits itself (asserted, possible, suspected, recommended, " +
	"discouraged), the stage and all else that limits it, and whether a curator inferred it. An edge is disputed where " +
	"another statement denies the claim, advises against it or warns of what it offers."

// edgeKeys are what is said of statements.
func edgeKeys(d *graph.Dataset) []key[graph.Statement] {
	claims, names, sources := graph.NewClaims(d), map[graph.ID]string{}, map[graph.ID]graph.SourceKind{}
	for i := range d.Concepts {
		names[d.Concepts[i].ID] = d.Concepts[i].Name()
	}
	for i := range d.Sources {
		sources[d.Sources[i].ID] = d.Sources[i].Kind
	}
	keys := []key[graph.Statement]{
		{Key{"label", "string", "The predicate and, in brackets, what the statement says of the claim."}, func(s *graph.Statement) string {
			marks := s.Marks(sources[s.Source], d.Prefixes, func(id graph.ID) string { return cmp.Or(names[id], string(id)) })
			return graph.DescribePredicate(s.Predicate, d.Prefixes).Name + " (" + strings.Join(marks, "; ") + ")"
		}},
		{Key{"predicate", "string", "The relation."}, func(s *graph.Statement) string { return string(s.Predicate) }},
		{Key{"inferred", "boolean", "True where a curator derived it from what sources say."}, func(s *graph.Statement) string {
			return strconv.FormatBool(claims.Own(s).Caveats&graph.Inferred != 0)
		}},
		{Key{"disputed", "boolean", "True where some statement holds the claim, and some denies it, advises against it or warns of what it offers."}, func(s *graph.Statement) string {
			return strconv.FormatBool(claims.All(s).Stance.Answer() == graph.Conflicting)
		}},
		{Key{"language", "string", "The language of a text."}, func(s *graph.Statement) string { return s.Value.Language }},
	}
	for _, q := range graph.AllQualifiers() {
		if q.Info().Derived || q.Info().NoDefault && q != graph.QualifierKey {
			continue // what becomes of statements: those that are drawn count
		}
		k := key[graph.Statement]{Key{q.String(), "string", q.Info().Description}, func(s *graph.Statement) string { return s.Qualifier(q) }}
		switch q.Info().Type {
		case graph.NumberQualifier:
			k.Type = "double"
		case graph.FlagQualifier:
			k.Type, k.of = "boolean", func(s *graph.Statement) string { return strconv.FormatBool(*s.Flag(q)) }
		}
		keys = append(keys, k)
	}
	return keys
}

// joined writes a list as one text, each entry once.
func joined[T any](list []T, text func(T) string) string {
	var texts []string
	for _, entry := range list {
		if t := text(entry); !slices.Contains(texts, t) {
			texts = append(texts, t)
		}
	}
	return strings.Join(texts, " | ")
}

// Write writes a normalized data set, concepts and statements in its order.
func Write(w io.Writer, d *graph.Dataset) error {
	edgeKeys := edgeKeys(d)
	g := NewWriter(w, Legend, declared(nodeKeys[:]), declared(edgeKeys))
	for i := range d.Concepts {
		c := &d.Concepts[i]
		g.Node(string(c.ID), values(nodeKeys[:], c)...)
	}
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Object == "" && s.Counts() {
			g.Node(string(s.ID)+valueSuffix, s.Value.Text, valueKind)
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		if !s.Counts() { // a picture shows nothing else
			continue
		}
		target := string(s.Object)
		if target == "" {
			target = string(s.ID) + valueSuffix
		}
		g.Edge(string(s.ID), string(s.Subject), target, values(edgeKeys, s)...)
	}
	return g.Close()
}

func declared[T any](keys []key[T]) []Key {
	all := make([]Key, len(keys))
	for i, k := range keys {
		all[i] = k.Key
	}
	return all
}

func values[T any](keys []key[T], thing *T) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = k.of(thing)
	}
	return all
}
