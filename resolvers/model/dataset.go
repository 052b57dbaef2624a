package model

import (
	"cmp"
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Dataset is what is being served.
type Dataset struct{ view *View }

// Dataset answers the root field dataset.
func (v *View) Dataset() *Dataset { return &Dataset{v} }

func (d *Dataset) summary() *graph.Summary { return d.view.Summary() }

func (d *Dataset) Version() string { return d.summary().Version }
func (d *Dataset) WrittenVersion() string {
	return cmp.Or(d.view.written, d.Version())
}
func (d *Dataset) JoinRules() int      { return d.view.joinRules }
func (d *Dataset) ConceptCount() int   { return d.summary().Concepts }
func (d *Dataset) StatementCount() int { return d.summary().Counting() }
func (d *Dataset) ArticleCount() int   { return d.summary().Articles }
func (d *Dataset) SourceCount() int    { return d.summary().Articles + d.summary().Sources }
func (d *Dataset) QuadCount() int      { return d.summary().Quads }

// SourceRefs lists what the field sources gives.
func (d *Dataset) SourceRefs() []graph.Ref { return d.view.sourceRefs() }

// Sources resolves the field sources.
func (d *Dataset) Sources(ctx context.Context) ([]Source, error) {
	return d.view.Sources(ctx, d.SourceRefs())
}

// Licenses resolves the field licenses.
func (d *Dataset) Licenses(ctx context.Context) ([]string, error) {
	var b graph.SourceBatch
	if err := d.view.reader.Sources(ctx, d.SourceRefs(), graph.SourceColumns(graph.SourceLicense), &b); err != nil {
		return nil, err
	}
	licenses := slices.DeleteFunc(b.Details[graph.SourceLicense], func(license string) bool { return license == "" })
	slices.Sort(licenses)
	return slices.Compact(licenses), nil
}

// Kinds resolves the field kinds.
func (d *Dataset) Kinds() []KindCount { return objectsOf(d.summary().Kinds, KindTotalOf) }

// ConceptType is a type of concepts.
type ConceptType struct{ of *graph.TypeCount }

// ConceptTypeOf returns the object of a type.
func ConceptTypeOf(t *graph.TypeCount) ConceptType { return ConceptType{t} }

func (t ConceptType) ID() graph.ID        { return t.of.ID }
func (t ConceptType) Iri() string         { return t.of.IRI }
func (t ConceptType) Name() string        { return t.of.Name }
func (t ConceptType) Description() Stated { return Stated(t.of.Description) }
func (t ConceptType) SubClassOf() Stated  { return Stated(t.of.SubClassOf) }
func (t ConceptType) Kind() graph.Kind    { return t.of.Kind }
func (t ConceptType) ConceptCount() int   { return t.of.Concepts }

// Types resolves the field types.
func (d *Dataset) Types() []ConceptType { return objectsOf(d.summary().Types, ConceptTypeOf) }

// Predicates resolves the field predicates.
func (d *Dataset) Predicates() []Predicate { return objectsOf(d.summary().Predicates, PredicateOf) }
