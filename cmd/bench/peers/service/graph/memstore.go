package graph

import (
	"bufio"
	"context"
	"os"
	"sort"
	"strconv"
	"strings"
)

// Mem keeps the whole graph in Go structs: what is left is gqlgen and net/http,
// the floor of any gqlgen service without a plan.
type Mem struct {
	cond, condByName []*Condition
	condK            map[string]*Condition
	sympK            map[string]*Symptom
	cs               map[int32][]*Symptom
	cl               map[int32][]*SymptomLink
	ct, st           map[int32][]*Test
	cr               map[int32][]*Treatment
	sc               map[int32][]*Condition
	idx              map[string][]*SearchHit
}

func NewMem(dir string) (*Mem, error) {
	m := &Mem{condK: map[string]*Condition{}, sympK: map[string]*Symptom{}, cs: map[int32][]*Symptom{}, cl: map[int32][]*SymptomLink{}, ct: map[int32][]*Test{}, st: map[int32][]*Test{}, cr: map[int32][]*Treatment{}, sc: map[int32][]*Condition{}, idx: map[string][]*SearchHit{}}
	lines := func(f string, fn func([]string)) error {
		h, err := os.Open(dir + "/" + f)
		if err != nil {
			return err
		}
		defer h.Close()
		sc := bufio.NewScanner(h)
		sc.Buffer(make([]byte, 1<<20), 1<<20)
		for sc.Scan() {
			fn(strings.Split(sc.Text(), "\t"))
		}
		return sc.Err()
	}
	tests, treats, srcs := map[string]*Test{}, map[string]*Treatment{}, map[string]*Source{}
	id := int32(0)
	var hits []*SearchHit
	toks := map[*SearchHit][]string{}
	err := lines("entities.tsv", func(p []string) {
		id++
		y, _ := strconv.Atoi(p[6])
		b := Base{ID: id, Key: p[0], Name: p[2], Description: p[3], Code: p[4], Category: p[5], Year: y, Synonyms: []string{}}
		if p[7] != "" {
			b.Synonyms = strings.Split(p[7], "|")
		}
		h := &SearchHit{b.Key, p[1], b.Name}
		if p[1] != "Source" {
			hits = append(hits, h)
		}
		toks[h] = strings.Fields(b.Name + " " + strings.Join(b.Synonyms, " "))
		switch p[1] {
		case "Condition":
			c := &Condition{b}
			m.cond = append(m.cond, c)
			m.condK[b.Key] = c
		case "Symptom":
			m.sympK[b.Key] = &Symptom{b}
		case "Test":
			tests[b.Key] = &Test{b}
		case "Treatment":
			treats[b.Key] = &Treatment{b}
		case "Source":
			srcs[b.Key] = &Source{b}
		}
	})
	if err != nil {
		return nil, err
	}
	m.condByName = append([]*Condition{}, m.cond...)
	sort.Slice(m.condByName, func(i, j int) bool { return m.condByName[i].Name < m.condByName[j].Name })
	sort.Slice(hits, func(i, j int) bool { return hits[i].Name < hits[j].Name })
	for _, h := range hits {
		seen := map[string]bool{}
		for _, t := range toks[h] {
			if !seen[t] {
				seen[t] = true
				m.idx[t] = append(m.idx[t], h)
			}
		}
	}
	err = lines("links.tsv", func(p []string) {
		switch p[0] {
		case "hasSymptom":
			c, s := m.condK[p[1]], m.sympK[p[2]]
			m.cs[c.ID] = append(m.cs[c.ID], s)
			m.sc[s.ID] = append(m.sc[s.ID], c)
			sec, _ := strconv.Atoi(p[4])
			cer, _ := strconv.ParseFloat(p[5], 64)
			m.cl[c.ID] = append(m.cl[c.ID], &SymptomLink{s, srcs[p[3]], sec, cer})
		case "diagnosedBy":
			c := m.condK[p[1]]
			m.ct[c.ID] = append(m.ct[c.ID], tests[p[2]])
		case "treatedBy":
			c := m.condK[p[1]]
			m.cr[c.ID] = append(m.cr[c.ID], treats[p[2]])
		case "investigatedBy":
			s := m.sympK[p[1]]
			m.st[s.ID] = append(m.st[s.ID], tests[p[2]])
		}
	})
	return m, err
}

func lim[T any](x []T, n int) []T {
	if len(x) > n {
		x = x[:n]
	}
	if x == nil {
		x = []T{}
	}
	return x
}
func (m *Mem) Condition(_ context.Context, k string) (*Condition, error) { return m.condK[k], nil }
func (m *Mem) Symptom(_ context.Context, k string) (*Symptom, error)     { return m.sympK[k], nil }
func (m *Mem) Conditions(_ context.Context, first, offset int, byName, _ bool) ([]*Condition, error) {
	l := m.cond
	if byName {
		l = m.condByName
	}
	return lim(l[min(offset, len(l)):], first), nil
}

func (m *Mem) Search(_ context.Context, q string, n int) ([]*SearchHit, error) {
	return lim(m.idx[q], n), nil
}

func (m *Mem) CondSymptoms(_ context.Context, id int32, n int, _ bool) ([]*Symptom, error) {
	return lim(m.cs[id], n), nil
}

func (m *Mem) CondTests(_ context.Context, id int32, n int, _ bool) ([]*Test, error) {
	return lim(m.ct[id], n), nil
}

func (m *Mem) CondTreatments(_ context.Context, id int32, n int, _ bool) ([]*Treatment, error) {
	return lim(m.cr[id], n), nil
}

func (m *Mem) CondSymptomLinks(_ context.Context, id int32, n int) ([]*SymptomLink, error) {
	return lim(m.cl[id], n), nil
}

func (m *Mem) SympConditions(_ context.Context, id int32, n int, _ bool) ([]*Condition, error) {
	return lim(m.sc[id], n), nil
}

func (m *Mem) SympTests(_ context.Context, id int32, n int, _ bool) ([]*Test, error) {
	return lim(m.st[id], n), nil
}
