package graph

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Dataset is all that was read: what a store is built from. Build one, call
// [Dataset.Normalize], then leave it unchanged.
type Dataset struct {
	Prefixes   Prefixes
	Sources    []Source // all but the articles
	Articles   []Article
	Concepts   []Concept
	Statements []Statement
	// Predicates and Types are what the data sets declare themselves, beyond the
	// registry and the classes that make a kind by name.
	Predicates []Predicate
	Types      []Type
}

// Normalize brings the data set into its one canonical order and fills what
// follows from the rest: IRIs, statement ids, names of predicates and types,
// the superclasses of declared types among those of a concept
// ([Superclasses.Entail]), the order of concepts (by name, then id), of
// statements (by source, then position in it) and of all lists within them.
// Equal content, read from any files in any order, is equal afterwards;
// normalizing again changes nothing.
//
// The position of a statement in its source is its section, then its locator
// ([CompareLocators]); after that come subject, predicate and object in
// default order, and the id. Sources are ordered by id.
//
// It returns an error, and leaves the order undefined, if two things share an
// id or a reference leads nowhere; seed reports such faults with their place
// before it comes to that.
func (d *Dataset) Normalize() error {
	iris := d.fillIRIs()
	iri := func(id ID) string {
		if s, ok := iris[id]; ok {
			return s
		}
		return d.Prefixes.Expand(id)
	}
	inHalves(len(d.Statements), func(from, to int) {
		for i := from; i < to; i++ {
			s := &d.Statements[i]
			if s.ID == "" {
				s.ID = s.DeriveID(iri)
			}
			if s.IRI == "" {
				s.IRI = d.Prefixes.Expand(s.ID)
			}
			sortProperties(s.Properties)
			s.Properties = slices.Compact(s.Properties)
		}
	})
	d.sortPredicates()
	d.sortTypes()
	d.sortConcepts(d.sortSources())
	ids, err := d.number()
	if err == nil {
		err = d.checkSources(ids)
	}
	if err == nil {
		err = d.checkConcepts(ids)
	}
	if err == nil {
		err = d.sortStatements(ids)
	}
	return err
}

// fillIRIs fills the empty IRIs of everything but statements and returns
// those that are not the plain expansion of the id.
func (d *Dataset) fillIRIs() map[ID]string {
	own := map[ID]string{}
	fill := func(id ID, iri *string) {
		if expanded := d.Prefixes.Expand(id); *iri == "" {
			*iri = expanded
		} else if *iri != expanded {
			own[id] = *iri
		}
	}
	for i := range d.Sources {
		fill(d.Sources[i].ID, &d.Sources[i].IRI)
	}
	for i := range d.Articles {
		a := &d.Articles[i]
		a.Kind = ArticleSource
		fill(a.ID, &a.IRI)
		for j := range a.Sections {
			fill(a.Sections[j].ID, &a.Sections[j].IRI)
		}
	}
	for i := range d.Concepts {
		fill(d.Concepts[i].ID, &d.Concepts[i].IRI)
	}
	return own
}

// sortSources sorts sources and articles by id, but leaves the sections of an
// article in the order of its text, and returns the rank of every section.
func (d *Dataset) sortSources() map[ID]int {
	slices.SortFunc(d.Sources, func(a, b Source) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(d.Articles, func(a, b Article) int { return cmp.Compare(a.ID, b.ID) })
	rank := map[ID]int{}
	for _, a := range d.Articles {
		for _, s := range a.Sections {
			rank[s.ID] = len(rank)
		}
	}
	return rank
}

func (d *Dataset) sortConcepts(sections map[ID]int) {
	up := SuperclassesOf(d.Types)
	inHalves(len(d.Concepts), func(from, to int) { sortLists(d.Concepts[from:to], sections, up) })
	// Most names differ in the first letters, which a number holds: a text is
	// seldom looked at, and no concept moves before its place is known.
	type key struct {
		letters [2]uint64
		at      uint32
	}
	keys := make([]key, len(d.Concepts))
	for i := range keys {
		keys[i] = key{foldedLetters(d.Concepts[i].Name()), uint32(i)}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if a.letters != b.letters {
			return slices.Compare(a.letters[:], b.letters[:])
		}
		return CompareConcepts(&d.Concepts[a.at], &d.Concepts[b.at])
	})
	order := make([]uint32, len(keys))
	for i := range keys {
		order[i] = keys[i].at
	}
	rearrange(d.Concepts, order)
}

