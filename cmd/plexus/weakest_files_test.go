package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// drawings looks at what plexus graph draws.
func (w *weakest) drawings() {
	for _, c := range w.ds.Concepts {
		var drawn picture
		w.decode(w.plexus("", "graph", "--data", w.file, "--format", "json", string(c.ID)), &drawn)
		for _, e := range drawn.Edges {
			key := w.key(e.Subject, string(e.Predicate), e.Object)
			w.whole("plexus graph", key, e.Statements)
			if against := w.count(key, denies) + w.count(key, advises) + w.warned(key); against > 0 != e.Disputed {
				w.t.Errorf("plexus graph: %d speak against %s; it is disputed: %t", against, key, e.Disputed)
			}
			marks := strings.Join(e.Marks, "; ")
			for _, id := range w.claims[key] {
				for _, limit := range w.limits(w.byID[id]) {
					if limit != "inferred by a curator" && !strings.Contains(marks, limit) {
						w.t.Errorf("plexus graph: %s is drawn without %q of %s: %q", key, limit, id, e.Marks)
					}
				}
				for _, p := range w.adds(w.byID[id]) {
					if !strings.Contains(marks, p[0]+": "+p[1]) {
						w.t.Errorf("plexus graph: %s is drawn without %q of %s: %q", key, p, id, e.Marks)
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
		w.export("-o", file)
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

// tables looks at the rows of KGX: other tools take each for what holds, unless it is
// negated.
func (w *weakest) tables() {
	w.export("--format", "kgx", "-o", filepath.Join(w.dir, "kgx"))
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
			w.told("KGX", s, q, strings.ReplaceAll(cells[q.String()], "|", " "))
		}
	}
	for id, s := range w.byID {
		if edge := !w.gone[id] && w.says(s) != advises; found[id] != edge {
			w.t.Errorf("KGX has %s as an edge: %t", id, found[id])
		}
	}
}

// triples reads a file as a program does that knows no rdf:Statement.
func (w *weakest) triples(name string, format rdf.Format) {
	text := w.export("--format", name)
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
		if w.warned(key) > 0 {
			w.t.Errorf("%s says %s, of which others warn", name, key)
		}
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
	if err := xml.Unmarshal(w.export("--format", "graphml"), &document); err != nil {
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
		key := w.claimOf(s)
		if want := w.count(key, holds) > 0 && w.count(key, denies)+w.count(key, advises)+w.warned(key) > 0; said["disputed"] != strconv.FormatBool(want) {
			w.t.Errorf("GraphML: %s of %s is disputed: %s, not %t", e.ID, key, said["disputed"], want)
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
