package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// TestNoRouteSaysMore: on random graphs no route shows a claim with less limits
// than its weakest statement has. Whoever is shown a claim is shown all statements
// of it, each with all that limits it; who is told it in a sentence is told what
// limits the weakest of each direction; what nobody holds is shown as no claim; and
// what a program reads without the records has no limit.
//
// What is right is decided here, by loops over the statements, and by none of the
// functions that the routes use.
func TestNoRouteSaysMore(t *testing.T) {
	graphs := uint64(12)
	if testing.Short() || realdata.RaceDetector {
		graphs = 4
	}
	seen := map[string]int{} // claims that were looked at, by route
	for n := range graphs {
		w := newWeakest(t, n, seen)
		w.lists()
		w.claimsAndConflicts()
		w.paths()
		w.rank()
		w.drawings()
		w.exports()
		if t.Failed() {
			t.Fatalf("the graph is newWeakest(%d)", n)
		}
	}
	t.Logf("claims that were looked at: %v", seen)
	for _, route := range []string{
		"typed links", "cautions", "links", "counts", "support", "values", "neighbourhood", "statements", "sections", "claim", "conflicts", "paths", "sentences", "plexus path",
		"rank", "plexus rank", "plexus graph", "turtle", "trig", "jsonld", "nquads", "kgx", "graphml", "turtle plain", "trig asserted", "jsonld asserted", "nquads asserted", "gizmo",
	} {
		if 4*seen[route] < int(graphs) {
			t.Errorf("the graphs are too thin: %s showed %d claims", route, seen[route])
		}
	}
}

// weakest is a random graph, and what may be said of it.
type weakest struct {
	t       *testing.T
	ds      *graph.Dataset
	file    string
	dir     string
	seen    map[string]int
	byID    map[string]*graph.Statement
	claims  map[string][]string // the statements of each claim that count
	gone    map[string]bool     // statements that count no more, and claims of which none is left
	known   map[graph.ID]graph.Predicate
	curator map[graph.ID]bool
}

