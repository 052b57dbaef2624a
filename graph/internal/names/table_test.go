package names_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph/internal/names"
)

func Example() {
	table := names.New(0)
	for _, name := range []string{"cold", "fever", "cold"} {
		fmt.Println(table.Add(name))
	}
	fmt.Println(table.Names())
	// Output:
	// 0 false
	// 1 false
	// 0 true
	// [cold fever]
}

// The table does what a map does, from the first name to long after it grew, and
// when names become other ones.
func TestTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 1, 100, 10_000} {
		table, numbers := names.New(size), map[string]int32{}
		var all []string
		for range 5000 {
			name := fmt.Sprint(r.IntN(2000))
			if r.IntN(50) == 0 {
				name = ""
			}
			want, wantKnown := numbers[name]
			if got, known := table.Find(name); known != wantKnown || known && got != want {
				t.Fatalf("Find(%q) = %d, %v; want %d, %v", name, got, known, want, wantKnown)
			}
			if !wantKnown {
				want = int32(len(all))
				numbers[name] = want
				all = append(all, name)
			}
			if got, known := table.Add(name); got != want || known != wantKnown {
				t.Fatalf("Add(%q) = %d, %v; want %d, %v", name, got, known, want, wantKnown)
			}
			if r.IntN(3) == 0 { // a name is free again, and another one is not
				other := fmt.Sprint("renamed ", r.IntN(2000))
				if _, taken := numbers[other]; !taken {
					table.Rename(want, other)
					delete(numbers, name)
					numbers[other], all[want] = want, other
				}
			}
		}
		if table.Len() != len(all) || !slices.Equal(table.Names(), all) {
			t.Fatalf("%d names, want %d, in the order of their coming", table.Len(), len(all))
		}
	}
}

// benchNames are IRIs as a graph has them, each a few times.
func benchNames() []string {
	const n = 1 << 20
	r := rand.New(rand.NewPCG(3, 4))
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("https://made.example/concept/%07d", r.IntN(n/4))
	}
	return list
}

func BenchmarkAdd(b *testing.B) {
	list := benchNames()
	b.ReportAllocs()
	for b.Loop() {
		table := names.New(len(list) / 4)
		for _, name := range list {
			table.Add(name)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/name")
}

func BenchmarkMap(b *testing.B) {
	list := benchNames()
	b.ReportAllocs()
	for b.Loop() {
		numbers, all := make(map[string]int32, len(list)/4), []string(nil)
		for _, name := range list {
			if _, known := numbers[name]; !known {
				numbers[name] = int32(len(all))
				all = append(all, name)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/name")
}
