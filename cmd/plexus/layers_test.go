package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

//go:generate go test -count=1 -run TestLayersInREADME . -update

var update = flag.Bool("update", false, "write the table of packages in README.md anew")

const module = "github.com/plexus-kg/plexus/"

// A layer is a package of the module, or something outside that Plexus is built
// on, with the edges that it may have. Every edge that is not allowed is
// forbidden, and forbids has the reason.
type layer struct {
	// name is that of a package, or of all those of a folder that have no layer of
	// their own: seed/*.
	name string
	is   string
	// std forbids everything but the standard library and what may lists.
	std bool
	// may lists the packages that it imports, of the module and of outside; "*"
	// are all.
	may []string
	// why is the reason why it imports nothing that may does not list.
	why string
	// only is the reason why nobody imports it who does not list it; empty where
	// the reason of the importer says it all.
	only string
}

// layers are the packages of the module.
var layers = []layer{
	{
		name: "graph", is: "the words: Concept, Statement, Dataset, predicates, Reader", std: true, may: []string{"graph/internal/names"},
		why: "every other package speaks these words, so they depend on none",
	},
	{
		name: "graph/internal/names", is: "gives each different text of many a number",
		why:  "it knows nothing of what the texts name",
		only: "it is a detail of `graph` and `graph/quads`",
	},
	{
		name: "graph/graphtest", is: "the suite that every Reader passes, a naive Reader as second opinion, makers of random and of large graphs", std: true, may: []string{"graph"},
		why:  "it judges every Reader, so it must know none of them",
		only: "it is slow and made for tests, which no layer restricts",
	},
	{
		name: "graph/quads", is: "a Dataset as quads, and back; foreign N-Quads", may: []string{"graph", "graph/internal/names", "cayley quads"},
		why:  "it translates between two forms of a graph, wherever they come from and go to",
		only: "quads are a form to store and exchange; what a graph means is said by `graph`",
	},
	{
		name: "graph/frozen", is: "our own Cayley quad store: immutable sorted arrays, which also answer as a Reader; what `serve` uses", may: []string{"graph", "graph/quads", "graph/release", "graph/progress", "graph/signs", "cayley quads", "cayley"},
		why:  "it stores and answers; what is made of the answers (an index, a path, JSON) works on every Reader",
		only: "it is one Reader of several: the command chooses it, all else asks a `graph.Reader`",
	},
	{
		name: "graph/release", is: "the file of a release: named, versioned sections with checksums, mapped into memory", std: true,
		why:  "it is a container of bytes and knows nothing of what they mean",
		only: "a file belongs to stores and to the command; what asks a graph does not know where it lies",
	},
	{
		name: "graph/cayley", is: "a Reader on any Cayley quad store: memstore, for comparison in tests and benchmarks", may: []string{"graph", "graph/quads", "cayley quads", "cayley"},
		why:  "it speaks to Cayley's interface only, so that every store of Cayley will do",
		only: "it is one Reader of several: the command chooses it, all else asks a `graph.Reader`",
	},
	{
		name: "graph/search", is: "an immutable index of names, synonyms, codes and descriptions", may: []string{"graph", "graph/progress"},
		why:  "it indexes what a Reader tells, so that every store can be searched",
		only: "only what answers searches needs the index",
	},
	{
		name: "graph/diff", is: "what differs between two data sets, by meaning", std: true, may: []string{"graph"},
		why:  "it compares data sets, however they were read or stored",
		only: "only the command compares data sets; a server has one",
	},
	{
		name: "graph/join", is: "which concepts of a data set are one thing; joins them, and takes them apart", std: true, may: []string{"graph"},
		why:  "it reads a data set as written, before any store is built",
		only: "what is served is one graph: nobody behind the builder asks what was joined",
	},
	{
		name: "graph/progress", is: "long work says how far it is", std: true,
		why:  "it knows neither the work nor who watches",
		only: "only what reads, builds or writes a whole graph takes so long that somebody waits",
	},
	{
		name: "graph/signs", is: "the table of which concepts have which signs, and how often, that a ranking reads", std: true, may: []string{"graph"},
		why: "it is made by asking any Reader, and stores keep it",
	},
	{
		name: "graph/walk", is: "hierarchy, selections, paths, ranking, neighbourhoods, on any Reader", std: true, may: []string{"graph", "graph/signs"},
		why:  "it walks on a Reader alone, so that every store can be walked",
		only: "stores and files hold a graph; what is found by walking is made of what they tell",
	},
	{
		name: "seed", is: "files ↔ checked Dataset; `seed/data` is the content", may: []string{"graph", "graph/join", "graph/quads", "graph/progress", "seed/compression", "seed/syntax", "seed/schemaorg", "seed/webpage", "seed/*", "cayley quads"},
		why:  "files become a Dataset; how it is stored, asked or served is not its business",
		only: "whoever stores or serves takes a Dataset, whatever it was read from",
	},
	{
		name: "seed/compression", is: "the ways to compress a file, in one table",
		why:  "it packs and unpacks bytes, and knows no format",
		only: "`seed` reads what is packed, and the command packs what it writes",
	},
	{
		name: "seed/syntax", is: "what readers of formats give, and how they report mistakes", may: []string{"cayley quads"},
		why:  "it is the seam between formats and knows none of them",
		only: "whoever takes a Dataset does not know how its files were written",
	},
	{
		name: "seed/schemaorg", is: "schema.org as pages have it: its words, its contexts, what it writes otherwise than the graph", may: []string{"graph", "graph/quads", "seed/syntax", "cayley quads"},
		why:  "it knows a vocabulary, in whatever format it is written",
		only: "it is about reading files",
	},
	{
		name: "seed/annotate", is: "reads articles, finds what they name, drafts statements", may: []string{"graph", "graph/search"},
		why:  "it proposes, from texts and a Dataset; files and checks are the business of `seed`",
		only: "what a machine proposes is for a reader, and never part of what is stored or served",
	},
	{
		name: "seed/webpage", is: "the JSON-LD of a page", may: []string{"seed/*", "seed/syntax", "cayley quads"},
		why:  "a page carries another format, and says nothing by itself",
		only: "`seed` chooses the format of a file",
	},
	{
		name: "seed/*", is: "a format each, or a syntax that several formats share", may: []string{"graph", "graph/quads", "seed/schemaorg", "seed/syntax", "cayley quads"},
		why:  "a format knows quads, rows and a Dataset, and no other format",
		only: "`seed` chooses the format of a file",
	},
	{
		name: "graph/graphtest/needs", is: "what tests need that is no part of the project: who lacks it is skipped and counted, or fails with PLEXUS_REQUIRE_ALL=1", std: true,
		why:  "it asks the machine, and nothing of ours",
		only: "it is made for tests, which no layer restricts",
	},
	{
		name: "graph/graphtest/realdata", is: "real data for tests: a cut under CC0, and the whole where it lies beside the clone", may: []string{"graph/graphtest/needs"},
		why:  "it says where files are, and does not read them",
		only: "it is made for tests, which no layer restricts",
	},
	{
		name: "schema", is: "the SDL, of now and as released", std: true,
		why:  "it is text, without logic",
		only: "only what runs or prints the schema needs its text",
	},
	{
		name: "schema/internal/expand", is: "writes the SDL of the kinds and of the qualifiers", may: []string{"graph"},
		why: "it makes SDL of SDL and of the table of qualifiers",
	},
	{
		name: "schema/gen", is: "what gqlgen writes, but for `federation.go`", may: []string{"graph", "graph/search", "graph/walk", "resolvers/model", "gqlgen"},
		why:  "generated code sees the types that it binds, nothing else",
		only: "it is written anew with each change of the schema: only `resolvers` stands on it",
	},
	{
		name: "resolvers/model", is: "the Go types behind the GraphQL types; their fields ask a Reader", may: []string{"graph", "graph/search", "graph/walk", "schema", "resolvers/values", "gqlgen"},
		why:  "fields ask a Reader and what works on any Reader, never a store",
		only: "these types are made for GraphQL's answers; other answers are made from `graph`",
	},
	{
		name: "resolvers/limits", is: "how large a request may be, and what it may cost", may: []string{"gqlgen"},
		why:  "it judges documents; what answers them is not its business",
		only: "only what admits requests judges them",
	},
	{
		name: "resolvers/values", is: "which values fit the input types of a schema", may: []string{"gqlgen"},
		why:  "it judges values by any schema; what they ask for is not its business",
		only: "only what reads requests, and representations in them, asks what their values are",
	},
	{
		name: "resolvers/plan", is: "compiles an operation and answers it level by level, in batches; equal to the resolvers to the byte", may: []string{"graph", "graph/search", "graph/walk", "resolvers/model", "gqlgen"},
		why:  "arguments, pages and errors work as the model says, and data comes from a Reader",
		only: "`resolvers` decides how an operation is answered",
	},
	{
		name: "resolvers", is: "root fields, execution, errors", may: []string{"graph", "graph/walk", "resolvers/limits", "resolvers/model", "resolvers/plan", "resolvers/values", "schema/gen", "gqlgen"},
		why:  "any Reader will do, and whatever carries requests",
		only: "GraphQL is one way to ask: what it is built on works without it",
	},
	{
		name: "cmd/internal/server", is: "HTTP", may: []string{"cmd/internal/telemetry", "resolvers", "resolvers/limits", "schema", "gqlgen"},
		why:  "it serves what it is given; which store answers is chosen in `cmd/plexus`",
		only: "HTTP is one way to ask: only the command serves",
	},
	{
		name: "cmd/internal/telemetry", is: "metrics, traces and logs of requests", may: []string{"resolvers", "gqlgen"},
		why:  "it tells of requests, and serves none",
		only: "what answers does not know who watches",
	},
	{
		name: "cmd/internal/pages", is: "pages for people: operations, templates and words", may: []string{"cmd/internal/server", "graph"},
		why:  "a page is an operation and a template: it asks the server, and reads the table of qualifiers for its columns",
		only: "only the command serves pages",
	},
	{
		name: "cmd/internal/web", is: "the playground",
		why:  "a page knows the path of the endpoint, not what answers",
		only: "only the command serves pages",
	},
	{
		name: "cmd/internal/web/webtest", is: "drives a browser for tests", may: []string{"graph/graphtest/needs"},
		why:  "it knows a browser, and no page of ours",
		only: "it is made for tests, which no layer restricts",
	},
	{
		name: "cmd/internal/languages", is: "Cayley's query languages: gizmo, mql, sexp", may: []string{"cayley quads", "cayley"},
		why:  "it runs what somebody wrote on any Cayley quad store, and knows no graph of ours",
		only: "a query can take what its process has: only the command line runs one, in a process of its own, and nothing that is served",
	},
	{
		name: "cmd/bench", is: "what is measured of the store", may: []string{"*"},
	},
	{
		name: "cmd/bench/peers", is: "what is measured against other services",
		why: "it measures services from outside, Plexus like the others",
	},
	{
		name: "cmd/bench/cases", is: "how well rank does on published case reports", may: []string{"graph", "graph/frozen", "graph/join", "graph/release", "graph/walk", "seed"},
		why: "it loads data as the command does, and asks it; nothing is served",
	},
	{
		name: "cmd/bench/overload", is: "what a server does under several times its capacity", may: []string{"graph/graphtest", "graph/quads"},
		why: "it offers load from outside, to a graph that it makes",
	},
	{
		name: "cmd/plexus", is: "the command: the only place where everything meets", may: []string{"*"},
	},
	{
		name: "cmd/plexus/deploy", is: "no code: a Dockerfile and a systemd unit, with their tests",
		why: "an image and a unit run the command from outside",
	},
}

