package join

import (
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// rankOf orders ids by what they are: slugs, codes of the listed vocabularies in
// their order, all else.
func rankOf(id graph.ID) int {
	if !strings.Contains(string(id), ":") {
		return -1
	}
	_, rank, _ := graph.VocabularyOf(id)
	return rank
}

// dataSet begins the space of the slugs that a data set describes as its own.
const dataSet = "data set "

// spacesOf returns the spaces in which a concept's id is the only one of its thing:
// its vocabulary or, for a slug, each data set that describes it as its own. A data
// set that gives a slug no type adds to what is of others: names, say.
func spacesOf(c *graph.Concept) (spaces []string) {
	id := string(c.ID)
	prefix, local, isCode := strings.Cut(id, ":")
	switch {
	case !isCode:
		said := []graph.Concept{*c}
		if len(c.Members) > 0 {
			said = c.Members
		}
		for i := range said {
			for _, source := range said[i].Sources {
				if space := dataSet + string(source); (len(said) == 1 || len(said[i].Types) > 0) && !slices.Contains(spaces, space) {
					spaces = append(spaces, space)
				}
			}
		}
		return spaces
	case strings.HasPrefix(local, "//"): // an IRI of no known prefix
		return []string{id[:strings.LastIndexAny(id, "/#")+1]}
	}
	if v, _, known := graph.VocabularyOf(c.ID); known {
		return []string{v.Prefix}
	}
	return []string{prefix}
}
