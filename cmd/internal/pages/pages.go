package pages

import (
	"embed"
	"net/url"
	"strconv"
	"strings"
)

//go:embed queries templates text assets
var files embed.FS

// page is a row of the table of pages.
type page struct {
	// name is that of the operation and of the template; pattern is the address.
	name, pattern string
	// variables reads them from the address. It answers the request itself where it
	// returns false.
	variables func(s *state) (map[string]any, bool)
	// table is the list of the page that can be had as a file, nil for none.
	table *table
	// menu says that all pages link to it.
	menu bool
}

// perPage is how many entries a page of a list shows.
const perPage = 20

// pages is the table. Of /id/, which page it is depends on what the id names: see
// thing.
var pages = []page{
	{name: "home", pattern: "/{$}", variables: (*state).home},
	{name: "search", pattern: "/search", menu: true, variables: (*state).search, table: &table{document: "search", list: []string{"search"}, row: conceptRow}},
	{name: "paths", pattern: "/paths", menu: true, variables: (*state).paths},
	{name: "rank", pattern: "/rank", menu: true, variables: (*state).rank},
	{name: "compare", pattern: "/compare", menu: true, variables: (*state).compare},
	{name: "disputes", pattern: "/disputes", menu: true, variables: (*state).paged},
	{name: "links", pattern: "/id/{id}/links", variables: (*state).links, table: &table{document: "links", list: []string{"concept", "links"}, row: statementRow}},
	{name: "concept", variables: (*state).id},
	{name: "statement", variables: (*state).id},
	{name: "article", variables: (*state).id},
	{name: "section", variables: (*state).listOf, table: &table{document: "section", list: []string{"node", "statements"}, row: statementRow}},
	{name: "source", variables: (*state).listOf, table: &table{document: "source", list: []string{"node", "statements"}, row: statementRow}},
}

// thing says which page shows what node has found.
var thing = map[string]string{"Statement": "statement", "Article": "article", "Section": "section", "DataSource": "source", "Curator": "source"}

// pageNamed returns a row of the table.
func pageNamed(name string) *page {
	for i := range pages {
		if pages[i].name == name {
			return &pages[i]
		}
	}
	return nil
}

func (s *state) home() (map[string]any, bool) {
	if s.given.Has("query") { // as the playground was linked to while it was at /
		s.redirect("/playground?" + s.r.URL.RawQuery)
		return nil, false
	}
	return map[string]any{}, true
}

func (s *state) id() (map[string]any, bool) {
	return map[string]any{"id": s.thing, "language": s.languages()}, true
}

func (s *state) paged() (map[string]any, bool) {
	return s.turn(map[string]any{"language": s.languages()}), true
}

func (s *state) listOf() (map[string]any, bool) {
	return s.turn(map[string]any{"id": s.thing, "language": s.languages()}), true
}

// turn adds which page of a list is asked for.
func (s *state) turn(v map[string]any) map[string]any {
	v["first"], v["after"], v["last"], v["before"] = perPage, nil, nil, nil
	if after := s.given.Get("after"); after != "" {
		v["after"] = after
	} else if before := s.given.Get("before"); before != "" {
		v["first"], v["last"], v["before"] = nil, perPage, before
	}
	return v
}

func (s *state) search() (map[string]any, bool) {
	text := strings.TrimSpace(s.given.Get("q"))
	v := s.turn(map[string]any{
		"text": text, "language": s.languages(), "kinds": nil, "filter": nil, "searching": text != "", "deprecated": s.given.Get("deprecated") == "1",
	})
	if kind := s.given.Get("kind"); kind != "" {
		v["kinds"], v["filter"] = []any{kind}, map[string]any{"kind": map[string]any{"in": []any{kind}}}
	}
	return v, true
}

func (s *state) links() (map[string]any, bool) {
	v := s.turn(map[string]any{"id": s.r.PathValue("id"), "language": s.languages(), "direction": "BOTH", "predicates": nil, "filter": nil, "nodes": nil, "order": "NAME"})
	if p := s.given.Get("predicate"); p != "" {
		v["predicates"] = []any{p}
	}
	if d := s.given.Get("direction"); d == "IN" || d == "OUT" {
		v["direction"] = d
	}
	if s.given.Get("order") == "FREQUENCY" {
		v["order"] = "FREQUENCY"
	}
	filter := map[string]any{}
	if m := s.given.Get("modality"); m != "" {
		filter["modality"] = map[string]any{"in": []any{m}}
	}
	if source := s.given.Get("source"); source != "" {
		filter["source"] = map[string]any{"in": []any{source}}
	}
	if s.given.Get("denied") == "1" {
		filter["negated"] = true
	}
	if len(filter) > 0 {
		v["filter"] = filter
	}
	if kind := s.given.Get("kind"); kind != "" {
		v["nodes"] = map[string]any{"kind": map[string]any{"in": []any{kind}}}
	}
	return v, true
}

func (s *state) paths() (map[string]any, bool) {
	v := map[string]any{"from": "", "to": "", "length": 4, "language": s.languages(), "asking": false}
	if n, err := strconv.Atoi(s.given.Get("length")); err == nil {
		v["length"] = min(max(n, 1), 8)
	}
	if !s.found("from", "to") {
		return v, s.answered()
	}
	if s.given.Get("from") != "" && s.given.Get("to") != "" {
		v["from"], v["to"], v["asking"] = s.given.Get("from"), s.given.Get("to"), true
	}
	return v, true
}

func (s *state) compare() (map[string]any, bool) {
	v := map[string]any{"a": "", "b": "", "language": s.languages(), "asking": false}
	if !s.found("a", "b") {
		return v, s.answered()
	}
	if s.given.Get("a") != "" && s.given.Get("b") != "" {
		v["a"], v["b"], v["asking"] = s.given.Get("a"), s.given.Get("b"), true
	}
	return v, true
}

func (s *state) rank() (map[string]any, bool) {
	v := map[string]any{"findings": []any{}, "excluded": []any{}, "language": s.languages(), "asking": false}
	if !s.found("finding", "excluded") {
		return v, s.answered()
	}
	for name, into := range map[string]string{"finding": "findings", "excluded": "excluded"} {
		list := []any{}
		for _, id := range s.given[name] {
			if id != "" {
				list = append(list, id)
			}
		}
		v[into] = list
	}
	v["asking"] = len(v["findings"].([]any)) > 0
	return v, true
}

// address returns that of a thing.
func address(id string) string { return "/id/" + url.PathEscape(id) }
