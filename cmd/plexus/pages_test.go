package main

import (
	"encoding/csv"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/cmd/internal/pages"
	"github.com/plexus-kg/plexus/cmd/internal/server"
)

// pageSite serves data, or else the embedded seed, with its pages until the test ends.
func pageSite(t *testing.T, data ...string) *httptest.Server {
	t.Helper()
	h, _ := handlerOf(t, dataFlag{Data: data}, func(c *server.Config) { c.Pages = pages.Routes })
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// readPage reads a page, without following redirects.
func readPage(t *testing.T, address string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if _ = answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

var (
	pageLink = regexp.MustCompile(`(?:href|src)="([^"]+)"`)
	pageTag  = regexp.MustCompile(`<[^>]*>`)
	spaces   = regexp.MustCompile(`\s+`)
)

// readable is what a page says, without its tags.
func readable(page string) string {
	return spaces.ReplaceAllString(html.UnescapeString(pageTag.ReplaceAllString(page, " ")), " ")
}

// TestPagesLead: whoever follows links from the first page comes to a page, always:
// pages, their other languages, their files.
func TestPagesLead(t *testing.T) {
	site, most := pageSite(t), 3000
	if testing.Short() {
		most = 400
	}
	seen, queue := map[string]bool{"/": true}, []string{"/"}
	kinds := map[string]int{}
	for len(queue) > 0 && most > 0 {
		to := queue[0]
		queue, most = queue[1:], most-1
		answer, body := readPage(t, site.URL+to)
		media, _, _ := strings.Cut(answer.Header.Get("Content-Type"), ";")
		kinds[media]++
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %s", to, answer.Status, readable(body))
			continue
		}
		if media != "text/html" {
			continue
		}
		for _, wrong := range []string{"ZgotmplZ", "%!", "&lt;nil&gt;", "map["} {
			if strings.Contains(body, wrong) {
				t.Errorf("%s holds %q", to, wrong)
			}
		}
		if n := strings.Count(body, "<h1"); n != 1 || len(body) > 50_000 {
			t.Errorf("%s has %d main headings, and %d bytes", to, n, len(body))
		}
		for _, m := range pageLink.FindAllStringSubmatch(body, -1) {
			link, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			if strings.HasPrefix(link, "/") && !seen[link] && !strings.HasPrefix(link, "/playground") {
				seen[link] = true
				queue = append(queue, link)
			}
		}
	}
	for _, media := range []string{"text/html", "text/css", "text/javascript", "image/svg+xml", "text/csv", "text/tab-separated-values", "application/jsonl"} {
		if kinds[media] == 0 {
			t.Errorf("no link leads to %s", media)
		}
	}
}

// TestPagesSay: what the pages say of the article, with the limits of each claim.
func TestPagesSay(t *testing.T) {
	site := pageSite(t)
	for address, wants := range map[string][]string{
		"/": {"concepts 78", "statements 148", "Facial twitching: causes and care", "it does not diagnose"},
		"/id/facial-twitching": {
			"Facial twitching may be caused by Bell's palsy (“one of the most common causes”; note: “given as secondary to the palsy”).",
			"Common causes", "L3.S3", "inferred by a curator",
		},
		"/id/facial-twitching?lang=de":                {"Plexus informiert"},
		"/search?q=twiching":                          {"Facial twitching"},
		"/search?kind=TEST":                           {"Test 5", "5 found", "Electroencephalogram", "Imaging study"},
		"/id/facial-twitching/links?denied=1":         {"0 links", "No source here states such a link."},
		"/rank?finding=facial-twitching":              {"Focal epilepsy", "Bell's palsy"},
		"/paths?from=facial-twitching&to=eeg":         {"has the recommended test Electroencephalogram (context: evaluation of frequent or prolonged twitching)"},
		"/paths?from=Facial+twitching&to=nonsense":    {"What is meant by “nonsense”? Nothing was found."},
		"/compare?a=bells-palsy&b=focal-epilepsy":     {"Bell's palsy", "Focal epilepsy"},
		"/id/facial-twitching-article":                {"Common causes"},
		"/search?q=%3Cscript%3Ealert(1)%3C/script%3E": {"<script>alert(1)</script>"},
	} {
		answer, body := readPage(t, site.URL+address)
		said := readable(body)
		if answer.StatusCode == http.StatusFound { // names lead to ids
			_, body = readPage(t, site.URL+answer.Header.Get("Location"))
			said = readable(body)
		} else if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", address, answer.Status)
		}
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %s", address, want, said)
			}
		}
		if strings.Contains(body, "<script>") || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: a script within, or no policy", address)
		}
	}
}

