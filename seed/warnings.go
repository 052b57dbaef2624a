package seed

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/join"
)

// doubt is a warning of a concept or statement whose place is not known yet.
type doubt struct {
	about  graph.ID
	rule   Rule
	say    says
	accept *acceptance // nil: it is told
}

// says returns the message of a warning and what to do. Of data that others
// made most warnings are only counted, so they are not put into words before.
type says func() (message, suggestion string)

// warn warns of what is doubtful about the data. What would only be a
// consequence of errors is not told beside them. The error is the context's.
func (b *builder) warn(ctx context.Context) error {
	for i := range b.dataset.Statements {
		b.lostHedge(&b.dataset.Statements[i])
		b.untracedNumber(&b.dataset.Statements[i])
	}
	b.mangledValues()
	b.readings()
	b.supersededClaims()
	b.deprecatedConcepts()
	b.unclearLicenses()
	b.licenseConflicts()
	found := join.Find(b.dataset)
	b.sharedCodes(found)
	b.sharedLabels(found)
	b.contradictoryMatches(found)
	b.circles()
	if b.faults == 0 {
		b.loose()
	}
	at, err := b.originsOf(ctx, b.doubts)
	if err != nil {
		return err
	}
	for _, d := range b.doubts {
		if d.accept != nil {
			b.problems.accept(at[d.about], d.rule, d.say, d.accept.reason.is)
		} else {
			b.warning(at[d.about].place, at[d.about].pointer, d.rule, d.say)
		}
	}
	b.compare()
	b.unusedAcceptances()
	for rule, n := range b.doubtful {
		if most := b.limit("", rule); n > most && len(b.origins) == 1 {
			b.warnings[warned{b.origins[0].name, rule}] += n - most
		}
	}
	return nil
}

// doubt warns at the place of a concept or statement, unless the place is known
// better. Of those in RDF the places are found later. If there is but one file
// of RDF, what will only be counted there is not kept till then.
func (b *builder) doubt(about graph.ID, at place, rule Rule, say says) {
	if b.isKnown(about, at) {
		return
	}
	if at.file == "" {
		at = b.statements[about]
	}
	if at.file == "" {
		at = b.things[about].at
	}
	accept := b.acceptance(rule, about, at)
	switch {
	case at.file != "" && accept != nil:
		b.problems.accept(spot{place: at}, rule, say, accept.reason.is)
		return
	case at.file != "":
		b.warning(at, "", rule, say)
		return
	case accept != nil:
		b.doubts = append(b.doubts, doubt{about, rule, say, accept})
		return
	}
	if b.doubtful[rule]++; b.doubtful[rule] <= b.limit("", rule) || len(b.origins) != 1 {
		b.doubts = append(b.doubts, doubt{about, rule, say, nil})
	}
}

// lostHedge warns of a claim without a modality, where the predicate is mostly
// said with a hedge; modality: not-stated says that there is none.
func (b *builder) lostHedge(s *graph.Statement) {
	if s.Modality != graph.ModalityNotStated || b.notStated[s.ID] {
		return
	}
	if p, known := b.vocabulary.predicates[string(s.Predicate)]; !known || p.ID != s.Predicate || !p.Hedged {
		return
	}
	b.doubt(s.ID, place{}, RuleLostHedge, func() (message, suggestion string) {
		message = "the statement " + b.claimed(s) + " has no modality"
		if _, written := b.statements[s.ID]; !written {
			return message, "where the source says how firm it is, add a kg:modality; else it stays not stated"
		}
		return message, "write how the source says it (" + list(modalityWords(), "or") + "), or modality: " + notStated + " if it does not"
	})
}

// claimed tells a statement in three words.
func (b *builder) claimed(s *graph.Statement) string {
	predicate := graph.DescribePredicate(s.Predicate, b.prefixes)
	if p, known := b.vocabulary.predicates[string(s.Predicate)]; known && p.ID == s.Predicate {
		predicate = p.Predicate
	}
	object := string(s.Object)
	if object == "" {
		object = `"` + syntax.Shorten(s.Value.Text) + `"`
	}
	return string(s.Subject) + " " + predicate.Name + " " + object
}

