package syntax

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxJSON is the largest value of JSON that is read as one, in bytes.
const maxJSON = 16 << 20

// ErrLargeJSON is the error of a value of JSON that is too large to be read as one.
var ErrLargeJSON = fmt.Errorf("a value of more than %d MiB: is something not closed?", maxJSON>>20)

// JSON decodes a file of JSON value by value, and holds no more of it than one.
type JSON struct {
	*json.Decoder

	from io.Reader
	read int64
}

// NewJSON returns a decoder of what r holds.
func NewJSON(r io.Reader) *JSON {
	j := &JSON{from: r}
	j.Decoder = json.NewDecoder(unread{j})
	return j
}

// Skip reads on behind the next value, of any size.
func (j *JSON) Skip() error {
	for depth := 0; ; {
		token, err := j.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// CutOff reports whether an error says that the file ends before its JSON does.
func CutOff(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// unread is what the decoder has still to read.
type unread struct{ *JSON }

func (u unread) Read(p []byte) (int, error) {
	if u.read-u.InputOffset() > maxJSON {
		return 0, ErrLargeJSON
	}
	n, err := u.from.Read(p[:min(len(p), 1<<16)])
	u.read += int64(n)
	return n, err
}
