package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/kgx"
	"github.com/plexus-kg/plexus/seed/schemaorg"
	"github.com/plexus-kg/plexus/seed/sssom"
)

// Tables are mostly published by others, and read as RDF is: prefixes, words, sources
// and concepts that nothing declares are known by what they are called, and what is
// not understood stays a word of others. It is told once for each, with the number of
// rows ([problems.note]).

// index finds things of a list that grows by their ids.
type index struct {
	at  map[graph.ID]int
	got int
}

// find returns the place of the last thing with an id, of a list of n.
func (x *index) find(id graph.ID, n int, idOf func(int) graph.ID) (int, bool) {
	if x.at == nil {
		x.at = map[graph.ID]int{}
	}
	for ; x.got < n; x.got++ {
		x.at[idOf(x.got)] = x.got
	}
	i, found := x.at[id]
	return i, found
}

// rowID returns an id of a row as it is written here, with a prefix that is known
// from then on: the Biolink Model knows many that are not loaded always.
func (b *builder) rowID(id text) text {
	prefix, local, isCURIE := strings.Cut(id.is, ":")
	if !isCURIE || strings.HasPrefix(local, "//") {
		if isCURIE {
			id.is = string(b.prefixes.Compact(id.is))
		}
		return id
	}
	spelt, known := b.spelt[prefix]
	if !known {
		spelt = b.spell(prefix)
	}
	if spelt == "" {
		b.note(id.at, "prefix "+prefix, func(rows string) (string, string) {
			return fmt.Sprintf("unknown prefix %q: the ids of %s stay as they are written", syntax.Shorten(prefix), rows),
				fmt.Sprintf("say in a YAML file of the folder what it stands for, prefixes: {%s: \"http://…\"}", syntax.Shorten(prefix))
		})
	} else if spelt != prefix {
		id.is = spelt + ":" + local
	} else if prefix == sssom.OwnPrefix {
		id.is = string(b.prefixes.Compact(b.prefixes.Expand(graph.ID(id.is))))
	}
	return id
}

// spell returns how the prefix is written here; empty for one that is unknown.
func (b *builder) spell(prefix string) string {
	if b.spelt == nil {
		b.spelt = map[string]string{}
	}
	spelt := ""
	namespace, known := b.prefixes.Namespace(prefix)
	if prefix == "urn" || prefix == "uuid" { // which need none
		spelt = prefix
	} else if v, _, isVocabulary := graph.VocabularyOf(graph.ID(prefix + ":")); !known && isVocabulary && b.isPrefix(v.Prefix) {
		spelt = v.Prefix
	} else if !known {
		if namespace, known = b.namespaces[prefix]; !known || !isNamespace(namespace) {
			namespace, known = graph.BiolinkNamespace(prefix)
		}
		if known && graph.IsCURIE(prefix+":x") {
			all := map[string]string{prefix: namespace}
			for _, name := range b.prefixes.Names() {
				all[name], _ = b.prefixes.Namespace(name)
			}
			b.prefixes = graph.NewPrefixes(all)
			b.dataset.Prefixes = b.prefixes
		}
	}
	if known {
		spelt, _, _ = strings.Cut(string(b.prefixes.Compact(namespace+"0")), ":")
		if other, _ := b.prefixes.Namespace(spelt); other != namespace {
			spelt = prefix
		}
	}
	b.spelt[prefix] = spelt
	return spelt
}

func (b *builder) isPrefix(prefix string) bool {
	_, known := b.prefixes.Namespace(prefix)
	return known
}

// rowConcept makes of a row what the rest of the program reads as if it were YAML.
func (b *builder) rowConcept(n *conceptNode, set *datasetNode) {
	n.id = b.rowID(n.id)
	var types []text
	for _, t := range n.types {
		if _, known := b.vocabulary.types[t.is]; !known {
			if graph.LookupBiolink(t.is) == graph.BiolinkCategory {
				t.is = kgx.Prefix + ":" + t.is
			} else {
				b.unknownCategory(t)
				continue
			}
		}
		if !slices.ContainsFunc(types, func(o text) bool { return o.is == t.is }) {
			types = append(types, t)
		}
	}
	n.types = types
	var sources []text
	for _, s := range n.sources {
		if b.isSource(s.is) || set.id.is == "" || graph.IsSlug(s.is) && b.nearestID(s.is, sourceClasses) != "" {
			sources = append(sources, s)
			continue
		}
		n.properties = append(n.properties, propertyNode{predicate: kgx.Prefix + ":provided_by", value: s})
	}
	n.sources = sources
	codes := n.codes[:0]
	for _, c := range n.codes {
		if c.code = b.rowID(c.code); !graph.IsCURIE(c.code.is) || b.spelt[prefixOf(c.code.is)] == "" {
			n.properties = append(n.properties, propertyNode{predicate: kgx.Prefix + ":xref", value: c.code})
			continue
		}
		if !slices.ContainsFunc(codes, func(o codeNode) bool { return o.code.is == c.code.is }) {
			codes = append(codes, c)
		}
	}
	n.codes = codes
	synonyms := n.synonyms[:0]
	for _, s := range n.synonyms {
		if !slices.ContainsFunc(synonyms, func(o synonymNode) bool { return o.text.is == s.text.is }) {
			synonyms = append(synonyms, s)
		}
	}
	n.synonyms = synonyms
}

