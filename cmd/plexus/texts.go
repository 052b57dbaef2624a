package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/annotate"
)

// textsOf reads texts: files, and those of folders that end as texts do. It reports
// of each whether it was given by its name.
func textsOf(paths []string) (texts []*annotate.Article, named []bool, err error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, nil, err
		}
		files := []string{path}
		if info.IsDir() {
			if files, err = textsBelow(path); err != nil {
				return nil, nil, err
			}
		}
		for _, file := range files {
			a, err := readArticle(file)
			if err != nil {
				return nil, nil, err
			}
			texts, named = append(texts, a), append(named, !info.IsDir())
		}
	}
	return texts, named, nil
}

// textsBelow lists the texts in a folder and those below; hidden ones are left out.
func textsBelow(folder string) (files []string, err error) {
	err = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != folder && strings.HasPrefix(e.Name(), ".") && e.IsDir():
			return fs.SkipDir
		case e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") && slices.Contains([]string{".txt", ".md", ".html", ".htm"}, strings.ToLower(filepath.Ext(path))):
			files = append(files, path)
		}
		return nil
	})
	return files, err
}

// against returns what compares statements with texts.
func against(texts []*annotate.Article, named []bool) seed.Texts {
	rules := map[annotate.Disagreement]seed.Rule{
		annotate.NoSuchSentence: seed.RuleNoSentence, annotate.OtherWords: seed.RuleOtherWords,
		annotate.TextSaysMore: seed.RuleTextSaysMore, annotate.TextSaysLess: seed.RuleTextSaysLess,
	}
	instead := map[annotate.Disagreement]string{
		annotate.OtherWords:   "write the words of the sentence or, if they are yours and mean the same, paraphrase: true",
		annotate.TextSaysMore: "say it, or accept the warning if the sentence says it of something else",
		annotate.TextSaysLess: "look at the locator; if the sentence says it in other words, write paraphrase: true",
	}
	return func(d *graph.Dataset, own func(graph.ID) bool) (seed.Compared, []seed.Mismatch) {
		made := annotate.Compare(d, own, texts)
		compared := seed.Compared{Checked: made.Checked, NoArticle: made.NoArticle, NoText: made.NoText, NoLocator: made.NoLocator, Texts: len(texts)}
		compared.Statements = compared.Checked + compared.NoArticle + compared.NoText + compared.NoLocator
		var found []seed.Mismatch
		for _, i := range made.Unnamed {
			text := texts[i]
			if !named[i] {
				compared.Unnamed = append(compared.Unnamed, text.File)
				continue
			}
			found = append(found, seed.Mismatch{
				Rule: seed.RuleUnnamedText, File: text.File, Qualifier: graph.NumQualifiers,
				Message: "no article has this text: if it is as it was read, write version: \"" + text.Version() + "\" in its article; if it has changed, see what changed with plexus annotate --before",
			})
		}
		for _, f := range made.Differences {
			made := seed.Mismatch{
				Rule: rules[f.Of], Statement: f.Statement, Qualifier: f.Qualifier,
				Message: f.Message, Suggestion: instead[f.Of], Sentence: f.Sentence,
			}
			if f.Of == annotate.TextSaysLess && f.Qualifier == graph.QualifierNegated {
				made.Suggestion = "look at the locator; if the sentence denies it in other words, accept the warning"
			}
			found = append(found, made)
		}
		return compared, found
	}
}
