package annotate

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/plexus-kg/plexus/graph"
)

// readHTML reads the article of a page by Readability's rules: without its menus,
// advertisements and other pages' titles.
func (a *Article) readHTML(content []byte) error {
	decoded, err := charset.NewReader(bytes.NewReader(content), "text/html")
	if err != nil {
		return err
	}
	page, err := html.Parse(decoded)
	if err != nil {
		return err
	}
	body, heading := find(page, atom.Body), &pageReader{}
	if h := find(page, atom.H1); h != nil {
		heading.walk(h)
	}
	whole := pageText(page)
	a.URL = canonical(page)
	of, _ := url.Parse(a.URL)
	read, err := readability.FromDocument(page, of) // it changes the page
	if err == nil {
		a.Name, a.Language, a.Publisher = oneLine(read.Title()), read.Language(), oneLine(read.SiteName())
		if h := oneLine(heading.text.String()); h != "" && strings.HasPrefix(a.Name, h) { // "Migraine - Health Site"
			a.Name = h
		}
		a.Authors = authors(read.Byline())
		if t, err := read.PublishedTime(); err == nil {
			a.Published = t.Format("2006-01-02")
		}
	}
	p := &pageReader{}
	if a.Name != "" {
		p.begin(block{level: 1})
		p.words(a.Name)
		p.close()
	}
	if err == nil && read.Node != nil {
		p.walk(read.Node)
	}
	p.close()
	if body != nil && p.text.Len() < len(whole.text.String())/2 { // a short page, or one of a kind that the rules do not know
		p = whole
	}
	a.Text, a.blocks = p.text.String(), p.blocks
	a.plain = a.Text
	for i := range a.blocks {
		if b := &a.blocks[i]; b.level == 1 && i > 0 {
			b.level = 2
		}
	}
	if len(a.blocks) > 1 && a.blocks[0].level == 1 && a.blocks[1].level > 0 &&
		a.Text[a.blocks[0].start:a.blocks[0].end] == a.Text[a.blocks[1].start:a.blocks[1].end] {
		a.blocks = slices.Delete(a.blocks, 0, 1)
		a.blocks[0].level = 1
	}
	if a.Name == "" && len(a.blocks) > 0 && a.blocks[0].level > 0 {
		a.Name = a.Text[a.blocks[0].start:a.blocks[0].end]
	}
	return nil
}

// pageText reads all of a page but what is never its text.
func pageText(page *html.Node) *pageReader {
	p := &pageReader{}
	p.walk(page)
	p.close()
	return p
}

// pageReader makes lines of the elements of a page.
type pageReader struct {
	text   strings.Builder
	blocks []block
	open   block
	isOpen bool
	space  bool // before the next word
}

// begin begins a line.
func (p *pageReader) begin(b block) {
	p.close()
	p.open = b
}

// words adds to the line.
func (p *pageReader) words(s string) {
	for i, word := range strings.FieldsFunc(s, isSpace) {
		before := i > 0 || p.space || startsWithSpace(s)
		switch {
		case !p.isOpen:
			if p.text.Len() > 0 {
				p.text.WriteByte('\n')
			}
			p.isOpen, p.open.start = true, p.text.Len()
		case before:
			p.text.WriteByte(' ')
		}
		p.space = false
		p.text.WriteString(word)
	}
	p.space = p.space || endsWithSpace(s)
}

func startsWithSpace(s string) bool { return s != strings.TrimLeftFunc(s, isSpace) }
func endsWithSpace(s string) bool   { return s != strings.TrimRightFunc(s, isSpace) }

// close ends the line.
func (p *pageReader) close() {
	if p.isOpen {
		p.open.end = p.text.Len()
		p.blocks = append(p.blocks, p.open)
	}
	p.open, p.isOpen, p.space = block{}, false, false
}

// walk reads an element.
func (p *pageReader) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		p.words(n.Data)
		return
	case html.CommentNode, html.DoctypeNode:
		return
	}
	of := block{}
	isBlock := true
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.Button, atom.Svg, atom.Template, atom.Iframe, atom.Figure, atom.Code, atom.Pre:
		return
	case atom.Sup:
		if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "class" && strings.Contains(a.Val, "reference") }) {
			return
		}
		isBlock = false
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		of.level = int(n.Data[1] - '0')
	case atom.Li, atom.Dt, atom.Dd:
		of.item = true
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Body, atom.Html, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Thead, atom.Tbody,
		atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Blockquote, atom.Br, atom.Hr, atom.Address, atom.Details, atom.Summary:
		if p.open.level > 0 || p.open.item && !p.isOpen { // <li><p>
			of = p.open
		}
	default:
		isBlock = n.Type == html.DocumentNode
	}
	if isBlock {
		p.begin(of)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
	if isBlock {
		p.close()
	}
}

// find returns the first element of a kind.
func find(n *html.Node, kind atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == kind {
			return d
		}
	}
	return nil
}

// canonical returns the address that a page gives of itself.
func canonical(page *html.Node) (found string) {
	for n := range page.Descendants() {
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
		}
		switch {
		case n.DataAtom == atom.Link && strings.EqualFold(attributes["rel"], "canonical"):
			if at := address(attributes["href"]); at != "" {
				return at
			}
		case n.DataAtom == atom.Meta && attributes["property"] == "og:url" && found == "":
			found = address(attributes["content"])
		}
	}
	return found
}

// address returns a full address of the web, or nothing.
func address(s string) string {
	s = strings.TrimSpace(s)
	if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return s
}

var between = regexp.MustCompile(`\s*(?:;|,|\band\b|&)\s*`)

// authors cuts a line of authors.
func authors(line string) (all []string) {
	line = strings.TrimSpace(line)
	for _, prefix := range []string{"By ", "by ", "Written by ", "written by "} {
		line = strings.TrimPrefix(line, prefix)
	}
	for _, name := range between.Split(line, -1) {
		if name = oneLine(name); name != "" {
			all = append(all, name)
		}
	}
	return all
}

// day returns the date that a text begins with, or nothing.
func day(s string) string {
	if s = s[:min(len(s), len("2006-01-02"))]; graph.IsDate(s) {
		return s
	}
	return ""
}
