package graph

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Frequency is how often, in numbers: shares between 0 and 1, NaN for what the
// source does not give. A bound that the source excludes ("more than 1 in 10") is
// the number all the same: that it is excluded, its words say.
type Frequency struct {
	Value    float64 // one number, neither a range nor a bound
	Min, Max float64 // both Value, where there is one
	// Cases is how many cases were counted, the 12 of "7/12"; 0 where the number is no
	// count ("1 in 10" is none).
	Cases float64
}

// FrequencyTerm is a term of the Human Phenotype Ontology for how often.
type FrequencyTerm struct {
	ID, Name string
	Min, Max float64
}

// frequencyTerms are the terms below HP:0040279 (Frequency), with the shares of
// cases in their definitions (http://purl.obolibrary.org/obo/hp.owl).
var frequencyTerms = [...]FrequencyTerm{
	{"HP:0040280", "obligate", 1, 1},
	{"HP:0040281", "very frequent", 0.8, 0.99},
	{"HP:0040282", "frequent", 0.3, 0.79},
	{"HP:0040283", "occasional", 0.05, 0.29},
	{"HP:0040284", "very rare", 0.01, 0.04},
	{ExcludedFrequency, "excluded", 0, 0},
}

// ExcludedFrequency is the term for what is in no case.
const ExcludedFrequency = "HP:0040285"

// LookupFrequencyTerm returns the term that a frequency is, if it is one.
func LookupFrequencyTerm(frequency string) (FrequencyTerm, bool) {
	for _, t := range frequencyTerms {
		if strings.TrimSpace(frequency) == t.ID {
			return t, true
		}
	}
	return FrequencyTerm{}, false
}

// FrequencyOf returns the numbers of a statement's frequency: of its words, and of
// its frequencyValue (NaN for none). Everyday words have no numbers; neither have
// words that [ParseFrequency] refuses.
func FrequencyOf(words string, value float64) Frequency {
	f, err := ParseFrequency(words)
	if err != nil {
		f = noFrequency
	}
	if !math.IsNaN(value) {
		f.Value = value
		if math.IsNaN(f.Min) && math.IsNaN(f.Max) {
			f.Min, f.Max = value, value
		}
	}
	return f
}

// UnstatedShare is the share that [ShareOf] reckons with where a source does not say
// how often, and what it adds to a count, as a case of its own.
const UnstatedShare = 0.3

// everyday are the shares that [ShareOf] reckons with for everyday words.
var everyday = map[string]float64{
	"always": 1, "constantly": 1, "invariably": 1,
	"usually": 0.8, "mostly": 0.8, "typically": 0.8, "generally": 0.8, "very often": 0.8, "very common": 0.8,
	"often": 0.6, "frequently": 0.6, "commonly": 0.6, "common": 0.6,
	"sometimes": 0.2, "occasionally": 0.2,
	"rarely": 0.05, "rare": 0.05, "seldom": 0.05, "uncommon": 0.05, "infrequently": 0.05, "very rarely": 0.05,
}

// ShareOf reckons one number of how often, to compare by: of cases that were counted,
// the share after one case more, which had it UnstatedShare times; the middle of a
// range; that of a bound and the end of the scale; of a term's name, the middle of
// the term ([FrequencyTerm]); of everyday words, what a table says (usually 0.8, often
// 0.6, sometimes 0.2, rarely 0.05). It is no number of the source: where that does not
// say how often, it is UnstatedShare, and stated is false.
func ShareOf(words string, value float64) (share float64, stated bool) {
	switch f := FrequencyOf(words, value); {
	case f.Cases > 0:
		return (f.Value*f.Cases + UnstatedShare) / (f.Cases + 1), true
	case !math.IsNaN(f.Value):
		return f.Value, true
	case !math.IsNaN(f.Min) && !math.IsNaN(f.Max):
		return (f.Min + f.Max) / 2, true
	case !math.IsNaN(f.Min):
		return (f.Min + 1) / 2, true
	case !math.IsNaN(f.Max):
		return f.Max / 2, true
	}
	word := strings.ToLower(strings.TrimSpace(words))
	for _, t := range frequencyTerms {
		if word == t.Name {
			return (t.Min + t.Max) / 2, true
		}
	}
	if share, stated = everyday[word]; stated {
		return share, true
	}
	return UnstatedShare, false
}

