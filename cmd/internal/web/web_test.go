package web

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"github.com/plexus-kg/plexus/cmd/internal/web/webtest"
	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// get asks the handler for a path.
func get(t *testing.T, h http.Handler, path string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for name, values := range header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

var linked = regexp.MustCompile(`(?:src|href|data-examples)="([^"]+)"`)

// requireOffline skips the test where the libraries are not built in.
func requireOffline(t *testing.T) {
	t.Helper()
	if !Offline() {
		needs.Missing(t, "the playground's libraries are not built in (cmd/internal/web: npm ci && npm run build, then test again)")
	}
}

func TestPageLoadsOnlyWhatIsServed(t *testing.T) {
	requireOffline(t)
	h := handler("/graphql", true)
	page := get(t, h, Path, nil)
	links := linked.FindAllStringSubmatch(page.Body.String(), -1)
	if want := len(libraries()) + 5; len(links) != want { // style, script, icon, examples, licences
		t.Errorf("the page links to %d files, not %d", len(links), want)
	}
	for _, link := range links {
		file := get(t, h, "/"+link[1], nil)
		if file.Code != http.StatusOK {
			t.Errorf("%s: %d", link[1], file.Code)
			continue
		}
		if !strings.Contains(file.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: Cache-Control is %q", link[1], file.Header().Get("Cache-Control"))
		}
		again := get(t, h, "/"+link[1], http.Header{"If-None-Match": {file.Header().Get("ETag")}})
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s: asked again with its ETag: %d, %d bytes", link[1], again.Code, again.Body.Len())
		}
	}
}

func TestHeaders(t *testing.T) {
	h := handler("/graphql", false)
	page := get(t, h, Path, nil)
	script := regexp.MustCompile(`playground/[^"]+/playground\.js`).FindString(page.Body.String())
	for path, want := range map[string]string{Path: "text/html; charset=utf-8", "/" + script: "text/javascript; charset=utf-8"} {
		got := get(t, h, path, nil).Header()
		if got.Get("Content-Type") != want || got.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, got)
		}
	}
	if policy := page.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
	if got := page.Header().Get("Cache-Control"); got != "no-cache" {
		t.Errorf("the page itself: Cache-Control is %q", got)
	}
	for _, path := range []string{"/", "/nothing", "/playground/nothing", "/playground/000000000000/playground.js"} {
		if got := get(t, h, path, nil).Code; got != http.StatusNotFound {
			t.Errorf("%s: %d", path, got)
		}
	}
	post := httptest.NewRecorder()
	h.ServeHTTP(post, httptest.NewRequest(http.MethodPost, Path, nil))
	if post.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", post.Code)
	}
}

func TestPageHasNoInlineCode(t *testing.T) {
	body := get(t, handler("/graphql", false), Path, nil).Body.String()
	if found := regexp.MustCompile(`<style|style=|\son\w+=|<script[^>]*>[^<]`).FindString(body); found != "" {
		t.Errorf("the page contains %q", found)
	}
}

func TestWithoutLibrariesThePageNamesTheCDN(t *testing.T) {
	page := get(t, handler("/graphql", false), Path, nil)
	body := strings.ReplaceAll(page.Body.String(), "&#43;", "+")
	for _, l := range libraries() {
		if !strings.Contains(body, `"`+l.cdn()+`" integrity="`+l.Integrity+`"`) {
			t.Errorf("the page does not load %s with its hash", l.cdn())
		}
	}
	if policy := page.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self' "+cdnOrigin+";") {
		t.Errorf("the policy does not allow the CDN: %s", policy)
	}
}

// A server without the libraries, on a machine without internet: the page says
// what is wrong.
func TestWithoutLibrariesAndInternetThePageSaysSo(t *testing.T) {
	server := httptest.NewServer(handler("/graphql", false))
	t.Cleanup(server.Close)
	ctx := webtest.Browser(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+Path)); err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{"libraries could not be loaded", "make web"} {
		if err := webtest.Await(ctx, `document.body.innerText.includes("`+said+`")`); err != nil {
			t.Errorf("the page does not say so: %v", err)
		}
	}
}

func TestOfflineNeedsEveryFileUnchanged(t *testing.T) {
	want := []library{{File: "a.js", Integrity: integrity([]byte("a"))}, {File: "b.css", Integrity: integrity([]byte("b"))}}
	whole := func() fstest.MapFS {
		return fstest.MapFS{"assets/a.js": {Data: []byte("a")}, "assets/b.css": {Data: []byte("b")}, "assets/" + licenses: {}}
	}
	if !complete(whole(), want) {
		t.Error("all files are there, but it is not complete")
	}
	for name := range whole() {
		files := whole()
		delete(files, name)
		if complete(files, want) {
			t.Errorf("complete without %s", name)
		}
	}
	files := whole()
	files["assets/a.js"] = &fstest.MapFile{Data: []byte("other")}
	if complete(files, want) {
		t.Error("complete with another a.js than wanted")
	}
}

func TestNpmFilesNameTheSameVersionsAndNoRegistry(t *testing.T) {
	var manifest struct{ Dependencies map[string]string }
	text, err := os.ReadFile("package.json")
	if err == nil {
		err = json.Unmarshal(text, &manifest)
	}
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, l := range libraries() {
		used[l.Package] = true
		if got := manifest.Dependencies[l.Package]; got != l.Version {
			t.Errorf("package.json has %s %q, libraries.json %q", l.Package, got, l.Version)
		}
	}
	for name := range manifest.Dependencies {
		if !used[name] {
			t.Errorf("package.json asks for %s, which the page does not load", name)
		}
	}
	lock, err := os.ReadFile("package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(lock), `"resolved"`) {
		t.Error("package-lock.json names where packages come from; install with the .npmrc of this folder")
	}
}

func TestExamples(t *testing.T) {
	files, err := fs.ReadDir(exampleFiles, "examples")
	if err != nil {
		t.Fatal(err)
	}
	examples := Examples()
	if len(examples) != len(files) || len(examples) < 8 {
		t.Errorf("%d examples from %d files; the page promises at least eight", len(examples), len(files))
	}
	titles := map[string]bool{}
	for _, e := range examples {
		if e.Title == "" || titles[e.Title] {
			t.Errorf("%s: the title %q is empty or taken", e.Name, e.Title)
		}
		titles[e.Title] = true
		if !strings.HasSuffix(e.Description, ".") {
			t.Errorf("%s: the description %q is not a sentence", e.Name, e.Description)
		}
		if !regexp.MustCompile(`^query [A-Z]\w+`).MatchString(e.Query) {
			t.Errorf("%s: the query has no name for its tab: %q", e.Name, e.Query)
		}
	}
}

func TestParseExample(t *testing.T) {
	got := parseExample("07-x", "# A title\n# One sentence,\n#   over two lines.\n\n# kept\nquery X { a }\n\n")
	want := Example{Name: "07-x", Title: "A title", Description: "One sentence, over two lines.", Query: "# kept\nquery X { a }\n"}
	if got != want {
		t.Errorf("got %#v, want %#v", got, want)
	}
}
