package frozen

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// Dataset returns the data set that the store was built of: Build(ds).Dataset()
// equals ds, and has its version. It is normalized without sorting anything,
// since refs are in the order of a data set.
//
// Its texts lie in the memory of the store: after [Store.Close] nothing of it
// may be touched. It returns an error when the context is done, or when the
// arrays of a damaged file contradict each other.
func (s *Store) Dataset(ctx context.Context) (ds *graph.Dataset, err error) {
	defer recovered(&err)
	b := &back{Store: s, ds: &graph.Dataset{Prefixes: s.sum.Prefixes}, ids: make([]graph.ID, s.things()+1)}
	for ref := range b.ids {
		if ref > 0 { // 0 is the id of no thing
			b.ids[ref] = graph.ID(s.id(uint32(ref)))
		}
	}
	for _, read := range []func(context.Context) error{b.declarations, b.sources, b.articles, b.concepts, b.statements} {
		if err := read(ctx); err != nil {
			return nil, err
		}
	}
	return b.ds, nil
}

// back is the way back from a store to its data set.
type back struct {
	*Store
	ds  *graph.Dataset
	ids []graph.ID // by ref: each id is one string, however often it is named
}

// inBatches asks for the things of a class some thousand at a time. The lists
// of a batch stay where they are and become those of the data set, so each
// question needs a batch of its own.
func (b *back) inBatches(ctx context.Context, class graph.Class, ask func(context.Context, []graph.Ref) error) error {
	const most = 4096
	refs := make([]graph.Ref, 0, most)
	first, n := b.sum.First(class), b.sum.Len(class)
	for from := 0; from < n; from += most {
		refs = refs[:0]
		for i := from; i < min(from+most, n); i++ {
			refs = append(refs, first+graph.Ref(i))
		}
		if err := ask(ctx, refs); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// list returns a list of a batch, nil if it is empty, as a data set has it.
func list[T any](l *graph.Lists[T], row int) []T {
	if items := l.At(row); len(items) > 0 {
		return items
	}
	return nil
}

// named returns the ids of refs, nil for none.
func (b *back) named(refs []graph.Ref) []graph.ID {
	if len(refs) == 0 {
		return nil
	}
	ids := make([]graph.ID, len(refs))
	for i, ref := range refs {
		ids[i] = b.ids[ref]
	}
	return ids
}

// declarations reads what the data sets declare themselves. It is little, and
// quads.Decode knows how to read it.
func (b *back) declarations(context.Context) error {
	var about []quad.Quad
	if b.no[quads.FieldType] >= 0 {
		for _, class := range quads.Declarations() {
			r := b.runTo(b.to(b.find(class)), uint16(b.no[quads.FieldType]))
			for _, i := range b.byObject[r.from:r.to] {
				for q := b.of(b.subjectOf(i)); q.from < q.to; q.from++ {
					about = append(about, b.quad(b.row(q.from)))
				}
			}
		}
	}
	declared, err := quads.Decode(b.ds.Prefixes, quads.Part{Quads: about})
	if err == nil {
		b.ds.Predicates, b.ds.Types = declared.Predicates, declared.Types
	}
	return err
}

func (b *back) sources(ctx context.Context) error {
	return b.inBatches(ctx, graph.ClassSource, func(ctx context.Context, refs []graph.Ref) error {
		var batch graph.SourceBatch
		err := b.Sources(ctx, refs, graph.AllSourceFields&^graph.SourceStatements, &batch)
		for i := range batch.ID {
			b.ds.Sources = append(b.ds.Sources, batch.Source(i))
		}
		return err
	})
}

func (b *back) articles(ctx context.Context) error {
	return b.inBatches(ctx, graph.ClassArticle, func(ctx context.Context, refs []graph.Ref) error {
		var (
			batch graph.SourceBatch
			parts graph.SectionBatch
		)
		if err := cmp.Or(b.Sources(ctx, refs, graph.AllSourceFields&^graph.SourceStatements, &batch), b.Sections(ctx, batch.Sections.Items, &parts)); err != nil {
			return err
		}
		for i := range batch.ID {
			a := graph.Article{Source: batch.Source(i)}
			for j := batch.Sections.Start[i]; j < batch.Sections.Start[i+1]; j++ {
				a.Sections = append(a.Sections, graph.Section{
					ID: graph.ID(parts.ID[j]), IRI: parts.IRI[j], Heading: parts.Heading[j], Summary: parts.Summary[j],
				})
			}
			b.ds.Articles = append(b.ds.Articles, a)
		}
		return nil
	})
}

func (b *back) concepts(ctx context.Context) error {
	const fields = graph.AllConceptFields &^ (graph.ConceptName | graph.ConceptKind) // which follow from the others
	b.ds.Concepts = make([]graph.Concept, 0, b.sum.Concepts)
	var values arena
	return b.inBatches(ctx, graph.ClassConcept, func(ctx context.Context, refs []graph.Ref) error {
		var batch graph.ConceptBatch
		if err := b.Concepts(ctx, refs, fields, &batch); err != nil {
			return err
		}
		for i, ref := range refs {
			c := graph.Concept{
				ID: b.ids[ref], IRI: batch.IRI[i], Note: batch.Note[i],
				Types: list(&batch.Types, i), Names: list(&batch.Names, i), Descriptions: list(&batch.Descriptions, i),
				Synonyms: list(&batch.Synonyms, i), Codes: list(&batch.Codes, i),
				Sections: b.named(batch.Sections.At(i)), Sources: b.named(batch.Sources.At(i)),
				Deprecated: batch.Deprecated[i], ReplacedBy: b.ids[batch.ReplacedBy[i]], FormerIDs: list(&batch.FormerIDs, i),
				Members: list(&batch.Members, i), NotJoined: list(&batch.NotJoined, i),
				Properties: b.appendProperties(nil, uint32(ref), quads.Field.OfConcept, &values), // Reader.Properties puts them together with those of statements
			}
			slices.Sort(c.Sources) // refs have articles first
			b.ds.Concepts = append(b.ds.Concepts, c)
		}
		return nil
	})
}

func (b *back) statements(ctx context.Context) error {
	b.ds.Statements = make([]graph.Statement, 0, b.sum.Statements)
	return b.inBatches(ctx, graph.ClassStatement, func(ctx context.Context, refs []graph.Ref) error {
		var batch graph.StatementBatch
		if err := b.Statements(ctx, refs, graph.AllStatementFields&^graph.StatementID, &batch); err != nil {
			return err
		}
		for i, ref := range refs {
			if batch.Subject[i] == graph.NoRef {
				return fmt.Errorf("%w: the statement %s claims nothing", graph.ErrUnreadable, b.ids[ref])
			}
			s := graph.Statement{
				ID: b.ids[ref], IRI: batch.IRI[i],
				Subject: b.ids[batch.Subject[i]], Predicate: b.sum.Predicates[batch.Predicate[i]].ID,
				Object: b.ids[batch.Object[i]], Value: batch.Value[i], Properties: list(&batch.Properties, i),
			}
			batch.SetQualifiers(&s, i, func(ref graph.Ref) graph.ID { return b.ids[ref] })
			b.ds.Statements = append(b.ds.Statements, s)
		}
		return nil
	})
}
