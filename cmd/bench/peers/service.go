package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// service is a running peer, or Plexus itself.
type service struct {
	name, url string
	dialects  []string // folders of queries; a later one is better where it has the query
	processes []*exec.Cmd
	extra     []int // processes that others started for it
}

func (s *service) pids() []int {
	all := append([]int(nil), s.extra...)
	for _, p := range s.processes {
		all = append(all, p.Process.Pid)
	}
	return all
}

// stop ends what was started for the service.
func (s *service) stop() {
	for _, p := range s.processes {
		_ = p.Process.Signal(syscall.SIGTERM)
		ended := make(chan struct{})
		go func() { _ = p.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = p.Process.Kill()
			<-ended
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

// start starts a process of a service and waits until it answers.
func (b *bench) start(ctx context.Context, s *service, dir string, env []string, name string, args ...string) error {
	cmd, err := b.command(ctx, dir, name, args...)
	if err != nil {
		return err
	}
	cmd.Env = append(os.Environ(), env...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	if err := cmd.Start(); err != nil {
		return err
	}
	s.processes = append(s.processes, cmd)
	client := &http.Client{Timeout: 5 * time.Second}
	for range 240 {
		if _, err = s.post(ctx, client, []byte(`{"query":"{__typename}"}`)); err == nil {
			return nil
		}
		select {
		case <-time.After(250 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("%s does not answer: %w; see %s.log in %s", s.name, err, filepath.Base(name), b.work)
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
	s := &service{name: "plexus", url: "http://127.0.0.1:5600/graphql", dialects: []string{"plexus"}}
	return s, b.start(ctx, s, b.work, nil, binary, "serve", "--data", graph, "--listen", "127.0.0.1:5600")
}

// goService builds the service of gqlgen and starts it on a store.
func (b *bench) goService(ctx context.Context, name, address string, store ...string) (*service, error) {
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
	s := &service{name: name, url: "http://" + address + "/graphql", dialects: []string{"gqlgen"}}
	return s, b.start(ctx, s, b.work, nil, binary, append([]string{"-addr", address}, store...)...)
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
	s := &service{name: "postgraphile", url: "http://127.0.0.1:5678/graphql", dialects: []string{"postgraphile", "postgraphile-cursor"}, extra: []int{p.pid}}
	return s, b.start(ctx, s, dir, []string{"NODE_ENV=production", "GRAPHILE_ENV=production", "DATABASE=" + p.url, "PORT=5678"}, node[0], "server.mjs")
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

// requests returns the requests of a query, and the variables of each as all
// services have them.
func (b *bench) requests(ctx context.Context, s *service, query string) (bodies [][]byte, variables []map[string]any, err error) {
	text, dialect, err := b.query(s, query)
	if err != nil {
		return nil, nil, err
	}
	lines, err := os.ReadFile(filepath.Join(b.work, query+".jsonl"))
	if err != nil {
		return nil, nil, err
	}
	for line := range bytes.Lines(lines) {
		var row map[string]any
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, nil, err
		}
		own := row
		if offset, paged := row["offset"].(float64); paged && dialect != "gqlgen" && dialect != "postgraphile" {
			after, err := b.cursor(ctx, s, query, int(offset))
			if err != nil {
				return nil, nil, err
			}
			own = map[string]any{"after": after}
		}
		body, err := json.Marshal(map[string]any{"query": text, "variables": own})
		if err != nil {
			return nil, nil, err
		}
		bodies, variables = append(bodies, body), append(variables, row)
	}
	return bodies, variables, nil
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
