package annotate

import (
	"slices"
	"strings"
)

// medical are the endings of words that medicine makes, and hardly anybody else.
var medical = []string{
	"itis", "osis", "emia", "aemia", "oma", "opathy", "algia", "ectomy", "otomy", "ostomy", "oscopy", "ography", "plasty", "plegia", "paresis", "trophy", "plasia", "penia", "uria", "rrhea", "rrhoea",
	"syndrome", "disease", "disorder", "palsy", "infection", "cancer", "tumor", "tumour", "deficiency", "neuralgia", "fever", "pain", "lesion", "fracture", "injury", "atrophy", "stenosis", "failure",
	"mycin", "cillin", "azole", "pril", "sartan", "statin", "olol", "mab", "tinib", "azepine", "azepam", "oxetine", "triptan", "vir", "profen", "sone", "solone", "toxin",
	"therapy", "biopsy", "surgery", "transplant", "vaccine", "scan", "ultrasound",
}

// unknown adds the phrases of a sentence that nothing loaded is called by, and that are
// of medicine by their last word: with the loaded concepts that share most of their
// words.
func (w *worker) unknown(at int, mentions []mention) {
	covered := make([]bool, len(w.toks))
	for _, m := range mentions {
		for i := m.from; i < m.to; i++ {
			covered[i] = true
		}
	}
	free := func(i int) bool { return !covered[i] && !isFunction(w.text[w.toks[i].start:w.toks[i].end]) }
	for from := 0; from < len(w.toks); {
		end := from
		for end < len(w.toks) && free(end) && (end == from || w.toks[end].gap == noGap) {
			end++
		}
		if end == len(w.toks) || !covered[end] || w.toks[end].gap != noGap { // else it is said of a concept
			w.phrase(at, from, end)
		}
		from = max(end, from+1)
	}
}

// phrase adds what is of medicine in words that nothing loaded is called by.
func (w *worker) phrase(at, from, end int) {
	for end > from && !isMedical(w.text[w.toks[end-1].start:w.toks[end-1].end]) {
		end--
	}
	if end == from {
		return
	}
	from = max(from, end-3)
	for from < end-1 && w.isCue(from) {
		from++
	}
	a := w.made.Article
	m := Mention{Locator: a.Sentences[at].Locator, Start: w.toks[from].start, End: w.toks[end-1].end, sentence: at}
	m.Text = a.Text[m.Start:m.End]
	m.Candidates = w.near(from, end)
	w.made.Mentions = append(w.made.Mentions, m)
}

func (w *worker) isCue(token int) bool {
	end, c := longest(&w.cues, w.toks, token)
	link, r := longest(&w.finder.relate, w.toks, token)
	return c != nil && end > token || r != nil && link > token
}

func isMedical(word string) bool {
	word = strings.ToLower(word)
	return len(word) > 3 && slices.ContainsFunc(medical, func(ending string) bool {
		return strings.HasSuffix(word, ending) || strings.HasSuffix(word, ending+"s")
	})
}

// mostCandidates is how many concepts are shown for a phrase that nobody knows.
const mostCandidates = 3

// near returns the concepts of which a name shares the last word of a phrase and
// others, or, with one word, has it.
func (w *worker) near(from, end int) (found []Candidate) {
	roots := map[int32]bool{}
	for i := from; i < end; i++ {
		if root := w.toks[i].root; root >= 0 {
			roots[root] = true
		}
	}
	type scored struct {
		concept int32
		shared  int
		of      int
	}
	var all []scored
	for root := range roots {
		for _, n := range w.loose[root] {
			shared := 0
			for _, r := range n.roots {
				if roots[r] {
					shared++
				}
			}
			if 2*shared >= len(n.roots) && (shared > 1 || len(roots) == 1) {
				all = append(all, scored{n.concept, shared, len(n.roots)})
			}
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		if a.shared != b.shared {
			return b.shared - a.shared
		}
		if a.of != b.of {
			return a.of - b.of
		}
		return int(a.concept - b.concept)
	})
	for _, s := range all {
		c := w.candidate(s.concept)
		if len(found) < mostCandidates && !slices.ContainsFunc(found, func(f Candidate) bool { return f.Concept == c.Concept }) {
			found = append(found, c)
		}
	}
	return found
}