// Compare orders by how often, the most frequent first: by Min, then by Max. What
// has only a Max comes after all that has a Min, and what has no number comes last.
func (f Frequency) Compare(g Frequency) int {
	key := func(f Frequency) (least, most float64) {
		least, most = f.Min, f.Max
		switch {
		case math.IsNaN(least):
			return -1, most // NaN, no number, is less than all
		case math.IsNaN(most):
			return least, 1
		default:
			return least, most
		}
	}
	fLeast, fMost := key(f)
	gLeast, gMost := key(g)
	return cmp.Or(cmp.Compare(gLeast, fLeast), cmp.Compare(gMost, fMost))
}

var noFrequency = Frequency{Value: math.NaN(), Min: math.NaN(), Max: math.NaN()}

// boundWords are the words of a bound, before or after its number; of two that
// begin alike, the longer comes first.
var boundWords = [...]struct {
	before, after string
	most          bool // the bound is the largest share, else the smallest
}{
	{before: "no more than ", most: true},
	{before: "not more than ", most: true},
	{before: "no less than "},
	{before: "not less than "},
	{before: "more than "},
	{before: "greater than "},
	{before: "at least "},
	{before: "over "},
	{before: "above "},
	{before: ">="},
	{before: "≥"},
	{before: ">"},
	{before: "less than ", most: true},
	{before: "fewer than ", most: true},
	{before: "at most ", most: true},
	{before: "up to ", most: true},
	{before: "under ", most: true},
	{before: "below ", most: true},
	{before: "<=", most: true},
	{before: "≤", most: true},
	{before: "<", most: true},
	{after: " or more"},
	{after: " or less", most: true},
	{after: " or fewer", most: true},
}

var frequencyReplacer = strings.NewReplacer(" percent", "%", " per cent", "%", " %", "%", "–", "-")

// ParseFrequency reads the numbers in words of frequency, which are
//
//	30 %, 30 percent           a percentage
//	7/12, 1 in 10, none of 12  a part of all, in whole numbers
//	0.3                        a share
//	5-29 %, 5 % to 29 %, between 1 in 100 and 1 in 10, 1 to 10 in 100
//	more than 1 in 10, at least 5 %, < 1 %, up to 1/100, 5 % or more
//	very frequent (99-80%)     words, and any of these
//	HP:0040281                 a term ([FrequencyTerm])
//
// also with "in" before and "of cases" or the like after them. All else is words
// without numbers, and so is what is not exact: "often", "about 30 %". Errors are
// numbers that cannot be: 12/7, 130 %, 1 in 0.
func ParseFrequency(words string) (Frequency, error) {
	if t, ok := LookupFrequencyTerm(words); ok {
		f := Frequency{Value: math.NaN(), Min: t.Min, Max: t.Max}
		if t.Min == t.Max {
			f.Value = t.Min
		}
		return f, nil
	}
	if !strings.ContainsAny(words, "0123456789") {
		return noFrequency, nil
	}
	s := strings.ToLower(strings.Join(strings.Fields(words), " "))
	if before, inner, ok := strings.Cut(strings.TrimSuffix(s, ")"), "("); ok && strings.HasSuffix(s, ")") && !strings.ContainsAny(before, "0123456789") {
		s = strings.TrimSpace(inner)
	}
	s = frequencyReplacer.Replace(ofWhat(s))
	for _, b := range boundWords {
		rest, ok := strings.CutPrefix(s, b.before)
		if rest, ok = cutSuffix(rest, b.after, ok); !ok {
			continue
		}
		bound, err := readShare(strings.TrimSpace(rest))
		switch {
		case err != nil:
			return noFrequency, err
		case !bound.ok && b.before == "<": // "<4-1%", as Orphanet writes it
			return readRange(rest)
		case !bound.ok:
			return noFrequency, nil
		case b.most:
			return Frequency{Value: math.NaN(), Min: math.NaN(), Max: bound.share}, nil
		default:
			return Frequency{Value: math.NaN(), Min: bound.share, Max: math.NaN()}, nil
		}
	}
	exact, err := readShare(s)
	if err != nil {
		return noFrequency, err
	}
	if exact.ok {
		return Frequency{exact.share, exact.share, exact.share, exact.cases}, nil
	}
	return readRange(s)
}

// ofWhat leaves out whose share a frequency is: "in 7/12 patients" is "7/12".
func ofWhat(s string) string {
	for _, word := range [...]string{"may affect ", "affects ", "in "} {
		s = strings.TrimPrefix(s, word)
	}
	for _, word := range [...]string{" case", " cases", " people", " person", " persons", " patient", " patients", " individuals", " users"} {
		if rest, ok := strings.CutSuffix(s, word); ok {
			return strings.TrimSuffix(strings.TrimSuffix(rest, " the"), " of")
		}
	}
	return s
}

