// Package annotate reads articles, finds the concepts that they name, and proposes
// statements: a draft in YAML, for somebody to read against the text.
//
//	lexicon := annotate.NewLexicon(dataset, "en")
//	article, err := annotate.Read("page.html", content)
//	err = lexicon.Annotate(article).WriteDraft(os.Stdout, true)
//
// # Reading
//
// [Read] finds the headings, paragraphs and sentences of text, Markdown and HTML. A
// heading begins a section; a sentence ends by Unicode's rules (UAX 29), but never
// after an abbreviation such as "e.g.", and has a locator: L3.S1 is the first sentence
// that begins in line 3.
//
// # Names
//
// [Lexicon] has the names, exact and lay synonyms and labels of exact codes of a data
// set. The longest name counts. Compared are words as package search compares them, in
// one spelling (oedema, edema; signalling, signaling). A name in capital letters
// counts in capital letters alone; what the text introduces in brackets,
// "electroencephalogram (EEG)", means that from there on. In words of seven letters and
// more one letter may be wrong, but for its first and its ending, and never so that
// another word of medicine comes out. The words of a longer name may stand in another
// order and apart, within one clause, and not over a denial.
//
// # Statements
//
// Two tables say what words do: words.tsv (denials, hedges, how often, when, for whom)
// and relations.tsv (which predicates they may mean). Words reach over what stands
// before or after them in their clause, in the manner of ConText (Harkema et al.,
// J Biomed Inform 42, 2009); the longest words at a place count, so that "do not stop"
// denies nothing. A predicate is proposed where it joins the kinds of the two. What is
// proposed is never more than a reader's start: no proposal is served before somebody
// has confirmed it.
package annotate
