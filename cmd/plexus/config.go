package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// configVerb prints the settings of serve.
type configVerb struct{ serverFlags }

// Help shows examples.
func (configVerb) Help() string {
	return `Takes the flags of serve, and prints what they come to, as a file that
--config reads: the command line comes first, then the environment, then the
file, then what is built in.

Examples:

  plexus config
  PLEXUS_RATE=20 plexus config --config plexus.yaml --listen 127.0.0.1:9000`
}

// Run prints the settings, each with where it comes from.
func (v configVerb) Run(_ context.Context, t *terminal, k *kong.Context, from *origins) error {
	for _, f := range k.Flags() {
		if f.Name == "help" || f.Name == configFlag {
			continue
		}
		value := f.Target.Interface()
		if s, ok := value.(fmt.Stringer); ok { // a time
			value = s.String()
		}
		text, err := yaml.MarshalWithOptions(value, yaml.Flow(true))
		if err != nil {
			return err
		}
		fmt.Fprintf(t.stdout, "%-40s # %s\n", f.Name+": "+strings.TrimSpace(string(text)), from.of(k, f))
	}
	return nil
}

// configFlag is the flag that names the file of settings.
const configFlag = "config"

// origins finds the values of flags that the command line does not give: in the
// environment, else in the file that --config or PLEXUS_CONFIG names. It
// remembers where it found them.
type origins struct {
	lookup func(string) (string, bool)
	file   map[string]any
	name   string // of the file
	read   bool
	err    error             // of the file: it is no fault of the flag that was looked for
	found  map[string]string // flag → origin
}

func newOrigins(lookup func(string) (string, bool)) *origins {
	return &origins{lookup: lookup, found: map[string]string{}}
}

// of says where the value of a flag comes from.
func (o *origins) of(k *kong.Context, f *kong.Flag) string {
	if where, ok := o.found[f.Name]; ok {
		return where
	}
	if slices.ContainsFunc(k.Path, func(p *kong.Path) bool { return p.Flag == f }) {
		return "command line"
	}
	return "built in"
}

// variable is the name that a flag has in the environment.
func variable(flag string) string {
	return "PLEXUS_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// Validate implements kong.Resolver.
func (o *origins) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver, for the verbs that have settings.
func (o *origins) Resolve(k *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
	flags := k.Flags()
	named := slices.IndexFunc(flags, func(f *kong.Flag) bool { return f.Name == configFlag })
	if named < 0 || f.Name == "help" {
		return nil, nil
	}
	if text, ok := o.lookup(variable(f.Name)); ok {
		o.found[f.Name] = "environment, " + variable(f.Name)
		return text, nil
	}
	if !o.read {
		o.read = true
		o.name, _ = k.FlagValue(flags[named]).(string)
		if name, ok := o.lookup(variable(configFlag)); ok && o.name == "" {
			o.name = name
		}
		if o.err = o.load(flags); o.err != nil {
			o.file = nil
		}
	}
	value, ok := o.file[f.Name]
	if !ok {
		return nil, nil
	}
	o.found[f.Name] = "file, " + o.name
	return value, nil
}

// load reads the file. A key that is no flag is an error: a setting that does
// nothing is worse than none.
func (o *origins) load(flags []*kong.Flag) error {
	if o.name == "" {
		return nil
	}
	text, err := os.ReadFile(o.name)
	if err != nil {
		return &unreadError{fmt.Errorf("--config: %s: %w", o.name, bare(err))}
	}
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return fmt.Errorf("%s: %s", o.name, yaml.FormatError(err, false, false))
	}
	o.file = map[string]any{}
	for _, document := range tree.Docs {
		if document.Body == nil {
			continue
		}
		body, ok := document.Body.(ast.MapNode)
		if !ok {
			return errors.New(o.name + ": it holds no settings: write a key and its value on each line")
		}
		for entries := body.MapRange(); entries.Next(); {
			key := entries.Key().GetToken()
			if err := o.entry(flags, key.Value, entries.Value()); err != nil {
				return fmt.Errorf("%s:%d: %w", o.name, key.Position.Line, err)
			}
		}
	}
	return nil
}

// entry takes one entry of the file.
func (o *origins) entry(flags []*kong.Flag, name string, node ast.Node) error {
	nearest, distance := "", 4
	known := false
	for _, f := range flags {
		if d := levenshtein.ComputeDistance(f.Name, name); d < distance {
			nearest, distance = f.Name, d
		}
		known = known || f.Name == name && name != "help" && name != configFlag
	}
	if !known {
		message := fmt.Sprintf("there is no setting %q", name)
		if nearest != "" {
			message += fmt.Sprintf(" (did you mean %q?)", nearest)
		}
		return errors.New(message)
	}
	if _, twice := o.file[name]; twice {
		return fmt.Errorf("%s stands in the file twice", name)
	}
	var value any
	if err := yaml.NodeToValue(node, &value); err != nil {
		return fmt.Errorf("%s: the value cannot be read", name)
	}
	switch value := value.(type) {
	case []any, map[string]any:
		o.file[name] = value
	case nil:
		return fmt.Errorf("%s has no value", name)
	default:
		o.file[name] = fmt.Sprint(value)
	}
	return nil
}
