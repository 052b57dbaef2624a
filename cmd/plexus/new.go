package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/compression"
)

type newVerb struct {
	What   string   `arg:"" enum:"condition,symptom,treatment,risk-factor,test,cause,anatomy,stage,guideline,specialty,dataset" help:"What the file is about: ${enum}."`
	Name   string   `arg:"" help:"What it is called."`
	With   []string `sep:"none" placeholder:"PATH" help:"Say if this, data or a release, has such a concept already, instead of the embedded seed. Can be repeated."`
	Output string   `short:"o" placeholder:"FILE" help:"Write to this file, which must not exist yet, instead of standard output."`
}

// Help shows examples.
func (newVerb) Help() string {
	return `Examples:

  plexus new condition "Tic disorder" -o my-data/tic-disorder.yaml
  plexus new dataset "My data" > my-data/dataset.yaml

Writes a commented YAML file to start from. What is to be filled in says TODO or
todo-; 'plexus check' warns of each such place, so it lists what is left to do.
The file has a data set of its own, unless the folder of FILE has one already.
What the embedded seed, or the data of --with, already has by that name, synonym
or id is told: refer to it, instead of describing it again.`
}

// Run writes the file.
func (v newVerb) Run(ctx context.Context, t *terminal) error {
	if v.What != "dataset" {
		if err := v.known(ctx, t); err != nil {
			return err
		}
	}
	dataset := true
	if v.Output != "" {
		if !isPlainYAML(v.Output) {
			return &usageError{fmt.Sprintf("--output %s: a file of that name is not read as YAML: let it end in .yaml", v.Output)}
		}
		var err error
		if dataset, err = lacksDataset(filepath.Dir(v.Output)); err != nil {
			return err
		}
	}
	content, err := seed.New(v.What, v.Name, dataset)
	if err != nil {
		return &usageError{err.Error()}
	}
	if v.Output == "" {
		_, err = t.stdout.Write(content)
		return err
	}
	if err := writeNew(v.Output, content); err != nil {
		return err
	}
	fmt.Fprintf(t.stderr, "wrote %s; fill it in, and see what is left with: plexus check %s\n", v.Output, filepath.Dir(v.Output))
	return nil
}

// known tells of concepts that are called so already.
func (v newVerb) known(ctx context.Context, t *terminal) (err error) {
	dataset, done, err := dataFlag{Data: v.With}.dataset(ctx, t.stderr, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, done()) }()
	name := strings.Join(strings.Fields(v.Name), " ")
	for i := range dataset.Concepts {
		c := &dataset.Concepts[i]
		is := string(c.ID) == graph.Slug(name)
		for _, n := range c.Names {
			is = is || strings.EqualFold(n.Text, name)
		}
		for _, s := range c.Synonyms {
			is = is || s.Scope != graph.ScopeBroad && s.Scope != graph.ScopeRelated && s.Scope != graph.ScopeNarrow && strings.EqualFold(s.Text, name)
		}
		if is {
			fmt.Fprintf(t.stderr, "the graph has it already: %s (%s), %s; refer to it by this id, and check with --with, unless yours is another thing\n",
				c.ID, c.Name(), strings.Join(graph.KindNames(c.Kinds()), ", "))
		}
	}
	return nil
}

// writeNew writes a file that must not exist yet, and the folders above it.
func writeNew(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already, and is left as it is: choose another name", name)
	} else if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(name)) // half a file helps nobody
	}
	return nil
}

// isPlainYAML reports whether a file of that name is read as YAML that is not
// compressed.
func isPlainYAML(name string) bool {
	return slices.Contains(seed.ReadAs(name), seed.YAML) && compression.Trim(name) == name
}

var datasetBlock = regexp.MustCompile(`(?m)^dataset:`)

// lacksDataset reports whether no file of a folder declares a data set; a
// folder that does not exist yet has none.
func lacksDataset(folder string) (bool, error) {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !isPlainYAML(e.Name()) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return false, err
		}
		if datasetBlock.Match(content) {
			return false, nil
		}
	}
	return true, nil
}
