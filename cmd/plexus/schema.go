package main

import (
	"context"
	"fmt"
	"io"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/schema"
	"github.com/plexus-kg/plexus/seed"
)

type schemaVerb struct {
	Of    string   `arg:"" optional:"" enum:"graphql,seed" default:"graphql" help:"graphql, what clients compile against, or seed, a JSON Schema of the YAML format."`
	Paths []string `arg:"" optional:"" name:"path" help:"Data whose own predicates and types the JSON Schema is to know."`
}

// Help shows examples.
func (schemaVerb) Help() string {
	return `Examples:

  plexus schema > schema.graphql
  plexus schema seed > plexus.schema.json
  plexus schema seed my-data/ > plexus.schema.json

Editors that know yaml-language-server complete and check a seed file that begins
with this line:

  # yaml-language-server: $schema=plexus.schema.json`
}

// Run prints the schema.
func (v schemaVerb) Run(ctx context.Context, t *terminal) error {
	if v.Of == "graphql" {
		if len(v.Paths) > 0 {
			return &usageError{"only the schema of seed files depends on data"}
		}
		_, err := io.WriteString(t.stdout, schema.SDL())
		return err
	}
	var own *graph.Dataset
	if len(v.Paths) > 0 {
		words, report, err := seed.Declared(ctx, v.Paths...)
		if err != nil {
			return err
		}
		if own = words; report.Errors > 0 {
			fmt.Fprintf(t.stderr, "plexus: %s: the schema has the words that could be read; see plexus check\n", summary(report))
		}
	}
	content, err := seed.Schema(own)
	if err != nil {
		return err
	}
	_, err = t.stdout.Write(content)
	return err
}
