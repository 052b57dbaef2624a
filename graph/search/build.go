package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/progress"
)

// relatedLabel is the property of concepts that the field RelatedLabel holds.
const relatedLabel graph.ID = "kg:relatedLabel"

// buildBatch is how many concepts are read at once.
const buildBatch = 1024

// Build makes the index of all concepts that a Reader has. The same content
// gives the same bytes, whatever Reader it comes from.
//
// Errors are the context's, the Reader's, or that the texts exceed 4 GiB.
func Build(ctx context.Context, r graph.Reader) (*Index, error) {
	stage := progress.Begin(ctx, "indexing", "concepts", int64(r.Summary().Concepts))
	defer stage.End()
	c := collector{stage: stage, languages: map[string]uint16{"": 0}, languageList: []string{""}}
	if err := c.collect(ctx, r); err != nil {
		return nil, err
	}
	l, err := c.layOut(ctx, r.Summary().Version)
	if err != nil {
		return nil, err
	}
	data, err := l.encode()
	if err != nil {
		return nil, err
	}
	return Open(data)
}

// collector gathers the texts of all concepts.
type collector struct {
	stage   *progress.Stage
	related graph.PredicateRef // of RelatedLabel
	kinds   []uint16           // of each concept, a bit for each kind
	// Of the current concept: the group of its texts, the language of its root name,
	// and its place among concepts whose texts are alike.
	aside    shelf
	language string
	before   uint64

	entries []draft
	arena   []byte // their texts: those of a batch do not outlive it

	languages    map[string]uint16
	languageList []string
}

// draft is a text of a concept that will be an entry of the index.
type draft struct {
	rank           uint64 // the static order, up to ref and text
	ref            graph.Ref
	text, length   uint32 // place in the arena
	language       uint16
	shelf          shelf
	relation, near uint8
	predicate      uint16 // of a value, from 1
}

// ownID is the relation of the id of a concept to it. The others are the
// positions in graph.Scopes and graph.Matches, from 1, with 0 for none stated.
const ownID = 255

func (c *collector) collect(ctx context.Context, r graph.Reader) error {
	summary := r.Summary()
	properties := graph.PropertyQuery{Predicates: []graph.PredicateRef{}}
	c.related = graph.PredicateRef(len(summary.Predicates))
	for i := range summary.Predicates {
		p := &summary.Predicates[i]
		if p.ID == relatedLabel {
			c.related = graph.PredicateRef(i)
		}
		if (p.Text || p.ID == relatedLabel) && p.Statements+p.Properties > 0 {
			properties.Predicates = append(properties.Predicates, graph.PredicateRef(i))
		}
	}
	if len(summary.Predicates) > math.MaxUint16 {
		return fmt.Errorf("a search index knows at most %d predicates", math.MaxUint16)
	}
	var concepts graph.ConceptBatch
	var values graph.PropertyBatch
	refs := make([]graph.Ref, 0, buildBatch)
	first := summary.First(graph.ClassConcept)
	const fields = graph.ConceptID | graph.ConceptTypes | graph.ConceptNames | graph.ConceptSynonyms |
		graph.ConceptCodes | graph.ConceptDescriptions | graph.ConceptFormerIDs | graph.ConceptMembers | graph.ConceptDeprecated
	for start := 0; start < summary.Concepts; start += buildBatch {
		refs = refs[:0]
		for i := start; i < min(start+buildBatch, summary.Concepts); i++ {
			refs = append(refs, first+graph.Ref(i))
		}
		if err := r.Concepts(ctx, refs, fields, &concepts); err != nil {
			return fmt.Errorf("reading concepts for the search index: %w", err)
		}
		if err := r.Properties(ctx, refs, properties, &values); err != nil {
			return fmt.Errorf("reading values for the search index: %w", err)
		}
		for i, ref := range refs {
			if err := c.concept(ref, i, &concepts, &values); err != nil {
				return err
			}
		}
		c.stage.Add(len(refs))
	}
	return ctx.Err()
}

