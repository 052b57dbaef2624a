package web_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/plexus-kg/plexus/cmd/internal/web"
	"github.com/plexus-kg/plexus/cmd/internal/web/webtest"
	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// echo stands in for the GraphQL endpoint. These tests are about the page alone:
// what it sends, and that it shows what comes back. It answers a query with the
// request as it arrived, and introspection with a schema of one field; the
// examples run against the real schema in the tests of cmd/plexus.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "application/json")
	if strings.Contains(string(body), "__schema") {
		_, _ = io.WriteString(w, `{"data":{"__schema":{"queryType":{"name":"Query"},"mutationType":null,"subscriptionType":null,"directives":[],"types":[
			{"kind":"OBJECT","name":"Query","fields":[{"name":"received","args":[],"type":{"kind":"SCALAR","name":"String","ofType":null},"isDeprecated":false}],"inputFields":null,"interfaces":[],"enumValues":null,"possibleTypes":null},
			{"kind":"SCALAR","name":"String"},{"kind":"SCALAR","name":"Boolean"}]}}}`)
		return
	}
	answer, _ := json.Marshal(map[string]any{"data": map[string]any{"received": json.RawMessage(body)}})
	_, _ = w.Write(answer)
}

// serve serves the page before the echo until the test ends or closes it, or
// skips the test where the page's libraries are not built in.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	if !web.Offline() {
		needs.Missing(t, "the playground's libraries are not built in (cmd/internal/web: npm ci && npm run build, then test again)")
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/graphql", echo)
	mux.Handle("/", web.Handler("/graphql"))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// site returns the address of a page that is served until the test ends.
func site(t *testing.T) string {
	t.Helper()
	return serve(t).URL + web.Path
}

// received returns the request that the echo saw, from the answer on the page.
func received(t *testing.T, answer string) (query string, variables map[string]any) {
	t.Helper()
	var echoed struct {
		Data struct {
			Received struct {
				Query     string
				Variables map[string]any
			}
		}
	}
	if err := json.Unmarshal([]byte(answer), &echoed); err != nil {
		t.Fatalf("the page shows no answer of the server but %q", answer)
	}
	return echoed.Data.Received.Query, echoed.Data.Received.Variables
}

func TestFirstVisit(t *testing.T) {
	examples := web.Examples()
	page := webtest.Open(t, site(t))
	if got := page.Query(); got != examples[0].Query {
		t.Errorf("the editor shows %q, not the first example", got)
	}
	if query, _ := received(t, page.Run()); query != examples[0].Query {
		t.Errorf("the server was asked %q, not the first example", query)
	}
}

func TestEveryExampleOpensAndRuns(t *testing.T) {
	address := site(t)
	page := webtest.Open(t, address)
	for _, example := range web.Examples() {
		page.Choose(example.Name)
		page.Wait(activeTabInSight)
		if got := page.Query(); got != example.Query {
			t.Errorf("%s: the editor shows %q", example.Name, got)
		}
		if query, _ := received(t, page.Run()); query != example.Query {
			t.Errorf("%s: the server was asked %q", example.Name, query)
		}
	}
	tabs, _ := page.Eval(`document.querySelectorAll(".graphiql-tab").length`).(float64)
	if int(tabs) != len(web.Examples()) {
		t.Errorf("%d examples are open in %v tabs", len(web.Examples()), tabs)
	}
	page.Go(address) // the next visit begins with the last tab
	page.Wait(activeTabInSight)
}

// activeTabInSight is true if the active tab lies within the strip of tabs.
const activeTabInSight = `(() => {
	const strip = document.querySelector(".graphiql-tabs").getBoundingClientRect();
	const tab = document.querySelector(".graphiql-tab-active").getBoundingClientRect();
	return tab.left >= strip.left - 1 && tab.right <= strip.right + 1;
})()`

func TestExampleOpensOnceUntilEdited(t *testing.T) {
	page := webtest.Open(t, site(t))
	tabs := func() int {
		n, _ := page.Eval(`document.querySelectorAll(".graphiql-tab").length`).(float64)
		return int(n)
	}
	examples := web.Examples()
	for _, i := range []int{1, 3, 1, 3, 0} { // the first is open from the start; the fourth has variables
		page.Choose(examples[i].Name)
	}
	if got := tabs(); got != 3 {
		t.Errorf("three examples are open in %d tabs", got)
	}
	page.Choose(examples[1].Name)
	edited := examples[1].Query + "# mine\n"
	page.Type(edited)
	page.Wait(`document.querySelector(".plexus-examples [aria-current]") === null`)
	page.Choose(examples[1].Name)
	if got := tabs(); got != 4 {
		t.Errorf("the edited example and its original are open in %d tabs, not 4", got)
	}
	page.Eval(`document.querySelectorAll(".graphiql-tab-button")[1].click()`)
	page.Wait(`document.querySelector(".graphiql-tab-active") === document.querySelectorAll(".graphiql-tab")[1]`)
	if got := page.Query(); got != edited {
		t.Errorf("of the edited example is left %q", got)
	}
}

func TestExampleShowsItsVariables(t *testing.T) {
	page := webtest.Open(t, site(t))
	for _, c := range []struct {
		example string
		want    map[string]any
	}{
		{"04-recommended-early", map[string]any{"stage": "early-stage-facial-paralysis"}},
		{"11-everything-about-a-concept", map[string]any{"id": "facial-twitching", "after": nil}},
	} {
		page.Choose(c.example)
		var shown map[string]any
		if err := json.Unmarshal([]byte(page.Variables()), &shown); err != nil || !maps.Equal(shown, c.want) {
			t.Errorf("%s: the variables editor shows %q, not %v", c.example, page.Variables(), c.want)
		}
		page.Wait(`document.querySelector(".graphiql-editor-tool").getBoundingClientRect().left >= 0`)
		if _, asked := received(t, page.Run()); !maps.Equal(asked, c.want) {
			t.Errorf("%s: the server was asked with %v", c.example, asked)
		}
	}
}

