package graphtest

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// Filled returns a normalized data set in which every field has a value: what
// does not come back from a store or a file is lost there. It is filled by
// reflection, so that a field that is added to package graph is in it at once.
//
// Two fields exclude each other here and there; then one of two things has the
// one, the second the other.
func Filled() *graph.Dataset {
	ds := &graph.Dataset{}
	f := filler{}
	for i := range reflect.TypeFor[graph.Dataset]().NumField() {
		f.fill(reflect.TypeFor[graph.Dataset]().Field(i).Name, reflect.ValueOf(ds).Elem().Field(i), 0)
	}
	ds.Prefixes = graph.NewPrefixes(map[string]string{
		"ex": "http://filled.example/vocab#", "DOID": "http://purl.obolibrary.org/obo/DOID_", "ECO": "http://purl.obolibrary.org/obo/ECO_",
	})
	for i := range ds.Sources {
		ds.Sources[i].Kind = []graph.SourceKind{graph.DataSource, graph.CuratorSource}[i]
	}
	ds.Articles = ds.Articles[:1]
	ds.Statements[0].Value, ds.Statements[1].Object = graph.Value{}, ""
	ds.Statements[1].Predicate = ds.Predicates[1].ID
	// A predicate of texts joins no concepts.
	p := &ds.Predicates[1]
	p.Inverse, p.Range, p.SameKind, p.Symmetric, p.Mapping = "", nil, false, false, false
	ds.Predicates[0].Text, ds.Predicates[0].Mapping = false, false
	ds.Predicates[0].Inverse = ds.Predicates[0].Name // it is symmetric
	ds.Predicates = append(ds.Predicates, graph.Predicate{ID: "ex:mapping", Name: "mapping", Inverse: "mapped", Description: "a mapping", Mapping: true})
	ds.Concepts[1].ReplacedBy = ""   // else they replace each other
	ds.Articles[0].SupersededBy = "" // likewise
	ds.Concepts[0].FormerIDs, ds.Concepts[1].FormerIDs = []graph.ID{"ex:had", "had"}, []graph.ID{"ex:had-2", "had-2"}
	for i := range ds.Concepts {
		members := ds.Concepts[i].Members
		members[0].ID, members[1].ID = ds.Concepts[i].ID, []graph.ID{"ex:member", "ex:member-2"}[i]
	}
	ds.Statements[0].Supersedes, ds.Statements[1].Supersedes = nil, nil
	ds.Statements[0].With, ds.Statements[1].With = nil, ds.Statements[1].With[:1] // which has no object
	ds.Statements[0].FormerIDs, ds.Statements[1].FormerIDs = []graph.ID{"ex:former", "former"}, []graph.ID{"ex:former-2", "former-2"}
	if err := ds.Normalize(); err != nil {
		panic(err) // a new reference needs a line in ids
	}
	ds.Statements[0].Supersedes = []graph.ID{ds.Statements[1].ID}
	if err := ds.Normalize(); err != nil {
		panic(err)
	}
	return ds
}

// ids are the values of the fields that name things, by type and field, for the
// first and the second thing. A field that is not listed names a concept.
var ids = map[string][2]graph.ID{
	"Source.ID":           {"filled-set", "filled-curator"},
	"Article.ID":          {"filled-article", ""},
	"Source.SupersededBy": {"filled-article", "filled-set"},
	"Section.ID":          {"filled-section", "filled-section-2"},
	"Concept.ID":          {"filled-concept", "filled-concept-2"},
	"Concept.ReplacedBy":  {"filled-concept-2", ""},
	"Concept.Types":       {"schema:MedicalCondition", "schema:MedicalConditionStage"},
	"Concept.Sections":    {"filled-section", "filled-section-2"},
	"Concept.Sources":     {"filled-set", "filled-article"},
	"Statement.ID":        {"", ""}, // derived
	"Statement.Subject":   {"filled-concept", "filled-concept-2"},
	"Statement.Object":    {"filled-concept-2", "filled-concept"},
	"Statement.Predicate": {"ex:first", "ex:second"},
	"Statement.Source":    {"filled-article", "filled-article"},
	"Statement.Section":   {"filled-section", "filled-section-2"},
	"Predicate.ID":        {"ex:first", "ex:second"},
	"Type.ID":             {"ex:Class", "ex:Subclass"},
	"Type.SubClassOf":     {"schema:MedicalCondition", "ex:Class"},
	"Code.Code":           {"DOID:1", "DOID:2"},
	"Property.Predicate":  {"ex:property", "ex:property2"},
	"Value.Datatype":      {"", "xsd:integer"},
}

