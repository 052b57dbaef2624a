package web

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed examples/*.graphql
var exampleFiles embed.FS

// Example is a query that the playground offers.
type Example struct {
	// Name is the file's, without its ending: 01-from-symptom-to-tests.
	Name string `json:"name"`
	// Title and Description are the first line of the comment at the top of the
	// file, and the rest of it as one paragraph.
	Title       string `json:"title"`
	Description string `json:"description"`
	// Query is the GraphQL document below that comment. Its variables have
	// defaults or may be left out, so that it runs as it is.
	Query string `json:"query"`
}

// Examples returns the examples in the order in which the page lists them, that
// of their names.
func Examples() []Example {
	names, err := fs.Glob(exampleFiles, "examples/*.graphql")
	if err != nil {
		panic(err) // the pattern is wrong: a fault of this line
	}
	examples := make([]Example, 0, len(names))
	for _, name := range names {
		examples = append(examples, parseExample(
			strings.TrimSuffix(path.Base(name), ".graphql"),
			string(mustRead(exampleFiles, name)),
		))
	}
	return examples
}

// parseExample splits a file into the comment at its top and the document.
func parseExample(name, text string) Example {
	var comment []string
	for line := range strings.Lines(text) {
		words, ok := strings.CutPrefix(line, "#")
		if !ok {
			break
		}
		comment = append(comment, strings.TrimSpace(words))
		text = text[len(line):]
	}
	e := Example{Name: name, Query: strings.TrimSpace(text) + "\n"}
	if len(comment) > 0 {
		e.Title, e.Description = comment[0], strings.Join(comment[1:], " ")
	}
	return e
}
