package seed

import (
	"bytes"
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/plexus-kg/plexus/seed/syntax"
)

const secondDocument = "a second YAML document begins here: write it into a file of its own"

// maxNesting is how deep a file may nest: ten times what the format needs,
// and far from what would exhaust the parser, which recurses.
const maxNesting = 64

// parse returns the body of the one document in data, or nil for an empty one.
// What could harm the parser or the reader is refused before it is parsed.
func parse(name string, data []byte, p *problems) (body ast.Node) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	at, what := syntax.NotText(data)
	if what == "" {
		at, what = unseen(data)
	}
	if what != "" {
		line, column := lineColumn(data, at)
		p.add(place{name, line, column}, RuleEncoding, "", "%s: a seed file is UTF-8 text", what)
		return nil
	}
	if line := conflict(data); line > 0 {
		p.add(place{name, line, 1}, RuleSyntax, "", "a merge conflict that nobody has resolved begins here")
		return nil
	}
	if line := crowdedLine(data); line > 0 {
		p.add(place{name, line, 0}, RuleNesting, "", "a line with more than %d brackets, commas and colons", maxOfOne)
		return nil
	}
	// A fault of the parser must not take a server down with it: any panic is
	// one more file that cannot be parsed.
	defer func() {
		if r := recover(); r != nil {
			p.add(place{name, 1, 1}, RuleSyntax, "", "not YAML that can be parsed")
			body = nil
		}
	}()
	tokens := lexer.Tokenize(string(data))
	if !harmless(name, tokens, p) {
		return nil
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		at := place{name, 1, 1}
		message := err.Error()
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) {
			at, message = placeOf(name, syntax.Token), syntax.Message
		}
		p.add(at, RuleSyntax, "", "not YAML: %s", plainly(message))
		return nil
	}
	for _, doc := range tree.Docs {
		switch {
		case doc.Body == nil:
		case body == nil:
			body = doc.Body
		default:
			p.add(placeOf(name, firstToken(doc.Body)), RuleSeveralDocuments, "", secondDocument)
			return body
		}
	}
	return body
}

// harmless reports whether the tokens may go to the parser.
func harmless(name string, tokens token.Tokens, p *problems) bool {
	ok := true
	refuse := func(t *token.Token, rule Rule, format string, args ...any) {
		ok = false
		p.add(placeOf(name, t), rule, "", format, args...)
	}
	// Brackets nest wherever they stand; block entries nest within a line
	// (- - - x), while from line to line each level costs its indentation.
	brackets, entries, line := 0, 0, 0
	var sizes keyCounter
	content, ends := false, 0 // of documents
	for _, t := range tokens {
		if t.Position.Line != line {
			line, entries = t.Position.Line, 0
		}
		switch t.Type {
		case token.DocumentHeaderType, token.DocumentEndType:
			if t.Type == token.DocumentEndType {
				ends++
			}
			if content && t.Type == token.DocumentHeaderType || ends > 1 {
				refuse(t, RuleSeveralDocuments, secondDocument)
				return false
			}
		case token.SequenceStartType:
			brackets++
		case token.MappingStartType:
			brackets++
			sizes.entry(t.Position.Column)
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType:
			entries++
			sizes.entry(t.Position.Column)
		case token.MappingValueType:
			if t.Prev != nil && sizes.key(t.Prev.Position.Column) > maxOfOne {
				refuse(t.Prev, RuleNesting, "a mapping with more than %d keys", maxOfOne)
				return false
			}
		case token.AnchorType:
			refuse(t, RuleAnchor, "anchors (&) are not allowed: write the value out, or use defaults")
		case token.AliasType:
			refuse(t, RuleAnchor, "aliases (*) are not allowed: write the value out, or put a text that begins with * in quotes")
		case token.MergeKeyType:
			refuse(t, RuleAnchor, "merge keys (<<) are not allowed: write the keys out, or use defaults")
		case token.TagType:
			refuse(t, RuleTag, "tags (%s) are not allowed: put a text that begins with ! in quotes", syntax.Shorten(t.Value))
		case token.DirectiveType:
			refuse(t, RuleTag, "directives (%%) are not allowed: put a text that begins with %% in quotes")
		}
		content = content || t.Type != token.DocumentHeaderType && t.Type != token.CommentType
		if brackets+entries > maxNesting {
			refuse(t, RuleNesting, "nested more than %d levels deep", maxNesting)
			return false
		}
	}
	return ok
}

// keyCounter counts the keys of block mappings by their column. Entries and
// keys further left end the mappings further right.
type keyCounter struct{ columns, counts []int }

func (k *keyCounter) entry(column int) {
	for n := len(k.columns); n > 0 && k.columns[n-1] > column; n-- {
		k.columns, k.counts = k.columns[:n-1], k.counts[:n-1]
	}
}

func (k *keyCounter) key(column int) int {
	k.entry(column)
	if n := len(k.columns); n == 0 || k.columns[n-1] < column {
		k.columns, k.counts = append(k.columns, column), append(k.counts, 0)
	}
	k.counts[len(k.counts)-1]++
	return k.counts[len(k.counts)-1]
}

func placeOf(name string, t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{file: name}
	}
	return place{name, t.Position.Line, max(1, t.Position.Column)}
}

// firstToken returns the token at which a node begins; for a block mapping the
// parser itself would give its first colon.
func firstToken(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return n.GetToken()
}

// scalar returns the text of a node as it is written: 1.10 stays 1.10.
func scalar(n ast.Node) (text string, ok bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimSuffix(n.Value.Value, "\n"), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) == 1 {
			return colonText(n.Values[0])
		}
	case *ast.MappingValueNode:
		return colonText(n)
	}
	return "", false
}

// colonText returns the text kg:Mechanism of [kg:Mechanism], which the parser
// takes for a mapping from kg to Mechanism. By the standard a colon begins a
// value only before white space, unless the key is quoted
// (https://yaml.org/spec/1.2.2/#733-plain-style).
func colonText(v *ast.MappingValueNode) (text string, ok bool) {
	colon, after := v.Start, v.Value
	if after == nil || colon == nil || v.Key.GetToken().Type != token.StringType {
		return "", false
	}
	switch after.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
	default:
		return "", false
	}
	t := after.GetToken()
	if t.Position.Line != colon.Position.Line || t.Position.Column != colon.Position.Column+1 || t.Indicator == token.QuotedScalarIndicator {
		return "", false
	}
	local, _ := scalar(after)
	return v.Key.GetToken().Value + ":" + local, true
}

// shapeOf says in one or two words what a node is.
func shapeOf(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode, nil:
		return "nothing"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	default:
		return "a text"
	}
}

// plainly says of what the parser reports, where people often do it, what to do.
func plainly(message string) string {
	switch {
	case strings.Contains(message, "found character '\t'"):
		return "the line begins with a tab: indent it with spaces"
	case strings.Contains(message, "mapping value is not allowed in this context"):
		return `a text with a colon and a space in it has to stand in quotes, such as name: "A: b"`
	default:
		return message
	}
}
