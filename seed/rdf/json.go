package rdf

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// maxValues bounds one entry of a JSON-LD document, which is held in memory
// while it is read.
const maxValues = 4 << 20

// jsonText reads JSON value by value. It knows the line and column, and refuses
// what encoding/json lets pass: bytes that are not UTF-8, half surrogate pairs,
// keys that stand twice, and words and depths without end.
type jsonText struct {
	decoder *json.Decoder
	r       io.Reader
	at      syntax.Place // of the first byte of pending
	passed  int64        // how many bytes are before pending
	pending []byte       // what the decoder has been given and has not made a token of
	checked int          // how much of pending is known to be UTF-8
	failed  error        // of r
	values  int
	depth   int
}

func newJSONText(r io.Reader) *jsonText {
	t := &jsonText{r: r, at: syntax.Place{Line: 1, Column: 1}}
	t.decoder = json.NewDecoder(t)
	t.decoder.UseNumber()
	return t
}

// Read gives the decoder the next bytes of the file.
func (t *jsonText) Read(p []byte) (int, error) {
	if len(t.pending) > MaxWord {
		t.failed = syntax.NewMistake(syntax.Size, t.at, "a word of more than %d MiB begins here; is something not closed?", MaxWord>>20)
		return 0, t.failed
	}
	n, err := t.r.Read(p)
	t.pending = append(t.pending, p[:n]...)
	if bad := t.notUTF8(err != nil); bad >= 0 {
		t.advance(t.passed + int64(bad))
		t.failed = syntax.NewMistake(syntax.Encoding, t.at, "the byte 0x%02X is not UTF-8; save the file as UTF-8", t.pending[0])
		return 0, t.failed
	}
	if err != nil && !errors.Is(err, io.EOF) {
		t.failed = err
	}
	return n, err
}

// notUTF8 returns where pending is not UTF-8, or -1.
func (t *jsonText) notUTF8(last bool) int {
	for t.checked < len(t.pending) {
		rest := t.pending[t.checked:]
		if !last && !utf8.FullRune(rest) {
			break
		}
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			return t.checked
		}
		t.checked += size
	}
	return -1
}

// advance moves the place to an offset of the file.
func (t *jsonText) advance(offset int64) {
	n := int(min(offset-t.passed, int64(len(t.pending))))
	if n <= 0 {
		return
	}
	for _, c := range t.pending[:n] {
		switch {
		case c == '\n':
			t.at.Line++
			t.at.Column = 1
		case c&0xC0 != 0x80:
			t.at.Column++
		}
	}
	t.pending = t.pending[:copy(t.pending, t.pending[n:])]
	t.checked = max(0, t.checked-n)
	t.passed += int64(n)
}

// token returns the next token, nil for the end of the text.
func (t *jsonText) token() (json.Token, error) {
	token, err := t.decoder.Token()
	switch {
	case t.failed != nil:
		return nil, t.failed
	case errors.Is(err, io.EOF):
		if t.depth > 0 {
			t.advance(t.passed + int64(len(t.pending)))
			return nil, syntax.NewMistake(syntax.Malformed, t.at, "the JSON is incomplete; is the file cut off?")
		}
		return nil, io.EOF
	case err != nil:
		return nil, t.broken(err)
	}
	end := t.decoder.InputOffset()
	if s, isText := token.(string); isText && strings.ContainsRune(s, utf8.RuneError) {
		raw := t.pending[:max(0, min(end-t.passed, int64(len(t.pending))))]
		if !bytes.ContainsRune(raw, utf8.RuneError) && !bytes.Contains(bytes.ToLower(raw), []byte(`\ufffd`)) {
			return nil, syntax.NewMistake(syntax.Encoding, t.at, "an escape names half of a surrogate pair, which is no character")
		}
	}
	t.advance(end)
	return token, nil
}

// broken gives an error of the decoder its place.
func (t *jsonText) broken(err error) error {
	var found *json.SyntaxError
	if !errors.As(err, &found) {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			t.advance(t.passed + int64(len(t.pending)))
			return syntax.NewMistake(syntax.Malformed, t.at, "the JSON is incomplete; is the file cut off?")
		}
		return syntax.NewMistake(syntax.Malformed, t.at, "this cannot be read")
	}
	t.advance(max(found.Offset-1, t.decoder.InputOffset()))
	return syntax.NewMistake(syntax.Malformed, t.at, "%s", strings.TrimPrefix(found.Error(), "json: "))
}

// value reads the value that begins with the token. In a context, numbers are
// what the library expects there.
func (t *jsonText) value(token json.Token, inContext bool) (any, error) {
	if t.values++; t.values > maxValues {
		return nil, syntax.NewMistake(syntax.Size, t.at, "an entry of more than %d values; put what it describes into @graph, one after the other", maxValues)
	}
	switch v := token.(type) {
	case json.Delim:
		if t.depth++; t.depth > maxNesting {
			return nil, syntax.NewMistake(syntax.Nesting, t.at, "brackets stand more than %d deep", maxNesting)
		}
		defer func() { t.depth-- }()
		if v == '[' {
			return t.array(inContext)
		}
		return t.object(inContext)
	case json.Number:
		if inContext {
			return strconv.ParseFloat(string(v), 64)
		}
		return v, nil
	default:
		return token, nil
	}
}

func (t *jsonText) array(inContext bool) (any, error) {
	all := []any{}
	for {
		token, err := t.token()
		if err != nil {
			return nil, err
		}
		if token == json.Delim(']') {
			return all, nil
		}
		v, err := t.value(token, inContext)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
}

func (t *jsonText) object(inContext bool) (any, error) {
	all := map[string]any{}
	for {
		key, done, err := t.key(all)
		if err != nil || done {
			return all, err
		}
		token, err := t.token()
		if err != nil {
			return nil, err
		}
		if all[key], err = t.value(token, inContext || key == "@context"); err != nil {
			return nil, err
		}
	}
}

// key reads the next key of an object that has some already.
func (t *jsonText) key(all map[string]any) (key string, done bool, err error) {
	token, err := t.token()
	if err != nil {
		return "", false, err
	}
	if token == json.Delim('}') {
		return "", true, nil
	}
	key, _ = token.(string)
	if _, twice := all[key]; twice {
		return "", false, syntax.NewMistake(syntax.DuplicateKey, t.at, "the key %q stands twice here; one of its values would be lost", syntax.Shorten(key))
	}
	return key, false, nil
}

// escapePointer writes a key as a token of a JSON Pointer (RFC 6901).
func escapePointer(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}

// byteOrderMark goes over one, and recognizes what is no UTF-8 at all.
func (t *jsonText) byteOrderMark() (err error) {
	first := make([]byte, 3)
	n, err := io.ReadFull(t.r, first)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	first = first[:n]
	if bytes.HasPrefix(first, []byte{0xFE, 0xFF}) || bytes.HasPrefix(first, []byte{0xFF, 0xFE}) || bytes.IndexByte(first, 0) >= 0 {
		return syntax.NewMistake(syntax.Encoding, t.at, "not UTF-8 (UTF-16, or no text at all); save the file as UTF-8")
	}
	t.r = io.MultiReader(bytes.NewReader(bytes.TrimPrefix(first, []byte("\uFEFF"))), t.r)
	return nil
}
