//go:build race

package realdata

// raceDetector makes large data slow.
const raceDetector = true
