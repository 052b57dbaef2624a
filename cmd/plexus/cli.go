package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// commandLine is the grammar of the command line: a field for each verb.
type commandLine struct {
	Serve   serveVerb   `cmd:"" help:"Serve a graph: GraphQL at /graphql, a playground at /."`
	Check   checkVerb   `cmd:"" help:"Check data files and report all problems at once."`
	Build   buildVerb   `cmd:"" help:"Build one file of data that is served at once."`
	Query   queryVerb   `cmd:"" help:"Run a GraphQL document without a server."`
	Search  searchVerb  `cmd:"" help:"Find concepts by text."`
	Path    pathVerb    `cmd:"" help:"Find out how two concepts are connected."`
	Rank    rankVerb    `cmd:"" help:"Order conditions by how well they fit some findings."`
	Graph   graphVerb   `cmd:"" help:"Draw what surrounds a concept."`
	Stats   statsVerb   `cmd:"" help:"Say what a graph holds."`
	Schema  schemaVerb  `cmd:"" help:"Print the GraphQL schema that clients compile against."`
	Version versionVerb `cmd:"" help:"Print the version of the program."`
}

// terminal is where a verb reads and writes.
type terminal struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// usageError is a command line that cannot be understood.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message + " (plexus --help shows what there is)" }

// errReported is the error of a verb that has already said what is wrong.
var errReported = errors.New("reported")

// run runs the verb that the arguments name.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	helped := false
	parser, err := kong.New(&commandLine{},
		kong.Name("plexus"),
		kong.Description("Plexus serves health content as a knowledge graph: conditions, symptoms, treatments, risks and tests, "+
			"and the sourced statements that join them. It informs; it does not diagnose."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { helped = true }), // only --help asks for it
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Vars{"listen": defaultListen},
		kong.UsageOnError(),
	)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if helped {
		return nil
	}
	if err != nil {
		return &usageError{err.Error()}
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(&terminal{stdin, stdout, stderr})
}

// printJSON writes a value as indented JSON.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// plural returns "1 thing" or "n things".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
