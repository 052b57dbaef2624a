package seed

import (
	"embed"
	"path"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

//go:embed examples/*.txtar
var examples embed.FS

// Explanation is what there is to say about a rule.
type Explanation struct {
	Rule     Rule     `json:"rule"`
	Layer    Layer    `json:"layer"`
	Severity Severity `json:"severity"`
	// Why says in a sentence or two what the rule asks for, and why it is there.
	Why string `json:"why"`
	// Wrong is an example that breaks this rule and no other, and Says what the
	// check says of it, a problem a line; Mended is the example without the fault.
	Wrong  []ExampleFile `json:"wrong"`
	Says   string        `json:"says"`
	Mended []ExampleFile `json:"mended"`
}

// ExampleFile is a file of an example.
type ExampleFile struct {
	Name string `json:"name"`
	// Text is what the file holds or, where Recipe is set, how to make it, for
	// what cannot be shown: each line a number and a Go string, to be repeated as
	// often.
	Text   string `json:"text"`
	Recipe bool   `json:"recipe,omitempty"`
}

// Explain returns what there is to say about a rule; ok is false for a rule
// that does not exist.
func Explain(r Rule) (e Explanation, ok bool) {
	for i := range ruleTable {
		if row := &ruleTable[i]; row.rule == r {
			e = Explanation{Rule: r, Layer: row.layer, Severity: row.severity, Why: row.why}
			e.example()
			return e, true
		}
	}
	return e, false
}

// NearestRule returns the rule whose name is nearest to a word, empty if none
// is near.
func NearestRule(word string) Rule {
	names := make([]string, len(ruleTable))
	for i := range ruleTable {
		names[i] = string(ruleTable[i].rule)
	}
	return Rule(nearest(word, names))
}

// example fills in the example of the rule: an archive of the folders wrong
// and mended, and a file says.
func (e *Explanation) example() {
	content, err := examples.ReadFile("examples/" + string(e.Rule) + ".txtar")
	if err != nil {
		return // a test wants one for every rule
	}
	for _, f := range txtar.Parse(content).Files {
		folder, _, _ := strings.Cut(f.Name, "/")
		name, recipe := strings.CutSuffix(strings.TrimPrefix(f.Name, folder+"/"), ".generated")
		file := ExampleFile{Name: path.Clean(name), Text: string(f.Data), Recipe: recipe}
		switch folder {
		case "wrong":
			e.Wrong = append(e.Wrong, file)
		case "mended":
			e.Mended = append(e.Mended, file)
		case "says":
			e.Says = string(f.Data)
		}
	}
}
