package annotate

import (
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// Against compares the statements of a data set with the texts that they cite.
type Against struct {
	// Checked counts the statements that were compared. The others are of sources that
	// are no articles or of articles whose text is not there, or their locator names no
	// sentence.
	Checked, NoArticle, NoText, NoLocator int
	// Unnamed are the texts that no article has the SHA-256 of, by their places.
	Unnamed []int
	// Differences are what was found, in the order of the statements.
	Differences []StatementDifference
}

// StatementDifference is what differs in one statement.
type StatementDifference struct {
	Statement graph.ID
	Difference
}

// version is what an article has as its version, before the SHA-256 of its text.
const version = "sha256:"

// Version returns what an article whose text this is has as version.
func (a *Article) Version() string { return version + a.SHA256() }

// Compare compares the statements of a data set for which own is true with texts.
func Compare(d *graph.Dataset, own func(graph.ID) bool, texts []*Article) (made Against) {
	comparers, articles, headings := map[graph.ID]*Comparer{}, map[graph.ID]bool{}, map[graph.ID]string{}
	named := make([]bool, len(texts))
	lexicons := map[string]*Lexicon{}
	for i := range d.Articles {
		a := &d.Articles[i]
		articles[a.ID] = true
		for _, s := range a.Sections {
			headings[s.ID] = s.Heading
		}
		for j, text := range texts {
			if !strings.EqualFold(strings.TrimSpace(a.Version), text.Version()) {
				continue
			}
			named[j] = true
			language, _, _ := strings.Cut(text.language(), "-")
			if lexicons[language] == nil {
				lexicons[language] = NewLexicon(d, language)
			}
			comparers[a.ID] = lexicons[language].Compare(text)
			break
		}
	}
	for j, is := range named {
		if !is {
			made.Unnamed = append(made.Unnamed, j)
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		switch c := comparers[s.Source]; {
		case !own(s.ID):
		case !articles[s.Source]:
			made.NoArticle++
		case c == nil:
			made.NoText++
		case s.Locator == "":
			made.NoLocator++
		case len(Locators(s.Locator)) == 0:
			made.NoLocator++
			made.Differences = append(made.Differences, StatementDifference{s.ID, Difference{
				Of: NoSuchSentence, Qualifier: graph.QualifierLocator, Message: "the locator " + s.Locator + " names no sentence of the text: write one such as " + c.first(),
			}})
		default:
			made.Checked++
			for _, differs := range c.Statement(s, headings[s.Section]) {
				made.Differences = append(made.Differences, StatementDifference{s.ID, differs})
			}
		}
	}
	return made
}

// first returns the locator of the first sentence that is no heading.
func (c *Comparer) first() string {
	for _, s := range c.made.Article.Sentences {
		if !s.IsHeading {
			return s.Locator
		}
	}
	return "L1.S1"
}
