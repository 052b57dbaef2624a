package join

import (
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
	if v, _, known := graph.VocabularyOf(c.ID); known {
		return v.Prefix
	}
	return prefix
}
