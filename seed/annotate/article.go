package annotate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Article is a text that was read.
type Article struct {
	// File is the name of its file.
	File string
	// Name is its title; URL, Language, Publisher, Authors, Published and Reviewed
	// are what the file itself says, empty where it does not.
	Name, URL, Language, Publisher string
	Authors                        []string
	Published, Reviewed            string // days, such as 2026-11-30
	// Text is what places count in: of text and Markdown the file, of HTML what was
	// read of it, a line for each paragraph.
	Text string
	// Sections begin with a heading each; what stands before the first is in none.
	Sections []Section
	// Sentences stand in the order of the text, headings among them.
	Sentences []Sentence

	plain  string // Text with spaces where it has markup
	blocks []block
}

// Section is a part of an article under a heading.
type Section struct {
	Heading string
	// First and End are its sentences, without the heading; End is not one of them.
	First, End int
	heading    int // its sentence
}

// Sentence is a sentence of an article.
type Sentence struct {
	// Locator is L, its line, S, and its number among those that begin in the line.
	Locator string
	// Start and End are where it stands in Text, in bytes.
	Start, End int
	IsHeading  bool
	// Section is where it stands in Sections, -1 for none.
	Section int
}

// block is a paragraph, an entry of a list, a cell or a heading.
type block struct {
	start, end int // in bytes
	level      int // of a heading: 1 is the title; 0 is none
	item       bool
}

// SHA256 returns the sum of the text, in hexadecimal digits.
func (a *Article) SHA256() string {
	sum := sha256.Sum256([]byte(a.Text))
	return hex.EncodeToString(sum[:])
}

// ErrNoText is the error of a file without a sentence.
var ErrNoText = errors.New("there is no text in it")

// Read reads an article from the content of a file, by the ending of its name:
// Markdown (.md, .markdown), HTML (.html, .htm, .xhtml), and text, whatever its name.
func Read(name string, content []byte) (*Article, error) {
	ending := strings.ToLower(filepath.Ext(name))
	switch ending {
	case ".pdf", ".docx", ".doc", ".odt", ".rtf", ".epub":
		return nil, fmt.Errorf("%s is not read: save it as text, Markdown or HTML", ending)
	}
	if !utf8.Valid(content) && ending != ".html" && ending != ".htm" { // a page tells its encoding
		return nil, errors.New("it is not UTF-8: save it with that encoding")
	}
	if strings.ContainsRune(string(content), 0) {
		return nil, errors.New("it is no text: save it as text, Markdown or HTML")
	}
	a := &Article{File: name}
	var err error
	switch ending {
	case ".md", ".markdown":
		err = a.readMarkdown(content)
	case ".html", ".htm", ".xhtml":
		err = a.readHTML(content)
	default:
		a.readText(string(content))
	}
	if err != nil {
		return nil, err
	}
	a.cut()
	if len(a.Sentences) == 0 {
		return nil, ErrNoText
	}
	if a.Name == "" {
		a.Name = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	return a, nil
}

// Words of a text that was wrapped: lines of its full width go on in the next.
const (
	leastWidth = 60
	mostWidth  = 100
	ragged     = 8
)

// readText finds paragraphs and headings of plain text.
func (a *Article) readText(text string) {
	a.Text, a.plain = text, text
	type line struct{ start, end int }
	var lines []line
	width := 0
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		l := line{at, at + end}
		at += end + 1
		for l.end > l.start && isBlank(text[l.end-1]) {
			l.end--
		}
		for l.start < l.end && isBlank(text[l.start]) {
			l.start++
		}
		width = max(width, utf8.RuneCountInString(text[l.start:l.end]))
		lines = append(lines, l)
	}
	wrapped := width >= leastWidth && width <= mostWidth
	goesOn := func(l, next line) bool {
		if !wrapped || next.start == next.end || isItem(text[next.start:next.end]) {
			return false
		}
		word, _, _ := strings.Cut(text[next.start:next.end], " ")
		r, _ := utf8.DecodeRuneInString(word)
		return unicode.IsLower(r) || utf8.RuneCountInString(text[l.start:l.end])+1+utf8.RuneCountInString(word) > width-ragged
	}
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if !hasLetter(text[l.start:l.end]) {
			continue
		}
		for i+1 < len(lines) && goesOn(lines[i], lines[i+1]) {
			i++
			l.end = lines[i].end
		}
		a.blocks = append(a.blocks, block{start: l.start, end: l.end, item: isItem(text[l.start:l.end])})
	}
	a.findHeadings()
}

