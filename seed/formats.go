package seed

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/compression"
	"github.com/plexus-kg/plexus/seed/graphml"
	"github.com/plexus-kg/plexus/seed/hpoa"
	"github.com/plexus-kg/plexus/seed/kgx"
	"github.com/plexus-kg/plexus/seed/obo"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/schemaorg"
	"github.com/plexus-kg/plexus/seed/skos"
	"github.com/plexus-kg/plexus/seed/sssom"
	"github.com/plexus-kg/plexus/seed/syntax"
	"github.com/plexus-kg/plexus/seed/tsv"
	"github.com/plexus-kg/plexus/seed/webpage"
)

// This file is where a format is known. A new one is a package that reads or
// writes it and an entry of [FormatRegistry]: which names are read, how their
// content becomes a data set, how one is written, what is lost, and what help
// texts, messages, the README and the tests say of it all follow from the entry.
// How files are compressed is told in package compression, likewise.

// Format is a format of files, by the name that --format takes.
type Format string

// The formats that other code names.
const (
	YAML    Format = "yaml"    // our own: see the package comment
	Turtle  Format = "turtle"  // https://www.w3.org/TR/turtle/: see package rdf, also for the next three
	TriG    Format = "trig"    // https://www.w3.org/TR/trig/
	JSONLD  Format = "jsonld"  // https://www.w3.org/TR/json-ld11/
	NQuads  Format = "nquads"  // https://www.w3.org/TR/n-quads/
	KGX     Format = "kgx"     // a pair of tables, and YAML for what they refer to: see package kgx
	GraphML Format = "graphml" // for drawing: see package graphml
)

// FormatEntry is all that is known of a format.
type FormatEntry struct {
	Format Format // as --format takes it: turtle
	Name   string // as people write it: Turtle
	Help   string // what it is or is for, in part of a line

	// Lacks says what the format cannot hold, for a person who chooses one; a
	// format that lacks nothing gives the same data set when it is read again.
	// Refuses says that data that has any of it is not written in the format;
	// otherwise it is written without.
	Lacks   []string
	Refuses bool

	more   func() string // what else [FormatEntry.More] says; nil: nothing
	inputs []input       // none: it is only written
	output *output       // nil: it is only read
}

// input is one sort of file that a format is read from, and one way to read
// it. A file with rows of both sorts has two readers, and is read twice.
type input struct {
	// endings are those of names of such files, in lower case. Before one that
	// begins with an underscore there may also be a dot or a hyphen instead, or
	// nothing at all: _nodes.tsv stands for my.nodes.tsv and nodes.tsv, too.
	endings []string

	// holds, if others name their files so, too, are texts of which the beginning of
	// such a file has one. Of several inputs that fit, the first in the registry counts.
	holds []string

	// isDataset says that a file is a data set by itself, where its folder has none.
	isDataset bool

	document bool                          // our own YAML
	quads    syntax.Quads                  // any RDF
	nodes    func(r io.Reader) syntax.Rows // a concept in each row, in the columns of KGX
	edges    func(r io.Reader) syntax.Rows // a statement in each row, likewise
	format   *FormatEntry                  // that it is an input of
	rule     Rule                          // that a file breaks which is not of the format, if not RuleSyntax
}

// output is how a format is written.
type output struct {
	endings []string // of names of files in the format, in lower case, first the usual one
	write   func(ctx context.Context, w io.Writer, d *graph.Dataset) error
	// parts splits the data between several files, if the name is one that asks
	// for them; nil for a format that always is one file.
	parts func(path string) []Part
	// apart says what of the data stands elsewhere than others look for it, or is
	// left out, if anything is; nil where nothing ever is.
	apart func(d *graph.Dataset) string
	// unread says what of the data could not be read again; nil for a format
	// whose files are always read.
	unread func(ctx context.Context, d *graph.Dataset) ([]string, error)
}

