package kgx

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed biolink.txt
var wordList string

// official are the words of the Biolink Model: the role of each, by its name.
var official = sync.OnceValue(func() map[string]string {
	roles := map[string]string{}
	for line := range strings.Lines(wordList) {
		if role, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok && role != "#" {
			roles[name] = role
		}
	}
	return roles
})

// IsOfficial reports whether the Biolink Model has a class or slot of a name, which
// Plexus may not know.
func IsOfficial(name string) bool { return official()[name] != "" }

// Official lists the names of the classes and slots of the Biolink Model, with
// "class" or "property" before each.
func Official() []string {
	var all []string
	for name, role := range official() {
		all = append(all, role+" "+name)
	}
	return all
}
