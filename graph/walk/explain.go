package walk

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
)

// Explain says each path in one sentence, step by step:
//
//	Difficulty puffing out the cheeks is often a sign or symptom of Bell's palsy;
//	Bell's palsy may cause Facial twitching (“one of the most common causes”; …); …
//
// Statements of a link that differ in modality or negation have a clause each.
// Those of one direction are summed up: the clause says the one with most limits
// (stage, context, attribution, note, a further value of the source's own …), and of the others how many there are and
// what limits each ("and 1 more, for pregnancy"). So a qualifier is told of the
// statements that have it and of no other. What a curator inferred is said to be
// inferred, and what is taken back or replaced begins with that. What holds only of several concepts together is said of all of them ("A
// and B together …"). A predicate that the registry does not know is only called
// a link of its name.
//
// The sentence is made to be read beside the statements, not instead of them.
// Errors are those of the Reader.
func Explain(ctx context.Context, r graph.Reader, paths []Path) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	e := explainer{sum: r.Summary(), name: map[graph.Ref]string{}, claims: map[graph.Ref]claim{}}
	if err := e.read(ctx, r, paths); err != nil {
		return nil, err
	}
	sentences := make([]string, len(paths))
	for i := range paths {
		var clauses []string
		for j := range paths[i].Steps {
			clauses = append(clauses, e.step(&paths[i].Steps[j]))
		}
		if len(clauses) > 0 {
			sentences[i] = capital(strings.Join(clauses, "; ")) + "."
		}
	}
	return sentences, nil
}

// ExplainStatements says lists of statements, each list in one sentence, as Explain
// says paths: a clause for each claim. Of a value it says the name of the predicate
// (EEG: measures “electrical activity of the brain”). Errors are those of the
// Reader.
func ExplainStatements(ctx context.Context, r graph.Reader, lists graph.Lists[graph.Ref]) ([]string, error) {
	claims := map[graph.Ref]claimed{}
	err := eachStatement(ctx, r, distinct(slices.Clone(lists.Items)), claimFields, func(ref graph.Ref, b *graph.StatementBatch, row int) {
		claims[ref] = claimAt(b, row)
	})
	if err != nil {
		return nil, err
	}
	paths := make([]Path, lists.Rows())
	for i := range paths {
		at := map[claimed]int{}
		for _, ref := range lists.At(i) {
			c := claims[ref]
			j, known := at[c]
			if !known {
				j = len(paths[i].Steps)
				at[c] = j
				if paths[i].Nodes = append(paths[i].Nodes, c.subject); c.object != graph.NoRef {
					paths[i].Nodes = append(paths[i].Nodes, c.object)
				}
				paths[i].Steps = append(paths[i].Steps, Step{From: c.subject, To: c.object, Links: []Link{{Predicate: c.predicate, Other: c.object}}})
			}
			link := &paths[i].Steps[j].Links[0]
			link.Statements = append(link.Statements, ref)
		}
	}
	return Explain(ctx, r, paths)
}

// explainer has read what the sentences need.
type explainer struct {
	sum    *graph.Summary
	name   map[graph.Ref]string
	claims map[graph.Ref]claim
}

// claim is what a statement says about its link.
type claim struct {
	modality graph.Modality
	negated  bool
	with     string // the others of which it holds only together with the subject
	value    string // in the place of a concept
	taken    graph.Withdrawn
	telling
}

// telling is what a claim says besides: two of one direction that tell the same
// are said once.
type telling struct {
	inferred bool
	said     [graph.NumQualifiers]string // of the qualifiers that sentences tell
	adds     string                      // further values that may limit it
}

