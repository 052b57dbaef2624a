// Package schema is the GraphQL schema that clients see.
//
// The SDL files that are embedded here are the only description of it: gqlgen
// generates package gen from them, the command prints them, the playground shows
// them. concept.graphqls is itself written from internal/expand/concept.graphqls,
// because GraphQL cannot say once that every kind of concept has the same fields.
//
// Two files are not what clients see. federation.graphqls is what routers of
// Apollo Federation ask besides; released.graphqls is the schema as it was last
// released, with which the tests compare this one.
//
// After a change of any of them run
//
//	go generate ./schema
//
// A new file goes into the list below, and into that of gqlgen.yml.
package schema

import (
	"embed"
	"io/fs"
	"regexp"
	"strings"
	"sync"
)

//go:generate go run ./internal/expand
//go:generate go -C .. tool gqlgen generate

//go:embed concept.graphqls find.graphqls query.graphqls source.graphqls statement.graphqls
var files embed.FS

// SDL returns the whole schema in GraphQL's schema definition language, file
// after file in alphabetical order: what clients compile against.
func SDL() string {
	names, err := fs.Glob(files, "*.graphqls")
	if err != nil {
		panic(err) // the pattern is wrong: a fault of this line
	}
	var sdl strings.Builder
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err) // embedded by this package
		}
		if sdl.Len() > 0 {
			sdl.WriteByte('\n')
		}
		sdl.Write(text)
	}
	return sdl.String()
}

// link imports what Subgraph uses. Keys of interfaces came with version 2.3.
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
`

var (
	entity = regexp.MustCompile(`(?m)^(?:type \w+|interface Concept) implements Node[^{]*`)
	shared = regexp.MustCompile(`(?m)^type PageInfo `)
)

// Subgraph returns SDL with the directives of Apollo Federation, which whoever
// does not care for it need not see: all that has an id can be referred to by it
// from other subgraphs, and PageInfo is in every one that has lists.
var Subgraph = sync.OnceValue(func() string {
	sdl := entity.ReplaceAllString(SDL(), `$0@key(fields: "id") `)
	return link + "\n" + shared.ReplaceAllString(sdl, `$0@shareable `)
})
