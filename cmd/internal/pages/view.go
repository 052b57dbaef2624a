package pages

import (
	"cmp"
	"encoding/json"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"unicode"

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

// Page of another kind, with parameters: names and values in turn.
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

// Given returns a parameter of the address, All all values of it.
func (v *view) Given(name string) string { return v.given.Get(name) }

func (v *view) All(name string) (all []string) {
	for _, value := range v.given[name] {
		if value != "" {
			all = append(all, value)
		}
	}
	return all
}

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

// Thing is the id of what the page shows.
func (v *view) Thing() string { return v.thing }

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

// funcs are the functions of the templates in a language.
func (s *site) funcs(lang string) template.FuncMap {
	say := func(key string, args ...any) string { return s.texts[lang].say(s.texts[Languages[0]], key, args) }
	return template.FuncMap{
		"t":        say,
		"kind":     func(kind any) string { return say("kind." + text(kind)) },
		"at":       at,
		"groups":   grouped,
		"chains":   chains,
		"marks":    marks,
		"words":    spaced,
		"number":   func(n any) string { return number(n, lang) },
		"weight":   weight,
		"sentence": sentence,
		"has":      func(all []string, one string) bool { return slices.Contains(all, one) },
		"predicate": func(p any, incoming bool) string {
			name := text(at(p, "name"))
			if inverse := text(at(p, "inverseName")); incoming && inverse != "" {
				name = inverse
			}
			if label := say("predicate." + name); label != "predicate."+name {
				return label
			}
			return spaced(name)
		},
		"dict": func(pairs ...any) map[string]any {
			d := map[string]any{}
			for i := 0; i+1 < len(pairs); i += 2 {
				d[text(pairs[i])] = pairs[i+1]
			}
			return d
		},
	}
}

// order is that of the groups of a concept's links, by what a predicate is called from
// the concept; all others follow.
var order = []string{
	"cause", "causeOf", "signOrSymptom", "signOrSymptomOf", "mayIndicate", "indicatedBy",
	"typicalTest", "usedToDiagnose", "possibleTreatment", "treats", "prevents", "preventedBy",
	"adverseOutcome", "adverseOutcomeOf", "riskFactor", "increasesRiskOf", "complication", "complicationOf",
	"ruledOutBy", "usedToRuleOut", "signDetected", "detectedBy", "examines", "examinedBy",
	"associatedAnatomy", "affectedBy", "stage", "stageOf", "guideline", "guidelineSubject",
	"includes", "partOf", "related",
}

// group is the links of a concept with one predicate, read one way.
type group struct {
	Name      string // from the concept
	Predicate any
	Incoming  bool
	Count     any // of all, of which Edges has the first
	Edges     []any
	More      bool
	Against   bool // it warns
}

// Direction is the way in which the links are read.
func (g *group) Direction() string {
	if g.Incoming {
		return "IN"
	}
	return "OUT"
}

// perGroup is how many links of a group a concept's page shows, and mostLinks how many
// of all groups, before groups show no more than two.
const (
	perGroup  = 5
	mostLinks = 30
)

// grouped puts the links of a concept into groups: what is advised against first. The
// hierarchy has a place of its own.
func grouped(concept any) (all []*group) {
	of := map[string]*group{}
	for _, way := range []string{"outgoing", "incoming"} {
		for _, c := range list(at(concept, way, "predicateCounts")) {
			p, incoming := at(c, "predicate"), way == "incoming"
			id := text(at(p, "id"))
			name := text(at(p, "name"))
			if inverse := text(at(p, "inverseName")); incoming && inverse != "" {
				name = inverse
			}
			if id == string(graph.PredicateBroader) || id == string(graph.PredicateAdvisedAgainstIn) || of[name] != nil {
				continue
			}
			g := &group{Name: name, Predicate: p, Incoming: incoming, Count: at(c, "count")}
			of[name] = g
			all = append(all, g)
		}
	}
	shown := 0
	for _, e := range list(at(concept, "links", "edges")) {
		for _, g := range all {
			if at(g.Predicate, "id") == at(e, "predicate", "id") && g.Incoming == (at(e, "direction") == "IN") {
				if n := len(g.Edges); n < 2 || n < perGroup && shown < mostLinks {
					g.Edges = append(g.Edges, e)
					shown++
				}
			}
		}
	}
	place := func(g *group) int {
		if i := slices.Index(order, g.Name); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(all, func(a, b *group) int { return place(a) - place(b) })
	for _, g := range all {
		n, _ := g.Count.(float64)
		g.More = int(n) > len(g.Edges)
	}
	for _, field := range []string{"advisedAgainstFor", "cautions"} {
		l := at(concept, field)
		edges := list(at(l, "edges"))
		if len(edges) == 0 {
			continue
		}
		n, _ := at(l, "totalCount").(float64)
		all = append([]*group{{
			Name: field, Predicate: map[string]any{"name": fieldNames[field], "id": string(graph.PredicateAdvisedAgainstIn)},
			Incoming: field == "cautions", Count: at(l, "totalCount"), Edges: edges, More: int(n) > len(edges), Against: true,
		}}, all...)
	}
	return all
}

// fieldNames are what the predicates of link fields are called from the concept.
var fieldNames = map[string]string{
	"adverseOutcomes":   "adverseOutcome",
	"advisedAgainstFor": "advisedAgainstIn",
	"anatomy":           "associatedAnatomy",
	"causes":            "cause",
	"cautions":          "caution",
	"complications":     "complication",
	"conditions":        "signOrSymptomOf",
	"detects":           "signDetected",
	"guidelines":        "guideline",
	"riskFactors":       "riskFactor",
	"rulesOut":          "usedToRuleOut",
	"signsAndSymptoms":  "signOrSymptom",
	"stages":            "stage",
	"subjects":          "guidelineSubject",
	"tests":             "typicalTest",
	"treatments":        "possibleTreatment",
}

// at returns what an answer has below some names, nil where that is nothing.
func at(v any, names ...string) any {
	for _, name := range names {
		object, _ := v.(map[string]any)
		v = object[name]
	}
	return v
}

func list(v any) []any { all, _ := v.([]any); return all }

func text(v any) string { s, _ := v.(string); return s }

// spaced writes a name of the schema as words.
func spaced(name any) string {
	var b strings.Builder
	for i, r := range text(name) {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// number writes a whole number with its thousands apart.
func number(v any, lang string) string {
	n, ok := v.(float64)
	if !ok {
		return ""
	}
	digits := []byte(jsonNumber(n))
	separator := byte(',')
	if lang == "de" {
		separator = '.'
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = slices.Insert(digits, i, separator)
	}
	return string(digits)
}

func jsonNumber(n float64) string { b, _ := json.Marshal(int64(n)); return string(b) }

// weight writes a weight with its sign.
func weight(v any) string {
	n, _ := v.(float64)
	s := strings.TrimPrefix(formatted(n), "-")
	if n < 0 {
		return "−" + s
	}
	return "+" + s
}

// mark is something about a statement that must be seen, in words and with a symbol.
type mark struct{ Name, Symbol string }

// marks says what kind of saying a statement is: denied, advised against, no longer
// valid, inferred, hedged.
func marks(s any) (all []mark) {
	modality, _ := graph.ParseModality(strings.ToLower(text(at(s, "modality"))))
	negated, _ := at(s, "negated").(bool)
	caution, _ := at(s, "predicate", "caution").(bool)
	switch stance := graph.StanceOf(&graph.Predicate{Caution: caution}, modality, negated); {
	case at(s, "withdrawn") != nil:
		all = append(all, mark{"withdrawn." + text(at(s, "withdrawn")), "⊘"})
	case stance == graph.Denies:
		all = append(all, mark{"denied", "✕"})
	case stance == graph.Discourages, caution && stance == graph.Supports:
		all = append(all, mark{"discouraged", "⚠"})
	}
	switch modality {
	case graph.Possible:
		all = append(all, mark{"possible", "?"})
	case graph.Suspected:
		all = append(all, mark{"suspected", "?"})
	case graph.Recommended:
		all = append(all, mark{"recommended", "✓"})
	case graph.ModalityNotStated:
		all = append(all, mark{"notStated", "–"})
	}
	if text(at(s, "source", "__typename")) == "Curator" {
		all = append(all, mark{"inferred", "∴"})
	}
	switch text(at(s, "source", "status")) {
	case "PREPRINT":
		all = append(all, mark{"preprint", "◌"})
	case "SUPERSEDED":
		all = append(all, mark{"superseded", "⊘"})
	}
	return all
}

// sentence links the names of concepts in a sentence of the API.
func sentence(v *view, told any, concepts ...any) template.HTML {
	type place struct {
		from, to int
		address  string
	}
	sentence := text(told)
	var places []place
	for _, c := range concepts {
		name := text(at(c, "said"))
		if name == "" {
			name = text(at(c, "name"))
		}
		from := strings.Index(sentence, name)
		if from < 0 || name == "" { // as a sentence begins it
			if from = -1; name != "" && len(sentence) >= len(name) && strings.EqualFold(sentence[:len(name)], name) {
				from = 0
			}
		}
		to := from + len(name)
		if from >= 0 && !slices.ContainsFunc(places, func(p place) bool { return from < p.to && p.from < to }) {
			places = append(places, place{from, to, v.To(at(c, "id"))})
		}
	}
	slices.SortFunc(places, func(a, b place) int { return a.from - b.from })
	var b strings.Builder
	last := 0
	for _, p := range places {
		b.WriteString(template.HTMLEscapeString(sentence[last:p.from]))
		b.WriteString(`<a href="` + template.HTMLEscapeString(p.address) + `">` + template.HTMLEscapeString(sentence[p.from:p.to]) + `</a>`)
		last = p.to
	}
	b.WriteString(template.HTMLEscapeString(sentence[last:]))
	return template.HTML(b.String()) //nolint:gosec // all of it is escaped above
}

// mostChains is how many ways up the hierarchy a page shows.
const mostChains = 8

// chains returns the ways from the most general concepts down to one, of what is
// broader: each of its edges tells its own parents.
func chains(concept any) [][]any {
	nodes, parents := map[string]any{}, map[string][]string{}
	ids := func(c any) (all []string) {
		for _, n := range list(at(c, "parents", "nodes")) {
			all = append(all, text(at(n, "id")))
		}
		return all
	}
	for _, n := range list(at(concept, "broader", "nodes")) {
		id := text(at(n, "id"))
		nodes[id], parents[id] = n, ids(n)
	}
	var all [][]any
	var climb func(below []any, up []string, seen []string)
	climb = func(below []any, up []string, seen []string) {
		if len(all) == mostChains {
			return
		}
		higher := false
		for _, id := range up {
			if n := nodes[id]; n != nil && !slices.Contains(seen, id) {
				higher = true
				climb(append([]any{n}, below...), parents[id], append(slices.Clone(seen), id))
			}
		}
		if !higher && len(below) > 0 {
			all = append(all, below)
		}
	}
	climb(nil, ids(concept), nil)
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

// Compared are the lists that a comparison has.
func (v *view) Compared() (names []string) {
	concept, _ := v.Data["a"].(map[string]any)
	for name, value := range concept {
		if at(value, "edges") != nil {
			names = append(names, name)
		}
	}
	place := func(name string) int { return slices.Index(order, v.Named(name)) }
	slices.SortFunc(names, func(a, b string) int { return place(a) - place(b) })
	return names
}

// Named is what the predicate of a link field is called.
func (*view) Named(field string) string { return cmp.Or(fieldNames[field], field) }