func prefixOf(curie string) string {
	prefix, _, _ := strings.Cut(curie, ":")
	return prefix
}

// sourceClasses are what can be a source.
var sourceClasses = []class{aDataset, anArticle, aCurator}

func (b *builder) isSource(id string) bool {
	return slices.Contains(sourceClasses, b.things[graph.ID(id)].class)
}

// unknownCategory notes a category that nobody declares. Only another category can be
// meant.
func (b *builder) unknownCategory(t text) {
	near := nearestBiolink(t.is, graph.BiolinkCategory)
	if near == "" && !strings.HasPrefix(t.is, kgx.Prefix+":") {
		near = cmp.Or(typeForWord(t.is), nearestWord(t.is, b.vocabulary.typeWords, schemaorg.Class))
	}
	b.note(t.at, "category "+t.is, func(rows string) (string, string) {
		remedy := "declare it under types, in a YAML file of the folder"
		if near != "" {
			remedy = "did you mean " + near + "? Else " + remedy
		}
		return fmt.Sprintf("unknown category %q: it is left out of %s", syntax.Shorten(t.is), rows), remedy
	})
}

// nearestBiolink returns the word of the Biolink Model in this role that was probably
// meant by another one, with or without prefix.
func nearestBiolink(word string, role graph.BiolinkRole) string {
	local, isBiolink := strings.CutPrefix(word, kgx.Prefix+":")
	if !isBiolink && strings.Contains(word, ":") {
		return ""
	}
	if near := nearest(local, graph.BiolinkWords(role)); near != "" && utf8.RuneCountInString(local) >= shortest && isNear(local, near) {
		return kgx.Prefix + ":" + near
	}
	return ""
}

// again adds to the concept of another row what this one says more.
func (b *builder) again(c *graph.Concept) {
	at, found := b.conceptsAt.find(c.ID, len(b.dataset.Concepts), func(i int) graph.ID { return b.dataset.Concepts[i].ID })
	if !found {
		return
	}
	first := &b.dataset.Concepts[at]
	if len(first.Names) == 0 {
		first.Names = c.Names
	}
	if len(first.Descriptions) == 0 {
		first.Descriptions = c.Descriptions
	}
	first.Types = graph.ForwardClasses(union(first.Types, c.Types, func(a, b graph.ID) bool { return a == b }))
	first.Synonyms = union(first.Synonyms, c.Synonyms, func(a, b graph.Synonym) bool { return a.Text == b.Text })
	first.Codes = union(first.Codes, c.Codes, func(a, b graph.Code) bool { return a.Code == b.Code })
	first.Properties = union(first.Properties, c.Properties, func(a, b graph.Property) bool { return a == b })
	first.Sources = union(first.Sources, c.Sources, func(a, b graph.ID) bool { return a == b })
	first.Note, first.ReplacedBy = cmp.Or(first.Note, c.Note), cmp.Or(first.ReplacedBy, c.ReplacedBy)
	first.Deprecated = first.Deprecated || c.Deprecated
	is := b.things[c.ID]
	is.kinds = b.kindsOf(first.Types)
	b.things[c.ID] = is
}

// union adds to a list what it does not have.
func union[T any](all, more []T, same func(a, b T) bool) []T {
	for _, m := range more {
		if !slices.ContainsFunc(all, func(a T) bool { return same(a, m) }) {
			all = append(all, m)
		}
	}
	return all
}

// rowStatement makes of a row what the rest of the program reads as if it were YAML.
func (b *builder) rowStatement(n *statementNode, set *datasetNode) {
	n.subject, n.object, n.id = b.rowEnd(n.subject), b.rowEnd(n.object), b.rowID(n.id)
	if n.id.given() && !graph.IsSlug(n.id.is) && !graph.IsCURIE(n.id.is) && !isNamespace(n.id.is) {
		n.id = text{}
	}
	source := &n.texts[graph.QualifierSource]
	for _, said := range []text{*source, n.knowledge} {
		if !said.given() {
			continue
		}
		several := strings.Split(said.is, kgx.Separator)
		found := b.rowSource(text{is: strings.TrimSpace(several[0]), at: said.at})
		if said != *source && source.given() || len(several) > 1 || !found.given() {
			for _, s := range several {
				n.properties = append(n.properties, propertyNode{predicate: kgx.Prefix + ":knowledge_source", value: text{is: strings.TrimSpace(s), at: said.at}})
			}
		}
		if said == *source || !source.given() {
			*source = found
		}
	}
}

