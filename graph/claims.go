package graph

import (
	"slices"
	"strings"
)

// Caveats are the reasons why the claim of a statement, told without its record,
// says more than the statement does: a set.
type Caveats uint8

// The caveats.
const (
	// Limited: a qualifier narrows it, such as a stage or a frequency.
	Limited Caveats = 1 << iota
	// Doubted: the source does not assert it, but thinks it possible, suspects it,
	// or advises it.
	Doubted
	// Inferred: a curator derived it from what sources say.
	Inferred
	// Noted: a note or a further value of the record may limit it.
	Noted
)

// CaveatsOf returns the caveats of a statement that a source of this kind makes.
// What it is against the claim is its stance ([StanceOf]).
func CaveatsOf(s *Statement, by SourceKind) (all Caveats) {
	for q := range NumQualifiers {
		if q != QualifierNegated && q.Info().Limits && s.Qualifier(q) != "" {
			all |= Limited
			break
		}
	}
	if s.Modality != ModalityNotStated && s.Modality != Asserted {
		all |= Doubted
	}
	if by == CuratorSource {
		all |= Inferred
	}
	if s.Note != "" || len(s.Properties) > 0 {
		all |= Noted
	}
	return all
}

// Marks says in a few words each what a drawing shows beside the claim of a
// statement that a source of this kind makes, so that it says no more than the
// statement: a denial first, how the source commits itself, what limits it, in words
// of others too, whether it is inferred, and a note. Things have the names that name
// gives.
func (s *Statement) Marks(by SourceKind, prefixes Prefixes, name func(ID) string) []string {
	var marks []string
	if s.Negated {
		marks = append(marks, "denied")
	}
	switch {
	case s.Modality == ModalityNotStated:
		marks = append(marks, "no modality stated")
	case s.Modality != Asserted || !s.Negated:
		marks = append(marks, s.Modality.String())
	}
	for q := range NumQualifiers {
		said := s.Qualifier(q)
		if info := q.Info(); said == "" || q == QualifierNegated || !info.Limits && q != QualifierNote {
			continue
		} else if info.Type == RefQualifier {
			said = name(ID(said))
		} else if info.Type == ListQualifier {
			said = joined(*s.List(q), name)
		}
		marks = append(marks, q.String()+": "+said)
	}
	for i := range s.Properties {
		if name, limits := s.Properties[i].MayLimit(prefixes); limits {
			marks = append(marks, name+": "+s.Properties[i].Value.Text)
		}
	}
	if by == CuratorSource {
		marks = append(marks, "inferred by a curator")
	}
	return marks
}

// joined returns the names of things as one text.
func joined(ids []ID, name func(ID) string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = name(id)
	}
	return strings.Join(names, ", ")
}

// bookkeeping are the vocabularies by which records say where a statement comes
// from, and not how far it goes.
var bookkeeping = [...]string{
	SchemaOrg, SKOS, RDF, RDFS, OWL, PROV, KG, Biolink, "http://purl.org/dc/", "http://www.geneontology.org/formats/oboInOwl#", "http://www.w3.org/ns/dcat#",
	"http://xmlns.com/foaf/", "http://purl.org/pav/",
}

// MayLimit reports whether a further value of a statement's record may limit the
// claim, so that sentences tell it, and by which name: a qualifier or a count of the
// Biolink Model (disease_context_qualifier, has_count), what changes how the claim is
// read ([ReadingOf]), or a word of the data set's own.
func (p *Property) MayLimit(prefixes Prefixes) (name string, limits bool) {
	iri := recordIRI(p.Predicate, prefixes)
	slot, isBiolink := strings.CutPrefix(iri, Biolink)
	limits = ReadingOf(p, prefixes) != ReadPlainly || strings.HasSuffix(iri, "_qualifier") ||
		isBiolink && (slot == "predicate" || strings.HasPrefix(slot, "has_count") || strings.HasPrefix(slot, "has_total") || slot == "has_percentage" || slot == "has_quotient") ||
		!slices.ContainsFunc(bookkeeping[:], func(namespace string) bool { return strings.HasPrefix(iri, namespace) })
	return strings.ReplaceAll(iriName(iri), "_", " "), limits
}

