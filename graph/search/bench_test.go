package search_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/search"
)

// madeWorld has about 50,000 concepts.
var madeWorld = sync.OnceValues(func() (*world, error) { return newWorld(graphtest.Large(7, 1_470_000)) })

func forBenchmarks(b *testing.B, run func(b *testing.B, w *world)) {
	b.Run("article", func(b *testing.B) { run(b, article(b)) })
	b.Run("real", func(b *testing.B) { run(b, realData(b, realdata.Whole(b))) })
	b.Run("made", func(b *testing.B) {
		w, err := madeWorld()
		if err != nil {
			b.Fatal(err)
		}
		run(b, w)
	})
}

func BenchmarkBuild(b *testing.B) {
	forBenchmarks(b, func(b *testing.B, w *world) {
		for b.Loop() {
			if _, err := search.Build(b.Context(), w.reader); err != nil {
				b.Fatal(err)
			}
		}
		concepts := float64(len(w.data.Concepts))
		b.ReportMetric(concepts*float64(b.N)/b.Elapsed().Seconds(), "concepts/s")
		b.ReportMetric(float64(len(w.index.Bytes()))/concepts, "B/concept")
	})
}

func BenchmarkOpen(b *testing.B) {
	forBenchmarks(b, func(b *testing.B, w *world) {
		for b.Loop() {
			if _, err := search.Open(w.index.Bytes()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	forBenchmarks(b, func(b *testing.B, w *world) {
		for _, text := range []string{
			"Bell's palsy", "bels palsy", "hemifacal spasm", "hypertenson", "disease", "facial", "a", "pain of the face", "DOID:12506",
			"syndrome with autosomal dominant inheritance", "zzzzzzzzzz qqqqqqqqq",
		} {
			b.Run(strings.ReplaceAll(text, " ", "_"), func(b *testing.B) {
				b.ReportAllocs()
				var out search.Result
				n := 20
				q := search.Query{Text: text, Window: graph.Window{First: &n}}
				for b.Loop() {
					if err := w.index.Search(b.Context(), q, &out); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(out.Total), "hits")
			})
		}
	})
}

func BenchmarkComplete(b *testing.B) {
	forBenchmarks(b, func(b *testing.B, w *world) {
		for _, text := range []string{"b", "bel", "bels pa", "facial sp", "hemofac", "of", "disease o", "s", "syndrome a", "G51"} {
			b.Run(strings.ReplaceAll(text, " ", "_"), func(b *testing.B) {
				b.ReportAllocs()
				var out search.Completion
				for b.Loop() {
					if err := w.index.Complete(b.Context(), search.Query{Text: text}, 10, &out); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

// BenchmarkKeys types real names key by key, a tenth of them with a slip, and
// reports the slowest keys too; then it searches for the names.
func BenchmarkKeys(b *testing.B) {
	forBenchmarks(b, func(b *testing.B, w *world) {
		r := rand.New(rand.NewPCG(9, 9))
		var names, keys []string
		for range 400 {
			name := []rune(w.data.Concepts[r.IntN(len(w.data.Concepts))].Name())
			name = name[:min(len(name), 60)]
			if r.IntN(10) == 0 {
				name = []rune(misspell(r, string(name)))
			}
			names = append(names, string(name))
			for i := range name {
				keys = append(keys, string(name[:i+1]))
			}
		}
		measure := func(texts []string, ask func(string) error) func(*testing.B) {
			return func(b *testing.B) {
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					start := time.Now()
					if err := ask(texts[i%len(texts)]); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(start))
				}
				slices.Sort(took)
				for name, share := range map[string]float64{"p50-µs": 0.5, "p99-µs": 0.99, "max-µs": 1} {
					at := took[int(share*float64(len(took)-1))]
					b.ReportMetric(float64(at.Nanoseconds())/1000, name)
				}
			}
		}
		b.Run("complete", measure(keys, func(text string) error {
			var out search.Completion
			return w.index.Complete(b.Context(), search.Query{Text: text}, 10, &out)
		}))
		b.Run("search", measure(names, func(text string) error {
			var out search.Result
			n := 20
			return w.index.Search(b.Context(), search.Query{Text: text, Window: graph.Window{First: &n}}, &out)
		}))
	})
}
