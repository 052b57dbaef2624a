package deploy

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// output runs a command to its end, and returns what it writes to standard
// output.
func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", cmd, err, out, &stderr)
	}
	return strings.TrimSpace(string(out))
}

// program builds the command as the unit says.
func program(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "plexus")
	output(t, "go", "build", "-trimpath", "-o", path, "..")
	return path
}

// server is a running plexus serve.
type server struct {
	*exec.Cmd
	url    string
	said   string // on standard output, until it told its address
	stderr strings.Builder
}

// start starts a command that becomes plexus serve. It is killed at the end of
// the test, if it still runs.
func start(t *testing.T, cmd *exec.Cmd) *server {
	t.Helper()
	s := &server{Cmd: cmd}
	cmd.Stderr = &s.stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	address := regexp.MustCompile(`playground (http://\S+/)`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		s.said += lines.Text() + "\n"
		if found := address.FindStringSubmatch(lines.Text()); found != nil {
			s.url = found[1]
			return s
		}
	}
	err = cmd.Wait()
	t.Fatalf("%s printed no address: %v\n%s", cmd, err, &s.stderr)
	return nil
}

// get returns what a path of the server answers.
func (s *server) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// ask asks the server for the concept eeg, which the seed has.
func (s *server) ask(t *testing.T) {
	t.Helper()
	status, body := s.get(t, "graphql?query="+url.QueryEscape(`{ concept(id: "eeg") { name } }`))
	if status != http.StatusOK || !strings.Contains(body, "Electroencephalogram") {
		t.Errorf("%d %s", status, body)
	}
}
