package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/resolvers"
)

type queryVerb struct {
	dataFlag
	File      string `arg:"" optional:"" default:"-" help:"The file of the document, or the document itself; - is standard input."`
	Lang      string `default:"graphql" enum:"graphql,gizmo,mql,sexp" help:"The language of the document: graphql, or one of Cayley's, which walk from quad to quad: gizmo (JavaScript), mql, sexp (default ${default})."`
	Variables string `placeholder:"JSON" help:"graphql: the variables, as a JSON object."`
	Operation string `placeholder:"NAME" help:"graphql: the operation to run, where the document holds several."`

	Limit    int           `placeholder:"N" help:"gizmo, mql, sexp: stop after so many results (default ${queryLimit})."`
	Timeout  time.Duration `placeholder:"TIME" help:"gizmo, mql, sexp: how long the query may take once the data is loaded (default ${queryTimeout})."`
	AllQuads bool          `help:"gizmo, mql, sexp: show the quads of denied claims too. Each looks like the claim: read the kg:negated of its label."`

	Worker string `hidden:""` // what the document is called, in the process that runs it
}

// Help shows examples.
func (queryVerb) Help() string {
	return `Examples:

  plexus query '{ concept(id: "DOID:12506") { id name } }'
  plexus query walk.graphql
  plexus query < walk.graphql
  plexus query --variables '{"id": "eeg"}' detects.graphql
  plexus query --lang gizmo 'g.V("<focal-epilepsy>").out("<schema:typicalTest>").all()'
  plexus query --lang mql '[{"id": null, "<schema:typicalTest>": "<eeg>"}]'
  plexus query --lang sexp '($c (:schema:typicalTest :eeg))'

Prints the response as JSON. The exit code is 1 if it has errors. Cayley's languages
print a line of JSON for each result. They read only, and see no quads of claims that
a source denies.`
}

// Run runs the document.
func (v queryVerb) Run(ctx context.Context, t *terminal) error {
	switch isGraphQL := v.Lang == "graphql"; {
	case v.Worker != "":
		return v.work(ctx, t)
	case isGraphQL && (v.Limit != 0 || v.Timeout != 0 || v.AllQuads):
		return &usageError{"--limit, --timeout and --all-quads are of --lang gizmo, mql and sexp"}
	case !isGraphQL && (v.Variables != "" || v.Operation != ""):
		return &usageError{"--variables and --operation are of --lang graphql"}
	case !isGraphQL:
		return v.superviseWorker(ctx, t)
	}
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
	return v.loaded(ctx, t, func(r resolvers.Release, out io.Writer) error {
		executor := resolvers.NewExecutor(resolvers.Config{
			Current:   func() resolvers.Release { return r },
			RequestID: func(context.Context) string { return "on the command line" },
			Report:    func(_ context.Context, err error) { fmt.Fprintf(t.stderr, "plexus: internal error: %v\n", err) },
		})
		response := executor.Execute(ctx, params)
		if err := printJSON(out, resolvers.BodyOf(response)); err != nil {
			return err
		}
		if len(response.Errors) > 0 {
			return errReported
		}
		return nil
	})
}

// isDocument tells a document from the name of a file.
var isDocument = regexp.MustCompile(`^\s*(\{|(query|fragment|mutation|subscription)\b[^{]*\{)`)

// isWritten reports whether the argument can be a document.
func (v queryVerb) isWritten() bool {
	if v.Lang == "graphql" {
		return isDocument.MatchString(v.File)
	}
	return strings.ContainsAny(v.File, "({[")
}

// document returns the document.
func (v queryVerb) document(stdin io.Reader) (string, error) {
	if v.File == "-" {
		text, err := io.ReadAll(stdin)
		return string(text), err
	}
	text, err := os.ReadFile(v.File)
	if err != nil && v.isWritten() {
		return v.File, nil
	}
	return string(text), err
}
