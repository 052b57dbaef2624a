package main

import (
	"fmt"
	"strings"

	"github.com/plexus-kg/plexus/seed"
)

type explainVerb struct {
	Rule string `arg:"" optional:"" help:"The rule, as plexus check names it. Without one, all are listed."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// Help shows examples.
func (explainVerb) Help() string {
	return `Examples:

  plexus explain
  plexus explain lost-hedge

Says what a rule of 'plexus check' asks for and why, with an example that breaks
it, what the check says of it, and the same example mended.`
}

// Run explains one rule, or lists all.
func (v explainVerb) Run(t *terminal) error {
	if v.Rule == "" {
		return v.list(t)
	}
	e, known := seed.Explain(seed.Rule(v.Rule))
	if !known {
		return &usageError{fmt.Sprintf("there is no rule %q%s; plexus explain lists all", v.Rule, didYouMean(string(seed.NearestRule(v.Rule))))}
	}
	if v.JSON {
		return printJSON(t.stdout, e)
	}
	_, err := fmt.Fprintf(t.stdout, "%s (%s, %s)\n\n%s", e.Rule, e.Layer, e.Severity, explanation(e))
	return err
}

func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", word)
}

func (v explainVerb) list(t *terminal) error {
	var all []seed.Explanation
	for _, rule := range seed.Rules() {
		e, _ := seed.Explain(rule)
		all = append(all, e)
	}
	if v.JSON {
		return printJSON(t.stdout, all)
	}
	for i, e := range all {
		if i == 0 || all[i-1].Layer != e.Layer {
			if i > 0 {
				fmt.Fprintln(t.stdout)
			}
			fmt.Fprintln(t.stdout, e.Layer)
		}
		severity := ""
		if e.Severity == seed.Warning {
			severity = "warning: "
		}
		fmt.Fprintf(t.stdout, "  %-22s %s\n", e.Rule, strings.ReplaceAll(wrapped(severity+e.Why, 74), "\n", "\n"+strings.Repeat(" ", 25)))
	}
	return nil
}

// explanation returns why a rule is there, and its example.
func explanation(e seed.Explanation) string {
	return wrapped(e.Why, 98) +
		"\n\nWrong:\n\n" + exampleText(e.Wrong) +
		"\n" + indented(e.Says) +
		"\nMended:\n\n" + exampleText(e.Mended)
}

// exampleText shows the files of an example; the name stands above where
// there is more than one, or where it matters.
func exampleText(files []seed.ExampleFile) string {
	var b strings.Builder
	for i, f := range files {
		if i > 0 {
			b.WriteByte('\n')
		}
		if len(files) > 1 || f.Recipe || f.Name != "a.yaml" {
			b.WriteString("  " + f.Name + ":\n")
		}
		text := f.Text
		if f.Recipe {
			text = recipe(text)
		}
		b.WriteString(indented(text))
	}
	return b.String()
}

// recipe turns the lines of a recipe, each a number and a quoted text, into
// words.
func recipe(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		times, quoted, _ := strings.Cut(line, " ")
		if times == "1" {
			b.WriteString(quoted)
		} else {
			b.WriteString(times + " times " + quoted)
		}
	}
	return b.String()
}

func indented(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n    ") + "\n"
}

// wrapped breaks a text into lines of at most width characters, where it has
// spaces.
func wrapped(text string, width int) string {
	var b strings.Builder
	length := 0
	for i, word := range strings.Fields(text) {
		n := len([]rune(word))
		switch {
		case i == 0:
		case length+1+n > width:
			b.WriteByte('\n')
			length = 0
		default:
			b.WriteByte(' ')
			length++
		}
		b.WriteString(word)
		length += n
	}
	return b.String()
}
