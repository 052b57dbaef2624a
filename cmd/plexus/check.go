package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/seed"
)

type checkVerb struct {
	Paths []string `arg:"" name:"path" help:"Folders of YAML and N-Quads, .yaml, .nq or .nq.gz files, or one release; 'embedded' is the seed."`
	JSON  bool     `name:"json" help:"Print JSON."`
}

// Help shows examples.
func (checkVerb) Help() string {
	return `Examples:

  plexus check my-data/
  plexus check embedded my-data/conditions.yaml --json

Data sets given together may refer to each other. All problems are reported at
once, as file:line:column: message. Of a release, every byte is compared with
its sums.`
}

// Run checks the files.
func (v checkVerb) Run(ctx context.Context, t *terminal) error {
	if len(v.Paths) == 1 && isRelease(v.Paths[0]) {
		return v.checkRelease(ctx, t)
	}
	dataset, report, err := seed.Read(ctx, v.Paths...)
	problems := (*seed.ProblemsError)(nil)
	if err != nil && !errors.As(err, &problems) {
		return err
	}
	checked := struct {
		*seed.Report
		// Warnings are no problems: the data can be served.
		Warnings []string `json:"warnings"`
	}{report, []string{}}
	if problems == nil {
		if checked.Warnings, err = circles(ctx, dataset); err != nil {
			return err
		}
		checked.Warnings = append(checked.Warnings, sharedCodes(dataset)...)
	}
	if v.JSON {
		if report.Problems == nil {
			report.Problems = []seed.Problem{}
		}
		if err := printJSON(t.stdout, checked); err != nil {
			return err
		}
	} else {
		for _, p := range report.Problems {
			fmt.Fprintln(t.stdout, p)
		}
		for _, w := range checked.Warnings {
			fmt.Fprintln(t.stdout, "warning:", w)
		}
		fmt.Fprintln(t.stdout, summary(report))
	}
	if problems != nil {
		return errReported
	}
	return nil
}

// circles warns of hierarchies in which something is broader than itself.
func circles(ctx context.Context, dataset *graph.Dataset) ([]string, error) {
	reader, err := store(ctx, dataset)
	if err != nil {
		return nil, err
	}
	found, err := walk.Cycles(ctx, reader)
	if err != nil {
		return nil, err
	}
	warnings := []string{}
	for _, circle := range found {
		around, err := names(ctx, reader, append(circle, circle[0]))
		if err != nil {
			return nil, err
		}
		warnings = append(warnings, "the hierarchy runs in a circle, each is broader than the one before: "+joined(around, ", "))
	}
	return warnings, nil
}

// sharedCodes warns of exact-match codes that several concepts have: as an id,
// such a code finds none of them.
func sharedCodes(dataset *graph.Dataset) []string {
	first := map[graph.ID]graph.ID{}
	var warnings []string
	for i := range dataset.Concepts {
		c := &dataset.Concepts[i]
		for _, code := range c.Codes {
			if code.Match != graph.MatchExact {
				continue
			}
			if other, shared := first[code.Code]; shared && other != c.ID {
				warnings = append(warnings, fmt.Sprintf("%s and %s share the exact code %s, which therefore finds neither: if they are not the same, one of them has it by a looser match", other, c.ID, code.Code))
				continue
			}
			first[code.Code] = c.ID
		}
	}
	return warnings
}

// checkRelease checks every byte of a release.
func (v checkVerb) checkRelease(ctx context.Context, t *terminal) error {
	path := v.Paths[0]
	l, err := dataFlag{v.Paths}.load(ctx, t.stderr)
	if err != nil {
		return err
	}
	defer func() { _ = l.file.Close() }()
	if err := l.file.Verify(ctx); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := l.Reader.Summary()
	if v.JSON {
		return printJSON(t.stdout, describe(s))
	}
	fmt.Fprintf(t.stdout, "no problem in %s: %d concepts, %d statements in %d quads; version %s\n", path, s.Concepts, s.Statements, s.Quads, s.Version)
	return nil
}
