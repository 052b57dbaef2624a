// Command expand writes schema/concept.graphqls from concept.graphqls beside
// it. GraphQL has no way to say that every kind of concept has the fields of
// the interface, so they are written once here and copied into each kind:
//
//	name: LinkConnection! @links   gets the arguments of a link field,
//	name: … @hierarchy             those of broader and narrower
//	type Condition @concept        gets the fields of the interface Concept
//
// Run it with go generate.
package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
)

//go:embed concept.graphqls
var source string

const (
	linkArguments = `(filter: LinkFilter, nodeFilter: ConceptFilter, includeNarrower: Boolean! = false, mergeSame: Boolean! = false, orderBy: LinkOrder! = NAME, first: Int, after: String, last: Int, before: String): LinkConnection!`

	hierarchyArguments = `(transitive: Boolean! = false, filter: LinkFilter, orderBy: LinkOrder! = NAME, first: Int, after: String, last: Int, before: String): LinkConnection!`
)

var (
	linkField     = regexp.MustCompile(`: LinkConnection! @links`)
	hierarchy     = regexp.MustCompile(`: LinkConnection! @hierarchy`)
	interfaceBody = regexp.MustCompile(`(?s)\ninterface Concept implements Node (\{.*?\n\})`)
	kindType      = regexp.MustCompile(`(type \w+) @concept`)
)

func main() {
	expanded, err := expand(source)
	if err == nil {
		err = os.WriteFile("concept.graphqls", []byte(expanded), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "expand:", err)
		os.Exit(1)
	}
}

func expand(sdl string) (string, error) {
	sdl = linkField.ReplaceAllLiteralString(sdl, linkArguments)
	sdl = hierarchy.ReplaceAllLiteralString(sdl, hierarchyArguments)
	body := interfaceBody.FindStringSubmatch(sdl)
	if body == nil {
		return "", errors.New("no interface Concept in internal/expand/concept.graphqls")
	}
	const header = "# Written by go generate from internal/expand/concept.graphqls; change it there.\n\n"
	return header + kindType.ReplaceAllString(sdl, "$1 implements Node & Concept "+strings.ReplaceAll(body[1], "$", "$$")), nil
}