// doubts is data in which sources deny, advise against, take back and contradict.
const doubts = `dataset: {id: doubts, name: Doubts, license: CC0-1.0, version: "1", language: en}
sources:
  - {id: one, kind: data, name: One, version: "1"}
  - {id: two, kind: data, name: Two, version: "1", status: preprint}
concepts:
  - {id: cold, name: Cold, types: [MedicalCondition]}
  - {id: rash, name: Rash, types: [MedicalSymptom]}
  - {id: herbs, name: Herbs, types: [Drug]}
  - {id: pills, name: Pills, types: [Drug]}
  - {id: tea, name: Tea, types: [Drug]}
  - {id: bleeding, name: Bloodletting, types: [Drug]}
defaults: {source: one, locator: p. 1, modality: asserted}
statements:
  - {subject: cold, predicate: signOrSymptom, object: rash, negated: true}
  - {subject: cold, predicate: possibleTreatment, object: herbs, population: adults}
  - {subject: cold, predicate: possibleTreatment, object: herbs, negated: true, source: two, population: adults}
  - {subject: pills, predicate: advisedAgainstIn, object: cold, modality: discouraged}
  - {subject: cold, predicate: possibleTreatment, object: tea, modality: possible, source: two}
  - {id: withdrawn, subject: cold, predicate: possibleTreatment, object: bleeding, retracted: "2026-01-02", retractionReason: an error}
`

// TestPagesWarn: what is denied, advised against, disputed, hedged or taken back says so
// in words wherever it stands, and none of it is offered as a treatment.
func TestPagesWarn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "doubts.yaml")
	if err := os.WriteFile(file, []byte(doubts), 0o600); err != nil {
		t.Fatal(err)
	}
	site := pageSite(t, file)
	for address, wants := range map[string][]string{
		"/id/cold": {
			"Stated as not so 2", "Rash Cold is stated not to have the sign or symptom Rash.", "✕ denied One", "⇄ disputed", "Herbs", "(for adults)", "⚠ advised against", "Pills", "? possible ◌ preprint Two",
		},
		"/id/cold/links?denied=1":        {"2 links", "Rash", "Herbs"},
		"/disputes":                      {"1 disputed claims", "Those who speak against it", "✕ denied ◌ preprint Two"},
		"/id/withdrawn":                  {"⊘ retracted", "2026-01-02", "an error", "Retracted: Cold may be treated with Bloodletting.", "For whom not stated"},
		"/compare?a=cold&b=rash&lang=de": {"abgeraten", "umstritten"},
	} {
		_, body := readPage(t, site.URL+address)
		said := readable(body)
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %s", address, want, said)
			}
		}
		if address != "/id/withdrawn" && strings.Contains(said, "Bloodletting") {
			t.Errorf("%s shows what was taken back: %s", address, said)
		}
	}
}