// untracedNumber warns of a number that nobody can look up: a curator has no
// numbers of their own, and in a source it has a place.
func (b *builder) untracedNumber(s *graph.Statement) {
	because, advice := "", ""
	said := graph.QualifierFrequencyValue
	if s.FrequencyValue == nil {
		said = graph.QualifierFrequency
	}
	f := graph.FrequencyOf(s.Frequency, s.Share(graph.QualifierFrequencyValue))
	switch {
	case math.IsNaN(f.Min) && math.IsNaN(f.Max):
		return
	case s.Source == "":
		because, advice = "no source", "give the source of the number"
	case b.things[s.Source].class == aCurator:
		because, advice = "no source but the curator "+string(s.Source), "give the source of the number, or leave "+said.String()+" out"
	case s.Locator == "" && s.Section == "" && s.Frequency == "" && s.EvidenceCode == "" && len(s.Properties) == 0:
		because, advice = "nothing says where in "+string(s.Source)+" it stands", "give a locator"
	default:
		return
	}
	b.doubt(s.ID, place{}, RuleUntracedNumber, func() (message, suggestion string) {
		return "the statement " + b.claimed(s) + " has a number (" + said.String() + "), but " + because, advice
	})
}

// readings tells how claims were read for words of others, and for a frequency of
// zero.
func (b *builder) readings() {
	for _, r := range b.reads {
		rule := RuleRecordWord
		if r.Reading == graph.ReadDenied {
			rule = RuleZeroFrequency
		}
		b.doubt(r.statement, place{}, rule, func() (message, suggestion string) {
			name, _ := r.By.MayLimit(b.prefixes)
			says := "the statement " + string(r.statement) + ` says ` + name + ` "` + syntax.Shorten(r.By.Value.Text) + `", `
			switch {
			case r.contradicts != "":
				return says + r.contradicts, "say which is meant"
			case r.Reading == graph.ReadDenied:
				return says + "that it is so in no case, and is read as a denial", "say negated, so that other readers know it, too"
			case r.Reading == graph.ReadRetracted:
				return says + "and counts as retracted", "leave it out, or say retracted, with the date"
			case r.Reading == graph.ReadDiscouraged:
				return says + "and is read as advice against it (modality discouraged)", "say the modality, so that other readers know it, too"
			case r.Reading == graph.ReadSuspected:
				return says + "and is read as suspected, no more, by what it says", "say the modality, so that other readers know it, too"
			case r.Reading == graph.ReadPossible:
				return says + "and is read as possible, no more", "say the modality, so that other readers know it, too"
			default:
				return says + "so that its claim is another than its subject, predicate and object say: it is read as " + graph.DescribePredicate(r.predicate, b.prefixes).Name,
					"say it with a predicate that means all of it, declared under predicates if there is none"
			}
		})
	}
}

// sharedCodes warns of exact codes that several concepts have and none has as its
// id: as an id, such a code finds none of them.
func (b *builder) sharedCodes(found *join.Result) {
	ids := make(map[graph.ID]bool, len(b.dataset.Concepts))
	for i := range b.dataset.Concepts {
		ids[b.dataset.Concepts[i].ID] = true
	}
	for i := range b.dataset.Concepts {
		c := &b.dataset.Concepts[i]
		for _, code := range c.Codes {
			first := b.codes[code.Code]
			if code.Match != graph.MatchExact || first == c.ID || ids[code.Code] || found.AreOne(first, c.ID) || found.AreTwo(first, c.ID) {
				continue
			}
			about, other := c.ID, first
			if b.isKnown(about, b.codePlaces[coded{about, code.Code}]) {
				about, other = other, about
			}
			b.doubt(about, b.codePlaces[coded{about, code.Code}], RuleSharedCode, func() (message, suggestion string) {
				return string(other) + " and " + string(about) + " share the exact code " + string(code.Code) + ", which therefore finds neither",
					"if they are not the same, give one of them a looser match (close, broad, narrow, related)"
			})
		}
	}
}

