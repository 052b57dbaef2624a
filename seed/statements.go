package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/schemaorg"
)

// notStated is the word by which a statement cancels a default modality.
const notStated = "not-stated"

// statement checks one statement and adds it to the data set.
func (b *builder) statement(n *statementNode, defaults *qualifierNode, iri func(graph.ID) string) {
	b.confirmation(n)
	before := b.faults
	q := b.withDefaults(&n.qualifierNode, defaults)
	var s graph.Statement
	for _, of := range graph.AllQualifiers() {
		switch of.Info().Type {
		case graph.TextQualifier:
			*s.Text(of) = q.texts[of].is
		case graph.RefQualifier:
			*s.Reference(of) = graph.ID(q.texts[of].is)
		case graph.ListQualifier:
			*s.List(of) = b.listOf(of, q.lists[of])
		case graph.NumberQualifier:
			*s.Number(of) = q.numbers[of].is
		case graph.FlagQualifier:
			*s.Flag(of) = q.flags[of].is
		default:
			s.SetWord(of, b.word(of, q.texts[of]))
		}
	}
	b.claim(n, &q, &s)
	at := q.texts[graph.QualifierStage]
	if stage, ok := b.refer(at, aConcept); ok && !allowed(stage.kinds, []graph.Kind{graph.Stage}) {
		b.add(at.at, RuleWrongStage, "", "%s is %s, not a Stage: give it the type MedicalConditionStage, or write it under context",
			at.is, list(kindWords(stage.kinds), "and"))
	}
	b.together(n, q.lists[graph.QualifierWith])
	b.unclearStance(&q, &s)
	b.frequency(n, &q, &s)
	b.evidence(n, &q)
	b.retraction(&q)
	b.properties(n.properties)
	for _, p := range n.properties {
		s.Properties = append(s.Properties, graph.Property{Predicate: p.predicate, Value: graph.Value{Text: p.value.is}})
	}
	reads := readRecord(&s, b.vocabulary.predicates[string(s.Predicate)].Caution, b.prefixes)
	if b.faults > before || s.Subject == "" || s.Predicate == "" || s.Source == "" {
		b.unsure = true
		return // what it claims is not certain, so neither is its id
	}
	id, ok := b.recordID(n, &s, iri)
	if !ok {
		return
	}
	s.ID = id
	for _, old := range q.lists[graph.QualifierSupersedes] {
		b.superseded = append(b.superseded, superseded{id, old})
	}
	if q.texts[graph.QualifierModality].is == notStated {
		b.notStated[id] = true
	}
	if n.isRow && !graph.IsStatementID(n.id.is) {
		if !b.keepRow(n.at, &s, iri) {
			return
		}
	} else if !b.keep(n.at, &s) {
		return
	}
	id = s.ID
	if b.compares != nil && !n.isRow {
		b.written[id] = n
	}
	for _, r := range reads {
		r.statement = id
		b.reads = append(b.reads, r)
	}
}

// confirmation reports a statement that nobody has confirmed, and a confirmation that
// does not say who has, and when.
func (b *builder) confirmation(n *statementNode) {
	name, date := "", ""
	if at := strings.LastIndexByte(n.confirmed.is, ','); at >= 0 {
		name, date = strings.TrimSpace(n.confirmed.is[:at]), strings.TrimSpace(n.confirmed.is[at+1:])
	}
	switch {
	case n.confirmed.is != "" && (name == "" || len(date) != len("2006-01-02") || !graph.IsDate(date)):
		b.add(n.confirmed.at, RuleUnconfirmed, "", "confirmed: expected a name and the day, such as Ada Moss, 2026-12-01, found %q", syntax.Shorten(n.confirmed.is))
	case n.todo.is != "" && n.confirmed.given():
		b.add(n.todo.at, RuleUnconfirmed, "", "the statement is confirmed, and has a todo: take it out, once it is done")
	case n.todo.is != "":
		b.unconfirmed++
		b.add(n.todo.at, RuleUnconfirmed, "", "the statement is still to be confirmed: read it against %s, mend it, and write confirmed: NAME, DATE in place of todo", n.locatorOr("its source"))
	}
}

