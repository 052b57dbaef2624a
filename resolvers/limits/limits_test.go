package limits_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
)

// small is low enough to be passed by a short text.
func small() limits.Limits {
	return limits.Limits{
		Body: 500, Values: 12, NameBytes: 12,
		Bytes: 400, Tokens: 120, Operations: 2, Fragments: 3, Spreads: 6, Variables: 2, Directives: 2,
		Depth: 4, Fields: 12, Aliases: 3, Copies: 2, Pairs: 3, IntrospectionDepth: 2, ListItems: 3, StringBytes: 8, Nesting: 2, Cost: 100,
	}
}

// TestDocument: for each limit one document that has just as much as is
// allowed, and one that has more.
func TestDocument(t *testing.T) {
	for _, c := range []struct {
		limit, within, beyond string
		at                    string // of the fault
	}{
		{"bytes", "{a #" + strings.Repeat("x", 394) + "\n}", "{a #" + strings.Repeat("x", 395) + "\n}", "0:0"},
		{"tokens", "{a(a:[" + strings.Repeat("[]", 2) + "])}", "{a(a:[" + strings.Repeat("[]", 60) + "])}", "0:0"},
		{"operations", "query A{a} query B{a}", "query A{a} query B{a} query C{a}", "0:0"},
		{"fragments", "{...A ...B ...C} fragment A on Q{a} fragment B on Q{a} fragment C on Q{b}", "{...A ...B ...C} fragment A on Q{a} fragment B on Q{b} fragment C on Q{c} fragment D on Q{d}", "0:0"},
		{"spreads", "{...{...{...{...{...{a}}}}}}", "{...{...{...{...{...{...{...{a}}}}}}}}", "1:1"},
		{"spreads", "{...A} fragment A on Q{...B ...B} fragment B on Q{a}", "{...A} fragment A on Q{...B ...B ...B} fragment B on Q{...C ...C} fragment C on Q {a}", "1:8"},
		{"variables", "query($a:I $b:I){a}", "query($a:I $b:I $c:I){a}", "1:1"},
		{"directives", "{a @x @x}", "{a b @x @x @x}", "1:4"},
		{"depth", "{a{b{c{d}}}}", "{a{b{c{d{e}}}}}", "1:1"},
		{"depth", "{a{...A}} fragment A on T{b{c}}", "{a{...A}} fragment A on T{b{...A}}", "1:32"},
		{"fields", "{a{b c d e f} g{b c d e f}}", "{a{b c d e f} g{b c d e f} h}", "1:1"},
		{"fields", "query A{a b c d e f} query B{a b c d e f}", "query A{a b c d e f} query B{a b c d e f g}", "1:22"},
		{"fields", "{a{...A} b{...A}} fragment A on T{c d e f g}", "{a{...A} b{...A} x} fragment A on T{c d e f g}", "1:1"},
		{"aliases", "{a:x b:x c:x}", "{a:x b:x c:x d:x}", "1:1"},
		{"copies", "{a a}", "{b a a a}", "1:4"},
		{"copies", "{a{b} a{b}}", "{a{b b} a{b}}", "1:4"},
		{"copies", "{a{b} ...A} fragment A on T{a{b}}", "{a{b} ...A} fragment A on T{a{b ...{b}}}", "1:4"},
		{"pairs", "{a a b b c c}", "{a{c c} ...{a{d d}} b b e e}", "1:21"},
		{"introspectionDepth", "{__schema{types{fields{args}}}}", "{types{interfaces{inputFields}}}", "1:1"},
		{"nameBytes", "{abcdefghijkl}", "{a abcdefghijklm}", "1:4"},
		{"nameBytes", "{a:b}", "{a abcdefghijklm:b}", "1:4"},
		{"nameBytes", "{a(b:c)}", "{a(abcdefghijklm:c)}", "1:4"},
		{"nameBytes", "{a(b:{c:d})}", "{a(b:{abcdefghijklm:d})}", "1:7"},
		{"nameBytes", "{a(b:c)}", "{a(b:abcdefghijklm)}", "1:6"},
		{"nameBytes", "{a(b:$c)}", "{a(b:$abcdefghijklm)}", "1:6"},
		{"nameBytes", "{a @b}", "{a @abcdefghijklm}", "1:5"},
		{"nameBytes", "{...on A{b}}", "{...on abcdefghijklm{b}}", "1:5"},
		{"nameBytes", "{...a}", "{...abcdefghijklm}", "1:5"},
		{"nameBytes", "{...a} fragment a on T{b}", "{...a} fragment a on abcdefghijklm{b}", "1:8"},
		{"nameBytes", "query a{b}", "query abcdefghijklm{b}", "1:1"},
		{"nameBytes", "query($a:b){c}", "query($a:abcdefghijklm){c}", "1:7"},
		{"nameBytes", "query($a:[b]){c}", "query($abcdefghijklm:[b]){c}", "1:7"},
		{"listItems", "{a(x:[1 2 3])}", "{a(x:[1 2 3 4])}", "1:6"},
		{"stringBytes", `{a(x:"12345678")}`, `{a(x:"123456789")}`, "1:7"},
		{"stringBytes", `{a(x:12345678)}`, `query($a:I=123456789){a}`, "1:12"},
		{"nesting", "{a(x:[{y:1}])}", "{a @b(x:[{y:[]}])}", "1:13"},
	} {
		t.Run(c.limit, func(t *testing.T) {
			if e := small().Document(c.within); e != nil {
				t.Errorf("%s\n%v", c.within, e)
			}
			e := small().Document(c.beyond)
			if e == nil || e.Limit != c.limit || e.Found <= e.Allowed || fmt.Sprintf("%d:%d", e.Line, e.Column) != c.at {
				t.Fatalf("%s\n%v at %d:%d", c.beyond, e, e.Line, e.Column)
			}
			if !strings.Contains(e.Error(), fmt.Sprint(e.Found)) || !strings.Contains(e.Error(), fmt.Sprint(e.Allowed)) {
				t.Error(e)
			}
		})
	}
}

