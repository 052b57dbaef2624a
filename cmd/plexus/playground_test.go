package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/cmd/internal/web"
	"github.com/plexus-kg/plexus/cmd/internal/web/webtest"
	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// TestPlayground opens the playground of the running server in a real browser
// and runs every example there. webtest fails the test on any request that
// leaves this machine and on anything the page complains of.
func TestPlayground(t *testing.T) {
	if !web.Offline() {
		needs.Missing(t, "the playground's libraries are not built in (make web builds them in, with Node)")
	}
	page := webtest.Open(t, serve(t)+"playground")
	for _, example := range web.Examples() {
		page.Choose(example.Name)
		text := page.Run()
		var answer struct {
			Data   map[string]any
			Errors []any
		}
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			t.Fatalf("%s: %v\n%s", example.Name, err, text)
		}
		if len(answer.Errors) > 0 || len(answer.Data) == 0 {
			t.Errorf("%s: %s", example.Name, text)
		}
	}

	// A link restores the query, in another tab of another person.
	link := page.CopyLink()
	query := page.Query()
	if !strings.Contains(link, "#query=") {
		t.Errorf("the link is %s", link)
	}
	page.Go(link)
	if got := page.Query(); strings.TrimSpace(got) != strings.TrimSpace(query) {
		t.Errorf("the link restores\n%s\nnot\n%s", got, query)
	}
}