// locatorOr returns where a statement stands in its source.
func (n *statementNode) locatorOr(other string) string {
	return cmp.Or(n.texts[graph.QualifierLocator].is, other)
}

// keep adds a statement to the data set, unless it is there, which it reports.
func (b *builder) keep(at place, s *graph.Statement) bool {
	if first, twice := b.statements[s.ID]; twice {
		b.add(at, RuleDuplicateStatement, "", "the same statement stands at %s: leave one out, or tell them apart by a key", first)
		return false
	} else if _, foreign := b.things[s.ID]; foreign {
		b.add(at, RuleDuplicateStatement, "", "the same statement stands in N-Quads: leave one out, or tell them apart by a key")
		return false
	}
	b.statements[s.ID] = at
	b.dataset.Statements = append(b.dataset.Statements, *s)
	return true
}

// together checks the concepts of which a statement holds only together with its
// subject.
func (b *builder) together(n *statementNode, with []text) {
	if len(with) == 0 {
		return
	}
	_, known := b.vocabulary.predicates[n.predicate.is]
	p, _ := b.vocabulary.lookup(n.predicate.is, n.set)
	if known && p.reversed {
		b.add(n.predicate.at, RuleEitherKey, "", "%s is the reverse of %s, and with belongs to the subject: write %s, with subject and object exchanged, and the concepts that go together as its subject and under with", n.predicate.is, p.Name, p.Name)
	}
	for _, other := range with {
		thing, ok := b.refer(other, aConcept)
		switch {
		case other.is == n.subject.is || other.is == n.object.is:
			b.add(other.at, RuleEitherKey, "", "with: %s is the subject or the object of this statement: with names the others that go together with the subject", syntax.Shorten(other.is))
		case ok && known && !p.reversed && !allowed(thing.kinds, p.Domain):
			b.wrongKind(other, thing.kinds, "subjects", p, p.Domain, RuleWrongDomain, nil)
		}
	}
}

// unclearStance reports a statement of which it is unclear whether it offers
// something or warns of it.
func (b *builder) unclearStance(q *qualifierNode, s *graph.Statement) {
	p, known := b.vocabulary.predicates[string(s.Predicate)]
	modality := q.texts[graph.QualifierModality]
	switch {
	case !known || modality.is == "":
	case s.Negated && s.Modality == graph.Discouraged:
		b.add(modality.at, RuleUnclearStance, "", deniedAndDiscouraged)
	case p.Caution && s.Modality == graph.Recommended:
		b.add(modality.at, RuleUnclearStance, "", "%s warns, but is recommended: write modality: discouraged, if the source advises against it, or another predicate such as possibleTreatment, if it recommends it", p.Name)
	case p.Offers() && s.Modality == graph.Discouraged:
		// Of what else is discouraged advisedAgainstIn would say something else: that a
		// drug is advised against as a way to prevent a cold, and not in a cold.
		b.add(modality.at, RuleUnclearStance, "", "%s that is discouraged warns: write {subject: %s, predicate: advisedAgainstIn, object: %s, modality: discouraged}", p.Name, s.Object, s.Subject)
	}
}

// frequency reports words of frequency whose numbers cannot be, or say something
// else than the statement does.
//
// A frequency of zero is a denial. Rows are data of others, and read as one; who
// writes YAML is asked to say so.
func (b *builder) frequency(n *statementNode, q *qualifierNode, s *graph.Statement) {
	const rounding = 0.005 // 0.58 for 7/12
	words, value := q.texts[graph.QualifierFrequency], s.Share(graph.QualifierFrequencyValue)
	says, err := graph.ParseFrequency(words.is)
	by, denied := deniedByFrequency(s)
	switch {
	case err != nil:
		b.add(words.at, RuleBadFrequency, "", "frequency: %q cannot be: %v", syntax.Shorten(words.is), err)
	case value < says.Min-rounding || value > says.Max+rounding || value > 0 && graph.IsNever(words.is):
		b.add(q.numbers[graph.QualifierFrequencyValue].at, RuleBadFrequency, "", "frequencyValue: %v contradicts the frequency, %q: leave it out, or mend one of them", value, syntax.Shorten(words.is))
	case n.isRow:
	case denied && by == graph.QualifierFrequencyValue:
		b.add(q.numbers[by].at, RuleUnclearStance, "", "frequencyValue: 0 says that it is so in no case, and the statement that it is so: write negated: true")
	case denied:
		b.add(words.at, RuleUnclearStance, "", "frequency: %q says that it is so in no case, and the statement that it is so: write negated: true", syntax.Shorten(words.is))
	}
}

