package annotate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
)

// Lexicon finds the names of concepts in texts. It is never changed once it is made,
// and can be used by many at once.
type Lexicon struct {
	concepts []graph.Concept
	ids      map[string]int32 // of stems
	isName   []bool           // by stem: it stands in a name
	names    trie[name]
	loose    map[int32][]looseName // by the rarest of its roots
	roots    map[string]int32
	rootOf   []int32 // by stem
	cues     trie[cue]
	relate   trie[cue]
	denials  map[int32]bool // words that a name does not reach over
}

// name is a name of a concept.
type name struct {
	concept int32
	rank    uint8  // 0 is its own name
	exactly string // an abbreviation, which counts as it is written
	broken  bool   // it has punctuation itself
}

// looseName is a name whose words may stand in another order and apart.
type looseName struct {
	concept int32
	roots   []int32
}

// trie holds sequences of stems.
type trie[T any] struct {
	next map[uint64]int32 // node<<32 | stem → node
	at   map[int32][]T
	size int32
}

func newTrie[T any]() trie[T] { return trie[T]{next: map[uint64]int32{}, at: map[int32][]T{}} }

func (t *trie[T]) step(node, stem int32) (int32, bool) {
	next, has := t.next[uint64(node)<<32|uint64(uint32(stem))]
	return next, has
}

func (t *trie[T]) add(stems []int32, value T) {
	node := int32(0)
	for _, stem := range stems {
		next, has := t.step(node, stem)
		if !has {
			t.size++
			next = t.size
			t.next[uint64(node)<<32|uint64(uint32(stem))] = next
		}
		node = next
	}
	t.at[node] = append(t.at[node], value)
}

// NewLexicon returns the names of the concepts of a data set, in a language, and the
// words of the tables of this package.
func NewLexicon(d *graph.Dataset, language string) *Lexicon {
	l := &Lexicon{
		concepts: d.Concepts, ids: map[string]int32{}, names: newTrie[name](), cues: newTrie[cue](), relate: newTrie[cue](), denials: map[int32]bool{},
		loose: map[int32][]looseName{}, roots: map[string]int32{},
	}
	for _, c := range cues {
		l.cues.add(l.stems(c.words, false), c)
	}
	for _, c := range relations {
		l.relate.add(l.stems(c.words, false), c)
	}
	for _, word := range []string{"no", "not", "without", "nor", "never"} {
		l.denials[l.stems(word, false)[0]] = true
	}
	var loose []looseName
	for i := range l.concepts {
		c := &l.concepts[i]
		if c.Deprecated {
			continue
		}
		for text, rank := range names(c, language) {
			for _, variant := range variants(text) {
				stems := l.stems(variant, true)
				if len(stems) == 0 || len(stems) == 1 && isFunction(variant) {
					continue
				}
				n := name{concept: int32(i), rank: rank, broken: strings.ContainsAny(variant, ",;:()")}
				if isAbbreviation(variant) {
					n.exactly = variant
				}
				l.names.add(stems, n)
				if roots := l.rootsOf(variant); len(roots) > 1 {
					loose = append(loose, looseName{int32(i), roots})
				}
			}
		}
	}
	l.index(loose)
	return l
}

// index files names under the rarest of their roots.
func (l *Lexicon) index(names []looseName) {
	times := map[int32]int{}
	for _, n := range names {
		for _, r := range n.roots {
			times[r]++
		}
	}
	for _, n := range names {
		rarest := slices.MinFunc(n.roots, func(a, b int32) int { return cmp.Or(cmp.Compare(times[a], times[b]), cmp.Compare(a, b)) })
		l.loose[rarest] = append(l.loose[rarest], n)
	}
}

// names yields what a concept is called, the best first: by its rank. What is only
// related or broader is no name.
func names(c *graph.Concept, language string) func(func(string, uint8) bool) {
	speaks := func(tag string) bool {
		of, _, _ := strings.Cut(tag, "-")
		return tag == "" || of == language
	}
	return func(yield func(string, uint8) bool) {
		for _, n := range c.Names {
			if speaks(n.Language) && !yield(n.Text, 0) {
				return
			}
		}
		for _, s := range c.Synonyms {
			rank := uint8(1)
			switch s.Scope {
			case graph.ScopeBroad, graph.ScopeRelated:
				continue
			case graph.ScopeNarrow:
				rank = 3
			}
			if speaks(s.Language) && !yield(s.Text, rank) {
				return
			}
		}
		for _, code := range c.Codes {
			if code.Match == graph.MatchExact && code.Label != "" && !yield(code.Label, 2) {
				return
			}
		}
	}
}