// outside are the modules that Plexus is built on, by the prefix of their import
// paths.
var outside = []struct{ prefix, name, only string }{
	{"github.com/cayleygraph/quad", "cayley quads", "quads are a form to store and exchange; what a graph means is said by `graph`"},
	{"github.com/cayleygraph/cayley", "cayley", "what is asked of a graph is asked of a `graph.Reader`, so that it does not depend on a quad store"},
	{"github.com/99designs/gqlgen", "gqlgen", "GraphQL is one way to ask: what it is built on works without it"},
	{"github.com/vektah/gqlparser", "gqlgen", ""},
}

// forbids returns why one package must not import another, empty if it may: the
// reason of the importer, and that of the imported where it has one.
func forbids(importer layer, imported string) string {
	if slices.Contains(importer.may, imported) || slices.Contains(importer.may, "*") {
		return ""
	}
	reasons := []string{importer.name + ": " + importer.why}
	for _, l := range layers {
		if l.name == imported && l.only != "" {
			reasons = append(reasons, imported+": "+l.only)
		}
	}
	for _, o := range outside {
		if o.name == imported && o.only != "" {
			reasons = append(reasons, imported+": "+o.only)
		}
	}
	return strings.Join(reasons, "; ")
}

// TestLayers compares the imports of every package with the table.
func TestLayers(t *testing.T) {
	t.Parallel()
	packages := list(t)
	for _, l := range layers {
		if l.why == "" && !slices.Contains(l.may, "*") {
			t.Errorf("the table does not say why %s imports nothing else", l.name)
		}
		if !slices.ContainsFunc(packages, func(p listedPackage) bool { return layerOf(p.ImportPath) == l.name }) {
			t.Errorf("there is no package %s: remove it from the table", l.name)
		}
	}
	used := map[[2]string]bool{} // edges from layer to layer
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, module)
		at := slices.IndexFunc(layers, func(l layer) bool { return l.name == layerOf(p.ImportPath) })
		if at < 0 {
			t.Errorf("package %s is not in the table: add it, with what it may import and why nothing else", name)
			continue
		}
		l := layers[at]
		for _, i := range p.Imports {
			imported := layerOf(i)
			if imported == "" {
				if first, _, _ := strings.Cut(i, "/"); l.std && strings.Contains(first, ".") {
					t.Errorf("%s imports %s: it takes the standard library only", name, i)
				}
				continue
			}
			used[[2]string{l.name, imported}] = true
			if reason := forbids(l, imported); reason != "" {
				t.Errorf("%s must not import %s (%s)", name, i, reason)
			}
		}
	}
	for _, l := range layers {
		for _, m := range l.may {
			if m != "*" && !used[[2]string{l.name, m}] {
				t.Errorf("%s may import %s, and does not: remove it from the table", l.name, m)
			}
		}
	}
}

