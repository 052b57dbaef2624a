package annotate

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
)

// hit is a cue in a sentence.
type hit struct {
	cue      *cue
	from, to int      // its tokens
	name     *mention // that it is a part of, and alone speaks of
}

// sentenceCues are the cues of a sentence, and its clauses.
type sentenceCues struct {
	limits []hit  // in order
	links  []hit  // of relations
	clause []int  // of each token
	number Behind // the share that the sentence states, if it does
}

// cuesOf finds the cues of a sentence outside of names: the longest of each place, as
// ConText does. clauses end at words such as "but", at ; and :, and after an opening
// "although", at the first comma.
func (f *finder) cuesOf(sentence *Sentence, mentions []mention) (s sentenceCues) {
	s.number = f.number(sentence)
	named, apart, begins := make([]bool, len(f.toks)), make([]bool, len(f.toks)), make([]bool, len(f.toks))
	for _, m := range mentions {
		begins[m.from] = true
		for _, i := range m.apart { // what stands between its words is none of them
			named[i], apart[i] = true, true
		}
		if m.match == MatchWords {
			continue
		}
		for i := m.from; i < m.to; i++ {
			named[i] = true
		}
	}
	s.clause = make([]int, len(f.toks))
	clause, opening := 0, false
	next := 0 // the first token behind the last cue
	for i := range f.toks {
		t := &f.toks[i]
		if i > 0 && (t.gap == clauseGap || opening && t.gap == smallGap) {
			clause++
			opening = false
		}
		if i >= next {
			// Within a name only a side is a cue ("one eyelid"), and a hedge with which it
			// begins ("recommended tests").
			end, c := longest(&f.cues, f.toks, i)
			for j := i + 1; j < end; j++ { // "is not only": of words that overlap those count that go on
				if further, longer := longest(&f.cues, f.toks, j); further > end && !named[i] {
					end, c = further, longer
					break
				}
			}
			if c != nil && (!named[i] || c.class == limits && (c.qualifier == graph.QualifierLaterality || c.qualifier == graph.QualifierModality && begins[i])) {
				next = end
				if c.class == ends {
					if i > 0 {
						clause++
					} else {
						opening = true
					}
				}
				h := hit{cue: c, from: i, to: end}
				for m := range mentions {
					if mentions[m].from < end && i < mentions[m].to && c.class == limits && c.qualifier == graph.QualifierLaterality {
						h.name = &mentions[m]
					}
				}
				s.limits = append(s.limits, h)
			}
		}
		s.clause[i] = clause
	}
	for i := 0; i < len(f.toks); {
		end, c := longest(&f.relate, f.toks, i)
		// A name whose words stand apart may itself warn: "avoid A in B".
		if c == nil || named[i] && named[end-1] && (!apart[i] || !c.means[0].predicate.Caution) {
			i++
			continue
		}
		if !slices.ContainsFunc(s.limits, func(h hit) bool {
			return h.cue.class == limits && h.cue.qualifier == graph.QualifierFrequency && h.from <= i && end <= h.to // "the most common cause"
		}) {
			s.links = append(s.links, hit{cue: c, from: i, to: end})
		}
		i = end
	}
	f.coordinate(&s, mentions)
	return s
}

// coordinate begins a clause at ", and" before a concept and words that relate, behind
// others: "A never causes B, and C may cause D".
func (f *finder) coordinate(s *sentenceCues, mentions []mention) {
	for n := 1; n < len(s.links); n++ {
		for i := s.links[n].from - 1; i >= s.links[n-1].to; i-- {
			t := &f.toks[i]
			if t.gap != smallGap {
				continue
			}
			if f.isSubject(mentions, i, s.links[n].from) && isJoining(f.text[t.start:t.end]) {
				for j := i; j < len(f.toks); j++ {
					s.clause[j] += len(s.links) // larger than any before
				}
			}
			break
		}
	}
}

// isSubject reports whether a concept between a token and words that relate is what these
// speak of: the last member of a list is not, nor what "that" follows.
func (f *finder) isSubject(mentions []mention, from, link int) bool {
	last := slices.IndexFunc(mentions, func(m mention) bool { return m.from > from && m.to <= link && !m.within })
	if last < 0 {
		return false
	}
	for i := mentions[last].to; i <= link; i++ {
		word := f.text[f.toks[i].start:f.toks[i].end]
		if f.toks[i].gap != noGap || word == "that" || word == "which" || word == "who" || i-mentions[last].to > 3 {
			return false
		}
	}
	return true
}

// covers reports whether a cue reaches a token.
func (s *sentenceCues) covers(h hit, token int) bool {
	switch {
	case h.name != nil:
		return h.name.from <= token && token < h.name.to
	case token >= h.from && token < h.to: // itself
		return true
	case s.clause[h.from] != s.clause[token]:
		return false
	}
	switch h.cue.reach {
	case after:
		return token >= h.to
	case before:
		return token < h.from
	case both:
		return true
	default:
		return false
	}
}

// reaches reports whether a cue limits what is said by words that relate, and of a
// concept behind them. What stands between the members of a list limits those behind it:
// "medicine and, in rare cases, surgery".
func (s *sentenceCues) reaches(h hit, link, of int, mentions []mention) bool {
	if h.cue.reach == both && h.name == nil && of > link && h.from > link && s.covers(h, of) {
		return of > h.from || !slices.ContainsFunc(mentions, func(m mention) bool { return m.from >= h.to && s.clause[m.from] == s.clause[h.from] })
	}
	return s.covers(h, link) || s.covers(h, of)
}