// FormatRegistry lists all formats. It is the only place where they are listed.
func FormatRegistry() []FormatEntry {
	tsvRows := func(r io.Reader) syntax.Rows { return tsv.NewReader(r) }
	jsonLines := func(r io.Reader) syntax.Rows { return kgx.NewJSONLines(r) }
	entries := []FormatEntry{
		{
			Format: YAML, Name: "YAML", Help: "our own format, to write by hand and to review",
			Lacks:   []string{"ids and values of foreign data that it has no words for", "concepts that several data sets describe", "more than 8 MiB"},
			Refuses: true,
			inputs:  []input{{endings: []string{".yaml", ".yml"}, document: true}},
			output:  &output{endings: []string{".yaml", ".yml"}}, // see Write
		},
		{
			Format: Turtle, Name: rdf.Turtle.String(),
			Help:   "a statement is an rdf:Statement with its id",
			inputs: []input{{endings: []string{".ttl"}, quads: rdf.Turtle.Scan}},
			output: &output{endings: []string{".ttl"}, write: rdf.Turtle.Write},
		},
		{
			Format: TriG, Name: rdf.TriG.String(), Help: "a statement is a quad whose graph is its id; a denial is an rdf:Statement",
			inputs: []input{{endings: []string{".trig"}, quads: rdf.TriG.Scan}},
			output: &output{endings: []string{".trig"}, write: rdf.TriG.Write},
		},
		{
			Format: JSONLD, Name: rdf.JSONLD.String(), Help: "with its @context: nothing is loaded from the network",
			inputs: []input{{endings: []string{".jsonld"}, quads: rdf.JSONLD.Scan}},
			output: &output{endings: []string{".jsonld"}, write: rdf.JSONLD.Write},
		},
		{
			Format: "html", Name: "HTML", Help: "the JSON-LD that a page of the web carries (schema.org); no microdata, no RDFa",
			inputs: []input{{endings: []string{".html", ".htm"}, quads: webpage.Scan}},
		},
		{
			Format: "ntriples", Name: rdf.NTriples.String(), Help: "Turtle, a triple on each line",
			inputs: []input{{endings: []string{".nt"}, quads: rdf.NTriples.Scan, rule: RuleQuads}},
		},
		{
			Format: NQuads, Name: rdf.NQuads.String(), Help: "TriG, a quad on each line, sorted",
			inputs: []input{{endings: []string{".nq"}, quads: rdf.NQuads.Scan, rule: RuleQuads}},
			output: &output{endings: []string{".nq"}, write: rdf.NQuads.Write},
		},
		{
			Format: "sssom", Name: "SSSOM", Help: "mappings between vocabularies",
			Lacks: []string{
				"all but mappings and the labels of what they map",
				"of mappings the source, and all that is no word of SSSOM",
			},
			inputs: []input{{
				endings: []string{".sssom.tsv"}, isDataset: true,
				nodes: func(r io.Reader) syntax.Rows { return sssom.Nodes(tsvRows(r)) },
				edges: func(r io.Reader) syntax.Rows { return sssom.Edges(tsvRows(r)) },
			}, {endings: []string{".sssom.yml", ".sssom.yaml"}}}, // read with the table
			output: &output{endings: []string{".sssom.tsv"}, write: func(_ context.Context, w io.Writer, d *graph.Dataset) error { return sssom.Write(w, d) }},
		},
		{
			Format: "rdfxml", Name: rdf.XML.String(), Help: "as ontologies in OWL are published",
			inputs: []input{{endings: []string{".rdf", ".owl"}, quads: rdf.XML.Scan}},
		},
		{
			Format: "obo", Name: "OBO", Help: "ontologies in the flat format of the OBO Foundry",
			inputs: []input{{endings: []string{".obo"}, quads: obo.Scan}},
		},
		{
			Format: "obographs", Name: "OBO Graphs", Help: "ontologies in JSON, as the OBO Foundry publishes them",
			inputs: []input{{endings: []string{".json"}, holds: []string{`"graphs"`}, quads: obo.ScanGraphs}},
		},
		{
			Format: KGX, Name: "KGX", Help: "two tables, and in YAML beside them what they refer to; .tar holds all three",
			Lacks: []string{
				"of concepts all but the first name and description",
				"statements that hold only of several concepts together, are advised against or count no more, where YAML cannot say them",
				"which data set says what of a concept that several describe, and what a data set takes for distinct",
				"languages, if there are several",
				"where synonyms and codes were read, labels of codes, and all but the closest of several scopes or matches",
				"IRIs that do not follow from ids",
				"datatypes of further values",
				"line breaks, tabs and other control characters in texts, which become spaces (where the id of a statement follows from the text, nothing is written)",
			},
			more: kgxHelp,
			inputs: []input{
				{endings: []string{"_nodes.tsv"}, nodes: tsvRows},
				{endings: []string{"_edges.tsv"}, edges: tsvRows},
				{endings: []string{"_nodes.jsonl"}, nodes: jsonLines},
				{endings: []string{"_edges.jsonl"}, edges: jsonLines},
				{
					endings: []string{".json"}, holds: []string{`"nodes"`, `"edges"`},
					nodes: func(r io.Reader) syntax.Rows { return kgx.Nodes.NewJSON(r) },
					edges: func(r io.Reader) syntax.Rows { return kgx.Edges.NewJSON(r) },
				},
			},
			output: &output{endings: []string{".tsv", ".tar"}, write: writeArchive, parts: tablesAt, apart: notInTables, unread: unreadTables},
		},
		{
			Format: "hpoa", Name: "phenotype.hpoa", Help: "what the Human Phenotype Ontology says of diseases",
			inputs: []input{{
				endings: []string{".hpoa"}, isDataset: true,
				nodes: func(r io.Reader) syntax.Rows { return hpoa.Nodes(tsvRows(r)) },
				edges: func(r io.Reader) syntax.Rows { return hpoa.Edges(tsvRows(r)) },
			}},
		},
		{
			Format: GraphML, Name: "GraphML", Help: "for drawing, by Gephi, yEd, Cytoscape or NetworkX",
			Lacks: []string{
				"of concepts all but the first name and description",
				"languages, notes of concepts, further values, and which data set says what of a concept",
				"of synonyms and codes all but their texts",
				"sources, articles and sections but for their ids",
				"datatypes",
			},
			output: &output{endings: []string{".graphml"}, write: func(_ context.Context, w io.Writer, d *graph.Dataset) error { return graphml.Write(w, d) }},
		},
	}
	for i := range entries {
		for j := range entries[i].inputs {
			in := &entries[i].inputs[j]
			in.format = &entries[i]
			if in.quads != nil {
				in.quads = skos.Read(schemaorg.Read(in.quads))
			}
		}
	}
	return entries
}