// rowEnd returns the subject or object of a row: what nothing describes is known by
// its id alone, as it is in RDF, if that says where it is from.
func (b *builder) rowEnd(id text) text {
	if !id.given() {
		return id
	}
	id = b.rowID(id)
	if _, known := b.things[graph.ID(id.is)]; known || !strings.Contains(id.is, ":") || strings.ContainsAny(id.is, " \t<>\"") {
		return id
	}
	b.things[graph.ID(id.is)] = thing{class: aConcept, at: id.at, isRow: true}
	b.dataset.Concepts = append(b.dataset.Concepts, graph.Concept{ID: graph.ID(id.is)})
	b.rows.nodes++
	b.note(id.at, "undescribed", func(rows string) (string, string) {
		return fmt.Sprintf("%q is named and described nowhere, as is what stands in %s in all: nothing is known of it but the id", syntax.Shorten(id.is), rows), "read the table of nodes, too"
	})
	return id
}

// rowSource returns the source that a row names. One that nothing declares is a data
// set of that name.
func (b *builder) rowSource(t text) text {
	if b.isSource(t.is) {
		return t
	}
	name, isCURIE := t.is, graph.IsCURIE(t.is)
	if isCURIE {
		t = b.rowID(t)
	} else if near := b.nearestID(t.is, sourceClasses); graph.IsSlug(t.is) && near != "" && near != t.is {
		return t // a slip: it is told
	} else {
		t.is = graph.Slug(t.is)
	}
	if known, taken := b.things[graph.ID(t.is)]; taken || t.is == "" {
		if taken && slices.Contains(sourceClasses, known.class) {
			return t
		}
		return text{}
	}
	b.things[graph.ID(t.is)] = thing{class: aDataset, at: t.at, isRow: true}
	if isCURIE {
		name = localName(graph.ID(t.is))
	}
	b.dataset.Sources = append(b.dataset.Sources, graph.Source{ID: graph.ID(t.is), Kind: graph.DataSource, Name: name})
	return t
}

// foreignWord returns the predicate of a row that is a word of others: of the Biolink
// Model, also without its prefix, or a CURIE or IRI.
func (b *builder) foreignWord(word text) (direction, bool) {
	local, isBiolink := strings.CutPrefix(word.is, kgx.Prefix+":")
	role := graph.LookupBiolink(local)
	id := b.rowID(word)
	switch prefix := prefixOf(id.is); {
	case strings.Contains(local, ":") && (prefix == "schema" || prefix == "kg" || !graph.IsCURIE(id.is) && !isURL(id.is)):
		return direction{}, false
	case strings.Contains(local, ":"):
	case role == graph.BiolinkPredicate:
		id.is = kgx.Prefix + ":" + local
	case isBiolink:
		b.note(word.at, "predicate "+local, func(rows string) (string, string) {
			remedy := "see the Biolink Model's predicates; a word of your own has a prefix of your own"
			if near := nearestBiolink(word.is, graph.BiolinkPredicate); near != "" {
				remedy = "did you mean " + near + "?"
			}
			return fmt.Sprintf("%q is no predicate of the Biolink Model: %s it, and it stays as it is written", syntax.Shorten(word.is), has(rows)), remedy
		})
	default:
		return direction{}, false
	}
	if p, known := b.vocabulary.predicates[id.is]; known {
		return p, true
	}
	p := direction{Predicate: graph.DescribePredicate(b.prefixes.Compact(b.prefixes.Expand(graph.ID(id.is))), b.prefixes)}
	b.vocabulary.predicates[id.is] = p
	if word.is != id.is {
		b.vocabulary.predicates[word.is] = p
	}
	return p, true
}

// stays returns a predicate of a row as a word of others, whose subject and object are
// not what the one of ours joins: biolink:has_phenotype of a gene.
func (b *builder) stays(n *statementNode) (graph.ID, bool) {
	local := strings.TrimPrefix(n.predicate.is, kgx.Prefix+":")
	if !n.isRow || graph.LookupBiolink(local) != graph.BiolinkPredicate {
		return "", false
	}
	return graph.ID(kgx.Prefix + ":" + local), true
}

// keepRow adds the statement of a row, unless it repeats one; told is false if it is
// none that is there.
func (b *builder) keepRow(at place, s *graph.Statement, iri func(graph.ID) string) (kept bool) {
	for {
		i, twice := b.statementsAt.find(s.ID, len(b.dataset.Statements), func(i int) graph.ID { return b.dataset.Statements[i].ID })
		if !twice {
			break
		}
		digest := s.Digest()
		if s.Key != "" || b.dataset.Statements[i].Digest() == digest {
			b.note(at, "repeated", func(rows string) (string, string) {
				return has(rows) + " what another row has, and counts once", "leave them out"
			})
			return false
		}
		s.Key = digest
		s.ID = s.DeriveID(iri)
	}
	b.statements[s.ID] = at
	b.dataset.Statements = append(b.dataset.Statements, *s)
	return true
}
