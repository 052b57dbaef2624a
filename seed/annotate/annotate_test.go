package annotate_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/annotate"
)

// TestSentences wants the ends of sentences, headings and their places.
func TestSentences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		what, name, text string
		want             []string // locator, # for a heading, text
	}{
		{
			"abbreviations", "a.txt", "See Dr. Moss, e.g. Ann Moss et al. She has MS. Treatment helps, i.e. Rest. Take vitamin D. Then rest.",
			[]string{"L1.S1 See Dr. Moss, e.g. Ann Moss et al. She has MS.", "L1.S2 Treatment helps, i.e. Rest.", "L1.S3 Take vitamin D.", "L1.S4 Then rest."},
		},
		{
			"numbers and references", "a.txt", "About 0.5 % of adults have it.[1, 2] Most are women.[3] It ends?! Yes.",
			[]string{"L1.S1 About 0.5 % of adults have it.[1, 2]", "L1.S2 Most are women.[3]", "L1.S3 It ends?!", "L1.S4 Yes."},
		},
		{
			"headings of text", "a.txt", "A Title\nA heading\nA sentence of some words.\nANOTHER\n\nOne. Two.\n",
			[]string{"L1.S1 # A Title", "L2.S1 # A heading", "L3.S1 A sentence of some words.", "L4.S1 # ANOTHER", "L6.S1 One.", "L6.S2 Two."},
		},
		{
			"a list of text", "a.txt", "Signs\n- nausea\n- weight loss\n",
			[]string{"L1.S1 # Signs", "L2.S1 - nausea", "L3.S1 - weight loss"},
		},
		{
			"wrapped text", "a.txt", strings.Repeat("This line is as wide as the others of the text, and it goes on\nin the next, where it ends. ", 1) + "Then another sentence begins, which\ngoes on, too.\n",
			[]string{"L1.S1 This line is as wide as the others of the text, and it goes on in the next, where it ends.", "L2.S1 Then another sentence begins, which goes on, too."},
		},
		{
			"Markdown", "a.md", "# Title\n\nA *sentence* with [a link](https://example.org/x).\nAnd\nanother.\n\n```\ncode\n```\n\n## Part\n\n* one\n* two\n\n| a | b |\n|---|---|\n| c | d |\n",
			[]string{"L1.S1 # Title", "L3.S1 A *sentence* with [a link](https://example.org/x).", "L4.S1 And another.", "L11.S1 # Part", "L13.S1 one", "L14.S1 two", "L16.S1 a", "L16.S2 b", "L18.S1 c", "L18.S2 d"},
		},
		{
			"HTML", "a.html", "<html><head><title>Title</title></head><body><h1>Title</h1><p>One <b>bold</b>word. Two.</p><script>x</script><ul><li>three<li>four</ul><h2>Part</h2>five<p>six</body></html>",
			[]string{"L1.S1 # Title", "L2.S1 One boldword.", "L2.S2 Two.", "L3.S1 three", "L4.S1 four", "L5.S1 # Part", "L6.S1 five", "L7.S1 six"},
		},
	} {
		t.Run(test.what, func(t *testing.T) {
			t.Parallel()
			a, err := annotate.Read(test.name, []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range a.Sentences {
				mark := " "
				if s.IsHeading {
					mark = " # "
				}
				got = append(got, s.Locator+mark+strings.Join(strings.Fields(a.Text[s.Start:s.End]), " "))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwanted\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// concepts of the tests of what is named and proposed.
func concepts() *graph.Dataset {
	d := &graph.Dataset{}
	for id, about := range map[string][]string{
		"migraine":           {"schema:MedicalCondition", "Migraine", "migraine headache"},
		"migraine-no-aura":   {"schema:MedicalCondition", "Migraine without aura"},
		"stroke":             {"schema:MedicalCondition", "Stroke", "cerebrovascular accident", "CVA"},
		"multiple-sclerosis": {"schema:MedicalCondition", "Multiple sclerosis", "MS"},
		"edema":              {"schema:MedicalSign", "Oedema"},
		"nausea":             {"schema:MedicalSymptom", "Nausea"},
		"hearing-loss":       {"schema:MedicalSymptom", "Hearing loss"},
		"metastasis":         {"schema:MedicalCondition", "Metastasis"},
		"dysphagia":          {"schema:MedicalSymptom", "Dysphagia"},
		"hypertension":       {"schema:MedicalCondition", "Hypertension"},
		"carbamazepine":      {"schema:Drug", "Carbamazepine"},
		"aspirin":            {"schema:Drug", "Aspirin"},
		"rest":               {"schema:LifestyleModification", "Rest"},
		"mri":                {"schema:ImagingTest", "Magnetic resonance imaging", "MRI"},
		"smoking":            {"schema:MedicalRiskFactor", "Smoking"},
	} {
		c := graph.Concept{ID: graph.ID(id), Types: []graph.ID{graph.ID(about[0])}, Names: []graph.Text{{Text: about[1]}}}
		for _, synonym := range about[2:] {
			c.Synonyms = append(c.Synonyms, graph.Synonym{Text: synonym})
		}
		d.Concepts = append(d.Concepts, c)
	}
	slices.SortFunc(d.Concepts, func(a, b graph.Concept) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return d
}

// TestNames wants the concepts that sentences name.
func TestNames(t *testing.T) {
	t.Parallel()
	l := annotate.NewLexicon(concepts(), "en")
	for text, want := range map[string]string{
		"Migraine without aura is a migraine.": "migraine-no-aura migraine",
		"Edema and oedemas.":                   "edema edema",
		"Metastases of strokes.":               "metastasis stroke",
		"Migrane and carbamazepin.":            "migraine", // the end of a word is another word
		"Dysphasia is no dysphagia.":           "dysphagia",
		"Hypotension is low.":                  "",
		"Losses of hearing, hearing loss.":     "hearing-loss hearing-loss",
		"Mitral stenosis (MS) is not MS.":      "- ",
		"The rest of them rest.":               "rest",
		"A cva is not a CVA.":                  "stroke",
		"Cerebrovascular accident (CA): CA.":   "stroke stroke stroke",
		"Hearing, and loss of nausea.":         "nausea",
	} {
		m := l.Annotate(article(t, text))
		var got []string
		for _, found := range m.Mentions {
			id := "-"
			if found.Concept != nil {
				id = string(*found.Concept)
			}
			got = append(got, id)
			if text := []rune(m.Article.Text); found.Text != string(text[found.Start:found.End]) {
				t.Errorf("%q: %q is not at %d to %d", m.Article.Text, found.Text, found.Start, found.End)
			}
		}
		if strings.Join(got, " ") != strings.TrimSpace(want) {
			t.Errorf("%q names %v, wanted %s", text, got, want)
		}
	}
}

func article(tb testing.TB, text string) *annotate.Article {
	tb.Helper()
	a, err := annotate.Read("a.txt", []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// TestProposals wants the statements that are proposed of sentences, with their
// qualifiers.
func TestProposals(t *testing.T) {
	t.Parallel()
	l := annotate.NewLexicon(concepts(), "en")
	for text, want := range map[string]string{
		"Migraine may cause nausea.":                                       "migraine signOrSymptom nausea modality=possible",
		"Migraine does not cause hearing loss.":                            "migraine signOrSymptom hearing-loss negated=true",
		"Migraine causes nausea, but not hearing loss.":                    "migraine signOrSymptom hearing-loss negated=true; migraine signOrSymptom nausea",
		"Smoking increases the risk of stroke.":                            "smoking increasesRiskOf stroke",
		"Migraine is treated with aspirin in adults over 18.":              "migraine possibleTreatment aspirin population=adults over 18",
		"Aspirin should not be used in stroke.":                            "aspirin advisedAgainstIn stroke modality=discouraged",
		"Aspirin is not recommended for stroke.":                           "aspirin advisedAgainstIn stroke modality=discouraged",
		"Do not stop carbamazepine suddenly.":                              "",
		"Side effects of aspirin include nausea in 10 % of people.":        "aspirin adverseOutcome nausea frequency=10 %",
		"MRI can rule out stroke.":                                         "mri usedToRuleOut stroke modality=possible",
		"Stroke may not cause nausea.":                                     "stroke signOrSymptom nausea modality=possible",
		"Nausea is not only a symptom of migraine.":                        "migraine signOrSymptom nausea",
		"It is a myth that smoking increases the risk of stroke.":          "smoking increasesRiskOf stroke negated=true",
		"Migraine is common, except in stroke and nausea.":                 "",
		"The cause of nausea is migraine.":                                 "migraine signOrSymptom nausea",
		"Stroke never causes nausea, and migraine may cause hearing loss.": "migraine signOrSymptom hearing-loss modality=possible; stroke signOrSymptom nausea negated=true",
	} {
		var got []string
		for _, p := range l.Annotate(article(t, text)).Statements {
			said := fmt.Sprintf("%s %s %s", p.Subject, p.Predicate, p.Object)
			var qualifiers []string
			for name, value := range p.Qualifiers {
				qualifiers = append(qualifiers, fmt.Sprintf(" %s=%v", name, value))
			}
			slices.Sort(qualifiers)
			got = append(got, said+strings.Join(qualifiers, ""))
			if p.Todo == "" {
				t.Errorf("%q: no todo", text)
			}
		}
		slices.Sort(got)
		if strings.Join(got, "; ") != want {
			t.Errorf("%q\ngot    %s\nwanted %s", text, strings.Join(got, "; "), want)
		}
	}
}

// FuzzRead wants that no text ends the program, that places are right and that
// what is written is JSON.
func FuzzRead(f *testing.F) {
	l := annotate.NewLexicon(concepts(), "en")
	for _, text := range []string{"Migraine (M) may cause nausea.", "# A\n\n* **b**\n", "<p>Dr. A<table><td>", "---\ntitle: [x\n---\nMS.", "a [1] b. [2] C", "é.\u00a0ß (É) 10 % of people"} {
		for _, ending := range []string{"txt", "md", "html"} {
			f.Add(ending, text)
		}
	}
	f.Fuzz(func(t *testing.T, ending, text string) {
		a, err := annotate.Read("a."+ending, []byte(text))
		if err != nil {
			return
		}
		m := l.Annotate(a)
		points := []rune(a.Text)
		for _, found := range m.Mentions {
			if found.Text != string(points[found.Start:found.End]) {
				t.Errorf("%q is not at %d to %d", found.Text, found.Start, found.End)
			}
		}
		var out bytes.Buffer
		if err := m.WriteJSON(&out); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if !json.Valid([]byte(line)) {
				t.Errorf("no JSON: %s", line)
			}
		}
		out.Reset()
		if err := m.WriteDraft(&out, true); err != nil || !utf8.Valid(out.Bytes()) {
			t.Errorf("the draft: %v", err)
		}
	})
}
