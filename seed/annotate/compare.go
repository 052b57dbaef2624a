package annotate

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
)

// Disagreement says in what a statement and the text that it cites differ.
type Disagreement uint8

// The disagreements.
const (
	// NoSuchSentence: its locator names no sentence of the text, or one of another
	// section.
	NoSuchSentence Disagreement = iota
	// OtherWords: words of a qualifier do not stand in the sentence.
	OtherWords
	// TextSaysMore: the sentence hedges, denies or counts, and the statement does not.
	TextSaysMore
	// TextSaysLess: the statement hedges, denies or is about something, and no word of
	// the sentence is.
	TextSaysLess
)

// Difference is what is to be mended in a statement.
type Difference struct {
	Of Disagreement
	// Qualifier is what it is about; NumQualifiers, if it is about no single one.
	Qualifier graph.Qualifier
	// Message says what differs. It has no words of the text but those that the
	// statement lacks.
	Message string
	// Sentence is the sentence, without line breaks.
	Sentence string
}

// Comparer compares statements with the text that they cite.
type Comparer struct {
	worker
	read     map[string]*sentenceRead
	headings map[string][]int // the sections under a heading
}

// sentenceRead is a sentence with what was found in it.
type sentenceRead struct {
	*Sentence
	toks     []token
	mentions []mention
	scopes   sentenceCues
	stems    map[string]bool
}

// Compare reads an article, to compare statements with it.
func (l *Lexicon) Compare(a *Article) *Comparer {
	c := &Comparer{worker: l.worker(a), read: map[string]*sentenceRead{}, headings: map[string][]int{}}
	c.keep = func(at int, mentions []mention, scopes *sentenceCues) {
		s := &a.Sentences[at]
		r := &sentenceRead{Sentence: s, toks: slices.Clone(c.toks), mentions: slices.Clone(mentions), stems: map[string]bool{}}
		if scopes != nil {
			r.scopes = *scopes
		}
		for w := range search.EachWord(c.text[s.Start:s.End]) {
			stem := spelling(w.Stem)
			r.stems[string(stem)] = true
			r.stems[rootOf(stem)] = true
		}
		c.read[s.Locator] = r
	}
	for i := range a.Sentences {
		c.sentence(i)
	}
	for i, s := range a.Sections {
		c.headings[strings.ToLower(s.Heading)] = append(c.headings[strings.ToLower(s.Heading)], i)
	}
	return c
}

var sentenceLocator = regexp.MustCompile(`\bL\d+\.S\d+\b`)

// Locators returns the sentences of a text that a statement's locator names.
func Locators(locator string) []string { return sentenceLocator.FindAllString(locator, -1) }

// Statement compares a statement with the sentences that its locator names. section is
// the heading of its section, empty if it has none.
func (c *Comparer) Statement(s *graph.Statement, section string) (found []Difference) {
	var cited []*sentenceRead
	for _, locator := range Locators(s.Locator) {
		r := c.read[locator]
		if r == nil {
			return []Difference{{Of: NoSuchSentence, Qualifier: graph.QualifierLocator, Message: fmt.Sprintf("the text has no sentence %s%s", locator, c.lastOf(locator))}}
		}
		if under := c.headings[strings.ToLower(section)]; len(under) > 0 && !slices.Contains(under, r.Section) {
			is := "before the first heading"
			if r.Section >= 0 {
				is = "under “" + c.made.Article.Sections[r.Section].Heading + "”"
			}
			return []Difference{{NoSuchSentence, graph.QualifierSection, fmt.Sprintf("%s stands %s, not under “%s”", locator, is, section), c.said(r)}}
		}
		cited = append(cited, r)
	}
	say := func(of Disagreement, q graph.Qualifier, format string, values ...any) {
		at := cited[0]
		found = append(found, Difference{of, q, fmt.Sprintf(format, values...), c.said(at)})
	}
	for _, q := range quoted {
		if value := *s.Text(q); value != "" {
			if lacks := c.lacks(cited, value); lacks != "" {
				say(OtherWords, q, "%s: %q does not stand in %s: there is no %q", q, value, s.Locator, lacks)
			}
		}
	}
	if v := s.Share(graph.QualifierFrequencyValue); !math.IsNaN(v) && !c.counts(cited, v) {
		say(OtherWords, graph.QualifierFrequencyValue, "frequencyValue: no number of %s is %v", s.Locator, v)
	}
	c.stance(cited, s, say)
	c.number(cited, s, say)
	c.about(cited, s, say)
	return found
}

