// Package schemaorg knows schema.org as pages of the web have it: its words, its
// JSON-LD contexts, and what it writes otherwise than the graph does.
package schemaorg

import (
	_ "embed"
	"net/url"
	"strings"
	"sync"

	"github.com/plexus-kg/plexus/graph"
)

// Role is how a word is used. A word has one.
type Role string

// The roles.
const (
	Class    Role = "class"    // of things: MedicalCondition
	Property Role = "property" // of a thing: drugClass
	Value    Role = "value"    // that a property may have: Neurologic
)

//go:embed words.txt
var wordList string

type vocabulary struct {
	roles map[string]Role
	names map[Role][]string
	links []string // properties whose values are IRIs
}

var words = sync.OnceValue(func() vocabulary {
	v := vocabulary{roles: map[string]Role{}, names: map[Role][]string{}}
	for line := range strings.Lines(wordList) {
		role, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch role {
		case "#":
			continue
		case "link":
			role = string(Property)
			v.links = append(v.links, name)
		}
		v.roles[name] = Role(role)
		v.names[Role(role)] = append(v.names[Role(role)], name)
	}
	return v
})

// RoleOf returns how a word of schema.org is used, by its name without namespace;
// nothing for what is no word of it.
func RoleOf(name string) Role { return words().roles[name] }

// Names lists the words of a role, in alphabetical order.
func Names(role Role) []string { return words().names[role] }

// IsContext reports whether an address is one of those at which schema.org
// publishes its JSON-LD context.
func IsContext(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	at := strings.ToLower(u.Host + u.Path) // without a scheme the host is in the path
	host, path, _ := strings.Cut(at, "/")
	if host != "schema.org" && !strings.HasSuffix(host, ".schema.org") {
		return false
	}
	return path == "" || strings.HasPrefix(path, "docs/jsonldcontext") || strings.HasSuffix(path, "schemaorgcontext.jsonld")
}

// Context returns the JSON-LD context of schema.org, such that its words have the
// namespace that the graph knows them by.
func Context() map[string]any {
	context := map[string]any{
		"@vocab": graph.SchemaOrg, "schema": graph.SchemaOrg, "type": "@type", "id": "@id",
		"rdf": graph.RDF, "rdfs": graph.RDFS, "xsd": graph.XSD, "skos": graph.SKOS, "owl": graph.OWL, "prov": graph.PROV,
		"dc": "http://purl.org/dc/elements/1.1/", "dct": "http://purl.org/dc/terms/", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
	}
	for _, name := range words().links {
		context[name] = map[string]any{"@id": graph.SchemaOrg + name, "@type": "@id"}
	}
	return map[string]any{"@context": context}
}