// TestAttacks: documents that unfold to more than any machine holds are refused
// as soon as others.
func TestAttacks(t *testing.T) {
	doubling := "{...F0}"
	for i := range 99 {
		doubling += fmt.Sprintf(" fragment F%d on Query{...F%d ...F%d}", i, i+1, i+1)
	}
	for name, document := range map[string]string{
		"doubling to a field":    doubling + " fragment F99 on Query{a}",
		"doubling to nothing":    doubling + " fragment F99 on Query{...Missing}",
		"doubling in a circle":   doubling + " fragment F99 on Query{...F0}",
		"doubling within fields": strings.NewReplacer("{...F", "{a{...F", "}", "}}").Replace(doubling) + " fragment F99 on Query{a}",
		"many copies":            "{" + strings.Repeat("a ", 2900) + "}",
		"deep":                   strings.Repeat("{a", 900) + strings.Repeat("}", 900),
		"deeper than the parser": strings.Repeat("{a", 1400) + strings.Repeat("}", 1400),
		"deep value":             "{a(x:" + strings.Repeat("[", 900) + strings.Repeat("]", 900) + ")}",
		"huge number":            "{a(x:" + strings.Repeat("9", 60<<10) + ")}",
	} {
		e := limits.Default().Document(document)
		if e == nil && name != "deeper than the parser" {
			t.Errorf("%s: let through", name)
		}
	}
	if e := limits.Default().Document("no GraphQL {{{"); e != nil {
		t.Errorf("what is no GraphQL is not ours to refuse: %v", e)
	}
}

// TestIntrospection: the question that every tool asks first is no attack.
func TestIntrospection(t *testing.T) {
	if e := limits.Default().Document(introspection.Query); e != nil {
		t.Error(e)
	}
	document, faults := gqlparser.LoadQueryWithRules(resolvers.Schema(), introspection.Query, rules.NewDefaultRules())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	cost := limits.Cost(document.Operations[0], nil, limits.Size{})
	if e := limits.Default().CheckCost(3 * cost); e != nil || cost < 40_000 {
		t.Errorf("it costs %d", cost)
	}
}