// variants returns a name as people write it: also without what stands in brackets,
// and with one of several words that it offers ("damaged or injured nerve").
func variants(text string) []string {
	all := []string{text}
	if open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')'); open > 0 && end > open {
		all = append(all, oneLine(text[:open]+" "+text[end+1:]))
	}
	before, after, has := strings.Cut(text, " or ")
	if last := strings.Fields(after); has && len(last) > 1 {
		head := strings.Join(last[1:], " ")
		for _, one := range append(strings.Split(before, ","), last[0]) {
			if one = strings.TrimSpace(one); one != "" && !strings.Contains(one, " ") {
				all = append(all, one+" "+head)
			}
		}
	}
	if head, kind, inverted := strings.Cut(text, ", "); inverted && !strings.ContainsAny(kind, ",") && !has && !strings.Contains(head, " ") {
		all = append(all, kind+" "+head)
	}
	return all
}

// isAbbreviation reports whether a name counts only in capital letters.
func isAbbreviation(text string) bool {
	return len(text) <= 6 && !strings.ContainsAny(text, " ") && strings.ToUpper(text) == text && strings.ContainsFunc(text, unicode.IsUpper)
}

// stems returns the numbers of the words of a name.
func (l *Lexicon) stems(text string, isName bool) (stems []int32) {
	for w := range search.EachWord(text) {
		stem := spelling(w.Stem)
		id, known := l.ids[string(stem)]
		if !known {
			id = int32(len(l.ids))
			l.ids[string(stem)] = id
			l.isName = append(l.isName, false)
			l.rootOf = append(l.rootOf, l.root(stem))
		}
		l.isName[id] = l.isName[id] || isName
		stems = append(stems, id)
	}
	return stems
}

// rootsOf returns the roots of the words that count in a name, in order, each once.
func (l *Lexicon) rootsOf(text string) (roots []int32) {
	for w := range search.EachWord(text) {
		if r := l.rootOf[l.ids[string(spelling(w.Stem))]]; r >= 0 {
			roots = append(roots, r)
		}
	}
	slices.Sort(roots)
	return slices.Compact(roots)
}

// root returns the number of the root of a stem, -1 for a word that has none that
// counts.
func (l *Lexicon) root(stem []byte) int32 {
	if functionWords[string(stem)] {
		return -1
	}
	root := rootOf(stem)
	id, known := l.roots[root]
	if !known {
		id = int32(len(l.roots))
		l.roots[root] = id
	}
	return id
}

// rootOf returns what words of one family share: control, controls, controlling. It is
// cut only off long words, and compares only words of names that have several.
func rootOf(stem []byte) string {
	word := string(stem)
	if same, has := sameWords[word]; has {
		return same
	}
	for _, ending := range []string{"ation", "ally", "ing", "ion", "ed", "al", "ly", "y", "e"} {
		if root, cut := strings.CutSuffix(word, ending); cut && len(root) >= 4 {
			return root
		}
	}
	return word
}

// sameWords are words that say the same within a name.
var sameWords = map[string]string{"cannot": "unable", "inability": "unable", "unable": "unable"}

// spelling returns one form of what is spelled in two: oedema and edema, tumour and
// tumor, localised and localized, signalling and signaling, twitches and twitch. It changes the word in place.
func spelling(word []byte) []byte {
	n := len(word)
	if n < 4 {
		return word
	}
	if word[n-1] == 'e' && word[n-2] == 'h' && (word[n-3] == 'c' || word[n-3] == 's') {
		n--
	}
	if n > 4 && word[n-3] == 'o' && word[n-2] == 'u' && word[n-1] == 'r' {
		word[n-2] = 'r'
		n--
	}
	to := 0
	for from := 0; from < n; from++ {
		c := word[from]
		switch {
		case n > 4 && from+2 < n && (c == 'a' || c == 'o') && word[from+1] == 'e':
			continue // the e stays
		case c == 'l' && to > 0 && word[to-1] == 'l':
			continue
		}
		word[to] = c
		to++
	}
	word = word[:to]
	for _, ending := range [...]string{"ise", "ised", "ising", "isation"} {
		if n = len(word); n > len(ending)+3 && string(word[n-len(ending):]) == ending {
			word[n-len(ending)+1] = 'z'
		}
	}
	return word
}

// functionWords are words of which no name consists, and that do not count among those
// of one.
var functionWords = func() map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(`a about after all also although an and any are as at be because been being both but by can could did do does due during each
		either for from had has have he her his how however i if in including into is it its itself like may might more most much must my no nor not of on one only or
		other our out over own per rather same shall she should since so some such than that the their them then there these they this those through thus to too under
		until up upon us use used using very via was we were what when where whether which while who whom whose why will with within without would you your`) {
		all[string(spelling([]byte(w)))] = true
	}
	delete(all, "one") // one eyelid
	return all
}()

func isFunction(word string) bool { return functionWords[strings.ToLower(word)] }

