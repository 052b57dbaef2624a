package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"sync"

	"github.com/plexus-kg/plexus/graph"
)

// The errors that are wrapped with what is wrong.
var (
	// ErrDamaged marks bytes that are no search index: cut short or altered.
	ErrDamaged = errors.New("damaged search index")
	// ErrFormat marks a search index of a format that this program does not read.
	ErrFormat = errors.New("the search index is of another format")
)

// Index answers questions about the texts of one version of a graph. It is
// immutable; all methods may be called at the same time.
type Index struct {
	data []byte
	header
	kinds, entries, rows, local, wordStarts, postingStarts, common, languageStarts []byte
	texts, keys, words, postings, languages, version                               []byte

	lists         []sorted // the entries with words but for descriptions; format 2 has a list for each field
	codes, locals sorted   // those of codes, by the key with the vocabulary and without it
	wordLadder    ladder
	siblings      siblings

	scratch sync.Pool // of *scratch
}

// Open returns the index in a section that Bytes gave. It keeps the bytes,
// which may lie in a memory-mapped file and must not change, and copies none of
// them. Only the header and the sizes are looked at, so that it costs the same
// whatever the size; the error wraps ErrDamaged or ErrFormat.
//
// Damage behind the header never crashes the program: an index that leads
// nowhere becomes an error of the question, which wraps ErrDamaged. It can give
// wrong answers until the checksums of the release, or [Index.Verify], have found
// it.
func Open(data []byte) (*Index, error) {
	if len(data) < bodyStart || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: it does not begin as one", ErrDamaged)
	}
	if v := binary.LittleEndian.Uint32(data[len(magic):]); v != format && v != formatOld {
		return nil, fmt.Errorf("%w: format %d, and this program reads formats %d and %d", ErrFormat, v, formatOld, format)
	}
	x := &Index{data: data}
	if err := x.cut(); err != nil {
		return nil, err
	}
	return x, nil
}

// Verify reads the whole index, and returns an error that wraps ErrDamaged if
// anything in it is not as it was written.
func (x *Index) Verify() (err error) {
	defer recovered(&err)
	if binary.LittleEndian.Uint32(x.data[bodyStart-4:]) != checksum(x.data[bodyStart:]) {
		return fmt.Errorf("%w: the checksum is wrong", ErrDamaged)
	}
	return x.check()
}

// recovered makes an error of an index that is out of range: the bounds checks
// of Go stop what a damaged byte leads astray, and this tells.
func recovered(err *error) {
	switch fault := recover().(type) {
	case nil:
	case runtime.Error:
		*err = fmt.Errorf("%w: its parts contradict each other (%w); check the file", ErrDamaged, fault)
	case damage:
		*err = fmt.Errorf("%w: %s; check the file", ErrDamaged, string(fault))
	default:
		panic(fault)
	}
}

// damage is what is found wrong where the bounds checks of Go would find nothing.
type damage string

// cut finds the parts of the section.
func (x *Index) cut() error {
	rest, err := x.readHeader(x.data[bodyStart:])
	if err != nil {
		return err
	}
	for shelf := range shelves {
		if x.Bounds[shelf] > x.Bounds[shelf+1] || x.Bounds[0] != 0 {
			return fmt.Errorf("%w: the texts of group %d are out of place", ErrDamaged, shelf)
		}
	}
	for _, part := range []struct {
		name string
		into *[]byte
		size uint64
	}{
		{"kinds", &x.kinds, 2 * uint64(x.Concepts)},
		{"entries", &x.entries, entrySize * (uint64(x.Bounds[shelves]) + 1)},
		{"rows", &x.rows, 4 * uint64(x.named())},
		{"codes", &x.local, 4 * uint64(x.Local)},
		{"words", &x.wordStarts, 4 * (uint64(x.Words) + 1)},
		{"postings", &x.postingStarts, 4 * (uint64(x.Words) + 1)},
		{"prefixes", &x.common, uint64(x.Words)},
		{"languages", &x.languageStarts, 4 * (uint64(x.Languages) + 1)},
		{"texts", &x.texts, uint64(x.TextBytes)},
		{"keys", &x.keys, uint64(x.KeyBytes)},
		{"the dictionary", &x.words, uint64(x.WordBytes)},
		{"lists", &x.postings, uint64(x.PostingBytes)},
		{"tags", &x.languages, uint64(x.LanguageBytes)},
		{"version", &x.version, uint64(x.VersionBytes)},
	} {
		if part.size > uint64(len(rest)) {
			return fmt.Errorf("%w: %s would reach beyond its end", ErrDamaged, part.name)
		}
		*part.into, rest = rest[:part.size:part.size], rest[part.size:]
	}
	if len(rest) > 0 {
		return fmt.Errorf("%w: %d bytes too many", ErrDamaged, len(rest))
	}
	x.findLists()
	return nil
}