// Reads returns what names of files end in that are read in the format, without
// a compression; nothing for a format that is only written.
func (e *FormatEntry) Reads() []string {
	var endings []string
	for _, in := range e.inputs {
		endings = append(endings, in.endings...)
	}
	return endings
}

// Writes returns what names of files end in that are written in the format,
// without a compression, first the usual ending; nothing for a format that is
// only read.
func (e *FormatEntry) Writes() []string {
	if e.output == nil {
		return nil
	}
	return e.output.endings
}

// More is what else a person who writes the format may want to know, in
// paragraphs; mostly nothing.
func (e *FormatEntry) More() string {
	if e.more == nil {
		return ""
	}
	return e.more()
}

// Keeps reports whether data that was written in the format is the same data
// when it is read again, if it could be written at all.
func (e *FormatEntry) Keeps() bool {
	return len(e.inputs) > 0 && e.output != nil && (len(e.Lacks) == 0 || e.Refuses)
}

// entry returns the entry of a format; ok is false for one that is unknown.
func (f Format) entry() (e FormatEntry, ok bool) {
	for _, e := range FormatRegistry() {
		if e.Format == f {
			return e, true
		}
	}
	return FormatEntry{}, false
}

// Formats lists the formats that are written.
func Formats() []Format {
	var all []Format
	for _, e := range FormatRegistry() {
		if e.output != nil {
			all = append(all, e.Format)
		}
	}
	return all
}

