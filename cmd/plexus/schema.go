package main

import (
	"io"

	"github.com/plexus-kg/plexus/schema"
)

type schemaVerb struct{}

// Help shows examples.
func (schemaVerb) Help() string {
	return "Example:\n\n  plexus schema > schema.graphql"
}

// Run prints the schema.
func (schemaVerb) Run(t *terminal) error {
	_, err := io.WriteString(t.stdout, schema.SDL())
	return err
}
