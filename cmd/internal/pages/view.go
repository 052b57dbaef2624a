package pages

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// view is what a template is given.
type view struct {
	*state
	Page string
	Data map[string]any
}

// Lang is the language of the page.
func (v *view) Lang() string { return v.lang }

// Style and Script are the addresses of the files of the pages.
func (v *view) Style() string  { return v.site.assets.folder + "pages.css" }
func (v *view) Script() string { return v.site.assets.folder + "pages.js" }
func (v *view) Icon() string   { return v.site.assets.folder + "plexus.svg" }

// Menu are the pages that all link to.
func (v *view) Menu() (menu []map[string]any) {
	for i := range pages {
		if pages[i].menu {
			menu = append(menu, map[string]any{"Name": pages[i].name, "Address": v.keep(pages[i].pattern), "Here": pages[i].name == v.Page})
		}
	}
	return menu
}

// Languages are the other languages of this page, with its address in each.
func (v *view) Languages() (all []map[string]any) {
	for _, lang := range Languages {
		all = append(all, map[string]any{"Lang": lang, "Address": v.With("lang", lang), "Here": lang == v.lang})
	}
	return all
}

// keep adds the language to the address of another page, where the reader has chosen it.
func (v *view) keep(to string) string {
	if v.given.Get("lang") == "" {
		return to
	}
	mark := "?"
	if strings.Contains(to, "?") {
		mark = "&"
	}
	return to + mark + "lang=" + v.lang
}

// To returns the address of a thing.
func (v *view) To(id any) string { text, _ := id.(string); return v.keep(address(text)) }

// Go returns the address of another page with parameters: names and values in turn.
func (v *view) Go(pattern string, pairs ...any) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		if value, _ := pairs[i+1].(string); value != "" {
			q.Add(name, value)
		}
	}
	if len(q) > 0 {
		pattern += "?" + q.Encode()
	}
	return v.keep(pattern)
}

// With returns the address of this page with parameters changed; the places in lists
// are left out, which no longer fit.
func (v *view) With(pairs ...any) string {
	q := url.Values{}
	for name, all := range v.given {
		q[name] = slices.Clone(all)
	}
	turning := len(pairs) > 0 && (pairs[0] == "after" || pairs[0] == "before" || pairs[0] == "lang")
	if !turning || pairs[0] != "lang" {
		q.Del("after")
		q.Del("before")
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		if value, _ := pairs[i+1].(string); value != "" {
			q.Set(name, value)
		} else {
			q.Del(name)
		}
	}
	to := v.r.URL.EscapedPath()
	if len(q) > 0 {
		to += "?" + q.Encode()
	}
	return to
}

// Drop returns the address of this page without one value of a parameter.
func (v *view) Drop(name string, value any) string {
	q := url.Values{}
	for n, all := range v.given {
		for _, one := range all {
			if n != name || one != value {
				q.Add(n, one)
			}
		}
	}
	return v.r.URL.EscapedPath() + "?" + q.Encode()
}

// Given returns a parameter of the address.
func (v *view) Given(name string) string { return v.given.Get(name) }

// Choices are the texts of the address that are no ids.
func (v *view) Choices() []choice { return v.choices }

func (v *view) Choose(c choice, id any) string { text, _ := id.(string); return v.chosen(c, text) }

// Query is the address of the playground with the operation of this page; empty for a
// page without one.
func (v *view) Query() string {
	if v.question.Document == "" {
		return ""
	}
	variables, _ := json.MarshalIndent(v.question.Variables, "", "  ") // of texts and numbers
	return "/playground#" + url.Values{"query": {v.question.Document}, "variables": {string(variables)}}.Encode()
}

// Formats are those in which the list of the page can be had.
func (v *view) Formats() []map[string]any {
	if p := pageNamed(v.Page); p == nil || p.table == nil {
		return nil
	}
	var all []map[string]any
	for _, f := range []string{"csv", "tsv", "jsonl"} {
		all = append(all, map[string]any{"Name": f, "Address": v.With("format", f)})
	}
	return all
}

// Path is the address of something below a thing's own.
func (v *view) Path(id any, below string) string { return address(text(id)) + "/" + below }

// Qualifiers are those that a statement's page tells where they are stated. Some are
// told in any case, also that they are not stated.
func (v *view) Qualifiers() (names []string) {
	for _, q := range graph.AllQualifiers() {
		info := q.Info()
		if info.Hidden || info.Type == graph.RefQualifier || info.Type == graph.ListQualifier || info.Type == graph.FlagQualifier {
			continue
		}
		switch q {
		case graph.QualifierModality, graph.QualifierFrequency, graph.QualifierPopulation, graph.QualifierLocator, graph.QualifierWithdrawn, graph.QualifierKey:
		default:
			names = append(names, info.Name)
		}
	}
	return names
}

// Filters are the parameters by which the list of links was chosen.
func (v *view) Filters() (names []string) {
	for _, name := range []string{"predicate", "direction", "kind", "modality", "source", "denied"} {
		if v.given.Get(name) != "" {
			names = append(names, name)
		}
	}
	return names
}
