package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// Of six reports one is of an unknown disease and one of a disease without signs.
// The report of PMID 1 is a source of its disease, and two more are of that disease and
// no source; PMID 3 stands in a locator. Fever alone is a sign of two: neither is first. Nobody
// lists what the last one has for its disease.
func TestCases(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--data", "testdata/data.yaml", "testdata/reports.jsonl"}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(" +").ReplaceAllString(out.String(), " ")
	for _, want := range []string{
		"; 6 cases, of them 5 of a disease that it knows, 4 of one whose signs it lists: these are ranked\n",
		"findings of these: 9, of them 1 of no known concept, left out; 1 both observed and excluded, taken as observed\n",
		"\n observed findings 4 50.0 % 75.0 % 75.0 % 75.0 % 25.0 % 25.0 %\n",
		"\n report is a source 2 50.0 % 100.0 % 100.0 % 100.0 % 0.0 % 50.0 %\n",
		"\n report is none 2 50.0 % 50.0 % 50.0 % 50.0 % 50.0 % 0.0 %\n",
		"\n and excluded ones 4 75.0 % 75.0 % 75.0 % 75.0 % 25.0 % 0.0 %\n", // without a red eye it is influenza
		"processor time of a call, for the first 100 with their reasons: median ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	out.Reset()
	if err := run(t.Context(), []string{"--data", "testdata/data.yaml", "--sample", "3", "testdata/reports.jsonl"}, &out, io.Discard); err != nil || !strings.Contains(out.String(), "; 3 cases, of them 2 of a disease") {
		t.Errorf("a sample: %v\n%s", err, out.String())
	}
	if err := run(t.Context(), []string{"testdata/reports.jsonl"}, &out, io.Discard); err == nil || !strings.Contains(err.Error(), "is it the right --data?") {
		t.Errorf("with data that knows none of the diseases: %v", err)
	}
}

// The place among equal scores is the middle of theirs.
func TestTies(t *testing.T) {
	t.Parallel()
	var results []walk.Ranked
	for i, score := range []float64{9, 5, 5, 5, 1} {
		results = append(results, walk.Ranked{Concept: graph.Ref(i + 1), Score: score})
	}
	for disease, want := range map[graph.Ref]outcome{1: {place: 1}, 2: {place: 3, tied: 2}, 4: {place: 3, tied: 2}, 5: {place: 5}} {
		if got := outcomeOf(results, disease); got != want {
			t.Errorf("%d: %+v, not %+v", disease, got, want)
		}
	}
}

func TestPublicationIn(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"BBS4/PMID_15654695_Patient_1": "15654695", "PMID:1": "1", "pmid 7": "7", "https://pubmed.ncbi.nlm.nih.gov/20301537": "20301537", "http://www.ncbi.nlm.nih.gov/pubmed/9": "9",
		"OMIM:203400": "", "PMID_patient_1": "",
	} {
		if got := publicationIn(text); got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
}

// What a line has wrong is said with its place.
func TestBadReports(t *testing.T) {
	t.Parallel()
	const good = `{"id": "1", "observed": ["a"], "disease": "b"}` + "\n"
	for text, want := range map[string]string{
		"":                       " has no case",
		good + "{\n":             `:2: the line ends within its JSON`,
		good + "\n" + good + "7": `:4: the line: a JSON number cannot stand here`,
		good + "x":               `:2: invalid character 'x'`,
		good + `{"id": "2", "observed": "a", "disease": "b"}`: `:2: observed: a JSON string cannot stand here`,
		good + `{"id": "2", "present": ["a"]}`:                `:2: unknown field "present"`,
		good + `{"id": "2", "observed": [], "disease": "b"}`:  `:2: no "observed"`,
		`{"id": "2", "observed": ["a"]}`:                      `:1: no "disease"`,
		`{"observed": ["a"], "disease": "b"}`:                 `:1: no "id"`,
		good + strings.TrimSpace(good) + good:                 `:2: more than one JSON value`,
	} {
		path := filepath.Join(t.TempDir(), "reports.jsonl")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := run(t.Context(), []string{path}, io.Discard, io.Discard)
		if err == nil || !strings.HasPrefix(err.Error(), path+want) || strings.Contains(err.Error(), "Go ") {
			t.Errorf("%q: %v, not %q", text, err, want)
		}
	}
	for _, args := range [][]string{{}, {"a", "b"}, {"--sample", "-1", "a"}, {"nothing.jsonl"}, {"--data", "nothing", "testdata/reports.jsonl"}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

// What is varied is there to be varied: the constants of the score stand where they
// are looked for, and the row of all cases is found in what is printed.
func TestPlateau(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.FromSlash("../../../" + formula))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(scoreConstant.FindAll(text, -1)); n < 3 || n > 5 {
		t.Errorf("%d constants of the score are found in %s, and 3 to 5 are expected", n, formula)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--data", "testdata/data.yaml", "testdata/reports.jsonl"}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	found := wholeRow.FindStringSubmatch(out.String())
	if found == nil || strings.Join(strings.Fields(found[1]), " ") != "4 75.0 % 75.0 % 75.0 % 75.0 %" {
		t.Errorf("%q of\n%s", found, out.String())
	}
}
