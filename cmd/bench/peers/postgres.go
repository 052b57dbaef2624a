package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// postgres is a PostgreSQL of our own, in a folder of its own.
type postgres struct {
	bin, dir, url, version string
	pid                    int // of the server
	as                     *syscall.Credential
}

// findPostgres returns the folder of the newest PostgreSQL that is installed.
func findPostgres() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errors.New("PostgreSQL is not installed: apt-get install postgresql")
	}
	newest := slices.MaxFunc(found, func(a, b string) int {
		return cmp.Compare(major(a), major(b))
	})
	return filepath.Dir(newest), nil
}

// major returns the version in the path of a PostgreSQL.
func major(path string) float64 {
	n, _ := strconv.ParseFloat(filepath.Base(filepath.Dir(filepath.Dir(path))), 64)
	return n
}

// startPostgres makes a cluster, starts it on loopback and loads the data.
func (b *bench) startPostgres(ctx context.Context) (*postgres, error) {
	bin, err := findPostgres()
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	version, err := exec.CommandContext(ctx, filepath.Join(bin, "postgres"), "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	p := &postgres{bin: bin, dir: filepath.Join(b.work, "postgres"), url: "postgres://postgres@" + address + "/postgres", version: strings.TrimSpace(string(version))}
	_, port, _ := strings.Cut(address, ":")
	if err := errors.Join(os.RemoveAll(p.dir), os.MkdirAll(p.dir, 0o700)); err != nil { // of an earlier run
		return nil, err
	}
	if os.Getuid() == 0 { // which PostgreSQL refuses to run as
		if err := p.become("postgres"); err != nil {
			return nil, err
		}
		for dir := b.work; dir != "/"; dir = filepath.Dir(dir) {
			if info, err := os.Stat(dir); err != nil || info.Mode()&0o001 == 0 {
				if err := os.Chmod(dir, 0o711); err != nil {
					return nil, err
				}
			}
		}
	}
	if err := p.run(ctx, nil, "initdb", "-D", p.dir, "-U", "postgres", "--locale=C.UTF-8", "--lc-collate=C", "-E", "UTF8", "-A", "trust"); err != nil {
		return nil, err
	}
	settings, err := os.OpenFile(filepath.Join(p.dir, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(settings, "listen_addresses='127.0.0.1'\nport=%s\nunix_socket_directories=''\nshared_buffers=4GB\neffective_cache_size=12GB\n"+
		"work_mem=64MB\nmaintenance_work_mem=1GB\nrandom_page_cost=1.1\nmax_connections=100\nmax_wal_size=4GB\njit=off\n", port)
	if err := errors.Join(err, settings.Close()); err != nil {
		return nil, err
	}
	if err := p.run(ctx, nil, "pg_ctl", "-D", p.dir, "-l", filepath.Join(p.dir, "log"), "-w", "start"); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(p.dir, "postmaster.pid"))
	if err != nil {
		return p, err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	if p.pid, err = strconv.Atoi(line); err != nil {
		return p, err
	}
	return p, p.run(ctx, []byte(tables(b.work)), "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", p.url)
}

// become makes the commands run as another user.
func (p *postgres) become(name string) error {
	u, err := user.Lookup(name)
	if err != nil {
		return err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return err
	}
	p.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(p.dir, int(uid), int(gid))
}

func (p *postgres) run(ctx context.Context, input []byte, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(p.bin, name), args...)
	cmd.Dir = p.dir
	cmd.Stdin = bytes.NewReader(input)
	if name != "psql" && p.as != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.as}
	}
	var said bytes.Buffer
	if cmd.Stderr = &said; name == "pg_ctl" {
		cmd.Stderr = nil // the server keeps it open
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %.500s", name, err, said.String())
	}
	return nil
}

// stop ends the server.
func (p *postgres) stop() {
	if p.pid != 0 {
		_ = p.run(context.Background(), nil, "pg_ctl", "-D", p.dir, "-m", "fast", "-w", "stop")
	}
}

// tables returns the SQL that makes and fills the tables, with the indexes that
// the queries need.
func tables(dir string) string {
	var sql strings.Builder
	for _, k := range kinds {
		fmt.Fprintf(&sql, "create table %s(id int not null, key text not null, name text not null, description text not null, code text not null, category text not null, year int not null, synonyms text[] not null);\n", k.table)
		fmt.Fprintf(&sql, "\\copy %s from '%s'\n", k.table, filepath.Join(dir, k.table+".tsv"))
	}
	for _, r := range relations {
		a, b := kinds[r.from].table, kinds[r.to].table
		fmt.Fprintf(&sql, "create table %s(%s_id int not null, %s_id int not null, source_id int not null, section int not null, certainty float8 not null);\n", r.table, a, b)
		fmt.Fprintf(&sql, "\\copy %s from '%s'\n", r.table, filepath.Join(dir, r.table+".tsv"))
	}
	for _, k := range kinds {
		fmt.Fprintf(&sql, "alter table %[1]s add primary key(id); alter table %[1]s add unique(key); create index on %[1]s(name);\n", k.table)
	}
	for _, r := range relations {
		fmt.Fprintf(&sql, "alter table %[1]s add primary key(%[2]s_id,%[3]s_id); create index on %[1]s(%[3]s_id,%[2]s_id);\n", r.table, kinds[r.from].table, kinds[r.to].table)
		fmt.Fprintf(&sql, "alter table %[1]s add foreign key(%[2]s_id) references %[2]s(id), add foreign key(%[3]s_id) references %[3]s(id), add foreign key(source_id) references source(id);\n", r.table, kinds[r.from].table, kinds[r.to].table)
	}
	sql.WriteString("create table search_doc(id int primary key, key text not null, kind text not null, name text not null, tsv tsvector not null);\n")
	for _, k := range kinds[:sources] {
		fmt.Fprintf(&sql, "insert into search_doc select id,key,'%s',name,to_tsvector('simple', name||' '||array_to_string(synonyms,' ')) from %s;\n", k.name, k.table)
	}
	sql.WriteString("create index on search_doc using gin(tsv) with (fastupdate=off); create index on search_doc(name);\n" +
		"create function search(q text) returns setof search_doc language sql stable as $$ select * from search_doc where tsv @@ plainto_tsquery('simple', q) order by name $$;\n" +
		"vacuum analyze;\n")
	return sql.String()
}