func (e *explainer) read(ctx context.Context, r graph.Reader, paths []Path) error {
	var concepts, statements []graph.Ref
	for i := range paths {
		concepts = append(concepts, paths[i].Nodes...)
		for j := range paths[i].Steps {
			for k := range paths[i].Steps[j].Links {
				statements = append(statements, paths[i].Steps[j].Links[k].Statements...)
			}
		}
	}
	told := []graph.Qualifier{graph.QualifierNegated, graph.QualifierModality, graph.QualifierSource, graph.QualifierWith}
	for _, q := range graph.AllQualifiers() {
		if q.Info().Told != graph.NotTold {
			told = append(told, q)
		}
	}
	source := map[graph.Ref]graph.Ref{}
	things := map[graph.Ref]map[graph.Qualifier]graph.Ref{} // by statement
	with := map[graph.Ref][]graph.Ref{}                     // likewise
	err := eachStatement(ctx, r, distinct(statements), graph.Columns(told...)|graph.Columns(graph.QualifierWithdrawn)|graph.StatementObject|graph.StatementProperties, func(ref graph.Ref, b *graph.StatementBatch, i int) {
		c := claim{modality: b.Modality(i), negated: b.Negated(i), taken: graph.Withdrawn(b.Qualifiers[graph.QualifierWithdrawn].Words[i])}
		if b.Object[i] == graph.NoRef {
			c.value = strings.Clone(b.Value[i].Text)
		}
		for _, q := range told {
			switch info := q.Info(); {
			case info.Told == graph.ToldByWords && info.Type != graph.TextQualifier:
			case info.Type == graph.RefQualifier:
				if thing := b.Ref(q, i); thing != graph.NoRef {
					concepts = append(concepts, thing)
					if things[ref] == nil {
						things[ref] = map[graph.Qualifier]graph.Ref{}
					}
					things[ref][q] = thing
				}
			default:
				c.said[q] = b.Said(q, i)
			}
		}
		for _, p := range b.Properties.At(i) {
			if name, limits := p.MayLimit(e.sum.Prefixes); limits {
				c.adds += "; the source adds: " + name + " “" + p.Value.Text + "”"
			}
		}
		if others := b.Qualifiers[graph.QualifierWith].RefLists.At(i); len(others) > 0 {
			with[ref] = slices.Clone(others)
			concepts = append(concepts, others...)
		}
		e.claims[ref] = c
		source[ref] = b.Ref(graph.QualifierSource, i)
	})
	if err != nil {
		return err
	}
	sources := distinct(slices.Collect(maps.Values(source)))
	var b graph.SourceBatch
	if err := r.Sources(ctx, sources, 0, &b); err != nil {
		return err
	}
	err = eachConcept(ctx, r, distinct(concepts), graph.ConceptName, func(ref graph.Ref, b *graph.ConceptBatch, i int) {
		e.name[ref] = b.Name[i]
	})
	for ref, c := range e.claims {
		i, found := slices.BinarySearch(sources, source[ref])
		c.inferred = found && b.Kind[i] == graph.CuratorSource
		for q, thing := range things[ref] {
			c.said[q] = e.name[thing]
		}
		for i, other := range with[ref] {
			between := ", "
			if i == len(with[ref])-1 {
				between = " and "
			}
			c.with += between + e.name[other]
		}
		e.claims[ref] = c
	}
	return err
}

func (e *explainer) step(s *Step) string {
	var clauses []string
	for i := range s.Links {
		clauses = append(clauses, e.link(s.From, s.To, &s.Links[i]))
	}
	return strings.Join(clauses, ", and ")
}

// firmness orders modalities from the weakest.
func firmness(m graph.Modality) int {
	return slices.Index([]graph.Modality{
		graph.ModalityNotStated, graph.Possible, graph.Suspected, graph.Asserted, graph.Discouraged, graph.Recommended,
	}, m)
}

// limits counts what is told of a claim beside its direction.
func (t *telling) limits() int {
	n := 0
	for _, said := range t.said {
		if said != "" {
			n++
		}
	}
	if t.inferred {
		n++
	}
	return n + strings.Count(t.adds, "; the source adds: ")
}

