package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// canonical brings the answer of a service into the one form of all: wrappers
// that a dialect needs ({nodes: […]}, {_: …}, edges with statements) are taken
// away, numbers that one service gives as text are numbers, and what is empty
// is left out.
func canonical(v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = canonical(v[i])
		}
		return list
	case map[string]any:
		for _, wrapper := range []string{"nodes", "edges", "_", "node"} {
			if within, ok := v[wrapper]; ok && len(v) == 1 {
				return canonical(within)
			}
		}
		out := map[string]any{}
		for key, value := range v {
			value = canonical(value)
			switch list, isList := value.([]any); {
			case value == nil, isList && len(list) == 0:
			case key == "statements": // of a link, one here
				maps.Copy(out, list[0].(map[string]any))
			case key == "_": // properties, by the names of their predicates
				for _, p := range list {
					name, text := p.(map[string]any)["predicate"].(map[string]any)["name"], p.(map[string]any)["value"].(map[string]any)["text"]
					if name == "classification" {
						name = "code"
					}
					out[name.(string)] = number(name.(string), text)
				}
			default:
				out[key] = number(key, value)
			}
		}
		return out
	default:
		return v
	}
}

// number turns the texts of the fields that are numbers into numbers.
func number(field string, v any) any {
	text, ok := v.(string)
	if !ok || field != "section" && field != "year" {
		return v
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return v
	}
	return n
}

// parseAnswer returns what a service answered under r, in canonical form.
func parseAnswer(body []byte) (any, error) {
	var answer struct {
		Data   map[string]any
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("%w: %.200s", err, body)
	}
	if len(answer.Errors) > 0 {
		return nil, fmt.Errorf("it answered: %s", answer.Errors[0].Message)
	}
	return canonical(answer.Data["r"]), nil
}

// same compares our answer to a query with that of a peer. Services rank what
// a search finds in their own ways, and ours goes on with misspellings and
// descriptions: of a search it is compared that we begin with as many finds that
// have the word in their names as the peer has in all.
func (d *data) same(query string, variables map[string]any, ours, theirs any) bool {
	if query != "q6" {
		return reflect.DeepEqual(ours, theirs)
	}
	a, _ := ours.([]any)
	b, _ := theirs.([]any)
	return len(a) >= len(b) && d.have(a[:len(b)], variables["q"]) && d.have(b, variables["q"])
}

// have reports whether the names or synonyms of all finds have the word.
func (d *data) have(hits []any, word any) bool {
	return !slices.ContainsFunc(hits, func(hit any) bool {
		key, _ := hit.(map[string]any)["key"].(string)
		i := slices.IndexFunc(kinds, func(k kind) bool { return strings.HasPrefix(key, k.letter) })
		if i < 0 {
			return true
		}
		n, err := strconv.Atoi(key[1:])
		if err != nil || n < 1 || n > d.count(i) {
			return true
		}
		e := &d.entities[d.start[i]+n-1]
		return !slices.Contains(strings.Fields(e.name+" "+strings.Join(e.synonyms, " ")), fmt.Sprint(word))
	})
}
