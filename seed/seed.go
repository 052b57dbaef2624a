package seed

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// EmbeddedPath is the path by which [Read] knows the embedded seed; a folder
// of that name is read as ./embedded.
const EmbeddedPath = "embedded"

//go:embed data
var data embed.FS

// prefixFile holds the prefixes that are always loaded.
const prefixFile = "prefixes.yaml"

// Embedded returns the seed that is part of the program: one folder for each
// data set, and the prefixes that are always known.
func Embedded() fs.FS {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return data // not reached: the name is valid
	}
	return sub
}

// Read reads the data at the paths and returns it as one data set, checked and
// normalized. A path is a folder, a YAML file, an N-Quads file, compressed or
// not, or [EmbeddedPath]. Of a folder every file whose name ends in .yaml,
// .yml, .nq or .nq.gz is read, also in folders below, but nothing hidden. What
// one path declares may be referred to from another, in any order; a file
// reached twice is read once.
//
// If the data is faulty, there is no data set, and the error is a
// [*ProblemsError] with all problems, which the report has too. If something
// could not be read at all (a path that does not exist, a context that ended),
// the error names it, and there is no report.
func Read(ctx context.Context, paths ...string) (*graph.Dataset, *Report, error) {
	var c collector
	for _, name := range paths {
		var err error
		if name == EmbeddedPath {
			err = c.from(Embedded(), ".", func(rel string) string { return path.Join(EmbeddedPath, rel) })
		} else {
			err = c.fromDisk(name)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return read(ctx, c.files)
}

// ReadFS does the same as [Read] for paths within a file system. No path has a
// special meaning.
func ReadFS(ctx context.Context, fsys fs.FS, paths ...string) (*graph.Dataset, *Report, error) {
	var c collector
	for _, name := range paths {
		if err := c.from(fsys, name, func(name string) string { return name }); err != nil {
			return nil, nil, err
		}
	}
	return read(ctx, c.files)
}

func read(ctx context.Context, files []file) (*graph.Dataset, *Report, error) {
	p := newProblems(files)
	builtIn := file{fsys: Embedded(), path: prefixFile, name: path.Join(EmbeddedPath, prefixFile), root: -1}
	documents, err := readYAML(ctx, append([]file{builtIn}, files...), p)
	if err != nil {
		return nil, nil, err
	}
	prefixes := collectPrefixes(documents, p)
	parts, err := readParts(ctx, files, p)
	if err != nil {
		return nil, nil, err
	}
	dataset := &graph.Dataset{}
	if len(parts) > 0 {
		if dataset, err = quads.Decode(prefixes, parts...); err != nil && len(p.list) == 0 {
			return nil, nil, fmt.Errorf("N-Quads: %w", err)
		} else if err != nil { // what is left of a faulty file may be no graph
			dataset = &graph.Dataset{}
		}
	}
	dataset.Prefixes = prefixes
	report := count(documents[1:], parts, dataset)
	report.Files = len(files)

	b := &builder{problems: p, documents: documents[1:], vocabulary: newVocabulary(), prefixes: prefixes, dataset: dataset}
	b.build()
	if report.Problems = p.sorted(); len(report.Problems) > 0 {
		return nil, report, &ProblemsError{Problems: report.Problems}
	}
	if len(documents) > 1 { // else it is normalized, as quads.Decode left it
		if err := dataset.Normalize(); err != nil {
			return nil, nil, fmt.Errorf("the data does not fit together: %w", err)
		}
	}
	return dataset, report, nil
}

func readYAML(ctx context.Context, files []file, p *problems) ([]document, error) {
	var documents []document
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !isYAML(f.path) {
			continue
		}
		content, whole, err := f.read()
		if err != nil {
			return nil, err
		}
		doc := document{file: f}
		if !whole {
			p.add(place{file: f.name}, RuleFileSize, "", "larger than %d MiB: write it as several files, or as N-Quads", maxYAML>>20)
		} else if body := parse(f.name, content, p); body != nil {
			d := decoder{file: f.name, problems: p}
			d.document(body, &doc)
		}
		documents = append(documents, doc)
	}
	return documents, nil
}

func readParts(ctx context.Context, files []file, p *problems) ([]quads.Part, error) {
	var parts []quads.Part
	first := map[graph.ID]string{}
	for _, f := range files {
		if !isNQuads(f.path) {
			continue
		}
		part, err := readQuads(ctx, f, p)
		if err != nil {
			return nil, err
		}
		id := part.Source.ID
		other, taken := first[id]
		if taken {
			p.add(place{file: f.name}, RuleDuplicateID, "", "as a source this file has the id %q, as has %s: rename one of the files", id, other)
		}
		if !taken {
			first[id] = f.name
			parts = append(parts, part)
		}
	}
	return parts, nil
}

// count returns how much the files hold; foreign is what N-Quads alone make.
func count(documents []document, parts []quads.Part, foreign *graph.Dataset) *Report {
	r := &Report{
		Concepts: len(foreign.Concepts), Statements: len(foreign.Statements),
		Sources: len(foreign.Sources), Articles: len(foreign.Articles),
	}
	for _, a := range foreign.Articles {
		r.Sections += len(a.Sections)
	}
	for _, part := range parts {
		r.Quads += len(part.Quads)
	}
	for i := range documents {
		doc := &documents[i]
		r.Concepts += len(doc.concepts)
		r.Statements += len(doc.statements)
		r.Sources += len(doc.datasets) + len(doc.sources)
		r.Articles += len(doc.articles)
		for _, a := range doc.articles {
			r.Sections += len(a.sections)
		}
	}
	return r
}
