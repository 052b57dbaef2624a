package graph

import (
	"slices"
	"strings"
)

// Vocabulary is what is known of the ids of a vocabulary of others.
type Vocabulary struct {
	// Prefix is that of its CURIEs, as Plexus writes them.
	Prefix string
	// Synonyms are other prefixes that its CURIEs are written with, by the
	// Bioregistry (https://bioregistry.io, CC0), beside those that differ in case.
	Synonyms []string
	// OneThing says that one code stands for one thing, so that two concepts with the
	// same code are the same.
	OneThing bool
	// Reference is where its publisher says what a code stands for.
	Reference string
}

// vocabularies are those that Plexus knows, in the order in which their ids lead:
// ids of what covers more come first.
//
// Codes of classifications stand for groups of things, and are no ids of one thing.
// A descriptor of MeSH may stand for several things that are indexed together, a
// concept of UMLS for what its sources take to be the same.
var vocabularies = []Vocabulary{
	{"MONDO", nil, true, "https://mondo.monarchinitiative.org/"},
	{"DOID", []string{"DO"}, true, "https://disease-ontology.org/"},
	{"HP", []string{"HPO"}, true, "https://hpo.jax.org/"},
	{"SYMP", nil, true, "https://obofoundry.org/ontology/symp.html"},
	{"MAXO", nil, true, "https://obofoundry.org/ontology/maxo.html"},
	{"UBERON", nil, true, "https://obofoundry.org/ontology/uberon.html"},
	{"CHEBI", nil, true, "https://www.ebi.ac.uk/chebi/"},
	{"DrugBank", nil, true, "https://go.drugbank.com/documentation"},
	{"NCIT", []string{"NCI", "NCI_Thesaurus", "ncithesaurus"}, true, "https://obofoundry.org/ontology/ncit.html"},
	{"EFO", nil, true, "https://www.ebi.ac.uk/efo/"},
	{"Orphanet", []string{"ORPHA", "ORDO", "ORPHANET.ORDO"}, true, "https://www.orphadata.com/ordo/"},
	{"OMIM", []string{"MIM", "MIM-number"}, true, "https://www.omim.org/help/faq"},
	{"SCTID", []string{"SNOMEDCT", "SNOMEDCT_US", "SNOMED", "SNOMED-CT", "SNOMED_CT", "SNOMEDCT_CORE", "SCT"}, true, "https://docs.snomed.org/"},
	{"UNII", nil, true, "https://precision.fda.gov/uniisearch"},
	{"NCBITaxon", []string{"NCBI_TaxID", "taxonomy", "taxid", "TAX"}, true, "https://www.ncbi.nlm.nih.gov/taxonomy"},
	{"HGNC", nil, true, "https://www.genenames.org/"},
	{"CL", nil, true, "https://obofoundry.org/ontology/cl.html"},
	{"FMA", []string{"FMAID", "FMA_RDF"}, true, "https://obofoundry.org/ontology/fma.html"},
	{"RXCUI", []string{"RxNorm", "rxnorm.ingredient"}, true, "https://www.nlm.nih.gov/research/umls/rxnorm/"},
	{"GARD", nil, true, "https://rarediseases.info.nih.gov/"},
	{"UMLS", []string{"UMLS_CUI", "UMLSCUI"}, false, "https://www.nlm.nih.gov/research/umls/"},
	{"MESH", []string{"MSH"}, false, "https://www.nlm.nih.gov/mesh/intro_record_types.html"},
	{"MEDDRA", []string{"MDR"}, false, "https://www.meddra.org/"},
	{"LOINC", []string{"LNC"}, false, "https://loinc.org/"},
	{"ICD10CM", []string{"ICD-10-CM", "ICD10-CM"}, false, "https://www.cdc.gov/nchs/icd/icd-10-cm/"},
	{"ICD10", []string{"ICD-10", "ICD10WHO"}, false, "https://icd.who.int/browse10"},
	{"ICD11F", []string{"ICD11.FOUNDATION"}, false, "https://icd.who.int/"},
	{"ICD11", []string{"ICD-11"}, false, "https://icd.who.int/"},
	{"ICD9CM", []string{"ICD-9-CM", "ICD9-CM"}, false, "https://www.cdc.gov/nchs/icd/icd9cm.htm"},
	{"ATC", []string{"ATCC_CODE", "WHOATC"}, false, "https://atcddd.fhi.no/"},
	{"PMID", []string{"pubmed", "MEDLINE"}, true, "https://pubmed.ncbi.nlm.nih.gov/"},
}

// vocabularyRanks are their places, by all of their prefixes in lower case.
var vocabularyRanks = func() map[string]int {
	ranks := map[string]int{}
	for i, v := range vocabularies {
		for _, prefix := range append(v.Synonyms, v.Prefix) {
			ranks[strings.ToLower(prefix)] = i
		}
	}
	return ranks
}()

// VocabularyOf returns the vocabulary of a CURIE, however its prefix is written,
// and its place in the order in which their ids lead; known is false for one that is not listed,
// and for what is no CURIE.
func VocabularyOf(id ID) (v Vocabulary, rank int, known bool) {
	prefix, _, isCURIE := strings.Cut(string(id), ":")
	if isCURIE {
		rank, known = vocabularyRanks[strings.ToLower(prefix)]
	}
	if !known {
		return Vocabulary{}, len(vocabularies), false
	}
	return vocabularies[rank], rank, true
}