// findHeadings takes for headings short lines without an end of a sentence before a
// paragraph: at most two in a row, since more are a list.
func (a *Article) findHeadings() {
	looks := func(b block) bool {
		text := strings.TrimLeft(a.Text[b.start:b.end], "# ")
		first, _ := utf8.DecodeRuneInString(text)
		last, _ := utf8.DecodeLastRuneInString(text)
		return !b.item && utf8.RuneCountInString(text) <= 120 && !unicode.IsLower(first) && !strings.ContainsRune(".!:;,…", last) && !strings.ContainsRune(text, '\n')
	}
	for i := 0; i < len(a.blocks); {
		run := i
		for run < len(a.blocks) && looks(a.blocks[run]) {
			run++
		}
		for j := i; j < run; j++ {
			if run < len(a.blocks) && (j-i < 2 || run-i == 3) || run == len(a.blocks) && j == i && run-i > 1 {
				a.blocks[j].level = 2
			}
		}
		i = max(run, i+1)
	}
	if len(a.blocks) > 0 && a.blocks[0].level > 0 {
		a.blocks[0].level = 1
		a.Name = oneLine(a.Text[a.blocks[0].start:a.blocks[0].end])
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// isItem reports whether a line is an entry of a list.
func isItem(line string) bool {
	marker, _, more := strings.Cut(line, " ")
	switch marker {
	case "-", "*", "+", "•", "–", "·", "o":
		return more
	}
	number := strings.TrimRight(marker, ".)")
	return more && number != marker && number != "" && strings.Trim(number, "0123456789") == ""
}

// oneLine returns a text with single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// cut cuts the blocks into sentences, and these into sections.
func (a *Article) cut() {
	line, at, last, number := 1, 0, 0, 0
	slices.SortStableFunc(a.blocks, func(a, b block) int { return cmp.Compare(a.start, b.start) })
	for _, b := range a.blocks {
		for _, s := range sentences(a.plain, b.start, b.end) {
			if s[0] < at { // within a block that was read
				continue
			}
			line += strings.Count(a.Text[at:s[0]], "\n")
			at = s[0]
			if line != last {
				last, number = line, 0
			}
			number++
			a.add(b, Sentence{Locator: fmt.Sprintf("L%d.S%d", line, number), Start: s[0], End: s[1]})
		}
	}
	kept := a.Sections[:0]
	number = 0
	place := make([]int, len(a.Sections)) // of sections that are kept
	for i, s := range a.Sections {
		place[i] = -1
		if s.First < s.End {
			place[i] = number
			number++
			kept = append(kept, s)
		}
	}
	a.Sections = kept
	for i := range a.Sentences {
		if s := &a.Sentences[i]; s.Section >= 0 {
			s.Section = place[s.Section]
		}
	}
}

// add adds a sentence.
func (a *Article) add(b block, s Sentence) {
	s.IsHeading = b.level > 0
	if n := len(a.Sections); b.level > 1 {
		if n > 0 && a.Sections[n-1].heading == len(a.Sentences)-1 && s.Start < b.end && a.Sentences[len(a.Sentences)-1].Start >= b.start {
			a.Sections[n-1].heading++ // the same heading goes on
			a.Sections[n-1].First++
			a.Sections[n-1].End++
		} else {
			at := len(a.Sentences)
			a.Sections = append(a.Sections, Section{Heading: oneLine(a.plain[b.start:b.end]), First: at + 1, End: at + 1, heading: at})
		}
	}
	s.Section = len(a.Sections) - 1
	a.Sentences = append(a.Sentences, s)
	if s.Section >= 0 && b.level == 0 {
		a.Sections[s.Section].End = len(a.Sentences)
	}
}
