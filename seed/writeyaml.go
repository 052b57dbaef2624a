package seed

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
)

// writeYAML writes a data set as one file of our own format, and reads it back
// before a byte of it is out: what comes back is the same data, or there is an
// error that says what YAML cannot hold.
func writeYAML(ctx context.Context, w io.Writer, d *graph.Dataset, with []string) error {
	known, err := builtInPrefixes(ctx)
	if err != nil {
		return err
	}
	y := newYAMLWriter(d)
	if len(with) > 0 {
		y.d = described(d)
	}
	if lost := y.lost(); len(lost) > 0 {
		return cannotHold(lost)
	}
	y.document(known)
	if y.out.Len() > maxYAML {
		return fmt.Errorf("YAML cannot hold this data: it would be %d MiB, and a file of our format may have %d; write it as %s", y.out.Len()>>20, maxYAML>>20, lossless("or"))
	}
	if err := same(ctx, y.out.Bytes(), d, with); err != nil {
		return err
	}
	_, err = y.out.WriteTo(w)
	return err
}

// cannotHold is the error of data that YAML has no words for.
func cannotHold(reasons []string) error {
	const most = 3
	more := ""
	if n := len(reasons) - most; n > 0 {
		more = fmt.Sprintf("; and %d more", n)
		reasons = reasons[:most]
	}
	return fmt.Errorf("YAML cannot hold this data: %s%s; write it as %s", strings.Join(reasons, "; "), more, lossless("or"))
}

// same reports what comes back otherwise than it was written.
func same(ctx context.Context, content []byte, d *graph.Dataset, with []string) error {
	const name = "export.yaml"
	back, err := readBack(ctx, fstest.MapFS{name: {Data: content}}, name, with)
	if faulty := (*ProblemsError)(nil); errors.As(err, &faulty) {
		reasons := make([]string, len(faulty.Problems))
		for i, p := range faulty.Problems {
			reasons[i] = p.Message
		}
		return cannotHold(reasons)
	} else if err != nil {
		return err
	}
	for _, prefix := range d.Prefixes.Names() {
		was, _ := d.Prefixes.Namespace(prefix)
		if is, _ := back.Prefixes.Namespace(prefix); is != was {
			return cannotHold([]string{fmt.Sprintf("its prefix %s is %s, which always stands for %s", prefix, was, is)})
		}
	}
	want := *d
	want.Prefixes = back.Prefixes // which may have more
	if back.Version() != want.Version() {
		return cannotHold(append(graph.Lost(back, &want), "read back, it is not the same"))
	}
	return nil
}

// readBack reads a file together with known data.
func readBack(ctx context.Context, fsys fs.FS, name string, with []string) (*graph.Dataset, error) {
	c, err := collectFS(fsys, []string{name})
	if err != nil {
		return nil, err
	}
	all, known, _, err := c.readWith(ctx, with, false)
	if err != nil {
		return nil, err
	}
	return Subject(all, known, ByID)
}

// described returns a data set without what it only mentions.
func described(d *graph.Dataset) *graph.Dataset {
	own := *d
	own.Concepts = slices.DeleteFunc(slices.Clone(d.Concepts), func(c graph.Concept) bool { return isNamed(&c) })
	own.Sources = slices.DeleteFunc(slices.Clone(d.Sources), func(s graph.Source) bool { return !s.IsKnown() })
	own.Articles = slices.DeleteFunc(slices.Clone(d.Articles), func(a graph.Article) bool { return !a.IsKnown() })
	return &own
}

// yamlWriter writes a data set in our own format.
type yamlWriter struct {
	d   *graph.Dataset
	out bytes.Buffer
	set graph.ID // the data set of the file; its concepts need not name it
	// language is that of texts for which none is written.
	language string
	// mentions are the sections of a concept that follow from its statements.
	mentions map[graph.ID][]graph.ID
	iris     map[graph.ID]string // of concepts, where they do not follow from the id
}

func newYAMLWriter(d *graph.Dataset) *yamlWriter {
	y := &yamlWriter{d: d, mentions: map[graph.ID][]graph.ID{}, iris: map[graph.ID]string{}}
	for i := range d.Concepts {
		y.iris[d.Concepts[i].ID] = d.Concepts[i].IRI
	}
	articles := map[graph.ID]bool{}
	for i := range d.Articles {
		articles[d.Articles[i].ID] = true
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Section == "" || !articles[s.Source] {
			continue
		}
		for id := range s.Concepts() {
			if id != "" && !slices.Contains(y.mentions[id], s.Section) {
				y.mentions[id] = append(y.mentions[id], s.Section)
			}
		}
	}
	y.chooseSet()
	y.chooseLanguage()
	return y
}

