package main

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed"
)

// The types of this file are the part of SARIF 2.1.0 that a report needs
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID                   string       `json:"id"`
	ShortDescription     sarifMessage `json:"shortDescription"`
	Help                 sarifMessage `json:"help"`
	DefaultConfiguration struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
	Properties struct {
		Tags []string `json:"tags"`
	} `json:"properties"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations"`
	// Suppressions say that a warning is accepted, and why.
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification"`
}

type sarifLocation struct {
	PhysicalLocation sarifPhysicalLocation  `json:"physicalLocation"`
	LogicalLocations []sarifLogicalLocation `json:"logicalLocations,omitempty"`
}

// sarifLogicalLocation is a place that has no line: a JSON Pointer.
type sarifLogicalLocation struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
}

type sarifPhysicalLocation struct {
	ArtifactLocation struct {
		URI string `json:"uri"`
	} `json:"artifactLocation"`
	Region *sarifRegion `json:"region,omitempty"` // nil for a fault of the whole file
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

// newSARIF returns a log of one run, with all rules, the problems found, and the
// warnings that are accepted.
func newSARIF(report *seed.Report) sarifLog {
	driver := sarifDriver{Name: "plexus", Version: programVersion(), InformationURI: "https://github.com/plexus-kg/plexus"}
	index := map[seed.Rule]int{}
	for i, rule := range seed.Rules() {
		e, _ := seed.Explain(rule)
		index[rule] = i
		r := sarifRule{ID: string(rule), ShortDescription: sarifMessage{e.Why}, Help: sarifMessage{explanation(e)}}
		r.DefaultConfiguration.Level, r.Properties.Tags = string(e.Severity), []string{string(e.Layer)}
		driver.Rules = append(driver.Rules, r)
	}
	folder, _ := os.Getwd() // without it, paths stay as they are
	problems := slices.Clone(report.Problems)
	for _, a := range report.Accepted {
		problems = append(problems, a.Problem)
	}
	results := make([]sarifResult, len(problems))
	for i, p := range problems {
		at := sarifLocation{}
		at.PhysicalLocation.ArtifactLocation.URI = fileURI(folder, p.File)
		if p.Line > 0 {
			at.PhysicalLocation.Region = &sarifRegion{p.Line, p.Column}
		}
		if p.Pointer != "" {
			at.LogicalLocations = []sarifLogicalLocation{{p.Pointer}}
		}
		results[i] = sarifResult{
			RuleID: string(p.Rule), RuleIndex: index[p.Rule], Level: string(p.Severity),
			Message: sarifMessage{strings.TrimPrefix(p.Text(), "warning: ")}, Locations: []sarifLocation{at},
		}
		if accepted := i - len(report.Problems); accepted >= 0 {
			results[i].Suppressions = []sarifSuppression{{"external", report.Accepted[accepted].Reason}}
		}
	}
	r := sarifRun{ColumnKind: "unicodeCodePoints", Results: results}
	r.Tool.Driver = driver
	return sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{r}}
}

// fileURI returns a file as a URI relative to a folder, as reviews need it; a
// file elsewhere on the machine keeps its full one.
func fileURI(folder, name string) string {
	if filepath.IsAbs(name) {
		if rel, err := filepath.Rel(folder, name); err == nil && filepath.IsLocal(rel) {
			name = rel
		}
	}
	u := url.URL{Path: filepath.ToSlash(name)}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
	}
	return u.String()
}
