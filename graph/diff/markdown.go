package diff

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
)

// Markdown writes the Diff for a pull request, in GitHub's dialect: a summary
// line, a table of counts, and a list for each concept. Every word of the data
// stands in a code span, where it is neither markup nor HTML, calls nobody
// (@…) and refers to nothing (#…).
func (d *Diff) Markdown(w io.Writer) error {
	b := bufio.NewWriter(w)
	if d.Empty() {
		fmt.Fprintf(b, "No difference: both are version `%s`.\n", d.After)
		return b.Flush()
	}
	fmt.Fprintf(b, "**%s** (version `%s` → `%s`)\n\n", d.Summary.sentence(), d.Before, d.After)
	fmt.Fprint(b, "| | added | removed | changed | moved |\n|---|--:|--:|--:|--:|\n")
	for _, c := range d.Summary.classes() {
		if *c.Counts != (Counts{}) {
			fmt.Fprintf(b, "| %s | %d | %d | %d | %d |\n", several(c.name), c.Added, c.Removed, c.Changed, c.Moved)
		}
	}
	for title, things := range d.others() {
		fmt.Fprintf(b, "\n### %s%s\n\n", strings.ToUpper(title[:1]), title[1:])
		for _, t := range things {
			fmt.Fprintf(b, "- **%s** %s\n", t.Change, codeBeside(t.ID, t.Name))
			markdownFields(b, "  ", t.Change, t.Fields)
		}
	}
	for g := range d.groups() {
		fmt.Fprintf(b, "\n### %s", codeBeside(g.subject.ID, g.subject.Name))
		if g.concept == nil {
			fmt.Fprint(b, "\n\n")
		} else {
			fmt.Fprintf(b, " %s\n\n", g.concept.Change)
			markdownFields(b, "", g.concept.Change, g.concept.Fields)
		}
		for _, s := range g.statements {
			fmt.Fprintf(b, "- **%s** %s %s, %s\n", s.Change, code(string(s.Predicate)), s.object(codeBeside, code), code(string(s.ID)))
			markdownFields(b, "  ", s.Change, s.Fields)
		}
	}
	if len(d.Renames) > 0 {
		fmt.Fprint(b, "\n### Perhaps renamed\n\n")
	}
	for _, r := range d.Renames {
		fmt.Fprintf(b, "- %s → %s: the same %s %s\n", codeBeside(r.Before.ID, r.Before.Name), codeBeside(r.After.ID, r.After.Name), r.what(), code(r.Shared))
	}
	return b.Flush()
}

func markdownFields(w io.Writer, indent string, of Change, list []Field) {
	value := func(text, name string) string { return codeBeside(graph.ID(text), name) }
	for _, f := range list {
		name, became := f.Name, string(f.became(of))
		if became != "" {
			became = " " + became
		}
		if strings.Contains(name, ":") { // a predicate of the data, no word of ours
			name = code(name)
		}
		if f.Language != "" {
			name += " " + code("@"+f.Language)
		}
		fmt.Fprintf(w, "%s- %s%s: %s\n", indent, name, became, f.said(value))
	}
}

// codeBeside is beside in code spans.
func codeBeside(id graph.ID, name string) string {
	if name == "" || name == string(id) {
		return code(string(id))
	}
	return code(string(id)) + " " + code(name)
}

// code returns a text as a code span: between more backticks than it has in a
// row, and in one line.
func code(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		s = strconv.Quote(s)
	}
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if s == "" || strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") {
		s = " " + s + " " // which a reader of Markdown takes away
	}
	return fence + s + fence
}