// No guard watches this page: that requests fail is what it is about.
func TestServerIsGone(t *testing.T) {
	server := serve(t)
	ctx := webtest.Browser(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+web.Path)); err != nil {
		t.Fatal(err)
	}
	if err := webtest.Await(ctx, `document.querySelector("#playground")?.dataset.ready === "true"`); err != nil {
		t.Fatal(err)
	}
	server.Close()
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS(".graphiql-execute-button"))); err != nil {
		t.Fatal(err)
	}
	if err := webtest.Await(ctx, `document.querySelector(".graphiql-response .CodeMirror").CodeMirror.getValue() ===
		'"the server does not answer at /graphql: is plexus serve still running?"'`); err != nil {
		t.Error(err)
	}
}

// On a telephone the editor and the answer stand one above the other, and the
// panel of examples makes room for the example that was chosen.
func TestNarrowWindow(t *testing.T) {
	page := webtest.Open(t, site(t))
	page.Resize(390, 844)
	example := web.Examples()[1]
	page.Eval(`document.querySelector("[data-example='` + example.Name + `']").click()`)
	page.Wait(`document.querySelector(".graphiql-sidebar [aria-label='Show Examples']") !== null`)
	if query, _ := received(t, page.Run()); query != example.Query {
		t.Errorf("the server was asked %q", query)
	}
	for _, pane := range []string{".graphiql-query-editor", ".graphiql-response"} {
		page.Wait(`(({ width, height }) => width > 330 && height > 200)(document.querySelector("` + pane + `").getBoundingClientRect())`)
	}
}

func TestLinkRestoresQuery(t *testing.T) {
	address := site(t)
	const query = "query Ask($id: ID!) {\n  concept(id: $id) { name } # 100 % + more & \"so\" on\n}\n"
	const variables = `{ "id": "bells-palsy" }`
	page := webtest.Open(t, address+"#"+url.Values{"query": {query}, "variables": {variables}}.Encode())
	if page.Query() != query || page.Variables() != variables {
		t.Errorf("on a first visit the editors show %q and %q", page.Query(), page.Variables())
	}
	gotQuery, gotVariables := received(t, page.Run())
	if gotQuery != query || gotVariables["id"] != "bells-palsy" {
		t.Errorf("the server was asked %q with %v", gotQuery, gotVariables)
	}
	link := page.CopyLink()

	// Later, with other tabs open; then in another browser, which remembers
	// nothing.
	page.Go(address)
	page.Choose(web.Examples()[1].Name)
	page.Go(link)
	if page.Query() != query || page.Variables() != variables {
		t.Errorf("the copied link shows %q and %q", page.Query(), page.Variables())
	}
	page.Type("{ received }")
	page.Wait(`location.hash === ""`)
	stranger := webtest.Open(t, link)
	if stranger.Query() != query || stranger.Variables() != variables {
		t.Errorf("in another browser the copied link shows %q and %q", stranger.Query(), stranger.Variables())
	}
}

func TestKeyboard(t *testing.T) {
	page := webtest.Open(t, site(t))
	example := web.Examples()[2]
	page.Eval(`document.querySelector("[data-example='` + example.Name + `']").focus()`)
	page.Keys(kb.Enter)
	page.Wait(`document.querySelector("[data-example='` + example.Name + `']").ariaCurrent === "true"`)
	page.Keys(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl))
	page.Wait(`document.querySelector(".graphiql-response .CodeMirror").CodeMirror.getValue() !== ""`)
	if query, _ := received(t, page.Answer()); query != example.Query {
		t.Errorf("the server was asked %q", query)
	}
	// The tab key leaves the editor instead of writing into it.
	page.Eval(`document.querySelector(".graphiql-query-editor .CodeMirror").CodeMirror.focus()`)
	page.Keys(kb.Tab)
	if inside, _ := page.Eval(`document.activeElement.closest(".graphiql-query-editor .CodeMirror") !== null`).(bool); inside {
		t.Error("the tab key does not leave the query editor")
	}
	if got := page.Query(); got != example.Query {
		t.Errorf("the tab key wrote into the query: %q", got)
	}
}

// Whatever is opened on the page keeps to its policy: the guard reports what
// does not.
func TestPolicy(t *testing.T) {
	page := webtest.Open(t, site(t))
	for _, panel := range []string{"Show Documentation Explorer", "Show History", "Show GraphiQL Explorer", "Show Examples"} {
		page.Eval(`document.querySelector(".graphiql-sidebar [aria-label='` + panel + `']").click()`)
		page.Wait(`document.querySelector(".graphiql-sidebar [aria-label='` + strings.Replace(panel, "Show", "Hide", 1) + `']") !== null`)
	}
	for _, dialog := range []string{"Open settings dialog", "Open short keys dialog"} {
		page.Eval(`document.querySelector(".graphiql-sidebar [aria-label='` + dialog + `']").click()`)
		page.Wait(`document.querySelector("[role=dialog]") !== null && document.querySelectorAll("style").length === 1 && document.querySelector("style").sheet !== null`)
		page.Keys(kb.Escape)
		page.Wait(`document.querySelector("[role=dialog]") === null`)
	}
	page.Type("query A { received } query B { received }")
	page.Wait(`document.querySelector(".graphiql-execute-button")?.ariaHasPopup === "menu"`)
	page.Eval(`document.querySelector(".graphiql-execute-button").focus()`)
	page.Keys(kb.Enter)
	page.Wait(`document.querySelectorAll("[role=menuitem]").length === 2`)
}
