package main

import (
	"fmt"
	"net/http"
	"runtime"
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

// TestManyDocuments: what is remembered of the documents that clients send takes a
// bounded part of the memory, also where fragments and types make much of a short text.
func TestManyDocuments(t *testing.T) {
	address := serve(t)
	held := func() int {
		http.DefaultClient.CloseIdleConnections()
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // pools keep theirs for one
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	const levels = "ABCDEFG"
	var fragments strings.Builder
	for i, name := range levels {
		next := "id"
		if i+1 < len(levels) {
			next = "..." + levels[i+1:i+2]
		}
		fmt.Fprintf(&fragments, " fragment %c on Concept { replacedBy { %s } causes(first: 1) { nodes { %s } } }", name, next, next)
	}
	before := held()
	for i := range 80 {
		document := fmt.Sprintf("query Q%d($a: Boolean!, $b: Boolean!) { concept(id: \"eeg\") { ...A name @skip(if: $a) iri @skip(if: $b) } }", i) + fragments.String()
		for _, variables := range []string{`{"a":true,"b":true}`, `{"a":true,"b":false}`, `{"a":false,"b":true}`, `{"a":false,"b":false}`} {
			if status, _, text := post(t, address, "application/graphql-response+json", of(document, variables)); status != http.StatusOK {
				t.Fatalf("%d %s", status, text)
			}
		}
	}
	grown := held() - before
	if t.Logf("%d MiB are held of 80 documents", grown>>20); grown > 100<<20 {
		t.Error("that is too much")
	}
}
