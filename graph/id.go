package graph

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// ID names one thing for the people and programs outside: a slug
// (facial-twitching), a CURIE (DOID:12506) or, where no prefix is known for
// it, a full IRI. Concepts, statements, articles, sections and sources share
// one space of ids.
type ID string

// The namespaces that slugs and statement ids expand into.
const (
	// ConceptBase is the namespace of slugs: concepts, articles, sections and
	// sources.
	ConceptBase = "https://kg.example/id/"
	// StatementBase is the namespace of statement ids (st-…).
	StatementBase = "https://kg.example/statement/"
	// StatementPrefix begins every statement id that Plexus derives.
	StatementPrefix = "st-"
)

// The namespaces of the vocabularies that the graph itself is written in.
// Every set of [Prefixes] has them, but for OWL, OBO and Biolink, which are read.
const (
	SchemaOrg = "https://schema.org/"
	SKOS      = "http://www.w3.org/2004/02/skos/core#"
	RDF       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	RDFS      = "http://www.w3.org/2000/01/rdf-schema#"
	XSD       = "http://www.w3.org/2001/XMLSchema#"
	PROV      = "http://www.w3.org/ns/prov#"
	OWL       = "http://www.w3.org/2002/07/owl#"
	OBO       = "http://purl.obolibrary.org/obo/"
	Biolink   = "https://w3id.org/biolink/vocab/"
	// KG is the namespace of the words that the others lack.
	KG = "https://kg.example/vocab#"
)

// Prefixes is the prefix map of a data set: how CURIEs expand into IRIs and
// IRIs shorten into CURIEs. The zero value knows no prefix; [NewPrefixes]
// starts from the vocabularies of the graph. A Prefixes is immutable.
type Prefixes struct {
	names  []string          // sorted
	byName map[string]string // prefix → namespace
	byLen  []namespace       // by falling length, then by prefix
}

// NewPrefixes returns the vocabularies of the graph (schema, skos, rdf, rdfs,
// xsd, prov, kg) and the given ones, which map a prefix to its namespace and
// win where both name the same prefix.
func NewPrefixes(more map[string]string) Prefixes {
	all := map[string]string{
		"schema": SchemaOrg, "skos": SKOS, "rdf": RDF, "rdfs": RDFS,
		"xsd": XSD, "prov": PROV, "kg": KG,
	}
	maps.Copy(all, more)
	p := Prefixes{byName: all, names: slices.Sorted(maps.Keys(all))}
	for _, prefix := range p.names {
		n := namespace{iri: all[prefix], prefix: prefix + ":"}
		if v, _, known := VocabularyOf(ID(n.prefix)); known && v.Prefix != prefix {
			n.synonym = 1
		}
		p.byLen = append(p.byLen, n)
	}
	slices.SortStableFunc(p.byLen, func(a, b namespace) int {
		return cmp.Or(cmp.Compare(len(b.iri), len(a.iri)), cmp.Compare(a.synonym, b.synonym))
	})
	return p
}

// namespace is what IRIs begin with, and CURIEs instead.
type namespace struct {
	iri, prefix string
	synonym     int // 1 for a prefix that its vocabulary is usually not written with
}

// Names returns the prefixes in alphabetical order.
func (p Prefixes) Names() []string { return slices.Clone(p.names) }

// InOrder returns the prefixes in the order in which Compact tries them.
func (p Prefixes) InOrder() []string {
	names := make([]string, len(p.byLen))
	for i := range p.byLen {
		names[i] = strings.TrimSuffix(p.byLen[i].prefix, ":")
	}
	return names
}

// Namespace returns the IRI that a prefix stands for.
func (p Prefixes) Namespace(prefix string) (string, bool) {
	ns, ok := p.byName[prefix]
	return ns, ok
}

// Expand returns the full IRI of an id: a slug under [ConceptBase], a
// statement id under [StatementBase], a CURIE by its prefix. An id that is an
// IRI already, a blank node or a CURIE of an unknown prefix is returned as it
// is.
func (p Prefixes) Expand(id ID) string {
	s := string(id)
	prefix, local, found := strings.Cut(s, ":")
	switch {
	case found && strings.HasPrefix(local, "//"), found && prefix == "_":
		return s
	case found:
		if ns, ok := p.byName[prefix]; ok {
			return ns + local
		}
		return s
	case IsStatementID(s):
		return StatementBase + s
	default:
		return ConceptBase + s
	}
}

// Compact is the inverse of Expand: the slug, the statement id or the CURIE
// of an IRI, or the IRI itself where no prefix fits. Of several prefixes that
// fit, the longest namespace wins, then the usual prefix of its vocabulary
// ([VocabularyOf]), then the alphabet.
func (p Prefixes) Compact(iri string) ID {
	if local, ok := strings.CutPrefix(iri, ConceptBase); ok && IsSlug(local) && !IsStatementID(local) {
		return ID(local)
	}
	if local, ok := strings.CutPrefix(iri, StatementBase); ok && IsStatementID(local) {
		return ID(local)
	}
	for i := range p.byLen {
		n := &p.byLen[i]
		// Namespaces of any length begin alike; few end in the same place.
		if at := len(n.iri) - 1; at >= len(iri) || at >= 0 && iri[at] != n.iri[at] {
			continue
		}
		if local, ok := strings.CutPrefix(iri, n.iri); ok && local != "" && !strings.HasPrefix(local, "//") {
			return ID(n.prefix + local)
		}
	}
	return ID(iri)
}

// IsSlug reports whether s can be an id of ours: lower-case letters and
// digits, in words joined by single hyphens.
func IsSlug(s string) bool {
	if s == "" || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == '-' && s[i-1] != '-':
		default:
			return false
		}
	}
	return true
}

// Slug makes an id of a text: empty where nothing is left.
func Slug(s string) string {
	const longest = 80
	var out strings.Builder
	gap := false
	for _, r := range strings.ToLower(s) {
		switch {
		case out.Len() >= longest:
			return out.String()
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(r)
		case r == '\'' || r == '’': // Bell's → bells
		default:
			gap = true
		}
	}
	return out.String()
}

// IsStatementID reports whether s has the form of a statement id that Plexus
// derives: "st-" and 16 characters of lower-case base32 (RFC 4648).
func IsStatementID(s string) bool {
	rest, ok := strings.CutPrefix(s, StatementPrefix)
	if !ok || len(rest) != 16 {
		return false
	}
	for i := range len(rest) {
		if c := rest[i]; (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// IsCURIE reports whether s reads as prefix:local, with a prefix of letters,
// digits, dots, hyphens and underscores that begins with a letter. A full IRI
// (https://…) and a blank node (_:b0) are none.
func IsCURIE(s string) bool {
	prefix, local, found := strings.Cut(s, ":")
	if !found || prefix == "" || local == "" || strings.HasPrefix(local, "//") || strings.ContainsAny(s, " \t\r\n<>\"") {
		return false
	}
	for i := range len(prefix) {
		c := prefix[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '.' && c != '-' && c != '_') {
			return false
		}
	}
	return true
}
