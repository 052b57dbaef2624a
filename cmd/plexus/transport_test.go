package main

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fetch asks by GET, as caches like it.
func fetch(t *testing.T, address, query, variables string, header http.Header) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"graphql?"+url.Values{"query": {query}, "variables": {variables}}.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// TestCaching: an answer has a tag, and who has it is told so; another question,
// an answer with errors and one about the server itself have another or none.
func TestCaching(t *testing.T) {
	address := serve(t)
	const query = `query($id: ID!) { concept(id: $id) { name } }`
	first, body := fetch(t, address, query, `{"id":"eeg"}`, nil)
	tag := first.Header.Get("ETag")
	if first.StatusCode != 200 || tag == "" || first.Header.Get("Cache-Control") != "no-cache" || !strings.Contains(body, "Electroencephalogram") {
		t.Fatalf("%d %v %s", first.StatusCode, first.Header, body)
	}
	if vary := strings.Join(first.Header.Values("Vary"), ", "); !strings.Contains(vary, "Accept") || !strings.Contains(vary, "Accept-Encoding") {
		t.Errorf("Vary: %s", vary)
	}
	known := http.Header{"If-None-Match": {`"another", ` + tag}}
	for name, c := range map[string]struct {
		query, variables string
		status           int
	}{
		"the same":           {query, `{"id":"eeg"}`, 304},
		"the same, spaced":   {query, ` { "id" : "eeg" } `, 304},
		"other variables":    {query, `{"id":"mri"}`, 200},
		"another query":      {query + " ", `{"id":"eeg"}`, 200},
		"with an error":      {query, `{"id":""}`, 200},
		"about the server":   {`{ dataset { loadedAt } }`, ``, 200},
		"about it, indirect": {`{ ...A } fragment A on Query { dataset { lastReload { ok } } }`, ``, 200},
	} {
		response, body := fetch(t, address, c.query, c.variables, known)
		if response.StatusCode != c.status || (c.status == 304) != (body == "") {
			t.Errorf("%s: %d %s", name, response.StatusCode, body)
		}
		told := response.Header.Get("ETag") + response.Header.Get("Cache-Control")
		if want := map[bool]string{true: "no-store", false: response.Header.Get("ETag") + "no-cache"}[strings.Contains(name, "about")]; told != want && name != "with an error" {
			t.Errorf("%s: told caches %s", name, told)
		}
		if name == "with an error" && told != "no-store" {
			t.Errorf("an answer with errors is offered to caches: %s", told)
		}
	}
	if response, body := fetch(t, address, query, `{"id":"eeg"}`, http.Header{"If-None-Match": {tag}, "Accept": {"application/graphql-response+json"}}); response.StatusCode != 200 {
		t.Errorf("another media type: %d %s", response.StatusCode, body)
	}
}

// TestCompression: large answers are compressed for those who take it.
func TestCompression(t *testing.T) {
	address := serve(t)
	const large = `{ concepts(first: 78) { nodes { id name types } } }`
	plainly, want := fetch(t, address, large, "", http.Header{"Accept-Encoding": {"identity"}})
	zipped, body := fetch(t, address, large, "", http.Header{"Accept-Encoding": {"gzip"}})
	if zipped.Header.Get("Content-Encoding") != "gzip" || len(body) >= len(want)/2 || plainly.Header.Get("Content-Encoding") != "" {
		t.Fatalf("%v, %d of %d bytes", zipped.Header, len(body), len(want))
	}
	r, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != want {
		t.Errorf("unpacked it is another answer: %v", err)
	}
	if zipped.Header.Get("ETag") != plainly.Header.Get("ETag") {
		t.Error("its tag is another one")
	}
	if small, _ := fetch(t, address, `{ __typename }`, "", http.Header{"Accept-Encoding": {"gzip"}}); small.Header.Get("Content-Encoding") != "" {
		t.Error("a small answer is compressed")
	}
}

// TestPersisted: Apollo's automatic persisted queries, by POST and GET.
func TestPersisted(t *testing.T) {
	address := serve(t)
	const query = `{ concept(id: "eeg") { id } }`
	sum := sha256.Sum256([]byte(query))
	extensions := fmt.Sprintf(`{"persistedQuery":{"version":1,"sha256Hash":"%s"}}`, hex.EncodeToString(sum[:]))
	byHash := func() string {
		r, err := http.Get(address + "graphql?extensions=" + url.QueryEscape(extensions))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Body.Close() }()
		body, _ := io.ReadAll(r.Body)
		return string(body)
	}
	if body := byHash(); !strings.Contains(body, `"PersistedQueryNotFound"`) || !strings.Contains(body, `"PERSISTED_QUERY_NOT_FOUND"`) {
		t.Errorf("unknown: %s", body)
	}
	request, _ := json.Marshal(map[string]any{"query": query, "extensions": json.RawMessage(extensions)})
	if _, _, body := post(t, address, "application/json", string(request)); !strings.Contains(body, `"id":"eeg"`) {
		t.Errorf("with the document: %s", body)
	}
	if body := byHash(); !strings.Contains(body, `"id":"eeg"`) {
		t.Errorf("by hash: %s", body)
	}
}

// TestOperations: with a list of operations no other is run.
func TestOperations(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "name.graphql"), []byte(`query Name($id: ID!) { concept(id: $id) { name } }`), 0o600); err != nil {
		t.Fatal(err)
	}
	address := serve(t, "--operations", folder)
	for query, want := range map[string]string{
		`query Name($id:ID!){concept(id:$id){name}}`:       `"name":"Electroencephalogram"`,
		`query Name($id: ID!) { concept(id: $id) { id } }`: `"OPERATION_NOT_ALLOWED"`,
		`{ __schema { types { name } } }`:                  `"OPERATION_NOT_ALLOWED"`,
	} {
		request, _ := json.Marshal(map[string]any{"query": query, "variables": map[string]string{"id": "eeg"}})
		if _, _, body := post(t, address, "application/json", string(request)); !strings.Contains(body, want) {
			t.Errorf("%s: %s", query, body)
		}
	}
}

// TestCost: an answer says what it was asked for and what it holds.
func TestCost(t *testing.T) {
	address := serve(t)
	for query, want := range map[string]string{
		`{ concept(id: "eeg") { id } }`:                                     `"cost":{"asked":1,"spent":1}`,
		`{ concepts(first: 5) { nodes { id } } }`:                           `"cost":{"asked":6,"spent":6}`,
		`{ conditions(first: 100) { nodes { id } } }`:                       `"cost":{"asked":101,"spent":21}`,
		`{ concept(id: "nothing") { id } __schema { queryType { name } } }`: `"cost":{"asked":9,"spent":9}`, // names like it were looked for
		`{ concept(id: "") { id } }`:                                        `"cost":{"asked":1,"spent":0}`,
	} {
		request, _ := json.Marshal(map[string]string{"query": query})
		if _, _, body := post(t, address, "application/json", string(request)); !strings.Contains(body, want) {
			t.Errorf("%s: %s", query, body)
		}
	}
}
