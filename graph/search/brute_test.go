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
}

type bruteText struct {
	ref            graph.Ref
	field          search.Field
	text, language string
	scope          graph.Scope
	mapping        graph.Match
	near, richness int
	predicate      graph.PredicateRef
	folded, stems  []string
}

type bruteHit struct {
	bruteText
	kind  search.MatchKind
	edits int
	alike bool
}

func newBrute(t *testing.T, ds *graph.Dataset) *brute {
	t.Helper()
	b := &brute{}
	naive := graphtest.NewNaive(ds)
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		ref := graph.Ref(i + 1)
		b.kinds = append(b.kinds, c.Kinds())
		var own []bruteText
		add := func(t bruteText) {
			t.ref = ref
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
			cmp.Compare(place(x.field), place(y.field)), cmp.Compare(utf8.RuneCountInString(x.text), utf8.RuneCountInString(y.text)),
			cmp.Compare(x.near, y.near), cmp.Compare(y.richness, x.richness), cmp.Compare(x.ref, y.ref),
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
	open          bool
	completing    bool
	begun         bool // the last word need only be begun
}

func newBruteQuery(text string, completing bool) *bruteQuery {
	q := &bruteQuery{text: strings.TrimSpace(text)}
	q.folded, q.stems = bruteWords(text)
	r, _ := utf8.DecodeLastRuneInString(text)
	q.open = isWordRune(r) || unicode.In(r, unicode.Mn)
	q.completing, q.begun = completing, completing && q.open
	return q
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

// match says how a text matches, before typos.
func (q *bruteQuery) match(t *bruteText) (h bruteHit, ok bool) {
	h.bruteText = *t
	if t.field == search.Code {
		switch q.code(t.text) {
		case 2:
			h.kind, h.alike = search.Exact, true
			return h, true
		case 1:
			h.kind = search.Prefix
			return h, true
		}
		return h, false
	}
	last := len(q.stems) - 1
	begins := func(w string) bool { return w == q.stems[last] || q.open && strings.HasPrefix(w, q.folded[last]) }
	every := func(has func(i int, w string) bool) bool {
		for i := range q.stems {
			if !slices.ContainsFunc(t.stems, func(w string) bool { return has(i, w) }) {
				return false
			}
		}
		return true
	}
	same := func(i int, w string) bool { return w == q.stems[i] || q.begun && i == last && begins(w) }
	if place(t.field) == search.Description {
		h.kind = search.DescriptionWords
		return h, !q.completing && every(same)
	}
	switch {
	case slices.Equal(t.stems, q.stems):
		h.kind, h.alike = search.Exact, slices.Equal(t.folded, q.folded)
	case len(t.stems) > last && slices.Equal(t.stems[:last], q.stems[:last]) && begins(t.stems[last]):
		h.kind = search.Prefix
	case every(same):
		h.kind = search.Words
	case !q.completing && every(func(i int, w string) bool {
		return w == q.stems[i] || utf8.RuneCountInString(q.stems[i]) >= search.PartFrom && strings.Contains(w, q.stems[i])
	}):
		h.kind = search.Parts
	default:
		return h, false
	}
	return h, true
}

// typo says whether a text matches with misspellings.
func (q *bruteQuery) typo(t *bruteText) (h bruteHit, ok bool) {
	if t.field == search.Code || place(t.field) == search.Description {
		return h, false
	}
	counted := map[string]bool{}
	total := 0
	for i, s := range q.stems {
		begun := q.begun && i == len(q.stems)-1
		if !begun && counted[s] {
			continue
		}
		counted[s] = true
		allowed := bruteEdits(q.folded[slices.Index(q.stems, s)])
		if begun {
			allowed = bruteEdits(q.folded[i])
		}
		best := 99
		for _, w := range t.stems {
			switch {
			case begun:
				for end := range len(w) + 1 {
					if utf8.ValidString(w[:end]) {
						best = min(best, osa(q.folded[i], w[:end]))
					}
				}
			default:
				best = min(best, osa(s, w))
			}
		}
		if best > allowed {
			return h, false
		}
		total += best
	}
	return bruteHit{bruteText: *t, kind: search.Typo, edits: total}, total > 0 && total <= search.MaxEdits
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
	if !named {
		collect(q.typo)
	}
	slices.SortStableFunc(hits, func(x, y bruteHit) int {
		alike := 0
		if x.kind == search.Exact && x.alike != y.alike {
			alike = 1
			if x.alike {
				alike = -1
			}
		}
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.edits, y.edits), cmp.Compare(place(x.field), place(y.field)), alike)
	})
	seen := map[graph.Ref]bool{}
	return slices.DeleteFunc(hits, func(h bruteHit) bool {
		before := seen[h.ref]
		seen[h.ref] = true
		return before
	})
}

// search is find for Search.
func (b *brute) search(text string) []bruteHit {
	return b.find(newBruteQuery(text, false), func(graph.Ref) bool { return true })
}

// complete is find for Complete.
func (b *brute) complete(text string, keep func(graph.Ref) bool) []bruteHit {
	return b.find(newBruteQuery(text, true), keep)
}