// systems are what people who do not write CURIEs call vocabularies: by name, by
// the addresses and the object identifiers of HL7 FHIR
// (https://terminology.hl7.org/identifiers.html). Names are in small letters and
// digits alone.
var systems = map[string]string{
	"humanphenotypeontology": "HP", "humandiseaseontology": "DOID", "diseaseontology": "DOID", "mondodiseaseontology": "MONDO",
	"medicalsubjectheadings": "MESH", "nationalcancerinstitutethesaurus": "NCIT", "nlmunifiedmedicallanguagesystem": "UMLS",
	"orphacode": "Orphanet", "snomedclinicalterms": "SCTID", "icd10who": "ICD10", "icd11mms": "ICD11", "atccode": "ATC",
	"http://snomed.info/sct": "SCTID", "http://loinc.org": "LOINC", "http://www.nlm.nih.gov/research/umls/rxnorm": "RXCUI",
	"http://hl7.org/fhir/sid/icd-10": "ICD10", "http://hl7.org/fhir/sid/icd-10-cm": "ICD10CM", "http://hl7.org/fhir/sid/icd-9-cm": "ICD9CM",
	"http://id.who.int/icd/release/11/mms": "ICD11", "http://www.whocc.no/atc": "ATC", "http://fdasis.nlm.nih.gov": "UNII",
	"http://human-phenotype-ontology.org": "HP", "http://www.orpha.net": "Orphanet", "https://www.omim.org": "OMIM", "https://omim.org": "OMIM",
	"urn:oid:2.16.840.1.113883.6.96": "SCTID", "urn:oid:2.16.840.1.113883.6.1": "LOINC", "urn:oid:2.16.840.1.113883.6.3": "ICD10",
	"urn:oid:2.16.840.1.113883.6.90": "ICD10CM", "urn:oid:2.16.840.1.113883.6.103": "ICD9CM", "urn:oid:2.16.840.1.113883.6.88": "RXCUI",
}

// VocabularyNamed returns the prefix of a vocabulary that is called by its name or
// address: ICD10 for ICD-10, SCTID for SNOMED CT and http://snomed.info/sct. Of one
// that is not known it is the name without what cannot be in a prefix.
func VocabularyNamed(name string) string {
	if prefix, known := systems[strings.TrimSuffix(strings.ToLower(name), "/")]; known {
		return prefix
	}
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}, strings.ToLower(s))
	}
	if prefix, known := systems[bare(name)]; known {
		return prefix
	}
	for i := range vocabularies {
		for _, prefix := range append([]string{vocabularies[i].Prefix}, vocabularies[i].Synonyms...) {
			if bare(prefix) == bare(name) {
				return vocabularies[i].Prefix
			}
		}
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("._-", r) {
			return r
		}
		return -1
	}, name)
}

// Spellings returns the other ways to write a CURIE: with the other prefixes of its
// vocabulary, the usual one first, and with prefixes that differ in case; or an IRI:
// the CURIE that it ends with where it is one of a service that resolves them
// (https://identifiers.org/mim:154700), and the same address with or without "www."
// and the "s" of https. There is none for what is neither.
func (p Prefixes) Spellings(id ID) []ID {
	if iri := string(id); strings.Contains(iri, "://") {
		if curie := curieOf(iri); curie != "" {
			return append([]ID{curie}, p.Spellings(curie)...)
		}
		return sameAddress(iri)
	}
	prefix, local, _ := strings.Cut(string(id), ":")
	if !IsCURIE(string(id)) {
		return nil
	}
	var all []ID
	add := func(spelt ID) {
		if spelt != id && !slices.Contains(all, spelt) {
			all = append(all, spelt)
		}
	}
	same := func(prefix string) {
		for _, known := range p.names {
			if strings.EqualFold(known, prefix) {
				add(p.Compact(p.Expand(ID(known + ":" + local))))
				add(ID(known + ":" + local))
			}
		}
		add(ID(prefix + ":" + local))
	}
	if v, _, known := VocabularyOf(id); known {
		for _, other := range append([]string{v.Prefix}, v.Synonyms...) {
			same(other)
		}
	}
	same(prefix)
	return all
}

// resolvingHosts are the services that resolve the CURIE at the end of an IRI:
// https://docs.identifiers.org, https://bioregistry.io, https://n2t.net.
var resolvingHosts = []string{"identifiers.org", "bioregistry.io", "n2t.net"}

// curieOf returns the CURIE that an IRI of a resolving service ends with: after a
// colon (identifiers.org/mim:154700) or after its prefix (identifiers.org/mim/154700).
func curieOf(iri string) ID {
	_, rest, _ := strings.Cut(iri, "://")
	host, path, _ := strings.Cut(strings.TrimPrefix(rest, "www."), "/")
	if !slices.Contains(resolvingHosts, strings.ToLower(host)) {
		return ""
	}
	parts := strings.Split(strings.TrimSuffix(path, "/"), "/")
	curie := parts[len(parts)-1]
	if !strings.Contains(curie, ":") && len(parts) > 1 {
		curie = parts[len(parts)-2] + ":" + curie
	}
	if !IsCURIE(curie) {
		return ""
	}
	return ID(curie)
}

// sameAddress returns the other ways in which an address of the web is written.
func sameAddress(iri string) (others []ID) {
	scheme, rest, _ := strings.Cut(iri, "://")
	if scheme != "http" && scheme != "https" {
		return nil
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
	for _, start := range []string{"https://", "http://", "https://www.", "http://www."} {
		if other := start + bare; other != iri {
			others = append(others, ID(other))
		}
	}
	return others
}
