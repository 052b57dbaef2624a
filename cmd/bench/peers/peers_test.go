package main

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
)

// TestData: equal on every machine, and within a kind the order of keys is that
// of names.
func TestData(t *testing.T) {
	d, again := makeData(1000, 5000), makeData(1000, 5000)
	if !reflect.DeepEqual(d.entities, again.entities) || !reflect.DeepEqual(d.links, again.links) {
		t.Error("the data differs from one time to the next")
	}
	for k := range kinds {
		of := d.entities[d.start[k]:d.start[k+1]]
		if !slices.IsSortedFunc(of, func(a, b entity) int { return compare(a.key, b.key) }) || !slices.IsSortedFunc(of, func(a, b entity) int { return compare(a.name, b.name) }) {
			t.Errorf("%s: keys and names are in different orders", kinds[k].name)
		}
	}
	n := 0
	for i, links := range d.links {
		n += len(links)
		for _, l := range links {
			if d.entities[l.from].kind != relations[i].from || d.entities[l.to].kind != relations[i].to || d.entities[l.source].kind != sources {
				t.Fatalf("%s: %+v", relations[i].name, l)
			}
		}
	}
	if n < 4900 || n > 5000 {
		t.Errorf("%d links", n)
	}
}

func compare(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

// TestCanonical: one answer in three dialects.
func TestCanonical(t *testing.T) {
	parse := func(s string) any {
		a, err := parseAnswer([]byte(`{"data":{"r":` + s + `}}`))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	plexus := parse(`{"key":"c1","_":{"nodes":[{"predicate":{"name":"classification"},"value":{"text":"A1"}},{"predicate":{"name":"year"},"value":{"text":"1999"}}]},
		"symptomLinks":{"edges":[{"symptom":{"key":"s1"},"statements":[{"section":"3","certainty":0.5,"source":{"name":"x"}}]}]},"tests":{"nodes":[]}}`)
	for dialect, answer := range map[string]any{
		"gqlgen":       parse(`{"key":"c1","code":"A1","year":1999,"symptomLinks":[{"symptom":{"key":"s1"},"section":3,"certainty":0.5,"source":{"name":"x"}}],"tests":[]}`),
		"postgraphile": parse(`{"key":"c1","code":"A1","year":1999,"symptomLinks":{"nodes":[{"symptom":{"_":{"key":"s1"}},"section":3,"certainty":0.5,"source":{"name":"x"}}]},"tests":{"nodes":[]}}`),
	} {
		if !reflect.DeepEqual(plexus, answer) {
			a, _ := json.Marshal(plexus)
			b, _ := json.Marshal(answer)
			t.Errorf("%s: %s\nplexus: %s", dialect, b, a)
		}
	}
	if _, err := parseAnswer([]byte(`{"errors":[{"message":"no"}]}`)); err == nil {
		t.Error("an error is no answer")
	}
	d := makeData(1000, 1000)
	word := map[string]any{"q": d.entities[0].name[:3]}
	if d.same("q6", word, []any{map[string]any{"key": d.entities[0].key}}, []any{map[string]any{"key": d.entities[0].key}}) {
		t.Error("part of a word is no word")
	}
}