// sortLists sorts the lists within concepts.
func sortLists(concepts []Concept, sections map[ID]int, up Superclasses) {
	for i := range concepts {
		c := &concepts[i]
		c.Types = up.Entail(c.Types)
		if len(c.Types) > 1 {
			first := c.Types[0]
			rest := slices.DeleteFunc(c.Types[1:], func(t ID) bool { return t == first })
			slices.SortFunc(rest, compareClasses)
			c.Types = append(c.Types[:1], slices.Compact(rest)...)
		}
		slices.SortFunc(c.Names, compareTexts)
		c.Names = slices.Compact(c.Names)
		slices.SortFunc(c.Descriptions, compareTexts)
		c.Descriptions = slices.Compact(c.Descriptions)
		slices.SortFunc(c.Synonyms, func(a, b Synonym) int {
			return cmp.Or(compareTexts(Text{a.Text, a.Language}, Text{b.Text, b.Language}),
				cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Via, b.Via))
		})
		c.Synonyms = slices.Compact(c.Synonyms)
		slices.SortFunc(c.Codes, compareCodes)
		c.Codes = slices.Compact(c.Codes)
		slices.SortFunc(c.Sections, func(a, b ID) int { return cmp.Or(cmp.Compare(sections[a], sections[b]), cmp.Compare(a, b)) })
		c.Sections = slices.Compact(c.Sections)
		slices.Sort(c.Sources)
		c.Sources = slices.Compact(c.Sources)
		sortProperties(c.Properties)
		c.Properties = slices.Compact(c.Properties)
	}
}

// inHalves does the same for two halves of a list, on two cores.
func inHalves(n int, do func(from, to int)) {
	var half sync.WaitGroup
	half.Go(func() { do(0, n/2) })
	do(n/2, n)
	half.Wait()
}

// rearrange puts item order[i] at place i. It moves each item once and needs no
// room for them; order is used up.
func rearrange[T any](items []T, order []uint32) {
	for first := range order {
		if order[first] == uint32(first) {
			continue
		}
		kept, at := items[first], first
		for from := int(order[at]); from != first; from = int(order[at]) {
			items[at], order[at] = items[from], uint32(at)
			at = from
		}
		items[at], order[at] = kept, uint32(at)
	}
}

// compareTexts puts texts without a language first, then English, then the
// other languages by tag; within one language by name.
func compareTexts(a, b Text) int {
	return cmp.Or(cmp.Compare(languageRank(a.Language), languageRank(b.Language)),
		cmp.Compare(a.Language, b.Language), CompareNames(a.Text, b.Text))
}

func languageRank(tag string) int {
	switch {
	case tag == "":
		return 0
	case tag == "en", strings.HasPrefix(tag, "en-"):
		return 1
	default:
		return 2
	}
}

func compareCodes(a, b Code) int {
	return cmp.Or(cmp.Compare(matchRank(a.Match), matchRank(b.Match)),
		cmp.Compare(a.Code, b.Code), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Via, b.Via))
}

// matchRank orders mapping relations, closest first and "not stated" last.
func matchRank(m Match) int {
	if i := slices.Index(Matches(), m); i >= 0 {
		return i
	}
	return len(Matches())
}

func sortProperties(ps []Property) {
	slices.SortFunc(ps, func(a, b Property) int {
		return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), CompareValues(a.Value, b.Value))
	})
}

// CompareValues is the order of values: by text as names are ordered, then by
// language and datatype.
func CompareValues(a, b Value) int {
	return cmp.Or(CompareNames(a.Text, b.Text), cmp.Compare(a.Language, b.Language), cmp.Compare(a.Datatype, b.Datatype))
}
