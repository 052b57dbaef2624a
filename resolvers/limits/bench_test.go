package limits_test

import (
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/resolvers/limits"
)

// BenchmarkDocument measures how long a refusal takes, and what an ordinary
// document pays.
func BenchmarkDocument(b *testing.B) {
	for _, c := range []struct{ name, document string }{
		{"Ordinary", `query($id: ID!) { concept(id: $id) { id name causes(first: 10) { edges { node { id name } statements { modality source { id } } } } } }`},
		{"Copies", "{" + strings.Repeat("a ", 2900) + "}"},
		{"Deep", strings.Repeat("{a", 900) + strings.Repeat("}", 900)},
		{"Long", "{" + strings.Repeat("a ", 32<<10) + "}"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = limits.Default().Document(c.document)
			}
		})
	}
}
