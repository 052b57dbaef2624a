package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/graph/progress"
)

// TestTell: what a line says, for what is known.
func TestTell(t *testing.T) {
	for _, c := range []struct {
		unit        string
		total, done int
		after       time.Duration
		want        string
	}{
		{progress.Bytes, 300e6, 120e6, 10 * time.Second, "work: 120.0 of 300.0 MB, 12.0 MB/s, about 15s left"},
		{"quads", 5_000_000, 1_000_000, 2 * time.Second, "work: 1000000 of 5000000 quads, 500000 quads/s, about 8s left"},
		{"quads", -1, 1000, 10 * time.Second, "work: 1000 quads, 100 quads/s"},
		{"quads", 500, 1000, 10 * time.Second, "work: 1000 quads, 100 quads/s"}, // an estimate that was too low
		{"quads", 500, 0, 10 * time.Second, "work, for 10s now"},
		{"", -1, 0, 70 * time.Second, "work, for 1m10s now"},
	} {
		var s *progress.Stage
		ctx := progress.Watch(t.Context(), func(begun *progress.Stage) func() { s = begun; return nil })
		progress.Begin(ctx, "work", c.unit, int64(c.total)).Add(c.done)
		if got := tell(s, c.after); got != c.want {
			t.Errorf("%d of %d %s: %q, want %q", c.done, c.total, c.unit, got, c.want)
		}
	}
}

// TestTeller: where there is no terminal, long work is told of in whole lines,
// and short work is not, in however many stages it is done.
func TestTeller(t *testing.T) {
	var log journal
	watched := progress.Watch(t.Context(), teller(&log, 10*time.Millisecond))
	for range 3 {
		stage := progress.Begin(watched, "reading", "things", 1000)
		stage.Add(10)
		for log.String() == "" {
			time.Sleep(time.Millisecond)
		}
		stage.End()
	}
	if said := log.String(); !strings.HasPrefix(said, "plexus: reading: 10 of 1000 things, ") || !strings.HasSuffix(said, " left\n") {
		t.Errorf("it says %q", said)
	}
	var quick bytes.Buffer
	short := shown(t.Context(), &quick)
	for range 10 {
		progress.Begin(short, "reading", "things", 1000).End()
	}
	if quick.Len() > 0 {
		t.Errorf("of short work it says %q", &quick)
	}
}

// TestDraw: the bar of long work says how much is done and how fast, and goes
// with the work; short work has none.
func TestDraw(t *testing.T) {
	for unit, want := range map[string]string{progress.Bytes: "MB/s", "things": "things/s", "": "work"} {
		var screen journal
		ctx := progress.Watch(t.Context(), func(s *progress.Stage) func() { return draw(&screen, s) })
		stage := progress.Begin(ctx, "work", unit, 10e6)
		for !strings.Contains(screen.String(), want) {
			stage.Add(100_000)
			time.Sleep(5 * time.Millisecond)
		}
		stage.End()
		if drawn := screen.String(); !strings.HasSuffix(drawn, "\r") || strings.Contains(drawn, "\n") {
			t.Errorf("%s: it leaves %q", unit, drawn[strings.LastIndex(drawn, "work"):])
		}
		screen.reset()
		progress.Begin(ctx, "work", unit, 10).End()
		if drawn := screen.String(); drawn != "" {
			t.Errorf("%s: of short work it draws %q", unit, drawn)
		}
	}
}
