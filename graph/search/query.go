package search

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
)

// query is an analysed text.
type query struct {
	text  string
	words []word
	// distinct are the words without repetition of a stem.
	distinct []word
	letters  int // code points of the text, without white space around it
	// open says that the text ends within a word, which may go on.
	open bool
	// key is the stems, joined; longer what a key begins with that goes on behind
	// them; typed the key with the last word as it was typed; folded all words as
	// they were typed.
	key, longer, typed, folded string
	// code and local are the text read as a code with and without its vocabulary;
	// codePrefix says whether it may be the beginning of one.
	code, local string
	codePrefix  bool
	// phrase is, of another spelling, the words that have to stand together.
	phrase string
}

// word is a word that was typed.
type word struct {
	folded, stem string
	letters      int // of the folded word
	edits        int // how many are allowed
}

// parse analyses a text. It returns graph.ErrInvalid for one that is none or
// too much.
func parse(text string) (*query, error) {
	if err := checkText(text); err != nil {
		return nil, err
	}
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	trimmed := strings.TrimRightFunc(text, unicode.IsSpace)
	q := &query{text: text, letters: utf8.RuneCountInString(trimmed)}
	s := scanner{text: text, folded: make([]byte, 0, 32)}
	for s.next() {
		if len(q.words) == MaxWords {
			return nil, fmt.Errorf("%w: a text of more than %d words: search for fewer", graph.ErrInvalid, MaxWords)
		}
		q.words = append(q.words, wordOf(string(s.folded)))
		q.open = s.end == len(text)
	}
	if len(q.words) == 0 {
		return q, nil
	}
	q.join()
	q.code, q.local = typedCode(trimmed, strings.ReplaceAll(q.folded, " ", ""))
	q.codePrefix = len(q.local) >= 3 && strings.ContainsFunc(q.local, unicode.IsNumber)
	return q, nil
}

// wordOf analyses a folded word.
func wordOf(folded string) word {
	w := word{folded: folded, stem: folded, letters: utf8.RuneCountInString(folded)}
	if strings.HasSuffix(folded, "s") {
		w.stem = string(stem([]byte(folded)))
	}
	w.edits = allowedEdits(folded, w.letters)
	return w
}

// join joins the words to what texts are compared with.
func (q *query) join() {
	stems := make([]string, 0, 8) // few type more words
	for _, w := range q.words {
		stems = append(stems, w.stem)
		if !hasStem(q.distinct, w.stem) {
			q.distinct = append(q.distinct, w)
		}
	}
	q.longer = strings.Join(stems, " ") + " "
	q.key = q.longer[:len(q.longer)-1]
	stems[len(stems)-1] = q.words[len(q.words)-1].folded
	q.typed = strings.Join(stems, " ")
	for i, w := range q.words {
		stems[i] = w.folded
	}
	q.folded = strings.Join(stems, " ")
}

func checkText(text string) error {
	if n := utf8.RuneCountInString(text); n > MaxText {
		return fmt.Errorf("%w: a text of %d characters, at most %d can be searched for", graph.ErrInvalid, n, MaxText)
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("%w: the text is not UTF-8", graph.ErrInvalid)
	}
	for i, r := range text {
		if unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' {
			return fmt.Errorf("%w: the text has the control character %U at byte %d: remove it", graph.ErrInvalid, r, i)
		}
	}
	return nil
}

func hasStem(words []word, stem string) bool {
	for _, w := range words {
		if w.stem == stem {
			return true
		}
	}
	return false
}

// allowedEdits is the edit distance within which a word is a misspelling of
// another. A word with a digit is none: type 1 is not type 2.
func allowedEdits(folded string, letters int) int {
	switch {
	case letters < OneEditFrom, letters > maxTypoWord, strings.ContainsFunc(folded, unicode.IsNumber):
		return 0
	case letters < TwoEditsFrom:
		return 1
	default:
		return 2
	}
}

// codeKeys returns what a code is compared by: the folded vocabulary and code
// with a colon between them, and the folded code alone.
func codeKeys(code string) (whole, local string) {
	vocabulary, rest, found := strings.Cut(code, ":")
	if !found {
		whole = foldAll(code)
		return whole, whole
	}
	local = foldAll(rest)
	return foldAll(vocabulary) + ":" + local, local
}

// typedCode reads a text, whose words are folded, as codeKeys reads a code. People
// also write DOID_12506 and MESH D020330.
func typedCode(text, folded string) (whole, local string) {
	if strings.Contains(text, ":") {
		whole, _ = codeKeys(text)
		return whole, folded
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r == '_' || unicode.IsSpace(r) }); i >= 0 {
		whole, _ = codeKeys(text[:i] + ":" + text[i+1:])
		return whole, folded
	}
	return folded, folded
}

// foldAll folds a text and drops all that is between its words.
func foldAll(text string) string {
	var all []byte
	for s := (scanner{text: text}); s.next(); {
		all = append(all, s.folded...)
	}
	return string(all)
}
