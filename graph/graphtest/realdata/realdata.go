// Package realdata gives tests data that others wrote and that was not made for
// Plexus: a cut of it is part of the project, the whole may lie beside the clone.
// README.md says what the cut is, where it comes from and under which licence.
package realdata

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// cutQuads is how many quads cut.nq.gz holds.
const cutQuads = 3826

// whole is where the whole lies, in the folder beside the clone.
const whole = "data/real-cc.nq.gz"

// Data is a file of N-Quads, packed with gzip.
type Data struct {
	Name string
	Path string
	// Quads is how many it holds.
	Quads int
	// Whole says that it is not the cut: half a million quads of seven sources.
	Whole bool
}

// Cut returns the data that are part of the project.
func Cut() Data {
	_, file, _, _ := runtime.Caller(0)
	return Data{Name: "cut", Path: filepath.Join(filepath.Dir(file), "cut.nq.gz"), Quads: cutQuads}
}

// Whole returns the data from which the cut is made. The test ends where it lacks
// them, and is skipped with -short and with the race detector, since they take
// seconds.
func Whole(t testing.TB) Data {
	t.Helper()
	if testing.Short() || RaceDetector {
		t.Skip("half a million quads take seconds")
	}
	return Data{Name: "whole", Path: needs.Shared(t, whole), Quads: 522_295, Whole: true}
}

// Each runs a test on the cut, always, and on the whole where [Whole] has it.
func Each(t *testing.T, test func(t *testing.T, d Data)) {
	t.Helper()
	t.Run("cut", func(t *testing.T) { test(t, Cut()) })
	t.Run("whole", func(t *testing.T) { test(t, Whole(t)) })
}
