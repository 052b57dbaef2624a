package annotate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest/needs"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/annotate"
)

// labels are what a reader has found in a text: concepts and denied concepts by
// sentence, and modalities by sentence and concept.
type labels struct {
	concepts, denied map[[2]string]bool
	hedges           map[[3]string]bool
}

func newLabels() labels {
	return labels{map[[2]string]bool{}, map[[2]string]bool{}, map[[3]string]bool{}}
}

// share is a part of a whole.
type share struct{ of, all int }

func (s *share) count(right bool) {
	s.all++
	if right {
		s.of++
	}
}

func (s share) percent() float64 {
	if s.all == 0 {
		return 100
	}
	return 100 * float64(s.of) / float64(s.all)
}

func embedded(tb testing.TB) *graph.Dataset {
	tb.Helper()
	d, _, err := seed.Read(tb.Context(), seed.EmbeddedPath)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func read(tb testing.TB, name string) *annotate.Article {
	tb.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	a, err := annotate.Read(name, content)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// measured are the figures of a text.
type measured struct {
	precision, recall share // of pairs of a sentence and a concept
	hedges            share // that are proposed, of those that were labelled
	denials           share // that were labelled, of those that are proposed
	found             share // of the labelled denials
}

// add adds the figures of another text.
func (m *measured) add(other measured) {
	for to, from := range map[*share]share{
		&m.precision: other.precision, &m.recall: other.recall, &m.hedges: other.hedges, &m.denials: other.denials, &m.found: other.found,
	} {
		to.of += from.of
		to.all += from.all
	}
}

func (m measured) String() string {
	return fmt.Sprintf("concepts by sentence: precision %.1f %% of %d, recall %.1f %% of %d; hedges %.1f %% of %d; denials: %d of %d proposed are right, %d of %d labelled are found",
		m.precision.percent(), m.precision.all, m.recall.percent(), m.recall.all, m.hedges.percent(), m.hedges.all, m.denials.of, m.denials.all, m.found.of, m.found.all)
}

// measure compares what is found in a text with what a reader has: if it is asked for,
// without the names within others. A proposed statement denies one of its ends.
func measure(t *testing.T, m *annotate.Annotations, want labels, outermost bool) (got measured) {
	t.Helper()
	named, hedged, denied := map[[2]string]bool{}, map[[3]string]bool{}, map[[2]string]bool{}
	for _, mention := range m.Mentions {
		if outermost && mention.Within {
			continue
		}
		id := ""
		if mention.Concept != nil {
			id = string(*mention.Concept)
			named[[2]string{mention.Locator, id}] = true
		}
		for _, p := range mention.Proposals {
			for _, end := range []string{id, string(p.Subject), string(p.Object)} {
				if modality, has := p.Qualifiers["modality"].(string); has {
					hedged[[3]string{mention.Locator, end, modality}] = true
				}
			}
			if p.Qualifiers["negated"] == true {
				subject, object := [2]string{mention.Locator, string(p.Subject)}, [2]string{mention.Locator, string(p.Object)}
				switch {
				case p.Subject == "":
					denied[[2]string{mention.Locator, id}] = true
				case want.denied[subject] && !want.denied[object]:
					denied[subject] = true
				default:
					denied[object] = true
				}
			}
		}
	}
	for pair := range named {
		got.precision.count(want.concepts[pair])
		if !want.concepts[pair] {
			t.Logf("found, but not labelled: %v", pair)
		}
	}
	for pair := range want.concepts {
		got.recall.count(named[pair])
	}
	for hedge := range want.hedges {
		got.hedges.count(hedged[hedge])
		if !hedged[hedge] {
			t.Logf("hedge not proposed: %v", hedge)
		}
	}
	for pair := range denied {
		got.denials.count(want.denied[pair])
		if !want.denied[pair] {
			t.Logf("wrongly denied: %v", pair)
		}
	}
	for pair := range want.denied {
		got.found.count(denied[pair])
		if !denied[pair] {
			t.Logf("denial not proposed: %v", pair)
		}
	}
	t.Log(got)
	return got
}

// TestQualityOfArticle compares what is found in the article with the seed, which people
// have made of it. The text has no licence and lies beside the clone.
func TestQualityOfArticle(t *testing.T) {
	t.Parallel()
	d := embedded(t)
	m := annotate.NewLexicon(d, "en").Annotate(read(t, needs.Shared(t, "article/article.txt")))
	want := newLabels()
	wanted := map[graph.ID]bool{}
	for i := range d.Concepts {
		wanted[d.Concepts[i].ID] = true
	}
	hedged := share{}
	inSentence := map[string]bool{} // modality by sentence
	for _, mention := range m.Mentions {
		for _, p := range mention.Proposals {
			if modality, has := p.Qualifiers["modality"].(string); has {
				inSentence[mention.Locator+" "+modality] = true
			}
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		for _, id := range []graph.ID{s.Subject, s.Object, s.Stage} {
			want.concepts[[2]string{s.Locator, string(id)}] = true
		}
		if s.Modality > graph.Asserted {
			hedged.count(inSentence[s.Locator+" "+s.Modality.String()])
			if !inSentence[s.Locator+" "+s.Modality.String()] {
				t.Logf("hedge not proposed: %s %s %s %s", s.Locator, s.Subject, s.Predicate, s.Modality)
			}
		}
	}
	for _, row := range table(t, "testdata/article.tsv", 3) {
		if row[2] == "right" {
			want.concepts[[2]string{row[0], row[1]}] = true
		}
	}
	got := measure(t, m, want, false)
	found := share{}
	for id := range wanted {
		named := false
		for _, c := range m.Concepts {
			named = named || c.ID == id
		}
		found.count(named)
	}
	statements := share{}
	proposed := map[[4]string]bool{}
	for _, p := range m.Statements {
		proposed[[4]string{p.Locator, string(p.Subject), p.Predicate, string(p.Object)}] = true
	}
	joining := 0
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Source != "facial-twitching-article" || s.Object == "" {
			continue
		}
		joining++
		p, _ := graph.LookupPredicate(s.Predicate)
		if key := [4]string{s.Locator, string(s.Subject), p.Name, string(s.Object)}; proposed[key] {
			statements.of++
		}
	}
	statements.all = len(proposed)
	t.Logf("%d of the %d concepts of the seed found (%.1f %%); hedges of statements, by sentence: %.1f %% of %d; %d of %d proposed statements are in the seed word for word, which has %d between concepts",
		found.of, found.all, found.percent(), hedged.percent(), hedged.all, statements.of, statements.all, joining)
	if found.percent() < 90 || got.precision.percent() < 95 || hedged.percent() < 95 || got.denials.all > 0 {
		t.Error("wanted: 90 % of the concepts at a precision of 95 %, 95 % of the hedges, and nothing denied that the article does not deny")
	}
}

// TestQualityOfTexts measures the labelled texts.
func TestQualityOfTexts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/texts/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	d := embedded(t)
	var all measured
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".tsv"), func(t *testing.T) {
			texts, _ := filepath.Glob(strings.TrimSuffix(file, "tsv") + "[tmh]*")
			if len(texts) != 2 { // the labels and the text
				t.Fatalf("%s: %d files of that name: labels go with one text", file, len(texts))
			}
			want := newLabels()
			for _, row := range table(t, file, 4) {
				switch key := [2]string{row[1], row[2]}; row[0] {
				case "concept":
					want.concepts[key] = true
				case "denied":
					want.denied[key] = true
				case "hedge":
					want.hedges[[3]string{row[1], row[2], row[3]}] = true
				default:
					t.Fatalf("%s: no kind of label is called %q", file, row[0])
				}
			}
			name := texts[0]
			if name == file {
				name = texts[1]
			}
			got := measure(t, annotate.NewLexicon(d, "en").Annotate(read(t, name)), want, true)
			all.add(got)
		})
	}
	t.Logf("all texts: %v", all)
	if all.precision.percent() < 91 || all.recall.percent() < 86 || all.hedges.percent() < 66 || all.denials.percent() < 72 || all.found.percent() < 68 {
		t.Error("worse than it was: testdata/texts/README.md has the figures, and what is wanted")
	}
}

// table reads the rows of a file.
func table(t *testing.T, name string, columns int) (rows [][]string) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			t.Fatalf("%s: %d columns, not %d: %s", name, len(row), columns, line)
		}
		rows = append(rows, row)
	}
	return rows
}

// BenchmarkAnnotate annotates 1 MB of text with the names of the seed.
func BenchmarkAnnotate(b *testing.B) {
	l := annotate.NewLexicon(embedded(b), "en")
	content, err := os.ReadFile("testdata/exercise.md")
	if err != nil {
		b.Fatal(err)
	}
	text := []byte(strings.Repeat(string(content), 1_000_000/len(content)+1))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		a, err := annotate.Read("text.md", text)
		if err != nil {
			b.Fatal(err)
		}
		l.Annotate(a)
	}
}
