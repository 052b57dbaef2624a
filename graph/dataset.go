package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Dataset is all that was read: what a store is built from. Build one, call
// [Dataset.Normalize], then leave it unchanged.
type Dataset struct {
	Prefixes   Prefixes
	Sources    []Source // all but the articles
	Articles   []Article
	Concepts   []Concept
	Statements []Statement
	// Predicates are the predicates of the data sets themselves, beyond the
	// registry.
	Predicates []Predicate
}

// Normalize brings the data set into its one canonical order and fills what
// follows from the rest: IRIs, statement ids, names of predicates, the order of concepts (by name,
// then id), of statements (by source, then position in it) and of all lists
// within them. Equal content, read from any files in any order, is equal
// afterwards; normalizing again changes nothing.
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
	for i := range d.Statements {
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
	for i := range d.Predicates {
		p := &d.Predicates[i]
		described := DescribePredicate(p.ID, d.Prefixes)
		p.IRI = cmp.Or(p.IRI, described.IRI)
		p.Name = cmp.Or(p.Name, described.Name)
	}
	sections := d.sortSources()
	d.sortConcepts(sections)
	if err := d.sortStatements(sections); err != nil {
		return err
	}
	slices.SortFunc(d.Predicates, func(a, b Predicate) int { return cmp.Compare(a.ID, b.ID) })
	return d.checkIDs()
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
	for i := range d.Concepts {
		c := &d.Concepts[i]
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
	slices.SortFunc(d.Concepts, func(a, b Concept) int { return CompareConcepts(&a, &b) })
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

func (d *Dataset) sortStatements(sections map[ID]int) error {
	rank := make(map[ID]int, len(d.Concepts))
	for i := range d.Concepts {
		rank[d.Concepts[i].ID] = i
	}
	type key struct{ section, subject, object, at int }
	keys := make([]key, len(d.Statements))
	for i := range d.Statements {
		s := &d.Statements[i]
		k := key{section: len(sections), object: -1, at: i}
		if n, ok := sections[s.Section]; ok {
			k.section = n
		} else if s.Section != "" {
			return fmt.Errorf("statement %s: no section %q", s.ID, s.Section)
		}
		var ok bool
		if k.subject, ok = rank[s.Subject]; !ok {
			return fmt.Errorf("statement %s: no concept %q", s.ID, s.Subject)
		}
		if s.Object != "" {
			if k.object, ok = rank[s.Object]; !ok {
				return fmt.Errorf("statement %s: no concept %q", s.ID, s.Object)
			}
		}
		keys[i] = k
	}
	slices.SortFunc(keys, func(x, y key) int {
		a, b := &d.Statements[x.at], &d.Statements[y.at]
		// One after the other: most pairs differ early, and this runs n·log n times.
		if c := cmp.Compare(a.Source, b.Source); c != 0 {
			return c
		}
		if c := cmp.Compare(x.section, y.section); c != 0 {
			return c
		}
		if c := CompareLocators(a.Locator, b.Locator); c != 0 {
			return c
		}
		return cmp.Or(
			cmp.Compare(x.subject, y.subject),
			cmp.Compare(a.Predicate, b.Predicate),
			cmp.Compare(x.object, y.object),
			CompareValues(a.Value, b.Value),
			compareNatural(string(a.ID), string(b.ID)),
		)
	})
	sorted := make([]Statement, len(keys))
	for i, k := range keys {
		sorted[i] = d.Statements[k.at]
	}
	d.Statements = sorted
	return nil
}

// checkIDs returns an error if two things share an id, or a reference to
// anything but a concept leads nowhere.
func (d *Dataset) checkIDs() error {
	seen := make(map[ID]string, len(d.Concepts)+len(d.Statements))
	var err error
	add := func(id ID, what string) {
		if other, twice := seen[id]; twice && err == nil {
			err = fmt.Errorf("the id %q is given twice, as %s and as %s", id, other, what)
		}
		seen[id] = what
	}
	for i := range d.Concepts {
		add(d.Concepts[i].ID, "concept")
	}
	for i := range d.Statements {
		add(d.Statements[i].ID, "statement")
	}
	for i := range d.Articles {
		add(d.Articles[i].ID, "article")
		for _, s := range d.Articles[i].Sections {
			add(s.ID, "section")
		}
	}
	for i := range d.Sources {
		add(d.Sources[i].ID, "source")
	}
	need := func(id ID, of ID, what ...string) {
		if id != "" && err == nil && !slices.Contains(what, seen[id]) {
			err = fmt.Errorf("%s: no %s %q", of, what[0], id)
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		need(s.Source, s.ID, "source", "article")
		need(s.Stage, s.ID, "concept")
	}
	for i := range d.Concepts {
		c := &d.Concepts[i]
		for _, id := range c.Sources {
			need(id, c.ID, "source", "article")
		}
		for _, id := range c.Sections {
			need(id, c.ID, "section")
		}
	}
	return err
}
