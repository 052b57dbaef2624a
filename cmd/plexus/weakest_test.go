package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/join"
	"github.com/plexus-kg/plexus/seed"
)

// TestNoRouteSaysMore: on random graphs no route shows a claim with less limits
// than its weakest statement has. Whoever is shown a claim is shown all statements
// of it, each with all that limits it; who is told it in a sentence is told what
// limits the weakest of each direction; what nobody holds is shown as no claim; and
// what a program reads without the records has no limit.
//
// What holds only of several concepts together is shown with all of them, among their
// combinations and in rank, and by no other route.
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
		w.combinations()
		w.drawings()
		w.exports()
		if t.Failed() {
			t.Fatalf("the graph is newWeakest(%d)", n)
		}
	}
	t.Logf("claims that were looked at: %v", seen)
	for _, route := range []string{
		"typed links", "cautions", "links", "counts", "support", "values", "neighbourhood", "statements", "sections", "claim", "conflicts", "paths", "sentences", "plexus path",
		"rank", "plexus rank", "combinations", "found together", "rank together", "plexus rank together", "plexus graph", "turtle", "trig", "jsonld", "nquads", "kgx", "graphml", "turtle plain", "trig asserted", "jsonld asserted", "nquads asserted", "gizmo", "joined",
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
	joined  bool
	dir     string
	seen    map[string]int
	byID    map[string]*graph.Statement
	claims  map[string][]string // the statements of each claim that count
	gone    map[string]bool     // statements that do not count, and claims of which none is left
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
		c.Members, c.NotJoined = nil, nil
		if i < 3 {
			c.Types = append([]graph.ID{"schema:MedicalCondition"}, c.Types...)
		}
	}
	predicates := []graph.ID{
		graph.PredicatePossibleTreatment, graph.PredicateAdvisedAgainstIn, graph.PredicateSignOrSymptom, graph.PredicateSignOrSymptom,
		graph.PredicateCause, graph.PredicateRelated, graph.PredicateContraindication,
	}
	joined := n%3 == 2
	if joined { // 0 and 4, 1 and 3
		for i := range 2 {
			a, b := &ds.Concepts[i], &ds.Concepts[4-i]
			a.Codes, b.Types = []graph.Code{{Code: b.ID, Match: graph.MatchExact}}, a.Types
			a.Sources, b.Sources = nil, nil
		}
		predicates = append(predicates, graph.PredicateExactMatch)
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
		s.SaidOf, s.ObjectSaidOf, s.StageSaidOf, s.WithSaidOf = "", "", "", ""
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
		s.With = nil
		for r.IntN(3) == 0 {
			if other := few(); other != s.Subject && other != s.Object {
				s.With = append(s.With, other)
			}
		}
		if s.With != nil && s.Object != "" && r.IntN(2) == 0 {
			s.Predicate = []graph.ID{graph.PredicateMayIndicate, graph.PredicateCause}[r.IntN(2)]
		}
		for _, q := range limiting() {
			if q.Info().Type == graph.TextQualifier && *s.Text(q) != "" {
				*s.Text(q) = fmt.Sprintf("%s of %d.", q, i)
			}
		}
		if s.Negated && s.Modality == graph.Discouraged { // which no file may say
			s.Negated = i%2 == 0
			if s.Negated {
				s.Modality = graph.Suspected
			}
		}
	}
	graphtest.Straighten(ds)
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	if joined {
		found, err := join.Join(ds)
		if err != nil {
			t.Fatal(err)
		}
		seen["joined"] += len(found.Classes)
	}
	w := &weakest{
		t: t, joined: joined, ds: ds, dir: t.TempDir(), seen: seen,
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
		within := s.Subject == s.Object && s.SaidOf != s.ObjectSaidOf // evidence that two are one
		w.gone[string(s.ID)] = w.gone[string(s.ID)] || back || within || len(s.With) > 0
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
	if joined {
		w.plexus("", "build", w.written(), "-o", w.file)
	} else {
		w.plexus("", "build", "--no-join", w.written(), "-o", w.file)
	}
	return w
}

// export exports the graph as it is served.
func (w *weakest) export(arguments ...string) []byte {
	arguments = append(append([]string{"export"}, arguments...), w.file)
	if w.joined {
		arguments = append(arguments, "--joined")
	}
	return w.plexus("", arguments...)
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
	text.WriteString("fragment S on Statement { id explanation subject { id } predicate { id } object { id } value { text } source { id __typename }")
	for _, q := range limiting() {
		text.WriteString(" " + q.String())
		if q.Info().Type == graph.RefQualifier || q.Info().Type == graph.ListQualifier {
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
	case []any:
		var ids []string
		for _, item := range v {
			ids = append(ids, idOf(item))
		}
		return strings.Join(sorted(ids), " ")
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
		explanation, _ := s["explanation"].(string)
		w.sentenceOf(explanation, []string{id})
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
