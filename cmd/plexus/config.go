package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// configVerb prints the settings of serve, and what serve would not take of them.
type configVerb struct{ serverFlags }

// Help shows examples.
func (configVerb) Help() string {
	return `Takes the flags of serve, and prints what they come to, as a file that
--config reads: the command line comes first, then the environment, then the
file, then what is built in. Then it says what serve would refuse of them (exit
code 2, or 1 for a file that cannot be read).

Examples:

  plexus config
  PLEXUS_RATE=20 plexus config --config plexus.yaml --listen 127.0.0.1:9000`
}

// Run prints the settings, each with where it comes from.
func (v configVerb) Run(ctx context.Context, t *terminal, k *kong.Context, from *origins) error {
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
	if unknown := from.unknown(k, os.Environ()); unknown != "" {
		fmt.Fprintln(t.stderr, "plexus: "+unknown)
	}
	return v.check(ctx)
}

// configFlag is the flag that names the file of settings.
const configFlag = "config"

// origins finds the values of flags that the command line does not give: in the
// environment, else in the file that --config or PLEXUS_CONFIG names. It
// remembers where it found them.
type origins struct {
	lookup func(string) (string, bool)
	file   map[string]setting
	name   string // of the file
	read   bool
	err    error             // of the file: it is no fault of the flag that was looked for
	found  map[string]string // flag → origin
}

// setting is the value of a flag in a file, and its line.
type setting struct {
	value any // a text, or a list of texts
	line  int
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
	o.found[f.Name] = fmt.Sprintf("file, %s:%d", o.name, value.line)
	return value.value, nil
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
	o.file = map[string]setting{}
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
			if err := o.entry(flags, key.Value, key.Position.Line, entries.Value()); err != nil {
				return fmt.Errorf("%s:%d: %w", o.name, key.Position.Line, err)
			}
		}
	}
	return nil
}

// entry takes one entry of the file.
func (o *origins) entry(flags []*kong.Flag, name string, line int, node ast.Node) error {
	if name == configFlag {
		return errors.New("a file cannot name another: settings are read from one file (--config or " + variable(configFlag) + ")")
	}
	at := slices.IndexFunc(flags, func(f *kong.Flag) bool { return f.Name == name && name != "help" })
	if at < 0 {
		return fmt.Errorf("there is no setting %q%s", name, nearest(name, flags, func(flag string) string { return flag }))
	}
	if _, twice := o.file[name]; twice {
		return fmt.Errorf("%s stands in the file twice", name)
	}
	var value any
	if err := yaml.NodeToValue(node, &value); err != nil {
		return fmt.Errorf("%s: the value cannot be read", name)
	}
	given, err := typed(flags[at], value)
	if err != nil {
		return fmt.Errorf("%s %w", name, err)
	}
	o.file[name] = setting{given, line}
	return nil
}

// typed returns a value as kong takes it for a flag: a text, as on the command
// line, or for a flag that can be repeated a list of texts.
func typed(f *kong.Flag, value any) (any, error) {
	text := func(value any) (string, error) {
		switch value.(type) {
		case nil:
			return "", errors.New("has no value")
		case []any:
			return "", errors.New("has one value, not a list")
		case map[string]any:
			return "", errors.New("has one value, not keys with values")
		}
		return fmt.Sprint(value), nil
	}
	switch value := value.(type) {
	case []any:
		if !f.IsSlice() {
			break
		}
		list := make([]any, len(value))
		for i, one := range value {
			s, err := text(one)
			if err != nil {
				return nil, errors.New("is a list of single values")
			}
			list[i] = s
		}
		return list, nil
	case map[string]any:
		if !f.IsMap() {
			break
		}
		var pairs []string
		for _, name := range slices.Sorted(maps.Keys(value)) {
			s, err := text(value[name])
			if err != nil {
				return nil, fmt.Errorf("is wrong: %s %w", name, err)
			}
			pairs = append(pairs, name+"="+s)
		}
		return strings.Join(pairs, ";"), nil // as kong separates them
	}
	if f.IsMap() && value != nil {
		if _, isText := value.(string); !isText {
			return nil, errors.New("has keys with values, such as {depth: 12}")
		}
	}
	return text(value)
}

// nearest says which flag may have been meant, by the name that it has there.
func nearest(name string, flags []*kong.Flag, named func(flag string) string) string {
	best, distance := "", 4
	for _, f := range flags {
		if d := levenshtein.ComputeDistance(named(f.Name), name); d < distance && f.Name != "help" {
			best, distance = named(f.Name), d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", best)
}

// otherVariables begin the names of variables that are none of serve's: those of
// this repository's tests and benchmarks, and those that Kubernetes gives to
// whatever runs beside a service called plexus.
var otherVariables = []string{
	"PLEXUS_REQUIRE_ALL", "PLEXUS_SOAK", "PLEXUS_KILLS", "PLEXUS_BENCH_", "PLEXUS_PLAN_", "PLEXUS_COERCION_", "PLEXUS_GRAPHQL_JS",
	"PLEXUS_SERVICE_", "PLEXUS_PORT",
}

// unknown says which variables look like settings and are none, empty if there
// is none. That is no error: others may name theirs as they like.
func (o *origins) unknown(k *kong.Context, environment []string) string {
	var all []string
	for _, entry := range environment {
		name, _, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, variable("")) ||
			slices.ContainsFunc(otherVariables, func(other string) bool { return strings.HasPrefix(name, other) }) ||
			slices.ContainsFunc(k.Flags(), func(f *kong.Flag) bool { return variable(f.Name) == name && f.Name != "help" }) {
			continue
		}
		all = append(all, name+nearest(name, k.Flags(), variable))
	}
	if all == nil {
		return ""
	}
	slices.Sort(all)
	return "there is no setting for the environment's " + strings.Join(all, ", ")
}

// flagName is a flag in a message.
var flagName = regexp.MustCompile(`--[a-z][a-z-]*`)

// located adds to an error where the flags that it names have their values from,
// if that is not the command line.
func (o *origins) located(err error) error {
	if err == nil {
		return nil
	}
	var where []string
	for _, flag := range flagName.FindAllString(err.Error(), -1) {
		from, ok := o.found[strings.TrimPrefix(flag, "--")]
		if place := flag + " from " + from; ok && !slices.Contains(where, place) {
			where = append(where, place)
		}
	}
	if where == nil {
		return err
	}
	suffix := " (" + strings.Join(where, "; ") + ")"
	if usage := (*usageError)(nil); errors.As(err, &usage) {
		return &usageError{usage.message + suffix}
	}
	return fmt.Errorf("%w%s", err, suffix)
}