// newWeakest makes a random graph in which statements meet, and every text of a
// statement that limits it is found in that statement alone.
func newWeakest(t *testing.T, n uint64, seen map[string]int) *weakest {
	t.Helper()
	ds := graphtest.Random(n, 8)
	r := rand.New(rand.NewPCG(n, 5))
	few := func() graph.ID { return ds.Concepts[r.IntN(5)].ID }
	ds.Sources[0].Kind = graph.DataSource
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		c.Names, c.Synonyms, c.Codes = []graph.Text{{Text: fmt.Sprintf("Thing%dx", i)}}, nil, nil
		if i < 3 {
			c.Types = append([]graph.ID{"schema:MedicalCondition"}, c.Types...)
		}
	}
	predicates := []graph.ID{
		graph.PredicatePossibleTreatment, graph.PredicateAdvisedAgainstIn, graph.PredicateSignOrSymptom, graph.PredicateSignOrSymptom,
		graph.PredicateCause, graph.PredicateRelated, graph.PredicateContraindication,
	}
	named := map[graph.ID]graph.ID{}
	for i := range ds.Statements {
		named[ds.Statements[i].ID] = graph.ID(fmt.Sprintf("ex:record%d", i))
	}
	for i := range ds.Statements {
		s := &ds.Statements[i]
		s.ID, s.IRI, s.Key = named[s.ID], "", ""
		for j, old := range s.Supersedes {
			s.Supersedes[j] = named[old]
		}
		s.Subject = few()
		if s.Object != "" {
			s.Object = few()
			if r.IntN(3) > 0 {
				s.Predicate = predicates[r.IntN(len(predicates))]
			}
		} else {
			s.Predicate, s.Value = "kg:duration", graph.Value{Text: []string{"weeks", "months"}[r.IntN(2)]}
		}
		if i > 0 && r.IntN(3) == 0 { // once more
			before := &ds.Statements[i-1]
			s.Subject, s.Predicate, s.Object, s.Value = before.Subject, before.Predicate, before.Object, before.Value
		}
		if r.IntN(2) == 0 { // what nothing limits, or one thing
			s.Qualifiers, s.Note, s.Properties = graph.Qualifiers{Negated: s.Negated && r.IntN(2) == 0}, "", nil
			s.Source = ds.Sources[0].ID
			if q := append(limiting(), graph.QualifierNote, graph.QualifierNote)[r.IntN(len(limiting())+2)]; r.IntN(3) == 0 && q.Info().Type == graph.TextQualifier {
				*s.Text(q) = "said"
			}
		}
		for _, q := range limiting() {
			if q.Info().Type == graph.TextQualifier && *s.Text(q) != "" {
				*s.Text(q) = fmt.Sprintf("%s of %d.", q, i)
			}
		}
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	w := &weakest{
		t: t, ds: ds, dir: t.TempDir(), seen: seen,
		byID: map[string]*graph.Statement{}, claims: map[string][]string{}, gone: map[string]bool{}, known: map[graph.ID]graph.Predicate{}, curator: map[graph.ID]bool{},
	}
	retracted := map[graph.ID]bool{}
	for _, p := range graph.Summarize(ds).Predicates {
		w.known[p.ID] = p.Predicate
	}
	for i := range ds.Sources {
		w.curator[ds.Sources[i].ID] = ds.Sources[i].Kind == graph.CuratorSource
		retracted[ds.Sources[i].ID] = ds.Sources[i].Status == graph.StatusRetracted
	}
	for i := range ds.Statements {
		s := &ds.Statements[i]
		w.byID[string(s.ID)] = s
		back := s.Retracted != "" || retracted[s.Source]
		w.gone[string(s.ID)] = w.gone[string(s.ID)] || back
		for _, old := range s.Supersedes {
			w.gone[string(old)] = w.gone[string(old)] || !back
		}
	}
	for i := range ds.Statements {
		s := &ds.Statements[i]
		if key := w.claimOf(s); !w.gone[string(s.ID)] {
			w.claims[key] = append(w.claims[key], string(s.ID))
			delete(w.gone, key)
		} else if w.claims[key] == nil {
			w.gone[key] = true
		}
	}
	w.file = filepath.Join(w.dir, "graph.plexus")
	w.plexus("", "build", w.written(), "-o", w.file)
	return w
}