// properties looks up the predicates of further values that are keys of YAML.
func (b *builder) properties(properties []propertyNode) {
	for i := range properties {
		p := &properties[i]
		if !p.key.given() {
			continue
		}
		prefix, _, _ := strings.Cut(p.key.is, ":")
		if _, known := b.prefixes.Namespace(prefix); !known {
			b.add(p.key.at, RuleUnknownPrefix, "", "the prefix of the key %s is not known: add it under prefixes", syntax.Shorten(p.key.is))
			continue
		}
		iri := b.prefixes.Expand(graph.ID(p.key.is))
		p.predicate = b.prefixes.Compact(iri)
		if q, isQualifier := quads.FieldOf(quad.IRI(iri)).Qualifier(); isQualifier {
			b.add(p.key.at, RuleUnknownKey, q.String(), "%s is a key of the format, which has no prefix", syntax.Shorten(p.key.is))
		} else if !isFurther(iri) {
			b.add(p.key.at, RuleUnknownKey, "", "%s is a word of Plexus and no key of a statement: a further value is of a predicate of your own, with a prefix that you declare under prefixes", syntax.Shorten(p.key.is))
		}
	}
}

// isFurther reports whether a predicate may be that of a further value of a
// statement: one that means nothing else.
func isFurther(iri string) bool {
	_, known := graph.LookupPredicate(graph.NewPrefixes(nil).Compact(iri))
	return !known && quads.FieldOf(quad.IRI(iri)) == quads.NoField && !strings.HasPrefix(iri, graph.KG)
}

// withDefaults returns the qualifiers of a statement with those of its file
// where it has none of its own; an empty text cancels the default.
func (b *builder) withDefaults(own, defaults *qualifierNode) qualifierNode {
	q := *own
	inherit := func(key string, own *text, fallback text) {
		b.blankWithoutDefault(key, own.at, own.blank && !fallback.given())
		*own = own.or(fallback)
	}
	inherit("language", &q.language, defaults.language)
	for _, of := range graph.AllQualifiers() {
		inherit(of.String(), &q.texts[of], defaults.texts[of])
		number, fallback := &q.numbers[of], defaults.numbers[of]
		b.blankWithoutDefault(of.String(), number.at, number.blank && !fallback.given())
		if !number.given() {
			*number = fallback
		}
		if !q.flags[of].given() {
			q.flags[of] = defaults.flags[of]
		}
	}
	return q
}

func (b *builder) blankWithoutDefault(key string, at place, blank bool) {
	if blank {
		b.add(at, RuleEmptyValue, "", "%s: has no value, and there is no default to cancel: leave it out", key)
	}
}

// word looks up a word of a qualifier.
func (b *builder) word(q graph.Qualifier, t text) uint8 {
	if t.is == "" || t.is == notStated {
		return 0
	}
	word, ok := q.Word(t.is)
	if !ok {
		oneOf(b, t, append(slices.Clone(q.Info().Words[1:]), notStated), RuleUnknownModality, q.String())
	}
	return word
}

func modalityWords() []string {
	words := make([]string, 0, len(graph.Modalities())+1)
	for _, m := range graph.Modalities() {
		words = append(words, m.String())
	}
	return words
}

