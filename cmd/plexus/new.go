package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/compression"
)

type newVerb struct {
	What   string `arg:"" enum:"condition,symptom,treatment,risk-factor,test,dataset" help:"What the file is about: condition, symptom, treatment, risk-factor, test or dataset."`
	Name   string `arg:"" help:"What it is called."`
	Output string `short:"o" placeholder:"FILE" help:"Write to this file, which must not exist yet, instead of standard output."`
}

// Help shows examples.
func (newVerb) Help() string {
	return `Examples:

  plexus new condition "Tic disorder" -o my-data/tic-disorder.yaml
  plexus new dataset "My data" > my-data/dataset.yaml

Writes a commented YAML file to start from. What is to be filled in says TODO or
todo-; 'plexus check' warns of each such place, so it lists what is left to do.
The file has a data set of its own, unless the folder of FILE has one already.`
}

// Run writes the file.
func (v newVerb) Run(t *terminal) error {
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
