package seed

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/kgx"
)

// DescriptionMark is the first line of what [WriteDescription] writes.
const DescriptionMark = "# What the tables beside this file refer to. plexus export has written all three.\n"

// WriteDescription writes, as YAML, what the tables of KGX refer to and cannot
// say: the data set, further sources, articles with their sections, prefixes,
// and the types and predicates that the data declares. Tables are read again
// with this file beside them.
func WriteDescription(ctx context.Context, w io.Writer, d *graph.Dataset) error {
	known, err := builtInPrefixes(ctx)
	if err != nil {
		return err
	}
	y := newYAMLWriter(d)
	y.onlyTrue()
	y.out.WriteString(DescriptionMark)
	y.description(&mapping{y: y}, known)
	_, err = y.out.WriteTo(w)
	return err
}

// onlyTrue drops the defaults that a row could take wrongly, as it cannot say
// that it has none: the data set, if a concept is described by nobody, and the
// language, if a text has another.
func (y *yamlWriter) onlyTrue() {
	for i := range y.d.Concepts {
		c := &y.d.Concepts[i]
		if len(c.Sources) == 0 {
			y.set = ""
		}
		other := func(t graph.Text) bool { return t.Language != y.language }
		if slices.ContainsFunc(c.Names, other) || slices.ContainsFunc(c.Descriptions, other) ||
			slices.ContainsFunc(c.Synonyms, func(s graph.Synonym) bool { return s.Language != y.language }) {
			y.language = ""
		}
	}
}

// tablePart is one of the files of KGX.
type tablePart struct {
	name  string
	write func(io.Writer) error
}

// tableParts are the files of which an archive of KGX consists.
func tableParts(ctx context.Context, d *graph.Dataset) []tablePart {
	parts := []tablePart{{"dataset.yaml", func(w io.Writer) error { return WriteDescription(ctx, w, d) }}}
	for _, t := range []kgx.Table{kgx.Nodes, kgx.Edges} {
		parts = append(parts, tablePart{t.String() + ".tsv", func(w io.Writer) error { return t.Write(w, d) }})
	}
	return parts
}

// writeArchive writes the files of KGX as one archive. As the size of a file
// stands before its content in a tar, all is written twice, first to be
// counted: that takes less than to hold it in memory.
func writeArchive(ctx context.Context, w io.Writer, d *graph.Dataset) error {
	parts := tableParts(ctx, d)
	sizes := make([]counter, len(parts))
	for i, part := range parts {
		if err := part.write(&stoppable{ctx, &sizes[i]}); err != nil {
			return err
		}
	}
	archive := tar.NewWriter(w)
	for i, part := range parts {
		header := tar.Header{Name: part.name, Mode: 0o644, Size: int64(sizes[i]), Format: tar.FormatPAX}
		if err := archive.WriteHeader(&header); err != nil {
			return err
		}
		if err := part.write(archive); err != nil {
			return err
		}
	}
	return archive.Close()
}

// counter counts what is written.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// maxReadBack is how many rows [Refused] reads back.
const maxReadBack = 500_000

// Refused says what [Read] would refuse of the tables of a data set with their
// description, counted by rule, each with the first of it; nothing if they can
// be read. Data of others can have ids and types that tables are not read with.
// Where there are too many rows to try, that is said.
func Refused(ctx context.Context, d *graph.Dataset) ([]string, error) {
	if n := len(d.Concepts) + len(d.Statements); n > maxReadBack {
		return []string{fmt.Sprintf("with %d rows they were not read back: see what plexus check says of them", n)}, nil
	}
	fsys := fstest.MapFS{}
	for _, part := range tableParts(ctx, d) {
		var content bytes.Buffer
		if err := part.write(&stoppable{ctx, &content}); err != nil {
			return nil, err
		}
		fsys[part.name] = &fstest.MapFile{Data: content.Bytes()}
	}
	_, report, err := ReadFS(ctx, fsys, ".")
	if report == nil {
		return nil, err
	}
	counts, first := map[Rule]int{}, map[Rule]Problem{}
	for _, p := range report.Problems {
		if counts[p.Rule]++; counts[p.Rule] == 1 {
			first[p.Rule] = p
		}
	}
	var refused []string
	for _, rule := range Rules() {
		switch n := counts[rule]; {
		case n == 0:
		case rule == RuleTooManyProblems:
			refused = append(refused, first[rule].Message)
		default:
			refused = append(refused, fmt.Sprintf("%s: %d, first %s: %s", rule, n, place{first[rule].File, first[rule].Line, first[rule].Column}, first[rule].Text()))
		}
	}
	return refused, nil
}
