package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
)

type checkVerb struct {
	Paths []string `arg:"" name:"path" help:"Folders of data files, single ones, or one release; 'embedded' is the seed."`
	withFlag
	Format string   `enum:"text,json,sarif" default:"text" placeholder:"text|json|sarif" help:"How to print what was found."`
	Strict bool     `help:"Fail for warnings, too."`
	Text   []string `sep:"none" placeholder:"PATH" help:"Compare the statements with the texts that they cite: a text, or a folder of texts. Can be repeated."`
	All    bool     `help:"List every warning: without it those of one rule in a table or a file of RDF are counted after the fifth."`
}

// Help shows examples.
func (checkVerb) Help() string {
	return `Examples:

  plexus check my-data/
  plexus check my-data/conditions.yaml --with embedded --format json
  plexus check my-data/ --strict --format sarif > plexus.sarif
  plexus check my-data/ --text ~/articles/

Data given together may refer to each other, and to that of --with, of which
nothing is told. All problems are reported at once,
in the order of the files, as file:line:column: message [rule]; 'plexus explain
RULE' says why a rule is there. With an error nothing can be loaded, and the exit
code is 1; warnings only tell what to look at, unless --strict is given. A data
set can accept one that is right, with the reason ('accepted' in its YAML). SARIF
2.1.0 is what code review tools read. Of a release, every byte is compared with
its sums.

With --text each statement of an article whose version is the SHA-256 of a text
("sha256:...", as plexus annotate writes it) is compared with its sentence: the
locator leads there, the words of its qualifiers stand there (or it says
paraphrase: true), and it has the sentence's hedge, denial and number. The text
stays where it is: its sentences are shown, and are in no JSON or SARIF.`
}

// Run checks the files.
func (v checkVerb) Run(ctx context.Context, t *terminal) error {
	if _, err := v.knowing(dataFlag{}, seed.ByID); err != nil {
		return err
	}
	if err := v.alone(v.Paths); err != nil {
		return err
	}
	if len(v.Paths) == 1 && isRelease(v.Paths[0]) {
		if len(v.Text) > 0 {
			return &usageError{"--text goes with data, whose places can be told; " + v.Paths[0] + " is a release"}
		}
		return v.checkRelease(ctx, t)
	}
	ctx = seed.WithKinds(ctx, v.Kind...)
	if len(v.Text) > 0 {
		texts, named, err := textsOf(v.Text)
		if err != nil {
			return err
		}
		ctx = seed.WithTexts(ctx, against(texts, named))
	}
	report, err := seed.Check(ctx, v.All, v.With, v.Paths...)
	problems := (*seed.ProblemsError)(nil)
	if err != nil && !errors.As(err, &problems) {
		return err
	}
	if err := v.print(t, report); err != nil {
		return err
	}
	if report.Errors > 0 || v.Strict && report.Warnings > 0 {
		return errReported
	}
	return nil
}

// mostAdditions is how many additions are listed, unless all are asked for.
const mostAdditions = 20

