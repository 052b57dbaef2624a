package annotate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// end is a concept at one end of a statement, and how the text names it.
type end struct {
	concept int32
	at      int    // its token; -1: the sentence does not name it
	within  bool   // within the name of another
	how     string // what to look at
}

// relate proposes the statements of a sentence: for the words that relate, each concept
// on one side with each on the other, if the kinds fit a predicate that the words may
// mean. Where no words relate its concepts, the first is proposed with each other, for
// a reader to judge.
func (w *worker) relate(s *Sentence, mentions []mention, scopes *sentenceCues) {
	r := relating{w, s, mentions, scopes, map[string]bool{}}
	for n := range scopes.links {
		r.link(n)
	}
	r.anatomy()
	if len(r.proposed) > 0 {
		return
	}
	ends := w.side(mentions, 0, len(w.toks))
	for i := 1; i < len(ends); i++ {
		r.loosely(ends[0], ends[i])
	}
}

// relating is the work on one sentence.
type relating struct {
	*worker
	sentence *Sentence
	mentions []mention
	scopes   *sentenceCues
	proposed map[string]bool
}

// link proposes what words that relate may mean.
func (r *relating) link(n int) {
	link := r.scopes.links[n]
	left, right := r.sides(n)
	all := append(slices.Clone(left), right...)
	var implied []end
	if !r.unknownBefore(link) {
		implied = r.implied(r.scopes, link)
	}
	for _, d := range link.cue.means {
		subjects, objects := left, right
		switch d.reach {
		case after:
			subjects, objects = right, left
		case both:
			subjects, objects = all, all
		}
		named := len(left) > 0 && len(right) > 0
		subjects, objects = r.fitting(subjects, d.predicate.Domain), r.fitting(objects, d.predicate.Range)
		switch {
		case d.predicate.SameKind:
		case named && d.reach == before && len(subjects) == 0: // verbs that share a subject: "can cause A or indicate B"
			subjects = r.earlier(link, d.predicate.Domain)
		case named && d.reach == after && len(objects) == 0:
			objects = r.earlier(link, d.predicate.Range)
		case named && d.reach != both:
		case len(subjects) == 0 && len(objects) > 0:
			subjects = r.topic(implied, d.predicate.Domain)
		case len(objects) == 0 && len(subjects) > 0:
			objects = r.topic(implied, d.predicate.Range)
		}
		made := false
		for _, subject := range subjects {
			for _, object := range objects {
				made = r.propose(link, &d.predicate, subject, object) || made
			}
		}
		if made {
			return
		}
	}
}

// unknownBefore reports whether the clause of words begins with something of medicine
// that nothing loaded is called: it, and nothing else, is what they speak of.
func (r *relating) unknownBefore(link hit) bool {
	for i := link.from - 1; i >= 0 && r.scopes.clause[i] == r.scopes.clause[link.from]; i-- {
		named := slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from <= i && i < m.to })
		if !named && isMedical(r.text[r.toks[i].start:r.toks[i].end]) && r.toks[i].root < 0 {
			return true
		}
	}
	return false
}

// earlier returns the last concept of some kinds before words, in their clause.
func (r *relating) earlier(link hit, kinds []graph.Kind) []end {
	begin := link.from
	for begin > 0 && r.scopes.clause[begin-1] == r.scopes.clause[link.from] {
		begin--
	}
	fit := r.fitting(r.side(r.mentions, begin, link.from), kinds)
	return fit[max(len(fit)-1, 0):]
}

// topic returns the likeliest of what is implied: a condition or symptom, which is what
// articles are about.
func (r *relating) topic(implied []end, kinds []graph.Kind) []end {
	fit := r.fitting(implied, kinds)
	at := slices.IndexFunc(fit, func(e end) bool {
		return r.concepts[e.concept].HasKind(graph.Condition) || r.concepts[e.concept].HasKind(graph.Symptom) || strings.HasPrefix(e.how, "“")
	})
	if at < 0 {
		return nil
	}
	return fit[at : at+1]
}

// sides returns the concepts on both sides of words that relate.
func (r *relating) sides(n int) (left, right []end) {
	link := r.scopes.links[n]
	from, to := 0, len(r.toks)
	for i := n - 1; i >= 0 && from == 0; i-- {
		from = r.scopes.links[i].to
	}
	for i := n + 1; i < len(r.scopes.links); i++ {
		if next := r.scopes.links[i]; !isExample(next.cue) || isExample(link.cue) {
			to = next.from
			break
		}
	}
	clause := r.scopes.clause[link.from]
	for i := link.to; i < to; i++ {
		if r.scopes.clause[i] != clause && r.scopes.clause[i] != r.scopes.clause[i-1] && !r.isExcepted(i) {
			to = i
		}
	}
	right = r.side(r.mentions, link.to, to)
	begin := link.from // of the clause
	for begin > 0 && r.scopes.clause[begin-1] == clause {
		begin--
	}
	left = r.group(max(from, begin), link.from)
	if isExample(link.cue) && link.cue.means[len(link.cue.means)-1].predicate.SameKind {
		if len(left) == 0 || r.endOf(left[len(left)-1]) < link.from-1 { // the words stand behind what they explain
			return nil, nil
		}
		return left[len(left)-1:], right
	}
	if len(left) == 0 && len(r.side(r.mentions, begin, link.from)) == 0 {
		// "The cause of A is B", "symptoms of A include B"
		for v := link.to; v < len(r.toks) && r.scopes.clause[v] == clause; v++ {
			switch strings.ToLower(r.text[r.toks[v].start:r.toks[v].end]) {
			case "is", "are", "was", "were", "include", "includes":
				of, is := r.side(r.mentions, link.to, v), r.side(r.mentions, v+1, len(r.toks))
				if len(of) > 0 && len(is) > 0 {
					return is, of
				}
			}
		}
	}
	if len(left) == 0 {
		left = r.group(begin, link.from)
	}
	if len(left) == 0 && begin > 0 {
		left = r.group(0, begin)
	}
	return left, right
}