// token is a word of an article.
type token struct {
	start, end int   // in bytes of its text
	stem       int32 // -1: no name and no cue has it
	read       int32 // what it was read as, where it has a slip; else the stem
	root       int32 // -1: none that counts, or that no name has
	slip       bool
	// gap is what stands before it: nothing that counts, a comma or bracket, or the
	// end of a clause.
	gap gap
}

type gap uint8

const (
	noGap gap = iota
	smallGap
	clauseGap
)

// tokens cuts a part of a text into words.
func (l *Lexicon) tokens(text string, start, end int, slips map[string]int32, to []token) []token {
	last := start
	for w := range search.EachWord(text[start:end]) {
		t := token{start: start + w.Start, end: start + w.End, stem: -1}
		t.gap = gapOf(text[last:t.start])
		last = t.end
		stem := spelling(w.Stem)
		t.root = -1
		if id, known := l.ids[string(stem)]; known {
			t.stem, t.root = id, l.rootOf[id]
		} else if id, known := l.roots[rootOf(stem)]; known {
			t.root = id
		}
		t.read = t.stem
		if t.stem < 0 && len(stem) >= shortestSlip-1 {
			id, seen := slips[string(stem)]
			if !seen {
				id = l.reread(string(stem))
				slips[string(stem)] = id
			}
			if t.read, t.slip = id, id >= 0; t.slip {
				t.root = l.rootOf[id]
			}
		}
		to = append(to, t)
	}
	return to
}

func gapOf(between string) gap {
	g := noGap
	for _, r := range between {
		switch r {
		case ' ', '-', '‐', '‑', '/', '\'', '’', '\n', '\t', '\r', '"', '“', '”':
		case ';', '.', '!', '?':
			return clauseGap
		default:
			g = smallGap
		}
	}
	return g
}

// shortestSlip is how long a word is at least that may have a slip of a letter: of
// short words many are near to each other.
const shortestSlip = 7

// lookAlikes are words of medicine that are no slips of each other.
var lookAlikes = map[string]bool{
	"perineal peroneal": true, "arteritis arthritis": true, "prostate prostrate": true, "abduction adduction": true, "dysphagia dysphasia": true,
	"infection inflection": true, "hypotension hypertension": true, "malleolus malleus": true, "thyroid thymoid": true, "tracheal trachea": true,
	"hyperthermia hypothermia": true, "humerus humorous": true, "discrete discreet": true, "palpation palpitation": true, "affection affecting": true,
	"cerebral cerebrum": true, "cerebellar cerebella": true, "vesicle vehicle": true, "parental parenteral": true, "parietal parental": true, "ketosis ketoses": true,
	"ileitis iliitis": true, "anuria enuria": true, "precede proceed": true, "venous venus": true,
}

// reread returns the word of a name that a word is another form of, or a slip: the
// plural of a word of Latin or Greek, or one letter that is missing, doubled, too many,
// exchanged with the next, or another vowel. -1 if there is none, or more than one.
func (l *Lexicon) reread(word string) int32 {
	for _, plural := range [...][2]string{{"ase", "asis"}, {"ose", "osis"}, {"yse", "ysis"}, {"ese", "esis"}, {"e", "a"}, {"i", "us"}, {"a", "um"}, {"ice", "ix"}, {"ata", "a"}} {
		if root, is := strings.CutSuffix(word, plural[0]); is && len(root) > 2 {
			if id, known := l.ids[root+plural[1]]; known && l.isName[id] {
				return id
			}
		}
	}
	if len(word) < shortestSlip || strings.ContainsAny(word, "0123456789") {
		return -1
	}
	found := int32(-1)
	try := func(candidate string) bool {
		id, known := l.ids[candidate]
		if !known || !l.isName[id] || id == found || lookAlikes[word+" "+candidate] || lookAlikes[candidate+" "+word] {
			return true
		}
		if found >= 0 {
			found = -1
			return false
		}
		found = id
		return true
	}
	// The first letter and the end of a word are hardly ever wrong, and endings make
	// other words: facial, facia.
	last := len(word) - 2
	for i := 1; i < len(word); i++ {
		if i <= last && word[i] != word[i+1] && !try(word[:i]+string(word[i+1])+string(word[i])+word[i+2:]) {
			return -1
		}
		if i <= last && !try(word[:i]+word[i+1:]) {
			return -1
		}
		for c := byte('a'); c <= 'z'; c++ {
			if !try(word[:i] + string(c) + word[i:]) {
				return -1
			}
		}
		if i <= last && isVowel(word[i]) {
			for _, c := range "aeiouy" {
				if byte(c) != word[i] && !try(word[:i]+string(c)+word[i+1:]) {
					return -1
				}
			}
		}
	}
	return found
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