// quoted are the qualifiers whose words are those of the source.
var quoted = []graph.Qualifier{
	graph.QualifierFrequency, graph.QualifierTiming, graph.QualifierContext, graph.QualifierPopulation, graph.QualifierSeverity, graph.QualifierTreatmentLine,
	graph.QualifierDose, graph.QualifierTreatmentDuration, graph.QualifierLaterality, graph.QualifierStrength, graph.QualifierUrgency, graph.QualifierAttribution,
}

// said returns a sentence on one line.
func (c *Comparer) said(r *sentenceRead) string { return oneLine(c.text[r.Start:r.End]) }

// lastOf says how far the line of a locator goes.
func (c *Comparer) lastOf(locator string) string {
	line, _, _ := strings.Cut(locator, ".")
	n := 0
	for c.read[fmt.Sprintf("%s.S%d", line, n+1)] != nil {
		n++
	}
	switch {
	case n > 0:
		return fmt.Sprintf(": %s has %d", line, n)
	case len(c.made.Article.Sentences) > 0:
		return ": the last is " + c.made.Article.Sentences[len(c.made.Article.Sentences)-1].Locator
	}
	return ""
}

// lacks returns the first word of a value that none of the sentences has.
func (c *Comparer) lacks(cited []*sentenceRead, value string) string {
	words := 0
	for w := range search.EachWord(value) {
		stem := spelling(w.Stem)
		if plain[string(stem)] {
			continue
		}
		words++
		if !slices.ContainsFunc(cited, func(r *sentenceRead) bool { return r.stems[string(stem)] || r.stems[rootOf(stem)] }) {
			return value[w.Start:w.End]
		}
	}
	if words == 0 && !slices.ContainsFunc(cited, func(r *sentenceRead) bool {
		return strings.Contains(strings.ToLower(c.said(r)), strings.ToLower(oneLine(value)))
	}) {
		return value
	}
	return ""
}

// plain are words that a value may have and its sentence not.
var plain = func() map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields("a an the of in on at to for with by as and or is are was were be been that which who it its their this these those") {
		all[w] = true
	}
	return all
}()

// counts reports whether a sentence has a number that a share is.
func (c *Comparer) counts(cited []*sentenceRead, share float64) bool {
	const rounding = 0.005
	for _, r := range cited {
		for _, words := range numbers.FindAllString(c.text[r.Start:r.End], -1) {
			f, err := graph.ParseFrequency(strings.ToLower(oneLine(words)))
			if err == nil && !(share < f.Min-rounding) && !(share > f.Max+rounding) { // a bound that is not stated is NaN
				return true
			}
		}
	}
	return false
}

// stance compares what words hedge and deny with the statement.
func (c *Comparer) stance(cited []*sentenceRead, s *graph.Statement, say func(Disagreement, graph.Qualifier, string, ...any)) {
	predicate, _ := graph.LookupPredicate(s.Predicate)
	near, all := map[string]string{}, map[string]bool{} // modalities, with the words that say them
	denied, denies := "", false
	for _, r := range cited {
		c.toks = r.toks
		ends, both := r.ends(c.concepts, s)
		for _, h := range slices.Concat(r.scopes.limits, r.scopes.links) {
			modality, isDenial := h.stance()
			if h.cue.class == possibleNot {
				all["possible"], denies = true, true
			}
			if modality == "" && !isDenial && h.cue.class != possibleNot {
				continue
			}
			all[modality] = true
			denies = denies || isDenial
			if !r.reachesAny(h, ends, both) {
				continue
			}
			words := c.behind(h, "").Text
			switch {
			case isDenial:
				denied = words
			case h.cue.class == possibleNot:
				near["possible"] = words
			default:
				near[modality] = words
			}
		}
	}
	modality := s.Modality.String()
	firm, says := s.Modality <= graph.Asserted, "says "+modality
	if modality == "" {
		says = "has no modality"
	}
	switch {
	case firm && len(near) > 0 && predicate.Hedged && !s.Negated:
		for _, m := range graph.Modalities() {
			if words, has := near[m.String()]; has {
				say(TextSaysMore, graph.QualifierModality, "the sentence says “%s”, which is %s, and the statement %s", words, m, says)
				break
			}
		}
	case !firm && len(near) > 0 && near[modality] == "" && !all[modality]:
		for _, m := range graph.Modalities() {
			if words, has := near[m.String()]; has {
				say(TextSaysMore, graph.QualifierModality, "the sentence says “%s”, which is %s, and the statement %s", words, m, says)
				break
			}
		}
	case !firm && len(all) == 0 && len(near) == 0:
		say(TextSaysLess, graph.QualifierModality, "the statement says %s, and no word of %s is known to say so", modality, s.Locator)
	}
	switch {
	case denied != "" && !s.Negated && s.Modality != graph.Discouraged && !predicate.Caution && near["possible"] == "":
		say(TextSaysMore, graph.QualifierNegated, "the sentence says “%s”, and the statement is no denial", denied)
	case s.Negated && !denies:
		say(TextSaysLess, graph.QualifierNegated, "the statement is a denial, and no word of %s is known to deny", s.Locator)
	}
}

