package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers"
)

// shownEdge is a link as GraphQL shows it.
type shownEdge struct {
	Node, Subject, Object struct{ ID string }
	Predicate             struct{ ID string }
	Direction             string
	Explanation           string
	Support               map[string]int
	Statements            []shownStatement
}

func (e *shownEdge) claim(w *weakest, of string) string {
	if e.Direction == "IN" {
		return w.key(e.Node.ID, e.Predicate.ID, of)
	}
	return w.key(of, e.Predicate.ID, e.Node.ID)
}

// countedPredicate is how many statements have a predicate.
type countedPredicate struct {
	ID             string
	StatementCount int
}

// lists looks at all that lists claims or statements.
func (w *weakest) lists() {
	const edges = ` { totalCount modalityCounts { modality count } sourceCounts { source { id } count }
		edges { node { id } predicate { id } direction explanation support { statements sources denying discouraging } statements { ...S } } }`
	for fields := range slices.Chunk(append(linkFields(), "links"), 8) { // a document has limits
		var document strings.Builder
		document.WriteString(fragment() + "{ concepts(first: 8) { nodes { id")
		for _, f := range fields {
			fmt.Fprintf(&document, " %s(first: 40)%s", f, edges)
		}
		var answer struct {
			Concepts struct{ Nodes []map[string]json.RawMessage }
		}
		w.ask(document.String()+" } } }", &answer)
		for _, c := range answer.Concepts.Nodes {
			var id string
			w.decode(c["id"], &id)
			for _, f := range fields {
				w.links(f, id, c[f])
			}
		}
	}
	type statements struct{ Nodes []shownStatement }
	var answer struct {
		Dataset struct {
			StatementCount int
			Predicates     []countedPredicate
		}
		Statements statements
		Articles   struct {
			Nodes []struct {
				Sections []struct{ Statements statements }
			}
		}
		Concepts struct{ Nodes []map[string]json.RawMessage }
	}
	w.ask(fragment()+`{ dataset { statementCount predicates { id statementCount } } statements(first: 100) { nodes { ...S } } articles { nodes { sections { statements(includeInferred: true, first: 100) { nodes { ...S } } } } }
		concepts(first: 8) { nodes { id properties(first: 40) { edges { node { predicate { id } value { text } } statements { ...S } } }
		neighbourhood(depth: 1, first: 8) { leftOutCount nodes { concept { id } } edges { subject { id } predicate { id } object { id } statements { ...S } } } } } }`, &answer)
	for _, id := range w.complete("statements", answer.Statements.Nodes) {
		if w.gone[id] {
			w.t.Errorf("statements shows %s, which does not count", id)
		}
	}
	w.seen["statements"] += len(answer.Statements.Nodes)
	counted := map[string]int{}
	for id, s := range w.byID {
		if !w.gone[id] {
			counted[string(s.Predicate)]++
			counted[""]++
		}
	}
	for _, p := range append(answer.Dataset.Predicates, countedPredicate{"", answer.Dataset.StatementCount}) {
		if p.StatementCount != counted[p.ID] {
			w.t.Errorf("dataset counts %d statements of %q; %d count", p.StatementCount, p.ID, counted[p.ID])
		}
	}
	for _, a := range answer.Articles.Nodes {
		for _, s := range a.Sections {
			w.seen["sections"] += len(w.complete("sections", s.Statements.Nodes))
		}
	}
	for _, c := range answer.Concepts.Nodes {
		var id string
		w.decode(c["id"], &id)
		var values struct {
			Edges []struct {
				Node struct {
					Predicate struct{ ID string }
					Value     struct{ Text string }
				}
				Statements []shownStatement
			}
		}
		w.decode(c["properties"], &values)
		for _, e := range values.Edges {
			if len(e.Statements) > 0 { // else it is given without one
				w.whole("values", w.key(id, e.Node.Predicate.ID, "= "+e.Node.Value.Text), w.complete("values", e.Statements))
			}
		}
		var around struct {
			LeftOutCount int
			Nodes        []struct{ Concept struct{ ID string } }
			Edges        []shownEdge
		}
		w.decode(c["neighbourhood"], &around)
		nodes, left := map[graph.ID]bool{}, 0
		for _, n := range around.Nodes {
			nodes[graph.ID(n.Concept.ID)] = true
		}
		for key, of := range w.claims {
			if s := w.byID[of[0]]; s.Object != "" && (nodes[s.Subject] || nodes[s.Object]) && !w.isHeld(key) && s.Predicate != "kg:unheardOf" { // which is not walked
				left++
			}
		}
		if left != around.LeftOutCount {
			w.t.Errorf("neighbourhood of %s leaves out %d links, not %d", id, around.LeftOutCount, left)
		}
		for _, e := range around.Edges {
			w.whole("neighbourhood", w.key(e.Subject.ID, e.Predicate.ID, e.Object.ID), w.complete("neighbourhood", e.Statements))
		}
	}
}