// concept gathers the texts of one concept, row i of the batches.
func (c *collector) concept(ref graph.Ref, i int, concepts *graph.ConceptBatch, values *graph.PropertyBatch) error {
	var kinds uint16
	for _, k := range graph.KindsOf(nil, concepts.Types.At(i)) {
		kinds |= 1 << k
	}
	if c.kinds = append(c.kinds, kinds); concepts.Deprecated[i] {
		c.kinds[len(c.kinds)-1] |= deprecated
	}
	start := len(c.entries)
	c.place(kinds, concepts.Names.At(i))
	for _, t := range concepts.Names.At(i) {
		c.add(start, ref, Name, t.Text, t.Language, 0)
	}
	for _, s := range concepts.Synonyms.At(i) {
		c.add(start, ref, Synonym, s.Text, s.Language, 1+slices.Index(graph.Scopes(), s.Scope))
	}
	c.add(start, ref, Code, concepts.ID[i], "", ownID)
	for _, m := range concepts.Members.At(i) {
		c.add(start, ref, Code, string(m.ID), "", ownID)
	}
	for _, id := range concepts.FormerIDs.At(i) {
		c.add(start, ref, Code, string(id), "", ownID)
	}
	for _, k := range concepts.Codes.At(i) {
		c.add(start, ref, Code, string(k.Code), "", 1+slices.Index(graph.Matches(), k.Match))
	}
	for j := values.Start[i]; j < values.Start[i+1]; j++ {
		if v := &values.Value[j]; values.Predicate[j] == c.related && v.Datatype != graph.AnyURI {
			c.add(start, ref, RelatedLabel, v.Text, v.Language, 0)
		}
	}
	for _, t := range concepts.Descriptions.At(i) {
		c.add(start, ref, Description, t.Text, t.Language, 0)
	}
	for j := values.Start[i]; j < values.Start[i+1]; j++ {
		v := &values.Value[j]
		if values.Predicate[j] == c.related || v.Datatype == graph.AnyURI {
			continue
		}
		if c.add(start, ref, Description, v.Text, v.Language, 0) {
			c.entries[len(c.entries)-1].predicate = uint16(values.Predicate[j] + 1)
		}
	}
	if len(c.arena) > math.MaxUint32 || len(c.languageList) > math.MaxUint16 {
		return fmt.Errorf("a search index holds at most 4 GiB of text in %d languages", math.MaxUint16)
	}
	richness := uint64(min(len(c.entries)-start, math.MaxUint16))
	for j := start; j < len(c.entries); j++ {
		c.entries[j].rank |= math.MaxUint16 - richness
	}
	return nil
}

// clinical are the kinds that people look for first, in this order.
var clinical = [...]graph.Kind{graph.Condition, graph.Symptom, graph.Treatment, graph.Test}

// place says where the texts of a concept stand. Conditions, symptoms, treatments
// and tests come before all else, questions of a form too, whatever kind they are
// filed under: the name of a thing does not end with a question mark or a colon.
func (c *collector) place(kinds uint16, names []graph.Text) {
	c.aside, c.language, c.before = 2, "", uint64(len(clinical))
	for i, k := range clinical {
		if kinds>>k&1 != 0 {
			c.aside, c.before = 0, uint64(i)
			break
		}
	}
	if len(names) > 0 {
		c.language = names[0].Language
		if isQuestion(names[0].Text) {
			c.aside = 2
		}
	}
}

// isQuestion reports whether a name is a question of a form.
func isQuestion(name string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(name))
	return strings.ContainsRune("?？؟:：", last)
}

// group returns the group of a text of the current concept: texts in the language
// of its root name, in English or in none come before those in other languages.
func (c *collector) group(language string) shelf {
	if language == "" || graph.SameLanguage(language, c.language) || graph.IsEnglish(language) {
		return c.aside
	}
	return c.aside + 1
}

// add gathers a text, unless it has no word or the concept has it already, in
// its entries from start on. It reports whether there is a new entry.
func (c *collector) add(start int, ref graph.Ref, field Field, text, language string, relation int) bool {
	if s := (scanner{text: text}); !s.next() {
		return false
	}
	number, known := c.languages[language]
	if !known {
		number = uint16(len(c.languageList))
		c.languages[language] = number
		c.languageList = append(c.languageList, string([]byte(language)))
		c.languages[c.languageList[number]] = number
	}
	d := draft{
		ref: ref, text: uint32(len(c.arena)), length: uint32(len(text)), language: number, shelf: lastShelf, relation: uint8(relation),
	}
	if field != Description {
		d.shelf = c.group(language)*shelf(Description) + shelf(field)
	}
	switch relation { // exact before not stated before the rest
	case ownID, 1:
		d.near = 0
	case 0:
		d.near = 1
	default:
		d.near = uint8(relation)
	}
	letters := uint64(min(utf8.RuneCountInString(text), 1<<24-1))
	d.rank = uint64(d.shelf)<<48 | letters<<24 | uint64(d.near)<<20 | c.before<<16
	for j := start; j < len(c.entries); j++ {
		if e := &c.entries[j]; e.shelf == d.shelf && e.language == number && e.length == d.length && string(c.textOf(e)) == text {
			if d.near < e.near {
				d.text = e.text
				*e = d
			}
			return false
		}
	}
	c.arena = append(c.arena, text...)
	c.entries = append(c.entries, d)
	return true
}

func (c *collector) textOf(d *draft) []byte { return c.arena[d.text : d.text+d.length] }

// sort brings the entries into the static order, in which those of a tier of
// the table of the package comment are listed: by shelf, length of text,
// relation, kind, the richer concept first, ref.
func (c *collector) sort() {
	slices.SortFunc(c.entries, func(a, b draft) int {
		if a.rank != b.rank {
			return cmp.Compare(a.rank, b.rank)
		}
		if a.ref != b.ref {
			return cmp.Compare(a.ref, b.ref)
		}
		return cmp.Or(
			slices.Compare(c.textOf(&a), c.textOf(&b)),
			cmp.Compare(c.languageList[a.language], c.languageList[b.language]),
		)
	})
}
