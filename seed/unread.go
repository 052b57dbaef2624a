package seed

import (
	"cmp"
	"io/fs"
	"path"
	"strings"

	"github.com/plexus-kg/plexus/seed/compression"
)

// noData are endings of files that lie beside data and are not meant to be any:
// texts for people, and what Plexus writes beside the formats of data.
var noData = [...]string{".md", ".txt", ".plexus", ".schema.json", ".sarif", ".graphql"}

// mayBeData reports whether somebody could take a file of a folder for data
// that is read.
func mayBeData(entry fs.DirEntry) bool {
	name := strings.ToLower(entry.Name())
	for _, ending := range noData {
		if strings.HasSuffix(name, ending) {
			return false
		}
	}
	if _, ok := FormatOf(name); ok && !isSeed(name) { // such as GraphML
		return false
	}
	stem, _, _ := strings.Cut(name, ".")
	switch stem {
	case "readme", "license", "licence", "copying", "notice", "changelog", "makefile":
		return false
	}
	return path.Ext(name) != "" || entry.Type()&fs.ModeSymlink != 0 // a folder behind a link is not read either
}

// Instead says what to do with a file that is not read, empty for a name that
// does not tell.
func Instead(name string) string {
	base := path.Base(compression.Trim(strings.ReplaceAll(name, `\`, "/")))
	ext := path.Ext(base)
	stem := cmp.Or(strings.TrimSuffix(base, ext), "NAME")
	robot := "robot convert --input " + base + " --output " + stem + ".owl"
	switch strings.ToLower(ext) {
	case ".owx", ".ofn", ".omn", ".xml":
		return "an ontology becomes RDF/XML with ROBOT (http://robot.obolibrary.org): " + robot
	case ".json":
		return "JSON is read as an object with the list graphs (OBO Graphs), or nodes and edges (KGX); JSON-LD is named .jsonld"
	case ".n3", ".turtle":
		return "Turtle is named .ttl"
	case ".csv", ".tsv", ".tab", ".rrf", ".xlsx":
		return "say in a YAML file beside it what its columns mean (tables: [{file: " + base + ", columns: …}], see the README), or write it as the pair " + stem + "_nodes.tsv and " + stem + "_edges.tsv"
	default:
		return ""
	}
}
