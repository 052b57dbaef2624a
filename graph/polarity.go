package graph

import "slices"

// Stance is what one statement says of the claim that it makes: a set of one.
// The stances of several statements are one set, which [Stance.Answer] sums up.
type Stance uint8

// The stances.
const (
	// Supports: the source holds the claim, however firmly.
	Supports Stance = 1 << iota
	// Denies: the source states that it is not so.
	Denies
	// Discourages: the source advises against what a predicate that is no caution
	// offers.
	// That is advice, and never reads as "it does not work".
	Discourages
	// Unclear: what the statement says contradicts its predicate (a caution that is
	// recommended). It is shown, and counts neither for the claim nor against it.
	Unclear

	// AnyStance is the set of all.
	AnyStance = Supports | Denies | Discourages | Unclear
)

// StanceOf returns the stance of a statement. Where a reading is unsure,
// cautions stay and treatments go: what is denied and discouraged at once is
// discouraged.
func StanceOf(p *Predicate, m Modality, negated bool) Stance {
	switch {
	case !p.Caution && m == Discouraged:
		return Discourages
	case negated:
		return Denies
	case p.Caution && m == Recommended:
		return Unclear
	default:
		return Supports
	}
}

// Answer is what a set of statements of one claim comes to.
type Answer uint8

// The answers.
const (
	// NotStated: nobody says so, which is not a no.
	NotStated Answer = iota
	// Stated: the claim is held, and nobody speaks against it.
	Stated
	// NegatedAnswer: it is denied, and nobody holds it; some may advise against it.
	NegatedAnswer
	// DiscouragedAnswer: it is advised against, and nobody holds or denies it.
	DiscouragedAnswer
	// Conflicting: some hold it, others deny it or advise against it.
	Conflicting
)

// Answer returns what statements of these stances come to together.
func (all Stance) Answer() Answer {
	against := all & (Denies | Discourages)
	switch {
	case all&Supports != 0 && against != 0:
		return Conflicting
	case all&Supports != 0:
		return Stated
	case all&Denies != 0:
		return NegatedAnswer
	case all&Discourages != 0:
		return DiscouragedAnswer
	default:
		return NotStated
	}
}

// Holding returns the stances of which one statement is enough to hold a link
// or a value in a list. Denials and what is advised against do not hold it,
// unless they are asked for: all by negated, denials by a filter that names
// negation, advice against by one that asks for the modality discouraged.
func Holding(f *Filter, negated bool) Stance {
	if negated {
		return AnyStance
	}
	holding := Supports | Unclear
	if f.Asks(QualifierNegated) {
		holding |= Denies
	}
	if f.includes(QualifierModality, uint8(Discouraged)) {
		holding |= Discourages
	}
	return holding
}

// includes reports whether a filter asks for a word of a qualifier; what it
// excludes it does not ask for.
func (f *Filter) includes(q Qualifier, word uint8) bool {
	if f == nil {
		return false
	}
	for i := range f.Where {
		if c := &f.Where[i]; c.Qualifier == q {
			for _, w := range c.Words {
				if w == word {
					return true
				}
			}
		}
	}
	for _, parts := range [][]Filter{f.And, f.Or} {
		for i := range parts {
			if parts[i].includes(q, word) {
				return true
			}
		}
	}
	return false
}

// Follow is a predicate that is followed one way.
type Follow struct {
	Predicate PredicateRef
	Incoming  bool
}

// CautionsOf returns how the discouraging statements of predicates that are no cautions
// are found from one end: from the treatment or test that is advised against
// (forAction), or from the condition in which it is. A predicate that says
// neither end is followed both ways: a caution must not get lost.
func (s *Summary) CautionsOf(forAction bool) []Follow {
	var follow []Follow
	for i := range s.Predicates {
		p := &s.Predicates[i]
		if p.Caution || p.Statements == 0 || p.Text {
			continue
		}
		ref := PredicateRef(i)
		subject, object := p.action()
		switch {
		case p.Symmetric:
			follow = append(follow, Follow{ref, false})
			continue
		case object: // from a condition to what is done
			follow = append(follow, Follow{ref, forAction})
		}
		if subject {
			follow = append(follow, Follow{ref, !forAction})
		}
	}
	return follow
}

// offers are the relations that offer their object, a treatment or test, for the
// subject: who warns of the one in the other contradicts them.
var offers = []ID{PredicatePossibleTreatment, PredicateTypicalTest, PredicateRecommendedCare}

// Offers reports whether a claim of the predicate offers its object, a treatment or
// test, for the subject.
func (p *Predicate) Offers() bool { return slices.Contains(offers, p.ID) }

// Warns returns the predicates whose claims a claim of this one speaks against: a
// caution against those that offer what it warns of. Incoming says that subject
// and object change places.
func (s *Summary) Warns(of PredicateRef) []Follow {
	p := &s.Predicates[of].Predicate
	if !p.Caution || p.Text {
		return nil
	}
	var warns []Follow
	subject, object := p.action()
	for _, id := range offers {
		offer, known := s.Predicate(id)
		if known && object {
			warns = append(warns, Follow{offer, false})
		}
		if known && subject {
			warns = append(warns, Follow{offer, true})
		}
	}
	return warns
}

// Warners returns the predicates that warn of what others offer ([Predicate.Offers]),
// by the end of the offer from which they lead to the other one: its subject, or its
// object.
func (s *Summary) Warners() (subject, object []PredicateRef) {
	for i := range s.Predicates {
		p := PredicateRef(i)
		for _, f := range s.Warns(p) {
			if f.Incoming {
				object = append(object, p)
			} else {
				subject = append(subject, p)
			}
		}
	}
	return slices.Compact(subject), slices.Compact(object)
}

// action reports whether the subject and whether the object may be what is done:
// one of them, where the predicate says which, or else both.
func (p *Predicate) action() (subject, object bool) {
	subject, object = acts(p.Domain), acts(p.Range)
	return subject || !object, object || !subject
}

// Ends is how the kinds of both ends of a claim fit its predicate.
type Ends uint8

// The ways to fit.
const (
	// EndsFit: nothing speaks against the claim as it is written.
	EndsFit Ends = iota
	// EndsExchanged: they fit only the other way round.
	EndsExchanged
	// EndsUnknown: nothing is known of the kinds.
	EndsUnknown
	// EndsUnfit: both are what is done, or neither is.
	EndsUnfit
)

// EndsOf returns which way a claim of the predicate runs between things of
// these kinds, where one end is what is done, a treatment or test, and the other is
// not: people write contraindications, preventions and indications from either end.
func (p *Predicate) EndsOf(subject, object []Kind) Ends {
	subjectActs, objectActs := p.action()
	if subjectActs == objectActs {
		return EndsFit
	}
	// 1 is something that is done, -1 something else, 0 unknown.
	is := func(kinds []Kind) int {
		switch {
		case slices.Contains(kinds, Treatment) || slices.Contains(kinds, Test):
			return 1
		case len(kinds) == 0 || slices.Contains(kinds, OtherConcept):
			return 0
		default:
			return -1
		}
	}
	switch s, o := is(subject), is(object); {
	case s == 0 && o == 0:
		return EndsUnknown
	case s == o:
		return EndsUnfit
	case s > o != subjectActs:
		return EndsExchanged
	default:
		return EndsFit
	}
}

// acts reports whether all of the kinds are things that are done.
func acts(kinds []Kind) bool {
	for _, k := range kinds {
		if k != Treatment && k != Test {
			return false
		}
	}
	return len(kinds) > 0
}
