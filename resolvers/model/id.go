package model

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/graph/walk"
)

// MaxIDs is the most ids that nodes takes at once.
const MaxIDs = 100

// maxIDLength is the most bytes an id may have: IRIs in use are far shorter.
const maxIDLength = 2048

// checkID returns BAD_ID for what cannot be an id at all.
func checkID(id string) error {
	switch {
	case id == "":
		return errorf(BadID, "the id is empty: give a slug (facial-twitching), a CURIE (DOID:12506) or a full IRI")
	case len(id) > maxIDLength:
		return errorf(BadID, "the id has %d bytes; ids have at most %d", len(id), maxIDLength)
	case !utf8.ValidString(id) || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '<' || r == '>' || r == '"' }):
		return errorf(BadID, "%q is no id: ids are slugs (facial-twitching), CURIEs (DOID:12506) or full IRIs, without spaces, quotes or angle brackets", shorten(id))
	default:
		return nil
	}
}

// Resolve finds things by id, in the order of the ids: NoRef for an id that is
// unknown. A malformed id is BAD_ID, a code of several concepts AMBIGUOUS_ID;
// the error is that of the first faulty id.
func (v *View) Resolve(ctx context.Context, ids ...string) ([]graph.Ref, error) {
	return v.resolve(ctx, ids, new(graph.Resolution))
}

// resolve is Resolve into memory that is used again.
func (v *View) resolve(ctx context.Context, ids []string, found *graph.Resolution) ([]graph.Ref, error) {
	for _, id := range ids {
		if err := checkID(id); err != nil {
			return nil, err
		}
	}
	if err := walk.Resolve(ctx, v.reader, ids, found); err != nil {
		return nil, err
	}
	for i, id := range ids {
		if err := v.ambiguous(ctx, id, found.Candidates.At(i)); err != nil {
			return nil, err
		}
	}
	return found.Refs, nil
}

// ambiguous returns AMBIGUOUS_ID for a code of several concepts.
func (v *View) ambiguous(ctx context.Context, code string, concepts []graph.Ref) error {
	if len(concepts) == 0 {
		return nil
	}
	var batch graph.ConceptBatch
	if err := v.reader.Concepts(ctx, concepts, graph.ConceptID, &batch); err != nil {
		return err
	}
	return errorf(AmbiguousID, "the code %s belongs to several concepts: ask for one of %s by its own id", code, strings.Join(batch.ID, ", "))
}

// Ref finds one thing by id.
func (v *View) Ref(ctx context.Context, id string) (graph.Ref, error) {
	refs, err := v.Resolve(ctx, id)
	if err != nil {
		return graph.NoRef, err
	}
	return refs[0], nil
}

// ConceptRef finds a concept that has to be there: an unknown id, or one of
// something that is no concept, is BAD_ID.
func (v *View) ConceptRef(ctx context.Context, argument, id string) (graph.Ref, error) {
	ref, err := v.Ref(ctx, id)
	if err != nil {
		return graph.NoRef, err
	}
	switch class := v.Summary().Class(ref); class {
	case graph.ClassConcept:
		return ref, nil
	case graph.ClassNone:
		return graph.NoRef, v.unknown(ctx, BadID, argument, id)
	default:
		return graph.NoRef, errorf(BadID, "%s: %q is %s, not a concept", argument, id, classNames[class])
	}
}

// unknown is the error for an id that has to be there and is not, with the
// concept that was probably meant.
func (v *View) unknown(ctx context.Context, code ErrorCode, argument, id string) error {
	near, err := v.near(ctx, id, 1)
	switch {
	case err != nil:
		return err
	case len(near) == 0:
		return errorf(code, "%s: nothing has the id %q: search(text: …) finds concepts by name", argument, shorten(id))
	default:
		return errorf(code, "%s: nothing has the id %q: did you mean %q?", argument, shorten(id), near[0].ID)
	}
}

// A notice names so many concepts at most, and so many notices of an operation
// name some: looking for them takes longer than finding out that there is nothing.
const (
	nearest     = 3
	mostNearest = 10
)

// notFound is the notice of a look-up by an id that nothing has.
func (v *View) notFound(ctx context.Context, id string) error {
	e := errorf(NotFound, "nothing has the id %q", shorten(id))
	e.Near = []Near{}
	if v.suggested.Add(1) > mostNearest {
		return e
	}
	near, err := v.near(ctx, id, nearest)
	if err != nil {
		return err
	}
	e.Near = near
	return e
}

