package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// report is a case report, as a line of the file has it.
type report struct {
	ID          string   `json:"id"`
	Observed    []string `json:"observed"`
	Excluded    []string `json:"excluded"`
	Disease     string   `json:"disease"`
	Publication string   `json:"publication"`

	where string // file, line and id
}

// readReports reads a file of case reports.
func readReports(path string) ([]report, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var reports []report
	line := 0
	for text := range bytes.Lines(text) {
		line++
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		at := fmt.Sprintf("%s:%d", path, line)
		r, err := readReport(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
		r.where = at + " (" + r.ID + ")"
		reports = append(reports, r)
	}
	if len(reports) == 0 {
		return nil, fmt.Errorf("%s has no case: a line for each is needed, such as %s", path, reportExample)
	}
	return reports, nil
}

const reportExample = `{"id": "1", "observed": ["HP:0000510"], "excluded": [], "disease": "OMIM:615982"}`

func readReport(line []byte) (r report, err error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	err = d.Decode(&r)
	var misfit *json.UnmarshalTypeError
	switch {
	case errors.As(err, &misfit):
		field := cmp.Or(misfit.Field, "the line")
		return r, fmt.Errorf("%s: a JSON %s cannot stand here; write it as in %s", field, misfit.Value, reportExample)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return r, fmt.Errorf("the line ends within its JSON: write a case as one line, as in %s", reportExample)
	case err != nil:
		return r, fmt.Errorf("%s: write it as in %s", strings.TrimPrefix(err.Error(), "json: "), reportExample)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return r, errors.New("more than one JSON value: write each case on a line of its own")
	}
	for _, needed := range [...]struct {
		field   string
		missing bool
	}{{"id", r.ID == ""}, {"observed", len(r.Observed) == 0}, {"disease", r.Disease == ""}} {
		if needed.missing {
			return r, fmt.Errorf("no %q: write it as in %s", needed.field, reportExample)
		}
	}
	return r, nil
}

// rankedCase is a case report of a disease whose signs the data lists, and where
// rank puts it.
type rankedCase struct {
	where              string
	disease            graph.Ref
	observed, excluded []graph.Ref
	ofSource           bool       // the publication is a source of the disease's signs
	by                 [2]outcome // without and with the excluded findings
}

// resolve finds the concepts of the cases.
func resolve(ctx context.Context, r graph.Reader, reports []report) ([]rankedCase, *findings, error) {
	var ids []string
	for _, x := range reports {
		ids = append(ids, x.Disease)
		ids = slices.Concat(ids, x.Observed, x.Excluded)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var resolved graph.Resolution
	if err := walk.Resolve(ctx, r, ids, &resolved); err != nil {
		return nil, nil, err
	}
	sum, refs := r.Summary(), map[string]graph.Ref{}
	for i, id := range ids {
		if sum.Class(resolved.Refs[i]) == graph.ClassConcept {
			refs[id] = resolved.Refs[i]
		}
	}
	told := &findings{reports: len(reports)}
	concepts := func(ids []string) (known []graph.Ref) {
		for _, id := range ids {
			told.all++
			if ref, is := refs[id]; is {
				known = append(known, ref)
			} else {
				told.unknown++
			}
		}
		slices.Sort(known)
		return slices.Compact(known)
	}
	diseases, err := newDiseases(r)
	if err != nil {
		return nil, nil, err
	}
	var cases []rankedCase
	for _, x := range reports {
		c := rankedCase{where: x.where, disease: refs[x.Disease]}
		if _, known := refs[x.Disease]; !known {
			continue
		}
		told.known++
		about, err := diseases.about(ctx, c.disease)
		if err != nil {
			return nil, nil, err
		}
		if !about.signs {
			continue
		}
		c.observed, c.excluded = concepts(x.Observed), concepts(x.Excluded)
		c.excluded = slices.DeleteFunc(c.excluded, func(f graph.Ref) bool {
			_, both := slices.BinarySearch(c.observed, f)
			told.both += map[bool]int{true: 1}[both]
			return both
		})
		id := cmp.Or(publicationIn(x.Publication), publicationIn(x.ID))
		c.ofSource = id != "" && about.cited[id]
		cases = append(cases, c)
	}
	return cases, told, nil
}

// pubmed finds the number of a publication in PubMed.
var pubmed = regexp.MustCompile(`(?i)(?:\bPMID|pubmed(?:\.ncbi\.nlm\.nih\.gov)?)[:_/ ]+([0-9]+)`)

// publicationIn returns the number in PubMed of the publication that a text names, empty
// for none.
func publicationIn(text string) string {
	if found := pubmed.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// diseases knows what is stated of the signs of diseases.
type diseases struct {
	r     graph.Reader
	signs []graph.PredicateRef
	known map[graph.Ref]stated
}

// stated is what is stated of a disease's signs.
type stated struct {
	signs bool // there are some
	// cited has the numbers in PubMed of what the statements cite, or have as their
	// source.
	cited map[string]bool
}

func newDiseases(r graph.Reader) (*diseases, error) {
	sign, known := r.Summary().Predicate(graph.PredicateSignOrSymptom)
	if !known {
		return nil, errors.New("the data states no sign of any condition: there is nothing to rank by")
	}
	return &diseases{r, []graph.PredicateRef{sign}, map[graph.Ref]stated{}}, nil
}

// about reads what is stated of a disease.
func (d *diseases) about(ctx context.Context, disease graph.Ref) (stated, error) {
	if s, known := d.known[disease]; known {
		return s, nil
	}
	s := stated{cited: map[string]bool{}}
	cite := func(texts ...string) {
		for _, text := range texts {
			if id := publicationIn(text); id != "" {
				s.cited[id] = true
			}
		}
	}
	var links graph.LinkBatch
	if err := d.r.Links(ctx, []graph.Ref{disease}, graph.LinkQuery{Predicates: d.signs}, &links); err != nil {
		return s, err
	}
	s.signs = len(links.Other) > 0
	var b graph.StatementBatch
	if err := d.r.Statements(ctx, links.Statements.Items, graph.StatementProperties|graph.Columns(graph.QualifierSource, graph.QualifierLocator), &b); err != nil {
		return s, err
	}
	for _, property := range b.Properties.Items {
		cite(property.Value.Text)
	}
	cite(b.Qualifiers[graph.QualifierLocator].Texts...)
	var sources graph.SourceBatch
	if err := d.r.Sources(ctx, b.Qualifiers[graph.QualifierSource].Refs, graph.SourceID|graph.SourceIRI, &sources); err != nil {
		return s, err
	}
	cite(sources.ID...)
	cite(sources.IRI...)
	d.known[disease] = s
	return s, nil
}
