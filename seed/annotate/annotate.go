package annotate

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
)

// Annotations are what was found in an article. Places are in code points of its text;
// End is behind the last.
type Annotations struct {
	Article *Article
	// Mentions stand in the order of the text.
	Mentions []Mention
	// Statements are proposals, sentence by sentence.
	Statements []Proposal
	// Concepts are the named concepts, in the order of their first mention.
	Concepts []Found
}

// Found is a concept that an article names.
type Found struct {
	ID       graph.ID
	Name     string
	Locator  string // of its first mention
	Sections []int  // in which it is named
}

// Mention is a place in an article that names a concept, or something that no loaded
// name fits.
type Mention struct {
	// Article is the name of the file.
	Article string `json:"article,omitempty"`
	Locator string `json:"locator"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Text    string `json:"text"`
	// Concept is the id, nil if nothing that was loaded is called so.
	Concept *graph.ID `json:"concept"`
	Name    string    `json:"name,omitempty"`
	Kinds   []string  `json:"kinds,omitempty"`
	Match   Match     `json:"match,omitempty"`
	// Within: it is a part of the mention before it, of another kind.
	Within bool `json:"within,omitempty"`
	// Candidates are other concepts that are called the same or, where nothing is, that
	// have most of its words.
	Candidates []Candidate `json:"candidates,omitempty"`
	// Proposals are the statements in which the concept is proposed to stand or, without
	// one, what the sentence says around it.
	Proposals []Proposal `json:"proposals"`

	sentence int
	said     said
}

// Candidate is a concept that could be meant.
type Candidate struct {
	Concept graph.ID   `json:"concept"`
	Name    string     `json:"name"`
	Codes   []graph.ID `json:"codes,omitempty"` // exact ones
}

// Proposal is a statement that a sentence may make. Nobody has read it.
type Proposal struct {
	Subject   graph.ID `json:"subject,omitempty"`
	Predicate string   `json:"predicate,omitempty"`
	Object    graph.ID `json:"object,omitempty"`
	// Qualifiers are the values by name.
	Qualifiers map[string]any `json:"qualifiers,omitempty"`
	// Words are what of the text is behind it.
	Words []Behind `json:"words,omitempty"`
	// Todo says what to look at before it is confirmed.
	Todo string `json:"todo"`

	Locator string `json:"-"`
	Section int    `json:"-"`
	values  map[graph.Qualifier]string
}

// Annotate finds what an article names, and proposes statements.
func (l *Lexicon) Annotate(a *Article) *Annotations {
	w := l.worker(a)
	for i := range a.Sentences {
		w.sentence(i)
	}
	w.finish()
	return w.made
}

// worker returns what annotates an article.
func (l *Lexicon) worker(a *Article) worker {
	return worker{
		finder: finder{Lexicon: l, text: a.plain, slips: map[string]int32{}, abbreviations: map[string]int32{}, at: map[int32][]int{}},
		made:   &Annotations{Article: a}, section: -1,
	}
}

// worker annotates an article.
type worker struct {
	finder
	made    *Annotations
	section int
	// title, heading and last are the concepts that a sentence may speak of without naming
	// them: of the title, of the heading of the section, and of the sentences before.
	title, heading, last []int32
	// keep, if there is one, is given what was found in each sentence.
	keep func(at int, mentions []mention, scopes *sentenceCues)
}

// sentence annotates a sentence.
func (w *worker) sentence(at int) {
	a := w.made.Article
	s := &a.Sentences[at]
	if s.Section != w.section || s.IsHeading {
		w.section = s.Section
		w.last = nil
	}
	w.toks = w.tokens(w.text, s.Start, s.End, w.slips, w.toks[:0])
	if len(w.toks) == 0 {
		if w.keep != nil {
			w.keep(at, nil, nil)
		}
		return
	}
	mentions := w.finder.sentence()
	if known := len(w.abbreviations); known < w.introduce(mentions) {
		mentions = w.finder.sentence() // with what it has introduced itself
	}
	scopes := w.cuesOf(s, mentions)
	if w.keep != nil {
		w.keep(at, mentions, &scopes)
	}
	for _, m := range mentions {
		id := w.concepts[m.concept].ID
		made := Mention{
			Locator: s.Locator, Start: w.toks[m.from].start, End: w.toks[m.to-1].end, Concept: &id, Name: w.concepts[m.concept].Name(),
			Kinds: graph.KindNames(w.concepts[m.concept].Kinds()), Match: m.match, Within: m.within, sentence: at,
			said: w.limit(&scopes, mentions, m.from, m.from),
		}
		made.Text = a.Text[made.Start:made.End]
		for _, other := range m.others {
			made.Candidates = append(made.Candidates, w.candidate(other))
		}
		w.made.Mentions = append(w.made.Mentions, made)
	}
	w.unknown(at, mentions)
	if s.IsHeading {
		w.heading = named(mentions)
		if at == 0 {
			w.title, w.heading = w.heading, nil
		}
		return
	}
	w.relate(s, mentions, &scopes)
	if len(mentions) > 0 {
		w.last = append(named(mentions), w.last...)
		w.last = w.last[:min(len(w.last), 12)]
	}
}

// named returns the concepts of mentions, in their order.
func named(mentions []mention) (concepts []int32) {
	for _, m := range mentions {
		concepts = append(concepts, m.concept)
	}
	return concepts
}

func (w *worker) candidate(concept int32) Candidate {
	c := &w.concepts[concept]
	made := Candidate{Concept: c.ID, Name: c.Name()}
	for _, code := range c.Codes {
		if code.Match == graph.MatchExact {
			made.Codes = append(made.Codes, code.Code)
		}
	}
	return made
}

// finish counts in code points, and gives each mention its proposals.
func (w *worker) finish() {
	m := w.made
	slices.SortStableFunc(m.Mentions, func(a, b Mention) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	points := counter{text: m.Article.Text}
	for i := range m.Statements {
		p := &m.Statements[i]
		points.words(p.Words)
		p.Qualifiers = w.qualifiers(p.values)
	}
	by := map[string][]int{}
	for i, p := range m.Statements {
		for _, id := range []graph.ID{p.Subject, p.Object} {
			by[p.Locator+" "+string(id)] = append(by[p.Locator+" "+string(id)], i)
		}
	}
	seen := map[graph.ID]int{}
	for i := range m.Mentions {
		t := &m.Mentions[i]
		t.Start, t.End = points.at(t.Start), points.at(t.End)
		t.Proposals = []Proposal{}
		if t.Concept != nil {
			for _, p := range by[t.Locator+" "+string(*t.Concept)] {
				t.Proposals = append(t.Proposals, m.Statements[p])
			}
			at, known := seen[*t.Concept]
			if !known {
				at = len(m.Concepts)
				seen[*t.Concept] = at
				m.Concepts = append(m.Concepts, Found{ID: *t.Concept, Name: t.Name, Locator: t.Locator})
			}
			section := m.Article.Sentences[t.sentence].Section
			if section >= 0 && !slices.Contains(m.Concepts[at].Sections, section) {
				m.Concepts[at].Sections = append(m.Concepts[at].Sections, section)
			}
		}
		if len(t.Proposals) == 0 && len(t.said.values)+len(t.said.doubts) > 0 {
			points.words(t.said.behind)
			t.Proposals = []Proposal{{
				Qualifiers: w.qualifiers(t.said.values), Words: t.said.behind,
				Todo: strings.Join(append([]string{"no statement is proposed"}, t.said.doubts...), "; "),
			}}
		}
	}
}

// qualifiers returns values as JSON and YAML have them.
func (w *worker) qualifiers(values map[graph.Qualifier]string) map[string]any {
	made := map[string]any{}
	for q, value := range values {
		made[q.String()] = value
		if q.Info().Type == graph.FlagQualifier {
			made[q.String()] = true
		}
	}
	return made
}

// counter turns places in bytes into code points. It goes on from the last place, or
// back by what lies between.
type counter struct {
	text          string
	bytes, points int
}

func (c *counter) at(bytes int) int {
	if bytes >= c.bytes {
		c.points += utf8.RuneCountInString(c.text[c.bytes:bytes])
	} else {
		c.points -= utf8.RuneCountInString(c.text[bytes:c.bytes])
	}
	c.bytes = bytes
	return c.points
}

func (c *counter) words(behind []Behind) {
	for i := range behind {
		b := &behind[i]
		b.Start, b.End = c.at(b.Start), c.at(b.End)
	}
}

// Named returns in how many places something is named that is known.
func (m *Annotations) Named() (n int) {
	for i := range m.Mentions {
		if m.Mentions[i].Concept != nil {
			n++
		}
	}
	return n
}
