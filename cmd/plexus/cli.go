package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/plexus-kg/plexus/seed"
)

// commandLine is the grammar of the command line: a field for each verb.
type commandLine struct {
	Serve    serveVerb      `cmd:"" help:"Serve a graph: pages at /, GraphQL at /graphql, a playground at /playground."`
	Check    checkVerb      `cmd:"" help:"Check data files and report all problems at once."`
	Explain  explainVerb    `cmd:"" help:"Explain a rule of check, or list all."`
	New      newVerb        `cmd:"" help:"Write a commented file to start from."`
	Annotate annotateVerb   `cmd:"" help:"Find what articles name, and draft statements for somebody to confirm."`
	Build    buildVerb      `cmd:"" help:"Build one file of data that is served at once."`
	Diff     diffVerb       `cmd:"" help:"Say what differs between two graphs."`
	Export   exportVerb     `cmd:"" help:"Write data in another format: ${writable}."`
	Query    queryVerb      `cmd:"" help:"Run a GraphQL document without a server, or a query in one of Cayley's languages."`
	Search   searchVerb     `cmd:"" help:"Find concepts by text."`
	Path     pathVerb       `cmd:"" help:"Find out how two concepts are connected."`
	Rank     rankVerb       `cmd:"" help:"Order conditions by how well they fit some findings."`
	Graph    graphVerb      `cmd:"" help:"Draw what surrounds a concept."`
	Words    predicatesVerb `cmd:"" name:"predicates" help:"List the predicates, or those that fit two kinds."`
	Stats    statsVerb      `cmd:"" help:"Say what a graph holds."`
	Schema   schemaVerb     `cmd:"" help:"Print the GraphQL schema, or the JSON Schema of seed files."`
	Config   configVerb     `cmd:"" help:"Print the settings of serve, and where each comes from."`
	Version  versionVerb    `cmd:"" help:"Print the version of the program, as --version does."`
}

// terminal is where a verb reads and writes.
type terminal struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// printed is standard output. It remembers that something could not be written:
// what nobody got must not end like success.
type printed struct {
	to  io.Writer
	err error // the first
}

func (p *printed) Write(b []byte) (int, error) {
	n, err := p.to.Write(b)
	if p.err == nil {
		p.err = err
	}
	return n, err
}

// usageError is a command line that cannot be understood.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message + " (plexus --help shows what there is)" }

// unreadError is what kept the settings from being read: no fault of theirs.
type unreadError struct{ error }

func (e *unreadError) Unwrap() error { return e.error }

// errReported is the error of a verb that has already said what is wrong.
var errReported = errors.New("reported")

// troubleError is what kept a verb from an answer whose own exit code is 1: it
// ends with 2, as diff(1) does.
type troubleError struct{ error }

func (e *troubleError) Unwrap() error { return e.error }

// errInterrupted is the error of a verb that Ctrl-C has ended.
var errInterrupted = errors.New("interrupted")

// run runs the verb that the arguments name.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	helped, out := false, &printed{to: stdout}
	from := newOrigins(os.LookupEnv)
	parser, err := kong.New(&commandLine{},
		kong.Name("plexus"),
		kong.Description("Plexus serves health content as a knowledge graph: conditions, symptoms, treatments, risks and tests, "+
			"and the sourced statements that join them. It informs; it does not diagnose."),
		kong.Writers(out, stderr),
		kong.Exit(func(int) { helped = true }), // only --help asks for it
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Vars(settingVars()),
		kong.Vars{"queryLimit": strconv.Itoa(queryLimit), "queryTimeout": queryTimeout.String()},
		kong.Resolvers(from),
		kong.Bind(from),
		kong.UsageOnError(),
	)
	if err != nil {
		return err
	}
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "--version": // no flag of the grammar: each verb would have it, and config as a setting
		args = append([]string{"version"}, args[1:]...)
	}
	parsed, err := parser.Parse(args)
	if helped || out.err != nil {
		return out.err
	}
	if unread := (*unreadError)(nil); errors.As(from.err, &unread) {
		return unread.error // and nothing that follows from it
	}
	if err = errors.Join(meant(err), from.err); err != nil {
		return from.located(&usageError{strings.ReplaceAll(err.Error(), " (string)", "")}) // kong adds Go's type
	}
	parsed.BindTo(shown(ctx, stderr), (*context.Context)(nil))
	if err = from.located(parsed.Run(&terminal{stdin, out, stderr})); errors.Is(err, context.Canceled) {
		return errInterrupted
	}
	if out.err != nil && (err == nil || errors.Is(err, errReported)) {
		return out.err
	}
	return err
}

// meant says of an argument that a verb does not take, and that names data, how
// data is given to it.
func meant(err error) error {
	var wrong *kong.ParseError
	if !errors.As(err, &wrong) || wrong.Context == nil || wrong.Context.Selected() == nil {
		return err
	}
	path, isArgument := strings.CutPrefix(err.Error(), "unexpected argument ")
	takesData := slices.ContainsFunc(wrong.Context.Selected().Flags, func(f *kong.Flag) bool { return f.Name == "data" })
	if _, missing := os.Stat(path); !isArgument || !takesData || missing != nil && path != seed.EmbeddedPath {
		return err
	}
	return fmt.Errorf("%w: to load it, write --data %s", err, path)
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
