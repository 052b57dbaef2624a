package search

import (
	"unicode/utf8"
)

const (
	// maxTypoWord is the length from which a word is no misspelling of another.
	maxTypoWord = 64
	maxWordEdit = 2
	band        = 2*maxWordEdit + 1
)

// near appends the words of the dictionary within an edit distance (optimal
// string alignment: insertion, deletion, substitution, transposition of
// neighbours) of a stem; with prefix, also the words with a beginning within it.
//
// The dictionary is walked in its order, with one row of the distance matrix
// for each letter of the current word: a word keeps the rows of what it shares
// with the one before it, and the words that share a beginning too far off are
// stepped over by a look at one byte each. Only the cells less than the distance
// off the diagonal count, so a row fits into eight bytes.
func (x *Index) near(dst []candidate, stem string, distance int, prefix bool) []candidate {
	var letters [maxTypoWord]rune
	var m int
	for _, r := range stem {
		if m == maxTypoWord {
			return dst
		}
		letters[m] = r
		m++
	}
	a := automaton{letters: letters[:m], distance: uint8(distance)}
	a.start()
	dead := 0        // bytes of the current beginning that is too far off, 0 if none is
	var within uint8 // with prefix: the distance of what lies below that beginning
	for w := range x.Words {
		shared := int(x.common[w])
		if dead > 0 && shared >= dead {
			if prefix && within <= a.distance {
				dst = append(dst, candidate{w, within, true})
			}
			continue
		}
		dead = 0
		a.back(shared)
		word := x.word(w)
		for at := a.bytes(); at < len(word); {
			r, size := utf8.DecodeRune(word[at:])
			at += size
			if !a.push(r, at) {
				dead, within = at, a.best[a.depth]
				break
			}
		}
		d := a.last()
		if dead > 0 {
			d = a.distance + 1
		}
		begun := prefix && d > a.distance
		if begun {
			d = a.best[a.depth]
		}
		if d <= a.distance {
			dst = append(dst, candidate{w, d, begun})
		}
	}
	return dst
}

// automaton computes the distance between letters and the beginnings of words,
// one letter of the word at a time.
type automaton struct {
	letters  []rune
	distance uint8
	depth    int
	// For each depth up to the current one: the row (cell i is the distance to the
	// first depth+i-distance letters), the letter, where it ends in the word, and
	// the least distance of a beginning of the word to all letters.
	rows [maxTypoWord + maxWordEdit + 2][band + 1]uint8
	rune [maxTypoWord + maxWordEdit + 2]rune
	end  [maxTypoWord + maxWordEdit + 2]int
	best [maxTypoWord + maxWordEdit + 2]uint8
}

func (a *automaton) start() {
	for i := range a.rows[0] {
		a.rows[0][i] = a.distance + 1
	}
	for i := int(a.distance); i <= 2*int(a.distance); i++ {
		a.rows[0][i] = uint8(i) - a.distance
	}
	a.depth, a.best[0] = 0, a.last()
}

// back returns to the deepest beginning that lies within so many bytes.
func (a *automaton) back(bytes int) {
	for a.depth > 0 && a.end[a.depth] > bytes {
		a.depth--
	}
}

func (a *automaton) bytes() int { return a.end[a.depth] }

// last returns the distance of the current beginning to all letters.
func (a *automaton) last() uint8 {
	i := len(a.letters) - a.depth + int(a.distance)
	if i < 0 || i > 2*int(a.distance) {
		return a.distance + 1
	}
	return a.rows[a.depth][i]
}

// push goes one letter on. It reports false, and stays, if no word that begins
// so is within the distance.
func (a *automaton) push(r rune, end int) bool {
	k, m := int(a.distance), len(a.letters)
	if a.depth >= m+k {
		return false
	}
	above, row := &a.rows[a.depth], &a.rows[a.depth+1]
	n := a.depth + 1 // letters of the word
	alive := false
	for i := 0; i <= 2*k; i++ {
		j := n + i - k // letters of the stem
		cell := a.distance + 1
		switch {
		case j < 0 || j > m:
		case j == 0:
			cell = min(cell, uint8(n))
		default:
			cell = above[i]
			if a.letters[j-1] != r {
				cell++
			}
			if i < 2*k {
				cell = min(cell, above[i+1]+1)
			}
			if i > 0 {
				cell = min(cell, row[i-1]+1)
			}
			if n > 1 && j > 1 && a.letters[j-1] == a.rune[n-1] && a.letters[j-2] == r {
				cell = min(cell, a.rows[n-2][i]+1)
			}
			cell = min(cell, a.distance+1)
		}
		row[i] = cell
		alive = alive || cell <= a.distance
	}
	if !alive {
		return false
	}
	a.depth = n
	a.rune[n], a.end[n] = r, end
	a.best[n] = min(a.best[n-1], a.last())
	return true
}

// distanceWithin returns the distance between two stems, more than the limit if
// it exceeds it.
func distanceWithin(a, b string, limit int) int {
	if limit == 0 || utf8.RuneCountInString(a) > maxTypoWord {
		if a == b {
			return 0
		}
		return limit + 1
	}
	aut := automaton{letters: []rune(a), distance: uint8(limit)}
	aut.start()
	at := 0
	for _, r := range b {
		at += utf8.RuneLen(r)
		if !aut.push(r, at) {
			return limit + 1
		}
	}
	return int(aut.last())
}