// TestPagesAnswer: redirects, refusals, languages, and what a client has already.
func TestPagesAnswer(t *testing.T) {
	site := pageSite(t)
	for _, test := range []struct {
		address string
		header  []string
		status  int
		to, say string
	}{
		{"/?query=%7Bconcepts%7BtotalCount%7D%7D&variables=%7B%7D", nil, http.StatusFound, "/playground?query=%7Bconcepts%7BtotalCount%7D%7D&variables=%7B%7D", ""},
		{"/id/ICD10CM:G51.0", nil, http.StatusFound, "/id/bells-palsy", ""},
		{"/id/bells-palsi", nil, http.StatusNotFound, "", "Bell's palsy"},
		{"/nowhere", []string{"Accept", "text/html"}, http.StatusNotFound, "", "Home"},
		{"/id/eeg/links?after=nonsense", nil, http.StatusBadRequest, "", "after"},
		{"/search?kind=NONSENSE&format=csv", nil, http.StatusBadRequest, "", "NONSENSE"},
		{"/search?q=a&format=xlsx", nil, http.StatusBadRequest, "", "csv, tsv or jsonl"},
		{"/", []string{"Accept-Language", "fr, de-AT;q=0.8, en;q=0.5"}, http.StatusOK, "", "Plexus informiert"},
		{"/?lang=en", []string{"Accept-Language", "de"}, http.StatusOK, "", "Plexus informs"},
	} {
		answer, body := readPage(t, site.URL+test.address, test.header...)
		if answer.StatusCode != test.status || answer.Header.Get("Location") != test.to || !strings.Contains(readable(body), test.say) {
			t.Errorf("%s: %s, to %q: %s", test.address, answer.Status, answer.Header.Get("Location"), readable(body))
		}
	}
	first, _ := readPage(t, site.URL+"/id/eeg")
	tag := first.Header.Get("ETag")
	if again, body := readPage(t, site.URL+"/id/eeg", "If-None-Match", tag); tag == "" || again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("%q: %s", tag, again.Status)
	}
	if german, _ := readPage(t, site.URL+"/id/eeg", "If-None-Match", tag, "Accept-Language", "de"); german.StatusCode != http.StatusOK {
		t.Errorf("in another language: %s", german.Status)
	}
}

// TestPagesTables: the statements of a page as files, with the same rows in each
// format.
func TestPagesTables(t *testing.T) {
	site := pageSite(t)
	for address, want := range map[string]string{"/search?kind=TEST&format=csv": "eeg,Electroencephalogram,TEST", "/search?q=eeg&format=csv": "eeg,Electroencephalogram,TEST"} {
		if answer, body := readPage(t, site.URL+address); answer.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %s %s", address, answer.Status, body)
		}
	}
	rows := map[string]int{}
	for _, format := range []string{"csv", "tsv", "jsonl"} {
		answer, body := readPage(t, site.URL+"/id/facial-twitching/links?format="+format)
		if name := answer.Header.Get("Content-Disposition"); answer.StatusCode != http.StatusOK || !strings.Contains(name, "."+format) {
			t.Errorf("%s: %s, %q", format, answer.Status, name)
		}
		if format == "jsonl" {
			for line := range strings.Lines(body) {
				var row map[string]any
				if err := json.Unmarshal([]byte(line), &row); err != nil || row["sentence"] == "" {
					t.Errorf("%q: %v", line, err)
				}
				rows[format]++
			}
			continue
		}
		r := csv.NewReader(strings.NewReader(body))
		if format == "tsv" {
			r.Comma, r.LazyQuotes = '\t', true
		}
		table, err := r.ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		header := strings.Join(table[0], " ")
		for _, column := range []string{"statement", "subject", "modality", "population", "stage", "frequency", "negated", "source", "locator", "sentence"} {
			if !strings.Contains(" "+header+" ", " "+column+" ") {
				t.Errorf("%s: no column %s: %s", format, column, header)
			}
		}
		rows[format] = len(table) - 1
	}
	if rows["csv"] == 0 || rows["csv"] != rows["tsv"] || rows["csv"] != rows["jsonl"] {
		t.Errorf("rows: %v", rows)
	}
}

// TestPagesShowTheirQuery: the link to the playground holds the operation of the page,
// and the endpoint answers it.
func TestPagesShowTheirQuery(t *testing.T) {
	site := pageSite(t)
	_, body := readPage(t, site.URL+"/id/facial-twitching")
	var found url.Values
	for _, m := range pageLink.FindAllStringSubmatch(body, -1) {
		if link, is := strings.CutPrefix(html.UnescapeString(m[1]), "/playground#"); is {
			found, _ = url.ParseQuery(link)
		}
	}
	if found == nil {
		t.Fatal("no link to the playground with a query")
	}
	answer, data := readPage(t, site.URL+"/graphql?"+url.Values{"query": found["query"], "variables": found["variables"]}.Encode())
	if answer.StatusCode != http.StatusOK || !strings.Contains(data, "Facial twitching may be caused by Bell's palsy") || strings.Contains(data, `"errors"`) {
		t.Errorf("%s: %s", answer.Status, data)
	}
}
