package seed

import (
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/token"

	"github.com/plexus-kg/plexus/graph"
)

// mapping writes the keys of one mapping. As an entry of a list its first line
// begins with a dash.
type mapping struct {
	y      *yamlWriter
	indent int
	dash   bool
}

const indentation = 2

// inner returns a mapping below this one, or an entry of a list below it.
func (m *mapping) inner(dash bool) mapping {
	indent := m.indent + indentation
	if dash {
		indent += indentation
	}
	return mapping{m.y, indent, dash}
}

// start begins a line and writes a key.
func (m *mapping) start(key string) {
	out := &m.y.out
	if m.dash {
		out.WriteString(strings.Repeat(" ", m.indent-indentation) + "- ")
		m.dash = false
	} else {
		out.WriteString(strings.Repeat(" ", m.indent))
	}
	out.WriteString(key + ":")
}

// key writes a key whose value begins on the next line.
func (m *mapping) key(key string) {
	m.start(key)
	m.y.out.WriteByte('\n')
}

// plain writes a value as it is.
func (m *mapping) plain(key, value string) {
	m.start(key)
	m.y.out.WriteString(" " + value + "\n")
}

// text writes a text that is not empty.
func (m *mapping) text(key, value string) {
	if value != "" {
		m.plain(key, scalarOf(value, m.indent+indentation))
	}
}

func (m *mapping) truth(key string, value bool) {
	if value {
		m.plain(key, "true")
	}
}

// words writes a list of short texts on one line.
func (m *mapping) words(key string, words []string) {
	if len(words) > 0 {
		m.plain(key, onOneLine(words))
	}
}

// onOneLine writes a list of short texts.
func onOneLine(words []string) string {
	entries := make([]string, len(words))
	for i, w := range words {
		if entries[i] = quoted(w); isPlain(w) && !strings.ContainsAny(w, ",[]{}:") {
			entries[i] = w
		}
	}
	return "[" + strings.Join(entries, ", ") + "]"
}

// entry writes an entry of a list of texts.
func (m *mapping) entry(text string) {
	m.y.out.WriteString(strings.Repeat(" ", m.indent+indentation) + "- " + scalarOf(text, m.indent+2*indentation) + "\n")
}

// texts writes texts of several languages, or one in that of the data set.
func (m *mapping) texts(key, keys string, texts []graph.Text) {
	switch {
	case len(texts) == 1 && texts[0].Language == m.y.language:
		m.text(key, texts[0].Text)
	case len(texts) > 0:
		m.mapping(keys, func(m *mapping) {
			for _, t := range texts {
				m.text(t.Language, t.Text)
			}
		})
	}
}

func (m *mapping) mapping(key string, write func(*mapping)) {
	m.key(key)
	inner := m.inner(false)
	write(&inner)
}

// each writes a list of mappings.
func each[T any](m *mapping, key string, list []T, write func(*mapping, *T)) {
	if len(list) == 0 {
		return
	}
	m.key(key)
	for i := range list {
		entry := m.inner(true)
		write(&entry, &list[i])
	}
}

// width is where a long text is folded.
const width = 100

// scalarOf writes a text: as it is, folded if it is long, or in quotes if it
// would be read as something else.
func scalarOf(s string, indent int) string {
	switch {
	case !isPrintable(s) || strings.TrimSpace(s) != s || s == "":
		return quoted(s)
	case len(s) > width && !strings.Contains(s, "  "):
		return fold(s, indent)
	case isPlain(s):
		return s
	default:
		return quoted(s)
	}
}

// fold writes a text in lines (>-), which are read as one.
func fold(s string, indent int) string {
	var out strings.Builder
	out.WriteString(">-")
	column := width
	for word := range strings.SplitSeq(s, " ") {
		if column+len(word) >= width {
			out.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		} else {
			out.WriteByte(' ')
		}
		out.WriteString(word)
		column += len(word) + 1
	}
	return out.String()
}

// isPlain reports whether a text needs no quotes.
func isPlain(s string) bool {
	first := []rune(s + " ")[0]
	return isPrintable(s) && (unicode.IsLetter(first) || unicode.IsDigit(first)) && !token.IsNeedQuoted(s) && !strings.Contains(s, ": ")
}

func isPrintable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// quoted writes a text in double quotes, with escapes for what is not printable.
func quoted(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case unicode.IsPrint(r):
			out.WriteRune(r)
		case r < 0x10000:
			out.WriteString(`\u`)
			hex(&out, r, 4)
		default:
			out.WriteString(`\U`)
			hex(&out, r, 8)
		}
	}
	out.WriteByte('"')
	return out.String()
}

func hex(out *strings.Builder, r rune, digits int) {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		out.WriteByte("0123456789abcdef"[r>>shift&0xf])
	}
}
