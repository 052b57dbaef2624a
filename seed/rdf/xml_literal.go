package rdf

import (
	"cmp"
	"encoding/xml"
	"maps"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// literal reads the content of an element as XML, in the canonical form that RDF/XML
// asks for (https://www.w3.org/TR/xml-exc-c14n/, with comments).
func (x *rdfXML) literal(e *element) (string, error) {
	var b strings.Builder
	type open struct {
		scope
		shown map[string]string // the namespaces that are declared in the text
	}
	stack := []open{{e.scope, map[string]string{}}}
	for {
		next, err := x.token()
		if err != nil {
			return "", x.cut(err, e)
		}
		switch next.kind {
		case textToken:
			b.WriteString(canonicalText.Replace(string(next.text)))
		case commentToken:
			b.WriteString("<!--" + string(next.text) + "-->")
		case instructionToken:
			target, rest, _ := strings.Cut(string(next.text), " ")
			b.WriteString(strings.TrimRight("<?"+target+" "+strings.TrimLeft(rest, " \t\n"), " ") + "?>")
		case startToken:
			top := stack[len(stack)-1]
			inner, err := x.within(&next, top.scope)
			if err != nil {
				return "", err
			}
			shown, err := x.startTag(&b, &next, &inner, top.shown)
			if err != nil {
				return "", err
			}
			stack = append(stack, open{inner, shown})
		case endToken:
			if stack = stack[:len(stack)-1]; len(stack) == 0 {
				return b.String(), nil
			}
			b.WriteString("</" + written(next.name) + ">")
		}
		if b.Len() > MaxWord {
			return "", syntax.NewMistake(syntax.Size, x.at, "a text %v; is something not closed?", errTooLong)
		}
	}
}

var (
	canonicalText  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	canonicalValue = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)

// startTag writes a tag with the namespaces that it uses and nobody around it has
// declared, and returns those that are declared then.
func (x *rdfXML) startTag(b *strings.Builder, start *token, s *scope, around map[string]string) (map[string]string, error) {
	type named struct{ namespace, name, value string }
	var own []named
	used := map[string]bool{start.name.Space: true}
	for _, a := range start.attributes {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		n := named{"", written(a.Name), a.Value}
		if a.Name.Space != "" {
			used[a.Name.Space] = true
			var err error
			if n.namespace, err = x.full(xml.Name{Space: a.Name.Space}, s); err != nil {
				return nil, err
			}
		}
		own = append(own, n)
	}
	shown := maps.Clone(around)
	b.WriteString("<" + written(start.name))
	for _, prefix := range slices.Sorted(maps.Keys(used)) {
		namespace, declared := s.prefixes[prefix]
		if prefix == "xml" || shown[prefix] == namespace && (declared || shown[prefix] == "") {
			continue
		}
		if shown[prefix] = namespace; prefix == "" {
			b.WriteString(` xmlns="` + canonicalValue.Replace(namespace) + `"`)
		} else {
			b.WriteString(" xmlns:" + prefix + `="` + canonicalValue.Replace(namespace) + `"`)
		}
	}
	slices.SortFunc(own, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.namespace, b.namespace), cmp.Compare(a.name, b.name))
	})
	for _, a := range own {
		b.WriteString(" " + a.name + `="` + canonicalValue.Replace(a.value) + `"`)
	}
	b.WriteString(">")
	return shown, nil
}
