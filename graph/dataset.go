package graph

import (
	"cmp"
	"iter"
	"slices"
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
			slices.SortFunc(s.Properties, CompareProperties)
			s.Properties = slices.Compact(s.Properties)
			for _, q := range listQualifiers {
				ids := s.List(q)
				slices.Sort(*ids)
				*ids = slices.Compact(*ids)
			}
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
	if err == nil {
		err = d.checkTogether(ids)
	}
	if err == nil {
		err = d.withdraw(ids)
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
		c := &d.Concepts[i]
		fill(c.ID, &c.IRI)
		for at := range c.Members {
			m := &c.Members[at]
			if m.ID == c.ID {
				m.IRI = cmp.Or(m.IRI, c.IRI)
			}
			m.IRI = cmp.Or(m.IRI, d.Prefixes.Expand(m.ID))
		}
	}
	return own
}

// Things yields everything that has a ref, with its id and IRI, in the order of
// refs: the first is that of ref 1.
func (d *Dataset) Things() iter.Seq2[ID, string] {
	return func(yield func(ID, string) bool) {
		for i := range d.Concepts {
			if !yield(d.Concepts[i].ID, d.Concepts[i].IRI) {
				return
			}
		}
		for i := range d.Statements {
			if !yield(d.Statements[i].ID, d.Statements[i].IRI) {
				return
			}
		}
		for i := range d.Articles {
			if !yield(d.Articles[i].ID, d.Articles[i].IRI) {
				return
			}
		}
		for i := range d.Articles {
			for _, s := range d.Articles[i].Sections {
				if !yield(s.ID, s.IRI) {
					return
				}
			}
		}
		for i := range d.Sources {
			if !yield(d.Sources[i].ID, d.Sources[i].IRI) {
				return
			}
		}
	}
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
			slices.SortFunc(rest, CompareClasses)
			c.Types = append(c.Types[:1], slices.Compact(rest)...)
		}
		slices.SortFunc(c.Names, CompareTexts)
		sameText := func(a, b Text) bool { return a.Text == b.Text && SameLanguage(a.Language, b.Language) }
		c.Names = slices.CompactFunc(c.Names, sameText)
		slices.SortFunc(c.Descriptions, CompareTexts)
		c.Descriptions = slices.CompactFunc(c.Descriptions, sameText)
		slices.SortFunc(c.Synonyms, CompareSynonyms)
		c.Synonyms = slices.CompactFunc(c.Synonyms, func(a, b Synonym) bool {
			same := SameLanguage(a.Language, b.Language)
			a.Language = b.Language
			return same && a == b
		})
		slices.SortFunc(c.Codes, CompareCodes)
		c.Codes = slices.Compact(c.Codes)
		slices.SortFunc(c.Sections, func(a, b ID) int { return cmp.Or(cmp.Compare(sections[a], sections[b]), cmp.Compare(a, b)) })
		c.Sections = slices.Compact(c.Sections)
		slices.Sort(c.FormerIDs)
		c.FormerIDs = slices.Compact(c.FormerIDs)
		slices.Sort(c.Sources)
		c.Sources = slices.Compact(c.Sources)
		slices.SortFunc(c.Properties, CompareProperties)
		c.Properties = slices.Compact(c.Properties)
		slices.SortFunc(c.NotJoined, CompareNotJoined)
		c.NotJoined = slices.Compact(c.NotJoined)
		sortLists(c.Members, sections, up)
		SortMembers(c.ID, c.Members)
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
