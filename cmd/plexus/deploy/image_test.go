//go:build linux && !race

// Once in CI is enough: the race detector learns nothing from it.

package deploy

import (
	"debug/buildinfo"
	"debug/elf"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// TestImage builds the image with buildah, which needs no engine. Nothing is
// fetched but modules and packages: this machine's Go and Node stand in for the
// images that it starts from. What it holds is then run as a container would,
// alone on a read-only file system, and without rights.
func TestImage(t *testing.T) {
	needs.Root(t)
	needs.Programs(t, "buildah", "git", "npm", "unshare", "setpriv")
	image := build(t)
	root, program := image.root, filepath.Join(image.root, "plexus")

	t.Run("settings", func(t *testing.T) {
		c := image.config
		if !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(c.User) {
			t.Errorf("it runs as %q: want numbers, which Kubernetes can tell from root", c.User)
		}
		if _, exposed := c.ExposedPorts["8080/tcp"]; !exposed || !slices.Contains(c.Env, "PLEXUS_LISTEN=0.0.0.0:8080") {
			t.Errorf("it exposes %v and has %q", c.ExposedPorts, c.Env)
		}
		if c.StopSignal != "SIGTERM" || !slices.Equal(c.Entrypoint, []string{"/plexus"}) || !slices.Equal(c.Cmd, []string{"serve"}) {
			t.Errorf("%+v", c)
		}
	})

	t.Run("content", func(t *testing.T) {
		entries, err := os.ReadDir(root)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if !slices.Equal(names, []string{"licenses", "plexus"}) {
			t.Errorf("it holds %q", names)
		}
		f, err := elf.Open(program)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if libraries, err := f.ImportedLibraries(); err != nil || len(libraries) > 0 {
			t.Errorf("the program is not static: it needs %q (%v)", libraries, err)
		}
		for _, p := range f.Progs {
			if p.Type == elf.PT_INTERP {
				t.Error("the program is not static: it names a loader")
			}
		}
		info, err := buildinfo.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		if v := info.Main.Version; v == "(devel)" || strings.Contains(v, "dirty") {
			t.Errorf("the program is of version %q: it is not named after its commit", v)
		}
		for _, dep := range append(info.Deps, &info.Main) {
			if !hasLicence(t, filepath.Join(root, "licenses", filepath.FromSlash(dep.Path))) {
				t.Errorf("the licence of %s is not there", dep.Path)
			}
		}
		if !hasLicence(t, filepath.Join(root, "licenses", "std")) {
			t.Error("the licence of Go is not there")
		}
	})

	t.Run("run", func(t *testing.T) {
		// Loopback, where a container has a network of its own.
		s := start(t, image.run(t, append(image.config.Cmd, "--listen", "127.0.0.1:0")...))
		s.ask(t)
		if status, body := s.get(t, "readyz"); status != http.StatusOK {
			t.Errorf("/readyz: %d %s", status, body)
		}
		if strings.Contains(s.said, "CDN") {
			t.Errorf("the playground's scripts are not built in:\n%s", s.said)
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.Process.Pid))
		if err != nil {
			t.Fatal(err)
		}
		user, _, _ := strings.Cut(image.config.User, ":")
		for _, line := range []string{"Uid:" + strings.Repeat("\t"+user, 4), "CapEff:\t0000000000000000", "NoNewPrivs:\t1"} {
			if !strings.Contains(string(status), line+"\n") {
				t.Errorf("it has not %q:\n%s", line, status)
			}
		}
		if err := s.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := s.Wait(); err != nil {
			t.Errorf("SIGTERM ends it with %v\n%s", err, &s.stderr)
		}
	})

	t.Run("nothing can be written", func(t *testing.T) {
		out, err := image.run(t, "build", "embedded", "-o", "/x.plexus").CombinedOutput()
		if err == nil || !strings.Contains(string(out), "read-only file system") {
			t.Errorf("%v\n%s", err, out)
		}
	})
}

// image is a built image.
type image struct {
	root   string // its files
	config struct {
		User, StopSignal     string
		Env, Entrypoint, Cmd []string
		ExposedPorts         map[string]any
	}
}

