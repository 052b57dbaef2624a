package annotate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// WriteJSON writes the mentions, one object a line.
func (m *Annotations) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range m.Mentions {
		m.Mentions[i].Article = m.Article.File
		if err := e.Encode(&m.Mentions[i]); err != nil {
			return err
		}
	}
	return nil
}

// WriteDraft writes the annotations as a file of seed YAML: the article with its
// sections, the concepts that it names, and the statements, each with todo, which keeps
// it from being served until somebody has confirmed it. It has none of the text but the
// words behind each proposal. With dataset it has a data set of its own.
func (m *Annotations) WriteDraft(to io.Writer, dataset bool) error {
	a := m.Article
	id := a.ID()
	w := &draft{}
	w.line("# A draft that plexus annotate has made of %s: a machine has proposed it.", quote(a.Name))
	w.line("#")
	w.line("# Read each statement against its sentence (locator L3.S1 is line 3, sentence 1; places are code")
	w.line("# points of the text). If it says what the sentence says, write confirmed: NAME, DATE in place of todo; else")
	w.line("# mend it, or leave it out. Until then nothing of this folder is served, built or exported.")
	w.line("# The text has SHA-256 %s.", a.SHA256())
	w.line("")
	if dataset {
		w.line("dataset:")
		w.line("  id: %s", id+"-data")
		w.line("  name: %s", quote("TODO: what the data set is called"))
		w.line("  license: CC0-1.0   # of your own work, the statements; the text keeps its own")
		w.line("  version: \"1\"")
		w.line("  language: %s", a.language())
		w.line("")
	}
	m.article(w, id)
	m.concepts(w, id)
	m.unknown(w)
	m.statements(w, id)
	_, err := to.Write(w.Bytes())
	return err
}

// ID returns an id for the article, made of its name.
func (a *Article) ID() string {
	words := strings.FieldsFunc(graph.Slug(a.Name), func(r rune) bool { return r == '-' })
	id := strings.Join(words[:min(len(words), 6)], "-")
	if !graph.IsSlug(id) {
		id = "todo"
	}
	return id + "-article"
}

// language returns the language of the text; English, where it does not say.
func (a *Article) language() string {
	if a.Language == "" {
		return "en"
	}
	return a.Language
}

type draft struct{ bytes.Buffer }

func (d *draft) line(format string, values ...any) {
	fmt.Fprintf(d, format, values...)
	d.WriteByte('\n')
}

// optional writes a key that has a value.
func (d *draft) optional(indent, key, value string) {
	if value != "" {
		d.line("%s%s: %s", indent, key, quote(value))
	}
}

func (m *Annotations) article(w *draft, id string) {
	a := m.Article
	w.line("articles:")
	w.line("  - id: %s", id)
	w.line("    name: %s", quote(a.Name))
	w.optional("    ", "url", a.URL)
	w.optional("    ", "publisher", a.Publisher)
	w.optional("    ", "published", a.Published)
	w.optional("    ", "reviewed", a.Reviewed)
	if len(a.Authors) > 0 {
		w.line("    authors:")
		for _, author := range a.Authors {
			w.line("      - %s", quote(author))
		}
	}
	w.optional("    ", "version", a.Version())
	if len(a.Sections) > 0 {
		w.line("    sections:")
	}
	for i, s := range a.Sections {
		w.line("      - id: %s   # %s to %s", a.section(id, i), a.Sentences[s.First].Locator, a.Sentences[s.End-1].Locator)
		w.line("        heading: %s", quote(s.Heading))
		w.line("        summary: %s", quote("TODO: one line in your own words"))
	}
	w.line("")
}

// section returns the id of a section: with that of its article, since headings are
// called like concepts, and with a number where two are called the same.
func (a *Article) section(id string, at int) string {
	slug := func(i int) string {
		words := strings.Split(graph.Slug(a.Sections[i].Heading), "-")
		return strings.Join(words[:min(len(words), 6)], "-")
	}
	own := strings.TrimSuffix(id, "-article") + "-" + slug(at)
	same := 0
	for i := range at {
		if slug(i) == slug(at) {
			same++
		}
	}
	if same > 0 || slug(at) == "" {
		own += fmt.Sprintf("-section-%d", at+1)
	}
	return strings.ReplaceAll(own, "--", "-")
}