// direction is all that statements of one modality say, denied or not, of the same
// concepts.
type direction struct {
	modality graph.Modality
	negated  bool
	with     string
	value    string
	taken    graph.Withdrawn
	stance   graph.Stance
	tellings []telling
	count    map[telling]int
}

// link says one link, a clause for each direction of its statements.
func (e *explainer) link(from, to graph.Ref, l *Link) string {
	p := &e.sum.Predicates[l.Predicate]
	var all []direction
	for _, s := range l.Statements {
		c := e.claims[s]
		i := slices.IndexFunc(all, func(d direction) bool {
			return d.modality == c.modality && d.negated == c.negated && d.with == c.with && d.value == c.value && d.taken == c.taken
		})
		if i < 0 {
			i = len(all)
			all = append(all, direction{c.modality, c.negated, c.with, c.value, c.taken, graph.StanceOf(&p.Predicate, c.modality, c.negated), nil, map[telling]int{}})
		}
		d := &all[i]
		if d.count[c.telling]++; d.count[c.telling] == 1 {
			d.tellings = append(d.tellings, c.telling)
		}
	}
	slices.SortStableFunc(all, func(a, b direction) int {
		return cmp.Or(cmp.Compare(a.stance, b.stance), cmp.Compare(firmness(a.modality), firmness(b.modality)))
	})
	var text strings.Builder
	for i := range all {
		switch {
		case i > 0 && all[i].stance != all[i-1].stance:
			text.WriteString(", but ")
		case i > 0:
			text.WriteString(", and ")
		}
		text.WriteString(e.clause(from, to, l, &all[i]))
	}
	return text.String()
}

// takenBack begins what is told of statements that count no more.
var takenBack = map[graph.Withdrawn]string{
	graph.WithdrawnRetracted:       "retracted: ",
	graph.WithdrawnSourceRetracted: "of a retracted source: ",
	graph.WithdrawnSuperseded:      "replaced by another statement: ",
}

// mostTellings is how many statements of a direction are told with their limits.
const mostTellings = 4

