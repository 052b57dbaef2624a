package pages

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// words are the words of the pages in a language, by key.
type words map[string]string

// readTexts reads the words of all languages.
func readTexts() map[string]words {
	texts := map[string]words{}
	for _, lang := range Languages {
		w := words{}
		if err := json.Unmarshal(read("text/"+lang+".json"), &w); err != nil {
			panic(err) // embedded by this package
		}
		texts[lang] = w
	}
	return texts
}

// say returns the words for a key with what stands in them; the key, if there are none.
func (w words) say(key string, args ...any) string {
	text, ok := w[key]
	if !ok {
		return key
	}
	if len(args) > 0 {
		return fmt.Sprintf(text, args...)
	}
	return text
}

// funcs are the functions of the templates in a language.
func (s *site) funcs(lang string) template.FuncMap {
	say := s.texts[lang].say
	return template.FuncMap{
		"t":        say,
		"kind":     func(kind any) string { return say("kind." + text(kind)) },
		"at":       at,
		"groups":   grouped,
		"chains":   chains,
		"marks":    marks,
		"disputed": disputed,
		"words":    func(name any) string { return graph.NameInWords(text(name)) },
		"number":   func(n any) string { return number(n, lang) },
		"sentence": sentence,
		"predicate": func(p any, incoming bool) string {
			name := text(at(p, "name"))
			if inverse := text(at(p, "inverseName")); incoming && inverse != "" {
				name = inverse
			}
			if label := say("predicate." + name); label != "predicate."+name {
				return label
			}
			return graph.NameInWords(name)
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

// number writes a whole number with its thousands apart.
func number(v any, lang string) string {
	n, ok := v.(float64)
	if !ok {
		return ""
	}
	digits := strconv.AppendInt(nil, int64(n), 10)
	separator := byte(',')
	if lang == "de" {
		separator = '.'
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = slices.Insert(digits, i, separator)
	}
	return string(digits)
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

// disputed reports whether sources speak against a link that others hold.
func disputed(edge any) bool {
	holding, _ := at(edge, "support", "statements").(float64)
	denying, _ := at(edge, "support", "denying").(float64)
	discouraging, _ := at(edge, "support", "discouraging").(float64)
	return holding > 0 && denying+discouraging > 0
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
