package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// kind is a kind of entity: how it is called in each service.
type kind struct {
	name, table, letter, class string
	share                      float64 // of all entities
}

var kinds = []kind{
	{"Condition", "condition", "c", "https://schema.org/MedicalCondition", .20},
	{"Symptom", "symptom", "s", "https://schema.org/MedicalSignOrSymptom", .20},
	{"Treatment", "treatment", "t", "https://schema.org/MedicalTherapy", .20},
	{"Test", "test", "e", "https://schema.org/MedicalTest", .15},
	{"RiskFactor", "risk_factor", "r", "https://schema.org/MedicalRiskFactor", .10},
	{"Anatomy", "body_part", "b", "https://schema.org/AnatomicalStructure", .05},
	{"Source", "source", "o", "https://schema.org/Dataset", .10},
}

const sources = 6 // the index of Source in kinds

// relation is a kind of link.
type relation struct {
	name, table, predicate string
	from, to               int  // kinds
	reversed               bool // of the predicate
	share                  float64
}

var relations = []relation{
	{"hasSymptom", "condition_symptom", "https://schema.org/signOrSymptom", 0, 1, false, .35},
	{"diagnosedBy", "condition_test", "https://schema.org/typicalTest", 0, 3, false, .15},
	{"treatedBy", "condition_treatment", "https://schema.org/possibleTreatment", 0, 2, false, .20},
	{"hasRiskFactor", "condition_risk_factor", "https://schema.org/increasesRiskOf", 0, 4, true, .10},
	{"affects", "condition_body_part", "https://schema.org/associatedAnatomy", 0, 5, false, .10},
	{"investigatedBy", "symptom_test", "https://schema.org/typicalTest", 1, 3, false, .10},
}

type entity struct {
	kind                                   int
	key, name, description, code, category string
	year                                   int
	synonyms                               []string
}

// link joins two entities, by their places in the list of all.
type link struct {
	from, to, source int
	section          int
	certainty        int // hundredths
}

// data is what every service is given.
type data struct {
	entities []entity
	start    []int // of each kind in entities, and the end
	links    [][]link
	*rand.Rand
}

// makeData makes the data of a size: the same on every machine. Within a kind
// the order of keys is that of names, so that a list is the same whether a
// service orders it by the one or the other.
func makeData(entities, links int) *data {
	d := &data{Rand: rand.New(rand.NewPCG(42, 1))}
	words := d.words(max(1500, entities/8))
	pick := d.sampler(len(words), 8, .8)
	phrase := func(n int) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = words[pick()]
		}
		return strings.Join(parts, " ")
	}
	categories := []string{"cardiology", "neurology", "oncology", "dermatology", "endocrinology", "infectious", "psychiatry", "respiratory", "renal", "general"}
	used := map[string]bool{}
	for k := range kinds {
		d.start = append(d.start, len(d.entities))
		names := make([]string, int(float64(entities)*kinds[k].share+.5))
		for i := range names {
			name := phrase(2)
			for used[name] {
				name += " " + phrase(1)
			}
			used[name], names[i] = true, name
		}
		slices.Sort(names)
		for i, name := range names {
			e := entity{
				kind: k, key: fmt.Sprintf("%s%06d", kinds[k].letter, i+1), name: name, description: phrase(20),
				code:     fmt.Sprintf("%c%02d.%d", 'A'+d.IntN(26), d.IntN(100), d.IntN(10)),
				category: categories[d.IntN(len(categories))], year: 1990 + d.IntN(36),
			}
			for range d.IntN(4) {
				if s := phrase(1 + d.IntN(2)); !slices.Contains(e.synonyms, s) {
					e.synonyms = append(e.synonyms, s)
				}
			}
			slices.Sort(e.synonyms)
			d.entities = append(d.entities, e)
		}
	}
	d.start = append(d.start, len(d.entities))
	d.link(links)
	return d
}

// size says how much it is.
func (d *data) size() string {
	links := 0
	for _, l := range d.links {
		links += len(l)
	}
	return fmt.Sprintf("%d concepts, %d links with evidence", len(d.entities), links)
}

func (d *data) count(kind int) int { return d.start[kind+1] - d.start[kind] }

