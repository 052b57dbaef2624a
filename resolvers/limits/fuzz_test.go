package limits_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/plexus-kg/plexus/resolvers/limits"
)

// FuzzDocument: whatever the text, the check comes to the verdict of one that
// unfolds everything, and counts what is there.
func FuzzDocument(f *testing.F) {
	f.Add("{a{...A}} fragment A on T{b{...A}}")
	f.Add("{a{...A} b:c{...A ...B}} fragment A on T{b{...B}} fragment B on T{c c d:e}")
	f.Add("query($a:[I!]=[1]){a:b(x:{y:$a})@c ...on T{d}}")
	f.Add("{__schema{types{fields{type{fields{name}}}}}}")
	f.Add(`query A($b:C="d"@e){f(g:[h[i]])}query B{f}`)
	f.Fuzz(func(t *testing.T, text string) {
		l := small()
		e := l.Document(text)
		if e != nil && e.Found <= e.Allowed {
			t.Errorf("%+v", e)
		}
		document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, l.Tokens)
		switch {
		case len(text) > l.Bytes:
			if e == nil || e.Limit != "bytes" {
				t.Errorf("%+v", e)
			}
			return
		case err != nil:
			if e != nil && e.Limit != "tokens" {
				t.Errorf("what is no GraphQL is not ours to refuse: %+v", e)
			}
			return
		}
		beyond := recount(document).beyond(l)
		if (e != nil) != (len(beyond) > 0) || e != nil && !beyond[e.Limit] {
			t.Errorf("%s\n%+v, counted one by one: %v", text, e, beyond)
		}
	})
}

// counts are the largest numbers of everything in a document, each found in the
// plainest way.
type counts struct {
	document  *ast.QueryDocument
	fragments map[string]*ast.FragmentDefinition
	most      map[string]int
	endless   bool
}

func recount(d *ast.QueryDocument) *counts {
	c := &counts{d, map[string]*ast.FragmentDefinition{}, map[string]int{}, false}
	for _, f := range d.Fragments {
		c.fragments[f.Name] = f
	}
	c.see("operations", len(d.Operations))
	c.see("fragments", len(d.Fragments))
	for _, f := range d.Fragments {
		c.name(f.Name, f.TypeCondition)
		c.directives(f.Directives)
		c.places(f.SelectionSet)
		sum, copies := map[string]int{}, map[string]int{}
		c.unfold(sum, copies, f.SelectionSet, "", 1, 0, map[string]bool{})
		c.sum(sum, copies)
	}
	all := map[string]int{}
	for _, o := range d.Operations {
		c.see("variables", len(o.VariableDefinitions))
		c.name(o.Name)
		c.directives(o.Directives)
		for _, v := range o.VariableDefinitions {
			c.name(v.Variable, v.Type.Name())
			c.directives(v.Directives)
			c.value(v.DefaultValue, 1)
		}
		c.places(o.SelectionSet)
		copies := map[string]int{}
		c.unfold(all, copies, o.SelectionSet, "", 1, 0, map[string]bool{})
		c.sum(all, copies)
	}
	return c
}

func (c *counts) see(limit string, n int) { c.most[limit] = max(c.most[limit], n) }

func (c *counts) sum(of, copies map[string]int) {
	for limit, n := range of {
		c.see(limit, n)
	}
	pairs := 0
	for _, n := range copies {
		pairs += n * (n - 1) / 2
	}
	c.see("pairs", pairs)
}

func (c *counts) name(names ...string) {
	for _, name := range names {
		c.see("nameBytes", len(name))
	}
}

// places looks at each place of the text once.
func (c *counts) places(set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			c.name(s.Name, s.Alias)
			c.directives(s.Directives)
			c.arguments(s.Arguments)
			c.places(s.SelectionSet)
		case *ast.InlineFragment:
			c.name(s.TypeCondition)
			c.directives(s.Directives)
			c.places(s.SelectionSet)
		case *ast.FragmentSpread:
			c.name(s.Name)
			c.directives(s.Directives)
		}
	}
}

func (c *counts) directives(list ast.DirectiveList) {
	c.see("directives", len(list))
	for _, d := range list {
		c.name(d.Name)
		c.arguments(d.Arguments)
	}
}

func (c *counts) arguments(list ast.ArgumentList) {
	for _, a := range list {
		c.name(a.Name)
		c.value(a.Value, 1)
	}
}

func (c *counts) value(v *ast.Value, nesting int) {
	if v == nil {
		return
	}
	switch v.Kind {
	case ast.ListValue, ast.ObjectValue:
		c.see("nesting", nesting)
		c.see("listItems", len(v.Children))
		for _, child := range v.Children {
			c.name(child.Name)
			c.value(child.Value, nesting+1)
		}
	case ast.EnumValue, ast.Variable:
		c.name(v.Raw)
	default:
		c.see("stringBytes", len(v.Raw))
	}
}

