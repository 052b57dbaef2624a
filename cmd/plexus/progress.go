package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/plexus-kg/plexus/graph/progress"
)

const (
	// drawEvery is how often a bar moves. Work that is done before the third time
	// shows none: it would only flicker.
	drawEvery = 100 * time.Millisecond
	// tellEvery is how long work must take to be told of where there is no
	// terminal, and how often it is.
	tellEvery = 10 * time.Second
)

// shown returns a context whose long work is shown on stderr: as a bar where
// that is a terminal, else as a line now and then.
func shown(ctx context.Context, stderr io.Writer) context.Context {
	if f, isFile := stderr.(*os.File); isFile && term.IsTerminal(int(f.Fd())) {
		return progress.Watch(ctx, func(s *progress.Stage) func() { return draw(stderr, s) })
	}
	return progress.Watch(ctx, teller(stderr, tellEvery))
}

// draw draws a bar until the stage ends, and then takes it away.
func draw(w io.Writer, s *progress.Stage) (end func()) {
	options := []progressbar.Option{
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(s.Name),
		progressbar.OptionSetWidth(30),
		progressbar.OptionSetSpinnerChangeInterval(0), // it turns when we say
		progressbar.OptionSetElapsedTime(true),
	}
	switch s.Unit {
	case "":
	case progress.Bytes:
		options = append(options, progressbar.OptionShowBytes(true), progressbar.OptionShowCount())
	default:
		options = append(options, progressbar.OptionShowIts(), progressbar.OptionSetItsString(s.Unit), progressbar.OptionShowCount())
	}
	total := s.Total
	if total <= 0 {
		total = -1
	}
	bar, ticks := progressbar.NewOptions64(total, options...), 0
	stop := every(drawEvery, func() {
		ticks++
		switch done := s.Done(); {
		case ticks < 3:
		case s.Unit == "":
			_ = bar.RenderBlank()
		case done > 0:
			_ = bar.Set64(done)
		}
	})
	return func() {
		stop()
		_ = bar.Clear()
	}
}

// teller returns a watcher that writes a line for each interval that the work
// has taken since the last one, or since the first stage began.
func teller(w io.Writer, interval time.Duration) func(*progress.Stage) func() {
	var (
		mu   sync.Mutex // stages may overlap
		told time.Time
	)
	return func(s *progress.Stage) func() {
		began := time.Now()
		mu.Lock()
		defer mu.Unlock()
		if told.IsZero() {
			told = began
		}
		return every(interval/10, func() {
			mu.Lock()
			defer mu.Unlock()
			if time.Since(told) >= interval {
				told = time.Now()
				fmt.Fprintln(w, "plexus: "+tell(s, time.Since(began)))
			}
		})
	}
}

// tell says how far a stage is after a time.
func tell(s *progress.Stage, after time.Duration) string {
	done := float64(s.Done())
	if s.Unit == "" || done == 0 {
		return fmt.Sprintf("%s, for %s now", s.Name, after.Round(time.Second))
	}
	rate, total, unit, format := done/after.Seconds(), float64(s.Total), s.Unit, "%.0f"
	if unit == progress.Bytes {
		unit, format = "MB", "%.1f"
	}
	amount := func(n float64) string {
		if s.Unit == progress.Bytes {
			n /= 1e6
		}
		return fmt.Sprintf(format, n)
	}
	if total < done { // not known
		return fmt.Sprintf("%s: %s %s, %s %s/s", s.Name, amount(done), unit, amount(rate), unit)
	}
	left := time.Duration((total - done) / rate * float64(time.Second))
	return fmt.Sprintf("%s: %s of %s %s, %s %s/s, about %s left", s.Name, amount(done), amount(total), unit, amount(rate), unit, left.Round(time.Second))
}

// every calls a function again and again, until it is told to stop, and not any
// more once that returns.
func every(interval time.Duration, do func()) (stop func()) {
	stopping, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				do()
			case <-stopping:
				return
			}
		}
	}()
	return func() {
		close(stopping)
		<-stopped
	}
}