// written writes the graph as a file that the command reads.
func (w *weakest) written() string {
	w.t.Helper()
	name := filepath.Join(w.dir, "written.nq")
	var text bytes.Buffer
	if err := seed.Write(w.t.Context(), &text, seed.NQuads, w.ds); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(name, text.Bytes(), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return name
}

// limiting lists the qualifiers that limit a claim: those that the table says, and
// the note.
func limiting() []graph.Qualifier {
	return slices.DeleteFunc(graph.AllQualifiers(), func(q graph.Qualifier) bool {
		return !q.Info().Limits && q != graph.QualifierModality && q != graph.QualifierNote
	})
}

// claimOf names the claim of a statement.
func (w *weakest) claimOf(s *graph.Statement) string {
	if s.Object == "" {
		return w.key(string(s.Subject), string(s.Predicate), "= "+s.Value.Text)
	}
	return w.key(string(s.Subject), string(s.Predicate), string(s.Object))
}

func (w *weakest) key(subject, predicate, object string) string {
	if w.known[graph.ID(predicate)].Symmetric && object < subject {
		subject, object = object, subject
	}
	return subject + " " + predicate + " " + object
}

// What a statement says of its claim.
const (
	holds    = "holds it"
	denies   = "denies it"
	advises  = "advises against it"
	mistaken = "recommends a caution"
)

func (w *weakest) says(s *graph.Statement) string {
	switch caution := w.known[s.Predicate].Caution; {
	case !caution && s.Modality == graph.Discouraged:
		return advises
	case s.Negated:
		return denies
	case caution && s.Modality == graph.Recommended:
		return mistaken
	default:
		return holds
	}
}

// count counts the statements of a claim that say something.
func (w *weakest) count(key, what string) (n int) {
	for _, id := range w.claims[key] {
		if w.says(w.byID[id]) == what {
			n++
		}
	}
	return n
}

// isHeld reports whether lists may show a claim.
func (w *weakest) isHeld(key string) bool { return w.count(key, holds)+w.count(key, mistaken) > 0 }

// plexus runs the command.
func (w *weakest) plexus(stdin string, args ...string) []byte {
	w.t.Helper()
	var stdout, stderr bytes.Buffer
	if err := run(w.t.Context(), args, strings.NewReader(stdin), &stdout, &stderr); err != nil {
		w.t.Fatalf("plexus %s: %v\n%s%.2000s", strings.Join(args, " "), err, stderr.String(), stdout.String())
	}
	return stdout.Bytes()
}

// ask runs a GraphQL document.
func (w *weakest) ask(document string, into any) {
	w.t.Helper()
	var answer struct{ Data json.RawMessage }
	if err := json.Unmarshal(w.plexus(document, "query", "--data", w.file), &answer); err != nil {
		w.t.Fatal(err)
	}
	if err := json.Unmarshal(answer.Data, into); err != nil {
		w.t.Fatal(err)
	}
}

// statement is a statement as GraphQL shows it.
type shownStatement map[string]any

// fragment selects all that limits a statement.
func fragment() string {
	var text strings.Builder
	text.WriteString("fragment S on Statement { id subject { id } predicate { id } object { id } value { text } source { id __typename }")
	for _, q := range limiting() {
		text.WriteString(" " + q.String())
		if q.Info().Type == graph.RefQualifier {
			text.WriteString(" { id }")
		}
	}
	return text.String() + " }\n"
}

func idOf(v any) string {
	object, _ := v.(map[string]any)
	id, _ := object["id"].(string)
	return id
}

// asFiles returns a value of GraphQL as formats write it.
func asFiles(q graph.Qualifier, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		return map[bool]string{true: "true"}[v]
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		if q.Info().Type == graph.WordQualifier {
			return strings.ReplaceAll(strings.ToLower(v), "_", "-")
		}
		return v
	default:
		return idOf(v)
	}
}

// complete checks that statements are shown with all that limits them.
func (w *weakest) complete(route string, shown []shownStatement) (ids []string) {
	w.t.Helper()
	for _, s := range shown {
		id, _ := s["id"].(string)
		want := w.byID[id]
		if want == nil {
			w.t.Errorf("%s shows a statement %q that is not there", route, id)
			continue
		}
		ids = append(ids, id)
		for _, q := range limiting() {
			w.told(route, want, q, asFiles(q, s[q.String()]))
		}
		source, _ := s["source"].(map[string]any)
		if source["id"] != string(want.Source) || (source["__typename"] == "Curator") != w.curator[want.Source] {
			w.t.Errorf("%s: %s is of %v, not of %s", route, id, source, want.Source)
		}
	}
	return ids
}

// told checks what a route tells of a qualifier of a statement, as formats write it.
func (w *weakest) told(route string, s *graph.Statement, q graph.Qualifier, said string) {
	w.t.Helper()
	if want := s.Qualifier(q); said != want && (said != "false" || want != "") {
		w.t.Errorf("%s: %s of %s is %q, not %q", route, q, s.ID, said, want)
	}
}

// whole checks that a claim is shown with all of its statements, and only if
// somebody holds it.
func (w *weakest) whole(route, key string, ids []string) {
	w.t.Helper()
	w.all(route, key, ids)
	if !w.isHeld(key) {
		w.t.Errorf("%s shows %s, which nobody holds", route, key)
	}
}

// all checks that a claim is shown with all of its statements.
func (w *weakest) all(route, key string, ids []string) {
	w.t.Helper()
	w.seen[route]++
	if got, want := sorted(ids), sorted(w.claims[key]); !slices.Equal(got, want) {
		w.t.Errorf("%s: %s is shown with %v; it has %v", route, key, got, want)
	}
}

// reason checks that each claim of which a statement is shown is shown with all of
// them, and that somebody holds one of the claims.
func (w *weakest) reason(route string, ids []string) {
	w.t.Helper()
	byClaim, held := map[string][]string{}, false
	for _, id := range ids {
		key := w.claimOf(w.byID[id])
		byClaim[key] = append(byClaim[key], id)
	}
	for key, ids := range byClaim {
		held = held || w.isHeld(key)
		w.all(route, key, ids)
	}
	if !held {
		w.t.Errorf("%s gives a reason that nobody holds: %v", route, ids)
	}
}

