package seed

// Data that is known can be read together with the subject of the work: what the
// subject refers to, is joined with, or adds to.

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Known is what is read together with data that is the subject of the work: what
// the subject refers to, is joined with, or adds to.

// ReadWith does the same as [Read] together with known data, which is not the subject
// of the work: what the paths refer to is looked for there, too. It returns all that was read together, and what is known by
// itself; [Subject] parts them. The report counts the subject alone. Of the known data
// only errors are told, since with them nothing can be relied on.
func ReadWith(ctx context.Context, with []string, paths ...string) (all, known *graph.Dataset, report *Report, err error) {
	return readWith(ctx, with, paths, false, false)
}

func readWith(ctx context.Context, with, paths []string, warn, every bool) (all, known *graph.Dataset, report *Report, err error) {
	c, err := collect(paths)
	if err != nil {
		return nil, nil, nil, err
	}
	c.all = every
	return c.readWith(ctx, with, warn)
}

// readWith reads what was collected together with known data.
func (c *collector) readWith(ctx context.Context, with []string, warn bool) (all, known *graph.Dataset, report *Report, err error) {
	if len(with) == 0 {
		all, report, err = read(ctx, c, warn)
		return all, &graph.Dataset{}, report, err
	}
	subject, unread := len(c.files), c.unread
	if err := c.collect(with); err != nil {
		return nil, nil, nil, err
	}
	own, others := c.files[:subject], slices.Clone(c.files[subject:])
	c.unread = unread
	k := &collector{files: others}
	if known, err = k.alone(ctx); err != nil {
		return nil, nil, nil, err
	}
	c.files, c.known = append(others, own...), k
	all, report, err = read(ctx, c, warn)
	return all, known, report, err
}

// alone reads data for what it says, whatever its problems are.
func (c *collector) alone(ctx context.Context) (*graph.Dataset, error) {
	if len(c.files) == 0 {
		return &graph.Dataset{}, nil
	}
	_, report, err := read(ctx, c, false)
	if report == nil {
		return nil, err
	}
	c.report = report
	_ = c.whole.Normalize() // of faulty data the ids are of use all the same
	return c.whole, nil
}

// Mention is what is kept of things that only the known data describes, where the
// subject names them.
type Mention uint8

// The mentions.
const (
	// ByID keeps nothing but that there is such a thing.
	ByID Mention = iota
	// ByName keeps what it is called and what it is: names, types, exact codes and
	// former ids, whether it is deprecated, and who says so.
	ByName
)

// Subject returns what of data that was read together is not known, and mentions what
// the subject refers to. Where all is joined, so is the subject, and a concept that is
// one with known ones mentions these. The result shares memory with all.
func Subject(all, known *graph.Dataset, by Mention) (*graph.Dataset, error) {
	if len(known.Concepts)+len(known.Statements)+len(known.Sources)+len(known.Articles)+len(known.Predicates)+len(known.Types) == 0 {
		return all, nil
	}
	s := subject{mention: by, known: known, needed: map[graph.ID]bool{}, kept: map[graph.ID]bool{}}
	d := &graph.Dataset{Prefixes: all.Prefixes}
	s.statements(d, all)
	s.concepts(d, all)
	s.sources(d, all)
	s.words(d, all)
	return d, d.Normalize()
}

// Mentioned returns how many concepts of a [Subject] only the known data describes.
func Mentioned(d, known *graph.Dataset) int {
	concepts := idsOf(known.Concepts, func(c *graph.Concept) graph.ID { return c.ID })
	sources := idsOf(known.Sources, func(s *graph.Source) graph.ID { return s.ID })
	n := 0
	for i := range d.Concepts {
		if c := &d.Concepts[i]; concepts[c.ID] && !slices.ContainsFunc(c.Sources, func(s graph.ID) bool { return !sources[s] }) {
			n++
		}
	}
	return n
}

// Mentions returns how many concepts a data set mentions only by their ids.
func Mentions(d *graph.Dataset) (n int) {
	for i := range d.Concepts {
		if isNamed(&d.Concepts[i]) {
			n++
		}
	}
	return n
}

