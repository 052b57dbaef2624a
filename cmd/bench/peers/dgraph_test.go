package main

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDgraph: the data, the schema of the store and that of GraphQL speak of
// the same predicates.
func TestDgraph(t *testing.T) {
	dir := t.TempDir()
	if err := makeData(1000, 5000).writeDgraph(dir); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	store := map[string]bool{}
	for line := range strings.Lines(read("schema.dql")) {
		predicate, _, _ := strings.Cut(line, ":")
		store[predicate] = true
	}
	graph, typ := map[string]bool{}, ""
	for line := range strings.Lines(read("schema.graphql")) {
		if f := strings.Fields(line); f[0] == "type" || f[0] == "interface" {
			typ = f[1]
		} else if name, _, isField := strings.Cut(f[0], ":"); isField {
			graph[typ+"."+name] = true
		}
	}
	f, err := os.Open(filepath.Join(dir, "graph.rdf.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^<0x[0-9a-f]+> <([A-Za-z.]+)> (<0x[0-9a-f]+>|"[^"]*") \.\n$`)
	data := map[string]bool{}
	for line := range strings.Lines(string(facts)) {
		m := form.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("no quad: %q", line)
		}
		if m[1] != "dgraph.type" {
			data[m[1]] = true
		}
	}
	for _, c := range []struct {
		name string
		set  map[string]bool
	}{{"GraphQL", graph}, {"the store", store}, {"the data", data}} {
		for _, other := range []map[string]bool{graph, store, data} {
			for predicate := range other {
				if !c.set[predicate] {
					t.Errorf("%s has no %s", c.name, predicate)
				}
			}
		}
	}
	if len(data) < 20 {
		t.Errorf("only %d predicates", len(data))
	}
}

// TestQueries: every service has every query.
func TestQueries(t *testing.T) {
	b := &bench{source: "."}
	for _, dialects := range [][]string{{"plexus"}, {"gqlgen"}, {"postgraphile", "postgraphile-cursor"}, {"dgraph"}} {
		for q := range titles {
			if _, _, err := b.query(&service{dialects: dialects}, q); err != nil {
				t.Errorf("%v: %v", dialects, err)
			}
		}
	}
}
