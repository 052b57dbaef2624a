package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/resolvers"
)

type queryVerb struct {
	dataFlag
	File      string `arg:"" optional:"" default:"-" help:"The file of the GraphQL document, or the document itself; - is standard input."`
	Variables string `placeholder:"JSON" help:"The variables, as a JSON object."`
	Operation string `placeholder:"NAME" help:"The operation to run, where the document holds several."`
}

// Help shows examples.
func (queryVerb) Help() string {
	return `Examples:

  plexus query '{ concept(id: "DOID:12506") { id name } }'
  plexus query walk.graphql
  plexus query < walk.graphql
  plexus query --variables '{"id": "eeg"}' detects.graphql

Prints the response as JSON. The exit code is 1 if it has errors.`
}

// Run runs the document.
func (v queryVerb) Run(ctx context.Context, t *terminal) error {
	document, err := v.document(t.stdin)
	if err != nil {
		return err
	}
	params := &graphql.RawParams{Query: document, OperationName: v.Operation}
	if v.Variables != "" {
		d := json.NewDecoder(bytes.NewReader([]byte(v.Variables)))
		d.UseNumber()
		if d.Decode(&params.Variables) != nil {
			return &usageError{"--variables is not a JSON object"}
		}
	}
	release, err := v.load(ctx, t.stderr)
	if err != nil {
		return err
	}
	executor := resolvers.NewExecutor(resolvers.Config{
		Current:   func() resolvers.Release { return release.Release },
		RequestID: func(context.Context) string { return "on the command line" },
		Report:    func(_ context.Context, err error) { fmt.Fprintf(t.stderr, "plexus: internal error: %v\n", err) },
	})
	response := executor.Execute(ctx, params)
	if err := printJSON(t.stdout, resolvers.BodyOf(response)); err != nil {
		return err
	}
	if len(response.Errors) > 0 {
		return errReported
	}
	return nil
}

// isDocument tells a document from the name of a file.
var isDocument = regexp.MustCompile(`^\s*(\{|(query|fragment|mutation|subscription)\b[^{]*\{)`)

// document returns the GraphQL document.
func (v queryVerb) document(stdin io.Reader) (string, error) {
	if v.File == "-" {
		text, err := io.ReadAll(stdin)
		return string(text), err
	}
	text, err := os.ReadFile(v.File)
	if err != nil && isDocument.MatchString(v.File) {
		return v.File, nil
	}
	return string(text), err
}
