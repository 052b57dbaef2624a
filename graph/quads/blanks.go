package quads

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
)

// The label of a blank node means nothing beyond its file, and a program that
// writes the file again may choose another one. So that the ids and the version
// of a data set depend on what is said, not on the labels or the order of files,
// blank nodes are named by a hash of what is said of them, as RDF Dataset
// Canonicalization does (https://www.w3.org/TR/rdf-canon/): first of each node by
// itself, then of those it is joined with, in rounds, until all of a component
// can be told apart. Nodes that cannot, since they are alike, are numbered; what
// comes out is then the same whichever is first.
//
// A component is what is joined over blank nodes alone, so nothing that is said
// elsewhere changes its names, but an equal component. Names of this form are
// kept, so that what Encode wrote is read as it was.

// blankStem begins the labels that are given here.
const blankStem = "bn"

// blankDigits is how many letters and digits of the hash follow.
const blankDigits = 16

// isGiven reports whether a label is one that was given here, or that of a
// helper node of such a node.
func isGiven(label string) bool {
	hash, ok := strings.CutPrefix(label, blankStem)
	if !ok || len(hash) < blankDigits || len(hash) > blankDigits && hash[blankDigits] != '-' {
		return false
	}
	return !strings.ContainsFunc(hash[:blankDigits], func(r rune) bool { return (r < 'a' || r > 'z') && (r < '2' || r > '7') })
}

// inPart returns the label by which a Decoder knows a blank node before it has
// its name. No label of a file has a space.
func inPart(b quad.BNode, part int) quad.BNode {
	if part == 0 {
		return b
	}
	return quad.BNode(strconv.Itoa(part) + " " + string(b))
}

// ofFile is the inverse of inPart.
func ofFile(label string) string {
	if _, own, ok := strings.Cut(label, " "); ok {
		return own
	}
	return label
}

// digest is a hash, of so many bits that no two things share it.
type digest [16]byte

func digestOf(what ...[]byte) digest {
	text := what[0]
	if len(what) > 1 {
		text = slices.Concat(what...)
	}
	sum := sha256.Sum256(text)
	return digest(sum[:len(digest{})])
}

func compareDigests(a, b digest) int { return bytes.Compare(a[:], b[:]) }

// label returns the label that a digest gives.
func (d digest) label() string {
	return blankStem + strings.ToLower(base32.StdEncoding.EncodeToString(d[:blankDigits*5/8]))
}

// blankNodes names the blank nodes of a Decoder. Its nodes have numbers of their
// own, in the order of their coming.
type blankNodes struct {
	*Decoder
	nodes   []int32         // their numbers in the Decoder
	own     map[int32]int32 // the inverse
	facts   []blankFact     // that name one of them
	about   [][]int32       // of each the facts that name it
	colours []digest        // what is known of each
	seen    []int           // the last search that has met it
	search  int
	work    int // what may still be done for a component
}

// blankFact is a fact with what is known of it from the beginning, and its
// nodes as subject, object and label, none for any other term.
type blankFact struct {
	fixed digest
	nodes [3]int32
}

// nameBlanks gives the blank nodes their names.
func (d *Decoder) nameBlanks() {
	b := blankNodes{Decoder: d, own: map[int32]int32{}}
	var given []int32
	for n, name := range d.names.Names() {
		label, isBlank := strings.CutPrefix(name, "_:")
		switch {
		case !isBlank, n < len(d.gone) && d.gone[n]:
		case isGiven(ofFile(label)):
			given = append(given, int32(n))
		default:
			b.own[int32(n)] = int32(len(b.nodes))
			b.nodes = append(b.nodes, int32(n))
		}
	}
	if len(b.nodes)+len(given) == 0 {
		return
	}
	d.blanks = make(map[string]quad.BNode, len(b.nodes)+len(given))
	b.keep(given)
	b.collect()
	helpers := b.helpers()
	helps := make([]bool, len(b.nodes))
	for _, h := range helpers {
		helps[b.own[h.n]] = true
	}
	all := make([]int32, len(b.nodes))
	for i := range all {
		all[i] = int32(i)
	}
	components := b.connected(all)
	prints := b.tellEach(components, true)
	for i, component := range components {
		for _, n := range component {
			if !helps[n] {
				b.give(b.nodes[n], digestOf(prints[i][:], b.colours[n][:]))
			}
		}
	}
	for _, h := range helpers { // after their owners
		owner, _ := b.values[h.owner].(quad.BNode)
		b.rename(h.n, string(owner)+h.more)
	}
}

// give names a node by a digest, or by the next one that is free.
func (d *Decoder) give(n int32, by digest) {
	for {
		if _, taken := d.names.Find("_:" + by.label()); !taken {
			d.rename(n, by.label())
			return
		}
		by = digestOf(by[:])
	}
}

