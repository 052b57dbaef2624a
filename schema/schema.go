// Package schema is the GraphQL schema that clients see.
//
// The SDL files beside this one are the only description of it: gqlgen
// generates package gen from them, the command prints them, the playground
// shows them. concept.graphqls is itself written from
// internal/expand/concept.graphqls, because GraphQL cannot say once that every
// kind of concept has the same fields.
//
// After a change of any of them run
//
//	go generate ./schema
package schema

import (
	"embed"
	"io/fs"
	"strings"
)

//go:generate go run ./internal/expand
//go:generate go -C .. tool gqlgen generate

//go:embed *.graphqls
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