// subject is the work of [Subject].
type subject struct {
	mention Mention
	known   *graph.Dataset
	needed  map[graph.ID]bool // concepts, sections, sources, words
	kept    map[graph.ID]bool // statements
}

func (s *subject) need(ids ...graph.ID) {
	for _, id := range ids {
		s.needed[id] = true
	}
}

// statements keeps those that are not known, and known ones that take the place of
// one that is kept: without them it would count again.
func (s *subject) statements(d, all *graph.Dataset) {
	known := idsOf(s.known.Statements, func(t *graph.Statement) graph.ID { return t.ID })
	keep := func(t *graph.Statement) {
		s.kept[t.ID] = true
		for id := range t.Concepts() {
			s.need(id)
		}
		s.need(t.Source, t.Section, t.Predicate)
	}
	for i := range all.Statements {
		if t := &all.Statements[i]; !known[t.ID] {
			keep(t)
		}
	}
	for more := true; more; {
		more = false
		for i := range all.Statements {
			t := &all.Statements[i]
			if !s.kept[t.ID] && slices.ContainsFunc(t.Supersedes, func(id graph.ID) bool { return s.kept[id] }) {
				keep(t)
				more = true
			}
		}
	}
	for i := range all.Statements {
		if t := all.Statements[i]; s.kept[t.ID] {
			t.Supersedes = slices.DeleteFunc(slices.Clone(t.Supersedes), func(id graph.ID) bool { return !s.kept[id] })
			d.Statements = append(d.Statements, t)
		}
	}
}

// concepts keeps what the subject says of concepts.
func (s *subject) concepts(d, all *graph.Dataset) {
	said := map[graph.ID][]graph.Concept{}
	for i := range s.known.Concepts {
		c := &s.known.Concepts[i]
		for _, part := range partsOf(c) {
			said[part.ID] = append(said[part.ID], part)
		}
	}
	own := make([][]bool, len(all.Concepts)) // its parts
	for i := range all.Concepts {
		c := &all.Concepts[i]
		parts := partsOf(c)
		own[i] = make([]bool, len(parts))
		for j := range parts {
			at := slices.IndexFunc(said[parts[j].ID], func(k graph.Concept) bool { return saysTheSame(&k, &parts[j]) })
			if at >= 0 {
				said[parts[j].ID] = slices.Delete(slices.Clone(said[parts[j].ID]), at, at+1)
				continue
			}
			own[i][j] = true
			s.need(c.ID, parts[j].ReplacedBy, c.ReplacedBy)
			s.need(parts[j].Sections...)
			s.need(parts[j].Sources...)
			s.need(parts[j].Types...)
			for _, code := range parts[j].Codes { // RDF would take the code of a concept that is not there for a link
				if s.mention == ByID {
					s.need(code.Code)
				}
			}
		}
	}
	for i := range all.Concepts {
		if c := &all.Concepts[i]; s.needed[c.ID] {
			d.Concepts = append(d.Concepts, s.concept(c, own[i]))
		}
	}
}

// concept keeps the own parts of a concept, and mentions the others.
func (s *subject) concept(c *graph.Concept, own []bool) graph.Concept {
	if !slices.Contains(own, false) {
		return *c
	}
	var parts []graph.Concept
	for i, part := range partsOf(c) {
		switch {
		case own[i]:
			parts = append(parts, part)
		case s.mention == ByName:
			parts = append(parts, s.named(&part))
		}
	}
	if len(parts) == 0 {
		return graph.Concept{ID: c.ID, IRI: c.IRI}
	}
	made := parts[0]
	if graph.SortMembers(c.ID, parts); len(parts) > 1 || len(c.Members) > 0 && made.ID != c.ID {
		made = graph.Merge(parts)
	}
	made.NotJoined = c.NotJoined
	return made
}

