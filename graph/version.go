package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strconv"
	"strings"
)

// JoinRules is the number of the rules by which package join joins: by others, the
// same data has other concepts, and another version.
const JoinRules = 2

// Digest names exactly what a statement says: the first 8 characters of the lower-case
// base32 of a SHA-256 over every field, as [Dataset.Version] takes it.
func (s *Statement) Digest() string {
	h := hasher{sum: sha256.New()}
	h.statement(s)
	h.flush()
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.sum.Sum(nil))[:8])
}

// Version returns the name of exactly this content: the first 16 characters
// of the lower-case base32 of a SHA-256 over every field in canonical order.
// The data set must be normalized.
func (d *Dataset) Version() string {
	h := hasher{buf: make([]byte, 0, 64<<10), sum: sha256.New()}
	h.count(len(d.Prefixes.names))
	for _, prefix := range d.Prefixes.names {
		h.text(prefix, d.Prefixes.byName[prefix])
	}
	h.count(len(d.Sources))
	for i := range d.Sources {
		h.source(&d.Sources[i])
	}
	h.count(len(d.Articles))
	for i := range d.Articles {
		h.source(&d.Articles[i].Source)
		h.count(len(d.Articles[i].Sections))
		for _, s := range d.Articles[i].Sections {
			h.text(string(s.ID), s.IRI, s.Heading, s.Summary)
		}
	}
	h.count(len(d.Concepts))
	for i := range d.Concepts {
		h.concept(&d.Concepts[i])
	}
	h.count(len(d.Statements))
	for i := range d.Statements {
		h.statement(&d.Statements[i])
	}
	h.count(len(d.Predicates))
	for _, p := range d.Predicates {
		h.text(string(p.ID), p.IRI, p.Name, p.Inverse, p.Description)
		h.kinds(p.Domain)
		h.kinds(p.Range)
		h.flags(p.Text, p.SameKind, p.Symmetric, p.Mapping, p.Hedged, p.Caution)
	}
	if len(d.Types) > 0 { // without any, the version is that of the days before them
		h.count(len(d.Types))
		for _, t := range d.Types {
			h.text(string(t.ID), t.IRI, t.Name, t.Description, string(t.SubClassOf))
		}
	}
	h.flush()
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.sum.Sum(nil))[:16])
}

// hasher feeds fields to a hash, each with its length before it, so that no
// two contents feed the same bytes.
type hasher struct {
	buf []byte
	sum interface {
		Write([]byte) (int, error)
		Sum([]byte) []byte
	}
}

func (h *hasher) flush() {
	_, _ = h.sum.Write(h.buf)
	h.buf = h.buf[:0]
}

func (h *hasher) count(n int) {
	if len(h.buf) > 32<<10 {
		h.flush()
	}
	h.buf = binary.AppendUvarint(h.buf, uint64(n))
}

// text is called for every field of every thing: most are empty or short, and
// their lengths a byte.
func (h *hasher) text(texts ...string) {
	buf := h.buf
	for _, s := range texts {
		if len(s) < 0x80 {
			buf = append(buf, byte(len(s)))
		} else {
			buf = binary.AppendUvarint(buf, uint64(len(s)))
		}
		buf = append(buf, s...)
	}
	if h.buf = buf; len(buf) > 32<<10 {
		h.flush()
	}
}

func (h *hasher) ids(ids []ID) {
	h.count(len(ids))
	for _, id := range ids {
		h.text(string(id))
	}
}

func (h *hasher) texts(ts []Text) {
	h.count(len(ts))
	for _, t := range ts {
		h.text(t.Text, t.Language)
	}
}

func (h *hasher) kinds(kinds []Kind) {
	h.count(len(kinds))
	for _, k := range kinds {
		h.count(int(k))
	}
}

func (h *hasher) flags(flags ...bool) {
	for _, set := range flags {
		n := 0
		if set {
			n = 1
		}
		h.count(n)
	}
}

func (h *hasher) value(v Value) { h.text(v.Text, v.Language, string(v.Datatype)) }

func (h *hasher) properties(ps []Property) {
	h.count(len(ps))
	for _, p := range ps {
		h.text(string(p.Predicate))
		h.value(p.Value)
	}
}

func (h *hasher) source(s *Source) {
	h.text(string(s.ID), s.IRI, s.Name)
	h.count(int(s.Kind))
	h.count(len(s.Authors))
	h.text(s.Authors...)
	for d := range NumSourceDetails {
		if said := s.Detail(d); said != "" {
			h.text(sourceDetails[d].Name, said)
		}
	}
	h.text("")
}

func (h *hasher) concept(c *Concept) {
	h.text(string(c.ID), c.IRI, c.Note)
	h.ids(c.Types)
	h.texts(c.Names)
	h.texts(c.Descriptions)
	h.count(len(c.Synonyms))
	for _, s := range c.Synonyms {
		h.text(s.Text, s.Language, string(s.Scope), s.Via)
	}
	h.count(len(c.Codes))
	for _, k := range c.Codes {
		h.text(string(k.Code), string(k.Match), k.Label, k.Via)
	}
	h.ids(c.Sections)
	h.ids(c.Sources)
	h.properties(c.Properties)
	if c.Deprecated || c.ReplacedBy != "" || c.FormerIDs != nil { // without, the version is that of the days before them
		h.text("", string(c.ReplacedBy)) // no id is empty: the next concept begins otherwise
		h.flags(c.Deprecated)
		h.ids(c.FormerIDs)
	}
	if len(c.Members)+len(c.NotJoined) > 0 { // likewise
		h.text("", "\x00joined by rules "+strconv.Itoa(JoinRules))
		h.count(len(c.Members))
		for i := range c.Members {
			h.concept(&c.Members[i])
		}
		h.count(len(c.NotJoined))
		for _, other := range c.NotJoined {
			h.text(string(other.ID), string(other.Reason))
		}
	}
}

func (h *hasher) statement(s *Statement) {
	h.text(string(s.ID), s.IRI, string(s.Subject), string(s.Predicate), string(s.Object))
	h.value(s.Value)
	for q := range Qualifier(NumQualifiers) {
		if said := s.Qualifier(q); said != "" {
			h.text(qualifiers[q].Name, said)
		}
	}
	h.text("")
	h.properties(s.Properties)
}