// stance returns the modality that words say, and whether they deny.
func (h *hit) stance() (modality string, denies bool) {
	switch {
	case h.cue.class == relates && slices.ContainsFunc(h.cue.means, func(d direction) bool { return d.predicate.Caution }):
		return "discouraged", false
	case h.cue.class == relates && strings.HasPrefix(h.cue.words, "recommend"):
		return "recommended", false
	case h.cue.class != limits:
		return "", false
	case h.cue.qualifier == graph.QualifierModality:
		return h.cue.value, false
	}
	return "", h.cue.qualifier == graph.QualifierNegated
}

// ends returns the tokens that name what a statement is about, and whether both of its
// ends are named.
func (r *sentenceRead) ends(concepts []graph.Concept, s *graph.Statement) (tokens []int, both bool) {
	subject, object := false, false
	for _, m := range r.mentions {
		switch concepts[m.concept].ID {
		case s.Subject:
			subject = true
		case s.Object:
			object = true
		default:
			continue
		}
		tokens = append(tokens, m.from)
	}
	return tokens, subject && object
}

// reachesAny reports whether words limit what is said between the ends of a statement:
// they reach the last end, or words that relate before it. If one end alone is named, they
// reach it, or the first words that relate behind it; if none is, all words do.
func (r *sentenceRead) reachesAny(h hit, ends []int, both bool) bool {
	if len(ends) == 0 {
		return true
	}
	if h.cue.class == relates {
		return slices.ContainsFunc(ends, func(of int) bool { return r.scopes.clause[of] == r.scopes.clause[h.from] })
	}
	of := slices.Max(ends)
	for _, link := range r.scopes.links {
		if r.scopes.clause[link.from] != r.scopes.clause[of] {
			continue
		}
		if link.from <= of && r.scopes.reaches(h, link.from, of, r.mentions) || link.from > of && !both && r.scopes.covers(h, link.from) {
			return true
		}
		if link.from > of {
			break
		}
	}
	return r.scopes.covers(h, of)
}

// number tells of a share of people that a statement lacks.
func (c *Comparer) number(cited []*sentenceRead, s *graph.Statement, say func(Disagreement, graph.Qualifier, string, ...any)) {
	f := graph.FrequencyOf(s.Frequency, s.Share(graph.QualifierFrequencyValue))
	if strings.ContainsAny(s.Frequency, "0123456789") { // "about 85 %", which is no share exactly
		return
	}
	if predicate, _ := graph.LookupPredicate(s.Predicate); !math.IsNaN(f.Min) || !math.IsNaN(f.Max) || predicate.SameKind || predicate.Text {
		return
	}
	for _, r := range cited {
		if n := r.scopes.number; n.Text != "" {
			say(TextSaysMore, graph.QualifierFrequency, "the sentence says “%s”, and the statement has no number", n.Text)
			return
		}
	}
}

// about tells of a statement of which no end is named where it says.
func (c *Comparer) about(cited []*sentenceRead, s *graph.Statement, say func(Disagreement, graph.Qualifier, string, ...any)) {
	for _, r := range cited {
		if ends, _ := r.ends(c.concepts, s); len(ends) > 0 {
			return
		}
	}
	if s.Object == "" && c.lacks(cited, s.Value.Text) == "" {
		return
	}
	what := fmt.Sprintf("neither %s nor %s", s.Subject, s.Object)
	if s.Object == "" {
		what = fmt.Sprintf("neither %s nor %q", s.Subject, oneLine(s.Value.Text))
	}
	say(TextSaysLess, graph.NumQualifiers, "%s names %s", s.Locator, what)
}