// claim checks subject, predicate and object, and turns them the way the
// predicate runs.
func (b *builder) claim(n *statementNode, q *qualifierNode, s *graph.Statement) {
	b.missing(n.at, n.subject, aStatement, "subject", "")
	b.missing(n.at, n.predicate, aStatement, "predicate", "")
	subject, okSubject := b.refer(n.subject, aConcept)
	object, okObject := b.refer(n.object, aConcept)
	p, known := b.predicate(n)
	if !known {
		if !n.object.given() && !n.value.given() {
			b.add(n.at, RuleMissingKey, "", "this statement has neither object nor value")
		}
		return
	}
	if !b.objectOrValue(n, q, p) {
		return
	}
	from, to := n.subject, n.object
	if p.reversed {
		from, to = to, from
		subject, object, okSubject, okObject = object, subject, okObject, okSubject
	}
	s.Subject, s.Predicate, s.Object = graph.ID(from.is), p.ID, graph.ID(to.is)
	if p.denies {
		if s.Negated {
			b.add(n.predicate.at, RuleUnclearStance, "", "%s says itself that it is not so, and negated says so again: write %s, with negated: true if the source denies it", p.word, p.Name)
		}
		s.Negated = true
	}
	if p.Text {
		s.Value = graph.Value{Text: n.value.is, Language: q.language.is}
	}
	if okSubject && okObject && b.turned(n, q, p, from, to, subject.kinds, object.kinds) {
		s.Subject, s.Object = s.Object, s.Subject
		from, to, subject, object = to, from, object, subject
	}
	if _, stays := b.stays(n); okSubject && okObject && !p.Text && !stays && b.exchanged(n, p, from, to, subject.kinds, object.kinds) {
		return
	}
	if word, stays := b.stays(n); stays && okSubject && okObject && !p.Text &&
		(!allowed(subject.kinds, p.Domain) || !allowed(object.kinds, p.Range) || p.SameKind && !allowed(subject.kinds, object.kinds)) {
		s.Subject, s.Predicate, s.Object, s.Negated = graph.ID(n.subject.is), word, graph.ID(n.object.is), q.flags[graph.QualifierNegated].is
		return
	}
	fits := true
	var fit []string // what fits instead
	if okSubject && okObject && !p.Text {
		fit = b.fitting(b.things[graph.ID(n.subject.is)].kinds, b.things[graph.ID(n.object.is)].kinds)
	}
	if okSubject && !allowed(subject.kinds, p.Domain) {
		b.wrongKind(from, subject.kinds, "subject", p, p.Domain, RuleWrongDomain, fit)
		fits = false
	}
	if okObject && !p.Text && !allowed(object.kinds, p.Range) {
		b.wrongKind(to, object.kinds, "object", p, p.Range, RuleWrongRange, fit)
		fits = false
	}
	if p.SameKind && fits && okSubject && okObject && !allowed(subject.kinds, object.kinds) {
		instead := "use another predicate"
		if len(fit) > 0 {
			instead = "the two can be joined by " + list(fit, "or")
		}
		b.add(n.predicate.at, RuleDifferentKinds, "", "%s joins concepts that share a kind, but %s is %s and %s is %s: %s",
			p.Name, from.is, list(kindWords(subject.kinds), "and"), to.is, list(kindWords(object.kinds), "and"), instead)
	}
}

// turned reports whether a row is to be read the other way round, and warns of it:
// others write what treats, prevents or is contraindicated from either end, and the
// kinds of the ends tell, as they do in RDF.
func (b *builder) turned(n *statementNode, q *qualifierNode, p direction, from, to text, subject, object []graph.Kind) bool {
	if !n.isRow || len(q.lists[graph.QualifierWith]) > 0 || p.EndsOf(subject, object) != graph.EndsExchanged || !allowed(object, p.Domain) || !allowed(subject, p.Range) {
		return false
	}
	b.warning(n.predicate.at, "", RuleTurnedRow, func() (message, suggestion string) {
		return exchangedEnds(from.is, to.is, &p.Predicate, subject, object), "it is read the other way round; exchange them, so that other readers do, too"
	})
	return true
}

