package rdf

import (
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// resolve completes a relative IRI with the base, by RFC 3986, section 5.2. A
// full IRI stays as it is written, letter for letter: to RDF, two IRIs that
// differ are two.
func resolve(base, iri string) string {
	if base == "" || syntax.HasScheme(iri) {
		return iri
	}
	scheme, authority, path, query := splitIRI(base)
	switch {
	case strings.HasPrefix(iri, "//"):
		rest, tail := cutTail(iri[2:])
		host, p := rest, ""
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			host, p = rest[:i], rest[i:]
		}
		return scheme + "//" + host + removeDots(p) + tail
	case iri == "":
		return scheme + authority + path + query
	case iri[0] == '#':
		return scheme + authority + path + query + iri
	case iri[0] == '?':
		return scheme + authority + path + iri
	}
	rest, tail := cutTail(iri)
	if rest[0] != '/' {
		switch i := strings.LastIndexByte(path, '/'); {
		case i >= 0:
			rest = path[:i+1] + rest
		case authority != "":
			rest = "/" + rest
		}
	}
	return scheme + authority + removeDots(rest) + tail
}

// splitIRI splits a full IRI into its parts, with their marks; the fragment is
// left out.
func splitIRI(iri string) (scheme, authority, path, query string) {
	i := strings.IndexByte(iri, ':')
	scheme, path = iri[:i+1], iri[i+1:]
	path, _, _ = strings.Cut(path, "#")
	if i := strings.IndexByte(path, '?'); i >= 0 {
		path, query = path[:i], path[i:]
	}
	if strings.HasPrefix(path, "//") {
		end := len(path)
		if i := strings.IndexByte(path[2:], '/'); i >= 0 {
			end = i + 2
		}
		authority, path = path[:end], path[end:]
	}
	return scheme, authority, path, query
}

// cutTail cuts query and fragment off.
func cutTail(iri string) (rest, tail string) {
	if i := strings.IndexAny(iri, "?#"); i >= 0 {
		return iri[:i], iri[i:]
	}
	return iri, ""
}

// removeDots is remove_dot_segments of RFC 3986, section 5.2.4.
func removeDots(path string) string {
	var out []string
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		last := i == len(segments)-1
		switch segment {
		case ".":
			if last {
				out = append(out, "")
			}
		case "..":
			if len(out) > 1 || len(out) == 1 && out[0] != "" {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, segment)
		}
	}
	return strings.Join(out, "/")
}
