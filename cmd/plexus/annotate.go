package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/plexus-kg/plexus/seed/annotate"
)

type annotateVerb struct {
	Articles []string `arg:"" name:"article" help:"Articles as text, Markdown (.md) or HTML (.html)."`
	With     []string `sep:"none" placeholder:"PATH" help:"Find the concepts of this, data or a release, instead of the embedded seed; 'embedded' adds it. Can be repeated."`
	Before   string   `placeholder:"FILE" help:"Tell what became of the sentences of this, the article as it was read, and which statements of --with rest on those that changed; no draft is made."`
	JSON     bool     `name:"json" help:"Print each place that names something as an object on a line of its own."`
	Output   string   `short:"o" placeholder:"FILE" help:"Write to this file, which must not exist yet, instead of standard output; of several articles to this folder."`
}

// Help shows examples.
func (annotateVerb) Help() string {
	return `Examples:

  plexus annotate page.html -o my-data/page.yaml
  plexus annotate notes.md --with my-data/ --with embedded
  plexus annotate article.txt --json
  plexus annotate new.html --before old.html --with my-data/ --with embedded

Writes a draft in YAML: the article with its sections, the concepts that it names,
and for each sentence the statements that it may make, with the hedges, denials,
frequencies and limits of its words. It is a start for a reader, not a result: each
statement has a todo with the words behind it, and with one nothing is served, built
or exported. Who has read it writes 'confirmed: NAME, DATE' in place of todo. The text
itself is not copied. With --before the page has changed: its sentences that are gone,
moved or altered are listed, with the statements that rest on them. With --json, start and end are code points of the text.`
}

// maxArticle is what an article may hold, in bytes.
const maxArticle = 32 << 20

// Run reads the articles and writes what is proposed of them.
func (v annotateVerb) Run(ctx context.Context, t *terminal) (err error) {
	if v.Before != "" {
		return v.changes(ctx, t)
	}
	if len(v.Articles) > 1 && v.Output == "" && !v.JSON {
		return &usageError{"a draft is a file for each article: name a folder for them with --output"}
	}
	articles := make([]*annotate.Article, len(v.Articles))
	for i, name := range v.Articles {
		if articles[i], err = readArticle(name); err != nil {
			return err
		}
	}
	dataset, done, err := dataFlag{Data: v.With}.dataset(ctx, t.stderr, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, done()) }()
	lexicons := map[string]*annotate.Lexicon{}
	var found bytes.Buffer
	for i, a := range articles {
		if err := ctx.Err(); err != nil {
			return err
		}
		language, _, _ := strings.Cut(cmp.Or(a.Language, "en"), "-")
		if lexicons[language] == nil {
			lexicons[language] = annotate.NewLexicon(dataset, language)
		}
		made := lexicons[language].Annotate(a)
		if v.JSON {
			err = made.WriteJSON(&found)
		} else {
			err = v.draft(t, made, i == 0)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(t.stderr, "%s: %s, %s in %s, %s proposed\n", a.File, plural(len(a.Sentences), "sentence"),
			plural(len(made.Concepts), "concept"), plural(made.Named(), "place"), plural(len(made.Statements), "statement"))
	}
	switch {
	case !v.JSON:
		return nil
	case v.Output != "":
		return writeNew(v.Output, found.Bytes())
	}
	_, err = t.stdout.Write(found.Bytes())
	return err
}

// draft writes the draft of an article. The first of a folder brings its data set.
func (v annotateVerb) draft(t *terminal, made *annotate.Annotations, first bool) error {
	file := v.Output
	if len(v.Articles) > 1 {
		base := filepath.Base(made.Article.File)
		file = filepath.Join(v.Output, strings.TrimSuffix(base, filepath.Ext(base))+".yaml")
	}
	dataset := first
	if file != "" {
		if !isPlainYAML(file) {
			return &usageError{fmt.Sprintf("--output %s: a file of that name is not read as YAML: let it end in .yaml", file)}
		}
		lacks, err := lacksDataset(filepath.Dir(file))
		if err != nil {
			return err
		}
		dataset = lacks
	}
	var draft bytes.Buffer
	if err := made.WriteDraft(&draft, dataset); err != nil {
		return err
	}
	if file == "" {
		_, err := t.stdout.Write(draft.Bytes())
		return err
	}
	return writeNew(file, draft.Bytes())
}

// readArticle reads a file that holds an article.
func readArticle(name string) (*annotate.Article, error) {
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		return nil, &usageError{name + " is an address: save the page, and give its file"}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(io.LimitReader(f, maxArticle+1))
	if err == nil && len(content) > maxArticle {
		err = fmt.Errorf("larger than %d MiB: cut it into articles", maxArticle>>20)
	}
	var a *annotate.Article
	if err == nil {
		a, err = annotate.Read(name, content)
	}
	if pathError := (*fs.PathError)(nil); err != nil && !errors.As(err, &pathError) {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return a, err
}