// texts are the values of the fields that cannot have any text.
var texts = map[string][2]string{
	"Source.URL":             {"http://filled.example/1", "http://filled.example/2"},
	"Source.Status":          {string(graph.StatusRetracted), string(graph.StatusRetracted)},
	"Source.Published":       {"2020", "2021-02"},
	"Source.Reviewed":        {"2022-03-04", "2022-03-05"},
	"Source.Retrieved":       {"2023-04-05", "2023-04-06"},
	"Source.Retracted":       {"2024-05-06", "2024-05-07"},
	"Source.License":         {"CC0-1.0", "https://creativecommons.org/licenses/by/4.0/"},
	"Source.Leads":           {"true", "true"},
	"Statement.EvidenceCode": {"ECO:0000303", "ECO:0000305"},
	"Statement.Retracted":    {"2025-06-07", "2025-06-08"},
	"Statement.Locator":      {"L1.S1", "L1.S2"},
	"Value.Text":             {"", "17"},
	"NotJoined.Reason":       {string(graph.RefusedKinds), string(graph.RefusedCircle)},
	"Synonym.Scope":          {string(graph.ScopeExact), string(graph.ScopeBroad)},
	"Code.Match":             {string(graph.MatchExact), string(graph.MatchClose)},
	"Predicate.Name":         {"first", "second"},
	"Predicate.IRI":          {"http://filled.example/vocab#first", "http://filled.example/vocab#second"}, // as statements use them
}

type filler struct {
	texts  int
	within bool // a member of a concept, which has none
}

// fill gives a value to a field; at says of which of two things it is.
func (f *filler) fill(path string, v reflect.Value, at int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			name := v.Type().Name() + "." + field.Name
			if field.Anonymous && field.Type.Kind() == reflect.Struct {
				f.fillInto(v.Type().Name(), v.Field(i), at)
			} else if field.IsExported() {
				f.fill(name, v.Field(i), at)
			}
		}
	case reflect.Slice:
		if path == "Concept.Members" {
			if f.within {
				return
			}
			f.within = true
			defer func() { f.within = false }()
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			f.fill(path, v.Index(i), i)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(path, v.Elem(), at)
	case reflect.String:
		if all, known := texts[path]; known && all[at] != "" {
			v.SetString(all[at])
			return
		}
		if all, known := ids[path]; known {
			v.SetString(string(all[at]))
			return
		}
		if v.Type() == reflect.TypeFor[graph.ID]() {
			v.SetString(string(ids["Concept.ID"][0]))
			return
		}
		f.texts++
		switch _, name, _ := strings.Cut(path, "."); {
		case name == "IRI":
			v.SetString(fmt.Sprintf("http://filled.example/thing/%d", f.texts))
		case name == "Language" && path == "Value.Language" && at == 1: // it has a datatype
		case name == "Language":
			v.SetString([]string{"en", "de"}[at])
		default:
			v.SetString(fmt.Sprintf("%s %d", strings.ToLower(name), f.texts))
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(0.25 * float64(1+at))
	case reflect.Uint8:
		v.SetUint(uint64(1 + at))
	default:
		panic("graphtest: no value for " + path + " of kind " + v.Kind().String())
	}
}

// fillInto fills an embedded struct, whose fields are those of its owner.
func (f *filler) fillInto(owner string, v reflect.Value, at int) {
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		path := owner + "." + name
		if _, known := ids[path]; !known && owner == "Article" {
			path = v.Type().Name() + "." + name
		}
		f.fill(path, v.Field(i), at)
	}
}

// Changes gives, for each field of a data set with its name, the data set with
// another value in that field alone; it is not normalized. The data set given
// is the same in the end.
func Changes(ds *graph.Dataset) iter.Seq2[string, *graph.Dataset] {
	return func(yield func(string, *graph.Dataset) bool) {
		change("", reflect.ValueOf(ds).Elem(), func(path string) bool { return yield(path, ds) })
	}
}

