package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"hash"
	"io"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/gzhttp"

	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/schema"
)

// caching lets clients and caches keep answers. An answer is known by the
// version of the graph, the program, the operation and its variables (ETag), so
// that the next request for the same is answered by 304 as long as nothing of
// these has changed, without being run. Answers to POST are not kept: caches do
// so only on conditions that they do not fulfil
// (https://www.rfc-editor.org/rfc/rfc9110#section-9.3.3).
type caching struct {
	control string
	program [sha256.Size]byte
}

func newCaching(c Config) caching {
	return caching{c.CacheControl, sha256.Sum256([]byte(c.Program + "\x00" + schema.SDL()))}
}

// tag returns what an answer is known by, empty for one that may differ the next
// time. It is weak: the answer may be compressed.
func (c *caching) tag(version, mediaType string, o *graphql.OperationContext) string {
	if !resolvers.Cacheable(o) {
		return ""
	}
	h := sha256.New()
	_, _ = h.Write(c.program[:])
	for _, part := range []string{version, mediaType, o.RawQuery, o.OperationName} {
		write(h, part)
	}
	if err := json.NewEncoder(h).Encode(o.Variables); err != nil { // with sorted keys
		return ""
	}
	return `W/"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:15]) + `"`
}

// write feeds a text to a hash so that its end is seen.
func write(h hash.Hash, text string) {
	_, _ = io.WriteString(h, text)
	_, _ = h.Write([]byte{0})
}

// fresh reports whether the client has the answer already. A * stands for no answer that
// anybody has: the operation is run, which may find errors.
func (c *caching) fresh(r *http.Request, tag string) bool {
	if tag == "" {
		return false
	}
	for had := range strings.SplitSeq(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		if had = strings.TrimSpace(had); had == tag || "W/"+had == tag {
			return true
		}
	}
	return false
}

var noStore = []string{"no-store"}

// mark tells the client what the answer is known by.
func (c *caching) mark(w http.ResponseWriter, tag string) {
	if tag == "" {
		w.Header()["Cache-Control"] = noStore
		return
	}
	w.Header().Set("ETag", tag)
	if c.control != "" {
		w.Header().Set("Cache-Control", c.control)
	}
}

// smallest is the size from which answers are compressed: what is smaller fits
// into a packet or two as it is.
const smallest = 2 << 10

// compressed compresses large answers for clients that take it.
func compressed(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(smallest), gzhttp.CompressionLevel(2))
	if err != nil {
		panic(err) // a fault of the options above
	}
	return wrap(next)
}
