package walk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
)

// Explain says each path in one sentence, a clause for each step:
//
//	Difficulty puffing out the cheeks is often a sign or symptom of Bell's palsy;
//	Bell's palsy may cause Facial twitching (“one of the most common causes”); …
//
// A clause says what the weakest statement of a link says, with its qualifiers,
// never more: not stated is weaker than possible, that than suspected, that
// than asserted, and that than advice; of equally firm ones the one with more
// limits (stage, context, attribution …) is weaker. Advice of some is named
// beside it, and of frequency words, which cannot be compared, all are, where
// statements differ. What some sources deny is said to be disputed, what a
// curator inferred to be inferred. Where a step has several links, each of them is said, up to three.
// A predicate that the registry does not know is only called a link of its
// name.
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
	inferred bool
	source   graph.Ref
	// said has the words of the other qualifiers that sentences tell.
	said [graph.NumQualifiers]string
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
	told := []graph.Qualifier{graph.QualifierNegated, graph.QualifierModality, graph.QualifierSource}
	for _, q := range graph.AllQualifiers() {
		if q.Info().Told != graph.NotTold {
			told = append(told, q)
		}
	}
	var sources []graph.Ref
	things := map[graph.Ref]map[graph.Qualifier]graph.Ref{} // by statement
	err := eachStatement(ctx, r, distinct(statements), graph.Columns(told...), func(ref graph.Ref, b *graph.StatementBatch, i int) {
		c := claim{modality: b.Modality(i), negated: b.Negated(i), source: b.Ref(graph.QualifierSource, i)}
		for _, q := range told {
			switch info := q.Info(); {
			case info.Type == graph.TextQualifier:
				c.said[q] = b.Text(q, i)
			case info.Type == graph.RefQualifier && q != graph.QualifierSource:
				if thing := b.Ref(q, i); thing != graph.NoRef {
					concepts = append(concepts, thing)
					if things[ref] == nil {
						things[ref] = map[graph.Qualifier]graph.Ref{}
					}
					things[ref][q] = thing
				}
			}
		}
		e.claims[ref] = c
		sources = append(sources, c.source)
	})
	if err != nil {
		return err
	}
	sources = distinct(sources)
	var b graph.SourceBatch
	if err := r.Sources(ctx, sources, 0, &b); err != nil {
		return err
	}
	for ref, c := range e.claims {
		if i, found := slices.BinarySearch(sources, c.source); found && b.Kind[i] == graph.CuratorSource {
			c.inferred = true
			e.claims[ref] = c
		}
	}
	err = eachConcept(ctx, r, distinct(concepts), graph.ConceptName, func(ref graph.Ref, b *graph.ConceptBatch, i int) {
		e.name[ref] = b.Name[i]
	})
	for ref, named := range things {
		c := e.claims[ref]
		for q, thing := range named {
			c.said[q] = e.name[thing]
		}
		e.claims[ref] = c
	}
	return err
}

// mostLinks is how many links of a step are said in words.
const mostLinks = 3

func (e *explainer) step(s *Step) string {
	var clauses []string
	for i := range s.Links[:min(len(s.Links), mostLinks)] {
		clauses = append(clauses, e.link(s.From, s.To, &s.Links[i]))
	}
	text := strings.Join(clauses, ", and ")
	if more := len(s.Links) - mostLinks; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}

// firmness orders modalities from the weakest.
func firmness(m graph.Modality) int {
	return slices.Index([]graph.Modality{
		graph.ModalityNotStated, graph.Possible, graph.Suspected, graph.Asserted, graph.Discouraged, graph.Recommended,
	}, m)
}

// limits counts what narrows a claim. A word of frequency or strength may narrow
// or widen it; those are said of all statements, or counted.
func (c *claim) limits() int {
	n := 0
	for q, said := range c.said {
		if told := graph.Qualifier(q).Info().Told; said != "" && (told == graph.ToldBefore || told == graph.ToldAfter) {
			n++
		}
	}
	if c.inferred {
		n++
	}
	return n
}