// change changes one field after the other, and back.
func change(path string, v reflect.Value, yield func(string) bool) bool {
	with := func(other any) bool {
		before := reflect.New(v.Type()).Elem()
		before.Set(v)
		v.Set(reflect.ValueOf(other).Convert(v.Type()))
		going := yield(path)
		v.Set(before)
		return going
	}
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[graph.Prefixes]() {
			return with(graph.NewPrefixes(map[string]string{"other": "http://other.example/"}))
		}
		for i := range v.NumField() {
			name := path
			if field := v.Type().Field(i); !field.Anonymous {
				name = strings.TrimPrefix(path+"."+field.Name, ".")
			}
			if !change(name, v.Field(i), yield) {
				return false
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if !change(fmt.Sprintf("%s[%d]", path, i), v.Index(i), yield) {
				return false
			}
		}
	case reflect.Pointer:
		if v.IsNil() {
			return true
		}
		other := v.Elem().Float() + 0.125
		return with(&other)
	case reflect.String:
		return v.String() == "" || with(v.String()+"x")
	case reflect.Bool:
		return with(!v.Bool())
	case reflect.Uint8:
		return with(v.Uint() + 1)
	}
	return true
}

// Read reads all of a graph through its Reader: the data set that it answers
// from, as far as a Reader tells it.
func Read(ctx context.Context, r graph.Reader) (*graph.Dataset, error) {
	sum := r.Summary()
	ds := &graph.Dataset{Prefixes: sum.Prefixes}
	refs := func(c graph.Class) (all []graph.Ref) {
		for i := range sum.Len(c) {
			all = append(all, sum.First(c)+graph.Ref(i))
		}
		return all
	}
	id, err := allIDs(ctx, r, refs)
	if err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context, graph.Reader, func(graph.Class) []graph.Ref, map[graph.Ref]graph.ID, *graph.Dataset) error{
		readSources, readConcepts, readStatements,
	} {
		if err := read(ctx, r, refs, id, ds); err != nil {
			return nil, err
		}
	}
	for _, p := range sum.Predicates {
		if _, known := graph.LookupPredicate(p.ID); !known && p.Name+p.Inverse+p.Description != graph.DescribePredicate(p.ID, sum.Prefixes).Name {
			ds.Predicates = append(ds.Predicates, p.Predicate)
		} else if !known && (p.Text || p.Mapping) {
			ds.Predicates = append(ds.Predicates, p.Predicate)
		}
	}
	for _, t := range sum.Types {
		if t.Description != "" {
			ds.Types = append(ds.Types, t.Type)
		}
	}
	return ds, nil
}

func allIDs(ctx context.Context, r graph.Reader, refs func(graph.Class) []graph.Ref) (map[graph.Ref]graph.ID, error) {
	var (
		concepts   graph.ConceptBatch
		statements graph.StatementBatch
		sources    graph.SourceBatch
		sections   graph.SectionBatch
	)
	id := map[graph.Ref]graph.ID{}
	note := func(refs []graph.Ref, ids []string) {
		for i, ref := range refs {
			id[ref] = graph.ID(ids[i])
		}
	}
	for _, ask := range []func() error{
		func() error {
			err := r.Concepts(ctx, refs(graph.ClassConcept), graph.ConceptID, &concepts)
			note(refs(graph.ClassConcept), concepts.ID)
			return err
		},
		func() error {
			err := r.Statements(ctx, refs(graph.ClassStatement), graph.StatementID, &statements)
			note(refs(graph.ClassStatement), statements.ID)
			return err
		},
		func() error {
			all := slices.Concat(refs(graph.ClassArticle), refs(graph.ClassSource))
			err := r.Sources(ctx, all, graph.SourceID, &sources)
			note(all, sources.ID)
			return err
		},
		func() error {
			err := r.Sections(ctx, refs(graph.ClassSection), &sections)
			note(refs(graph.ClassSection), sections.ID)
			return err
		},
	} {
		if err := ask(); err != nil {
			return nil, err
		}
	}
	return id, nil
}

func idsOf(refs []graph.Ref, id map[graph.Ref]graph.ID) (ids []graph.ID) {
	for _, ref := range refs {
		ids = append(ids, id[ref])
	}
	return ids
}