// never are the words for what is in no case; they have no numbers.
var never = [...]string{
	"never", "none", "no", "nobody", "no one", "nil", "zero", "absent", "excluded", "at no time", "does not occur", "did not occur", "not at all",
	"not detected", "not found", "not observed", "not present", "not seen",
}

// IsNever reports whether words of frequency, or the name of a term, say that it is
// so in no case: "Excluded", "none of the patients", "0/12", HP:0040285. What is
// hardly ever so ("almost never"), or not in some ("absent in 3 of 12"), is so.
func IsNever(words string) bool {
	if f, err := ParseFrequency(words); err != nil || !math.IsNaN(f.Min) || !math.IsNaN(f.Max) {
		return err == nil && f.Max == 0
	}
	s, _, _ := strings.Cut(strings.ToLower(words), "(")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '.' || r == '\t' || r == '\n' }), " ")
	return slices.Contains(never[:], ofWhat(s))
}

func cutSuffix(s, suffix string, ok bool) (string, bool) {
	rest, found := strings.CutSuffix(s, suffix)
	return rest, ok && found
}

// readRange reads two shares. Where the first has no unit, it has that of the
// second.
func readRange(s string) (Frequency, error) {
	for _, between := range [...]struct{ begin, middle string }{{"between ", " and "}, {"from ", " to "}, {"", " to "}, {"", "-"}} {
		rest, begins := strings.CutPrefix(s, between.begin)
		from, to, found := strings.Cut(rest, between.middle)
		if !begins || !found {
			continue
		}
		most, tooMuch := readShare(strings.TrimSpace(to))
		if from = strings.TrimSpace(from); plain(from) {
			from += most.unit
		}
		least, tooMany := readShare(from)
		switch err := cmp.Or(tooMuch, tooMany); {
		case !most.ok && tooMuch == nil, !least.ok && tooMany == nil: // words
		case err != nil:
			return noFrequency, err
		default:
			return Frequency{Value: math.NaN(), Min: min(least.share, most.share), Max: max(least.share, most.share)}, nil
		}
	}
	return noFrequency, nil
}

// shareText is a share as it is written; not ok, if it is none.
type shareText struct {
	share float64
	unit  string // what stands after the first number
	ok    bool
	cases float64 // of which it is a count, else 0
}

// readShare reads a percentage, a part of all or a share. Its errors are those of
// ParseFrequency.
func readShare(s string) (shareText, error) {
	if n, ok := strings.CutSuffix(s, "%"); ok && plain(n) {
		share, err := strconv.ParseFloat(strings.TrimSpace(n)+"e-2", 64)
		if err != nil || share > 1 {
			return shareText{}, fmt.Errorf("%s %% is more than all", n)
		}
		return shareText{share: share, unit: "%", ok: true}, nil
	}
	for _, of := range [...]string{" out of ", " of ", " in ", "/"} {
		part, all, ok := strings.Cut(s, of)
		if part == "none" || part == "zero" {
			part = "0"
		}
		part, all = withoutCommas(strings.TrimSpace(part)), withoutCommas(strings.TrimSpace(all))
		if !ok || !whole(part) || !whole(all) {
			continue
		}
		p, _ := strconv.ParseFloat(part, 64)
		a, _ := strconv.ParseFloat(all, 64)
		switch {
		case a == 0:
			return shareText{}, fmt.Errorf("%s of 0 is no part of anything", part)
		case p > a:
			return shareText{}, fmt.Errorf("%s of %s is more than all", part, all)
		}
		counted := shareText{share: p / a, unit: of + all, ok: true}
		if of != " in " {
			counted.cases = a
		}
		return counted, nil
	}
	if plain(s) {
		share, err := strconv.ParseFloat(s, 64)
		if err != nil || share > 1 {
			return shareText{}, fmt.Errorf("%s is not a share between 0 and 1; write the unit, as in %s %% or %s in 1000", s, s, s)
		}
		return shareText{share: share, ok: true}, nil
	}
	return shareText{}, nil
}

// withoutCommas leaves out those that part thousands: 10,000.
func withoutCommas(s string) string {
	groups := strings.Split(s, ",")
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(g) > 3 && len(groups) > 1 {
			return s
		}
	}
	return strings.Join(groups, "")
}

// whole reports whether a text has digits and nothing else; so many that the
// number is not exact are no number of cases.
func whole(s string) bool {
	return s != "" && len(s) <= 15 && strings.Trim(s, "0123456789") == ""
}

// plain reports whether a text is a number as people write it.
func plain(s string) bool {
	before, after, point := strings.Cut(s, ".")
	return whole(before) && (!point || whole(after))
}