// Every forbidden edge has its reason: the importer's own, and that of whom it
// would import.
func TestForbiddenEdges(t *testing.T) {
	t.Parallel()
	targets := map[string]bool{}
	for _, l := range layers {
		targets[l.name] = true
	}
	for _, o := range outside {
		targets[o.name] = true
	}
	edges := 0
	for _, l := range layers {
		for _, m := range l.may {
			if m != "*" && !targets[m] {
				t.Errorf("%s may import %q, which is not in the table", l.name, m)
			}
		}
		for target := range targets {
			if target == l.name || slices.Contains(l.may, target) || slices.Contains(l.may, "*") {
				continue
			}
			edges++
			if forbids(l, target) == "" {
				t.Errorf("no reason forbids that %s imports %s", l.name, target)
			}
		}
	}
	t.Logf("%d forbidden edges", edges)
	walk := layers[slices.IndexFunc(layers, func(l layer) bool { return l.name == "graph/walk" })]
	if got, want := forbids(walk, "graph/frozen"), "graph/walk: it walks on a Reader alone, so that every store can be walked; graph/frozen: it is one Reader of several: the command chooses it, all else asks a `graph.Reader`"; got != want {
		t.Errorf("graph/walk must not import graph/frozen: %s", got)
	}
}

// The marks in README.md around what is generated.
const (
	readme      = "../../README.md"
	layersBegin = "<!-- Written by go generate ./cmd/plexus from layers_test.go. -->\n"
	layersEnd   = "<!-- The end of what is written. -->\n"
)

