package annotate

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// readMarkdown finds the blocks of Markdown. Its markup becomes spaces, so that
// places stay those of the file.
func (a *Article) readMarkdown(content []byte) error {
	a.Text = string(content)
	body := content
	if matter, rest, has := frontMatter(content); has {
		a.describe(matter)
		body = append(blank(content[:len(content)-len(rest)]), rest...)
	}
	plain := blank(content)
	document := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(body))
	err := ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindCodeBlock, ast.KindFencedCodeBlock, ast.KindHTMLBlock:
			return ast.WalkSkipChildren, nil
		case ast.KindHeading, ast.KindParagraph, ast.KindTextBlock, extended.KindTableCell:
		default:
			return ast.WalkContinue, nil
		}
		b := block{start: len(content), item: n.Parent() != nil && n.Parent().Kind() == ast.KindListItem}
		if h, is := n.(*ast.Heading); is {
			b.level = h.Level
		}
		_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch t := n.(type) {
			case *ast.Image:
				return ast.WalkSkipChildren, nil
			case *ast.Text:
				if entering {
					copy(plain[t.Segment.Start:t.Segment.Stop], content[t.Segment.Start:t.Segment.Stop])
					b.start, b.end = min(b.start, t.Segment.Start), max(b.end, t.Segment.Stop)
				}
			}
			return ast.WalkContinue, nil
		})
		if b.start < b.end {
			a.blocks = append(a.blocks, b)
		}
		return ast.WalkSkipChildren, nil
	})
	a.plain = string(plain)
	a.title()
	return err
}

// blank returns the lines of a text without what is in them.
func blank(content []byte) []byte {
	lines := bytes.Repeat([]byte(" "), len(content))
	for i, c := range content {
		if c == '\n' {
			lines[i] = c
		}
	}
	return lines
}

// title takes the first heading for the title, if it is the only one of its level.
func (a *Article) title() {
	first, same := -1, 0
	for i, b := range a.blocks {
		switch {
		case b.level == 0:
		case first < 0:
			first, same = i, 1
		case b.level <= a.blocks[first].level:
			same++
		}
	}
	for i := range a.blocks {
		if b := &a.blocks[i]; b.level > 0 && (i != first || same > 1 || first > 0) {
			b.level = max(b.level, 2)
		}
	}
	if first == 0 && same == 1 {
		a.blocks[0].level = 1
		if a.Name == "" {
			a.Name = oneLine(a.plain[a.blocks[0].start:a.blocks[0].end])
		}
	}
}

// frontMatter cuts the YAML off with which many Markdown files begin.
func frontMatter(content []byte) (matter map[string]any, rest []byte, has bool) {
	after, begins := bytes.CutPrefix(bytes.TrimPrefix(content, []byte("\ufeff")), []byte("---\n"))
	if !begins {
		return nil, nil, false
	}
	header, rest, ends := bytes.Cut(after, []byte("\n---\n"))
	if !ends || yaml.Unmarshal(header, &matter) != nil {
		return nil, nil, false
	}
	return matter, rest, true
}

// describe takes what the front matter says of the article.
func (a *Article) describe(matter map[string]any) {
	for key, value := range matter {
		said := strings.TrimSpace(fmt.Sprint(value))
		switch strings.ToLower(key) {
		case "title":
			a.Name = said
		case "author", "authors":
			if several, is := value.([]any); is {
				for _, author := range several {
					a.Authors = append(a.Authors, fmt.Sprint(author))
				}
			} else {
				a.Authors = authors(said)
			}
		case "date", "published":
			a.Published = day(said)
		case "reviewed", "lastmod", "updated":
			a.Reviewed = day(said)
		case "url", "canonical", "source":
			a.URL = address(said)
		case "lang", "language":
			a.Language = said
		case "publisher":
			a.Publisher = said
		}
	}
}