// link joins entities; some are far better known than others.
func (d *data) link(n int) {
	popular := make([]func() int, len(kinds))
	for k := range kinds {
		popular[k] = d.sampler(d.count(k), 20, .6)
	}
	for _, r := range relations {
		want := int(float64(n)*r.share + .5)
		to := d.sampler(d.count(r.to), 12, .75)
		seen := make(map[[2]int]bool, want)
		var links []link
		for tries := 0; len(links) < want && tries < 20*want; tries++ {
			l := link{from: d.start[r.from] + popular[r.from](), to: d.start[r.to] + to(), source: d.start[sources] + popular[sources](), section: 1 + d.IntN(40), certainty: 5 + d.IntN(95)}
			if seen[[2]int{l.from, l.to}] {
				continue
			}
			seen[[2]int{l.from, l.to}] = true
			links = append(links, l)
		}
		slices.SortFunc(links, func(a, b link) int {
			if a.from != b.from {
				return a.from - b.from
			}
			return a.to - b.to
		})
		d.links = append(d.links, links)
	}
}

// words makes words that look medical and mean nothing.
func (d *data) words(n int) []string {
	onsets := strings.Fields("b c d f g h l m n p r s t v br cr dr gl pr st tr ch ph th")
	vowels := strings.Fields("a e i o u ia eo au")
	endings := strings.Fields("itis osis emia algia pathy oma uria plasty gram scopy al ic ine ol ex")
	seen := map[string]bool{}
	var words []string
	for len(words) < n {
		word := ""
		for range 2 + d.IntN(2) {
			word += onsets[d.IntN(len(onsets))] + vowels[d.IntN(len(vowels))]
		}
		if word += endings[d.IntN(len(endings))]; !seen[word] {
			seen[word] = true
			words = append(words, word)
		}
	}
	return words
}

// sampler returns a function that chooses of n things, the one of rank r with
// the weight 1/(r+offset)^exponent, ranks being dealt out at random.
func (d *data) sampler(n int, offset, exponent float64) func() int {
	sums := make([]float64, n)
	total := 0.0
	for i := range sums {
		total += 1 / math.Pow(float64(i)+offset, exponent)
		sums[i] = total
	}
	places := d.Perm(n)
	return func() int {
		i, _ := slices.BinarySearch(sums, d.Float64()*total)
		return places[min(i, n-1)]
	}
}

// write writes the data for all services into a folder: graph.nq for Plexus,
// tables for the others, and the variables of each query.
func (d *data) write(dir string) error {
	if err := d.writeQuads(filepath.Join(dir, "graph.nq")); err != nil {
		return err
	}
	if err := d.writeTables(dir); err != nil {
		return err
	}
	return d.writeVariables(dir)
}

func (d *data) writeQuads(path string) error {
	const base = "https://kg.example/id/"
	return create(path, func(w io.Writer) error {
		fact := func(subject, predicate, object string) {
			fmt.Fprintf(w, "<%s> <%s> %s .\n", subject, predicate, object)
		}
		text := func(s string) string { return `"` + s + `"` }
		for _, e := range d.entities {
			iri := base + e.key
			fact(iri, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "<"+kinds[e.kind].class+">")
			fact(iri, "https://schema.org/name", text(e.name))
			if e.kind == sources {
				continue
			}
			fact(iri, "https://schema.org/description", text(e.description))
			fact(iri, "https://kg.example/vocab#classification", text(e.code))
			fact(iri, "https://kg.example/vocab#category", text(e.category))
			fact(iri, "https://kg.example/vocab#year", fmt.Sprintf(`"%d"^^<http://www.w3.org/2001/XMLSchema#integer>`, e.year))
			for _, s := range e.synonyms {
				fact(iri, "http://www.w3.org/2004/02/skos/core#altLabel", text(s))
			}
		}
		n := 0
		for i, r := range relations {
			for _, l := range d.links[i] {
				n++
				evidence := fmt.Sprintf("https://kg.example/ev/l%08d", n)
				from, to := l.from, l.to
				if r.reversed {
					from, to = to, from
				}
				fmt.Fprintf(w, "<%s> <%s> <%s> <%s> .\n", base+d.entities[from].key, r.predicate, base+d.entities[to].key, evidence)
				fact(evidence, "https://schema.org/isPartOf", "<"+base+d.entities[l.source].key+">")
				fact(evidence, "https://kg.example/vocab#locator", text(fmt.Sprint(l.section)))
				fact(evidence, "https://kg.example/vocab#frequencyValue", fmt.Sprintf(`"0.%02d"^^<http://www.w3.org/2001/XMLSchema#double>`, l.certainty))
			}
		}
		return nil
	})
}

