package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/join"
	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed"
)

// dataFlag chooses what to load.
type dataFlag struct {
	Data   []string `placeholder:"PATH" sep:"none" help:"Load this instead of the embedded seed: a folder or file of data (${readable}), or a release of plexus build; 'embedded' adds the seed itself. Can be repeated."`
	NoJoin bool     `help:"Serve concepts as written: do not make one of those that are matched exactly."`

	with    []string     // known data: see withFlag
	mention seed.Mention // of what only the known data describes
	kinds   []string     // see kindFlag
}

// kindFlag says of which kinds the concepts of branches are.
type kindFlag struct {
	Kind []string `sep:"none" placeholder:"ID=KIND" help:"All that is narrower than a concept, by its own data set, is of a kind: HP:0000118=Symptom. Can be repeated."`
}

// withFlag names known data.
type withFlag struct {
	kindFlag
	With []string `sep:"none" placeholder:"PATH" help:"Read this together with the data, and leave it out: what the data refers to, is one with or adds to, such as 'embedded'. Can be repeated."`
}

// knowing returns how data is loaded with the known data.
func (w withFlag) knowing(d dataFlag, by seed.Mention) (dataFlag, error) {
	for _, path := range w.With {
		if isRelease(path) {
			return d, &usageError{path + " is a release, and --with takes data: what the release was made of, or what 'plexus export " + path + " -o NAME.nq' writes"}
		}
	}
	d.with, d.mention, d.kinds = w.With, by, w.Kind
	return d, nil
}

// alone refuses known data beside a release, which has all that it needs.
func (w withFlag) alone(paths []string) error {
	if at := slices.IndexFunc(paths, isRelease); at >= 0 && len(w.With) > 0 {
		return &usageError{"--with goes with data, and " + paths[at] + " is a release, which has all that it needs"}
	}
	return nil
}

// loaded is a release that can be asked, and the file it lies in, nil if it was
// made of other data.
type loaded struct {
	resolvers.Release
	file *release.File
}

// close gives back the file. Nothing of the release may be used afterwards.
func (l *loaded) close() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}

// load opens a release, or reads the data, checks it, puts it into a store that
// is never written again, and indexes its texts. Problems of the data are
// reported to stderr; the error is then a *faultyData.
func (d dataFlag) load(ctx context.Context, stderr io.Writer) (_ *loaded, err error) {
	reader, how, file, err := d.loadStore(ctx, stderr)
	if err != nil {
		return nil, err
	}
	l := &loaded{resolvers.Release{Reader: reader, Written: how.Written, JoinRules: how.Rules}, file}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.close())
		}
	}()
	if file == nil {
		l.Index, err = search.Build(ctx, reader)
		return l, err
	}
	bytes, _, err := file.Find(searchSection, 1)
	if err == nil {
		l.Index, err = search.Open(bytes)
	}
	if err != nil {
		return nil, outdated(d.Data[0], fmt.Errorf("%s: %w", d.Data[0], err))
	}
	if indexed, stored := l.Index.Version(), reader.Summary().Version; indexed != stored {
		if d.NoJoin { // the index is of what the release serves, which was taken apart
			l.Index, err = search.Build(ctx, reader)
			return l, err
		}
		return nil, fmt.Errorf("%s: the search index is of version %s, the store of %s; build it again from its data: plexus build DATA -o %s", d.Data[0], indexed, stored, shellWord(d.Data[0]))
	}
	return l, nil
}

// joining says how data was joined before it was put into a store.
type joining struct {
	// Rules is the number of the rules, 0 where nothing was joined.
	Rules int `json:"rules"`
	// Written is the version of the data as written.
	Written string `json:"written"`

	mentioned int // concepts that only known data describes
}

// joinSection is the section of a release that says how its data was joined.
const joinSection = "join"

// section returns how data was joined, as a section of a release.
func (j joining) section() (release.Section, error) {
	text, err := json.Marshal(j)
	return release.Bytes(joinSection, text), err
}

// joiningOf returns how the data of a release was joined. One from before there
// was joining does not tell.
func joiningOf(file *release.File, version string) (joining, error) {
	text, _, err := file.Find(joinSection, 1)
	if errors.Is(err, release.ErrOlder) {
		return joining{Written: version}, nil
	}
	var j joining
	if err == nil {
		if wrong := json.Unmarshal(text, &j); wrong != nil {
			err = fmt.Errorf("%w: the section %q cannot be read", release.ErrDamaged, joinSection)
		}
	}
	return j, err
}

