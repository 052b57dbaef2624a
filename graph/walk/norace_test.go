//go:build !race

package walk_test

// underRace says that the race detector is on, which makes large data slow.
const underRace = false