func sorted(ids []string) []string { return slices.Compact(slices.Sorted(slices.Values(ids))) }

// shownEdge is a link as GraphQL shows it.
type shownEdge struct {
	Node, Subject, Object struct{ ID string }
	Predicate             struct{ ID string }
	Direction             string
	Support               map[string]int
	Statements            []shownStatement
}

func (e *shownEdge) claim(w *weakest, of string) string {
	if e.Direction == "IN" {
		return w.key(e.Node.ID, e.Predicate.ID, of)
	}
	return w.key(of, e.Predicate.ID, e.Node.ID)
}

// lists looks at all that lists claims or statements.
func (w *weakest) lists() {
	const edges = ` { totalCount modalityCounts { modality count } sourceCounts { source { id } count }
		edges { node { id } predicate { id } direction support { statements sources denying discouraging } statements { ...S } } }`
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
		Statements statements
		Articles   struct {
			Nodes []struct {
				Sections []struct{ Statements statements }
			}
		}
		Concepts struct{ Nodes []map[string]json.RawMessage }
	}
	w.ask(fragment()+`{ statements(first: 100) { nodes { ...S } } articles { nodes { sections { statements(includeInferred: true, first: 100) { nodes { ...S } } } } }
		concepts(first: 8) { nodes { id properties(first: 40) { edges { node { predicate { id } value { text } } statements { ...S } } }
		neighbourhood(depth: 1, first: 8) { edges { subject { id } predicate { id } object { id } statements { ...S } } } } } }`, &answer)
	for _, id := range w.complete("statements", answer.Statements.Nodes) {
		if w.gone[id] {
			w.t.Errorf("statements shows %s, which counts no more", id)
		}
	}
	w.seen["statements"] += len(answer.Statements.Nodes)
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
		var around struct{ Edges []shownEdge }
		w.decode(c["neighbourhood"], &around)
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
func (w *weakest) sentence(text, key string) {
	w.seen["sentences"]++
	type direction struct {
		modality graph.Modality
		negated  bool
	}
	groups := map[direction][]*graph.Statement{}
	for _, id := range w.claims[key] {
		s := w.byID[id]
		d := direction{s.Modality, s.Negated}
		groups[d] = append(groups[d], s)
	}
	for d, group := range groups {
		weakest := slices.MaxFunc(group, func(a, b *graph.Statement) int { return cmp.Compare(len(w.limits(a)), len(w.limits(b))) })
		told := slices.ContainsFunc(group, func(s *graph.Statement) bool { // several may have as many
			return len(w.limits(s)) == len(w.limits(weakest)) && !slices.ContainsFunc(w.limits(s), func(limit string) bool { return !strings.Contains(text, limit) })
		})
		if !told {
			w.t.Errorf("a sentence tells of %s (%v) without %q:\n%s", key, d, w.limits(weakest), text)
		}
		lower, words := strings.ToLower(text), []string{}
		switch d.modality {
		case graph.Possible:
			words = []string{"may ", "possib", "can "}
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
			w.t.Errorf("a sentence does not tell that %s is %v:\n%s", key, d, text)
		}
	}
}

