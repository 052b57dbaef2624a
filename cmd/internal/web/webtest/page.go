package webtest

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

// Page is an open playground. Each method fails the test if the page does not
// do what it should.
type Page struct {
	t   testing.TB
	ctx context.Context
}

// Open shows the playground at the address, watched by [Guard], and waits until
// it is ready.
func Open(t testing.TB, address string) *Page {
	t.Helper()
	p := &Page{t: t, ctx: Browser(t)}
	Guard(t, p.ctx)
	p.Go(address)
	return p
}

// Go shows another address in the same browser, which remembers what a reader's
// browser would, and waits until the page says that it is ready, has its fonts,
// which move what is to be clicked on, and has read the schema, or has failed to.
func (p *Page) Go(address string) {
	p.t.Helper()
	// By way of an empty page, so that an address which differs only in its
	// fragment is loaded as well.
	p.run("open "+address, chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	p.wait("the page", `document.querySelector("#playground")?.dataset.ready === "true" && document.fonts.status === "loaded"`)
	p.wait("the schema", `document.querySelector(".graphiql-sidebar [aria-label='Re-fetch GraphQL schema']").disabled === false`)
}

// Query returns the text of the query editor.
func (p *Page) Query() string {
	p.t.Helper()
	return p.text(".graphiql-query-editor .CodeMirror")
}

// Variables returns the text of the variables editor.
func (p *Page) Variables() string {
	p.t.Helper()
	return p.text(".graphiql-editor-tool .CodeMirror")
}

// Answer returns the text of the answer, as it is shown.
func (p *Page) Answer() string {
	p.t.Helper()
	return p.text(".graphiql-response .CodeMirror")
}

// Type puts a query into the editor.
func (p *Page) Type(query string) {
	p.t.Helper()
	p.Eval(fmt.Sprintf(`document.querySelector(".graphiql-query-editor .CodeMirror").CodeMirror.setValue(%s)`, strconv.Quote(query)))
}

// Choose clicks on the example of that name (01-from-symptom-to-tests) and waits
// until the editor shows its query.
func (p *Page) Choose(name string) {
	p.t.Helper()
	button := fmt.Sprintf(`.plexus-examples button[data-example=%q]`, name)
	p.wait("the panel of examples", fmt.Sprintf(`document.querySelector(%s)?.getBoundingClientRect().left >= 0`, strconv.Quote(button)))
	p.run("choose example "+name, chromedp.Click(chromedp.CSS(button)))
	p.wait("example "+name, fmt.Sprintf(`document.querySelector(%s)?.ariaCurrent === "true"`, strconv.Quote(button)))
}

// Run presses the button that runs the query, and returns the answer.
func (p *Page) Run() string {
	p.t.Helper()
	p.Eval(`document.querySelector(".graphiql-response .CodeMirror").CodeMirror.setValue("")`)
	p.run("run the query", chromedp.Click(chromedp.CSS(".graphiql-execute-button")))
	p.wait("an answer", `document.querySelector(".graphiql-response .CodeMirror").CodeMirror.getValue() !== ""
		&& document.querySelector(".graphiql-response .graphiql-spinner") === null`)
	return p.Answer()
}

// CopyLink presses the button that copies a link, and returns the link, which
// the page also shows as its address.
func (p *Page) CopyLink() string {
	p.t.Helper()
	p.run("copy the link", chromedp.Click(chromedp.CSS(".plexus-copy button")))
	p.wait("the word that the link is there", `document.querySelector(".plexus-copy [role=status]").textContent !== ""`)
	return p.Address()
}

// Address returns the address that the browser shows.
func (p *Page) Address() string {
	p.t.Helper()
	address, _ := p.Eval(`location.href`).(string)
	return address
}

// Eval evaluates a JavaScript expression in the page and returns its value.
func (p *Page) Eval(expression string) any {
	p.t.Helper()
	value, err := evaluate[any](p.ctx, expression)
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return value
}

// Resize gives the page that many pixels.
func (p *Page) Resize(width, height int64) {
	p.t.Helper()
	p.run("resize", chromedp.EmulateViewport(width, height))
}

// Keys sends keys to whatever has the focus, as a keyboard would; the names of
// keys are those of package kb of chromedp.
func (p *Page) Keys(keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	p.run("press keys", chromedp.KeyEvent(keys, options...))
}

// Wait waits until the JavaScript expression is true.
func (p *Page) Wait(expression string) {
	p.t.Helper()
	p.wait(expression, expression)
}

func (p *Page) text(editor string) string {
	p.t.Helper()
	text, _ := p.Eval(fmt.Sprintf(`document.querySelector(%s).CodeMirror.getValue()`, strconv.Quote(editor))).(string)
	return text
}

func (p *Page) wait(what, expression string) {
	p.t.Helper()
	if err := Await(p.ctx, expression); err != nil {
		p.t.Fatalf("wait for %s: %v", what, err)
	}
}

func (p *Page) run(what string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}
