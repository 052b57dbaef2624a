package join

import (
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// Vocabulary is what is known of the ids of a vocabulary.
type Vocabulary struct {
	// Prefix is that of its ids, as Plexus writes them.
	Prefix string
	// OneThing says that one code stands for one thing, so that two concepts with
	// the same code are the same.
	OneThing bool
	// Reference is where its publisher says what a code stands for.
	Reference string
}

// vocabularies are those whose codes Plexus knows, in the order in which their ids
// lead: ids of what covers more come first. A vocabulary that is not listed comes
// after them, and its codes join nothing.
//
// Classifications (ICD-10, ATC, the tree numbers of MeSH) are not here: their codes
// stand for groups of things. MeSH is listed for its order only: a descriptor may
// stand for several things that are indexed together.
var vocabularies = []Vocabulary{
	{"MONDO", true, "https://mondo.monarchinitiative.org/"},
	{"DOID", true, "https://disease-ontology.org/"},
	{"HP", true, "https://hpo.jax.org/"},
	{"SYMP", true, "https://obofoundry.org/ontology/symp.html"},
	{"MAXO", true, "https://obofoundry.org/ontology/maxo.html"},
	{"UBERON", true, "https://obofoundry.org/ontology/uberon.html"},
	{"CHEBI", true, "https://www.ebi.ac.uk/chebi/"},
	{"DrugBank", true, "https://go.drugbank.com/documentation"},
	{"NCIT", true, "https://obofoundry.org/ontology/ncit.html"},
	{"EFO", true, "https://www.ebi.ac.uk/efo/"},
	{"Orphanet", true, "https://www.orphadata.com/ordo/"},
	{"OMIM", true, "https://www.omim.org/help/faq"},
	{"SCTID", true, "https://confluence.ihtsdotools.org/display/DOCGLOSS/SNOMED+CT+concept"},
	{"UNII", true, "https://www.fda.gov/industry/fda-data-standards-advisory-board/fdas-global-substance-registration-system"},
	{"NCBITaxon", true, "https://www.ncbi.nlm.nih.gov/taxonomy"},
	{"HGNC", true, "https://www.genenames.org/"},
	{"CL", true, "https://obofoundry.org/ontology/cl.html"},
	{"FMA", true, "https://obofoundry.org/ontology/fma.html"},
	{"UMLS", false, "https://www.nlm.nih.gov/research/umls/"},
	{"MESH", false, "https://www.nlm.nih.gov/mesh/intro_record_types.html"},
}

// synonyms are other prefixes of the same vocabularies, in lower case.
var synonyms = map[string]string{
	"mim": "OMIM", "orpha": "Orphanet", "ordo": "Orphanet", "msh": "MESH", "umls_cui": "UMLS", "snomedct": "SCTID", "snomed": "SCTID",
	"ncit": "NCIT", "nci": "NCIT", "drugbank": "DrugBank",
}

// ranks are the places of the vocabularies by their prefixes in lower case.
var ranks = func() map[string]int {
	at := map[string]int{}
	for i, v := range vocabularies {
		at[strings.ToLower(v.Prefix)] = i
	}
	for synonym, prefix := range synonyms {
		at[synonym] = at[strings.ToLower(prefix)]
	}
	return at
}()

// vocabularyOf returns the vocabulary of a code, if it is listed.
func vocabularyOf(code graph.ID) (Vocabulary, bool) {
	prefix, _, isCode := strings.Cut(string(code), ":")
	at, listed := ranks[strings.ToLower(prefix)]
	if !isCode || !listed {
		return Vocabulary{}, false
	}
	return vocabularies[at], true
}

// rankOf orders ids by what they are: slugs, codes of the listed vocabularies in
// their order, all else.
func rankOf(id graph.ID) int {
	prefix, _, isCode := strings.Cut(string(id), ":")
	if !isCode {
		return -1
	}
	if at, listed := ranks[strings.ToLower(prefix)]; listed {
		return at
	}
	return len(vocabularies)
}

// dataSet begins the space of the slugs that a data set describes.
const dataSet = "data set "

// spaceOf returns the space in which a concept's id is the one of its thing: its
// vocabulary, or the data set that alone describes a slug; empty if there is none.
func spaceOf(c *graph.Concept) string {
	id := string(c.ID)
	prefix, local, isCode := strings.Cut(id, ":")
	switch {
	case !isCode && len(c.Sources) == 1:
		return dataSet + string(c.Sources[0])
	case !isCode:
		return ""
	case strings.HasPrefix(local, "//"): // an IRI of no known prefix
		return id[:strings.LastIndexAny(id, "/#")+1]
	}
	if at, listed := ranks[strings.ToLower(prefix)]; listed {
		return vocabularies[at].Prefix
	}
	return prefix
}
