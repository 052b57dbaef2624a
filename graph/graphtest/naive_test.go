package graphtest_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

func TestNaive(t *testing.T) {
	graphtest.TestReader(t, func(_ *testing.T, ds *graph.Dataset) graph.Reader { return graphtest.NewNaive(ds) })
}
