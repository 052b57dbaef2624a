package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

// Path is where the page is.
const Path = "/playground"

// Handler serves the page at Path and the page's files below it. It answers GET and
// HEAD; every other path is not found. The page
// sends its queries to the endpoint, a path on the same server (/graphql) or an
// absolute URL.
//
// All links are relative to the page, so that the handler works below a prefix
// too (http.StripPrefix).
func Handler(endpoint string) http.Handler { return handler(endpoint, Offline()) }

// handler is Handler with the libraries from here, or from the CDN.
func handler(endpoint string, offline bool) http.Handler {
	files := siteFiles(offline)
	folder := path.Join("playground", version(files))
	page := newFile("index.html", renderPage(endpoint, folder, offline))
	policy := contentSecurityPolicy(endpoint, offline)

	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Path, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Referrer-Policy", "no-referrer")
		// The page names the files of its version: always ask for the newest.
		w.Header().Set("Cache-Control", "no-cache")
		page.serve(w, r)
	})
	mux.HandleFunc("GET "+Path+"/{$}", func(w http.ResponseWriter, r *http.Request) {
		to := url.URL{Path: ".." + Path, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusMovedPermanently)
	})
	mux.HandleFunc("GET /"+folder+"/{file}", func(w http.ResponseWriter, r *http.Request) {
		f, ok := files[r.PathValue("file")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		f.serve(w, r)
	})
	return mux
}

// renderPage returns the HTML of the page, whose files lie in the folder.
func renderPage(endpoint, folder string, offline bool) []byte {
	type tag struct{ URL, Integrity string }
	data := struct {
		Folder, Endpoint string
		Offline          bool
		Styles, Scripts  []tag
	}{Folder: folder, Endpoint: endpoint, Offline: offline}
	for _, l := range libraries() {
		t := tag{URL: l.cdn(), Integrity: l.Integrity}
		if offline {
			t.URL = path.Join(folder, l.File)
		}
		if strings.HasSuffix(l.File, ".css") {
			data.Styles = append(data.Styles, t)
		} else {
			data.Scripts = append(data.Scripts, t)
		}
	}
	var html bytes.Buffer
	page := template.Must(template.ParseFS(pageFiles, "page/index.html"))
	if err := page.Execute(&html, data); err != nil {
		panic(err) // the template is embedded by this package
	}
	return html.Bytes()
}

// dialogStyle is the hash of the one style element that is written into the
// page: GraphiQL's dialogs stop the page behind them from scrolling. It is the
// same as long as the page itself has no scroll bar; with another it would be
// refused, and the page behind would scroll.
const dialogStyle = "sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo="

// contentSecurityPolicy returns the strictest policy under which the page works:
// no script, no style that is not a file of the page, but for dialogStyle.
func contentSecurityPolicy(endpoint string, offline bool) string {
	library := "'self'"
	if !offline {
		library += " " + cdnOrigin
	}
	connect := "'self'"
	if u, err := url.Parse(endpoint); err == nil && u.Host != "" {
		connect += " " + u.Scheme + "://" + u.Host
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src " + library,
		"style-src " + library + " '" + dialogStyle + "'",
		"font-src 'self' data:",
		"img-src 'self' data:",
		"connect-src " + connect,
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// serve writes the file, or that the client's copy is still good.
func (f file) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", f.contentType)
	w.Header().Set("ETag", f.etag)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
}
