package webtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/chromedp"
)

const (
	// moment is how long a step may take before the page counts as stuck. A wait
	// ends as soon as what it waits for is there, so only a failure takes it all.
	moment = 2 * time.Minute
	// glance is the time between two looks at the page.
	glance = 20 * time.Millisecond
)

// Await waits until the JavaScript expression is true in the tab of the context.
// Unlike chromedp.Poll it outlives the document that it began in.
func Await(ctx context.Context, expression string) error {
	ctx, cancel := context.WithTimeout(ctx, moment)
	defer cancel()
	for {
		holds, err := evaluate[bool](ctx, "Boolean("+expression+")")
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("still not true: %s: %w", expression, ctx.Err())
		case holds || err != nil:
			return err
		}
		time.Sleep(glance)
	}
}

// evaluate returns the value of a JavaScript expression, asking again when the
// document was replaced meanwhile: on a busy machine the browser may report the
// end of the old one late.
func evaluate[T any](ctx context.Context, expression string) (T, error) {
	for retries := 3; ; retries-- {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
		if err == nil || retries == 0 || !replaced(err) {
			return value, err
		}
		time.Sleep(glance)
	}
}

// replaced reports whether the error says that the document went away.
func replaced(err error) bool {
	var protocol *cdproto.Error
	if !errors.As(err, &protocol) {
		return false
	}
	for _, reason := range []string{
		"Cannot find context with specified id",
		"Execution context was destroyed",
		"Inspected target navigated or closed",
	} {
		if strings.Contains(protocol.Message, reason) {
			return true
		}
	}
	return false
}