// Behind are words of the text that a proposal rests on.
type Behind struct {
	// Of is what they are behind: the name of a qualifier, or predicate.
	Of    string `json:"of"`
	Start int    `json:"start"` // in code points
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// said is what the words around a token say of a claim.
type said struct {
	values map[graph.Qualifier]string
	behind []Behind
	doubts []string // why nobody may take it for a statement
}

// set sets a qualifier, unless nearer or stronger words have.
func (s *said) set(q graph.Qualifier, value string, by Behind) {
	if s.values == nil {
		s.values = map[graph.Qualifier]string{}
	}
	if old, has := s.values[q]; has {
		if q != graph.QualifierModality || weight[value] <= weight[old] {
			return
		}
		for i, b := range s.behind {
			if b.Of == by.Of {
				s.behind[i] = by
			}
		}
		s.values[q] = value
		return
	}
	s.values[q] = value
	s.behind = append(s.behind, by)
}

// weight orders modalities: of "researchers suspect that it might" the first counts.
var weight = map[string]int{"possible": 1, "recommended": 2, "suspected": 3, "discouraged": 4}

// limit returns what the cues say of words that relate and of a concept, each by its
// token: the nearest cues first.
func (f *finder) limit(s *sentenceCues, mentions []mention, link, of int) (found said) {
	near := slices.Clone(s.limits)
	slices.SortStableFunc(near, func(a, b hit) int { return cmp.Compare(distance(a.from, link), distance(b.from, link)) })
	for _, h := range near {
		if !s.reaches(h, link, of, mentions) {
			continue
		}
		words := f.behind(h, "")
		switch h.cue.class {
		case limits:
			value := h.cue.value
			if value == "=" {
				value = lowerFirst(words.Text)
			}
			q := h.cue.qualifier
			if q == graph.QualifierPopulation {
				var ok bool
				if value, ok = f.population(h, &words); !ok {
					continue
				}
			}
			words.Of = q.String()
			found.set(q, value, words)
		case possibleNot:
			words.Of = graph.QualifierModality.String()
			found.set(graph.QualifierModality, "possible", words)
			found.doubts = append(found.doubts, "“"+words.Text+"” may deny it, or say that it is possible")
			found.behind = append(found.behind, Behind{graph.QualifierNegated.String(), words.Start, words.End, words.Text})
		case other:
			words.Of = "context"
			found.behind = append(found.behind, words)
			found.doubts = append(found.doubts, "“"+words.Text+"”: it is said of "+h.cue.value+", not of whom the article is about")
		}
	}
	if n := s.number; n.Text != "" {
		found.set(graph.QualifierFrequency, n.Text, n)
		if found.values[graph.QualifierFrequency] != n.Text { // a number says more than a word
			found.values[graph.QualifierFrequency] = n.Text
			found.behind = append(found.behind, n)
		}
	}
	if found.values[graph.QualifierModality] == "discouraged" {
		delete(found.values, graph.QualifierNegated)
	}
	return found
}

func lowerFirst(s string) string {
	if isShort(s) {
		return s
	}
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:size]) + s[size:]
}

// behind returns the words of a cue.
func (f *finder) behind(h hit, of string) Behind {
	start, end := f.toks[h.from].start, f.toks[h.to-1].end
	return Behind{of, start, end, oneLine(f.text[start:end])}
}

var ages = regexp.MustCompile(`(?i)^\s+(?:(?:aged?|over|under|older than|younger than|above|below|with|who are)\s+)+(?:\d+|[a-z]+)(?:\s?(?:to|–|-)\s?\d+)?(?:\s+(?:years?|months?)(?:\s+of age)?)?`)

// population returns for whom something holds: "in children under 12". Words for people
// with no preposition before them are the subject of a sentence, and limit nothing.
func (f *finder) population(h hit, words *Behind) (string, bool) {
	for i := h.from - 1; i >= max(h.from-2, 0); i-- {
		switch strings.ToLower(f.text[f.toks[i].start:f.toks[i].end]) {
		case "in", "among", "for", "during", "by", "to":
			end := f.toks[h.to-1].end
			if more := ages.FindString(f.text[end:]); strings.ContainsAny(more, "0123456789") {
				end += len(more)
			}
			words.Start, words.End = f.toks[i+1].start, end
			words.Text = oneLine(f.text[words.Start:words.End])
			return lowerFirst(words.Text), true
		}
	}
	return "", false
}

var numbers = regexp.MustCompile(`(?i)(?:(?:up to|about|around|approximately|nearly|almost|over|more than|less than|fewer than|at least)\s+)?(?:\d+(?:[.,]\d+)?\s?(?:%|percent|per cent)(?:\s?(?:to|–|-)\s?\d+(?:[.,]\d+)?\s?(?:%|percent|per cent))?|\d+\s?(?:–|-|to)\s?\d+\s?(?:%|percent|per cent)|\d+ (?:in|out of) (?:every )?\d[\d,]*)`)

var ofPeople = regexp.MustCompile(`(?i)^\s*(?:of|in|to)?\s*(?:the |all |these |those |affected )?(?:patients|people|persons|cases|adults|children|women|men|those|individuals|population|births|infants)`)

// number returns the share that a sentence states, if it is one of people or cases, and
// the only one: a dose, a risk that falls by a third and a confidence interval are none.
func (f *finder) number(s *Sentence) Behind {
	text := f.text[s.Start:s.End]
	if !strings.ContainsAny(text, "0123456789") {
		return Behind{}
	}
	var found []Behind
	for _, at := range numbers.FindAllStringIndex(text, -1) {
		if !ofPeople.MatchString(text[at[1]:]) {
			continue
		}
		words := oneLine(text[at[0]:at[1]])
		if _, err := graph.ParseFrequency(words); err == nil {
			found = append(found, Behind{graph.QualifierFrequency.String(), s.Start + at[0], s.Start + at[1], words})
		}
	}
	if len(found) != 1 {
		return Behind{}
	}
	return found[0]
}
