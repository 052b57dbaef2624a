//go:build !linux

package main

import "time"

var start = time.Now()

// threadTime returns the time on the clock: only Linux tells the processor time of a
// thread. So times are right where nothing else runs.
func threadTime() time.Duration { return time.Since(start) }

// processTime returns the time on the clock.
func processTime() time.Duration { return time.Since(start) }