// build builds the image of the last commit, by the Dockerfile as it is.
func build(t *testing.T) image {
	t.Helper()
	work := t.TempDir()
	buildah := func(args ...string) string {
		return output(t, "buildah", append([]string{"--storage-driver", "vfs", "--root", filepath.Join(work, "storage"), "--runroot", filepath.Join(work, "run")}, args...)...)
	}
	goroot, home := output(t, "go", "env", "GOROOT"), "/root"

	// What the images that it starts from have of this machine.
	container := buildah("from", "scratch")
	base := buildah("mount", container)
	for _, name := range []string{"bin", "lib", "lib64", "sbin"} {
		if err := os.Symlink("usr/"+name, filepath.Join(base, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"tmp", home} {
		if err := os.Mkdir(filepath.Join(base, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	buildah("config", "--env", "HOME="+home, "--env", "PATH="+goroot+"/bin:/usr/local/bin:/usr/bin",
		"--env", "GOPROXY="+output(t, "go", "env", "GOPROXY"), container)
	standIn := buildah("commit", "--quiet", container)
	dockerfile, err := filepath.Abs("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range startsFrom(t, dockerfile) {
		buildah("tag", standIn, "docker.io/library/"+from)
	}
	volumes := []string{"--volume", "/usr:/usr:ro", "--volume", "/etc/ssl:/etc/ssl:ro"}
	if !strings.HasPrefix(goroot, "/usr/") {
		volumes = append(volumes, "--volume", goroot+":"+goroot+":ro")
	}
	for from, to := range map[string]string{
		output(t, "go", "env", "GOMODCACHE"):            home + "/go/pkg/mod",
		output(t, "go", "env", "GOCACHE"):               home + "/.cache/go-build",
		output(t, "npm", "config", "get", "cache"):      home + "/.npm",
		output(t, "npm", "config", "get", "userconfig"): home + "/.npmrc",
	} {
		if _, err := os.Stat(from); err == nil {
			volumes = append(volumes, "--volume", from+":"+to)
		}
	}

	context := filepath.Join(work, "context")
	output(t, "git", "clone", "--quiet", output(t, "git", "rev-parse", "--show-toplevel"), context)
	buildah(slices.Concat([]string{"bud", "--quiet", "--pull-never", "--isolation", "chroot", "--network", "host", "--ignorefile", dockerfile + ".dockerignore"},
		volumes, []string{"--tag", "plexus", "--file", dockerfile, context})...)
	var i image
	container = buildah("from", "--pull-never", "plexus")
	i.root = buildah("mount", container)
	var inspected struct {
		OCIv1 struct{ Config json.RawMessage }
	}
	if err := json.Unmarshal([]byte(buildah("inspect", container)), &inspected); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(inspected.OCIv1.Config, &i.config); err != nil {
		t.Fatal(err)
	}
	return i
}

// startsFrom returns the images of others that a Dockerfile starts from.
func startsFrom(t *testing.T, dockerfile string) (names []string) {
	t.Helper()
	text, err := os.ReadFile(dockerfile)
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(string(text), -1) {
		if from[1] != "scratch" {
			names = append(names, from[1])
		}
	}
	return names
}

// run returns a command that runs the image's program as docker run --read-only
// --cap-drop ALL --security-opt no-new-privileges does: as the image's user, with
// the image's environment, and with nothing but the image's files, which nobody
// can change. It is the process of that command itself.
func (i image) run(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	const script = `mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"; user=$1; shift
exec setpriv --no-new-privs chroot --userspec="$user" "$0" "$@"`
	cmd := exec.CommandContext(t.Context(), "unshare", slices.Concat([]string{"--mount", "sh", "-ec", script, i.root, i.config.User}, i.config.Entrypoint, args)...)
	cmd.Env = i.config.Env
	return cmd
}

// hasLicence reports whether there is a licence in a folder or below it.
func hasLicence(t *testing.T, folder string) (found bool) {
	t.Helper()
	_ = filepath.WalkDir(folder, func(_ string, e fs.DirEntry, err error) error {
		found = found || err == nil && regexp.MustCompile(`(?i)^(licen[cs]e|copying)`).MatchString(e.Name())
		return nil
	})
	return found
}