// chooseSet takes the data set that alone describes most concepts.
func (y *yamlWriter) chooseSet() {
	counts := map[graph.ID]int{}
	for i := range y.d.Concepts {
		if c := &y.d.Concepts[i]; len(c.Sources) == 1 {
			counts[c.Sources[0]]++
		}
	}
	most := 0
	for i := range y.d.Sources { // by id
		if s := &y.d.Sources[i]; s.Kind == graph.DataSource && counts[s.ID] > most {
			most, y.set = counts[s.ID], s.ID
		}
	}
}

// chooseLanguage takes the language of most texts, unless a text has none: then
// none is the default.
func (y *yamlWriter) chooseLanguage() {
	if y.set == "" {
		return
	}
	counts := map[string]int{}
	for i := range y.d.Concepts {
		c := &y.d.Concepts[i]
		for _, t := range slices.Concat(c.Names, c.Descriptions) {
			counts[t.Language]++
		}
		for _, s := range c.Synonyms {
			counts[s.Language]++
		}
	}
	for language, n := range counts {
		if best := counts[y.language]; n > best || n == best && language < y.language || y.language == "" {
			y.language = language
		}
	}
	if counts[""] > 0 {
		y.language = ""
	}
}

// lost returns what the format has no words for, and what reading back would
// not tell in as few words.
func (y *yamlWriter) lost() (reasons []string) {
	add := func(format string, args ...any) { reasons = append(reasons, fmt.Sprintf(format, args...)) }
	d := y.d
	iri := func(id graph.ID, is string) {
		if is != "" && is != d.Prefixes.Expand(id) {
			add("the IRI of %s is %s, which does not follow from its id", id, is)
		}
	}
	for i := range d.Sources {
		iri(d.Sources[i].ID, d.Sources[i].IRI)
	}
	for i := range d.Articles {
		iri(d.Articles[i].ID, d.Articles[i].IRI)
		for _, s := range d.Articles[i].Sections {
			iri(s.ID, s.IRI)
		}
	}
	for i := range d.Concepts {
		c := &d.Concepts[i]
		iri(c.ID, c.IRI)
		switch {
		case len(c.Members) > 0:
			add("what is said of %s is of several data sets, or of several concepts (members)", c.ID)
		case len(c.NotJoined) > 0:
			add("%s says what it is not joined with (notJoined): it is joined data", c.ID)
		case len(c.Properties) > 0:
			add("%s has a further value, of %s", c.ID, c.Properties[0].Predicate)
		case len(c.Sources) == 0:
			add("%s belongs to no data set", c.ID)
		case severalOf(c.Names), severalOf(c.Descriptions):
			add("%s has several names or descriptions of one language, or one without a language beside others", c.ID)
		}
		for _, section := range y.mentions[c.ID] {
			if !slices.Contains(c.Sections, section) {
				add("%s would be mentioned in the section %s, as a statement of that section names it", c.ID, section)
			}
		}
	}
	for i := range d.Statements {
		if lost := y.lostOf(&d.Statements[i]); lost != "" {
			reasons = append(reasons, lost)
		}
	}
	return reasons
}

// lostOf is lost of one statement.
func (y *yamlWriter) lostOf(s *graph.Statement) string {
	for _, p := range s.Properties {
		if p.Value.Text == "" || p.Value.Language != "" || p.Value.Datatype != "" || !isFurther(y.d.Prefixes.Expand(p.Predicate)) {
			return fmt.Sprintf("the statement %s has a further value, of %s, that is no text of a predicate of your own", s.ID, p.Predicate)
		}
	}
	switch {
	case s.SaidOf+s.ObjectSaidOf+s.StageSaidOf+s.WithSaidOf != "":
		return fmt.Sprintf("the statement %s was said of another concept (saidOf): it is joined data", s.ID)
	case s.Value.Datatype != "":
		return fmt.Sprintf("the value of the statement %s has a datatype, %s", s.ID, s.Value.Datatype)
	case graph.IsStatementID(string(s.ID)) && !limited(s, s.ID, y.iri):
		return fmt.Sprintf("the statement %s has an id that does not follow from what it claims", s.ID)
	}
	return ""
}

// says reports whether a statement that is written is read again, as far as it
// can be told by itself.
func (y *yamlWriter) says(s *graph.Statement) bool {
	p, _ := graph.LookupPredicate(s.Predicate)
	unclear := s.Modality == graph.Discouraged && (s.Negated || p.Offers())
	return s.Locator != "" && !unclear && y.lostOf(s) == ""
}

// iri returns the IRI of a thing.
func (y *yamlWriter) iri(id graph.ID) string {
	return cmp.Or(y.iris[id], y.d.Prefixes.Expand(id))
}

// severalOf reports whether texts cannot stand in a mapping from languages.
func severalOf(texts []graph.Text) bool {
	for i, t := range texts {
		if len(texts) > 1 && t.Language == "" || i > 0 && texts[i-1].Language == t.Language {
			return true
		}
	}
	return false
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
