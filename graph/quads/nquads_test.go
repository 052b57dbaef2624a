package quads_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/quads"
)

func read(text io.Reader) (all []quad.Quad, lines []int, err error) {
	err = quads.ReadNQuads(context.Background(), text, func(line int, q quad.Quad) error {
		all, lines = append(all, q), append(lines, line)
		return nil
	})
	return all, lines, err
}

func TestReadNQuads(t *testing.T) {
	text := "\uFEFF# a comment\r\n" +
		`<http://a/s> <http://a/p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <http://a/g> .` + "\n\n" +
		`_:b.1 <http://a/p> <http://a/caf\u00E9>. # the end` + "\n" +
		`<http://a/s> <http://a/p> "^^<not> \"^^<a type\"> \u00e9\n"@en-GB .` + "\n" +
		`<http://a/s> <http://a/p> "plain"^^<http://www.w3.org/2001/XMLSchema#string> .` + "\n" +
		`<http://a/s> <http://a/p> "0.50"^^<http://www.w3.org/2001/XMLSchema#double> _:g .`
	got, lines, err := read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	s, p, xsd := quad.IRI("http://a/s"), quad.IRI("http://a/p"), quad.IRI("http://www.w3.org/2001/XMLSchema#")
	want := []quad.Quad{
		{Subject: s, Predicate: p, Object: quad.TypedString{Value: "007", Type: xsd + "integer"}, Label: quad.IRI("http://a/g")},
		{Subject: quad.BNode("b.1"), Predicate: p, Object: quad.IRI("http://a/café")},
		{Subject: s, Predicate: p, Object: quad.LangString{Value: "^^<not> \"^^<a type\"> é\n", Lang: "en-GB"}},
		{Subject: s, Predicate: p, Object: quad.String("plain")},
		{Subject: s, Predicate: p, Object: quad.TypedString{Value: "0.50", Type: xsd + "double"}, Label: quad.BNode("g")},
	}
	if fmt.Sprint(got, lines) != fmt.Sprint(want, []int{2, 4, 5, 6, 7}) {
		t.Errorf("got  %#v on lines %v\nwant %#v", got, lines, want)
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("quad %d: got %#v, want %#v", i, got[i], want[i])
		}
	}
}

// TestLineEnds: a line ends in LF, CR LF or CR, wherever the reader stops.
func TestLineEnds(t *testing.T) {
	const line = `<http://a/s> <http://a/p> "o" .`
	for text, want := range map[string][]int{
		line + "\r" + line + "\r":                {1, 2},
		line + "\r\n" + line + "\r\n\r\n" + line: {1, 2, 4},
		line + "\n\r" + line + "\r\r" + line:     {1, 3, 5},
		line + "\n" + line:                       {1, 2},
		"\r":                                     nil,
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			if _, lines, err := read(r); err != nil || !slices.Equal(lines, want) {
				t.Errorf("%q: quads on lines %v, error %v, want %v", text, lines, err, want)
			}
		}
	}
}

// TestMinimalWhitespace: terms need no blanks between them (the W3C's test of
// that name).
func TestMinimalWhitespace(t *testing.T) {
	for _, pair := range [][2]string{
		{`<http://a/s><http://a/p><http://a/o>.`, `<http://a/s> <http://a/p> <http://a/o> .`},
		{`<http://a/s><http://a/p>"Alice".`, `<http://a/s> <http://a/p> "Alice" .`},
		{`<http://a/s><http://a/p>_:o.`, `<http://a/s> <http://a/p> _:o .`},
		{`_:s<http://a/p><http://a/o>.`, `_:s <http://a/p> <http://a/o> .`},
		{`_:s<http://a/p>"Alice"@en<http://a/g>.`, `_:s <http://a/p> "Alice"@en <http://a/g> .`},
		{`_:s<http://a/p>"1"^^<http://a/t>_:b1.`, `_:s <http://a/p> "1"^^<http://a/t> _:b1 .`},
		{`_:s<http://a/p>"x"@en-GB_:g.#end`, `_:s <http://a/p> "x"@en-GB _:g .`},
	} {
		tight, _, err := read(strings.NewReader(pair[0]))
		wide, _, err2 := read(strings.NewReader(pair[1]))
		if err != nil || err2 != nil || len(tight) != 1 || tight[0] != wide[0] {
			t.Errorf("%s is read as %v, %v %v", pair[0], tight, err, err2)
		}
	}
}

