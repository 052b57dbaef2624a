package annotate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Match says how what stands in a text is a name of a concept.
type Match string

// The matches.
const (
	// MatchName: it is a name but for case, accents, spelling and the s of a plural.
	MatchName Match = "name"
	// MatchSlip: a letter of a long word is wrong, or it is a plural of Latin or Greek.
	MatchSlip Match = "slip"
	// MatchWords: all words of a name stand close together, in whatever order.
	MatchWords Match = "words"
	// MatchAbbreviation: the text itself says in brackets what it stands for.
	MatchAbbreviation Match = "abbreviation"
)

// mention is a name of a concept in a sentence.
type mention struct {
	concept  int32
	from, to int // its tokens
	words    int // of them those of the name
	match    Match
	rank     uint8
	within   bool    // within another mention, of another kind
	others   []int32 // concepts that are called the same
	apart    []int   // the tokens of a name whose words stand apart
}

// finder finds the names in the sentences of one article.
type finder struct {
	*Lexicon
	text  string
	toks  []token
	slips map[string]int32

	abbreviations map[string]int32 // -1: of something that has no concept
	at            map[int32][]int  // tokens of the sentence by root
	found         []mention
}

// sentence finds the mentions in the tokens of a sentence, in their order.
func (f *finder) sentence() []mention {
	f.found = f.found[:0]
	barred := f.idioms()
	for i := range f.toks {
		f.exact(i)
	}
	f.apart()
	f.found = slices.DeleteFunc(f.found, func(m mention) bool {
		return slices.ContainsFunc(barred, func(b [2]int) bool { return m.from < b[1] && b[0] < m.to && m.to-m.from <= b[1]-b[0] })
	})
	slices.SortFunc(f.found, func(a, b mention) int {
		return cmp.Or(cmp.Compare(b.words, a.words), cmp.Compare(a.to-a.from, b.to-b.from), cmp.Compare(a.rank, b.rank), cmp.Compare(a.from, b.from), cmp.Compare(a.concept, b.concept))
	})
	var kept []mention
	for _, m := range f.found {
		if f.fits(&m, kept) {
			kept = append(kept, m)
		}
	}
	slices.SortFunc(kept, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	return kept
}

// fits reports whether a mention stands beside those that are kept, or within one of
// another kind: "mouth" within "drooping corner of the mouth".
func (f *finder) fits(m *mention, kept []mention) bool {
	for i := range kept {
		k := &kept[i]
		switch {
		case m.from >= k.to || k.from >= m.to:
		case m.from == k.from && m.to == k.to:
			if m.concept != k.concept && m.match == k.match && !slices.Contains(k.others, m.concept) {
				k.others = append(k.others, m.concept)
			}
			return false
		case m.from >= k.from && m.to <= k.to && m.match != MatchWords && (k.match == MatchWords && m.words > 1 || !f.shareKind(m.concept, k.concept)):
			m.within = true
		default:
			return false
		}
	}
	return true
}

func (f *finder) shareKind(a, b int32) bool {
	return slices.ContainsFunc(f.concepts[a].Kinds(), f.concepts[b].HasKind)
}

// idioms returns the tokens of words that have no name in them.
func (f *finder) idioms() (barred [][2]int) {
	for i := range f.toks {
		if end, found := longest(&f.cues, f.toks, i); end > i && found.class == idiom {
			barred = append(barred, [2]int{i, end})
		}
	}
	return barred
}

// longest returns the longest words of a table that begin at a token, and where they
// end.
func longest(t *trie[cue], toks []token, i int) (end int, found *cue) {
	node := int32(0)
	for j := i; j < len(toks) && toks[j].stem >= 0 && (j == i || toks[j].gap == noGap); j++ {
		next, has := t.step(node, toks[j].stem)
		if !has {
			break
		}
		node = next
		if values := t.at[node]; len(values) > 0 {
			end, found = j+1, &values[0]
		}
	}
	return end, found
}

// exact adds the names that begin at a token.
func (f *finder) exact(i int) {
	if as, is := f.abbreviations[f.text[f.toks[i].start:f.toks[i].end]]; is {
		if as >= 0 {
			f.found = append(f.found, mention{concept: as, from: i, to: i + 1, words: 1, match: MatchAbbreviation})
		}
		return
	}
	node, broken, match := int32(0), noGap, MatchName
	for j := i; j < len(f.toks) && f.toks[j].read >= 0; j++ {
		t := &f.toks[j]
		if j > i {
			broken = max(broken, t.gap)
		}
		next, has := f.names.step(node, t.read)
		if !has {
			return
		}
		node = next
		if t.slip {
			match = MatchSlip
		}
		for _, n := range f.names.at[node] {
			if broken > noGap && !n.broken || n.exactly != "" && strings.TrimSuffix(f.text[f.toks[i].start:t.end], "s") != n.exactly {
				continue
			}
			f.found = append(f.found, mention{concept: n.concept, from: i, to: j + 1, words: j + 1 - i, match: match, rank: n.rank})
		}
	}
}

// apart adds the names of which all words that count stand close together.
func (f *finder) apart() {
	clear(f.at)
	for i := range f.toks {
		if root := f.toks[i].root; root >= 0 {
			f.at[root] = append(f.at[root], i)
		}
	}
	for root, places := range f.at {
		for _, n := range f.loose[root] {
			for _, at := range places {
				f.close(n, at)
			}
		}
	}
}

// close adds a name whose words stand close to one of them.
func (f *finder) close(n looseName, at int) {
	from, to := at, at
	var apart []int
	for _, r := range n.roots {
		places := f.at[r]
		if len(places) == 0 {
			return
		}
		near := slices.MinFunc(places, func(a, b int) int { return cmp.Compare(distance(a, at), distance(b, at)) })
		from, to = min(from, near), max(to, near)
		apart = append(apart, near)
	}
	counted := 0
	for i := from; i <= to; i++ {
		t := &f.toks[i]
		switch {
		case i > from && t.gap == clauseGap, t.stem >= 0 && f.denials[t.stem]:
			return
		case t.stem >= 0 && f.rootOf[t.stem] < 0: // a function word
			if len(n.roots) == 2 && isJoining(f.text[t.start:t.end]) {
				return
			}
		default:
			counted++
		}
		if len(n.roots) == 2 && i > from && t.gap != noGap {
			return
		}
	}
	if counted-len(n.roots) > min(len(n.roots)-1, 3) {
		return
	}
	f.found = append(f.found, mention{concept: n.concept, from: from, to: to + 1, words: len(n.roots), match: MatchWords, rank: 4, apart: apart})
}

func isJoining(word string) bool { return word == "and" || word == "or" }

func distance(a, b int) int { return max(a-b, b-a) }

// introduce takes note of abbreviations that a sentence introduces in brackets: after a
// name, "electroencephalogram (EEG)", or before it, "EEG (electroencephalogram)".
// Letters in brackets whose words before have no concept are no name of another. It
// returns how many there are now.
func (f *finder) introduce(mentions []mention) int {
	for i := 1; i < len(f.toks); i++ {
		t := &f.toks[i]
		short := f.text[t.start:t.end]
		if f.text[t.start-1] != '(' || !isShort(short) || t.end >= len(f.text) || !strings.ContainsRune("),;", rune(f.text[t.end])) {
			continue
		}
		short = strings.TrimSuffix(short, "s")
		at := slices.IndexFunc(mentions, func(m mention) bool { return m.to == i && !m.within })
		if at >= 0 {
			f.abbreviations[short] = mentions[at].concept
			f.abbreviations[short+"s"] = mentions[at].concept
			continue
		}
		if f.isInitials(short, i) {
			f.abbreviations[short], f.abbreviations[short+"s"] = -1, -1
		}
	}
	for _, m := range mentions {
		if m.from == 0 || f.toks[m.from].start == 0 || f.text[f.toks[m.from].start-1] != '(' {
			continue
		}
		t := &f.toks[m.from-1]
		if short := f.text[t.start:t.end]; isShort(short) && m.to-m.from > 1 {
			f.abbreviations[short] = m.concept
		}
	}
	return len(f.abbreviations)
}

// isShort reports whether a word is an abbreviation: capital letters, perhaps digits.
func isShort(word string) bool {
	capitals := 0
	for _, r := range strings.TrimSuffix(word, "s") {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case !unicode.IsDigit(r):
			return false
		}
	}
	return capitals > 1 && len(word) <= 8
}

// isInitials reports whether the words before a token begin with the letters of an
// abbreviation.
func (f *finder) isInitials(short string, end int) bool {
	letters := []rune(strings.ToLower(short))
	for i := end - 1; i >= 0 && len(letters) > 0; i-- {
		word := []rune(strings.ToLower(f.text[f.toks[i].start:f.toks[i].end]))
		if word[0] == letters[len(letters)-1] {
			letters = letters[:len(letters)-1]
		} else if !isFunction(string(word)) {
			return false
		}
	}
	return len(letters) == 0
}
