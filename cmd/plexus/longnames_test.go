package main

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// TestLongNames: what clients choose takes little of logs and metrics, however long and
// however much of it there is, also where longer names are allowed.
func TestLongNames(t *testing.T) {
	s := started(t, "--limit", "nameBytes=60000", "--log-requests", "--slow", "1ns")
	const requests = 150
	for i := range requests {
		name := "N" + strconv.Itoa(i) + strings.Repeat("n", 30_000)
		if status, _, text := post(t, s.address, "application/json", `{"query":"query `+name+` { dataset { version } }"}`); status != http.StatusOK || !strings.Contains(text, "version") {
			t.Fatalf("%d %.300s", status, text)
		}
		_, _, told := post(t, s.address, "application/json", `{"query":"query A { __typename } query B { __typename }","operationName":"`+name+`"}`)
		if len(told) > 1000 {
			t.Fatalf("a message of %d bytes", len(told))
		}
		requested(t, http.MethodGet, s.address+strings.Repeat("%ff", 1000), "User-Agent", name[:1000])
		requested(t, strings.Repeat("M", 1000), s.address+"graphql")
	}
	_, _, metrics := requested(t, http.MethodGet, s.address+"metrics")
	if !strings.Contains(metrics, "N1nnn") || len(metrics) > 1<<20 {
		t.Errorf("metrics of %d bytes", len(metrics))
	}
	for line := range strings.Lines(metrics) {
		if len(line) > 500 {
			t.Errorf("a line of %d bytes in the metrics: %.200s", len(line), line)
		}
	}
	for line := range strings.Lines(s.log.String()) {
		if len(line) > 1500 {
			t.Fatalf("a line of %d bytes in the log: %.1500s", len(line), line)
		}
	}
	if s.log.String() == "" {
		t.Error("nothing is logged")
	}
}
