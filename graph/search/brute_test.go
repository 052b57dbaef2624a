package search_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/search"
)

// brute finds by the letter of the package comment: every text of every concept
// is looked at, whole words are compared, nothing is prepared. It shares no
// code with the index.
type brute struct {
	texts []bruteText // in the static order
	kinds [][]graph.Kind
	// Which concepts are deprecated, by ref.
	deprecated map[graph.Ref]bool
}

type bruteText struct {
	ref            graph.Ref
	field          search.Field
	text, language string
	scope          graph.Scope
	mapping        graph.Match
	near, richness int
	shelf, before  int // its place by concept, language and field; by kind
	predicate      graph.PredicateRef
	folded, stems  []string
}

type bruteHit struct {
	bruteText
	tier  int
	kind  search.MatchKind
	edits int
}

func newBrute(t *testing.T, ds *graph.Dataset) *brute {
	t.Helper()
	b := &brute{deprecated: map[graph.Ref]bool{}}
	naive := graphtest.NewNaive(ds)
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		ref := graph.Ref(i + 1)
		b.kinds = append(b.kinds, c.Kinds())
		b.deprecated[ref] = c.Deprecated
		aside, before := 2, 4
		for i, k := range []graph.Kind{graph.Test, graph.Treatment, graph.Symptom, graph.Condition} {
			if slices.Contains(c.Kinds(), k) {
				aside, before = 0, 3-i
			}
		}
		root := ""
		if len(c.Names) > 0 {
			root = c.Names[0].Language
			if name := strings.TrimSpace(c.Names[0].Text); strings.HasSuffix(name, "?") || strings.HasSuffix(name, ":") {
				aside = 2
			}
		}
		var own []bruteText
		add := func(t bruteText) {
			t.ref, t.before, t.shelf = ref, before, 4*aside+int(t.field)
			if l := strings.ToLower(t.language); l != "" && l != "en" && !strings.HasPrefix(l, "en-") && l != strings.ToLower(root) {
				t.shelf += 4
			}
			if place(t.field) == search.Description {
				t.shelf = 16
			}
			t.folded, t.stems = bruteWords(t.text)
			if len(t.folded) == 0 {
				return
			}
			for i, o := range own {
				if place(o.field) == place(t.field) && o.text == t.text && o.language == t.language {
					if t.near < o.near {
						own[i] = t
					}
					return
				}
			}
			own = append(own, t)
		}
		near := func(stated bool, position int) int {
			switch {
			case !stated:
				return 1
			case position == 0:
				return 0
			}
			return position + 1
		}
		for _, t := range c.Names {
			add(bruteText{field: search.Name, text: t.Text, language: t.Language, near: 1})
		}
		for _, s := range c.Synonyms {
			add(bruteText{
				field: search.Synonym, text: s.Text, language: s.Language, scope: s.Scope,
				near: near(s.Scope != "", slices.Index(graph.Scopes(), s.Scope)),
			})
		}
		add(bruteText{field: search.Code, text: string(c.ID), near: 0})
		for _, m := range c.Members {
			add(bruteText{field: search.Code, text: string(m.ID), near: 0})
		}
		for _, id := range c.FormerIDs {
			add(bruteText{field: search.Code, text: string(id), near: 0})
		}
		for _, k := range c.Codes {
			add(bruteText{
				field: search.Code, text: string(k.Code), mapping: k.Match, near: near(k.Match != "", slices.Index(graph.Matches(), k.Match)),
			})
		}
		for _, p := range c.Properties {
			if p.Predicate == "kg:relatedLabel" && p.Value.Datatype != graph.AnyURI {
				add(bruteText{field: search.RelatedLabel, text: p.Value.Text, language: p.Value.Language, near: 1})
			}
		}
		for _, t := range c.Descriptions {
			add(bruteText{field: search.Description, text: t.Text, language: t.Language, near: 1})
		}
		for _, v := range values(t, naive, ref) {
			add(v)
		}
		for i := range own {
			own[i].richness = len(own)
		}
		b.texts = append(b.texts, own...)
	}
	slices.SortStableFunc(b.texts, func(x, y bruteText) int {
		return cmp.Or(
			cmp.Compare(x.shelf, y.shelf), cmp.Compare(utf8.RuneCountInString(x.text), utf8.RuneCountInString(y.text)),
			cmp.Compare(x.near, y.near), cmp.Compare(x.before, y.before), cmp.Compare(y.richness, x.richness), cmp.Compare(x.ref, y.ref),
			cmp.Compare(x.text, y.text), cmp.Compare(x.language, y.language),
		)
	})
	return b
}