// TestCheckRequest: for each limit of a request's text one that has just as much
// as is allowed, and one that has more.
func TestCheckRequest(t *testing.T) {
	spaces := strings.Repeat(" ", 500-len(`{"a":{}}`))
	for _, c := range []struct{ limit, within, beyond string }{
		{"body", `{"a":{}}` + spaces, `{"a":{}}` + spaces + " "},
		{"bytes", `{"query":"` + strings.Repeat("x", 400) + `"}`, `{"query":"` + strings.Repeat("x", 401) + `"}`},
		{"bytes", `{"query":"` + strings.Repeat(`\"`, 200) + `"}`, `{"query":"` + strings.Repeat("x", 402) + `\"`},
		{"values", `{"a":[[1],[2],[3,4]],"b":{"c":[5]}}`, `{"a":[[1],[2],[3,4]],"b":{"c":[5]},"c":{"d":[1,2]}}`},
		{"nesting", `{"variables":{"a":[[1]]}}`, `{"variables":{"a":[[{`},
		{"listItems", `{"variables":{"a":[1,2,3]}}`, `{"variables":{"a":[1,2,3,4]}}`},
		{"listItems", `{"a":1,"b":2,"c":3}`, `{"a":1,"a":2,"a":3,"a":4}`},
		{"stringBytes", `{"variables":{"a":"12345678"}}`, `{"variables":{"a":"123456789"}}`},
		{"stringBytes", `{"variables":{"a":"\u00e9\u00e9\n\n\n\n\n\\"}}`, `{"variables":{"123456789":1}}`},
	} {
		if e := small().CheckRequest([]byte(c.within)); e != nil {
			t.Errorf("%s\n%v", c.within, e)
		}
		if e := small().CheckRequest([]byte(c.beyond)); e == nil || e.Limit != c.limit || e.Found <= e.Allowed {
			t.Errorf("%s\n%v, want %s", c.beyond, e, c.limit)
		}
	}
	for _, text := range []string{"", "}", "]]", ",,", `"`, `"\`, `"\u`, `{"a":"\u0`} {
		if e := small().CheckRequest([]byte(text)); e != nil {
			t.Errorf("what is no JSON is not ours to refuse: %s: %v", text, e)
		}
	}
}

func TestCheckVariables(t *testing.T) {
	for text, limit := range map[string]string{
		`{"a":[1,2,3],"b":"12345678"}`: "",
		`{"a":1,"b":2,"c":3}`:          "variables",
		`{"a":{"b":[[]]}}`:             "nesting",
		`{"a":[1,2,3,4]}`:              "listItems",
		`{"a":["123456789"]}`:          "stringBytes",
		`{"a":{"b":123456789}}`:        "stringBytes",
	} {
		var variables map[string]any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&variables); err != nil {
			t.Fatal(err)
		}
		if e := small().CheckVariables(variables); (e == nil) != (limit == "") || e != nil && e.Limit != limit {
			t.Errorf("%s: %+v, want %q", text, e, limit)
		}
	}
}

// TestCost follows the arithmetic of the documentation.
func TestCost(t *testing.T) {
	s := resolvers.Schema()
	for _, c := range []struct {
		document  string
		variables map[string]any
		want      int
	}{
		{`{concept(id:"a"){id name}}`, nil, 1},
		{`{concepts{totalCount}}`, nil, 1},
		{`{concepts{nodes{id}}}`, nil, 1 + 20},
		{`{concepts(first:5){nodes{id} edges{node{id}} pageInfo{hasNextPage}}}`, nil, 1 + 5 + 5*2 + 1},
		{`query($n:Int){concepts(last:$n){nodes{causes(first:2){nodes{id}}}}}`, map[string]any{"n": json.Number("100")}, 1 + 100*(1+1+2)},
		{`query($n:Int=7){concepts(first:$n){nodes{id}}}`, map[string]any{"n": int64(7)}, 1 + 7},
		{`{nodes(ids:["a","b"]){id ... on Statement{source{id}}}}`, nil, 2 * (1 + 1)},
		{`query($ids:[ID!]!){nodes(ids:$ids){id}}`, map[string]any{"ids": []any{"a", "b", "c"}}, 3},
		{`{nodes(ids:"a"){id}}`, nil, 1},
		{`query($id:ID!){nodes(ids:[$id,"b"]){id}}`, map[string]any{"id": "a"}, 2},
		{`query($r:[_Any!]!){_entities(representations:$r){...on Concept{id causes(first:2){nodes{id}}}}}`, map[string]any{"r": []any{map[string]any{}, map[string]any{}}}, 2 * (1 + 1 + 2)},
		{`{_entities(representations:[{id:"a"},1,[2]]){__typename}}`, nil, 3},
		{`query($r:[_Any!]!){_entities(representations:$r){__typename}}`, map[string]any{"r": map[string]any{"id": []any{"a", "b"}}}, 1},
		{`{_service{sdl again:sdl}}`, nil, 1 + 2*1000},
		{`{complete(text:"a",first:4){node{id}}}`, nil, 4 * 2},
		{`{complete(text:"a"){node{id}}}`, nil, 10 * 2},
		{`{concept(id:"a"){causes{edges{statements{id}}}}}`, nil, 1 + 1 + 20*(1+3)},
		{`{concept(id:"a") @skip(if:true){id} dataset @include(if:false){version}}`, nil, 0},
		{`query($y:Boolean!){concept(id:"a") @skip(if:$y){id} dataset @include(if:$y){version}}`, map[string]any{"y": true}, 1},
		{`{__schema{queryType{name} types{name ofType{name}}}}`, nil, 4 * (1 + 1 + 20)},
		{`{__type(name:"Query"){fields{name args{name type{name ofType{name}}}}}}`, nil, 4 * (1 + 55*(1+5*2))},
		{`{paths(from:"a",to:"b"){totalCount}}`, nil, 1 + 100},
		{`{concepts(filter:{name:{contains:["a"]},not:{kind:null}}){totalCount}}`, nil, 1 + 3*100 + 10},
		{`query($f:ConceptFilter){concepts(filter:$f){totalCount}}`, map[string]any{"f": map[string]any{"and": []any{map[string]any{"kind": map[string]any{"in": []any{}}}}, "or": nil}}, 1 + 3*100},
		{`query($t:[String!]){concepts(filter:{or:[{name:{equals:$t}}]}){totalCount}}`, map[string]any{"t": []any{"a"}}, 1 + 3*100 + 10},
		{`{concepts(first:0,filter:{name:{contains:["a","b","c"]}}){totalCount}}`, nil, 1 + 2*100 + 3*10},
		{`query($w:Boolean){concept(id:"a"){causes(includeNarrower:$w,mergeSame:true){totalCount} narrower(transitive:false){totalCount}}}`, map[string]any{"w": true}, 1 + 1 + 2*50 + 1},
		{`{concepts(first:3){nodes{neighbourhood(depth:2){omittedCount} causes(nodeFilter:{name:{contains:["a"]}}){totalCount}}}}`, nil, 1 + 3*(1+1+50+1+20)},
		{`{concept(id:"a"){causes(filter:{negated:true}){totalCount}}}`, nil, 1 + 1},
		{`{a:concepts(first:100){nodes{causes(first:100){nodes{id}}}} b:concepts(first:4611686018427387904){nodes{causes(first:0){totalCount}}}}`, nil, 1 + 100*(2+100) + 1 + 1<<20*2},
		{`query($n:Int){concepts(first:$n){nodes{causes(first:$n){nodes{causes(first:$n){nodes{causes(first:$n){nodes{id}}}}}}}}}`, map[string]any{"n": json.Number("9223372036854775807")}, 1 << 40},
		{`{statements(first:5){nodes{id source{id}}}}`, nil, 1 + 5*2},
		{`{statements(first:5,filter:{negated:true}){nodes{id}}}`, nil, 1 + 5 + 500},
		{`{statements(orderBy:CLAIM){totalCount}}`, nil, 1 + 500},
		{`{conflicts(first:3){nodes{subject{id} supporting{id} opposing{id}}}}`, nil, 1 + 3*(1+1+3+3) + 1000},
		{`{concept(id:"a"){causes{edges{support{sources}}}}}`, nil, 1 + 1 + 20*(1+1)},
		{`{concepts{...C}} fragment C on ConceptConnection{nodes{id}}`, nil, 1 + 20},
		{`{concepts(first:100){nodes{links(first:100){nodes{links(first:100){nodes{links(first:100){nodes{id}}}}}}}}}`, nil, 1 + 100*(2+100*(2+100*(2+100)))},
	} {
		document, faults := gqlparser.LoadQueryWithRules(s, c.document, rules.NewDefaultRules())
		if len(faults) > 0 {
			t.Fatalf("%s: %v", c.document, faults)
		}
		if got := limits.Cost(document.Operations[0], c.variables, limits.Size{Concepts: 1000, Statements: 5000}); got != c.want {
			t.Errorf("%s: %d, want %d", c.document, got, c.want)
		}
	}
	if e := small().CheckCost(101); e == nil || e.Limit != "cost" {
		t.Error(e)
	}
}