// sharedLabels warns of names and exact synonyms that two concepts of a kind
// have in the same language, but are not one thing.
func (b *builder) sharedLabels(found *join.Result) {
	type label struct {
		kind           graph.Kind
		text, language string
	}
	first := map[label]graph.ID{}
	for i := range b.dataset.Concepts {
		c := &b.dataset.Concepts[i]
		kind := b.kindsOf(c.Types)[0]
		told := map[graph.ID]bool{c.ID: true}
		check := func(text, language string) {
			l := label{kind, strings.ToLower(strings.ToUpper(text)), language}
			other, taken := first[l]
			if !taken {
				first[l] = c.ID
			}
			if !taken || told[other] || found.AreOne(other, c.ID) {
				return
			}
			told[other] = true
			about := c.ID
			if b.isKnown(about, place{}) {
				about, other = other, about
			}
			b.doubt(about, place{}, RuleSharedLabel, func() (message, suggestion string) {
				return string(other) + " and " + string(about) + " are both " + kindWords([]graph.Kind{kind})[0] + ` called "` + syntax.Shorten(text) + `"`,
					"join them, or rename one so that readers can tell them apart"
			})
		}
		for _, t := range c.Names {
			check(t.Text, t.Language)
		}
		for _, s := range c.Synonyms {
			if s.Scope == graph.ScopeExact {
				check(s.Text, s.Language)
			}
		}
	}
}

// contradictoryMatches warns of exact matches that would make two things one.
func (b *builder) contradictoryMatches(found *join.Result) {
	for _, refused := range found.Refusals {
		if refused.Evidence == join.ByCode || refused.Reason == graph.RefusedLimited { // RuleSharedCode tells of codes, the source of limits
			continue
		}
		var rule Rule
		because := ""
		switch refused.Reason {
		case graph.RefusedDenied:
			rule, because = RuleDeniedMatch, "a source says that %s are not the same"
		case graph.RefusedKinds:
			rule, because = RuleMatchKinds, "%s have no kind in common"
		case graph.RefusedOneVocabulary:
			rule, because = RuleMatchVocabulary, "%s have two ids of one vocabulary, and would be one thing"
		case graph.RefusedOneDataset:
			rule, because = RuleMatchDataset, "%s are described by one data set as two things"
		case graph.RefusedTogether:
			rule, because = RuleMatchTogether, "%s are told apart by a statement"
		case graph.RefusedCircle:
			rule, because = RuleMatchCircle, "the hierarchy would run in a circle if %s were one"
		}
		about, other := refused.A, refused.B
		if b.codePlaces[coded{other, about}].file != "" {
			about, other = other, about
		}
		at := b.codePlaces[coded{about, other}]
		switch {
		case !b.isKnown(about, at):
		case !b.isKnown(other, place{}):
			about, other, at = other, about, place{}
		case slices.ContainsFunc(refused.Sources, func(s graph.ID) bool { return !b.known.sources[s] }): // of two that are known
			at = place{file: b.originOf(refused.Sources)}
		}
		b.doubt(about, at, rule, func() (message, suggestion string) {
			they := string(refused.Between[0]) + " and " + string(refused.Between[1])
			if refused.Between == [2]graph.ID{refused.A, refused.B} {
				they = "they"
			}
			return fmt.Sprintf("%s and %s are matched exactly, but "+because, about, other, they),
				"if they are not the same, match them more loosely (close, broad, narrow, related)"
		})
	}
}

// licenseConflicts warns of data sets that nobody may share together.
func (b *builder) licenseConflicts() {
	for _, c := range b.dataset.LicenseConflicts() {
		about, other := c.B, c.A
		if b.known.sources[about.ID] {
			about, other = other, about
		}
		if b.known.sources[about.ID] {
			continue
		}
		at := b.things[about.ID].at
		if at.file == "" && len(b.origins) > 0 {
			at.file = b.originOf([]graph.ID{about.ID})
		}
		b.doubt(about.ID, at, RuleLicenseConflict, func() (message, suggestion string) {
			return fmt.Sprintf("the licenses of %s (%s) and %s (%s) do not go together: %s", about.ID, about.License, other.ID, other.License, c.Because),
				"leave one of them out, or accept the warning if you have leave"
		})
	}
}