// values returns the texts that a concept has under predicates for texts.
func values(t *testing.T, r graph.Reader, ref graph.Ref) []bruteText {
	t.Helper()
	q := graph.PropertyQuery{Predicates: []graph.PredicateRef{}}
	for i, p := range r.Summary().Predicates {
		if p.Text && p.ID != "kg:relatedLabel" {
			q.Predicates = append(q.Predicates, graph.PredicateRef(i))
		}
	}
	var b graph.PropertyBatch
	if err := r.Properties(t.Context(), []graph.Ref{ref}, q, &b); err != nil {
		t.Fatal(err)
	}
	var texts []bruteText
	for i, v := range b.Value {
		if v.Datatype != graph.AnyURI {
			texts = append(texts, bruteText{field: search.Value, text: v.Text, language: v.Language, near: 1, predicate: b.Predicate[i]})
		}
	}
	return texts
}

// place returns the field among whose texts those of a field are ordered.
func place(f search.Field) search.Field { return min(f, search.Description) }

// bruteWords folds a whole text, then splits it.
func bruteWords(text string) (folded, stems []string) {
	replaced := strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "`", "'", "´", "'", "ß", "ss", "ẞ", "ss",
		"æ", "ae", "Æ", "ae", "ø", "o", "Ø", "o", "œ", "oe", "Œ", "oe", "ł", "l", "Ł", "l", "½", " 1\u20442 ").Replace(text)
	var b strings.Builder
	runes := []rune(norm.NFKD.String(replaced))
	runes = slices.DeleteFunc(runes, func(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) })
	for i, r := range runes {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			b.WriteString(" " + string(r) + " ")
		case unicode.IsLetter(r), unicode.IsNumber(r), r == '\u2044':
			b.WriteRune(unicode.ToLower(unicode.ToUpper(r)))
		case r == '\'' && i > 0 && i+1 < len(runes) && isWordRune(runes[i-1]) && isWordRune(runes[i+1]):
		default:
			b.WriteByte(' ')
		}
	}
	for _, f := range strings.Fields(b.String()) {
		folded, stems = append(folded, f), append(stems, bruteStem(f))
	}
	return folded, stems
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func bruteStem(w string) string {
	without, plural := strings.CutSuffix(w, "s")
	switch {
	case !plural || len(w) < 4 || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
		return w
	case len(w) >= 5 && strings.HasSuffix(w, "ies") && !strings.HasSuffix(w, "aies") && !strings.HasSuffix(w, "eies"):
		return strings.TrimSuffix(w, "ies") + "y"
	case len(w) >= 6 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes")):
		return strings.TrimSuffix(w, "es")
	case strings.Trim(without[len(without)-1:], "abcdefghijklmnopqrstuvwxyz") != "":
		return w
	}
	return without
}

// osa is the optimal string alignment distance, by the whole matrix.
func osa(a, b string) int {
	x, y := []rune(a), []rune(b)
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		for j := range d[i] {
			switch {
			case i == 0:
				d[i][j] = j
			case j == 0:
				d[i][j] = i
			default:
				change := d[i-1][j-1]
				if x[i-1] != y[j-1] {
					change++
				}
				d[i][j] = min(change, d[i-1][j]+1, d[i][j-1]+1)
				if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
					d[i][j] = min(d[i][j], d[i-2][j-2]+1)
				}
			}
		}
	}
	return d[len(x)][len(y)]
}

func bruteEdits(w string) int {
	n := utf8.RuneCountInString(w)
	switch {
	case strings.ContainsFunc(w, unicode.IsNumber), n < search.OneEditFrom:
		return 0
	case n < search.TwoEditsFrom:
		return 1
	}
	return 2
}

// bruteQuery is a text that was typed.
type bruteQuery struct {
	text          string
	folded, stems []string
	phrase        []string // of another spelling, the stems that have to stand together
	open          bool
	completing    bool
	begun         bool          // the last word need only be begun
	typed         int           // how many words were typed
	also          []*bruteQuery // the other spellings
	spelled       bool          // no other spelling is looked for
}

func newBruteQuery(text string, completing bool) *bruteQuery {
	q := &bruteQuery{text: strings.TrimSpace(text)}
	q.folded, q.stems = bruteWords(text)
	q.typed = len(q.folded)
	r, _ := utf8.DecodeLastRuneInString(text)
	q.open = isWordRune(r) || unicode.In(r, unicode.Mn)
	q.completing, q.begun = completing, completing && q.open
	return q
}

