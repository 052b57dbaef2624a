package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// file is something that the page loads, ready to be sent.
type file struct {
	body        []byte
	contentType string
	etag        string
}

// newFile returns the file with the content type of its name: not the
// machine's idea of it, which differs from one to the next.
func newFile(name string, body []byte) file {
	types := map[string]string{
		".css":  "text/css; charset=utf-8",
		".html": "text/html; charset=utf-8",
		".js":   "text/javascript; charset=utf-8",
		".json": "application/json; charset=utf-8",
		".svg":  "image/svg+xml",
		".txt":  "text/plain; charset=utf-8",
	}
	contentType, ok := types[path.Ext(name)]
	if !ok {
		contentType = "application/octet-stream"
	}
	return file{body: body, contentType: contentType, etag: `"` + digest(body) + `"`}
}

// siteFiles returns what the page loads from this server, by name: its own
// scripts and styles, the examples and, offline, the libraries and their
// licences.
func siteFiles(offline bool) map[string]file {
	files := make(map[string]file)
	entries, err := fs.ReadDir(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is embedded by this package
	}
	for _, entry := range entries {
		if name := entry.Name(); name != "index.html" {
			files[name] = newFile(name, mustRead(pageFiles, "page/"+name))
		}
	}
	examples, err := json.Marshal(Examples())
	if err != nil {
		panic(err) // strings always marshal
	}
	files["examples.json"] = newFile("examples.json", examples)
	if offline {
		for _, l := range libraries() {
			files[l.File] = newFile(l.File, mustRead(assets, "assets/"+l.File))
		}
		files[licenses] = newFile(licenses, mustRead(assets, "assets/"+licenses))
	}
	return files
}

// version names the content of all files together: the scripts import one
// another by relative paths, so they are only ever right as a set.
func version(files map[string]file) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		_, _ = h.Write([]byte(name + " " + files[name].etag + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])[:16]
}

// mustRead reads a file that is known to be embedded.
func mustRead(files fs.FS, name string) []byte {
	body, err := fs.ReadFile(files, name)
	if err != nil {
		panic(err) // embedded by this package
	}
	return body
}