// writeTables writes what PostgreSQL copies and the service over memory reads.
func (d *data) writeTables(dir string) error {
	all := func(w io.Writer) error {
		for _, e := range d.entities {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", e.key, kinds[e.kind].name, e.name, e.description, e.code, e.category, e.year, strings.Join(e.synonyms, "|"))
		}
		return nil
	}
	links := func(w io.Writer) error {
		for i, r := range relations {
			for _, l := range d.links[i] {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t0.%02d\n", r.name, d.entities[l.from].key, d.entities[l.to].key, d.entities[l.source].key, l.section, l.certainty)
			}
		}
		return nil
	}
	if err := create(filepath.Join(dir, "entities.tsv"), all); err != nil {
		return err
	}
	if err := create(filepath.Join(dir, "links.tsv"), links); err != nil {
		return err
	}
	for k := range kinds {
		if err := create(filepath.Join(dir, kinds[k].table+".tsv"), func(w io.Writer) error {
			for i := d.start[k]; i < d.start[k+1]; i++ {
				e := &d.entities[i]
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t{%s}\n", i+1, e.key, e.name, e.description, e.code, e.category, e.year, quoted(e.synonyms))
			}
			return nil
		}); err != nil {
			return err
		}
	}
	for i, r := range relations {
		if err := create(filepath.Join(dir, r.table+".tsv"), func(w io.Writer) error {
			for _, l := range d.links[i] {
				fmt.Fprintf(w, "%d\t%d\t%d\t%d\t0.%02d\n", l.from+1, l.to+1, l.source+1, l.section, l.certainty)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

func quoted(texts []string) string {
	all := make([]string, len(texts))
	for i, s := range texts {
		all[i] = `"` + s + `"`
	}
	return strings.Join(all, ",")
}

// writeVariables writes the variables of each query, a line for each request:
// half of the concepts are any, half those that many links lead to.
func (d *data) writeVariables(dir string) error {
	linked := make([]bool, len(d.entities))
	for _, l := range d.links[0] {
		linked[l.from], linked[l.to] = true, true
	}
	mixed := func(kind int, end func(link) int) (rows []map[string]any) {
		for len(rows) < 1000 {
			i := end(d.links[0][d.IntN(len(d.links[0]))])
			if len(rows)%2 == 0 {
				if i = d.start[kind] + d.IntN(d.count(kind)); !linked[i] {
					continue
				}
			}
			rows = append(rows, map[string]any{"key": d.entities[i].key})
		}
		return rows
	}
	pages := func(n, size int) (rows []map[string]any) {
		for _, i := range d.Perm(n) {
			rows = append(rows, map[string]any{"offset": i * size})
		}
		return rows
	}
	condition, symptom := func(l link) int { return l.from }, func(l link) int { return l.to }
	var words []map[string]any
	for range 500 {
		fields := strings.Fields(d.entities[d.IntN(d.start[sources])].name)
		words = append(words, map[string]any{"q": fields[d.IntN(len(fields))]})
	}
	for query, rows := range map[string][]map[string]any{
		"q1": mixed(0, condition), "q2": mixed(1, symptom), "q3": mixed(0, condition), "q4": pages(min(19, d.count(0)/50), 50),
		"q5": mixed(0, condition), "q6": words, "q7": pages(min(10, d.count(0)/100), 100),
	} {
		if err := create(filepath.Join(dir, query+".jsonl"), func(w io.Writer) error {
			e := json.NewEncoder(w)
			for _, row := range rows {
				if err := e.Encode(row); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// create writes a file through a buffer.
func create(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	err = fill(w)
	if err == nil {
		err = w.Flush()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
