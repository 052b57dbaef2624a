package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Dgraph is built from its module as its authors pinned what it needs, in its
// own folder of the module cache: it drags in too much for a go.mod of ours.
const (
	dgraphModule  = "github.com/hypermodeinc/dgraph/v25"
	dgraphVersion = "v25.0.0"
	dgraphSum     = "h1:pbEkoDC/tXzxxNlrQ1xb+XJ9Ct62CMtE+pSqq2Ik36E="
)

// dgraph builds Dgraph, loads the data and starts it: one zero and one alpha, on
// loopback, with the settings that it comes with.
func (b *bench) dgraph(ctx context.Context) (*service, error) {
	binary, err := b.buildDgraph(ctx)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(b.work, "dgraph-data")
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil { // of an earlier run
		return nil, err
	}
	if err := b.data.writeDgraph(dir); err != nil {
		return nil, err
	}
	offset, err := dgraphOffset()
	if err != nil {
		return nil, err
	}
	at := func(port int) string { return fmt.Sprintf("127.0.0.1:%d", port+offset) }
	s := &service{name: "dgraph", address: at(8080), path: "/graphql", dialects: []string{"dgraph"}, version: "Dgraph " + dgraphVersion}
	// Without bindall=false it would listen on every address of the machine.
	serve := []string{"--bindall=false", "--telemetry", "reports=false; sentry=false", "-o", fmt.Sprint(offset)}
	client := &http.Client{Timeout: 5 * time.Second}
	health := func(ctx context.Context) error {
		return get(ctx, client, "http://"+at(6080)+"/health")
	}
	if err := b.start(ctx, s, health, dir, nil, binary, append([]string{"zero", "--my", at(5080), "-w", "zw"}, serve...)...); err != nil {
		return s, err
	}
	if err := b.run(ctx, dir, binary, "bulk", "--bindall=false", "-f", "graph.rdf.gz", "-s", "schema.dql", "-g", "schema.graphql", "-j", "2",
		"--map_shards", "1", "--reduce_shards", "1", "--out", "out", "--tmp", "tmp", "--http", at(8079), "-z", at(5080)); err != nil {
		return s, err
	}
	alpha := []string{"alpha", "--my", at(7080), "--zero", at(5080), "-p", "out/0/p", "-w", "w", "--tmp", "t", "--graphql", "extensions=false"}
	return s, b.start(ctx, s, s.answers, dir, nil, binary, append(alpha, serve...)...)
}

// buildDgraph returns the path of the program.
func (b *bench) buildDgraph(ctx context.Context) (string, error) {
	download := exec.CommandContext(ctx, "go", "mod", "download", "-json", dgraphModule+"@"+dgraphVersion)
	download.Dir = b.work
	text, err := download.Output()
	var module struct{ Dir, Sum, Error string }
	if decoded := json.Unmarshal(text, &module); decoded != nil {
		return "", fmt.Errorf("dgraph: go mod download: %w", errors.Join(err, decoded))
	}
	if module.Error != "" {
		return "", fmt.Errorf("dgraph: its module cannot be had: %s", module.Error)
	}
	if module.Sum != dgraphSum {
		return "", fmt.Errorf("dgraph: the module %s %s has the sum %s, not %s", dgraphModule, dgraphVersion, module.Sum, dgraphSum)
	}
	binary := filepath.Join(b.work, "dgraph")
	return binary, b.run(ctx, filepath.Join(module.Dir, "dgraph"), "go", "build", "-mod=readonly", "-o", binary, ".")
}

// dgraphOffset returns a number that, added to all ports of Dgraph, makes free
// ones of them.
func dgraphOffset() (int, error) {
	for range 100 {
		offset := 1 + rand.IntN(20_000)
		free := true
		for _, port := range []int{5080, 6080, 7080, 8079, 8080, 9080} {
			l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port+offset))
			if err != nil {
				free = false
				break
			}
			if err := l.Close(); err != nil {
				return 0, err
			}
		}
		if free {
			return offset, nil
		}
	}
	return 0, errors.New("dgraph: there are no free ports for it")
}

// get reports whether an address answers.
func get(ctx context.Context, client *http.Client, url string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(r)
	if err != nil {
		return err
	}
	if err := response.Body.Close(); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, response.Status)
	}
	return nil
}

// field returns the name of the field that leads to one of a kind.
func (k kind) field() string { return strings.ToLower(k.name[:1]) + k.name[1:] }

// linkType returns the name of the type of the links of a relation, which carry
// their evidence.
func (r relation) linkType() string { return kinds[r.from].name + kinds[r.to].name + "Link" }

