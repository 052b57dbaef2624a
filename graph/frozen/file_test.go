package frozen_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/graph/release"
)

func encodedQuads(ds *graph.Dataset) iter.Seq[quad.Quad] { return quads.Encode(ds) }

func build(t testing.TB, ds *graph.Dataset) *frozen.Store {
	t.Helper()
	s, err := frozen.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// reopened writes a store and opens the file.
func reopened(t testing.TB, s *frozen.Store) *frozen.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph.plexus")
	if err := s.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	opened, err := frozen.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	return opened
}

// A store that is opened from a release is a Reader like the one that was
// built.
func TestReaderOnFile(t *testing.T) {
	graphtest.TestReader(t, func(t *testing.T, ds *graph.Dataset) graph.Reader {
		t.Helper()
		return reopened(t, build(t, ds))
	})
}

// written returns a release of these sections.
func written(t testing.TB, sections []release.Section) *release.File {
	t.Helper()
	var b bytes.Buffer
	if err := release.Write(&b, sections...); err != nil {
		t.Fatal(err)
	}
	f, err := release.Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func encoded(t testing.TB, s *frozen.Store) []byte {
	t.Helper()
	sections, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := release.Write(&b, sections...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameContentSameBytes(t *testing.T) {
	for seed := range uint64(20) {
		one, two := build(t, graphtest.Random(seed, 12)), build(t, graphtest.Random(seed, 12))
		if first := encoded(t, one); !bytes.Equal(first, encoded(t, two)) || !bytes.Equal(first, encoded(t, reopened(t, one))) {
			t.Fatalf("Random(%d, 12): other bytes", seed)
		}
	}
}

// ask calls every method on all things.
func ask(s *frozen.Store) error {
	ctx := context.Background()
	sum := s.Summary()
	var refs []graph.Ref
	for r := range min(sum.First(graph.ClassSource)+graph.Ref(sum.Sources)+2, 300) {
		refs = append(refs, r)
	}
	var (
		resolution graph.Resolution
		concepts   graph.ConceptBatch
		statements graph.StatementBatch
		sources    graph.SourceBatch
		sections   graph.SectionBatch
		list       graph.RefList
		links      graph.LinkBatch
		values     graph.PropertyBatch
	)
	yes := true
	stated := &graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierModality, Stated: &yes}}}
	errs := make([]error, 0, len(graph.Kinds()))
	for _, k := range graph.Kinds() {
		errs = append(errs, s.List(ctx, graph.ConceptQuery{Kinds: []graph.Kind{k}}, &list))
	}
	return errors.Join(
		errors.Join(errs...),
		s.Resolve(ctx, []string{"cold", "DOID:1", "x", "st-yhnod7eak2iglwzt", "https://kg.example/id/flu"}, &resolution),
		s.Concepts(ctx, refs, graph.AllConceptFields, &concepts),
		s.Statements(ctx, refs, graph.AllStatementFields, &statements),
		s.Sources(ctx, refs, graph.AllSourceFields, &sources),
		s.Sections(ctx, refs, &sections),
		s.List(ctx, graph.ConceptQuery{Filter: &graph.ConceptFilter{Kinds: graph.Kinds()}}, &list),
		s.Links(ctx, refs, graph.LinkQuery{Direction: graph.Both, Filter: stated}, &links),
		s.Properties(ctx, refs, graph.PropertyQuery{}, &values),
		s.Combinations(ctx, refs, new(graph.Lists[graph.Ref])),
		s.Edges(ctx, refs, 1, graph.In, new(frozen.EdgeBatch)), s.Edges(ctx, refs, 1, graph.Out, new(frozen.EdgeBatch)),
		walk(s.QuadStore()),
	)
}

// walk reads a quad store by every way in.
func walk(qs *frozen.QuadStore) error {
	ctx := context.Background()
	var errs []error
	all := qs.QuadsAllIterator().Iterate()
	for n := 0; all.Next(ctx) && n < 500; n++ {
		_, err := qs.Quad(all.Result())
		errs = append(errs, err)
		for _, d := range quad.Directions {
			end, err := qs.QuadDirection(all.Result(), d)
			errs = append(errs, err)
			if end == nil {
				continue
			}
			_, err = qs.NameOf(end)
			errs = append(errs, err)
			it := qs.QuadIterator(d, end).Iterate()
			for n := 0; it.Next(ctx) && n < 10; n++ {
				_, err := qs.Quad(it.Result())
				errs = append(errs, err)
			}
			errs = append(errs, it.Err())
		}
	}
	nodes := qs.NodesAllIterator().Iterate()
	for n := 0; nodes.Next(ctx) && n < 500; n++ {
		v, err := qs.NameOf(nodes.Result())
		errs = append(errs, err)
		_, err = qs.ValueOf(v)
		errs = append(errs, err)
	}
	return errors.Join(append(errs, all.Err(), nodes.Err())...)
}

