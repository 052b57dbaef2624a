package main

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
)

// TestRealData serves the data of others, which was not made for Plexus, and
// walks it as a client does.
func TestRealData(t *testing.T) { realdata.Each(t, serveReal) }

func serveReal(t *testing.T, d realdata.Data) {
	url := serve(t, "--data", d.Path, "--no-join") + "graphql" // as its sources wrote it
	client := &http.Client{Timeout: 30 * time.Second}
	ask := func(query string, variables map[string]any, into any) {
		t.Helper()
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Post(url, "application/json", strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		answer := struct {
			Data   any
			Errors []struct{ Message string }
		}{Data: into}
		if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || len(answer.Errors) > 0 {
			t.Fatalf("%s: %v %v", query, err, answer.Errors)
		}
	}

	var bells struct {
		Concept struct {
			ID, Name string
			Kind     string
			Synonyms []struct{ Text, Language string }
			Codes    []struct{ Code, Match string }
			Broader  struct{ Nodes []struct{ ID string } }
			In       struct {
				Edges []struct {
					Node       struct{ ID string }
					Predicate  struct{ ID string }
					Statements []struct {
						ID           string
						Modality     *string
						EvidenceCode string
						Source       struct{ ID, License string }
					}
				}
			}
		}
	}
	ask(`{ concept(id: "DOID:12506") {
		id name kind synonyms { text language } codes { code match }
		broader { nodes { id } }
		in: links(direction: IN, predicates: ["exactMatch"]) {
			edges { node { id } predicate { id } statements { id modality evidenceCode source { id license } } }
		}
	} }`, nil, &bells)
	c := bells.Concept
	if c.ID != "DOID:12506" || c.Name != "Bell's palsy" || c.Kind != "CONDITION" {
		t.Errorf("%+v", c)
	}
	if !slices.Contains(c.Synonyms, struct{ Text, Language string }{"Parálisis de Bell", "es"}) || !slices.Contains(c.Synonyms, struct{ Text, Language string }{"Bell palsy", ""}) {
		t.Errorf("synonyms %v", c.Synonyms)
	}
	if !slices.Contains(c.Codes, struct{ Code, Match string }{"MESH:D020330", ""}) {
		t.Errorf("codes %v", c.Codes)
	}
	if len(c.Broader.Nodes) != 1 || c.Broader.Nodes[0].ID != "DOID:13934" {
		t.Errorf("broader %v", c.Broader)
	}
	if d.Whole {
		match := c.In.Edges[0]
		if s := match.Statements[0]; len(c.In.Edges) != 1 || match.Node.ID != "MONDO:0005665" || s.ID != "ev:mondo/match-doid-L4447" || s.Modality != nil ||
			s.EvidenceCode != "semapv:ManualMappingCuration" || s.Source.ID != "dataset:mondo" || s.Source.License != "https://creativecommons.org/licenses/by/4.0/" {
			t.Errorf("evidence %+v", match)
		}
	}

	// A condition with a sign, and who says so.
	var signed struct {
		Condition struct {
			Signs struct {
				TotalCount int
				Edges      []struct {
					Node       struct{ ID, Kind string }
					Statements []struct {
						ID           string
						Modality     *string
						EvidenceCode string
						Source       struct{ ID, License string }
					}
				}
			}
		}
	}
	ask(`{ condition(id: "DOID:13861") { signs: signsAndSymptoms {
		totalCount edges { node { id kind } statements { id modality evidenceCode source { id license } } }
	} } }`, nil, &signed)
	signs := signed.Condition.Signs
	if len(signs.Edges) != signs.TotalCount || signs.TotalCount < 2 {
		t.Fatalf("signs %+v", signs)
	}
	for _, e := range signs.Edges {
		if s := e.Statements[0]; e.Node.Kind != "SYMPTOM" || s.Modality != nil || s.EvidenceCode == "" || s.Source.ID != "dataset:doid" ||
			s.Source.License != "https://creativecommons.org/publicdomain/zero/1.0/" {
			t.Errorf("evidence %+v", e)
		}
	}

	if d.Whole {
		askOfTheWhole(t, ask)
	}

	// Paging through the links of a hub: each once, in order, as many as were
	// counted.
	hub, predicate, size, least := "SYMP:0000094", "signOrSymptom", 10, 50
	if d.Whole {
		hub, predicate, size, least = "MAXO:0000487", "signDetected", 100, 1000
	}
	type page struct {
		Concept struct {
			Links struct {
				TotalCount int
				Nodes      []struct{ ID, Name string }
				PageInfo   struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
	}
	var after any
	var seen []string
	names := []string{}
	for {
		var p page
		ask(`query($hub: ID!, $predicate: ID!, $size: Int!, $after: String) { concept(id: $hub) { links(first: $size, after: $after, predicates: [$predicate]) {
			totalCount nodes { id name } pageInfo { hasNextPage endCursor } } } }`, map[string]any{"hub": hub, "predicate": predicate, "size": size, "after": after}, &p)
		for _, n := range p.Concept.Links.Nodes {
			seen, names = append(seen, n.ID), append(names, strings.ToLower(n.Name))
		}
		if !p.Concept.Links.PageInfo.HasNextPage {
			if len(seen) != p.Concept.Links.TotalCount || len(seen) < least {
				t.Errorf("%d links of %d", len(seen), p.Concept.Links.TotalCount)
			}
			break
		}
		after = p.Concept.Links.PageInfo.EndCursor
	}
	if !slices.IsSorted(names) {
		t.Error("the links are not in the order of names")
	}
	slices.Sort(seen)
	if len(slices.Compact(seen)) != len(names) {
		t.Error("a link came twice")
	}
}

// askOfTheWhole asks what the cut does not hold: names in several languages, and
// predicates and classes that the registry does not know. Nothing is dropped.
func askOfTheWhole(t *testing.T, ask func(query string, variables map[string]any, into any)) {
	t.Helper()
	var more struct {
		French  struct{ Concepts struct{ TotalCount int } }
		Dataset struct {
			ConceptCount, StatementCount int
			Predicates                   []struct {
				ID             string
				StatementCount int
			}
		}
		Symptom struct {
			Names []struct{ Text, Language string }
		}
		Drug struct {
			NonIndication struct{ TotalCount int }
		}
	}
	ask(`{
		dataset { conceptCount statementCount predicates { id statementCount } }
		symptom: concept(id: "DDX:evidence/E_53") { names { text language } }
		drug: concept(id: "DrugBank:DB00810") { nonIndication: links(predicates: ["possibleTreatment"], filter: { negated: true }) { totalCount } }
	}`, nil, &more)
	if more.Dataset.StatementCount < 71846+37635-100 || !slices.ContainsFunc(more.Dataset.Predicates, func(p struct {
		ID             string
		StatementCount int
	},
	) bool {
		return p.ID == "kg:materialBasis" && p.StatementCount == 3982
	}) {
		t.Errorf("%+v", more.Dataset)
	}
	if len(more.Symptom.Names) != 2 || more.Symptom.Names[1].Language != "fr" {
		t.Errorf("names %v", more.Symptom.Names)
	}
	if more.Drug.NonIndication.TotalCount == 0 {
		t.Error("the drug's non-indications are gone")
	}
}