// loadStore is load without the index.
func (d dataFlag) loadStore(ctx context.Context, stderr io.Writer) (_ *frozen.Store, how joining, _ *release.File, err error) {
	opened, file, err := d.openRelease()
	if err != nil {
		return nil, how, nil, err
	}
	if opened == nil {
		dataset, how, err := d.served(ctx, stderr)
		if err != nil {
			return nil, how, nil, err
		}
		reader, err := store(ctx, dataset)
		return reader, how, nil, err
	}
	how, err = joiningOf(file, opened.Summary().Version)
	if err == nil && d.NoJoin && how.Rules > 0 {
		how.Rules = 0
		opened, err = apart(ctx, opened)
	}
	if err != nil {
		return nil, how, nil, errors.Join(fmt.Errorf("%s: %w", d.Data[0], err), file.Close())
	}
	return opened, how, file, nil
}

// apart makes a store of the data as written from one in which it was joined.
func apart(ctx context.Context, joined *frozen.Store) (*frozen.Store, error) {
	dataset, err := joined.Dataset(ctx)
	if err == nil {
		err = join.Apart(dataset)
	}
	if err != nil {
		return nil, err
	}
	return store(ctx, dataset)
}

// served reads the data and joins it, unless that is not wanted. What is known takes
// part, and is then left out.
func (d dataFlag) served(ctx context.Context, stderr io.Writer) (*graph.Dataset, joining, error) {
	dataset, known, err := d.read(ctx, stderr)
	if err != nil {
		return nil, joining{}, err
	}
	if d.NoJoin {
		dataset, err = seed.Subject(dataset, known, d.mention)
		if err != nil {
			return nil, joining{}, err
		}
		return dataset, joining{Written: dataset.Version(), mentioned: seed.Mentioned(dataset, known)}, nil
	}
	how := joining{Rules: graph.JoinRules}
	var versioning sync.WaitGroup
	if len(d.with) == 0 {
		versioning.Go(func() { how.Written = dataset.Version() }) // while it is looked at alone
	}
	found := join.Find(dataset)
	versioning.Wait()
	if err = join.Follow(dataset, found); err != nil || len(d.with) == 0 {
		return dataset, how, err
	}
	if dataset, err = seed.Subject(dataset, known, d.mention); err != nil {
		return nil, joining{}, err
	}
	how.mentioned = seed.Mentioned(dataset, known)
	written, err := store(ctx, dataset)
	if err == nil {
		var apart *graph.Dataset
		if apart, err = written.Dataset(ctx); err == nil {
			err = join.Apart(apart)
			how.Written = apart.Version()
		}
	}
	return dataset, how, err
}

// openRelease opens the release that the data is, and returns nothing if it is
// none.
func (d dataFlag) openRelease() (*frozen.Store, *release.File, error) {
	for _, path := range d.Data {
		if !isRelease(path) {
			continue
		}
		if len(d.Data) > 1 {
			return nil, nil, &usageError{path + " is a release, which is served alone: build one of all the data"}
		}
		file, err := release.Open(path)
		if err != nil {
			return nil, nil, outdated(path, err)
		}
		store, err := frozen.Open(file)
		if err != nil {
			return nil, nil, errors.Join(outdated(path, fmt.Errorf("%s: %w", path, err)), file.Close())
		}
		return store, file, nil
	}
	return nil, nil, nil
}

// outdated adds what to do to the error of a release whose layout this program
// does not read. Others it returns as they are. A release does not tell of what
// files it was made, so that the same data gives the same release: DATA stands for
// them.
func outdated(path string, err error) error {
	line := "build it again from its data: plexus build DATA -o " + shellWord(path)
	switch {
	case errors.Is(err, release.ErrNewer):
		return fmt.Errorf("%w; update the program, or %s", err, line)
	case errors.Is(err, release.ErrOlder), errors.Is(err, search.ErrFormat):
		return fmt.Errorf("%w; %s", err, line)
	}
	return err
}

