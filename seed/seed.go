package seed

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/progress"
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
// normalized. A path is a folder, a file in one of the formats of
// [FormatRegistry], compressed or not, or [EmbeddedPath]. Of a folder every such file is read, also in
// folders below, but nothing hidden. What one path declares may be referred to
// from another, in any order; a file reached twice is read once.
//
// If the data is faulty, there is no data set, and the error is a
// [*ProblemsError] with all problems, which the report has too. If something
// could not be read at all (a path that does not exist, a context that ended),
// the error names it, and there is no report.
func Read(ctx context.Context, paths ...string) (*graph.Dataset, *Report, error) {
	c, err := collect(paths)
	if err != nil {
		return nil, nil, err
	}
	return read(ctx, c, false)
}

// Check does the same as [Read] and also warns, in the report, of what is
// doubtful about the data but does not keep it from being loaded. It reads with
// known data as [ReadWith] does. Unless all are asked for, the warnings of a rule in
// a file of RDF or a table are only counted after the fifth.
func Check(ctx context.Context, all bool, with []string, paths ...string) (*Report, error) {
	_, _, report, err := readWith(ctx, with, paths, true, all)
	return report, err
}

// Declared returns the predicates, types, concepts, sources and articles of the data at
// the paths, as far as it can be read: the data may be faulty, and then the report says so.
func Declared(ctx context.Context, paths ...string) (*graph.Dataset, *Report, error) {
	c, err := collect(paths)
	if err != nil {
		return nil, nil, err
	}
	_, report, err := read(ctx, c, false)
	if report == nil {
		return nil, nil, err
	}
	return &graph.Dataset{
		Predicates: c.whole.Predicates, Types: c.whole.Types,
		Concepts: c.whole.Concepts, Sources: c.whole.Sources, Articles: c.whole.Articles,
	}, report, nil
}

// collect finds the files below paths of the machine.
func collect(paths []string) (*collector, error) {
	c := &collector{}
	return c, c.collect(paths)
}

