package diff

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// fields collects the fields in which a thing differs.
type fields struct {
	*comparison
	list []Field
}

// differs notes a field that is not the same.
func (f *fields) differs(name, before, after string) {
	f.list = append(f.list, Field{Name: name, Before: before, After: after})
}

// text compares a field that is a text, a word or a number.
func (f *fields) text(name, before, after string) {
	if before != after {
		f.differs(name, before, after)
	}
}

// flag compares a field that is a yes or nothing.
func (f *fields) flag(name string, before, after bool) {
	word := func(set bool) string {
		if set {
			return "true"
		}
		return ""
	}
	f.text(name, word(before), word(after))
}

// reference compares a field that names a thing.
func (f *fields) reference(name string, before, after graph.ID) {
	if before != after {
		f.list = append(f.list, Field{
			Name: name, Before: string(before), After: string(after), BeforeName: f.before.name(before), AfterName: f.after.name(after),
		})
	}
}

// members compares what was joined, or not: it is one text.
func (f *fields) members(name string, before, after any) {
	write := func(members any) string {
		text, err := json.Marshal(members)
		if err != nil || string(text) == "null" { // they are always JSON
			return ""
		}
		return string(text)
	}
	f.text(name, write(before), write(after))
}

// iri compares full forms. Those that follow from the id are not worth a word,
// not even where the prefixes have changed: that stands there once.
func (f *fields) iri(beforeID, afterID graph.ID, before, after string) {
	if before == after || f.before.follows(beforeID, before) && f.after.follows(afterID, after) {
		return
	}
	f.text("iri", before, after)
}

// follows reports whether an IRI is the one that follows from the id.
func (s *side) follows(id graph.ID, iri string) bool {
	return iri == "" || iri == s.Prefixes.Expand(id)
}

// kinds compares lists of kinds, which are written as one field.
func (f *fields) kinds(name string, before, after []graph.Kind) {
	f.text(name, strings.Join(graph.KindNames(before), ", "), strings.Join(graph.KindNames(after), ", "))
}

// ids compares a list of ids whose order counts: it is one field.
func (f *fields) ids(name string, before, after []graph.ID) {
	if slices.Equal(before, after) {
		return
	}
	write := func(ids []graph.ID) string {
		words := make([]string, len(ids))
		for i, id := range ids {
			words[i] = string(id)
		}
		return strings.Join(words, ", ")
	}
	f.differs(name, write(before), write(after))
}

// references compares a list of ids whose order follows from the ids.
func (f *fields) references(name string, before, after []graph.ID) {
	items(before, after, func(id graph.ID) string { return string(id) }, func(b, a *graph.ID) {
		f.reference(name, deref(b), deref(a))
	})
}

// texts compares names or descriptions. Of one language, a text that went and
// one that came are one text that changed.
func (f *fields) texts(name string, before, after []graph.Text) {
	list(f, before, after, func(t *graph.Text) (key, field, language, text string) { return t.Language, name, t.Language, t.Text })
}

func (f *fields) synonyms(before, after []graph.Synonym) {
	list(f, before, after, func(s *graph.Synonym) (key, field, language, text string) {
		return inLanguage(s.Text, s.Language), "synonym", s.Language, s.Text + details(string(s.Scope), "", s.Via)
	})
}

func (f *fields) codes(before, after []graph.Code) {
	list(f, before, after, func(k *graph.Code) (key, field, language, text string) {
		return string(k.Code), "code", "", string(k.Code) + details(string(k.Match), k.Label, k.Via)
	})
}

// properties compares values that have no field of their own.
func (f *fields) properties(before, after []graph.Property) {
	list(f, before, after, func(p *graph.Property) (key, field, language, text string) {
		return string(p.Predicate), string(p.Predicate), "", written(p.Value)
	})
}

// list compares lists of items, each a field of its own; tell says the key of an
// item, the name and language of its field, and how it is written.
func list[T comparable](f *fields, before, after []T, tell func(*T) (key, field, language, text string)) {
	key := func(item T) string { key, _, _, _ := tell(&item); return key }
	items(before, after, key, func(b, a *T) {
		var is Field
		if b != nil {
			_, is.Name, is.Language, is.Before = tell(b)
		}
		if a != nil {
			_, is.Name, is.Language, is.After = tell(a)
		}
		f.list = append(f.list, is)
	})
}

// items compares two lists without repetitions and calls differ for each item
// that one of them lacks, nil standing for the other; and for two of the same
// key, where there are no more of that key, once. They come in the order of
// keys, which is the same from both ends.
func items[T comparable](before, after []T, key func(T) string, differ func(before, after *T)) {
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] { // nearly all
		before, after = before[1:], after[1:]
	}
	if len(before)+len(after) == 0 {
		return
	}
	type item struct {
		key           string
		before, after *T
	}
	var rest []item
	in := make(map[T]bool, len(after))
	for i := range after {
		in[after[i]] = true
	}
	for i := range before {
		if in[before[i]] {
			delete(in, before[i])
		} else {
			rest = append(rest, item{key(before[i]), &before[i], nil})
		}
	}
	for i := range after {
		if in[after[i]] {
			rest = append(rest, item{key(after[i]), nil, &after[i]})
		}
	}
	slices.SortStableFunc(rest, func(x, y item) int { return cmp.Compare(x.key, y.key) })
	for i := 0; i < len(rest); {
		end := i + 1
		for end < len(rest) && rest[end].key == rest[i].key {
			end++
		}
		if same := rest[i:end]; len(same) == 2 && same[0].after == nil && same[1].before == nil {
			differ(same[0].before, same[1].after)
		} else {
			for _, one := range same {
				differ(one.before, one.after)
			}
		}
		i = end
	}
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func inLanguage(text, language string) string {
	if language == "" {
		return text
	}
	return text + " @" + language
}

// written writes a value as people read it.
func written(v graph.Value) string {
	switch {
	case v.Datatype == graph.AnyURI:
		return "<" + v.Text + ">"
	case v.Datatype != "":
		return inLanguage(v.Text, v.Language) + " ^^" + string(v.Datatype)
	default:
		return inLanguage(v.Text, v.Language)
	}
}

// details writes what is known of a synonym or code.
func details(word, label, via string) string {
	var parts []string
	if word != "" {
		parts = append(parts, word)
	}
	if label != "" {
		parts = append(parts, "called "+label)
	}
	if via != "" {
		parts = append(parts, "via "+via)
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