// limits returns the words of what limits a statement, as sentences tell them.
func (w *weakest) limits(s *graph.Statement) (words []string) {
	for _, q := range limiting() {
		switch said := s.Qualifier(q); {
		case said == "" || q == graph.QualifierModality || q == graph.QualifierNegated:
		case q.Info().Type == graph.RefQualifier:
			i := slices.IndexFunc(w.ds.Concepts, func(c graph.Concept) bool { return string(c.ID) == said })
			words = append(words, w.ds.Concepts[i].Name())
		default:
			words = append(words, said)
		}
	}
	if w.curator[s.Source] {
		words = append(words, "inferred by a curator")
	}
	return words
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

// drawings looks at what plexus graph draws.
func (w *weakest) drawings() {
	for _, c := range w.ds.Concepts {
		var drawn picture
		w.decode(w.plexus("", "graph", "--data", w.file, "--format", "json", string(c.ID)), &drawn)
		for _, e := range drawn.Edges {
			key := w.key(e.Subject, string(e.Predicate), e.Object)
			w.whole("plexus graph", key, e.Statements)
			if w.count(key, denies)+w.count(key, advises) > 0 && !e.Disputed {
				w.t.Errorf("plexus graph: %s is drawn as if nobody spoke against it", key)
			}
			marks := strings.Join(e.Marks, "; ")
			for _, id := range w.claims[key] {
				for _, limit := range w.limits(w.byID[id]) {
					if limit != "inferred by a curator" && !strings.Contains(marks, limit) {
						w.t.Errorf("plexus graph: %s is drawn without %q of %s: %q", key, limit, id, e.Marks)
					}
				}
			}
		}
	}
}

// exports looks at what files say: whoever reads them again, and a program that
// reads triples and no records.
func (w *weakest) exports() {
	for name, ending := range map[seed.Format]string{seed.Turtle: "ttl", seed.TriG: "trig", seed.JSONLD: "jsonld", seed.NQuads: "nq"} {
		file := filepath.Join(w.dir, "again."+ending)
		w.plexus("", "export", w.file, "-o", file)
		back, _, err := seed.Read(w.t.Context(), file)
		if err != nil {
			w.t.Fatal(err)
		}
		w.readBack(string(name), back)
	}
	w.tables()
	for name, format := range map[string]rdf.Format{"turtle": rdf.Turtle, "trig": rdf.TriG, "jsonld": rdf.JSONLD, "nquads": rdf.NQuads} {
		w.triples(name, format)
	}
	w.graphML()
	w.cayleysView()
}

// readBack compares the statements of a file with those that it was written from.
func (w *weakest) readBack(format string, back *graph.Dataset) {
	found := map[string]bool{}
	for i := range back.Statements {
		s := &back.Statements[i]
		want := w.byID[string(s.ID)]
		if want == nil {
			w.t.Errorf("%s has a statement %s that is not there", format, s.ID)
			continue
		}
		found[string(s.ID)] = true
		w.seen[format]++
		for _, q := range limiting() {
			w.told(format, want, q, s.Qualifier(q))
		}
	}
	for id := range w.byID {
		if !found[id] {
			w.t.Errorf("%s loses %s", format, id)
		}
	}
}

// tables looks at the rows of KGX.
func (w *weakest) tables() {
	w.plexus("", "export", "--format", "kgx", "-o", filepath.Join(w.dir, "kgx"), w.file)
	text, err := os.ReadFile(filepath.Join(w.dir, "kgx_edges.tsv"))
	if err != nil {
		w.t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	columns := strings.Split(lines[0], "\t")
	found := map[string]bool{}
	for _, line := range lines[1:] {
		cells := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			cells[columns[i]] = cell
		}
		s := w.byID[cells["id"]]
		if s == nil {
			w.t.Errorf("KGX has a row %q that is no statement", line)
			continue
		}
		found[cells["id"]] = true
		w.seen["kgx"]++
		for _, q := range limiting() {
			w.told("KGX", s, q, cells[q.String()])
		}
	}
	for id := range w.byID {
		if !found[id] {
			w.t.Errorf("KGX loses %s", id)
		}
	}
}

// triples reads a file as a program does that knows no rdf:Statement.
func (w *weakest) triples(name string, format rdf.Format) {
	text := w.plexus("", "export", "--format", name, w.file)
	for _, word := range []string{"subject", "predicate", "object", "Statement"} {
		for _, form := range []string{"rdf:" + word, "22-rdf-syntax-ns#" + word} {
			text = bytes.ReplaceAll(text, []byte(form), []byte(strings.TrimSuffix(form, word)+"no-"+word))
		}
	}
	ids := map[string]string{}
	for _, c := range w.ds.Concepts {
		ids[c.IRI] = string(c.ID)
	}
	err := format.Read(w.t.Context(), bytes.NewReader(text), func(_ syntax.Place, q quad.Quad) error {
		id := func(v quad.Value) string {
			name, _ := quads.Name(v)
			return cmp.Or(ids[name], string(w.ds.Prefixes.Compact(name)))
		}
		object := id(q.Object)
		if text, ok := q.Object.(quad.String); ok {
			object = "= " + string(text)
		}
		key := w.key(id(q.Subject), id(q.Predicate), object)
		all, isClaim := w.claims[key]
		if w.gone[key] {
			w.t.Errorf("%s asserts %s, of which nothing counts any more", name, key)
		}
		if !isClaim {
			return nil
		}
		if format != rdf.Turtle { // the record stands beside it, in its graph
			w.seen[name+" asserted"]++
			if w.count(key, holds)+w.count(key, mistaken)+w.count(key, advises) == 0 {
				w.t.Errorf("%s asserts %s, which all deny", name, key)
			}
			return nil
		}
		w.seen[name+" plain"]++
		for _, id := range all {
			s := w.byID[id]
			if w.says(s) != holds || len(w.limits(s)) > 0 || s.Modality != graph.ModalityNotStated && s.Modality != graph.Asserted {
				w.t.Errorf("%s says %s without what limits %s", name, key, id)
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// graphML looks at the edges of a file for drawing.
func (w *weakest) graphML() {
	type data struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	}
	var document struct {
		Keys []struct {
			ID   string `xml:"id,attr"`
			Name string `xml:"attr.name,attr"`
		} `xml:"key"`
		Edges []struct {
			ID   string `xml:"id,attr"`
			Data []data `xml:"data"`
		} `xml:"graph>edge"`
	}
	if err := xml.Unmarshal(w.plexus("", "export", "--format", "graphml", w.file), &document); err != nil {
		w.t.Fatal(err)
	}
	names := map[string]string{}
	for _, k := range document.Keys {
		names[k.ID] = k.Name
	}
	drawn := map[string]bool{}
	for _, e := range document.Edges {
		s := w.byID[e.ID]
		if s == nil || w.gone[e.ID] {
			w.t.Errorf("GraphML has an edge %q that is no statement that counts", e.ID)
			continue
		}
		drawn[e.ID] = true
		w.seen["graphml"]++
		said := map[string]string{}
		for _, d := range e.Data {
			said[names[d.Key]] = d.Value
		}
		for _, q := range limiting() {
			w.told("GraphML", s, q, said[q.String()])
		}
	}
	for id := range w.byID {
		if !drawn[id] && !w.gone[id] {
			w.t.Errorf("GraphML loses %s", id)
		}
	}
}

// cayleysView asks the view of the store that has no records in one of Cayley's
// languages.
func (w *weakest) cayleysView() {
	var from, by []string
	for _, c := range w.ds.Concepts {
		from = append(from, "<"+c.IRI+">")
	}
	for _, p := range []graph.ID{graph.PredicateSignOrSymptom, graph.PredicatePossibleTreatment, graph.PredicateAdvisedAgainstIn, graph.PredicateCause} {
		by = append(by, "<"+w.known[p].IRI+">")
	}
	quoted := func(all []string) string {
		text, err := json.Marshal(all)
		if err != nil {
			w.t.Fatal(err)
		}
		return strings.Trim(string(text), "[]")
	}
	program := fmt.Sprintf(`g.V(%s).tag("from").out([%s], "by").all()`, quoted(from), quoted(by))
	out := w.plexus(program, "query", "--lang", "gizmo", "--data", w.file)
	for line := range strings.Lines(string(out)) {
		var found struct{ From, By, ID string }
		w.decode(json.RawMessage(line), &found)
		w.seen["gizmo"]++
		short := func(iri string) string {
			iri = strings.Trim(iri, "<>")
			for _, c := range w.ds.Concepts {
				if c.IRI == iri {
					return string(c.ID)
				}
			}
			return string(w.ds.Prefixes.Compact(iri))
		}
		if key := w.key(short(found.From), short(found.By), short(found.ID)); w.count(key, holds)+w.count(key, mistaken) == 0 {
			w.t.Errorf("gizmo finds %s, which nobody holds", key)
		}
	}
}
