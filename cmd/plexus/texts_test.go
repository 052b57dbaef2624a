package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/annotate"
)

// TestExplainedTexts wants of each rule about texts an example that breaks it and no
// other, what the check says of it, and a mended one of which the check says nothing.
func TestExplainedTexts(t *testing.T) {
	t.Parallel()
	says := func(files []seed.ExampleFile) string {
		fsys := fstest.MapFS{}
		var texts []*annotate.Article
		for _, f := range files {
			fsys[f.Name] = &fstest.MapFile{Data: []byte(f.Text)}
			if strings.HasSuffix(f.Name, ".txt") {
				a, err := annotate.Read(f.Name, []byte(f.Text))
				if err != nil {
					t.Fatal(err)
				}
				texts = append(texts, a)
			}
		}
		_, report, _ := seed.CheckFS(seed.WithTexts(t.Context(), against(texts, slices.Repeat([]bool{true}, len(texts)))), fsys, ".")
		said := ""
		for _, p := range report.Problems {
			said += fmt.Sprintln(p)
		}
		return said
	}
	for _, rule := range seed.Rules() {
		e, _ := seed.Explain(rule)
		if e.Layer != seed.LayerText {
			continue
		}
		if got := says(e.Wrong); got != e.Says || strings.Count(got, "["+string(rule)+"]\n") != strings.Count(got, "\n") || got == "" {
			t.Errorf("%s: the check says:\n%s\nwanted:\n%s", rule, got, e.Says)
		}
		if got := says(e.Mended); got != "" {
			t.Errorf("%s: the check says of the mended example:\n%s", rule, got)
		}
	}
}

// textFaults are mistakes that curators make: of a statement of the seed, told by its
// subject, predicate and object, a line is changed, added (was is empty) or left out (is
// is empty).
var textFaults = [...]struct {
	statement, was, is string
	rule               seed.Rule
}{
	{"facial-twitching cause bells-palsy", "locator: L3.S3", "locator: L3.S9", seed.RuleNoSentence},
	{"bells-palsy signOrSymptom mouth-corner-droop", "locator: L3.S4", "locator: L33.S4", seed.RuleNoSentence},
	{"conservative-management includes rest", "locator: L8.S2", "locator: p. 8", seed.RuleNoSentence},
	{"focal-epilepsy typicalTest eeg", "locator: L12.S1", "locator: L16.S2", seed.RuleOtherWords},
	{"bells-palsy associatedAnatomy facial-nerve", "locator: L3.S3", "locator: L16.S2", seed.RuleTextSaysLess},
	{"conservative-management includes protective-eye-care", "locator: L8.S2", "locator: L7.S3", seed.RuleTextSaysLess},
	{"benign-facial-twitch cause stress", "locator: L11.S3", "locator: L12.S2", seed.RuleTextSaysLess},
	{"benign-facial-twitch cause fatigue", "locator: L11.S3", "locator: L8.S2", seed.RuleTextSaysLess},

	{"bells-palsy signOrSymptom shallow-nasolabial-fold", "frequency: often", "frequency: always", seed.RuleOtherWords},
	{"facial-focal-seizure signOrSymptom tingling", "frequency: often", "frequency: rarely", seed.RuleOtherWords},
	{"focal-epilepsy typicalTest eeg", "frequency: usually", "frequency: 80 %", seed.RuleOtherWords},
	{"eeg signDetected abnormal-eeg-pattern", "frequency: frequently", "frequencyValue: 0.7", seed.RuleOtherWords},
	{"facial-twitching cause bells-palsy", "frequency: one of the most common causes", "frequency: the most frequent cause", seed.RuleOtherWords},
	{"eeg signDetected abnormal-eeg-pattern", "timing: during or between seizures", "timing: before seizures", seed.RuleOtherWords},
	{"chronic-facial-spasm complication social-anxiety", "context: untreated", "context: under treatment", seed.RuleOtherWords},
	{"post-paralytic-contractions associatedAnatomy face", "laterality: affected side", "laterality: both sides", seed.RuleOtherWords},
	{"hemifacial-spasm signOrSymptom involuntary-facial-contractions", "laterality: one side", "laterality: left side", seed.RuleOtherWords},
	{"acupuncture advisedAgainstIn facial-paralysis", "attribution: current medical guidelines", "attribution: the WHO", seed.RuleOtherWords},
	{"post-paralytic-contractions cause abnormal-facial-nerve-signalling", "attribution: medical experts", "attribution: most neurologists", seed.RuleOtherWords},
	{"bells-palsy signOrSymptom cheek-puffing-difficulty", "", "population: children", seed.RuleOtherWords},
	{"early-acupuncture increasesRiskOf hemifacial-spasm", "", "severity: severe", seed.RuleOtherWords},
	{"conservative-management includes anti-inflammatory-medication", "", "dose: 400 mg a day", seed.RuleOtherWords},

	{"early-acupuncture increasesRiskOf facial-myokymia", "modality: possible", "", seed.RuleTextSaysMore},
	{"acupuncture adverseOutcome hemifacial-spasm", "modality: possible", "", seed.RuleTextSaysMore},
	{"persistent-facial-twitching mayIndicate serious-neurological-disorder", "modality: possible", "", seed.RuleTextSaysMore},
	{"early-acupuncture causeOf disrupted-nerve-healing", "modality: suspected", "", seed.RuleTextSaysMore},
	{"facial-paralysis possibleTreatment conservative-management", "modality: recommended", "", seed.RuleTextSaysMore},
	{"chronic-facial-spasm complication reduced-quality-of-life", "modality: possible", "", seed.RuleTextSaysMore},
	{"post-paralytic-contractions cause abnormal-facial-nerve-signalling", "modality: suspected", "", seed.RuleTextSaysMore},
	{"facial-twitching cause bells-palsy", "", "modality: recommended", seed.RuleTextSaysLess},
	{"bells-palsy signOrSymptom incomplete-eyelid-closure", "", "negated: true", seed.RuleTextSaysLess},
	{"benign-facial-twitch cause fatigue", "", "negated: true", seed.RuleTextSaysLess},
}