// with is the text with n words from the one at i on replaced.
func (q *bruteQuery) with(i, n int, words ...string) *bruteQuery {
	o := *q
	o.folded = slices.Concat(q.folded[:i], words, q.folded[i+n:])
	o.stems = nil
	for _, w := range o.folded {
		o.stems = append(o.stems, bruteStem(w))
	}
	return &o
}

// others are the other spellings of a text, whether any text has them or not.
func (q *bruteQuery) others() (others []*bruteQuery) {
	for n := 2; n <= 3; n++ {
		for i := 0; i+n <= len(q.folded); i++ {
			others = append(others, q.with(i, n, strings.Join(q.folded[i:i+n], "")))
		}
	}
	for i, w := range q.folded {
		runes := []rune(w)
		for at := 3; at+3 <= len(runes); at++ {
			o := q.with(i, 1, string(runes[:at]), string(runes[at:]))
			o.phrase = o.stems[i : i+2]
			others = append(others, o)
		}
	}
	for _, letters := range [][]string{{"ae", "a", "oe", "o", "ue", "u"}, {"ae", "e", "oe", "e"}} {
		o := q.with(0, 0)
		for i, w := range o.folded {
			o.folded[i] = strings.NewReplacer(letters...).Replace(w)
			o.stems[i] = bruteStem(o.folded[i])
		}
		others = append(others, o)
	}
	o := newBruteQuery(strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "ae", "Ö", "oe", "Ü", "ue").Replace(q.text), q.completing)
	o.open, o.begun = q.open, q.begun
	return append(others, o)
}

// code matches a code: 2 it is one, 1 it begins one.
func (q *bruteQuery) code(code string) int {
	join := func(s string) string { w, _ := bruteWords(s); return strings.Join(w, "") }
	split := func(s, at string) string {
		before, after, found := strings.Cut(s, at)
		if !found {
			return join(s)
		}
		return join(before) + ":" + join(after)
	}
	whole := split(code, ":")
	_, local, _ := strings.Cut(whole, ":")
	typed, all := split(q.text, ":"), join(q.text)
	if i := strings.IndexFunc(q.text, func(r rune) bool { return r == '_' || unicode.IsSpace(r) }); i >= 0 && !strings.Contains(q.text, ":") {
		typed = join(q.text[:i]) + ":" + join(q.text[i+1:])
	}
	if typed == whole || all == local {
		return 2
	}
	if len(all) >= 3 && strings.ContainsAny(all, "0123456789") && (strings.HasPrefix(whole, typed) || strings.HasPrefix(local, all)) {
		return 1
	}
	return 0
}

// The tiers of the package comment.
const (
	exactTier = iota
	formTier
	beginTier
	goesOnTier
	wordsTier
	cutTier
	partsTier
	typoTier        // with the number of edits behind it
	descriptionTier = 999
)

var tierKinds = map[int]search.MatchKind{
	exactTier: search.Exact, formTier: search.Exact, beginTier: search.Prefix, goesOnTier: search.Prefix, wordsTier: search.Words, cutTier: search.Prefix,
	partsTier: search.Parts, descriptionTier: search.DescriptionWords,
}

// match says how a text matches, before typos.
func (q *bruteQuery) match(t *bruteText) (h bruteHit, ok bool) {
	tier := q.tier(t)
	if t.field == search.Code {
		tier = []int{-1, cutTier, exactTier}[q.code(t.text)]
		if tier == cutTier && q.begun && q.typed > 1 {
			tier = goesOnTier
		}
	} else {
		if q.also == nil && !q.spelled {
			q.also = q.others()
		}
		for _, o := range q.also {
			if n := o.tier(t); n >= 0 && n != partsTier && (tier < 0 || max(n, formTier) < tier) {
				tier = max(n, formTier)
			}
		}
	}
	return bruteHit{bruteText: *t, tier: tier, kind: tierKinds[tier]}, tier >= 0
}

// tier says how a text of words matches in the spelling of the query.
func (q *bruteQuery) tier(t *bruteText) int {
	last := len(q.stems) - 1
	every := func(has func(i int, w string) bool) bool {
		for i := range q.stems {
			if !slices.ContainsFunc(t.stems, func(w string) bool { return has(i, w) }) {
				return false
			}
		}
		return true
	}
	same := func(i int, w string) bool { return w == q.stems[i] }
	if place(t.field) == search.Description {
		if !q.completing && q.phrase == nil && every(same) {
			return descriptionTier
		}
		return -1
	}
	cut := cutTier
	if q.begun && q.typed > 1 {
		cut = goesOnTier
	}
	begins := len(t.stems) > last && slices.Equal(t.stems[:last], q.stems[:last])
	switch {
	case slices.Equal(t.folded, q.folded):
		return exactTier
	case slices.Equal(t.stems, q.stems):
		return formTier
	case begins && t.stems[last] == q.stems[last]:
		return beginTier
	case cut == goesOnTier && begins && strings.HasPrefix(t.stems[last], q.folded[last]):
		return cut
	case every(same) && (q.phrase == nil || q.stands(t)):
		return wordsTier
	case begins && q.open && strings.HasPrefix(t.stems[last], q.folded[last]):
		return cutTier
	case every(func(i int, w string) bool {
		switch {
		case w == q.stems[i]:
			return true
		case q.completing:
			return q.begun && i == last && strings.HasPrefix(w, q.folded[last])
		}
		return utf8.RuneCountInString(q.stems[i]) >= search.PartFrom && strings.Contains(w, q.stems[i])
	}):
		return partsTier
	}
	return -1
}