func readSources(ctx context.Context, r graph.Reader, refs func(graph.Class) []graph.Ref, id map[graph.Ref]graph.ID, ds *graph.Dataset) error {
	var b graph.SourceBatch
	if err := r.Sources(ctx, refs(graph.ClassSource), graph.AllSourceFields, &b); err != nil {
		return err
	}
	for i := range b.ID {
		ds.Sources = append(ds.Sources, b.Source(i))
	}
	if err := r.Sources(ctx, refs(graph.ClassArticle), graph.AllSourceFields, &b); err != nil {
		return err
	}
	for i := range b.ID {
		a := graph.Article{Source: b.Source(i)}
		var sections graph.SectionBatch
		if err := r.Sections(ctx, b.Sections.At(i), &sections); err != nil {
			return err
		}
		for j := range sections.ID {
			var s graph.Section
			assign(&s, &sections, j, id)
			a.Sections = append(a.Sections, s)
		}
		ds.Articles = append(ds.Articles, a)
	}
	return nil
}

func readConcepts(ctx context.Context, r graph.Reader, refs func(graph.Class) []graph.Ref, id map[graph.Ref]graph.ID, ds *graph.Dataset) error {
	var b graph.ConceptBatch
	all := refs(graph.ClassConcept)
	if err := r.Concepts(ctx, all, graph.AllConceptFields, &b); err != nil {
		return err
	}
	var values graph.PropertyBatch
	if err := r.Properties(ctx, all, graph.PropertyQuery{Negated: true}, &values); err != nil {
		return err
	}
	for i := range all {
		var c graph.Concept
		assign(&c, &b, i, id)
		slices.Sort(c.Sources) // refs have articles first
		for j := values.Start[i]; j < values.Start[i+1]; j++ {
			if len(values.Statements.At(int(j))) == 0 {
				c.Properties = append(c.Properties, graph.Property{Predicate: r.Summary().Predicates[values.Predicate[j]].ID, Value: values.Value[j]})
			}
		}
		ds.Concepts = append(ds.Concepts, c)
	}
	return nil
}

func readStatements(ctx context.Context, r graph.Reader, refs func(graph.Class) []graph.Ref, id map[graph.Ref]graph.ID, ds *graph.Dataset) error {
	var b graph.StatementBatch
	if err := r.Statements(ctx, refs(graph.ClassStatement), graph.AllStatementFields, &b); err != nil {
		return err
	}
	for i := range b.ID {
		s := graph.Statement{
			ID: graph.ID(b.ID[i]), IRI: b.IRI[i], Subject: id[b.Subject[i]], Predicate: r.Summary().Predicates[b.Predicate[i]].ID,
			Object: id[b.Object[i]], Value: b.Value[i], Properties: slices.Clone(b.Properties.At(i)),
		}
		b.SetQualifiers(&s, i, func(ref graph.Ref) graph.ID { return id[ref] })
		ds.Statements = append(ds.Statements, s)
	}
	return nil
}

// assign sets the fields of a thing to those columns of a batch that have their
// names; refs become ids.
func assign(thing, batch any, row int, id map[graph.Ref]graph.ID) {
	t, b := reflect.ValueOf(thing).Elem(), reflect.ValueOf(batch).Elem()
	for i := range t.NumField() {
		column := b.FieldByName(t.Type().Field(i).Name)
		field := t.Field(i)
		switch {
		case !column.IsValid():
		case column.Kind() == reflect.Slice && column.Len() > row:
			if ref, ok := column.Index(row).Interface().(graph.Ref); ok {
				field.SetString(string(id[ref]))
			} else {
				field.Set(column.Index(row).Convert(field.Type()))
			}
		case column.Kind() == reflect.Struct: // a column of lists
			items := column.Addr().MethodByName("At").Call([]reflect.Value{reflect.ValueOf(row)})[0]
			if refs, ok := items.Interface().([]graph.Ref); ok {
				field.Set(reflect.ValueOf(idsOf(refs, id)))
			} else if items.Len() > 0 {
				field.Set(reflect.AppendSlice(reflect.MakeSlice(field.Type(), 0, items.Len()), items))
			}
		}
	}
}
