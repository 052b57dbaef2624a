package pages

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// readDocuments reads the operations of all pages and tables, each with the fragments
// that it spreads.
func readDocuments() map[string]string {
	documents := map[string]string{}
	entries, _ := fs.ReadDir(files, "queries")
	for _, e := range entries {
		if name, is := strings.CutSuffix(e.Name(), ".graphql"); is {
			documents[name] = withFragments(string(read("queries/" + e.Name())))
		}
	}
	return documents
}

var spread = regexp.MustCompile(`\.\.\.([A-Z]\w*)`)

// withFragments adds the fragments that a document spreads and does not define.
func withFragments(text string) string {
	for at := 0; ; {
		next := spread.FindStringSubmatchIndex(text[at:])
		if next == nil {
			return text
		}
		name := text[at+next[2] : at+next[3]]
		at += next[1]
		switch {
		case strings.Contains(text, "fragment "+name+" on "):
		case name == "Qualifiers":
			text += qualifiersFragment()
		default:
			text += "\n" + string(read("queries/fragments/"+name+".graphql"))
		}
	}
}

func read(name string) []byte {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // embedded by this package
	}
	return text
}

// Languages are those of the pages, the one that is shown unasked first.
var Languages = []string{"en", "de"}

var matcher = func() language.Matcher {
	var tags []language.Tag
	for _, lang := range Languages {
		tags = append(tags, language.Make(lang))
	}
	return language.NewMatcher(tags)
}()

// languageOf chooses a language of the pages: that of the address, else the one that the
// reader likes best.
func languageOf(asked, accept string) string {
	if slices.Contains(Languages, asked) {
		return asked
	}
	_, i := language.MatchStrings(matcher, accept)
	return Languages[i]
}

// readTemplates parses the templates of all pages, once for each language.
func (s *site) readTemplates() map[string]map[string]*template.Template {
	all := map[string]map[string]*template.Template{}
	names := []string{"failed"}
	for i := range pages {
		names = append(names, pages[i].name)
	}
	for _, lang := range Languages {
		base := template.Must(template.New("base").Funcs(s.funcs(lang)).ParseFS(files, "templates/layout.html", "templates/parts.html"))
		all[lang] = map[string]*template.Template{}
		for _, name := range names {
			all[lang][name] = template.Must(template.Must(base.Clone()).ParseFS(files, "templates/"+name+".html"))
		}
	}
	return all
}

// assets are the files that pages load, below a folder that names the content of all
// that pages are made of.
type assets struct {
	folder string
	files  map[string][]byte
}

func readAssets() *assets {
	a, h := &assets{files: map[string][]byte{}}, sha256.New()
	for _, part := range []string{"assets", "templates", "text"} {
		entries, _ := fs.ReadDir(files, part)
		for _, e := range entries {
			body := read(part + "/" + e.Name())
			_, _ = h.Write(body)
			if part == "assets" {
				a.files[e.Name()] = body
			}
		}
	}
	a.folder = "/assets/" + hex.EncodeToString(h.Sum(nil))[:12] + "/"
	return a
}

// mediaTypes are those of the files, whatever the machine knows of them.
var mediaTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

func (a *assets) serve(w http.ResponseWriter, r *http.Request) {
	body, ok := a.files[strings.TrimPrefix(r.URL.Path, a.folder)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mediaTypes[path.Ext(r.URL.Path)])
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(body)
}
