package join

import (
	"cmp"
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

// coding is a code, without its prefix, and the member that has it.
type coding struct {
	code   string
	member int32
}

// codedIn returns the exact codes of a concept with a slug, by vocabularies in which
// a thing has one, but for those of which not all who describe it are of one mind:
// where they are ids of concepts, these matches say it.
func (f *finder) codedIn(at int32) map[string][]coding {
	codes, c := map[string][]coding{}, f.concepts[at]
	if strings.Contains(string(c.ID), ":") {
		return codes
	}
	for _, k := range c.Codes {
		v, _, known := graph.VocabularyOf(k.Code)
		if !known || !v.OneThing || k.Match != graph.MatchExact {
			continue
		}
		_, contested := saidBy(c, k.Code)
		if _, isID := f.at[k.Code]; !contested || !isID && describedWith(c, k.Code) {
			codes[v.Prefix] = append(codes[v.Prefix], coding{localID(k.Code), at})
		}
	}
	return codes
}

// describedWith reports whether one of those who describe a concept says a code.
func describedWith(c *graph.Concept, code graph.ID) bool {
	return slices.ContainsFunc(c.Members, func(m graph.Concept) bool { return len(m.Types) > 0 && hasExact(&m, code) })
}

// differ returns a member of each of two things if one has exact codes of a
// vocabulary, and the other an id or exact codes of it, and none of them is the same.
func (f *finder) differ(space string, x, y *thing) (a, b int32, apart bool) {
	all := func(t *thing) []coding {
		if member, own := t.own[space]; own {
			return append(slices.Clone(t.coded[space]), coding{localID(f.concepts[member].ID), member})
		}
		return t.coded[space]
	}
	ours, theirs := all(x), all(y)
	if len(ours)*len(theirs) == 0 || len(x.coded[space])+len(y.coded[space]) == 0 {
		return 0, 0, false
	}
	for _, c := range ours {
		if slices.ContainsFunc(theirs, func(other coding) bool { return other.code == c.code }) {
			return 0, 0, false
		}
	}
	first := func(all []coding) int32 {
		return slices.MinFunc(all, func(a, b coding) int { return cmp.Compare(a.member, b.member) }).member
	}
	return first(ours), first(theirs), true
}

// localID returns a CURIE without its prefix, which can be written in several ways.
func localID(id graph.ID) string {
	_, local, _ := strings.Cut(string(id), ":")
	return local
}
