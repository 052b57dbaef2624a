package search

import (
	"bytes"
	"slices"
	"strings"
)

const (
	// maxSpellings bounds in how many other spellings a text is looked for.
	maxSpellings = 8
	// mostJoined is how many words may be parts of one.
	mostJoined = 3
	// splitFrom letters on, half a word is a word by itself.
	splitFrom = 3
)

// spellings returns a text as others spell it: words that it has apart written
// together (chicken pox, chickenpox), words that it has together written apart,
// and umlauts and ligatures in letters (Migraene, oedema, Migräne for those who
// wrote Migraene). What comes out has to be a word of some text; the last one may
// be begun.
func (x *Index) spellings(q *query) (others []*query) {
	for n := 2; n <= mostJoined; n++ {
		for i := 0; i+n <= len(q.words); i++ {
			if len(others) < maxSpellings && x.isWord(q.joined(i, n), q.open && i+n == len(q.words)) {
				others = append(others, q.joinedAt(i, n))
			}
		}
	}
	for i := range q.words {
		others = x.splits(others, q, i)
	}
	if strings.Contains(q.folded, "ae") || strings.Contains(q.folded, "oe") || strings.Contains(q.folded, "ue") {
		for _, letters := range []*strings.Replacer{umlauts, ligatures} {
			if o := x.respelt(q, letters); o != nil {
				others = append(others, o)
			}
		}
	}
	if q.letters < len(q.text) && strings.ContainsAny(q.text, "äöüÄÖÜ") {
		if o, err := parse(spelled.Replace(q.text)); err == nil {
			others = append(others, o)
		}
	}
	return others[:min(len(others), maxSpellings)]
}

var (
	// How umlauts are typed without their keys, and texts without their dots.
	spelled = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue")
	umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")
	// What is left of the ligatures of Latin in American English.
	ligatures = strings.NewReplacer("ae", "e", "oe", "e")
)

// openAt reports whether a word is the last one, and may go on.
func (q *query) openAt(i int) bool { return q.open && i == len(q.words)-1 }

// isWord reports whether some text has a word or, where that is enough, a word that
// begins so.
func (x *Index) isWord(folded string, begun bool) bool {
	if w := x.wordFrom(folded); begun && w < x.Words && bytes.HasPrefix(x.word(w), []byte(folded)) {
		return true
	}
	if strings.HasSuffix(folded, "s") {
		folded = wordOf(folded).stem
	}
	_, known := x.lookUp(folded)
	return known
}

// joined returns n words from the one at i on, written as one.
func (q *query) joined(i, n int) string {
	all := q.words[i].folded
	for _, w := range q.words[i+1 : i+n] {
		all += w.folded
	}
	return all
}

// joinedAt returns the text with n words from the one at i on written as one.
func (q *query) joinedAt(i, n int) *query {
	return q.with(slices.Concat(q.words[:i], []word{wordOf(q.joined(i, n))}, q.words[i+n:]))
}

// with returns a text of other words.
func (q *query) with(words []word) *query {
	o := &query{text: q.text, words: words, letters: q.letters, open: q.open}
	o.join()
	return o
}

// splits appends the text with the word at i written as two.
func (x *Index) splits(dst []*query, q *query, i int) []*query {
	w := q.words[i]
	if w.letters < 2*splitFrom {
		return dst
	}
	n := 0
	for at := range w.folded {
		first, second := w.folded[:at], w.folded[at:]
		if n >= splitFrom && n <= w.letters-splitFrom && len(dst) < maxSpellings && x.isWord(first, false) && x.isWord(second, q.openAt(i)) {
			a, b := wordOf(first), wordOf(second)
			o := q.with(slices.Concat(q.words[:i], []word{a, b}, q.words[i+1:]))
			o.phrase = " " + a.stem + " " + b.stem
			if !q.openAt(i) {
				o.phrase += " "
			}
			dst = append(dst, o)
		}
		n++
	}
	return dst
}

// phraseIn reports whether the words that have to stand together do so in a key.
func (q *query) phraseIn(key []byte) bool {
	return q.phrase == "" || strings.Contains(" "+string(key)+" ", q.phrase)
}

// respelt returns the text with other letters, nil if that changes nothing or gives
// a word that no text has.
func (x *Index) respelt(q *query, letters *strings.Replacer) *query {
	var words []word
	for i, w := range q.words {
		folded := letters.Replace(w.folded)
		if folded == w.folded {
			continue
		}
		if !x.isWord(folded, q.openAt(i)) {
			return nil
		}
		if words == nil {
			words = slices.Clone(q.words)
		}
		words[i] = wordOf(folded)
	}
	if words == nil {
		return nil
	}
	return q.with(words)
}