// TestTextFaults wants each mistake found, and nothing found in the seed as it is.
func TestTextFaults(t *testing.T) {
	t.Parallel()
	texts, named, err := textsOf([]string{needs.Shared(t, "article/article.txt")})
	if err != nil {
		t.Fatal(err)
	}
	ctx := seed.WithTexts(t.Context(), against(texts, named))
	whole := os.DirFS("../../seed/data")
	_, report, err := seed.CheckFS(ctx, whole, ".")
	if err != nil || len(report.Problems) > 0 || report.Compared.Checked < 130 {
		t.Fatalf("of the seed as it is: %v %v %+v", err, report.Problems, report.Compared)
	}
	for _, fault := range textFaults {
		t.Run(fault.statement+" "+fault.is, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			if err := os.CopyFS(folder, whole); err != nil {
				t.Fatal(err)
			}
			if !mangle(t, folder, fault.statement, fault.was, fault.is) {
				t.Fatal("no statement of the seed has this line")
			}
			report, err := seed.Check(ctx, true, nil, folder)
			if report == nil {
				t.Fatal(err)
			}
			found := false
			for _, p := range report.Problems {
				found = found || p.Rule == fault.rule
			}
			if !found {
				t.Errorf("wanted %s, got %v", fault.rule, report.Problems)
			}
		})
	}
}

// mangle changes a line of a statement in a file below a folder.
func mangle(t *testing.T, folder, statement, was, is string) (changed bool) {
	t.Helper()
	claim := strings.Fields(statement)
	begin := "subject: " + claim[0] + "\n    predicate: " + claim[1] + "\n    object: " + claim[2] + "\n"
	err := filepath.WalkDir(filepath.Join(folder, "facial-twitching/statements"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		before, rest, has := strings.Cut(string(content), begin)
		if !has {
			return nil
		}
		own, next := rest, ""
		if end := strings.Index(rest, "\n  - "); end >= 0 {
			own, next = rest[:end], rest[end:]
		}
		if was != "" && !strings.Contains(own, "    "+was+"\n") && !strings.HasSuffix(own, "    "+was) {
			return nil
		}
		own = strings.Replace("\n"+own, "\n    "+was, "", min(len(was), 1))
		if is != "" {
			own = "\n    " + is + own
		}
		changed = true
		return os.WriteFile(path, []byte(before+begin+strings.TrimPrefix(own, "\n")+next), 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

// TestExercise checks the exercise against its text, all of it.
func TestExercise(t *testing.T) {
	t.Parallel()
	const folder = "../../seed/examples/hemifacial-spasm"
	var stdout, stderr bytes.Buffer
	args := []string{"check", folder, "--with", "embedded", "--text", folder + "/article.txt", "--strict"}
	err := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	if err != nil || !strings.Contains(stdout.String(), "checked 50 of 50 statements against the text") {
		t.Errorf("%v\n%s%s", err, stdout.String(), stderr.String())
	}
	_, report, err := seed.Read(t.Context(), seed.EmbeddedPath)
	if err != nil || report.Articles != 1 {
		t.Errorf("the exercise is part of the seed: %v, %d articles", err, report.Articles)
	}
}
