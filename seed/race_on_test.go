//go:build race

package seed_test

const raceEnabled = true
