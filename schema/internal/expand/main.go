// Command expand writes what would otherwise be told twice:
//
//	schema/concept.graphqls, schema/statement.graphqls   from the files of the same name beside it
//	resolvers/model/qualifiers.generated.go              from the table of qualifiers (graph.Qualifier)
//	resolvers/model/linkfields.generated.go              from the link fields of concept.graphqls
//	resolvers/model/enums.generated.go                   from the list of enums in bindings.go
//
// GraphQL has no way to say that every kind of concept has the fields of the
// interface, and no way to read a table, so in the files beside it
//
//	name: LinkConnection! @links   gets the arguments of a link field,
//	name: … @hierarchy             those of broader and narrower
//	type Condition @concept        gets the fields of the interface Concept
//	@qualifiers                    becomes the fields of all qualifiers: of a
//	                               statement, or of the input that filters them
//
// Run it with go generate.
package main

import (
	_ "embed"
	"errors"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed concept.graphqls
var concepts string

//go:embed statement.graphqls
var statements string

const (
	linkArguments = `(filter: LinkFilter, nodeFilter: ConceptFilter, support: SupportFilter, includeNarrower: Boolean! = false, mergeSame: Boolean! = false @deprecated(reason: "Without effect where what is exactly the same is one concept."), orderBy: LinkOrder! = NAME, first: Int, after: String, last: Int, before: String): LinkConnection!`

	hierarchyArguments = `(transitive: Boolean! = false, filter: LinkFilter, orderBy: LinkOrder! = NAME, first: Int, after: String, last: Int, before: String): LinkConnection!`
)

var (
	linkField     = regexp.MustCompile(`: LinkConnection! @links`)
	hierarchy     = regexp.MustCompile(`: LinkConnection! @hierarchy`)
	interfaceBody = regexp.MustCompile(`(?s)\ninterface Concept implements Node (\{.*?\n\})`)
	kindType      = regexp.MustCompile(`(type \w+) @concept`)
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "expand:", err)
		os.Exit(1)
	}
}

func write() error {
	expanded, err := expand(concepts)
	if err != nil {
		return err
	}
	for name, text := range map[string]string{"qualifiers": binding(), "linkfields": linkFields(concepts), "enums": enumFunctions()} {
		bound, err := format.Source([]byte(text))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join("..", "resolvers", "model", name+".generated.go"), bound, 0o644); err != nil {
			return err
		}
	}
	for _, file := range []struct{ name, text string }{
		{"concept.graphqls", header("concept.graphqls") + expanded},
		{"statement.graphqls", header("statement.graphqls") + expandQualifiers(statements)},
	} {
		if err := os.WriteFile(file.name, []byte(file.text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func header(file string) string {
	return "# Written by go generate from internal/expand/" + file + "; change it there.\n\n"
}

func expand(sdl string) (string, error) {
	sdl = linkField.ReplaceAllLiteralString(sdl, linkArguments)
	sdl = hierarchy.ReplaceAllLiteralString(sdl, hierarchyArguments)
	body := interfaceBody.FindStringSubmatch(sdl)
	if body == nil {
		return "", errors.New("no interface Concept in internal/expand/concept.graphqls")
	}
	return kindType.ReplaceAllString(sdl, "$1 implements Node & Concept "+strings.ReplaceAll(body[1], "$", "$$")), nil
}
