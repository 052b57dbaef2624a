package seed

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/compression"
	"github.com/plexus-kg/plexus/seed/kgx"
)

// descriptionMark is the first line of what writeDescription writes.
const descriptionMark = "# What the tables beside this file refer to. plexus export has written all three.\n"

// writeDescription writes, as YAML, what the tables of KGX refer to and cannot
// say: the data set, further sources, articles with their sections, prefixes,
// the types and predicates that the data declares, and the statements that are no
// edges, but for those that YAML cannot say. Tables are read again with this file
// beside them.
func writeDescription(ctx context.Context, w io.Writer, d *graph.Dataset) error {
	known, err := builtInPrefixes(ctx)
	if err != nil {
		return err
	}
	y := newYAMLWriter(d)
	y.onlyTrue()
	y.out.WriteString(descriptionMark)
	top := &mapping{y: y}
	y.description(top, known)
	beside, _ := y.noEdges()
	each(top, "statements", beside, (*mapping).statement)
	_, err = y.out.WriteTo(w)
	return err
}

// noEdges returns the statements that are no edges: those that stand beside the
// tables, and how many stand nowhere.
func (y *yamlWriter) noEdges() (beside []graph.Statement, lost int) {
	_, apart := kgx.Split(y.d)
	for _, s := range apart {
		if y.says(s) {
			beside = append(beside, *s)
		} else {
			lost++
		}
	}
	return beside, lost
}

// notInTables says which statements are no edges, and where they are.
func notInTables(d *graph.Dataset) string {
	beside, lost := newYAMLWriter(d).noEdges()
	if len(beside)+lost == 0 {
		return ""
	}
	return fmt.Sprintf("statements that are no edges: %d, for other tools would take an edge for what holds, and these hold only of several concepts together, "+
		"are advised against or count no more; %d of them are in the YAML beside the tables, %d in no file", len(beside)+lost, len(beside), lost)
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
	parts := []tablePart{{"dataset.yaml", func(w io.Writer) error { return writeDescription(ctx, w, d) }}}
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

// tablesAt are the files of KGX that a name without .tar asks for: my, my.tsv or
// my_nodes.tsv.gz for my_nodes.tsv, my_edges.tsv, both compressed as the name
// says, and my.yaml.
func tablesAt(path string) []Part {
	name := compression.Trim(path)
	packed := path[len(name):]
	if strings.HasSuffix(name, ".tar") {
		return nil
	}
	name = strings.TrimSuffix(name, ".tsv")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_nodes"), "_edges")
	var parts []Part
	for _, t := range []kgx.Table{kgx.Nodes, kgx.Edges} {
		parts = append(parts, Part{
			Path:  fmt.Sprintf("%s_%s.tsv%s", name, t, packed),
			Write: func(_ context.Context, w io.Writer, d *graph.Dataset) error { return t.Write(w, d) },
		})
	}
	return append(parts, Part{name + ".yaml", descriptionMark, writeDescription})
}

// maxReadBack is how many rows unreadTables reads back.
const maxReadBack = 500_000

// unreadTables is [Refused] of tables with their description.
func unreadTables(ctx context.Context, d *graph.Dataset) ([]string, error) {
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

// kgxHelp says which columns of tables are read.
func kgxHelp() string {
	b := &builder{problems: newProblems(nil, false)}
	names := func(columns []column) string {
		all := make([]string, len(columns))
		for i, c := range columns {
			all[i] = c.name
		}
		return strings.Join(all, ", ")
	}
	return "The tables of KGX are my_nodes.tsv and my_edges.tsv; what they refer to (the data set, sources, articles, " +
		"prefixes, own types and predicates) is my.yaml. Together they are read again. On standard output, and as .tar, they " +
		"are one archive. Every edge keeps its id, qualifiers and source, but other readers of KGX do not know what " +
		"modality, stage and context narrow. What holds only of several concepts together, is advised against or counts no more " +
		"is no edge, but a statement of my.yaml, where YAML can say it; how many there are is told on standard error. What tables are not read with, such as blank nodes, full IRIs as ids and types " +
		"that nothing declares, is written all the same, and counted on standard error.\n\n" +
		"Columns that are read: of nodes " + names(b.nodeColumns(&conceptNode{})) + "; of edges " + names(b.edgeColumns(&statementNode{})) +
		" (has_evidence is evidenceCode, primary_knowledge_source is source). Others of the Biolink Model (publications, " +
		"in_taxon), and those named by a CURIE, are kept as further values."
}
