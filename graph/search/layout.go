package search

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"strings"
)

// The section, all numbers little-endian:
//
//	magic, format, checksum of all that follows
//	counts and sizes      the fields of header
//	kinds     [concepts]  uint16, a bit for each graph.Kind, and the highest of a deprecated concept
//	entries   [entries+1] entrySize bytes each: a text of a concept; its last two are the
//	                      relation or, among descriptions, what it is a value of
//	rows      [keyed]     uint32: the entries with words but for descriptions, then
//	                      those of codes, by key
//	local     [local]     uint32: the entries of codes, by the key without vocabulary
//	words     [words+1]   uint32: where each word of the dictionary begins
//	postings  [words+1]   uint32: where its list begins
//	common    [words]     uint8: how many bytes a word shares with the one before
//	languages [languages+1] uint32
//	texts, keys, words, postings, languages, version: bytes
//
// The entries stand in the static order (collector.sort), so that a sorted list
// of entry numbers is a sorted list of hits: no text is compared when a
// question is answered. A list of postings is the varint-coded differences of
// rising entry numbers, the first one from -1.
const (
	magic      = "PLEXSRCH"
	format     = 3
	formatOld  = 2 // one group of shelves, rows of each field by themselves
	bodyStart  = len(magic) + 8
	entrySize  = 16
	maxSection = math.MaxUint32
)

// header is the counts and sizes of a section, in the order in which they are
// written.
type header struct {
	counts
	// Bounds[s] is the first entry of shelf s, Bounds[shelves] the number of all.
	Bounds [shelves + 1]uint32
	sizes
}

// headerOld is the header of format 2, with the first entry of each field.
type headerOld struct {
	counts
	Bounds [fields + 1]uint32
	sizes
}

type counts struct{ Concepts, Words, Local, Languages uint32 }

type sizes struct{ TextBytes, KeyBytes, WordBytes, PostingBytes, LanguageBytes, VersionBytes uint32 }

// layout is the content of a section before it is written.
type layout struct {
	header
	kinds, entries, rows, local, wordStarts, postingStarts, common, languageStarts []byte
	texts, keys, words, postings, languages                                        []byte
	version                                                                        string
}

// layOut brings what was collected into the form of the section.
func (c *collector) layOut(ctx context.Context, version string) (*layout, error) {
	c.sort()
	l := &layout{version: version}
	l.Concepts, l.VersionBytes = uint32(len(c.kinds)), uint32(len(version))
	for _, k := range c.kinds {
		l.kinds = binary.LittleEndian.AppendUint16(l.kinds, k)
	}
	l.Languages = uint32(len(c.languageList))
	for _, language := range c.languageList {
		l.languageStarts = appendSize(l.languageStarts, l.languages)
		l.languages = append(l.languages, language...)
	}
	l.languageStarts = appendSize(l.languageStarts, l.languages)

	v := vocabulary{numbers: map[string]uint32{}}
	var s scanner
	keyStarts := make([]uint32, 0, len(c.entries)+1)
	for i := range c.entries {
		if i%(16*buildBatch) == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		d := &c.entries[i]
		keyStarts = append(keyStarts, uint32(len(l.keys)))
		l.entry(d)
		l.texts = append(l.texts, c.textOf(d)...)
		if d.shelf.field() == Code {
			whole, _ := codeKeys(string(c.textOf(d)))
			l.keys = append(l.keys, whole...)
		} else {
			keyStart := len(l.keys)
			for s.reset(string(c.textOf(d))); s.next(); {
				w := stem(s.folded)
				v.add(w, uint32(i))
				if d.shelf == lastShelf {
					continue
				}
				if len(l.keys) > keyStart {
					l.keys = append(l.keys, ' ')
				}
				l.keys = append(l.keys, w...)
			}
		}
		for after := d.shelf + 1; after <= shelves; after++ {
			l.Bounds[after] = uint32(i + 1)
		}
	}
	keyStarts = append(keyStarts, uint32(len(l.keys)))
	l.entry(&draft{}) // the end of the last one
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.sortRows(keyStarts)
	l.dictionary(&v)
	return l, ctx.Err()
}

func appendSize(dst, of []byte) []byte {
	return binary.LittleEndian.AppendUint32(dst, uint32(len(of)))
}

// entry writes the fixed part of an entry whose text and key come next.
func (l *layout) entry(d *draft) {
	l.entries = binary.LittleEndian.AppendUint32(l.entries, uint32(d.ref))
	l.entries = appendSize(l.entries, l.texts)
	l.entries = appendSize(l.entries, l.keys)
	l.entries = binary.LittleEndian.AppendUint16(l.entries, d.language)
	if d.shelf == lastShelf {
		l.entries = binary.LittleEndian.AppendUint16(l.entries, d.predicate)
	} else {
		l.entries = append(l.entries, d.relation, 0)
	}
}

