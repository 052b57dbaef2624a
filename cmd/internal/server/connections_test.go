package server

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// TestConnectionsAllBusy: where every connection is at work, none makes room: the
// next ones are refused, counted, and warned of once.
func TestConnectionsAllBusy(t *testing.T) {
	var log bytes.Buffer
	registry := prometheus.NewRegistry()
	c := newConnections(nil, Connections{Most: 1, Metrics: registry}, slog.New(slog.NewTextHandler(&log, nil)))
	connect := func() net.Conn {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
		return c.admit(ours)
	}
	first := connect()
	if first == nil {
		t.Fatal("the first is refused")
	}
	c.changed(first, http.StateActive)
	for range 3 {
		if connect() != nil {
			t.Fatal("one too many is let in")
		}
	}
	told := map[string]float64{}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			name := family.GetName()
			for _, label := range m.GetLabel() {
				name += " " + label.GetValue()
			}
			told[name] = m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	if told["plexus_connections_refused_total all"] != 3 || told["plexus_connections_refused_total client"] != 0 || told["plexus_connections_open"] != 1 || len(told) != 3 {
		t.Errorf("the metrics tell %v", told)
	}
	if n := strings.Count(log.String(), "connections are refused: there are as many as may be (--max-connections)"); n != 1 {
		t.Errorf("it warns %d times: %s", n, &log)
	}
	c.changed(first, http.StateIdle)
	if connect() == nil {
		t.Error("an idle one does not make room")
	}
}
