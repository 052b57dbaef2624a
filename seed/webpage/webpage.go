// Package webpage reads the JSON-LD that pages of the web carry for search engines:
// every <script type="application/ld+json"> of an HTML page. Microdata and RDFa are
// not read.
package webpage

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/url"
	"strings"

	"github.com/cayleygraph/quad"
	"golang.org/x/net/html"

	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// maxPage is what a page may hold, in bytes.
const maxPage = 32 << 20

// Scan reads a page, as [syntax.Quads] says. What JSON-LD names relatively, and what
// it does not name, is named after the page, where that says its address
// (<base>, <link rel="canonical">). A page without JSON-LD is a mistake.
func Scan(ctx context.Context, r io.Reader, yield func(syntax.Place, quad.Quad) error) error {
	page, err := io.ReadAll(io.LimitReader(r, maxPage+1))
	if err != nil {
		return err
	}
	if len(page) > maxPage {
		return syntax.Mistakes{syntax.NewMistake(syntax.Size, syntax.Place{Line: 1}, "a page of more than %d MiB", maxPage>>20)}
	}
	found := look(page)
	if len(found.scripts) == 0 {
		return syntax.Mistakes{syntax.NewMistake(syntax.Malformed, syntax.Place{Line: 1}, "%s", found.lacks())}
	}
	var mistakes syntax.Mistakes
	for n, s := range found.scripts {
		// Blank nodes of one script are none of another.
		own := func(v quad.Value) quad.Value {
			if b, blank := v.(quad.BNode); blank && n > 0 {
				return quad.BNode("script" + string(rune('a'+n%26)) + strings.Repeat("z", n/26) + "-" + string(b))
			}
			return v
		}
		err := rdf.ReadJSONLD(ctx, bytes.NewReader(s.content), found.address, func(at syntax.Place, q quad.Quad) error {
			q.Subject, q.Object, q.Label = own(q.Subject), own(q.Object), own(q.Label)
			return yield(s.place(at), q)
		})
		var several syntax.Mistakes
		switch {
		case errors.As(err, &several):
			for _, m := range several {
				m.Place = s.place(m.Place)
			}
			mistakes = append(mistakes, several...)
		case err != nil:
			return err
		}
		if len(mistakes) >= syntax.MaxMistakes {
			return mistakes
		}
	}
	if len(mistakes) > 0 {
		return mistakes
	}
	return nil
}

// script is a script of JSON-LD, and the line of the page in which it begins.
type script struct {
	content []byte
	line    int
}

// place returns a place of the script as one of the page.
func (s script) place(at syntax.Place) syntax.Place {
	if at.Line <= 1 { // its first line has more before it
		at.Column = 0
	}
	at.Line = s.line + max(at.Line, 1) - 1
	return at
}

// found is what a page has.
type found struct {
	scripts         []script
	address         string // of the page, if it says it
	microdata, rdfa bool
}

func (f found) lacks() string {
	other := ""
	switch {
	case f.microdata:
		other = "; it has microdata (itemscope, itemprop), which is not read: ask who makes the page for JSON-LD"
	case f.rdfa:
		other = "; it has RDFa (typeof, property), which is not read: ask who makes the page for JSON-LD"
	}
	return `the page has no <script type="application/ld+json">` + other
}

// look finds the scripts of a page.
func look(page []byte) (f found) {
	tokens := html.NewTokenizer(bytes.NewReader(page))
	line, wanted := 1, false
	canonical, base := "", ""
	for {
		kind := tokens.Next()
		raw := tokens.Raw()
		switch kind {
		case html.ErrorToken:
			f.address = canonical
			if base != "" {
				f.address = base
			}
			return f
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			attributes := map[string]string{}
			for _, a := range token.Attr {
				attributes[a.Key] = a.Val
			}
			_, item := attributes["itemscope"]
			_, typed := attributes["typeof"]
			f.microdata, f.rdfa = f.microdata || item, f.rdfa || typed
			wanted = false
			switch token.Data {
			case "script":
				kind, _, _ := mime.ParseMediaType(attributes["type"])
				wanted = kind == "application/ld+json"
			case "base":
				base = absolute(attributes["href"])
			case "link":
				if strings.EqualFold(attributes["rel"], "canonical") {
					canonical = absolute(attributes["href"])
				}
			}
		case html.TextToken:
			if wanted && len(bytes.TrimSpace(raw)) > 0 {
				f.scripts = append(f.scripts, script{bytes.Clone(raw), line})
			}
			wanted = false
		case html.EndTagToken:
			wanted = false
		}
		line += bytes.Count(raw, []byte("\n"))
	}
}

// absolute returns an address of the web, or nothing.
func absolute(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}