// TestSyntaxErrors: every mistake is found on the second line, with its column
// where there is one.
func TestSyntaxErrors(t *testing.T) {
	const good = "<http://a/s> <http://a/p> \"é\" .\n"
	for _, c := range []struct{ line, want string }{
		{"<http://a/s> <http://a/p> \"o\x00\" .", "line 2, column 29: a NUL byte"},
		{"<http://a/s> <http://a/p> \"é\xff\" .", "line 2, column 29: not UTF-8"},
		{`<http://a/s> <http://a/p> word .`, "line 2, column 27: expected <IRI>"},
		{`<http://a/s> <http://a/p> "cut`, "line 2, column 27: the literal does not end"},
		{`<http://a/s> <http://a/p> <http://a/o>`, "line 2, column 39: the quad does not end with a full stop"},
		{`<http://a/s> <http://a/p`, "line 2, column 14: the IRI does not end with >; is the file cut off?"},
		{`<http://a/s <http://a/p> "o" .`, "line 2, column 1: the IRI does not end with > before"},
		{`<http://a/s> <http://a/p> "o"@en_US .`, `line 2, column 33: a language tag is of letters, digits and hyphens (en, pt-BR), and has no "_"`},
		{`<http://a/s> <http://a/p> "o"@ .`, "line 2, column 31: a language tag begins with a letter"},
		{`<http://a/s> <http://a/p> "o"^^xsd:date .`, "line 2, column 30: a datatype is written ^^<IRI>"},
		{`<http://a/s> <http://a/p> "o"^^<http://a/t .`, "line 2, column 32: the IRI does not end with >"},
		{`<http://a/s> <http://a/p> "\u12" .`, `line 2, column 28: behind \u stand 4 hexadecimal digits`},
		{`<http://a/s> <http://a/p> .`, "line 2"},
		{`"s" <http://a/p> "o" .`, "line 2, column 1: the subject must be"},
		{`<http://a/s> _:p "o" .`, "line 2, column 14: the predicate must be"},
		{`<http://a/s> <http://a/p> "o" "g" .`, "line 2, column 31: the graph label must be"},
		{`<s> <http://a/p> "o" .`, "line 2, column 1: the IRI is relative"},
		{`<http://a/s> <http://a/p> "\uD800" .`, "line 2, column 28: the escape names no Unicode character"},
		{`<http://a/s> <http://a/p> "\q" .`, `line 2, column 28: \q is no escape; a backslash itself is written \\`},
		{`<http://a/s> <http://a/p> "o" <http://a/g> <http://a/h> .`, "line 2"},
	} {
		got, _, err := read(strings.NewReader(good + c.line + "\n" + good))
		var mistake *quads.SyntaxError
		if !errors.As(err, &mistake) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s\n got %v\nwant %s", c.line, err, c.want)
		}
		if len(got) != 2 {
			t.Errorf("%s: %d quads around the mistake, want 2", c.line, len(got))
		}
	}
}

func TestReadErrors(t *testing.T) {
	const good = "<http://a/s> <http://a/p> \"o\" .\n"
	long := io.MultiReader(strings.NewReader(good), strings.NewReader(strings.Repeat("x", quads.MaxLine+1)))
	if _, _, err := read(long); err == nil || !strings.HasPrefix(err.Error(), "line 2: the line is longer") {
		t.Errorf("over-long line: %v", err)
	}
	broken := errors.New("broken pipe")
	if _, _, err := read(io.MultiReader(strings.NewReader(good), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("broken reader: %v", err)
	}
	stop := errors.New("enough")
	if err := quads.ReadNQuads(context.Background(), strings.NewReader(good), func(int, quad.Quad) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("yield: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := quads.ReadNQuads(ctx, strings.NewReader(good), func(int, quad.Quad) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("context: %v", err)
	}
}

// FuzzReadNQuads: no input makes the reader panic or accept what Decode then
// refuses as a quad.
func FuzzReadNQuads(f *testing.F) {
	f.Add(`<http://a/s> <http://a/p> "o\u00e9"^^<http://a/t> _:g .`)
	f.Add(`_:b. <x:> "`)
	f.Add(`<a:\> <a:b> "\U00110000"@en .`)
	f.Fuzz(func(t *testing.T, text string) {
		all, _, _ := read(strings.NewReader(text))
		for _, q := range all {
			if !q.IsValid() {
				t.Errorf("%q gives %#v", text, q)
			}
		}
	})
}
