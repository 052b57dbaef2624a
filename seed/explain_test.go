package seed_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/plexus-kg/plexus/seed"
)

// TestExplain wants for every rule a reason, an example that breaks it and no
// other rule, what the check says of it, and a mended one of which the check
// says nothing.
func TestExplain(t *testing.T) {
	t.Parallel()
	for _, rule := range seed.Rules() {
		t.Run(string(rule), func(t *testing.T) {
			t.Parallel()
			e, ok := seed.Explain(rule)
			if e.Layer == seed.LayerText {
				return // the command, which knows texts, has the test
			}
			if !ok || !strings.HasSuffix(e.Why, ".") || e.Severity != rule.Severity() {
				t.Errorf("not explained in a sentence: %+v", e)
			}
			if len(e.Wrong) == 0 || len(e.Mended) == 0 {
				t.Fatal("no example: write one into examples, as wrong/a.yaml and mended/a.yaml")
			}
			_, report, _ := seed.CheckFS(t.Context(), exampleFS(t, e.Wrong), ".")
			others := 0
			for _, p := range report.Problems {
				if p.Rule != rule {
					others++
				}
			}
			// That there are too many problems can only be said after others.
			if got := lines(report.Problems); got == "" || others > 0 && rule != seed.RuleTooManyProblems {
				t.Errorf("the example breaks other rules:\n%s", got)
			} else if *update {
				setSays(t, rule, got)
			} else if got != e.Says {
				t.Errorf("the check says:\n%s\nwanted:\n%s", got, e.Says)
			}
			if _, report, err := seed.CheckFS(t.Context(), exampleFS(t, e.Mended), "."); err != nil || len(report.Problems) > 0 {
				t.Errorf("the mended example: %v\n%s", err, lines(report.Problems))
			}
		})
	}
	if _, ok := seed.Explain("no-such-rule"); ok {
		t.Error("a rule that does not exist is explained")
	}
	if near := seed.NearestRule("lost-hegde"); near != seed.RuleLostHedge {
		t.Errorf("the rule nearest to lost-hegde is %q", near)
	}
}

// TestLayers wants the rules in the order of their layers, and rules in all.
func TestLayers(t *testing.T) {
	t.Parallel()
	var layers []seed.Layer
	for _, rule := range seed.Rules() {
		e, _ := seed.Explain(rule)
		if len(layers) == 0 || layers[len(layers)-1] != e.Layer {
			layers = append(layers, e.Layer)
		}
	}
	equal(t, "layers", layers, seed.Layers())
}

func exampleFS(t *testing.T, files []seed.ExampleFile) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range files {
		fsys[f.Name] = &fstest.MapFile{Data: []byte(f.Text)}
		if f.Recipe {
			fsys[f.Name].Data = generate(t, f.Text)
		}
	}
	return fsys
}

func setSays(t *testing.T, rule seed.Rule, says string) {
	t.Helper()
	name := "examples/" + string(rule) + ".txtar"
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range archive.Files {
		if archive.Files[i].Name == "says" {
			archive.Files[i].Data = []byte(says)
		}
	}
	if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
