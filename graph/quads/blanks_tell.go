package quads

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// This is how blank nodes are told apart: by colours, which begin alike and take
// up what is said of a node and of its neighbours.

// connected returns the sets of nodes that facts join, in order, each in order.
func (b *blankNodes) connected(nodes []int32) [][]int32 {
	const toDo = -1
	for _, n := range nodes {
		b.seen[n] = toDo
	}
	var sets [][]int32
	for _, n := range nodes {
		if b.seen[n] != toDo {
			continue
		}
		b.search++
		b.seen[n] = b.search
		set := []int32{n}
		for i := 0; i < len(set); i++ {
			for _, f := range b.about[set[i]] {
				b.work--
				for _, other := range b.facts[f].nodes {
					if other != none && b.seen[other] == toDo {
						b.seen[other] = b.search
						set = append(set, other)
					}
				}
			}
		}
		slices.Sort(set)
		sets = append(sets, set)
	}
	return sets
}

// tellEach tells the nodes of each set apart, and the sets that are alike. It
// returns what is known of each set. Sets of files that speak in different names
// differ in who says it.
func (b *blankNodes) tellEach(sets [][]int32, outermost bool) []digest {
	prints := make([]digest, len(sets))
	order := make([]int, len(sets))
	for i, set := range sets {
		if order[i] = i; outermost {
			b.work = 1 << 12
			for _, n := range set {
				b.work += 64 * len(b.about[n])
			}
		}
		b.tell(set)
		prints[i] = b.print(set)
	}
	slices.SortFunc(order, func(x, y int) int {
		if c := compareDigests(prints[x], prints[y]); c != 0 || !outermost {
			return cmp.Or(c, cmp.Compare(x, y))
		}
		return cmp.Or(b.compareSources(b.partOfNode(sets[x][0]), b.partOfNode(sets[y][0])), cmp.Compare(x, y))
	})
	for i, same := 1, 0; i < len(order); i++ {
		if same++; prints[order[i]] != prints[order[i-1]] {
			same = 0
		}
		if same > 0 {
			for _, n := range sets[order[i]] {
				b.colours[n] = digestOf(b.colours[n][:], prints[order[i]][:], []byte(strconv.Itoa(same)))
			}
		}
	}
	return prints
}

// partOfNode returns the part that a node is of.
func (b *blankNodes) partOfNode(n int32) int {
	label := strings.TrimPrefix(b.names.Names()[b.nodes[n]], "_:")
	part, _, _ := strings.Cut(label, " ")
	if i, err := strconv.Atoi(part); err == nil && strings.Contains(label, " ") {
		return i
	}
	return 0
}

// tell gives each node of a set a colour of its own. If that takes too long,
// which only large sets of nodes that are nearly alike do, some are left alike,
// and get their names in the order of the file.
func (b *blankNodes) tell(set []int32) {
	for open := set; len(set) > 1 && b.work > 0; {
		alike := b.refine(set, open)
		if len(alike) == 0 {
			return
		}
		sets := b.connected(alike)
		if len(sets) > 1 || len(alike) < len(set) {
			b.tellEach(sets, false)
			return
		}
		first := slices.MinFunc(alike, func(x, y int32) int {
			return cmp.Or(compareDigests(b.colours[x], b.colours[y]), cmp.Compare(x, y))
		})
		b.colours[first] = digestOf(b.colours[first][:], []byte("first"))
		open = b.neighbours([]int32{first})
	}
}

// looked is a node with its colour before and after one looked at it.
type looked struct {
	n        int32
	old, new digest
}

// refine looks at the open nodes of a set, then at the neighbours of those that
// this told from others, and so on, and returns those that are still like
// another one.
func (b *blankNodes) refine(set, open []int32) (alike []int32) {
	count := make(map[digest]int, len(set)) // of the nodes of a colour
	for _, n := range set {
		count[b.colours[n]]++
	}
	b.work -= len(set)
	isAlone := func(n int32) bool { return count[b.colours[n]] < 2 }
	for len(open) > 0 && b.work > 0 {
		var all []looked
		for _, n := range open {
			if !isAlone(n) {
				all = append(all, looked{n, b.colours[n], b.look(n)})
			}
		}
		slices.SortFunc(all, func(x, y looked) int { return cmp.Or(compareDigests(x.old, y.old), compareDigests(x.new, y.new)) })
		var told []int32
		for len(all) > 0 {
			same := leading(all, func(l looked) digest { return l.old })
			for _, l := range departing(all[:same], count[all[0].old] > same) {
				b.colours[l.n] = l.new
				count[l.old]--
				count[l.new]++
				told = append(told, l.n)
			}
			all = all[same:]
		}
		open = b.neighbours(told)
	}
	return slices.DeleteFunc(slices.Clone(set), isAlone)
}

// leading returns how many of the first have the same digest.
func leading(all []looked, of func(looked) digest) int {
	n := 1
	for n < len(all) && of(all[n]) == of(all[0]) {
		n++
	}
	return n
}

// departing returns those of one colour that get their new one: all if others
// stay, else all but the most that are alike, which saves looking at their
// neighbours.
func departing(all []looked, othersStay bool) []looked {
	if othersStay {
		return all
	}
	from, most := 0, 0
	for i := 0; i < len(all); {
		n := leading(all[i:], func(l looked) digest { return l.new })
		if n > most {
			from, most = i, n
		}
		i += n
	}
	return slices.Concat(all[:from], all[from+most:])
}

// neighbours returns the nodes that facts join with these, each once.
func (b *blankNodes) neighbours(nodes []int32) (around []int32) {
	b.search++
	for _, n := range nodes {
		b.work -= len(b.about[n])
		for _, f := range b.about[n] {
			for _, other := range b.facts[f].nodes {
				if other != none && other != n && b.seen[other] != b.search {
					b.seen[other] = b.search
					around = append(around, other)
				}
			}
		}
	}
	return around
}

// look returns what is known of a node and of those that it is joined with.
func (b *blankNodes) look(n int32) digest {
	b.work -= len(b.about[n])
	return digestOf(b.colours[n][:], b.say(b.about[n], n))
}

// print returns what is known of a set: all that is said of it.
func (b *blankNodes) print(set []int32) digest {
	var facts []int32
	for _, n := range set {
		facts = append(facts, b.about[n]...)
	}
	b.work -= len(facts)
	slices.Sort(facts)
	facts = slices.Compact(facts) // those of two nodes
	return digestOf(b.say(facts, none))
}

// say returns what facts say, in an order that does not depend on theirs.
func (b *blankNodes) say(facts []int32, of int32) []byte {
	said := make([]digest, len(facts))
	for i, f := range facts {
		bf := &b.facts[f]
		text := append(make([]byte, 0, 4*len(digest{})), bf.fixed[:]...)
		for _, n := range bf.nodes {
			switch n {
			case none:
				text = append(text, '.')
			case of:
				text = append(text, '!')
			default:
				text = append(text, b.colours[n][:]...)
			}
		}
		said[i] = digestOf(text)
	}
	slices.SortFunc(said, compareDigests)
	text := make([]byte, 0, len(said)*len(digest{}))
	for i := range said {
		text = append(text, said[i][:]...)
	}
	return text
}