// exchanged reports a statement whose subject and object fit its predicate only
// the other way round.
func (b *builder) exchanged(n *statementNode, p direction, from, to text, subject, object []graph.Kind) bool {
	if len(subject) == 0 || len(object) == 0 {
		return false // of an unknown kind
	}
	if allowed(subject, p.Domain) && allowed(object, p.Range) || !allowed(object, p.Domain) || !allowed(subject, p.Range) {
		return false
	}
	b.add(n.predicate.at, RuleWrongDomain, "", "%s", exchangedEnds(from.is, to.is, &p.Predicate, subject, object))
	return true
}

// exchangedEnds says that a statement runs the wrong way.
func exchangedEnds(from, to string, p *graph.Predicate, subject, object []graph.Kind) string {
	return fmt.Sprintf("subject and object look exchanged: %s is %s and %s is %s, but %s goes from %s to %s",
		from, list(kindWords(subject), "and"), to, list(kindWords(object), "and"), p.Name, list(kindWords(p.Domain), "or"), list(kindWords(p.Range), "or"))
}

// predicate looks up the predicate of a statement, however it is written.
func (b *builder) predicate(n *statementNode) (direction, bool) {
	word := n.predicate.is
	if word == "" {
		return direction{}, false
	}
	_, known := b.vocabulary.predicates[word]
	p, several := b.vocabulary.lookup(word, n.set)
	switch {
	case len(several) > 0:
		b.add(n.predicate.at, RuleUnknownPredicate, "", "%q is the name of several predicates: write %s", syntax.Shorten(word), list(several, "or"))
		return p, false
	case known && p.Mapping && !n.isRow:
		b.add(n.predicate.at, RuleMappingStatement, "", "%s is no statement: write it under the codes of the concept", p.Name)
		return p, false
	case known:
		p.word = word
		return p, true
	}
	if n.isRow {
		if p, known := b.foreignWord(n.predicate); known {
			p.word = word
			return p, true
		}
	}
	if q, is := qualifiersMeant[squeezed(word)]; is {
		b.add(n.predicate.at, RuleUnknownPredicate, "", "unknown predicate %q: it belongs to another statement, as its key %s", syntax.Shorten(word), q)
		return p, false
	}
	near := cmp.Or(b.predicateMeant(word), nearestWord(word, b.vocabulary.predicateWords, schemaorg.Property))
	if near == "" {
		b.add(n.predicate.at, RuleUnknownPredicate, "", "unknown predicate %q: declare it under predicates, if none that Plexus knows means the same", syntax.Shorten(word))
		return p, false
	}
	b.add(n.predicate.at, RuleUnknownPredicate, near, "unknown predicate %q", syntax.Shorten(word))
	return p, false
}

// objectOrValue reports an object where a value belongs, the other way round,
// both, or neither.
func (b *builder) objectOrValue(n *statementNode, q *qualifierNode, p direction) bool {
	switch object, value := n.object, n.value; {
	case object.given() && value.given():
		b.add(value.at, RuleEitherKey, "", "object and value exclude each other")
	case p.Text && object.given():
		b.add(object.at, RuleObjectOrValue, "", "%s gives a text: write value, not object", p.Name)
	case !p.Text && value.given():
		b.add(value.at, RuleObjectOrValue, "", "%s joins two concepts: write object, not value", p.Name)
	case p.Text && b.missing(n.at, value, aStatement, "value", p.Name+" gives a text"):
	case !p.Text && b.missing(n.at, object, aStatement, "object", p.Name+" joins two concepts"):
	case n.language.is != "" && !p.Text:
		b.add(n.language.at, RuleObjectOrValue, "", "language is that of a value, and this statement has an object")
	case p.Text && q.language.is != "" && !isLanguage(q.language.is):
		b.add(q.language.at, RuleBadLanguage, languagesMeant[squeezed(q.language.is)], "%q is not a language tag such as en or pt-BR", syntax.Shorten(q.language.is))
	default:
		return true
	}
	return false
}

