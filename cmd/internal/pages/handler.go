package pages

import (
	"bytes"
	"encoding/json"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"github.com/plexus-kg/plexus/cmd/internal/server"
)

// policy lets a page have its own style, script and pictures, ask this server, and
// nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Routes returns the routes of all pages and of their files.
func Routes(asker *server.Asker) []server.Route {
	s := &site{asker: asker, documents: readDocuments(), texts: readTexts(), assets: readAssets()}
	s.templates = s.readTemplates()
	route := func(pattern string, class server.Class, h http.HandlerFunc) server.Route {
		return server.Route{Pattern: pattern, Methods: "GET, HEAD", Class: class, Handler: h, Refuse: s.refuse}
	}
	routes := []server.Route{
		route("/id/{id}", server.Admitted, s.serveThing),
		route(s.assets.folder, server.Limited, gzhttp.GzipHandler(http.HandlerFunc(s.assets.serve))),
		route("/", server.Limited, func(w http.ResponseWriter, r *http.Request) {
			if !reads(r) {
				http.NotFound(w, r)
				return
			}
			s.begin(w, r).fail(http.StatusNotFound, "notFound.page", nil)
		}),
	}
	for i := range pages {
		if p := &pages[i]; p.pattern != "" {
			routes = append(routes, route(p.pattern, server.Admitted, func(w http.ResponseWriter, r *http.Request) {
				st := s.begin(w, r)
				st.visit = s.asker.Begin(w, r)
				defer st.visit.End()
				st.show(p)
			}))
		}
	}
	return routes
}

// site is all that pages are made from.
type site struct {
	asker     *server.Asker
	documents map[string]string // operations, by the names of their files
	texts     map[string]words
	templates map[string]map[string]*template.Template // by language and page
	assets    *assets
}

// state is a request for a page.
type state struct {
	site     *site
	w        http.ResponseWriter
	r        *http.Request
	given    url.Values
	lang     string
	visit    *server.Visit
	thing    string // the id of what the address names
	choices  []choice
	question server.Question
}

// choice is a text of the address that is no id, with what it may mean.
type choice struct {
	Name, Text string
	Found      []map[string]any
	place      int
}

// languages are those in which names are asked for.
func (s *state) languages() []any {
	if s.lang == "en" {
		return []any{"en"}
	}
	return []any{s.lang, "en"}
}

// begin reads what every page needs of a request.
func (s *site) begin(w http.ResponseWriter, r *http.Request) *state {
	st := &state{site: s, w: w, r: r, given: r.URL.Query()}
	st.lang = languageOf(st.given.Get("lang"), r.Header.Get("Accept-Language"))
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("Content-Language", st.lang)
	h.Add("Vary", "Accept-Language")
	return st
}

// serveThing shows what an id names. Codes and former ids lead to the address of the
// thing itself.
func (s *site) serveThing(w http.ResponseWriter, r *http.Request) {
	st := s.begin(w, r)
	st.visit = s.asker.Begin(w, r)
	defer st.visit.End()
	id := r.PathValue("id")
	answer, data := st.ask(server.Question{Document: s.documents["node"], Variables: map[string]any{"id": id}})
	node, _ := data["node"].(map[string]any)
	if node == nil {
		st.notFound(&answer)
		return
	}
	own, _ := node["id"].(string)
	if own != id {
		to := address(own)
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		st.redirect(to)
		return
	}
	st.thing = own
	kind, _ := node["__typename"].(string)
	name := thing[kind]
	if name == "" {
		name = "concept"
	}
	st.show(pageNamed(name))
}

// ask asks a question.
func (s *state) ask(q server.Question) (server.Answer, map[string]any) {
	return s.answer(s.visit.Read(q))
}

// answer answers a question that was read.
func (s *state) answer(q server.Asked) (server.Answer, map[string]any) {
	answer := s.visit.Answer(q)
	var data map[string]any
	_ = json.Unmarshal(answer.Data, &data) // what the executor writes is JSON
	return answer, data
}

// show answers with a page.
func (s *state) show(p *page) {
	variables, ok := p.variables(s)
	if !ok {
		return
	}
	if format := s.given.Get("format"); format != "" && p.table != nil {
		s.sendTable(p.table, format, variables)
		return
	}
	s.question = server.Question{Document: s.site.documents[p.name], Variables: variables}
	asked := s.visit.Read(s.question)
	if s.visit.Fresh("html "+s.lang+" "+s.site.assets.folder, asked) {
		s.w.WriteHeader(http.StatusNotModified)
		return
	}
	answer, data := s.answer(asked)
	if len(answer.Errors) > 0 {
		s.visit.Forget()
		s.fault(&answer)
		return
	}
	if p.pattern == "/id/{id}/links" {
		concept, _ := data["concept"].(map[string]any)
		if concept == nil {
			s.visit.Forget()
			s.notFound(&answer)
			return
		}
		if own, _ := concept["id"].(string); own != s.r.PathValue("id") {
			s.redirect(address(own) + "/links?" + s.r.URL.RawQuery)
			return
		}
		s.thing = s.r.PathValue("id")
	}
	s.write(http.StatusOK, p.name, data)
}