// loose warns of concepts that nothing joins, and of symptoms without anything
// that may be behind them; nothing more is said of what is deprecated.
func (b *builder) loose() {
	joined, explained := map[graph.ID]bool{}, map[graph.ID]bool{}
	for i := range b.dataset.Statements {
		s := &b.dataset.Statements[i]
		for id := range s.Concepts() {
			joined[id] = true
		}
		if s.Negated {
			continue
		}
		switch s.Predicate {
		case graph.PredicateCause, graph.PredicateMayIndicate:
			explained[s.Subject] = true
			for _, id := range s.With {
				explained[id] = true
			}
		case graph.PredicateSignOrSymptom:
			explained[s.Object] = true
		}
	}
	for i := range b.dataset.Concepts {
		switch c := &b.dataset.Concepts[i]; {
		case c.Deprecated:
		case !joined[c.ID] && len(c.Sections) == 0:
			b.doubt(c.ID, place{}, RuleOrphanConcept, func() (message, suggestion string) {
				return "no statement joins " + string(c.ID) + ", and no section mentions it",
					"write a statement about it, name the sections that mention it, or leave it out"
			})
		case b.kindsOf(c.Types)[0] == graph.Symptom && !explained[c.ID]:
			b.doubt(c.ID, place{}, RuleSymptomWithoutCause, func() (message, suggestion string) {
				return "nothing says what may be behind the symptom " + string(c.ID) + ": no cause, no condition of which it is a sign, none that it may indicate",
					"where the source names one, add a statement (cause, signOrSymptom or mayIndicate)"
			})
		}
	}
}

// unclearLicenses warns of licenses in words: nobody can tell what goes together with
// them.
func (b *builder) unclearLicenses() {
	look := func(s *sourceNode) {
		license := s.details[graph.SourceLicense]
		if name := license.is; strings.ContainsAny(name, " \t") && !strings.Contains(name, "://") && !strings.Contains(name, "TODO") &&
			!strings.Contains(name, " OR ") && !strings.Contains(name, " AND ") && !strings.Contains(name, " WITH ") {
			b.doubt(graph.ID(s.id.is), license.at, RuleUnclearLicense, func() (message, suggestion string) {
				if near := spdx(name); near != "" {
					return fmt.Sprintf("license: %q is no identifier", syntax.Shorten(name)), "write " + near + ", if it is that one"
				}
				return fmt.Sprintf("license: %q is no identifier", syntax.Shorten(name)), "write that of SPDX (CC0-1.0, CC-BY-4.0), the address of the license or, if it has neither, LicenseRef- and a name of your own"
			})
		}
	}
	for i := range b.documents {
		doc := &b.documents[i]
		for j := range doc.datasets {
			look(&doc.datasets[j].sourceNode)
		}
		for j := range doc.sources {
			look(&doc.sources[j])
		}
		for j := range doc.articles {
			look(&doc.articles[j].sourceNode)
		}
	}
}

// spdx returns the identifier that words for a license of Creative Commons mean,
// empty if they name no version or another license.
func spdx(words string) string {
	s := strings.ToLower(words)
	if strings.HasPrefix(s, "cc0") || strings.HasPrefix(s, "cc 0") || strings.Contains(s, "creative commons zero") {
		return "CC0-1.0"
	}
	version := ""
	for _, v := range []string{"4.0", "3.0", "2.5", "2.0"} {
		if strings.Contains(s, v) {
			version = v
		}
	}
	if version == "" || !strings.HasPrefix(s, "cc ") && !strings.HasPrefix(s, "cc-") && !strings.Contains(s, "creative commons") {
		return ""
	}
	parts := []string{"CC", "BY"}
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
	}
	if has("nc", "noncommercial", "non-commercial") {
		parts = append(parts, "NC")
	}
	if has("-sa", " sa", "sharealike", "share-alike", "share alike") {
		parts = append(parts, "SA")
	}
	if has("-nd", " nd", "noderiv", "no deriv") {
		parts = append(parts, "ND")
	}
	return strings.Join(append(parts, version), "-")
}