// near finds concepts whose names are like an id. The numbers of codes are like
// nothing, and what is too long to be searched for is no name.
func (v *View) near(ctx context.Context, id string, most int) ([]Near, error) {
	if strings.Contains(id, ":") {
		return []Near{}, nil
	}
	var found search.Result
	words := strings.NewReplacer("-", " ", "_", " ").Replace(id)
	switch err := v.index.Search(ctx, search.Query{Text: words, Window: graph.Window{First: &most}}, &found); {
	case errors.Is(err, graph.ErrInvalid):
		return []Near{}, nil
	case err != nil:
		return nil, err
	}
	var batch graph.ConceptBatch
	if err := v.reader.Concepts(ctx, AppendHitRefs(nil, found.Hits), graph.ConceptID|graph.ConceptName, &batch); err != nil {
		return nil, err
	}
	near := make([]Near, len(batch.ID))
	for i := range near {
		near[i] = Near{ID: strings.Clone(batch.ID[i]), Name: strings.Clone(batch.Name[i])}
	}
	return near, nil
}

// stages checks that concepts are stages: a question about what holds in
// something else would always be answered with silence.
func (v *View) stages(ctx context.Context, code ErrorCode, argument string, ids []string, refs []graph.Ref) error {
	var batch graph.ConceptBatch
	if err := v.reader.Concepts(ctx, refs, graph.ConceptKind|graph.ConceptTypes, &batch); err != nil {
		return err
	}
	for i := range refs {
		if !slices.Contains(graph.KindsOf(nil, batch.Types.At(i)), graph.Stage) {
			return errorf(code, "%s: %q is a %s, not a Stage: stages { nodes { id } } of a condition gives its stages", argument, ids[i], batch.Kind[i])
		}
	}
	return nil
}

// Find answers a look-up by id of one class (ClassNone takes every class) and,
// for concepts, one kind (of the first type; KindNone takes every kind): NoRef
// and NotFound, which is shown as a notice, for an unknown id, an error for
// something else.
func (v *View) Find(ctx context.Context, id string, class graph.Class, kind graph.Kind) (graph.Ref, error) {
	return new(Finder).Find(ctx, v, id, class, kind)
}

// Finder answers look-ups by id, one after the other, in memory that it uses
// again.
type Finder struct {
	ids   [1]string
	found graph.Resolution
	kinds graph.ConceptBatch
}

// Find is [View.Find].
func (f *Finder) Find(ctx context.Context, v *View, id string, class graph.Class, kind graph.Kind) (graph.Ref, error) {
	f.ids[0] = id
	refs, err := v.resolve(ctx, f.ids[:], &f.found)
	if err != nil {
		return graph.NoRef, err
	}
	if refs[0] == graph.NoRef {
		return graph.NoRef, v.notFound(ctx, id)
	}
	if class == graph.ClassNone {
		return refs[0], nil
	}
	if err := f.expect(ctx, v, id, refs, class, kind); err != nil {
		return graph.NoRef, err
	}
	return refs[0], nil
}

// FindAll answers a look-up of several ids, in their order: NoRef with a fault of
// its own for each that is unknown (NotFound) or malformed.
func (v *View) FindAll(ctx context.Context, ids []string) (refs []graph.Ref, faults []error, err error) {
	if len(ids) > MaxIDs {
		return nil, nil, errorf(BadPageSize, "%d ids were asked for; nodes takes at most %d: ask several times", len(ids), MaxIDs)
	}
	faults = make([]error, len(ids))
	refs, err = v.resolveEach(ctx, ids, faults)
	return refs, faults, err
}

// resolveEach finds things by id, each for itself: NoRef for an id that has a
// fault, or gets one.
func (v *View) resolveEach(ctx context.Context, ids []string, faults []error) ([]graph.Ref, error) {
	refs := make([]graph.Ref, len(ids))
	var sound []string
	var places []int
	for i, id := range ids {
		if faults[i] == nil {
			faults[i] = checkID(id)
		}
		if faults[i] == nil {
			sound, places = append(sound, id), append(places, i)
		}
	}
	if len(sound) == 0 {
		return refs, ctx.Err()
	}
	var found graph.Resolution
	if err := walk.Resolve(ctx, v.reader, sound, &found); err != nil {
		return nil, err
	}
	for n, i := range places {
		refs[i] = found.Refs[n]
		fault := (*Error)(nil)
		if err := v.ambiguous(ctx, ids[i], found.Candidates.At(n)); errors.As(err, &fault) {
			faults[i] = err
		} else if err != nil {
			return nil, err
		} else if refs[i] == graph.NoRef {
			faults[i] = v.notFound(ctx, ids[i])
		}
	}
	return refs, nil
}