// TestLayersInREADME compares the tables of README.md with this one, word by
// word.
func TestLayersInREADME(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), layersBegin)
	written, after, ends := strings.Cut(rest, layersEnd)
	if !ok || !ends {
		t.Fatalf("README.md has no place for the table: %q and %q", layersBegin, layersEnd)
	}
	if *update {
		if err := os.WriteFile(readme, []byte(before+layersBegin+tables()+layersEnd+after), 0o644); err != nil { //nolint:gosec // everybody may read it
			t.Fatal(err)
		}
		return
	}
	if written == tables() {
		return
	}
	is, want := strings.Split(written, "\n"), strings.Split(tables(), "\n")
	for i := range max(len(is), len(want)) {
		line := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return ""
		}
		if line(is) != line(want) {
			t.Fatalf("README.md says\n%s\nand the table of layers\n%s\nrun go generate ./cmd/plexus", line(is), line(want))
		}
	}
}

// tables returns the tables in Markdown.
func tables() string {
	var b strings.Builder
	b.WriteString("| package | is | may import, of these and of what Plexus is built on | nothing else, because |\n|---|---|---|---|\n")
	for _, l := range layers {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", l.name, l.is, permission(l), orDash(l.why))
	}
	b.WriteString("\n| imported only by those that list it | because |\n|---|---|\n")
	row := func(name, only string) {
		if only != "" {
			fmt.Fprintf(&b, "| `%s` | %s |\n", name, only)
		}
	}
	for _, l := range layers {
		row(l.name, l.only)
	}
	for _, o := range outside {
		row(o.name, o.only)
	}
	return b.String()
}

// permission says what a package may import.
func permission(l layer) string {
	if slices.Contains(l.may, "*") {
		return "all"
	}
	var names []string
	for _, m := range l.may {
		names = append(names, "`"+m+"`")
	}
	if l.std {
		names = append(names, "standard library only")
	}
	return orDash(strings.Join(names, ", "))
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// layerOf returns how the table names an import, empty for one that it does
// not speak of.
func layerOf(imported string) string {
	if name, ok := strings.CutPrefix(imported, module); ok {
		has := func(name string) bool {
			return slices.ContainsFunc(layers, func(l layer) bool { return l.name == name })
		}
		if all := path.Dir(name) + "/*"; !has(name) && has(all) {
			return all
		}
		return name
	}
	for _, o := range outside {
		if imported == o.prefix || strings.HasPrefix(imported, o.prefix+"/") {
			return o.name
		}
	}
	return ""
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

func list(t *testing.T) []listedPackage {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listedPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
