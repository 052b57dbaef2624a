//go:build !race

package realdata

// RaceDetector says that the race detector runs, which makes everything ten times as slow.
const RaceDetector = false