// classNames are the classes as messages name them.
var classNames = map[graph.Class]string{
	graph.ClassConcept:   "a concept",
	graph.ClassStatement: "a statement",
	graph.ClassArticle:   "an article",
	graph.ClassSection:   "a section",
	graph.ClassSource:    "a source",
}

// Node returns the object for a ref of any class, nil for NoRef.
func (v *View) Node(ctx context.Context, ref graph.Ref) (Node, error) {
	nodes, err := v.Nodes(ctx, []graph.Ref{ref})
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

// FoundNodes returns the objects of a look-up, in their order, and adds the error
// of each that has one to the answer.
func (v *View) FoundNodes(ctx context.Context, refs []graph.Ref, faults []error) ([]Node, error) {
	for i, fault := range faults {
		if fault != nil {
			graphql.AddError(graphql.WithPathContext(ctx, graphql.NewPathWithIndex(i)), fault)
		}
	}
	return v.Nodes(ctx, refs)
}

// Nodes returns the objects for refs of any class, in their order.
func (v *View) Nodes(ctx context.Context, refs []graph.Ref) ([]Node, error) {
	nodes := make([]Node, len(refs))
	byClass := map[graph.Class][]int{}
	for i, ref := range refs {
		class := v.Summary().Class(ref)
		byClass[class] = append(byClass[class], i)
	}
	for class, places := range byClass {
		of := make([]graph.Ref, len(places))
		for i, place := range places {
			of[i] = refs[place]
		}
		found, err := v.nodesOf(ctx, class, of)
		if err != nil {
			return nil, err
		}
		for i, node := range found {
			nodes[places[i]] = node
		}
	}
	return nodes, nil
}

func (v *View) nodesOf(ctx context.Context, class graph.Class, refs []graph.Ref) ([]Node, error) {
	switch class {
	case graph.ClassConcept:
		return asNodes(v.Concepts(ctx, refs))
	case graph.ClassStatement:
		return asNodes(v.Statements(ctx, refs))
	case graph.ClassArticle, graph.ClassSource:
		return asNodes(v.Sources(ctx, refs))
	case graph.ClassSection:
		return asNodes(v.Sections(ctx, refs))
	default:
		return nil, nil
	}
}

func asNodes[T Node](objects []T, err error) ([]Node, error) {
	nodes := make([]Node, len(objects))
	for i, o := range objects {
		nodes[i] = o
	}
	return nodes, err
}

// expect checks that what an id names is what the field gives: the wanted
// class and, for a concept and if kind is not KindNone, the kind of its first
// type. The error is WRONG_KIND and says what it is and how to ask for it.
func (f *Finder) expect(ctx context.Context, v *View, id string, refs []graph.Ref, class graph.Class, kind graph.Kind) error {
	is := v.Summary().Class(refs[0])
	if is != class {
		field := map[graph.Class]string{
			graph.ClassConcept: "concept", graph.ClassStatement: "statement", graph.ClassArticle: "article",
		}[is]
		if field == "" {
			field = "node"
		}
		return errorf(WrongKind, "%q is %s: ask for it by %s(id: %q)", id, classNames[is], field, id)
	}
	if class != graph.ClassConcept || kind == graph.KindNone {
		return nil
	}
	batch := &f.kinds
	if err := v.reader.Concepts(ctx, refs, graph.ConceptKind, batch); err != nil || batch.Kind[0] == kind {
		return err
	}
	if err := v.reader.Concepts(ctx, refs, graph.ConceptKind|graph.ConceptTypes, batch); err != nil {
		return err
	}
	also := ""
	for _, k := range graph.KindsOf(nil, batch.Types.At(0))[1:] {
		if k == kind {
			also = fmt.Sprintf(", and a %s only by a further type", kind)
		}
	}
	return errorf(WrongKind, "%q is a %s by its first type%s: ask for it by concept(id: %q)", id, batch.Kind[0], also, id)
}
