package seed

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// What is asked of the bytes of a file before anything parses them.

// foreignEncoding says what data is that begins like something else than
// UTF-8, and what to do; nothing for what may be UTF-8.
func foreignEncoding(data []byte) string {
	begins := func(with string) bool { return bytes.HasPrefix(data, []byte(with)) }
	switch {
	case begins("\xff\xfe\x00\x00"), begins("\x00\x00\xfe\xff"):
		return "UTF-32 text: save it as UTF-8"
	case begins("\xff\xfe"), begins("\xfe\xff"),
		// Without a mark, every other byte of Latin letters is nought.
		len(data) >= 4 && data[0] != 0 && data[1] == 0 && data[2] != 0 && data[3] == 0,
		len(data) >= 4 && data[0] == 0 && data[1] != 0 && data[2] == 0 && data[3] != 0:
		return "UTF-16 text: save it as UTF-8"
	default:
		return ""
	}
}

// unseen returns where a character stands that some editors do not show, or
// take for something else, so that reviewers would not see the same text: line
// breaks that not everyone knows, marks that turn text round
// (https://trojansource.codes), and what is no character at all.
func unseen(data []byte) (at int, what string) {
	for i, r := range string(data) {
		if r < 0x80 {
			continue
		}
		switch {
		case r < 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff, r == 0xfffe, r == 0xffff,
			r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return i, fmt.Sprintf("the invisible character U+%04X (where it is meant, write \"\\u%04X\" in double quotes)", r, r)
		}
	}
	return 0, ""
}

// lineColumn returns the line and column, in characters, of a byte. A line ends
// with LF, CR LF or CR.
func lineColumn(data []byte, at int) (line, column int) {
	line, start := 1, 0
	for i, c := range data[:at] {
		if c == '\n' || c == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			line, start = line+1, i+1
		}
	}
	return line, 1 + utf8.RuneCount(data[start:at])
}

// conflict returns the line at which version control has left both sides of a
// change, or 0.
func conflict(data []byte) int {
	const mark = "<<<<<<< "
	at := 0
	if !bytes.HasPrefix(data, []byte(mark)) {
		if at = 1 + bytes.Index(data, []byte("\n"+mark)); at == 0 {
			return 0
		}
	}
	if !bytes.Contains(data[at:], []byte("\n>>>>>>> ")) {
		return 0
	}
	line, _ := lineColumn(data, at)
	return line
}

// maxOfOne bounds the keys of a mapping and the signs of a line: the parser
// recurses from key to key, and its time grows with the square of both.
const maxOfOne = 1000

// crowdedLine returns the first line that has too many signs of YAML, or 0.
func crowdedLine(data []byte) int {
	signs := 0
	for i, c := range data {
		switch c {
		case '\n', '\r':
			signs = 0
		case '[', ']', '{', '}', ',', ':', '?', '-', '&', '*', '!', '"', '\'', '#', '|', '>', '%', '@', '`':
			if signs++; signs > maxOfOne {
				line, _ := lineColumn(data, i)
				return line
			}
		}
	}
	return 0
}