// print writes a report in the format that is asked for.
func (v checkVerb) print(t *terminal, report *seed.Report) error {
	if v.Format != "text" && len(v.Paths) > 1 { // a reviewer has no file of the program
		ofSeed := func(file string) bool { return strings.HasPrefix(file, seed.EmbeddedPath+"/") }
		report.Accepted = slices.DeleteFunc(report.Accepted, func(a seed.Accepted) bool { return ofSeed(a.File) })
		report.Problems = slices.DeleteFunc(report.Problems, func(p seed.Problem) bool { return p.Severity == seed.Warning && ofSeed(p.File) })
	}
	switch v.Format {
	case "json":
		if report.Problems == nil {
			report.Problems = []seed.Problem{}
		}
		return printJSON(t.stdout, report)
	case "sarif":
		return printJSON(t.stdout, newSARIF(report))
	}
	for _, p := range report.Problems {
		fmt.Fprintln(t.stdout, p)
		if p.Sentence != "" {
			fmt.Fprintf(t.stdout, "    “%s”\n", p.Sentence)
		}
	}
	for _, a := range report.Accepted {
		if v.All {
			fmt.Fprintln(t.stdout, a)
		}
	}
	for i, a := range report.Additions {
		if i == mostAdditions && !v.All {
			fmt.Fprintf(t.stdout, "%s are not listed: plexus check --all lists them\n", plural(len(report.Additions)-i, "further addition"))
			break
		}
		fmt.Fprintln(t.stdout, a)
	}
	if !v.All && len(report.Problems)-report.Errors < report.Warnings {
		fmt.Fprintln(t.stdout, "not all are listed: plexus check --all lists every warning")
	}
	if len(report.Unread) > 0 {
		fmt.Fprintln(t.stdout, unread(report.Unread))
	}
	if report.Errors == 0 {
		fmt.Fprintln(t.stdout, licenses(report.Licenses))
	}
	fmt.Fprintln(t.stdout, summary(report))
	if report.Compared != nil {
		fmt.Fprintln(t.stdout, compared(report.Compared))
	}
	return nil
}

// compared tells how many statements were compared with texts, and why others were
// not.
func compared(c *seed.Compared) string {
	said := fmt.Sprintf("checked %d of %s against the text", c.Checked, plural(c.Statements, "statement"))
	var others []string
	for _, why := range []struct {
		n    int
		what string
	}{
		{c.NoArticle, "of sources that are no articles"}, {c.NoText, "of articles whose text is not given"}, {c.NoLocator, "without the locator of a sentence"},
	} {
		if why.n > 0 {
			others = append(others, fmt.Sprintf("%d %s", why.n, why.what))
		}
	}
	if len(others) > 0 {
		said += "; not " + strings.Join(others, ", ")
	}
	if n := len(c.Unnamed); n > 0 {
		said += "; " + plural(n, "text") + " of no article of this data"
	}
	return said
}

// licenses tells under which licenses data is.
func licenses(uses []graph.LicenseUse) string {
	const most = 5
	said := make([]string, len(uses))
	for i, u := range uses {
		sources := make([]string, 0, most+1)
		for _, id := range u.Sources[:min(most, len(u.Sources))] {
			sources = append(sources, string(id))
		}
		if more := len(u.Sources) - most; more > 0 {
			sources = append(sources, fmt.Sprintf("%d more", more))
		}
		said[i] = cmp.Or(u.License, "not stated") + " (" + strings.Join(sources, ", ") + ")"
	}
	return "licenses: " + cmp.Or(strings.Join(said, "; "), "no source has one")
}

// unread tells of files that were left out, and what to do with the first that
// tells what it is.
func unread(files []string) string {
	const most = 5
	shown, more := files, ""
	if n := len(files) - most; n > 0 {
		shown, more = files[:most], ", …"
	}
	said := fmt.Sprintf("not read: %s%s (%s): names of data end in %s", strings.Join(shown, ", "), more, plural(len(files), "file"), seed.Endings())
	for _, file := range files {
		if hint := seed.Instead(file); hint != "" {
			return said + "; " + hint
		}
	}
	return said
}

// checkRelease checks every byte of a release.
func (v checkVerb) checkRelease(ctx context.Context, t *terminal) error {
	path := v.Paths[0]
	l, err := dataFlag{Data: v.Paths}.load(ctx, t.stderr)
	if err != nil {
		return err
	}
	defer func() { _ = l.file.Close() }()
	if err := l.file.Verify(ctx); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := l.Reader.Summary()
	switch v.Format {
	case "json":
		return printJSON(t.stdout, describe(s))
	case "sarif":
		return printJSON(t.stdout, newSARIF(nil))
	}
	fmt.Fprintf(t.stdout, "no problem in %s: %d concepts, %d statements in %d quads; version %s\n", path, s.Concepts, s.Statements, s.Quads, s.Version)
	return nil
}
