package webtest

import (
	"context"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// patience is how long a test may keep a browser open: far more than any test
// needs, on a machine that is busy with others. Nothing waits for it to end.
const patience = 10 * time.Minute

// Browser starts a browser with an empty profile and returns the context of its
// first tab, for chromedp's actions. It ends with the test. The test is skipped
// where no Chromium is installed.
//
// The browser resolves no name but localhost: what a page asks for elsewhere
// fails at once, whatever the network of the machine.
func Browser(t testing.TB) context.Context {
	t.Helper()
	path, err := find("chromium", "chromium-browser", "google-chrome")
	if err != nil {
		needs.Missing(t, "no Chromium is installed (Debian: apt-get install chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, // root, as in CI, cannot start it otherwise
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		chromedp.WindowSize(1440, 900),
	)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx) }) // first: waits until the browser is gone
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// find returns the path of the first program that is installed.
func find(names ...string) (string, error) {
	var err error
	for _, name := range names {
		var path string
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", err
}