// write makes a page of a template.
func (s *state) write(status int, name string, data map[string]any) {
	var out bytes.Buffer
	v := &view{state: s, Page: name, Data: data}
	if err := s.site.templates[s.lang][name].ExecuteTemplate(&out, "page", v); err != nil {
		panic(err) // a fault of a template: the server answers for it
	}
	s.w.WriteHeader(status)
	_, _ = s.w.Write(out.Bytes())
}

// fail answers with a page that says why there is no other.
func (s *state) fail(status int, why string, more map[string]any) {
	s.w.Header().Set("Cache-Control", "no-store")
	data := map[string]any{"why": why, "near": nil, "message": ""}
	maps.Copy(data, more)
	s.write(status, "failed", data)
}

// notFound names what an unknown id may have meant.
func (s *state) notFound(answer *server.Answer) {
	if len(answer.Errors) > 0 {
		s.fault(answer)
		return
	}
	var near []map[string]any
	for _, n := range answer.Notices {
		for _, m := range n.Near {
			near = append(near, map[string]any{"id": m.ID, "name": m.Name})
		}
	}
	s.fail(http.StatusNotFound, "notFound.id", map[string]any{"near": near, "asked": s.r.PathValue("id")})
}

// fault answers with the errors of an answer.
func (s *state) fault(answer *server.Answer) {
	status := http.StatusBadRequest
	switch answer.Errors[0].Code {
	case "INTERNAL":
		status = http.StatusInternalServerError
	case "TIMEOUT":
		status = http.StatusServiceUnavailable
	case "AMBIGUOUS_ID":
		status = http.StatusMultipleChoices
	}
	s.fail(status, "failed.question", map[string]any{"message": answer.Errors[0].Message})
}

// reads reports whether a client takes pages: browsers say so, programs do not.
func reads(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

// refuse writes a refusal of the server's, as a page for those who read pages.
func (s *site) refuse(w http.ResponseWriter, r *http.Request, f *server.Refusal) {
	if !reads(r) {
		server.RefusePlainly(w, r, f)
		return
	}
	s.begin(w, r).fail(f.Status, "failed.refused", map[string]any{"message": f.Message})
}

func (s *state) redirect(to string) {
	s.w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(s.w, s.r, to, http.StatusFound)
}

// found replaces the texts of parameters by the ids that they name, and leads to the
// address with these. It returns false where it has answered, or where choices are
// left.
func (s *state) found(names ...string) bool {
	changed := false
	for _, name := range names {
		for i, text := range s.given[name] {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			answer, data := s.ask(server.Question{Document: s.site.documents["find"], Variables: map[string]any{"id": text, "text": text, "language": s.languages()}})
			if data == nil {
				s.choices = nil
				s.fault(&answer)
				return false
			}
			if concept, _ := data["concept"].(map[string]any); concept != nil {
				if id, _ := concept["id"].(string); id != s.given[name][i] {
					s.given[name][i], changed = id, true
				}
				continue
			}
			c := choice{Name: name, Text: text, place: i}
			var exact []string
			for _, e := range list(at(data, "search", "edges")) {
				node, _ := at(e, "node").(map[string]any)
				if node == nil {
					continue
				}
				c.Found = append(c.Found, node)
				if at(e, "matched", "kind") == "EXACT" && at(e, "matched", "field") == "NAME" {
					id, _ := node["id"].(string)
					exact = append(exact, id)
				}
			}
			if len(exact) == 1 {
				s.given[name][i], changed = exact[0], true
				continue
			}
			s.choices = append(s.choices, c)
		}
	}
	if changed && len(s.choices) == 0 {
		s.redirect(s.r.URL.Path + "?" + s.given.Encode())
		return false
	}
	return len(s.choices) == 0
}

// answered reports whether a page with choices is still to be shown.
func (s *state) answered() bool { return len(s.choices) > 0 }

// chosen returns the address with an id in the place of a text.
func (s *state) chosen(c choice, id string) string {
	given := url.Values{}
	for name, all := range s.given {
		given[name] = slices.Clone(all)
	}
	given[c.Name][c.place] = id
	return s.r.URL.Path + "?" + given.Encode()
}