// Whatever is in the sections, the answer is an answer or an error, never a
// panic, and no memory outside the file is touched.
func TestDamagedContents(t *testing.T) {
	whole := build(t, graphtest.Small())
	sections, err := whole.Encode()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	opened, told := 0, 0
	rounds := 3000
	if testing.Short() {
		rounds = 300
	}
	for range rounds {
		damaged := slices.Clone(sections)
		for range 1 + r.IntN(3) {
			i := r.IntN(len(damaged))
			var b bytes.Buffer
			if err := damaged[i].Write(&b); err != nil {
				t.Fatal(err)
			}
			content := slices.Clone(b.Bytes())
			spoil(r, &content)
			damaged[i] = release.Bytes(damaged[i].Name, content)
		}
		s, err := frozen.Open(written(t, damaged))
		if err != nil {
			told++
			continue
		}
		opened++
		if err := ask(s); err != nil {
			told++
		}
	}
	t.Logf("%d of %d were opened, %d gave an error", opened, rounds, told)
	if opened == 0 || told == 0 {
		t.Error("the test does not test")
	}
}

func spoil(r *rand.Rand, content *[]byte) {
	c := *content
	if len(c) == 0 {
		*content = make([]byte, 8)
		return
	}
	at := r.IntN(len(c))
	switch r.IntN(5) {
	case 0:
		c[at] ^= 1 << r.IntN(8)
	case 1:
		c[at] = 0xff
	case 2:
		for i := at; i < min(at+8, len(c)); i++ {
			c[i] = byte(r.Uint32())
		}
	case 3:
		*content = c[:at/8*8]
	case 4:
		*content = append(c, make([]byte, 8)...)
	}
}