// FormatNames lists, as a part of a sentence, the formats that are written, as
// --format takes them.
func FormatNames() string { return list(asStrings(Formats()), "or") }

// FormatOf returns the format in which a file of a name is written, compressed
// or not; ok is false for a name that asks for none.
func FormatOf(name string) (f Format, ok bool) {
	name = strings.ToLower(compression.Trim(name))
	for _, e := range FormatRegistry() {
		if slices.ContainsFunc(e.Writes(), func(ending string) bool { return strings.HasSuffix(name, ending) }) {
			return e.Format, true
		}
	}
	return "", false
}

// ReadAs returns the formats as which files of a name are read, compressed or not:
// none of a name that is not read, and several where what a file holds tells.
func ReadAs(name string) []Format {
	var all []Format
	for _, in := range inputsOf(name) {
		all = append(all, in.format.Format)
	}
	return all
}

// isDocument reports whether files of a name are our own YAML.
func isDocument(name string) bool { return slices.Contains(ReadAs(name), YAML) }

// inputsOf returns as what files of a name are read: of several endings that fit the
// longest counts.
func inputsOf(name string) []input {
	var found []input
	longest := 0
	for _, e := range FormatRegistry() {
		for _, in := range e.inputs {
			for _, ending := range in.endings {
				switch _, fits := cutEnding(name, ending); {
				case fits && len(ending) > longest:
					found, longest = []input{in}, len(ending)
				case fits && len(ending) == longest:
					found = append(found, in)
				}
			}
		}
	}
	return found
}

// cutEnding returns a name without its compression and the ending of an input;
// ok is false if it does not end so.
func cutEnding(name, ending string) (stem string, ok bool) {
	name = compression.Trim(name)
	word, isWord := strings.CutPrefix(ending, "_")
	n := len(name) - len(word)
	if n < 0 || !strings.EqualFold(name[n:], word) {
		return "", false
	}
	if !isWord || n == 0 || name[n-1] == '/' {
		return name[:n], true
	}
	return name[:n-1], strings.IndexByte("_.-", name[n-1]) >= 0
}

// stem returns a name without the ending of the file's format and compression.
func (in input) stem(name string) string {
	for _, ending := range in.endings {
		if stem, ok := cutEnding(name, ending); ok {
			return stem
		}
	}
	return name
}

// Endings says what names of files end in that are read, as a part of a
// sentence.
func Endings() string {
	var endings []string
	for _, e := range FormatRegistry() {
		endings = append(endings, e.Reads()...)
	}
	return list(endings, "or") + ", or in one of these and " + compressed(func(compression.Compression) bool { return true }) + "; archives end in " + list(compression.ArchiveEndings(), "or") + ", also compressed"
}

// Readable names the formats that are read, plain or compressed, as a part of a
// sentence.
func Readable() string {
	names := named(func(e *FormatEntry) bool { return len(e.inputs) > 0 })
	return strings.Join(names, ", ") + ", plain, compressed (" + compressed(func(compression.Compression) bool { return true }) + ") or in an archive (" + list(compression.ArchiveEndings(), "or") + ")"
}

// Writable names the formats that are written, as a part of a sentence.
func Writable() string {
	return list(named(func(e *FormatEntry) bool { return e.output != nil }), "or")
}

// CompressedEndings says what names of files end in that are written compressed,
// as a part of a sentence.
func CompressedEndings() string { return compressed(compression.Compression.Writes) }

// Lossless names the formats that hold any data and are read again, as a part
// of a sentence.
func Lossless() string { return lossless("and") }

func lossless(last string) string {
	return list(named(func(e *FormatEntry) bool { return e.Keeps() && !e.Refuses }), last)
}

func named(which func(*FormatEntry) bool) []string {
	var names []string
	for _, e := range FormatRegistry() {
		if which(&e) {
			names = append(names, e.Name)
		}
	}
	return names
}

func compressed(which func(compression.Compression) bool) string {
	var endings []string
	for _, c := range compression.All() {
		if which(c) {
			endings = append(endings, c.Ending)
		}
	}
	return list(endings, "or")
}