// named keeps what a concept of the known data is called.
func (s *subject) named(c *graph.Concept) graph.Concept {
	s.need(c.Sources...)
	s.need(c.Types...)
	kept := graph.Concept{ID: c.ID, IRI: c.IRI, Types: c.Types, Names: c.Names, Deprecated: c.Deprecated, FormerIDs: c.FormerIDs, Sources: c.Sources}
	for _, code := range c.Codes {
		if code.Match == graph.MatchExact {
			kept.Codes = append(kept.Codes, code)
		}
	}
	if s.needed[c.ReplacedBy] {
		kept.ReplacedBy = c.ReplacedBy
	}
	return kept
}

// sources keeps those of the subject, and mentions those that it names.
func (s *subject) sources(d, all *graph.Dataset) {
	known := idsOf(s.known.Sources, func(t *graph.Source) graph.ID { return t.ID })
	articles := idsOf(s.known.Articles, func(t *graph.Article) graph.ID { return t.ID })
	mention := func(t graph.Source) graph.Source {
		if s.mention == ByID {
			return graph.Source{ID: t.ID, IRI: t.IRI, Kind: t.Kind}
		}
		return t
	}
	for more := true; more; { // what has taken the place of one is named by it
		more = false
		each := func(t *graph.Source, known bool) {
			if by := t.SupersededBy; by != "" && !s.needed[by] && (!known || s.needed[t.ID] && s.mention == ByName) {
				s.need(by)
				more = true
			}
		}
		for i := range all.Sources {
			each(&all.Sources[i], known[all.Sources[i].ID])
		}
		for i := range all.Articles {
			each(&all.Articles[i].Source, articles[all.Articles[i].ID])
		}
	}
	for _, t := range all.Sources {
		switch {
		case !known[t.ID]:
			d.Sources = append(d.Sources, t)
		case s.needed[t.ID]:
			d.Sources = append(d.Sources, mention(t))
		}
	}
	for _, a := range all.Articles {
		if !articles[a.ID] {
			d.Articles = append(d.Articles, a)
			continue
		}
		kept := graph.Article{Source: mention(a.Source)}
		for _, section := range a.Sections {
			if s.needed[section.ID] {
				if section.Summary = ""; s.mention == ByID {
					section.Heading = ""
				}
				kept.Sections = append(kept.Sections, section)
			}
		}
		if s.needed[a.ID] || len(kept.Sections) > 0 {
			d.Articles = append(d.Articles, kept)
		}
	}
}

// words keeps the predicates and types of the subject, and those that what is kept
// needs to be understood.
func (s *subject) words(d, all *graph.Dataset) {
	known := idsOf(s.known.Predicates, func(p *graph.Predicate) graph.ID { return p.ID })
	for _, p := range all.Predicates {
		if !known[p.ID] || s.needed[p.ID] && s.mention == ByName {
			d.Predicates = append(d.Predicates, p)
		}
	}
	types, up := idsOf(s.known.Types, func(t *graph.Type) graph.ID { return t.ID }), graph.SuperclassesOf(all.Types)
	for _, t := range all.Types {
		if s.needed[t.ID] {
			s.need(up.Of(t.ID)...)
		}
	}
	for _, t := range all.Types {
		if !types[t.ID] || s.needed[t.ID] && s.mention == ByName {
			d.Types = append(d.Types, t)
		}
	}
}

// partsOf returns what was written of a concept.
func partsOf(c *graph.Concept) []graph.Concept {
	if len(c.Members) > 0 {
		return c.Members
	}
	return []graph.Concept{*c}
}

// saysTheSame reports whether two entries say the same of a concept. Which sections
// mention it, what its types entail, and that it has a source among others depends on
// what else is read.
func saysTheSame(a, b *graph.Concept) bool {
	said := func(c *graph.Concept) any {
		return []any{c.Names, c.Descriptions, c.Synonyms, c.Codes, c.Note, c.Deprecated, c.ReplacedBy, c.FormerIDs, c.Properties}
	}
	return reflect.DeepEqual(said(a), said(b))
}

func idsOf[T any](all []T, id func(*T) graph.ID) map[graph.ID]bool {
	ids := make(map[graph.ID]bool, len(all))
	for i := range all {
		ids[id(&all[i])] = true
	}
	return ids
}

// known is what the problems of a subject need to know of data that is read with it.
type known struct {
	files   map[string]bool
	things  map[graph.ID]bool // concepts and statements
	sources map[graph.ID]bool
}

