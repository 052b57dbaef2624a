package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// service is a running peer, or Plexus itself.
type service struct {
	name, address, path string   // of its GraphQL endpoint
	dialects            []string // folders of queries; a later one is better where it has the query
	version             string   // of what others made, for the report
	processes           []*process
	extra               []int // processes that others started for it
}

func (s *service) url() string { return "http://" + s.address + s.path }

// process is one that was started and has to be ended.
type process struct {
	*exec.Cmd
	ended chan struct{} // closed when it has
}

func (s *service) pids() []int {
	all := append([]int(nil), s.extra...)
	for _, p := range s.processes {
		all = append(all, p.Process.Pid)
	}
	return all
}

// stop ends what was started for the service, the last first.
func (s *service) stop() {
	for _, p := range slices.Backward(s.processes) {
		_ = p.Process.Signal(syscall.SIGTERM)
		select {
		case <-p.ended:
		case <-time.After(20 * time.Second):
			_ = p.Process.Kill()
			<-p.ended
		}
	}
}

// bench is one run of the program.
type bench struct {
	work   string // a folder for everything that is made
	source string // the folder of this program
	data   *data
}

// command prepares a command whose output goes to a log in the work folder.
func (b *bench) command(ctx context.Context, dir, name string, args ...string) (*exec.Cmd, error) {
	log, err := os.OpenFile(filepath.Join(b.work, filepath.Base(name)+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	return cmd, nil
}

// run runs a command to its end.
func (b *bench) run(ctx context.Context, dir, name string, args ...string) error {
	cmd, err := b.command(ctx, dir, name, args...)
	if err != nil {
		return err
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w; see %s.log in %s", name, strings.Join(args, " "), err, filepath.Base(name), b.work)
	}
	return nil
}

// start starts a process of a service and waits until it is ready.
func (b *bench) start(ctx context.Context, s *service, ready func(context.Context) error, dir string, env []string, name string, args ...string) error {
	cmd, err := b.command(ctx, dir, name, args...)
	if err != nil {
		return err
	}
	cmd.Env = append(os.Environ(), env...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	if err := cmd.Start(); err != nil {
		return err
	}
	p := &process{cmd, make(chan struct{})}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	s.processes = append(s.processes, p)
	for range 240 {
		if err = ready(ctx); err == nil {
			return nil
		}
		select {
		case <-time.After(250 * time.Millisecond):
		case <-p.ended:
			return fmt.Errorf("%s ended: %v; see %s.log in %s", s.name, cmd.ProcessState, filepath.Base(name), b.work)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("%s does not answer: %w; see %s.log in %s", s.name, err, filepath.Base(name), b.work)
}

// answers reports whether a service answers GraphQL.
func (s *service) answers(ctx context.Context) error {
	body, err := s.post(ctx, &http.Client{Timeout: 5 * time.Second}, []byte(`{"query":"{r:__typename}"}`))
	if err == nil {
		_, err = parseAnswer(body)
	}
	return err
}

// freeAddress returns an address of loopback on which nobody listens: others
// may be measuring on this machine too.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// plexus builds and starts Plexus.
func (b *bench) plexus(ctx context.Context) (*service, error) {
	binary, graph := filepath.Join(b.work, "plexus"), filepath.Join(b.work, "graph.plexus")
	if err := b.run(ctx, filepath.Join(b.source, "../../.."), "go", "build", "-o", binary, "./cmd/plexus"); err != nil {
		return nil, err
	}
	if err := b.run(ctx, b.work, binary, "build", "graph.nq", "-o", graph); err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &service{name: ours, address: address, path: "/graphql", dialects: []string{"plexus"}}
	return s, b.start(ctx, s, s.answers, b.work, nil, binary, "serve", "--data", graph, "--listen", address)
}

// goService builds the service of gqlgen and starts it on a store.
func (b *bench) goService(ctx context.Context, name string, store ...string) (*service, error) {
	dir := filepath.Join(b.work, "service")
	binary := filepath.Join(b.work, "service-"+name)
	if _, err := os.Stat(dir); err != nil {
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(b.source, "service"))); err != nil {
			return nil, err
		}
		if err := b.run(ctx, dir, "go", "run", "-mod=mod", "github.com/99designs/gqlgen", "generate"); err != nil {
			return nil, err
		}
	}
	if err := b.run(ctx, dir, "go", "build", "-mod=mod", "-o", binary, "."); err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &service{name: name, address: address, path: "/graphql", dialects: []string{"gqlgen"}}
	return s, b.start(ctx, s, s.answers, b.work, nil, binary, append([]string{"-addr", address}, store...)...)
}

// postgraphile installs PostGraphile and starts it.
func (b *bench) postgraphile(ctx context.Context, p *postgres) (*service, error) {
	dir := filepath.Join(b.work, "postgraphile")
	if _, err := os.Stat(dir); err != nil {
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(b.source, "postgraphile"))); err != nil {
			return nil, err
		}
	}
	if err := b.run(ctx, dir, "npm", "ci", "--no-audit", "--no-fund"); err != nil {
		return nil, err
	}
	node, err := filepath.Glob(filepath.Join(dir, "node_modules", "node-linux-*", "bin", "node"))
	if err != nil || len(node) == 0 {
		return nil, errors.New("npm did not install the Node that PostGraphile needs")
	}
	version, err := exec.CommandContext(ctx, node[0], "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("node: %w", err)
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	_, port, _ := strings.Cut(address, ":")
	s := &service{
		name: "postgraphile", address: address, path: "/graphql", dialects: []string{"postgraphile", "postgraphile-cursor"},
		version: "Node " + strings.TrimSpace(string(version)), extra: []int{p.pid},
	}
	return s, b.start(ctx, s, s.answers, dir, []string{"NODE_ENV=production", "GRAPHILE_ENV=production", "DATABASE=" + p.url, "PORT=" + port}, node[0], "server.mjs")
}

// query returns the document of a query for a service, and its dialect.
func (b *bench) query(s *service, query string) (text, dialect string, err error) {
	for _, d := range s.dialects {
		if t, err := os.ReadFile(filepath.Join(b.source, "queries", d, query+".graphql")); err == nil {
			text, dialect = strings.TrimSpace(string(t)), d
		}
	}
	if text == "" {
		return "", "", fmt.Errorf("there is no %s for %s", query, s.name)
	}
	return text, dialect, nil
}

// request is one request of a query.
type request struct {
	variables map[string]any // as all services have them
	body      []byte
	wire      []byte // all that is sent
	size      int    // of the answer, once it was found right
}

// requests returns the requests of a query to a service.
func (b *bench) requests(ctx context.Context, s *service, query string) ([]request, error) {
	text, dialect, err := b.query(s, query)
	if err != nil {
		return nil, err
	}
	lines, err := os.ReadFile(filepath.Join(b.work, query+".jsonl"))
	if err != nil {
		return nil, err
	}
	var all []request
	for line := range bytes.Lines(lines) {
		var row map[string]any
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, err
		}
		own := row
		if offset, paged := row["offset"].(float64); paged && (dialect == "plexus" || dialect == "postgraphile-cursor") {
			after, err := b.cursor(ctx, s, query, int(offset))
			if err != nil {
				return nil, err
			}
			own = map[string]any{"after": after}
		}
		body, err := json.Marshal(map[string]any{"query": text, "variables": own})
		if err != nil {
			return nil, err
		}
		all = append(all, request{variables: row, body: body, wire: s.wire(body)})
	}
	return all, nil
}

// cursor returns the cursor after which a page begins, for services that page
// by cursors.
func (b *bench) cursor(ctx context.Context, s *service, query string, offset int) (any, error) {
	if offset == 0 {
		return nil, nil
	}
	client := &http.Client{Timeout: 30 * time.Second}
	ask := func(text string) (string, error) {
		body, err := json.Marshal(map[string]string{"query": text})
		if err != nil {
			return "", err
		}
		answer, err := s.post(ctx, client, body)
		if err != nil {
			return "", err
		}
		var page struct {
			Data struct {
				R struct{ PageInfo struct{ EndCursor string } }
			}
		}
		err = json.Unmarshal(answer, &page)
		return page.Data.R.PageInfo.EndCursor, err
	}
	if s.name == "postgraphile" {
		order := map[string]string{"q4": "NAME_ASC", "q7": "PRIMARY_KEY_ASC"}[query]
		return ask(fmt.Sprintf(`{r:allConditions(first:1,offset:%d,orderBy:%s){pageInfo{endCursor}}}`, offset-1, order))
	}
	after := "null"
	for done := 0; done < offset; done += 50 {
		cursor, err := ask(fmt.Sprintf(`{r:conditions(first:50,after:%s){pageInfo{endCursor}}}`, after))
		if err != nil {
			return nil, err
		}
		after = fmt.Sprintf("%q", cursor)
	}
	return strings.Trim(after, `"`), nil
}
