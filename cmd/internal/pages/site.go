package pages

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

// document returns the text of an operation.
func document(name string) string { return string(read("queries/" + name + ".graphql")) }

func read(name string) []byte {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // embedded by this package
	}
	return text
}

// words are the words of the pages in a language, by key.
type words map[string]string

// readTexts reads the words of all languages.
func readTexts() map[string]words {
	texts := map[string]words{}
	for _, lang := range Languages {
		w := words{}
		if err := json.Unmarshal(read("text/"+lang+".json"), &w); err != nil {
			panic(err) // embedded by this package
		}
		texts[lang] = w
	}
	return texts
}

// Languages are those of the pages, the one that is shown unasked first.
var Languages = []string{"en", "de"}

// language chooses a language of the pages: that of the address, else the one that the
// reader likes best.
func (*site) language(asked, accept string) string {
	if slices.Contains(Languages, asked) {
		return asked
	}
	best, weight := Languages[0], 0.0
	for _, item := range strings.SplitN(accept, ",", 20) {
		tag, options, _ := strings.Cut(item, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		q := 1.0
		if text, ok := strings.CutPrefix(strings.TrimSpace(options), "q="); ok {
			q, _ = strconv.ParseFloat(text, 64)
		}
		if q > weight && slices.Contains(Languages, primary) {
			best, weight = primary, q
		}
	}
	return best
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

// assets are the files of the pages, below a folder that names their content.
type assets struct {
	folder string
	files  map[string]asset
}

type asset struct {
	plain, packed []byte
	contentType   string
}

func readAssets() *assets {
	a := &assets{files: map[string]asset{}}
	h := sha256.New()
	entries, _ := fs.ReadDir(files, "assets")
	for _, e := range entries {
		body := read("assets/" + e.Name())
		_, _ = h.Write(body)
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, _ = w.Write(body)
		_ = w.Close()
		a.files[e.Name()] = asset{body, packed.Bytes(), map[string]string{
			".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
		}[path.Ext(e.Name())]}
	}
	for _, part := range []string{"templates", "text"} { // pages are known by the folder
		entries, _ := fs.ReadDir(files, part)
		for _, e := range entries {
			_, _ = h.Write(read(part + "/" + e.Name()))
		}
	}
	a.folder = "/assets/" + hex.EncodeToString(h.Sum(nil))[:12] + "/"
	return a
}

func (a *assets) serve(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[strings.TrimPrefix(r.URL.Path, a.folder)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Add("Vary", "Accept-Encoding")
	body := f.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.packed
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

// say returns the words for a key with what stands in them.
func (w words) say(fallback words, key string, args []any) string {
	text, ok := w[key]
	if !ok {
		if text, ok = fallback[key]; !ok {
			return key
		}
	}
	if len(args) > 0 {
		return fmt.Sprintf(text, args...)
	}
	return text
}
