package graphml_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/seed/graphml"
)

// document is GraphML as any program reads it.
type document struct {
	XMLName xml.Name `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
	Legend  string   `xml:"desc"`
	Keys    []struct {
		Is   string `xml:"desc"`
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Name string `xml:"attr.name,attr"`
		Type string `xml:"attr.type,attr"`
	} `xml:"key"`
	Graphs []struct {
		Default string    `xml:"edgedefault,attr"`
		Nodes   []element `xml:"node"`
		Edges   []element `xml:"edge"`
	} `xml:"graph"`
}

type element struct {
	ID     string `xml:"id,attr"`
	Source string `xml:"source,attr"`
	Target string `xml:"target,attr"`
	Data   []struct {
		Key  string `xml:"key,attr"`
		Text string `xml:",chardata"`
	} `xml:"data"`
}

// TestValid writes random graphs and reads them as GraphML: every key that is
// used is declared once and holds what its type allows, every end of an edge is
// a node, no id stands twice, and nothing that a statement says is missing; what
// counts no more is not drawn.
func TestValid(t *testing.T) {
	t.Parallel()
	for n := range uint64(100) {
		d := graphtest.Random(n, int(n%8)+1)
		var b bytes.Buffer
		if err := graphml.Write(&b, d); err != nil {
			t.Fatal(err)
		}
		var doc document
		if err := xml.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatalf("graph %d: %v", n, err)
		}
		d.Statements = slices.DeleteFunc(d.Statements, func(s graph.Statement) bool { return !s.Counts() })
		check(t, fmt.Sprint("graph ", n), &doc, d)
	}
}

func check(t *testing.T, what string, doc *document, d *graph.Dataset) {
	t.Helper()
	if len(doc.Graphs) != 1 || doc.Graphs[0].Default != "directed" || doc.Legend != graphml.Legend {
		t.Fatalf("%s: %d graphs, described as %q", what, len(doc.Graphs), doc.Legend)
	}
	types := map[string]string{}
	for _, k := range doc.Keys {
		if types[k.For+" "+k.ID] != "" || !slices.Contains([]string{"string", "boolean", "double"}, k.Type) || k.Name == "" || k.Is == "" {
			t.Errorf("%s: key %+v", what, k)
		}
		types[k.For+" "+k.ID] = k.Type
	}
	valid := func(of string, e *element) map[string]string {
		says := map[string]string{}
		for _, data := range e.Data {
			var err error
			switch types[of+" "+data.Key] {
			case "string":
			case "boolean":
				_, err = strconv.ParseBool(data.Text)
			case "double":
				_, err = strconv.ParseFloat(data.Text, 64)
			default:
				t.Errorf("%s: the key %s of %s is not declared", what, data.Key, of)
			}
			if _, twice := says[data.Key]; err != nil || twice {
				t.Errorf("%s: %s says %s=%q: %v", what, e.ID, data.Key, data.Text, err)
			}
			says[data.Key] = data.Text
		}
		return says
	}
	nodes := map[string]map[string]string{}
	for i := range doc.Graphs[0].Nodes {
		e := &doc.Graphs[0].Nodes[i]
		if nodes[e.ID] != nil {
			t.Errorf("%s: the node %s stands twice", what, e.ID)
		}
		nodes[e.ID] = valid("node", e)
	}
	edges := map[string]*element{}
	for i := range doc.Graphs[0].Edges {
		e := &doc.Graphs[0].Edges[i]
		if nodes[e.Source] == nil || nodes[e.Target] == nil || edges[e.ID] != nil {
			t.Errorf("%s: the edge %s from %s to %s", what, e.ID, e.Source, e.Target)
		}
		edges[e.ID] = e
	}
	for i := range d.Concepts {
		c := &d.Concepts[i]
		if says := nodes[string(c.ID)]; says["label"] != c.Name() || says["kind"] != c.Kind().String() {
			t.Errorf("%s: of %s it says %v", what, c.ID, says)
		}
	}
	if len(edges) != len(d.Statements) {
		t.Errorf("%s: %d edges of %d statements", what, len(edges), len(d.Statements))
	}
	curators := map[graph.ID]bool{}
	for _, s := range d.Sources {
		curators[s.ID] = s.Kind == graph.CuratorSource
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		e := edges[string(s.ID)]
		if e == nil {
			t.Errorf("%s: no edge %s", what, s.ID)
			continue
		}
		frequency := ""
		if s.FrequencyValue != nil {
			frequency = fmt.Sprint(*s.FrequencyValue)
		}
		want := map[string]string{
			"edge.predicate": string(s.Predicate), "edge.modality": s.Modality.String(), "edge.negated": strconv.FormatBool(s.Negated),
			"edge.frequency": s.Frequency, "edge.frequencyValue": frequency, "edge.stage": string(s.Stage), "edge.timing": s.Timing,
			"edge.context": s.Context, "edge.laterality": s.Laterality, "edge.strength": s.Strength, "edge.attribution": s.Attribution,
			"edge.note": s.Note, "edge.evidenceCode": s.EvidenceCode, "edge.source": string(s.Source), "edge.section": string(s.Section),
			"edge.locator": s.Locator, "edge.language": s.Value.Language, "edge.key": s.Key,
		}
		want["edge.inferred"] = strconv.FormatBool(curators[s.Source])
		says := valid("edge", e)
		if label := says["edge.label"]; strings.Contains(label, "(denied") != s.Negated || !strings.Contains(label, s.Modality.String()) && !s.Negated ||
			s.Stage != "" && !strings.Contains(label, "stage: ") || strings.Contains(label, "inferred") != curators[s.Source] {
			t.Errorf("%s: %+v has the label %q", what, s, label)
		}
		for _, q := range graph.AllQualifiers() { // no claim is drawn with less limits than it has
			if said := s.Qualifier(q); q.Info().Limits && q.Info().Type == graph.TextQualifier && !strings.Contains(says["edge.label"], said) {
				t.Errorf("%s: of %s the label %q lacks %v: %s", what, s.ID, says["edge.label"], q, said)
			}
		}
		for key, text := range want {
			if says[key] != text {
				t.Errorf("%s: of %s it says %s=%q, not %q", what, s.ID, key, says[key], text)
			}
		}
		if s.Object != "" && e.Target != string(s.Object) || s.Object == "" && nodes[e.Target]["label"] != s.Value.Text || e.Source != string(s.Subject) {
			t.Errorf("%s: %s goes from %s to %s", what, s.ID, e.Source, e.Target)
		}
	}
}

// TestDisputed: an edge is disputed where another one denies its claim.
func TestDisputed(t *testing.T) {
	t.Parallel()
	d := &graph.Dataset{
		Sources:  []graph.Source{{ID: "one", Kind: graph.DataSource}, {ID: "two", Kind: graph.DataSource}},
		Concepts: []graph.Concept{{ID: "a"}, {ID: "b"}, {ID: "c"}},
		Statements: []graph.Statement{
			{Subject: "a", Predicate: graph.PredicateRelated, Object: "b", Source: "one"},
			{Subject: "b", Predicate: graph.PredicateRelated, Object: "a", Source: "two", Qualifiers: graph.Qualifiers{Negated: true}},
			{Subject: "a", Predicate: graph.PredicateRelated, Object: "c", Source: "two", Qualifiers: graph.Qualifiers{Negated: true}},
			{Subject: "b", Predicate: graph.PredicateRelated, Object: "c", Source: "two"},
		},
	}
	if err := d.Normalize(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := graphml.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	var doc document
	if err := xml.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	disputed := map[string]string{}
	for _, e := range doc.Graphs[0].Edges {
		for _, data := range e.Data {
			if data.Key == "edge.disputed" {
				disputed[e.Source+e.Target] = data.Text
			}
		}
	}
	if want := map[string]string{"ab": "true", "ba": "true", "ac": "false", "bc": "false"}; !maps.Equal(disputed, want) {
		t.Errorf("disputed %v, want %v", disputed, want)
	}
}

// TestControlCharacters: what XML cannot hold does not make it unreadable.
func TestControlCharacters(t *testing.T) {
	t.Parallel()
	d := &graph.Dataset{Concepts: []graph.Concept{{ID: "a", Names: []graph.Text{{Text: "a\x00b\x1f]]>&\uFFFF\xff"}}}}}
	if err := d.Normalize(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := graphml.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	var doc document
	if err := xml.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if got, want := doc.Graphs[0].Nodes[0].Data[0].Text, "a\uFFFDb\uFFFD]]>&\uFFFD\uFFFD"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
