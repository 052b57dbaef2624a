package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionVerb struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// Help shows examples.
func (versionVerb) Help() string {
	return "Example:\n\n  plexus version --json"
}

// Run prints the version that Go recorded in the program.
func (v versionVerb) Run(t *terminal) error {
	about := struct {
		Version string `json:"version"`
		Go      string `json:"go"`
		Cayley  string `json:"cayley"`
	}{programVersion(), runtime.Version(), "unknown"}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/cayleygraph/cayley" {
				about.Cayley = module.Version
			}
		}
	}
	if v.JSON {
		return printJSON(t.stdout, about)
	}
	_, err := fmt.Fprintf(t.stdout, "plexus %s (%s, cayley %s)\n", about.Version, about.Go, about.Cayley)
	return err
}

// programVersion is the version that Go recorded in the program.
func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
