package seed_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/seed"
)

// TestNew writes each kind of new file: it has no errors as it is, warns of
// what is to be filled in, and checks clean once that is done.
func TestNew(t *testing.T) {
	t.Parallel()
	for _, word := range seed.NewWords() {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			content, err := seed.New(word, "  Krankheit \"X\"\n(neu): #1 ", true)
			if err != nil {
				t.Fatal(err)
			}
			d, report, err := seed.CheckFS(t.Context(), fstest.MapFS{"a.yaml": {Data: content}}, ".")
			if err != nil || report.Warnings == 0 {
				t.Fatalf("%v, %d warnings\n%s%s", err, report.Warnings, lines(report.Problems), content)
			}
			for _, p := range report.Problems {
				if p.Rule != seed.RuleUnfilled && p.Rule != seed.RuleLostHedge {
					t.Errorf("more than to be filled in: %s", p)
				}
			}
			named := false
			for _, c := range d.Concepts {
				named = named || c.ID == "krankheit-x-neu-1" && c.Name() == `Krankheit "X" (neu): #1`
			}
			for _, s := range d.Sources {
				named = named || s.ID == "krankheit-x-neu-1" && s.Name == `Krankheit "X" (neu): #1`
			}
			if !named {
				t.Errorf("nothing has the name:\n%s", content)
			}
			filled := strings.NewReplacer(`"TODO: an SPDX identifier, such as CC0-1.0 or CC-BY-4.0"`, "CC0-1.0", "TODO", "to do", "todo-", "my-", "# modality", "modality").Replace(string(content))
			if _, report, err := seed.CheckFS(t.Context(), fstest.MapFS{"a.yaml": {Data: []byte(filled)}}, "."); err != nil || len(report.Problems) > 0 {
				t.Errorf("filled in: %v\n%s%s", err, lines(report.Problems), filled)
			}
		})
	}
}

// TestNewTogether writes several new files into one folder, only the first of
// them with a data set.
func TestNewTogether(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{}
	for i, word := range seed.NewWords() {
		if word == "dataset" {
			continue
		}
		content, err := seed.New(word, word+" one", i == 0)
		if err != nil {
			t.Fatal(err)
		}
		fsys[word+".yaml"] = &fstest.MapFile{Data: content}
	}
	if _, report, err := seed.CheckFS(t.Context(), fsys, "."); err != nil {
		t.Errorf("%v\n%s", err, lines(report.Problems))
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	if _, err := seed.New("disease", "X", true); err == nil || !strings.Contains(err.Error(), "condition, symptom") {
		t.Errorf("an unknown word: %v", err)
	}
	if _, err := seed.New("condition", " \t", true); err == nil || !strings.Contains(err.Error(), "name") {
		t.Errorf("no name: %v", err)
	}
	// Nothing of this name can stand in an id.
	content, err := seed.New("condition", "病気", true)
	if err != nil || !strings.Contains(string(content), "id: todo-condition\n") {
		t.Errorf("%v\n%s", err, content)
	}
}
