package seed

import (
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/schemaorg"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// TestOfficialWordsAreKnown uses every word of schema.org as what it is.
func TestOfficialWordsAreKnown(t *testing.T) {
	t.Parallel()
	m, n := newWordMarks(), 0
	for _, role := range []schemaorg.Role{schemaorg.Class, schemaorg.Property, schemaorg.Value} {
		for _, name := range schemaorg.Names(role) {
			word := quad.IRI(graph.SchemaOrg + name)
			q := quad.Quad{Subject: quad.IRI("http://example.com/a"), Predicate: word, Object: quad.IRI("http://example.com/b")}
			if role != schemaorg.Property {
				q.Predicate, q.Object = rdfType, word
			}
			m.look("a.nq", syntax.Place{Line: 1}, q)
			n++
		}
	}
	if n < 2900 {
		t.Errorf("schema.org has %d words, want at least 2900", n)
	}
	for _, u := range m.unknown {
		t.Errorf("%s is called unknown", u.word)
	}
}

// TestNoWrongCure asks what is meant by every word of schema.org and the Biolink
// Model that Plexus does not know, as a predicate and as a type, by the prefixes of
// vocabularies that it does not know, and by codes: nothing, or the same thing
// written otherwise.
func TestNoWrongCure(t *testing.T) {
	t.Parallel()
	v := newVocabulary()
	asked := 0
	ask := func(prefix, name string, role schemaorg.Role, candidates []string, known bool) {
		if known {
			return
		}
		asked++
		for _, word := range []string{name, prefix + ":" + name} {
			if near := nearestWord(word, candidates, role); near != "" && !strings.EqualFold(strings.TrimPrefix(near, prefix+":"), name) {
				t.Errorf("%s, a %s of %s: did you mean %s?", word, role, prefix, near)
			}
		}
	}
	property := func(prefix, name string) {
		_, short := v.predicates[name]
		_, long := v.predicates[prefix+":"+name]
		ask(prefix, name, schemaorg.Property, v.predicateWords, short || long)
	}
	class := func(prefix, name string) {
		_, short := v.types[name]
		_, long := v.types[prefix+":"+name]
		ask(prefix, name, schemaorg.Class, v.typeWords, short || long)
	}
	for _, name := range schemaorg.Names(schemaorg.Property) {
		property("schema", name)
	}
	for _, name := range schemaorg.Names(schemaorg.Class) {
		class("schema", name)
	}
	for _, name := range graph.BiolinkWords(graph.BiolinkCategory) {
		class("biolink", name)
	}
	for _, role := range []graph.BiolinkRole{graph.BiolinkPredicate, graph.BiolinkSlot} {
		for _, name := range graph.BiolinkWords(role) {
			property("biolink", name)
		}
	}
	if asked < 2500 {
		t.Errorf("%d words were asked for, want at least 2500", asked)
	}

	documents, err := readYAML(t.Context(), []file{{fsys: Embedded(), path: prefixFile, name: prefixFile, in: input{document: true}}}, newProblems(nil, false))
	if err != nil {
		t.Fatal(err)
	}
	known := collectPrefixes(documents, newProblems(nil, false)).Names()
	if len(known) < 30 {
		t.Fatalf("only %d prefixes", len(known))
	}
	systems := "ICD10 ICD-10 ICD9 ICD9CM ICD-9-CM ICD11 ICDO ICD-O ICF ICPC ICPC2 ICHI OPCS4 READ CTV3 CPT HCPCS LOINC LNC SNOMED SNOMEDCT SNOMEDCT_US SCT RXNORM RXCUI " +
		"NDFRT MEDRT NDC ATC ATCC UNII CAS PUBCHEM PUBCHEM.COMPOUND CHEMBL CHEMBL.COMPOUND CHEMBL.TARGET KEGG KEGG.DISEASE KEGG.DRUG MEDDRA MEDGEN MESHD MSH OMIMPS OMIA " +
		"ORPHA ORDO NORD GARD DECIPHER HGNC NCBIGENE ENSEMBL UNIPROT UniProtKB PR GO SO MP WBPhenotype ZP FYPO DDPHENO XPO CL FBbt MA EMAPA EHDAA2 ZFA XAO BTO CLO TO PO PECO " +
		"ENVO ECTO EXO FOODON FMA SNOMEDVET VSAO NCI NCIT NCIm UMLS CUI AUI TUI SEMTYPE DSM4 DSM5 DSM-IV DSM-5 CSP COSTAR COHD DIAGNOSTIC DO HPO EFO BAO OBI OBA OBCS OGMS IDO VO VT " +
		"PATO RO BFO IAO STATO SIO CHEMINF DRON DINTO DTO PCO NBO MF MFOEM CARO GENEPIO APOLLO_SV CIDO VIDO COVOC PTO PW REACT REACTOME WIKIPATHWAYS CTD DRUGCENTRAL DGIdb IUPHAR GTOPDB " +
		"CIViC CIVIC CLINVAR DBSNP GWAS COSMIC ONCOTREE DISEASESDB EMEDICINE MEDLINEPLUS WIKIDATA WD DBPEDIA FREEBASE SIDER STITCH STRING TTD BINDINGDB PDB EC EC-CODE INTERPRO PFAM CCDS " +
		"NCT CLINICALTRIALS ISRCTN PMC PMCID ISBN ISSN ROR GRID VA NUCC NAICS CVX MVX HL7 FHIR DICOM RADLEX IDMP EDQM PHPID MIMPS OMOP OHDSI SPL DAILYMED"
	for _, prefix := range strings.Fields(systems) {
		near := nearestPrefix(prefix, known)
		if near == "" || strings.EqualFold(near, prefix) {
			continue
		}
		is, _, _ := graph.VocabularyOf(graph.ID(prefix + ":"))
		if is.Prefix != near {
			t.Errorf("the prefix %s: did you mean %s?", prefix, near)
		}
	}

	ids := []string{"MONDO:0005665", "DOID:12506", "HP:0000276", "ICD10CM:G51.0", "bells-palsy", "stage-2"}
	for _, id := range []string{"MONDO:0005666", "HP:0005665", "DOID:12507", "ICD10:G51.0", "ICD10CM:G51.8", "HP:0000277", "stage-3", "DOI:12506"} {
		if near := nearest(id, ids); near != "" {
			t.Errorf("%s: did you mean %s?", id, near)
		}
	}
	for slip, meant := range map[string]string{"MONOD": "MONDO", "mondo": "MONDO", "SNOMEDCT": "SCTID", "Orphanett": "Orphanet", "ORPHA": "Orphanet", "DIOD": "DOID", "UBERRON": "UBERON"} {
		if near := nearestPrefix(slip, known); near != meant {
			t.Errorf("the prefix %s: did you mean %q? want %q", slip, near, meant)
		}
	}
	for slip, meant := range map[string]string{"bels-palsy": "bells-palsy", "DOID:012506": "DOID:12506", "mondo:0005665": "MONDO:0005665"} {
		if near := nearest(slip, ids); near != meant {
			t.Errorf("%s: did you mean %q? want %q", slip, near, meant)
		}
	}
}

// TestMeant wants that what is suggested for the words of others is there, and that no
// word of ours is taken for another.
func TestMeant(t *testing.T) {
	t.Parallel()
	words := newVocabulary()
	b := builder{vocabulary: words}
	for word := range predicatesMeant {
		if means := b.predicateMeant(word); !slices.Contains(words.predicateWords, means) {
			t.Errorf("%s means %q, which is no predicate", word, means)
		}
	}
	for word, means := range typesMeant {
		if !slices.Contains(words.typeWords, means) {
			t.Errorf("%s means %q, which is no type", word, means)
		}
	}
	for word, means := range modalitiesMeant {
		if !slices.Contains(append(modalityWords(), notStated), means) {
			t.Errorf("%s means %q, which is no modality", word, means)
		}
	}
	for word, means := range qualifiersMeant {
		if !slices.ContainsFunc(graph.AllQualifiers(), func(q graph.Qualifier) bool { return q.String() == means }) {
			t.Errorf("%s means %q, which is no qualifier", word, means)
		}
	}
}