// isExcepted reports whether "but not" or the like begins at a token, which goes on with
// what is related: "causes A, but rarely B".
func (r *relating) isExcepted(at int) bool {
	return r.text[r.toks[at].start:r.toks[at].end] == "but" && slices.ContainsFunc(r.scopes.limits, func(h hit) bool { return h.from == at+1 && h.cue.class == limits })
}

// isExample reports whether words bring examples of what stands before them, which what
// relates before it relates, too: "prevents complications such as".
func isExample(c *cue) bool {
	return slices.ContainsFunc([]string{"such as", "like", "including"}, func(end string) bool { return strings.HasSuffix(c.words, end) })
}

// group returns the last concepts before a token: those of one list.
func (r *relating) group(from, to int) []end {
	ends := r.side(r.mentions, from, to)
	first := len(ends) - 1
	for ; first > 0; first-- {
		apart := 0
		for i := r.endOf(ends[first-1]); i < ends[first].at; i++ {
			if word := r.text[r.toks[i].start:r.toks[i].end]; !isJoining(word) {
				apart++
			}
		}
		if apart > 1 && !ends[first].within {
			break
		}
	}
	return ends[max(first, 0):]
}

// endOf returns the token behind a concept.
func (r *relating) endOf(e end) int {
	for _, m := range r.mentions {
		if m.from == e.at && m.concept == e.concept {
			return m.to
		}
	}
	return e.at + 1
}

// side returns the concepts that tokens name.
func (w *worker) side(mentions []mention, from, to int) (ends []end) {
	for _, m := range mentions {
		if m.from >= from && m.to <= to && !slices.ContainsFunc(ends, func(e end) bool { return e.concept == m.concept }) {
			e := end{concept: m.concept, at: m.from, within: m.within}
			switch m.match {
			case MatchSlip:
				e.how = fmt.Sprintf("“%s” is read as %s", w.between(m), w.concepts[m.concept].Name())
			case MatchWords:
				e.how = fmt.Sprintf("the words of %s stand apart in “%s”", w.concepts[m.concept].Name(), w.between(m))
			}
			if len(m.others) > 0 {
				e.how = strings.TrimPrefix(e.how+"; ", "; ") + fmt.Sprintf("“%s” is also a name of %s", w.between(m), w.concepts[m.others[0]].ID)
			}
			ends = append(ends, e)
		}
	}
	return ends
}

func (w *worker) between(m mention) string {
	return oneLine(w.text[w.toks[m.from].start:w.toks[m.to-1].end])
}

// implied returns what a sentence may speak of without naming it, the likeliest first:
// what "this condition" stands for, then what the heading and the title name.
func (w *worker) implied(scopes *sentenceCues, link hit) (ends []end) {
	for _, h := range scopes.limits {
		if h.cue.class == anaphor && h.from < link.from {
			for _, c := range slices.Concat(w.last, w.heading, w.title) {
				if w.concepts[c].HasKind(h.cue.kind) {
					ends = append(ends, end{concept: c, at: -1, how: fmt.Sprintf("“%s” is read as %s", w.behind(h, "").Text, w.concepts[c].Name())})
				}
			}
		}
	}
	for _, from := range []struct {
		concepts []int32
		where    string
	}{{w.heading, "the heading names"}, {w.title, "the title names"}} {
		for _, c := range from.concepts {
			ends = append(ends, end{concept: c, at: -1, how: fmt.Sprintf("the sentence does not name it: %s %s", from.where, w.concepts[c].Name())})
		}
	}
	return ends
}

// fitting returns the ends that have one of the kinds; none means any.
func (w *worker) fitting(ends []end, kinds []graph.Kind) (fit []end) {
	for _, e := range ends {
		if len(kinds) == 0 || slices.ContainsFunc(kinds, w.concepts[e.concept].HasKind) {
			fit = append(fit, e)
		}
	}
	if whole := slices.DeleteFunc(slices.Clone(fit), func(e end) bool { return e.within }); len(whole) > 0 {
		return whole
	}
	return fit
}