// links looks at one list of links.
func (w *weakest) links(field, of string, list json.RawMessage) {
	route := "typed links"
	if field == "links" {
		route = field
	}
	var links struct {
		TotalCount     int
		Edges          []shownEdge
		ModalityCounts []struct {
			Modality string
			Count    int
		}
		SourceCounts []struct {
			Source struct{ ID string }
			Count  int
		}
	}
	w.decode(list, &links)
	if links.TotalCount != len(links.Edges) {
		w.t.Errorf("%s of %s has %d links and counts %d", field, of, len(links.Edges), links.TotalCount)
	}
	modalities, sources := map[string]int{}, map[string]int{}
	for i := range links.Edges {
		e := &links.Edges[i]
		key, ids := e.claim(w, of), w.complete(route, e.Statements)
		w.sentenceOf(e.Explanation, ids)
		switch warns := field == "cautions" || field == "advisedAgainstFor"; {
		case warns && !w.known[graph.ID(e.Predicate.ID)].Caution: // what advises against the claim, and nothing else
			w.seen["cautions"]++
			if len(ids) != w.count(key, advises) {
				w.t.Errorf("%s of %s: %s is shown with %v", field, of, key, ids)
			}
		default:
			w.whole(route, key, ids)
		}
		held, by := map[string]bool{}, map[string]bool{}
		support := map[string]int{}
		for _, id := range ids {
			s := w.byID[id]
			switch w.says(s) {
			case holds:
				support["statements"]++
				by[string(s.Source)] = true
			case denies:
				support["denying"]++
			case advises:
				support["discouraging"]++
			}
			if w.says(s) != denies {
				held[strings.ToUpper(s.Modality.String())] = true
			}
		}
		support["discouraging"] += w.warned(key)
		for name, n := range e.Support {
			if name != "sources" && n != support[name] || name == "sources" && n != len(by) {
				w.t.Errorf("%s of %s: %s has support %v; holding %v", field, of, key, e.Support, support)
			}
		}
		w.seen["support"]++
		for m := range held {
			modalities[m]++
		}
		for _, s := range w.sourcesOf(ids) {
			sources[s]++
		}
	}
	for _, m := range links.ModalityCounts {
		w.seen["counts"]++
		if m.Count > modalities[m.Modality] {
			w.t.Errorf("%s of %s counts %d links that are %q; without denials there are %d", field, of, m.Count, m.Modality, modalities[m.Modality])
		}
	}
	for _, s := range links.SourceCounts {
		if s.Count > sources[s.Source.ID] {
			w.t.Errorf("%s of %s counts %d links of %s; without denials there are %d", field, of, s.Count, s.Source.ID, sources[s.Source.ID])
		}
	}
}

// sourcesOf returns the different sources of statements that are no denials.
func (w *weakest) sourcesOf(ids []string) []string {
	var sources []string
	for _, id := range ids {
		if s := w.byID[id]; w.says(s) != denies {
			sources = append(sources, string(s.Source))
		}
	}
	return sorted(sources)
}

func (w *weakest) decode(text json.RawMessage, into any) {
	w.t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		w.t.Fatal(err)
	}
}