func (b *builder) wrongKind(ref text, kinds []graph.Kind, role string, p direction, want []graph.Kind, rule Rule, fit []string) {
	reversed := ""
	if p.reversed {
		reversed = " (" + p.word + " is its reverse)"
	}
	if len(fit) > 0 { // a type would often be a lie: a disease is no therapy
		b.add(ref.at, rule, "", "%s is %s, but the %s of %s%s must be %s: the two can be joined by %s",
			ref.is, list(kindWords(kinds), "and"), role, p.Name, reversed, list(kindWords(want), "or"), list(fit, "or"))
		return
	}
	entry := ""
	if b.things[graph.ID(ref.is)].at.file == "" { // RDF describes it
		entry = fmt.Sprintf(" (in YAML, under concepts: {id: %q, types: [%s]})", ref.is, typeFor(want[0]))
	}
	b.add(ref.at, rule, "", "%s is %s, but the %s of %s%s must be %s: use another predicate or, only if it is %s too, give %s the type %s%s",
		ref.is, list(kindWords(kinds), "and"), role, p.Name, reversed, list(kindWords(want), "or"),
		list(kindWords(want), "or"), ref.is, list(typeNames(want), "or"), entry)
}

// allowed reports whether a concept of these kinds may stand where the wanted
// ones may; where none is wanted, any may, and so may one of unknown kind.
func allowed(kinds, wanted []graph.Kind) bool {
	return len(wanted) == 0 || len(kinds) == 0 || overlap(kinds, wanted)
}

func overlap(a, b []graph.Kind) bool {
	for _, k := range a {
		for _, other := range b {
			if k == other {
				return true
			}
		}
	}
	return false
}

// evidence checks who says a statement, and where.
func (b *builder) evidence(n *statementNode, q *qualifierNode) {
	// An empty source or locator cancels the default and leaves none.
	says, in := q.texts[graph.QualifierSource], q.texts[graph.QualifierSection]
	b.missing(n.at, unlessBlank(says), aStatement, "source", "an article, a data set or a curator")
	if !n.isRow || b.things[graph.ID(says.is)].class != aDataset { // a row of a table is its own place in a data set
		b.missing(n.at, unlessBlank(q.texts[graph.QualifierLocator]), aStatement, "locator", "where in the source it stands, such as L3.S1")
	}
	if code := q.texts[graph.QualifierEvidenceCode]; code.is != "" && !isEvidenceCode(code.is) {
		b.add(code.at, RuleBadEvidenceCode, "", "%q is not an evidence code: ECO: and seven digits, such as ECO:0000303", syntax.Shorten(code.is))
	}
	if level := q.texts[graph.QualifierUrgencyLevel]; level.is != "" && level.is != notStated &&
		q.texts[graph.QualifierUrgencyScale].is == "" && b.things[graph.ID(says.is)].class != aCurator {
		b.add(level.at, RuleUnscaledUrgency, "", "urgencyLevel: nothing says by which scale of %s it is %s: name the scale that the source defines under urgencyScale, or state the level in a statement whose source is a curator", syntax.Shorten(says.is), level.is)
	}
	source, okSource := b.refer(says, anArticle, aDataset, aCurator)
	section, okSection := b.refer(in, aSection)
	if !okSource || !okSection {
		return
	}
	switch {
	case source.class == anArticle && section.of != graph.ID(says.is):
		b.add(in.at, RuleWrongSection, "", "%s is a section of %s, but the source is %s", in.is, section.of, says.is)
	case source.class == aDataset:
		b.add(in.at, RuleWrongSection, "", "%s is a section of %s, but the source is the data set %s: leave it out, or cancel the default with section: \"\"", in.is, section.of, says.is)
	}
}

func unlessBlank(t text) text {
	if t.blank {
		return text{}
	}
	return t
}

// deniedAndDiscouraged is what is wrong with a statement that is both.
const deniedAndDiscouraged = "negated and discouraged: write negated: true, if the source says that it is not so, or modality: discouraged, if it advises against it"
