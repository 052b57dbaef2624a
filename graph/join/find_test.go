package join_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/join"
)

// written makes a data set of lines:
//
//	ID KINDS [SOURCE] [=CODE ...]   a concept, with exact codes; its name is its id;
//	                                a second line of one id is what another data set says of it
//	ID ~ ID [SOURCE] [WORD]         a statement of skos:exactMatch: denied, suspected, limited, retracted
func written(t *testing.T, text string) *graph.Dataset {
	t.Helper()
	d := &graph.Dataset{Prefixes: graph.NewPrefixes(nil)}
	sources := map[graph.ID]bool{}
	source := func(id string) graph.ID {
		if !sources[graph.ID(id)] {
			sources[graph.ID(id)] = true
			d.Sources = append(d.Sources, graph.Source{ID: graph.ID(id), Kind: graph.DataSource, Name: id})
		}
		return graph.ID(id)
	}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if fields[1] == "~" {
			s := graph.Statement{Subject: graph.ID(fields[0]), Predicate: graph.PredicateExactMatch, Object: graph.ID(fields[2]), Source: source("maps")}
			for _, word := range fields[3:] {
				switch word {
				case "denied":
					s.Negated = true
				case "suspected":
					s.Modality = graph.Suspected
				case "limited":
					s.Timing = "in children"
				case "noted":
					s.Note = "not for adults"
				case "cause", "broader", "closeMatch":
					s.Predicate = map[string]graph.ID{"cause": graph.PredicateCause, "broader": graph.PredicateBroader, "closeMatch": "skos:closeMatch"}[word]
				case "differs", "sameAs", "members", "first", "rest":
					s.Predicate = map[string]graph.ID{
						"differs": graph.OWL + "differentFrom", "sameAs": graph.OWL + "sameAs", "members": graph.OWL + "distinctMembers", "first": "rdf:first", "rest": "rdf:rest",
					}[word]
					s.Predicate = d.Prefixes.Compact(d.Prefixes.Expand(s.Predicate))
				case "retracted":
					s.Retracted = "2026"
				default:
					s.Source = source(word)
				}
			}
			d.Statements = append(d.Statements, s)
			continue
		}
		c := graph.Concept{ID: graph.ID(fields[0]), Names: []graph.Text{{Text: fields[0]}}}
		for kind := range strings.SplitSeq(fields[1], "+") {
			if kind != "-" {
				c.Types = append(c.Types, map[string]graph.ID{
					"condition": "schema:MedicalCondition", "symptom": "schema:MedicalSymptom", "cause": "schema:MedicalCause",
					"drug": "schema:Drug", "test": "schema:MedicalTest",
				}[kind])
			}
		}
		for _, word := range fields[2:] {
			switch {
			case strings.HasPrefix(word, "="):
				c.Codes = append(c.Codes, graph.Code{Code: graph.ID(word[1:]), Match: graph.MatchExact})
			case strings.HasPrefix(word, "≈"):
				c.Codes = append(c.Codes, graph.Code{Code: graph.ID(word[len("≈"):]), Match: graph.MatchClose})
			case word == "deprecated":
				c.Deprecated = true
			case strings.HasPrefix(word, "'"):
				c.Names = append(c.Names, graph.Text{Text: word[1:], Language: "en"})
			default:
				c.Sources = append(c.Sources, source(word))
			}
		}
		at := slices.IndexFunc(d.Concepts, func(o graph.Concept) bool { return o.ID == c.ID })
		if at < 0 {
			d.Concepts = append(d.Concepts, c)
			continue
		}
		said := append(d.Concepts[at].Members, c)
		if len(said) == 1 {
			said = []graph.Concept{d.Concepts[at], c}
		}
		d.Concepts[at] = graph.Merge(said)
	}
	if err := d.Normalize(); err != nil {
		t.Fatal(err)
	}
	return d
}

// told writes what was found: classes with their leader first, refusals with their
// reason.
func told(r *join.Result) string {
	var b strings.Builder
	for _, c := range r.Classes {
		others := slices.DeleteFunc(slices.Clone(c.Members), func(id graph.ID) bool { return id == c.Leader })
		fmt.Fprintf(&b, "%s %v\n", c.Leader, others)
	}
	for _, f := range r.Refusals {
		fmt.Fprintf(&b, "%s / %s: %s %v\n", f.A, f.B, f.Reason, f.Between)
	}
	return b.String()
}

