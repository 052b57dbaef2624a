package seed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/compression"
)

// What a file holds by its first bytes, where that is not what its name says:
// pages of errors, pointers of version control, other formats. A parser would only
// say at which character it gave up.

// contents lists what files are seen to hold. The first that fits counts.
var contents = [...]struct {
	what    string
	instead string   // what to do, or
	name    string   // the ending that its name should have
	begins  []string // in small letters, behind white space
	has     string   // in small letters, in the first bytes
	of      []string // endings of names of such files
}{
	{what: "a pointer of Git LFS, not the file itself", instead: "git lfs pull", begins: []string{"version https://git-lfs.github.com/spec/"}},
	{what: "a pointer of git-annex, not the file itself", instead: "git annex get", begins: []string{"/annex/objects/", "../.git/annex/objects/", ".git/annex/objects/"}},
	{what: "what a server says of a file that it does not have", instead: "look up its address, and download it again", begins: []string{"404: not found", "404 not found", "not found\n", "<error>", `{"message":`, `{"error":`}},
	{what: "RDF/XML", name: ".rdf", begins: xmlBegins, has: "<rdf:rdf", of: xmlEndings},
	{what: "OWL in XML", instead: "convert it with ROBOT (robot convert --format owl), which writes RDF/XML", begins: xmlBegins, has: "<ontology"},
	{what: "GraphML, which is only written", instead: "give the data that it was made of", begins: xmlBegins, has: "<graphml"},
	{what: "what a server says of a file that it does not give", instead: "look up its address, and download it again", begins: xmlBegins, has: "<error>"},
	{what: "an HTML page, perhaps one that tells of an error", instead: "download the file itself (of GitHub: the address behind Raw)", begins: append([]string{"<!doctype html", "<html"}, xmlBegins...), has: "<html", of: []string{".html", ".htm", ".xhtml"}},
	{what: "an HTML page, perhaps one that tells of an error", instead: "download the file itself (of GitHub: the address behind Raw)", begins: []string{"<!doctype html", "<head>", "<body"}, of: []string{".html", ".htm", ".xhtml"}},
	{what: "XML", instead: "RDF/XML is named .rdf", begins: append([]string{"<!--"}, xmlBegins...), of: append([]string{".html", ".htm", ".xhtml"}, xmlEndings...)},
	{what: "OBO Graphs in JSON", name: ".json", begins: []string{`{"graphs"`}, of: []string{".json"}},
	{what: "JSON-LD", name: ".jsonld", begins: jsonBegins, has: `"@`, of: jsonEndings},
	{what: "JSON", instead: "JSON-LD is named .jsonld, JSON Lines .jsonl", begins: jsonBegins, of: jsonEndings},
	{what: "an ontology in the OBO format", name: ".obo", begins: []string{"format-version:"}, of: []string{".obo"}},
	{what: "an ontology in OWL's functional syntax", instead: "convert it with ROBOT (robot convert --format owl), which writes RDF/XML", begins: []string{"prefix(", "ontology("}},
	{what: "Turtle", name: ".ttl", begins: []string{"@prefix ", "@base ", "prefix "}, of: []string{".ttl", ".trig", ".n3", ".turtle"}},
	{what: "an Excel workbook", name: ".xlsx", begins: []string{"pk\x03\x04"}, has: "[content_types].xml", of: []string{".xlsx"}},
	{what: "a ZIP archive", name: ".zip", begins: []string{"pk\x03\x04", "pk\x05\x06"}, of: []string{".xlsx"}},
	{what: "compressed a second time", instead: "uncompress it once", begins: []string{"\x1f\x8b\x08", "\xfd7zxz\x00", "\x28\xb5\x2f\xfd"}},
	{what: "a PDF document", instead: "give the data that it was made of", begins: []string{"%pdf-"}},
	{what: "a database of SQLite", instead: "export its tables", begins: []string{"sqlite format 3\x00"}},
	{what: "HDT", instead: "convert it into N-Quads (hdt2rdf)", begins: []string{"$hdt"}},
	{what: "Parquet", instead: "convert it into a table with tabs", begins: []string{"par1"}},
	{what: "a document of an old Office", instead: "save it as .xlsx, or as text", begins: []string{"\xd0\xcf\x11\xe0"}},
	{what: "a 7-Zip archive", instead: "unpack it", begins: []string{"7z\xbc\xaf\x27\x1c"}},
	{what: "a RAR archive", instead: "unpack it", begins: []string{"rar!\x1a\x07"}},
}

var (
	xmlBegins   = []string{"<?xml", "<rdf:rdf", "<!doctype rdf", "<!doctype owl", "<error", "<ontology", "<graphml"}
	xmlEndings  = []string{".rdf", ".owl", ".xml"}
	jsonBegins  = []string{`{"`, `[{"`}
	jsonEndings = []string{".jsonld", ".json", ".jsonl", ".yaml", ".yml"} // YAML is more than JSON
)