// sortRows writes the entries in the order of their keys, codes by themselves.
func (l *layout) sortRows(keyStarts []uint32) {
	write := func(dst []byte, entries []uint32, key func(uint32) []byte) []byte {
		slices.SortFunc(entries, func(a, b uint32) int {
			if c := bytes.Compare(key(a), key(b)); c != 0 {
				return c
			}
			return int(a) - int(b)
		})
		for _, e := range entries {
			dst = binary.LittleEndian.AppendUint32(dst, e)
		}
		return dst
	}
	whole := func(e uint32) []byte { return l.keys[keyStarts[e]:keyStarts[e+1]] }
	var words, codes []uint32
	for shelf := range lastShelf {
		if list := numbers(l.Bounds[shelf], l.Bounds[shelf+1]); shelf.field() == Code {
			codes = append(codes, list...)
		} else {
			words = append(words, list...)
		}
	}
	l.rows = write(write(nil, words, whole), codes, whole)
	local := slices.DeleteFunc(codes, func(e uint32) bool { return len(localKey(whole(e))) == 0 })
	l.Local = uint32(len(local))
	l.local = write(nil, local, func(e uint32) []byte { return localKey(whole(e)) })
}

func numbers(from, to uint32) []uint32 {
	list := make([]uint32, 0, to-from)
	for n := from; n < to; n++ {
		list = append(list, n)
	}
	return list
}

// localKey returns the part of the key of a code after the vocabulary, nothing
// where it names none.
func localKey(key []byte) []byte {
	_, local, _ := bytes.Cut(key, []byte(":"))
	return local
}

// vocabulary gathers in which entries each word stands.
type vocabulary struct {
	numbers map[string]uint32
	words   []string
	last    []uint32 // for each word, the last entry with it, plus one
	pairs   []pair
}

type pair struct{ word, entry uint32 }

func (v *vocabulary) add(word []byte, entry uint32) {
	n, known := v.numbers[string(word)]
	if !known {
		n = uint32(len(v.words))
		w := string(word)
		v.words = append(v.words, w)
		v.numbers[w] = n
		v.last = append(v.last, 0)
	}
	if v.last[n] != entry+1 {
		v.last[n] = entry + 1
		v.pairs = append(v.pairs, pair{n, entry})
	}
}

// dictionary writes the words in their order, each with its postings.
func (l *layout) dictionary(v *vocabulary) {
	// A counting sort: the entries of each word, in their order.
	starts := make([]uint32, len(v.words)+1)
	for _, p := range v.pairs {
		starts[p.word+1]++
	}
	for i := range v.words {
		starts[i+1] += starts[i]
	}
	next := slices.Clone(starts)
	entries := make([]uint32, len(v.pairs))
	for _, p := range v.pairs {
		entries[next[p.word]] = p.entry
		next[p.word]++
	}

	order := numbers(0, uint32(len(v.words)))
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(v.words[a], v.words[b]) })
	l.Words = uint32(len(order))
	before := ""
	for _, n := range order {
		w := v.words[n]
		l.wordStarts, l.postingStarts = appendSize(l.wordStarts, l.words), appendSize(l.postingStarts, l.postings)
		l.words = append(l.words, w...)
		l.common = append(l.common, commonPrefix(before, w))
		last := int64(-1)
		for _, e := range entries[starts[n]:starts[n+1]] {
			l.postings = binary.AppendUvarint(l.postings, uint64(int64(e)-last))
			last = int64(e)
		}
		before = w
	}
	l.wordStarts, l.postingStarts = appendSize(l.wordStarts, l.words), appendSize(l.postingStarts, l.postings)
}

// commonPrefix returns how many bytes two words share, up to 255.
func commonPrefix(a, b string) uint8 {
	n := 0
	for n < min(len(a), len(b), math.MaxUint8) && a[n] == b[n] {
		n++
	}
	return uint8(n)
}

// encode writes the section.
func (l *layout) encode() ([]byte, error) {
	l.TextBytes, l.KeyBytes, l.WordBytes = uint32(len(l.texts)), uint32(len(l.keys)), uint32(len(l.words))
	l.PostingBytes, l.LanguageBytes = uint32(len(l.postings)), uint32(len(l.languages))
	var head bytes.Buffer
	if err := binary.Write(&head, binary.LittleEndian, l.header); err != nil {
		return nil, err
	}
	parts := [][]byte{
		[]byte(magic), binary.LittleEndian.AppendUint32(nil, format), make([]byte, 4), head.Bytes(),
		l.kinds, l.entries, l.rows, l.local, l.wordStarts, l.postingStarts, l.common, l.languageStarts,
		l.texts, l.keys, l.words, l.postings, l.languages, []byte(l.version),
	}
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	if size > maxSection {
		return nil, fmt.Errorf("the search index would have %d bytes, at most %d fit into a section", size, int64(maxSection))
	}
	data := slices.Concat(parts...)
	binary.LittleEndian.PutUint32(data[bodyStart-4:], checksum(data[bodyStart:]))
	return data, nil
}

func checksum(body []byte) uint32 {
	return crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli))
}
