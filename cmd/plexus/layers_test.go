package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/plexus-kg/plexus/"

// layers says which packages of the module, and which of the three packages
// that Plexus is built on, each package may import. What is not listed is
// forbidden; why lists the reason.
var layers = map[string]struct {
	may []string
	why string
}{
	"graph":                    {[]string{"graph/internal/names"}, "the words depend on nothing: every other package speaks them"},
	"graph/internal/names":     {nil, "numbers texts: it knows nothing of what they name"},
	"graph/graphtest":          {[]string{"graph"}, "the suite judges every Reader and must know none of them"},
	"graph/quads":              {[]string{"graph", "graph/internal/names", "cayley quads"}, "the only code that turns a Dataset into quads and back"},
	"graph/cayley":             {[]string{"graph", "graph/quads", "cayley quads", "cayley"}, "a Reader on Cayley's interface; it knows no file format and no GraphQL"},
	"graph/progress":           {nil, "long work says how far it is; it knows neither the work nor who watches"},
	"graph/release":            {nil, "a container of bytes: it knows nothing of what the sections hold"},
	"graph/frozen":             {[]string{"graph", "graph/quads", "graph/release", "graph/progress", "cayley quads", "cayley"}, "our own Cayley store; it knows no file format but its sections and no GraphQL"},
	"graph/search":             {[]string{"graph", "graph/progress"}, "an index over any graph; it knows no store"},
	"graph/diff":               {[]string{"graph"}, "compares data sets, however they were read or stored"},
	"graph/walk":               {[]string{"graph"}, "walks on graph.Reader alone, so that every store can be walked"},
	"seed":                     {[]string{"graph", "graph/quads", "graph/progress", "seed/compression", "seed/graphml", "seed/kgx", "seed/rdf", "cayley quads"}, "files become a Dataset; how it is stored or served is not its business"},
	"seed/compression":         {nil, "packs and unpacks bytes; it knows no format"},
	"seed/rdf":                 {[]string{"graph", "graph/quads", "cayley quads"}, "the formats of RDF become quads, and a Dataset becomes them; it knows no YAML and no table"},
	"seed/kgx":                 {[]string{"graph"}, "a Dataset becomes two tables"},
	"seed/graphml":             {[]string{"graph"}, "a Dataset becomes a drawing"},
	"schema":                   {nil, "SDL only, no logic"},
	"schema/internal/expand":   {nil, "writes SDL from SDL"},
	"schema/gen":               {[]string{"graph", "graph/search", "graph/walk", "resolvers/model", "gqlgen"}, "written by gqlgen, but for federation.go: it may see the types it binds, nothing else"},
	"resolvers/model":          {[]string{"graph", "graph/search", "graph/walk", "schema", "gqlgen"}, "fields ask a graph.Reader and what works on any Reader, never a store; one is the text of the schema"},
	"resolvers/plan":           {[]string{"graph", "graph/search", "graph/walk", "resolvers/model", "gqlgen"}, "compiles what clients ask; how arguments, pages and errors work is told by the resolvers' model"},
	"resolvers":                {[]string{"graph", "graph/walk", "resolvers/limits", "resolvers/model", "resolvers/plan", "schema/gen", "gqlgen"}, "fields → graph.Reader; any Reader will do"},
	"resolvers/limits":         {[]string{"gqlgen"}, "judges documents; what they ask for is not its business"},
	"cmd/internal/web":         {nil, "a page: it knows the endpoint's path, not what answers"},
	"cmd/internal/web/webtest": {nil, "drives a browser for tests"},
	"cmd/internal/telemetry":   {[]string{"resolvers", "gqlgen"}, "tells of requests; it serves none and knows no store"},
	"cmd/internal/server":      {[]string{"cmd/internal/telemetry", "resolvers", "resolvers/limits", "schema", "gqlgen"}, "HTTP around the resolvers; which store answers is chosen in cmd/plexus"},
	"cmd/bench":                {[]string{"*"}, "measures what meets in it"},
	"cmd/bench/peers":          {nil, "measures services from outside, Plexus like the others"},
	"cmd/bench/overload":       {[]string{"graph/graphtest", "graph/quads"}, "offers load from outside, to a graph that it makes"},
	"cmd/plexus/deploy":        {nil, "holds no code: an image and a unit run the command from outside"},
	"cmd/plexus":               {[]string{"*"}, "the only place where everything meets"},
}

// outside names the packages that Plexus is built on, by the prefix of their
// import paths.
var outside = []struct{ prefix, name string }{
	{"github.com/cayleygraph/quad", "cayley quads"},
	{"github.com/cayleygraph/cayley", "cayley"},
	{"github.com/99designs/gqlgen", "gqlgen"},
	{"github.com/vektah/gqlparser", "gqlgen"},
}

// onlyStandardLibrary are the packages that may import nothing else at all.
var onlyStandardLibrary = []string{"graph", "graph/diff", "graph/graphtest", "graph/release", "graph/walk", "graph/progress", "schema"}

// TestLayers holds the import table of the README.
func TestLayers(t *testing.T) {
	packages := list(t)
	if len(packages) < len(layers) {
		t.Errorf("%d packages are in the table, go list knows %d", len(layers), len(packages))
	}
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, module)
		layer, ok := layers[name]
		if !ok {
			t.Errorf("package %s is not in the table: add it, with what it may import and why", name)
			continue
		}
		allowed := map[string]bool{}
		for _, n := range layer.may {
			allowed[n] = true
		}
		if allowed["*"] {
			continue
		}
		for _, path := range p.Imports {
			imported := layerOf(path)
			if imported != "" && !allowed[imported] {
				t.Errorf("%s imports %s: %s", name, path, layer.why)
			}
		}
	}
	for _, name := range onlyStandardLibrary {
		for _, p := range packages {
			if p.ImportPath != module+name {
				continue
			}
			for _, path := range p.Imports {
				if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") && layerOf(path) == "" {
					t.Errorf("%s imports %s: it takes the standard library only", name, path)
				}
			}
		}
	}
}

// layerOf returns how the table names an import, empty for one that it does
// not speak of.
func layerOf(path string) string {
	if name, ok := strings.CutPrefix(path, module); ok {
		return name
	}
	for _, o := range outside {
		if path == o.prefix || strings.HasPrefix(path, o.prefix+"/") {
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
