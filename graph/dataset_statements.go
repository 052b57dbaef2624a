package graph

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/plexus-kg/plexus/graph/internal/names"
)

// numbering numbers all things but statements, by id: the concepts in their
// order, then sections, articles and sources.
type numbering struct {
	*names.Table
	sections, articles, sources, predicates, types, statements, former int32 // where they begin
}

// number numbers the things. It returns an error if two share an id.
func (d *Dataset) number() (*numbering, error) {
	n := &numbering{sections: int32(len(d.Concepts))}
	n.articles = n.sections
	for i := range d.Articles {
		n.articles += int32(len(d.Articles[i].Sections))
	}
	n.sources = n.articles + int32(len(d.Articles))
	n.predicates = n.sources + int32(len(d.Sources))
	n.types = n.predicates + int32(len(d.Predicates))
	n.statements = n.types + int32(len(d.Types))
	n.former = n.statements + int32(len(d.Statements))
	n.Table = names.New(int(n.former))
	var err error
	add := func(id ID) { err = cmp.Or(err, n.add(id)) }
	for i := range d.Concepts {
		add(d.Concepts[i].ID)
	}
	for i := range d.Articles {
		for j := range d.Articles[i].Sections {
			add(d.Articles[i].Sections[j].ID)
		}
	}
	for i := range d.Articles {
		add(d.Articles[i].ID)
	}
	for i := range d.Sources {
		add(d.Sources[i].ID)
	}
	for i := range d.Predicates {
		add(d.Predicates[i].ID)
	}
	for i := range d.Types {
		add(d.Types[i].ID)
	}
	return n, err
}

// add gives an id the next number. It returns an error if it has one already.
func (n *numbering) add(id ID) error {
	next := int32(n.Len())
	other, twice := n.Add(string(id))
	if !twice {
		return nil
	}
	return fmt.Errorf("the id %q is given twice, as %s and as %s", id, n.class(other), n.class(next))
}

// The classes that are told apart here, as errors call them.
const (
	aConcept   = "concept"
	aSection   = "section"
	anArticle  = "article"
	aSource    = "source"
	aPredicate = "predicate"
	aType      = "type"
	aStatement = "statement"
	aFormerID  = "former id"
)

func (n *numbering) class(number int32) string {
	switch {
	case number < n.sections:
		return aConcept
	case number < n.articles:
		return aSection
	case number < n.sources:
		return anArticle
	case number < n.predicates:
		return aSource
	case number < n.types:
		return aPredicate
	case number < n.statements:
		return aType
	case number < n.former:
		return aStatement
	default:
		return aFormerID
	}
}

// find returns the number of a thing of a class.
func (n *numbering) find(id ID, class string) (number int32, known bool) {
	number, known = n.Find(string(id))
	return number, known && n.class(number) == class
}

// checkSources returns an error if a source refers to nothing.
func (d *Dataset) checkSources(ids *numbering) error {
	check := func(s *Source) error {
		if s.SupersededBy == "" || ids.isSource(s.SupersededBy) {
			return nil
		}
		return fmt.Errorf("%s: no source %q", s.ID, s.SupersededBy)
	}
	var err error
	for i := range d.Sources {
		err = cmp.Or(err, check(&d.Sources[i]))
	}
	for i := range d.Articles {
		err = cmp.Or(err, check(&d.Articles[i].Source))
	}
	return err
}

// isSource reports whether an id is that of a source or an article.
func (n *numbering) isSource(id ID) bool {
	_, isSource := n.find(id, aSource)
	_, isArticle := n.find(id, anArticle)
	return isSource || isArticle
}

// checkConcepts returns an error if a concept refers to nothing.
func (d *Dataset) checkConcepts(ids *numbering) error {
	for i := range d.Concepts {
		c := &d.Concepts[i]
		for _, id := range c.Sources {
			if !ids.isSource(id) {
				return fmt.Errorf("%s: no source %q", c.ID, id)
			}
		}
		if _, known := ids.find(c.ReplacedBy, aConcept); c.ReplacedBy != "" && (!known || c.ReplacedBy == c.ID) {
			return fmt.Errorf("%s: no other concept %q replaces it", c.ID, c.ReplacedBy)
		}
		for _, id := range c.Sections {
			if _, known := ids.find(id, aSection); !known {
				return fmt.Errorf("%s: no section %q", c.ID, id)
			}
		}
	}
	return nil
}

