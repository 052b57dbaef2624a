package seed

import (
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// mostIDs is how many ids of a kind a schema offers: editors list them all.
const mostIDs = 5000

// offerIDs lets editors complete the ids of a data set wherever a schema asks for one.
// Others are allowed: what exists, only a check knows.
func offerIDs(schema node, own *graph.Dataset) {
	concepts := make([]string, len(own.Concepts))
	for i := range own.Concepts {
		concepts[i] = string(own.Concepts[i].ID)
	}
	var sources, sections []string
	for i := range own.Sources {
		sources = append(sources, string(own.Sources[i].ID))
	}
	for i := range own.Articles {
		sources = append(sources, string(own.Articles[i].ID))
		for _, s := range own.Articles[i].Sections {
			sections = append(sections, string(s.ID))
		}
	}
	offers := map[string][]string{
		"subject": concepts, "object": concepts, "objects": concepts, "with": concepts, "stage": concepts, "replacedBy": concepts,
		"source": sources, "section": sections, "sections": sections,
	}
	for _, ids := range offers {
		slices.Sort(ids)
	}
	var offer func(n node)
	offer = func(n node) {
		keys, _ := n["properties"].(map[string]node)
		for name, key := range keys {
			ids, isID := offers[name]
			into := key
			if items, isList := key["items"].(node); isList {
				offer(items)
				into = items
			}
			if isID && len(ids) > 0 && len(ids) <= mostIDs && into["type"] != "object" {
				into["examples"] = ids
			}
			offer(key)
		}
	}
	offer(schema)
}
