//go:build race

package main

// raceDetector says that the race detector is on, which makes large data slow.
const raceDetector = true