// clause says one direction of a link: the statement with most limits, and what
// limits the others.
func (e *explainer) clause(from, to graph.Ref, l *Link, d *direction) string {
	slices.SortStableFunc(d.tellings, func(a, b telling) int { return cmp.Compare(b.limits(), a.limits()) })
	first := &d.tellings[0]
	adverb, often := "", first.said[graph.QualifierFrequency]
	switch {
	case d.negated: // "denied that it is rarely so" would say that it is often so
	case isAdverb(often):
		adverb, often = often+" ", ""
	}
	before, notes := first.tell(often)
	more := 0
	for i := 1; i < len(d.tellings); i++ {
		t := &d.tellings[i]
		if i >= mostTellings {
			more += d.count[*t]
			continue
		}
		before, after := t.tell(t.said[graph.QualifierFrequency])
		limits := append(before, after...)
		if len(limits) == 0 {
			limits = []string{"with no limit stated"}
		}
		notes = append(notes, fmt.Sprintf("and %d more, %s", d.count[*t], strings.Join(limits, ", ")))
	}
	if more > 0 {
		notes = append(notes, fmt.Sprintf("and %d more, with limits of their own or none", more))
	}
	text := takenBack[d.taken] + strings.Join(append(before, e.words(from, to, l, d, adverb)), ", ")
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

// tell returns the phrases of all that a claim says besides: those that stand
// before a clause, and those that stand after it. Words of frequency that the
// clause itself does not say are quoted.
func (t *telling) tell(often string) (before, after []string) {
	switch {
	case often == "":
	case strings.HasPrefix(often, "in "):
		before = append(before, often)
	default:
		if term, known := graph.LookupFrequencyTerm(often); known {
			often = term.Name + " (" + term.ID + ")"
		}
		after = append(after, "“"+often+"”")
	}
	for i, words := range t.said {
		switch info := graph.Qualifier(i).Info(); {
		case words == "":
		case info.Told == graph.ToldBefore:
			before = append(before, fmt.Sprintf(info.Phrase, words))
		case info.Told == graph.ToldAfter:
			after = append(after, fmt.Sprintf(info.Phrase, words))
		}
	}
	if t.adds != "" {
		after = append(after, strings.TrimPrefix(t.adds, "; "))
	}
	if t.inferred {
		after = append(after, "inferred by a curator")
	}
	return before, after
}

// words says who is what to whom.
func (e *explainer) words(from, to graph.Ref, l *Link, d *direction, adverb string) string {
	p := &e.sum.Predicates[l.Predicate]
	w, in, known := wordings(p.ID)
	subject, object := e.name[from], e.name[to]
	if to == graph.NoRef {
		return e.valued(p, subject, d, adverb)
	}
	number := func(phrase string) string { return phrase }
	switch {
	case l.Incoming && d.with != "":
		w, object = in, object+d.with+" together"
	case l.Incoming:
		w = in
	case d.with != "":
		subject += d.with + " together"
		number = w.ofSeveral
	}
	denied, deny, after := d.negated, "", ""
	switch {
	case denied && d.stance == graph.Discourages: // advice against stays
		denied, after = false, ", which is denied too"
	case denied && (d.modality == graph.Recommended || d.modality == graph.Discouraged):
		denied, deny = false, "it is denied that " // it is the advice that is denied
	}
	if known {
		if phrase, ok := w.phrase(d.modality, denied); ok {
			return deny + subject + " " + strings.Replace(number(phrase), "$often", adverb, 1) + " " + object + after
		}
	}
	// Neutral words, from the subject to the object, since the name of a
	// predicate reads that way only.
	if l.Incoming {
		subject, object = object, subject
	}
	phrase := "is $oftenlinked to"
	if d.with != "" {
		phrase = "are $oftenlinked to"
	}
	if denied || d.modality == graph.Possible || d.modality == graph.Suspected {
		phrase, _ = wording{bare: "be linked to"}.phrase(d.modality, denied)
	}
	text := deny + subject + " " + strings.Replace(phrase, "$often", adverb, 1) + " " + object + " by " + p.Name
	switch d.modality {
	case graph.Recommended:
		text += ", as a recommendation"
	case graph.Discouraged:
		text += ", as something advised against"
	}
	if p.Caution {
		text += ", as a caution"
	}
	return text + after
}

// valued says a claim whose object is a value: the names of such predicates are
// nouns and verbs alike, so that it only names them.
func (e *explainer) valued(p *graph.PredicateCount, subject string, d *direction, adverb string) string {
	phrase, _ := wording{verb: "has", bare: "have"}.phrase(d.modality, d.negated)
	after := ""
	switch d.modality {
	case graph.Recommended:
		after = ", as a recommendation"
	case graph.Discouraged:
		after = ", as something advised against"
	}
	if after != "" {
		phrase = "$oftenhas"
		if d.negated {
			subject = "it is denied that " + subject
		}
	}
	if d.with != "" {
		subject, phrase = subject+d.with+" together", wording{verb: "has", bare: "have"}.ofSeveral(phrase)
	} else if d.modality == graph.Asserted && !d.negated && adverb == "" {
		return subject + ": " + graph.NameInWords(p.Name) + " “" + d.value + "”"
	}
	return subject + " " + strings.Replace(phrase, "$often", adverb, 1) + " " + graph.NameInWords(p.Name) + ": “" + d.value + "”" + after
}

// isAdverb reports whether a word of frequency stands before a verb.
func isAdverb(s string) bool {
	return slices.Contains([]string{
		"always", "usually", "often", "frequently", "typically", "commonly", "generally", "mostly", "sometimes",
		"occasionally", "rarely", "seldom",
	}, s)
}

// capital begins a sentence with a capital, but for words that are written with
// a small letter on purpose: eGFR is not EGFR.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[n:]); !unicode.IsLower(second) {
		return s
	}
	return string(unicode.ToUpper(first)) + s[n:]
}