// know takes note of what is known.
func (p *problems) know(c *collector) {
	if c == nil {
		return
	}
	p.known = known{
		files:   map[string]bool{},
		things:  idsOf(c.whole.Concepts, func(c *graph.Concept) graph.ID { return c.ID }),
		sources: idsOf(c.whole.Sources, func(s *graph.Source) graph.ID { return s.ID }),
	}
	maps.Copy(p.known.things, idsOf(c.whole.Statements, func(s *graph.Statement) graph.ID { return s.ID }))
	for _, f := range c.files {
		p.known.files[f.name] = true
	}
}

// without takes out of the counts of a report what is known.
func (c *collector) without(r *Report) {
	if c == nil || c.report == nil {
		return
	}
	r.Files -= c.report.Files
	r.Concepts -= c.report.Concepts
	r.Statements -= c.report.Statements
	r.Sources -= c.report.Sources
	r.Articles -= c.report.Articles
	r.Sections -= c.report.Sections
	r.Quads -= c.report.Quads
	known := idsOf(c.whole.Sources, func(s *graph.Source) graph.ID { return s.ID })
	maps.Copy(known, idsOf(c.whole.Articles, func(a *graph.Article) graph.ID { return a.ID }))
	for i := range r.Licenses {
		r.Licenses[i].Sources = slices.DeleteFunc(r.Licenses[i].Sources, func(id graph.ID) bool { return known[id] })
	}
	r.Licenses = slices.DeleteFunc(r.Licenses, func(l graph.LicenseUse) bool { return len(l.Sources) == 0 })
}

// isKnown reports whether what is at a place, or without one in RDF, is described by
// known data.
func (b *builder) isKnown(about graph.ID, at place) bool {
	for _, at := range []place{at, b.statements[about], b.things[about].at} {
		if at.file != "" {
			return b.known.files[at.file]
		}
	}
	return b.known.things[about]
}

// elsewhere says that the seed of the program has what a reference names, by its id or
// as an exact code, if it was not read.
func (b *builder) elsewhere(ref text, wanted ...class) string {
	if b.embedded == nil {
		b.embedded = b.declaredInEmbedded()
	}
	has, known := b.embedded[graph.ID(ref.is)]
	if !known || !slices.Contains(wanted, has.class) {
		return ""
	}
	what := EmbeddedPath + " has it"
	if string(has.id) != ref.is {
		what = "it is a code of " + string(has.id) + ", which " + EmbeddedPath + " has"
	}
	return ": " + what + "; read that, too (--with " + EmbeddedPath + ", or --data " + EmbeddedPath + " to serve it)"
}

// declaredThing is what a name stands for.
type declaredThing struct {
	id    graph.ID
	class class
}

// declaredInEmbedded returns what the seed of the program describes, by ids and codes:
// nothing if it was read.
func (b *builder) declaredInEmbedded() map[graph.ID]declaredThing {
	all := map[graph.ID]declaredThing{}
	c, err := collect([]string{EmbeddedPath})
	if err != nil || slices.ContainsFunc(c.files, func(f file) bool { _, read := b.files[f.name]; return read }) {
		return all
	}
	d, _, err := read(context.Background(), c, false)
	if err != nil {
		return all // not reached: the tests check it
	}
	for i := range d.Concepts {
		for _, code := range d.Concepts[i].Codes {
			if code.Match == graph.MatchExact {
				all[code.Code] = declaredThing{d.Concepts[i].ID, aConcept}
			}
		}
	}
	for i := range d.Concepts {
		all[d.Concepts[i].ID] = declaredThing{d.Concepts[i].ID, aConcept}
	}
	for i := range d.Sources {
		all[d.Sources[i].ID] = declaredThing{d.Sources[i].ID, sourceClass(d.Sources[i].Kind)}
	}
	for _, a := range d.Articles {
		all[a.ID] = declaredThing{a.ID, anArticle}
		for _, s := range a.Sections {
			all[s.ID] = declaredThing{s.ID, aSection}
		}
	}
	return all
}