// TestFind: what is joined, and what is kept apart, each guard by an example.
func TestFind(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{
			"a code that is another's id", `
			epilepsy condition ours =DOID:1826 =MONDO:0005027
			DOID:1826 condition doid
			MONDO:0005027 condition mondo`,
			"epilepsy [DOID:1826 MONDO:0005027]\n",
		},
		{
			"statements, over others", `
			DOID:1826 condition doid
			MONDO:0005027 condition mondo
			OMIM:1 condition hpoa
			MONDO:0005027 ~ DOID:1826
			MONDO:0005027 ~ OMIM:1`,
			"MONDO:0005027 [DOID:1826 OMIM:1]\n",
		},
		{
			"close matches join nothing", `
			epilepsy condition ours ≈DOID:1826
			DOID:1826 condition doid`,
			"",
		},
		{
			"doubted and limited matches join nothing", `
			epilepsy condition ours
			DOID:1826 condition doid
			MONDO:1 condition mondo
			epilepsy ~ DOID:1826 suspected
			epilepsy ~ MONDO:1 limited`,
			"DOID:1826 / epilepsy: limited [DOID:1826 epilepsy]\nMONDO:1 / epilepsy: limited [MONDO:1 epilepsy]\n",
		},
		{
			"one code of one thing", `
			carbamazepine drug a =CHEBI:3387
			cbz drug b =CHEBI:3387`,
			"carbamazepine [cbz]\n",
		},
		{
			"one code of a classification", `
			focal-epilepsy condition a =ICD10CM:G40 =ATC:N03
			generalised-epilepsy condition b =ICD10CM:G40 =ATC:N03`,
			"",
		},
		{
			"a code written with another prefix of its vocabulary", `
			marfan condition a =MIM:154700
			marfan-syndrome condition b =MIM:154700`,
			"marfan [marfan-syndrome]\n",
		},
		{
			"no kind in common", `
			carbamazepine drug a =DOID:1
			DOID:1 condition doid`,
			"DOID:1 / carbamazepine: kinds [DOID:1 carbamazepine]\n",
		},
		{
			"a condition and a symptom, by their ids", `
			fatigue symptom a =DOID:1
			DOID:1 condition doid`,
			"fatigue [DOID:1]\n",
		},
		{
			"a condition and a symptom, by a code of both", `
			fatigue symptom a =HP:1
			tiredness condition b =HP:1`,
			"fatigue / tiredness: kinds [fatigue tiredness]\n",
		},
		{
			"two kinds by what has none", `
			acupuncture drug a =X:1
			migraine condition b =X:1
			X:1 - c`,
			"X:1 / acupuncture: kinds [acupuncture migraine]\nX:1 / migraine: kinds [acupuncture migraine]\n",
		},
		{
			"two ids of one vocabulary, equally strong: neither", `
			MONDO:1 condition mondo
			DOID:1 condition doid
			DOID:2 condition doid
			OMIM:9 condition hpoa
			MONDO:1 ~ DOID:1
			MONDO:1 ~ DOID:2
			MONDO:1 ~ OMIM:9`,
			"MONDO:1 [OMIM:9]\nDOID:1 / MONDO:1: one-vocabulary [DOID:1 DOID:2]\nDOID:2 / MONDO:1: one-vocabulary [DOID:1 DOID:2]\n",
		},
		{
			"two ids of one vocabulary: the weaker gives way", `
			MONDO:1 condition mondo
			DOID:1 condition doid
			DOID:2 condition doid
			MONDO:1 ~ DOID:1
			MONDO:1 ~ DOID:1 second
			MONDO:1 ~ DOID:2`,
			"MONDO:1 [DOID:1]\nDOID:2 / MONDO:1: one-vocabulary [DOID:1 DOID:2]\n",
		},
		{
			"two ids of one vocabulary: the one of the same name", `
			MONDO:1 condition mondo 'epilepsy
			DOID:1 condition doid 'Epilepsy
			DOID:2 condition doid 'seizures
			MONDO:1 ~ DOID:1
			MONDO:1 ~ DOID:2`,
			"MONDO:1 [DOID:1]\nDOID:2 / MONDO:1: one-vocabulary [DOID:1 DOID:2]\n",
		},
		{
			"two prefixes of one vocabulary", `
			MONDO:1 condition mondo
			OMIM:1 condition a
			MIM:2 condition b
			MONDO:1 ~ OMIM:1
			MONDO:1 ~ MIM:2`,
			"MIM:2 / MONDO:1: one-vocabulary [MIM:2 OMIM:1]\nMONDO:1 / OMIM:1: one-vocabulary [MIM:2 OMIM:1]\n",
		},
		{
			"two that one data set describes as its own", `
			cold condition ours =MONDO:1
			common-cold condition ours =MONDO:1
			MONDO:1 condition mondo`,
			"MONDO:1 / cold: one-dataset [cold common-cold]\nMONDO:1 / common-cold: one-dataset [cold common-cold]\n",
		},
		{
			"a data set that labels what others describe", `
			cold condition ours labels =MONDO:1
			MONDO:1 condition mondo labels`,
			"cold [MONDO:1]\n",
		},
		{
			"a match beside what is said of two things only", `
			a condition ours =MONDO:1
			MONDO:1 condition mondo
			a ~ MONDO:1 broader
			b condition ours
			MONDO:2 condition mondo
			b ~ MONDO:2
			b ~ MONDO:2 other differs
			c condition ours
			MONDO:3 condition mondo
			c ~ MONDO:3
			c ~ MONDO:3 other closeMatch denied
			d condition ours
			MONDO:4 condition mondo
			d ~ MONDO:4 noted`,
			"MONDO:1 / a: together [MONDO:1 a]\nMONDO:2 / b: denied [MONDO:2 b]\nMONDO:3 / c: denied [MONDO:3 c]\nMONDO:4 / d: limited [MONDO:4 d]\n",
		},
		{
			"a match and a denial that are taken back", `
			cold condition ours
			MONDO:1 condition mondo
			cold ~ MONDO:1 retracted
			flu condition ours
			MONDO:2 condition mondo
			flu ~ MONDO:2
			flu ~ MONDO:2 other denied retracted`,
			"flu [MONDO:2]\n",
		},
		{
			"a match that somebody denies", `
			cold condition ours =MONDO:1
			MONDO:1 condition mondo
			cold ~ MONDO:1 denied`,
			"MONDO:1 / cold: denied [MONDO:1 cold]\n",
		},
		{
			"a limited match of what is one by another", `
			epilepsy condition ours =MONDO:1
			MONDO:1 condition mondo
			epilepsy ~ MONDO:1 limited`,
			"epilepsy [MONDO:1]\n",
		},
		{
			"what OWL says of the same and of different things", `
			a condition ours =MONDO:1
			MONDO:1 condition mondo
			a ~ MONDO:1 other sameAs denied
			b condition ours =MONDO:2
			MONDO:2 condition mondo
			c condition ours =MONDO:3
			MONDO:3 condition mondo
			_:all - other
			_:1 - other
			_:2 - other
			_:3 - other
			_:all ~ _:1 other members
			_:1 ~ MONDO:3 other first
			_:1 ~ _:2 other rest
			_:2 ~ b other first
			_:2 ~ _:3 other rest
			_:3 ~ MONDO:2 other first
			_:3 ~ _:1 other rest`,
			"c [MONDO:3]\nMONDO:1 / a: denied [MONDO:1 a]\nMONDO:2 / b: denied [MONDO:2 b]\n",
		},
		{
			"one that is deprecated leads only what all is", `
			cold condition ours =MONDO:1 deprecated
			MONDO:1 condition mondo
			flu condition ours =MONDO:2 deprecated
			MONDO:2 condition mondo deprecated`,
			"MONDO:1 [cold]\nflu [MONDO:2]\n",
		},
		{
			"a code that another data set adds to a homonym", `
			cold condition ours =DOID:1
			cold - theirs =MONDO:2
			DOID:1 condition doid
			DOID:2 condition doid
			MONDO:1 condition mondo =DOID:1
			MONDO:2 condition mondo =DOID:2`,
			"MONDO:2 [DOID:2]\ncold [DOID:1 MONDO:1]\nMONDO:2 / cold: one-vocabulary [DOID:1 DOID:2]\n",
		},
		{
			"a code that another data set adds to a homonym, where nothing here has the first code", `
			cold condition ours =DOID:1
			cold - theirs =MONDO:2
			DOID:2 condition doid
			MONDO:2 condition mondo =DOID:2`,
			"MONDO:2 [DOID:2]\nMONDO:2 / cold: one-vocabulary [DOID:2 cold]\n",
		},
		{
			"a homonym of two that describe it", `
			cold condition ours =DOID:1
			cold condition theirs =MONDO:2
			DOID:1 condition doid
			DOID:2 condition doid
			MONDO:1 condition mondo =DOID:1
			MONDO:2 condition mondo =DOID:2`,
			"MONDO:1 [DOID:1]\nMONDO:2 [DOID:2]\nDOID:1 / cold: one-vocabulary [DOID:1 DOID:2]\nMONDO:2 / cold: one-vocabulary [DOID:1 DOID:2]\n",
		},
		{
			"a homonym of two that describe it, where nothing here has the first code", `
			cold condition ours =DOID:1
			cold condition theirs =MONDO:2
			DOID:2 condition doid
			MONDO:2 condition mondo =DOID:2`,
			"MONDO:2 [DOID:2]\nMONDO:2 / cold: one-vocabulary [DOID:2 cold]\n",
		},
		{
			"a code that another data set adds, and nothing speaks against", `
			cold condition ours =DOID:1
			cold condition theirs =MONDO:1
			DOID:1 condition doid
			MONDO:1 condition mondo =DOID:1`,
			"cold [DOID:1 MONDO:1]\n",
		},
		{
			"slugs with one code of a vocabulary, and two of another", `
			cold condition ours =DOID:1 =OMIM:9
			copd condition theirs =DOID:2 =OMIM:9`,
			"cold / copd: one-vocabulary [cold copd]\n",
		},
		{
			"a denied match, over another", `
			cold condition ours =DOID:1
			MONDO:1 condition mondo =DOID:1
			DOID:1 condition doid
			cold ~ MONDO:1 denied`,
			"DOID:1 / MONDO:1: denied [MONDO:1 cold]\nDOID:1 / cold: denied [MONDO:1 cold]\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := told(join.Find(written(t, test.data))); got != test.want {
				t.Errorf("found\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// TestLead: a data set may claim the lead.
func TestLead(t *testing.T) {
	d := written(t, `
		cold condition ours =DOID:1
		MONDO:1 condition mondo =DOID:1
		DOID:1 condition doid`)
	for i := range d.Sources {
		if d.Sources[i].ID == "doid" {
			d.Sources[i].Leads = "true"
		}
	}
	if got, want := told(join.Find(d)), "DOID:1 [MONDO:1 cold]\n"; got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
}

// random makes concepts of a few vocabularies and matches between them.
func random(dice *rand.Rand) *graph.Dataset {
	d := &graph.Dataset{Prefixes: graph.NewPrefixes(nil)}
	for _, id := range []graph.ID{"a", "b", "maps"} {
		d.Sources = append(d.Sources, graph.Source{ID: id, Kind: graph.DataSource, Name: string(id)})
	}
	types := []graph.ID{"schema:MedicalCondition", "schema:MedicalCondition", "schema:MedicalSymptom", "schema:Drug"}
	for i := range 40 {
		c := graph.Concept{ID: graph.ID(fmt.Sprintf("%s%d", []string{"slug-", "MONDO:", "DOID:", "OMIM:", "X:"}[dice.IntN(5)], i))}
		c.Names = []graph.Text{{Text: fmt.Sprint("name ", dice.IntN(8))}}
		c.Sources = []graph.ID{[]graph.ID{"a", "b"}[dice.IntN(2)]}
		if dice.IntN(5) > 0 {
			c.Types = []graph.ID{types[dice.IntN(len(types))]}
		}
		if dice.IntN(4) == 0 {
			c.Codes = []graph.Code{{Code: graph.ID(fmt.Sprint("CHEBI:", dice.IntN(5))), Match: graph.MatchExact}}
		}
		d.Concepts = append(d.Concepts, c)
	}
	pairs := map[[2]int]bool{}
	for range 40 {
		a, b := dice.IntN(40), dice.IntN(40)
		if a == b || pairs[[2]int{a, b}] {
			continue
		}
		pairs[[2]int{a, b}] = true
		d.Statements = append(d.Statements, graph.Statement{
			Subject: d.Concepts[a].ID, Predicate: graph.PredicateExactMatch, Object: d.Concepts[b].ID,
			Source: []graph.ID{"a", "b", "maps"}[dice.IntN(3)], Qualifiers: graph.Qualifiers{Negated: dice.IntN(10) == 0},
		})
	}
	return d
}

// TestOrder: neither the order of concepts nor that of statements matters, and
// every guard holds for every two members of every class.
func TestOrder(t *testing.T) {
	joined, refused := 0, 0
	for seed := range uint64(300) {
		dice := rand.New(rand.NewPCG(seed, 0))
		d := random(dice)
		if err := d.Normalize(); err != nil {
			t.Fatal(err)
		}
		result := join.Find(d)
		want := told(result)
		joined, refused = joined+len(result.Classes), refused+len(result.Refusals)
		for range 3 {
			dice.Shuffle(len(d.Concepts), func(i, j int) { d.Concepts[i], d.Concepts[j] = d.Concepts[j], d.Concepts[i] })
			dice.Shuffle(len(d.Statements), func(i, j int) { d.Statements[i], d.Statements[j] = d.Statements[j], d.Statements[i] })
			if got := told(join.Find(d)); got != want {
				t.Fatalf("seed %d: in another order\n%s\nwant\n%s", seed, got, want)
			}
		}
		checkGuards(t, seed, d, result)
	}
	if joined < 500 || refused < 500 {
		t.Errorf("%d classes and %d refusals show little", joined, refused)
	}
}

func checkGuards(t *testing.T, seed uint64, d *graph.Dataset, r *join.Result) {
	t.Helper()
	concepts := map[graph.ID]*graph.Concept{}
	for i := range d.Concepts {
		concepts[d.Concepts[i].ID] = &d.Concepts[i]
	}
	denied := map[[2]graph.ID]bool{}
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Negated {
			denied[[2]graph.ID{s.Subject, s.Object}], denied[[2]graph.ID{s.Object, s.Subject}] = true, true
		}
	}
	seen := map[graph.ID]bool{}
	for _, c := range r.Classes {
		for i, a := range c.Members {
			if seen[a] {
				t.Errorf("seed %d: %s is in two classes", seed, a)
			}
			seen[a] = true
			for _, b := range c.Members[:i] {
				x, y := concepts[a], concepts[b]
				prefix, _, isCode := strings.Cut(string(a), ":")
				other, _, too := strings.Cut(string(b), ":")
				switch {
				case denied[[2]graph.ID{a, b}]:
					t.Errorf("seed %d: %s and %s are joined, which is denied", seed, a, b)
				case isCode && too && prefix == other:
					t.Errorf("seed %d: %s and %s are joined", seed, a, b)
				case !isCode && !too && slices.Equal(x.Sources, y.Sources):
					t.Errorf("seed %d: %s and %s of %v are joined", seed, a, b, x.Sources)
				case !isCode && !too && len(x.Codes)*len(y.Codes) > 0 && !slices.Equal(x.Codes, y.Codes):
					t.Errorf("seed %d: %s with %v and %s with %v are joined", seed, a, x.Codes, b, y.Codes)
				case len(x.Types) > 0 && len(y.Types) > 0 && (x.Kind() == graph.Treatment) != (y.Kind() == graph.Treatment):
					t.Errorf("seed %d: %s (%s) and %s (%s) are joined", seed, a, x.Kind(), b, y.Kind())
				}
			}
		}
	}
}
