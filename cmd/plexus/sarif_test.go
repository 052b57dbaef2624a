package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plexus-kg/plexus/seed"
)

// sarifSchema is what SARIF 2.1.0 asks of the part of it that is written: the
// required properties, the enumerations and the numbers, by section of the
// specification.
const sarifSchema = `{
  "type": "object",
  "required": ["version", "runs"],
  "properties": {
    "version": {"const": "2.1.0"},
    "$schema": {"type": "string", "pattern": "^https://"},
    "runs": {"type": "array", "minItems": 1, "items": {
      "required": ["tool", "results"],
      "properties": {
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "tool": {"required": ["driver"], "properties": {"driver": {
          "required": ["name", "rules"],
          "properties": {
            "name": {"type": "string", "minLength": 1},
            "informationUri": {"type": "string", "pattern": "^https://"},
            "rules": {"type": "array", "uniqueItems": true, "items": {
              "required": ["id", "shortDescription", "help", "defaultConfiguration"],
              "properties": {
                "id": {"type": "string", "minLength": 1},
                "shortDescription": {"$ref": "#/$defs/message"},
                "help": {"$ref": "#/$defs/message"},
                "defaultConfiguration": {"properties": {"level": {"$ref": "#/$defs/level"}}},
                "properties": {"properties": {"tags": {"type": "array", "uniqueItems": true, "items": {"type": "string"}}}}
              }
            }}
          }
        }}},
        "results": {"type": "array", "items": {
          "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
          "properties": {
            "message": {"$ref": "#/$defs/message"},
            "ruleIndex": {"type": "integer", "minimum": 0},
            "level": {"$ref": "#/$defs/level"},
            "locations": {"type": "array", "items": {"properties": {"logicalLocations": {"items": {
              "required": ["fullyQualifiedName"], "properties": {"fullyQualifiedName": {"type": "string", "minLength": 1}}
            }}, "physicalLocation": {
              "required": ["artifactLocation"],
              "properties": {
                "artifactLocation": {"required": ["uri"], "properties": {"uri": {"type": "string", "format": "uri-reference"}}},
                "region": {
                  "required": ["startLine"],
                  "properties": {"startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}}
                }
              }
            }}}}
          }
        }}
      }
    }}
  },
  "$defs": {
    "message": {"required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
    "level": {"enum": ["none", "note", "warning", "error"]}
  }
}`

// TestSARIF checks a folder in which every rule is broken, and validates what
// is written of it.
func TestSARIF(t *testing.T) {
	folder := t.TempDir()
	for _, rule := range seed.Rules() {
		e, _ := seed.Explain(rule)
		for _, f := range e.Wrong {
			name := filepath.Join(folder, string(rule), filepath.FromSlash(f.Name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(f.Text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Chdir(folder)
	var stdout, stderr bytes.Buffer
	if err := run(t.Context(), []string{"check", "--format", "sarif", "."}, strings.NewReader(""), &stdout, &stderr); err == nil || stderr.Len() > 0 {
		t.Fatalf("%v %s", err, stderr.String())
	}
	validateSARIF(t, stdout.Bytes())
	var log sarifLog
	if err := json.Unmarshal(stdout.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	rules := log.Runs[0].Tool.Driver.Rules
	if len(rules) != len(seed.Rules()) {
		t.Errorf("%d rules, want %d", len(rules), len(seed.Rules()))
	}
	for _, r := range log.Runs[0].Results {
		if rules[r.RuleIndex].ID != r.RuleID || rules[r.RuleIndex].DefaultConfiguration.Level != r.Level {
			t.Errorf("the result %s is of rule %+v", r.RuleID, rules[r.RuleIndex])
		}
		uri := r.Locations[0].PhysicalLocation.ArtifactLocation.URI
		if _, err := os.Stat(filepath.FromSlash(uri)); err != nil {
			t.Errorf("the place %q is no file: %v", uri, err)
		}
	}
	if n := len(log.Runs[0].Results); n < 30 {
		t.Errorf("only %d results", n)
	}
	// Where nothing is found there are still lists.
	stdout.Reset()
	if err := printJSON(&stdout, newSARIF(&seed.Report{})); err != nil {
		t.Fatal(err)
	}
	validateSARIF(t, stdout.Bytes())
}

func validateSARIF(t *testing.T, log []byte) {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(sarifSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%v\n%.2000s", err, log)
	}
}

// TestFileURI: relative to the folder where the file lies in it, else in full.
func TestFileURI(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("paths of Unix")
	}
	for name, want := range map[string]string{
		"mine/a b.yaml":             "mine/a%20b.yaml",
		"/work/repo/mine/ä.yaml":    "mine/%C3%A4.yaml",
		"/elsewhere/a.yaml":         "file:///elsewhere/a.yaml",
		"../other/a.yaml":           "../other/a.yaml",
		"a:b.yaml":                  "./a:b.yaml",
		"embedded/prefixes.yaml":    "embedded/prefixes.yaml",
		"/work/repository/a?b.yaml": "file:///work/repository/a%3Fb.yaml",
	} {
		if got := fileURI("/work/repo", name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