// readHeader reads the header of either format and returns what follows it. The
// fields of format 2 are the first shelves.
func (x *Index) readHeader(body []byte) (rest []byte, err error) {
	old := headerOld{}
	into := any(&x.header)
	if x.isOld() {
		into = &old
	}
	n, err := binary.Decode(body, binary.LittleEndian, into)
	if err != nil {
		return nil, fmt.Errorf("%w: the header is cut short", ErrDamaged)
	}
	if x.isOld() {
		x.counts, x.sizes = old.counts, old.sizes
		for shelf := range x.Bounds {
			x.Bounds[shelf] = old.Bounds[min(shelf, int(Description))]
		}
		x.Bounds[shelves] = old.Bounds[fields]
	}
	return body[n:], nil
}

func (x *Index) isOld() bool { return binary.LittleEndian.Uint32(x.data[len(magic):]) == formatOld }

// named returns how many entries there are but for descriptions: the first ones.
func (x *Index) named() uint32 { return x.Bounds[lastShelf] }

// findLists finds the lists of entries by their keys.
func (x *Index) findLists() {
	take := func(from, to uint32) sorted { return sorted{x, x.rows[4*from : 4*to], (*Index).key, new(ladder)} }
	x.locals = sorted{x, x.local, (*Index).localKey, new(ladder)}
	if x.isOld() {
		for f := Name; f < Description; f++ {
			if list := take(x.Bounds[f], x.Bounds[f+1]); f == Code {
				x.codes = list
			} else {
				x.lists = append(x.lists, list)
			}
		}
		return
	}
	codes := uint32(0)
	for shelf := range lastShelf {
		if shelf.field() == Code {
			codes += x.Bounds[shelf+1] - x.Bounds[shelf]
		}
	}
	x.lists, x.codes = []sorted{take(0, x.named()-codes)}, take(x.named()-codes, x.named())
}

// check makes sure that every number leads to where something is.
func (x *Index) check() error {
	wrong := func(what string, n uint32) error {
		return fmt.Errorf("%w: %s %d leads nowhere", ErrDamaged, what, n)
	}
	entries := x.Bounds[shelves]
	for e := range entries {
		if ref := x.ref(e); ref == graph.NoRef || uint32(ref) > x.Concepts {
			return wrong("entry", e)
		}
		if uint32(binary.LittleEndian.Uint16(x.entries[e*entrySize+12:])) >= x.Languages {
			return wrong("entry", e)
		}
	}
	for _, starts := range []struct {
		what   string
		list   []byte
		stride int
		size   uint32
	}{
		{"text", x.entries[4:], entrySize, x.TextBytes},
		{"key", x.entries[8:], entrySize, x.KeyBytes},
		{"word", x.wordStarts, 4, x.WordBytes},
		{"list", x.postingStarts, 4, x.PostingBytes},
		{"language", x.languageStarts, 4, x.LanguageBytes},
	} {
		last := uint32(0)
		for at := 0; at+4 <= len(starts.list); at += starts.stride {
			start := binary.LittleEndian.Uint32(starts.list[at:])
			if start < last || start > starts.size || at == 0 && start != 0 {
				return wrong(starts.what, uint32(at/starts.stride))
			}
			last = start
		}
		if last != starts.size {
			return fmt.Errorf("%w: the last %s has no end", ErrDamaged, starts.what)
		}
	}
	for _, in := range append(x.lists[:len(x.lists):len(x.lists)], x.codes, x.locals) {
		code := in.ladder == x.codes.ladder || in.ladder == x.locals.ladder
		for i := range uint32(in.len()) {
			if e := u32(in.list, i); e >= x.named() || (x.field(e) == Code) != code {
				return wrong("row", i)
			}
		}
	}
	before := []byte(nil)
	for w := range x.Words {
		word := x.word(w)
		if len(word) == 0 || int(x.common[w]) > min(len(before), len(word)) {
			return wrong("word", w)
		}
		before = word
		last := int64(-1)
		for list := x.list(w); len(list) > 0; {
			step, n := binary.Uvarint(list)
			if n <= 0 || step == 0 || step > math.MaxUint32 {
				return wrong("list", w)
			}
			list, last = list[n:], last+int64(step)
			if last >= int64(entries) {
				return wrong("list", w)
			}
		}
	}
	return nil
}

