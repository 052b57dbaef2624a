package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/plexus-kg/plexus/seed"
)

type checkVerb struct {
	Paths []string `arg:"" name:"path" help:"Folders of YAML and N-Quads, .yaml, .nq or .nq.gz files; 'embedded' is the seed."`
	JSON  bool     `name:"json" help:"Print JSON."`
}

// Help shows examples.
func (checkVerb) Help() string {
	return `Examples:

  plexus check my-data/
  plexus check embedded my-data/conditions.yaml --json

Data sets given together may refer to each other. All problems are reported at
once, as file:line:column: message.`
}

// Run checks the files.
func (v checkVerb) Run(ctx context.Context, t *terminal) error {
	_, report, err := seed.Read(ctx, v.Paths...)
	problems := (*seed.ProblemsError)(nil)
	if err != nil && !errors.As(err, &problems) {
		return err
	}
	if v.JSON {
		if report.Problems == nil {
			report.Problems = []seed.Problem{}
		}
		if err := printJSON(t.stdout, report); err != nil {
			return err
		}
	} else {
		for _, p := range report.Problems {
			fmt.Fprintln(t.stdout, p)
		}
		fmt.Fprintln(t.stdout, summary(report))
	}
	if problems != nil {
		return errReported
	}
	return nil
}