// nameIt says what to do with a file whose name should have an ending. What no format
// of that ending reads becomes something else first.
func nameIt(ending string) string {
	name := "FILE" + ending
	if !isSeed(name) && !compression.IsArchive(name) && Instead(name) != "" {
		return Instead(name)
	}
	return "name it " + ending
}

// sniffed is how many bytes of a file tell what it holds.
const sniffed = 4096

// misnamed says what a file holds by its first bytes, and what to do, if its name
// says otherwise.
func misnamed(name string, begin []byte) (rule Rule, message string) {
	if what := foreignEncoding(begin); what != "" {
		return RuleEncoding, what
	}
	lower := bytes.Clone(begin)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] += 'a' - 'A'
		}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(lower, []byte("\ufeff")), " \t\r\n")
	if bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("[")) {
		text = bytes.Join(bytes.Fields(text[:min(len(text), 200)]), nil) // however it is laid out
	}
	ending := path.Ext(compression.Trim(strings.ToLower(name)))
	for _, c := range contents {
		fits := slices.ContainsFunc(c.begins, func(begin string) bool { return bytes.HasPrefix(text, []byte(begin)) })
		if !fits || !bytes.Contains(lower, []byte(c.has)) {
			continue
		}
		if slices.Contains(c.of, ending) {
			return "", ""
		}
		instead := c.instead
		if c.name != "" {
			instead = nameIt(c.name)
		}
		return RuleWrongContent, "the file is " + c.what + ": " + instead
	}
	if bytes.HasPrefix(begin[min(len(begin), 257):], []byte("ustar")) {
		return RuleWrongContent, "the file is a tar archive: " + nameIt(".tar")
	}
	controls := 0
	for _, c := range begin {
		if c < ' ' && !strings.ContainsRune("\t\n\v\f\r", rune(c)) {
			controls++
		}
	}
	if ending != ".xlsx" && len(begin) > 64 && controls > len(begin)/10 {
		return RuleWrongContent, "the file is no text: copy or download it again"
	}
	return "", ""
}

// unfitError is the error of a file that holds something else than its name says.
type unfitError struct {
	rule    Rule
	message string
}

func (e *unfitError) Error() string { return e.message }

// content is what a file holds, uncompressed.
type content struct {
	io.Reader
	io.Closer

	blank bool // it holds nothing but white space
}

// content opens a file. What its first bytes tell is an [*unfitError].
func (f file) content() (*content, error) {
	r, err := f.open()
	if err != nil {
		return nil, err
	}
	uncompressed, err := compression.NewReader(f.path, r)
	if err != nil {
		_ = r.Close()
		return nil, err
	}
	buffered := bufio.NewReaderSize(uncompressed, 1<<16)
	begin, err := buffered.Peek(sniffed) // an error is met again where it is read
	if rule, message := misnamed(f.path, begin); rule != "" {
		_ = r.Close()
		return nil, &unfitError{rule, message}
	}
	return &content{buffered, r, errors.Is(err, io.EOF) && len(bytes.TrimSpace(begin)) == 0}, nil
}

// empty warns of a file that holds nothing.
func (p *problems) empty(f file) {
	p.add(place{file: f.name}, RuleEmptyFile, "if something should be in it, copy or download it again", "the file is empty")
}

// unread adds to the problems that a file is compressed and cut off or
// damaged, or something else than its name says; any other error is returned, with
// the name of the file.
func (p *problems) unread(f file, lines int, err error) error {
	unfit := (*unfitError)(nil)
	plain, damaged, expands := (*compression.NotCompressedError)(nil), (*compression.DamagedError)(nil), (*compression.ExpandsError)(nil)
	window := (*compression.WindowError)(nil)
	switch {
	case errors.As(err, &unfit):
		p.add(place{f.name, 1, 1}, unfit.rule, "", "%s", unfit.message)
	case errors.As(err, &plain):
		message := plain.Error()
		if _, what := misnamed(compression.Trim(f.path), plain.Begin); what != "" {
			message = fmt.Sprintf("the name ends in %s, but %s", plain.Compression.Ending, what)
		}
		p.add(place{file: f.name}, RuleCutOff, "", "%s", message)
	case errors.As(err, &expands):
		p.add(place{file: f.name, line: lines}, RuleFileSize, "", "%v", expands)
	case errors.As(err, &window):
		p.add(place{file: f.name, line: lines}, RuleFileSize, "", "%v", window)
	case errors.As(err, &damaged):
		read := ""
		if lines > 0 {
			read = fmt.Sprintf("; %s of it could be read", counted(lines, "line"))
		}
		p.add(place{file: f.name, line: lines}, RuleCutOff, "", "%v%s", damaged, read)
	default:
		return fmt.Errorf("%s: %w", f.name, cause(err))
	}
	return nil
}