// linkFields are the fields of concepts that follow one predicate.
func linkFields() (names []string) {
	for _, f := range resolvers.Schema().Types["Concept"].Fields {
		if f.Type.Name() == "LinkConnection" && f.Name != "links" {
			names = append(names, f.Name)
		}
	}
	return names
}

// warnings lists the claims by which others warn of what a statement offers.
func (w *weakest) warnings(s *graph.Statement) (keys []string) {
	if !slices.Contains([]graph.ID{graph.PredicatePossibleTreatment, graph.PredicateTypicalTest, graph.PredicateRecommendedCare}, s.Predicate) {
		return nil
	}
	actions := func(kinds []graph.Kind) bool {
		return len(kinds) > 0 && !slices.ContainsFunc(kinds, func(k graph.Kind) bool { return k != graph.Treatment && k != graph.Test })
	}
	for id, p := range w.known {
		if !p.Caution || p.Text {
			continue
		}
		// Where domain and range do not tell which end is warned of, it may be either.
		subject, object := actions(p.Domain), actions(p.Range)
		if object || !subject {
			keys = append(keys, w.key(string(s.Subject), string(id), string(s.Object)))
		}
		if subject || !object {
			keys = append(keys, w.key(string(s.Object), string(id), string(s.Subject)))
		}
	}
	return slices.Compact(sorted(keys))
}

// warned counts the statements that warn of what a claim offers.
func (w *weakest) warned(key string) (n int) {
	if of := w.claims[key]; len(of) > 0 {
		for _, warning := range w.warnings(w.byID[of[0]]) {
			n += w.count(warning, holds)
		}
	}
	return n
}

// claimsAndConflicts looks at what is said of each claim.
func (w *weakest) claimsAndConflicts() {
	var document strings.Builder
	document.WriteString(fragment() + "{ conflicts(first: 100) { nodes { supporting { ...S } opposing { ...S } } }")
	keys := slices.Sorted(maps.Keys(w.claims))
	for i, key := range keys {
		if s := w.byID[w.claims[key][0]]; s.Object != "" {
			fmt.Fprintf(&document, "\nc%d: claim(subject: %q, predicate: %q, object: %q) { answer statements { ...S } }", i, s.Subject, s.Predicate, s.Object)
		}
	}
	answer := map[string]json.RawMessage{}
	w.ask(document.String()+" }", &answer)
	for i, key := range keys {
		text, asked := answer[fmt.Sprint("c", i)]
		if !asked {
			continue
		}
		var claim struct {
			Answer     string
			Statements []shownStatement
		}
		w.decode(text, &claim)
		w.seen["claim"]++
		of, warned := w.claims[key], 0
		for _, warning := range w.warnings(w.byID[of[0]]) {
			if w.isHeld(warning) {
				of, warned = slices.Concat(of, w.claims[warning]), warned+w.count(warning, holds)
			}
		}
		if got, all := sorted(w.complete("claim", claim.Statements)), sorted(of); !slices.Equal(got, all) {
			w.t.Errorf("claim: %s is shown with %v; it has %v", key, got, all)
		}
		want := "NOT_STATED"
		switch against := w.count(key, denies) + w.count(key, advises) + warned; {
		case w.count(key, holds) > 0 && against > 0:
			want = "CONFLICTING"
		case w.count(key, holds) > 0:
			want = "STATED"
		case w.count(key, denies) > 0:
			want = "NEGATED"
		case against > 0:
			want = "DISCOURAGED"
		}
		if claim.Answer != want {
			w.t.Errorf("claim: %s is %s, not %s", key, claim.Answer, want)
		}
	}
	var conflicts struct {
		Nodes []struct{ Supporting, Opposing []shownStatement }
	}
	w.decode(answer["conflicts"], &conflicts)
	for _, c := range conflicts.Nodes {
		w.seen["conflicts"]++
		for _, id := range w.complete("conflicts", c.Supporting) {
			if w.says(w.byID[id]) != holds {
				w.t.Errorf("conflicts: %s %s", id, w.says(w.byID[id]))
			}
		}
		w.complete("conflicts", c.Opposing)
	}
}

