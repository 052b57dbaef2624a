package seed

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

// Texts compares statements with the texts of their sources: those of a data set for
// which own is true. Package annotate knows texts; this one only where a statement is
// written, and what is to be told.
type Texts func(d *graph.Dataset, own func(graph.ID) bool) (Compared, []Mismatch)

// Compared counts the statements that were compared with a text.
type Compared struct {
	// Checked were compared, of the Statements of the data.
	Checked    int `json:"checked"`
	Statements int `json:"statements"`
	// The others are of sources that are no articles, of articles whose text is not there, or
	// their locator names no sentence.
	NoArticle int `json:"noArticle"`
	NoText    int `json:"noText"`
	NoLocator int `json:"noLocator"`
	// Texts were given, and Unnamed are the files of folders that no article names.
	Texts   int      `json:"texts"`
	Unnamed []string `json:"unnamed,omitempty"`
}

// Mismatch is what a statement and a text differ in.
type Mismatch struct {
	Rule      Rule
	Statement graph.ID
	// Qualifier is the one it is about; NumQualifiers for none.
	Qualifier           graph.Qualifier
	Message, Suggestion string
	Sentence            string
	// File is the text that no article names.
	File string
}

type textsKey struct{}

// WithTexts returns a context with which [Check] and [CheckFS] compare statements with
// texts, too.
func WithTexts(ctx context.Context, texts Texts) context.Context {
	return context.WithValue(ctx, textsKey{}, texts)
}

func textsIn(ctx context.Context) Texts {
	texts, _ := ctx.Value(textsKey{}).(Texts)
	return texts
}

// compare tells what differs between statements and texts.
func (b *builder) compare() {
	if b.compares == nil {
		return
	}
	compared, found := b.compares(b.dataset, func(id graph.ID) bool { return !b.isKnown(id, place{}) })
	for i := range found {
		b.mismatch(&found[i])
	}
	b.compared = &compared
}

// mismatch tells what differs, at the key that it is about.
func (b *builder) mismatch(m *Mismatch) {
	at := place{file: m.File}
	if m.File == "" {
		at = b.statements[m.Statement]
	}
	if n := b.written[m.Statement]; n != nil {
		if n.paraphrase.is && (m.Rule == RuleOtherWords || m.Rule == RuleTextSaysLess && m.Qualifier != graph.QualifierNegated) {
			return
		}
		if key, has := n.keyAt(m.Qualifier); has {
			at = key
		}
	}
	before := len(b.list)
	if m.Rule.Severity() == Error {
		b.add(at, m.Rule, "", "%s", m.Message+m.instead())
	} else {
		say := func() (string, string) { return m.Message, m.Suggestion }
		if accepted := b.acceptance(m.Rule, m.Statement, at); accepted != nil {
			b.problems.accept(spot{place: at}, m.Rule, say, accepted.reason.is)
		} else {
			b.warning(at, "", m.Rule, say)
		}
	}
	if len(b.list) > before && b.list[before].Rule == m.Rule {
		b.list[before].Sentence = m.Sentence
	}
}

// instead says what to do, behind the message of an error.
func (m *Mismatch) instead() string {
	if m.Suggestion == "" {
		return ""
	}
	return "; " + m.Suggestion
}

// keyAt returns where a statement has a qualifier itself.
func (n *statementNode) keyAt(q graph.Qualifier) (place, bool) {
	if q >= graph.NumQualifiers {
		return place{}, false
	}
	for _, at := range []place{n.texts[q].at, n.flags[q].at, n.numbers[q].at} {
		if at.file != "" {
			return at, true
		}
	}
	return place{}, false
}