// concepts writes in which sections each concept is named. What it is called is said by
// the data that it was found in.
func (m *Annotations) concepts(w *draft, id string) {
	written := false
	for _, c := range m.Concepts {
		if len(c.Sections) == 0 {
			continue
		}
		if !written {
			w.line("concepts:   # that the article names, and the data given with --with describes")
			written = true
		}
		sections := make([]string, len(c.Sections))
		for i, s := range c.Sections {
			sections[i] = m.Article.section(id, s)
		}
		w.line("  - {id: %s, sections: [%s]}   # %s", yamlID(c.ID), strings.Join(sections, ", "), oneLine(c.Name))
	}
	if written {
		w.line("")
	}
}

// unknown lists, as remarks, what nothing loaded is called.
func (m *Annotations) unknown(w *draft) {
	seen := map[string]bool{}
	for i := range m.Mentions {
		t := &m.Mentions[i]
		text := oneLine(t.Text)
		if t.Concept != nil || seen[strings.ToLower(text)] {
			continue
		}
		if len(seen) == 0 {
			w.line("# Nothing that was loaded is called so: add concepts for those that matter.")
		}
		seen[strings.ToLower(text)] = true
		near := make([]string, len(t.Candidates))
		for i, c := range t.Candidates {
			near[i] = fmt.Sprintf("%s %s", c.Concept, oneLine(c.Name))
			if len(c.Codes) > 0 {
				near[i] += " (" + string(c.Codes[0]) + ")"
			}
		}
		if len(near) == 0 {
			near = []string{"nothing"}
		}
		w.line("#   %s, %s; near to it: %s", quote(text), t.Locator, strings.Join(near, ", "))
	}
	if len(seen) > 0 {
		w.line("")
	}
}

func (m *Annotations) statements(w *draft, id string) {
	if len(m.Statements) == 0 {
		w.line("# No statement is proposed.")
		return
	}
	w.line("defaults:")
	w.line("  source: %s", id)
	w.line("")
	w.line("statements:")
	for i := range m.Statements {
		p := &m.Statements[i]
		w.line("  - subject: %s", yamlID(p.Subject))
		w.line("    predicate: %s", p.Predicate)
		w.line("    object: %s", yamlID(p.Object))
		modality := "asserted"
		for _, q := range graph.AllQualifiers() {
			value, has := p.values[q]
			switch {
			case q == graph.QualifierModality && has:
				modality = value
			case has && q.Info().Type == graph.FlagQualifier:
				w.line("    %s: true", q)
			case has:
				w.line("    %s: %s", q, quote(value))
			}
		}
		w.line("    modality: %s", modality)
		if p.Section >= 0 {
			w.line("    section: %s", m.Article.section(id, p.Section))
		}
		w.line("    locator: %s", p.Locator)
		w.line("    todo: %s", quote(p.Todo+words(p.Words)))
	}
}

// words tells the words behind a proposal, and where they stand.
func words(behind []Behind) string {
	said := make([]string, len(behind))
	for i, b := range behind {
		said[i] = fmt.Sprintf("%s from “%s” (%d-%d)", b.Of, b.Text, b.Start, b.End)
	}
	slices.Sort(said)
	if said = slices.Compact(said); len(said) == 0 {
		return ""
	}
	return ": " + strings.Join(said, ", ")
}

// yamlID writes an id; a CURIE is quoted, since it has a colon.
func yamlID(id graph.ID) string {
	if graph.IsSlug(string(id)) {
		return string(id)
	}
	return quote(string(id))
}

// quote writes a text as YAML that means it: JSON is YAML.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a text can always be encoded
	return strings.TrimSpace(b.String())
}