// shellWord writes a path as one word of a shell.
func shellWord(path string) string {
	if !strings.ContainsAny(path, " \t\n'\"\\$`&;|<>()*?[]#~!{}") {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// dataset returns the data, read and checked, or read back from a release: as written,
// or joined. Call done when nothing of it is needed any more: its texts can lie in the
// release.
func (d dataFlag) dataset(ctx context.Context, stderr io.Writer, joined bool) (ds *graph.Dataset, done func() error, err error) {
	opened, file, err := d.openRelease()
	switch {
	case err != nil:
		return nil, nil, err
	case opened == nil && (joined || len(d.with) > 0 && d.mention == seed.ByName):
		ds, _, err = d.served(ctx, stderr)
		if err == nil && !joined { // as a release that was built with it has been written
			err = join.Apart(ds)
		}
		return ds, func() error { return nil }, err
	case opened == nil:
		all, known, err := d.read(ctx, stderr)
		if err == nil {
			ds, err = seed.Subject(all, known, d.mention)
		}
		return ds, func() error { return nil }, err
	}
	how, err := joiningOf(file, "")
	if err == nil {
		ds, err = opened.Dataset(ctx)
	}
	switch {
	case err != nil || joined && how.Rules == graph.JoinRules: // as it was built
	case joined:
		_, err = join.Join(ds)
	default:
		err = join.Apart(ds)
	}
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("%s: %w", d.Data[0], err), file.Close())
	}
	return ds, file.Close, nil
}

// read reads and checks the data, as it was written, together with what is known.
func (d dataFlag) read(ctx context.Context, stderr io.Writer) (all, known *graph.Dataset, err error) {
	paths := d.Data
	if len(paths) == 0 {
		paths = []string{seed.EmbeddedPath}
	}
	all, known, report, err := seed.ReadWith(seed.WithKinds(ctx, d.kinds...), d.with, paths...)
	if problems := (*seed.ProblemsError)(nil); errors.As(err, &problems) {
		for _, p := range problems.Problems {
			fmt.Fprintln(stderr, p)
		}
		faulty := &faultyData{summary(report)}
		fmt.Fprintf(stderr, "plexus: %v\n", faulty)
		return nil, nil, faulty
	}
	if err != nil {
		return nil, nil, err
	}
	return all, known, errors.Join(join.Apart(all), join.Apart(known))
}

// faultyData is the error of data whose problems have been reported.
type faultyData struct{ summary string }

func (e *faultyData) Error() string { return e.summary + ", nothing was loaded" }

// Is makes it an errReported.
func (e *faultyData) Is(target error) bool { return target == errReported }

// releaseEnding is how the names of releases end, by custom.
const releaseEnding = ".plexus"

// isRelease reports whether a path names a release: by its ending, or because
// it begins like one.
func isRelease(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	if filepath.Ext(path) == releaseEnding {
		return true
	}
	file, err := release.Open(path)
	if err == nil {
		_ = file.Close()
	}
	return err == nil || !errors.Is(err, release.ErrForeign) && errors.Is(err, release.ErrDamaged)
}

// store freezes a checked data set into a store.
func store(ctx context.Context, dataset *graph.Dataset) (*frozen.Store, error) {
	return frozen.BuildContext(ctx, dataset)
}

// summary says how much was read and how much of it is wrong.
func summary(r *seed.Report) string {
	read := plural(r.Files, "file")
	for _, part := range []struct {
		n    int
		what string
	}{
		{r.Concepts, "concept"},
		{r.Statements, "statement"},
		{r.Sources, "source"},
		{r.Articles, "article"},
		{r.Sections, "section"},
		{r.Quads, "quad"},
	} {
		if part.n > 0 {
			read += ", " + plural(part.n, part.what)
		}
	}
	if r.Unconfirmed > 0 {
		read += "; " + plural(r.Unconfirmed, "statement") + " still to be confirmed"
	}
	if n := len(r.Accepted); n > 0 {
		read += "; " + plural(n, "accepted warning")
	}
	switch {
	case r.Errors > 0 && r.Warnings > 0:
		return plural(r.Errors, "error") + " and " + plural(r.Warnings, "warning") + " in " + read
	case r.Errors > 0:
		return plural(r.Errors, "error") + " in " + read
	case r.Warnings > 0:
		return plural(r.Warnings, "warning") + " in " + read
	default:
		return "no problem in " + read
	}
}
