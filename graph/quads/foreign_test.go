package quads_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// foreign decodes N-Quads in which a: is short for http://a.example/ and the
// usual prefixes are expanded.
func foreign(t *testing.T, text string, from graph.Source) *graph.Dataset {
	t.Helper()
	p := graph.NewPrefixes(map[string]string{"a": "http://a.example/"})
	for _, name := range p.Names() {
		ns, _ := p.Namespace(name)
		text = strings.ReplaceAll(text, "<"+name+":", "<"+ns)
	}
	var qs []quad.Quad
	if err := quads.ReadNQuads(context.Background(), strings.NewReader(text), func(_ int, q quad.Quad) error {
		qs = append(qs, q)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	ds, err := quads.Decode(p, quads.Part{Source: from, Quads: qs})
	if err != nil {
		t.Fatal(err)
	}
	again, err := quads.Decode(p, quads.Part{Quads: slices.Collect(quads.Encode(ds))})
	if err != nil {
		t.Fatal(err)
	}
	sameDataset(t, "encoded and decoded again", again, ds)
	return ds
}

// show writes what a data set holds, a line for each thing.
func show(ds *graph.Dataset) string {
	var b strings.Builder
	for _, s := range ds.Sources {
		fmt.Fprintf(&b, "source %s %q\n", s.ID, s.Name)
	}
	for _, p := range ds.Predicates {
		fmt.Fprintf(&b, "predicate %s %q %q %v %v text %v symmetric %v\n", p.ID, p.Name, p.Description, p.Domain, p.Range, p.Text, p.Symmetric)
	}
	for _, t := range ds.Types {
		fmt.Fprintf(&b, "type %s %q %q of %q\n", t.ID, t.Name, t.Description, t.SubClassOf)
	}
	for _, c := range ds.Concepts {
		fmt.Fprintf(&b, "concept %s %v", c.ID, c.Types)
		for _, n := range c.Names {
			fmt.Fprintf(&b, " name %s@%s", n.Text, n.Language)
		}
		for _, s := range c.Synonyms {
			fmt.Fprintf(&b, " synonym %s@%s", s.Text, s.Language)
		}
		for _, k := range c.Codes {
			fmt.Fprintf(&b, " code %s/%s", k.Code, k.Match)
		}
		for _, p := range c.Properties {
			fmt.Fprintf(&b, " %s=%v", p.Predicate, p.Value)
		}
		fmt.Fprintf(&b, " by %v\n", c.Sources)
	}
	for _, s := range ds.Statements {
		id := string(s.ID)
		if graph.IsStatementID(id) {
			id = "st-"
		}
		fmt.Fprintf(&b, "%s: %s %s %s%v from %q", id, s.Subject, s.Predicate, s.Object, s.Value, s.Source)
		for _, p := range s.Properties {
			fmt.Fprintf(&b, " %s=%v", p.Predicate, p.Value)
		}
		fmt.Fprintf(&b, " modality %q frequency %q evidence %q\n", s.Modality, s.Frequency, s.EvidenceCode)
	}
	return b.String()
}

// TestForeign holds the rules for quads that others wrote, one each.
func TestForeign(t *testing.T) {
	for _, c := range []struct{ name, quads, want string }{
		{"a recorded link", `
			<a:x> <schema:cause> <a:y> <a:ev1> .
			<a:y> <schema:name> "Y" .
			<a:ev1> <schema:isPartOf> <a:set> .
			<a:ev1> <kg:evidenceCode> "ECO:1" .
			<a:ev1> <kg:frequency> "often" .
			<a:ev1> <schema:creator> <http://orcid.example/1> .`, `
			source a:set ""
			concept a:x [] by []
			concept a:y [] name Y@ by []
			a:ev1: a:x schema:cause a:y{  } from "a:set" schema:creator={http://orcid.example/1  xsd:anyURI} modality "" frequency "often" evidence "ECO:1"`},
		{"a reversed predicate", `
			<a:x> <schema:causeOf> <a:y> <a:ev1> .
			<a:ev1> <schema:isPartOf> <a:set> .`, `
			source a:set ""
			concept a:x [] by []
			concept a:y [] by []
			a:ev1: a:y schema:cause a:x{  } from "a:set" modality "" frequency "" evidence ""`},
		{"a reversed predicate with a value stays", `
			<a:x> <schema:riskFactor> "smoke" <a:ev1> .
			<a:ev1> <schema:isPartOf> <a:set> .`, `
			source a:set ""
			concept a:x [] by []
			a:ev1: a:x schema:riskFactor {smoke  } from "a:set" modality "" frequency "" evidence ""`},
		{"a label that nothing describes is a source", `
			<a:x> <schema:cause> <a:y> <a:g> .
			<a:y> <schema:name> "Y" .`, `
			source a:g ""
			concept a:x [] by []
			concept a:y [] name Y@ by []
			st-: a:x schema:cause a:y{  } from "a:g" modality "" frequency "" evidence ""`},
		{"a label of two quads is a source, and describes their subjects", `
			<a:x> <schema:name> "X" <a:g> .
			<a:x> <kg:severity> "007"^^<xsd:integer> <a:g> .
			<a:g> <schema:name> "The set" .`, `
			source a:g "The set"
			concept a:x [] name X@ kg:severity={007  xsd:integer} by [a:g]`},
		{"a data set of one quad is a source", `
			<a:x> <schema:name> "X" <a:g> .
			<a:g> <rdf:type> <schema:Dataset> .`, `
			source a:g ""
			concept a:x [] name X@ by [a:g]`},
		{"a link without label is from the part", `
			<a:x> <schema:cause> <a:y> .
			<a:y> <schema:causeOf> <a:x> .`, `
			source part "The file"
			concept a:x [] by []
			concept a:y [] by []
			st-: a:x schema:cause a:y{  } from "part" modality "" frequency "" evidence ""`},
		{"a mapping to what is no node is a value and a code", `
			<a:x> <skos:exactMatch> <http://codes.example/1> <a:ev1> .
			<a:ev1> <schema:isPartOf> <a:set> .`, `
			source a:set ""
			concept a:x [] code http://codes.example/1/exact by []
			a:ev1: a:x skos:exactMatch {http://codes.example/1  xsd:anyURI} from "a:set" modality "" frequency "" evidence ""`},
		{"a mapping that is denied, doubted, limited or taken back is no code", `
			<a:x> <skos:exactMatch> <http://codes.example/1> <a:denied> .
			<a:denied> <kg:negated> "true"^^<xsd:boolean> .
			<a:x> <skos:exactMatch> <http://codes.example/2> <a:doubted> .
			<a:doubted> <kg:modality> "possible" .
			<a:x> <skos:exactMatch> <http://codes.example/3> <a:limited> .
			<a:limited> <kg:context> "in children" .
			<a:x> <skos:exactMatch> <http://codes.example/4> <a:back> .
			<a:back> <kg:retracted> "2026"^^<xsd:gYear> .
			<a:x> <skos:exactMatch> <http://codes.example/5> <a:old> .
			<a:old> <http://www.w3.org/2002/07/owl#deprecated> "true"^^<xsd:boolean> .
			<a:x> <skos:exactMatch> <http://codes.example/6> <a:held> .
			<a:held> <kg:modality> "asserted" .`, `
			source part "The file"
			concept a:x [] code http://codes.example/6/exact by []
			a:denied: a:x skos:exactMatch {http://codes.example/1  xsd:anyURI} from "part" modality "" frequency "" evidence ""
			a:doubted: a:x skos:exactMatch {http://codes.example/2  xsd:anyURI} from "part" modality "possible" frequency "" evidence ""
			a:limited: a:x skos:exactMatch {http://codes.example/3  xsd:anyURI} from "part" modality "" frequency "" evidence ""
			a:back: a:x skos:exactMatch {http://codes.example/4  xsd:anyURI} from "part" modality "" frequency "" evidence ""
			a:old: a:x skos:exactMatch {http://codes.example/5  xsd:anyURI} from "part" http://www.w3.org/2002/07/owl#deprecated={true  xsd:boolean} modality "" frequency "" evidence ""
			a:held: a:x skos:exactMatch {http://codes.example/6  xsd:anyURI} from "part" modality "asserted" frequency "" evidence ""`},
		{"a mapping to a concept is a link only", `
			<a:x> <skos:exactMatch> <a:y> <a:ev1> .
			<a:y> <schema:name> "Y" .
			<a:ev1> <schema:isPartOf> <a:set> .`, `
			source a:set ""
			concept a:x [] by []
			concept a:y [] name Y@ by []
			a:ev1: a:x skos:exactMatch a:y{  } from "a:set" modality "" frequency "" evidence ""`},
		{"an unrecorded IRI that is no node is a property, or a code", `
			<a:x> <schema:url> <http://x.example/> .
			<a:x> <skos:closeMatch> <http://codes.example/1> .`, `
			concept a:x [] code http://codes.example/1/close schema:url={http://x.example/  xsd:anyURI} by []`},
		{"a stub is a concept for all quads", `
			<a:x> <schema:cause> <a:stub> <a:ev1> .
			<a:ev1> <schema:isPartOf> <a:set> .
			<a:x> <skos:exactMatch> <a:stub> <a:ev2> .
			<a:ev2> <schema:isPartOf> <a:set> .`, `
			source a:set ""
			concept a:stub [] by []
			concept a:x [] by []
			a:ev1: a:x schema:cause a:stub{  } from "a:set" modality "" frequency "" evidence ""
			a:ev2: a:x skos:exactMatch a:stub{  } from "a:set" modality "" frequency "" evidence ""`},
		{"names, identifiers and cross references", `
			<http://far.example/1> <schema:identifier> "FAR:1" .
			<http://far.example/1> <schema:name> "zeta" .
			<http://far.example/1> <schema:name> "alpha" .
			<http://far.example/1> <schema:name> "alfa"@es .
			<http://far.example/1> <http://www.geneontology.org/formats/oboInOwl#hasDbXref> "MESH:1" .
			<http://far.example/1> <rdf:type> <schema:MedicalSign> .
			<http://far.example/1> <rdf:type> <schema:MedicalCondition> .
			<http://far.example/2> <schema:identifier> "SHARED:1" .
			<http://far.example/3> <schema:identifier> "SHARED:1" .
			<http://far.example/4> <schema:identifier> "MIM:4" .
			<http://far.example/4> <schema:identifier> "OMIM:4" .`, `
			concept FAR:1 [schema:MedicalCondition schema:MedicalSign] name alpha@ name alfa@es synonym zeta@ code MESH:1/ by []
			concept http://far.example/2 [] schema:identifier={SHARED:1  } by []
			concept http://far.example/3 [] schema:identifier={SHARED:1  } by []
			concept OMIM:4 [] schema:identifier={MIM:4  } by []`},
		{"a recorded link without a source is from the part", `
			<a:x> <schema:cause> <a:y> <a:ev1> .
			<a:ev1> <kg:modality> "possible" .`, `
			source part "The file"
			concept a:x [] by []
			concept a:y [] by []
			a:ev1: a:x schema:cause a:y{  } from "part" modality "possible" frequency "" evidence ""`},
		{"a graph of one link that has a title is from the part", `
			<a:x> <schema:cause> <a:y> <a:g> .
			<a:g> <schema:name> "A graph" .`, `
			source part "The file"
			concept a:x [] by []
			concept a:y [] by []
			a:g: a:x schema:cause a:y{  } from "part" schema:name={A graph  } modality "" frequency "" evidence ""`},
		{"what does not fit a field is kept beside it", `
			<a:x> <schema:cause> <a:y> <a:ev1> .
			<a:ev1> <kg:modality> "certain" .
			<a:ev1> <kg:frequency> "often" .
			<a:ev1> <kg:frequency> "sometimes" .
			<a:ev1> <kg:negated> "no" .`, `
			source part "The file"
			concept a:x [] by []
			concept a:y [] by []
			a:ev1: a:x schema:cause a:y{  } from "part" kg:frequency={sometimes  } kg:modality={certain  } kg:negated={no  } modality "" frequency "often" evidence ""`},
		{"a class that is used as one, and its superclasses", `
			<a:Rare> <rdf:type> <http://www.w3.org/2002/07/owl#Class> .
			<a:Rare> <rdfs:label> "Seltene Krankheit"@de .
			<a:Rare> <rdfs:label> "rare disease"@en .
			<a:Rare> <rdfs:comment> "One in 2,000 or fewer." .
			<a:Rare> <rdfs:subClassOf> <a:Chronic> .
			<a:Rare> <rdfs:subClassOf> <http://www.w3.org/2002/07/owl#Thing> .
			<a:Chronic> <rdf:type> <rdfs:Class> <a:g> .
			<a:Chronic> <rdfs:subClassOf> <schema:MedicalCondition> <a:g> .
			<a:x> <rdf:type> <a:Rare> .`, `
			source a:g ""
			type a:Chronic "Chronic" "" of "schema:MedicalCondition"
			type a:Rare "rare disease" "One in 2,000 or fewer." of "a:Chronic"
			concept a:x [schema:MedicalCondition a:Chronic a:Rare] by []`},
		{"a class that nothing is of, or of which more is said, or that something leads to, is a concept", `
			<a:flu> <rdf:type> <http://www.w3.org/2002/07/owl#Class> .
			<a:flu> <rdfs:subClassOf> <a:infection> .
			<a:infection> <rdf:type> <http://www.w3.org/2002/07/owl#Class> .
			<a:rich> <rdf:type> <rdfs:Class> .
			<a:rich> <schema:identifier> "R" .
			<a:named> <rdf:type> <rdfs:Class> .
			<a:x> <rdf:type> <a:rich> .
			<a:y> <rdf:type> <a:named> .
			<a:y> <schema:cause> <a:named> .`, `
			source part "The file"
			concept a:flu [http://www.w3.org/2002/07/owl#Class] by []
			concept a:infection [http://www.w3.org/2002/07/owl#Class] by []
			concept a:named [rdfs:Class] by []
			concept a:rich [rdfs:Class] schema:identifier={R  } by []
			concept a:x [a:rich] by []
			concept a:y [a:named] by []
			st-: a:flu skos:broader a:infection{  } from "part" modality "" frequency "" evidence ""
			st-: a:y schema:cause a:named{  } from "part" modality "" frequency "" evidence ""`},
		{"a property that is used as one, and one that is not", `
			<a:nextTo> <rdf:type> <http://www.w3.org/2002/07/owl#ObjectProperty> .
			<a:nextTo> <rdf:type> <http://www.w3.org/2002/07/owl#SymmetricProperty> .
			<a:nextTo> <rdfs:label> "next to" .
			<a:nextTo> <rdfs:domain> <a:Part> .
			<a:nextTo> <schema:rangeIncludes> <schema:Nerve> .
			<a:nextTo> <schema:rangeIncludes> <a:Unheard> .
			<a:dose> <rdf:type> <rdf:Property> .
			<a:dose> <rdfs:comment> "How much of it." .
			<a:dose> <rdfs:range> <xsd:string> .
			<a:unused> <rdf:type> <rdf:Property> .
			<a:Part> <rdf:type> <rdfs:Class> .
			<a:Part> <rdfs:subClassOf> <schema:AnatomicalStructure> .
			<a:x> <rdf:type> <a:Part> .
			<a:x> <a:nextTo> <a:y> .
			<a:y> <a:dose> "3" .`, `
			source part "The file"
			predicate a:dose "dose" "How much of it." [] [] text true symmetric false
			predicate a:nextTo "next to" "" [Anatomy] [Anatomy] text false symmetric true
			type a:Part "Part" "" of "schema:AnatomicalStructure"
			concept a:unused [rdf:Property] by []
			concept a:x [schema:AnatomicalStructure a:Part] by []
			concept a:y [] a:dose={3  } by []
			st-: a:x a:nextTo a:y{  } from "part" modality "" frequency "" evidence ""`},
		{"blank nodes are concepts", `
			_:b0 <schema:name> "B" .
			_:b0 <schema:cause> _:b1 <a:ev1> .
			<a:ev1> <schema:isPartOf> <a:set> .`, `
			source a:set ""
			concept _:bnbibujvvm7oqdieo3 [] by []
			concept _:bnihw65lyltavswfgu [] name B@ by []
			a:ev1: _:bnihw65lyltavswfgu schema:cause _:bnbibujvvm7oqdieo3{  } from "a:set" modality "" frequency "" evidence ""`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(foreign(t, c.quads, graph.Source{ID: "part", Kind: graph.DataSource, Name: "The file"}))
			var want strings.Builder
			for line := range strings.Lines(strings.TrimSpace(c.want) + "\n") {
				want.WriteString(strings.TrimLeft(line, "\t"))
			}
			if got != want.String() {
				t.Errorf("got\n%swant\n%s", got, want.String())
			}
		})
	}
}

// TestBlankNodesOfParts: the same label in two files is two nodes.
func TestBlankNodesOfParts(t *testing.T) {
	part := func(name string) quads.Part {
		return quads.Part{Quads: []quad.Quad{{Subject: quad.BNode("b"), Predicate: quad.IRI(graph.SchemaOrg + "name"), Object: quad.String(name)}}}
	}
	ds, err := quads.Decode(graph.NewPrefixes(nil), part("one"), part("two"))
	if err != nil {
		t.Fatal(err)
	}
	if len(ds.Concepts) != 2 {
		t.Errorf("%d concepts, want 2", len(ds.Concepts))
	}
}

func TestDecodeRefuses(t *testing.T) {
	p, o := quad.IRI("http://a.example/p"), quad.String("o")
	for name, q := range map[string]quad.Quad{
		"literal subject":   {Subject: o, Predicate: p, Object: o},
		"literal label":     {Subject: p, Predicate: p, Object: o, Label: o},
		"blank predicate":   {Subject: p, Predicate: quad.BNode("b"), Object: o},
		"no object":         {Subject: p, Predicate: p},
		"section of nobody": {Subject: p, Predicate: quad.IRI(graph.RDF + "type"), Object: quad.IRI(graph.KG + "Section")},
	} {
		if _, err := quads.Decode(graph.NewPrefixes(nil), quads.Part{Quads: []quad.Quad{q}}); err == nil {
			t.Errorf("%s: accepted %v", name, q)
		}
	}
}
