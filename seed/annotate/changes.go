package annotate

import (
	"cmp"
	"slices"
	"strings"
)

// Change is what became of a sentence when a text changed.
type Change string

// The changes.
const (
	Same    Change = "same"    // it stands where it stood
	Moved   Change = "moved"   // word for word, but elsewhere
	Altered Change = "altered" // most of its words are there, with others
	Gone    Change = "gone"
	Added   Change = "added"
)

// SentenceChange is what became of a sentence.
type SentenceChange struct {
	Change Change `json:"change"`
	// Before and After are the locators; empty, where there is none.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Was and Is are the sentences, of the texts that were given.
	Was string `json:"-"`
	Is  string `json:"-"`
}

// alike is which share of the words of two sentences they have in common, at least, if
// one is the other, altered.
const alike = 0.5

// Changes compares two states of a text, sentence by sentence: those of before in their
// order, then what was added. A sentence that stands twice is matched once each.
func Changes(before, after *Article) []SentenceChange {
	old, now := sentencesOf(before), sentencesOf(after)
	to := make([]int, len(old)) // in now
	taken := make([]bool, len(now))
	match := func(fits func(i, j int) bool) {
		for i := range old {
			for j := range now {
				if to[i] < 0 && !taken[j] && fits(i, j) {
					to[i], taken[j] = j, true
				}
			}
		}
	}
	for i := range to {
		to[i] = -1
	}
	match(func(i, j int) bool { return old[i].text == now[j].text && old[i].locator == now[j].locator })
	match(func(i, j int) bool { return old[i].text == now[j].text })
	// Of altered sentences the most alike first.
	type pair struct {
		i, j  int
		share float64
	}
	var pairs []pair
	for i := range old {
		for j := range now {
			if to[i] < 0 && !taken[j] {
				if share := inCommon(old[i].words, now[j].words); share >= alike {
					pairs = append(pairs, pair{i, j, share})
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.share, a.share) })
	for _, p := range pairs {
		if to[p.i] < 0 && !taken[p.j] {
			to[p.i], taken[p.j] = p.j, true
		}
	}
	var made []SentenceChange
	for i, s := range old {
		c := SentenceChange{Change: Gone, Before: s.locator, Was: s.text}
		if to[i] >= 0 {
			n := now[to[i]]
			c.After, c.Is, c.Change = n.locator, n.text, Altered
			switch {
			case s.text == n.text && s.locator == n.locator:
				c.Change = Same
			case s.text == n.text:
				c.Change = Moved
			}
		}
		made = append(made, c)
	}
	for j, n := range now {
		if !taken[j] {
			made = append(made, SentenceChange{Change: Added, After: n.locator, Is: n.text})
		}
	}
	return made
}

// compared is a sentence as it is compared.
type compared struct {
	locator, text string
	words         map[string]bool
}

func sentencesOf(a *Article) (all []compared) {
	for _, s := range a.Sentences {
		c := compared{locator: s.Locator, text: oneLine(a.plain[s.Start:s.End]), words: map[string]bool{}}
		for _, w := range strings.Fields(strings.ToLower(c.text)) {
			c.words[strings.Trim(w, ".,;:!?()[]“”\"'")] = true
		}
		all = append(all, c)
	}
	return all
}

// inCommon returns which share of the words of both sets is in both.
func inCommon(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	return float64(both) / float64(max(len(a)+len(b)-both, 1))
}