// unfold writes every fragment out where it is used, as often as it is. What
// comes to no end, or to one that is far away, is endless.
func (c *counts) unfold(sum, copies map[string]int, set ast.SelectionSet, path string, depth, introspection int, within map[string]bool) {
	for _, s := range set {
		if sum["fields"]+sum["spreads"] > 1000 {
			c.endless = true
			return
		}
		switch s := s.(type) {
		case *ast.Field:
			sum["fields"]++
			if s.Alias != s.Name {
				sum["aliases"]++
			}
			c.see("depth", depth)
			below := introspection
			if strings.Contains(" types fields interfaces possibleTypes inputFields ", " "+s.Name+" ") {
				below++
				c.see("introspectionDepth", below)
			}
			key := path + "/" + s.Alias
			copies[key]++
			c.see("copies", copies[key])
			c.unfold(sum, copies, s.SelectionSet, key, depth+1, below, within)
		case *ast.InlineFragment:
			sum["spreads"]++
			c.unfold(sum, copies, s.SelectionSet, path, depth, introspection, within)
		case *ast.FragmentSpread:
			sum["spreads"]++
			f := c.fragments[s.Name]
			if f == nil {
				continue
			}
			if within[s.Name] {
				c.see("depth", 1<<20)
				continue
			}
			within[s.Name] = true
			c.unfold(sum, copies, f.SelectionSet, path, depth, introspection, within)
			delete(within, s.Name)
		}
	}
}

// beyond names the limits that are passed.
func (c *counts) beyond(l limits.Limits) map[string]bool {
	beyond := map[string]bool{}
	for limit, n := range c.most {
		if n > *l.ByName()[limit] {
			beyond[limit] = true
		}
	}
	if c.endless { // all of these are passed, whichever is noticed first
		for _, limit := range []string{"fields", "spreads", "aliases", "depth", "copies", "pairs", "introspectionDepth"} {
			beyond[limit] = true
		}
	}
	return beyond
}

// FuzzRequest: a text that is let through holds no more than is allowed once it
// is parsed.
func FuzzRequest(f *testing.F) {
	f.Add([]byte(`{"query":"{a}","variables":{"a":[1,{"b":"c\u00e9\"\\"}]},"extensions":{}}`))
	f.Add([]byte(`{"a":1,"a":2,"a":3,"a":[[[[]]]]}`))
	f.Add([]byte(`["\ud83d\ude00",-1.5e3,null,true]`))
	f.Add([]byte(`{"\"`))
	f.Fuzz(func(t *testing.T, text []byte) {
		l := small()
		e := l.CheckRequest(text)
		if e != nil && e.Found <= e.Allowed {
			t.Errorf("%+v", e)
		}
		var parsed any
		if json.Unmarshal(text, &parsed) != nil || e != nil {
			return
		}
		values := 0
		var walk func(v any, depth int)
		walk = func(v any, depth int) {
			values++
			items := 0
			switch v := v.(type) {
			case string:
				long := len(utf16.Encode([]rune(v)))
				if depth > 1 && long > l.StringBytes || long > l.Bytes {
					t.Errorf("%q is let through", v)
				}
			case []any:
				items = len(v)
				for _, item := range v {
					walk(item, depth+1)
				}
			case map[string]any:
				items = len(v)
				for _, item := range v {
					walk(item, depth+1)
				}
			}
			if items > l.ListItems || items > 0 && depth > l.Nesting+1 {
				t.Errorf("%d items at depth %d are let through", items, depth)
			}
		}
		walk(parsed, 0)
		if values > l.Values+1 { // the request itself
			t.Errorf("%d values are let through", values)
		}
	})
}

// TestLinear: to judge a document twice as long takes twice the work, counted by
// what is allocated.
func TestLinear(t *testing.T) {
	l := limits.Default()
	l.Tokens, l.Bytes = 1<<20, 1<<20 // so that it is read to its end
	l.Operations, l.Fragments, l.Spreads, l.Variables, l.Fields, l.Aliases, l.Copies, l.Pairs, l.Depth = 1<<20, 1<<20, 1<<20, 1<<20, 1<<20, 1<<20, 1<<20, 1<<40, 1<<20
	repeat := strings.Repeat
	for name, document := range map[string]func(n int) string{
		"copies":     func(n int) string { return "{" + repeat("a{b} ", n) + "}" },
		"deep":       func(n int) string { return repeat("{a", n/4) + repeat("}", n/4) },
		"operations": func(n int) string { return repeat("query Q{a{b}}", n) },
		"fragments":  func(n int) string { return "{" + repeat("...F ", n) + "} fragment F on T{a}" },
		"inline":     func(n int) string { return repeat("{...", n/4) + "{a}" + repeat("}", n/4) },
		"literals":   func(n int) string { return "{" + repeat("a(b:[{c:1}]) ", n) + "}" },
		"names": func(n int) string {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, "f%d ", i)
			}
			return "{" + b.String() + "}"
		},
	} {
		work := func(n int) float64 {
			text := document(n)
			return testing.AllocsPerRun(5, func() { _ = l.Document(text) })
		}
		if once, twice := work(1000), work(2000); twice > 2.3*once || once == 0 {
			t.Errorf("%s: %v allocations, of twice as much %v", name, once, twice)
		}
	}
}