// statementKey is what statements are ordered by first, in numbers: neither
// are the statements touched nor most texts compared while they are sorted.
type statementKey struct {
	source, section, subject, predicate, object int32

	at      uint32
	locator string
}

// sortStatements sorts the statements, and returns an error if one of them
// refers to nothing or shares its id.
func (d *Dataset) sortStatements(ids *numbering) error {
	k := d.newKeyer(ids)
	keys := make([]statementKey, len(d.Statements))
	var failed [2]error
	inHalves(len(keys), func(from, to int) {
		for i := from; i < to; i++ {
			var err error
			if keys[i], err = k.key(uint32(i)); err != nil {
				failed[min(from, 1)] = err
				return
			}
		}
	})
	if err := cmp.Or(failed[0], failed[1]); err != nil {
		return err
	}
	var sorted sync.WaitGroup
	sorted.Go(func() {
		slices.SortFunc(keys, func(a, b statementKey) int {
			if c := compareKeys(&a, &b); c != 0 {
				return c
			}
			x, y := &d.Statements[a.at], &d.Statements[b.at]
			return cmp.Or(CompareValues(x.Value, y.Value), compareNatural(string(x.ID), string(y.ID)))
		})
	})
	var err error
	for i := range d.Statements { // while they are sorted
		err = cmp.Or(err, ids.add(d.Statements[i].ID))
	}
	sorted.Wait()
	order := make([]uint32, len(keys))
	for i := range keys {
		order[i] = keys[i].at
	}
	rearrange(d.Statements, order)
	return err
}

// compareKeys compares one number after the other: most pairs differ early,
// and this runs n·log n times.
func compareKeys(a, b *statementKey) int {
	switch {
	case a.source != b.source:
		return cmp.Compare(a.source, b.source)
	case a.section != b.section:
		return cmp.Compare(a.section, b.section)
	}
	if a.locator != b.locator {
		if c := CompareLocators(a.locator, b.locator); c != 0 {
			return c
		}
	}
	switch {
	case a.subject != b.subject:
		return cmp.Compare(a.subject, b.subject)
	case a.predicate != b.predicate:
		return cmp.Compare(a.predicate, b.predicate)
	default:
		return cmp.Compare(a.object, b.object)
	}
}

// keyer makes the keys of statements.
type keyer struct {
	statements []Statement
	ids        *numbering
	sources    map[ID]int32 // the places of sources and articles in the order of their ids
	predicates map[ID]int32
}

func (d *Dataset) newKeyer(ids *numbering) *keyer {
	k := &keyer{statements: d.Statements, ids: ids, sources: map[ID]int32{"": 0}, predicates: map[ID]int32{}}
	for i := range d.Articles {
		k.sources[d.Articles[i].ID] = 0
	}
	for i := range d.Sources {
		k.sources[d.Sources[i].ID] = 0
	}
	for i := range d.Statements {
		if p := d.Statements[i].Predicate; i == 0 || p != d.Statements[i-1].Predicate {
			k.predicates[p] = 0
		}
	}
	for _, ranks := range []map[ID]int32{k.sources, k.predicates} {
		for i, id := range slices.Sorted(maps.Keys(ranks)) {
			ranks[id] = int32(i)
		}
	}
	return k
}

func (k *keyer) key(at uint32) (key statementKey, err error) {
	s := &k.statements[at]
	find := func(id ID, class string) int32 {
		n, known := k.ids.find(id, class)
		if !known && err == nil {
			err = fmt.Errorf("statement %s: no %s %q", s.ID, class, id)
		}
		return n
	}
	key = statementKey{at: at, locator: s.Locator, section: math.MaxInt32, object: -1, predicate: k.predicates[s.Predicate]}
	if s.Section != "" {
		key.section = find(s.Section, aSection)
	}
	key.subject = find(s.Subject, aConcept)
	if s.Object != "" {
		key.object = find(s.Object, aConcept)
	}
	if s.Stage != "" {
		find(s.Stage, aConcept)
	}
	source, known := k.sources[s.Source]
	if key.source = source; !known && err == nil {
		err = fmt.Errorf("statement %s: no source %q", s.ID, s.Source)
	}
	return key, err
}
