package webtest

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Guard watches the tab of the context from now on. When the test ends it fails
// if the tab asked for anything outside this machine, wrote an error to the
// console or left an exception uncaught. Call it before the page is opened.
func Guard(t testing.TB, ctx context.Context) {
	t.Helper()
	var mu sync.Mutex
	var faults []string
	add := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		faults = append(faults, fmt.Sprintf(format, args...))
	}
	watch := func(event any) {
		switch event := event.(type) {
		case *network.EventRequestWillBeSent:
			if leaves(event.Request.URL) {
				add("a request leaves this machine: %s", event.Request.URL)
			}
		case *network.EventWebSocketCreated:
			if leaves(event.URL) {
				add("a socket leaves this machine: %s", event.URL)
			}
		case *runtime.EventConsoleAPICalled:
			if event.Type == runtime.ConsoleAPICalledTypeError || event.Type == runtime.ConsoleAPICalledTypeAssert {
				add("the console shows an error: %s", spoken(event.Args))
			}
		case *runtime.EventExceptionThrown:
			add("an exception is not caught: %s", thrown(event.ExceptionDetails))
		case *log.EventEntryAdded:
			if event.Entry.Level == log.EntryLevelError {
				add("the browser reports: %s %s", event.Entry.Text, event.Entry.URL)
			}
		}
	}
	err := chromedp.Listen(ctx, watch)
	if err == nil {
		err = chromedp.Do(ctx, chromedp.Func(report))
	}
	if err != nil {
		t.Fatalf("watch the tab: %v", err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, fault := range faults {
			t.Error(fault)
		}
	})
}

// report makes the browser tell about requests, the console and its log.
func report(ctx context.Context, tab *chromedp.Target) error {
	_, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{})
	if err == nil {
		_, err = cdp.Call(ctx, tab, runtime.Enable, cdp.Empty{})
	}
	if err == nil {
		_, err = cdp.Call(ctx, tab, log.Enable, cdp.Empty{})
	}
	return err
}

// leaves reports whether a request for the address goes to another machine.
func leaves(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	switch u.Scheme {
	case "data", "blob", "about":
		return false
	}
	host := u.Hostname()
	return host != "localhost" && !net.ParseIP(host).IsLoopback()
}

// thrown returns what an uncaught exception says.
func thrown(e *runtime.ExceptionDetails) string {
	if e.Exception != nil {
		return e.Text + " " + e.Exception.Description
	}
	return e.Text
}

// spoken returns what was given to console.error.
func spoken(args []*runtime.RemoteObject) string {
	var words []string
	for _, arg := range args {
		if arg.Description != "" {
			words = append(words, arg.Description)
		} else {
			words = append(words, string(arg.Value))
		}
	}
	return strings.Join(words, " ")
}