// link says one link in a clause.
func (e *explainer) link(from, to graph.Ref, l *Link) string {
	var said []claim // what is not denied
	for _, s := range l.Statements {
		if c := e.claims[s]; !c.negated {
			said = append(said, c)
		}
	}
	denials := len(l.Statements) - len(said)
	var c claim
	if len(said) > 0 {
		c = slices.MinFunc(said, func(a, b claim) int {
			return cmp.Or(cmp.Compare(firmness(a.modality), firmness(b.modality)), cmp.Compare(b.limits(), a.limits()))
		})
	}
	var notes []string
	note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }

	adverb, before := "", ""
	switch often, agreed := agree(said, graph.QualifierFrequency); {
	case !agreed:
		note("%s", often)
	case often == "":
	case isAdverb(often):
		adverb = often + " "
	case strings.HasPrefix(often, "in "):
		before = often + ", "
	default:
		note("“%s”", often)
	}
	for i, words := range c.said {
		switch info := graph.Qualifier(i).Info(); {
		case info.Told == graph.ToldOfAll:
			if words, _ := agree(said, graph.Qualifier(i)); words != "" {
				note("%s: %s", info.Name, words)
			}
		case words == "":
		case info.Told == graph.ToldBefore:
			before += fmt.Sprintf(info.Phrase, words) + ", "
		case info.Told == graph.ToldAfter:
			note("%s: %s", info.Name, words)
		}
	}
	if c.inferred {
		note("inferred by a curator")
	}
	for _, advice := range []struct {
		modality graph.Modality
		words    string
	}{{graph.Recommended, "recommended by some"}, {graph.Discouraged, "advised against by some"}} {
		given := slices.ContainsFunc(said, func(c claim) bool { return c.modality == advice.modality })
		if given && c.modality != advice.modality { // nobody may miss it
			notes = append(notes, advice.words)
		}
	}
	switch {
	case len(said) == 0 && denials > 0:
		note("denied by all %d statements", denials)
	case denials > 0:
		note("disputed: %d of %d statements deny it", denials, len(l.Statements))
	}
	text := before + e.words(from, to, l, c.modality, adverb)
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

// agree returns the word of a qualifier that all claims have, or none where no claim has one.
// Where they differ, silence included, it is not agreed, and every word is
// returned with how many claims have it: no word may speak for a claim that does
// not use it.
func agree(claims []claim, q graph.Qualifier) (text string, agreed bool) {
	var words []string
	count := map[string]int{}
	for i := range claims {
		w := claims[i].said[q]
		if count[w]++; count[w] == 1 && w != "" {
			words = append(words, w)
		}
	}
	if len(count) <= 1 {
		return strings.Join(words, ""), true
	}
	for i, w := range words {
		words[i] = fmt.Sprintf("“%s” in %d of %d statements", w, count[w], len(claims))
	}
	return strings.Join(words, ", "), false
}

// words says who is what to whom.
func (e *explainer) words(from, to graph.Ref, l *Link, m graph.Modality, adverb string) string {
	p := &e.sum.Predicates[l.Predicate]
	w, in, known := wordings(p.ID)
	if l.Incoming {
		w = in
	}
	if known {
		if phrase, ok := w.phrase(m); ok {
			return e.name[from] + " " + strings.Replace(phrase, "$often", adverb, 1) + " " + e.name[to]
		}
	}
	// Neutral words, from the subject to the object, since the name of a
	// predicate reads that way only.
	if l.Incoming {
		from, to = to, from
	}
	verb := map[graph.Modality]string{graph.Possible: "may possibly $oftenbe", graph.Suspected: "is suspected to $oftenbe"}[m]
	text := e.name[from] + " " + strings.Replace(cmp.Or(verb, "is $often"), "$often", adverb, 1)
	text = strings.TrimRight(text, " ") + " linked to " + e.name[to] + " by " + p.Name
	switch m {
	case graph.Recommended:
		text += ", as a recommendation"
	case graph.Discouraged:
		text += ", as something advised against"
	}
	return text
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
