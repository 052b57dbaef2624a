package columns

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// rows gives the rows of a table that are not blank, at last io.EOF.
type rows interface {
	next() ([]string, error) // valid until the next call
	line() int               // of the row before
	close() error
}

// maxLine is what one line may hold, in bytes.
const maxLine = 1 << 20

// maxSheet is how large a workbook may become, in bytes: it is unpacked, the large
// sheets of it onto the disk.
const maxSheet = 2 << 30

// open opens a table by the ending of its name.
func (t *Table) open(file string, r io.Reader) (rows, error) {
	ending := strings.ToLower(path.Ext(file))
	if ending == ".xlsx" {
		return openSheet(r, t.Sheet)
	}
	buffered := bufio.NewReaderSize(r, 1<<16)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = buffered.Discard(3)
	}
	separator := t.Separator
	switch {
	case separator != "":
	case ending == ".csv":
		separator = likeliest(buffered)
	case ending == ".rrf":
		separator = "|"
	default:
		separator = "\t"
	}
	if separator == "," || separator == ";" {
		c := csv.NewReader(buffered)
		c.Comma, c.FieldsPerRecord, c.ReuseRecord = rune(separator[0]), -1, true
		return &quoted{c, 0}, nil
	}
	lines := bufio.NewScanner(buffered)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	return &plain{lines: lines, separator: separator}, nil
}

// likeliest returns the separator that the first line has most of.
func likeliest(r *bufio.Reader) string {
	begin, _ := r.Peek(1 << 15)
	first, _, _ := strings.Cut(string(begin), "\n")
	best, most := ",", 0
	for _, s := range []string{",", ";", "\t"} {
		if n := strings.Count(first, s); n > most {
			best, most = s, n
		}
	}
	return best
}

// quoted are rows with texts in quotes, as Excel and RFC 4180 have them.
type quoted struct {
	*csv.Reader

	at int
}

func (q *quoted) next() ([]string, error) {
	cells, err := q.Read()
	var fault *csv.ParseError
	switch {
	case errors.As(err, &fault):
		return nil, syntax.NewMistake(syntax.Malformed, syntax.Place{Line: fault.StartLine}, "the quotes of this row do not fit: a text with quotes or separators stands in quotes, and quotes in it are doubled")
	case err != nil:
		return nil, err
	}
	q.at, _ = q.FieldPos(0)
	return cells, checkText(cells, q.at)
}

func (q *quoted) line() int    { return q.at }
func (q *quoted) close() error { return nil }

// plain are rows without quotes.
type plain struct {
	lines     *bufio.Scanner
	separator string
	at        int
}

func (p *plain) next() ([]string, error) {
	for p.lines.Scan() {
		p.at++
		if line := strings.TrimSuffix(p.lines.Text(), "\r"); strings.TrimSpace(line) != "" {
			cells := strings.Split(line, p.separator)
			return cells, checkText(cells, p.at)
		}
	}
	if errors.Is(p.lines.Err(), bufio.ErrTooLong) {
		return nil, syntax.NewMistake(syntax.LongLine, syntax.Place{Line: p.at + 1}, "a line of more than %d MiB: the rest of the file is not read", maxLine>>20)
	}
	if err := p.lines.Err(); err != nil {
		return nil, err
	}
	return nil, io.EOF
}

func (p *plain) line() int    { return p.at }
func (p *plain) close() error { return nil }

func checkText(cells []string, line int) error {
	for _, c := range cells {
		if !utf8.ValidString(c) || strings.IndexByte(c, 0) >= 0 {
			return syntax.NewMistake(syntax.Encoding, syntax.Place{Line: line}, "the row is not UTF-8: save the table as UTF-8; the rest of the file is not read")
		}
	}
	return nil
}

// sheet are the rows of a workbook, with numbers as they are kept and not as they
// are shown.
type sheet struct {
	book *excelize.File
	rows *excelize.Rows
	at   int
}

func openSheet(r io.Reader, name string) (rows, error) {
	book, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxSheet})
	if err != nil {
		return nil, syntax.NewMistake(syntax.Malformed, syntax.Place{}, "not a workbook that can be read: save it as .xlsx without a password")
	}
	all := book.GetSheetList()
	if name == "" && len(all) > 0 {
		name = all[0]
	}
	found, err := book.Rows(name)
	if err != nil {
		_ = book.Close()
		return nil, syntax.NewMistake(syntax.UnknownKey, syntax.Place{}, "the workbook has no sheet %q: it has %s", name, strings.Join(all, ", "))
	}
	return &sheet{book: book, rows: found}, nil
}

func (s *sheet) next() ([]string, error) {
	for s.rows.Next() {
		s.at++
		cells, err := s.rows.Columns()
		if err != nil {
			return nil, syntax.NewMistake(syntax.Malformed, syntax.Place{Line: s.at}, "the workbook is damaged here: save it anew")
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			return cells, nil
		}
	}
	if s.rows.Error() != nil {
		return nil, syntax.NewMistake(syntax.Malformed, syntax.Place{Line: s.at}, "the workbook is damaged here: save it anew")
	}
	return nil, io.EOF
}

func (s *sheet) line() int { return s.at }

func (s *sheet) close() error { return errors.Join(s.rows.Close(), s.book.Close()) }