func TestOpenRefuses(t *testing.T) {
	var b bytes.Buffer
	if err := release.Write(&b, release.Bytes("other", []byte("x"))); err != nil {
		t.Fatal(err)
	}
	f, err := release.Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := frozen.Open(f); !errors.Is(err, release.ErrForeign) {
		t.Errorf("a release without a graph: %v", err)
	}
	path := filepath.Join(t.TempDir(), "x.plexus")
	if err := os.WriteFile(path, []byte("cold: flu\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := frozen.OpenFile(path); !errors.Is(err, release.ErrForeign) {
		t.Errorf("a file that is no release: %v", err)
	}
}

// TestDamagedCounts: what the summary counts of a kind is not taken for what there
// is room for.
func TestDamagedCounts(t *testing.T) {
	whole := build(t, graphtest.Small())
	sections, err := whole.Encode()
	if err != nil {
		t.Fatal(err)
	}
	var meta bytes.Buffer
	if err := sections[0].Write(&meta); err != nil {
		t.Fatal(err)
	}
	kind := whole.Summary().Kinds[0]
	right := fmt.Sprintf(`{"Kind":%d,"Concepts":%d}`, kind.Kind, kind.Concepts)
	for _, count := range []int{-1, -1 << 40, kind.Concepts + 1, whole.Summary().Concepts + 1, 1 << 40, 1 << 62} {
		wrong := fmt.Sprintf(`{"Kind":%d,"Concepts":%d}`, kind.Kind, count)
		content := bytes.Replace(meta.Bytes(), []byte(right), []byte(wrong), 1)
		if bytes.Equal(content, meta.Bytes()) {
			t.Fatalf("there is no %s in %s", right, meta.Bytes())
		}
		damaged := slices.Clone(sections)
		damaged[0] = release.Bytes(damaged[0].Name, content)
		s, err := frozen.Open(written(t, damaged))
		if err == nil {
			err = s.List(t.Context(), graph.ConceptQuery{Kinds: []graph.Kind{kind.Kind}}, new(graph.RefList))
		}
		if !errors.Is(err, release.ErrDamaged) {
			t.Errorf("%d concepts of a kind that %d have: %v", count, kind.Concepts, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	whole := build(f, graphtest.Small())
	sections, err := whole.Encode()
	if err != nil {
		f.Fatal(err)
	}
	for i := range sections {
		f.Add(uint8(i), uint32(7), []byte{0xff, 0xff, 0, 1})
	}
	f.Fuzz(func(t *testing.T, which uint8, at uint32, with []byte) {
		damaged := slices.Clone(sections)
		i := int(which) % len(damaged)
		var b bytes.Buffer
		if err := damaged[i].Write(&b); err != nil {
			t.Fatal(err)
		}
		content := b.Bytes()
		if len(content) > 0 {
			copy(content[int(at)%len(content):], with)
		}
		damaged[i] = release.Bytes(damaged[i].Name, content)
		s, err := frozen.Open(written(t, damaged))
		if err != nil {
			return
		}
		if err := ask(s); err != nil && !errors.Is(err, release.ErrDamaged) && !errors.Is(err, graph.ErrUnreadable) {
			t.Errorf("the error is %v", err)
		}
	})
}

// A release is refused if a section that the store needs is not there or of a
// version that it does not know, or if its meta is of another layout: none of its
// answers could be trusted. Other sections and optional ones are no reason.
func TestLayouts(t *testing.T) {
	s := build(t, graphtest.Small())
	encoded, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	without := func(name string) []release.Section {
		return slices.DeleteFunc(slices.Clone(encoded), func(s release.Section) bool { return s.Name == name })
	}
	with := func(name string, change func(*release.Section)) []release.Section {
		sections := slices.Clone(encoded)
		change(&sections[slices.IndexFunc(sections, func(s release.Section) bool { return s.Name == name })])
		return sections
	}
	version := func(name string, n int) []release.Section {
		return with(name, func(s *release.Section) { s.Version = n })
	}
	layout := func(n int) []release.Section {
		return with("graph/meta", func(s *release.Section) {
			var meta bytes.Buffer
			if err := s.Write(&meta); err != nil {
				t.Fatal(err)
			}
			*s = release.Bytes(s.Name, bytes.Replace(meta.Bytes(), []byte(`"Layout":2,`), fmt.Appendf(nil, `"Layout":%d,`, n), 1))
		})
	}
	for _, c := range []struct {
		sections []release.Section
		is       error
		says     string
	}{
		{layout(1), release.ErrOlder, "its graph is of layout 1, and this program reads layout 2"},
		{layout(999), release.ErrNewer, "its graph is of layout 999, and this program reads layout 2"},
		{without("graph/links/first"), release.ErrOlder, `it has no section "graph/links/first"`},
		{version("graph/links/first", 7), release.ErrNewer, `its section "graph/links/first" is of version 7, and this program reads version 1`},
		{encoded, nil, ""},
		{without("graph/concepts/names"), nil, ""},
		{version("graph/concepts/names", 7), nil, ""},
		{append(slices.Clone(encoded), release.Section{Name: "graph/later", Version: 3, Write: release.Bytes("", []byte("x")).Write}), nil, ""},
	} {
		opened, err := frozen.Open(written(t, c.sections))
		if c.is != nil {
			if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
			continue
		}
		if err != nil {
			t.Error(err)
			continue
		}
		everything(t, opened, graphtest.Small())
	}
	// Each section is needed, or its entry says that it is not; then all answers stay.
	for _, section := range encoded[1:] {
		opened, err := frozen.Open(written(t, without(section.Name)))
		if err == nil {
			everything(t, opened, graphtest.Small())
		}
		if slices.Contains(optional, section.Name) != (err == nil) {
			t.Errorf("without %s: %v", section.Name, err)
		}
	}
}

// optional are the sections that releases of before may lack.
var optional = []string{"graph/concepts/names", "graph/links/degrees", "graph/hierarchy/below", "graph/signs", "graph/statements/discouraged", "graph/statements/withdrawn", "graph/statements/combined"}

// What is kept of statements beside their quads follows from these, where a
// release lacks it.
func TestReaderWithoutOptionalSections(t *testing.T) {
	graphtest.TestReader(t, func(t *testing.T, ds *graph.Dataset) graph.Reader {
		sections, err := build(t, ds).Encode()
		if err != nil {
			t.Fatal(err)
		}
		s, err := frozen.Open(written(t, slices.DeleteFunc(sections, func(s release.Section) bool { return slices.Contains(optional, s.Name) })))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}