func (d *Decoder) rename(n int32, label string) {
	old := strings.TrimPrefix(d.names.Names()[n], "_:")
	d.blanks[old] = quad.BNode(label)
	if old != label {
		d.names.Rename(n, "_:"+label)
	}
	d.values[n] = quad.BNode(label)
}

// keep leaves nodes the names that were given to them before. Where files share
// one, they do not mean the same node, and one of them alone has it.
func (b *blankNodes) keep(given []int32) {
	if len(given) == 0 {
		return
	}
	type claim struct {
		label string
		n     int32
		part  int
		print digest
	}
	names := b.names.Names()
	claims := make([]claim, len(given))
	at := map[int32]int{}
	for i, n := range given {
		claims[i] = claim{label: ofFile(strings.TrimPrefix(names[n], "_:")), n: n}
		at[n] = i
	}
	for i := range b.Decoder.facts {
		f := &b.Decoder.facts[i]
		for _, n := range [...]int32{f.s, f.o, f.l} {
			if c, ok := at[n]; ok {
				claims[c].part = b.partOf(int32(i))
				said := b.fixed(f)
				for j := range said { // whatever the order, and repetitions
					claims[c].print[j] = max(claims[c].print[j], said[j])
				}
			}
		}
	}
	slices.SortFunc(claims, func(x, y claim) int {
		return cmp.Or(strings.Compare(x.label, y.label), b.compareSources(x.part, y.part), compareDigests(x.print, y.print), cmp.Compare(x.n, y.n))
	})
	for i, c := range claims {
		if i > 0 && claims[i-1].label == c.label {
			b.give(c.n, digestOf([]byte(c.label)))
		} else {
			b.rename(c.n, c.label)
		}
	}
}

func (d *Decoder) compareSources(a, b int) int {
	return cmp.Compare(d.parts[a].source.ID, d.parts[b].source.ID)
}

// collect finds the facts about the nodes.
func (b *blankNodes) collect() {
	b.about = make([][]int32, len(b.nodes))
	b.colours, b.seen = make([]digest, len(b.nodes)), make([]int, len(b.nodes))
	if len(b.nodes) == 0 {
		return
	}
	known := map[blankFact]bool{}
	for i := range b.Decoder.facts {
		f := &b.Decoder.facts[i]
		bf, any := blankFact{nodes: [3]int32{none, none, none}}, false
		for j, n := range [...]int32{f.s, f.o, f.l} {
			if own, ok := b.own[n]; ok {
				bf.nodes[j], any = own, true
			}
		}
		if !any {
			continue
		}
		if bf.fixed = b.fixed(f); known[bf] {
			continue
		}
		known[bf] = true
		for j, n := range bf.nodes {
			if n != none && !slices.Contains(bf.nodes[:j], n) {
				b.about[n] = append(b.about[n], int32(len(b.facts)))
			}
		}
		b.facts = append(b.facts, bf)
	}
}

// fixed is the digest of a fact but for the nodes that have no name yet.
func (b *blankNodes) fixed(f *fact) digest {
	var text []byte
	q := b.quad(f)
	for i, n := range [...]int32{f.s, f.p, f.o, f.l} {
		if _, open := b.own[n]; open {
			text = append(text, '?')
			continue
		}
		v := Lexical(q.Get(quad.Subject + quad.Direction(i)))
		if label, isBlank := v.(quad.BNode); isBlank {
			v = quad.BNode(ofFile(string(label)))
		}
		term, more, kind := split(v)
		text = append(text, byte('0'+kind))
		text = binary.AppendUvarint(text, uint64(len(term)))
		text = append(text, term...)
		text = binary.AppendUvarint(text, uint64(len(more)))
		text = append(text, more...)
	}
	return digestOf(text)
}

// helperNode is a helper node of a blank node, and what its name adds to that of
// its owner.
type helperNode struct {
	n, owner int32
	more     string
	length   int // of its name
}

// helpers returns the helper nodes, owners before what they own.
func (b *blankNodes) helpers() []helperNode {
	found := map[int32]helperNode{}
	names := b.names.Names()
	for i := range b.Decoder.facts {
		f := &b.Decoder.facts[i]
		switch f.field {
		case FieldLabel, FieldCode, FieldMore:
			if _, open := b.own[f.o]; !open || !IsHelper(b.quad(f)) {
				continue
			}
			h := helperNode{f.o, f.s, strings.TrimPrefix(names[f.o], names[f.s]), len(names[f.o])}
			if old, has := found[f.o]; !has || len(h.more) < len(old.more) { // the nearest owner
				found[f.o] = h
			}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(x, y helperNode) int {
		return cmp.Or(cmp.Compare(x.length, y.length), cmp.Compare(x.n, y.n))
	})
}
