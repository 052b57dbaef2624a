package quads

import (
	"encoding/json"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

func (e *encoder) concept(c *graph.Concept, ref graph.Ref) {
	a := e.of(ref, c.IRI)
	for _, t := range c.Types {
		a.put(rdfType, e.word(t))
	}
	if len(c.Types) > 1 {
		a.put(kgPrimaryType, e.word(c.Types[0]))
	}
	a.conceptID(c.ID)
	for _, n := range c.Names {
		a.put(schemaName, languageTerm(n.Text, n.Language))
	}
	for _, d := range c.Descriptions {
		a.put(schemaDescription, languageTerm(d.Text, d.Language))
	}
	a.synonyms(c.Synonyms)
	a.codes(c.Codes)
	a.text(skosNote, c.Note)
	for _, s := range c.Sources {
		a.reference(isDefinedBy, s)
	}
	if c.Deprecated {
		a.put(owlDeprecated, yes())
	}
	a.reference(oboReplacedBy, c.ReplacedBy)
	for _, id := range c.FormerIDs {
		a.text(predicates[graph.QualifierFormerIDs], string(id))
	}
	a.members(c)
	for _, other := range c.NotJoined {
		a.put(kgNotJoined, quad.String(string(other.Reason)+" "+string(other.ID)))
	}
	a.properties(c.Properties, Field.OfConcept)
	if a.count == 0 { // nothing but its id is known; it is a concept all the same
		a.put(kgID, quad.String(c.ID))
	}
}

// conceptID writes an id that does not follow from the IRI: in the standard
// term where [Decode] would believe it there, else in our own.
func (a *about) conceptID(id graph.ID) {
	if a.prefixes.Compact(a.name) == id {
		return
	}
	expanded := a.prefixes.Expand(id)
	_, taken := a.iris.Find(expanded)
	if graph.IsCURIE(string(id)) && (!taken || expanded == a.name) {
		a.put(schemaIdentifier, quad.String(id))
	} else {
		a.put(kgID, quad.String(id))
	}
}

func languageTerm(s, language string) quad.Value {
	if language == "" {
		return quad.String(s)
	}
	return quad.LangString{Value: quad.String(s), Lang: language}
}

// synonyms writes each text once as a label, and once more as a SKOS-XL label
// for every scope and origin it has. A synonym of neither that stands beside
// one of the same text has a bare SKOS-XL label.
func (a *about) synonyms(synonyms []graph.Synonym) {
	same := func(s, o graph.Synonym) bool { return s.Text == o.Text && s.Language == o.Language }
	for first := 0; first < len(synonyms); {
		end, qualified := first, false
		for ; end < len(synonyms) && same(synonyms[first], synonyms[end]); end++ {
			qualified = qualified || synonyms[end].Scope != "" || synonyms[end].Via != ""
		}
		form := languageTerm(synonyms[first].Text, synonyms[first].Language)
		a.put(skosAltLabel, form)
		for _, s := range synonyms[first:end] {
			if !qualified {
				break
			}
			label := a.about(helper(a.name, xlAltLabel, s.Text, s.Language, string(s.Scope), s.Via))
			a.put(xlAltLabel, label.line.Quad.Subject)
			label.put(rdfType, classLabel)
			label.put(xlLiteralForm, form)
			label.text(kgSynonymScope, string(s.Scope))
			label.text(kgVia, s.Via)
		}
		first = end
	}
}

// codes writes each code once as a mapping or cross reference, and once more
// as a schema:MedicalCode for every label and origin it has. A code whose IRI
// is a concept here, or was joined into one, is written in the second form only: the first would be a
// statement.
func (a *about) codes(codes []graph.Code) {
	same := func(c, d graph.Code) bool { return c.Code == d.Code && c.Match == d.Match }
	for first := 0; first < len(codes); {
		end, qualified := first, false
		for ; end < len(codes) && same(codes[first], codes[end]); end++ {
			qualified = qualified || codes[end].Label != "" || codes[end].Via != ""
		}
		c := codes[first]
		iri := a.prefixes.Expand(c.Code)
		switch {
		case c.Match == graph.MatchNotStated:
			a.put(hasDBXref, quad.String(c.Code))
		case isName(iri) && !a.isConcept(iri) && a.ref(c.Code) == graph.NoRef && !a.joined[iri] && a.prefixes.Compact(iri) == c.Code:
			a.put(matchIRI(c.Match), Node(iri))
		default:
			qualified = true
		}
		for _, c := range codes[first:end] {
			if !qualified {
				break
			}
			code := a.about(helper(a.name, schemaCode, string(c.Code), string(c.Match), c.Label, c.Via))
			a.put(schemaCode, code.line.Quad.Subject)
			code.put(rdfType, classMedicalCode)
			code.put(schemaCodeValue, quad.String(c.Code))
			code.text(kgMatch, string(c.Match))
			code.text(schemaName, c.Label)
			code.text(kgVia, c.Via)
		}
		first = end
	}
}

// Code returns the quads by which a thing has a code without a match, as Encode
// writes it.
func Code(owner quad.Value, c graph.Code) []quad.Quad {
	name, _ := Name(owner)
	if c.Label == "" {
		return []quad.Quad{{Subject: owner, Predicate: hasDBXref, Object: quad.String(c.Code)}}
	}
	node := Node(helper(name, schemaCode, string(c.Code), "", c.Label, ""))
	return []quad.Quad{
		{Subject: owner, Predicate: schemaCode, Object: node},
		{Subject: node, Predicate: rdfType, Object: classMedicalCode},
		{Subject: node, Predicate: schemaCodeValue, Object: quad.String(c.Code)},
		{Subject: node, Predicate: schemaName, Object: quad.String(c.Label)},
	}
}

// members writes each member as a literal, which is no description of a thing here,
// and the names by which it is found.
func (a *about) members(c *graph.Concept) {
	for i := range c.Members {
		m := &c.Members[i]
		if name, err := json.Marshal(m); err == nil { // a concept is always JSON
			a.put(kgMember, quad.TypedString{Value: quad.String(name), Type: rdfJSON})
		}
		if m.ID != c.ID {
			a.text(kgMemberID, string(m.ID))
			if m.IRI != a.prefixes.Expand(m.ID) {
				a.text(kgMemberID, m.IRI)
			}
		}
	}
}