// pairs are concepts that claims join.
func (w *weakest) pairs() (all [][2]string) {
	for _, key := range slices.Sorted(maps.Keys(w.claims)) {
		if s := w.byID[w.claims[key][0]]; s.Object != "" && s.Subject != s.Object {
			all = append(all, [2]string{string(s.Subject), string(s.Object)})
		}
	}
	slices.SortFunc(all, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(all)
}

// paths looks at paths and their sentences.
func (w *weakest) paths() {
	var document strings.Builder
	document.WriteString(fragment() + "{")
	pairs := w.pairs()
	if pairs = pairs[:min(len(pairs), 8)]; len(pairs) == 0 {
		return
	}
	for i, p := range pairs {
		fmt.Fprintf(&document, "\np%d: paths(from: %q, to: %q, longerBy: 1, first: 5) { nodes { explanation steps { from { id } to { id } links { predicate { id } direction statements { ...S } } } } }", i, p[0], p[1])
	}
	answer := map[string]struct {
		Nodes []struct {
			Explanation string
			Steps       []struct {
				From, To struct{ ID string }
				Links    []shownEdge
			}
		}
	}{}
	w.ask(document.String()+" __typename }", &untyped{&answer})
	for i, p := range pairs {
		for _, path := range answer[fmt.Sprint("p", i)].Nodes {
			for _, step := range path.Steps {
				for _, l := range step.Links {
					from, to := step.From.ID, step.To.ID
					if l.Direction == "IN" {
						from, to = to, from
					}
					key := w.key(from, l.Predicate.ID, to)
					w.whole("paths", key, w.complete("paths", l.Statements))
					w.sentence(path.Explanation, key)
				}
			}
		}
		var printed struct{ Paths []foundPath }
		w.decode(w.plexus("", "path", "--data", w.file, "--json", "--longer-by", "1", p[0], p[1]), &printed)
		for j, path := range printed.Paths {
			if shown := answer[fmt.Sprint("p", i)].Nodes; j < len(shown) && path.Explanation != shown[j].Explanation {
				w.t.Errorf("plexus path says %s", path.Explanation)
			}
			for _, step := range path.Steps {
				w.whole("plexus path", w.key(step.From, string(step.Predicate), step.To), step.Statements)
			}
		}
	}
}

// untyped decodes an answer that has __typename beside objects of one kind.
type untyped struct{ into any }

func (u *untyped) UnmarshalJSON(text []byte) error {
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	delete(all, "__typename")
	rest, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return json.Unmarshal(rest, u.into)
}

// sentence checks that what is told of a claim in words is told with what limits
// the weakest statement of each direction.
func (w *weakest) sentence(text, key string) { w.sentenceOf(text, w.claims[key]) }

func (w *weakest) sentenceOf(text string, statements []string) {
	w.seen["sentences"]++
	type direction struct {
		modality graph.Modality
		negated  bool
	}
	groups := map[direction][]*graph.Statement{}
	for _, id := range statements {
		s := w.byID[id]
		d := direction{s.Modality, s.Negated}
		groups[d] = append(groups[d], s)
	}
	limits := func(s *graph.Statement) []string { // and what the source adds by predicates of its own
		all := w.limits(s)
		for _, p := range w.adds(s) {
			all = append(all, "the source adds: "+p[0]+" “"+p[1]+"”")
		}
		return all
	}
	for d, group := range groups {
		weakest := slices.MaxFunc(group, func(a, b *graph.Statement) int { return cmp.Compare(len(limits(a)), len(limits(b))) })
		told := slices.ContainsFunc(group, func(s *graph.Statement) bool { // several may have as many
			return len(limits(s)) == len(limits(weakest)) && !slices.ContainsFunc(limits(s), func(limit string) bool { return !strings.Contains(text, limit) })
		})
		if !told {
			w.t.Errorf("a sentence tells of %v (%v) without %q:\n%s", statements, d, limits(weakest), text)
		}
		lower, words := strings.ToLower(text), []string{}
		switch d.modality {
		case graph.Possible:
			words = []string{"might ", "possib"}
		case graph.Suspected:
			words = []string{"suspect"}
		case graph.Recommended:
			words = []string{"recommend", "advised"}
		case graph.Discouraged:
			words = []string{"against", "discourag"}
		}
		hedged := func(words []string) bool {
			return len(words) == 0 || slices.ContainsFunc(words, func(word string) bool { return strings.Contains(lower, word) })
		}
		if !hedged(words) || d.negated && !hedged([]string{" not ", "denied"}) {
			w.t.Errorf("a sentence does not tell that %v is %v:\n%s", statements, d, text)
		}
	}
}

// limits returns the words of what limits a statement, as sentences tell them.
func (w *weakest) limits(s *graph.Statement) (words []string) {
	for _, q := range limiting() {
		switch said := s.Qualifier(q); {
		case said == "" || q == graph.QualifierModality || q == graph.QualifierNegated:
		case q.Info().Type == graph.RefQualifier:
			words = append(words, w.name(graph.ID(said)))
		case q.Info().Type == graph.ListQualifier:
			for _, id := range *s.List(q) {
				words = append(words, w.name(id))
			}
			words = append(words, " together ")
		default:
			words = append(words, said)
		}
	}
	if w.curator[s.Source] {
		words = append(words, "inferred by a curator")
	}
	return words
}

// adds returns the names and values of what the source adds to a statement by
// predicates of its own.
func (w *weakest) adds(s *graph.Statement) (all [][2]string) {
	for _, p := range s.Properties {
		if name, own := strings.CutPrefix(string(p.Predicate), "ex:"); own {
			all = append(all, [2]string{name, p.Value.Text})
		}
	}
	return all
}

// name returns the name of a concept.
func (w *weakest) name(id graph.ID) string {
	i := slices.IndexFunc(w.ds.Concepts, func(c graph.Concept) bool { return c.ID == id })
	return w.ds.Concepts[i].Name()
}

// together returns the statements that hold only of several concepts together, of
// which all pass.
func (w *weakest) together(pass func(s *graph.Statement) bool) (ids []string) {
	for id, s := range w.byID {
		if len(s.With) > 0 && s.Withdrawn == graph.NotWithdrawn && pass(s) {
			ids = append(ids, id)
		}
	}
	return sorted(ids)
}

// combinations looks at what holds only of several concepts together: it is found
// of each of them, whole, and in rank where all of them are found.
func (w *weakest) combinations() {
	same := func(route string, got []string, want []string) {
		w.seen[route] += len(want)
		if !slices.Equal(sorted(got), want) {
			w.t.Errorf("%s: %v, not %v", route, sorted(got), want)
		}
	}
	type statements struct{ Nodes []shownStatement }
	var answer struct {
		Concepts struct {
			Nodes []struct {
				ID           string
				Combinations statements
			}
		}
		All statements
	}
	w.ask(fragment()+"{ concepts(first: 8) { nodes { id combinations(first: 100) { nodes { ...S } } } } all: statements(filter: { with: [] }, first: 100) { nodes { ...S } } }", &answer)
	same("found together", w.complete("statements", answer.All.Nodes), w.together(func(*graph.Statement) bool { return true }))
	for _, c := range answer.Concepts.Nodes {
		id := graph.ID(c.ID)
		same("combinations", w.complete("combinations", c.Combinations.Nodes), w.together(func(s *graph.Statement) bool {
			return s.Subject == id || s.Object == id || slices.Contains(s.With, id)
		}))
	}
	for left := range w.ds.Concepts[:5] { // all findings but one
		var findings []string
		for i := range w.ds.Concepts[:5] {
			if i != left {
				findings = append(findings, string(w.ds.Concepts[i].ID))
			}
		}
		w.rankTogether(findings)
	}
}

func asTexts(ids []graph.ID) (texts []string) {
	for _, id := range ids {
		texts = append(texts, string(id))
	}
	return texts
}

// rankTogether looks at what rank says of several findings together.
func (w *weakest) rankTogether(findings []string) {
	given, err := json.Marshal(findings)
	if err != nil {
		w.t.Fatal(err)
	}
	want := func(condition string) []string {
		return w.together(func(s *graph.Statement) bool {
			all := slices.Contains(findings, string(s.Subject))
			for _, id := range s.With {
				all = all && slices.Contains(findings, string(id))
			}
			return all && string(s.Object) == condition && (s.Predicate == graph.PredicateCause || s.Predicate == graph.PredicateMayIndicate)
		})
	}
	var answer struct {
		Rank struct {
			Edges []struct {
				Node     struct{ ID string }
				Together []struct {
					Findings    []struct{ ID string }
					Statements  []shownStatement
					Explanation string
				}
			}
		}
	}
	var kinds []string
	for _, k := range resolvers.Schema().Types["Kind"].EnumValues {
		kinds = append(kinds, k.Name)
	}
	w.ask(fragment()+"{ rank(findings: "+string(given)+", kinds: ["+strings.Join(kinds, " ")+"], first: 100) { edges { node { id } together { findings { id } statements { ...S } explanation } } } }", &answer)
	for _, e := range answer.Rank.Edges {
		var all []string
		for _, k := range e.Together {
			ids := w.complete("rank", k.Statements)
			all = append(all, ids...)
			var found []string
			for _, f := range k.Findings {
				found = append(found, f.ID)
			}
			for _, id := range ids {
				if s := w.byID[id]; !slices.Equal(sorted(found), sorted(append([]string{string(s.Subject)}, asTexts(s.With)...))) {
					w.t.Errorf("rank gives %s as a reason of %v", id, found)
				}
			}
			w.sentenceOf(k.Explanation, ids)
		}
		if expected := want(e.Node.ID); !slices.Equal(sorted(all), expected) {
			w.t.Errorf("rank of %v: %s is shown with %v, not %v", findings, e.Node.ID, sorted(all), expected)
		}
		w.seen["rank together"] += len(all)
	}
	var printed struct{ Results []foundCondition }
	w.decode(w.plexus("", append([]string{"rank", "--data", w.file, "--json", "--first", "100"}, findings...)...), &printed)
	for _, c := range printed.Results {
		var all []string
		for _, k := range c.Together {
			all = append(all, k.Statements...)
			w.sentenceOf(k.Explanation, k.Statements)
		}
		if expected := want(c.ID); !slices.Equal(sorted(all), expected) {
			w.t.Errorf("plexus rank of %v: %s is shown with %v, not %v", findings, c.ID, sorted(all), expected)
		}
		w.seen["plexus rank together"] += len(all)
	}
}

// rank looks at the reasons of a ranking.
func (w *weakest) rank() {
	findings := map[string]bool{}
	for _, s := range w.ds.Statements {
		if s.Predicate == graph.PredicateSignOrSymptom {
			findings[string(s.Object)] = true
		}
	}
	if len(findings) == 0 {
		return
	}
	given, err := json.Marshal(slices.Sorted(maps.Keys(findings)))
	if err != nil {
		w.t.Fatal(err)
	}
	type reason struct {
		Sign       struct{ ID string }
		Statements []shownStatement
	}
	var answer struct {
		Rank struct {
			Edges []struct {
				Node                      struct{ ID string }
				Matched, Denied, Excluded []reason
			}
		}
	}
	const reasons = " { sign { id } statements { ...S } } "
	w.ask(fragment()+"{ rank(findings: "+string(given)+", first: 100) { edges { node { id } matched"+reasons+"denied"+reasons+"excluded"+reasons+"} } }", &answer)
	for _, e := range answer.Rank.Edges {
		for _, m := range append(e.Matched, e.Excluded...) {
			w.reason("rank", w.complete("rank", m.Statements))
		}
		for _, d := range e.Denied {
			w.complete("rank", d.Statements)
		}
	}
	var printed struct{ Results []foundCondition }
	w.decode(w.plexus("", append([]string{"rank", "--data", w.file, "--json", "--first", "100"}, slices.Sorted(maps.Keys(findings))...)...), &printed)
	for _, c := range printed.Results {
		for _, m := range append(c.Matched, c.Excluded...) {
			w.reason("plexus rank", m.Statements)
		}
	}
}
