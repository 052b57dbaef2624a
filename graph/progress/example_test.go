package progress_test

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/plexus-kg/plexus/graph/progress"
)

func Example() {
	// The watcher: it is told of every stage, and looks when it likes.
	ctx := progress.Watch(context.Background(), func(s *progress.Stage) func() {
		return func() { fmt.Printf("%s: %d of %d %s\n", s.Name, s.Done(), s.Total, s.Unit) }
	})

	// The work: it need not know that.
	text := "Facial twitching is a symptom."
	stage := progress.Begin(ctx, "reading", progress.Bytes, int64(len(text)))
	if _, err := io.ReadAll(stage.Reader(ctx, strings.NewReader(text))); err != nil {
		fmt.Println(err)
	}
	stage.End()
	// Output: reading: 30 of 30 bytes
}
