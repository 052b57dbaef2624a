package model

import (
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Dataset is what is being served.
type Dataset struct {
	view *View

	Version        string
	ConceptCount   int32
	StatementCount int32
	ArticleCount   int32
	SourceCount    int32
	QuadCount      int32
}

// Dataset answers the root field dataset.
func (v *View) Dataset() *Dataset {
	s := v.Summary()
	return &Dataset{
		view:           v,
		Version:        s.Version,
		ConceptCount:   int32(s.Concepts),
		StatementCount: int32(s.Statements),
		ArticleCount:   int32(s.Articles),
		SourceCount:    int32(s.Articles + s.Sources),
		QuadCount:      int32(s.Quads),
	}
}

// SourceRefs lists what the field sources gives.
func (d *Dataset) SourceRefs() []graph.Ref { return d.view.sourceRefs() }

// Sources resolves the field sources.
func (d *Dataset) Sources(ctx context.Context) ([]Source, error) {
	return d.view.Sources(ctx, d.SourceRefs())
}

// Licenses resolves the field licenses.
func (d *Dataset) Licenses(ctx context.Context) ([]string, error) {
	sources, err := d.Sources(ctx)
	if err != nil {
		return nil, err
	}
	licenses := []string{}
	for _, s := range sources {
		var license *string
		switch s := s.(type) {
		case Article:
			license = s.License
		case DataSource:
			license = s.License
		case Curator:
			license = s.License
		}
		if license != nil {
			licenses = append(licenses, *license)
		}
	}
	slices.Sort(licenses)
	return slices.Compact(licenses), nil
}

// Kinds resolves the field kinds.
func (d *Dataset) Kinds() []KindCount {
	var kinds []KindCount
	for _, k := range d.view.Summary().Kinds {
		kinds = append(kinds, KindCount{Kind: k.Kind, ConceptCount: int32(k.Concepts)})
	}
	return kinds
}

// ConceptType is a type of concepts.
type ConceptType struct {
	ID           string
	Iri          string
	Name         string
	Description  *string
	SubClassOf   *string
	Kind         graph.Kind
	ConceptCount int32
}

// Types resolves the field types.
func (d *Dataset) Types() []*ConceptType {
	all := d.view.Summary().Types
	types := make([]*ConceptType, len(all))
	for i := range all {
		t := &all[i]
		types[i] = &ConceptType{
			ID: string(t.ID), Iri: t.IRI, Name: t.Name, Description: optional(t.Description), SubClassOf: optional(string(t.SubClassOf)),
			Kind: t.Kind, ConceptCount: int32(t.Concepts),
		}
	}
	return types
}

// Predicates resolves the field predicates.
func (d *Dataset) Predicates() []*Predicate {
	predicates := make([]*Predicate, len(d.view.Summary().Predicates))
	for i := range predicates {
		predicates[i] = d.view.predicate(graph.PredicateRef(i))
	}
	return predicates
}
