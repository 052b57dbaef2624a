package rdf

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// FuzzXMLTokens: what both this package and encoding/xml take for XML has the same
// tokens, in whatever pieces it is read.
func FuzzXMLTokens(f *testing.F) {
	for _, s := range []string{
		"<?xml version=\"1.0\"?>\r\n<a x='1 &lt; \"2\"' b:y=\"\t&#10;\">text &amp; &#x41;\r\nmore<![CDATA[<raw> & ]]]]></a>",
		"<a><!-- c --><b/><c d=''/>é 發燒</a>", "<a b=1/>", "<a>]]></a>", "<a>&nothing;</a>", "<a", "<a>\x01</a>", "<a:b:c/>", "<a><!-- -- --></a>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		ours, err := tokensOf(newXMLTokens(bytes.NewReader(content)))
		slow, slowErr := tokensOf(newXMLTokens(iotest.OneByteReader(bytes.NewReader(content))))
		if ours != slow || (err == nil) != (slowErr == nil) {
			t.Fatalf("in pieces %s (%v), else %s (%v)", slow, slowErr, ours, err)
		}
		if err != nil || bytes.Contains(content, []byte("<!")) && !bytes.Contains(content, []byte("<!--")) && !bytes.Contains(content, []byte("<![")) {
			return
		}
		if theirs, err := tokensOfXML(content); err == nil && theirs != ours {
			t.Errorf("%q is\n%s, want\n%s", content, ours, theirs)
		}
	})
}

// blank replaces the white space of a value by spaces: encoding/xml leaves it.
var blank = strings.NewReplacer("\n", " ", "\t", " ", "\r", " ")

func tokensOf(x *xmlTokens) (string, error) {
	var b strings.Builder
	for {
		next, err := x.next()
		switch {
		case errors.Is(err, io.EOF):
			return b.String(), nil
		case err != nil:
			return b.String(), err
		}
		switch next.kind {
		case textToken, commentToken:
			fmt.Fprintf(&b, "%d %q\n", next.kind, next.text)
		case startToken:
			fmt.Fprintf(&b, "<%s>", written(next.name))
			for _, a := range next.attributes {
				fmt.Fprintf(&b, " %s=%q", written(a.Name), blank.Replace(a.Value))
			}
			b.WriteString("\n")
		case endToken:
			fmt.Fprintf(&b, "</%s>\n", written(next.name))
		}
	}
}

// tokensOfXML does the same with encoding/xml.
func tokensOfXML(content []byte) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	for {
		next, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return b.String(), nil
		case err != nil:
			return "", err
		}
		switch next := next.(type) {
		case xml.CharData:
			fmt.Fprintf(&b, "%d %q\n", textToken, string(next))
		case xml.Comment:
			fmt.Fprintf(&b, "%d %q\n", commentToken, string(next))
		case xml.StartElement:
			fmt.Fprintf(&b, "<%s>", written(next.Name))
			for _, a := range next.Attr {
				fmt.Fprintf(&b, " %s=%q", written(a.Name), blank.Replace(a.Value))
			}
			b.WriteString("\n")
		case xml.EndElement:
			fmt.Fprintf(&b, "</%s>\n", written(next.Name))
		}
	}
}
