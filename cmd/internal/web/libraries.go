package web

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"io/fs"
)

// assets holds the libraries after npm run build, else only its README.
//
//go:embed assets
var assets embed.FS

//go:embed libraries.json
var librariesJSON []byte

const (
	// licenses is the file in assets with the licences of all libraries.
	licenses = "LICENSES.txt"
	// cdnOrigin serves every file of every npm package, byte for byte.
	cdnOrigin = "https://cdn.jsdelivr.net"
)

// library is a file of an npm package that the page loads.
type library struct {
	// File is its name in assets.
	File string `json:"file"`
	// Package, Version and Path say where npm has it.
	Package string `json:"package"`
	Version string `json:"version"`
	Path    string `json:"path"`
	// Integrity is the hash that the file must have, as browsers write it
	// (https://www.w3.org/TR/SRI/).
	Integrity string `json:"integrity"`
}

// libraries returns the files of others that the page needs, in the order in
// which they are to be loaded.
func libraries() []library {
	var list []library
	if err := json.Unmarshal(librariesJSON, &list); err != nil {
		panic(err) // embedded by this package
	}
	return list
}

// cdn returns the address of the file for a page that does not have it.
func (l library) cdn() string {
	return cdnOrigin + "/npm/" + l.Package + "@" + l.Version + "/" + l.Path
}

// Offline reports whether the playground works without internet: whether all
// its libraries were compiled in, each with the hash that it must have.
// Without them the page loads them from a CDN.
func Offline() bool { return complete(assets, libraries()) }

// complete reports whether the files hold all libraries, unchanged, and their
// licences.
func complete(files fs.FS, want []library) bool {
	for _, l := range want {
		body, err := fs.ReadFile(files, "assets/"+l.File)
		if err != nil || integrity(body) != l.Integrity {
			return false
		}
	}
	_, err := fs.Stat(files, "assets/"+licenses)
	return err == nil
}

// integrity returns the hash of a file as browsers write it.
func integrity(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