// collect adds the files below paths.
func (c *collector) collect(paths []string) error {
	for _, name := range paths {
		var err error
		if name == EmbeddedPath {
			err = c.from(Embedded(), ".", func(rel string) string { return path.Join(EmbeddedPath, rel) })
		} else {
			err = c.fromDisk(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ReadFS does the same as [Read] for paths within a file system. No path has a
// special meaning.
func ReadFS(ctx context.Context, fsys fs.FS, paths ...string) (*graph.Dataset, *Report, error) {
	c, err := collectFS(fsys, paths)
	if err != nil {
		return nil, nil, err
	}
	return read(ctx, c, false)
}

// CheckFS does the same as [Check] for paths within a file system.
func CheckFS(ctx context.Context, fsys fs.FS, paths ...string) (*graph.Dataset, *Report, error) {
	c, err := collectFS(fsys, paths)
	if err != nil {
		return nil, nil, err
	}
	return read(ctx, c, true)
}

func collectFS(fsys fs.FS, paths []string) (*collector, error) {
	c := &collector{}
	for _, name := range paths {
		if err := c.from(fsys, name, func(name string) string { return name }); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// read reads files; if it is to warn, too, it does.
func read(ctx context.Context, c *collector, warn bool) (*graph.Dataset, *Report, error) {
	files := c.files
	p := newProblems(files, warn)
	if c.all {
		p.most = math.MaxInt
	}
	p.know(c.known)
	files, reading := watched(ctx, files)
	defer reading.End()
	builtIn := file{fsys: Embedded(), path: prefixFile, name: path.Join(EmbeddedPath, prefixFile), root: -1, in: input{document: true}}
	documents, err := readYAML(ctx, append([]file{builtIn}, files...), p)
	if err != nil {
		return nil, nil, err
	}
	prefixes := collectPrefixes(documents, p)
	tables := mappedFiles(documents, prefixes, p)
	files = append(files, tables...)
	others, err := readForeign(ctx, files, documents, p)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, nil, err
	}
	total := others.Len()
	others.prefixes = append(others.prefixes, idSpaces(others.IDSpaces(), prefixes, others.prefixes)...)
	if len(others.prefixes) > 0 {
		prefixes = collectPrefixes(append(slices.Clone(documents), others.prefixes...), p)
	}
	if err := others.know(documents, prefixes); err != nil {
		return nil, nil, err
	}
	reading.End()
	checking := progress.Begin(ctx, "checking", "", -1)
	defer checking.End()
	dataset := &graph.Dataset{}
	if len(p.origins) > 0 {
		if dataset, err = others.Dataset(prefixes); err != nil {
			if p.faults == 0 { // else it is no wonder: what is left of a faulty file may be no graph
				p.unfit(p.origins[0].name, p.originNames(), err)
			}
			dataset = &graph.Dataset{}
		}
	}
	dataset.Prefixes = prefixes
	others.marks.settle(others.Named)
	if err := others.marks.unclaimed(ctx, p, dataset, others.Named); err != nil {
		return nil, nil, err
	}
	if err := p.misread(ctx, dataset, others.Named); err != nil {
		return nil, nil, err
	}
	fillFromHeaders(documents[1:], dataset)
	forget(dataset, documents[1:])
	branching := newBranching(ctx, p, documents[1:])
	branching.apply(dataset)
	branching.keep(dataset)
	report := count(documents[1:], dataset)
	report.Quads = total
	report.Files = len(slices.Compact(names(files)))
	report.Unread = slices.DeleteFunc(slices.Clone(c.unread), func(name string) bool {
		return slices.ContainsFunc(tables, func(f file) bool { return f.name == name })
	})

	b := &builder{problems: p, documents: documents[1:], vocabulary: newVocabulary(), prefixes: prefixes, dataset: dataset}
	b.renamed = others.Named
	if warn {
		b.compares, b.written = textsIn(ctx), map[graph.ID]*statementNode{}
	}
	b.tables = slices.DeleteFunc(slices.Clone(files), func(f file) bool { return f.in.nodes == nil && f.in.edges == nil })
	if err := b.build(ctx); err != nil {
		return nil, nil, err
	}
	branching.apply(dataset) // of YAML and tables too
	branching.unfound()
	c.whole, report.Unconfirmed = dataset, b.unconfirmed
	others.marks.dangling(p, dataset)
	others.words.warn(p, dataset, documents)
	report.Concepts += b.rows.nodes - b.merged
	report.Statements += b.rows.edges
	report.Additions = slices.DeleteFunc(b.additions, func(a Addition) bool { return p.known.files[a.File] })
	slices.SortFunc(report.Additions, func(x, y Addition) int {
		return cmp.Or(cmp.Compare(p.files[x.File], p.files[y.File]), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column), slices.Compare(x.Sources, y.Sources))
	})
	if warn {
		if err := b.warn(ctx); err != nil {
			return nil, nil, err
		}
		report.Compared = b.compared
	}
	if p.faults == 0 && (len(documents) > 1 || len(b.tables) > 0 || branching.given || p.claimsChanged()) { // else it is normalized, as quads.Decode left it
		if err := dataset.Normalize(); err != nil {
			p.unfit(files[0].name, names(files), err)
		}
	}
	report.Licenses = dataset.Licenses()
	c.known.without(report)
	p.report(report)
	if errs := p.errors(); len(errs) > 0 {
		return nil, report, &ProblemsError{Problems: errs}
	}
	return dataset, report, nil
}

// unfit reports data that no check has found fault with and that is no graph
// all the same. No place is known, so the files are named.
func (p *problems) unfit(first string, all []string, err error) {
	rule, where := RuleDanglingReference, ""
	if strings.Contains(err.Error(), "given twice") { // else something is not there
		rule = RuleDuplicateID
	}
	if n := len(all); n > 3 {
		where = fmt.Sprintf(", of %s and %d more files,", list(all[:3], ","), n-3)
	} else if n > 1 {
		where = fmt.Sprintf(", of %s,", list(all, "and"))
	}
	p.add(place{file: first}, rule, "", "the data%s does not fit together: %v", where, err)
}

func readYAML(ctx context.Context, files []file, p *problems) ([]document, error) {
	var documents []document
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !f.in.document {
			continue
		}
		content, whole, err := f.read(p)
		if err != nil {
			return nil, err
		}
		doc := document{file: f}
		if !whole {
			p.add(place{file: f.name}, RuleFileSize, "", "larger than %d MiB: write it as several files, as tables, or as RDF", maxYAML>>20)
		} else if body := parse(f.name, content, p); body != nil {
			d := decoder{file: f.name, problems: p}
			d.document(body, &doc)
		}
		documents = append(documents, doc)
	}
	return documents, nil
}

// count returns how much the files hold but for quads; foreign is what these
// make alone.
func count(documents []document, foreign *graph.Dataset) *Report {
	r := &Report{
		Concepts: len(foreign.Concepts), Statements: len(foreign.Statements),
		Sources: len(foreign.Sources), Articles: len(foreign.Articles),
	}
	for _, a := range foreign.Articles {
		r.Sections += len(a.Sections)
	}
	for i := range documents {
		doc := &documents[i]
		r.Concepts += len(doc.concepts)
		r.Statements += len(doc.statements) + len(doc.distinct)
		r.Sources += len(doc.datasets) + len(doc.sources)
		r.Articles += len(doc.articles)
		for _, a := range doc.articles {
			r.Sections += len(a.sections)
		}
	}
	return r
}