// Bytes returns the section, to be read only.
func (x *Index) Bytes() []byte { return x.data }

// WriteTo writes the section; it implements io.WriterTo.
func (x *Index) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(x.data)
	return int64(n), err
}

// Version returns the version of the graph that was indexed
// (graph.Summary.Version): the refs of the hits mean nothing in another.
func (x *Index) Version() string { return string(x.version) }

// Stats says how much an index holds.
type Stats struct {
	Concepts int
	Texts    [fields]int // by Field, values among the descriptions
	Words    int         // different stems
	Bytes    int
}

// Stats counts what the index holds.
func (x *Index) Stats() Stats {
	s := Stats{Concepts: int(x.Concepts), Words: int(x.Words), Bytes: len(x.data)}
	for shelf := range shelves {
		s.Texts[shelf.field()] += int(x.Bounds[shelf+1] - x.Bounds[shelf])
	}
	return s
}

func u32(list []byte, i uint32) uint32 { return binary.LittleEndian.Uint32(list[4*int(i):]) }

func (x *Index) ref(e uint32) graph.Ref {
	return graph.Ref(binary.LittleEndian.Uint32(x.entries[int(e)*entrySize:]))
}

func (x *Index) text(e uint32) []byte {
	at := int(e)*entrySize + 4
	return x.texts[binary.LittleEndian.Uint32(x.entries[at:]):binary.LittleEndian.Uint32(x.entries[at+entrySize:])]
}

func (x *Index) key(e uint32) []byte {
	at := int(e)*entrySize + 8
	return x.keys[binary.LittleEndian.Uint32(x.entries[at:]):binary.LittleEndian.Uint32(x.entries[at+entrySize:])]
}

func (x *Index) localKey(e uint32) []byte { return localKey(x.key(e)) }

func (x *Index) language(e uint32) string {
	n := uint32(binary.LittleEndian.Uint16(x.entries[int(e)*entrySize+12:]))
	return string(x.languages[u32(x.languageStarts, n):u32(x.languageStarts, n+1)])
}

// predicate returns what an entry among the descriptions is a value of, from 1;
// 0 for a description.
func (x *Index) predicate(e uint32) uint16 {
	return binary.LittleEndian.Uint16(x.entries[int(e)*entrySize+14:])
}

func (x *Index) relation(e uint32) uint8 { return x.entries[int(e)*entrySize+14] }

// shelf returns the shelf of an entry.
func (x *Index) shelf(e uint32) shelf {
	s := shelf(0)
	for s < lastShelf && e >= x.Bounds[s+1] {
		s++
	}
	return s
}

// field returns the field of an entry.
func (x *Index) field(e uint32) Field { return x.shelf(e).field() }

// kindsOf returns the kinds of a concept, a bit for each.
func (x *Index) kindsOf(r graph.Ref) uint16 {
	return binary.LittleEndian.Uint16(x.kinds[2*(int(r)-1):])
}

func (x *Index) word(w uint32) []byte {
	return x.words[u32(x.wordStarts, w):u32(x.wordStarts, w+1)]
}

// list returns the entries that a word is in, to be read with next.
func (x *Index) list(w uint32) []byte {
	return x.postings[u32(x.postingStarts, w):u32(x.postingStarts, w+1)]
}

// next reads the entry after the last one, from -1.
func next(list []byte, last int64) (rest []byte, entry int64) {
	step, size := binary.Uvarint(list)
	if size <= 0 || step == 0 || step > math.MaxUint32 {
		panic(damage("a list of entries does not rise to its end"))
	}
	return list[size:], last + int64(step)
}