// Claimed is what all statements of one claim come to, whatever their sources.
type Claimed struct {
	Stance  Stance
	Caveats Caveats
}

// IsPlain reports whether the claim may stand without its statements: none denies
// it, advises against it or warns of what it offers, and none has a caveat.
func (c Claimed) IsPlain() bool { return c == Claimed{Stance: Supports} }

// Claims knows the claims of a data set.
type Claims struct {
	predicates map[ID]*Predicate
	sources    map[ID]SourceKind
	// notPlain has the claims of which some statement is not plain.
	notPlain map[claim]Claimed
}

// claim is what a statement says without its record.
type claim struct {
	subject, predicate, object ID
	value                      Value
}

// NewClaims looks at all statements of a normalized data set, which must not
// change afterwards.
func NewClaims(ds *Dataset) *Claims {
	c := &Claims{predicates: map[ID]*Predicate{}, sources: map[ID]SourceKind{}, notPlain: map[claim]Claimed{}}
	sum := Summarize(ds)
	for i := range sum.Predicates {
		c.predicates[sum.Predicates[i].ID] = &sum.Predicates[i].Predicate
	}
	for i := range ds.Sources {
		c.sources[ds.Sources[i].ID] = ds.Sources[i].Kind
	}
	warns := map[ID][]Follow{}
	for i := range sum.Predicates {
		warns[sum.Predicates[i].ID] = sum.Warns(PredicateRef(i))
	}
	for _, plain := range []bool{false, true} { // first the claims, then who else makes them
		for i := range ds.Statements {
			s := &ds.Statements[i]
			if !s.Counts() {
				continue
			}
			own, claim := c.Own(s), c.claim(s)
			of, known := c.notPlain[claim]
			if own.IsPlain() == plain && (known || !plain) {
				c.notPlain[claim] = Claimed{of.Stance | own.Stance, of.Caveats | own.Caveats}
			}
			if follow := warns[s.Predicate]; !plain && own.Stance == Supports && s.Object != "" {
				c.warn(s, follow, &sum)
			}
		}
	}
	return c
}

// warn adds what a warning says against the claims that offer what it warns of.
func (c *Claims) warn(s *Statement, follow []Follow, sum *Summary) {
	for _, f := range follow {
		offer := Statement{Subject: s.Subject, Predicate: sum.Predicates[f.Predicate].ID, Object: s.Object}
		if f.Incoming {
			offer.Subject, offer.Object = s.Object, s.Subject
		}
		of := c.notPlain[c.claim(&offer)]
		of.Stance |= Discourages
		c.notPlain[c.claim(&offer)] = of
	}
}

// claim returns the claim of a statement; that of a symmetric relation is one
// from both ends.
func (c *Claims) claim(s *Statement) claim {
	of := claim{s.Subject, s.Predicate, s.Object, s.Value}
	if c.predicates[s.Predicate].Symmetric && s.Object != "" && s.Object < s.Subject {
		of.subject, of.object = of.object, of.subject
	}
	return of
}

// Own returns what one statement of the data set comes to by itself: nothing, if it
// does not count ([Statement.Counts]).
func (c *Claims) Own(s *Statement) Claimed {
	if !s.Counts() {
		return Claimed{}
	}
	return Claimed{StanceOf(c.predicates[s.Predicate], s.Modality, s.Negated), CaveatsOf(s, c.sources[s.Source])}
}

// All returns what all statements of the claim of a statement come to that count,
// of which it is one.
func (c *Claims) All(s *Statement) Claimed {
	if all, known := c.notPlain[c.claim(s)]; known {
		return all
	}
	return Claimed{Stance: Supports}
}
