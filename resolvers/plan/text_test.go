package plan

import (
	"bytes"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"pgregory.net/rapid"
)

// TestText: texts are escaped as gqlgen escapes them, whatever they hold and
// wherever it stands.
func TestText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("\x00\x1f\t\r\n\"\\ !#[]\x7f\x80\xff~é")))).Draw(t, "text"))
		var want bytes.Buffer
		graphql.MarshalString(s).MarshalGQL(&want)
		if got := appendText(nil, s); !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("%q, gqlgen writes %q", got, want.Bytes())
		}
	})
}