// stands reports whether a text has the phrase; its last word may be begun.
func (q *bruteQuery) stands(t *bruteText) bool {
	last := q.open && slices.Equal(q.stems[len(q.stems)-2:], q.phrase)
	for i := 0; i+1 < len(t.stems); i++ {
		if t.stems[i] == q.phrase[0] && (t.stems[i+1] == q.phrase[1] || last && strings.HasPrefix(t.stems[i+1], q.phrase[1])) {
			return true
		}
	}
	return false
}

// typo says whether a text matches with misspellings.
func (q *bruteQuery) typo(t *bruteText) (h bruteHit, ok bool) {
	if t.field == search.Code || place(t.field) == search.Description {
		return h, false
	}
	counted := map[string]bool{}
	total, words, cut := 0, 0, 0
	for i, s := range q.stems {
		begun := q.begun && i == len(q.stems)-1
		if !begun && counted[s] {
			continue
		}
		counted[s] = true
		words++
		allowed := bruteEdits(q.folded[slices.Index(q.stems, s)])
		if begun {
			allowed = bruteEdits(q.folded[i])
		}
		best := 99
		for _, w := range t.stems {
			if begun {
				best = min(best, osa(q.folded[i], w), osa(s, w))
			} else {
				best = min(best, osa(s, w))
			}
		}
		if begun && best > allowed { // it is but a beginning
			cut = 100
			for _, w := range t.stems {
				for end := range len(w) + 1 {
					if utf8.ValidString(w[:end]) {
						best = min(best, osa(q.folded[i], w[:end]))
					}
				}
			}
		}
		if best > allowed {
			return h, false
		}
		total += best
	}
	tier := typoTier + 2*total + cut
	if len(t.stems) != words || strings.ToUpper(t.text) == t.text && strings.ToLower(t.text) != t.text {
		tier++
	}
	return bruteHit{bruteText: *t, tier: tier, kind: search.Typo, edits: total}, total > 0 && total <= search.MaxEdits
}

// find returns the best hit of each concept, in order.
func (b *brute) find(q *bruteQuery, keep func(graph.Ref) bool) []bruteHit {
	if len(q.folded) == 0 {
		return nil
	}
	var hits []bruteHit
	named := false
	collect := func(match func(*bruteText) (bruteHit, bool)) {
		for i := range b.texts {
			if h, ok := match(&b.texts[i]); ok && keep(h.ref) {
				named = named || place(h.field) != search.Description
				hits = append(hits, h)
			}
		}
	}
	collect(q.match)
	if slices.ContainsFunc(hits, func(h bruteHit) bool { return h.tier == exactTier }) { // it is spelled well
		hits, named, q.spelled, q.also = nil, false, true, nil
		collect(q.match)
	}
	if !named {
		collect(q.typo)
	}
	for i := 1; i < len(q.folded) && len(q.folded) <= 3 && !named && !q.completing; i++ {
		collect(q.with(i-1, 2, q.folded[i-1]+q.folded[i]).typo)
	}
	slices.SortStableFunc(hits, func(x, y bruteHit) int {
		return cmp.Or(cmp.Compare(x.tier, y.tier), cmp.Compare(x.shelf, y.shelf))
	})
	seen := map[graph.Ref]bool{}
	return slices.DeleteFunc(hits, func(h bruteHit) bool {
		before := seen[h.ref]
		seen[h.ref] = true
		return before
	})
}

// search is find for Search.
func (b *brute) search(text string, deprecated bool) []bruteHit {
	return b.find(newBruteQuery(text, false), func(ref graph.Ref) bool { return deprecated || !b.deprecated[ref] })
}

// complete is find for Complete.
func (b *brute) complete(text string, keep func(graph.Ref) bool) []bruteHit {
	return b.find(newBruteQuery(text, true), keep)
}