// propose adds a statement, and reports whether it did.
func (r *relating) propose(link hit, p *graph.Predicate, subject, object end) bool {
	if subject.concept == object.concept || p.SameKind && !r.shareKind(subject.concept, object.concept) {
		return false
	}
	words := r.behind(link, "predicate")
	of := max(subject.at, object.at) // what stands last is limited by what stands before it
	if of < 0 {
		of = link.from
	}
	limited := r.limit(r.scopes, r.mentions, link.from, of)
	modality := limited.values[graph.QualifierModality]
	switch {
	case p.SameKind: // what belongs to what is seldom hedged
		if _, denied := limited.values[graph.QualifierNegated]; denied {
			return false
		}
		limited = said{}
	case modality == "discouraged" && p.Offers() && p.ID != graph.PredicatePrevents:
		advised, _ := graph.LookupPredicate(graph.PredicateAdvisedAgainstIn)
		if !r.joins(&advised, object, subject) {
			return false
		}
		p, subject, object = &advised, object, subject
	case modality == "discouraged" && !p.Caution:
		return false
	case modality == "recommended" && !p.Hedged: // it is not what is recommended that a test examines
		delete(limited.values, graph.QualifierModality)
	case modality == "recommended" && p.Caution:
		limited.values[graph.QualifierModality] = "discouraged"
	}
	if p.Caution && limited.values[graph.QualifierModality] == "" {
		limited.set(graph.QualifierModality, "discouraged", Behind{graph.QualifierModality.String(), words.Start, words.End, words.Text})
		delete(limited.values, graph.QualifierNegated)
	}
	return r.add(p, subject, object, limited, append([]Behind{words}, limited.behind...), "")
}

func (w *worker) joins(p *graph.Predicate, subject, object end) bool {
	return len(w.fitting([]end{subject}, p.Domain)) > 0 && len(w.fitting([]end{object}, p.Range)) > 0
}

// add adds a proposal once.
func (r *relating) add(p *graph.Predicate, subject, object end, limited said, words []Behind, doubt string) bool {
	a, b := r.concepts[subject.concept].ID, r.concepts[object.concept].ID
	key := string(a) + " " + p.Name + " " + string(b)
	if r.proposed[key] {
		return false
	}
	r.proposed[key] = true
	made := Proposal{Subject: a, Predicate: p.Name, Object: b, Locator: r.sentence.Locator, Section: r.sentence.Section, Words: slices.Clone(words), values: limited.values}
	var todo []string
	for _, look := range append([]string{doubt, subject.how, object.how}, limited.doubts...) {
		if look != "" {
			todo = append(todo, look)
		}
	}
	if len(todo) == 0 {
		todo = []string{"read the sentence"}
	}
	made.Todo = strings.Join(todo, "; ")
	r.made.Statements = append(r.made.Statements, made)
	return true
}

// anatomy proposes that what has a part of the body in its name shows there.
func (r *relating) anatomy() {
	p, _ := graph.LookupPredicate(graph.PredicateAssociatedAnatomy)
	for i, m := range r.mentions {
		if !m.within || i == 0 {
			continue
		}
		at := slices.IndexFunc(r.mentions, func(o mention) bool { return !o.within && o.from <= m.from && m.to <= o.to })
		if at < 0 {
			continue
		}
		subject, object := end{concept: r.mentions[at].concept, at: r.mentions[at].from}, end{concept: m.concept, at: m.from}
		if !r.joins(&p, subject, object) {
			continue
		}
		limited := said{}
		for _, h := range r.scopes.limits {
			if h.cue.class == limits && h.cue.qualifier == graph.QualifierLaterality && r.scopes.covers(h, m.from) {
				words := r.behind(h, graph.QualifierLaterality.String())
				value := h.cue.value
				if value == "=" {
					value = lowerFirst(words.Text)
				}
				limited.set(graph.QualifierLaterality, value, words)
			}
		}
		r.add(&p, subject, object, limited, append([]Behind{{"predicate", r.toks[m.from].start, r.toks[m.to-1].end, r.between(m)}}, limited.behind...), "")
	}
}

// loosely proposes a statement for which no words stand: the first predicate that joins
// the kinds of the two, in either direction.
func (r *relating) loosely(a, b end) {
	if r.shareKind(a.concept, b.concept) || r.scopes.clause[a.at] != r.scopes.clause[b.at] {
		return
	}
	for _, p := range graph.Registry() {
		if p.Text || p.Mapping || p.Caution || len(p.Domain) == 0 || len(p.Range) == 0 || p.SameKind {
			continue
		}
		for _, d := range [...][2]end{{a, b}, {b, a}} {
			if !r.joins(&p, d[0], d[1]) {
				continue
			}
			limited := r.limit(r.scopes, r.mentions, b.at, b.at)
			if _, denied := limited.values[graph.QualifierNegated]; denied || limited.values[graph.QualifierModality] == "discouraged" {
				return // of what, no word says
			}
			doubt := "no word of the sentence says how the two are related: choose the predicate (plexus predicates " + string(r.concepts[a.concept].Kind().String()) + " " + r.concepts[b.concept].Kind().String() + "), or leave it out"
			r.add(&p, d[0], d[1], limited, limited.behind, doubt)
			return
		}
	}
}
