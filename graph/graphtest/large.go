package graphtest

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/plexus-kg/plexus/graph"
)

// Large returns a normalized graph of about so many quads, from a few hundred
// on, as realistic as it can be made. Its concepts are of all kinds in the shares
// of health vocabularies, with names in several languages, synonyms, codes and
// descriptions; the degrees of its links follow Zipf's law (with the exponent
// 1: the concept of rank r has one r-th of the links of the first); two of five
// links have more than one statement, each from another source; one statement
// in three is from a section of an article.
func Large(seed uint64, quads int) *graph.Dataset {
	m := newMaker(seed, max(1, (quads-sourceQuads)*1000/conceptQuads))
	ds := &graph.Dataset{
		Prefixes: largePrefixes, Sources: m.sources(), Articles: m.allArticles(),
		Concepts: make([]graph.Concept, m.concepts), Statements: make([]graph.Statement, m.concepts*statementsPerConcept),
	}
	for i := range ds.Concepts {
		ds.Concepts[i] = m.concept(i)
	}
	for i := range ds.Statements {
		ds.Statements[i] = m.statement(i)
	}
	if err := ds.Normalize(); err != nil {
		panic(fmt.Sprintf("Large(%d, %d) does not normalize: %v", seed, quads, err)) // a fault of this file
	}
	return ds
}

// What quads.Encode makes of the sources, and of 1,000 concepts with their
// statements and their part of an article. It hardly depends on the seed, and
// TestLargeSize holds it.
const (
	sourceQuads  = 32
	conceptQuads = 30_080
)

// maker makes the parts of a large graph one by one, each from its number and
// the seed alone.
type maker struct {
	seed     uint64
	concepts int
	articles int
	first    [graph.OtherConcept + 2]int // the number of the first concept of each kind
}

// The number of statements that a concept has on average, and of concepts for
// each article.
const (
	statementsPerConcept = 4
	conceptsPerArticle   = 150
	sectionsPerArticle   = 4
)

func newMaker(seed uint64, concepts int) *maker {
	m := &maker{seed: seed, concepts: max(concepts, len(graph.Kinds()))}
	m.articles = max(1, m.concepts/conceptsPerArticle)
	below := 0.0
	for _, k := range graph.Kinds() {
		// Each kind has at least one concept; the last takes what is left.
		m.first[k] = max(int(below*float64(m.concepts)), int(k)-1)
		below += kindShares[k]
	}
	for k := graph.OtherConcept; k > graph.Condition; k-- {
		m.first[k] = min(m.first[k], m.concepts-int(graph.OtherConcept-k)-1)
	}
	m.first[graph.OtherConcept+1] = m.concepts
	return m
}

// kindShares are the shares of the kinds, as in the vocabularies of diseases,
// phenotypes, actions and anatomy together.
var kindShares = [...]float64{
	graph.Condition: 0.36, graph.Symptom: 0.25, graph.Treatment: 0.12, graph.RiskFactor: 0.03, graph.Test: 0.06, graph.Cause: 0.05,
	graph.Anatomy: 0.09, graph.Stage: 0.005, graph.Guideline: 0.01, graph.Specialty: 0.005, graph.OtherConcept: 0.02,
}

var largePrefixes = graph.NewPrefixes(map[string]string{
	"made": "https://made.example/concept/", "ev": "https://made.example/evidence/", "ds": "https://made.example/dataset/",
	"DOID": obo + "DOID_", "MONDO": obo + "MONDO_", "HP": obo + "HP_", "ECO": obo + "ECO_",
	"MESH": "http://id.nlm.nih.gov/mesh/", "UMLS": "https://uts.nlm.nih.gov/cui/",
})

// The parts of a graph, whose random numbers must not be those of another.
const (
	aConcept = iota + 1
	aStatement
	aLink
)

// dice returns the random numbers of one part.
func (m *maker) dice(part, number int) *rand.Rand {
	return rand.New(rand.NewPCG(m.seed, uint64(part)<<56|uint64(number)))
}

const dataSources = 6

// sources returns the data sets and the curator.
func (m *maker) sources() []graph.Source {
	var sources []graph.Source
	for i, name := range [dataSources]string{
		"Made disease vocabulary", "Made phenotype annotations", "Made drug indications", "Made anatomy", "Made guidelines", "Made registry",
	} {
		sources = append(sources, graph.Source{
			ID: dataSource(i), Kind: graph.DataSource, Name: name, License: "CC0-1.0", Version: "2026-01", URL: "https://made.example/" + fmt.Sprint(i),
		})
	}
	return append(sources, graph.Source{ID: "made-curator", Kind: graph.CuratorSource, Name: "Made curator"})
}

func dataSource(i int) graph.ID { return graph.ID(fmt.Sprintf("ds:%d", i%dataSources)) }

func articleID(i int) graph.ID { return graph.ID(fmt.Sprintf("made-article-%d", i)) }

func sectionID(article, i int) graph.ID {
	return graph.ID(fmt.Sprintf("made-article-%d-%d", article, i))
}

// allArticles returns the articles with their sections.
func (m *maker) allArticles() []graph.Article {
	articles := make([]graph.Article, m.articles)
	for i := range articles {
		articles[i].Source = graph.Source{ID: articleID(i), Kind: graph.ArticleSource, Name: fmt.Sprintf("Made article %d", i), License: "CC-BY-4.0"}
		for j, heading := range [sectionsPerArticle]string{"Causes", "Signs", "Treatment", "When to see a doctor"} {
			articles[i].Sections = append(articles[i].Sections, graph.Section{
				ID: sectionID(i, j), Heading: heading, Summary: "What article " + fmt.Sprint(i) + " says: " + heading + ".",
			})
		}
	}
	return articles
}

// zipf returns a number below n, small ones more often: the number r with a
// probability near 1/(r+1).
func zipf(r *rand.Rand, n int) int {
	return min(n-1, int(math.Pow(float64(n+1), r.Float64()))-1)
}

// number returns the number of a concept of a kind.
func (m *maker) number(k graph.Kind, rank int) int { return m.first[k] + rank }

// size returns the number of concepts of a kind.
func (m *maker) size(k graph.Kind) int { return m.first[k+1] - m.first[k] }

// kind returns the kind of a concept.
func (m *maker) kind(number int) graph.Kind {
	k := graph.Condition
	for k < graph.OtherConcept && number >= m.first[k+1] {
		k++
	}
	return k
}

func conceptID(number int) graph.ID { return graph.ID(fmt.Sprintf("made:%07d", number)) }