// writeDgraph writes the data as the bulk loader reads it, and the schema for
// the store and for GraphQL. Ids are given in the order of keys, which is that of
// names: lists without an order of their own come in the order of ids.
func (d *data) writeDgraph(dir string) error {
	dql, sdl := dgraphSchema()
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "schema.dql"), dql, 0o644), os.WriteFile(filepath.Join(dir, "schema.graphql"), sdl, 0o644)); err != nil {
		return err
	}
	return create(filepath.Join(dir, "graph.rdf.gz"), func(w io.Writer) error {
		z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
		if err != nil {
			return err
		}
		for i, e := range d.entities {
			text := func(predicate, value string) { fmt.Fprintf(z, "<0x%x> <%s> \"%s\" .\n", i+1, predicate, value) }
			text("dgraph.type", kinds[e.kind].name)
			if e.kind == sources {
				text("Source.key", e.key)
				text("Source.name", e.name)
				continue
			}
			text("dgraph.type", "Entity")
			text("Entity.key", e.key)
			text("Entity.name", e.name)
			text("Entity.description", e.description)
			text("Entity.code", e.code)
			text("Entity.category", e.category)
			text("Entity.year", fmt.Sprint(e.year))
			for _, s := range e.synonyms {
				text("Entity.synonyms", s)
			}
		}
		id := len(d.entities)
		for i, r := range relations {
			from, to, typ := kinds[r.from], kinds[r.to], r.linkType()
			for _, l := range d.links[i] {
				id++
				edge := func(a int, predicate string, b int) { fmt.Fprintf(z, "<0x%x> <%s> <0x%x> .\n", a, predicate, b) }
				edge(l.from+1, from.name+"."+to.field()+"s", l.to+1)
				edge(l.to+1, to.name+"."+from.field()+"s", l.from+1)
				edge(l.from+1, from.name+"."+to.field()+"Links", id)
				fmt.Fprintf(z, "<0x%x> <dgraph.type> \"%s\" .\n", id, typ)
				edge(id, typ+"."+from.field(), l.from+1)
				edge(id, typ+"."+to.field(), l.to+1)
				edge(id, typ+".source", l.source+1)
				fmt.Fprintf(z, "<0x%x> <%s.section> \"%d\" .\n<0x%x> <%s.certainty> \"0.%02d\" .\n", id, typ, l.section, id, typ, l.certainty)
			}
		}
		return z.Close()
	})
}

// dgraphSchema returns the schema of the store and that of GraphQL, which say
// the same: the loader wants the one, the server the other.
func dgraphSchema() (dql, sdl []byte) {
	var store, graph bytes.Buffer
	graph.WriteString("interface Entity {\n  key: String! @id(interface: true)\n  name: String! @search(by: [exact, term])\n  description: String\n" +
		"  code: String\n  category: String\n  year: Int\n  synonyms: [String] @search(by: [term])\n}\n")
	store.WriteString("Entity.key: string @index(hash) @upsert .\nEntity.name: string @index(exact, term) .\nEntity.description: string .\n" +
		"Entity.code: string .\nEntity.category: string .\nEntity.year: int .\nEntity.synonyms: [string] @index(term) .\n")
	graph.WriteString("type Source {\n  key: String! @id\n  name: String!\n}\n")
	store.WriteString("Source.key: string @index(hash) @upsert .\nSource.name: string .\n")
	for i, k := range kinds[:sources] {
		fmt.Fprintf(&graph, "type %s implements Entity {\n", k.name)
		for _, r := range relations {
			from, to := kinds[r.from], kinds[r.to]
			if r.from == i {
				fmt.Fprintf(&graph, "  %[1]ss: [%[2]s] @hasInverse(field: %[3]ss)\n  %[1]sLinks: [%[4]s] @hasInverse(field: %[3]s)\n", to.field(), to.name, from.field(), r.linkType())
				fmt.Fprintf(&store, "%[1]s.%[2]ss: [uid] .\n%[1]s.%[2]sLinks: [uid] .\n", k.name, to.field())
			}
			if r.to == i {
				fmt.Fprintf(&graph, "  %ss: [%s] @hasInverse(field: %ss)\n", from.field(), from.name, to.field())
				fmt.Fprintf(&store, "%s.%ss: [uid] .\n", k.name, from.field())
			}
		}
		graph.WriteString("}\n")
	}
	for _, r := range relations {
		from, to, typ := kinds[r.from], kinds[r.to], r.linkType()
		fmt.Fprintf(&graph, "type %s {\n  %s: %s\n  %s: %s\n  source: Source\n  section: Int\n  certainty: Float\n}\n", typ, from.field(), from.name, to.field(), to.name)
		fmt.Fprintf(&store, "%[1]s.%[2]s: uid .\n%[1]s.%[3]s: uid .\n%[1]s.source: uid .\n%[1]s.section: int .\n%[1]s.certainty: float .\n", typ, from.field(), to.field())
	}
	return store.Bytes(), graph.Bytes()
}
